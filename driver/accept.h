/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * --drift=accept: the remedies of a step's drift are carried out on the series in
 * memory, and what was accepted goes into the report. A step changes, goes, or
 * gets one put before it; then it is for the caller to look at it again.
 */
#ifndef DRIVER_ACCEPT_H
#define DRIVER_ACCEPT_H

#include "repo.h"
#include "report.h"
#include "series.h"

/* The run, and the step that has drift. All borrowed. */
struct acceptance {
	const struct repo *repo;
	const char *commit;    /* that the step goes on, or would */
	struct series *series;
	struct report *report; /* a row for each step */
};

/*
 * Accepts what has a remedy of the drifts in the row of the step; those are then
 * gone from it. 1 when none is left: the step at the index is to be looked at
 * again, which may be one that was put before it, or, when it was left out, the
 * next. 0 when there is none, or one is left that is for a person. -1 when the
 * commit could not be read. A case that was accepted before does not count: its
 * remedy was none.
 */
int accept_drift(const struct acceptance *a, size_t step, struct error *err);

#endif
