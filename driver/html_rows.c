// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines as rows of a table: number before, number after, sign, text. The sign is
 * text, so that nobody needs colours, and nothing but the line gets copied.
 */
#define _GNU_SOURCE
#include "html_diff.h"

#include "review_rows.h"

#define CONTEXT 3

void html_rows_open(struct html *h, const char *label)
{
	static const char *const heads[] = { "before", "after", "sign", "line" };

	html_class(h, "div", "scroll");
	html_attr(h, "tabindex", "0");
	html_attr(h, "role", "region");
	html_attr(h, "aria-label", label);
	html_class(h, "table", "code");
	html_class(h, "thead", "unseen");
	html_open(h, "tr");
	for (size_t i = 0; i < ARRAY_SIZE(heads); i++) {
		html_open(h, "th");
		html_attr(h, "scope", "col");
		html_text(h, heads[i]);
		html_close(h);
	}
	html_close(h);
	html_close(h);
	html_open(h, "tbody");
}

void html_rows_close(struct html *h)
{
	for (int i = 0; i < 3; i++)
		html_close(h);
}

static void add_number(struct html *h, size_t n)
{
	html_class(h, "td", "n");
	if (n)
		html_textf(h, "%zu", n);
	html_close(h);
}

/* class NULL: a line that is the same. */
static void add_row(struct html *h, const char *class, const char *sign,
		    size_t old_line, size_t new_line, struct html_code *code,
		    size_t line)
{
	html_open(h, "tr");
	if (class)
		html_attr(h, "class", class);
	add_number(h, old_line);
	add_number(h, new_line);
	html_leaf(h, "td", "s", sign);
	html_class(h, "td", "c");
	html_code_line(h, code, line);
	html_close(h);
	html_close(h);
}

void html_row_keep(struct html *h, struct html_code *code, size_t old_line,
		   size_t new_line)
{
	add_row(h, NULL, "", old_line, new_line, code, old_line);
}

void html_row_lost(struct html *h, struct html_code *code, size_t line)
{
	add_row(h, "lost", "-", line, 0, code, line);
}

void html_row_added(struct html *h, struct html_code *code, size_t line)
{
	add_row(h, "new", "+", 0, line, code, line);
}

static void add_fold(struct html *h, const struct html_commit *page,
		     const struct review_row *row)
{
	const struct review_item *item = &page->c->items[row->item];
	const struct review_file *other =
		&page->c->files[item->file[!row->came]];

	html_class(h, "tr", "moved");
	html_open(h, "td");
	html_attr(h, "colspan", "3");
	html_text(h, row->came ? "\xe2\x86\x92" : "\xe2\x86\x90");
	html_close(h);
	html_open(h, "td");
	html_open(h, "a");
	html_attrf(h, "href", "#c%zu-i%zu", page->number, row->item + 1);
	html_item_name(h, item);
	html_close(h);
	html_text(h, ": ");
	html_counted(h, row->lines, "lines");
	html_textf(h, " moved %s %s:%zu", row->came ? "from" : "to",
		   other->sides[!row->came].path, item->line[!row->came]);
	html_close(h);
	html_close(h);
}

/* The last line before that begins at the margin, as git shows it; NULL. */
static const struct review_row *heading_of(const struct review_rows *rows,
					   size_t first)
{
	for (size_t i = first; i-- > 0;) {
		const struct review_row *row = &rows->v[i];
		char c = row->line && row->line->len ? *row->line->data : ' ';

		if (row->kind != ROW_ADDED &&
		    ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		     c == '_'))
			return row;
	}
	return NULL;
}

static void add_hunk(struct html *h, const struct review_rows *rows,
		     size_t first)
{
	const struct review_row *row = &rows->v[first];
	const struct review_row *heading = heading_of(rows, first);

	html_class(h, "tr", "hunk");
	html_open(h, "td");
	html_attr(h, "colspan", "4");
	html_textf(h, "line %zu before, %zu after", row->old_line,
		   row->new_line);
	if (heading) {
		const struct linediff_line *line = heading->line;

		html_text(h, " \xc2\xb7 ");
		html_open(h, "code");
		html_source(h, line->data,
			    line->len - (line->data[line->len - 1] == '\n'));
		html_close(h);
	}
	html_close(h);
	html_close(h);
}

static void add_line(struct html *h, struct html_commit *page, size_t file,
		     const struct review_row *row)
{
	struct html_code *codes = &page->codes[2 * file];

	switch (row->kind) {
	case ROW_FOLD:
		add_fold(h, page, row);
		return;
	case ROW_CONTEXT:
		html_row_keep(h, &codes[0], row->old_line, row->new_line);
		return;
	case ROW_LOST:
		html_row_lost(h, &codes[0], row->old_line);
		return;
	case ROW_ADDED:
		html_row_added(h, &codes[1], row->new_line);
		return;
	case ROW_SPACING:
		if (row->lost)
			html_row_lost(h, &codes[0], row->old_line);
		else
			html_row_added(h, &codes[1], row->new_line);
		return;
	}
}

void html_hunks(struct html *h, struct html_commit *page, size_t file)
{
	struct review_rows rows;
	size_t hunk = 0;

	review_rows_of_file(page->c, file, CONTEXT, &rows);
	for (size_t i = 0; i < rows.nr; i++) {
		if (!rows.v[i].hunk)
			continue;
		if (rows.v[i].hunk != hunk)
			add_hunk(h, &rows, i);
		hunk = rows.v[i].hunk;
		add_line(h, page, file, &rows.v[i]);
	}
	review_rows_release(&rows);
}
