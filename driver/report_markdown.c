// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as Markdown, for whoever reads results/ on a forge: the table of
 * steps and configurations first, then each step with what it moved and what
 * each rung looked at. It holds nothing that the JSON does not hold, so no
 * excerpt and nothing of this machine; the last line says how to repeat it.
 */
#define _GNU_SOURCE
#include "report.h"

#include <ctype.h>
#include <stdio.h>

#include "render.h"

#define FINDINGS_MOST 50 /* of one rung; the JSON has all */
#define CODEGEN_MOST 40	 /* rows of one configuration */

/* An underscore within a word is itself: "kvm_set_cr8" needs no escape. */
static bool is_within_word(const char *text, const char *at)
{
	return *at == '_' && at > text && isalnum((unsigned char)at[-1]) &&
	       isalnum((unsigned char)at[1]);
}

/* Text that Markdown takes as it stands, on one line. */
static void add_text(struct buf *ret, const char *s)
{
	_cleanup_free_ char *clean = render_utf8(s);

	for (const char *p = clean; *p; p++) {
		if (strchr("\\`*_[]<>|~#", *p) && !is_within_word(clean, p))
			buf_addch(ret, '\\');
		buf_addch(ret, (unsigned char)*p < ' ' ? ' ' : *p);
	}
}

/*
 * A code span that may stand in a table. A backtick would end it and a bar the
 * cell, escaped or not, depending on who renders; C names have neither.
 */
static void add_code(struct buf *ret, const char *s)
{
	_cleanup_free_ char *clean = render_utf8(s);

	if (!*s)
		return;
	if (strpbrk(s, "`|\n\r\\")) {
		add_text(ret, s);
		return;
	}
	buf_addf(ret, "`%s`", clean);
}

static void add_step_heads(const struct report *report, struct buf *ret,
			   size_t *ret_nr)
{
	const struct report_step *head = NULL;

	for (size_t i = 0; i < report->nr; i++)
		if (!head || report->steps[i].nr_configs > head->nr_configs)
			head = &report->steps[i];
	*ret_nr = head ? head->nr_configs : 0;
	buf_addf(ret, "| %s | Subject | Verdict |",
		 report->range ? "Commit" : "Step");
	for (size_t i = 0; i < *ret_nr; i++) {
		buf_addch(ret, ' ');
		add_text(ret, head->configs[i].name);
		buf_addstr(ret, " |");
	}
	buf_addstr(ret, "\n|---|---|---|");
	for (size_t i = 0; i < *ret_nr; i++)
		buf_addstr(ret, "---|");
	buf_addch(ret, '\n');
}

static void add_step_table(const struct report *report, struct buf *ret)
{
	size_t nr;

	add_step_heads(report, ret, &nr);
	for (size_t i = 0; i < report->nr; i++) {
		const struct report_step *step = &report->steps[i];

		buf_addstr(ret, "| ");
		add_text(ret, step->name);
		buf_addstr(ret, " | ");
		add_text(ret, step->subject);
		buf_addf(ret, " | %s |", verdict_name(step->verdict));
		for (size_t j = 0; j < nr; j++)
			buf_addf(ret, " %s |",
				 j < step->nr_configs ?
					 verdict_name(step->configs[j].verdict) :
					 "-");
		buf_addch(ret, '\n');
	}
}

static void add_items(const struct report_step *step, struct buf *ret)
{
	if (!step->nr_items)
		return;
	buf_addstr(ret, "\n| Item | Kind | From | To |\n|---|---|---|---|\n");
	for (size_t i = 0; i < step->nr_items; i++) {
		const struct touched *item = &step->items[i];

		buf_addstr(ret, "| ");
		add_code(ret, item->name ? item->name : "");
		buf_addstr(ret, " | ");
		add_text(ret, item->what ? item->what : "");
		buf_addstr(ret, " | ");
		add_code(ret, item->from ? item->from : "");
		buf_addstr(ret, " | ");
		add_code(ret, item->to ? item->to : "");
		buf_addstr(ret, " |\n");
	}
}

/* What could not be accounted for is among the findings. */
static void add_deeds(const struct report_step *step, struct buf *ret)
{
	bool any = false;

	for (size_t i = 0; i < step->nr_deeds; i++) {
		const struct report_deed *deed = &step->deeds[i];
		_cleanup_free_ char *head = NULL, *text = NULL;

		if (deed->residue)
			continue;
		if (!any)
			buf_addstr(ret, "\n| Done | Item |\n|---|---|\n");
		any = true;
		head = render_deeds(deed);
		text = render_deed(deed);
		buf_addstr(ret, "| ");
		add_text(ret, head);
		buf_addstr(ret, " | ");
		add_text(ret, text);
		buf_addstr(ret, " |\n");
	}
}

