/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of the text rung: a call of a helper read as the helper's body, with
 * the arguments for the parameters. Only text_mixed_call.c and
 * text_mixed_extract.c include this.
 */
#ifndef VERIFY_TEXT_MIXED_CALL_H
#define VERIFY_TEXT_MIXED_CALL_H

#include "text_words.h"

/* Words of a row, from begin up to end. */
struct span {
	const struct text_words *w;
	size_t begin, end;
};

struct bound {
	struct span parameter; /* one word */
	struct span argument;
};

struct call {
	const struct text_words *helper;
	struct span body;    /* without its braces */
	struct bound *bound; /* owned */
	size_t nr, alloc;
	size_t end; /* in the caller: behind the call's ')' */
};

/* Index of the next word at or behind i that is code and not linkage. */
size_t call_next_word(const struct text_words *w, size_t i);

/* Reads the call that the helper's name at k of the caller begins. */
bool call_read(const struct text_words *helper, const struct text_words *caller,
	       size_t k, struct call *ret);
void call_release(struct call *call);

/*
 * At word *k of the new caller, which is the helper's name, or the "return"
 * before it: moves *i behind the words of the old caller that are the body, and
 * *k behind those of the new one that call it. False when they are not.
 */
bool call_take(const struct call *call, const struct text_words *old, size_t *i,
	       const struct text_words *new, size_t *k);

#endif
