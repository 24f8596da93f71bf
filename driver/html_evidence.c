// SPDX-License-Identifier: GPL-2.0-only
/*
 * A result is a sign, a colour and a word, so that one of the three is enough.
 */
#define _GNU_SOURCE
#include "html_evidence.h"

#include "render.h"

#define FINDINGS_MOST 10 /* of one rung, before the rest is folded */

void html_verdict(struct html *h, enum verdict verdict, bool known)
{
	_cleanup_free_ char *class =
		xasprintf("badge %s", verdict_name(verdict));

	html_class(h, "span", class);
	html_leaf(h, "b", NULL, render_mark(verdict));
	html_text(h, known ? verdict_name(verdict) : "not verified");
	html_close(h);
}

bool html_is_known(const struct report *report, size_t i)
{
	const struct report_step *step = &report->steps[i];

	return step->verdict == VERDICT_DIFFERENT ||
	       !review_known_config(step, REVIEW_NOT_BUILT);
}

/* ---- The matrix ---- */

static bool has_rung(const struct report *report, const char *config,
		     enum rung rung)
{
	for (size_t i = 0; i < report->nr; i++) {
		const struct report_config *c =
			review_known_config(&report->steps[i], config);

		if (c && render_rung(c, rung))
			return true;
	}
	return false;
}

static size_t count_rungs(const struct report *report, const char *config)
{
	size_t nr = 0;

	for (int r = 0; r < RUNG_NR; r++)
		nr += has_rung(report, config, (enum rung)r);
	return nr;
}

static void add_head(struct html *h, const struct report *report,
		     const char *const *configs, size_t nr)
{
	html_open(h, "thead");
	html_open(h, "tr");
	html_open(h, "th");
	html_attr(h, "rowspan", "2");
	html_attr(h, "scope", "col");
	html_text(h, "Commit");
	html_close(h);
	for (size_t i = 0; i < nr; i++) {
		html_class(h, "th", "first");
		html_attrf(h, "colspan", "%zu", count_rungs(report, configs[i]));
		html_attr(h, "scope", "colgroup");
		html_text(h, configs[i]);
		html_close(h);
	}
	html_close(h);
	html_open(h, "tr");
	for (size_t i = 0; i < nr; i++)
		for (int r = 0; r < RUNG_NR; r++) {
			if (!has_rung(report, configs[i], (enum rung)r))
				continue;
			html_class(h, "th", "rung");
			html_attr(h, "scope", "col");
			html_leaf(h, "span", NULL, rung_name((enum rung)r));
			html_close(h);
		}
	html_close(h);
	html_close(h);
}

static void add_cell(struct html *h, const struct outcome *o, size_t commit)
{
	static const char *const marks[] = {
		[RESULT_NOT_RUN] = "\xc2\xb7", [RESULT_EQUAL] = "=",
		[RESULT_EXPLAINED] = "~",      [RESULT_UNDECIDED] = "?",
		[RESULT_DIFFERENT] = "!",
	};
	enum result result = o ? o->result : RESULT_NOT_RUN;
	_cleanup_free_ char *class = xasprintf("cell %s", result_name(result));
	bool links = result > RESULT_EQUAL;

	html_class(h, "td", class);
	if (links) {
		html_open(h, "a");
		html_attrf(h, "href", "#c%zu-evidence", commit);
	}
	html_text(h, marks[result]);
	html_leaf(h, "span", "unseen", result_name(result));
	if (links)
		html_close(h);
	html_close(h);
}

static void add_row(struct html *h, const struct report *report, size_t i,
		    const char *const *configs, size_t nr, size_t prefix)
{
	const struct report_step *step = &report->steps[i];

	html_open(h, "tr");
	html_open(h, "th");
	html_attr(h, "scope", "row");
	html_open(h, "a");
	html_attrf(h, "href", "#c%zu", i + 1);
	html_textf(h, "%zu. %s", i + 1, step->subject + prefix);
	html_close(h);
	html_close(h);
	for (size_t k = 0; k < nr; k++) {
		const struct report_config *config =
			review_known_config(step, configs[k]);

		for (int r = 0; r < RUNG_NR; r++)
			if (has_rung(report, configs[k], (enum rung)r))
				add_cell(h, config ? render_rung(config,
								 (enum rung)r) :
						     NULL,
					 i + 1);
	}
	html_close(h);
}

