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

/*
 * The step's rules do without a name of one of their identifier lists. False when
 * it stands elsewhere, too, or alone: then nothing is changed.
 */
bool amend_forget(struct step *step, const char *name);

/* The step is about the name 'other' instead: the rules, and all else that has it. */
void amend_call(struct step *step, const char *name, const char *other);

/*
 * The step adds to a file that is there: its Preamble goes, and what that
 * includes and the file does not is added. text: of the file.
 */
void amend_append(struct step *step, const char *text, size_t len);

/* Appends a key for all that the functions above change. */
void amend_key(const struct step *step, struct strv *ret);

/* Takes the string at i out of a list; i may be its nr. */
void amend_drop_at(struct strv *list, size_t i);

#endif
