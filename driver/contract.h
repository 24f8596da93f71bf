/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a step and two commits to what the verifier is given: the contract, and
 * the touched files as they stand in both trees. Everything is read back from
 * git, nothing is taken from what the edit stage had in memory, so a commit
 * that somebody changed by hand is held against the same contract.
 */
#ifndef DRIVER_CONTRACT_H
#define DRIVER_CONTRACT_H

#include "repo.h"
#include "series.h"
#include "verify/infer.h"

struct step_texts {
	struct contract contract; /* borrows from the step and from kbuild_word */
	struct strv paths;	  /* touched paths, sorted */
	struct repo_changes changes; /* of these, those that differ */
	struct buf *bytes;	  /* owned: before and after of each path in turn */
	struct text *before, *after; /* paths.nr each */
	char *kbuild_path;	  /* the build file that may change; NULL: none */
	char *kbuild_word;	  /* the word of the step's new object in it */
	char *guard;		  /* rename-file: the include guard before */
	struct renamed *renamed; /* owned; its names are not */
	struct inference *inference; /* owned: of a commit that no step describes;
				     the contract is its. NULL otherwise */
};

int step_texts_load(const struct repo *repo, const struct step *step,
		    const char *parent, const char *commit,
		    struct step_texts *ret, struct error *err);

/*
 * Of a commit that no step describes: the contract is worked out from what it
 * changed, with the help of renames that a person told ("old=new").
 */
int commit_texts_load(const struct repo *repo, const struct strv *renames,
		      const char *parent, const char *commit,
		      struct step_texts *ret, struct error *err);
/*
 * The same of the files alone that it touches: for a person, and not for a rung,
 * which wants to see what should have been touched as well.
 */
int commit_texts_read(const struct repo *repo, const struct strv *renames,
		      const char *parent, const char *commit,
		      struct step_texts *ret, struct error *err);
void step_texts_release(struct step_texts *texts);

#endif
