/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the renderers of a report share, so that JSON, Markdown and terminal
 * agree on names, counts and units. Nothing here decides anything.
 */
#ifndef DRIVER_RENDER_H
#define DRIVER_RENDER_H

#include <jansson.h>

#include "lib/buf.h"
#include "report.h"

/* Bytes of the UTF-8 sequence that s, a string, begins with; 0 when it is none. */
size_t render_sequence(const char *s);

/*
 * A copy in which each byte that is not part of valid UTF-8 is U+FFFD: object
 * and source files hold any byte, JSON and Markdown do not. The caller frees.
 */
char *render_utf8(const char *s);

/* The columns s takes: code points; control characters count as one. */
size_t render_width(const char *s);

/*
 * Appends s in exactly width columns, cut with "..." or padded with blanks.
 * Control characters become blanks: a cell is always one line.
 */
void render_cell(struct buf *ret, const char *s, size_t width);

/*
 * Bytes that all subjects of a series begin with, up to a colon and a blank: they
 * nearly always name the same subsystem, and once is enough.
 */
size_t render_prefix(const struct strv *subjects);

/* The same of a report's steps. */
size_t render_report_prefix(const struct report *report);

/* Appends n with commas: "14,178". */
void render_count(struct buf *ret, size_t n);

/* Appends "1 line" or "14,178 lines"; plural is one of the units below. */
void render_counted(struct buf *ret, size_t n, const char *plural);

/* What a rung counts: "lines", "definitions", "functions and data"... */
const char *render_unit(enum rung rung);

/* The first 12 digits of a commit id, "" for NULL. The caller frees. */
char *render_commit(const char *id);

/* True when two outcomes say the same, finding by finding. */
bool render_same(const struct outcome *a, const struct outcome *b);

/* The outcome of a rung in a configuration; NULL when it was not asked for. */
const struct outcome *render_rung(const struct report_config *config,
				  enum rung rung);

/*
 * Names of the configurations of step, from index first on, in which the rung
 * says just what it says in first, joined by ", "; NULL when an earlier one
 * already said it (or first does not have the rung). The caller frees.
 */
char *render_where_same(const struct report_step *step, enum rung rung,
			size_t first);

/*
 * "path:12, 30": places that a rename left alone, those from *i on of one class,
 * name and file; *i moves behind them. The caller frees.
 */
char *render_left(const struct report_step *step, size_t *i);

/*
 * "0020-x: left out of the step: f (a.c:12), g (a.c:30)": what was accepted of one
 * step in one way, from *i on, and whatever is said of no name; *i moves behind
 * them. The caller frees.
 */
char *render_accepted(const struct report *report, size_t *i);

/* What counts: "steps", or of a range "commits". */
const char *render_steps(const struct report *report);

/*
 * The step and the finding that the report's verdict is first due to, the finding
 * one of a function where there is such; both NULL when all is neutral or
 * explained, the finding alone when none says why.
 */
void render_first(const struct report *report, const struct report_step **ret,
		  const struct finding **ret_finding);

/*
 * "moved from a.c to b.c": what deeds have in common when they stand below each
 * other. "function f (12 lines, 33 -> 40), but for static": the rest of one. The
 * caller frees.
 */
char *render_deeds(const struct report_deed *deed);
char *render_deed(const struct report_deed *deed);

/* The sum of everything that was looked at, for the last line. */
struct render_totals {
	size_t checked[RUNG_NR]; /* lines once a step, the rest in each
				    configuration */
	size_t codegen;		 /* functions whose stock size differs */
	long codegen_bytes;	 /* by how much, in all */
	struct strv not_compared; /* sorted, no repeats */
	struct strv not_taken;	  /* "kvm: CONFIG_X=y became n", the same */
};

void render_totals(const struct report *report, struct render_totals *ret);
void render_totals_release(struct render_totals *totals);

/*
 * "the CRC of 16 exports changes: ..." when modules that are built elsewhere have
 * to be built again after this series; NULL. The caller frees.
 */
char *render_kabi(const struct report *report);

/*
 * Fills ret with those rows of all code-size tables that changed most, each name
 * once, at most 'most' of them; returns how many.
 */
size_t render_codegen(const struct report *report, const struct codegen **ret,
		      size_t most);

/* The git note of a step's commit. */
void render_note(const struct report *report, const struct report_step *step,
		 struct buf *ret);

/* JSON of the parts that `compare` shows as well. New references. */
json_t *render_findings_json(const struct outcome *o);
json_t *render_strv_json(const struct strv *list);
json_t *render_string_json(const char *s); /* NULL becomes null */

/* The text of a JSON document, as it is stored and printed. */
void render_dump(const json_t *json, struct buf *ret);

/* Appends text in lines of 80 columns at most, each led by indent blanks. */
void render_wrapped(struct buf *ret, const char *text, size_t indent);

/*
 * Appends findings for a terminal, each line led by indent blanks; at most
 * limit of them (0: all), the heaviest first.
 */
void render_findings(const struct outcome *o, size_t indent, size_t limit,
		     bool colour, struct buf *ret);

/*
 * Appends s between the colour of a result and its end; of a verdict, which has the
 * colour of the result that it comes from.
 */
void render_result(struct buf *ret, enum result result, const char *s,
		   bool colour);
void render_verdict(struct buf *ret, enum verdict verdict, const char *s,
		    bool colour);

/* "=", "~", "?" or "!": a verdict before a row. */
const char *render_mark(enum verdict verdict);

/* Ends a line: blanks that it ends in go. */
void render_end_line(struct buf *ret);

#endif
