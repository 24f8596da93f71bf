// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "visible.h"

#include "render.h"

/* The character of a whole sequence of UTF-8. */
static unsigned int character(const char *s, size_t len)
{
	static const unsigned char masks[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	unsigned int c = (unsigned char)s[0] & masks[len];

	for (size_t i = 1; i < len; i++)
		c = c << 6 | ((unsigned char)s[i] & 0x3f);
	return c;
}

/*
 * The control characters behind ASCII, of which one begins what a terminal obeys;
 * marks and overrides of direction; and what has no width.
 */
static bool is_unseen(unsigned int c)
{
	return (c >= 0x80 && c <= 0x9f) || c == 0x61c ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

void visible_add(const char *text, size_t len, struct buf *ret)
{
	for (size_t i = 0; i < len;) {
		size_t n = render_sequence(text + i);
		unsigned char first = (unsigned char)text[i];

		n = n > len - i ? 0 : n;
		if (!n)
			buf_addf(ret, "<%02X>", first);
		else if (n == 1 && ((first < ' ' && first != '\t') ||
				    first == 0x7f))
			buf_addf(ret, "^%c", first ^ 0x40);
		else if (is_unseen(character(text + i, n)))
			buf_addf(ret, "<U+%04X>", character(text + i, n));
		else
			buf_add(ret, text + i, n);
		i += n ? n : 1;
	}
}

void visible_addstr(const char *text, struct buf *ret)
{
	visible_add(text, strlen(text), ret);
}
