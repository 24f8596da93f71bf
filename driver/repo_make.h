/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Objects that nothing refers to yet, by plumbing: what commits and notes are made
 * of. Only the repository modules include this.
 */
#ifndef DRIVER_REPO_MAKE_H
#define DRIVER_REPO_MAKE_H

#include "lib/process.h"
#include "repo.h"

/* A git that writes objects: the error says where, as git itself may not. */
int repo_make_run(const struct repo *repo, struct process *p,
		  struct error *err);

/* "@seconds zone" of the commit's committer; the caller frees. */
int repo_make_date(const struct repo *repo, const char *commit, char **ret,
		   struct error *err);

int repo_make_blob(const struct repo *repo, const struct buf *data,
		   char **ret, struct error *err);

/*
 * The tree of parent (NULL: an empty one) with the changes, as update-index
 * --index-info -z takes them, by an index file that is gone when it ends.
 */
int repo_make_tree(const struct repo *repo, const char *parent,
		   const struct buf *changes, char **ret, struct error *err);

#endif
