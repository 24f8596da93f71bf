// SPDX-License-Identifier: GPL-2.0-only
/*
 * One commit by plumbing: the parent's tree is read into an index of ours, the
 * changed files are written as objects and put into it, and its tree becomes a
 * commit. Nothing refers to it until repo_publish().
 *
 * Bytes are hashed from stdin without a path, so no attribute or filter can
 * change them. Both dates are the parent's: the id depends on nothing else.
 */
#define _GNU_SOURCE
#include "repo_git.h"
#include "repo_make.h"
#include "repo_range.h"
#include "lib/fs.h"

#include <unistd.h>

#define MODE_FILE "100644"
#define MODE_GONE "0" /* update-index --index-info: the path leaves */

/* The committer line of a raw commit ends in seconds and a zone. */
int repo_make_date(const struct repo *repo, const char *parent, char **ret,
		   struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	const char *line, *end;

	repo_git(repo, NULL, &p);
	process_args(&p, "cat-file", "commit", parent, NULL);
	if (repo_git_run(&p, err))
		return -1;
	line = strstr(p.out.data, "\ncommitter ");
	end = line ? strchr(line + 1, '\n') : NULL;
	while (end && end > line && *end != '>')
		end--;
	if (!end || *end != '>')
		return error_set(err, ERROR_SYSTEM,
				 "commit %s has no committer", parent);
	*ret = xasprintf("@%.*s", (int)strcspn(end + 2, "\n"), end + 2);
	return 0;
}

/* A program that writes objects: git itself does not always say where. */
int repo_make_run(const struct repo *repo, struct process *p,
		  struct error *err)
{
	if (!repo_git_run(p, err))
		return 0;
	return error_prefix(err, "cannot write objects into %s",
			    repo->git_dir);
}

int repo_make_blob(const struct repo *repo, const struct buf *data,
		   char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "hash-object", "-w", "-t", "blob", "--no-filters",
		     "--stdin", NULL);
	p.input = data->data;
	p.input_len = data->len;
	if (repo_make_run(repo, &p, err))
		return -1;
	*ret = repo_git_line(&p);
	return 0;
}

static int mode_of_edit(const struct repo *repo, const char *parent,
			const struct edit *edit, char **ret, struct error *err)
{
	if (edit->is_new && !edit->mode_of) {
		*ret = xstrdup(MODE_FILE);
		return 0;
	}
	return repo_file_mode(repo, parent,
			      edit->mode_of ? edit->mode_of : edit->path, ret,
			      err);
}

/* Appends "mode blob<TAB>path" of a changed file. */
static int write_edit(const struct repo *repo, const char *parent,
		      const struct edit *edit, struct buf *ret,
		      struct error *err)
{
	_cleanup_free_ char *mode = NULL, *id = NULL;

	if (fs_check_inside(edit->path, err))
		return -1;
	if (edit->is_gone) {
		mode = xstrdup(MODE_GONE);
		id = xasprintf("%0*d", (int)strlen(parent), 0);
	} else if (mode_of_edit(repo, parent, edit, &mode, err) ||
		   repo_make_blob(repo, &edit->data, &id, err)) {
		return -1;
	}
	buf_addf(ret, "%s %s\t%s", mode, id, edit->path);
	buf_add(ret, "", 1); /* update-index -z */
	return 0;
}

/* Adds a line for each changed file. */
static int write_blobs(const struct repo *repo, const char *parent,
		       const struct edits *edits, struct buf *ret,
		       struct error *err)
{
	for (size_t i = 0; i < edits->nr; i++)
		if (edit_changed(edits->v[i]) &&
		    write_edit(repo, parent, edits->v[i], ret, err))
			return -1;
	return 0;
}

static int write_tree(const struct repo *repo, const char *index,
		      const char *parent, const struct buf *changes, char **ret,
		      struct error *err)
{
	_cleanup_(process_release) struct process read = PROCESS_INIT;
	_cleanup_(process_release) struct process update = PROCESS_INIT;
	_cleanup_(process_release) struct process write = PROCESS_INIT;

	repo_git(repo, index, &read);
	process_args(&read, "read-tree", parent ? parent : "--empty", NULL);
	repo_git(repo, index, &update);
	process_args(&update, "update-index", "-z", "--index-info", NULL);
	update.input = changes->data;
	update.input_len = changes->len;
	repo_git(repo, index, &write);
	process_args(&write, "write-tree", NULL);
	if (repo_git_run(&read, err) || repo_git_run(&update, err) ||
	    repo_make_run(repo, &write, err))
		return -1;
	*ret = repo_git_line(&write);
	return 0;
}

