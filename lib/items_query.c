// SPDX-License-Identifier: GPL-2.0-only
/*
 * Questions about the items of a file. Nothing is cached: each is asked a few
 * times per step.
 */
#include "items_internal.h"
#include "buf.h"
#include "strv.h"

const char *item_kind_name(enum item_kind kind)
{
	static const char *const names[] = {
		[ITEM_FUNCTION] = "function",	 [ITEM_PROTOTYPE] = "prototype",
		[ITEM_VARIABLE] = "variable",	 [ITEM_EXTERN] = "extern",
		[ITEM_TYPE] = "type",		 [ITEM_TYPEDEF] = "typedef",
		[ITEM_MACRO] = "macro",		 [ITEM_UNDEF] = "undef",
		[ITEM_INCLUDE] = "include",
		[ITEM_CONDITIONAL] = "conditional",
		[ITEM_DIRECTIVE] = "directive",	 [ITEM_EXPORT] = "export",
		[ITEM_CALL] = "call",		 [ITEM_ASM] = "asm",
		[ITEM_COMMENT] = "comment",	 [ITEM_BLANK] = "blank",
		[ITEM_EMPTY] = "empty",		 [ITEM_UNKNOWN] = "unknown",
	};

	return names[kind];
}

bool item_is_definition(const struct item *item)
{
	return item->kind == ITEM_FUNCTION || item->kind == ITEM_VARIABLE ||
	       item->kind == ITEM_TYPE || item->kind == ITEM_TYPEDEF ||
	       item->kind == ITEM_MACRO;
}

size_t items_find(const struct items *items, enum item_kind kind,
		  const char *name, size_t from)
{
	for (size_t i = from; i < items->nr; i++)
		if (items->v[i].kind == kind && streq(items->v[i].name, name))
			return i;
	return ITEMS_NONE;
}

