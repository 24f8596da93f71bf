// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which commits a range has. Both ends are looked up before anything else is
 * asked of git, so that a mistyped one is told as what it is: the argument may
 * as well have been meant as the folder of a series.
 *
 * Merges are refused: against its first parent a merge is all that came in with
 * it, and what was decided in it by hand would be looked at nowhere. Squashed,
 * the range is only its two ends, and has no merges.
 */
#define _GNU_SOURCE
#include "range.h"

#include "lib/fs.h"
#include "repo_range.h"

#define NAME_DIGITS 12 /* as git describe's: git's own choice grows */

/* The two ends as they were written. */
struct ends {
	char *from, *to; /* owned; from: NULL, the parent of 'to' */
};

static void ends_release(struct ends *ends)
{
	free(ends->from);
	free(ends->to);
}

static char *or_head(const char *rev, size_t len)
{
	return len ? xstrndup(rev, len) : xstrdup("HEAD");
}

static int split(const struct repo *repo, const char *text, struct ends *ret,
		 struct error *err)
{
	const char *dots = strstr(text, "..");

	if (!*text) {
		if (repo_upstream(repo, &ret->from, err))
			return -1;
		ret->to = xstrdup("HEAD");
		return 0;
	}
	if (!dots) {
		ret->to = xstrdup(text);
		return 0;
	}
	if (dots[2] == '.')
		return error_set(err, ERROR_INPUT,
				 "'%s' has two sides: A..B is a range, what B "
				 "has and A has not", text);
	ret->from = or_head(text, (size_t)(dots - text));
	ret->to = or_head(dots + 2, strlen(dots + 2));
	return 0;
}

/* What else the argument could have been. */
static int no_such(const char *text, struct error *err)
{
	if (!*text)
		return -1;
	return error_prefix(err, "'%s' is no folder of a series (it has no file "
			    "'series') and no range of commits", text);
}

/* The one parent of a commit that was named by itself. */
static int parent_of(const struct repo *repo, const char *to, char **ret,
		     struct error *err)
{
	_cleanup_free_ char *parent = xasprintf("%s^", to);

	if (!repo_commit_id(repo, parent, ret, NULL))
		return 0;
	return error_set(err, ERROR_INPUT,
			 "commit %.12s is a root: there is nothing before it to "
			 "compare it with", to);
}

/* What a commit is held against that was named by itself. */
static int find_below(const struct repo *repo, const struct options *options,
		      struct ends *ids, char **text, struct error *err)
{
	if (options->bisect) {
		if (repo_bisect_good(repo, ids->to, &ids->from, err))
			return -1;
		if (ids->from) {
			char *to = *text;

			*text = xasprintf("%.*s..%s", NAME_DIGITS, ids->from, to);
			free(to);
			return 0;
		}
	}
	return parent_of(repo, ids->to, &ids->from, err);
}

static int find_ends(const struct repo *repo, const struct options *options,
		     struct ends *ret_ids, char **ret_text, struct error *err)
{
	_cleanup_(ends_release) struct ends ends = { 0 };
	const char *text = options->range;

	if (split(repo, text, &ends, err))
		return -1;
	if ((ends.from &&
	     repo_commit_id(repo, ends.from, &ret_ids->from, err)) ||
	    repo_commit_id(repo, ends.to, &ret_ids->to, err))
		return no_such(text, err);
	*ret_text = ends.from ? xasprintf("%s..%s", ends.from, ends.to) :
				xstrdup(ends.to);
	return ends.from ? 0 : find_below(repo, options, ret_ids, ret_text, err);
}

static struct range_commit *add(struct range *range, size_t *alloc,
				const char *id, const char *before,
				const char *after)
{
	struct range_commit *c;

	ARRAY_GROW(range->commits, range->nr, *alloc);
	c = &range->commits[range->nr++];
	*c = (struct range_commit){ .id = xstrdup(id),
				    .name = xstrndup(id, NAME_DIGITS),
				    .before = xstrdup(before),
				    .after = xstrdup(after) };
	return c;
}

