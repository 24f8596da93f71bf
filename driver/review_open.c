// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "review_open.h"

#include "lib/fs.h"
#include "mailbox.h"
#include "message.h"
#include "range.h"
#include "repo_diff.h"
#include "repo_range.h"
#include "series.h"

static struct review_commit *add(struct review *r, const char *id,
				 const char *before, const char *after)
{
	struct review_commit *c;

	ARRAY_GROW(r->commits, r->nr, r->alloc);
	c = &r->commits[r->nr++];
	*c = (struct review_commit){ .id = xstrdup(id),
				     .before = xstrdup(before),
				     .after = xstrdup(after) };
	return c;
}

/* The step that made it, as its message says. */
static int name_step(const struct repo *repo, struct review_commit *c,
		     struct error *err)
{
	_cleanup_(strv_release) struct strv ids = STRV_INIT;
	_cleanup_(strv_release) struct strv messages = STRV_INIT;
	_cleanup_free_ char *series = NULL;

	if (repo_messages(repo, c->id, 1, &ids, &messages, err))
		return -1;
	if (messages.nr)
		message_made_by(messages.v[0], &c->name, &series);
	return 0;
}

/* Commits that stand on each other, the first on r->base. */
static int take_line(const struct repo *repo, const struct strv *ids,
		     struct review *r, struct error *err)
{
	for (size_t i = 0; i < ids->nr; i++) {
		struct review_commit *c = add(r, ids->v[i],
					      i ? ids->v[i - 1] : r->base,
					      ids->v[i]);

		if (repo_subject(repo, c->id, &c->subject, err) ||
		    name_step(repo, c, err))
			return -1;
	}
	return 0;
}

static int open_mailbox(const struct repo *repo, const struct options *o,
			struct review *r, struct error *err)
{
	_cleanup_(strv_release) struct strv ids = STRV_INIT;

	r->title = xstrdup(o->mbox);
	if (mailbox_apply(repo, o->mbox, o->base, &ids, &r->base, err))
		return -1;
	if (ids.nr)
		r->verify = xasprintf("cocciseries verify %.12s..%.12s", r->base,
				      ids.v[ids.nr - 1]);
	return take_line(repo, &ids, r, err);
}

static int open_series(const struct repo *repo, const struct options *o,
		       struct review *r, struct error *err)
{
	const struct series_options allow = { .allow_scripts = true };
	const char *base = o->base ? o->base : "HEAD";
	_cleanup_(strv_release) struct strv ids = STRV_INIT;
	_cleanup_free_ char *branch = NULL, *tip = NULL;
	struct series series;

	if (series_load(o->series, &allow, &series, err))
		return -1;
	r->title = xstrdup(series.name);
	r->series = true;
	r->verify = xasprintf("cocciseries run %s --base %s", o->series, base);
	branch = o->branch ? xasprintf("refs/heads/%s", o->branch) :
			     xasprintf("refs/heads/cocciseries/%s", series.name);
	series_release(&series);
	if (repo_commit_id(repo, base, &r->base, err))
		return -1;
	if (repo_commit_id(repo, branch, &tip, NULL))
		return error_set(err, ERROR_INPUT,
				 "there is no branch '%s' to review: '%s' makes "
				 "it", branch + strlen("refs/heads/"),
				 r->verify);
	if (repo_range(repo, r->base, tip, &ids, err))
		return error_prefix(err, "the branch does not stand on %s; say "
				    "with --base where it begins", base);
	if (!ids.nr)
		return error_set(err, ERROR_INPUT,
				 "branch '%s' has no commits over %s: there is "
				 "nothing to review", branch +
				 strlen("refs/heads/"), base);
	return take_line(repo, &ids, r, err);
}

static int open_range(const struct repo *repo, const struct options *o,
		      struct review *r, struct error *err)
{
	struct range range;
	int result = 0;

	if (range_open(repo, o, &range, err))
		return -1;
	r->title = xstrdup(range.text);
	r->verify = xasprintf("cocciseries verify %s", range.text);
	r->base = xstrdup(range.commits[0].before);
	for (size_t i = 0; i < range.nr && !result; i++) {
		const struct range_commit *from = &range.commits[i];
		struct review_commit *c = add(r, from->id, from->before,
					      from->after);

		c->subject = xstrdup(from->subject);
		result = o->squash ? 0 : name_step(repo, c, err);
	}
	range_release(&range);
	return result;
}

/* Evidence is about whole commits, so it is none of parts of them. */
static int find_evidence(const struct options *o, struct review *r,
			 struct error *err)
{
	_cleanup_(strv_release) struct strv ids = STRV_INIT;
	_cleanup_free_ char *cache = NULL, *results = NULL;

	if (o->paths.nr || o->squash)
		return 0;
	if (options_cache(o, &cache, err))
		return -1;
	results = o->results ? xstrdup(o->results) : fs_join(cache, "results");
	for (size_t i = 0; i < r->nr; i++)
		strv_add(&ids, r->commits[i].id);
	evidence_load(results, cache, &ids, &r->pool);
	for (size_t i = 0; i < r->nr; i++) {
		struct review_commit *c = &r->commits[i];

		evidence_find(&r->pool, c->id, &c->evidence);
		if (c->evidence.step && !streq(c->evidence.step->kind, "mixed"))
			c->kind = xstrdup(c->evidence.step->kind);
	}
	return 0;
}

static int load_all(const struct repo *repo, const struct options *o,
		    struct review *r, struct error *err)
{
	for (size_t i = 0; i < r->nr; i++)
		if (review_commit_load(repo, &o->renames, &r->commits[i], err))
			return -1;
	return 0;
}

int review_open(const struct repo *repo, const struct options *options,
		struct review *ret, struct error *err)
{
	int (*open)(const struct repo *, const struct options *,
		    struct review *, struct error *) =
		options->mbox	? open_mailbox :
		options->series ? open_series :
				  open_range;

	*ret = (struct review){ 0 };
	if (!open(repo, options, ret, err) &&
	    !find_evidence(options, ret, err) &&
	    !load_all(repo, options, ret, err))
		return 0;
	review_release(ret);
	return -1;
}
