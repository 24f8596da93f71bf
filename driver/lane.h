/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A lane does for one configuration what a step needs: build, isolate, prove. The
 * lanes of all configurations run side by side, each in a thread of its own:
 * what is serial in one (the start of make, a rung) is hidden by what another
 * compiles. A lane touches only what is its own, its O= folder and its row of the
 * report; the source folder is moved while no lane runs.
 *
 *	<work>/config/<name>/out	O= folder
 *	                     units/	preprocessed texts, by commit
 *	                     before/	stock objects of the sides of the step at hand
 *	                     after/
 *
 * Several sets of lanes (stretch.h) have folders with a mark behind these names.
 */
#ifndef DRIVER_LANE_H
#define DRIVER_LANE_H

#include "kbuild_seen.h"
#include "prove.h"
#include "session.h"
#include "work.h"

/* Seconds that parts of the work took. */
struct lane_times {
	double build, isolate, prove;
};

struct lane {
	struct session *s;
	const struct build_config *config;
	const char *mark;	   /* behind the names of its folders */
	char *out;		   /* owned: O= folder */
	struct kbuild kbuild;
	struct kbuild_seen *seen;  /* owned */
	struct build_result build; /* of 'at' */
	char *at;		   /* owned: commit it was built at */
	struct build_result old;   /* of the step's parent: ok, warnings, modules */
	struct built before, after; /* the sides of the step at hand */
	struct work work;	   /* of the step at hand */
	size_t looked;		   /* texts made before make ran, to be found again */
	struct lane_times times;   /* of the step at hand */
	struct error err;	   /* what went wrong in the last job */
	int failed;		   /* the last job's result */
};

/* What all lanes are to do; each job uses what it needs. */
struct lane_job {
	int (*work)(struct lane *lane, const struct lane_job *job,
		    struct error *err);
	const char *name;	   /* of the step, for progress */
	const struct step_texts *texts;
	const char *commit;	   /* where the source folder stands */
	struct report_config *rows; /* one a configuration */
};

/* src is the source folder; it and the mark must outlive the lanes. */
struct lane *lanes_new(struct session *s, const char *src, const char *mark);
void lanes_free(struct lane *lanes, size_t nr);

/* Runs the job in all lanes and waits; the first error, by configuration. */
int lanes_run(struct lane *lanes, size_t nr, struct lane_job *job,
	      struct error *err);

/* The jobs. Before the step: builds its parent if that is not built yet. */
int lane_before(struct lane *lane, const struct lane_job *job,
		struct error *err);
/* Behind the step: builds, isolates and proves; the row is filled. */
int lane_after(struct lane *lane, const struct lane_job *job,
	       struct error *err);

/* The folder of the preprocessed texts of a commit; the caller frees. */
char *lane_units_dir(const struct lane *lane, const char *commit);

/* Removes the folders of this mark in the folder of a configuration. */
int lane_remove(const char *config_dir, const char *mark, struct error *err);

/* Lets go of what belongs to the step. */
void lanes_end_step(struct lane *lanes, size_t nr);

#endif
