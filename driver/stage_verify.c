// SPDX-License-Identifier: GPL-2.0-only
/*
 * Build and verify. One source folder stands at one commit at a time, so a
 * step is proven in two visits: at its parent, where every configuration is
 * built and the units that the step touches are isolated, and at its commit. The
 * second visit of a step is the first of the next; what a visit made is kept.
 *
 * A row (one step, one configuration) is kept under the trees, the step, the
 * configuration, the tools and this program: a second run reads it back.
 */
#include "stages.h"

#include "checkout.h"
#include "lib/fs.h"
#include "prove.h"

struct verify {
	struct session *s;
	struct checkout checkout;
	bool open;		     /* the checkout is */
	char *at;		     /* commit it stands at, built; NULL */
	struct kbuild *kbuilds;	     /* one a configuration */
	struct build_result *builds; /* one a configuration, of 'at' */
	char **outs;		     /* O= folders, owned */
	struct isolation_stats stats;
};

static const char *parent_of(const struct session *s, size_t i)
{
	return i ? s->report.steps[i - 1].commit : s->base;
}

static int row_key(const struct session *s, size_t step, size_t config,
		   struct store_key *ret, struct error *err)
{
	_cleanup_free_ char *before = NULL, *after = NULL;
	struct store_hash *h;

	if (repo_tree_id(&s->repo, parent_of(s, step), &before, err) ||
	    repo_tree_id(&s->repo, s->report.steps[step].commit, &after, err))
		return -1;
	h = session_hash(s, "verify");
	store_hash_str(h, before);
	store_hash_str(h, after);
	store_hash_str(h, s->series.steps[step].text);
	store_hash_str(h, s->configs[config].name);
	/* What no configuration compiles depends on which there are. */
	for (size_t i = 0; i < s->nr_configs; i++)
		store_hash_str(h, s->configs[i].text);
	for (size_t i = 0; i < s->options->make_args.nr; i++)
		store_hash_str(h, s->options->make_args.v[i]);
	*ret = store_hash_end(h);
	return 0;
}

/* A row travels in a report step that has only it. */
static int put_row(struct session *s, const struct store_key *key, size_t step,
		   struct report_config *row, struct error *err)
{
	struct report_step shell = s->report.steps[step];
	json_t *document;
	int result;

	shell.configs = row;
	shell.nr_configs = 1;
	document = report_step_json(&shell);
	result = session_put(s, "verify", key, document, err);
	json_decref(document);
	return result;
}

static int get_row(struct session *s, const struct store_key *key,
		   struct report_config *ret, struct error *err)
{
	struct report_step shell = { 0 };
	struct error damaged = ERROR_INIT;
	json_t *document = NULL;
	int found = session_get(s, "verify", key, &document, err);

	if (found <= 0)
		return found;
	found = !report_step_from_json(document, &shell, &damaged) &&
		shell.nr_configs == 1;
	json_decref(document);
	error_release(&damaged);
	if (found) {
		*ret = shell.configs[0];
		shell.nr_configs = 0;
	}
	report_step_release(&shell);
	return found;
}

static int open_checkout(struct verify *v, struct error *err)
{
	struct session *s = v->s;
	_cleanup_free_ char *src = fs_join(s->work, "src");

	if (v->open)
		return 0;
	if (checkout_open(&s->repo, src, &v->checkout, err))
		return -1;
	v->open = true;
	v->kbuilds = xcalloc(s->nr_configs, sizeof(*v->kbuilds));
	v->builds = xcalloc(s->nr_configs, sizeof(*v->builds));
	v->outs = xcalloc(s->nr_configs, sizeof(*v->outs));
	for (size_t c = 0; c < s->nr_configs; c++) {
		v->outs[c] = xasprintf("%s/config/%s/out", s->work, s->configs[c].name);
		v->kbuilds[c] = (struct kbuild){
			.src = v->checkout.dir,
			.out = v->outs[c],
			.config = &s->configs[c],
			.make_args = &s->options->make_args,
			.jobs = s->options->jobs,
		};
	}
	return 0;
}

static void forget_builds(struct verify *v)
{
	for (size_t c = 0; v->at && c < v->s->nr_configs; c++)
		build_result_release(&v->builds[c]);
	free(v->at);
	v->at = NULL;
}

/* Puts the source folder at a commit and builds every configuration there. */
static int visit(struct verify *v, const char *commit, const char *label,
		 struct error *err)
{
	struct session *s = v->s;

