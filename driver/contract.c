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
#include "verify/contract.h"

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

/*
 * One side of a path that the step touches, or should have. Where a submodule
 * stands there is no file: its commit is told in the words that git diff has for
 * it, so that another one is a line that differs.
 */
static int read_side(const struct repo *repo, const char *rev,
		     const char *path, const char *module, struct buf *bytes,
		     struct text *ret, struct error *err)
{
	int found = 1;

	if (module)
		buf_addf(bytes, "Subproject commit %s\n", module);
	else
		found = repo_read(repo, rev, path, bytes, err);
	if (found < 0)
		return -1;
	*ret = (struct text){ .path = path,
			      .data = found ? bytes->data : NULL,
			      .len = bytes->len };
	return 0;
}

/* The commit of the submodule that stands there on this side; NULL: none does. */
static const char *submodule_of(const struct repo_change *change, int after)
{
	return change && streq(change->mode[after], REPO_SUBMODULE) ?
		       change->id[after] :
		       NULL;
}

/* The mode of what is there after is another, or that of no plain file. */
static bool mode_differs(const struct repo_change *change)
{
	const char *before, *after;

	if (!change || !*change->mode[1])
		return false;
	before = *change->mode[0] ? change->mode[0] : "100644";
	after = change->mode[1];
	return !streq(before, after);
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
	if (repo_changes(repo, parent, commit, &t->changes, err))
		return -1;
	for (size_t i = 0; i < nr; i++) {
		const char *path = t->paths.v[i];
		const struct repo_change *change =
			repo_changes_find(&t->changes, path);

		if (read_side(repo, parent, path, submodule_of(change, 0),
			      &t->bytes[2 * i], &t->before[i], err) ||
		    read_side(repo, commit, path, submodule_of(change, 1),
			      &t->bytes[2 * i + 1], &t->after[i], err))
			return -1;
		t->after[i].mode_changed = mode_differs(change);
	}
	return 0;
}

/* True when the path has another mode than the one it was renamed from. */
static bool lost_mode(const struct repo *repo, const char *parent,
		      const char *from, const char *commit, const char *to)
{
	_cleanup_free_ char *old = NULL, *new = NULL;

	return repo_file_mode(repo, parent, from, &old, NULL) ||
	       repo_file_mode(repo, commit, to, &new, NULL) ||
	       !streq(old, new);
}

/* The mode of a renamed file is that of its old path, or has changed. */
static void keep_mode(const struct repo *repo, const char *parent,
		      const char *from, const char *commit, const char *to,
		      struct step_texts *t)
{
	size_t i = strv_find(&t->paths, to);

	if (i < t->paths.nr)
		t->after[i].mode_changed =
			lost_mode(repo, parent, from, commit, to);
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

/* Files that the step should have touched. */
static int add_bystanders(const struct repo *repo, const struct step *step,
			  const char *parent, const char *commit,
			  struct step_texts *t, struct error *err)
{
	bool promotes = step->kind == STEP_PROMOTE && !step->as_inline;
	_cleanup_free_ struct name_change *names =
		xcalloc(step->nr_renames + step->names.nr, sizeof(*names));
	struct called_anew what = { 0 };

	for (size_t i = 0; promotes && i < step->names.nr; i++)
		names[i] = (struct name_change){ NULL, step->names.v[i],
						 step->from };
	for (size_t i = 0; i < step->nr_renames; i++)
		names[i] = (struct name_change){ step->renames[i].old,
						 step->renames[i].new,
						 step->from };
	if (step->kind == STEP_RENAME)
		what = (struct called_anew){ .names = names,
					      .nr = step->nr_renames };
	if (promotes)
		what = (struct called_anew){ .names = names,
					      .nr = step->names.nr };
	if (step->kind == STEP_RENAME_FILE)
		what = (struct called_anew){ .from = step->from,
					      .to = step->to,
					      .guard = step->guard };
	return bystanders_add(repo, &what, parent, commit,
			      t->contract.namesakes, &t->paths, err);
}

int step_texts_load(const struct repo *repo, const struct step *step,
		    const char *parent, const char *commit,
		    struct step_texts *ret, struct error *err)
{
	*ret = (struct step_texts){ 0 };
	if (repo_changed(repo, parent, commit, &ret->paths, err) ||
	    add_bystanders(repo, step, parent, commit, ret, err) ||
	    read_texts(repo, parent, commit, ret, err)) {
		step_texts_release(ret);
		return -1;
	}
	if (step->kind == STEP_RENAME_FILE)
		keep_mode(repo, parent, step->from, commit, step->to, ret);
	fill_contract(step, ret);
	return 0;
}

/* What a person told; the names point into words. */
static struct renamed *split_renames(const struct strv *renames,
				     struct strv *words)
{
	struct renamed *list = xcalloc(renames->nr, sizeof(*list));

