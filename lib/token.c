// SPDX-License-Identifier: GPL-2.0-only
/*
 * Questions about tokens. A token's bytes are compared as the compiler would
 * see them, without the splices; that is the slow path, for almost no token
 * has one.
 */
#define _GNU_SOURCE /* memmem() */
#include "lex_internal.h"
#include "util.h"

#include <ctype.h>

bool lex_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\n');
}

size_t lex_unsplice_here(const char *s, size_t len, size_t p)
{
	while (p < len && s[p] == '\\') {
		size_t q = p + 1;

		while (q < len && lex_is_blank(s[q]))
			q++;
		if (q >= len || s[q] != '\n')
			break;
		p = q + 1;
	}
	return p;
}

/* True when the bytes [p, end) are s, splices aside. */
static bool spelled(const char *text, size_t p, size_t end, const char *s)
{
	size_t len = strlen(s), n = 0;

	if (end - p == len)
		return !memcmp(text + p, s, len);
	if (end - p < len)
		return false;
	for (p = lex_unsplice(text, end, p); p < end;
	     p = lex_unsplice(text, end, p + 1))
		if (n >= len || text[p] != s[n++])
			return false;
	return n == len;
}

bool token_is(const struct tokens *t, size_t i, const char *s)
{
	return i < t->nr && spelled(t->text, t->v[i].begin, t->v[i].end, s);
}

char *token_spelling(const struct tokens *t, size_t i)
{
	size_t end = t->v[i].end, p, n = 0;
	char *s = xcalloc(end - t->v[i].begin + 1, 1);

	for (p = lex_unsplice(t->text, end, t->v[i].begin); p < end;
	     p = lex_unsplice(t->text, end, p + 1))
		s[n++] = t->text[p];
	return s;
}

bool token_is_code(const struct token *t)
{
	return t->kind != TOKEN_SPACE && t->kind != TOKEN_COMMENT;
}

size_t token_next(const struct tokens *t, size_t i)
{
	while (i < t->nr && (!token_is_code(&t->v[i]) ||
			     t->v[i].kind == TOKEN_DIRECTIVE))
		i++;
	return i < t->nr ? i : t->nr;
}

/* Behind the block comment at p; p itself if there is none. */
static size_t skip_comment(const char *s, size_t end, size_t p)
{
	size_t q = p < end ? lex_unsplice(s, end, p + 1) : end;

	if (q >= end || s[p] != '/' || s[q] != '*')
		return p;
	for (p = q + 1; p < end; p++) {
		q = lex_unsplice(s, end, p + 1);
		if (s[p] == '*' && q < end && s[q] == '/')
			return q + 1;
	}
	return end;
}

/* Behind blanks, splices and comments. */
static size_t skip_blanks(const char *s, size_t end, size_t p)
{
	for (;;) {
		size_t q = p;

		while (q < end && lex_is_blank(s[q]))
			q++;
		q = skip_comment(s, end, lex_unsplice(s, end, q));
		if (q == p)
			return p;
		p = q;
	}
}

bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

const char *token_directive(const struct tokens *t, size_t i, size_t *ret_len)
{
	size_t p = t->v[i].begin, end = t->v[i].end, q;

	p = t->text[p] == '#' ? p + 1 :
				lex_unsplice(t->text, end, p + 1) + 1;
	q = p = skip_blanks(t->text, end, p);
	*ret_len = 0;
	while (q < end && is_word_byte(t->text[q])) {
		*ret_len = q + 1 - p;
		q = lex_unsplice(t->text, end, q + 1);
	}
	return t->text + p;
}

bool token_directive_is(const struct tokens *t, size_t i, const char *name)
{
	size_t len;
	const char *s = token_directive(t, i, &len);

	return spelled(t->text, s - t->text, s + len - t->text, name);
}

void tokens_release(struct tokens *t)
{
	free(t->v);
	*t = (struct tokens){ .text = t->text };
}

bool find_name(const char *text, size_t len, const char *name, size_t from,
	       size_t *ret)
{
	size_t n = strlen(name);
	const char *p = text + from, *end = text + len;

	for (; (p = memmem(p, (size_t)(end - p), name, n)); p++) {
		*ret = (size_t)(p - text);
		if ((p == text || !is_word_byte(p[-1])) &&
		    (p + n == end || !is_word_byte(p[n])))
			return true;
	}
	return false;
}

bool mentions(const char *text, size_t len, const char *name)
{
	size_t at;

	return find_name(text, len, name, 0, &at);
}

size_t token_at(const struct tokens *t, size_t offset)
{
	size_t low = 0, high = t->nr;

	while (low + 1 < high) {
		size_t mid = low + (high - low) / 2;

		if (t->v[mid].begin <= offset)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* What is open at the byte of a directive: '"' of a string, '*' or '/' of a comment. */
static char open_at(const char *text, size_t begin, size_t offset)
{
	char open = 0;

	for (size_t i = begin; i < offset; i++) {
		const char *s = text + i;

		if (open == '*' && s[0] == '*' && s[1] == '/' && i + 1 < offset)
			open = 0;
		else if (open == '"' && s[0] == '\\')
			i++;
		else if (open == '"' && s[0] == '"')
			open = 0;
		else if (!open && s[0] == '/' && (s[1] == '*' || s[1] == '/'))
			open = s[1];
		else if (!open && s[0] == '"')
			open = '"';
	}
	return open;
}

bool token_in_comment(const struct tokens *t, size_t offset)
{
	const struct token *token;
	char open;

	if (!t->nr || offset >= t->len)
		return false;
	token = &t->v[token_at(t, offset)];
	if (token->kind != TOKEN_DIRECTIVE)
		return token->kind == TOKEN_COMMENT;
	open = open_at(t->text, token->begin, offset);
	return open == '*' || open == '/';
}
