/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What classes of named atoms leave open: symbols that are not defined here,
 * notes, tables' entries about nothing that has a name, bytes that nobody
 * claims, and sections that are not looked at. Each is compared, or said to
 * be undecided, or listed in not_compared.
 */
#ifndef VERIFY_ACCOUNT_H
#define VERIFY_ACCOUNT_H

#include "outcome.h"
#include "same.h"

void account_sides(struct same *same, const struct side *before,
		   const struct side *after, struct outcome *ret);

#endif
