/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the series reader share, and nobody else includes:
 * series.c reads the folder, series_head.c the head of a step, series_options.c
 * its Options:, series_rules.c as much SmPL as the driver must know,
 * series_edits.c the edits that the driver carries out itself.
 */
#ifndef DRIVER_SERIES_PARTS_H
#define DRIVER_SERIES_PARTS_H

#include "lib/buf.h"
#include "series.h"

/* Where a reader stands, for messages. */
struct place {
	const char *path;
	unsigned int line; /* from 1 */
};

/* ERROR_INPUT "path:line: ..."; always returns -1. */
int place_error(const struct place *at, struct error *err, const char *fmt, ...)
	__printf(3, 4);

/*
 * Reads the head of step->text (step->path names it in messages): fills
 * everything but name, path, text, names and has_script.
 */
int head_read(struct step *step, struct error *err);

/*
 * Splits a line of spatch options like a shell, appends them to ret, and
 * refuses what is not known to be harmless: spatch has options that run
 * programs and write files, and old spellings of most.
 */
int options_read(const struct place *at, const char *text, struct strv *ret,
		 struct error *err);

/*
 * Reads step->rules: appends to step->names and sets step->has_script. Errors:
 * a script that is not allowed, "#spatch" and include lines, no rule, no names
 * where the kind needs them, a move that edits.
 */
int rules_read(struct step *step, bool allow_scripts, struct error *err);

/*
 * Reads the edits that step->rules spell out: fills renames, removed, added, and
 * adds what is renamed to names. Errors: a line that is none of the kind's edits.
 */
int edits_read(struct step *step, struct error *err);

/* True for a C identifier of len bytes. */
bool is_identifier(const char *s, size_t len);

#endif
