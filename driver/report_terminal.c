// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report on a terminal: a line a step, what is wrong right under its step,
 * and the verdict last, where the eye is when a run ends. A neutral series
 * takes as many lines as it has steps and a few more.
 */
#define _GNU_SOURCE
#include "report.h"

#include <stdio.h>

#include "render.h"

#define COLUMNS 80
#define NAME_MOST 35	/* columns of a step's name */
#define SUBJECT_LEAST 19
#define CONFIG_LEAST 9	/* "undecided", "different" */
#define CONFIG_MOST 16
#define FINDINGS_MOST 20 /* of one rung; the JSON has all */
#define CODEGEN_MOST 5	/* functions of the stock build */

/* The columns of the table of steps. */
struct columns {
	size_t name, subject;
	size_t prefix; /* bytes that all subjects begin with: "KVM: x86: " */
	size_t *configs; /* owned: one a configuration */
	size_t nr;
	const struct report_step *head; /* the step that names most of them */
};

static size_t clamp(size_t n, size_t least, size_t most)
{
	return n < least ? least : n > most ? most : n;
}

static void measure(const struct report *report, struct columns *c)
{
	size_t used = 2 + 2;

	*c = (struct columns){ .name = 4, .prefix = render_report_prefix(report) };
	for (size_t i = 0; i < report->nr; i++) {
		const struct report_step *step = &report->steps[i];

		c->name = clamp(render_width(step->name), c->name, NAME_MOST);
		if (step->nr_configs > c->nr) {
			c->nr = step->nr_configs;
			c->head = step;
		}
	}
	c->configs = xcalloc(c->nr, sizeof(*c->configs));
	for (size_t i = 0; i < c->nr; i++) {
		c->configs[i] = clamp(render_width(c->head->configs[i].name),
				      CONFIG_LEAST, CONFIG_MOST);
		used += 2 + c->configs[i];
	}
	if (!c->nr)
		used += 2 + strlen("not verified");
	used += c->name;
	c->subject = used + SUBJECT_LEAST > COLUMNS ? SUBJECT_LEAST :
						      COLUMNS - used;
}

/* What a step that no configuration was tried on has come to. */
static const char *state_of(const struct report_step *step)
{
	if (step->drifts.nr)
		return "drift";
	return step->commit ? "not verified" : "not applied";
}

static void add_heading(const struct report *report, const struct columns *c,
			struct buf *ret)
{
	_cleanup_free_ char *subject =
		c->prefix ? xasprintf("%.*s...", (int)c->prefix,
				      report->steps[0].subject) :
			    xstrdup("subject");

	buf_addstr(ret, "\n  ");
	render_cell(ret, report->range ? "commit" : "step", c->name);
	buf_addstr(ret, "  ");
	render_cell(ret, subject, c->subject);
	for (size_t i = 0; i < c->nr; i++) {
		buf_addstr(ret, "  ");
		render_cell(ret, c->head->configs[i].name, c->configs[i]);
	}
	render_end_line(ret);
}

static void add_row(const struct report_step *step, const struct columns *c,
		    bool colour, struct buf *ret)
{
	render_verdict(ret, step->verdict, render_mark(step->verdict), colour);
	buf_addch(ret, ' ');
	render_cell(ret, step->name, c->name);
	buf_addstr(ret, "  ");
	render_cell(ret, step->subject + c->prefix, c->subject);
	for (size_t i = 0; i < step->nr_configs; i++) {
		const struct report_config *config = &step->configs[i];
		_cleanup_(buf_release) struct buf cell = BUF_INIT;

		render_cell(&cell, verdict_name(config->verdict),
			    c->configs[i]);
		buf_addstr(ret, "  ");
		render_verdict(ret, config->verdict, cell.data,
			      colour);
	}
	if (!step->nr_configs) {
		buf_addstr(ret, "  ");
		render_verdict(ret, step->verdict, state_of(step),
			      colour);
	}
	render_end_line(ret);
}

static void add_drifts(const struct report_step *step, struct buf *ret)
{
	const struct drifts *list = &step->drifts;
	_cleanup_free_ bool *told = xcalloc(list->nr, sizeof(*told));

	for (size_t i = 0; i < list->nr; i++) {
		_cleanup_free_ char *said = NULL, *text = NULL;

		if (told[i])
			continue;
		said = drifts_paragraph(list, i, told);
		text = xasprintf("drift %s: %s",
				 drift_class_name(list->v[i].class), said);
		render_wrapped(ret, text, 4);
	}
}

static void add_left(const struct report_step *step, struct buf *ret)
{
	for (size_t i = 0; i < step->nr_left;) {
		const struct left_alone *left = &step->left[i];
		_cleanup_free_ char *where = render_left(step, &i);
		_cleanup_free_ char *text =
			xasprintf("left alone: %s %s at %s", left->class,
				  left->name, where);

		render_wrapped(ret, text, 4);
	}
}

