// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the stock build's compiler made of a commit: a correct move changes what
 * is inlined where, so this is for information and never a verdict. The numbers
 * stand in a table; bars beside them are for who would rather look.
 */
#define _GNU_SOURCE
#include "html_evidence.h"

#include "render.h"

#define ROWS_SHOWN 10
#define ROWS_MOST 200
#define BAR_HALF 60 /* pixels */

bool html_has_codegen(const struct report_step *step)
{
	for (size_t i = 0; i < step->nr_configs; i++)
		if (step->configs[i].nr_codegen)
			return true;
	return false;
}

static long by(const struct codegen *row)
{
	return (long)row->after - (long)row->before;
}

/* most: bytes that fill half of the bar. */
static void add_bar(struct html *h, const struct codegen *row, long most)
{
	long pixels = most ? labs(by(row)) * BAR_HALF / most : 0;

	if (by(row) && pixels < 2)
		pixels = 2;
	html_class(h, "svg", "bar");
	html_attrf(h, "width", "%d", 2 * BAR_HALF);
	html_attr(h, "height", "12");
	html_attr(h, "aria-hidden", "true");
	html_open(h, "rect");
	html_attr(h, "class", by(row) < 0 ? "shrunk" : "grown");
	html_attrf(h, "x", "%ld", by(row) < 0 ? BAR_HALF - pixels : BAR_HALF);
	html_attr(h, "y", "1");
	html_attrf(h, "width", "%ld", pixels);
	html_attr(h, "height", "10");
	html_close(h);
	html_class(h, "path", "middle");
	html_attrf(h, "d", "M%d 0v12", BAR_HALF);
	html_close(h);
	html_close(h);
}

static void add_row(struct html *h, const struct codegen *row, long most)
{
	html_open(h, "tr");
	html_open(h, "th");
	html_attr(h, "scope", "row");
	html_leaf(h, "code", "name", row->name);
	html_close(h);
	html_class(h, "td", "number");
	html_count(h, row->before);
	html_close(h);
	html_class(h, "td", "number");
	html_count(h, row->after);
	html_close(h);
	html_class(h, "td", "number");
	html_textf(h, "%+ld", by(row));
	html_close(h);
	html_open(h, "td");
	add_bar(h, row, most);
	html_close(h);
	html_leaf(h, "td", "why", row->why);
	html_close(h);
}

static void add_table(struct html *h, const struct codegen *const *rows,
		      size_t nr, long most)
{
	static const char *const heads[] = { "Function", "Before", "After",
					     "Bytes",	 "",	   "Why" };

	html_class(h, "div", "scroll");
	html_attr(h, "tabindex", "0");
	html_attr(h, "role", "region");
	html_attr(h, "aria-label", "functions of which the size changed");
	html_class(h, "table", "codegen");
	html_open(h, "thead");
	html_open(h, "tr");
	for (size_t i = 0; i < ARRAY_SIZE(heads); i++) {
		html_open(h, *heads[i] ? "th" : "td");
		if (*heads[i])
			html_attr(h, "scope", "col");
		html_text(h, heads[i]);
		html_close(h);
	}
	html_close(h);
	html_close(h);
	html_open(h, "tbody");
	for (size_t i = 0; i < nr; i++)
		add_row(h, rows[i], most);
	html_close(h);
	html_close(h);
	html_close(h);
}

void html_codegen(struct html *h, const struct report_step *step)
{
	const struct report one = { .steps = (struct report_step *)step,
				    .nr = 1 };
	const struct codegen *rows[ROWS_MOST + 1];
	size_t nr = render_codegen(&one, rows, ROWS_MOST);
	size_t shown = nr < ROWS_SHOWN ? nr : ROWS_SHOWN;
	long most = nr ? labs(by(rows[0])) : 0;

	html_open(h, "p");
	html_counted(h, nr, "functions");
	html_textf(h, "%s of the stock build %s. A correct move changes what "
		      "is inlined where, so this is no part of the verdict.",
		   nr == ROWS_MOST ? " or more" : "",
		   nr == 1 ? "has other code" : "have other code");
	html_close(h);
	add_table(h, rows, shown, most);
	if (nr == shown)
		return;
	html_class(h, "details", "fold");
	html_open(h, "summary");
	html_textf(h, "%zu more", nr - shown);
	html_close(h);
	add_table(h, rows + shown, nr - shown, most);
	html_close(h);
}
