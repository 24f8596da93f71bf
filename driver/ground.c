// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is found here is only what is certain before anything is edited. Whether
 * a step fits is for its kind to say, on the commit below it.
 */
#include "ground_internal.h"

static void check_file(const struct ground *g, const char *path,
		       struct drifts *drifts)
{
	if (path && !world_has_file(&g->world, path))
		drifts_add(drifts, DRIFT_ABSENT, NULL, path, 0, NULL,
			   "the base has no such file, and no step before makes it");
}

/* The file is called so already; both paths at once are for the kind to tell. */
static bool is_renamed(const struct ground *g, const struct step *step)
{
	return step->kind == STEP_RENAME_FILE &&
	       !world_has_file(&g->world, step->from) &&
	       world_has_file(&g->world, step->to);
}

static void check_files(const struct ground *g, const struct step *step,
			struct drifts *drifts)
{
	if (is_renamed(g, step)) {
		drifts_add(drifts, DRIFT_DONE, NULL, step->to, 0,
			   "take the step out of the file 'series' for this base",
			   "the file is called so already: the step is done here");
		drifts_remedy(drifts, REMEDY_LEAVE_STEP, NULL);
		return;
	}
	check_file(g, step->from, drifts);
	check_file(g, step->header, drifts);
	for (size_t i = 0; i < step->files.nr; i++)
		check_file(g, step->files.v[i], drifts);
	if (step->kind == STEP_MOVE && step->preamble &&
	    world_has_file(&g->world, step->to)) {
		drifts_add(drifts, DRIFT_DESTINATION, NULL, step->to, 0,
			   "take 'Preamble:' out of the step, and name in "
			   "'Include:' what the moved code needs",
			   "the step creates the file, but it is there");
		drifts_remedy(drifts, REMEDY_APPEND, NULL);
	}
}

static size_t count_done(const struct drifts *drifts)
{
	size_t nr = 0;

	for (size_t i = 0; i < drifts->nr; i++)
		nr += drifts->v[i].class == DRIFT_DONE && *drifts->v[i].name;
	return nr;
}

static void put_first(struct drifts *drifts)
{
	struct drift last = drifts->v[drifts->nr - 1];

	memmove(&drifts->v[1], &drifts->v[0],
		(drifts->nr - 1) * sizeof(*drifts->v));
	drifts->v[0] = last;
}

/* What only repeats the summary of a step that is done altogether. */
static void drop_suggestions(struct drifts *drifts)
{
	for (size_t i = drifts->nr; i--;) {
		struct drift *d = &drifts->v[i];

		if (d->class == DRIFT_DESTINATION) {
			drifts_drop(drifts, i);
		} else if (d->class == DRIFT_DONE) {
			free(d->suggestion);
			d->suggestion = NULL;
		}
	}
}

/* A step that is done wholly, or in half, is told as that first. */
static void sum_up(const struct step *step, struct drifts *drifts)
{
	size_t done = count_done(drifts);
	size_t all = step->kind == STEP_EXTRACT ? step->helpers.nr :
						  step->names.nr;
	const char *path = step->kind == STEP_MOVE ? step->to : NULL;

	if (!done || !all)
		return;
	if (done < all) {
		drifts_add(drifts, DRIFT_DONE, NULL, path, 0, NULL,
			   "the step is done in part on this base: %zu of its %zu names",
			   done, all);
	} else {
		drop_suggestions(drifts);
		drifts_add(drifts, DRIFT_DONE, NULL, path, 0,
			   "take it out of the file 'series' for this base",
			   "the step is done on this base, with all of its names (%zu)",
			   all);
		drifts_remedy(drifts, REMEDY_LEAVE_STEP, NULL);
	}
	put_first(drifts);
}

static void walk(struct ground *g)
{
	const struct series *series = g->q->series;

	for (size_t i = 0; i < series->nr; i++) {
		const struct step *step = &series->steps[i];

		check_files(g, step, &g->report->steps[i].drifts);
		ground_names(g, i);
		world_apply(&g->world, step);
	}
}

static int tell(const struct ground *g, struct error *err)
{
	_cleanup_(error_release) struct error one = ERROR_INIT;
	_cleanup_(buf_release) struct buf all = BUF_INIT;

	for (size_t i = 0; i < g->q->series->nr; i++) {
		const struct step *step = &g->q->series->steps[i];
		struct drifts *drifts = &g->report->steps[i].drifts;

		if (!drifts->nr)
			continue;
		sum_up(step, drifts);
		drifts_error(drifts, step->name, &one);
		buf_addf(&all, "%s%s", all.len ? "\n" : "", one.text);
		error_release(&one);
	}
	return all.len ? error_set(err, ERROR_DRIFT, "%s", all.data) : 0;
}

static void release(struct ground *g)
{
	world_release(&g->world);
	astrays_release(&g->astrays);
	for (size_t i = 0; i < g->nr; i++)
		free(g->lost[i].name);
	free(g->lost);
}

int ground_check(const struct ground_question *q, struct report *report,
		 struct error *err)
{
	struct ground g = { .q = q, .report = report };
	int result = world_read(&g.world, q->repo, q->base, q->series, err);

	if (!result) {
		walk(&g);
		result = ground_tell_lost(&g, err) ||
			 ground_includes(&g, err) ||
			 ground_changes(&g, err) || tell(&g, err);
	}
	release(&g);
	return result ? -1 : 0;
}
