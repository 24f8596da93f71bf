// SPDX-License-Identifier: GPL-2.0-only
/*
 * A review from its commits: what each did, by the inference and the text rung,
 * which need no build, and what earlier runs found out about it.
 */
#define _GNU_SOURCE
#include "review.h"

#include "verify/verify.h"

static void open_side(const struct text *text, struct review_side *ret)
{
	*ret = (struct review_side){ 0 };
	if (!text || !text->data)
		return;
	ret->path = text->path;
	ret->data = text->data;
	ret->len = text->len;
	linediff_split(text->data, text->len, &ret->lines, &ret->nr);
	ret->item = xcalloc(ret->nr + 1, sizeof(*ret->item));
	ret->pair = xcalloc(ret->nr + 1, sizeof(*ret->pair));
	for (size_t i = 0; i < ret->nr; i++)
		ret->item[i] = ret->pair[i] = REVIEW_NONE;
}

static bool has_nul(const struct review_side *side)
{
	return side->len && memchr(side->data, '\0', side->len);
}

static void find_mode(const struct repo_changes *changes, int after,
		      struct review_side *side)
{
	const struct repo_change *change =
		side->path ? repo_changes_find(changes, side->path) : NULL;

	if (change && *change->mode[after])
		side->mode = change->mode[after];
}

/* before, after: NULL where there is no such file. */
static void add_file(struct review_commit *c, const struct text *before,
		     const struct text *after)
{
	struct review_file *f = &c->files[c->nr_files];

	*f = (struct review_file){ 0 };
	open_side(before, &f->sides[0]);
	open_side(after, &f->sides[1]);
	if (!f->sides[0].path && !f->sides[1].path)
		return;
	for (int side = 0; side < 2; side++)
		find_mode(&c->texts.changes, side, &f->sides[side]);
	f->mode_changed = after && after->mode_changed;
	f->binary = has_nul(&f->sides[0]) || has_nul(&f->sides[1]);
	c->nr_files++;
}

/* Of a renamed file: where the path stands among the renamed ones; nr. */
static size_t renamed_at(const struct contract *contract, const char *path,
			 bool after)
{
	size_t i = 0;

	while (i < contract->nr_paths &&
	       !streq(after ? contract->paths[i].new : contract->paths[i].old,
		      path))
		i++;
	return i;
}

/* A renamed file is one; what then stands under the old path is a new one. */
static void pair_files(struct review_commit *c)
{
	const struct contract *contract = &c->texts.contract;
	const struct strv *paths = &c->texts.paths;

	c->files = xcalloc(paths->nr + 1, sizeof(*c->files));
	for (size_t i = 0; i < paths->nr; i++) {
		const struct text *before = &c->texts.before[i];
		const struct text *after = &c->texts.after[i];
		size_t came = renamed_at(contract, paths->v[i], true);

		if (renamed_at(contract, paths->v[i], false) <
		    contract->nr_paths)
			before = NULL;
		if (came < contract->nr_paths) {
			size_t old = strv_find(paths, contract->paths[came].old);

			if (old < paths->nr)
				before = &c->texts.before[old];
		}
		add_file(c, before, after);
	}
}

int review_texts(struct review_commit *c, struct error *err)
{
	pair_files(c);
	review_find_items(c);
	review_diff_files(c);
	return review_check(c, err);
}

static int ask_text_rung(struct review_commit *c, struct error *err)
{
	const struct state before = { .texts = c->texts.before,
				      .nr_texts = c->texts.paths.nr };
	const struct state after = { .texts = c->texts.after,
				     .nr_texts = c->texts.paths.nr };

	if (verify_text(&c->texts.contract, &before, &after, &c->text, err))
		return -1;
	outcome_sort(&c->text);
	return 0;
}

/* What should have been touched as well is for 'verify' to look for: it takes long. */
int review_commit_load(const struct repo *repo, const struct strv *renames,
		       struct review_commit *c, struct error *err)
{
	c->text = (struct outcome)OUTCOME_INIT(RUNG_TEXT);
	if (commit_texts_read(repo, renames, c->before, c->after, &c->texts,
			      err) ||
	    (!c->evidence.nr && ask_text_rung(c, err)))
		return -1;
	return review_texts(c, err);
}

enum verdict review_verdict(const struct review_commit *c)
{
	enum verdict verdict = c->evidence.nr ? VERDICT_NEUTRAL :
						VERDICT_UNDECIDED;

