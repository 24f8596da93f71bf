/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Drift: what differs between what a step declares and what this base needs.
 * Each case has a class, a place and a suggestion; nothing is skipped silently.
 */
#ifndef DRIVER_DRIFT_H
#define DRIVER_DRIFT_H

#include "lib/error.h"
#include "lib/util.h"

enum drift_class {
	DRIFT_ABSENT,	   /* a named item is not in the file */
	DRIFT_TWICE,	   /* it is there more than once, or under #if/#else */
	DRIFT_DISAGREE,	   /* spatch and the lexer see different extents */
	DRIFT_UNPARSED,	   /* a region spatch could not parse names an item */
	DRIFT_PROMOTION,   /* a cut needs a promotion that no step declares */
	DRIFT_NEEDLESS,	   /* a step promotes what no later cut needs */
	DRIFT_SHARED_DATA, /* the cut would share or duplicate static data */
	DRIFT_PRIVATE,	   /* moved code uses a private macro or type of its file */
	DRIFT_DESTINATION, /* the destination is there, or not there, unexpectedly */
	DRIFT_KBUILD,	   /* the object's word is not where it should be */
	DRIFT_INCLUDE,	   /* what a file includes does not show what it would use,
			      shows it too late, or goes round in a circle */
	DRIFT_TAKEN,	   /* a new name means something else already */
	DRIFT_USED,	   /* what the step takes away is still used */
	DRIFT_NO_CHANGE,   /* the step changed nothing */
};

struct drift {
	enum drift_class class;
	char *name;	   /* the item; "" if it is about none */
	char *path;	   /* the file */
	unsigned int line; /* 0 if unknown */
	char *message;	   /* what differs */
	char *suggestion;  /* what to do; may be NULL */
};

struct drifts {
	struct drift *v; /* owned */
	size_t nr, alloc;
};

const char *drift_class_name(enum drift_class class); /* "absent"... */

void drifts_add(struct drifts *list, enum drift_class class, const char *name,
		const char *path, unsigned int line, const char *suggestion,
		const char *message, ...) __printf(7, 8);

/* Fills err (ERROR_DRIFT) with every case, a line each: "path:line: message; suggestion". */
int drifts_error(const struct drifts *list, const char *step,
		 struct error *err);

void drifts_release(struct drifts *list);

#endif
