/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The private work folder: the files of one commit that a build reads, in the
 * cache, with an index of its own. Moving it to another commit writes only the
 * files that differ, so kbuild's mtimes stay true.
 */
#ifndef DRIVER_CHECKOUT_H
#define DRIVER_CHECKOUT_H

#include "lib/error.h"
#include "repo.h"

struct checkout {
	const struct repo *repo;
	char *dir;	/* the source folder */
	struct strv folders; /* "fs/ext4/": read as well; the caller's to fill */
	char *index;	/* path of the private index: which blob each file holds */
};

/* Nothing is checked out yet, or what an earlier run left is taken over. */
int checkout_open(const struct repo *repo, const char *dir,
		  struct checkout *ret, struct error *err);

/*
 * Makes the folder hold exactly the commit's files (of those a build of x86 KVM
 * reads: facts/bases.md, and those of 'folders'; everything in trees under 5,000
 * files). A folder that a
 * kill left half-way, or that somebody edited, is mended.
 */
int checkout_move(struct checkout *c, const char *commit, struct error *err);

void checkout_release(struct checkout *c);

#endif
