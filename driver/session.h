/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One run on one tree: the context that is passed down through the stages.
 * session_open() takes the lock of the tree's work folder, so that two runs do
 * not share it; the operating system drops the lock when a run, killed or not,
 * and all that it started have ended.
 *
 *	<cache>/store/			results kept by content (lib/store.h)
 *	<cache>/work/<tree>-<hash>/	one a repository: src/ (stretch.h), config/<name>/
 *					(lane.h), scratch/
 */
#ifndef DRIVER_SESSION_H
#define DRIVER_SESSION_H

#include "isolate.h"
#include "kbuild.h"
#include "lib/jobserver.h"
#include "lib/store.h"
#include "locate.h"
#include "options.h"
#include "progress.h"
#include "range.h"
#include "repo.h"
#include "report.h"
#include "scope.h"
#include "series.h"
#include "toolchain.h"

struct session {
	const struct options *options;
	struct progress progress;
	struct series series; /* all NULL where a range is verified without one */
	struct range range;   /* nr is 0: the commits are those of the series */
	struct scope scope;   /* of a range: what it has to do with */
	struct build_config *configs; /* owned: those that were asked for */
	struct toolchain *toolchains; /* owned: one for each */
	size_t nr_configs;
	struct repo repo;
	struct store store;
	struct spatch spatch;
	char *work;	 /* work folder of this tree */
	char *scratch;	 /* in it: emptied at the start */
	char *base;	 /* full id of the base commit */
	char *branch;	 /* branch to publish */
	char *tool_key;	 /* hash of this very program: another build redoes all */
	char *tools_key; /* hash of the versions of what it runs, and of the
			    environment that make reads */
	struct jobserver jobserver; /* of all configurations and stretches together */
	int lock;	 /* file descriptor; -1: not held */
	struct report report;
};

/*
 * Loads the series or looks up the range, opens tree, store and work folder,
 * starts the report.
 */
int session_open(const struct options *options, struct session *ret,
		 struct error *err);
void session_release(struct session *s);

/* A key that already holds what every result of a session depends on. */
struct store_hash *session_hash(const struct session *s, const char *what);

/* A JSON document in the store: 1, 0 when it is not there (or damaged), -1. */
int session_get(const struct session *s, const char *kind,
		const struct store_key *key, json_t **ret, struct error *err);
int session_put(const struct session *s, const char *kind,
		const struct store_key *key, json_t *document,
		struct error *err);

#endif
