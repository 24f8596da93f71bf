// SPDX-License-Identifier: GPL-2.0-only
/*
 * The one write that the user sees: a branch. What stands there and is not
 * ours is never replaced, and a branch that some work tree has checked out
 * never moves under its files. git compares the old value once more when it
 * takes the lock, so nothing can come between the look and the write.
 */
#define _GNU_SOURCE
#include "repo_git.h"
#include "repo_notes.h"
#include "lib/fs.h"
#include "machine.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static int check_name(const struct repo *repo, const char *branch,
		      struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *line = NULL;

	repo_git(repo, NULL, &p);
	process_args(&p, "check-ref-format", "--branch", branch, NULL);
	if (process_run(&p, err) || machine_check(&p, err))
		return -1;
	line = repo_git_line(&p);
	/* git expands "@{-1}" here: what comes back must be what went in */
	if (p.status || !streq(line, branch) || streq(branch, "HEAD"))
		return error_set(err, ERROR_INPUT,
				 "'%s' cannot be the name of a branch: choose "
				 "another with --branch", branch);
	return 0;
}

/* The id the branch stands at; NULL when there is none. */
static int branch_tip(const struct repo *repo, const char *ref, char **ret,
		      struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "for-each-ref", "--format=%(refname) %(objectname)",
		     ref, NULL);
	if (repo_git_run(&p, err))
		return -1;
	*ret = NULL;
	/* the pattern also matches the refs below a folder of that name */
	for (const char *line = p.out.data; *line;) {
		size_t len = strcspn(line, "\n"), name = strlen(ref);

		if (starts_with(line, ref) && line[name] == ' ')
			*ret = xstrndup(line + name + 1, len - name - 1);
		line += len + (line[len] == '\n');
	}
	return 0;
}

/* The git folder of a work tree: its .git, or what that file points to. */
static char *worktree_git_dir(const char *worktree)
{
	_cleanup_free_ char *dot_git = fs_join(worktree, ".git");
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	static const char key[] = "gitdir: ";

	if (fs_is_dir(dot_git))
		return xstrdup(dot_git);
	if (fs_read(dot_git, &text, NULL) || !starts_with(text.data, key))
		return xstrdup(worktree);
	text.data[strcspn(text.data, "\n")] = '\0';
	return fs_join(worktree, text.data + strlen(key));
}

/* HEAD is detached during a rebase, which moves the branch when it ends. */
static bool is_rebased_in(const char *worktree, const char *branch)
{
	static const char *const names[] = { "rebase-merge/head-name",
					     "rebase-apply/head-name" };
	_cleanup_free_ char *ref = xasprintf("refs/heads/%s", branch);
	_cleanup_free_ char *dir = worktree_git_dir(worktree);

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_free_ char *path = fs_join(dir, names[i]);
		_cleanup_(buf_release) struct buf text = BUF_INIT;

		if (fs_read(path, &text, NULL))
			continue;
		if (!strncmp(text.data, ref, strlen(ref)) &&
		    strchr("\n", text.data[strlen(ref)]))
			return true;
	}
	return false;
}

static int is_held(const char *branch, const char *where, const char *how,
		   struct error *err)
{
	return error_set(err, ERROR_INPUT,
			 "branch '%s' is %s in %s: choose another name with "
			 "--branch", branch, how, where);
}

/* A branch that HEAD names but that has no commit yet counts as well. */
static int check_not_checked_out(const struct repo *repo, const char *branch,
				 struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(strv_release) struct strv lines = STRV_INIT;
	_cleanup_free_ char *held = xasprintf("branch refs/heads/%s", branch);
	const char *where = repo->dir;

	repo_git(repo, NULL, &p);
	process_args(&p, "worktree", "list", "--porcelain", NULL);
	if (repo_git_run(&p, err))
		return -1;
	strv_split(&lines, p.out.data, "\n");
	for (size_t i = 0; i < lines.nr; i++) {
		if (streq(lines.v[i], held))
			return is_held(branch, where,
				       "checked out (switch to another there)",
				       err);
		if (!starts_with(lines.v[i], "worktree "))
			continue;
		where = lines.v[i] + strlen("worktree ");
		if (is_rebased_in(where, branch))
			return is_held(branch, where,
				       "being rebased (finish that first)",
				       err);
	}
	return 0;
}

/*
 * git keeps no branch "a" beside "a/b": said here, before hours of building,
 * and not by update-ref behind them.
 */
