/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which lines of two texts are the same, in order: the one line diff of the
 * program. It is exact (a pair is always two equal lines, and pairs never
 * cross), and chosen for a reader: lines that are there once on both sides hold
 * the texts together, and what only came or only went is shifted so that it
 * begins behind a blank line where it can.
 */
#ifndef LIB_LINEDIFF_H
#define LIB_LINEDIFF_H

#include "util.h"

#define LINEDIFF_NONE ((size_t)-1)

/* Bytes of a line; its newline, if it has one, is among them. */
struct linediff_line {
	const char *data;
	size_t len;
};

/*
 * Appends the lines of a text to *ret, which has *nr and is xrealloc()ed. A last
 * line without a newline is a line.
 */
void linediff_split(const char *data, size_t len, struct linediff_line **ret,
		    size_t *nr);

/*
 * Fills ret_a[i] with the index in b of the line that a's line i is, or
 * LINEDIFF_NONE, and ret_b the other way round. Both are the caller's, with
 * room for nr_a and nr_b.
 */
void linediff(const struct linediff_line *a, size_t nr_a,
	      const struct linediff_line *b, size_t nr_b, size_t *ret_a,
	      size_t *ret_b);

bool linediff_same(const struct linediff_line *a,
		   const struct linediff_line *b);

/* Nothing but white space. */
bool linediff_is_blank(const struct linediff_line *line);

#endif
