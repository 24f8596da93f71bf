// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a cut needs, held against where it goes to. A destination can have what
 * is needed already, and a header shows what it holds to the file that the code
 * came from; the rest is for a step of its own.
 */
#include "needs.h"

static bool same_code(const struct items *a, size_t i, const struct items *b,
		      size_t k)
{
	const struct item *x = &a->v[i], *y = &b->v[k];

	return x->code_end - x->code_begin == y->code_end - y->code_begin &&
	       !memcmp(a->tokens.text + x->code_begin,
		       b->tokens.text + y->code_begin,
		       x->code_end - x->code_begin);
}

bool has_same_macro(const struct items *from, const char *name,
		    const struct items *to)
{
	size_t here = items_find(from, ITEM_MACRO, name, 0);
	size_t there = to ? items_find(to, ITEM_MACRO, name, 0) : ITEMS_NONE;

	if (here == ITEMS_NONE || there == ITEMS_NONE ||
	    items_find(from, ITEM_UNDEF, name, here) != ITEMS_NONE)
		return false;
	for (; here != ITEMS_NONE;
	     here = items_find(from, ITEM_MACRO, name, here + 1))
		if (!same_code(from, here, to, there))
			return false;
	return true;
}

bool need_is_satisfied(const struct items *items, const struct need *need,
		       const struct items *to, bool in_header)
{
	size_t i = items_find(items, ITEM_FUNCTION, need->name, 0);

	if (need->kind == NEED_MACRO && has_same_macro(items, need->name, to))
		return true;
	if (!in_header || !need->moved)
		return false;
	return need->kind == NEED_MACRO || need->kind == NEED_TYPE ||
	       (i != ITEMS_NONE && items->v[i].is_inline);
}

static void add_promotion(const struct need *need, const char *path,
			  struct drifts *drifts)
{
	_cleanup_free_ char *suggestion = xasprintf(
		"promote %s in a step before this one", need->name);

	drifts_add(drifts, DRIFT_PROMOTION, need->name, path, need->line,
		   suggestion,
		   "static %s() of line %u %s and is used by %s, which %s",
		   need->name, need->definition_line,
		   need->moved ? "moves" : "stays", need->user,
		   need->moved ? "stays" : "moves");
	drifts_remedy(drifts, REMEDY_PROMOTE, NULL);
}

static void add_undef(const struct need *need, const char *path,
		      struct drifts *drifts)
{
	drifts_add(drifts, DRIFT_PRIVATE, need->name, path, need->line,
		   "move it to where the same is done first, or spell it otherwise "
		   "in a step before this one",
		   "'#undef %s' of line %u stays and is used by %s, which moves",
		   need->name, need->definition_line, need->user);
}

static void add_other(const struct need *need, const char *path,
		      struct drifts *drifts)
{
	bool data = need->kind == NEED_SHARED_DATA;
	_cleanup_free_ char *suggestion = xasprintf(
		data ? "move all users of %s together with it" :
		       "move %s to a header in a step before this one",
		need->name);

	drifts_add(drifts, data ? DRIFT_SHARED_DATA : DRIFT_PRIVATE,
		   need->name, path, need->line, suggestion,
		   "private %s '%s' of line %u %s and is used by %s, which %s",
		   data ? "data" :
		   need->kind == NEED_MACRO ? "macro" : "type",
		   need->name, need->definition_line,
		   need->moved ? "moves" : "stays", need->user,
		   need->moved ? "stays" : "moves");
}

void needs_as_drift(const struct items *items, const char *path,
		    const size_t *moved, size_t nr, const struct items *to,
		    bool in_header, struct drifts *drifts)
{
	_cleanup_(needs_release) struct needs needs = { 0 };

	needs_of_cut(items, moved, nr, &needs);
	for (size_t i = 0; i < needs.nr; i++) {
		const struct need *need = &needs.v[i];

		if (need_is_satisfied(items, need, to, in_header))
			continue;
		if (need->kind == NEED_PROMOTE_MOVED ||
		    need->kind == NEED_PROMOTE_LEFT)
			add_promotion(need, path, drifts);
		else if (need->kind == NEED_UNDEF)
			add_undef(need, path, drifts);
		else
			add_other(need, path, drifts);
	}
}
