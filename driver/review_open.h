/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which commits are reviewed, and how they are called. The repository is only
 * read, but for objects that nothing refers to (a mailbox's commits, and those
 * of a range that is limited to some paths).
 */
#ifndef DRIVER_REVIEW_OPEN_H
#define DRIVER_REVIEW_OPEN_H

#include "options.h"
#include "review.h"

/*
 * options->mbox: the mails of that file, applied on options->base; else the
 * commits of options->series on its branch, else those of options->range.
 * Everything is loaded. Errors are those of range_open(), repo_range() and
 * mailbox_apply(), and ERROR_INPUT.
 */
int review_open(const struct repo *repo, const struct options *options,
		struct review *ret, struct error *err);

#endif
