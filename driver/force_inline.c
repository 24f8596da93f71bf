// SPDX-License-Identifier: GPL-2.0-only
/*
 * Forcing small functions inline on both sides of a comparison. A static
 * function that becomes a static inline of a header is inlined differently in
 * its callers, and appears or vanishes as a symbol; with always_inline on both
 * sides neither happens, and what is left is the code itself.
 *
 * It is done on preprocessed text: a prototype put in by force would need the
 * types of its parameters first.
 */
#define _GNU_SOURCE
#include "isolate_internal.h"
#include "lib/items.h"

#define FORCED "inline __attribute__((__always_inline__)) "

/* The index of the static definition of name; ITEMS_NONE. */
static size_t find_definition(const struct items *items, const char *name)
{
	size_t i = items_find(items, ITEM_FUNCTION, name, 0);

	while (i != ITEMS_NONE && !items->v[i].is_static)
		i = items_find(items, ITEM_FUNCTION, name, i + 1);
	return i;
}

/* True when some token outside the definition is the name. */
static bool is_used(const struct items *items, size_t definition,
		    const char *name)
{
	const struct item *own = &items->v[definition];
	const struct tokens *t = &items->tokens;

	for (size_t i = 0; i < t->nr; i++)
		if (t->v[i].kind == TOKEN_IDENT && token_is(t, i, name) &&
		    (t->v[i].begin < own->begin || t->v[i].begin >= own->end))
			return true;
	return false;
}

/* Most units know none of the names: a search of bytes says so at once. */
static bool mentions_any(const char *text, size_t len, const struct strv *names)
{
	for (size_t i = 0; i < names->nr; i++)
		if (memmem(text, len, names->v[i], strlen(names->v[i])))
			return true;
	return false;
}

void force_inline_find(const char *text, size_t len, const struct strv *names,
		       struct strv *ret)
{
	struct items items;

	if (!mentions_any(text, len, names))
		return;
	items_parse(text, len, &items);
	for (size_t i = 0; i < names->nr; i++) {
		size_t definition = find_definition(&items, names->v[i]);

		if (definition != ITEMS_NONE &&
		    is_used(&items, definition, names->v[i]))
			strv_add(ret, names->v[i]);
	}
	items_release(&items);
	strv_uniq(ret);
}

void force_inline_apply(struct buf *text, const struct strv *names)
{
	for (size_t i = 0; i < names->nr; i++) {
		struct items items;
		size_t definition, at = 0;

		items_parse(text->data, text->len, &items);
		definition = find_definition(&items, names->v[i]);
		if (definition != ITEMS_NONE)
			at = items.v[definition].code_begin;
		items_release(&items);
		if (definition != ITEMS_NONE)
			buf_splice(text, at, 0, FORCED, strlen(FORCED));
	}
}
