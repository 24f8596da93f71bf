/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running spatch on one file, for locate.c and spatch.c alone: the match (or
 * patch) and --parse-c, side by side, on copies with names of ours. The path in the
 * tree never reaches spatch, which hands file names to a shell.
 */
#ifndef DRIVER_SPATCH_RUN_H
#define DRIVER_SPATCH_RUN_H

#include "lib/process.h"
#include "locate.h"
#include "spatch_output.h"

/* The names that spatch sees. */
#define RUN_STEP "step.cocci"
#define RUN_INPUT "input.c"	/* what --parse-c reads, too */
#define RUN_PATCHED "patched.c" /* the copy that a patch-mode run edits */
#define RUN_MACROS "macros.h"

enum run_mode { RUN_LOCATE, RUN_PATCH };

struct spatch_run {
	char *dir;		  /* folder of this run; removed at the end */
	const struct step *step;
	const char *path;	  /* in the tree, for messages */
	struct process both[2];	  /* the match, and --parse-c */
	struct lines lines;	  /* of the text */
	struct coverage coverage; /* what --parse-c said */
	unsigned int expanded;	  /* the line where spatch was to change what a
				     macro made, and gave up; 0 */
};

/*
 * Runs both. 0: they ended well and coverage is read, or spatch gave up at
 * 'expanded'. -1: it could not run, died, hung, or does not take the step.
 */
int spatch_run(struct spatch_run *run, enum run_mode mode,
	       const struct spatch *spatch, const struct series *series,
	       const struct step *step, const char *path,
	       const struct buf *text, struct error *err);
void spatch_run_release(struct spatch_run *run);

/* spatch --parse-cocci: ERROR_INPUT when spatch does not take the step. */
int spatch_parse_step(const struct spatch *spatch, const struct step *step,
		      struct error *err);

/*
 * The guard: each of the names that stands in a region that spatch could not
 * parse, and with passed also in what it skipped, becomes DRIFT_UNPARSED; once.
 */
void guard(const struct spatch_run *run, const struct strv *names, bool passed,
	   struct drifts *drifts);

/* Adds DRIFT_UNPARSED for a region, about name. */
void add_unparsed(const struct spatch_run *run, const struct unparsed *region,
		  const char *name, struct drifts *drifts);

/* Adds DRIFT_UNPARSED for run->expanded, about name. */
void add_expanded(const struct spatch_run *run, const char *name,
		  struct drifts *drifts);

#endif
