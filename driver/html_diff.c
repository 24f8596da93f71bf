// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two rules: a line that moved byte for byte is in a fold, and every other line
 * that came or went is in none.
 */
#define _GNU_SOURCE
#include "html_diff.h"

#include "review_rows.h"

void html_commit_open(const struct review *review, size_t i,
		      struct html_commit *ret)
{
	const struct review_commit *c = &review->commits[i];

	*ret = (struct html_commit){ .review = review,
				     .c = c,
				     .number = i + 1 };
	ret->codes = xcalloc(2 * c->nr_files + 1, sizeof(*ret->codes));
	for (size_t f = 0; f < c->nr_files; f++)
		for (int after = 0; after < 2; after++)
			html_code_open(&c->files[f].sides[after],
				       &ret->codes[2 * f + (size_t)after]);
}

void html_commit_release(struct html_commit *page)
{
	for (size_t i = 0; i < 2 * page->c->nr_files; i++)
		html_code_release(&page->codes[i]);
	free(page->codes);
	*page = (struct html_commit){ 0 };
}

void html_item_name(struct html *h, const struct review_item *item)
{
	html_textf(h, "%s ", item->what);
	html_class(h, "code", "name");
	html_text(h, item->name);
	if (item->new_name)
		html_textf(h, " \xe2\x86\x92 %s", item->new_name);
	html_close(h);
}

/* ---- Items ---- */

/* The place of an item, which links to where it is among its neighbours. */
static void add_place(struct html *h, const struct html_commit *page, size_t n,
		      int after)
{
	const struct review_item *item = &page->c->items[n];
	const struct review_file *file = &page->c->files[item->file[after]];

	html_open(h, "a");
	html_attrf(h, "href", "#c%zu-i%zu-%s", page->number, n + 1,
		   after ? "to" : "from");
	html_textf(h, "%s:%zu", file->sides[after].path, item->line[after]);
	html_close(h);
}

static void add_way(struct html *h, const struct html_commit *page, size_t n)
{
	html_class(h, "span", "way");
	add_place(h, page, n, 0);
	html_text(h, " \xe2\x86\x92 ");
	add_place(h, page, n, 1);
	html_close(h);
}

/* The lines of an op of an item, in a table of their own. */
static void add_op(struct html *h, struct html_commit *page, size_t n,
		   const struct review_op *op)
{
	const struct review_item *item = &page->c->items[n];
	struct html_code *before = &page->codes[2 * item->file[0]];
	struct html_code *after = &page->codes[2 * item->file[1] + 1];

	html_rows_open(h, op->what == REVIEW_KEEP ? "moved byte for byte" :
			  op->what == REVIEW_LOST ? "lines that are gone" :
						    "lines that are new");
	for (size_t i = 0; i < op->lines; i++) {
		if (op->what == REVIEW_KEEP)
			html_row_keep(h, before, op->old_line + i,
				      op->new_line + i);
		else if (op->what == REVIEW_LOST)
			html_row_lost(h, before, op->old_line + i);
		else
			html_row_added(h, after, op->new_line + i);
	}
	html_rows_close(h);
}

/* What is the same is folded, also between lines that are not. */
static void add_item_residue(struct html *h, struct html_commit *page, size_t n)
{
	const struct review_item *item = &page->c->items[n];

	html_class(h, "article", "file");
	html_attrf(h, "id", "c%zu-i%zu", page->number, n + 1);
	html_open(h, "h4");
	html_item_name(h, item);
	html_leaf(h, "span", "but", "verbatim but for ");
	html_text(h, item->but);
	add_way(h, page, n);
	html_close(h);
	for (size_t k = 0; k < item->ops.nr; k++) {
		const struct review_op *op = &item->ops.v[k];

		if (op->what == REVIEW_KEEP) {
			html_class(h, "details", "fold");
			html_open(h, "summary");
			html_counted(h, op->lines, "lines");
			html_text(h, " moved byte for byte");
			html_close(h);
		}
		add_op(h, page, n, op);
		if (op->what == REVIEW_KEEP)
			html_close(h);
	}
	html_close(h);
}

static void add_item_fold(struct html *h, struct html_commit *page, size_t n)
{
	const struct review_item *item = &page->c->items[n];

	html_class(h, "details", "fold");
	html_attrf(h, "id", "c%zu-i%zu", page->number, n + 1);
	html_open(h, "summary");
	html_item_name(h, item);
	html_class(h, "span", "lines");
	html_counted(h, item->lines[1], "lines");
	html_close(h);
	add_way(h, page, n);
	html_close(h);
	for (size_t k = 0; k < item->ops.nr; k++)
		add_op(h, page, n, &item->ops.v[k]);
	html_close(h);
}

void html_moved(struct html *h, struct html_commit *page)
{
	for (size_t n = 0; n < page->c->nr_items; n++)
		if (!page->c->items[n].but)
			add_item_fold(h, page, n);
}

void html_deeds(struct html *h, const struct html_commit *page)
{
	html_class(h, "ul", "deeds");
	for (size_t i = 0; i < page->c->nr_deeds; i++) {
		const struct review_deed *deed = &page->c->deeds[i];

		html_open(h, "li");
		html_textf(h, "%s: %s ", deed->deeds, deed->what);
		html_class(h, "code", "name");
		html_text(h, deed->name);
		if (deed->new_name)
			html_textf(h, " \xe2\x86\x92 %s", deed->new_name);
		html_close(h);
		html_leaf(h, "span", "way", deed->where);
		html_close(h);
	}
	html_close(h);
}

/* ---- Files ---- */

