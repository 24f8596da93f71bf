/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of the text rung: a commit that no step describes. infer.c takes the
 * same steps to find out what was done, and makes of it the contract that the
 * rung holds the commit against.
 *
 *	text_mixed.c	     the rung, and the order of the steps
 *	text_mixed_match.c   which piece is which, names and linkage aside
 *	text_mixed_settle.c  lines that come and go with what is shifted
 *	text_mixed_extract.c helpers put back into their callers
 *	text_mixed_call.c    one call read as a helper's body
 *	text_mixed_rest.c    residue
 *	text_mixed_unseen.c  what of it no other rung sees
 */
#ifndef VERIFY_TEXT_MIXED_H
#define VERIFY_TEXT_MIXED_H

#include "infer.h"
#include "lib/buf.h"
#include "text_words.h"

/* What became of a piece. */
struct fate {
	unsigned int
		deeds; /* bits of enum deed; 0: nothing, it stays as it was */
	bool residue;
	size_t other; /* on the other side: its partner, or what it changed
			 from or to; TEXT_NONE */
	struct wording how; /* of a partner: how it is told from a copy */
	const char *but;    /* what it is verbatim but for; NULL: see how */
};

struct mixed {
	struct text_check *check;
	struct word_names names;     /* of the contract, or worked out so far */
	struct fate *fates[2];	     /* owned: of the pieces before and after */
	struct text_words *words[2]; /* owned: of those that were looked into */
};

void mixed_begin(struct mixed *m, struct text_check *check);
void mixed_end(struct mixed *m);

/* The piece as words; read once, so names must be known before. */
const struct text_words *mixed_words(struct mixed *m, int after, size_t piece);
struct text_side *mixed_side(const struct mixed *m, int after);
/* No partner, and nothing yet that accounts for it. */
bool mixed_is_open(const struct mixed *m, int after, size_t piece);
/* True when the names are one, or one was renamed to the other. */
bool mixed_same_name(const struct mixed *m, const char *old, const char *new);
/* False when static or inline changed in a way that is no deed; else which one.
 */
bool mixed_linkage(const struct mixed *m, size_t before, size_t after,
		   unsigned int *ret_deed);
bool mixed_same_file(const struct mixed *m, size_t before, size_t after);
void mixed_account(struct mixed *m, int after, size_t piece,
		   unsigned int deeds);

/* The steps, in this order. Equal bytes first. */
void mixed_match_equal(struct mixed *m);
/* Then equal code; what it was made of it is in the fates. */
void mixed_match_alike(struct mixed *m);
/* Helpers of the contract put back into their callers give the old callers. */
void mixed_match_extracted(struct mixed *m);
void mixed_settle(struct mixed *m);
/* What nothing accounts for. */
void mixed_rest(struct mixed *m);

/* The piece before as it would be if nothing but names had changed. */
void mixed_rename_piece(const struct mixed *m, const struct piece *p,
			struct buf *ret);

/* Why the change of a piece is more than other code; NULL if it is not. */
const char *mixed_unseen(struct mixed *m, size_t before, size_t after);
/* Reports assertions of the piece that no residue has. */
void mixed_check_lost(struct mixed *m, size_t before);
/* Reports calls that came or went, and are in no residue of the other side. */
void mixed_check_calls(struct mixed *m, size_t before, size_t after);

#endif
