// SPDX-License-Identifier: GPL-2.0-only
/*
 * Running programs: one poll() loop serves all that run at once. It wakes for
 * output, for an end (a pidfd; where the kernel has none, it looks every few
 * milliseconds) and for the next time limit.
 *
 * A program has ended when its leader has exited and its pipes are closed.
 * What a leader leaves behind in its group may write for a short while longer,
 * and is then killed: else a forgotten background job would hold us for ever.
 */
#define _GNU_SOURCE
#include "process.h"
#include "launch.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_TIMEOUT_S 3600
#define LIMIT_VARIABLE "COCCISERIES_TIMEOUT"
#define TERM_GRACE_MS 2000
#define LEFTOVER_GRACE_MS 1000
#define BLIND_POLL_MS 10 /* without a pidfd */
#define READ_CHUNK 65536
#define READS_A_TURN 16 /* so that one flood cannot starve the others */
#define OUT_LIMIT ((size_t)1 << 30)
#define ERR_LIMIT ((size_t)1 << 20)
#define CHECK_LINES 10	 /* of stderr, in an error */
#define CHECK_COMMAND 76 /* bytes of the command, in an error */

struct child {
	struct process *p; /* what is run */
	struct launched s;  /* its leader and its pipes; -1: closed */
	int pidfd;	   /* readable when the leader has exited; or -1 */
	bool ended;	   /* the leader has been reaped */
	bool terminated;   /* SIGTERM was sent, SIGKILL is next */
	int64_t deadline;  /* milliseconds, monotonic: when escalate() is due */
};

struct pool {
	struct child *v; /* nr children that run */
	size_t nr;
	size_t max; /* room in v */
	struct jobserver *js; /* each child is in a slot of it; or NULL */
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A slow machine or a large tree needs more than we thought of: the user's word. */
static int set_limit(struct process *p, struct error *err)
{
	const char *own = getenv(LIMIT_VARIABLE);
	char *end;
	unsigned long seconds;

	p->limit_s = p->timeout_s ? p->timeout_s : DEFAULT_TIMEOUT_S;
	if (!own || !*own)
		return 0;
	seconds = strtoul(own, &end, 10);
	if (*end || *own < '0' || *own > '9' || !seconds || seconds > INT_MAX)
		return error_set(err, ERROR_INPUT,
				 LIMIT_VARIABLE " is '%s', not a number of "
				 "seconds", own);
	p->limit_s = (unsigned int)seconds;
	return 0;
}

static int child_start(struct child *c, struct process *p, struct error *err)
{
	buf_reset(&p->out);
	buf_reset(&p->err);
	p->status = 0;
	p->signal = 0;
	p->timed_out = false;
	*c = (struct child){ .p = p };
	if (set_limit(p, err) || launch(p, &c->s, err))
		return -1;
	c->pidfd = pidfd_open(c->s.pid, 0);
	c->deadline = now_ms() + (int64_t)p->limit_s * 1000;
	return 0;
}

/* Takes what is there; at the end, or on an error, the pipe is closed. */
static void drain(int *fd, struct buf *to, size_t keep)
{
	char chunk[READ_CHUNK];

	for (int i = 0; i < READS_A_TURN && *fd >= 0; i++) {
		ssize_t n = read(*fd, chunk, sizeof(chunk));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0) {
			close_end(fd);
			return;
		}
		buf_add(to, chunk, (size_t)n);
		/* twice, so that not every chunk moves a megabyte */
		if (to->len > 2 * keep)
			buf_splice(to, 0, to->len - keep, NULL, 0);
	}
}

/* Reaps the leader if it has exited. */
static int child_reap(struct child *c, struct error *err)
{
	siginfo_t info = { 0 };

	/*
	 * WNOWAIT: as long as the leader is not reaped, the number of the
	 * group cannot become another's.
	 */
	if (waitid(P_PID, (id_t)c->s.pid, &info, WEXITED | WNOHANG | WNOWAIT))
		return error_errno(err, "cannot wait for '%s'",
				   c->p->argv.v[0]);
	if (!info.si_pid)
		return 0;
	if (c->p->timed_out)
		kill(-c->s.pid, SIGKILL);
	launch_forget(c->s.pid);
	waitid(P_PID, (id_t)c->s.pid, &info, WEXITED);
	c->p->signal = info.si_code == CLD_EXITED ? 0 : info.si_status;
	c->p->status = info.si_status + (c->p->signal ? 128 : 0);
	c->ended = true;
	c->deadline = now_ms() + LEFTOVER_GRACE_MS;
	close_end(&c->pidfd);
	return 0;
}

