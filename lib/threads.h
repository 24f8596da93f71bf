/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The same work for each of some items, side by side. What is done for one touches
 * only what is its own, or what has a lock.
 */
#ifndef LIB_THREADS_H
#define LIB_THREADS_H

#include <stddef.h>

/*
 * Calls work() for each of nr items of this size, and waits for all. The first is
 * done in the calling thread, and so are those that no thread could be had for,
 * one after the other; each of the others has a thread of its own, in which the
 * signals that stop us are blocked: they are handled in the program's first one,
 * which knows all that was started (lib/launch.c).
 */
void threads_run(void (*work)(void *item), void *items, size_t size, size_t nr);

#endif
