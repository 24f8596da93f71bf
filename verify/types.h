/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the types rung share.
 */
#ifndef VERIFY_TYPES_H
#define VERIFY_TYPES_H

#include "ir.h"
#include "outcome.h"

/*
 * Where two entities of one name differ first, for a person: the line as both
 * have it, without the contents of strings.
 */
void types_difference(const struct ir_entity *before,
		      const struct ir_entity *after, struct buf *ret);

struct declared;

/* Notes a declaration; NULL is an empty table. */
void types_declare(struct declared **table, const struct ir_entity *e);

/* Adds a finding for each name whose declarations are not the same, and frees. */
void types_end_declarations(struct declared **table, struct outcome *ret);

#endif
