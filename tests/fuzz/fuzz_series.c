// SPDX-License-Identifier: GPL-2.0-only
/*
 * A step file that somebody wrote, or a fetched series has: its head, its
 * options, its rules and its edits. What is refused says where.
 */
#include "fuzz.h"

#include "driver/series_parts.h"

static void free_step(struct step step)
{
	/* series_release() is what frees the fields of a step. */
	struct series series = { .nr = 1 };

	series.steps = xcalloc(1, sizeof(step));
	*series.steps = step;
	series_release(&series);
}

static void check_step(const struct step *step)
{
	require(step->subject && step->message && step->rules);
	require(step->kind < STEP_KINDS && step_kind_name(step->kind));
	require(!step->from || *step->from);
	for (size_t i = 0; i < step->nr_renames; i++)
		require(step->renames[i].old && step->renames[i].new);
	for (size_t i = 0; i < step->names.nr; i++)
		require(is_identifier(step->names.v[i],
				      strlen(step->names.v[i])));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct step step = {
		.name = xstrdup("0010-step"),
		.path = xstrdup("0010-step.cocci"),
		.text = xstrndup((const char *)data, size),
	};
	struct error err = ERROR_INIT;

	if (!head_read(&step, &err) && !rules_read(&step, size % 2, &err) &&
	    !edits_read(&step, &err))
		check_step(&step);
	else
		require(err.class == ERROR_INPUT &&
			starts_with(err.text, step.path));
	error_release(&err);
	free_step(step);
	return 0;
}
