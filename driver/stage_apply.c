// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locate, edit, commit. A step is a function of the commit below it, its own
 * text, the series' macros.h and the identity; its result is kept under that
 * key, so that editing one step redoes it and those behind it only.
 */
#include "stages.h"

#include "accept.h"
#include "amend.h"
#include "ground.h"
#include "lib/fs.h"
#include "message.h"
#include "needless.h"
#include "optional.h"
#include "render.h"
#include "repo_range.h"
#include "treewords.h"

struct apply {
	struct session *s;
	const char *identity;
	char *parent;	   /* commit the next step goes on */
	struct buf macros; /* the series' macros.h, empty if it has none */
	struct treewords words; /* where the steps' names stand in the tree */
};

struct tree_reader {
	const struct repo *repo;
	struct treewords *words;
	const char *commit;
};

static int read_from_tree(void *data, const char *path, struct buf *ret,
			  struct error *err)
{
	const struct tree_reader *reader = data;

	return repo_read(reader->repo, reader->commit, path, ret, err);
}

static int find_in_tree(void *data, const struct strv *words, struct strv *ret,
			struct error *err)
{
	const struct tree_reader *reader = data;

	return treewords_find(reader->words, reader->commit, words, ret, err);
}

static int list_in_tree(void *data, const char *name, struct strv *ret,
			struct error *err)
{
	const struct tree_reader *reader = data;

	return repo_namesakes(reader->repo, reader->commit, name, ret, err);
}

static struct store_key step_key(const struct apply *a, const struct step *step)
{
	struct store_hash *h = session_hash(a->s, "apply");
	_cleanup_(strv_release) struct strv amended = STRV_INIT;

	amend_key(step, &amended);
	for (size_t i = 0; i < amended.nr; i++)
		store_hash_str(h, amended.v[i]);
	store_hash_str(h, a->parent);
	store_hash_str(h, a->s->series.name);
	store_hash_str(h, step->name);
	store_hash_str(h, step->text);
	store_hash_add(h, a->macros.data, a->macros.len);
	store_hash_str(h, a->identity);
	store_hash_str(h, a->s->options->signoff ? "signoff" : NULL);
	return store_hash_end(h);
}

static int commit_edits(struct apply *a, const struct step *step,
			const struct edits *edits, char **ret,
			struct error *err)
{
	_cleanup_(buf_release) struct buf message = BUF_INIT;

	message_of_step(&a->s->series, step,
			a->s->options->signoff ? a->identity : NULL, &message);
	return repo_commit(&a->s->repo, a->parent, edits, a->identity,
			   message.data, ret, err);
}

/* Gives what applying found to the report's step. */
static void hand_over(struct applied *applied, struct report_step *row)
{
	row->items = applied->items;
	row->nr_items = applied->nr;
	row->left = applied->left;
	row->nr_left = applied->nr_left;
	drifts_release(&row->drifts); /* what was accepted of it */
	row->drifts = applied->drifts;
	*applied = (struct applied){ 0 };
}

/* out: what was left out of the step, for the report as well. */
static int apply_afresh(struct apply *a, const struct step *step,
			const struct applied *out, struct report_step *row,
			struct error *err)
{
	struct tree_reader reader = { &a->s->repo, &a->words, a->parent };
	struct applied applied = { 0 };
	struct edits edits;
	int result;

	edits_init(&edits, read_from_tree, find_in_tree, &reader);
	edits.list = list_in_tree;
	result = step_apply(&a->s->spatch, &a->s->series, step, &edits,
			    &applied, err);
	if (!result)
		result = commit_edits(a, step, &edits, &row->commit, err);
	for (size_t i = 0; i < out->nr_left; i++)
		applied_leave(&applied, out->left[i].class, out->left[i].name,
			      out->left[i].path, out->left[i].line);
	hand_over(&applied, row);
	applied_release(&applied);
	edits_release(&edits);
	return result;
}

/* 1 when the step's commit was known and its object is still there. */
static int recall(struct apply *a, const struct store_key *key,
		  struct report_step *row, struct error *err)
{
	struct report_step known = { 0 };
	struct error ignored = ERROR_INIT;
	_cleanup_free_ char *id = NULL;
	json_t *document = NULL;
	int found = session_get(a->s, "apply", key, &document, err);

	if (found <= 0)
		return found;
	found = !report_step_from_json(document, &known, &ignored) &&
		known.commit &&
		!repo_commit_id(&a->s->repo, known.commit, &id, &ignored);
	json_decref(document);
	error_release(&ignored);
	if (!found) { /* damaged, or pruned by git gc: do it again */
		report_step_release(&known);
		return 0;
	}
	report_step_release(row);
	*row = known;
	return 1;
}

