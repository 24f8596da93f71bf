/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a file makes of a name, by the lexer alone and under whatever
 * conditionals. Several definitions, in branches of an #if, count as one.
 */
#ifndef DRIVER_DEFINITION_H
#define DRIVER_DEFINITION_H

#include "lib/items.h"

struct definition {
	enum item_kind kind; /* of the first one; ITEM_EMPTY: there is none */
	unsigned int line;   /* where that one begins */
	size_t item;
	bool is_static;	     /* one of them is */
	bool is_inline;
	size_t nr;	     /* how many there are of that kind */
	bool branches;	     /* of several, one stands under a conditional */
};

/*
 * False when the items define no such name. A line that calls a macro of that
 * name (ITEM_CALL) counts when nothing else does.
 */
bool definition_find(const struct items *items, const char *name,
		     struct definition *ret);

/* The same of a macro of that name only. */
bool definition_find_macro(const struct items *items, const char *name,
			   struct definition *ret);

#endif