static int check_room(const struct repo *repo, const char *branch,
		      struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(strv_release) struct strv branches = STRV_INIT;
	size_t len = strlen(branch);

	repo_git(repo, NULL, &p);
	process_args(&p, "for-each-ref", "--format=%(refname:lstrip=2)",
		     "refs/heads/", NULL);
	if (repo_git_run(&p, err))
		return -1;
	strv_split(&branches, p.out.data, "\n");
	for (size_t i = 0; i < branches.nr; i++) {
		const char *other = branches.v[i];
		size_t n = strlen(other);

		if ((n > len && other[len] == '/' && starts_with(other, branch)) ||
		    (n < len && branch[n] == '/' && starts_with(branch, other)))
			return error_set(err, ERROR_INPUT,
					 "branch '%s' cannot be there beside "
					 "branch '%s': choose another name with "
					 "--branch", branch, other);
	}
	return 0;
}

static int check_ours(const char *branch, const char *tip, const char *known,
		      struct error *err)
{
	if (!tip || (known && strstr(known, tip)))
		return 0;
	return error_set(err, ERROR_INPUT,
			 "branch '%s' is there already, at %.12s, and was not "
			 "written by an earlier run: choose another name with "
			 "--branch, or remove it with git branch -D %s",
			 branch, tip, branch);
}

/*
 * The checks that publishing makes. *ret_id: the commit's full id, *ret_tip:
 * where the branch stands, NULL when there is none.
 */
static int check_all(const struct repo *repo, const char *branch,
		     const char *commit, const char *known, char **ret_id,
		     char **ret_tip, struct error *err)
{
	_cleanup_free_ char *ref = xasprintf("refs/heads/%s", branch);

	if (check_name(repo, branch, err) ||
	    repo_commit_id(repo, commit, ret_id, err) ||
	    branch_tip(repo, ref, ret_tip, err))
		return -1;
	if (*ret_tip && streq(*ret_tip, *ret_id))
		return 0;
	return check_room(repo, branch, err) ||
		       check_not_checked_out(repo, branch, err) ||
		       check_ours(branch, *ret_tip, known, err) ?
		       -1 :
		       0;
}

int repo_may_publish(const struct repo *repo, const char *branch,
		     const char *commit, const char *known, struct error *err)
{
	_cleanup_free_ char *tip = NULL, *id = NULL;

	return check_all(repo, branch, commit, known, &id, &tip, err);
}

/* Another run, with a cache of its own, may come to the same commit first. */
static bool is_written(const struct repo *repo, const char *ref, const char *id)
{
	_cleanup_free_ char *tip = NULL;

	return !branch_tip(repo, ref, &tip, NULL) && tip && streq(tip, id);
}

/* The folder with the refs of all work trees. */
static char *common_dir(const struct repo *repo)
{
	_cleanup_free_ char *path = fs_join(repo->git_dir, "commondir");
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	if (fs_read(path, &text, NULL))
		return xstrdup(repo->git_dir);
	text.data[strcspn(text.data, "\n")] = '\0';
	return fs_join(repo->git_dir, text.data);
}

/*
 * A git that finds no room for a branch leaves its folders, and an empty log.
 * They are the user's to see, so those that were not there before go again.
 */
struct leftover {
	char *path;    /* owned: of the ref, or of its log */
	char *missing; /* owned: the first part of it that was not there; NULL */
};

static void leftover_release(struct leftover *l)
{
	free(l->path);
	free(l->missing);
}

/* Looks before git writes. */
static struct leftover leftover_look(const struct repo *repo, const char *what,
				     const char *ref)
{
	_cleanup_free_ char *root = common_dir(repo);
	char *path = xasprintf("%s/%s%s", root, what, ref);
	struct leftover l = { .path = path };

	for (size_t i = strlen(root) + 1; !l.missing; i++) {
		i += strcspn(path + i, "/");
		l.missing = xstrndup(path, i);
		if (!fs_exists(l.missing))
			break;
		free(l.missing);
		l.missing = NULL;
		if (!path[i])
			break;
	}
	return l;
}

/* Removes nothing that has contents. */
static void leftover_remove(const struct leftover *l)
{
	_cleanup_free_ char *path = xstrdup(l->path);
	struct stat st;

	if (!l->missing)
		return;
	if (!lstat(path, &st) && S_ISREG(st.st_mode) && !st.st_size)
		unlink(path);
	while (strlen(path) > strlen(l->missing)) {
		*strrchr(path, '/') = '\0';
		rmdir(path);
	}
}