static int remember(struct apply *a, const struct store_key *key,
		    const struct report_step *row, struct error *err)
{
	json_t *document = report_step_json(row);
	int result = session_put(a->s, "apply", key, document, err);

	json_decref(document);
	return result;
}

/* All its names were optional, and went. */
static void add_nothing_left(const struct step *step, struct report_step *row)
{
	if (step->names.nr)
		return;
	drifts_add(&row->drifts, DRIFT_ABSENT, NULL, step->from, 0,
		   "take the step out of the file 'series'",
		   "nothing is left for it to do behind the steps before it");
	drifts_remedy(&row->drifts, REMEDY_LEAVE_STEP, NULL);
}

static int apply_step(struct apply *a, size_t i, struct error *err)
{
	struct step *step = &a->s->series.steps[i];
	struct report_step *row = &a->s->report.steps[i];
	struct store_key key = step_key(a, step);
	_cleanup_(applied_release) struct applied left = { 0 };
	int known;

	if (optional_fit(&a->s->repo, a->parent, step, &left, err)) {
		add_nothing_left(step, row);
		return -1;
	}
	known = step->afresh ? 0 : recall(a, &key, row, err);
	if (known < 0)
		return -1;
	if (!known) {
		progress_now(&a->s->progress, "%s: locate and edit", step->name);
		if (apply_afresh(a, step, &left, row, err) ||
		    remember(a, &key, row, err))
			return err->class == ERROR_DRIFT && row->drifts.nr ?
				       -1 :
				       error_prefix(err, "step %s", step->name);
	}
	free(a->parent);
	a->parent = xstrdup(row->commit);
	progress_done(&a->s->progress, "apply   %-*s  %.12s%s",
		      series_width(&a->s->series), step->name, row->commit,
		      known ? " (known)" : "");
	return 0;
}

static int notes_key(const struct session *s, const char *commit,
		     struct store_key *ret, struct error *err)
{
	_cleanup_free_ char *base = NULL, *tip = NULL;
	struct store_hash *h;

	if (repo_tree_id(&s->repo, s->base, &base, err) ||
	    repo_tree_id(&s->repo, commit, &tip, err))
		return -1;
	h = session_hash(s, "notes");
	store_hash_str(h, base);
	store_hash_str(h, tip);
	for (size_t i = 0; i < s->series.nr; i++)
		store_hash_str(h, s->series.steps[i].text);
	*ret = store_hash_end(h);
	return 0;
}

/* Reading all headers twice takes seconds: kept, as the steps are. */
static int add_notes(struct session *s, const char *tip, struct error *err)
{
	_cleanup_(strv_release) struct strv notes = STRV_INIT;
	json_t *document = NULL, *note;
	struct store_key key;
	int found, result = 0;
	size_t i;

	if (notes_key(s, tip, &key, err))
		return -1;
	found = session_get(s, "notes", &key, &document, err);
	if (found < 0)
		return -1;
	json_array_foreach(document, i, note)
		if (json_is_string(note))
			strv_add(&notes, json_string_value(note));
	if (!found)
		result = needless_includes(&s->repo, s->base, tip, &s->series,
					   &notes, err);
	if (!found && !result) {
		document = render_strv_json(&notes);
		result = session_put(s, "notes", &key, document, err);
	}
	json_decref(document);
	strv_add_list(&s->report.notes, &notes);
	for (i = 0; i < s->report.notes.nr; i++)
		progress_done(&s->progress, "note    %s", s->report.notes.v[i]);
	return result;
}

/* What stands on the branch may be an earlier generation. */
static int ask_ground(const struct apply *a, struct error *err)
{
	_cleanup_free_ char *branch = xasprintf("refs/heads/%s", a->s->branch);
	const char *earlier = a->s->options->compare_to;
	const struct ground_question question = {
		.repo = &a->s->repo,
		.base = a->s->base,
		.series = &a->s->series,
		.earlier = earlier ? earlier : branch,
		.is_named = earlier,
	};

	return ground_check(&question, &a->s->report, err);
}

static void tell_accepted(struct apply *a, size_t from)
{
	const struct report *report = &a->s->report;

	while (from < report->nr_accepted) {
		_cleanup_free_ char *text = render_accepted(report, &from);

		progress_done(&a->s->progress, "accept  %s", text);
	}
}

/*
 * 0 when what did not fit was accepted, and the step at the index is to be looked
 * at again; else -1, and the error says what is left.
 */
