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

/*
 * spatch --parse-cocci on a step: ERROR_INPUT with the line and what spatch says;
 * ERROR_SYSTEM when the step requires a newer Coccinelle.
 */
int spatch_check(const struct spatch *spatch, const struct step *step,
		 struct error *err);

/*
 * One context-mode run on one file: the indices in items (of the same bytes) of
 * what the step is about, in order of the file; the caller frees *ret_found.
 *
 *  - Of each name of step->names that is not in step->items, the one function
 *    definition that the rules star. spatch and the lexer must agree on the line
 *    that names it and on the brace that closes it.
 *  - Of each name in step->items, which the lexer finds alone, its one definition
 *    (of any kind: macro, type, variable, function); when there is none, every
 *    ITEM_CALL line of a macro of that name. Listing a function there takes it
 *    from spatch: the way out where spatch cannot parse it.
 *
 * What does not fit goes to drifts (absent, twice, disagree, unparsed), with the
 * name left out of what is found, and the return value is still 0: the caller
 * decides. A region that spatch could not parse and that names one of the names
 * it is to find is DRIFT_UNPARSED even if the definition is found. -1 when
 * spatch could not run, died, hung, or printed what is no diff of this file.
 */
int locate(const struct spatch *spatch, const struct series *series,
	   const struct step *step, const char *path, const struct buf *text,
	   const struct items *items, size_t **ret_found, size_t *ret_nr,
	   struct drifts *drifts, struct error *err);

/* As locate(), for names that the lexer finds alone: spatch does not run. */
void locate_listed(const struct strv *names, const char *path,
		   const struct items *items, size_t **ret_found,
		   size_t *ret_nr, struct drifts *drifts);

/*
 * One patch-mode run on one file: appends the bytes after the step's rules. A
 * region that spatch could not parse and that names one of step->names goes to
 * drifts (DRIFT_UNPARSED), as does, in a transform, such a line that spatch
 * skips on purpose (#if 0, all but one branch of an #ifdef within a function, a
 * #define within one).
 */
int spatch_patch(const struct spatch *spatch, const struct series *series,
		 const struct step *step, const char *path,
		 const struct buf *text, struct buf *ret,
		 struct drifts *drifts, struct error *err);

#endif
