// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tree's own scripts, read from the commit and not from a checkout, which may
 * stand elsewhere or not be there. A tree without them goes without.
 */
#define _GNU_SOURCE
#include "export.h"

#include <stdio.h>

#include "lib/fs.h"
#include "lib/process.h"
#include "repo_range.h"

#define MAINTAINER_SCRIPT "scripts/get_maintainer.pl"
#define CHECK_SCRIPT "scripts/checkpatch.pl"

static const char *tip_of(const struct export *e)
{
	return e->review->commits[e->review->nr - 1].id;
}

static bool has_script(const struct export *e, const char *path)
{
	_cleanup_free_ char *file = fs_join(e->tools, path);

	return fs_exists(file);
}

int export_find_scripts(struct export *e, struct error *err)
{
	static const char *const files[] = {
		MAINTAINER_SCRIPT,	".get_maintainer.ignore",
		"MAINTAINERS",		CHECK_SCRIPT,
		"scripts/spelling.txt", "scripts/const_structs.checkpatch",
	};

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		_cleanup_(buf_release) struct buf text = BUF_INIT;
		_cleanup_free_ char *path = fs_join(e->tools, files[i]);
		int found = repo_read(e->repo, tip_of(e), files[i], &text, err);

		if (found < 0 ||
		    (found && (fs_mkdirs_for(path, err) ||
			       fs_write(path, text.data, text.len, err))))
			return -1;
	}
	return fs_mkdirs(e->tools, err);
}

/* ---- Who gets them ---- */

/* An empty file of each path that the series touches, named on stdin's behalf. */
static int ask(const struct export *e, const struct strv *paths,
	       const char *const *who, struct strv *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	process_args(&p, "perl", MAINTAINER_SCRIPT, "--no-tree", "--no-git",
		     "--no-git-fallback", "--no-rolestats", "--no-roles",
		     "--no-fixes", NULL);
	strv_add_all(&p.argv, who);
	strv_add(&p.argv, "-f");
	strv_add_list(&p.argv, paths);
	p.dir = e->tools;
	if (process_run(&p, err) || process_check(&p, err))
		return -1;
	strv_split(ret, p.out.data, "\n");
	return 0;
}

/* The script wants to see the files that it is asked about. */
static int touch(const struct export *e, const struct strv *paths,
		 struct error *err)
{
	for (size_t i = 0; i < paths->nr; i++) {
		_cleanup_free_ char *path = fs_join(e->tools, paths->v[i]);

		if (fs_exists(path))
			continue;
		if (fs_mkdirs_for(path, err) || fs_write(path, "", 0, err))
			return -1;
	}
	return 0;
}

int export_find_recipients(struct export *e, struct error *err)
{
	static const char *const maintainers[] = { "--no-r", "--no-l", NULL };
	static const char *const others[] = { "--no-m", NULL };
	_cleanup_(strv_release) struct strv paths = STRV_INIT;
	_cleanup_(strv_release) struct strv all = STRV_INIT;

	if (!has_script(e, MAINTAINER_SCRIPT) || !has_script(e, "MAINTAINERS"))
		return 0;
	if (repo_changed(e->repo, e->review->base, tip_of(e), &paths, err))
		return -1;
	if (!paths.nr)
		return 0;
	if (touch(e, &paths, err) || ask(e, &paths, maintainers, &e->to, err) ||
	    ask(e, &paths, others, &all, err))
		return error_prefix(err, MAINTAINER_SCRIPT);
	for (size_t i = 0; i < all.nr; i++)
		if (!strv_has(&e->to, all.v[i]) && !strv_has(&e->cc, all.v[i]))
			strv_add(&e->cc, all.v[i]);
	return 0;
}

/* ---- What is wrong with them ---- */

/* Where a line of a patch stands after it. */
struct place {
	char *path;  /* owned */
	size_t line; /* 0: it is none of the files */
	bool added;
};

