// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "repo_diff.h"
#include "repo_git.h"

int repo_messages(const struct repo *repo, const char *tip, unsigned int most,
		  struct strv *ret_ids, struct strv *ret_messages,
		  struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "-c", "log.showSignature=false", "log", "-z",
		     "--first-parent", "--no-color", "--encoding=UTF-8",
		     "--format=%H %B", NULL);
	strv_addf(&p.argv, "--max-count=%u", most);
	process_args(&p, tip, "--", NULL);
	if (repo_git_run(&p, err))
		return -1;
	for (size_t pos = 0; pos < p.out.len;
	     pos += strlen(p.out.data + pos) + 1) {
		const char *entry = p.out.data + pos;
		size_t len = strcspn(entry, " ");

		strv_addn(ret_ids, entry, len);
		strv_add(ret_messages, entry + len);
	}
	return 0;
}

int repo_diff(const struct repo *repo, const char *commit, unsigned int context,
	      struct buf *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "diff-tree", "-p", "--no-commit-id", "--no-color",
		     "--no-ext-diff", "--no-textconv", "--full-index", "-M", NULL);
	strv_addf(&p.argv, "-U%u", context);
	strv_add(&p.argv, commit);
	if (repo_git_run(&p, err))
		return -1;
	buf_add(ret, p.out.data, p.out.len);
	return 0;
}

int repo_range_diff(const struct repo *repo, const char *old, const char *new,
		    char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, NULL, &p);
	process_args(&p, "range-diff", "--no-color", "--creation-factor=999",
		     NULL);
	strv_addf(&p.argv, "%s^..%s", old, old);
	strv_addf(&p.argv, "%s^..%s", new, new);
	if (repo_git_run(&p, err))
		return -1;
	*ret = xstrdup(p.out.data);
	return 0;
}
