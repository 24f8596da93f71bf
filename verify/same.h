/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether two atoms say the same: the same bytes, and relocations that lead to
 * the same places, where places are the same when match.c gave them one class
 * (or when they have no name and their contents are the same).
 *
 * If every pair of every class is the same under the classes, then one side
 * is the other with its parts renamed and moved. So a wrong guess of match.c can
 * show a difference that is none, and can never hide one.
 */
#ifndef VERIFY_SAME_H
#define VERIFY_SAME_H

#include "side.h"

struct same {
	const struct decoder *decoder; /* for messages */
	unsigned int file_names; /* counted: strings that differ only in that each
				    is the name of its own source file */
	unsigned int lines;	 /* counted: bug entries that differ in the line */
	unsigned int followed;	 /* counted: nameless contents compared; a hostile
				    object must not make this grow for ever */
};

/* Contents and relocations. why (may be NULL) gets the first difference. */
bool same_contents(struct same *s, const struct atom *a, const struct atom *b,
		   struct buf *why);

/*
 * The table entries tied to two atoms. why gets the first difference,
 * ret_what its kind ("exception") when it is not NULL.
 */
bool same_entries(struct same *s, const struct atom *a, const struct atom *b,
		  struct buf *why, const char **ret_what);

/* Where an extent without a name ends for this user of it. */
uint64_t anon_end(const struct atom *anon, uint64_t begin,
		  const struct atom *from);

/* The extent of a pool's entry that holds the offset. */
void pool_extent(const struct section *pool, uint64_t offset,
		 uint64_t *ret_begin, uint64_t *ret_end);

#endif
