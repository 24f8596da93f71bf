/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The first screen: what the verdict is and why, what a person has to read, the
 * commits, and where the evidence is.
 */
#ifndef DRIVER_HTML_OVERVIEW_H
#define DRIVER_HTML_OVERVIEW_H

#include "html.h"
#include "review_known.h"

void html_overview(struct html *h, const struct review *review,
		   const struct report *report);

/* "-3 +4" of residue; "0 lines" where only what is no line matters; or nothing. */
void html_residue_counts(struct html *h, const struct review_commit *c);

#endif