/* The deadline has passed: the next harder thing. */
static void escalate(struct child *c)
{
	if (c->ended) {
		kill(-c->s.pid, SIGKILL);
		close_end(&c->s.out);
		close_end(&c->s.err);
	} else if (!c->terminated) {
		c->p->timed_out = true;
		c->terminated = true;
		kill(-c->s.pid, SIGTERM);
		c->deadline = now_ms() + TERM_GRACE_MS;
	} else {
		kill(-c->s.pid, SIGKILL);
		c->deadline = INT64_MAX;
	}
}

/* One turn for a child: 1 when it is done, 0 when it goes on, -1 on error. */
static int child_turn(struct child *c, struct error *err)
{
	drain(&c->s.out, &c->p->out, OUT_LIMIT);
	drain(&c->s.err, &c->p->err, ERR_LIMIT);
	if (c->p->out.len > OUT_LIMIT)
		return error_set(err, ERROR_SYSTEM,
				 "'%s' printed more than 1 GiB",
				 c->p->argv.v[0]);
	if (!c->ended && child_reap(c, err))
		return -1;
	if (c->s.out < 0 && c->s.err < 0 && c->ended) {
		if (c->p->err.len > ERR_LIMIT)
			buf_splice(&c->p->err, 0, c->p->err.len - ERR_LIMIT,
				   NULL, 0);
		return 1;
	}
	if (now_ms() >= c->deadline)
		escalate(c);
	return 0;
}

/* Whether the next child may start now. The first one is worth waiting for. */
static bool pool_slot(struct pool *pool)
{
	if (pool->nr == pool->max)
		return false;
	if (pool->js && !pool->nr)
		jobserver_take(pool->js);
	else if (pool->js)
		return jobserver_try(pool->js);
	return true;
}

static void pool_give(struct pool *pool)
{
	if (pool->js)
		jobserver_give(pool->js);
}

/*
 * Sleeps until a child has something to say or a deadline has come; or, when
 * there is more to start, a slot is free.
 */
static void pool_wait(const struct pool *pool, bool more)
{
	_cleanup_free_ struct pollfd *fds =
		xcalloc(pool->nr * 3 + 1, sizeof(*fds));
	bool hungry = more && pool->js && pool->nr < pool->max;
	int64_t now = now_ms(), wait = INT_MAX;

	for (size_t i = 0; i < pool->nr; i++) {
		const struct child *c = &pool->v[i];
		const int ends[] = { c->s.out, c->s.err, c->pidfd };
		int64_t left = c->deadline > now ? c->deadline - now : 0;

		if (c->pidfd < 0 && !c->ended && left > BLIND_POLL_MS)
			left = BLIND_POLL_MS;
		if (left < wait)
			wait = left;
		for (size_t j = 0; j < ARRAY_SIZE(ends); j++)
			fds[i * 3 + j] = (struct pollfd){ ends[j], POLLIN, 0 };
	}
	if (hungry)
		fds[pool->nr * 3] = (struct pollfd){ jobserver_fd(pool->js),
						     POLLIN, 0 };
	/* a failure is EINTR: the children are looked at in any case */
	(void)poll(fds, pool->nr * 3 + hungry, (int)wait);
}

static void pool_kill(struct pool *pool)
{
	for (size_t i = 0; i < pool->nr; i++) {
		struct child *c = &pool->v[i];

		kill(-c->s.pid, SIGKILL);
		if (!c->ended) {
			launch_forget(c->s.pid);
			waitpid(c->s.pid, NULL, 0);
		}
		close_end(&c->s.out);
		close_end(&c->s.err);
		close_end(&c->pidfd);
		pool_give(pool);
	}
	pool->nr = 0;
}

