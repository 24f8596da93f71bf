/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text from outside as a person has to see it: source, names of files, subjects.
 * What a terminal or a browser would obey, hide or guess at is spelled out.
 */
#ifndef DRIVER_VISIBLE_H
#define DRIVER_VISIBLE_H

#include "lib/buf.h"

/*
 * Appends len bytes of text, which has a NUL or more text behind them. Control
 * characters become ^M, other characters that leave no mark or turn the direction
 * of writing <U+202E>, and bytes that are no UTF-8 <E9>, so that two of them never
 * look the same. Tabs stay. What is appended is UTF-8.
 */
void visible_add(const char *text, size_t len, struct buf *ret);

/* The same of a whole string. */
void visible_addstr(const char *text, struct buf *ret);

#endif
