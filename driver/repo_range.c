// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of commits. A merge has no one state before it, and what came in with
 * it is not what its range is about: it is refused, never followed along one of
 * its parents.
 */
#define _GNU_SOURCE
#include "repo_range.h"
#include "repo_git.h"
#include "machine.h"

/*
 * Lines "commit parent": exactly one parent each, which is the commit of the line
 * before. *base: the first one's parent, which must be this when it is not NULL.
 */
static int take_range(const struct process *p, char **base, struct strv *ret,
		      struct error *err)
{
	_cleanup_(strv_release) struct strv lines = STRV_INIT;

	strv_split(&lines, p->out.data, "\n");
	for (size_t i = 0; i < lines.nr; i++) {
		_cleanup_(strv_release) struct strv ids = STRV_INIT;

		strv_split(&ids, lines.v[i], " ");
		if (ids.nr == 1)
			return error_set(err, ERROR_INPUT,
					 "commit %.12s is a root: there is "
					 "nothing before it to compare it with",
					 ids.v[0]);
		if (!i && !*base)
			*base = xstrdup(ids.v[1]);
		if (ids.nr != 2 ||
		    !streq(ids.v[1], i ? ret->v[ret->nr - 1] : *base))
			return error_set(err, ERROR_INPUT,
					 "commit %.12s is a merge or stands on "
					 "one: a line of commits is needed",
					 ids.v[0]);
		strv_add(ret, ids.v[0]);
	}
	return 0;
}

static int check_ancestor(const struct repo *repo, const char *base,
			  const char *tip, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "merge-base", "--is-ancestor", base, tip, NULL);
	if (process_run(&p, err))
		return -1;
	if (p.status == 1)
		return error_set(err, ERROR_INPUT,
				 "commit %.12s is no ancestor of %.12s", base,
				 tip);
	return process_check(&p, err);
}

/* base: what the line must stand on, and NULL when any will do. */
static int list_range(const struct repo *repo, const char *from,
		      const char *to, char **base, struct strv *ret,
		      struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(strv_release) struct strv found = STRV_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "rev-list", "--reverse", "--topo-order", "--parents",
		     NULL);
	strv_addf(&p.argv, "%s..%s", from, to);
	if (repo_git_run(&p, err) || take_range(&p, base, &found, err))
		return -1;
	strv_add_list(ret, &found);
	return 0;
}

int repo_range(const struct repo *repo, const char *base, const char *tip,
	       struct strv *ret, struct error *err)
{
	_cleanup_free_ char *base_id = NULL, *tip_id = NULL;

	if (repo_commit_id(repo, base, &base_id, err) ||
	    repo_commit_id(repo, tip, &tip_id, err) ||
	    check_ancestor(repo, base_id, tip_id, err))
		return -1;
	return list_range(repo, base_id, tip_id, &base_id, ret, err);
}

int repo_line(const struct repo *repo, const char *from, const char *to,
	      struct strv *ret, char **ret_base, struct error *err)
{
	char *base = NULL;

	if (list_range(repo, from, to, &base, ret, err)) {
		free(base);
		return -1;
	}
	*ret_base = base;
	return 0;
}

int repo_touching(const struct repo *repo, const char *from, const char *to,
		  const struct strv *pathspecs, struct strv *ret,
		  struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "rev-list", NULL);
	strv_addf(&p.argv, "%s..%s", from, to);
	strv_add(&p.argv, "--");
	strv_add_list(&p.argv, pathspecs);
	if (repo_git_run(&p, err))
		return -1;
	strv_split(ret, p.out.data, "\n");
	return 0;
}

int repo_merge_base(const struct repo *repo, const char *a, const char *b,
		    char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "merge-base", a, b, NULL);
	if (process_run(&p, err))
		return -1;
	*ret = NULL;
	if (p.status == 1)
		return 0;
	if (process_check(&p, err))
		return -1;
	*ret = repo_git_line(&p);
	return 0;
}

/*
 * Of the refs that git bisect makes: "bad" (by whatever name), "good-ID" and
 * "skip-ID" (git's bisect.c).
 */
