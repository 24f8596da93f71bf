/* SPDX-License-Identifier: GPL-2.0-only */
/* The reasons in the code-size table. Only codegen*.c include this. */
#ifndef VERIFY_CODEGEN_H
#define VERIFY_CODEGEN_H

#include "objects.h"
#include "side.h"

/* The function that a clone or a part (f.constprop.0, f.cold) is of; the caller frees. */
char *codegen_parent(const char *name);

/*
 * Fills 'why' of each row, from two cut sides. made: functions that the step
 * itself made; may be NULL.
 */
void codegen_explain(const struct side *sides, const struct strv *made,
		     struct codegen *rows, size_t nr);

#endif
