/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the kinds share: the job that step_apply() hands to one of
 * them, and a parsed file. Only kinds.c and kind_*.c include this.
 */
#ifndef DRIVER_KIND_H
#define DRIVER_KIND_H

#include "kinds.h"

/* One step on its way into the edits. All borrowed. */
struct job {
	const struct spatch *spatch;
	const struct series *series;
	const struct step *step;
	struct edits *edits;
	struct applied *applied;
	struct drifts *drifts; /* applied's own */
};

/*
 * Each turns the step into edits. 0 when it did or when it found drift, which
 * is then in the list; -1 on any other error.
 */
int kind_move(const struct job *job, struct error *err);
int kind_promote(const struct job *job, struct error *err);
int kind_rename(const struct job *job, struct error *err);
int kind_rename_file(const struct job *job, struct error *err);
int kind_includes(const struct job *job, struct error *err);
int kind_extract(const struct job *job, struct error *err);
int kind_transform(const struct job *job, struct error *err);

/*
 * Has spatch edit one file, and tells each item that came out otherwise to
 * job->applied. *ret_changed becomes true when one did, else it is left alone. 0
 * with drift when the file is absent or its new text cannot be read; -1.
 */
int transform_file(const struct job *job, const char *path, bool *ret_changed,
		   struct error *err);

/* A file of the edits and its items. */
struct source {
	struct edit *edit;   /* owned by the edits */
	struct items items;  /* of edit->data, which must stay as it is */
};

/*
 * Opens a file that must be there: 1, 0 and drift when it is absent, -1. The
 * caller releases a source that was opened.
 */
int source_open(const struct job *job, const char *path, struct source *ret,
		struct error *err);
void source_release(struct source *source);

#endif
