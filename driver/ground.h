/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does the base have what the steps are about? Asked before the first step is
 * applied, so that a series that cannot be finished on this base says so at
 * once, and for all steps together: what is absent and what became of it, what
 * is done already, wholly or in half.
 */
#ifndef DRIVER_GROUND_H
#define DRIVER_GROUND_H

#include "repo.h"
#include "report.h"
#include "series.h"

struct ground_question {
	const struct repo *repo;
	const char *base;
	const struct series *series;
	const char *earlier; /* where an earlier generation of the series may end,
				for the bodies of what is gone; NULL */
	bool is_named;	     /* the user named it: else it is what stands on the
				branch, which a run replaces, so that nothing may
				be made of it */
};

/*
 * Each step that works on a file needs it at the base, or a step before it that
 * makes it; each name that it is about must stand where it looks for it, there or
 * by what steps before it do (world.h). Behind a transform, which may make any
 * name, nothing is missed. What is declared otherwise than in a generation that was
 * named is a note of the report. -1 with ERROR_DRIFT and the drifts of each step that
 * lacks something in its row of the report.
 */
int ground_check(const struct ground_question *q, struct report *report,
		 struct error *err);

#endif
