/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Entries of tables that belong to no function or variable: the versions of
 * symbols that a module was built for, and what is about code that nobody leads
 * to. Their order is of no account; that each has an equal one is.
 */
#ifndef VERIFY_LOOSE_H
#define VERIFY_LOOSE_H

#include "outcome.h"
#include "same.h"

void loose_compare(struct same *same, const struct side *before,
		   const struct side *after, struct outcome *ret);

#endif
