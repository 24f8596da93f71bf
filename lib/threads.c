// SPDX-License-Identifier: GPL-2.0-only
/*
 * Threads that live as long as one call. The signals are blocked before a thread is
 * made, so that there is no moment when it could get one.
 */
#define _GNU_SOURCE
#include "threads.h"

#include <pthread.h>
#include <signal.h>

#include "util.h"

struct started {
	void (*work)(void *item);
	void *item;
	pthread_t thread;
	bool runs; /* in that thread */
};

static void *run(void *data)
{
	struct started *started = data;

	started->work(started->item);
	return NULL;
}

static void start(struct started *list, size_t nr)
{
	sigset_t stop, old;

	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &stop, &old);
	for (size_t i = 1; i < nr; i++)
		list[i].runs = !pthread_create(&list[i].thread, NULL, run,
					       &list[i]);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

void threads_run(void (*work)(void *item), void *items, size_t size, size_t nr)
{
	struct started *list = xcalloc(nr, sizeof(*list));

	for (size_t i = 0; i < nr; i++)
		list[i] = (struct started){ .work = work,
					    .item = (char *)items + i * size };
	start(list, nr);
	for (size_t i = 0; i < nr; i++)
		if (!list[i].runs)
			run(&list[i]);
	for (size_t i = 0; i < nr; i++)
		if (list[i].runs)
			pthread_join(list[i].thread, NULL);
	free(list);
}
