// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "review_rows.h"

static struct review_row *add(struct review_rows *rows, enum row_kind kind,
			      size_t old_line, size_t new_line)
{
	struct review_row *row;

	ARRAY_GROW(rows->v, rows->nr, rows->alloc);
	row = &rows->v[rows->nr++];
	*row = (struct review_row){ .kind = kind,
				    .old_line = old_line,
				    .new_line = new_line,
				    .item = REVIEW_NONE };
	return row;
}

/* Lines of one op, each a row. */
static void add_lines(struct review_rows *rows, const struct review_op *op,
		      const struct review_side *before,
		      const struct review_side *after)
{
	static const enum row_kind kinds[] = {
		[REVIEW_KEEP] = ROW_CONTEXT,
		[REVIEW_LOST] = ROW_LOST,
		[REVIEW_ADDED] = ROW_ADDED,
	};

	for (size_t i = 0; i < op->lines; i++) {
		bool lost = op->what == REVIEW_LOST;
		bool added = op->what == REVIEW_ADDED;
		size_t old_line = op->old_line + (added ? 0 : i);
		size_t new_line = op->new_line + (lost ? 0 : i);
		struct review_row *row =
			add(rows, op->spacing ? ROW_SPACING : kinds[op->what],
			    old_line, new_line);

		row->lost = lost;
		row->line = added ? &after->lines[new_line - 1] :
				    &before->lines[old_line - 1];
	}
}

/* Of the op's lines those that the item has: not the empty one that it took along. */
static size_t own_lines(const struct review_commit *c,
			const struct review_op *op, bool came)
{
	const struct review_item *item = &c->items[op->item];
	size_t first = came ? op->new_line : op->old_line;
	size_t end = first + op->lines, item_end = item->line[came] +
						   item->lines[came];

	first = first > item->line[came] ? first : item->line[came];
	end = end < item_end ? end : item_end;
	return first < end ? end - first : 0;
}

static bool is_fold_of(const struct review_rows *rows, size_t item, bool came)
{
	const struct review_row *last;

	if (!rows->nr)
		return false;
	last = &rows->v[rows->nr - 1];
	return last->item == item && last->came == came;
}

/* Lines of an item that follow each other are one fold, its residue among them. */
static void add_fold(const struct review_commit *c, struct review_rows *rows,
		     const struct review_op *op)
{
	bool came = op->what == REVIEW_CAME || op->what == REVIEW_ADDED;
	bool moved = op->what == REVIEW_CAME || op->what == REVIEW_GONE;
	size_t lines = own_lines(c, op, came);

	if (!lines)
		return;
	if (!is_fold_of(rows, op->item, came)) {
		struct review_row *fold = add(rows, ROW_FOLD, op->old_line,
					      op->new_line);

		fold->item = op->item;
		fold->came = came;
	}
	rows->v[rows->nr - 1].lines += moved ? lines : 0;
}

static bool is_residue(const struct review_row *row)
{
	return row->kind == ROW_LOST || row->kind == ROW_ADDED;
}

/* Rows that are near to residue, in hunks. */
static void number_hunks(struct review_rows *rows, size_t context)
{
	size_t shown = 0; /* behind the last row that is in a hunk */

	for (size_t i = 0; i < rows->nr; i++) {
		size_t begin = i > context ? i - context : 0, end;

		if (!is_residue(&rows->v[i]))
			continue;
		end = i + context + 1 < rows->nr ? i + context + 1 : rows->nr;
		if (!rows->hunks || begin > shown)
			rows->hunks++;
		for (size_t k = begin > shown ? begin : shown; k < end; k++)
			rows->v[k].hunk = rows->hunks;
		shown = end > shown ? end : shown;
	}
}

void review_rows_of_file(const struct review_commit *c, size_t file,
			 size_t context, struct review_rows *ret)
{
	const struct review_file *f = &c->files[file];

	*ret = (struct review_rows){ 0 };
	for (size_t n = 0; n < f->ops.nr; n++) {
		const struct review_op *op = &f->ops.v[n];

		if (op->item != REVIEW_NONE)
			add_fold(c, ret, op);
		else
			add_lines(ret, op, &f->sides[0], &f->sides[1]);
	}
	number_hunks(ret, context);
}

void review_rows_of_item(const struct review_commit *c, size_t item,
			 size_t context, struct review_rows *ret)
{
	const struct review_item *it = &c->items[item];

	*ret = (struct review_rows){ 0 };
	for (size_t n = 0; n < it->ops.nr; n++)
		add_lines(ret, &it->ops.v[n],
			  &c->files[it->file[0]].sides[0],
			  &c->files[it->file[1]].sides[1]);
	number_hunks(ret, context);
}

void review_rows_release(struct review_rows *rows)
{
	free(rows->v);
	*rows = (struct review_rows){ 0 };
}
