/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How many programs run at once, in all threads of ours and in every make that
 * they start: a slot each. It is GNU make's protocol ("POSIX Jobserver Interaction"
 * in its manual): a pipe with a byte for each free slot, which who needs one reads,
 * and writes back.
 *
 * A thread may do work of its own in a slot as well. One that holds a slot must
 * not wait for another.
 */
#ifndef LIB_JOBSERVER_H
#define LIB_JOBSERVER_H

#include <pthread.h>
#include <stdbool.h>

#include "error.h"
#include "strv.h"

struct jobserver {
	int ends[2];	    /* read and write end, which make inherits */
	int look;	    /* the read end once more; reading it does not block */
	unsigned int slots; /* 0: it is not open */
	pthread_mutex_t lock; /* of what follows */
	unsigned int held;  /* slots that this process took and did not give back */
	unsigned int makes; /* that run now; each is started in a slot */
};

/* slots is at least 1. */
int jobserver_open(unsigned int slots, struct jobserver *ret,
		   struct error *err);
void jobserver_close(struct jobserver *js);

/* Waits for a slot; takes one if it is free now; gives it back. */
void jobserver_take(struct jobserver *js);
bool jobserver_try(struct jobserver *js);
void jobserver_give(struct jobserver *js);

/* To be polled for reading: readable while a slot is free. */
int jobserver_fd(const struct jobserver *js);

/*
 * A make that is started in a slot, and ended in it. env gets what tells it
 * where the slots are; it must inherit both ends. What a killed make did not give
 * back is free again once no other one runs.
 */
void jobserver_make_starts(struct jobserver *js, struct strv *env);
void jobserver_make_ended(struct jobserver *js);

#endif
