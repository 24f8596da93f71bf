/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What macros do with their arguments: a name that a macro pastes into another
 * one, or makes a string or a member of, does not mean the function of that
 * name. Worked out from the macros' definitions.
 */
#ifndef DRIVER_PASTE_H
#define DRIVER_PASTE_H

#include "lib/buf.h"
#include "lib/lex.h"

enum paste {
	PASTE_UNKNOWN, /* no definition of the macro is known */
	PASTE_NO,      /* the argument, or a definition of it, is used as it is */
	PASTE_YES,     /* it is only an operand of # or ##, or the name of a member */
};

struct paste_files {
	struct tokens *v; /* owned; their texts are not */
	size_t nr, alloc;
};

/* No letter of it is lower case. */
bool is_macro_name(const char *s);

/* A text to look for definitions in; it must outlive the list. */
void paste_add(struct paste_files *files, const struct buf *text);
void paste_release(struct paste_files *files);

/* argument: its number, from 0. */
enum paste paste_of(const struct paste_files *files, const char *macro,
		    size_t argument);

#endif
