/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Progress on stderr: a line for each stage and step. On a terminal the line
 * of the running step is rewritten in place as it goes on; elsewhere each
 * finished step is one plain line. Results never go here. Threads may have something
 * to say at the same time: a line is whole.
 */
#ifndef DRIVER_PROGRESS_H
#define DRIVER_PROGRESS_H

#include <pthread.h>

#include "lib/buf.h"
#include "lib/util.h"

struct progress {
	bool quiet;
	bool tty;	  /* stderr is a terminal that can rewrite a line */
	bool open;	  /* a rewritable line stands on the terminal */
	double started;	  /* CLOCK_MONOTONIC seconds at the last stage */
	double used;	  /* processor seconds by then, of ours and our children */
	struct buf log;	  /* what each stage cost, for the timing file */
	pthread_mutex_t lock; /* of what changes here, and of stderr */
};

void progress_init(struct progress *p, bool quiet);

/* "what" is going on now: rewritten in place, or nothing when not a terminal. */
void progress_now(struct progress *p, const char *fmt, ...) __printf(2, 3);

/* One finished line, with the seconds since the last one behind it. */
void progress_done(struct progress *p, const char *fmt, ...) __printf(2, 3);

/* A line for the timing file alone, without a time of its own. */
void progress_note(struct progress *p, const char *fmt, ...) __printf(2, 3);

void progress_end(struct progress *p);

#endif
