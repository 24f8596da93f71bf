/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All commits of a review as one step: each file that any of them touches, as it
 * is below the first and after the last.
 */
#ifndef DRIVER_REVIEW_ENDS_H
#define DRIVER_REVIEW_ENDS_H

#include "review.h"

struct review_end {
	const struct review_side *sides[2]; /* before, after; path NULL: no file */
};

/* Borrowed from the review; the caller frees *ret. */
size_t review_ends(const struct review *review, struct review_end **ret);

/* A path that all of them begin with, up to a slash; bytes of it. */
size_t review_ends_folder(const struct review_end *ends, size_t nr);

#endif
