// SPDX-License-Identifier: GPL-2.0-only
/*
 * A notes tree has a file for each commit, called by its id, and where there are
 * many of them git puts slashes into the names. Ours go to the top, which git
 * reads as well; what it had of the same commit, wherever, goes.
 */
#define _GNU_SOURCE
#include "repo_notes.h"

#include "repo_git.h"
#include "repo_make.h"

/* The id that the path of a note spells; the caller frees. */
static char *noted(const char *path)
{
	struct buf id = BUF_INIT;

	for (; *path; path++)
		if (*path != '/')
			buf_addch(&id, *path);
	return buf_detach(&id);
}

static int drop_old(const struct repo *repo, const char *old,
		    const struct strv *ids, struct buf *changes,
		    struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "ls-tree", "-r", "-z", "--name-only", "--full-tree",
		     old, NULL);
	if (repo_git_run(&p, err))
		return -1;
	for (size_t pos = 0; pos < p.out.len;) {
		const char *path = p.out.data + pos;
		_cleanup_free_ char *id = noted(path);

		if (strv_has(ids, id)) {
			buf_addf(changes, "0 %0*d\t%s", (int)strlen(id), 0,
				 path);
			buf_add(changes, "", 1);
		}
		pos += strlen(path) + 1;
	}
	return 0;
}

static int add_new(const struct repo *repo, const struct strv *ids,
		   const struct strv *texts, struct buf *changes,
		   struct error *err)
{
	for (size_t i = 0; i < ids->nr; i++) {
		_cleanup_free_ char *blob = NULL;
		const struct buf text = { .data = texts->v[i],
					  .len = strlen(texts->v[i]) };

		if (repo_make_blob(repo, &text, &blob, err))
			return -1;
		buf_addf(changes, "100644 %s\t%s", blob, ids->v[i]);
		buf_add(changes, "", 1);
	}
	return 0;
}

static int commit(const struct repo *repo, const char *tree, const char *old,
		  const char *dated, char **ret, struct error *err)
{
	static const char *const roles[] = { "AUTHOR", "COMMITTER" };
	static const char message[] = "Verdicts of cocciseries\n";
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *date = NULL;

	if (repo_make_date(repo, dated, &date, err))
		return -1;
	repo_git(repo, NULL, &p);
	process_args(&p, "commit-tree", "--no-gpg-sign", tree, "-F", "-", NULL);
	if (old)
		process_args(&p, "-p", old, NULL);
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		strv_addf(&p.env, "GIT_%s_NAME=cocciseries", roles[i]);
		strv_addf(&p.env, "GIT_%s_EMAIL=cocciseries@localhost",
			  roles[i]);
		strv_addf(&p.env, "GIT_%s_DATE=%s", roles[i], date);
	}
	p.input = message;
	p.input_len = strlen(message);
	if (repo_git_run(&p, err))
		return -1;
	*ret = repo_git_line(&p);
	return 0;
}

int repo_notes_make(const struct repo *repo, const struct strv *ids,
		    const struct strv *texts, struct repo_notes *ret,
		    struct error *err)
{
	_cleanup_(buf_release) struct buf changes = BUF_INIT;
	_cleanup_free_ char *tree = NULL, *old_tree = NULL;

	*ret = (struct repo_notes){ 0 };
	if (!ids->nr)
		return 0;
	/* There may be none yet. */
	repo_commit_id(repo, REPO_NOTES_REF, &ret->old, NULL);
	if ((ret->old &&
	     (drop_old(repo, ret->old, ids, &changes, err) ||
	      repo_tree_id(repo, ret->old, &old_tree, err))) ||
	    add_new(repo, ids, texts, &changes, err) ||
	    repo_make_tree(repo, ret->old, &changes, &tree, err))
		goto failed;
	if (old_tree && streq(tree, old_tree))
		return 0;
	if (commit(repo, tree, ret->old, ids->v[ids->nr - 1], &ret->id, err))
		goto failed;
	return 0;
failed:
	repo_notes_release(ret);
	return -1;
}

void repo_notes_release(struct repo_notes *notes)
{
	free(notes->id);
	free(notes->old);
	*notes = (struct repo_notes){ 0 };
}
