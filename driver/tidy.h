/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * White space that spatch leaves behind where it adds code: a line with nothing
 * but the indentation, beside or instead of the empty line of the rule. Which of
 * the two differs from version to version.
 */
#ifndef DRIVER_TIDY_H
#define DRIVER_TIDY_H

#include "lib/buf.h"

/*
 * Of the lines of text that hold nothing but white space, those beside an empty
 * line go, and the others become empty. Nothing is done when the old text had such
 * lines, which are then somebody's.
 */
void tidy(const struct buf *old, struct buf *text);

#endif