/* What the line of this number, from 1, is about. */
static void find_place(const char *patch, size_t number, struct place *ret)
{
	static const char mark[] = "+++ b/";
	size_t next = 0; /* of the file after; 0: not within a hunk */

	*ret = (struct place){ 0 };
	for (const char *line = patch; *line && number; number--) {
		size_t len = strcspn(line, "\n");

		if (starts_with(line, "diff --git ")) {
			next = 0;
		} else if (starts_with(line, "@@ -")) {
			const char *plus = strchr(line, '+');

			next = plus ? strtoul(plus + 1, NULL, 10) : 0;
		} else if (next && strchr(" +\n", *line)) {
			ret->line = next++;
			ret->added = *line == '+';
		} else if (!next && starts_with(line, mark)) {
			free(ret->path);
			ret->path = xstrndup(line + strlen(mark),
					     len - strlen(mark));
		}
		if (number > 1)
			ret->added = false;
		line += len + (line[len] == '\n');
	}
	if (!ret->path)
		ret->added = false;
}

static bool has_moved(const struct review_commit *c, const struct place *at)
{
	for (size_t i = 0; i < c->nr_files; i++) {
		const struct review_side *side = &c->files[i].sides[1];

		if (side->path && streq(side->path, at->path))
			return at->line && at->line <= side->nr &&
			       side->item[at->line - 1] != REVIEW_NONE &&
			       side->pair[at->line - 1] != REVIEW_NONE;
	}
	return false;
}

/* "0003-x.patch:12: WARNING:TYPE: text" */
static void take_complaint(struct export *e, size_t n, const char *patch,
			   const char *line)
{
	const char *colon = strchr(line, ':');
	struct complaint *c;
	struct place at;

	if (!colon || !starts_with(line, e->patches.v[n]))
		return;
	e->complaints = xrealloc(e->complaints, e->nr_complaints + 1,
				 sizeof(*e->complaints));
	c = &e->complaints[e->nr_complaints++];
	*c = (struct complaint){ .patch = xstrdup(e->patches.v[n]),
				 .line = strtoul(colon + 1, NULL, 10) };
	colon = strchr(colon + 1, ':');
	c->text = xstrdup(colon ? colon + 1 + strspn(colon + 1, " ") : "");
	find_place(patch, c->line, &at);
	if (at.added) {
		c->where = xasprintf("%s:%zu", at.path, at.line);
		c->moved = has_moved(&e->review->commits[n], &at);
	}
	free(at.path);
}

static int check_patch(struct export *e, size_t n, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(strv_release) struct strv lines = STRV_INIT;
	_cleanup_(buf_release) struct buf patch = BUF_INIT;
	_cleanup_free_ char *path = fs_join(e->out, e->patches.v[n]);
	_cleanup_free_ char *copy = fs_join(e->tools, e->patches.v[n]);

	if (fs_read(path, &patch, err) ||
	    fs_write(copy, patch.data, patch.len, err))
		return -1;
	process_args(&p, "perl", CHECK_SCRIPT, "--no-tree", "--terse",
		     "--no-summary", "--show-types", "--quiet",
		     e->patches.v[n], NULL);
	p.dir = e->tools;
	if (process_run(&p, err))
		return -1;
	/* 1 is that it found something; perl itself fails with others */
	if (p.status > 1)
		return process_check(&p, err);
	strv_split(&lines, p.out.data, "\n");
	for (size_t i = 0; i < lines.nr; i++)
		take_complaint(e, n, patch.data, lines.v[i]);
	return 0;
}

int export_check_patches(struct export *e, struct error *err)
{
	if (!has_script(e, CHECK_SCRIPT))
		return 0;
	for (size_t n = 0; n < e->patches.nr; n++)
		if (check_patch(e, n, err))
			return error_prefix(err, CHECK_SCRIPT);
	e->checked = true;
	return 0;
}