/* What is the same, or only stands in other lines, is counted at the end. */
static void add_range_diff(const struct report *report,
			   const struct report_step *step, struct buf *ret)
{
	if (step->likeness != LIKENESS_DIFFERENT &&
	    step->likeness != LIKENESS_NEW)
		return;
	buf_addf(ret, "    %s: %s\n",
		 step->likeness == LIKENESS_NEW ? "not in" : "otherwise than in",
		 report->earlier);
	for (const char *line = step->range_diff; line && *line;) {
		size_t len = strcspn(line, "\n");

		buf_addf(ret, "    | %.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
}

/* The items that the head is true of, from the first one on. */
static void add_alike(const struct report_step *step, size_t first,
		      const char *head, bool *shown, struct buf *ret)
{
	render_wrapped(ret, head, 4);
	for (size_t i = first; i < step->nr_deeds; i++) {
		const struct report_deed *deed = &step->deeds[i];
		_cleanup_free_ char *own = render_deeds(deed), *text = NULL;

		if (deed->residue || shown[i] || !streq(own, head))
			continue;
		shown[i] = true;
		text = render_deed(deed);
		render_wrapped(ret, text, 6);
	}
}

/* What could not be accounted for is told by the rungs. */
static void add_deeds(const struct report_step *step, struct buf *ret)
{
	_cleanup_free_ bool *shown = xcalloc(step->nr_deeds, sizeof(*shown));

	for (size_t i = 0; i < step->nr_deeds; i++) {
		_cleanup_free_ char *head = render_deeds(&step->deeds[i]);

		if (!step->deeds[i].residue && !shown[i])
			add_alike(step, i, head, shown, ret);
	}
}

/*
 * Whether a rung has something to say under its step. The types rung is a
 * second opinion: that it did not run is not what leaves a step undecided.
 */
static bool is_told(const struct report_step *step, const struct outcome *o)
{
	if (o->nr || o->result > RESULT_EQUAL)
		return true;
	return o->result == RESULT_NOT_RUN && o->rung != RUNG_TYPES &&
	       step->verdict >= VERDICT_UNDECIDED;
}

static void add_rung(const struct report_step *step, enum rung rung,
		     size_t config, bool colour, struct buf *ret)
{
	const struct outcome *o = render_rung(&step->configs[config], rung);
	_cleanup_free_ char *where = render_where_same(step, rung, config);

	if (!where || !is_told(step, o))
		return;
	buf_addf(ret, "    %s ", rung_name(rung));
	render_result(ret, o->result, result_name(o->result), colour);
	buf_addf(ret, " in %s\n", where);
	render_findings(o, 6, FINDINGS_MOST, colour, ret);
}

static void add_findings(const struct report_step *step, bool colour,
			 struct buf *ret)
{
	for (int rung = 0; rung < RUNG_NR; rung++)
		for (size_t i = 0; i < step->nr_configs; i++)
			add_rung(step, (enum rung)rung, i, colour, ret);
	for (size_t i = 0; i < step->nr_configs; i++)
		if (!step->configs[i].built)
			buf_addf(ret, "    not built in %s\n",
				 step->configs[i].name);
}

static void add_verdict_line(const struct report *report, size_t configs,
			     bool colour, struct buf *ret)
{
	size_t counts[VERDICT_DIFFERENT + 1] = { 0 };

	buf_addch(ret, '\n');
	render_verdict(ret, report->verdict,
		      verdict_name(report->verdict), colour);
	buf_addstr(ret, ": ");
	render_counted(ret, report->nr, render_steps(report));
	buf_addstr(ret, " in ");
	render_counted(ret, configs, "configurations");
	for (size_t i = 0; i < report->nr; i++)
		counts[report->steps[i].verdict]++;
	for (int v = 0; v <= VERDICT_DIFFERENT; v++)
		if (counts[v] && counts[v] < report->nr)
			buf_addf(ret, ", %zu %s", counts[v],
				 verdict_name((enum verdict)v));
	buf_addch(ret, '\n');
}

/* What somebody who bisects wants to know. */
static void add_first(const struct report *report, struct buf *ret)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	const struct report_step *step;
	const struct finding *f;

	render_first(report, &step, &f);
	if (!report->range || !step)
		return;
	buf_addf(&text, "first %s commit: %s %s", verdict_name(step->verdict),
		 step->name, step->subject);
	render_wrapped(ret, text.data, 0);
	if (!f)
		return;
	buf_reset(&text);
	buf_addf(&text, "%s %s", f->what, f->name);
	if (*f->where && !streq(f->where, f->name))
		buf_addf(&text, " at %s", f->where);
	buf_addf(&text, ": %s", f->detail);
	render_wrapped(ret, text.data, 2);
}

/* A line each for those that changed most; the rest is in the Markdown. */
static void add_codegen(const struct report *report, size_t all,
			struct buf *ret)
{
	const struct codegen *most[CODEGEN_MOST];
	size_t nr = render_codegen(report, most, CODEGEN_MOST);

	for (size_t i = 0; i < nr; i++) {
		const struct codegen *row = most[i];
		_cleanup_free_ char *text =
			xasprintf("%s %+ld bytes%s%s", row->name,
				  (long)row->after - (long)row->before,
				  *row->why ? ": " : "", row->why);

		buf_addstr(ret, "  ");
		render_cell(ret, text, COLUMNS - 2);
		render_end_line(ret);
	}
	if (all > nr)
		buf_addstr(ret, "  ...\n");
}

static void add_kabi(const struct report *report, struct buf *ret)
{
	_cleanup_free_ char *kabi = render_kabi(report);
	_cleanup_free_ char *text = kabi ? xasprintf("kABI: %s", kabi) : NULL;

	if (text)
		render_wrapped(ret, text, 0);
}

static void add_totals(const struct report *report, struct buf *ret)
{
	_cleanup_(render_totals_release) struct render_totals totals;
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *missing = NULL;

	render_totals(report, &totals);
	buf_addstr(&text, "compared:");
	for (int rung = 0; rung < RUNG_NR; rung++) {
		if (!totals.checked[rung])
			continue;
		buf_addstr(&text, text.data[text.len - 1] == ':' ? " " : ", ");
		render_counted(&text, totals.checked[rung],
			       render_unit((enum rung)rung));
	}
	if (text.data[text.len - 1] == ':')
		buf_addstr(&text, " nothing");
	render_wrapped(ret, text.data, 0);
	missing = strv_join(&totals.not_compared, ", ");
	buf_reset(&text);
	buf_addf(&text, "not compared: %s", missing);
	if (totals.not_compared.nr)
		render_wrapped(ret, text.data, 0);
	for (size_t i = 0; i < totals.not_taken.nr; i++) {
		buf_reset(&text);
		buf_addf(&text, "not in this base: %s", totals.not_taken.v[i]);
		render_wrapped(ret, text.data, 0);
	}
	if (totals.codegen)
		buf_addf(ret,
			 "stock code size (no gate): %zu functions differ, %+ld bytes\n",
			 totals.codegen, totals.codegen_bytes);
	add_codegen(report, totals.codegen, ret);
}

static void add_earlier(const struct report *report, struct buf *ret)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *gone = strv_join(&report->gone, ", ");

	if (!report->earlier)
		return;
	buf_addf(&text, "compared with %s (%.12s):", report->earlier,
		 report->earlier_commit);
	for (int i = LIKENESS_SAME; i <= LIKENESS_NEW; i++) {
		size_t nr = 0;

		for (size_t k = 0; k < report->nr; k++)
			nr += report->steps[k].likeness == (enum likeness)i;
		if (nr)
			buf_addf(&text, "%s %zu %s",
				 text.data[text.len - 1] == ':' ? "" : ",", nr,
				 likeness_name((enum likeness)i));
	}
	if (report->gone.nr)
		buf_addf(&text, "; gone: %s", gone);
	render_wrapped(ret, text.data, 0);
}