	for (size_t i = 0; i < c->evidence.nr; i++)
		verdict = verdict_worse(verdict,
					c->evidence.configs[i]->verdict);
	/* Whoever verified it knew the step, if there is one. */
	if (!c->evidence.nr && c->text.result == RESULT_DIFFERENT)
		verdict = VERDICT_DIFFERENT;
	return verdict;
}

const struct report *review_report(const struct review *r)
{
	for (size_t i = r->nr; i-- > 0;)
		if (r->commits[i].evidence.report)
			return r->commits[i].evidence.report;
	return NULL;
}

const char *review_path(const struct review_file *file)
{
	return file->sides[file->sides[1].path != NULL].path;
}

bool review_has_diff(const struct review_file *f)
{
	for (size_t n = 0; n < f->ops.nr; n++) {
		const struct review_op *op = &f->ops.v[n];

		if ((op->what == REVIEW_LOST || op->what == REVIEW_ADDED) &&
		    op->item == REVIEW_NONE && !op->spacing)
			return true;
	}
	return false;
}

bool review_file_matters(const struct review_file *f)
{
	const char *before = f->sides[0].path, *after = f->sides[1].path;
	_cleanup_free_ char *mode = review_mode(f);

	return !before || !after || !streq(before, after) || mode ||
	       f->binary || review_has_diff(f);
}

bool review_matters(const struct review_commit *c)
{
	for (size_t i = 0; i < c->nr_items; i++)
		if (c->items[i].but)
			return true;
	for (size_t i = 0; i < c->nr_files; i++)
		if (review_file_matters(&c->files[i]))
			return true;
	return false;
}

static const char *mode_name(const char *mode)
{
	return streq(mode, "100755")	   ? " (executable)" :
	       streq(mode, "120000")	   ? " (symbolic link)" :
	       streq(mode, REPO_SUBMODULE) ? " (submodule)" :
					     "";
}

char *review_mode(const struct review_file *f)
{
	const char *before = f->sides[0].mode, *after = f->sides[1].mode;
	const char *only = before ? before : after;

	if (!only)
		return f->mode_changed ? xstrdup("mode changed") : NULL;
	if (before && after && !streq(before, after))
		return xasprintf("mode %s%s before, %s%s after", before,
				 mode_name(before), after, mode_name(after));
	if ((before && after) || streq(only, "100644"))
		return NULL;
	return xasprintf("mode %s%s", only, mode_name(only));
}

char *review_binary(const struct review_file *f)
{
	static const char say[] = "not shown, look at it yourself";
	const struct review_side *a = &f->sides[0], *b = &f->sides[1];

	if (!f->binary)
		return NULL;
	if (a->path && b->path)
		return xasprintf("binary file, %zu bytes before, %zu after: %s",
				 a->len, b->len, say);
	return xasprintf("binary file, %zu bytes: %s", a->len + b->len, say);
}

static void release_file(struct review_file *f)
{
	for (int after = 0; after < 2; after++) {
		free(f->sides[after].lines);
		free(f->sides[after].item);
		free(f->sides[after].pair);
	}
	free(f->ops.v);
}

static void release_item(struct review_item *item)
{
	free(item->deeds);
	free(item->what);
	free(item->name);
	free(item->new_name);
	free(item->but);
	free(item->ops.v);
}

static void release_deed(struct review_deed *deed)
{
	free(deed->deeds);
	free(deed->what);
	free(deed->name);
	free(deed->new_name);
	free(deed->where);
}

void review_commit_release(struct review_commit *c)
{
	for (size_t i = 0; i < c->nr_files; i++)
		release_file(&c->files[i]);
	for (size_t i = 0; i < c->nr_items; i++)
		release_item(&c->items[i]);
	for (size_t i = 0; i < c->nr_deeds; i++)
		release_deed(&c->deeds[i]);
	free(c->files);
	free(c->items);
	free(c->deeds);
	free(c->id);
	free(c->subject);
	free(c->before);
	free(c->after);
	free(c->name);
	free(c->kind);
	outcome_release(&c->text);
	evidence_release(&c->evidence);
	step_texts_release(&c->texts);
	*c = (struct review_commit){ 0 };
}

void review_release(struct review *review)
{
	for (size_t i = 0; i < review->nr; i++)
		review_commit_release(&review->commits[i]);
	free(review->commits);
	free(review->title);
	free(review->base);
	free(review->verify);
	evidence_pool_release(&review->pool);
	*review = (struct review){ 0 };
}