static bool is_good(const char *name, const char *id)
{
	return ends_with(name, id) && !starts_with(name, "skip-") &&
	       strlen(name) > strlen(id) + 1 &&
	       name[strlen(name) - strlen(id) - 1] == '-';
}

static int list_good(const struct repo *repo, struct strv *ret,
		     struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(strv_release) struct strv words = STRV_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "for-each-ref",
		     "--format=%(refname:lstrip=2) %(objectname)",
		     "refs/bisect/", NULL);
	if (repo_git_run(&p, err))
		return -1;
	strv_split(&words, p.out.data, " \n");
	for (size_t i = 0; i + 1 < words.nr; i += 2)
		if (is_good(words.v[i], words.v[i + 1]))
			strv_add(ret, words.v[i + 1]);
	return 0;
}

int repo_bisect_good(const struct repo *repo, const char *id, char **ret,
		     struct error *err)
{
	_cleanup_(strv_release) struct strv good = STRV_INIT;
	size_t nearest = 0;

	*ret = NULL;
	if (list_good(repo, &good, err))
		return -1;
	for (size_t i = 0; i < good.nr; i++) {
		_cleanup_(process_release) struct process p = PROCESS_INIT;
		size_t far;

		if (streq(good.v[i], id) ||
		    check_ancestor(repo, good.v[i], id, NULL))
			continue;
		repo_git(repo, NULL, &p);
		process_args(&p, "rev-list", "--count", NULL);
		strv_addf(&p.argv, "%s..%s", good.v[i], id);
		if (repo_git_run(&p, err))
			return -1;
		far = strtoul(p.out.data, NULL, 10);
		if (*ret && far >= nearest)
			continue;
		free(*ret);
		*ret = xstrdup(good.v[i]);
		nearest = far;
	}
	return 0;
}

int repo_subject(const struct repo *repo, const char *id, char **ret,
		 struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "-c", "log.showSignature=false", "log", "--no-walk",
		     "--no-color", "--encoding=UTF-8", "--format=%s", id, NULL);
	if (repo_git_run(&p, err))
		return -1;
	*ret = repo_git_line(&p);
	return 0;
}

int repo_upstream(const struct repo *repo, char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "rev-parse", "--abbrev-ref", "HEAD@{upstream}", NULL);
	if (process_run(&p, err) || machine_check(&p, err))
		return -1;
	if (p.status)
		return error_set(err, ERROR_INPUT,
				 "the branch that is checked out in %s has no "
				 "upstream, so there is no range to take: name "
				 "one (A..B), a commit, or a series", repo->dir);
	*ret = repo_git_line(&p);
	return 0;
}

int repo_paths(const struct repo *repo, const char *rev, struct strv *ret,
	       struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "ls-tree", "-r", "-z", "--name-only", "--full-tree",
		     rev, NULL);
	if (repo_git_run(&p, err))
		return -1;
	for (size_t pos = 0; pos < p.out.len;
	     pos += strlen(p.out.data + pos) + 1)
		strv_add(ret, p.out.data + pos);
	strv_sort(ret);
	return 0;
}

/* "commit:path", NUL, line, newline. A search for fixed strings is the quickest. */
int repo_include_lines(const struct repo *repo, const char *rev,
		       repo_line_found *found, void *data, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	size_t skip = strlen(rev) + strlen(":");

	repo_git(repo, NULL, &p);
	process_args(&p, "grep", "-z", "-I", "--fixed-strings", "--full-name",
		     "--color=never", "--no-line-number", "--no-column", "-e",
		     "#include", "-e", "# include", rev, "--", "*.c", "*.h",
		     "*.S", NULL);
	if (process_run(&p, err))
		return -1;
	if (p.status != 1 && process_check(&p, err)) /* 1: nothing found */
		return -1;
	repo_git_hits(&p, skip, found, data);
	return 0;
}

int repo_top(const struct repo *repo, char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	process_args(&p, "git", "-c", "core.fsmonitor=false", "rev-parse",
		     "--show-toplevel", NULL);
	repo_git_environment(&p);
	p.dir = repo->dir;
	if (process_run(&p, err) || machine_check(&p, err))
		return -1;
	*ret = p.status ? NULL : repo_git_line(&p);
	return 0;
}
