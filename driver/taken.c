// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever any configuration builds: the two need not be linked together in one
 * that is at hand. Files of another architecture, or of a program, never are.
 */
#include "taken.h"

#include "definition.h"
#include "rename.h"

static bool is_apart(const struct taken_question *q, const char *path)
{
	_cleanup_free_ char *here = world_of(q->from);
	_cleanup_free_ char *there = world_of(path);

	return worlds_differ(here, there);
}

/* What is wrong with the definition of that name there; NULL: nothing. */
static const char *clash(const struct taken_question *q,
			 const struct items *items, const char *path,
			 const struct definition *found)
{
	bool sees = includes_path(items, q->header);
	bool own = found->is_static || found->kind != ITEM_FUNCTION;

	if (found->kind == ITEM_VARIABLE && !found->is_static)
		own = false;
	if (found->kind == ITEM_CALL || found->kind == ITEM_TYPE)
		return NULL;
	if (!own)
		return "is a global here, too";
	if (ends_with(path, ".h"))
		return found->kind == ITEM_TYPEDEF ? NULL :
						     "is defined in this header, too";
	return sees ? "is this file's own, and it includes the header" : NULL;
}

static int check_file(const struct taken_question *q, const char *path,
		      struct drifts *drifts, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct items items;
	int found = q->edits->read(q->edits->read_data, path, &text, err);

	if (found <= 0)
		return found;
	items_parse(text.data, text.len, &items);
	for (size_t i = 0; i < q->names->nr; i++) {
		const char *name = q->names->v[i], *what = NULL;
		struct definition d;

		if (mentions(text.data, text.len, name) &&
		    definition_find(&items, name, &d))
			what = clash(q, &items, path, &d);
		if (what)
			drifts_add(drifts, DRIFT_TAKEN, name, path, d.line,
				   "rename one of the two in a step before this one",
				   "'%s' %s", name, what);
	}
	items_release(&items);
	return 0;
}

int taken_check(const struct taken_question *q, struct drifts *drifts,
		struct error *err)
{
	_cleanup_(strv_release) struct strv paths = STRV_INIT;

	if (edits_find(q->edits, q->names, &paths, err))
		return -1;
	for (size_t i = 0; i < paths.nr; i++) {
		const char *path = paths.v[i];

		if (streq(path, q->from) || streq(path, q->header) ||
		    (!ends_with(path, ".c") && !ends_with(path, ".h")) ||
		    is_apart(q, path))
			continue;
		if (check_file(q, path, drifts, err))
			return -1;
	}
	return 0;
}
