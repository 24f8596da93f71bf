/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How git is run on a repository that is not ours. Only the repository and
 * checkout modules include this; all others use repo.h.
 *
 * Every command has GIT_DIR set, an index file of ours (or none at all), no
 * hooks, no optional locks, no content conversion, and none of the variables
 * that a hook or an alias of the user's hands down.
 */
#ifndef DRIVER_REPO_GIT_H
#define DRIVER_REPO_GIT_H

#include "lib/process.h"
#include "repo.h"

/*
 * Fills p with "git" and its safe options; the caller appends the command.
 * index: the private index file; NULL for a command that must not use one.
 */
void repo_git(const struct repo *repo, const char *index, struct process *p);

/* Sets the environment alone, for a git that finds its own repository. */
void repo_git_environment(struct process *p);

/* Runs it; -1 when it could not run or its status is not 0. */
int repo_git_run(struct process *p, struct error *err);

/* A copy of stdout's first line, without the newline; the caller frees. */
char *repo_git_line(const struct process *p);

/*
 * Calls match() for each hit that git grep -z wrote to p->out, which is cut into
 * strings by that: "REV:path", a zero, the text. skip: bytes of "REV:".
 */
void repo_git_hits(struct process *p, size_t skip, repo_match *match,
		   void *data);

/* One answer of git cat-file --batch or --batch-check. */
struct repo_object {
	bool missing;	  /* no such object, or the name is ambiguous */
	char *id;	  /* owned; NULL when missing */
	char *type;	  /* owned: "blob", "tree", "commit"; NULL when missing */
	const char *data; /* the bytes, in the process' output; --batch only */
	size_t len;	  /* their number */
};

/*
 * Reads the answer at *pos of p->out and moves *pos behind it; with_data says
 * that it came from --batch. -1 when git's output ends too early.
 */
int repo_object_next(const struct process *p, size_t *pos, bool with_data,
		     struct repo_object *ret, struct error *err);
void repo_object_release(struct repo_object *object);

#endif
