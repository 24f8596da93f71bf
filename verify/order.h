/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the order counts in which things stand: functions that are called one
 * after the other, arrays that the linker collects, labels behind which the
 * next thing follows. What the linker does with several objects is not to be
 * seen here: that things stand in one object no longer is undecided.
 */
#ifndef VERIFY_ORDER_H
#define VERIFY_ORDER_H

#include "outcome.h"
#include "side.h"

/* Both sides have their classes. */
void order_compare(const struct side *before, const struct side *after,
		   struct outcome *ret);

#endif
