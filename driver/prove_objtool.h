/* SPDX-License-Identifier: GPL-2.0-only */
/* objtool's part of the code rung: tables of the isolation objects. */
#ifndef DRIVER_PROVE_OBJTOOL_H
#define DRIVER_PROVE_OBJTOOL_H

#include "prove.h"

/* False when objtool failed where something changed: then compare without tables. */
bool objtool_has_tables(const struct built *before, const struct built *after);

/* Adds what objtool could not do, and what it said, to the code rung's outcome. */
void objtool_check(const struct contract *contract, const struct built *before,
		   const struct built *after, struct outcome *ret);

#endif
