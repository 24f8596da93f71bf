/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A private folder in $TMPDIR (/tmp) for a command that keeps nothing. It is locked
 * while it is in use, by us and by the programs that we started, so the next
 * command can tell those that a killed one has left, and removes them.
 */
#ifndef LIB_SCRATCH_H
#define LIB_SCRATCH_H

#include "error.h"

struct scratch {
	char *path; /* owned; NULL: there is none */
	int lock;   /* the folder itself, open; -1: there is none */
};

#define SCRATCH_INIT { NULL, -1 }

/* -1: there can be no folder in $TMPDIR, which the error names. */
int scratch_open(struct scratch *ret, struct error *err);

/* Removes the folder with all that is in it; a cleanup function. */
void scratch_close(struct scratch *scratch);

#endif
