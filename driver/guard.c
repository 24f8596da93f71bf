// SPDX-License-Identifier: GPL-2.0-only
/*
 * Renaming a guard is replacing one word on three lines; anything else that
 * asks for the word would change its meaning, so it must be the only user.
 */
#include "guard.h"

#include "conds.h"
#include "lib/lex.h"

static const struct cond_group *guard_of(const struct items *items,
					 const struct conds *conds)
{
	size_t group = conds_guard(conds);

	if (group == CONDS_NONE ||
	    !streq(items->v[conds->v[group].open].name, "ifndef"))
		return NULL;
	return &conds->v[group];
}

char *guard_name(const char *text, size_t len)
{
	struct items items;
	struct conds conds;
	const struct cond_group *g;
	char *name = NULL;

	items_parse(text, len, &items);
	conds_build(&items, &conds);
	g = guard_of(&items, &conds);
	if (g)
		name = xstrdup(items.v[g->open + 1].name);
	conds_release(&conds);
	items_release(&items);
	return name;
}

/* True when the byte is on a line of the guard itself. */
static bool is_of_guard(const struct items *items, const struct cond_group *g,
			size_t at)
{
	size_t item = items_at(items, at);

	return (item == g->open || item == g->open + 1 || item == g->end) &&
	       at >= items->v[item].code_begin;
}

/* Where the word stands, from the end on: edits do not move what is left. */
static bool find_all(const struct buf *text, const char *word, size_t **ret,
		     size_t *ret_nr)
{
	struct items items;
	struct conds conds;
	const struct cond_group *g;
	size_t alloc = 0, at = 0;
	bool ok = true;

	items_parse(text->data, text->len, &items);
	conds_build(&items, &conds);
	g = guard_of(&items, &conds);
	for (; ok && find_name(text->data, text->len, word, at, &at); at++) {
		ARRAY_GROW(*ret, *ret_nr, alloc);
		(*ret)[(*ret_nr)++] = at;
		ok = g && is_of_guard(&items, g, at);
	}
	conds_release(&conds);
	items_release(&items);
	return ok;
}

bool guard_rename(struct buf *text, const char *old, const char *new)
{
	_cleanup_free_ size_t *at = NULL;
	size_t nr = 0;

	if (!find_all(text, old, &at, &nr))
		return false;
	while (nr--)
		buf_splice(text, at[nr], strlen(old), new, strlen(new));
	return true;
}
