/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A growable byte string. data is NUL-terminated behind len bytes (which may
 * themselves hold NULs), so that it can be used as a C string; an empty buffer
 * has data "" and must not be written through.
 */
#ifndef LIB_BUF_H
#define LIB_BUF_H

#include "util.h"

struct buf {
	char *data;   /* owned unless alloc is 0 */
	size_t len;   /* bytes in use, the terminating NUL not counted */
	size_t alloc; /* bytes allocated; 0: data is the shared empty string */
};

extern char buf_empty[];
#define BUF_INIT { buf_empty, 0, 0 }

void buf_add(struct buf *b, const void *data, size_t len);
void buf_addstr(struct buf *b, const char *s);
void buf_addch(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) __printf(2, 3);

/* Makes the buffer empty and keeps its memory. */
void buf_reset(struct buf *b);

/* Replaces old_len bytes at pos by new_len bytes of data. */
void buf_splice(struct buf *b, size_t pos, size_t old_len, const void *data,
		size_t new_len);

/* Gives the string to the caller, who frees it; the buffer is empty again. */
char *buf_detach(struct buf *b);

/* Frees the memory; a cleanup function. The buffer may be used again. */
void buf_release(struct buf *b);

#endif
