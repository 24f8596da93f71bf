// SPDX-License-Identifier: GPL-2.0-only
/*
 * A promotion widens what other files can call, so one that nothing needs is a
 * mistake of the step or a sign that the base has changed. Looking at the tree
 * after the last step is simpler than following each name through the moves.
 */
#include "needless.h"

#include "lib/items.h"

/* The .c files that the steps from 'first' on read or write. */
static void source_files(const struct series *series, size_t first,
			 struct strv *ret)
{
	for (size_t i = first; i < series->nr; i++) {
		const struct step *step = &series->steps[i];

		if (step->from && ends_with(step->from, ".c"))
			strv_add(ret, step->from);
		if (step->to && ends_with(step->to, ".c"))
			strv_add(ret, step->to);
	}
	strv_uniq(ret);
}

static bool has_ident(const struct items *items, const char *name)
{
	for (size_t i = 0; i < items->tokens.nr; i++)
		if (items->tokens.v[i].kind == TOKEN_IDENT &&
		    token_is(&items->tokens, i, name))
			return true;
	return false;
}

/* 1 when a file that does not define the name uses it. */
static int used_elsewhere(const struct repo *repo, const char *tip,
			  const struct strv *files, const char *name,
			  struct error *err)
{
	bool used = false;

	for (size_t i = 0; i < files->nr && !used; i++) {
		_cleanup_(buf_release) struct buf text = BUF_INIT;
		_cleanup_(items_release) struct items items = { 0 };
		int found = repo_read(repo, tip, files->v[i], &text, err);

		if (found < 0)
			return -1;
		items_parse(text.data, text.len, &items);
		used = has_ident(&items, name) &&
		       items_find(&items, ITEM_FUNCTION, name, 0) == ITEMS_NONE;
	}
	return used;
}

/* What the steps behind this one make of the name. */
static const char *name_at_tip(const struct series *series, size_t i,
			       const char *name)
{
	while (++i < series->nr) {
		const struct step *step = &series->steps[i];

		for (size_t k = 0; k < step->nr_renames; k++)
			if (step->kind == STEP_RENAME &&
			    streq(step->renames[k].old, name)) {
				name = step->renames[k].new;
				break;
			}
	}
	return name;
}

static int check_step(const struct repo *repo, const char *tip,
		      const struct series *series, size_t i,
		      struct report_step *row, struct error *err)
{
	const struct step *step = &series->steps[i];
	_cleanup_(strv_release) struct strv files = STRV_INIT;

	source_files(series, i, &files);
	for (size_t n = 0; n < step->names.nr; n++) {
		const char *name = step->names.v[n];
		int used = used_elsewhere(repo, tip, &files,
					  name_at_tip(series, i, name), err);

		if (used < 0)
			return -1;
		if (used)
			continue;
		drifts_add(&row->drifts, DRIFT_NEEDLESS, name,
			   step->from, 0,
			   "drop it from the step, or add the move that needs it",
			   "'%s' is promoted, but no other file of the series uses it",
			   name);
		drifts_remedy(&row->drifts, REMEDY_LEAVE_OUT, NULL);
	}
	return row->drifts.nr ? drifts_error(&row->drifts, step->name, err) : 0;
}

int needless_promotions(const struct repo *repo, const char *tip,
			const struct series *series, struct report *report,
			struct error *err)
{
	for (size_t i = 0; i < series->nr; i++) {
		const struct step *step = &series->steps[i];

		if (step->kind == STEP_PROMOTE && !step->as_inline &&
		    check_step(repo, tip, series, i, &report->steps[i], err))
			return -1;
	}
	return 0;
}
