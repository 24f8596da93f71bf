/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Includes that make something where they stand: a list that macros of the file
 * expand (#define X(a) ..., #include "list.h", #undef X), and trace points, which
 * CREATE_TRACE_POINTS makes once. Neither may be made by a second file.
 */
#ifndef DRIVER_XMACRO_H
#define DRIVER_XMACRO_H

#include "drift.h"
#include "edits.h"
#include "lib/items.h"

/* A move. All borrowed. */
struct xmacro_move {
	struct edits *edits;	     /* where headers are read from */
	const struct items *from;    /* of the source */
	const char *from_path, *to_path;
	const char *preamble;	     /* the destination's first lines; may be NULL */
	const struct strv *includes; /* that the destination gains */
	const struct strv *names;    /* what moves */
};

/* Drift for each line of the step that would make it again. 0 or -1. */
int xmacro_check(const struct xmacro_move *move, struct drifts *drifts,
		 struct error *err);

#endif
