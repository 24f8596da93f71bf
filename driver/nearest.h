/* SPDX-License-Identifier: GPL-2.0-only */
/* "Did you mean": the name that somebody who wrote another one probably meant. */
#ifndef DRIVER_NEAREST_H
#define DRIVER_NEAREST_H

#include "lib/strv.h"

/*
 * The candidate that is fewest edits (insert, delete, replace, swap two
 * neighbours) away from name, case aside; the first of equals. NULL when none is
 * near: more than a third of the name would have to be edited. Stays owned by
 * candidates.
 */
const char *nearest_name(const char *name, const struct strv *candidates);

#endif
