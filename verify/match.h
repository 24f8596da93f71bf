/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which atom of one side is which of the other. Atoms with a name come out in
 * classes; same.h then proves or refutes that the members of a class are the
 * same.
 */
#ifndef VERIFY_MATCH_H
#define VERIFY_MATCH_H

#include "side.h"

struct class {
	struct atom **members[2]; /* owned arrays: before, after */
	size_t nr[2];
	size_t nr_named[2]; /* atoms of this name on each side, in all classes */
};

struct classes {
	struct class *v; /* owned; by name; v[0] is unused: class 0 means none */
	size_t nr;
};

/*
 * Global and writable atoms are matched one to one. Local atoms that nobody
 * writes may be many in a class, when their contents look the same: which copy
 * of a header's function is called makes no difference, unless each has a
 * state of its own.
 */
void match_sides(const struct side *before, const struct side *after,
		 struct classes *ret);
void classes_release(struct classes *classes);

#endif
