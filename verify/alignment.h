/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The alignment of sections that hold more than one symbol. An object file
 * does not say which of them asked for it: the strictest that all objects of a
 * side ask for, of a section of one name, must be the same. Sections that were
 * made for one symbol are compared with it.
 */
#ifndef VERIFY_ALIGNMENT_H
#define VERIFY_ALIGNMENT_H

#include "outcome.h"
#include "side.h"

void alignment_compare(const struct side *before, const struct side *after,
		       struct outcome *ret);

#endif
