/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A review as one HTML file: all is in it, nothing is fetched, and all can be read
 * without its script. The same review gives the same bytes.
 *
 *	html_page.c	the file: head, sections in their order
 *	html_overview.c	the first screen: verdict, what to read, commits
 *	html_evidence.c	verdicts, the matrix, findings; html_codegen.c: sizes
 *	html_graph.c	drawings: html_draw.c draws what review_graph.c finds
 *	html_diff.c	a commit's source: html_rows.c, html_code.c
 *	html.c		writes and escapes
 */
#ifndef DRIVER_HTML_PAGE_H
#define DRIVER_HTML_PAGE_H

#include "lib/error.h"
#include "review.h"

int html_page(const struct review *review, struct buf *ret, struct error *err);

/* Base64 of bytes that stand in hex, as a content security policy wants them. */
char *html_base64(const char *hex);

#endif
