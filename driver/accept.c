// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each remedy is a small change to the step (amend.h), the same that optional.c
 * makes of what a step says itself. None of them guesses: what would need a
 * person's judgement has no remedy.
 */
#include "accept_internal.h"

#include "amend.h"

struct accepting {
	const struct acceptance *a;
	size_t i;
	struct step *step;
	struct drifts *drifts;
};

static bool was_accepted(const struct accepting *w, const struct drift *d)
{
	const struct report *report = w->a->report;

	for (size_t i = 0; i < report->nr_accepted; i++) {
		const struct accepted *old = &report->accepted[i];

		if (streq(old->step, w->step->name) &&
		    old->drift.class == d->class &&
		    old->drift.remedy == d->remedy &&
		    streq(old->drift.name, d->name) &&
		    streq(old->drift.path, d->path))
			return true;
	}
	return false;
}

static bool leave_out(struct step *step, const struct drift *d)
{
	struct strv *told = d->class == DRIFT_ABSENT   ? &step->absent :
			    d->class == DRIFT_NEEDLESS ? &step->needless :
							 &step->done;

	if (!strv_has(&step->names, d->name))
		return false;
	/* The rule still means what is promoted for nothing. */
	if (d->class == DRIFT_NEEDLESS && !amend_forget(step, d->name) &&
	    step->names.nr > 1)
		return false;
	amend_leave_out(step, d->name);
	strv_add(told, d->name);
	return true;
}

static bool call(struct step *step, const struct drift *d)
{
	if (!strv_has(&step->names, d->name) ||
	    strv_has(&step->names, d->other))
		return false;
	amend_call(step, d->name, d->other);
	strv_addf(&step->called, "%s is %s", d->name, d->other);
	return true;
}

static bool take_from(struct step *step, const struct drift *d)
{
	strv_addf(&step->called, "%s is in %s", d->name, d->other);
	free(step->from);
	step->from = xstrdup(d->other);
	return true;
}

static bool put_at_end(struct step *step)
{
	if (step->after.nr != 1)
		return false;
	amend_drop_at(&step->after, 0);
	return true;
}

static bool include(struct step *step, const struct drift *d)
{
	if (strv_has(&step->includes, d->other))
		return false;
	strv_add(&step->includes, d->other);
	return true;
}

/* Of several files one may need what another does not. */
static bool drop_include(struct step *step, const struct drift *d)
{
	struct strv *lists[] = { &step->includes, &step->added,
				 &step->removed };

	for (size_t i = 0; step->files.nr <= 1 && i < ARRAY_SIZE(lists); i++)
		if (strv_has(lists[i], d->name)) {
			amend_drop_at(lists[i], strv_find(lists[i], d->name));
			strv_add(&step->done, d->name);
			return true;
		}
	return false;
}

static bool drop_macro(struct step *step, const struct drift *d)
{
	if (!amend_preamble_line(step, d->name))
		return false;
	amend_drop_macro(step, d->name);
	return true;
}

static bool append(const struct accepting *w, struct step *step)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct error ignored = ERROR_INIT;
	int found;

	if (!step->preamble)
		return false;
	found = repo_read(w->a->repo, w->a->commit, step->to, &text, &ignored);
	error_release(&ignored);
	if (found < 0)
		return false;
	amend_append(step, text.data, text.len);
	return true;
}

static bool put_object(struct step *step, const struct drift *d)
{
	free(step->kbuild);
	step->kbuild = xstrdup(d->other);
	return true;
}

static bool take_along(struct step *step, const struct drift *d)
{
	strv_add(&step->along, d->other);
	return true;
}

/* What one remedy does to the step; promotions and steps that go are not here. */
static bool carry_out(const struct accepting *w, const struct drift *d)
{
	switch (d->remedy) {
	case REMEDY_LEAVE_OUT:
		return leave_out(w->step, d);
	case REMEDY_CALL:
		return call(w->step, d);
	case REMEDY_FROM:
		return take_from(w->step, d);
	case REMEDY_END:
		return put_at_end(w->step);
	case REMEDY_INCLUDE:
		return include(w->step, d);
	case REMEDY_NO_INCLUDE:
		return drop_include(w->step, d);
	case REMEDY_APPEND:
		return append(w, w->step);
	case REMEDY_NO_MACRO:
		return drop_macro(w->step, d);
	case REMEDY_KBUILD:
		return put_object(w->step, d);
	case REMEDY_TAKE:
		return take_along(w->step, d);
	default:
		return false;
	}
}

