// SPDX-License-Identifier: GPL-2.0-only
/*
 * A look through preprocessed text for one definition. It is asked for the few
 * names of which a set of objects holds a copy more, so each text is
 * searched for the bytes of the name first and lexed only when they are there.
 */
#define _GNU_SOURCE
#include "headers.h"

#include "lib/buf.h"
#include "lib/fs.h"
#include "lib/lex.h"
#include "lib/util.h"

struct look {
	struct tokens tokens;
	const char *name;
	bool in_source;	     /* the text at hand is that of a source file */
	int depth;	     /* open braces */
	size_t headers, sources; /* definitions found */
};

/* # 12 "include/linux/x.h" 1 3: text of this file follows. */
static void follow_marker(struct look *l, const struct token *t)
{
	const char *begin = l->tokens.text + t->begin;
	const char *open = memchr(begin, '"', t->end - t->begin), *close;

	if (!open)
		return;
	close = memchr(open + 1, '"', l->tokens.text + t->end - open - 1);
	if (close)
		l->in_source = close - open > 2 && !memcmp(close - 2, ".c", 2);
}

/* Behind the parenthesis that closes the one at i. */
static size_t skip_parens(const struct look *l, size_t i)
{
	int depth = 0;

	for (; i < l->tokens.nr; i = token_next(&l->tokens, i + 1)) {
		if (token_is(&l->tokens, i, "("))
			depth++;
		if (token_is(&l->tokens, i, ")") && !--depth)
			return token_next(&l->tokens, i + 1);
	}
	return i;
}

/* The name at i is defined here: a body or an initialiser follows. */
static bool is_definition(const struct look *l, size_t i)
{
	const struct tokens *t = &l->tokens;

	for (i = token_next(t, i + 1); i < t->nr;) {
		if (token_is(t, i, "{") || token_is(t, i, "="))
			return true;
		if (token_is(t, i, ";") || token_is(t, i, ","))
			return false;
		if (token_is(t, i, "("))
			i = skip_parens(l, i);
		else
			i = token_next(t, i + 1);
	}
	return false;
}

static void see_code(struct look *l, size_t i)
{
	const struct tokens *t = &l->tokens;

	if (token_is(t, i, "{"))
		l->depth++;
	else if (token_is(t, i, "}"))
		l->depth--;
	else if (l->depth || t->v[i].kind != TOKEN_IDENT ||
		 !token_is(t, i, l->name) || !is_definition(l, i))
		return;
	else if (l->in_source)
		l->sources++;
	else
		l->headers++;
}

static void look_through(struct look *l, const struct buf *text)
{
	lex(text->data, text->len, &l->tokens);
	for (size_t i = 0; i < l->tokens.nr; i++) {
		const struct token *t = &l->tokens.v[i];

		if (t->kind == TOKEN_DIRECTIVE)
			follow_marker(l, t);
		else if (token_is_code(t))
			see_code(l, i);
	}
	tokens_release(&l->tokens);
	l->depth = 0;
}

int headers_define(const struct strv *texts, const char *name)
{
	struct look l = { .name = name };

	for (size_t i = 0; i < texts->nr; i++) {
		_cleanup_(buf_release) struct buf text = BUF_INIT;

		if (fs_read(texts->v[i], &text, NULL))
			return -1;
		if (memmem(text.data, text.len, name, strlen(name)))
			look_through(&l, &text);
	}
	if (l.sources)
		return 0;
	return l.headers ? 1 : -1;
}
