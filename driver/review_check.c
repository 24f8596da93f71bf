// SPDX-License-Identifier: GPL-2.0-only
/*
 * The structure against the files: each file after is made again from the files
 * before and what the structure says, and must come out byte for byte; each line
 * before is accounted for once; and what moved away is what came.
 */
#define _GNU_SOURCE
#include "review.h"

static void copy(const struct review_side *side, size_t line, size_t lines,
		 struct buf *ret)
{
	for (size_t i = line - 1; i < line - 1 + lines && i < side->nr; i++)
		buf_add(ret, side->lines[i].data, side->lines[i].len);
}

void review_rebuild(const struct review_commit *c, size_t file,
		    struct buf *ret)
{
	const struct review_file *f = &c->files[file];

	for (size_t n = 0; n < f->ops.nr; n++) {
		const struct review_op *op = &f->ops.v[n];
		const struct review_item *item =
			op->item == REVIEW_NONE ? NULL : &c->items[op->item];

		if (op->what == REVIEW_KEEP)
			copy(&f->sides[0], op->old_line, op->lines, ret);
		else if (op->what == REVIEW_ADDED)
			copy(&f->sides[1], op->new_line, op->lines, ret);
		else if (op->what == REVIEW_CAME)
			copy(&c->files[item->file[0]].sides[0], op->there,
			     op->lines, ret);
	}
}

static int wrong(const struct review_commit *c, const struct review_file *f,
		 struct error *err)
{
	return error_set(err, ERROR_SYSTEM,
			 "commit %.12s: the review of %s does not give the file "
			 "as it is; this is a defect of cocciseries, review the "
			 "whole diff", c->id, review_path(f));
}

/* All lines of one side come up, once and in order. */
static bool covers(const struct review_file *f, int after)
{
	size_t next = 1;

	for (size_t n = 0; n < f->ops.nr; n++) {
		const struct review_op *op = &f->ops.v[n];
		bool other = after ? op->what == REVIEW_LOST ||
					     op->what == REVIEW_GONE :
				     op->what == REVIEW_ADDED ||
					     op->what == REVIEW_CAME;

		if ((after ? op->new_line : op->old_line) != next)
			return false;
		next += other ? 0 : op->lines;
	}
	return next == f->sides[after].nr + 1;
}

/* The other file of the item has these lines as its own, of the other kind. */
static bool is_answered(const struct review_commit *c,
			const struct review_op *op)
{
	bool gone = op->what == REVIEW_GONE;
	const struct review_item *item = &c->items[op->item];
	const struct review_side *side = &c->files[item->file[gone]].sides[gone];
	size_t here = gone ? op->old_line : op->new_line;

	for (size_t i = 0; i < op->lines; i++) {
		size_t there = op->there - 1 + i;

		if (there >= side->nr || side->item[there] != op->item ||
		    side->pair[there] != here - 1 + i)
			return false;
	}
	return true;
}

static bool is_whole(const struct review_commit *c, const struct review_file *f)
{
	for (size_t n = 0; n < f->ops.nr; n++) {
		const struct review_op *op = &f->ops.v[n];

		if ((op->what == REVIEW_GONE || op->what == REVIEW_CAME) &&
		    !is_answered(c, op))
			return false;
	}
	return covers(f, 0) && covers(f, 1);
}

int review_check(const struct review_commit *c, struct error *err)
{
	for (size_t i = 0; i < c->nr_files; i++) {
		const struct review_side *after = &c->files[i].sides[1];
		_cleanup_(buf_release) struct buf built = BUF_INIT;

		review_rebuild(c, i, &built);
		if (built.len != after->len ||
		    (after->len && memcmp(built.data, after->data, after->len)) ||
		    !is_whole(c, &c->files[i]))
			return wrong(c, &c->files[i], err);
	}
	return 0;
}
