// SPDX-License-Identifier: GPL-2.0-only
/*
 * A contract says what the step may change, not what it did: the build file
 * that may gain a word is the one the step names, or the one its kind would
 * have chosen.
 */
#include "contract.h"

#include "bystanders.h"
#include "guard.h"
#include "lib/fs.h"
#include "objword.h"

static enum change change_of(enum step_kind kind)
{
	static const enum change changes[] = {
		[STEP_MOVE] = CHANGE_MOVE,
		[STEP_PROMOTE] = CHANGE_PROMOTE,
		[STEP_RENAME] = CHANGE_RENAME,
		[STEP_RENAME_FILE] = CHANGE_RENAME_FILE,
		[STEP_INCLUDES] = CHANGE_INCLUDES,
		[STEP_EXTRACT] = CHANGE_EXTRACT,
		[STEP_TRANSFORM] = CHANGE_TRANSFORM,
	};

	return changes[kind];
}

static int read_side(const struct repo *repo, const char *rev,
		     const char *path, struct buf *bytes, struct text *ret,
		     struct error *err)
{
	int found = repo_read(repo, rev, path, bytes, err);

	if (found < 0)
		return -1;
	*ret = (struct text){ .path = path,
			      .data = found ? bytes->data : NULL,
			      .len = bytes->len };
	return 0;
}

static int read_texts(const struct repo *repo, const char *parent,
		      const char *commit, struct step_texts *t,
		      struct error *err)
{
	size_t nr = t->paths.nr;

	t->bytes = xcalloc(2 * nr, sizeof(*t->bytes));
	t->before = xcalloc(nr, sizeof(*t->before));
	t->after = xcalloc(nr, sizeof(*t->after));
	for (size_t i = 0; i < 2 * nr; i++)
		t->bytes[i] = (struct buf)BUF_INIT;
	for (size_t i = 0; i < nr; i++)
		if (read_side(repo, parent, t->paths.v[i], &t->bytes[2 * i],
			      &t->before[i], err) ||
		    read_side(repo, commit, t->paths.v[i],
			      &t->bytes[2 * i + 1], &t->after[i], err))
			return -1;
	return 0;
}

/* True when the path has another mode than the one it was renamed from. */
static bool lost_mode(const struct repo *repo, const struct step *step,
		      const char *parent, const char *commit)
{
	_cleanup_free_ char *old = NULL, *new = NULL;

	return repo_file_mode(repo, parent, step->from, &old, NULL) ||
	       repo_file_mode(repo, commit, step->to, &new, NULL) ||
	       !streq(old, new);
}

static int read_modes(const struct repo *repo, const struct step *step,
		      const char *parent, const char *commit,
		      struct step_texts *t, struct error *err)
{
	_cleanup_(strv_release) struct strv changed = STRV_INIT;

	if (repo_changed_modes(repo, parent, commit, &changed, err))
		return -1;
	for (size_t i = 0; i < t->paths.nr; i++) {
		const char *path = t->paths.v[i];

		t->after[i].mode_changed =
			step->kind == STEP_RENAME_FILE &&
					streq(path, step->to) ?
				lost_mode(repo, step, parent, commit) :
				strv_has(&changed, path);
	}
	return 0;
}

static bool absent(const struct step_texts *t, const char *path)
{
	for (size_t i = 0; i < t->paths.nr; i++)
		if (streq(t->paths.v[i], path))
			return !t->before[i].data;
	return false;
}

static bool is_build_file(const struct step *step, const char *path)
{
	_cleanup_free_ char *there = fs_dirname(path);
	_cleanup_free_ char *here = fs_dirname(step->from);
	const char *name = fs_basename(path);

	if (step->kbuild)
		return streq(step->kbuild, path);
	return (streq(name, "Makefile") || streq(name, "Kbuild")) &&
	       (step->kind != STEP_RENAME_FILE || streq(there, here));
}

