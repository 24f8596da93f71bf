/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What commits of the user's repository change, as text; as repo.h. All names of
 * commits are full ids.
 */
#ifndef DRIVER_REPO_DIFF_H
#define DRIVER_REPO_DIFF_H

#include "repo.h"

/* The commit and those behind it, at most so many, each with its message. */
int repo_messages(const struct repo *repo, const char *tip, unsigned int most,
		  struct strv *ret_ids, struct strv *ret_messages,
		  struct error *err);

/* Appends the diff of a commit to its parent, with so many lines of context. */
int repo_diff(const struct repo *repo, const char *commit, unsigned int context,
	      struct buf *ret, struct error *err);

/* What git range-diff says of two commits; the caller frees. */
int repo_range_diff(const struct repo *repo, const char *old, const char *new,
		    char **ret, struct error *err);

#endif
