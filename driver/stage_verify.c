// SPDX-License-Identifier: GPL-2.0-only
/*
 * Build and verify. One source folder stands at one commit at a time, so a
 * step is proven in two visits: at its parent, where every configuration is
 * built and the units that the step touches are isolated, and at its commit,
 * where the same is done and the two are held against each other. What was built
 * at a commit is not built again for the next step. All configurations are at
 * work at once (lane.c), and on a large machine several stretches of steps, each
 * with a source folder (stretch.c).
 */
#include "stages.h"

#include <dirent.h>
#include <stdio.h>

#include "lib/fs.h"
#include "optional.h"
#include "range_findings.h"
#include "rows.h"
#include "stretch.h"

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

static int open_checkout(struct stretch *v, struct error *err)
{
	struct session *s = v->s;

	if (v->open)
		return 0;
	if (checkout_open(&s->repo, v->src, &v->checkout, err))
		return -1;
	v->open = true;
	for (size_t c = 0; s->range.nr && c < s->nr_configs; c++)
		for (size_t i = 0; i < s->configs[c].targets.nr; i++)
			add_surroundings(s->configs[c].targets.v[i],
					 &v->checkout.folders);
	v->lanes = lanes_new(s, v->checkout.dir, v->mark);
	return 0;
}

/*
 * Puts the source folder at a commit, and has all lanes do the job there. A failure
 * without an error: another stretch has one.
 */
static int visit(struct stretch *v, struct lane_job *job, const char *commit,
		 int (*work)(struct lane *lane, const struct lane_job *job,
			     struct error *err),
		 struct error *err)
{
	if (stretch_stopped(v))
		return -1;
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
static int hand_on_units(struct stretch *v, const char *parent,
			 const char *commit, struct error *err)
{
	for (size_t c = 0; c < v->s->nr_configs; c++) {
		_cleanup_free_ char *from =
			lane_units_dir(&v->lanes[c], parent);
		_cleanup_free_ char *to = lane_units_dir(&v->lanes[c], commit);

		if (hand_on(from, to, err))
			return -1;
	}
	return 0;
}

/* What only all configurations together can say. */
static int close_rows(struct stretch *v, size_t i, const struct step_texts *texts,
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
static int check_base(const struct stretch *v, struct error *err)
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

static int verify_step(struct stretch *v, size_t i, struct error *err)
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
static struct lane_times sum_up(struct stretch *v, struct work *ret)
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

static void say_verified(struct stretch *v, const struct report_step *step)
{
	_cleanup_(buf_release) struct buf line = BUF_INIT;
	struct work work = { .proven = v->s->nr_configs };
	struct lane_times most;

	pthread_mutex_lock(&v->all->telling);
	most = sum_up(v, &work);
	buf_addf(&line, "verify  %-*s  %s; build %.1f",
		 names_width(v->s), step->name,
		 verdict_name(step->verdict), most.build);
	work_of(work.built, work.spared, &line);
	buf_addf(&line, ", isolate %.1f", most.isolate);
	work_of(work.isolation.compiled, work.isolation.reused, &line);
	buf_addf(&line, ", prove %.1f", most.prove);
	progress_done(&v->s->progress, "%s", line.data);
	pthread_mutex_unlock(&v->all->telling);
	work_add(&v->work, &work);
	lanes_end_step(v->lanes, v->s->nr_configs);
}

static int verify_stretch(struct stretch *v, struct error *err)
{
	struct session *s = v->s;

	for (size_t i = v->first; i < v->end; i++) {
		struct report_step *step = &s->report.steps[i];
		int known = rows_get(s, i, err);

		if (known < 0)
			return -1;
		if (!known && verify_step(v, i, err))
			return error_prefix(err, "step %s", step->name);
		report_judge_step(step);
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

static void say_work(struct session *s, const struct stretches *all)
{
	_cleanup_(buf_release) struct buf line = BUF_INIT;
	struct work work = { 0 };

	for (size_t i = 0; i < all->nr; i++)
		work_add(&work, &all->v[i].work);
	work_line(&work, &line);
	if (line.len)
		progress_done(&s->progress, "work    %s", line.data);
}

int stage_verify(struct session *s, struct error *err)
{
	struct stretches all;
	int result = stretches_open(s, &all, err);

	if (!result)
		result = stretches_run(&all, verify_stretch, err);
	report_judge(&s->report);
	say_work(s, &all);
	stretches_close(&all);
	return result;
}
