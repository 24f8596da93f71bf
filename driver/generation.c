// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two commits are the same when their diffs are, but for line numbers and blob
 * names; only their context differs when their diffs without any context are
 * the same. What really differs is shown as git range-diff does.
 */
#define _GNU_SOURCE
#include "generation.h"

#include "message.h"
#include "repo_diff.h"

/* Commits looked at, from the end of the earlier generation. */
#define COMMITS_MOST 1000

/* Steps of the earlier generation, last first. */
struct generation {
	struct strv steps, commits;
};

static void generation_release(struct generation *g)
{
	strv_release(&g->steps);
	strv_release(&g->commits);
}

/* The step of this series that a commit of this message is; NULL. */
static char *step_of(const char *message, const char *series)
{
	_cleanup_free_ char *step = NULL, *of = NULL;

	if (!message_made_by(message, &step, &of) || !streq(of, series))
		return NULL;
	return xstrdup(step);
}

static int read_earlier(const struct repo *repo, const char *id,
			const char *series, struct generation *ret,
			struct error *err)
{
	_cleanup_(strv_release) struct strv ids = STRV_INIT;
	_cleanup_(strv_release) struct strv messages = STRV_INIT;

	if (repo_messages(repo, id, COMMITS_MOST, &ids, &messages, err))
		return -1;
	for (size_t i = 0; i < ids.nr; i++) {
		_cleanup_free_ char *step = step_of(messages.v[i], series);

		if (!step)
			break;
		strv_add(&ret->steps, step);
		strv_add(&ret->commits, ids.v[i]);
	}
	return 0;
}

/* Without what another base changes of a diff that is the same. */
static int read_diff(const struct repo *repo, const char *commit,
		     unsigned int context, struct buf *ret, struct error *err)
{
	_cleanup_(buf_release) struct buf diff = BUF_INIT;

	if (repo_diff(repo, commit, context, &diff, err))
		return -1;
	for (const char *line = diff.data; *line;) {
		size_t len = strcspn(line, "\n");

		if (starts_with(line, "@@ "))
			buf_addstr(ret, "@@\n");
		else if (!starts_with(line, "index "))
			buf_addf(ret, "%.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
	return 0;
}

/* 1 when the diffs of both are the same with so much context, 0, -1. */
static int same_diff(const struct repo *repo, const char *old, const char *new,
		     unsigned int context, struct error *err)
{
	_cleanup_(buf_release) struct buf a = BUF_INIT, b = BUF_INIT;

	if (read_diff(repo, old, context, &a, err) ||
	    read_diff(repo, new, context, &b, err))
		return -1;
	return a.len == b.len && !memcmp(a.data, b.data, a.len);
}

static int compare_step(const struct repo *repo, const char *old,
			struct report_step *step, struct error *err)
{
	static const struct {
		unsigned int context;
		enum likeness likeness;
	} tries[] = {
		{ 3, LIKENESS_SAME },
		{ 0, LIKENESS_CONTEXT },
	};

	for (size_t i = 0; i < ARRAY_SIZE(tries); i++) {
		int same = same_diff(repo, old, step->commit, tries[i].context,
				     err);

		if (same < 0)
			return -1;
		if (same) {
			step->likeness = tries[i].likeness;
			return 0;
		}
	}
	step->likeness = LIKENESS_DIFFERENT;
	return repo_range_diff(repo, old, step->commit, &step->range_diff, err);
}

static bool has_step(const struct report *report, const char *name)
{
	for (size_t i = 0; i < report->nr; i++)
		if (streq(report->steps[i].name, name))
			return true;
	return false;
}

static int compare_all(const struct repo *repo, const struct generation *g,
		       struct report *report, struct error *err)
{
	for (size_t i = 0; i < report->nr; i++) {
		struct report_step *step = &report->steps[i];
		size_t k = strv_find(&g->steps, step->name);

		if (!step->commit)
			continue;
		step->likeness = LIKENESS_NEW;
		if (k < g->steps.nr &&
		    compare_step(repo, g->commits.v[k], step, err))
			return -1;
	}
	for (size_t k = g->steps.nr; k-- > 0;)
		if (!has_step(report, g->steps.v[k]))
			strv_add(&report->gone, g->steps.v[k]);
	return 0;
}

int generation_compare(const struct repo *repo, const char *rev,
		       struct report *report, struct error *err)
{
	_cleanup_(generation_release) struct generation g = { 0 };

	if (repo_commit_id(repo, rev, &report->earlier_commit, err) ||
	    read_earlier(repo, report->earlier_commit, report->series, &g, err))
		return -1;
	if (!g.steps.nr)
		return error_set(err, ERROR_INPUT,
				 "--compare-to %s: its last commit (%.12s) is "
				 "none that a step of %s made", rev,
				 report->earlier_commit, report->series);
	report->earlier = xstrdup(rev);
	return compare_all(repo, &g, report, err);
}

int generation_commit(const struct repo *repo, const char *rev,
		      const char *series, const char *step, char **ret,
		      struct error *err)
{
	_cleanup_(generation_release) struct generation g = { 0 };
	_cleanup_(error_release) struct error unknown = ERROR_INIT;
	_cleanup_free_ char *id = NULL;
	size_t k;

	if (repo_commit_id(repo, rev, &id, &unknown))
		return 0;
	if (read_earlier(repo, id, series, &g, err))
		return -1;
	k = strv_find(&g.steps, step);
	if (k == g.steps.nr)
		return 0;
	*ret = xstrdup(g.commits.v[k]);
	return 1;
}
