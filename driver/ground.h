/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does the base have what the steps are about? Asked before the first step is
 * applied, so that a series that cannot be finished on this base says so at
 * once, and for all steps together.
 */
#ifndef DRIVER_GROUND_H
#define DRIVER_GROUND_H

#include "repo.h"
#include "report.h"
#include "series.h"

/*
 * Each step that works on a file needs it at the base, or a step before it that
 * makes it; each name that it is about must at least be mentioned in one of the
 * files that the series works on, or be made by a step before (a rename, an
 * extraction, a transform). -1 with ERROR_DRIFT and the drifts of each step that
 * lacks something in its row of the report.
 */
int ground_check(const struct repo *repo, const char *base,
		 const struct series *series, struct report *report,
		 struct error *err);

#endif
