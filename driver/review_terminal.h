/* SPDX-License-Identifier: GPL-2.0-only */
/* A review on a terminal, and as the table that the cover letter has too. */
#ifndef DRIVER_REVIEW_TERMINAL_H
#define DRIVER_REVIEW_TERMINAL_H

#include "palette.h"
#include "review.h"

/* Appends the table: a line a commit, and what nobody has verified. */
void review_table(const struct review *review, const struct palette *palette,
		  struct buf *ret);

/* Appends the table, then of each commit the verdicts, the items, the residue. */
void review_terminal(const struct review *review,
		     const struct palette *palette, struct buf *ret);

#endif
