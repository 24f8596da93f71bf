/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changing the storage class in front of a function and keeping its parameters
 * in kernel style: continuation lines that stood one column behind an open
 * parenthesis still do, with tabs of eight columns; all else is as it was.
 */
#ifndef DRIVER_DECLARATOR_H
#define DRIVER_DECLARATOR_H

#include "lib/buf.h"
#include "lib/items.h"

/*
 * Appends the whole item (comment and blank lines too) with its "static" taken
 * out (and the blanks behind it), or turned into "static inline". The item must be
 * static.
 */
void declarator_open(const struct items *items, size_t item, bool as_inline,
		     struct buf *ret);

/*
 * The prototype of a function definition: the bytes of its declarator, a ';',
 * and a line end like the item's own. The caller frees.
 */
char *declarator_prototype(const struct items *items, size_t item);

/* True when a preprocessor directive stands before the body. */
bool declarator_has_directive(const struct items *items, size_t item);

#endif