int process_run_all(struct process *list, size_t nr, struct jobserver *js,
		    void (*on_exit)(struct process *p, void *data), void *data,
		    struct error *err)
{
	size_t max = nr < LAUNCH_MAX ? nr : LAUNCH_MAX;
	_cleanup_free_ struct child *v = xcalloc(max, sizeof(*v));
	struct pool pool = { v, 0, max, js };
	size_t next = 0;

	while (next < nr || pool.nr) {
		while (next < nr && pool_slot(&pool)) {
			if (child_start(&v[pool.nr], &list[next++], err)) {
				pool_give(&pool);
				pool_kill(&pool);
				return -1;
			}
			pool.nr++;
		}
		pool_wait(&pool, next < nr);
		for (size_t i = pool.nr; i-- > 0;) {
			struct process *p = v[i].p;
			int done = child_turn(&v[i], err);

			if (done < 0) {
				pool_kill(&pool);
				return -1;
			}
			if (!done)
				continue;
			v[i] = v[--pool.nr];
			if (on_exit)
				on_exit(p, data);
			pool_give(&pool);
		}
	}
	return 0;
}

int process_run(struct process *p, struct error *err)
{
	return process_run_all(p, 1, NULL, NULL, NULL, err);
}

void process_args(struct process *p, ...)
{
	const char *arg;
	va_list args;

	va_start(args, p);
	while ((arg = va_arg(args, const char *)))
		strv_add(&p->argv, arg);
	va_end(args);
}

/* The start of the last lines of text, blank ones at its end not counted. */
static const char *last_lines(const char *text, size_t *len, unsigned int lines)
{
	const char *start;

	while (*len && strchr(" \t\r\n", text[*len - 1]))
		(*len)--;
	start = text + *len;
	while (start > text && (start[-1] != '\n' || --lines))
		start--;
	*len = (size_t)(text + *len - start);
	return start;
}

static char *how_it_ended(const struct process *p)
{
	if (p->timed_out)
		return xasprintf("was killed after %u seconds, its time limit "
				 "(" LIMIT_VARIABLE " sets another)",
				 p->limit_s);
	if (p->signal)
		return xasprintf("was killed by signal %d (%s)", p->signal,
				 strsignal(p->signal));
	/* not everybody who finds no room says where that was */
	if (p->dir && strstr(p->merge_err ? p->out.data : p->err.data,
			     strerror(ENOSPC)))
		return xasprintf("ended with status %d in %s", p->status,
				 p->dir);
	return xasprintf("ended with status %d", p->status);
}

int process_check(const struct process *p, struct error *err)
{
	const struct buf *output = p->merge_err ? &p->out : &p->err;
	_cleanup_free_ char *command = NULL, *how = NULL;
	size_t len = output->len;
	const char *tail;

	if (!p->status && !p->timed_out)
		return 0;
	command = process_command(p);
	how = how_it_ended(p);
	tail = last_lines(output->data, &len, CHECK_LINES);
	return error_set(err, ERROR_SYSTEM, "'%.*s%s' %s%s%.*s", CHECK_COMMAND,
			 command, strlen(command) > CHECK_COMMAND ? "..." : "",
			 how, len ? ":\n" : "", (int)len, tail);
}

/* Characters that no shell gives a meaning, wherever they stand in a word. */
static bool is_plain(const char *arg)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+=./,:@%";

	return *arg && !arg[strspn(arg, plain)];
}

char *process_command(const struct process *p)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < p->argv.nr; i++) {
		const char *arg = p->argv.v[i];

		if (i)
			buf_addch(&b, ' ');
		if (is_plain(arg)) {
			buf_addstr(&b, arg);
			continue;
		}
		buf_addch(&b, '\'');
		for (; *arg; arg++) {
			if (*arg == '\'')
				buf_addstr(&b, "'\\'");
			buf_addch(&b, *arg);
		}
		buf_addch(&b, '\'');
	}
	return buf_detach(&b);
}

void process_release(struct process *p)
{
	strv_release(&p->argv);
	strv_release(&p->env);
	buf_release(&p->out);
	buf_release(&p->err);
}
