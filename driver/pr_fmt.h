/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pr_fmt, the macro that every pr_info() and its kin use without naming it: code
 * that prints says something else in a file that defines it otherwise.
 */
#ifndef DRIVER_PR_FMT_H
#define DRIVER_PR_FMT_H

#include "drift.h"
#include "lib/items.h"

/* A cut and where it goes to. All borrowed. */
struct pr_fmt_cut {
	const struct items *from, *to;
	const char *from_path, *to_path;
	const size_t *moved; /* items of from */
	size_t nr;	     /* their number */
	bool to_is_new;	     /* to holds the preamble of the step alone */
};

/* A new .c file has the source's; in one that is there, moved code must print. */
bool pr_fmt_matters(const struct pr_fmt_cut *cut);

/* False, and DRIFT_PRIVATE, when it matters and the two files do not agree. */
bool pr_fmt_check(const struct pr_fmt_cut *cut, struct drifts *drifts);

#endif
