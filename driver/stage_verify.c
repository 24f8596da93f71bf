// SPDX-License-Identifier: GPL-2.0-only
/*
 * Build and verify. One source folder stands at one commit at a time, so a
 * step is proven in two visits: at its parent, where every configuration is
 * built and the units that the step touches are isolated, and at its commit,
 * where the same is done and the two are held against each other. What was built
 * at a commit is not built again for the next step. All configurations are at
 * work at once (lane.c).
 */
#include "stages.h"

#include <dirent.h>
#include <stdio.h>

#include "checkout.h"
#include "lane.h"
#include "lib/fs.h"
#include "optional.h"
#include "range_findings.h"
#include "rows.h"

struct verify {
	struct session *s;
	struct checkout checkout;
	bool open;	    /* the checkout is */
	const char *at;	    /* commit it stands at; NULL: not known */
	struct lane *lanes; /* one a configuration; NULL: not open */
	struct work work;   /* of all steps so far */
};

/*
 * Sources include headers of folders around theirs ("../locking/mutex.h"): the
 * whole of "kernel/", but of "drivers/", "arch/" and "sound/" the part below.
 */
static void add_surroundings(const char *target, struct strv *ret)
{
	static const char *const large[] = { "drivers/", "arch/", "sound/" };
	size_t len = strcspn(target, "/") + 1;

	if (len > strlen(target))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(large); i++)
		if (starts_with(target, large[i]) && strchr(target + len, '/'))
			len += strcspn(target + len, "/") + 1;
	strv_addn(ret, target, len);
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
	for (size_t c = 0; s->range.nr && c < s->nr_configs; c++)
		for (size_t i = 0; i < s->configs[c].targets.nr; i++)
			add_surroundings(s->configs[c].targets.v[i],
					 &v->checkout.folders);
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
	if (!result && v->s->range.nr)
		result = range_findings(v->s, &texts->paths, v->lanes,
					v->s->report.steps[i].configs, err);
	return result ? -1 : rows_put(v->s, i, err);
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

static int load_texts(struct session *s, size_t i,
		      struct step_texts *ret, struct error *err)
{
	if (s->range.nr)
		return commit_texts_load(&s->repo, &s->options->renames,
					 rows_before(s, i), rows_after(s, i), ret,
					 err);
	if (optional_fit(&s->repo, rows_before(s, i), &s->series.steps[i], NULL,
			 err))
		return -1;
	return step_texts_load(&s->repo, &s->series.steps[i], rows_before(s, i),
			       rows_after(s, i), ret, err);
}

/* Never fails. */
static int list_deeds(const struct inference *inference,
		      struct report_step *step)
{
	if (!inference)
		return 0;
	step->deeds = xcalloc(inference->nr_done, sizeof(*step->deeds));
	step->nr_deeds = inference->nr_done;
	for (size_t i = 0; i < inference->nr_done; i++) {
		const struct done *done = &inference->done[i];

		step->deeds[i] = (struct report_deed){
			.deeds = deeds_text(done->deeds),
			.what = xstrdup(done->what),
			.name = xstrdup(done->name),
			.new_name = xstrdup(done->new_name),
			.from = xstrdup(done->from),
			.to = xstrdup(done->to),
			.but = xstrdup(done->but),
			.lines = done->lines,
			.residue = done->residue,
		};
	}
	return 0;
}

static int verify_step(struct verify *v, size_t i, struct error *err)
{
	struct session *s = v->s;
	const char *parent = rows_before(s, i), *commit = rows_after(s, i);
	struct step_texts texts = { 0 };
	struct lane_job job = { .name = s->report.steps[i].name,
				.texts = &texts,
				.rows = s->report.steps[i].configs };
	int result = -1;

	if (!load_texts(s, i, &texts, err) &&
	    !list_deeds(texts.inference, &s->report.steps[i]) &&
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

/* Columns of the longest name. */
static int names_width(const struct session *s)
{
	size_t width = 0;

	for (size_t i = 0; i < s->report.nr; i++)
		if (strlen(s->report.steps[i].name) > width)
			width = strlen(s->report.steps[i].name);
	return (int)width;
}

/* What each lane took, for the timing file, and the most; they run side by side. */
static struct lane_times sum_up(struct verify *v, struct work *ret)
{
	struct lane_times most = { 0 };

	for (size_t c = 0; c < v->s->nr_configs; c++) {
		const struct lane_times *t = &v->lanes[c].times;

		work_add(ret, &v->lanes[c].work);
		progress_note(&v->s->progress,
			      "%s: build %.1f, isolate %.1f, prove %.1f",
			      v->s->configs[c].name, t->build, t->isolate,
			      t->prove);
		most.build = t->build > most.build ? t->build : most.build;
		most.isolate = t->isolate > most.isolate ? t->isolate :
							   most.isolate;
		most.prove = t->prove > most.prove ? t->prove : most.prove;
	}
	return most;
}

static void say_verified(struct verify *v, const struct report_step *step)
{
	_cleanup_(buf_release) struct buf line = BUF_INIT;
	struct work work = { .proven = v->s->nr_configs };
	struct lane_times most = sum_up(v, &work);

	buf_addf(&line, "verify  %-*s  %s; build %.1f",
		 names_width(v->s), step->name,
		 verdict_name(step->verdict), most.build);
	work_of(work.built, work.spared, &line);
	buf_addf(&line, ", isolate %.1f", most.isolate);
	work_of(work.isolation.compiled, work.isolation.reused, &line);
	buf_addf(&line, ", prove %.1f", most.prove);
	progress_done(&v->s->progress, "%s", line.data);
	work_add(&v->work, &work);
	lanes_end_step(v->lanes, v->s->nr_configs);
}

static int verify_all(struct verify *v, struct error *err)
{
	struct session *s = v->s;

	for (size_t i = 0; i < s->report.nr; i++) {
		struct report_step *step = &s->report.steps[i];
		int known = rows_get(s, i, err);

		if (known < 0)
			return -1;
		if (!known && verify_step(v, i, err))
			return error_prefix(err, "step %s", step->name);
		report_judge(&s->report);
		if (!known) {
			say_verified(v, step);
			continue;
		}
		v->work.known += s->nr_configs;
		progress_done(&s->progress, "verify  %-*s  %s (known)",
			      series_width(&s->series), step->name,
			      verdict_name(step->verdict));
	}
	return 0;
}

static void say_work(struct verify *v)
{
	_cleanup_(buf_release) struct buf line = BUF_INIT;

	work_line(&v->work, &line);
	if (line.len)
		progress_done(&v->s->progress, "work    %s", line.data);
}

int stage_verify(struct session *s, struct error *err)
{
	struct verify v = { .s = s };
	int result = verify_all(&v, err);

	say_work(&v);
	lanes_free(v.lanes, s->nr_configs);
	if (v.open)
		checkout_release(&v.checkout);
	return result;
}
