/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A function that becomes global must not meet another one of its name: one that
 * the linker sees, or one that a file which includes the header has for itself.
 */
#ifndef DRIVER_TAKEN_H
#define DRIVER_TAKEN_H

#include "drift.h"
#include "edits.h"

struct taken_question {
	struct edits *edits;	  /* the tree */
	const char *from, *header; /* where the names are, and are declared */
	const struct strv *names;
};

/* Drift for each name that another file of the tree has. 0 or -1. */
int taken_check(const struct taken_question *q, struct drifts *drifts,
		struct error *err);

#endif
