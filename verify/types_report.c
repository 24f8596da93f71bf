// SPDX-License-Identifier: GPL-2.0-only
/*
 * A difference of two forms as a person reads it: the first instruction that
 * differs; an attribute that one of them has. Strings and assembly are source
 * text: that they differ is said, not how.
 */
#define _GNU_SOURCE
#include "types.h"

#include <ctype.h>

#define SHOWN 100 /* bytes of an instruction */
#define LEAD 40	  /* of them in front of the difference */

static void cut_line(const char *line, size_t len, size_t at, struct buf *ret)
{
	size_t from = len > SHOWN && at > LEAD ? at - LEAD : 0;

	while (!from && len && isspace((unsigned char)*line)) {
		line++;
		len--;
	}
	if (from)
		buf_addstr(ret, "...");
	buf_add(ret, line + from, len - from > SHOWN ? SHOWN : len - from);
	if (len - from > SHOWN)
		buf_addstr(ret, "...");
}

static size_t line_length(const char *s)
{
	return strcspn(s, "\n");
}

/* Moves both to the first line that differs; its number, from 0. */
static size_t first_difference(const char **a, const char **b)
{
	size_t number = 0;

	while (**a && **b) {
		size_t len = line_length(*a);

		if (len != line_length(*b) || memcmp(*a, *b, len))
			break;
		*a += len + ((*a)[len] == '\n');
		*b += len + ((*b)[len] == '\n');
		number++;
	}
	return number;
}

static const char *line_of(const char *s, size_t number)
{
	while (number-- && *s) {
		s += line_length(s);
		s += *s == '\n';
	}
	return s;
}

/* Attributes that one has and the other has not. */
static bool add_attributes(const struct ir_entity *a, const struct ir_entity *b,
			   const char *sign, struct buf *ret)
{
	_cleanup_(strv_release) struct strv mine = STRV_INIT;
	_cleanup_(strv_release) struct strv others = STRV_INIT;
	bool any = false;

	ir_attributes(a, &mine);
	ir_attributes(b, &others);
	for (size_t i = 0; i < mine.nr; i++) {
		if (strv_has(&others, mine.v[i]))
			continue;
		buf_addf(ret, " %s%.*s", sign,
			 (int)strcspn(mine.v[i], "="), mine.v[i]);
		any = true;
	}
	return any;
}

static void say_hidden(const struct ir_entity *before,
		       const struct ir_entity *after, const char *line,
		       size_t len, size_t number, struct buf *ret)
{
	struct buf attributes = BUF_INIT;
	bool any = !number && add_attributes(after, before, "+", &attributes);

	any |= !number && add_attributes(before, after, "-", &attributes);
	if (any) {
		buf_addf(ret, "its attributes differ:%s", attributes.data);
	} else if (before->is_used != after->is_used && !len) {
		buf_addstr(ret, "it is kept on one side only");
	} else {
		buf_addstr(ret, "a string, constant, type, attribute or local that it refers to is another one: ");
		cut_line(line, len, 0, ret);
	}
	buf_release(&attributes);
}

static void say_line(const struct ir_entity *before,
		     const struct ir_entity *after, size_t number,
		     struct buf *ret)
{
	struct buf old = BUF_INIT, new = BUF_INIT;
	const char *a, *b;
	size_t len_a, len_b, at = 0;

	ir_show(before, &old);
	ir_show(after, &new);
	a = line_of(old.data, number);
	b = line_of(new.data, number);
	len_a = line_length(a);
	len_b = line_length(b);
	while (at < len_a && at < len_b && a[at] == b[at])
		at++;
	if (at == len_a && at == len_b) {
		say_hidden(before, after, b, len_b, number, ret);
	} else {
		cut_line(a, len_a, at, ret);
		buf_addstr(ret, " became ");
		cut_line(b, len_b, at, ret);
	}
	buf_release(&old);
	buf_release(&new);
}

void types_difference(const struct ir_entity *before,
		      const struct ir_entity *after, struct buf *ret)
{
	struct buf old = BUF_INIT, new = BUF_INIT;
	const char *a, *b;
	size_t number;

	ir_form(before, &old);
	ir_form(after, &new);
	a = old.data;
	b = new.data;
	number = first_difference(&a, &b);
	if (before->kind == IR_ASM)
		buf_addf(ret, "its line %zu differs", number + 1);
	else if (starts_with(a, "flags ") && starts_with(b, "flags "))
		buf_addstr(ret, "its module is compiled for another target, or by other flags");
	else
		say_line(before, after, number, ret);
	buf_release(&old);
	buf_release(&new);
}
