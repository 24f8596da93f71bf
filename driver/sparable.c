// SPDX-License-Identifier: GPL-2.0-only
/*
 * The items of each touched header, prototypes and comments left out, are held
 * against each other in their order.
 */
#include "sparable.h"

#include "lib/items.h"

static bool is_nothing(const struct item *item)
{
	return item->kind == ITEM_PROTOTYPE || item->kind == ITEM_COMMENT ||
	       item->kind == ITEM_BLANK;
}

/* The next item at or behind i that is more than a prototype. */
static size_t next_thing(const struct items *items, size_t i)
{
	while (i < items->nr && is_nothing(&items->v[i]))
		i++;
	return i;
}

static bool same_code(const struct items *a, size_t i, const struct items *b,
		      size_t k)
{
	const struct item *x = &a->v[i], *y = &b->v[k];
	size_t len = x->code_end - x->code_begin;

	return len == y->code_end - y->code_begin &&
	       !memcmp(a->tokens.text + x->code_begin,
		       b->tokens.text + y->code_begin, len);
}

static bool same_things(const struct text *before, const struct text *after)
{
	struct items a, b;
	size_t i, k;

	items_parse(before->data, before->len, &a);
	items_parse(after->data, after->len, &b);
	for (i = next_thing(&a, 0), k = next_thing(&b, 0);
	     i < a.nr && k < b.nr && same_code(&a, i, &b, k);
	     i = next_thing(&a, i + 1), k = next_thing(&b, k + 1))
		;
	i = a.nr - i + b.nr - k;
	items_release(&a);
	items_release(&b);
	return !i;
}

bool sparable(const struct step_texts *texts)
{
	for (size_t i = 0; i < texts->paths.nr; i++) {
		const struct text *before = &texts->before[i];
		const struct text *after = &texts->after[i];

		if (ends_with(before->path, ".h") &&
		    (!before->data || !after->data ||
		     !same_things(before, after)))
			return false;
	}
	return true;
}
