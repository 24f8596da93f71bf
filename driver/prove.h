/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One commit in one configuration, built both ways, and the ladder run between
 * two of these.
 */
#ifndef DRIVER_PROVE_H
#define DRIVER_PROVE_H

#include "contract.h"
#include "isolate.h"
#include "report.h"

/* A side of a step: what one commit gives in one configuration. */
struct built {
	const struct build_result *build; /* borrowed */
	struct isolated *units; /* owned: isolation builds of the touched units */
	size_t nr;
	struct strv stock;	/* copies of the touched units' stock objects */
	struct strv generated;	/* "path\tcontent key" of generated files read */
	struct strv commands;	/* "source\tcompiler command" of every unit */
	bool clang, by_clang;	/* there is one to make IR; it is the build's, too */
	struct strv globals;	/* "name\tobject" of watched names that are global */
};

/*
 * Builds a side: isolates the units that read a touched path, and copies their
 * stock objects into keep, since the next build overwrites them; looks in all
 * stock objects for the names in watch (may be NULL). The tree must stand at
 * that commit, built.
 */
int built_make(const struct isolation *iso, const struct build_result *build,
	       const struct strv *touched, const struct strv *watch,
	       const char *keep, struct built *ret,
	       struct isolation_stats *stats, struct error *err);
void built_release(struct built *built);

/* Runs every rung between the sides and fills the row (its name is set). */
int prove(const struct step_texts *texts, const struct built *before,
	  const struct built *after, struct report_config *row,
	  struct error *err);

/*
 * Once the rows of all nr configurations are proven: changed code that none of
 * them compiles is added to their token rungs as undecided.
 */
int prove_compiled(const struct step_texts *texts, const struct built *before,
		   const struct built *after, size_t nr,
		   struct report_config *rows, struct error *err);

#endif
