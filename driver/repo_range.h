/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ranges of commits of the user's repository, as repo.h: it is only read, but
 * for objects that nothing refers to. All names of commits are full ids, as
 * repo_commit_id() gives them, but for repo_range()'s.
 */
#ifndef DRIVER_REPO_RANGE_H
#define DRIVER_REPO_RANGE_H

#include "repo.h"

/*
 * Ids of the commits base..tip, oldest first. -1 when base is no ancestor or a
 * merge is among them.
 */
int repo_range(const struct repo *repo, const char *base, const char *tip,
	       struct strv *ret, struct error *err);

/*
 * Ids of the commits that 'to' has and 'from' has not, oldest first, and the
 * commit that they stand on (NULL when there are none). -1 when a merge or a root
 * is among them.
 */
int repo_line(const struct repo *repo, const char *from, const char *to,
	      struct strv *ret, char **ret_base, struct error *err);

/* Of a line of commits, those that change a path that matches; in no order. */
int repo_touching(const struct repo *repo, const char *from, const char *to,
		  const struct strv *pathspecs, struct strv *ret,
		  struct error *err);

/* The best common ancestor; *ret is NULL when there is none. */
int repo_merge_base(const struct repo *repo, const char *a, const char *b,
		    char **ret, struct error *err);

/*
 * The nearest ancestor of the commit that 'git bisect' knows as good (or old, or
 * what it was told to call it); *ret is NULL when there is none.
 */
int repo_bisect_good(const struct repo *repo, const char *id, char **ret,
		     struct error *err);

/* The first line of the message. */
int repo_subject(const struct repo *repo, const char *id, char **ret,
		 struct error *err);

/* What HEAD's branch follows: "origin/master". -1, and what to do, if nothing. */
int repo_upstream(const struct repo *repo, char **ret, struct error *err);

/* All paths of a commit, sorted. */
int repo_paths(const struct repo *repo, const char *rev, struct strv *ret,
	       struct error *err);

/* A line that may be an #include line, and the .c, .h or .S file it is in. */
typedef void repo_line_found(void *data, const char *path, const char *line);

/* Tells each of them in a commit. */
int repo_include_lines(const struct repo *repo, const char *rev,
		       repo_line_found *found, void *data, struct error *err);

/* The top of the work tree; *ret is NULL when the repository has none. */
int repo_top(const struct repo *repo, char **ret, struct error *err);

/*
 * A commit over parent that changes only what the matching paths did from old_id
 * to new_id, and has the message; its id depends on nothing else. *ret is NULL
 * when no such path was changed.
 */
int repo_narrow(const struct repo *repo, const char *parent,
		const char *old_id, const char *new_id,
		const struct strv *pathspecs, const char *message, char **ret,
		struct error *err);

#endif
