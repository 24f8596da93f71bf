// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is left of each file when the lines of moved items are taken out of both
 * sides is diffed; then all lines of the file are listed in order.
 */
#define _GNU_SOURCE
#include "review.h"

/* The lines that no item has, and where they stand. */
struct rest {
	struct linediff_line *lines; /* owned */
	size_t *at, *pair;	     /* owned */
	size_t nr;
};

static void take_rest(const struct review_side *side, struct rest *ret)
{
	*ret = (struct rest){
		.lines = xcalloc(side->nr + 1, sizeof(*ret->lines)),
		.at = xcalloc(side->nr + 1, sizeof(*ret->at)),
		.pair = xcalloc(side->nr + 1, sizeof(*ret->pair)),
	};
	for (size_t i = 0; i < side->nr; i++) {
		if (side->item[i] != REVIEW_NONE)
			continue;
		ret->lines[ret->nr] = side->lines[i];
		ret->at[ret->nr++] = i;
	}
}

static void rest_release(struct rest *rest)
{
	free(rest->lines);
	free(rest->at);
	free(rest->pair);
}

static void pair_rest(struct review_file *f)
{
	struct rest a, b;

	take_rest(&f->sides[0], &a);
	take_rest(&f->sides[1], &b);
	linediff(a.lines, a.nr, b.lines, b.nr, a.pair, b.pair);
	for (size_t i = 0; i < a.nr; i++) {
		size_t k = a.pair[i];

		if (k == LINEDIFF_NONE)
			continue;
		f->sides[0].pair[a.at[i]] = b.at[k];
		f->sides[1].pair[b.at[k]] = a.at[i];
	}
	rest_release(&a);
	rest_release(&b);
}

static bool goes_on(const struct review_op *last, enum review_what what,
		    size_t item, size_t there)
{
	return last->what == what && last->item == item &&
	       (!there || last->there + last->lines == there);
}

/* i, k: the lines before and after that come next, from 0. */
static void add(struct review_ops *ops, enum review_what what, size_t i,
		size_t k, size_t item, size_t there)
{
	struct review_op *last = ops->nr ? &ops->v[ops->nr - 1] : NULL;

	if (last && goes_on(last, what, item, there)) {
		last->lines++;
		return;
	}
	ARRAY_GROW(ops->v, ops->nr, ops->alloc);
	ops->v[ops->nr++] = (struct review_op){ .what = what,
						.lines = 1,
						.old_line = i + 1,
						.new_line = k + 1,
						.item = item,
						.there = there };
}

/* Not kept: of an item, or residue. */
static bool is_apart(const struct review_side *side, size_t i)
{
	return i < side->nr &&
	       (side->item[i] != REVIEW_NONE || side->pair[i] == REVIEW_NONE);
}

static void list(struct review_file *f)
{
	struct review_side *a = &f->sides[0], *b = &f->sides[1];
	size_t i = 0, k = 0;

	while (i < a->nr || k < b->nr) {
		if (is_apart(a, i)) {
			bool moved = a->pair[i] != REVIEW_NONE;

			add(&f->ops, moved ? REVIEW_GONE : REVIEW_LOST, i, k,
			    a->item[i], moved ? a->pair[i] + 1 : 0);
			i++;
		} else if (is_apart(b, k)) {
			bool moved = b->pair[k] != REVIEW_NONE;

			add(&f->ops, moved ? REVIEW_CAME : REVIEW_ADDED, i, k,
			    b->item[k], moved ? b->pair[k] + 1 : 0);
			k++;
		} else {
			add(&f->ops, REVIEW_KEEP, i++, k++, REVIEW_NONE, 0);
		}
	}
}

static bool is_residue(const struct review_op *op)
{
	return op->what == REVIEW_LOST || op->what == REVIEW_ADDED;
}

static bool is_empty(const struct review_file *f, const struct review_op *op)
{
	bool added = op->what == REVIEW_ADDED;
	const struct review_side *side = &f->sides[added];
	size_t first = (added ? op->new_line : op->old_line) - 1;

	for (size_t i = first; i < first + op->lines; i++)
		if (side->lines[i].len != 1 || *side->lines[i].data != '\n')
			return false;
	return true;
}

/* The next op in the direction that is an item's, with nothing kept between. */
static bool is_beside_item(const struct review_ops *ops, size_t n)
{
	return (n && ops->v[n - 1].item != REVIEW_NONE) ||
	       (n + 1 < ops->nr && ops->v[n + 1].item != REVIEW_NONE);
}

static void count(struct review_file *f)
{
	for (size_t n = 0; n < f->ops.nr; n++) {
		struct review_op *op = &f->ops.v[n];

		if (!is_residue(op))
			continue;
		op->spacing = op->item == REVIEW_NONE && is_empty(f, op) &&
			      is_beside_item(&f->ops, n);
		*(op->what == REVIEW_LOST ? &f->lost : &f->added) += op->lines;
		f->spacing += op->spacing ? op->lines : 0;
	}
}

void review_diff_files(struct review_commit *c)
{
	for (size_t i = 0; i < c->nr_files; i++) {
		struct review_file *f = &c->files[i];

		pair_rest(f);
		list(f);
		count(f);
		c->spacing += f->spacing;
		for (size_t n = 0; n < f->ops.nr; n++) {
			const struct review_op *op = &f->ops.v[n];

			if (op->what == REVIEW_CAME)
				c->moved += op->lines;
			else if (is_residue(op) && !op->spacing)
				*(op->what == REVIEW_LOST ? &c->lost :
							    &c->added) +=
					op->lines;
		}
	}
}
