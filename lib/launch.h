/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Starting one program in a process group of its own, and the table of the
 * groups that run. Only process.c includes this: all others use process.h.
 */
#ifndef LIB_LAUNCH_H
#define LIB_LAUNCH_H

#include <sys/types.h>

#include "process.h"

/* Groups that may run at once; process_run_all() does not start more. */
#define LAUNCH_MAX 256

/* ... and in all threads together. */
#define LAUNCH_GROUPS 4096

struct launched {
	pid_t pid; /* of the leader, and so of the group */
	int out;   /* read end for stdout, non-blocking; -1: it goes to a file */
	int err;   /* the same for stderr; -1: it goes where stdout goes */
};

/* Starts what p asks for. The caller closes the ends and calls launch_forget(). */
int launch(const struct process *p, struct launched *ret, struct error *err);

/* Takes a group out of the table: its leader is about to be reaped. */
void launch_forget(pid_t pid);

#endif