	if (v->at && streq(v->at, commit))
		return 0;
	forget_builds(v);
	progress_now(&s->progress, "%s: check out %.12s", label, commit);
	if (checkout_move(&v->checkout, commit, err))
		return -1;
	v->at = xstrdup(commit);
	memset(v->builds, 0, s->nr_configs * sizeof(*v->builds));
	for (size_t c = 0; c < s->nr_configs; c++) {
		progress_now(&s->progress, "%s: build %s", label,
			     s->configs[c].name);
		if (kbuild_configure(&v->kbuilds[c], err) ||
		    kbuild_build(&v->kbuilds[c], &v->builds[c], err))
			return error_prefix(err, "configuration %s",
					    s->configs[c].name);
	}
	progress_done(&s->progress, "build   %.12s", commit);
	return 0;
}

/*
 * Names that are looked for among the globals of all objects: before a
 * promotion those that become global, around a rename the old and the new ones.
 */
static void watched_names(const struct step *step, const char *which,
			  struct strv *ret)
{
	if (step->kind == STEP_PROMOTE && !step->as_inline &&
	    streq(which, "before"))
		strv_add_list(ret, &step->names);
	for (size_t i = 0;
	     step->kind == STEP_RENAME && i < step->nr_renames; i++) {
		strv_add(ret, step->renames[i].old);
		strv_add(ret, step->renames[i].new);
	}
}

/* Forced inline on both sides: it does not matter then where their code stands. */
static const struct strv *forced_names(const struct step *step)
{
	if (step->kind == STEP_EXTRACT)
		return &step->helpers;
	return step->as_inline ? &step->names : NULL;
}

static int make_one(struct verify *v, const struct step *step, size_t c,
		     const char *which, const struct strv *touched,
		     struct built *ret, struct error *err)
{
	const char *config = v->s->configs[c].name;
	_cleanup_free_ char *units = xasprintf("%s/config/%s/units/%.16s", v->s->work,
					       config, v->at);
	_cleanup_free_ char *keep =
		xasprintf("%s/config/%s/%s", v->s->work, config, which);
	struct strv watch _cleanup_(strv_release) = STRV_INIT;
	const struct isolation iso = {
		.kbuild = &v->kbuilds[c],
		.store = &v->s->store,
		.dir = units,
		.force_inline = forced_names(step),
	};

	watched_names(step, which, &watch);
	progress_now(&v->s->progress, "%s: isolate %s, %s", step->name, config,
		     which);
	if (fs_mkdirs(units, err) ||
	    built_make(&iso, &v->builds[c], touched,
		       watch.nr ? &watch : NULL, keep, ret, &v->stats, err))
		return error_prefix(err, "configuration %s", config);
	return 0;
}

static int make_both(struct verify *v, const struct step *step,
		      const char *which, const struct strv *touched,
		      struct built *sides, struct error *err)
{
	for (size_t c = 0; c < v->s->nr_configs; c++)
		if (make_one(v, step, c, which, touched, &sides[c], err))
			return -1;
	return 0;
}

/* A full disk or a lack of memory must not be remembered as a verdict. */
static bool will_last(const struct report_config *row)
{
	for (size_t r = 0; r < row->nr_rungs; r++)
		for (size_t i = 0; i < row->rungs[r].nr; i++) {
			const struct finding *f = &row->rungs[r].findings[i];

			if (f->weight == RESULT_UNDECIDED &&
			    (streq(f->what, "rung") || streq(f->what, "unit")))
				return false;
		}
	return row->build_ok;
}

static int keep_rows(struct verify *v, size_t i, struct error *err)
{
	struct report_config *rows = v->s->report.steps[i].configs;

	for (size_t c = 0; c < v->s->nr_configs; c++) {
		struct store_key key;

		if (will_last(&rows[c]) &&
		    (row_key(v->s, i, c, &key, err) ||
		     put_row(v->s, &key, i, &rows[c], err)))
			return -1;
	}
	return 0;
}

static int prove_rows(struct verify *v, size_t i, const struct step_texts *texts,
		      const struct built *before, const struct built *after,
		      struct error *err)
{
	struct report_step *row = &v->s->report.steps[i];
	size_t nr = v->s->nr_configs;

	for (size_t c = 0; c < nr; c++) {
		progress_now(&v->s->progress, "%s: prove %s", row->name,
			     v->s->configs[c].name);
		if (prove(texts, &before[c], &after[c], &row->configs[c], err))
			return -1;
	}
	if (prove_compiled(texts, before, after, nr, row->configs, err))
		return -1;
	return keep_rows(v, i, err);
}

/* The preprocessed texts of a state that is left behind are of no more use. */
static int drop_units(struct verify *v, const char *commit, struct error *err)
{
	for (size_t c = 0; c < v->s->nr_configs; c++) {
		_cleanup_free_ char *dir = xasprintf(
			"%s/config/%s/units/%.16s", v->s->work, v->s->configs[c].name,
			commit);

		if (fs_remove(dir, err))
			return -1;
	}
	return 0;
}

