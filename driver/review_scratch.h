/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A repository for a command that needs no session, and so takes no lock: while a
 * run goes on, it can be reviewed what there is.
 */
#ifndef DRIVER_REVIEW_SCRATCH_H
#define DRIVER_REVIEW_SCRATCH_H

#include "options.h"
#include "repo.h"

/* Returns an exit code, or -1. */
typedef int review_work(const struct repo *repo, const struct options *options,
			struct error *err);

/*
 * All of a command: opens options->tree with a folder of lib/scratch.h that is gone
 * when work() is done, prints the error if there is one, releases the options
 * and returns the exit code.
 */
int review_with_scratch(struct options *options, review_work *work);

#endif
