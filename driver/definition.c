// SPDX-License-Identifier: GPL-2.0-only
/* Looked up item by item: whoever asks has a file in hand and a few names. */
#include "definition.h"

#include "lib/strv.h"

/* "struct s;" only says that there is one. */
static bool is_forward(const struct items *items, const struct item *it)
{
	return it->kind == ITEM_TYPE &&
	       !memchr(items->tokens.text + it->code_begin, '{',
		       it->code_end - it->code_begin);
}

static bool declares(const struct items *items, size_t i, const char *name)
{
	const struct item *it = &items->v[i];
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	if (streq(it->name, name))
		return true;
	if (it->kind != ITEM_VARIABLE && it->kind != ITEM_TYPE &&
	    it->kind != ITEM_TYPEDEF)
		return false;
	items_names(items, i, &names);
	return strv_has(&names, name);
}

static void take(const struct items *items, size_t i, struct definition *ret)
{
	const struct item *it = &items->v[i];
	_cleanup_free_ char *context = items_context(items, i);

	if (ret->kind == ITEM_EMPTY)
		*ret = (struct definition){ .kind = it->kind, .item = i,
					    .line = it->line_begin };
	ret->nr += it->kind == ret->kind;
	ret->branches |= *context;
	ret->is_static |= it->is_static;
	ret->is_inline |= it->is_inline;
}

bool definition_find(const struct items *items, const char *name,
		     struct definition *ret)
{
	*ret = (struct definition){ .kind = ITEM_EMPTY };
	for (size_t i = 0; i < items->nr; i++)
		if (item_is_definition(&items->v[i]) &&
		    !is_forward(items, &items->v[i]) &&
		    declares(items, i, name))
			take(items, i, ret);
	for (size_t i = 0; ret->kind == ITEM_EMPTY && i < items->nr; i++)
		if (items->v[i].kind == ITEM_CALL &&
		    streq(items->v[i].name, name))
			take(items, i, ret);
	return ret->kind != ITEM_EMPTY;
}

bool definition_find_macro(const struct items *items, const char *name,
			   struct definition *ret)
{
	*ret = (struct definition){ .kind = ITEM_EMPTY };
	for (size_t i = 0; i < items->nr; i++)
		if (items->v[i].kind == ITEM_MACRO &&
		    streq(items->v[i].name, name))
			take(items, i, ret);
	return ret->kind != ITEM_EMPTY;
}
