// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pipe is opened a second time by its name in /proc: whether reading blocks
 * belongs to what was opened, and make relies on an end that does.
 */
#define _GNU_SOURCE
#include "jobserver.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "util.h"

static void put(struct jobserver *js)
{
	while (write(js->ends[1], "+", 1) < 0 && errno == EINTR)
		;
}

int jobserver_open(unsigned int slots, struct jobserver *ret, struct error *err)
{
	_cleanup_free_ char *name = NULL;

	*ret = (struct jobserver){ .ends = { -1, -1 }, .look = -1,
				   .slots = slots };
	pthread_mutex_init(&ret->lock, NULL);
	if (pipe2(ret->ends, O_CLOEXEC))
		return error_errno(err, "cannot make a pipe");
	name = xasprintf("/proc/self/fd/%d", ret->ends[0]);
	ret->look = open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (ret->look < 0)
		return error_errno(err, "cannot open %s", name);
	for (unsigned int i = 0; i < slots; i++)
		put(ret);
	return 0;
}

void jobserver_close(struct jobserver *js)
{
	const int fds[] = { js->ends[0], js->ends[1], js->look };

	if (!js->slots)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
		if (fds[i] >= 0)
			close(fds[i]);
	pthread_mutex_destroy(&js->lock);
	js->slots = 0;
}

int jobserver_fd(const struct jobserver *js)
{
	return js->look;
}

/* Reading and counting are one: see jobserver_make_ended(). */
bool jobserver_try(struct jobserver *js)
{
	char slot;
	ssize_t n;

	pthread_mutex_lock(&js->lock);
	do
		n = read(js->look, &slot, 1);
	while (n < 0 && errno == EINTR);
	js->held += n == 1;
	pthread_mutex_unlock(&js->lock);
	return n == 1;
}

void jobserver_take(struct jobserver *js)
{
	struct pollfd fd = { js->look, POLLIN, 0 };

	while (!jobserver_try(js))
		(void)poll(&fd, 1, -1);
}

void jobserver_give(struct jobserver *js)
{
	pthread_mutex_lock(&js->lock);
	js->held--;
	put(js);
	pthread_mutex_unlock(&js->lock);
}

void jobserver_make_starts(struct jobserver *js, struct strv *env)
{
	pthread_mutex_lock(&js->lock);
	js->makes++;
	pthread_mutex_unlock(&js->lock);
	/* what begins with a blank has no letters of options in front */
	strv_addf(env, "MAKEFLAGS= -j --jobserver-auth=%d,%d", js->ends[0],
		  js->ends[1]);
}

void jobserver_make_ended(struct jobserver *js)
{
	int unread = 0;

	pthread_mutex_lock(&js->lock);
	if (!--js->makes && !ioctl(js->look, FIONREAD, &unread))
		for (unsigned int there = js->held + (unsigned int)unread;
		     there < js->slots; there++)
			put(js);
	pthread_mutex_unlock(&js->lock);
}