/* A file that came, went or has another path says so. */
static void add_path(struct html *h, const struct review_file *f)
{
	const char *before = f->sides[0].path, *after = f->sides[1].path;
	_cleanup_free_ char *mode = review_mode(f), *binary = review_binary(f);

	html_leaf(h, "code", "name", after ? after : before);
	if (!before)
		html_leaf(h, "span", "but", "new file");
	else if (!after)
		html_leaf(h, "span", "but", "the file is gone");
	else if (!streq(before, after))
		html_leaf(h, "span", "but", "renamed from ");
	if (before && after && !streq(before, after))
		html_leaf(h, "code", NULL, before);
	if (mode)
		html_leaf(h, "span", "but", mode);
	if (binary)
		html_leaf(h, "span", "but", binary);
}

static void add_file(struct html *h, struct html_commit *page, size_t file)
{
	const struct review_file *f = &page->c->files[file];

	html_class(h, "article", "file");
	html_attrf(h, "id", "c%zu-f%zu", page->number, file + 1);
	html_open(h, "h4");
	add_path(h, f);
	html_close(h);
	if (!f->binary && review_has_diff(f)) {
		html_rows_open(h, review_path(f));
		html_hunks(h, page, file);
		html_rows_close(h);
	}
	html_close(h);
}

void html_residue(struct html *h, struct html_commit *page)
{
	for (size_t n = 0; n < page->c->nr_items; n++)
		if (page->c->items[n].but)
			add_item_residue(h, page, n);
	for (size_t f = 0; f < page->c->nr_files; f++)
		if (review_file_matters(&page->c->files[f]))
			add_file(h, page, f);
}

/* ---- Places ---- */

static void add_gap(struct html *h, size_t lines, const char *what)
{
	if (!lines)
		return;
	html_class(h, "li", "gap");
	html_counted(h, lines, "lines");
	html_textf(h, " %s", what);
	html_close(h);
}

/* seen: items, before and after in turn, that have their anchor. */
static void add_stand(struct html *h, const struct html_commit *page,
		      const struct review_row *row, bool *seen)
{
	const struct review_item *item = &page->c->items[row->item];
	const struct review_file *other =
		&page->c->files[item->file[!row->came]];
	bool *had = &seen[2 * row->item + row->came];

	html_open(h, "li");
	if (!*had)
		html_attrf(h, "id", "c%zu-i%zu-%s", page->number, row->item + 1,
			   row->came ? "to" : "from");
	*had = true;
	html_leaf(h, "span", "sign", row->came ? "+" : "-");
	html_textf(h, "%zu ", row->came ? row->new_line : row->old_line);
	html_open(h, "a");
	html_attrf(h, "href", "#c%zu-i%zu", page->number, row->item + 1);
	html_item_name(h, item);
	html_close(h);
	html_class(h, "span", "way");
	html_textf(h, "%s %s:%zu", row->came ? "from" : "to",
		   other->sides[!row->came].path, item->line[!row->came]);
	html_close(h);
	html_close(h);
}

static void add_places(struct html *h, const struct html_commit *page,
		       const struct review_rows *rows, bool *seen)
{
	size_t stay = 0, spacing = 0, residue = 0;

	for (size_t i = 0; i <= rows->nr; i++) {
		const struct review_row *row = i < rows->nr ? &rows->v[i] : NULL;

		stay += row && row->kind == ROW_CONTEXT;
		spacing += row && row->kind == ROW_SPACING;
		residue += row &&
			   (row->kind == ROW_LOST || row->kind == ROW_ADDED);
		if (row && row->kind != ROW_FOLD)
			continue;
		add_gap(h, stay, "stay");
		add_gap(h, residue, "of residue");
		add_gap(h, spacing, "that are empty came or went");
		stay = spacing = residue = 0;
		if (row)
			add_stand(h, page, row, seen);
	}
}

static bool has_fold(const struct review_rows *rows)
{
	for (size_t i = 0; i < rows->nr; i++)
		if (rows->v[i].kind == ROW_FOLD)
			return true;
	return false;
}

/* They are no line that moved, so they are in no fold. */
static void add_spacing(struct html *h, const struct review_file *f)
{
	if (!f->spacing)
		return;
	html_class(h, "p", "note spacing");
	html_textf(h, "Empty lines beside moved items in %s:", review_path(f));
	for (size_t n = 0; n < f->ops.nr; n++) {
		const struct review_op *op = &f->ops.v[n];
		bool lost = op->what == REVIEW_LOST;

		if (op->spacing)
			html_textf(h, " %s%zu at %zu",
				   lost ? "\xe2\x88\x92" : "+", op->lines,
				   lost ? op->old_line : op->new_line);
	}
	html_text(h, ".");
	html_close(h);
}

void html_places(struct html *h, const struct html_commit *page)
{
	_cleanup_free_ bool *seen =
		xcalloc(2 * page->c->nr_items + 1, sizeof(*seen));

	for (size_t f = 0; f < page->c->nr_files; f++)
		add_spacing(h, &page->c->files[f]);
	for (size_t f = 0; f < page->c->nr_files; f++) {
		struct review_rows rows;

		review_rows_of_file(page->c, f, 0, &rows);
		if (has_fold(&rows)) {
			html_class(h, "details", "fold");
			html_open(h, "summary");
			html_leaf(h, "code", "name",
				  review_path(&page->c->files[f]));
			html_close(h);
			html_class(h, "ol", "places");
			add_places(h, page, &rows, seen);
			html_close(h);
			html_close(h);
		}
		review_rows_release(&rows);
	}
}
