/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What lex.c and token.c share: line splices.
 */
#ifndef LIB_LEX_INTERNAL_H
#define LIB_LEX_INTERNAL_H

#include "lex.h"

/* Blanks as in C11 5.2.1, the newline aside. */
bool lex_is_blank(char c);

/* Behind the splices at p, where s[p] is a backslash; p if there are none. */
size_t lex_unsplice_here(const char *s, size_t len, size_t p);

/* Behind the splices at p, or p if there are none. */
static inline size_t lex_unsplice(const char *s, size_t len, size_t p)
{
	return p < len && s[p] == '\\' ? lex_unsplice_here(s, len, p) : p;
}

#endif