static void add_accepted(const struct report *report, struct buf *ret)
{
	for (size_t i = 0; i < report->nr_accepted;) {
		_cleanup_free_ char *accepted = render_accepted(report, &i);
		_cleanup_free_ char *text =
			xasprintf("accepted: %s", accepted);

		render_wrapped(ret, text, 0);
	}
}

static void add_notes(const struct report *report, struct buf *ret)
{
	for (size_t i = 0; i < report->notes.nr; i++) {
		_cleanup_free_ char *text =
			xasprintf("note: %s", report->notes.v[i]);

		render_wrapped(ret, text, 0);
	}
}

/* "A..B on v6.12 (0123456789ab)", and how the range was taken. */
static void add_title(const struct report *report, struct buf *ret)
{
	_cleanup_free_ char *commit = render_commit(report->base_commit);
	_cleanup_free_ char *paths = strv_join(&report->paths, " ");
	const char *describe = report->base_describe;

	buf_addf(ret, "%s on ", report->series);
	if (describe && report->base_commit &&
	    streq(describe, report->base_commit))
		buf_addstr(ret, commit);
	else
		buf_addf(ret, "%s (%s)", describe ? describe : "-", commit);
	buf_addf(ret, "%s%s%s\n", report->squashed ? ", as one commit" : "",
		 *paths ? ", only " : "", paths);
}

void report_terminal(const struct report *report, bool colour,
		     struct buf *ret)
{
	struct columns columns;

	measure(report, &columns);
	add_title(report, ret);
	add_kabi(report, ret);
	add_heading(report, &columns, ret);
	for (size_t i = 0; i < report->nr; i++) {
		const struct report_step *step = &report->steps[i];

		add_row(step, &columns, colour, ret);
		add_drifts(step, ret);
		add_left(step, ret);
		add_range_diff(report, step, ret);
		add_deeds(step, ret);
		add_findings(step, colour, ret);
	}
	add_verdict_line(report, columns.nr, colour, ret);
	add_first(report, ret);
	add_totals(report, ret);
	add_earlier(report, ret);
	add_accepted(report, ret);
	add_notes(report, ret);
	free(columns.configs);
}