/* One row a class, name and file, as on a terminal. */
static void add_left(const struct report_step *step, struct buf *ret)
{
	if (!step->nr_left)
		return;
	buf_addstr(ret, "\n| Left alone | Name | Where |\n|---|---|---|\n");
	for (size_t i = 0; i < step->nr_left;) {
		const struct left_alone *left = &step->left[i];
		_cleanup_free_ char *where = render_left(step, &i);

		buf_addstr(ret, "| ");
		add_text(ret, left->class);
		buf_addstr(ret, " | ");
		add_code(ret, left->name);
		buf_addstr(ret, " | ");
		add_text(ret, where);
		buf_addstr(ret, " |\n");
	}
}

static void add_drifts(const struct report_step *step, struct buf *ret)
{
	const struct drifts *list = &step->drifts;
	_cleanup_free_ bool *told = xcalloc(list->nr, sizeof(*told));

	if (list->nr)
		buf_addch(ret, '\n');
	for (size_t i = 0; i < list->nr; i++) {
		_cleanup_free_ char *said = NULL;

		if (told[i])
			continue;
		said = drifts_paragraph(list, i, told);
		buf_addf(ret, "- drift **%s** ",
			 drift_class_name(list->v[i].class));
		add_text(ret, said);
		buf_addch(ret, '\n');
	}
}

static void add_rung_cell(const struct report_config *config, enum rung rung,
			  struct buf *ret)
{
	const struct outcome *o = render_rung(config, rung);

	if (!o || o->result == RESULT_NOT_RUN) {
		buf_addstr(ret, " not run |");
		return;
	}
	buf_addf(ret, " %s, ", result_name(o->result));
	render_counted(ret, o->checked, render_unit(rung));
	buf_addstr(ret, " |");
}

static void add_rungs(const struct report_step *step, struct buf *ret)
{
	if (!step->nr_configs)
		return;
	buf_addstr(ret, "\n| Rung |");
	for (size_t i = 0; i < step->nr_configs; i++) {
		buf_addch(ret, ' ');
		add_text(ret, step->configs[i].name);
		buf_addstr(ret, " |");
	}
	buf_addstr(ret, "\n|---|");
	for (size_t i = 0; i < step->nr_configs; i++)
		buf_addstr(ret, "---|");
	for (int rung = 0; rung < RUNG_NR; rung++) {
		buf_addf(ret, "\n| %s |", rung_name((enum rung)rung));
		for (size_t i = 0; i < step->nr_configs; i++)
			add_rung_cell(&step->configs[i], (enum rung)rung, ret);
	}
	buf_addch(ret, '\n');
}

static void add_finding(const struct finding *f, struct buf *ret)
{
	buf_addf(ret, "  - %s",
		 f->weight == RESULT_EQUAL ? "residue" : result_name(f->weight));
	if (f->weight == RESULT_EXPLAINED)
		buf_addf(ret, " (%s)", explained_name(f->explained));
	buf_addstr(ret, ": ");
	add_text(ret, f->what);
	if (*f->name) {
		buf_addch(ret, ' ');
		add_code(ret, f->name);
	}
	if (*f->where) {
		buf_addstr(ret, " at ");
		add_text(ret, f->where);
	}
	if (*f->detail) {
		buf_addstr(ret, ": ");
		add_text(ret, f->detail);
	}
	buf_addch(ret, '\n');
}

static void add_rung_findings(const struct report_step *step, enum rung rung,
			      size_t config, struct buf *ret)
{
	const struct outcome *o = render_rung(&step->configs[config], rung);
	_cleanup_free_ char *where = render_where_same(step, rung, config);

	if (!where || !o->nr)
		return;
	buf_addf(ret, "- **%s** %s in ", rung_name(rung),
		 result_name(o->result));
	add_text(ret, where);
	buf_addch(ret, '\n');
	for (size_t i = 0; i < o->nr && i < FINDINGS_MOST; i++)
		add_finding(&o->findings[i], ret);
	if (o->nr > FINDINGS_MOST)
		buf_addf(ret, "  - and %zu more, in report.json\n",
			 o->nr - FINDINGS_MOST);
}

static void add_findings(const struct report_step *step, struct buf *ret)
{
	_cleanup_(buf_release) struct buf list = BUF_INIT;

	for (int rung = 0; rung < RUNG_NR; rung++)
		for (size_t i = 0; i < step->nr_configs; i++)
			add_rung_findings(step, (enum rung)rung, i, &list);
	if (list.len)
		buf_addf(ret, "\n%s", list.data);
}

