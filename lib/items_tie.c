// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which macro calls belong to a definition: EXPORT_SYMBOL_GPL(f) to f,
 * MODULE_DEVICE_TABLE(type, table) to table. A call is tied by an argument that
 * is a definition's name and nothing else ('&' aside). Where a name is defined
 * in several branches, the definition before the call is meant.
 */
#include "items_internal.h"
#include "strv.h"

struct defined {
	char *name;	/* owned by the list of names */
	size_t item;
};

struct definitions {
	struct strv names;
	struct defined *v; /* sorted by name, then item */
	size_t nr, alloc;
};

static int compare(const void *a, const void *b)
{
	const struct defined *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : x->item < y->item ? -1 : x->item > y->item;
}

static void collect(const struct items *items, struct definitions *ret)
{
	for (size_t i = 0; i < items->nr; i++) {
		enum item_kind kind = items->v[i].kind;

		if (kind != ITEM_FUNCTION && kind != ITEM_VARIABLE)
			continue;
		items_names(items, i, &ret->names);
		for (size_t k = ret->nr; k < ret->names.nr; k++) {
			ARRAY_GROW(ret->v, ret->nr, ret->alloc);
			ret->v[ret->nr++] =
				(struct defined){ ret->names.v[k], i };
		}
	}
	if (ret->nr)
		qsort(ret->v, ret->nr, sizeof(*ret->v), compare);
}

static void release(struct definitions *d)
{
	strv_release(&d->names);
	free(d->v);
}

/* The last definition of name before item i, else the first one behind it. */
static size_t find_owner(const struct definitions *d, const char *name,
			 size_t i)
{
	struct defined key = { (char *)name, i };
	size_t low = 0, high = d->nr;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (compare(&d->v[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low && streq(d->v[low - 1].name, name))
		return d->v[low - 1].item;
	if (low < d->nr && streq(d->v[low].name, name))
		return d->v[low].item;
	return ITEMS_NONE;
}

/* Macros that are about a symbol even if it is defined in another file. */
static bool is_export_macro(const char *macro)
{
	static const char *const prefixes[] = {
		"EXPORT_", "NOKPROBE_SYMBOL", "ALLOW_ERROR_INJECTION",
		"STACK_FRAME_NON_STANDARD", "early_param", "__setup",
		"module_init", "module_exit",
	};

	for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (starts_with(macro, prefixes[i]))
			return true;
	return ends_with(macro, "_initcall") || ends_with(macro, "_exitcall");
}

/* The argument that ends before token i, if it is one identifier; else nr. */
static size_t lone_argument(const struct tokens *t, size_t begin, size_t end)
{
	size_t i = token_next(t, begin), next;

	if (punct_char(t, i) == '&')
		i = token_next(t, i + 1);
	if (i >= end || t->v[i].kind != TOKEN_IDENT)
		return t->nr;
	next = token_next(t, i + 1);
	return next >= end ? i : t->nr;
}

static void tie_argument(const struct definitions *d, const struct tokens *t,
			 size_t i, size_t argument, struct item *item)
{
	_cleanup_free_ char *name = NULL;
	size_t owner;

	if (argument >= t->nr || item->owner != ITEMS_NONE)
		return;
	name = token_spelling(t, argument);
	owner = find_owner(d, name, i);
	if (owner == ITEMS_NONE && (item->argument ||
				    !is_export_macro(item->name)))
		return;
	item->kind = ITEM_EXPORT;
	item->owner = owner;
	free(item->argument);
	item->argument = xstrdup(name);
}

/* Tries each argument of the call; the first that names a definition wins. */
static void tie(const struct definitions *d, const struct tokens *t, size_t i,
		struct item *item)
{
	size_t k = token_next(t, item->token_begin), begin;
	int depth = 0;

	while (k < item->token_end && punct_char(t, k) != '(')
		k = token_next(t, k + 1);
	begin = k + 1;
	for (; k < item->token_end; k = token_next(t, k + 1)) {
		char c = punct_char(t, k);

		if (c == '(' || c == '[' || c == '{')
			depth++;
		else if (c == ')' || c == ']' || c == '}')
			depth--;
		if ((c == ',' && depth == 1) || (c == ')' && !depth)) {
			tie_argument(d, t, i, lone_argument(t, begin, k), item);
			begin = k + 1;
		}
	}
}

static bool may_tie(const struct item *item)
{
	return item->kind == ITEM_CALL && !streq(item->name, "static_assert") &&
	       !streq(item->name, "_Static_assert");
}

void tie_exports(struct items *items)
{
	struct definitions d = { .names = STRV_INIT };
	bool collected = false;

	for (size_t i = 0; i < items->nr; i++) {
		if (!may_tie(&items->v[i]))
			continue;
		if (!collected)
			collect(items, &d);
		collected = true;
		tie(&d, &items->tokens, i, &items->v[i]);
	}
	release(&d);
}
