/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An earlier generation of a series, on an older base: which of its commits do
 * the same as those of this one.
 */
#ifndef DRIVER_GENERATION_H
#define DRIVER_GENERATION_H

#include "repo.h"
#include "report.h"

/*
 * Holds the commit of each of the report's steps against that of the same step at
 * the end of rev: the commits there whose messages name a step of this series,
 * as message_of_step() writes it. Fills the report's 'earlier' and the steps'.
 * ERROR_INPUT when rev is unknown or has no such commit.
 */
int generation_compare(const struct repo *repo, const char *rev,
		       struct report *report, struct error *err);

/*
 * The commit of one step in the generation that ends at rev: 1, 0 when rev is
 * unknown or has no such step, -1. The caller frees.
 */
int generation_commit(const struct repo *repo, const char *rev,
		      const char *series, const char *step, char **ret,
		      struct error *err);

#endif
