/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The user's git repository. It is only read, but for objects that nothing
 * refers to yet, and the one transaction that makes the refs appear. Never
 * its index, its files, its config or its worktree list. Hooks do not run.
 */
#ifndef DRIVER_REPO_H
#define DRIVER_REPO_H

#include "edits.h"
#include "lib/error.h"
#include "lib/strv.h"

struct repo {
	char *dir;	/* as given */
	char *git_dir;	/* absolute: of the work tree that dir is in */
	char *scratch;	/* folder of ours for private index files */
};

/*
 * dir: any folder of a work tree, or a bare repository. -1 with what to do when it
 * is none, is refused by safe.directory, or git is missing.
 */
int repo_open(const char *dir, const char *scratch, struct repo *ret,
	      struct error *err);
void repo_release(struct repo *repo);

/* The full id of the commit, or of the tree of a commit; the caller frees. */
int repo_commit_id(const struct repo *repo, const char *rev, char **ret,
		   struct error *err);
int repo_tree_id(const struct repo *repo, const char *rev, char **ret,
		 struct error *err);

/* git describe --always --tags, the full id when nothing describes it. */
int repo_describe(const struct repo *repo, const char *rev, char **ret,
		  struct error *err);

/* Appends a file of a commit: 1, 0 when it is absent, -1. */
int repo_read(const struct repo *repo, const char *rev, const char *path,
	      struct buf *ret, struct error *err);

/* "100644": the mode of a file, which must be a plain one (else ERROR_DRIFT). */
int repo_file_mode(const struct repo *repo, const char *rev, const char *path,
		   char **ret, struct error *err);

/*
 * Appends the paths of the files of a commit in which one of the words stands as
 * a whole word, sorted; binary files are not looked into.
 */
int repo_find(const struct repo *repo, const char *rev,
	      const struct strv *words, struct strv *ret, struct error *err);

/* A word and a file that it stands in; more than once when it stands there so. */
typedef void repo_match(void *data, const char *path, const char *word);

/* Tells each place where one of the words stands, as repo_find() means it. */
int repo_matches(const struct repo *repo, const char *rev,
		 const struct strv *words, repo_match *match, void *data,
		 struct error *err);

/* Appends the paths of a commit whose last part is name, sorted. */
int repo_namesakes(const struct repo *repo, const char *rev, const char *name,
		   struct strv *ret, struct error *err);

/* Paths that differ between two commits, sorted. */
int repo_changed(const struct repo *repo, const char *old_rev,
		 const char *new_rev, struct strv *ret, struct error *err);

/* A path that differs, with what stands there before and after. */
struct repo_change {
	char *path;
	char mode[2][7]; /* "100644" as git has it; "": there is nothing */
	char *id[2];	 /* of the blob, or of the commit of a submodule */
};

struct repo_changes {
	struct repo_change *v; /* owned */
	size_t nr, alloc;
};

/* The same as repo_changed(), with modes and ids, in git's order. */
int repo_changes(const struct repo *repo, const char *old_rev,
		 const char *new_rev, struct repo_changes *ret,
		 struct error *err);
/* The one of this path; NULL. */
const struct repo_change *repo_changes_find(const struct repo_changes *list,
					    const char *path);
void repo_changes_release(struct repo_changes *list);

/* A submodule: what stands there is no file but the id of a commit elsewhere. */
#define REPO_SUBMODULE "160000"

/* "Name <mail>" by git's own rules (config, environment); an error says how to set it. */
int repo_identity(const struct repo *repo, char **ret, struct error *err);

/*
 * A commit of the changed files of edits over parent, with a private index.
 * Author and committer are identity; both dates are the parent's committer
 * date, so the same input gives the same id on every machine. *ret: its id.
 */
int repo_commit(const struct repo *repo, const char *parent,
		const struct edits *edits, const char *identity,
		const char *message, char **ret, struct error *err);

/*
 * Makes refs/heads/<branch> be commit, in one update-ref --stdin transaction.
 * Nothing to do when it is that already. A branch that is there otherwise is
 * replaced only when it stands at an id in 'known' (the tips that earlier runs of
 * ours wrote; may be NULL); one that is checked out in any worktree never.
 */
int repo_publish(const struct repo *repo, const char *branch,
		 const char *commit, const char *known, struct error *err);

/* Notes that become visible together with a branch: repo_notes.h. */
struct repo_notes {
	char *id;  /* the commit of the notes; NULL: they are there already */
	char *old; /* where the ref stands; NULL: there is none */
};

/*
 * As repo_publish(), and in the same transaction refs/notes/cocciseries. 1: the
 * branch is there and the notes are not, as git found no room for their log, or
 * another run came first; err says why.
 */
int repo_publish_noted(const struct repo *repo, const char *branch,
		       const char *commit, const char *known,
		       const struct repo_notes *notes, struct error *err);

/* What repo_publish() would refuse, before any work is done for it. */
int repo_may_publish(const struct repo *repo, const char *branch,
		     const char *commit, const char *known, struct error *err);

#endif
