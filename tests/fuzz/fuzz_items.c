// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes at all into the lexer and the splitter: the tokens and the items
 * must cover them, in order, and every question about them must be answered
 * without a fault.
 */
#include "lib/items.h"
#include "lib/strv.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool held)
{
	if (!held)
		abort();
}

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

static void ask(const struct items *items, size_t i)
{
	struct strv names = STRV_INIT;

	items_names(items, i, &names);
	strv_release(&names);
	free(items_context(items, i));
	require(items_at_line(items, items->v[i].line_begin) <= i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct items items;
	size_t at = 0;

	items_parse((const char *)data, size, &items);
	check_tokens(&items.tokens);
	for (size_t i = 0; i < items.nr; i++) {
		require(items.v[i].begin == at);
		check_item(&items, i);
		at = items.v[i].end;
		if (i < 64)
			ask(&items, i);
	}
	require(at == size);
	items_release(&items);
	return 0;
}
