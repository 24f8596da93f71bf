/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The include guard of a header: "#ifndef NAME", "#define NAME" directly below,
 * nothing but comments in front, and the "#endif" at the end, whose comment may
 * repeat the name.
 */
#ifndef DRIVER_GUARD_H
#define DRIVER_GUARD_H

#include "lib/buf.h"

/* The guard's name; NULL when the file has none of this form. The caller frees. */
char *guard_name(const char *text, size_t len);

/*
 * Replaces the name on the three lines of the guard, which must be there. False,
 * and the text as it was, when the old name stands on any other line too.
 */
bool guard_rename(struct buf *text, const char *old, const char *new);

#endif
