// SPDX-License-Identifier: GPL-2.0-only
/*
 * git format-patch makes the patches, so that git am takes them back; of its cover
 * letter the two places that are left to the author are filled.
 */
#define _GNU_SOURCE
#include "export.h"

#include <dirent.h>
#include <unistd.h>

#include "lib/fs.h"
#include "repo_git.h"
#include "repo_range.h"

#define SUBJECT_PLACE "*** SUBJECT HERE ***"
#define BLURB_PLACE "*** BLURB HERE ***"
#define COVER_NAME "0000-cover-letter.patch"

/* Names of the files in a folder that end so, sorted. */
static int list_files(const char *dir, const char *end, struct strv *ret,
		      struct error *err)
{
	struct dirent *entry;
	DIR *d = opendir(dir);

	if (!d)
		return error_errno(err, "cannot read %s", dir);
	while ((entry = readdir(d)))
		if (ends_with(entry->d_name, end))
			strv_add(ret, entry->d_name);
	closedir(d);
	strv_sort(ret);
	return 0;
}

/*
 * The earlier version as a range: all of it where it stands on the same base, as
 * git itself would leave out what both begin with.
 */
static int add_range_diff(const struct export *e, struct process *p,
			  struct error *err)
{
	const char *earlier = e->options->compare_to;
	const char *base = e->review->base;
	_cleanup_free_ char *id = NULL, *parting = NULL;

	if (!earlier)
		return 0;
	if (strstr(earlier, "..")) {
		strv_addf(&p->argv, "--range-diff=%s", earlier);
		return 0;
	}
	if (repo_commit_id(e->repo, earlier, &id, err) ||
	    repo_merge_base(e->repo, base, id, &parting, err))
		return -1;
	if (parting && streq(parting, base))
		strv_addf(&p->argv, "--range-diff=%s..%s", base, id);
	else
		strv_addf(&p->argv, "--range-diff=%s", id);
	return 0;
}

/* What became of it: a patch may be called "cover letter" as well. */
static int take_files(struct export *e, struct error *err)
{
	unsigned int version = e->options->version;
	_cleanup_free_ char *cover =
		version ? xasprintf("v%u-" COVER_NAME, version) :
			  xstrdup(COVER_NAME);
	_cleanup_(strv_release) struct strv all = STRV_INIT;

	if (list_files(e->out, ".patch", &all, err))
		return -1;
	for (size_t i = 0; i < all.nr; i++)
		if (streq(all.v[i], cover))
			e->cover = xstrdup(cover);
		else
			strv_add(&e->patches, all.v[i]);
	if (e->patches.nr != e->review->nr)
		return error_set(err, ERROR_SYSTEM,
				 "git format-patch made %zu patches of %zu commits",
				 e->patches.nr, e->review->nr);
	return 0;
}

/* Patches that git am takes and a mail shows, whatever the user's git is set to. */
static int format(struct export *e, struct error *err)
{
	const struct review *r = e->review;
	const struct options *o = e->options;
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(e->repo, NULL, &p);
	process_args(&p, "format-patch", "--quiet", "--no-color", "--no-notes",
		     "--src-prefix=a/", "--dst-prefix=b/", "--numbered",
		     "--no-attach", "--suffix=.patch", "--submodule=short",
		     "--ignore-submodules=none",
		     o->cover ? "--cover-letter" : "--no-cover-letter", NULL);
	strv_addf(&p.argv, "--output-directory=%s", e->out);
	strv_addf(&p.argv, "--base=%s", r->base);
	if (o->version)
		strv_addf(&p.argv, "--reroll-count=%u", o->version);
	for (size_t i = 0; i < e->to.nr; i++)
		strv_addf(&p.argv, "--to=%s", e->to.v[i]);
	for (size_t i = 0; i < e->cc.nr; i++)
		strv_addf(&p.argv, "--cc=%s", e->cc.v[i]);
	if (add_range_diff(e, &p, err))
		return -1;
	strv_addf(&p.argv, "%s..%s", r->base, r->commits[r->nr - 1].id);
	if (fs_mkdirs(e->out, err) || repo_git_run(&p, err))
		return -1;
	return take_files(e, err);
}

