/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file or an item of a review, cut into hunks for a person: residue with
 * lines of context, a fold wherever lines are those of an item that moved. What
 * is folded is on the list of items, and the residue of an item in its own hunks,
 * so every line of residue is in one hunk and in no other.
 */
#ifndef DRIVER_REVIEW_ROWS_H
#define DRIVER_REVIEW_ROWS_H

#include "review.h"

enum row_kind {
	ROW_CONTEXT,
	ROW_LOST,
	ROW_ADDED,
	ROW_FOLD, /* no line: lines of an item, any number of them */
	ROW_SPACING, /* an empty line beside a moved item, gone or new */
};

struct review_row {
	enum row_kind kind;
	size_t old_line, new_line; /* that come next on each side, or are it */
	const struct linediff_line *line; /* NULL: a fold */
	size_t item;		   /* of a fold */
	bool came;		   /* of a fold: the item stands here now */
	bool lost;		   /* of spacing: it is gone */
	size_t lines;		   /* of a fold: those that moved byte for byte */
	size_t hunk;		   /* it is shown in this one, from 1; 0: not shown */
};

struct review_rows {
	struct review_row *v; /* owned */
	size_t nr, alloc;
	size_t hunks;	      /* how many; none: there is no residue to show */
};

/* context: lines shown around residue. */
void review_rows_of_file(const struct review_commit *commit, size_t file,
			 size_t context, struct review_rows *ret);
void review_rows_of_item(const struct review_commit *commit, size_t item,
			 size_t context, struct review_rows *ret);
void review_rows_release(struct review_rows *rows);

#endif
