/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a commit did to the source: residue as diffs that are open, what moved as
 * folds, and where in its files each item stood and stands.
 */
#ifndef DRIVER_HTML_DIFF_H
#define DRIVER_HTML_DIFF_H

#include "html_code.h"

/* A commit of a page. */
struct html_commit {
	const struct review *review;
	const struct review_commit *c;
	size_t number;		 /* from 1; "c<number>" begins all its anchors */
	struct html_code *codes; /* owned: before and after of each file in turn */
};

void html_commit_open(const struct review *review, size_t i,
		      struct html_commit *ret);
void html_commit_release(struct html_commit *page);

/* Items that are not quite the same, then files; no heading. */
void html_residue(struct html *h, struct html_commit *page);

/* A fold for each item that moved byte for byte, and a line for each other. */
void html_moved(struct html *h, struct html_commit *page);

/* What was done in its place. */
void html_deeds(struct html *h, const struct html_commit *page);

/* Of each file the items that came or went, between the lines that stay. */
void html_places(struct html *h, const struct html_commit *page);

/* "function port_reset" */
void html_item_name(struct html *h, const struct review_item *item);

/*
 * Lines as rows of a table (html_rows.c); label says what they are to whoever cannot
 * see. The code of a line that was kept is that of the file before.
 */
void html_rows_open(struct html *h, const char *label);
void html_rows_close(struct html *h);
void html_row_keep(struct html *h, struct html_code *code, size_t old_line,
		   size_t new_line);
void html_row_lost(struct html *h, struct html_code *code, size_t line);
void html_row_added(struct html *h, struct html_code *code, size_t line);

/* The hunks of a file, in a table that is open. */
void html_hunks(struct html *h, struct html_commit *page, size_t file);

#endif
