// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looked up by the lexer alone: what has no definition of its name in the file,
 * under whatever conditionals, is absent.
 */
#include "optional.h"

#include "amend.h"
#include "definition.h"

/* Why the base needs nothing of it; NULL when it does. */
static const char *needless(const struct step *step,
			    const struct items *items, const char *name,
			    const struct definition *found)
{
	if (step->kind == STEP_RENAME)
		return mentions(items->tokens.text, items->tokens.len, name) ?
			       NULL : "absent";
	if (found->kind == ITEM_EMPTY)
		return "absent";
	if (step->kind == STEP_PROMOTE && !found->is_static)
		return "global";
	return NULL;
}

static void fit_name(struct step *step, const struct items *items,
		     const char *name, struct applied *left)
{
	const char *line = amend_preamble_line(step, name);
	bool named = strv_has(&step->names, name);
	struct definition found;
	const char *why;

	if (line && !named)
		definition_find_macro(items, name, &found);
	else
		definition_find(items, name, &found);
	why = needless(step, items, name, &found);
	if (!why || (!line && !named))
		return;
	if (named && found.kind == ITEM_EMPTY)
		strv_add(&step->absent, name);
	if (named)
		amend_leave_out(step, name);
	else
		amend_drop_macro(step, name);
	if (left)
		applied_leave(left, why, name, step->from, found.line);
}

int optional_fit(const struct repo *repo, const char *commit, struct step *step,
		 struct applied *left, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct items items;
	int found;

	if (!step->optional.nr)
		return 0;
	found = repo_read(repo, commit, step->from, &text, err);
	if (found <= 0) /* a file that is absent is for the step to tell */
		return found;
	items_parse(text.data, text.len, &items);
	for (size_t i = 0; i < step->optional.nr; i++)
		fit_name(step, &items, step->optional.v[i], left);
	items_release(&items);
	if (step->names.nr)
		return 0;
	return error_set(err, ERROR_DRIFT,
			 "step %s: all that it is about is optional, and "
			 "nothing is left for it to do behind the steps before "
			 "it; take it out of the file 'series'", step->name);
}

static bool is_made_before(const struct series *series, size_t step,
			   const char *name)
{
	for (size_t i = 0; i < step; i++) {
		const struct step *s = &series->steps[i];

		for (size_t r = 0; r < s->nr_renames; r++)
			if (streq(s->renames[r].new, name))
				return true;
		if (s->kind == STEP_TRANSFORM || strv_has(&s->helpers, name))
			return true;
	}
	return false;
}

/* 1 when the base needs nothing of the step, 0, -1. */
static int is_idle(const struct repo *repo, const char *base,
		   const struct series *series, size_t i, struct error *err)
{
	const struct step *step = &series->steps[i];
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct items items;
	bool idle = true;
	int found;

	for (size_t n = 0; n < step->names.nr; n++)
		if (!strv_has(&step->optional, step->names.v[n]) ||
		    is_made_before(series, i, step->names.v[n]))
			return 0;
	found = repo_read(repo, base, step->from, &text, err);
	if (found <= 0)
		return found;
	items_parse(text.data, text.len, &items);
	for (size_t n = 0; n < step->names.nr; n++) {
		struct definition here;

		definition_find(&items, step->names.v[n], &here);
		idle &= needless(step, &items, step->names.v[n],
				 &here) != NULL;
	}
	items_release(&items);
	return idle;
}

int optional_steps(const struct repo *repo, const char *base,
		   struct series *series, struct strv *ret, struct error *err)
{
	for (size_t i = 0; i < series->nr;) {
		int idle = series->steps[i].optional.nr ?
				   is_idle(repo, base, series, i, err) :
				   0;

		if (idle < 0)
			return -1;
		if (!idle) {
			i++;
			continue;
		}
		strv_addf(ret, "step %s is left out: it is all optional, and the "
			       "base needs none of it", series->steps[i].name);
		series_leave_out(series, i);
	}
	return series->nr ? 0 :
			    error_set(err, ERROR_DRIFT,
				      "the base needs none of the steps");
}
