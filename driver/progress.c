// SPDX-License-Identifier: GPL-2.0-only
/*
 * Progress lines on stderr. A run takes minutes and nearly all of it is spent
 * in other programs, so a line says which step and configuration is at work.
 * Elsewhere than on a terminal only finished things are said: a log of a CI
 * machine does not want a line that changes.
 *
 * There is no colour here, so NO_COLOR has nothing to ask for; with TERM=dumb
 * a line cannot be rewritten, which makes it like a file.
 */
#define _GNU_SOURCE
#include "progress.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80
#define ERASE_LINE "\r\033[K"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* On a machine with other work, only this tells what a stage costs. */
static double processor(void)
{
	static const int whose[] = { RUSAGE_SELF, RUSAGE_CHILDREN };
	double all = 0;

	for (size_t i = 0; i < ARRAY_SIZE(whose); i++) {
		struct rusage use;

		if (getrusage(whose[i], &use))
			continue;
		all += (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
		       (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) /
			       1e6;
	}
	return all;
}

static bool can_rewrite(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term && *term && !streq(term, "dumb");
}

static size_t terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		return DEFAULT_WIDTH;
	return size.ws_col;
}

/*
 * One line of at most width code points. Control characters would move the
 * cursor, and a line feed would leave the old line standing.
 */
static void fold(struct buf *ret, const char *text, size_t width)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c & 0xc0) != 0x80 && !width--)
			return;
		buf_addch(ret, c < ' ' || c == 0x7f ? ' ' : (char)c);
	}
}

static char *format(const char *fmt, va_list args)
{
	char *text = NULL;

	if (vasprintf(&text, fmt, args) < 0)
		return xstrdup(fmt);
	return text;
}

static void erase(struct progress *p)
{
	if (p->open)
		fputs(ERASE_LINE, stderr);
	p->open = false;
}

void progress_init(struct progress *p, bool quiet)
{
	*p = (struct progress){
		.quiet = quiet,
		.tty = !quiet && can_rewrite(),
		.started = now(),
		.used = processor(),
		.log = BUF_INIT,
		.lock = PTHREAD_MUTEX_INITIALIZER,
	};
}

void progress_now(struct progress *p, const char *fmt, ...)
{
	_cleanup_(buf_release) struct buf line = BUF_INIT;
	_cleanup_free_ char *text = NULL;
	va_list args;

	if (!p->tty)
		return;
	va_start(args, fmt);
	text = format(fmt, args);
	va_end(args);
	/* The last column stays free: some terminals wrap when it is filled. */
	fold(&line, text, terminal_width() - 1);
	pthread_mutex_lock(&p->lock);
	fprintf(stderr, ERASE_LINE "%s", line.data);
	fflush(stderr);
	p->open = true;
	pthread_mutex_unlock(&p->lock);
}

/* Under the lock. */
static void finish_line(struct progress *p, const char *line)
{
	double time = now(), seconds = time - p->started;
	double used = processor();

	buf_addf(&p->log, "%8.3f %8.3f  %s\n", seconds, used - p->used, line);
	p->started = time;
	p->used = used;
	if (p->quiet)
		return;
	erase(p);
	fprintf(stderr, "%s  (%.1f s)\n", line, seconds);
	fflush(stderr);
}

void progress_done(struct progress *p, const char *fmt, ...)
{
	_cleanup_(buf_release) struct buf line = BUF_INIT;
	_cleanup_free_ char *text = NULL;
	va_list args;

	va_start(args, fmt);
	text = format(fmt, args);
	va_end(args);
	fold(&line, text, SIZE_MAX);
	pthread_mutex_lock(&p->lock);
	finish_line(p, line.data);
	pthread_mutex_unlock(&p->lock);
}

void progress_note(struct progress *p, const char *fmt, ...)
{
	_cleanup_free_ char *text = NULL;
	va_list args;

	va_start(args, fmt);
	text = format(fmt, args);
	va_end(args);
	pthread_mutex_lock(&p->lock);
	buf_addf(&p->log, "%8s %8s  %s\n", "", "", text);
	pthread_mutex_unlock(&p->lock);
}

void progress_end(struct progress *p)
{
	erase(p);
	fflush(stderr);
	buf_release(&p->log);
	pthread_mutex_destroy(&p->lock);
}
