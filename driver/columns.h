/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changing words of a text and keeping it in kernel style: continuation lines
 * that stood one column behind an open parenthesis still do, with tabs of eight
 * columns; all else is as it was. The old and the new text are followed side by
 * side, token by token.
 */
#ifndef DRIVER_COLUMNS_H
#define DRIVER_COLUMNS_H

#include "lib/buf.h"
#include "lib/lex.h"

/* An open bracket. */
struct bracket {
	size_t before, after; /* columns of what stands behind it, from 0 */
	bool fixed;	      /* lines in it are left as they are */
};

struct columns {
	struct buf *out;      /* borrowed: the new text so far */
	size_t before, after; /* columns in the old and the new text */
	struct bracket *open; /* owned; the innermost last */
	size_t nr, alloc;
};

/* Appends a token; what stands behind a line break may be indented anew. */
void columns_token(struct columns *c, const struct tokens *t, size_t i);

/* Appends new in place of old. */
void columns_replace(struct columns *c, const char *old, size_t old_len,
		     const char *new, size_t new_len);

/* Appends bytes of the old text as they are. */
void columns_copy(struct columns *c, const char *s, size_t len);

/* Column behind len bytes that begin in the column; tabs count. */
size_t columns_behind(size_t column, const char *s, size_t len);

void columns_release(struct columns *c);

#endif
