/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Copies of one function or constant that stand for each other, but whose
 * addresses are taken: sharing that changed is undecided.
 */
#ifndef VERIFY_IDENTITY_H
#define VERIFY_IDENTITY_H

#include "match.h"
#include "outcome.h"

struct objects_options;

/* Before matching: marks what each file has of its own, see atom.per_file. */
void identity_mark(const struct objects_options *options, struct side *side,
		   bool after);

void identity_compare(const struct side *before, const struct side *after,
		      const struct classes *classes, struct outcome *ret);

#endif
