// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading the user's repository. Names of commits and files go to git on stdin
 * of cat-file, never as arguments: there is then nothing that a name could be
 * mistaken for, and "absent" is an answer, not an exit status.
 *
 * GIT_DIR is the folder of the work tree that was named (of a linked work tree
 * its own folder, from which git finds the common one), so that HEAD means
 * what the user sees there.
 */
#define _GNU_SOURCE
#include "repo_git.h"
#include "lib/fs.h"
#include "machine.h"

#define DESCRIBE_DIGITS "12" /* git's own choice grows with the repository */

/* The folder to allow is the repository's top, in words that a shell takes. */
static int is_anothers(const char *dir, const char *said, struct error *err)
{
	static const char before[] = "--add safe.directory ";
	const char *top = strstr(said, before);

	top = top ? top + strlen(before) : dir;
	return error_set(err, ERROR_INPUT,
			 "the repository in %s belongs to another user: git "
			 "config --global --add safe.directory %.*s allows it",
			 dir, (int)strcspn(top, "\n"), top);
}

static int cannot_open(const char *dir, const struct process *p,
		       struct error *err)
{
	if (strstr(p->err.data, "dubious ownership"))
		return is_anothers(dir, p->err.data, err);
	if (strstr(p->err.data, "not a git repository"))
		return error_set(err, ERROR_INPUT,
				 "%s is in no git repository: name one with "
				 "--tree, or make one of it (git init, git add "
				 "-A, git commit)", dir);
	process_check(p, err);
	return error_prefix(err, "cannot use the repository in %s", dir);
}

int repo_open(const char *dir, const char *scratch, struct repo *ret,
	      struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	if (!fs_is_dir(dir))
		return error_set(err, ERROR_INPUT, "there is no folder %s",
				 dir);
	if (fs_mkdirs(scratch, err))
		return -1;
	process_args(&p, "git", "-c", "core.fsmonitor=false", "rev-parse",
		     "--absolute-git-dir", NULL);
	repo_git_environment(&p);
	p.dir = dir;
	if (process_run(&p, err))
		return -1;
	if (p.status)
		return cannot_open(dir, &p, err);
	if (strchr(p.out.data, '\n') != p.out.data + p.out.len - 1)
		return error_set(err, ERROR_INPUT,
				 "the path of the repository in %s has a newline "
				 "in it: give the folder another name", dir);
	ret->dir = xstrdup(dir);
	ret->git_dir = repo_git_line(&p);
	ret->scratch = realpath(scratch, NULL);
	return ret->scratch ? 0 : error_errno(err, "cannot use %s", scratch);
}

void repo_release(struct repo *repo)
{
	free(repo->dir);
	free(repo->git_dir);
	free(repo->scratch);
	*repo = (struct repo){ 0 };
}

/* The id of rev, peeled to type ("commit", "tree"). */
static int resolve(const struct repo *repo, const char *rev, const char *type,
		   char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(repo_object_release) struct repo_object object = { 0 };
	_cleanup_free_ char *name = xasprintf("%s^{%s}\n", rev, type);
	size_t pos = 0;

	repo_git(repo, NULL, &p);
	process_args(&p, "cat-file", "--batch-check", NULL);
	p.input = name;
	p.input_len = strlen(name);
	if (repo_git_run(&p, err) ||
	    repo_object_next(&p, &pos, false, &object, err))
		return -1;
	if (object.missing || strpbrk(rev, "\n"))
		return error_set(err, ERROR_INPUT, "%s has no %s '%s'",
				 repo->dir, type, rev);
	*ret = xstrdup(object.id);
	return 0;
}

int repo_commit_id(const struct repo *repo, const char *rev, char **ret,
		   struct error *err)
{
	return resolve(repo, rev, "commit", ret, err);
}

int repo_tree_id(const struct repo *repo, const char *rev, char **ret,
		 struct error *err)
{
	return resolve(repo, rev, "tree", ret, err);
}

int repo_describe(const struct repo *repo, const char *rev, char **ret,
		  struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *id = NULL;

	if (repo_commit_id(repo, rev, &id, err))
		return -1;
	repo_git(repo, NULL, &p);
	process_args(&p, "describe", "--tags", "--abbrev=" DESCRIBE_DIGITS, id,
		     NULL);
	if (process_run(&p, err) || machine_check(&p, err))
		return -1;
	*ret = p.status ? xstrdup(id) : repo_git_line(&p);
	return 0;
}

