/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was found out about a file, kept for as long as the file stays the same
 * by its size, times and inode: so that a run need not read 60 MB of headers
 * to learn that none changed.
 *
 * A file that changed in the same clock tick in which the cache was saved may
 * look the same and not be: such entries do not count when they are read back.
 */
#ifndef DRIVER_STATCACHE_H
#define DRIVER_STATCACHE_H

#include <sys/stat.h>
#include <time.h>

#include "lib/error.h"

struct statcache_entry;

struct statcache {
	struct statcache_entry *table; /* by path */
	struct timespec saved;	       /* when the file that was loaded was saved */
};

#define STATCACHE_INIT { NULL, { 0, 0 } }

/* Reads what statcache_save() wrote; an absent or damaged file is an empty cache. */
void statcache_load(struct statcache *c, const char *file);

/* The value of the path if the file is still the one st describes; else NULL. */
const char *statcache_get(const struct statcache *c, const char *path,
			  const struct stat *st);

/* Neither path nor value may hold a tab or newline: such an entry is not kept. */
void statcache_set(struct statcache *c, const char *path,
		   const struct stat *st, const char *value);

int statcache_save(const struct statcache *c, const char *file,
		   struct error *err);
void statcache_release(struct statcache *c);

#endif
