/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether code that goes to a header still has what it uses, and still reaches
 * those who use it. Everything is decided by #include lines and names alone, in
 * all #if branches at once; the build has the last word.
 *
 * What the moved code sees (header_move_sees):
 *  - names that the source, a header, declares itself and keeps must be visible
 *    in the destination, which must not be made to include the source when the
 *    source includes it;
 *  - so must names of the headers that the source includes;
 *  - what the destination declares itself must stand above the moved code;
 *  - no include that the step adds may lead back to the destination.
 *
 * Who sees the moved code (header_move_shows):
 *  - the source, if it still uses it, above the use;
 *  - every file that uses it and includes the source today;
 *  - the destination's own code, above the use;
 *  - no file that has another definition of the name.
 *
 * A macro's body uses nothing where it stands: its names are looked up where it
 * is expanded, so they count as used by the moved functions that expand it.
 */
#ifndef DRIVER_HEADER_MOVE_H
#define DRIVER_HEADER_MOVE_H

#include "drift.h"
#include "headers.h"

/* A move to a header. All borrowed. */
struct header_move {
	struct edits *edits;	/* to find users in; its files are not opened */
	struct headers *headers; /* the tree; a new destination holds its preamble */
	const char *from, *to;	/* paths */
	const size_t *moved;	/* items of the source */
	size_t nr;		/* their number */
	const char *after;	/* as splice() takes it */
	const struct strv *includes; /* that the destination gains, as spelled */
	struct drifts *drifts;
};

/* Drift for each item of a header that would go to a .c file. */
void header_move_refuse(const struct header_move *m, const struct items *from);

/* Both: 0, with drift (DRIFT_INCLUDE) for all that does not fit, or -1. */
int header_move_sees(const struct header_move *m, struct error *err);
int header_move_shows(const struct header_move *m, struct error *err);

#endif