static int accept_step(struct apply *a, size_t i, struct error *err)
{
	const struct acceptance acceptance = {
		.repo = &a->s->repo, .commit = a->parent,
		.series = &a->s->series, .report = &a->s->report,
	};
	_cleanup_free_ char *name = xstrdup(a->s->series.steps[i].name);
	size_t before = a->s->report.nr_accepted, at = i;
	int accepted;

	if (a->s->options->drift != DRIFT_ACCEPT || err->class != ERROR_DRIFT)
		return -1;
	accepted = accept_drift(&acceptance, i, err);
	if (accepted < 0)
		return -1;
	tell_accepted(a, before);
	if (accepted)
		return 0;
	while (at < a->s->series.nr &&
	       !streq(a->s->series.steps[at].name, name))
		at++;
	return drifts_error(&a->s->report.steps[at].drifts, name, err);
}

/* The ground of all steps; what is accepted may show what stood behind it. */
static int check_ground(struct apply *a, struct error *err)
{
	while (ask_ground(a, err)) {
		_cleanup_(buf_release) struct buf left = BUF_INIT;
		const struct report *report = &a->s->report;

		if (a->s->options->drift != DRIFT_ACCEPT ||
		    err->class != ERROR_DRIFT)
			return -1;
		for (size_t i = 0; i < report->nr;) {
			size_t nr = report->nr;
			bool drifts = report->steps[i].drifts.nr;

			if (drifts && accept_step(a, i, err))
				buf_addf(&left, "%s%s", left.len ? "\n" : "",
					 err->text);
			i += report->nr == nr;
		}
		if (left.len)
			return error_set(err, ERROR_DRIFT, "%s", left.data);
		error_release(err);
		if (!report->nr)
			return error_set(err, ERROR_DRIFT,
					 "the base needs none of the steps");
	}
	return 0;
}

/* Goes back to before a step: its row and those behind it are as at the start. */
static void go_back(struct apply *a, size_t i)
{
	struct report *report = &a->s->report;

	free(a->parent);
	a->parent = xstrdup(i ? report->steps[i - 1].commit : a->s->base);
	for (; i < report->nr; i++)
		report_step_reset(&report->steps[i]);
}

static int apply_from(struct apply *a, size_t i, struct error *err)
{
	while (i < a->s->series.nr) {
		if (!apply_step(a, i, err)) {
			i++;
			continue;
		}
		if (accept_step(a, i, err))
			return -1;
		error_release(err);
		go_back(a, i);
	}
	return a->s->series.nr ? 0 :
				 error_set(err, ERROR_DRIFT,
					   "the base needs none of the steps");
}

/* The first step with drift. */
static size_t find_drift(const struct report *report)
{
	size_t i = 0;

	while (i < report->nr && !report->steps[i].drifts.nr)
		i++;
	return i;
}

/* Promotions that nothing needs are known only at the end. */
static int drop_promotions(struct apply *a, struct error *err)
{
	struct report *report = &a->s->report;

	while (needless_promotions(&a->s->repo, a->parent, &a->s->series,
				   report, err)) {
		size_t i = find_drift(report);

		if (i == report->nr || accept_step(a, i, err))
			return -1;
		error_release(err);
		go_back(a, i);
		if (apply_from(a, i, err))
			return -1;
	}
	return 0;
}

static int apply_all(struct apply *a, struct error *err)
{
	if (check_ground(a, err) ||
	    (a->s->series.macros &&
	     fs_read(a->s->series.macros, &a->macros, err)) ||
	    apply_from(a, 0, err) || drop_promotions(a, err))
		return -1;
	return add_notes(a->s, a->parent, err);
}

int stage_apply(struct session *s, struct error *err)
{
	struct apply a = { .s = s, .macros = BUF_INIT };
	_cleanup_free_ char *identity = NULL;
	int result = -1;

	if (!repo_identity(&s->repo, &identity, err)) {
		a.identity = identity;
		a.parent = xstrdup(s->base);
		treewords_init(&a.words, s);
		result = apply_all(&a, err);
		treewords_release(&a.words);
	}
	buf_release(&a.macros);
	free(a.parent);
	return result;
}

int stage_adopt(struct session *s, struct error *err)
{
	_cleanup_(strv_release) struct strv commits = STRV_INIT;
	_cleanup_free_ char *ref = xasprintf("refs/heads/%s", s->branch);

	if (s->range.nr)
		return 0;
	if (repo_range(&s->repo, s->base, ref, &commits, err))
		return error_prefix(err, "branch '%s'", s->branch);
	if (commits.nr != s->report.nr)
		return error_set(err, ERROR_INPUT,
				 "branch '%s' has %zu commits over %.12s, the "
				 "series has %zu steps: one commit a step is "
				 "needed; is --base right?",
				 s->branch, commits.nr, s->base, s->report.nr);
	for (size_t i = 0; i < commits.nr; i++)
		s->report.steps[i].commit = xstrdup(commits.v[i]);
	return add_notes(s, ref, err);
}
