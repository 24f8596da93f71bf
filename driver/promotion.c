// SPDX-License-Identifier: GPL-2.0-only
/*
 * spatch takes more than it is told to: a promote rule strips forward
 * declarations too, and moved an attribute to the next prototype
 * (facts/spatch-hazards.md). So each item of its output must be one of ours.
 */
#include "promotion.h"

static bool same_bytes(const struct items *a, size_t begin_a, size_t end_a,
		       const struct items *b, size_t begin_b, size_t end_b)
{
	return end_a - begin_a == end_b - begin_b &&
	       !memcmp(a->tokens.text + begin_a, b->tokens.text + begin_b,
		       end_a - begin_a);
}

static bool is_storage_class(const struct tokens *t, size_t i)
{
	return token_is(t, i, "static") || token_is(t, i, "inline");
}

/* The next token before 'limit' that counts: no space, no ignored word. */
static size_t next_token(const struct items *items, const struct item *it,
			 size_t i, size_t limit, bool ignore_class)
{
	const struct tokens *t = &items->tokens;

	while (i < it->token_end && t->v[i].begin < limit &&
	       (t->v[i].kind == TOKEN_SPACE ||
		(ignore_class && is_storage_class(t, i))))
		i++;
	return i < it->token_end && t->v[i].begin < limit ? i : ITEMS_NONE;
}

static bool same_tokens(const struct items *a, size_t item_a,
			const struct items *b, size_t item_b, bool ignore_class)
{
	const struct item *x = &a->v[item_a], *y = &b->v[item_b];
	size_t limit_a = x->body_begin ? x->body_begin : x->code_end;
	size_t limit_b = y->body_begin ? y->body_begin : y->code_end;
	size_t i = x->token_begin, k = y->token_begin;

	for (;; i++, k++) {
		const struct token *s, *t;

		i = next_token(a, x, i, limit_a, ignore_class);
		k = next_token(b, y, k, limit_b, ignore_class);
		if (i == ITEMS_NONE || k == ITEMS_NONE)
			return i == k;
		s = &a->tokens.v[i];
		t = &b->tokens.v[k];
		if (!same_bytes(a, s->begin, s->end, b, t->begin, t->end))
			return false;
	}
}

/*
 * Blank lines between items do not count: Coccinelle 1.3 drops the one above a
 * "static" that stands on a line of its own, and the bytes that are committed are
 * ours.
 */
static bool same_item(const struct items *a, size_t item_a,
		      const struct items *b, size_t item_b,
		      const struct strv *names)
{
	const struct item *x = &a->v[item_a], *y = &b->v[item_b];

	if (x->kind != y->kind || !streq(x->name, y->name))
		return false;
	if (same_bytes(a, x->begin, x->code_end, b, y->begin, y->code_end))
		return true;
	if (!strv_has(names, x->name))
		return false;
	if (x->kind == ITEM_PROTOTYPE)
		return same_tokens(a, item_a, b, item_b, true);
	return x->kind == ITEM_FUNCTION &&
	       same_tokens(a, item_a, b, item_b, false) &&
	       same_bytes(a, x->body_begin, x->code_end, b, y->body_begin,
			  y->code_end);
}

bool promotion_agrees(const struct items *expected, const struct items *actual,
		      const struct strv *names, const char *path,
		      struct drifts *drifts)
{
	size_t before = drifts->nr;

	for (size_t i = 0; i < expected->nr && i < actual->nr; i++) {
		const struct item *it = &expected->v[i];

		if (same_item(expected, i, actual, i, names))
			continue;
		drifts_add(drifts, DRIFT_DISAGREE, it->name, path,
			   it->line_begin,
			   "look at what plain spatch makes of the rule here",
			   "the rule does not do to '%s' what the step declares",
			   it->name);
		if (!strv_has(names, it->name))
			break;
	}
	if (drifts->nr == before && expected->nr != actual->nr)
		drifts_add(drifts, DRIFT_DISAGREE, NULL, path, 0, NULL,
			   "spatch leaves %zu top-level items, not %zu",
			   actual->nr, expected->nr);
	return drifts->nr == before;
}