/* Builds may have changed hands under failing ones: copy what outlives 'visit'. */
static void keep_build(const struct build_result *build,
		       struct build_result *ret)
{
	*ret = (struct build_result){ .ok = build->ok };
	strv_add_list(&ret->warnings, &build->warnings);
}

/* A base that does not build is not what the first step is to blame for. */
static int check_base(const struct verify *v, struct error *err)
{
	for (size_t c = 0; c < v->s->nr_configs; c++)
		if (!v->builds[c].ok)
			return error_set(err, ERROR_BUILD,
					 "the base %.12s does not build in "
					 "configuration %s, before any step; "
					 "make printed:\n%s", v->s->base,
					 v->s->configs[c].name,
					 v->builds[c].log);
	return 0;
}

static int verify_step(struct verify *v, size_t i, struct error *err)
{
	struct session *s = v->s;
	const struct step *step = &s->series.steps[i];
	const char *parent = parent_of(s, i);
	const char *commit = s->report.steps[i].commit;
	size_t nr = s->nr_configs;
	struct built *before = xcalloc(nr, sizeof(*before));
	struct built *after = xcalloc(nr, sizeof(*after));
	struct build_result *old = xcalloc(nr, sizeof(*old));
	struct step_texts texts = { 0 };
	int result = -1;

	if (step_texts_load(&s->repo, step, parent, commit, &texts, err) ||
	    open_checkout(v, err) || visit(v, parent, step->name, err) ||
	    (!i && check_base(v, err)) ||
	    make_both(v, step, "before", &texts.paths, before, err))
		goto out;
	for (size_t c = 0; c < nr; c++) {
		keep_build(&v->builds[c], &old[c]);
		before[c].build = &old[c];
	}
	if (visit(v, commit, step->name, err) ||
	    make_both(v, step, "after", &texts.paths, after, err) ||
	    prove_rows(v, i, &texts, before, after, err) ||
	    drop_units(v, parent, err))
		goto out;
	result = 0;
out:
	for (size_t c = 0; c < nr; c++) {
		built_release(&before[c]);
		built_release(&after[c]);
		build_result_release(&old[c]);
	}
	free(before);
	free(after);
	free(old);
	step_texts_release(&texts);
	return result;
}

static void blank_rows(struct session *s, struct report_step *step)
{
	step->configs = xcalloc(s->nr_configs, sizeof(*step->configs));
	step->nr_configs = s->nr_configs;
	for (size_t c = 0; c < s->nr_configs; c++)
		step->configs[c].name = xstrdup(s->configs[c].name);
}

/* 1 when all rows of the step are known; 0, with blank ones, when one is not. */
static int recall_rows(struct session *s, size_t i, struct error *err)
{
	struct report_step *step = &s->report.steps[i];
	struct report_step shell = { .nr_configs = s->nr_configs };
	int found = 1;

	shell.configs = xcalloc(s->nr_configs, sizeof(*shell.configs));
	for (size_t c = 0; c < s->nr_configs && found > 0; c++) {
		struct store_key key;

		found = row_key(s, i, c, &key, err) ?
				-1 :
				get_row(s, &key, &shell.configs[c], err);
	}
	if (found > 0) {
		step->configs = shell.configs;
		step->nr_configs = shell.nr_configs;
		return 1;
	}
	report_step_release(&shell);
	blank_rows(s, step);
	return found;
}

static int verify_all(struct verify *v, struct error *err)
{
	struct session *s = v->s;

	for (size_t i = 0; i < s->report.nr; i++) {
		struct report_step *step = &s->report.steps[i];
		int known = recall_rows(s, i, err);

		if (known < 0)
			return -1;
		if (!known && verify_step(v, i, err))
			return error_prefix(err, "step %s", step->name);
		report_judge(&s->report);
		progress_done(&s->progress, "verify  %-34s %s%s", step->name,
			      verdict_name(step->verdict),
			      known ? " (known)" : "");
	}
	return 0;
}

int stage_verify(struct session *s, struct error *err)
{
	struct verify v = { .s = s };
	int result = verify_all(&v, err);

	if (v.stats.preprocessed || v.stats.compiled || v.stats.reused)
		progress_done(&s->progress,
			      "units   %zu preprocessed, %zu compiled, %zu known",
			      v.stats.preprocessed, v.stats.compiled,
			      v.stats.reused);
	forget_builds(&v);
	for (size_t c = 0; v.outs && c < s->nr_configs; c++)
		free(v.outs[c]);
	free(v.outs);
	free(v.kbuilds);
	free(v.builds);
	if (v.open)
		checkout_release(&v.checkout);
	return result;
}
