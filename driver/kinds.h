/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kinds of step. Each is one file, kind_<name>.c, with one function that
 * turns a step into edits. What it may change is the contract of its kind
 * (design.md); what does not fit the base becomes drift, never a guess.
 */
#ifndef DRIVER_KINDS_H
#define DRIVER_KINDS_H

#include "drift.h"
#include "edits.h"
#include "locate.h"
#include "series.h"

/* An item that a step moved, promoted or changed, for the report. */
struct touched {
	char *name;
	char *what; /* "function", "macro"... (item_kind_name()) */
	char *from; /* path before; "" when a transform made it */
	char *to;   /* path after; "" when a transform removed it */
};

/* A place where a renaming left the word as it was: it means something else. */
struct left_alone {
	char *class; /* "member", "string", "file name"...: see the man page,
			rename and rename-file */
	char *name;
	char *path;
	unsigned int line;
};

/* What applying a step gives, besides the edits. */
struct applied {
	struct touched *items; /* owned */
	size_t nr, alloc;
	struct left_alone *left; /* owned */
	size_t nr_left, alloc_left;
	struct drifts drifts;  /* what did not fit; empty on success */
};

/*
 * Applies the step to the edits. 0 when it did; the drifts are then empty. -1
 * with ERROR_DRIFT and the drifts filled when the step does not fit this
 * base; the edits are then to be thrown away.
 */
int step_apply(const struct spatch *spatch, const struct series *series,
	       const struct step *step, struct edits *edits,
	       struct applied *ret, struct error *err);

void applied_add(struct applied *applied, const char *name, const char *what,
		 const char *from, const char *to);
void applied_leave(struct applied *applied, const char *class, const char *name,
		   const char *path, unsigned int line);
void applied_release(struct applied *applied);
void left_alone_free(struct left_alone *left, size_t nr);

#endif
