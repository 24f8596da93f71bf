/* SPDX-License-Identifier: GPL-2.0-only */
/* How much two functions have in common, whatever they are called. */
#ifndef DRIVER_ALIKE_H
#define DRIVER_ALIKE_H

#include "lib/items.h"

/*
 * Of the tokens of both, how many of a hundred stand in both in the same order, in
 * the whole or in the bodies alone, whichever is less: short functions with the
 * same parameters are not alike for that. 100 is said only of the same tokens.
 * Comments count for nothing, nor do their
 * own names, static and extern.
 */
unsigned int alike(const struct items *a, size_t i, const struct items *b,
		   size_t k);

#endif
