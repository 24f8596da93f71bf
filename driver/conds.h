/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The conditionals of a file as groups: from the item of #if to the item of
 * its #endif, with the branches between. Only conditionals that stand between
 * items count; those inside a body belong to their item.
 */
#ifndef DRIVER_CONDS_H
#define DRIVER_CONDS_H

#include "lib/items.h"

#define CONDS_NONE ((size_t)-1)

struct cond_group {
	size_t open;	       /* index of the item of #if, #ifdef or #ifndef */
	size_t end;	       /* of #endif; the number of items when it is missing */
	size_t parent;	       /* the group around it; CONDS_NONE */
	unsigned int branches; /* 1, and one more for each #elif and #else */
	bool guard;	       /* the include guard around the whole file */
};

struct conds {
	struct cond_group *v; /* owned, in order of 'open' */
	size_t nr, alloc;
	size_t *of;	      /* owned: the innermost group of each item, its
				 own one for a directive; CONDS_NONE */
};

/* Cannot fail; items without #endif are taken to the end of the file. */
void conds_build(const struct items *items, struct conds *ret);
void conds_release(struct conds *conds);

/* The group of the include guard; CONDS_NONE when the file has none. */
size_t conds_guard(const struct conds *conds);

/*
 * The innermost group around an item that is no include guard; CONDS_NONE at
 * top level. For #if and #endif: the group around their own.
 */
size_t conds_around(const struct conds *conds, size_t item);

/* The group around a group, the guard left out; CONDS_NONE. */
size_t conds_parent(const struct conds *conds, size_t group);

/* True for the items of #if, #ifdef, #ifndef, #elif and #else; of #elif, #else, #endif. */
bool conds_opens(const struct items *items, size_t item);
bool conds_closes(const struct items *items, size_t item);

#endif
