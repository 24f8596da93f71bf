// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which new functions are helpers: static, of a name that was not defined, and
 * called by a function of which the code changed. Whether they hold what their
 * callers lost is for the rungs to say: the text rung puts them back in, and
 * the code rung forces them inline.
 */
#define _GNU_SOURCE
#include "infer_internal.h"
#include "lib/hash.h"

static const struct item *item_of(const struct guess *g, int after, size_t i)
{
	const struct text_side *side = mixed_side(&g->m, after);

	return piece_item(side, &side->pieces[i]);
}

static bool is_open_function(const struct guess *g, int after, size_t i)
{
	return mixed_is_open(&g->m, after, i) &&
	       item_of(g, after, i)->kind == ITEM_FUNCTION;
}

/* An open function of this name, or of what it is renamed to, was there. */
static bool is_changed(const struct guess *g, size_t k)
{
	if (!is_open_function(g, 1, k))
		return false;
	for (size_t i = 0; i < g->check.before.nr; i++)
		if (is_open_function(g, 0, i) &&
		    mixed_same_name(&g->m, item_of(g, 0, i)->name,
				    item_of(g, 1, k)->name))
			return true;
	return false;
}

/* A new static function, which may be a helper. */
struct candidate {
	const char *name; /* of its item */
	bool called;	  /* by code that changed, or by a helper: it is one */
	UT_hash_handle hh;
};

static void add_candidates(struct guess *g, struct candidate **table)
{
	for (size_t k = 0; k < g->check.after.nr; k++) {
		const struct item *item = item_of(g, 1, k);
		struct candidate *c;

		if (!is_open_function(g, 1, k) || !item->is_static ||
		    infer_times_defined(g, 0, item->name))
			continue;
		HASH_FIND_STR(*table, item->name, c);
		if (c)
			continue;
		c = xcalloc(1, sizeof(*c));
		c->name = item->name;
		HASH_ADD_KEYPTR(hh, *table, c->name, strlen(c->name), c);
	}
}

static void mark_called(struct guess *g, size_t caller, struct candidate *table)
{
	const struct text_words *w = mixed_words(&g->m, 1, caller);
	const char *own = item_of(g, 1, caller)->name;

	for (size_t i = w->head; i + 1 < w->nr; i++) {
		const struct text_word *word = &w->v[i];
		struct candidate *c;

		if (!word_is(&w->v[i + 1], "("))
			continue;
		HASH_FIND(hh, table, word->s, word->len, c);
		if (c && !streq(c->name, own))
			c->called = true;
	}
}

/* Each time, what a helper calls may be one more. */
static void take_called(struct guess *g, struct candidate *table,
			const bool *changed)
{
	struct strv *helpers = &g->ret->contract.helpers;
	size_t nr;

	do {
		nr = helpers->nr;
		for (size_t i = 0; i < g->check.after.nr; i++)
			if (is_open_function(g, 1, i) &&
			    (changed[i] ||
			     strv_has(helpers, item_of(g, 1, i)->name)))
				mark_called(g, i, table);
		for (struct candidate *c = table; c; c = c->hh.next)
			if (c->called && !strv_has(helpers, c->name))
				strv_add(helpers, c->name);
	} while (helpers->nr > nr);
	strv_sort(helpers);
}

void infer_helpers(struct guess *g)
{
	const size_t nr = g->check.after.nr;
	_cleanup_free_ bool *changed = xcalloc(nr, sizeof(*changed));
	struct candidate *table = NULL, *c, *next;

	add_candidates(g, &table);
	for (size_t k = 0; table && k < nr; k++)
		changed[k] = is_changed(g, k);
	take_called(g, table, changed);
	c = table;
	HASH_CLEAR(hh, table);
	for (; c; c = next) {
		next = c->hh.next;
		free(c);
	}
}
