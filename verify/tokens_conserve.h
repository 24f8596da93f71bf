/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of the tokens rung: the units of both sides in pairs, and the
 * definitions that have no equal in their own pair. Only tokens.c and
 * tokens_conserve.c include this.
 */
#ifndef VERIFY_TOKENS_CONSERVE_H
#define VERIFY_TOKENS_CONSERVE_H

#include "tokens.h"

/* The units of one source; NULL where a side has none. */
struct unit_pair {
	const char *source;
	const struct unit *old_unit, *new_unit; /* of the states */
	struct token_unit *before, *after; /* NULL too when let go of */
	bool skipped; /* equal keys: not even read */
};

/* A definition that left one unit and stands in another by the same tokens. */
struct moved_def {
	const struct token_unit *before;
	const struct token_unit *after;
	const struct def *def; /* of the after unit */
};

struct conserve {
	struct token_check *check;
	struct unit_pair *pairs;
	size_t nr_pairs;
	struct moved_def *moved; /* owned */
	size_t nr_moved, alloc_moved;
};

/* Matches the defs of the two units of a pair; marks them. */
void conserve_pair(struct conserve *c, struct unit_pair *pair);
/* True when the pair has nothing left that other pairs must be asked about. */
bool conserve_is_done(const struct unit_pair *pair);
/* Matches what is left across pairs, and reports the rest. */
void conserve_rest(struct conserve *c);
void conserve_release(struct conserve *c);

#endif
