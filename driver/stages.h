/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The stages of a run, in order. Each reads what the one before left in the
 * session's report and adds to it; main.c has the map.
 */
#ifndef DRIVER_STAGES_H
#define DRIVER_STAGES_H

#include "session.h"

/*
 * Locate, edit, commit: every step over the commit before it, the first over
 * the base. The commits are objects that nothing refers to yet. -1 with
 * ERROR_DRIFT when a step does not fit; what fitted before it is in the report,
 * and so are its drifts.
 */
int stage_apply(struct session *s, struct error *err);

/*
 * Instead of stage_apply(): take the commits that stand on the branch, one a
 * step, as they are. -1 when there are more or fewer. Those of a range are taken
 * already.
 */
int stage_adopt(struct session *s, struct error *err);

/*
 * Build and verify: every step against the one before it, in every
 * configuration. A commit that does not build is no error: its build rung says
 * so, and the steps behind it stay undecided.
 */
int stage_verify(struct session *s, struct error *err);

/*
 * Before hours of building: would stage_publish() be refused? A branch of the
 * user's in its place is told now.
 */
int stage_may_publish(struct session *s, struct error *err);

/*
 * Make the branch appear at the last step's commit. Not for a series with a
 * step that is different, unless the commits were only applied.
 */
int stage_publish(struct session *s, struct error *err);

/*
 * Before hours of building: can reports be written into the results folder? It
 * is made now. That of a range goes there only when --results is given.
 */
int stage_may_report(struct session *s, struct error *err);

/*
 * Judge the report, write it into the results folder, print it. Returns the exit
 * code of the verdict, or -1.
 */
int stage_report(struct session *s, struct error *err);

/* Where report.json and report.md of this series and base go; the caller frees. */
int report_folder(const struct options *options, const struct report *report,
		  char **ret, struct error *err);

/* Prints the report on stdout, as JSON or for a terminal. */
void report_print(const struct report *report, const struct options *options);

#endif
