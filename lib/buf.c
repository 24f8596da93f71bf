// SPDX-License-Identifier: GPL-2.0-only
/*
 * struct buf: sources, diffs, git output and reports are all built in one of
 * these. Growth doubles, so that appending a file line by line is linear.
 */
#define _GNU_SOURCE
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>

char buf_empty[1];

static void reserve(struct buf *b, size_t extra)
{
	size_t need = b->len + extra + 1;
	size_t size = b->alloc ? b->alloc : 64;

	if (need <= b->alloc)
		return;
	while (size < need)
		size *= 2;
	b->data = xrealloc(b->alloc ? b->data : NULL, size, 1);
	b->alloc = size;
	b->data[b->len] = '\0';
}

void buf_add(struct buf *b, const void *data, size_t len)
{
	if (!len)
		return;
	reserve(b, len);
	memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_addstr(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_addch(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	_cleanup_free_ char *text = NULL;
	va_list args;
	int len;

	va_start(args, fmt);
	len = vasprintf(&text, fmt, args);
	va_end(args);
	if (len < 0)
		abort(); /* a format string of ours is wrong */
	buf_add(b, text, len);
}

void buf_reset(struct buf *b)
{
	b->len = 0;
	if (b->alloc)
		b->data[0] = '\0';
}

void buf_splice(struct buf *b, size_t pos, size_t old_len, const void *data,
		size_t new_len)
{
	if (!old_len && !new_len)
		return;
	reserve(b, new_len);
	memmove(b->data + pos + new_len, b->data + pos + old_len,
		b->len - pos - old_len);
	if (new_len)
		memcpy(b->data + pos, data, new_len);
	b->len += new_len - old_len;
	b->data[b->len] = '\0';
}

char *buf_detach(struct buf *b)
{
	char *s = b->alloc ? b->data : xstrdup("");

	*b = (struct buf)BUF_INIT;
	return s;
}

void buf_release(struct buf *b)
{
	if (b->alloc)
		free(b->data);
	*b = (struct buf)BUF_INIT;
}