	for (size_t i = 0; i < renames->nr; i++)
		strv_split(words, renames->v[i], "=");
	for (size_t i = 0; i < renames->nr; i++)
		list[i] = (struct renamed){ words->v[2 * i],
					    words->v[2 * i + 1] };
	return list;
}

static int work_out(const struct strv *renames, struct step_texts *t,
		    struct error *err)
{
	const struct state old = { .texts = t->before, .nr_texts = t->paths.nr };
	const struct state new = { .texts = t->after, .nr_texts = t->paths.nr };
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_free_ struct renamed *given = split_renames(renames, &words);
	struct inference *inference = xcalloc(1, sizeof(*inference));

	if (infer(&old, &new, given, renames->nr, inference, err)) {
		free(inference);
		return -1;
	}
	t->inference = inference;
	t->contract = inference->contract;
	return 0;
}

/* Files that a commit should have touched that gave something another name. */
static int find_bystanders(const struct repo *repo, const struct contract *c,
			   const char *parent, const char *commit,
			   struct strv namesakes[2], struct strv *paths,
			   struct error *err)
{
	_cleanup_free_ struct name_change *names =
		xcalloc(c->nr_renamed + c->nr_shifted, sizeof(*names));
	struct called_anew what = { .names = names };
	int result;

	for (size_t i = 0; i < c->nr_renamed; i++) {
		const char *home = contract_home(c, &c->renamed[i], false);

		if (home)
			names[what.nr++] = (struct name_change){
				c->renamed[i].old, c->renamed[i].new, home };
	}
	for (size_t i = 0; i < c->nr_shifted; i++)
		if (c->shifted[i].promoted)
			names[what.nr++] = (struct name_change){
				NULL, c->shifted[i].new, c->shifted[i].from };
	result = bystanders_add(repo, &what, parent, commit, NULL, paths, err);
	for (size_t i = 0; i < c->nr_paths && !result; i++) {
		what = (struct called_anew){ .from = c->paths[i].old,
					     .to = c->paths[i].new };
		result = bystanders_add(repo, &what, parent, commit, namesakes,
					paths, err);
	}
	strv_uniq(&namesakes[0]);
	strv_uniq(&namesakes[1]);
	return result;
}

/* The paths are there. */
static int load_commit(const struct repo *repo, const struct strv *renames,
		       const char *parent, const char *commit,
		       struct step_texts *t, struct error *err)
{
	const struct contract *c = &t->contract;

	if (read_texts(repo, parent, commit, t, err) ||
	    work_out(renames, t, err))
		return -1;
	for (size_t i = 0; i < c->nr_paths; i++)
		keep_mode(repo, parent, c->paths[i].old, commit,
			  c->paths[i].new, t);
	return 0;
}

int commit_texts_load(const struct repo *repo, const struct strv *renames,
		      const char *parent, const char *commit,
		      struct step_texts *ret, struct error *err)
{
	_cleanup_(strv_release) struct strv paths = STRV_INIT;
	struct strv namesakes[2] = { STRV_INIT, STRV_INIT };

	*ret = (struct step_texts){ 0 };
	if (repo_changed(repo, parent, commit, &ret->paths, err) ||
	    load_commit(repo, renames, parent, commit, ret, err))
		goto failed;
	strv_add_list(&paths, &ret->paths);
	if (find_bystanders(repo, &ret->contract, parent, commit, namesakes,
			    &paths, err))
		goto failed;
	if (paths.nr > ret->paths.nr) {
		step_texts_release(ret);
		strv_add_list(&ret->paths, &paths);
		if (load_commit(repo, renames, parent, commit, ret, err))
			goto failed;
	}
	ret->contract.namesakes[0] = namesakes[0];
	ret->contract.namesakes[1] = namesakes[1];
	return 0;
failed:
	strv_release(&namesakes[0]);
	strv_release(&namesakes[1]);
	step_texts_release(ret);
	return -1;
}

int commit_texts_read(const struct repo *repo, const struct strv *renames,
		      const char *parent, const char *commit,
		      struct step_texts *ret, struct error *err)
{
	*ret = (struct step_texts){ 0 };
	if (!repo_changed(repo, parent, commit, &ret->paths, err) &&
	    !load_commit(repo, renames, parent, commit, ret, err))
		return 0;
	step_texts_release(ret);
	return -1;
}

static void release_contract(struct contract *c)
{
	strv_release(&c->names);
	strv_release(&c->includes);
	strv_release(&c->helpers);
	strv_release(&c->files);
	strv_release(&c->namesakes[0]);
	strv_release(&c->namesakes[1]);
	strv_release(&c->removed);
	strv_release(&c->added);
}

void step_texts_release(struct step_texts *t)
{
	for (size_t i = 0; t->bytes && i < 2 * t->paths.nr; i++)
		buf_release(&t->bytes[i]);
	free(t->bytes);
	free(t->before);
	free(t->after);
	repo_changes_release(&t->changes);
	strv_release(&t->paths);
	/* What was worked out owns its names. */
	if (t->inference) {
		inference_release(t->inference);
		strv_release(&t->contract.namesakes[0]);
		strv_release(&t->contract.namesakes[1]);
	} else {
		release_contract(&t->contract);
	}
	free(t->inference);
	free(t->renamed);
	free(t->kbuild_path);
	free(t->kbuild_word);
	free(t->guard);
	*t = (struct step_texts){ 0 };
}
