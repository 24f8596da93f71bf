// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which new functions are helpers: static, of a name that was not defined, and
 * called by a function of which the code changed. Whether they hold what their
 * callers lost is for the rungs to say: the text rung puts them back in, and
 * the code rung forces them inline.
 */
#define _GNU_SOURCE
#include "infer_internal.h"

static const struct item *item_of(const struct guess *g, int after, size_t i)
{
	const struct text_side *side = mixed_side(&g->m, after);

	return piece_item(side, &side->pieces[i]);
}

static bool was_defined(const struct guess *g, const char *name)
{
	for (size_t i = 0; i < g->check.before.nr; i++)
		if (item_is_definition(item_of(g, 0, i)) &&
		    streq(item_of(g, 0, i)->name, name))
			return true;
	return false;
}

/* An open function of this name, or of what it is renamed to, was there. */
static bool is_changed(const struct guess *g, size_t k)
{
	for (size_t i = 0; i < g->check.before.nr; i++)
		if (mixed_is_open(&g->m, 0, i) &&
		    item_of(g, 0, i)->kind == ITEM_FUNCTION &&
		    mixed_same_name(&g->m, item_of(g, 0, i)->name,
				    item_of(g, 1, k)->name))
			return true;
	return false;
}

static bool calls(struct guess *g, size_t caller, const char *name)
{
	const struct text_words *w = mixed_words(&g->m, 1, caller);

	for (size_t i = w->head; i + 1 < w->nr; i++)
		if (word_is(&w->v[i], name) && word_is(&w->v[i + 1], "("))
			return true;
	return false;
}

static bool is_helper(struct guess *g, size_t k)
{
	const struct item *item = item_of(g, 1, k);

	if (!mixed_is_open(&g->m, 1, k) || item->kind != ITEM_FUNCTION ||
	    !item->is_static || was_defined(g, item->name))
		return false;
	for (size_t i = 0; i < g->check.after.nr; i++)
		if (i != k && mixed_is_open(&g->m, 1, i) &&
		    item_of(g, 1, i)->kind == ITEM_FUNCTION &&
		    (is_changed(g, i) ||
		     strv_has(&g->ret->contract.helpers,
			      item_of(g, 1, i)->name)) &&
		    calls(g, i, item->name))
			return true;
	return false;
}

void infer_helpers(struct guess *g)
{
	struct strv *helpers = &g->ret->contract.helpers;

	size_t nr;

	/* A helper may call another one. */
	do {
		nr = helpers->nr;
		for (size_t k = 0; k < g->check.after.nr; k++)
			if (is_helper(g, k) &&
			    !strv_has(helpers, item_of(g, 1, k)->name))
				strv_add(helpers, item_of(g, 1, k)->name);
	} while (helpers->nr > nr);
	strv_sort(helpers);
}
