// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "html_overview.h"

#include "html_evidence.h"
#include "lib/fs.h"
#include "render.h"

#define READ_MOST 5
#define FILES_MOST 3

void html_residue_counts(struct html *h, const struct review_commit *c)
{
	if (c->lost) {
		html_class(h, "span", "minus");
		html_textf(h, "\xe2\x88\x92%zu", c->lost);
		html_close(h);
	}
	html_text(h, c->lost && c->added ? " " : "");
	if (c->added) {
		html_class(h, "span", "plus");
		html_textf(h, "+%zu", c->added);
		html_close(h);
	}
	if (!c->lost && !c->added && review_matters(c))
		html_text(h, "0 lines");
}

static size_t residue_of(const struct review_commit *c)
{
	return c->lost + c->added;
}

/* ---- The verdict ---- */

static size_t count_unknown(const struct review *r)
{
	size_t nr = 0;

	for (size_t i = 0; i < r->nr; i++)
		nr += !r->commits[i].evidence.nr;
	return nr;
}

static size_t count_verdict(const struct report *report, enum verdict verdict)
{
	size_t nr = 0;

	for (size_t i = 0; i < report->nr; i++)
		nr += report->steps[i].verdict == verdict;
	return nr;
}

/* "2 of 4 commits " */
static void add_share(struct html *h, size_t nr, size_t of)
{
	if (nr == of)
		html_text(h, of == 1 ? "The commit " :
			     of == 2 ? "Both commits " : "All commits ");
	else
		html_textf(h, "%zu of %zu commits ", nr, of);
}

static void add_meaning(struct html *h, const struct review *r,
			const struct report *report, enum verdict verdict)
{
	size_t nr = count_verdict(report, verdict), unknown = count_unknown(r);

	html_open(h, "p");
	if (verdict == VERDICT_DIFFERENT) {
		add_share(h, nr, r->nr);
		html_textf(h, "change%s more than what moves, loses its static or "
			      "is renamed may change.", nr == 1 ? "s" : "");
	} else if (verdict == VERDICT_UNDECIDED && unknown) {
		add_share(h, unknown, r->nr);
		html_textf(h, "%s not been verified: nobody compared what %s to.",
			   unknown == 1 ? "has" : "have",
			   unknown == 1 ? "it compiles" : "they compile");
	} else if (verdict == VERDICT_UNDECIDED) {
		add_share(h, nr, r->nr);
		html_textf(h, "%s something that could not be compared.",
			   nr == 1 ? "has" : "have");
	} else {
		html_textf(h, "%s commit is exact on every rung that its kind "
			      "requires, in each configuration%s.",
			   r->nr == 1 ? "The" : "Each",
			   verdict == VERDICT_EXPLAINED ?
				   ", or differs in a way that is known to be "
				   "harmless" :
				   "");
	}
	if (unknown && r->verify) {
		html_text(h, " Run ");
		html_leaf(h, "code", NULL, r->verify);
		html_text(h, ".");
	}
	html_close(h);
}

static void add_first(struct html *h, const struct report *report)
{
	const struct report_step *step;
	const struct finding *f;
	size_t i;

	render_first(report, &step, &f);
	if (!f)
		return;
	i = (size_t)(step - report->steps);
	html_class(h, "p", "first");
	html_open(h, "a");
	html_attrf(h, "href", "#c%zu-evidence", i + 1);
	html_textf(h, "%zu. %s", i + 1, step->subject);
	html_close(h);
	html_text(h, ": ");
	html_finding(h, f);
	html_close(h);
}

/* A series that lacks something is exact, and not the one that was written. */
static void add_accepted(struct html *h, const struct report *report)
{
	if (!report || !report->nr_accepted)
		return;
	html_open(h, "p");
	html_text(h, "It does not fit this base as it was written: ");
	html_link(h, "#accepted", "what was accepted");
	html_text(h, ".");
	html_close(h);
}

