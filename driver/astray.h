/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where names are that a step looks for in vain: one look through the whole tree
 * for all of them.
 */
#ifndef DRIVER_ASTRAY_H
#define DRIVER_ASTRAY_H

#include "definition.h"
#include "repo.h"

/* A name, and the best place that the tree has for it. */
struct astray {
	char *name;
	char *near;	/* the file that it was looked for in */
	char *path;	/* of what was found; NULL: nothing was */
	struct definition definition; /* kind ITEM_EMPTY: path only names it */
	unsigned int line; /* of the definition, or of the first mention */
	int rank;	/* of the place: the nearer, the higher */
};

struct astrays {
	struct astray *v; /* owned */
	size_t nr, alloc;
};

/* Adds a name to look for, once for each file that it is missed in. */
void astrays_add(struct astrays *list, const char *name, const char *near);

/* NULL when it was not added. */
const struct astray *astrays_find(const struct astrays *list, const char *name,
				  const char *near);

/*
 * Looks for all of them. A definition that other files cannot see (a static
 * function of a .c file, its own macro) counts only near the file, that is in
 * its folder, above it or below it; a mention counts only in the file itself.
 */
int astrays_look(struct astrays *list, const struct repo *repo,
		 const char *base, struct error *err);

void astrays_release(struct astrays *list);

#endif
