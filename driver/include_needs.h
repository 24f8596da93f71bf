/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which #include lines a cut needs in its destination: of the headers that the
 * source includes itself, those that declare names which the moved code uses.
 *
 *  - A name is taken to be a header's own when its text declares it
 *    (header_names.h), or that of the header it stands for: <linux/x.h> for the
 *    <asm/x.h>, <uapi/linux/x.h> and <asm-generic/x.h> that it includes.
 *  - What the destination includes already, and what that declares, is left out.
 *  - Where <linux/x.h> includes <asm/x.h>, the first is named.
 *  - A name that several of the headers declare asks for one that is needed
 *    anyway, else for the first.
 *
 * Names that come through other headers only are not looked for: the source does
 * without a line of its own for them.
 */
#ifndef DRIVER_INCLUDE_NEEDS_H
#define DRIVER_INCLUDE_NEEDS_H

#include "headers.h"

struct include_need {
	char *include;	   /* owned: as the destination spells it */
	char *path;	   /* owned: the file that it means */
	struct strv names; /* the names that ask for it, in order of use */
	unsigned int line; /* of the source's own #include line */
};

struct include_needs {
	struct include_need *v; /* owned; in order of the source's lines */
	size_t nr, alloc;
};

/* A cut and its two ends, for the functions below. All borrowed. */
struct include_cut {
	struct headers *headers; /* holds both files as they are before the cut */
	const char *from, *to;	 /* paths; the second file may be absent */
	const size_t *moved;	 /* items of the first; their exports go along */
	size_t nr;		 /* their number */
};

int include_needs_of(const struct include_cut *cut, struct include_needs *ret,
		     struct error *err);
void include_needs_release(struct include_needs *needs);

#endif
