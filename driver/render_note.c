// SPDX-License-Identifier: GPL-2.0-only
/*
 * The note of a step's commit: its verdict, short enough to stand in a log. The
 * whole of it is in the report.
 */
#define _GNU_SOURCE
#include "render.h"

static void add_rungs(const struct report_config *config, struct buf *ret)
{
	for (int rung = 0; rung < RUNG_NR; rung++) {
		const struct outcome *o = render_rung(config, (enum rung)rung);

		if (!o || o->result == RESULT_NOT_RUN)
			continue;
		buf_addf(ret, ", %s %s (", rung_name(o->rung),
			 result_name(o->result));
		render_counted(ret, o->checked, render_unit(o->rung));
		buf_addch(ret, ')');
	}
}

void render_note(const struct report *report, const struct report_step *step,
		 struct buf *ret)
{
	buf_addf(ret, "%s: %s, step of %s\n\n", verdict_name(step->verdict),
		 step->name, report->series);
	for (size_t i = 0; i < step->nr_configs; i++) {
		const struct report_config *config = &step->configs[i];
		_cleanup_(buf_release) struct buf text = BUF_INIT;

		buf_addf(&text, "%s: %s", config->name,
			 verdict_name(config->verdict));
		add_rungs(config, &text);
		render_wrapped(ret, text.data, 0);
	}
	buf_addch(ret, '\n');
	for (size_t i = 0; i < report->tools.nr; i++) {
		const char *tool = report->tools.v[i];
		const char *version = strchr(tool, '\t');

		buf_addf(ret, "%.*s: %s\n", (int)strcspn(tool, "\t"), tool,
			 version ? version + 1 : "");
	}
}