static void add_number(struct html *h, const char *what, size_t n)
{
	html_open(h, "div");
	html_leaf(h, "dt", NULL, what);
	html_open(h, "dd");
	html_count(h, n);
	html_close(h);
	html_close(h);
}

static void add_numbers(struct html *h, const struct review *r)
{
	size_t moved = 0, residue = 0, items = 0;

	for (size_t i = 0; i < r->nr; i++) {
		moved += r->commits[i].moved;
		items += r->commits[i].nr_items;
		residue += residue_of(&r->commits[i]);
	}
	html_open(h, "dl");
	add_number(h, "items moved", items);
	add_number(h, "lines byte for byte", moved);
	add_number(h, "lines to read", residue);
	html_close(h);
}

static void add_verdict(struct html *h, const struct review *r,
			const struct report *report)
{
	bool known = report->verdict != VERDICT_UNDECIDED || !count_unknown(r);

	html_class(h, "section", verdict_name(report->verdict));
	html_attr(h, "id", "verdict");
	html_attr(h, "aria-label", "Verdict");
	html_class(h, "div", "says");
	html_open(h, "p");
	html_verdict(h, report->verdict, known);
	html_close(h);
	add_meaning(h, r, report, report->verdict);
	add_first(h, report);
	add_accepted(h, review_report(r));
	html_close(h);
	add_numbers(h, r);
	html_close(h);
}

/* ---- What to read ---- */

struct place {
	const struct review_commit *c;
	enum verdict verdict;
	size_t number;
};