static void add_codegen(const struct report_config *config, struct buf *ret)
{
	if (!config->nr_codegen)
		return;
	buf_addstr(ret, "\nStock code size in ");
	add_text(ret, config->name);
	buf_addstr(ret, ", for information only:\n\n");
	buf_addstr(ret, "| Function | Before | After | Why |\n|---|---:|---:|---|\n");
	for (size_t i = 0; i < config->nr_codegen && i < CODEGEN_MOST; i++) {
		const struct codegen *row = &config->codegen[i];

		buf_addstr(ret, "| ");
		add_code(ret, row->name);
		buf_addf(ret, " | %lu | %lu | ", row->before, row->after);
		add_text(ret, row->why ? row->why : "");
		buf_addstr(ret, " |\n");
	}
	if (config->nr_codegen > CODEGEN_MOST)
		buf_addf(ret, "\nand %zu more, in report.json\n",
			 config->nr_codegen - CODEGEN_MOST);
}

static void add_step(const struct report_step *step, struct buf *ret)
{
	_cleanup_free_ char *commit = render_commit(step->commit);

	buf_addstr(ret, "\n## ");
	add_text(ret, step->name);
	buf_addf(ret, ": %s\n\n", verdict_name(step->verdict));
	add_text(ret, step->subject);
	if (step->commit)
		buf_addf(ret, " (%s, commit `%s`)\n", step->kind, commit);
	else
		buf_addf(ret, " (%s, not applied)\n", step->kind);
	add_drifts(step, ret);
	add_items(step, ret);
	add_left(step, ret);
	add_deeds(step, ret);
	add_rungs(step, ret);
	add_findings(step, ret);
	for (size_t i = 0; i < step->nr_configs; i++)
		add_codegen(&step->configs[i], ret);
}

static void add_list(const char *heading, const struct strv *list,
		     struct buf *ret)
{
	if (!list->nr)
		return;
	buf_addf(ret, "\n## %s\n\n", heading);
	for (size_t i = 0; i < list->nr; i++) {
		buf_addstr(ret, "- ");
		add_text(ret, list->v[i]);
		buf_addch(ret, '\n');
	}
}

static void add_accepted(const struct report *report, struct buf *ret)
{
	_cleanup_(strv_release) struct strv list = STRV_INIT;

	for (size_t i = 0; i < report->nr_accepted;) {
		_cleanup_free_ char *text = render_accepted(report, &i);

		strv_add(&list, text);
	}
	add_list("Accepted drift", &list, ret);
}

static void add_earlier(const struct report *report, struct buf *ret)
{
	_cleanup_(strv_release) struct strv list = STRV_INIT;
	_cleanup_free_ char *heading = NULL;

	if (!report->earlier)
		return;
	for (size_t i = 0; i < report->nr; i++)
		strv_addf(&list, "%s: %s", report->steps[i].name,
			  likeness_name(report->steps[i].likeness));
	for (size_t i = 0; i < report->gone.nr; i++)
		strv_addf(&list, "%s: gone", report->gone.v[i]);
	heading = xasprintf("Compared with %s (%.12s)", report->earlier,
			    report->earlier_commit);
	add_list(heading, &list, ret);
}

static void add_not_compared(const struct report *report, struct buf *ret)
{
	_cleanup_(render_totals_release) struct render_totals totals;

	render_totals(report, &totals);
	add_list("Not compared", &totals.not_compared, ret);
	add_list("Not in this base", &totals.not_taken, ret);
}

static void add_repeat(const struct report *report, const char *base,
		       struct buf *ret)
{
	_cleanup_(buf_release) struct buf command = BUF_INIT;

	if (report->range)
		buf_addf(&command, "cocciseries verify %s", report->series);
	else
		buf_addf(&command,
			 "cocciseries run semantic-patches/%s --base %s",
			 report->series, base);
	for (size_t i = 0; i < report->paths.nr; i++)
		buf_addf(&command, " --path %s", report->paths.v[i]);
	if (report->squashed)
		buf_addstr(&command, " --squash");
	buf_addstr(ret, "\nTo repeat this: ");
	add_code(ret, command.data);
	buf_addch(ret, '\n');
}

static void add_kabi(const struct report *report, struct buf *ret)
{
	_cleanup_free_ char *kabi = render_kabi(report);

	if (!kabi)
		return;
	buf_addstr(ret, "**kABI**: ");
	add_text(ret, kabi);
	buf_addstr(ret, "\n\n");
}

void report_markdown(const struct report *report, struct buf *ret)
{
	const char *base = report->base_commit ? report->base_commit : "HEAD";

	buf_addstr(ret, "# ");
	add_text(ret, report->series);
	buf_addstr(ret, " on ");
	add_text(ret, report->base_describe ? report->base_describe : base);
	buf_addf(ret, ": %s\n\nBase: `%s`\n\n", verdict_name(report->verdict),
		 base);
	add_kabi(report, ret);
	add_step_table(report, ret);
	for (size_t i = 0; i < report->nr; i++)
		add_step(&report->steps[i], ret);
	add_accepted(report, ret);
	add_list("Notes", &report->notes, ret);
	add_earlier(report, ret);
	add_not_compared(report, ret);
	add_list("Tools", &report->tools, ret);
	add_repeat(report, base, ret);
}
