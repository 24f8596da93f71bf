/* SPDX-License-Identifier: GPL-2.0-only */
/* What tools print, as sets of lines before and after a step. */
#ifndef VERIFY_LINES_H
#define VERIFY_LINES_H

#include "state.h"

/*
 * What a symbol is called after the step, and a text with every name in it so
 * replaced; a contract that renames nothing changes none. The caller frees.
 */
char *lines_new_name(const struct contract *contract, const char *name);
char *lines_renamed(const struct contract *contract, const char *text);

/* Appends to ret what there is only before (renamed), and only after. */
void lines_gone(const struct contract *contract, const struct strv *before,
		const struct strv *after, struct strv *ret);
void lines_new(const struct contract *contract, const struct strv *before,
	       const struct strv *after, struct strv *ret);

#endif
