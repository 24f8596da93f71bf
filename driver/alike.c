// SPDX-License-Identifier: GPL-2.0-only
/*
 * The longest common subsequence of two lists of tokens. Functions have some
 * hundred tokens, so the plain table of two rows is enough.
 */
#include "alike.h"

#include "lib/util.h"

/* No function that somebody moves is longer. */
#define TOKENS_MOST 20000

struct word {
	const char *text;
	size_t len;
};

struct words {
	struct word *v; /* owned */
	size_t nr;
};

/* The function's own name stands for any. body: no tokens before it. */
static struct words words_of(const struct items *items, size_t i, bool body)
{
	const struct item *it = &items->v[i];
	const struct tokens *t = &items->tokens;
	struct words ret = { xcalloc(it->token_end - it->token_begin + 1,
				     sizeof(*ret.v)), 0 };

	for (size_t k = it->token_begin;
	     k < it->token_end && ret.nr < TOKENS_MOST; k++) {
		struct word w = { t->text + t->v[k].begin,
				  t->v[k].end - t->v[k].begin };

		if ((body && t->v[k].begin < it->body_begin) ||
		    !token_is_code(&t->v[k]) || token_is(t, k, "static") ||
		    token_is(t, k, "extern"))
			continue;
		if (token_is(t, k, it->name))
			w = (struct word){ "", 0 };
		ret.v[ret.nr++] = w;
	}
	return ret;
}

static bool same(const struct word *a, const struct word *b)
{
	return a->len == b->len && !memcmp(a->text, b->text, a->len);
}

static size_t common(const struct words *a, const struct words *b)
{
	size_t *row = xcalloc(b->nr + 1, sizeof(*row)), last;

	for (size_t i = 0; i < a->nr; i++) {
		size_t corner = 0; /* of the row above, to the left */

		for (size_t k = 0; k < b->nr; k++) {
			size_t above = row[k + 1];

			if (same(&a->v[i], &b->v[k]))
				row[k + 1] = corner + 1;
			else if (row[k] > above)
				row[k + 1] = row[k];
			corner = above;
		}
	}
	last = row[b->nr];
	free(row);
	return last;
}

static unsigned int percent(const struct items *a, size_t i,
			    const struct items *b, size_t k, bool body)
{
	struct words x = words_of(a, i, body), y = words_of(b, k, body);
	size_t all = x.nr + y.nr, shared = 0;

	/* Of unlike sizes not much can be the same: no need to look. */
	if (x.nr <= 2 * y.nr && y.nr <= 2 * x.nr)
		shared = 2 * common(&x, &y);
	free(x.v);
	free(y.v);
	return all ? (unsigned int)(100 * shared / all) : 0;
}

unsigned int alike(const struct items *a, size_t i, const struct items *b,
		   size_t k)
{
	unsigned int body = percent(a, i, b, k, true);
	unsigned int whole = body ? percent(a, i, b, k, false) : 0;

	return body < whole ? body : whole;
}
