// SPDX-License-Identifier: GPL-2.0-only
/*
 * Build and verify. One source folder stands at one commit at a time, so a
 * step is proven in two visits: at its parent, where every configuration is
 * built and the units that the step touches are isolated, and at its commit,
 * where the same is done and the two are held against each other. What was built
 * at a commit is not built again for the next step. All configurations are at
 * work at once (lane.c).
 *
 * A row (one step, one configuration) is kept under the trees, the step, the
 * configuration, the tools and this program: a second run reads it back.
 */
#include "stages.h"

#include <dirent.h>
#include <stdio.h>

#include "checkout.h"
#include "lane.h"
#include "lib/fs.h"

struct verify {
	struct session *s;
	struct checkout checkout;
	bool open;	    /* the checkout is */
	const char *at;	    /* commit it stands at; NULL: not known */
	struct lane *lanes; /* one a configuration; NULL: not open */
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
	v->lanes = lanes_new(s, v->checkout.dir);
	return 0;
}

/* Puts the source folder at a commit, and has all lanes do the job there. */
static int visit(struct verify *v, struct lane_job *job, const char *commit,
		 int (*work)(struct lane *lane, const struct lane_job *job,
			     struct error *err),
		 struct error *err)
{
	if (!v->at || !streq(v->at, commit)) {
		v->at = NULL;
		progress_now(&v->s->progress, "%s: check out %.12s",
			     job->name, commit);
		if (checkout_move(&v->checkout, commit, err))
			return -1;
		v->at = commit;
	}
	job->commit = commit;
	job->work = work;
	return lanes_run(v->lanes, v->s->nr_configs, job, err);
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

static char *units_dir(const struct session *s, size_t config,
		       const char *commit)
{
	return xasprintf("%s/config/%s/units/%.16s", s->work,
			 s->configs[config].name, commit);
}

/* Moves a text and then its keys, which vouch for it; what is there stays. */
static int hand_on_one(const char *from, const char *to, const char *name,
		       struct error *err)
{
	_cleanup_free_ char *old = fs_join(from, name);
	_cleanup_free_ char *new = fs_join(to, name);
	_cleanup_free_ char *old_keys = xasprintf("%s.keys", old);
	_cleanup_free_ char *new_keys = xasprintf("%s.keys", new);

	if (fs_exists(new) || fs_exists(new_keys) || !fs_exists(old_keys))
		return 0;
	if (rename(old, new) || rename(old_keys, new_keys))
		return error_errno(err, "cannot move %s to %s", old, to);
	return 0;
}

/* Moves the texts that 'to' does not have, and removes the folder. */
static int hand_on(const char *from, const char *to, struct error *err)
{
	DIR *dir = opendir(from);
	struct dirent *e;
	int result = 0;

	while (dir && !result && (e = readdir(dir)))
		if (ends_with(e->d_name, ".i"))
			result = hand_on_one(from, to, e->d_name, err);
	if (dir)
		closedir(dir);
	return result ? -1 : fs_remove(from, err);
}

/*
 * Of a state that is left behind, only the preprocessed texts of units that the
 * step did not touch are of use: they are those of the new state too (each
 * says what it was made of, and is looked at again when it is asked for).
 */
static int hand_on_units(struct verify *v, const char *parent,
			 const char *commit, struct error *err)
{
	for (size_t c = 0; c < v->s->nr_configs; c++) {
		_cleanup_free_ char *from = units_dir(v->s, c, parent);
		_cleanup_free_ char *to = units_dir(v->s, c, commit);

		if (hand_on(from, to, err))
			return -1;
	}
	return 0;
}

/* What only all configurations together can say. */
static int close_rows(struct verify *v, size_t i, const struct step_texts *texts,
		      struct error *err)
{
	size_t nr = v->s->nr_configs;
	struct built *before = xcalloc(nr, sizeof(*before));
	struct built *after = xcalloc(nr, sizeof(*after));
	int result;

	for (size_t c = 0; c < nr; c++) {
		before[c] = v->lanes[c].before;
		after[c] = v->lanes[c].after;
	}
	result = prove_compiled(texts, before, after, nr,
				v->s->report.steps[i].configs, err);
	free(before);
	free(after);
	return result ? -1 : keep_rows(v, i, err);
}

/* A base that does not build is not what the first step is to blame for. */
static int check_base(const struct verify *v, struct error *err)
{
	for (size_t c = 0; c < v->s->nr_configs; c++)
		if (!v->lanes[c].build.ok)
			return error_set(err, ERROR_BUILD,
					 "the base %.12s does not build in "
					 "configuration %s, before any step; "
					 "make printed:\n%s", v->s->base,
					 v->s->configs[c].name,
					 v->lanes[c].build.log);
	return 0;
}

static int verify_step(struct verify *v, size_t i, struct error *err)
{
	struct session *s = v->s;
	const char *parent = parent_of(s, i);
	const char *commit = s->report.steps[i].commit;
	struct step_texts texts = { 0 };
	struct lane_job job = { .name = s->report.steps[i].name,
				.texts = &texts,
				.rows = s->report.steps[i].configs };
	int result = -1;

	if (!step_texts_load(&s->repo, &s->series.steps[i], parent, commit,
			     &texts, err) &&
	    !open_checkout(v, err) &&
	    !visit(v, &job, parent, lane_before, err) &&
	    (i || !check_base(v, err)) &&
	    !visit(v, &job, commit, lane_after, err) &&
	    !close_rows(v, i, &texts, err) &&
	    !hand_on_units(v, parent, commit, err))
		result = 0;
	step_texts_release(&texts);
	return result;
}

/* The time of the slowest lane; they run side by side. */
static void say_verified(struct verify *v, const struct report_step *step)
{
	struct lane_times most = { 0 };

	for (size_t c = 0; c < v->s->nr_configs; c++) {
		const struct lane_times *t = &v->lanes[c].times;

		most.build = t->build > most.build ? t->build : most.build;
		most.isolate = t->isolate > most.isolate ? t->isolate :
							   most.isolate;
		most.prove = t->prove > most.prove ? t->prove : most.prove;
	}
	progress_done(&v->s->progress,
		      "verify  %-*s  %s; build %.1f, isolate %.1f, prove %.1f",
		      series_width(&v->s->series), step->name, verdict_name(step->verdict), most.build,
		      most.isolate, most.prove);
	lanes_end_step(v->lanes, v->s->nr_configs);
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
		if (known)
			progress_done(&s->progress, "verify  %-*s  %s (known)",
				      series_width(&s->series), step->name,
				      verdict_name(step->verdict));
		else
			say_verified(v, step);
	}
	return 0;
}

static void say_units(struct verify *v)
{
	struct isolation_stats all = { 0 };

	for (size_t c = 0; v->lanes && c < v->s->nr_configs; c++) {
		all.preprocessed += v->lanes[c].stats.preprocessed;
		all.compiled += v->lanes[c].stats.compiled;
		all.reused += v->lanes[c].stats.reused;
	}
	if (all.preprocessed || all.compiled || all.reused)
		progress_done(&v->s->progress,
			      "units   %zu preprocessed, %zu compiled, %zu known",
			      all.preprocessed, all.compiled, all.reused);
}

int stage_verify(struct session *s, struct error *err)
{
	struct verify v = { .s = s };
	int result = verify_all(&v, err);

	say_units(&v);
	lanes_free(v.lanes, s->nr_configs);
	if (v.open)
		checkout_release(&v.checkout);
	return result;
}