/* The build file: of a .c file that a move creates or that is renamed. */
static void allow_kbuild(const struct step *step, struct step_texts *t)
{
	if (!ends_with(step->to, ".c") ||
	    (step->kind == STEP_MOVE && !t->contract.creates))
		return;
	for (size_t i = 0; i < t->paths.nr && !t->kbuild_path; i++)
		if (is_build_file(step, t->paths.v[i]))
			t->kbuild_path = xstrdup(t->paths.v[i]);
	if (t->kbuild_path)
		t->kbuild_word = objword_of(t->kbuild_path, step->to);
	if (!t->kbuild_word)
		return;
	t->contract.kbuild = t->kbuild_path;
	t->contract.kbuild_word = t->kbuild_word;
}

static void add_renamed(struct step_texts *t, const char *old, const char *new)
{
	t->renamed = xrealloc(t->renamed, t->contract.nr_renamed + 1,
			      sizeof(*t->renamed));
	t->renamed[t->contract.nr_renamed++] = (struct renamed){ old, new };
	t->contract.renamed = t->renamed;
}

static void fill_lists(const struct step *step, struct step_texts *t)
{
	struct contract *c = &t->contract;

	/* A transform's rules name what they match, not all that they touch. */
	strv_add_list(&c->names, step->kind == STEP_TRANSFORM ? &step->items :
								&step->names);
	strv_add_list(&c->includes, &step->includes);
	strv_add_list(&c->helpers, &step->helpers);
	strv_add_list(&c->removed, &step->removed);
	strv_add_list(&c->added, &step->added);
	if (step->kind == STEP_INCLUDES)
		strv_add_list(&c->files, &step->files);
	for (size_t i = 0; i < step->nr_renames; i++)
		add_renamed(t, step->renames[i].old, step->renames[i].new);
}

static void allow_guard(const struct step *step, struct step_texts *t)
{
	for (size_t i = 0; step->guard && i < t->paths.nr; i++)
		if (streq(t->paths.v[i], step->from) && t->before[i].data)
			t->guard = guard_name(t->before[i].data,
					      t->before[i].len);
	if (t->guard)
		add_renamed(t, t->guard, step->guard);
}

static void fill_contract(const struct step *step, struct step_texts *t)
{
	struct contract *c = &t->contract;

	c->change = change_of(step->kind);
	fill_lists(step, t);
	c->from = step->from;
	c->to = step->as_inline ? step->header : step->to;
	c->header = step->header;
	c->as_inline = step->as_inline;
	if (step->kind == STEP_RENAME_FILE)
		allow_guard(step, t);
	if (step->kind == STEP_MOVE) {
		c->creates = absent(t, step->to);
		c->preamble = c->creates ? step->preamble : NULL;
	}
	if (step->kind == STEP_MOVE || step->kind == STEP_RENAME_FILE)
		allow_kbuild(step, t);
}

int step_texts_load(const struct repo *repo, const struct step *step,
		    const char *parent, const char *commit,
		    struct step_texts *ret, struct error *err)
{
	*ret = (struct step_texts){ 0 };
	if (repo_changed(repo, parent, commit, &ret->paths, err) ||
	    bystanders_add(repo, step, parent, commit,
			   ret->contract.namesakes, &ret->paths, err) ||
	    read_texts(repo, parent, commit, ret, err) ||
	    read_modes(repo, step, parent, commit, ret, err)) {
		step_texts_release(ret);
		return -1;
	}
	fill_contract(step, ret);
	return 0;
}

void step_texts_release(struct step_texts *t)
{
	for (size_t i = 0; t->bytes && i < 2 * t->paths.nr; i++)
		buf_release(&t->bytes[i]);
	free(t->bytes);
	free(t->before);
	free(t->after);
	strv_release(&t->paths);
	strv_release(&t->contract.names);
	strv_release(&t->contract.includes);
	strv_release(&t->contract.helpers);
	strv_release(&t->contract.files);
	strv_release(&t->contract.namesakes[0]);
	strv_release(&t->contract.namesakes[1]);
	strv_release(&t->contract.removed);
	strv_release(&t->contract.added);
	free(t->renamed);
	free(t->kbuild_path);
	free(t->kbuild_word);
	free(t->guard);
	*t = (struct step_texts){ 0 };
}