static void add_legend(struct html *h)
{
	html_leaf(h, "p", "note",
		  "= equal \xc2\xa0 ~ every difference is of a known harmless "
		  "class \xc2\xa0 ? could not be decided \xc2\xa0 ! different "
		  "\xc2\xa0 \xc2\xb7 not run, which counts for nothing");
}

void html_matrix(struct html *h, const struct report *report)
{
	_cleanup_free_ const char **configs = NULL;
	size_t nr = review_known_configs(report, &configs);
	size_t prefix = render_report_prefix(report);

	html_class(h, "div", "scroll");
	html_attr(h, "tabindex", "0");
	html_attr(h, "role", "region");
	html_attr(h, "aria-label", "results by commit, configuration and rung");
	html_class(h, "table", "matrix");
	html_leaf(h, "caption", "unseen",
		  "What each rung said of each commit in each configuration");
	add_head(h, report, configs, nr);
	html_open(h, "tbody");
	for (size_t i = 0; i < report->nr; i++)
		add_row(h, report, i, configs, nr, prefix);
	html_close(h);
	html_close(h);
	html_close(h);
	add_legend(h);
}

/* ---- Findings ---- */

void html_finding(struct html *h, const struct finding *f)
{
	html_textf(h, "%s ", f->what);
	html_class(h, "code", "name");
	html_text(h, f->name ? f->name : "");
	html_close(h);
	if (f->where && *f->where)
		html_leaf(h, "span", "way", f->where);
	html_class(h, "span", "detail");
	html_text(h, f->detail);
	if (f->weight == RESULT_EXPLAINED)
		html_textf(h, " (%s)", explained_name(f->explained));
	html_close(h);
}

/* Those that weigh something, from the n-th on; residue is shown as it is. */
static void add_list(struct html *h, const struct outcome *o, size_t from,
		     size_t to)
{
	size_t n = 0;

	html_class(h, "ul", "findings");
	for (size_t i = 0; i < o->nr; i++) {
		if (o->findings[i].weight <= RESULT_EQUAL)
			continue;
		if (n >= from && n < to) {
			html_open(h, "li");
			html_finding(h, &o->findings[i]);
			html_close(h);
		}
		n++;
	}
	html_close(h);
}

static size_t count_heavy(const struct outcome *o)
{
	size_t n = 0;

	for (size_t i = 0; i < o->nr; i++)
		n += o->findings[i].weight > RESULT_EQUAL;
	return n;
}

static void add_rung(struct html *h, const struct outcome *o, const char *where)
{
	_cleanup_free_ char *class =
		xasprintf("result %s", result_name(o->result));
	size_t heavy = count_heavy(o);

	html_class(h, "div", class);
	html_open(h, "p");
	html_leaf(h, "b", NULL, rung_name(o->rung));
	html_textf(h, " %s in %s", result_name(o->result), where);
	html_close(h);
	add_list(h, o, 0, FINDINGS_MOST);
	if (heavy > FINDINGS_MOST) {
		html_class(h, "details", "fold");
		html_open(h, "summary");
		html_textf(h, "%zu more", heavy - FINDINGS_MOST);
		html_close(h);
		add_list(h, o, FINDINGS_MOST, heavy);
		html_close(h);
	}
	html_close(h);
}

void html_findings(struct html *h, const struct report_step *step)
{
	for (int r = 0; r < RUNG_NR; r++)
		for (size_t i = 0; i < step->nr_configs; i++) {
			const struct outcome *o =
				render_rung(&step->configs[i], (enum rung)r);
			_cleanup_free_ char *where =
				render_where_same(step, (enum rung)r, i);

			if (where && o->result > RESULT_EQUAL)
				add_rung(h, o, where);
		}
}
