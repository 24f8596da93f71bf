// SPDX-License-Identifier: GPL-2.0-only
/* How often each name is defined: asked of each pair of names that may be one. */
#define _GNU_SOURCE
#include "infer_internal.h"
#include "lib/hash.h"

struct infer_name {
	const char *name; /* an item's */
	size_t nr[2];	  /* definitions before and after */
	UT_hash_handle hh;
};

static struct infer_name *find(const struct guess *g, const char *name)
{
	struct infer_name *found;

	HASH_FIND_STR(g->names, name, found);
	return found;
}

static void count(struct guess *g, int after, const char *name)
{
	struct infer_name *n = find(g, name);

	if (!n) {
		n = xcalloc(1, sizeof(*n));
		n->name = name;
		HASH_ADD_KEYPTR(hh, g->names, n->name, strlen(n->name), n);
	}
	n->nr[after]++;
}

void infer_count_names(struct guess *g)
{
	for (int after = 0; after < 2; after++) {
		const struct text_side *side = mixed_side(&g->m, after);

		for (size_t i = 0; i < side->nr; i++) {
			const struct item *item =
				piece_item(side, &side->pieces[i]);

			if (item_is_definition(item) && item->name)
				count(g, after, item->name);
		}
	}
}

size_t infer_times_defined(const struct guess *g, int after, const char *name)
{
	const struct infer_name *n = find(g, name);

	return n ? n->nr[after] : 0;
}

void infer_forget_names(struct guess *g)
{
	struct infer_name *n = g->names, *next;

	HASH_CLEAR(hh, g->names);
	for (; n; n = next) {
		next = n->hh.next;
		free(n);
	}
}