/* "Name <mail>" as the variables git wants; -1 when it is not that. */
static int set_identity(struct process *p, const char *identity,
			struct error *err)
{
	static const char *const roles[] = { "AUTHOR", "COMMITTER" };
	const char *open = strrchr(identity, '<');
	const char *close = open ? strchr(open, '>') : NULL;
	const char *end = open;

	if (!close || close[1] || open == identity || close == open + 1)
		return error_set(err, ERROR_INPUT,
				 "'%s' is no identity: Name <mail>", identity);
	while (end > identity && end[-1] == ' ')
		end--;
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		strv_addf(&p->env, "GIT_%s_NAME=%.*s", roles[i],
			  (int)(end - identity), identity);
		strv_addf(&p->env, "GIT_%s_EMAIL=%.*s", roles[i],
			  (int)(close - open - 1), open + 1);
	}
	return 0;
}

static int commit_tree(const struct repo *repo, const char *tree,
		       const char *parent, const char *identity,
		       const char *message, char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *date = NULL;

	if (repo_make_date(repo, parent, &date, err))
		return -1;
	repo_git(repo, NULL, &p);
	process_args(&p, "commit-tree", "--no-gpg-sign", tree, "-p", parent,
		     "-F", "-", NULL);
	strv_addf(&p.env, "GIT_AUTHOR_DATE=%s", date);
	strv_addf(&p.env, "GIT_COMMITTER_DATE=%s", date);
	p.input = message;
	p.input_len = strlen(message);
	if (set_identity(&p, identity, err) || repo_make_run(repo, &p, err))
		return -1;
	*ret = repo_git_line(&p);
	return 0;
}

/* write_tree() with an index file that is gone when it ends. */
int repo_make_tree(const struct repo *repo, const char *parent,
		   const struct buf *changes, char **ret, struct error *err)
{
	_cleanup_free_ char *index = xasprintf("%s/commit-index.%ld",
					       repo->scratch, (long)getpid());
	int failed = write_tree(repo, index, parent, changes, ret, err);

	unlink(index);
	return failed;
}

int repo_commit(const struct repo *repo, const char *parent,
		const struct edits *edits, const char *identity,
		const char *message, char **ret, struct error *err)
{
	_cleanup_(buf_release) struct buf changes = BUF_INIT;
	_cleanup_free_ char *parent_id = NULL, *tree = NULL;

	if (repo_commit_id(repo, parent, &parent_id, err) ||
	    write_blobs(repo, parent_id, edits, &changes, err) ||
	    repo_make_tree(repo, parent_id, &changes, &tree, err))
		return -1;
	return commit_tree(repo, tree, parent_id, identity, message, ret, err);
}

/* ":old-mode new-mode old-id new-id status" and the path, as update-index has it. */
static int take_change(const char *entry, const char *path, struct buf *ret,
		       struct error *err)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	const char *mode;

	strv_split(&words, entry, " ");
	if (words.nr != 5)
		return error_set(err, ERROR_SYSTEM,
				 "git diff-tree printed '%s'", entry);
	mode = words.v[1];
	if (!strncmp(mode, "000000", 6))
		mode = MODE_GONE;
	buf_addf(ret, "%s %s\t%s", mode, words.v[3], path);
	buf_add(ret, "", 1);
	return 0;
}

int repo_narrow(const struct repo *repo, const char *parent,
		const char *old_id, const char *new_id,
		const struct strv *pathspecs, const char *message, char **ret,
		struct error *err)
{
	static const char nobody[] = "cocciseries <cocciseries@localhost>";
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(buf_release) struct buf changes = BUF_INIT;
	_cleanup_free_ char *tree = NULL;

	repo_git(repo, NULL, &p);
	process_args(&p, "diff-tree", "-r", "-z", "--raw", "--no-renames",
		     "--no-abbrev", old_id, new_id, "--", NULL);
	strv_add_list(&p.argv, pathspecs);
	if (repo_git_run(&p, err))
		return -1;
	for (size_t pos = 0; pos < p.out.len;) {
		const char *entry = p.out.data + pos;
		const char *path = entry + strlen(entry) + 1;

		if (take_change(entry, path, &changes, err))
			return -1;
		pos = (size_t)(path + strlen(path) + 1 - p.out.data);
	}
	*ret = NULL;
	if (!changes.len)
		return 0;
	if (repo_make_tree(repo, parent, &changes, &tree, err))
		return -1;
	return commit_tree(repo, tree, parent, nobody, message, ret, err);
}
