/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Putting pieces (cut.h) into a file: at its end, before the #endif of its
 * include guard, or behind an item by name. One blank line stands between
 * them and what is there, none between neighbouring prototypes and the like;
 * all else in the file stays byte for byte.
 */
#ifndef DRIVER_SPLICE_H
#define DRIVER_SPLICE_H

#include "cut.h"

/*
 * after: NULL, or the name of the item behind which (and behind whose exports)
 * the first piece goes. False when that is absent, stands under an #if, or the
 * file ends its lines in another way than the pieces; the drifts say so.
 */
bool splice(struct buf *file, const char *path, const char *after,
	    const struct pieces *pieces, struct drifts *drifts);

/*
 * The item behind which splice() would put the pieces; ITEMS_NONE when it would
 * not, or when the file is empty.
 */
size_t splice_place(const struct items *items, const char *after);

#endif