size_t items_at(const struct items *items, size_t offset)
{
	size_t low = 0, high = items->nr;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (items->v[middle].end <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low < items->nr ? low : ITEMS_NONE;
}

/* Offset of the first byte of a physical line; the text's length behind the end. */
static size_t line_offset(const struct tokens *t, unsigned int line)
{
	size_t low = 0, high = t->nr, p;
	unsigned int at;

	while (low < high) { /* the last token that begins on an earlier line */
		size_t middle = (low + high) / 2;

		if (t->v[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return 0;
	at = t->v[low - 1].line;
	for (p = t->v[low - 1].begin; p < t->v[low - 1].end && at < line; p++)
		at += t->text[p] == '\n';
	return at == line ? p : t->len;
}

size_t items_at_line(const struct items *items, unsigned int line)
{
	return line ? items_at(items, line_offset(&items->tokens, line)) :
		      ITEMS_NONE;
}

/* The #if, #elif or #else before conditional i of the same chain; NONE at #if. */
static size_t previous_branch(const struct items *items, size_t i)
{
	size_t depth = 0;

	if (starts_with(items->v[i].name, "if"))
		return ITEMS_NONE;
	while (i-- > 0) {
		const struct item *item = &items->v[i];

		if (item->kind != ITEM_CONDITIONAL)
			continue;
		if (streq(item->name, "endif"))
			depth++;
		else if (!depth)
			return i;
		else if (starts_with(item->name, "if"))
			depth--;
	}
	return ITEMS_NONE;
}

/* The next code token's item that is neither comment nor blank. */
static size_t next_real(const struct items *items, size_t i)
{
	while (i < items->nr && (items->v[i].kind == ITEM_COMMENT ||
				 items->v[i].kind == ITEM_BLANK))
		i++;
	return i;
}

/* "#ifndef X" or "#if !defined(X)" where X is the name. */
static bool tests_absence(const struct items *items, size_t i, const char *name)
{
	const struct tokens *t = &items->tokens;
	size_t token = items->v[i].token_begin, k;
	_cleanup_(tokens_release) struct tokens inner = { 0 };

	while (t->v[token].kind != TOKEN_DIRECTIVE)
		token++;
	directive_tokens(t, token, &inner);
	k = token_next(&inner, 0);
	if (streq(items->v[i].name, "if")) {
		if (!token_is(&inner, k, "!"))
			return false;
		k = token_next(&inner, k + 1);
		if (!token_is(&inner, k, "defined"))
			return false;
		k = token_next(&inner, k + 1);
		if (token_is(&inner, k, "("))
			k = token_next(&inner, k + 1);
	} else if (!streq(items->v[i].name, "ifndef")) {
		return false;
	}
	return token_is(&inner, k, name);
}

/* The conditional that guards the whole file against double inclusion. */
static size_t include_guard(const struct items *items)
{
	size_t first = next_real(items, 0), second, last = items->nr, branch;

	second = next_real(items, first + 1);
	if (second >= items->nr || items->v[first].kind != ITEM_CONDITIONAL ||
	    items->v[second].kind != ITEM_MACRO ||
	    !tests_absence(items, first, items->v[second].name))
		return ITEMS_NONE;
	while (last > second && (items->v[last - 1].kind == ITEM_COMMENT))
		last--;
	last--;
	if (items->v[last].kind != ITEM_CONDITIONAL ||
	    !streq(items->v[last].name, "endif"))
		return ITEMS_NONE;
	branch = previous_branch(items, last);
	return branch == first ? first : ITEMS_NONE;
}

/* A directive as one line, its comments left out, white space folded. */
static char *directive_line(const struct items *items, size_t i)
{
	const struct tokens *t = &items->tokens;
	size_t token = items->v[i].token_begin;
	_cleanup_(tokens_release) struct tokens inner = { 0 };
	struct buf line = BUF_INIT;
	bool space = true;

	while (t->v[token].kind != TOKEN_DIRECTIVE)
		token++;
	buf_addf(&line, "#%s", items->v[i].name);
	directive_tokens(t, token, &inner);
	for (size_t k = 0; k < inner.nr; k++) {
		_cleanup_free_ char *spelling = NULL;

		if (!token_is_code(&inner.v[k])) {
			space = true;
			continue;
		}
		spelling = token_spelling(&inner, k);
		buf_addf(&line, "%s%s", space ? " " : "", spelling);
		space = false;
	}
	return buf_detach(&line);
}

char *items_context(const struct items *items, size_t index)
{
	size_t guard = include_guard(items), i = items->v[index].context;
	struct buf line = BUF_INIT;

	while (i != ITEMS_NONE) {
		size_t before = previous_branch(items, i);

		if (before == ITEMS_NONE)
			before = items->v[i].context;
		if (i != guard) {
			_cleanup_free_ char *text = directive_line(items, i);

			if (line.len)
				buf_splice(&line, 0, 0, " && ", 4);
			buf_splice(&line, 0, 0, text, strlen(text));
		}
		i = before;
	}
	return buf_detach(&line);
}

/* Each branch of a split definition may have a name of its own. */
static void split_names(const struct items *items, const struct item *item,
			struct strv *ret)
{
	const struct tokens *t = &items->tokens;
	_cleanup_(parts_release) struct parts parts = { 0 };

	for (size_t i = item->token_begin; i < item->token_end; i++) {
		struct strv names = STRV_INIT;

		if (t->v[i].kind == TOKEN_DIRECTIVE) {
			parts_reset(&parts);
			continue;
		}
		if (!token_is_code(&t->v[i]) ||
		    parts_take(&parts, t, i) != PARTS_OPEN_BRACE)
			continue;
		parts_names(t, &parts, &names);
		for (size_t k = 0; k < names.nr; k++)
			if (!strv_has(ret, names.v[k]))
				strv_add(ret, names.v[k]);
		strv_release(&names);
		if (t->v[i].begin >= item->body_end)
			break;
	}
}

static bool may_have_more_names(const struct item *item)
{
	switch (item->kind) {
	case ITEM_FUNCTION:
		return item->split;
	case ITEM_TYPE:
		return true;
	case ITEM_VARIABLE:
	case ITEM_EXTERN:
	case ITEM_TYPEDEF:
	case ITEM_PROTOTYPE:
		return !item->argument; /* not when a macro makes it */
	default:
		return false;
	}
}

void items_names(const struct items *items, size_t index, struct strv *ret)
{
	const struct item *item = &items->v[index];
	_cleanup_(parts_release) struct parts parts = { 0 };
	size_t before = ret->nr;

	if (!item->name[0] && item->kind != ITEM_TYPE)
		return;
	if (!may_have_more_names(item)) {
		strv_add(ret, item->name);
		return;
	}
	if (item->kind == ITEM_FUNCTION) {
		strv_add(ret, item->name);
		split_names(items, item, ret);
		return;
	}
	parts_take_all(&parts, &items->tokens, item->token_begin,
		       item->token_end);
	if (item->kind != ITEM_TYPE)
		parts_names(&items->tokens, &parts, ret);
	parts_type_names(&items->tokens, &parts, ret);
	if (ret->nr == before && item->name[0])
		strv_add(ret, item->name);
}
