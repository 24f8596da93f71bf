// SPDX-License-Identifier: GPL-2.0-only
/*
 * Assembly without what is numbered: names lose their counters, and numeric
 * labels count from the first in the text. The kernel has __COUNTER__ make such
 * labels, and then gives the number as an operand that nothing uses.
 */
#define _GNU_SOURCE
#include "ir_internal.h"

#include <ctype.h>

#include "renames.h"

static bool is_asm_word(char c)
{
	return is_code_byte(c) || c == '.' || c == '$';
}

/* The next word at or behind p; NULL. An escape is none, and parts words. */
static const char *next_word(const char *p, const char *end, bool escaped,
			     const char **ret_end)
{
	while (p < end && !is_asm_word(*p))
		p += escaped && *p == '\\' && end - p >= 3 ? 3 : 1;
	if (p >= end)
		return NULL;
	for (*ret_end = p; *ret_end < end && is_asm_word(**ret_end);)
		++*ret_end;
	return p;
}

static size_t leading_digits(const char *s, const char *end)
{
	const char *p = s;

	while (p < end && isdigit((unsigned char)*p))
		p++;
	return (size_t)(p - s);
}

unsigned int ir_label(const struct ir_labels *labels, const char *number,
		      size_t len)
{
	for (unsigned int i = 0; i < labels->nr; i++)
		if (labels->v[i].len == len &&
		    !memcmp(labels->v[i].number, number, len))
			return i;
	return labels->nr;
}

void ir_find_labels(const char *text, size_t len, bool escaped,
		    struct ir_labels *ret)
{
	const char *p = text, *end = text + len, *stop;

	ret->nr = 0;
	for (; (p = next_word(p, end, escaped, &stop)); p = stop) {
		size_t digits = leading_digits(p, stop);

		/* "${0:c}" is an operand */
		if (!digits || p + digits != stop || stop >= end ||
		    *stop != ':' || (p > text && p[-1] == '{') ||
		    ret->nr == ARRAY_SIZE(ret->v) ||
		    ir_label(ret, p, digits) < ret->nr)
			continue;
		ret->v[ret->nr].number = p;
		ret->v[ret->nr++].len = digits;
	}
}

/* "12" in front of a colon, "12b" and "12f". True when it was written. */
static bool add_label(const struct ir_labels *labels, const char *word,
		      const char *stop, const char *end, struct buf *ret)
{
	size_t digits = leading_digits(word, stop);
	size_t behind = (size_t)(stop - word) - digits;
	unsigned int label = ir_label(labels, word, digits);

	if (!digits || label == labels->nr || behind > 1 ||
	    (behind && word[digits] != 'b' && word[digits] != 'f') ||
	    (!behind && (stop == end || *stop != ':')))
		return false;
	buf_addf(ret, "label%u%.*s", label, (int)behind, word + digits);
	return true;
}

void ir_asm_form(const struct ir_module *m, const char *text, size_t len,
		 bool escaped, struct buf *ret)
{
	const char *end = text + len, *done = text, *word = text, *stop;
	struct ir_labels labels;

	ir_find_labels(text, len, escaped, &labels);
	for (; (word = next_word(word, end, escaped, &stop)); word = stop) {
		buf_add(ret, done, (size_t)(word - done));
		if (!add_label(&labels, word, stop, end, ret))
			ir_name_form(m, word, (size_t)(stop - word), false,
				     ret);
		done = stop;
	}
	buf_add(ret, done, (size_t)(end - done));
}
