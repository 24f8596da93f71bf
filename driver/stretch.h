/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A stretch is some steps that follow each other, verified one after the other in a
 * source folder and O= folders of its own, in a thread of its own. On a machine with
 * many processors a series is several of them, side by side: what one step does is
 * not enough for all, as a step changes little. Where they are cut does not show in
 * what is proven, only in what it costs: each has to build the commit that its first
 * step stands on.
 *
 * What stretches share is read only, or has a lock of its own: the session, the
 * store, the repository, the jobserver, progress. Of the report, a stretch
 * writes its own steps. What is kept of a commit between steps (lane.h) is the
 * stretch's, as where one ends the next one begins.
 *
 *	<work>/src			the source folder of the first one
 *	<work>/src-1			of the second
 *	<work>/config/<name>/out	and so on: what lane.h lists
 *	<work>/config/<name>/out-1
 */
#ifndef DRIVER_STRETCH_H
#define DRIVER_STRETCH_H

#include <pthread.h>
#include <stdatomic.h>

#include "checkout.h"
#include "lane.h"

struct stretches;

struct stretch {
	struct session *s;
	struct stretches *all;	  /* that it is one of */
	char *mark;		  /* owned: behind its folders' names: "", "-1"... */
	char *src;		  /* owned: its source folder */
	size_t first, end;	  /* steps: from the first up to the end, without it */
	struct checkout checkout;
	bool open;		  /* the checkout is */
	const char *at;		  /* commit it stands at; NULL: not known */
	struct lane *lanes;	  /* one a configuration; NULL: not open */
	struct work work;	  /* of all its steps so far */
	struct error err;	  /* what went wrong */
	int failed;		  /* it did not come to its end */
};

struct stretches {
	struct stretch *v; /* owned, in the order of their steps */
	size_t nr;	   /* at least one */
	atomic_bool stop;  /* one has failed: no other begins anything */
	pthread_mutex_t telling; /* held for all that is said of a step at once */
};

/*
 * How many stretches may be at work: enough that each has the slots that it can
 * use, at least one.
 */
size_t stretches_allowed(unsigned int jobs, size_t nr_configs);

/*
 * Cuts nr steps into stretches, at most 'allowed'; known: those that need no work.
 * ret_first gets the first step of each, and has room for 'allowed'. Each has about
 * as many steps to do, and enough that the build of one more commit pays. Returns
 * how many there are, at least one.
 */
size_t stretches_cut(const bool *known, size_t nr, size_t allowed,
		     size_t *ret_first);

/*
 * Fills ret with stretches that are not open yet, by what is known of the steps, and
 * removes the folders of those that there are too few jobs for. stretches_close()
 * frees it in any case.
 */
int stretches_open(struct session *s, struct stretches *ret,
		   struct error *err);
void stretches_close(struct stretches *all);

/*
 * Runs work() in all of them and waits. When one fails the others are told to
 * stop; the error is that of the earliest step that had one.
 */
int stretches_run(struct stretches *all,
		  int (*work)(struct stretch *stretch, struct error *err),
		  struct error *err);

/* True when the stretch is to go on to nothing new. */
bool stretch_stopped(const struct stretch *stretch);

#endif
