// SPDX-License-Identifier: GPL-2.0-only
/*
 * Only whole lines are looked at, never the inside of one: no token can change.
 * A string or a comment that spans lines might hold such a line, and then the
 * verifier's rungs see the difference as they see any other.
 */
#include "tidy.h"

/* A line, [begin, end) without its newline, of nothing but blanks; not empty. */
static bool is_white(const struct buf *b, size_t begin, size_t end)
{
	size_t i = begin;

	while (i < end && (b->data[i] == ' ' || b->data[i] == '\t'))
		i++;
	return i == end && end > begin;
}

static size_t line_end(const struct buf *b, size_t at)
{
	while (at < b->len && b->data[at] != '\n')
		at++;
	return at;
}

static bool has_white(const struct buf *b)
{
	for (size_t at = 0, end; at < b->len; at = end + 1) {
		end = line_end(b, at);
		if (is_white(b, at, end))
			return true;
	}
	return false;
}

static bool starts_empty(const struct buf *b, size_t at)
{
	return at < b->len && b->data[at] == '\n';
}

static bool ends_empty(const struct buf *b)
{
	return b->len > 1 && b->data[b->len - 1] == '\n' &&
	       b->data[b->len - 2] == '\n';
}

void tidy(const struct buf *old, struct buf *text)
{
	struct buf out = BUF_INIT;

	if (has_white(old) || !has_white(text))
		return;
	for (size_t at = 0, end; at < text->len; at = end + 1) {
		end = line_end(text, at);
		if (!is_white(text, at, end))
			buf_add(&out, text->data + at,
				end - at + (end < text->len));
		else if (!ends_empty(&out) && !starts_empty(text, end + 1))
			buf_addch(&out, '\n');
	}
	buf_release(text);
	*text = out;
}
