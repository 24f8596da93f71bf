/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report of a run: one structure, which the JSON, Markdown and terminal
 * renderers only render. It holds names, sizes, counts, hashes and verdicts:
 * no source text (but the findings' excerpts, which only the terminal shows),
 * no times, no paths of this machine, so that the same inputs give the same
 * bytes. Steps are also kept as JSON in the store: report_step_from_json()
 * reads back exactly what report_step_json() wrote.
 */
#ifndef DRIVER_REPORT_H
#define DRIVER_REPORT_H

#include <jansson.h>

#include "drift.h"
#include "kinds.h"
#include "lib/error.h"
#include "lib/strv.h"
#include "verify/objects.h"
#include "verify/outcome.h"

#define REPORT_SCHEMA 1

struct report_config {
	char *name;
	struct strv not_taken;	 /* "CONFIG_X=y became n": optional symbols that this
				    tree's Kconfig does not take */
	bool built;		 /* false: not built yet, or not asked for */
	bool build_ok;
	struct strv warnings_new; /* warnings that the step before did not give */
	size_t objects_built;	 /* objects of the targets in this state */
	struct outcome *rungs;	 /* owned; each rung that was asked for, by rung */
	size_t nr_rungs;
	struct codegen *codegen; /* stock build: functions whose size differs */
	size_t nr_codegen;
	bool types_gate;	 /* built by clang: the types rung is required, and
				    the code rung is not */
	enum verdict verdict;	 /* of this configuration */
};

/* What a commit that no step describes did to one item: verify/infer.h. */
struct report_deed {
	char *deeds;		/* "moved, promoted" */
	char *what, *name;	/* "function", "kvm_get_cr8" */
	char *new_name;		/* NULL: it kept its name */
	char *from, *to;	/* "path:line"; NULL: it was not there, it is gone */
	char *but;		/* what it is verbatim but for; NULL: nothing */
	size_t lines;
	bool residue;		/* the text rung has it among its findings */
};

/* What a step's commit is to that of an earlier generation: generation.h. */
enum likeness {
	LIKENESS_NONE, /* nobody asked, or it was not applied */
	LIKENESS_SAME,
	LIKENESS_CONTEXT, /* but for the lines around what it changes */
	LIKENESS_DIFFERENT,
	LIKENESS_NEW, /* the earlier generation has no such step */
};

struct report_step {
	char *name, *kind, *subject;
	char *commit;		/* full id; NULL: not applied */
	enum verdict verdict;	/* the worst of its configurations */
	struct drifts drifts;
	struct touched *items;	/* owned */
	size_t nr_items;
	struct left_alone *left; /* owned; places that a rename left as they were */
	size_t nr_left;
	enum likeness likeness;
	char *range_diff;	/* where it is different: for the terminal only */
	struct report_deed *deeds; /* owned; of a range's commit */
	size_t nr_deeds;
	struct report_config *configs; /* owned */
	size_t nr_configs;
};

/* A case of drift that --drift=accept settled, of a step of the series. */
struct accepted {
	char *step;	     /* its name; it may be left out, and have no row */
	struct drift drift;  /* owned, as it was found */
	char *done;	     /* what was done: "left out of the step" */
};

struct report {
	char *series;		/* its name; of a range: what range_open() says */
	bool range;		/* the steps are commits that no series describes */
	bool squashed;		/* all of the range as one commit */
	struct strv paths;	/* pathspecs that the range was limited to */
	char *base_describe, *base_commit;
	struct strv tools;	/* "name\tversion", sorted by name */
	char *earlier, *earlier_commit; /* the generation that the steps were held
				against, as it was named; NULL: none */
	struct strv gone;	/* its steps that are none of these */
	struct strv notes;	/* what a person may want to do about the series as a
				   whole, a line each; says nothing of its steps */
	struct accepted *accepted; /* owned; in order */
	size_t nr_accepted, alloc_accepted;
	enum verdict verdict;	/* the worst of the steps; undecided when a step
				   was not verified */
	struct report_step *steps; /* owned; all steps of the series */
	size_t nr, alloc;
};

const char *likeness_name(enum likeness likeness); /* "same"... */

/* Sets the verdicts of configurations, steps and the whole from the rungs. */
void report_judge(struct report *report);
/* The same of one step. */
void report_judge_step(struct report_step *step);

/* The JSON of the contract (README: Reports); the caller json_decref()s. */
json_t *report_json(const struct report *report);
json_t *report_step_json(const struct report_step *step);

/* -1 when it is not what report_step_json() wrote (another schema, damaged). */
int report_step_from_json(const json_t *json, struct report_step *ret,
			  struct error *err);
int report_from_json(const json_t *json, struct report *ret,
		     struct error *err);

/* Markdown for people who read results/ on a forge. */
void report_markdown(const struct report *report, struct buf *ret);

/* For a terminal: colour when asked, findings with their excerpts. */
void report_terminal(const struct report *report, bool colour,
		     struct buf *ret);

/* Writes report.json and report.md into dir, each only if it changed. */
int report_write(const struct report *report, const char *dir,
		 struct error *err);

/* 0, 1, 2, 3 for the verdict and drift (design: exit codes). */
int report_exit_code(const struct report *report);

/* Keeps a copy of the case. */
void report_accept(struct report *report, const char *step,
		   const struct drift *drift, const char *done);

/* A row for a step before the one at the index, and the end of that row. */
void report_start_step(struct report_step *row, const char *name,
		       const char *kind, const char *subject);
void report_put_in(struct report *report, size_t at, const char *name,
		   const char *kind, const char *subject);
void report_leave_out(struct report *report, size_t at);

/* Forgets what applying the step gave. */
void report_step_reset(struct report_step *step);

void report_deeds_free(struct report_deed *deeds, size_t nr);
void report_step_release(struct report_step *step);
void report_release(struct report *report);

#endif
