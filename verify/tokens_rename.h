/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of the tokens rung: the entities that a step renames. Only
 * tokens_entity.c and tokens_rename.c include this.
 */
#ifndef VERIFY_TOKENS_RENAME_H
#define VERIFY_TOKENS_RENAME_H

#include "tokens.h"

struct token_rename {
	const struct renamed *names; /* of the contract */
	sym old, new, fresh;   /* numbers of both names and of "old=>new" */
	char *spelling;	       /* owned: of fresh */
	const char *from, *to; /* the file that defines it, before and after; NULL */
	enum name_space space; /* of the entity */
	bool external[2];      /* it has external linkage before, after */
};

static inline size_t nr_renames(const struct token_check *check)
{
	return check->renames ? check->contract->nr_renamed : 0;
}

/* True when a spelling has one of the names in it; each is asked about once. */
bool sym_holds(struct token_check *check, sym s);

#endif
