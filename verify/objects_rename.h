/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A rename, done to the objects before it: symbols, and sections that are
 * named for symbols, get their new names, and all comparisons then know of
 * nothing. What keeps the old name in the objects after is a difference.
 */
#ifndef VERIFY_OBJECTS_RENAME_H
#define VERIFY_OBJECTS_RENAME_H

#include "objects.h"
#include "side.h"

/*
 * Between side_read() and side_cut(): renames what options->renamed says, in
 * each object of the side before where the symbol is the entity, which depends
 * on its linkage:
 *  - the file that defines it has a global one, or has no object here and some
 *    object has a global or undefined one: all symbols of it that are not local;
 *  - else, in the object of the file that defines it, the local one; if that is a
 *    header or has no object here, in each object that lost it with the step.
 * A new name that was there before, and an object in options->unchanged that
 * has the old name, are reported to ret (may be NULL: nothing is).
 */
int rename_objects(const struct objects_options *options, struct side *before,
		   const struct side *after, struct outcome *ret,
		   struct error *err);

/*
 * Whether both atoms are the string of one export, which must hold the old name
 * before and the new one after: 1 yes, 0 no, -1 they are no such strings.
 */
int rename_same_export(const struct objects_options *options,
		       const struct atom *before, const struct atom *after);

/* Reports that __func__ was an old name and is a new one: a changed string. */
void rename_check_strings(const struct objects_options *options,
			  const struct side *before, const struct side *after,
			  struct outcome *ret);

#endif
