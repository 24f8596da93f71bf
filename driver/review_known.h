/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of the commits of a review in the form of a report, so that what
 * sums up reports sums up this as well. A step a commit, in order. A commit that
 * nobody verified has one configuration, REVIEW_NOT_BUILT, with the text rung that
 * was asked now.
 */
#ifndef DRIVER_REVIEW_KNOWN_H
#define DRIVER_REVIEW_KNOWN_H

#include "review.h"

#define REVIEW_NOT_BUILT "not built"

/* ret borrows all but two arrays from the review. */
void review_known(const struct review *review, struct report *ret);
void review_known_release(struct report *report);

/* Names of all configurations, each once, in order. Borrowed; the caller frees ret. */
size_t review_known_configs(const struct report *report, const char ***ret);

/* The configuration of this name; NULL. */
const struct report_config *review_known_config(const struct report_step *step,
						 const char *name);

#endif
