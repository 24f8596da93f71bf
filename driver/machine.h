/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether a program that failed says anything about what it was given. One that
 * ran out of memory, of room on the disk or of its time would end well another
 * day: its failure is no answer, and nothing may be concluded from it or kept.
 */
#ifndef DRIVER_MACHINE_H
#define DRIVER_MACHINE_H

#include "lib/process.h"

/*
 * -1, and an error as of process_check(), when the machine or a time limit is
 * to blame for how the program ended. 0 when it ended by itself, whatever its
 * status: that it crashed, or was killed by a signal for it, is its answer.
 */
int machine_check(const struct process *p, struct error *err);

#endif