/* git's message about a file that it cannot write may leave out why. */
static int cannot_write(const struct leftover *refs, const char *what,
			struct error *err)
{
	_cleanup_free_ char *dir = fs_dirname(refs->missing ? refs->missing :
							      refs->path);
	int code = 0;

	error_prefix(err, "cannot write %s", what);
	if (access(dir, W_OK))
		code = errno;
	else if (fs_is_full(dir))
		code = ENOSPC;
	if (code && !strstr(err->text, strerror(code)))
		error_prefix(err, "%s: %s", dir, strerror(code));
	return -1;
}

/* A ref, what it shall be, and where it stands; old is NULL where there is none. */
struct ref_update {
	const char *ref, *id, *old;
};

#define UPDATES_MOST 2 /* the branch and its notes */

static bool all_written(const struct repo *repo, const struct ref_update *v,
			size_t nr)
{
	size_t i = 0;

	while (i < nr && is_written(repo, v[i].ref, v[i].id))
		i++;
	return i == nr;
}

static int run_transaction(const struct repo *repo, const struct ref_update *v,
			   size_t nr, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(buf_release) struct buf input = BUF_INIT;

	buf_addstr(&input, "start\n");
	for (size_t i = 0; i < nr; i++)
		if (v[i].old)
			buf_addf(&input, "update %s %s %s\n", v[i].ref,
				 v[i].id, v[i].old);
		else
			buf_addf(&input, "create %s %s\n", v[i].ref, v[i].id);
	buf_addstr(&input, "prepare\ncommit\n");
	repo_git(repo, NULL, &p);
	process_args(&p, "update-ref", "--no-deref", "-m",
		     "cocciseries: series applied", "--stdin", NULL);
	p.input = input.data;
	p.input_len = input.len;
	return repo_git_run(&p, err);
}

/* One transaction; what is there by then, whoever wrote it, is well. */
static int update_refs(const struct repo *repo, const char *what,
		       const struct ref_update *v, size_t nr,
		       struct error *err)
{
	struct leftover refs[UPDATES_MOST], logs[UPDATES_MOST];
	int result = 0;

	for (size_t i = 0; i < nr; i++) {
		refs[i] = leftover_look(repo, "", v[i].ref);
		logs[i] = leftover_look(repo, "logs/", v[i].ref);
	}
	if (run_transaction(repo, v, nr, err)) {
		result = all_written(repo, v, nr) ? 0 : -1;
		if (!result)
			error_release(err);
	}
	for (size_t i = nr; i-- > 0;) {
		_cleanup_free_ char *lock = xasprintf("%s.lock", refs[i].path);

		/* unless somebody else is at it */
		if (result && !fs_exists(lock)) {
			leftover_remove(&logs[i]);
			leftover_remove(&refs[i]);
		}
	}
	if (result)
		cannot_write(&refs[0], what, err);
	for (size_t i = 0; i < nr; i++) {
		leftover_release(&refs[i]);
		leftover_release(&logs[i]);
	}
	return result;
}

int repo_publish_noted(const struct repo *repo, const char *branch,
		       const char *commit, const char *known,
		       const struct repo_notes *notes, struct error *err)
{
	_cleanup_free_ char *ref = xasprintf("refs/heads/%s", branch);
	_cleanup_free_ char *what = xasprintf("branch '%s'", branch);
	_cleanup_free_ char *tip = NULL, *id = NULL;
	struct ref_update v[UPDATES_MOST];
	size_t nr = 0;
	bool there;

	if (check_all(repo, branch, commit, known, &id, &tip, err))
		return -1;
	there = tip && streq(tip, id);
	if (!there)
		v[nr++] = (struct ref_update){ ref, id, tip };
	if (notes && notes->id)
		v[nr++] = (struct ref_update){ REPO_NOTES_REF, notes->id,
					       notes->old };
	if (!nr ||
	    !update_refs(repo, there ? REPO_NOTES_REF : what, v, nr, err))
		return 0;
	if (there)
		return 1;
	/* Another run may have come to it, and git may end between the two. */
	if (nr < UPDATES_MOST || !is_written(repo, ref, id))
		return -1;
	error_release(err);
	return update_refs(repo, REPO_NOTES_REF, &v[1], 1, err) ? 1 : 0;
}

int repo_publish(const struct repo *repo, const char *branch,
		 const char *commit, const char *known, struct error *err)
{
	return repo_publish_noted(repo, branch, commit, known, NULL, err);
}
