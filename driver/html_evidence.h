/* SPDX-License-Identifier: GPL-2.0-only */
/* What is known of commits: verdicts, rungs, findings, sizes of code. */
#ifndef DRIVER_HTML_EVIDENCE_H
#define DRIVER_HTML_EVIDENCE_H

#include "html.h"
#include "review_known.h"

/* "! different". known false: nobody verified it, which is no verdict. */
void html_verdict(struct html *h, enum verdict verdict, bool known);

/* The same of commit i; a difference that the texts alone show is one. */
bool html_is_known(const struct report *report, size_t i);

/* Commit by configuration by rung; a cell that is not equal links to its findings. */
void html_matrix(struct html *h, const struct report *report);

/* Each rung that is not equal, with what it found and where. */
void html_findings(struct html *h, const struct report_step *step);

/* The stock build's functions that changed size, as a table with bars. */
bool html_has_codegen(const struct report_step *step);
void html_codegen(struct html *h, const struct report_step *step);

/* "what name at where: detail" */
void html_finding(struct html *h, const struct finding *f);

#endif
