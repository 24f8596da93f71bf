// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was accepted, and the rows of steps that came or went by it. A step that is
 * left out has no row any more, so that what was accepted of it is the report's.
 */
#include "report.h"

void report_accept(struct report *report, const char *step,
		   const struct drift *drift, const char *done)
{
	struct accepted *a;

	ARRAY_GROW(report->accepted, report->nr_accepted,
		   report->alloc_accepted);
	a = &report->accepted[report->nr_accepted++];
	*a = (struct accepted){
		.step = xstrdup(step),
		.drift = { .class = drift->class, .name = xstrdup(drift->name),
			   .path = xstrdup(drift->path), .line = drift->line,
			   .message = xstrdup(drift->message),
			   .suggestion = xstrdup(drift->suggestion),
			   .remedy = drift->remedy,
			   .other = xstrdup(drift->other) },
		.done = xstrdup(done),
	};
}

void report_start_step(struct report_step *row, const char *name,
		       const char *kind, const char *subject)
{
	*row = (struct report_step){
		.name = xstrdup(name), .kind = xstrdup(kind),
		.subject = xstrdup(subject), .verdict = VERDICT_UNDECIDED,
	};
}

void report_put_in(struct report *report, size_t at, const char *name,
		   const char *kind, const char *subject)
{
	ARRAY_GROW(report->steps, report->nr, report->alloc);
	memmove(&report->steps[at + 1], &report->steps[at],
		(report->nr - at) * sizeof(*report->steps));
	report->nr++;
	report_start_step(&report->steps[at], name, kind, subject);
}

void report_leave_out(struct report *report, size_t at)
{
	report_step_release(&report->steps[at]);
	report->nr--;
	memmove(&report->steps[at], &report->steps[at + 1],
		(report->nr - at) * sizeof(*report->steps));
}

void report_step_reset(struct report_step *step)
{
	struct report_step fresh;

	report_start_step(&fresh, step->name, step->kind, step->subject);
	report_step_release(step);
	*step = fresh;
}
