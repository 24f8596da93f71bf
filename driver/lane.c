// SPDX-License-Identifier: GPL-2.0-only
/*
 * The work of one configuration, in a thread with those of all others.
 */
#define _GNU_SOURCE
#include "lane.h"

#include <time.h>

#include "lib/fs.h"
#include "lib/threads.h"
#include "sparable.h"
#include "verify/contract.h"

static void say(struct lane *lane, const struct lane_job *job,
		const char *what)
{
	progress_now(&lane->s->progress, "%s: %s %s", job->name, what,
		     lane->config->name);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Adds the time since *since, and sets that to now. */
static void account(double *since, double *ret)
{
	double time = now();

	*ret += time - *since;
	*since = time;
}

/* One of the folders in lane.h; the caller frees. */
static char *folder(const struct lane *lane, const char *name)
{
	return xasprintf("%s/config/%s/%s%s", lane->s->work,
			 lane->config->name, name, lane->mark);
}

char *lane_units_dir(const struct lane *lane, const char *commit)
{
	_cleanup_free_ char *units = folder(lane, "units");

	return xasprintf("%s/%.16s", units, commit);
}

int lane_remove(const char *config_dir, const char *mark, struct error *err)
{
	static const char *const names[] = { "out", "units", "before", "after" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_free_ char *dir = xasprintf("%s/%s%s", config_dir,
						     names[i], mark);

		if (fs_remove(dir, err))
			return -1;
	}
	return 0;
}

struct lane *lanes_new(struct session *s, const char *src, const char *mark)
{
	struct lane *lanes = xcalloc(s->nr_configs, sizeof(*lanes));

	for (size_t c = 0; c < s->nr_configs; c++) {
		struct lane *lane = &lanes[c];

		lane->s = s;
		lane->config = &s->configs[c];
		lane->mark = mark;
		lane->out = folder(lane, "out");
		lane->kbuild = (struct kbuild){
			.src = src,
			.out = lane->out,
			.config = lane->config,
			.make_args = &s->toolchains[c].make_args,
			.jobserver = &s->jobserver,
		};
		lane->seen = kbuild_seen_new(&lane->kbuild);
	}
	return lanes;
}

void lanes_end_step(struct lane *lanes, size_t nr)
{
	for (size_t c = 0; c < nr; c++) {
		built_release(&lanes[c].before);
		built_release(&lanes[c].after);
		build_result_release(&lanes[c].old);
		lanes[c].times = (struct lane_times){ 0 };
		lanes[c].work = (struct work){ 0 };
	}
}

static void forget_build(struct lane *lane)
{
	build_result_release(&lane->build);
	free(lane->at);
	lane->at = NULL;
}

void lanes_free(struct lane *lanes, size_t nr)
{
	if (!lanes)
		return;
	lanes_end_step(lanes, nr);
	for (size_t c = 0; c < nr; c++) {
		forget_build(&lanes[c]);
		kbuild_seen_free(lanes[c].seen);
		free(lanes[c].out);
		error_release(&lanes[c].err);
	}
	free(lanes);
}

struct given {
	struct lane *lane;
	const struct lane_job *job;
};

static void run_lane(void *item)
{
	const struct given *given = item;
	struct lane *lane = given->lane;

	error_release(&lane->err);
	lane->failed = given->job->work(lane, given->job, &lane->err);
}

int lanes_run(struct lane *lanes, size_t nr, struct lane_job *job,
	      struct error *err)
{
	struct given *list = xcalloc(nr, sizeof(*list));
	int result = 0;

	for (size_t c = 0; c < nr; c++)
		list[c] = (struct given){ .lane = &lanes[c], .job = job };
	threads_run(run_lane, list, sizeof(*list), nr);
	for (size_t c = 0; c < nr && !result; c++)
		if (lanes[c].failed) {
			error_set(err, lanes[c].err.class, "%s",
				  lanes[c].err.text);
			result = error_prefix(err, "configuration %s",
					      lanes[c].config->name);
		}
	free(list);
	return result;
}

/*
 * The texts that are looked at are those that isolate() asks for next. A tree
 * that they cannot be made of is left to make, which says why.
 */
static int spare(struct lane *lane, const struct lane_job *job,
		 struct error *err)
{
	_cleanup_(error_release) struct error why = ERROR_INIT;
	_cleanup_free_ char *units = lane_units_dir(lane, job->commit);
	const struct isolation iso = { .kbuild = &lane->kbuild,
				       .store = &lane->s->store,
				       .dir = units };
	struct isolation_stats stats = { 0 };
	struct isolated *looked = NULL;
	struct kbuild_looks looks = { 0 };
	size_t spared;
	int result;

	if (fs_mkdirs(units, &why) ||
	    isolate_texts_alone(&iso, &lane->build, &job->texts->paths,
				&looked, &looks.nr, &stats, &why))
		return 0;
	lane->work.isolation.preprocessed += stats.preprocessed;
	lane->looked = stats.preprocessed;
	looks.units = looked;
	result = kbuild_seen_spare(lane->seen, &lane->build,
				   &job->texts->paths, &looks, &spared, err);
	isolated_free(looked, looks.nr);
	lane->work.spared += result ? 0 : spared;
	return result;
}

static int build(struct lane *lane, const struct lane_job *job,
		 struct error *err)
{
	say(lane, job, "build");
	if (kbuild_configure(&lane->kbuild, err) ||
	    (lane->at && sparable(job->texts) && spare(lane, job, err)))
		return -1;
	forget_build(lane);
	if (kbuild_build(&lane->kbuild, &lane->build, err))
		return -1;
	lane->work.built += lane->build.made;
	lane->at = xstrdup(job->commit);
	return 0;
}

static int make_side(struct lane *lane, const struct lane_job *job,
		     const char *which, struct built *ret, struct error *err)
{
	struct strv watched _cleanup_(strv_release) = STRV_INIT;
	struct strv forced _cleanup_(strv_release) = STRV_INIT;
	const struct contract *contract = &job->texts->contract;
	const struct session *s = lane->s;
	const struct toolchain *tools = &s->toolchains[lane->config - s->configs];
	_cleanup_free_ char *units = lane_units_dir(lane, job->commit);
	_cleanup_free_ char *keep = folder(lane, which);
	const struct isolation iso = {
		.kbuild = &lane->kbuild,
		.store = &s->store,
		.dir = units,
		.force_inline = &forced,
		.clang = tools->clang.nr ? &tools->clang : NULL,
		.by_clang = tools->by_clang,
	};
	struct work *work = &lane->work;
	size_t current = work->isolation.current;
	int result;

	say(lane, job, "isolate");
	if (fs_mkdirs(units, err))
		return -1;
	contract_forced(contract, &forced);
	contract_watched(contract, streq(which, "before"), &watched);
	result = built_make(&iso, &lane->build, &job->texts->paths,
			    watched.nr ? &watched : NULL, keep, ret,
			    &work->isolation, err);
	/* a text that this very visit made is not one that was there */
	current = work->isolation.current - current;
	work->isolation.current -= lane->looked < current ? lane->looked :
							    current;
	lane->looked = 0;
	return result;
}

/* The build changes hands with the next one: copies what outlives it. */
static void keep_build(struct lane *lane)
{
	lane->old = (struct build_result){ .ok = lane->build.ok };
	strv_add_list(&lane->old.warnings, &lane->build.warnings);
	modules_copy(&lane->build.modules, &lane->old.modules);
	lane->before.build = &lane->old;
}

int lane_before(struct lane *lane, const struct lane_job *job,
		struct error *err)
{
	struct kbuild_looks looks;
	double since = now();

	if (!lane->at || !streq(lane->at, job->commit)) {
		/* what was built is of another tree than the step's parent */
		forget_build(lane);
		if (build(lane, job, err))
			return -1;
	}
	account(&since, &lane->times.build);
	if (make_side(lane, job, "before", &lane->before, err))
		return -1;
	keep_build(lane);
	account(&since, &lane->times.isolate);
	looks = (struct kbuild_looks){ lane->before.units, lane->before.nr };
	if (sparable(job->texts) &&
	    kbuild_seen_note(lane->seen, &lane->build, &job->texts->paths,
			     &looks, err))
		return -1;
	account(&since, &lane->times.build);
	return 0;
}

int lane_after(struct lane *lane, const struct lane_job *job,
	       struct error *err)
{
	struct report_config *row;
	double since = now();
	int failed;

	if (build(lane, job, err))
		return -1;
	account(&since, &lane->times.build);
	if (make_side(lane, job, "after", &lane->after, err))
		return -1;
	account(&since, &lane->times.isolate);
	say(lane, job, "prove");
	row = &job->rows[lane->config - lane->s->configs];
	jobserver_take(&lane->s->jobserver);
	failed = prove(job->texts, &lane->before, &lane->after, row, err);
	jobserver_give(&lane->s->jobserver);
	if (failed ||
	    kbuild_not_taken(&lane->kbuild, &row->not_taken, err))
		return -1;
	account(&since, &lane->times.prove);
	return 0;
}
