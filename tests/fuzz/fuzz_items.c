// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes at all into the lexer and the splitter: the tokens and the items
 * must cover them, in order, and every question about them must be answered
 * without a fault.
 */
#include "fuzz.h"

#include "driver/conds.h"
#include "driver/header_names.h"
#include "driver/uses.h"
#include "lib/items.h"
#include "lib/strv.h"

static void check_tokens(const struct tokens *t)
{
	unsigned int line = 1;
	size_t at = 0;

	for (size_t i = 0; i < t->nr; i++) {
		require(t->v[i].begin == at && t->v[i].end > at);
		require(t->v[i].line == line);
		for (; at < t->v[i].end; at++)
			line += t->text[at] == '\n';
	}
	require(at == t->len);
}

/* Every question about a token, at its begin and in its middle. */
static void ask_token(const struct tokens *t, size_t i)
{
	const struct token *token = &t->v[i];
	_cleanup_free_ char *spelling = token_spelling(t, i);
	size_t next = token_next(t, i), found = 0, len;

	require(token_is(t, i, spelling) || strlen(spelling) < token->end - token->begin);
	require(next >= i && next <= t->nr);
	require(token_at(t, token->begin) == i);
	require(token_at(t, token->end - 1) == i);
	token_in_comment(t, token->begin + (token->end - token->begin) / 2);
	if (token->kind == TOKEN_DIRECTIVE) {
		const char *name = token_directive(t, i, &len);

		require(name >= t->text + token->begin &&
			name + len <= t->text + token->end);
		token_directive_is(t, i, "define");
	}
	if (token->kind == TOKEN_IDENT &&
	    find_name(t->text, t->len, spelling, token->begin, &found))
		require(found >= token->begin);
}

static void check_item(const struct items *items, size_t i)
{
	const struct item *item = &items->v[i];

	require(item->begin < item->end && item->begin <= item->code_begin &&
		item->code_begin <= item->code_end &&
		item->code_end <= item->end);
	require(item->name_begin <= item->end);
	require(item->body_begin <= item->body_end &&
		item->body_end <= item->end);
	require(item->token_begin <= item->token_end &&
		item->token_end <= items->tokens.nr);
	require(item->context == ITEMS_NONE || item->context < i);
	require(item->owner == ITEMS_NONE || item->owner < items->nr);
	require(item->line_begin <= item->line_end);
	require(item->name && items_at(items, item->begin) == i &&
		items_at(items, item->end - 1) == i);
}

static void check_name(void *data, const struct name *name)
{
	const struct items *items = data;

	require(name->text >= items->tokens.text &&
		name->text + name->len <=
			items->tokens.text + items->tokens.len);
	name_is_captured(name, "f");
}

static void check_conds(const struct items *items)
{
	struct conds conds;
	size_t guard;

	conds_build(items, &conds);
	guard = conds_guard(&conds);
	require(guard == CONDS_NONE || guard < conds.nr);
	for (size_t i = 0; i < conds.nr; i++) {
		const struct cond_group *g = &conds.v[i];

		require(g->open < g->end && g->end <= items->nr);
		require(g->parent == CONDS_NONE || g->parent < i);
		require(conds_opens(items, g->open) && g->branches);
		conds_parent(&conds, i);
	}
	for (size_t i = 0; i < items->nr; i++) {
		size_t around = conds_around(&conds, i);

		require(around == CONDS_NONE || around < conds.nr);
	}
	conds_release(&conds);
}

static void check_header(const struct items *items)
{
	struct header_names names;

	header_names_of(items, &names);
	for (size_t i = 0; i < names.nr; i++)
		require(header_names_find(&names, names.v[i].name,
					  strlen(names.v[i].name),
					  names.v[i].is_tag));
	header_names_release(&names);
}

static void ask(const struct items *items, size_t i)
{
	const struct item *item = &items->v[i];
	struct strv names = STRV_INIT;

	items_names(items, i, &names);
	strv_release(&names);
	free(items_context(items, i));
	require(items_at_line(items, item->line_begin) <= i);
	require(items_find(items, item->kind, item->name, i) == i);
	require(item_kind_name(item->kind));
	item_is_definition(item);
	names_of_item(items, i, check_name, (void *)items);
	uses_name(items, i, "f");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct items items;
	size_t at = 0;

	items_parse((const char *)data, size, &items);
	check_tokens(&items.tokens);
	for (size_t i = 0; i < items.tokens.nr && i < 256; i++)
		ask_token(&items.tokens, i);
	for (size_t i = 0; i < items.nr; i++) {
		require(items.v[i].begin == at);
		check_item(&items, i);
		at = items.v[i].end;
		if (i < 64)
			ask(&items, i);
	}
	require(at == size);
	check_conds(&items);
	check_header(&items);
	items_release(&items);
	return 0;
}
