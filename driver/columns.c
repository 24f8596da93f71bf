// SPDX-License-Identifier: GPL-2.0-only
/*
 * The columns of code that changes. Each open parenthesis has a column in the
 * old and in the new text, and a continuation line that was aligned with the
 * old one is aligned with the new one. Lines in braces and in square brackets
 * have an indentation of their own.
 */
#include "columns.h"

#include "lib/util.h"

#define TAB 8

static size_t advance(size_t column, char c)
{
	if (c == '\n')
		return 0;
	return c == '\t' ? (column / TAB + 1) * TAB : column + 1;
}

size_t columns_behind(size_t column, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		column = advance(column, s[i]);
	return column;
}

void columns_replace(struct columns *c, const char *old, size_t old_len,
		     const char *new, size_t new_len)
{
	c->before = columns_behind(c->before, old, old_len);
	c->after = columns_behind(c->after, new, new_len);
	buf_add(c->out, new, new_len);
}

void columns_copy(struct columns *c, const char *s, size_t len)
{
	columns_replace(c, s, len, s, len);
}

static void put(struct columns *c, char byte)
{
	c->after = advance(c->after, byte);
	buf_addch(c->out, byte);
}

static void indent(struct columns *c, size_t column, bool tabs)
{
	while (tabs && (c->after / TAB + 1) * TAB <= column)
		put(c, '\t');
	while (c->after < column)
		put(c, ' ');
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
static void put_line_break(struct columns *c, const char *s, size_t len)
{
	const struct bracket *p = c->nr ? &c->open[c->nr - 1] : NULL;
	size_t head = len, column, tail;
	bool tabs;

	while (s[head - 1] != '\n')
		head--;
	columns_copy(c, s, head);
	tail = measure(s + head, len - head, &column, &tabs);
	if (p && !p->fixed && p->before != p->after && column == p->before &&
	    tail == len - head) {
		c->before = column;
		indent(c, p->after, tabs || column < TAB);
	} else {
		columns_copy(c, s + head, len - head);
	}
}

static bool is_one_of(const struct tokens *t, size_t i, const char *a,
		      const char *b, const char *c)
{
	return token_is(t, i, a) || token_is(t, i, b) || token_is(t, i, c);
}

void columns_token(struct columns *c, const struct tokens *t, size_t i)
{
	const char *s = t->text + t->v[i].begin;
	size_t len = t->v[i].end - t->v[i].begin;

	if (t->v[i].kind == TOKEN_SPACE && memchr(s, '\n', len)) {
		put_line_break(c, s, len);
		return;
	}
	columns_copy(c, s, len);
	if (is_one_of(t, i, "(", "[", "{")) {
		ARRAY_GROW(c->open, c->nr, c->alloc);
		c->open[c->nr++] = (struct bracket){
			c->before, c->after, !token_is(t, i, "("),
		};
	} else if (is_one_of(t, i, ")", "]", "}") && c->nr) {
		c->nr--;
	}
}

void columns_release(struct columns *c)
{
	free(c->open);
	*c = (struct columns){ 0 };
}
