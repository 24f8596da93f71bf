/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a step is about and not every base has: the names of its Optional: key. So
 * one series serves several bases, and each report says what was left out.
 */
#ifndef DRIVER_OPTIONAL_H
#define DRIVER_OPTIONAL_H

#include "kinds.h"
#include "repo.h"

/*
 * Takes out of the step those optional names of which the commit below it has
 * nothing to do: "absent", a name that From does not define (for a macro of the
 * Preamble: one that From does not define either; for a rename: one that From does
 * not even mention); "global", one that a promotion is about and that is not static
 * there. Each is told in left, which may be NULL.
 * A second call for the same commit changes nothing. -1 with ERROR_DRIFT when
 * nothing is left of the step, as a step before it has done it all.
 */
int optional_fit(const struct repo *repo, const char *commit, struct step *step,
		 struct applied *left, struct error *err);

/*
 * Takes out of the series those steps of which the base needs nothing: all their
 * names are optional, no step before makes one of them, and optional_fit() would
 * take out all. A note in ret for each.
 */
int optional_steps(const struct repo *repo, const char *base,
		   struct series *series, struct strv *ret, struct error *err);

#endif