/* The second answer to a question for the tree and for a file in it. */
static int take_file(const struct repo *repo, const struct process *p,
		     const char *rev, const char *path, struct buf *ret,
		     struct error *err)
{
	_cleanup_(repo_object_release) struct repo_object tree = { 0 };
	_cleanup_(repo_object_release) struct repo_object file = { 0 };
	size_t pos = 0;

	if (repo_object_next(p, &pos, true, &tree, err))
		return -1;
	if (tree.missing)
		return error_set(err, ERROR_INPUT, "%s has no commit '%s'",
				 repo->dir, rev);
	if (repo_object_next(p, &pos, true, &file, err))
		return -1;
	if (file.missing)
		return 0;
	if (!streq(file.type, "blob"))
		return error_set(err, ERROR_INPUT, "%s is a %s, not a file",
				 path, file.type);
	buf_add(ret, file.data, file.len);
	return 1;
}

int repo_read(const struct repo *repo, const char *rev, const char *path,
	      struct buf *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *names = NULL;

	if (fs_check_inside(path, err))
		return -1;
	names = xasprintf("%s^{tree}\n%s:%s\n", rev, rev, path);
	repo_git(repo, NULL, &p);
	process_args(&p, "cat-file", "--batch", NULL);
	p.input = names;
	p.input_len = strlen(names);
	if (repo_git_run(&p, err))
		return -1;
	return take_file(repo, &p, rev, path, ret, err);
}

int repo_file_mode(const struct repo *repo, const char *rev, const char *path,
		   char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "ls-tree", "-z", "--full-tree", rev, "--", path,
		     NULL);
	if (repo_git_run(&p, err))
		return -1;
	if (!starts_with(p.out.data, "100"))
		return error_set(err, ERROR_DRIFT,
				 "%s is not a plain file in commit %.12s", path,
				 rev);
	*ret = xstrndup(p.out.data, strcspn(p.out.data, " "));
	return 0;
}

/* git grep for whole words; what: "-l" for paths, "-o" for each match. */
static int grep(const struct repo *repo, const char *id, const char *what,
		const struct strv *words, struct process *p, struct error *err)
{
	repo_git(repo, NULL, p);
	process_args(p, "grep", "-z", "-I", "--fixed-strings", "--word-regexp",
		     "--full-name", "--color=never", "--no-line-number",
		     "--no-column", what, NULL);
	for (size_t i = 0; i < words->nr; i++)
		process_args(p, "-e", words->v[i], NULL);
	strv_add(&p->argv, id);
	if (process_run(p, err))
		return -1;
	if (p->status == 1 && !p->out.len) /* nothing found */
		return 0;
	return process_check(p, err);
}

int repo_find(const struct repo *repo, const char *rev,
	      const struct strv *words, struct strv *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *id = NULL;
	size_t skip;

	if (!words->nr)
		return 0;
	if (repo_commit_id(repo, rev, &id, err) ||
	    grep(repo, id, "-l", words, &p, err))
		return -1;
	skip = strlen(id) + strlen(":");
	for (size_t pos = 0; pos + skip < p.out.len;
	     pos += strlen(p.out.data + pos) + 1)
		strv_add(ret, p.out.data + pos + skip);
	strv_sort(ret);
	return 0;
}

/* "commit:path", NUL, "word", newline. */
int repo_matches(const struct repo *repo, const char *rev,
		 const struct strv *words, repo_match *match, void *data,
		 struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *id = NULL;
	size_t skip;

	if (!words->nr)
		return 0;
	if (repo_commit_id(repo, rev, &id, err) ||
	    grep(repo, id, "-o", words, &p, err))
		return -1;
	skip = strlen(id) + strlen(":");
	repo_git_hits(&p, skip, match, data);
	return 0;
}

