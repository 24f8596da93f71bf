/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What earlier runs found out about commits: the reports that they left in the
 * results folder, and those of whole ranges, which are kept in the cache. A
 * commit is known by its full id alone, whoever asks and by whatever name.
 */
#ifndef DRIVER_EVIDENCE_H
#define DRIVER_EVIDENCE_H

#include "report.h"

/* Reports that say something of the commits that were asked for. */
struct evidence_pool {
	struct report *reports; /* owned: the newest first */
	size_t nr;
};

/* What the pool has on one commit; it owns nothing that it points to. */
struct evidence {
	const struct report_config **configs; /* owned array: each configuration
						 once, from the newest report */
	size_t nr;
	const struct report *report;	/* the newest that has the commit; NULL */
	const struct report_step *step; /* of that one */
};

/*
 * Reads the reports in <results>/<series>/<base>/ and <cache>/ranges/ that name
 * one of the commits (full ids). What cannot be read is as if it were not
 * there: an older program may have written it.
 */
void evidence_load(const char *results, const char *cache,
		   const struct strv *commits, struct evidence_pool *ret);
void evidence_pool_release(struct evidence_pool *pool);

void evidence_find(const struct evidence_pool *pool, const char *commit,
		   struct evidence *ret);
void evidence_release(struct evidence *evidence);

/*
 * Keeps the report of a range in the cache. One that was limited to some paths or
 * squashed is about commits that nobody has, and is not kept.
 */
int evidence_keep(const char *cache, const struct report *report,
		  struct error *err);

#endif
