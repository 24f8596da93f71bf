/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines of source with their tokens told apart, by the lexer that the whole
 * program has. A line may begin inside of a comment: the whole file is lexed,
 * once, when its first line is asked for.
 */
#ifndef DRIVER_HTML_CODE_H
#define DRIVER_HTML_CODE_H

#include "html.h"
#include "lib/lex.h"
#include "review.h"

struct html_code {
	const struct review_side *side;
	bool is_c, lexed;
	struct tokens tokens; /* once lexed */
};

/* The side must outlive ret. */
void html_code_open(const struct review_side *side, struct html_code *ret);
void html_code_release(struct html_code *code);

/* Writes the line, from 1, without its newline; one that lacks it is told. */
void html_code_line(struct html *h, struct html_code *code, size_t line);

#endif