/* The heaviest first, then what has most to read. */
static int compare(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	bool x_bad = x->verdict == VERDICT_DIFFERENT;
	bool y_bad = y->verdict == VERDICT_DIFFERENT;

	if (x_bad != y_bad)
		return x_bad ? -1 : 1;
	if (residue_of(x->c) != residue_of(y->c))
		return residue_of(x->c) > residue_of(y->c) ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* Its own, or that of an item that stands or stood in it. */
static bool has_residue(const struct review_file *f)
{
	return f->lost + f->added > f->spacing || review_file_matters(f);
}

/* "in core.c, debug.c and 2 more" */
static void add_files(struct html *h, const struct review_commit *c)
{
	size_t nr = 0;

	html_class(h, "span", "way");
	for (size_t i = 0; i < c->nr_files; i++) {
		if (!has_residue(&c->files[i]))
			continue;
		if (nr < FILES_MOST)
			html_textf(h, "%s%s", nr ? ", " : "in ",
				   fs_basename(review_path(&c->files[i])));
		nr++;
	}
	if (nr > FILES_MOST)
		html_textf(h, " and %zu more", nr - FILES_MOST);
	html_close(h);
}

static void add_place(struct html *h, const struct place *place, size_t prefix)
{
	html_open(h, "li");
	html_class(h, "span", "no");
	html_textf(h, "%zu", place->number);
	html_close(h);
	html_open(h, "a");
	html_attrf(h, "href", "#c%zu-residue", place->number);
	html_text(h, place->c->subject + prefix);
	html_close(h);
	html_class(h, "span", "number");
	html_residue_counts(h, place->c);
	html_close(h);
	add_files(h, place->c);
	html_close(h);
}

static void add_rest(struct html *h, size_t nr, size_t of)
{
	html_open(h, "p");
	html_attr(h, "class", "note");
	if (nr > READ_MOST)
		html_textf(h, "And %zu more, below. ", nr - READ_MOST);
	if (nr < of) {
		html_counted(h, of - nr, "commits");
		html_textf(h, " %s nothing to read: what moved there did so byte "
			      "for byte.", of - nr == 1 ? "has" : "have");
	}
	html_close(h);
}

static void add_reading(struct html *h, const struct review *r,
			const struct report *report, size_t prefix)
{
	_cleanup_free_ struct place *places =
		xcalloc(r->nr + 1, sizeof(*places));
	size_t nr = 0;

	for (size_t i = 0; i < r->nr; i++)
		if (review_matters(&r->commits[i]))
			places[nr++] = (struct place){
				&r->commits[i], report->steps[i].verdict, i + 1
			};
	qsort(places, nr, sizeof(*places), compare);
	html_open(h, "section");
	html_attr(h, "id", "read");
	html_leaf(h, "h2", NULL, "What to read first");
	html_class(h, "ul", "read");
	for (size_t i = 0; i < nr && i < READ_MOST; i++)
		add_place(h, &places[i], prefix);
	html_close(h);
	if (nr < r->nr || nr > READ_MOST)
		add_rest(h, nr, r->nr);
	html_close(h);
}

/* ---- The commits ---- */

static void add_heads(struct html *h, const struct review *r, size_t prefix)
{
	static const char *const heads[] = { "Kind", "Items", "Lines moved",
					     "To read", "Verdict" };

	html_open(h, "thead");
	html_open(h, "tr");
	html_class(h, "th", "number");
	html_attr(h, "scope", "col");
	html_text(h, "No.");
	html_close(h);
	html_open(h, "th");
	html_attr(h, "scope", "col");
	html_textf(h, "Commit%s%.*s%s", prefix ? " \xc2\xa0 " : "", (int)prefix,
		   r->nr ? r->commits[0].subject : "", prefix ? "..." : "");
	html_close(h);
	for (size_t i = 0; i < ARRAY_SIZE(heads); i++) {
		html_class(h, "th", i == 0 ? "kind" : i < 4 ? "number" : "");
		html_attr(h, "scope", "col");
		html_text(h, heads[i]);
		html_close(h);
	}
	html_close(h);
	html_close(h);
}

static void add_cell(struct html *h, size_t n)
{
	html_class(h, "td", "number");
	if (n)
		html_count(h, n);
	html_close(h);
}

static void add_row(struct html *h, const struct review_commit *c, size_t i,
		    size_t prefix, const struct report *report)
{
	html_open(h, "tr");
	html_class(h, "td", "number");
	html_textf(h, "%zu", i + 1);
	html_close(h);
	html_open(h, "th");
	html_attr(h, "scope", "row");
	html_open(h, "a");
	html_attrf(h, "href", "#c%zu", i + 1);
	html_text(h, c->subject + prefix);
	html_close(h);
	html_close(h);
	html_leaf(h, "td", "kind", c->kind ? c->kind : "");
	add_cell(h, c->nr_items);
	add_cell(h, c->moved);
	html_class(h, "td", "number");
	if (review_matters(c))
		html_residue_counts(h, c);
	else
		html_leaf(h, "span", "soft", "none");
	html_close(h);
	html_open(h, "td");
	html_verdict(h, report->steps[i].verdict, html_is_known(report, i));
	html_close(h);
	html_close(h);
}

static void add_commits(struct html *h, const struct review *r,
			const struct report *report, size_t prefix)
{
	html_open(h, "section");
	html_attr(h, "id", "commits");
	html_leaf(h, "h2", NULL, "Commits");
	html_class(h, "div", "scroll");
	html_attr(h, "tabindex", "0");
	html_attr(h, "role", "region");
	html_attr(h, "aria-label", "commits");
	html_class(h, "table", "steps");
	html_leaf(h, "caption", "unseen",
		  "Each commit, what moved in it, and its verdict");
	add_heads(h, r, prefix);
	html_open(h, "tbody");
	for (size_t i = 0; i < r->nr; i++)
		add_row(h, &r->commits[i], i, prefix, report);
	html_close(h);
	html_close(h);
	html_close(h);
	html_close(h);
}

void html_overview(struct html *h, const struct review *review,
		   const struct report *report)
{
	size_t prefix = render_report_prefix(report);

	add_verdict(h, review, report);
	add_reading(h, review, report, prefix);
	add_commits(h, review, report, prefix);
}
