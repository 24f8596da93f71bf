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

/* What the notes shall be, and what is there of it. */
struct noting {
	const struct strv *ids, *texts;
	struct strv blobs; /* of the texts */
	bool *right;	   /* owned: one each; it is there already */
	struct buf changes;
};

static void noting_release(struct noting *n)
{
	strv_release(&n->blobs);
	free(n->right);
	buf_release(&n->changes);
}

/* Names the objects; where all is there nothing needs be written. */
static int name_blobs(const struct repo *repo, struct noting *n,
		      struct error *err)
{
	for (size_t i = 0; i < n->ids->nr; i++) {
		_cleanup_(process_release) struct process p = PROCESS_INIT;
		_cleanup_free_ char *id = NULL;

		repo_git(repo, NULL, &p);
		process_args(&p, "hash-object", "-t", "blob", "--no-filters",
			     "--stdin", NULL);
		p.input = n->texts->v[i];
		p.input_len = strlen(p.input);
		if (repo_git_run(&p, err))
			return -1;
		id = repo_git_line(&p);
		strv_add(&n->blobs, id);
	}
	return 0;
}

/* "100644 blob ID", and the path of a note that is there. */
static void take_old(struct noting *n, const char *entry, const char *path)
{
	_cleanup_free_ char *id = noted(path);
	size_t i = strv_find(n->ids, id);
	const char *blob = strrchr(entry, ' ');

	if (i == n->ids->nr)
		return;
	if (!n->right[i] && blob && !strncmp(blob + 1, n->blobs.v[i],
					     strlen(n->blobs.v[i]))) {
		n->right[i] = true;
		return;
	}
	buf_addf(&n->changes, "0 %0*d\t%s", (int)strlen(id), 0, path);
	buf_add(&n->changes, "", 1);
}

static int look_at_old(const struct repo *repo, const char *old,
		       struct noting *n, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "ls-tree", "-r", "-z", "--full-tree", old, NULL);
	if (repo_git_run(&p, err))
		return -1;
	for (size_t pos = 0; pos < p.out.len;) {
		char *entry = p.out.data + pos;
		char *tab = strchr(entry, '\t');

		pos += strlen(entry) + 1;
		if (!tab)
			continue;
		*tab = '\0';
		take_old(n, entry, tab + 1);
	}
	return 0;
}

static int add_new(const struct repo *repo, struct noting *n,
		   struct error *err)
{
	for (size_t i = 0; i < n->ids->nr; i++) {
		_cleanup_free_ char *blob = NULL;
		const struct buf text = { .data = n->texts->v[i],
					  .len = strlen(n->texts->v[i]) };

		if (n->right[i])
			continue;
		if (repo_make_blob(repo, &text, &blob, err))
			return -1;
		buf_addf(&n->changes, "100644 %s\t%s", blob, n->ids->v[i]);
		buf_add(&n->changes, "", 1);
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
	if (repo_make_run(repo, &p, err))
		return -1;
	*ret = repo_git_line(&p);
	return 0;
}

static int make(const struct repo *repo, struct noting *n,
		struct repo_notes *ret, struct error *err)
{
	_cleanup_free_ char *tree = NULL;

	if (name_blobs(repo, n, err) ||
	    (ret->old && look_at_old(repo, ret->old, n, err)) ||
	    add_new(repo, n, err))
		return -1;
	if (!n->changes.len)
		return 0;
	return repo_make_tree(repo, ret->old, &n->changes, &tree, err) ||
			       commit(repo, tree, ret->old,
				      n->ids->v[n->ids->nr - 1], &ret->id, err) ?
		       -1 :
		       0;
}

int repo_notes_make(const struct repo *repo, const struct strv *ids,
		    const struct strv *texts, struct repo_notes *ret,
		    struct error *err)
{
	_cleanup_(noting_release) struct noting n = {
		.ids = ids, .texts = texts, .changes = BUF_INIT,
		.right = xcalloc(ids->nr + 1, sizeof(*n.right)),
	};

	*ret = (struct repo_notes){ 0 };
	if (!ids->nr)
		return 0;
	/* There may be none yet. */
	repo_commit_id(repo, REPO_NOTES_REF, &ret->old, NULL);
	if (!make(repo, &n, ret, err))
		return 0;
	repo_notes_release(ret);
	return -1;
}

void repo_notes_release(struct repo_notes *notes)
{
	free(notes->id);
	free(notes->old);
	*notes = (struct repo_notes){ 0 };
}
