/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changes to a step in memory: what this base has no need of goes, or is called
 * otherwise here. The file that the step was read from stays as it is.
 */
#ifndef DRIVER_AMEND_H
#define DRIVER_AMEND_H

#include "series.h"

/* Of the Preamble's lines, the one that defines the macro; NULL. */
const char *amend_preamble_line(const struct step *step, const char *macro);

/* Takes that line out. */
void amend_drop_macro(struct step *step, const char *macro);

/*
 * The step is no longer about the name: it goes from names, After, Items, and
 * what is renamed. The rules still have it.
 */
void amend_leave_out(struct step *step, const char *name);

/* Takes the string at i out of a list; i may be its nr. */
void amend_drop_at(struct strv *list, size_t i);

#endif
