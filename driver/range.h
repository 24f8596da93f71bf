/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commits to verify when there is no series: those of a range of the user's
 * repository, each against the one before it.
 *
 * Limited to some paths, a commit is replaced by one that changes only these,
 * over the replacement of the one before it: everything else stands as it was
 * before the range. Such commits are objects that nothing refers to.
 */
#ifndef DRIVER_RANGE_H
#define DRIVER_RANGE_H

#include "options.h"
#include "repo.h"

struct range_commit {
	char *id;	   /* the user's; squashed: the last one */
	char *subject;
	char *name;	   /* the first digits of the id */
	char *before, *after; /* ids of what is held against each other */
	struct strv paths; /* that differ between the two, sorted */
};

struct range {
	char *text; /* as a person would write it: "origin/master..HEAD" */
	struct range_commit *commits; /* owned, oldest first; at least one */
	size_t nr;
	struct strv paths; /* that any commit touches, sorted */
};

/*
 * options->range: "A..B" (either may be left out: HEAD) for what B has and A has
 * not, "REV" for that one commit, "" for what HEAD has and its upstream has not.
 * For git bisect, REV has all that is behind the nearest good commit: whether
 * it is bad must not be forgotten by the commits over a bad one.
 * Squashed, A..B is one commit over A, or over where the two lines part, if they
 * do. Errors are ERROR_INPUT: an unknown revision, a range without commits or
 * without a change to options->paths, a merge or a root in it.
 */
int range_open(const struct repo *repo, const struct options *options,
	       struct range *ret, struct error *err);
void range_release(struct range *range);

#endif