int repo_namesakes(const struct repo *repo, const char *rev, const char *name,
		   struct strv *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *id = NULL;

	if (repo_commit_id(repo, rev, &id, err))
		return -1;
	repo_git(repo, NULL, &p);
	process_args(&p, "ls-tree", "-r", "-z", "--name-only", "--full-tree",
		     id, NULL);
	if (repo_git_run(&p, err))
		return -1;
	for (size_t pos = 0; pos < p.out.len;
	     pos += strlen(p.out.data + pos) + 1)
		if (streq(fs_basename(p.out.data + pos), name))
			strv_add(ret, p.out.data + pos);
	strv_sort(ret);
	return 0;
}

static int diff_trees(const struct repo *repo, const char *old_rev,
		      const char *new_rev, const char *format,
		      struct process *p, struct error *err)
{
	_cleanup_free_ char *old_id = NULL, *new_id = NULL;

	if (repo_commit_id(repo, old_rev, &old_id, err) ||
	    repo_commit_id(repo, new_rev, &new_id, err))
		return -1;
	repo_git(repo, NULL, p);
	process_args(p, "diff-tree", "-r", "-z", format, "--no-renames", old_id,
		     new_id, NULL);
	return repo_git_run(p, err);
}

int repo_changed(const struct repo *repo, const char *old_rev,
		 const char *new_rev, struct strv *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	if (diff_trees(repo, old_rev, new_rev, "--name-only", &p, err))
		return -1;
	for (size_t pos = 0; pos < p.out.len;
	     pos += strlen(p.out.data + pos) + 1)
		strv_add(ret, p.out.data + pos);
	strv_sort(ret);
	return 0;
}

/* ":100644 100755 ID ID M" and then the path. */
static int take_change(const char *entry, const char *path,
		       struct repo_changes *ret, struct error *err)
{
	static const char absent[] = "000000";
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	struct repo_change *change;

	strv_split(&words, entry, ": ");
	if (words.nr != 5 || strlen(words.v[0]) != strlen(absent) ||
	    strlen(words.v[1]) != strlen(absent))
		return error_set(err, ERROR_SYSTEM,
				 "git diff-tree answered '%s'", entry);
	ARRAY_GROW(ret->v, ret->nr, ret->alloc);
	change = &ret->v[ret->nr++];
	*change = (struct repo_change){ .path = xstrdup(path) };
	for (int after = 0; after < 2; after++) {
		change->id[after] = xstrdup(words.v[2 + after]);
		if (!streq(words.v[after], absent))
			strcpy(change->mode[after], words.v[after]);
	}
	return 0;
}

int repo_changes(const struct repo *repo, const char *old_rev,
		 const char *new_rev, struct repo_changes *ret,
		 struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	if (diff_trees(repo, old_rev, new_rev, "--raw", &p, err))
		return -1;
	for (size_t pos = 0; pos < p.out.len;) {
		const char *entry = p.out.data + pos;
		const char *path = entry + strlen(entry) + 1;

		pos = path - p.out.data;
		if (pos >= p.out.len)
			break;
		if (take_change(entry, path, ret, err))
			return -1;
		pos += strlen(path) + 1;
	}
	return 0;
}

const struct repo_change *repo_changes_find(const struct repo_changes *list,
					    const char *path)
{
	for (size_t i = 0; i < list->nr; i++)
		if (streq(list->v[i].path, path))
			return &list->v[i];
	return NULL;
}

void repo_changes_release(struct repo_changes *list)
{
	for (size_t i = 0; i < list->nr; i++) {
		free(list->v[i].path);
		free(list->v[i].id[0]);
		free(list->v[i].id[1]);
	}
	free(list->v);
	*list = (struct repo_changes){ 0 };
}

/*
 * Committer, not author: it is who runs this. git would make up a name from
 * the host's when none is set, which differs on every machine: forbidden here.
 */
int repo_identity(const struct repo *repo, char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	const char *end;

	repo_git(repo, NULL, &p);
	process_args(&p, "-c", "user.useConfigOnly=true", "var",
		     "GIT_COMMITTER_IDENT", NULL);
	if (process_run(&p, err) || machine_check(&p, err))
		return -1;
	end = p.status ? NULL : strrchr(p.out.data, '>');
	if (!end)
		return error_set(err, ERROR_INPUT,
				 "git does not know who you are: run git config "
				 "--global user.name \"Your Name\" and git config "
				 "--global user.email you@example.org");
	*ret = xstrndup(p.out.data, (size_t)(end + 1 - p.out.data));
	return 0;
}