/* A commit that changes nothing makes no patch, and git am would take none. */
static int check_not_empty(const struct review *r, struct error *err)
{
	for (size_t i = 0; i < r->nr; i++)
		if (!r->commits[i].nr_files)
			return error_set(err, ERROR_INPUT,
					 "commit %.12s, '%s', changes nothing: "
					 "there is no patch of it, leave it out",
					 r->commits[i].id,
					 r->commits[i].subject);
	return 0;
}

static void replace(struct buf *text, const char *what, const char *with)
{
	const char *at = strstr(text->data, what);

	if (at)
		buf_splice(text, (size_t)(at - text->data), strlen(what), with,
			   strlen(with));
}

static int fill_cover(struct export *e, struct error *err)
{
	_cleanup_free_ char *path = fs_join(e->out, e->cover ? e->cover : "");
	_cleanup_free_ char *subject = NULL;
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(buf_release) struct buf blurb = BUF_INIT;

	if (!e->cover)
		return 0;
	if (fs_read(path, &text, err) ||
	    export_cover_subject(e, &subject, err))
		return -1;
	export_cover_text(e, &blurb);
	if (subject)
		replace(&text, SUBJECT_PLACE, subject);
	replace(&text, BLURB_PLACE, blurb.data);
	return fs_write(path, text.data, text.len, err);
}

/* Patches of another export beside these would be sent along. */
static int check_folder(const struct export *e, const char *dir,
			struct error *err)
{
	_cleanup_(strv_release) struct strv there = STRV_INIT;

	if (list_files(dir, ".patch", &there, err))
		return -1;
	for (size_t i = 0; i < there.nr; i++)
		if (!strv_has(&e->patches, there.v[i]) &&
		    !(e->cover && streq(e->cover, there.v[i])))
			return error_set(err, ERROR_INPUT,
					 "%s has a patch that is none of these, "
					 "%s: remove it, or name another folder",
					 dir, there.v[i]);
	return 0;
}

static int put(const struct export *e, const char *dir, const char *name,
	       struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *from = fs_join(e->out, name);
	_cleanup_free_ char *to = fs_join(dir, name);

	return fs_read(from, &text, err) ||
			       fs_write(to, text.data, text.len, err) ?
		       -1 :
		       0;
}

/*
 * The letter, then the patches. What was there before is of an earlier export, and
 * replaced; where one cannot be written, those that are new go again.
 */
static int put_list(const struct export *e, const struct strv *names,
		    struct error *err)
{
	const char *dir = e->options->to;
	_cleanup_(strv_release) struct strv made = STRV_INIT;

	for (size_t i = 0; i < names->nr; i++) {
		_cleanup_free_ char *path = fs_join(dir, names->v[i]);

		if (!fs_exists(path))
			strv_add(&made, path);
		if (!put(e, dir, names->v[i], err))
			continue;
		for (size_t k = 0; k < made.nr; k++)
			unlink(made.v[k]);
		return -1;
	}
	return 0;
}

static int put_all(const struct export *e, struct error *err)
{
	const char *dir = e->options->to;
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	if (e->cover)
		strv_add(&names, e->cover);
	strv_add_list(&names, &e->patches);
	return fs_mkdirs_to_fill(dir, err) || check_folder(e, dir, err) ||
			       put_list(e, &names, err) ?
		       -1 :
		       0;
}

int export_series(const struct repo *repo, const struct options *options,
		  const struct review *review, struct export *ret,
		  struct error *err)
{
	*ret = (struct export){ .repo = repo,
				.options = options,
				.review = review,
				.tools = fs_join(repo->scratch, "tools"),
				.out = fs_join(repo->scratch, "patches") };
	if (check_not_empty(review, err) || export_find_scripts(ret, err) || export_find_recipients(ret, err) ||
	    format(ret, err) || export_check_patches(ret, err) ||
	    fill_cover(ret, err) || put_all(ret, err)) {
		export_release(ret);
		return -1;
	}
	return 0;
}

void export_release(struct export *e)
{
	for (size_t i = 0; i < e->nr_complaints; i++) {
		free(e->complaints[i].patch);
		free(e->complaints[i].text);
		free(e->complaints[i].where);
	}
	free(e->complaints);
	free(e->tools);
	free(e->out);
	free(e->cover);
	strv_release(&e->patches);
	strv_release(&e->to);
	strv_release(&e->cc);
	*e = (struct export){ 0 };
}
