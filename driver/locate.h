/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything that runs spatch. spatch decides *which* code a rule means; it
 * exits 0 when it could not parse half of a file, so what it says is held
 * against our own lexer, and what it could not parse is looked at (the
 * coverage guard). Coccinelle 1.1.1 and 1.3 both work.
 */
#ifndef DRIVER_LOCATE_H
#define DRIVER_LOCATE_H

#include "drift.h"
#include "lib/buf.h"
#include "lib/items.h"
#include "series.h"

struct spatch {
	const char *program;	/* "spatch"; tests put another one here */
	const char *scratch;	/* folder for its input files; must exist */
	unsigned int timeout_s; /* for each run; 0: 120 s */
};

/* "1.1.1": the version of the program; the caller frees *ret. */
int spatch_version(const struct spatch *spatch, char **ret, struct error *err);

/* spatch --parse-cocci on a step: ERROR_INPUT with spatch's own message. */
int spatch_check(const struct spatch *spatch, const struct step *step,
		 struct error *err);

/* One region that spatch could not parse, in lines of the file, from 1. */
struct bad_region {
	unsigned int first, last;
};

/*
 * One context-mode run on one file: the indices in items (of the same bytes)
 * of the definitions that the step's rules star, one per name of step->names
 * that is not in step->items, in order of the file. Names in step->items are
 * found by the lexer alone.
 *
 * What does not fit goes to drifts (absent, twice, disagree, unparsed) and the
 * return value is still 0: the caller decides. -1 when spatch could not run,
 * died, hung, or printed what is no diff of this file.
 */
int locate(const struct spatch *spatch, const struct series *series,
	   const struct step *step, const char *path, const struct buf *text,
	   const struct items *items, size_t **ret_found, size_t *ret_nr,
	   struct drifts *drifts, struct error *err);

/*
 * One patch-mode run on one file: the bytes after the step's rules. An
 * unparsed region that names one of step->names goes to drifts.
 */
int spatch_patch(const struct spatch *spatch, const struct series *series,
		 const struct step *step, const char *path,
		 const struct buf *text, struct buf *ret,
		 struct drifts *drifts, struct error *err);

#endif
