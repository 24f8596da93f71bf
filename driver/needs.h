/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a cut needs before it can be made: the uses across it, both ways, of
 * names that are private to the file. Worked out from the items of the file
 * alone, for every configuration at once (all #if branches count).
 *
 * What counts as a use is in uses.h. A lone argument of a call whose result is
 * called, kvm_x86_call(get_segment_base)(...), is taken to be pasted and is no
 * use of a static function of that name; any other lone argument is a use,
 * because functions are passed that way. Should the first ever be wrong, the
 * compiler says so; should the second, the series is told to promote what it
 * need not, which only a person can overrule.
 *
 * Prototypes of functions that are in the cut, and export lines that go along,
 * use nothing. A definition is private when it or a prototype of it in the file
 * is static.
 */
#ifndef DRIVER_NEEDS_H
#define DRIVER_NEEDS_H

#include "drift.h"
#include "lib/items.h"
#include "lib/util.h"

enum need_kind {
	NEED_PROMOTE_MOVED, /* a static function that moves is used by what stays */
	NEED_PROMOTE_LEFT,  /* a static function that stays is used by what moves */
	NEED_SHARED_DATA,   /* a static variable is used on both sides, or would be
			       used across the cut */
	NEED_MACRO,	    /* a macro of the .c file is used across the cut */
	NEED_UNDEF,	    /* a macro that the file undefines above what moves and
			       uses its name: it means another thing there */
	NEED_TYPE,	    /* a type of the .c file is used across the cut */
};

struct need {
	enum need_kind kind;
	char *name;	   /* what is needed */
	bool moved;	   /* the definition is in the cut, the user is not; else
			      the other way round */
	char *user;	   /* the first item that uses it across the cut */
	unsigned int line; /* of that use */
	unsigned int definition_line; /* of the definition */
};

struct needs {
	struct need *v; /* owned; sorted by kind, then name; one a name */
	size_t nr, alloc;
};

const char *need_kind_name(enum need_kind kind);

/* moved: indices in items of the definitions that are cut. Cannot fail. */
void needs_of_cut(const struct items *items, const size_t *moved, size_t nr,
		  struct needs *ret);

void needs_release(struct needs *needs);

/* True when the item is in the cut. */
bool needs_moves(const size_t *moved, size_t nr, size_t item);

/* True when an item of the cut that stands above the definition uses it. */
bool needs_prototype(const struct items *items, const size_t *moved, size_t nr,
		     size_t definition);

/*
 * True when the cut meets the need by itself. to: the items of the destination,
 * whose own macros satisfy a need when they are spelled the same; may be NULL.
 * in_header: it is a header that the source includes, so that types, macros and
 * inlines which move stay visible to it.
 */
bool need_is_satisfied(const struct items *items, const struct need *need,
		       const struct items *to, bool in_header);

/* Drift for all other needs of the cut, each with its suggestion. */
void needs_as_drift(const struct items *items, const char *path,
		    const size_t *moved, size_t nr, const struct items *to,
		    bool in_header, struct drifts *drifts);

/*
 * True when both define the macro, spelled the same, and the first defines it once
 * and leaves it so; to may be NULL.
 */
bool has_same_macro(const struct items *from, const char *name,
		    const struct items *to);

#endif
