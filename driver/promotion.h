/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Holding what spatch made of a promotion against what the lexer expects. The
 * bytes that are committed are always ours; spatch's only say that the rule
 * means what the step declares.
 */
#ifndef DRIVER_PROMOTION_H
#define DRIVER_PROMOTION_H

#include "drift.h"
#include "lib/items.h"
#include "lib/strv.h"

/*
 * expected: the file with the storage class of the named definitions changed,
 * forward declarations as they were. actual: spatch's output. The same but for
 * white space in the declarators of the named functions, and the storage class
 * in front of their forward declarations. Anything else is drift
 * (DRIFT_DISAGREE), at its line of the expected file.
 */
bool promotion_agrees(const struct items *expected, const struct items *actual,
		      const struct strv *names, const char *path,
		      struct drifts *drifts);

#endif
