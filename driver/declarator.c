// SPDX-License-Identifier: GPL-2.0-only
/*
 * Declarators as text. What stands before the body is written anew word by
 * word, so that its parameters stay aligned (columns.h); the rest is copied.
 */
#include "declarator.h"

#include "columns.h"
#include "cut.h"

/* Blanks behind a word that goes; a line that would be left empty goes too. */
static size_t skip_blanks(const struct tokens *t, size_t pos)
{
	while (pos < t->len && (t->text[pos] == ' ' || t->text[pos] == '\t'))
		pos++;
	if (pos < t->len && t->text[pos] == '\r')
		pos++;
	if (pos < t->len && t->text[pos] == '\n')
		pos++;
	return pos;
}

/* Replaces "static"; the index of the token behind it and its blanks. */
static size_t replace_static(struct columns *c, const struct tokens *t,
			     size_t i, bool as_inline)
{
	static const char inlined[] = "static inline";
	const char *word = t->text + t->v[i].begin;
	size_t behind;

	if (as_inline) {
		columns_replace(c, word, strlen("static"), inlined,
				strlen(inlined));
		return i + 1;
	}
	behind = t->v[i + 1].kind == TOKEN_SPACE ?
			 skip_blanks(t, t->v[i].end) :
			 t->v[i].end;
	columns_replace(c, word, behind - t->v[i].begin, "", 0);
	if (t->v[i + 1].kind != TOKEN_SPACE)
		return i + 1;
	columns_copy(c, t->text + behind, t->v[i + 1].end - behind);
	return i + 2;
}

void declarator_open(const struct items *items, size_t item, bool as_inline,
		     struct buf *ret)
{
	const struct item *it = &items->v[item];
	const struct tokens *t = &items->tokens;
	size_t limit = it->body_begin ? it->body_begin : it->code_end;
	struct columns c = { .out = ret };
	size_t i = it->token_begin;
	bool done = false;

	while (i < it->token_end && t->v[i].begin < it->code_begin)
		i++;
	buf_add(ret, t->text + it->begin, it->code_begin - it->begin);
	while (i < it->token_end && t->v[i].begin < limit) {
		if (!done && token_is(t, i, "static")) {
			i = replace_static(&c, t, i, as_inline);
			done = true;
		} else {
			columns_token(&c, t, i++);
		}
	}
	columns_release(&c);
	buf_add(ret, t->text + limit, it->end - limit);
}

bool declarator_has_directive(const struct items *items, size_t item)
{
	const struct item *it = &items->v[item];

	for (size_t i = it->token_begin; i < it->token_end; i++) {
		const struct token *token = &items->tokens.v[i];

		if (token->kind == TOKEN_DIRECTIVE &&
		    token->begin > it->code_begin &&
		    token->begin < it->body_begin)
			return true;
	}
	return false;
}

/* A comment between the parameters and the body is the body's. */
char *declarator_prototype(const struct items *items, size_t item)
{
	const struct item *it = &items->v[item];
	const struct tokens *t = &items->tokens;
	size_t end = it->code_begin;

	for (size_t i = it->token_begin; i < it->token_end; i++)
		if (token_is_code(&t->v[i]) && t->v[i].begin < it->body_begin &&
		    t->v[i].end > end)
			end = t->v[i].end;
	return xasprintf("%.*s;%s", (int)(end - it->code_begin),
			 t->text + it->code_begin,
			 line_end_of(t->text + it->begin,
				     it->end - it->begin));
}