/* What the report says of it; the caller frees. */
static char *said(const struct drift *d)
{
	switch (d->remedy) {
	case REMEDY_CALL:
		return xasprintf("'%s' is taken instead", d->other);
	case REMEDY_FROM:
		return xasprintf("taken from %s", d->other);
	case REMEDY_END:
		return xstrdup("put at the end of the file");
	case REMEDY_INCLUDE:
		return xasprintf("%s is included, too", d->other);
	case REMEDY_APPEND:
		return xstrdup("put into the file that is there");
	case REMEDY_NO_MACRO:
		return xstrdup("left out of the preamble");
	case REMEDY_KBUILD:
		return xasprintf("built by %s", d->other);
	case REMEDY_TAKE:
		return xasprintf("the line of %s goes along", d->other);
	default:
		return xstrdup("left out of the step");
	}
}

static void tell(const struct accepting *w, size_t drift, const char *done)
{
	report_accept(w->a->report, w->step->name, &w->drifts->v[drift], done);
	drifts_drop(w->drifts, drift);
}

/* Everything that a step which goes had is settled by that. */
static void leave_step(const struct accepting *w)
{
	while (w->drifts->nr)
		tell(w, 0, "the step is left out");
	strv_addf(&w->a->report->notes,
		  "step %s is left out: this base needs none of it",
		  w->step->name);
	series_leave_out(w->a->series, w->i);
	report_leave_out(w->a->report, w->i);
}

static bool step_goes(const struct accepting *w)
{
	for (size_t i = 0; i < w->drifts->nr; i++)
		if (w->drifts->v[i].remedy == REMEDY_LEAVE_STEP)
			return true;
	return false;
}

/* Nothing is left of what the step was about. */
static bool is_empty(const struct step *step)
{
	switch (step->kind) {
	case STEP_INCLUDES:
		return !step->added.nr && !step->removed.nr;
	case STEP_RENAME:
		return !step->nr_renames;
	case STEP_MOVE:
	case STEP_PROMOTE:
		return !step->names.nr;
	default:
		return false;
	}
}

static int promote(const struct accepting *w, struct error *err)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	for (size_t i = 0; i < w->drifts->nr; i++)
		if (w->drifts->v[i].remedy == REMEDY_PROMOTE &&
		    !was_accepted(w, &w->drifts->v[i]))
			strv_add(&names, w->drifts->v[i].name);
	return names.nr ? accept_promote(w->a, w->i, &names, err) : 0;
}

/* The drifts of a step that has got one before it: all rows moved up by one. */
static void tell_promoted(const struct acceptance *a, size_t i)
{
	struct accepting w = { a, i + 1, &a->series->steps[i + 1],
			       &a->report->steps[i + 1].drifts };
	_cleanup_free_ char *done = xasprintf("promoted by a step before, %s",
					      a->series->steps[i].name);

	for (size_t k = 0; k < w.drifts->nr;) {
		if (w.drifts->v[k].remedy == REMEDY_PROMOTE &&
		    !was_accepted(&w, &w.drifts->v[k]))
			tell(&w, k, done);
		else
			k++;
	}
}

/* What else was the matter with a name that the step does without. */
static void tell_rest(const struct accepting *w, const char *name,
		      const char *done)
{
	for (size_t i = 0; i < w->drifts->nr;) {
		if (streq(w->drifts->v[i].name, name))
			tell(w, i, done);
		else
			i++;
	}
}

static void accept_each(const struct accepting *w)
{
	for (size_t i = 0; i < w->drifts->nr;) {
		const struct drift *d = &w->drifts->v[i];
		_cleanup_free_ char *name = xstrdup(d->name);
		_cleanup_free_ char *done = said(d);
		bool out = d->remedy == REMEDY_LEAVE_OUT;

		if (drift_is_summary(d)) {
			drifts_drop(w->drifts, i);
			continue;
		}
		if (was_accepted(w, d) || !carry_out(w, d)) {
			i++;
			continue;
		}
		tell(w, i, done);
		if (out) {
			tell_rest(w, name, done);
			i = 0;
		}
	}
}

int accept_drift(const struct acceptance *a, size_t i, struct error *err)
{
	struct accepting w = { a, i, &a->series->steps[i],
			       &a->report->steps[i].drifts };
	int promoted;

	if (!w.drifts->nr)
		return 0;
	if (step_goes(&w)) {
		leave_step(&w);
		return 1;
	}
	accept_each(&w);
	if (is_empty(w.step)) {
		leave_step(&w);
		return 1;
	}
	promoted = promote(&w, err);
	if (promoted < 0)
		return -1;
	if (promoted) {
		tell_promoted(a, i);
		i++;
	}
	return !a->report->steps[i].drifts.nr;
}