/* The commit of the range, or the one in its place; none if it touches nothing. */
static int take(const struct repo *repo, const struct strv *pathspecs,
		const char *below, const char *id, struct range *range,
		size_t *alloc, struct error *err)
{
	const char *before = range->nr ? range->commits[range->nr - 1].after :
					 below;
	_cleanup_free_ char *made = NULL, *message = NULL;

	if (!pathspecs->nr) {
		add(range, alloc, id, below, id);
		return 0;
	}
	message = xasprintf("Some paths of %s\n", id);
	if (repo_narrow(repo, before, below, id, pathspecs, message, &made,
			err))
		return -1;
	if (made)
		add(range, alloc, id, before, made);
	return 0;
}

static int take_line(const struct repo *repo, const struct ends *ids,
		     const struct strv *pathspecs, struct range *range,
		     struct error *err)
{
	_cleanup_(strv_release) struct strv line = STRV_INIT;
	_cleanup_(strv_release) struct strv wanted = STRV_INIT;
	_cleanup_free_ char *base = NULL;
	size_t alloc = 0;

	if (repo_line(repo, ids->from, ids->to, &line, &base, err))
		return error_prefix(err, "%s cannot be verified commit by commit "
				    "(--squash takes it as one)", range->text);
	if (pathspecs->nr && repo_touching(repo, ids->from, ids->to, pathspecs,
					   &wanted, err))
		return -1;
	strv_sort(&wanted);
	for (size_t i = 0; i < line.nr; i++) {
		const char *below = i ? line.v[i - 1] : base;

		if ((!pathspecs->nr || strv_has(&wanted, line.v[i])) &&
		    take(repo, pathspecs, below, line.v[i], range, &alloc, err))
			return -1;
	}
	return 0;
}

static int take_squashed(const struct repo *repo, const struct ends *ids,
			 const struct strv *pathspecs, struct range *range,
			 struct error *err)
{
	_cleanup_free_ char *parting = NULL;
	const char *below;
	size_t alloc = 0;

	if (repo_merge_base(repo, ids->from, ids->to, &parting, err))
		return -1;
	below = parting ? parting : ids->from;
	if (streq(below, ids->to))
		return 0;
	return take(repo, pathspecs, below, ids->to, range, &alloc, err);
}

static int fill(const struct repo *repo, struct range *range,
		struct error *err)
{
	for (size_t i = 0; i < range->nr; i++) {
		struct range_commit *c = &range->commits[i];

		if (repo_subject(repo, c->id, &c->subject, err) ||
		    repo_changed(repo, c->before, c->after, &c->paths, err))
			return -1;
		strv_add_list(&range->paths, &c->paths);
	}
	strv_uniq(&range->paths);
	return 0;
}

static int check_not_empty(const struct range *range,
			   const struct strv *pathspecs, struct error *err)
{
	_cleanup_free_ char *list = strv_join(pathspecs, ", ");

	if (range->nr)
		return 0;
	if (pathspecs->nr)
		return error_set(err, ERROR_INPUT,
				 "%s changes nothing in %s (paths start at the "
				 "top of the tree)", range->text, list);
	return error_set(err, ERROR_INPUT,
			 "%s has no commits: the second has nothing that the "
			 "first has not", range->text);
}

int range_open(const struct repo *repo, const struct options *options,
	       struct range *ret, struct error *err)
{
	_cleanup_(ends_release) struct ends ids = { 0 };

	*ret = (struct range){ 0 };
	if (!find_ends(repo, options, &ids, &ret->text, err) &&
	    !(options->squash ? take_squashed(repo, &ids, &options->paths, ret,
					      err) :
				take_line(repo, &ids, &options->paths, ret,
					  err)) &&
	    !check_not_empty(ret, &options->paths, err) &&
	    !fill(repo, ret, err))
		return 0;
	range_release(ret);
	return -1;
}

void range_release(struct range *range)
{
	for (size_t i = 0; i < range->nr; i++) {
		struct range_commit *c = &range->commits[i];

		free(c->id);
		free(c->subject);
		free(c->name);
		free(c->before);
		free(c->after);
		strv_release(&c->paths);
	}
	free(range->commits);
	free(range->text);
	strv_release(&range->paths);
	*range = (struct range){ 0 };
}
