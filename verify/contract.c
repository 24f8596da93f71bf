// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kinds of change, side by side: what each lets differ. Whoever adds a kind
 * finds here what the rungs will ask of it.
 */
#include "contract.h"

#include "lib/util.h"

static bool is_called(const struct shifted *s, const char *name)
{
	return streq(s->old, name) || streq(s->new, name);
}

bool contract_promotes(const struct contract *contract, const char *name)
{
	if (contract->change == CHANGE_PROMOTE)
		return !contract->as_inline && strv_has(&contract->names, name);
	for (size_t i = 0; i < contract->nr_shifted; i++)
		if (contract->shifted[i].promoted &&
		    is_called(&contract->shifted[i], name))
			return true;
	return false;
}

bool contract_inlines(const struct contract *contract, const char *name)
{
	if (contract->change == CHANGE_PROMOTE)
		return contract->as_inline && strv_has(&contract->names, name);
	for (size_t i = 0; i < contract->nr_shifted; i++)
		if (contract->shifted[i].inlined &&
		    is_called(&contract->shifted[i], name))
			return true;
	return false;
}

bool contract_shifts(const struct contract *contract, const char *name)
{
	for (size_t i = 0; i < contract->nr_shifted; i++) {
		const struct shifted *s = &contract->shifted[i];

		if (is_called(s, name) &&
		    (s->promoted || s->inlined || !streq(s->from, s->to)))
			return true;
	}
	return false;
}

bool contract_touches(const struct contract *contract, const char *name)
{
	switch (contract->change) {
	case CHANGE_EXTRACT:
	case CHANGE_MIXED:
		return strv_has(&contract->names, name) ||
		       strv_has(&contract->helpers, name);
	case CHANGE_TRANSFORM:
		return !contract->names.nr || strv_has(&contract->names, name);
	default:
		return false;
	}
}

bool contract_is_about(const struct contract *contract, const char *path)
{
	for (size_t i = 0; i < contract->nr_shifted; i++)
		if (streq(contract->shifted[i].from, path) ||
		    streq(contract->shifted[i].to, path))
			return true;
	return (contract->from && streq(contract->from, path)) ||
	       (contract->to && streq(contract->to, path));
}

bool contract_renames(const struct contract *contract)
{
	return contract->change == CHANGE_RENAME ||
	       (contract->change == CHANGE_MIXED && contract->nr_renamed);
}

const char *contract_home(const struct contract *contract,
			  const struct renamed *renamed, bool after)
{
	const struct shifted *found = NULL;

	/* Where a header has a stub for it, the source has the entity. */
	for (size_t i = 0; i < contract->nr_shifted; i++) {
		const struct shifted *s = &contract->shifted[i];

		if (streq(s->old, renamed->old) &&
		    streq(s->new, renamed->new) &&
		    (!found || (!ends_with(found->from, ".c") &&
				ends_with(s->from, ".c"))))
			found = s;
	}
	if (found)
		return after ? found->to : found->from;
	return contract->change == CHANGE_MIXED ? NULL : contract->from;
}

static void add_promoted(const char *name, const char *from, struct strv *ret,
			 struct strv *ret_from)
{
	strv_add(ret, name);
	if (ret_from)
		strv_add(ret_from, from);
}

void contract_promoted(const struct contract *contract, struct strv *ret,
		       struct strv *ret_from)
{
	bool step = contract->change == CHANGE_PROMOTE && !contract->as_inline;

	for (size_t i = 0; step && i < contract->names.nr; i++)
		add_promoted(contract->names.v[i], "", ret, ret_from);
	for (size_t i = 0; i < contract->nr_shifted; i++)
		if (contract->shifted[i].promoted)
			add_promoted(contract->shifted[i].new,
				     contract->shifted[i].from, ret, ret_from);
}

void contract_watched(const struct contract *contract, bool before,
		      struct strv *ret)
{
	if (before)
		contract_promoted(contract, ret, NULL);
	for (size_t i = 0;
	     contract_renames(contract) && i < contract->nr_renamed; i++) {
		strv_add(ret, contract->renamed[i].old);
		strv_add(ret, contract->renamed[i].new);
	}
	strv_uniq(ret);
}

void contract_forced(const struct contract *contract, struct strv *ret)
{
	if (contract->change == CHANGE_PROMOTE && contract->as_inline)
		strv_add_list(ret, &contract->names);
	strv_add_list(ret, &contract->helpers);
	for (size_t i = 0; i < contract->nr_shifted; i++) {
		const struct shifted *s = &contract->shifted[i];

		if (!s->inlined)
			continue;
		strv_add(ret, s->old);
		strv_add(ret, s->new);
	}
	strv_uniq(ret);
}

const char *contract_path_after(const struct contract *contract,
				const char *path)
{
	if (contract->change == CHANGE_RENAME_FILE && contract->from &&
	    streq(path, contract->from))
		return contract->to;
	for (size_t i = 0; i < contract->nr_paths; i++)
		if (streq(contract->paths[i].old, path))
			return contract->paths[i].new;
	return path;
}

const char *contract_path_before(const struct contract *contract,
				 const char *path)
{
	if (contract->change == CHANGE_RENAME_FILE && contract->to &&
	    streq(path, contract->to))
		return contract->from;
	for (size_t i = 0; i < contract->nr_paths; i++)
		if (streq(contract->paths[i].new, path))
			return contract->paths[i].old;
	return path;
}
