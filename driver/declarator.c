// SPDX-License-Identifier: GPL-2.0-only
/*
 * The columns of a declarator. The old and the new text are followed side by
 * side: each open parenthesis has a column in both, and a continuation line that
 * was aligned with the old one is aligned with the new one.
 */
#include "declarator.h"

#include "cut.h"

#define TAB 8

struct paren {
	size_t before, after; /* columns of what stands behind it, from 0 */
};

struct rewrite {
	struct buf *out;
	size_t before, after; /* columns in the old and the new text */
	struct paren *open;
	size_t nr, alloc;
};

static size_t advance(size_t column, char c)
{
	if (c == '\n')
		return 0;
	return c == '\t' ? (column / TAB + 1) * TAB : column + 1;
}

static void put(struct rewrite *r, char c)
{
	r->after = advance(r->after, c);
	buf_addch(r->out, c);
}

static void copy(struct rewrite *r, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		r->before = advance(r->before, s[i]);
		put(r, s[i]);
	}
}

static void indent(struct rewrite *r, size_t column, bool tabs)
{
	while (tabs && (r->after / TAB + 1) * TAB <= column)
		put(r, '\t');
	while (r->after < column)
		put(r, ' ');
}

/* The indentation of a line; the offset in s where it ends. */
static size_t measure(const char *s, size_t len, size_t *column, bool *tabs)
{
	size_t i = 0;

	for (*column = 0, *tabs = false;
	     i < len && (s[i] == ' ' || s[i] == '\t'); i++) {
		*column = advance(*column, s[i]);
		*tabs |= s[i] == '\t';
	}
	return i;
}

/* White space with at least one newline: only the last line's indentation counts. */
static void put_line_break(struct rewrite *r, const char *s, size_t len)
{
	const struct paren *p = r->nr ? &r->open[r->nr - 1] : NULL;
	size_t head = len, column, tail;
	bool tabs;

	while (s[head - 1] != '\n')
		head--;
	copy(r, s, head);
	tail = measure(s + head, len - head, &column, &tabs);
	if (p && column == p->before && tail == len - head) {
		r->before = column;
		indent(r, p->after, tabs || column < TAB);
	} else {
		copy(r, s + head, len - head);
	}
}

static void put_token(struct rewrite *r, const struct tokens *t, size_t i)
{
	const char *s = t->text + t->v[i].begin;
	size_t len = t->v[i].end - t->v[i].begin;

	if (t->v[i].kind == TOKEN_SPACE && memchr(s, '\n', len)) {
		put_line_break(r, s, len);
		return;
	}
	copy(r, s, len);
	if (token_is(t, i, "(")) {
		ARRAY_GROW(r->open, r->nr, r->alloc);
		r->open[r->nr++] = (struct paren){ r->before, r->after };
	}
	if (token_is(t, i, ")") && r->nr)
		r->nr--;
}

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
static size_t replace_static(struct rewrite *r, const struct tokens *t,
			     size_t i, bool as_inline)
{
	static const char inlined[] = "static inline";
	size_t behind;

	if (as_inline) {
		for (const char *c = inlined; *c; c++)
			put(r, *c);
		r->before += strlen("static");
		return i + 1;
	}
	r->before += t->v[i].end - t->v[i].begin;
	if (t->v[i + 1].kind != TOKEN_SPACE)
		return i + 1;
	behind = skip_blanks(t, t->v[i].end);
	for (size_t pos = t->v[i].end; pos < behind; pos++)
		r->before = advance(r->before, t->text[pos]);
	copy(r, t->text + behind, t->v[i + 1].end - behind);
	return i + 2;
}

void declarator_open(const struct items *items, size_t item, bool as_inline,
		     struct buf *ret)
{
	const struct item *it = &items->v[item];
	const struct tokens *t = &items->tokens;
	size_t limit = it->body_begin ? it->body_begin : it->code_end;
	struct rewrite r = { .out = ret };
	size_t i = it->token_begin;
	bool done = false;

	while (i < it->token_end && t->v[i].begin < it->code_begin)
		i++;
	buf_add(ret, t->text + it->begin, it->code_begin - it->begin);
	while (i < it->token_end && t->v[i].begin < limit) {
		if (!done && token_is(t, i, "static")) {
			i = replace_static(&r, t, i, as_inline);
			done = true;
		} else {
			put_token(&r, t, i++);
		}
	}
	free(r.open);
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
