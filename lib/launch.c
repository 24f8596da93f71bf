// SPDX-License-Identifier: GPL-2.0-only
/*
 * Starting a program with posix_spawn(): its parent may be large, and between
 * fork and exec nothing of ours needs to run. Input comes from a memory file,
 * not a pipe, so that feeding it can neither block nor raise SIGPIPE.
 *
 * The table of running groups, and what goes with it, are the only static
 * variables of the project: a signal handler gets no argument, and must know
 * what to kill and to say. Threads may start programs at the same time.
 * An atomic that needs no lock is what a thread and a handler may both touch.
 */
#define _GNU_SOURCE
#include "launch.h"
#include "fs.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define INTERRUPT_GRACE_NS 200000000L /* between SIGTERM and SIGKILL */

static atomic_int groups[LAUNCH_GROUPS]; /* leaders; 0: a free slot */
static atomic_bool stopping; /* a stop signal has come: start nothing */
static pthread_mutex_t starting = PTHREAD_MUTEX_INITIALIZER; /* a slot is taken */

static const char *volatile farewell;

static const int stop_signals[] = { SIGINT, SIGTERM, SIGHUP };

/* The Debian package of a program that this project runs; NULL if not known. */
static const char *package_of(const char *program)
{
	static const char *const table[][2] = {
		{ "spatch", "coccinelle" },  { "git", "git" },
		{ "make", "make" },	     { "gcc", "gcc" },
		{ "clang", "clang" },	     { "ld", "binutils" },
		{ "nm", "binutils" },	     { "objcopy", "binutils" },
		{ "objdump", "binutils" },   { "flex", "flex" },
		{ "bison", "bison" },	     { "bc", "bc" },
		{ "perl", "perl" },	     { "python3", "python3" },
		{ "xz", "xz-utils" },	     { "rsync", "rsync" },
		{ "cpio", "cpio" },	     { "ccache", "ccache" },
		{ "ctags", "universal-ctags" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		if (streq(table[i][0], program))
			return table[i][1];
	/* gcc-14, clang-19: the package has the program's name */
	if (starts_with(program, "gcc-") || starts_with(program, "clang-"))
		return program;
	return NULL;
}

/* The error of a program that could not be started; code as from exec. */
static int fail(const struct process *p, int code, struct error *err)
{
	const char *program = p->argv.v[0];
	const char *package = package_of(program);

	if (p->dir && !fs_is_dir(p->dir))
		return error_set(err, ERROR_SYSTEM,
				 "cannot run '%s' in %s: no such folder",
				 program, p->dir);
	errno = code;
	if (code != ENOENT)
		return error_errno(err, "cannot run '%s'", program);
	if (strchr(program, '/') && fs_exists(program))
		return error_set(err, ERROR_SYSTEM,
				 "cannot run '%s': its interpreter is missing",
				 program);
	if (package)
		return error_set(err, ERROR_SYSTEM,
				 "'%s' not found: install the package %s",
				 program, package);
	return error_set(err, ERROR_SYSTEM, "'%s' not found", program);
}

/* A descriptor below 3 (ours was closed) would be in the way of dup2(). */
static int above_standard(int fd)
{
	int moved;

	if (fd < 0 || fd > STDERR_FILENO)
		return fd;
	moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	close(fd);
	return moved;
}

static void close_pair(int pair[2])
{
	for (int i = 0; i < 2; i++)
		if (pair[i] >= 0)
			close(pair[i]);
}

/* A pipe whose read end, ours, does not block. */
static int open_pipe(int ret[2])
{
	if (pipe2(ret, O_CLOEXEC)) {
		ret[0] = ret[1] = -1;
		return -1;
	}
	ret[0] = above_standard(ret[0]);
	ret[1] = above_standard(ret[1]);
	if (ret[0] < 0 || ret[1] < 0)
		return -1;
	return fcntl(ret[0], F_SETFL, O_NONBLOCK);
}

/* What the program reads: a memory file that holds the input, or /dev/null. */
static int open_input(const struct process *p)
{
	size_t done = 0;
	int fd;

	if (!p->input)
		return above_standard(open("/dev/null", O_RDONLY | O_CLOEXEC));
	fd = above_standard(memfd_create("input", MFD_CLOEXEC));
	while (fd >= 0 && done < p->input_len) {
		ssize_t n = write(fd, p->input + done, p->input_len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			close(fd);
			return -1;
		}
		done += (size_t)n;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

/* What the program has for 0, 1 and 2: in[1], out[1], err[1]; ours are [0]. */
struct ends {
	int in[2], out[2], err[2];
};

static void ends_close(struct ends *e)
{
	close_pair(e->in);
	close_pair(e->out);
	close_pair(e->err);
}

static int ends_open(const struct process *p, struct ends *e,
		     struct error *err)
{
	*e = (struct ends){ { -1, -1 }, { -1, -1 }, { -1, -1 } };
	e->in[1] = open_input(p);
	if (e->in[1] < 0)
		return error_errno(err, "cannot feed '%s'", p->argv.v[0]);
	if (p->out_path) {
		e->out[1] = above_standard(open(p->out_path,
						O_WRONLY | O_CREAT | O_TRUNC |
							O_CLOEXEC, 0666));
		if (e->out[1] < 0)
			return error_errno(err, "cannot write %s",
					   p->out_path);
	} else if (open_pipe(e->out)) {
		return error_errno(err, "cannot make a pipe");
	}
	if (!p->merge_err && open_pipe(e->err))
		return error_errno(err, "cannot make a pipe");
	return 0;
}

/* True when a line of p->env sets or unsets the variable in entry. */
static bool overridden(const struct process *p, const char *entry)
{
	size_t len = strcspn(entry, "=");

	for (size_t i = 0; i < p->env.nr; i++)
		if (strcspn(p->env.v[i], "=") == len &&
		    !strncmp(p->env.v[i], entry, len))
			return true;
	return false;
}

/* Our environment with p->env applied; the array is the caller's to free. */
static char **make_environment(const struct process *p)
{
	size_t nr = 0, kept = 0;
	char **env;

	while (environ[nr])
		nr++;
	env = xcalloc(nr + p->env.nr + 1, sizeof(*env));
	for (size_t i = 0; i < nr; i++)
		if (!overridden(p, environ[i]))
			env[kept++] = environ[i];
	for (size_t i = 0; i < p->env.nr; i++)
		if (strchr(p->env.v[i], '='))
			env[kept++] = p->env.v[i];
	return env;
}

/* posix_spawnp() with everything that it wants; an error number or 0. */
static int start(const struct process *p, const struct ends *e,
		 const sigset_t *mask, pid_t *ret_pid)
{
	_cleanup_free_ char **env = make_environment(p);
	int err_fd = p->merge_err ? e->out[1] : e->err[1];
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t defaults;
	int code;

	/* we may ignore SIGPIPE; what we run should not */
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP |
						POSIX_SPAWN_SETSIGMASK |
						POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, mask);
	posix_spawnattr_setsigdefault(&attr, &defaults);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, e->in[1], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, e->out[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, err_fd, STDERR_FILENO);
	/* a descriptor on itself: it loses its close-on-exec flag, there only */
	for (size_t i = 0; i < ARRAY_SIZE(p->inherit); i++)
		if (p->inherit[i])
			posix_spawn_file_actions_adddup2(
				&actions, p->inherit[i], p->inherit[i]);
	if (p->dir)
		posix_spawn_file_actions_addchdir_np(&actions, p->dir);
	code = posix_spawnp(ret_pid, p->argv.v[0], &actions, &attr, p->argv.v,
			    env);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	return code;
}

static atomic_int *find_group(pid_t pid)
{
	for (size_t i = 0; i < LAUNCH_GROUPS; i++)
		if (groups[i] == pid)
			return &groups[i];
	return NULL;
}

void launch_forget(pid_t pid)
{
	atomic_int *slot = find_group(pid);

	if (slot)
		*slot = 0;
}

/* Under the lock: a free slot stays free until the new group is in it. */
static int start_in_slot(const struct process *p, const struct ends *e,
			 const sigset_t *mask, pid_t *ret_pid)
{
	atomic_int *slot = find_group(0);
	int code = slot ? 0 : EAGAIN;

	if (stopping)
		code = EINTR;
	if (!code)
		code = start(p, e, mask, ret_pid);
	if (!code)
		*slot = *ret_pid;
	return code;
}

/*
 * The stop signals wait until the new group is in the table: one that came
 * between would leave it running. In a thread that has them blocked for good,
 * the first thread may be told to stop meanwhile: it looks twice (on_stop()).
 */
static int start_listed(const struct process *p, const struct ends *e,
			pid_t *ret_pid)
{
	sigset_t stop, old, mask;
	int code;

	sigemptyset(&stop);
	for (size_t i = 0; i < ARRAY_SIZE(stop_signals); i++)
		sigaddset(&stop, stop_signals[i]);
	pthread_sigmask(SIG_BLOCK, &stop, &old);
	mask = old;
	for (size_t i = 0; i < ARRAY_SIZE(stop_signals); i++)
		sigdelset(&mask, stop_signals[i]);
	pthread_mutex_lock(&starting);
	code = start_in_slot(p, e, &mask, ret_pid);
	pthread_mutex_unlock(&starting);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return code;
}

int launch(const struct process *p, struct launched *ret, struct error *err)
{
	struct ends e;
	int code;

	if (!p->argv.nr)
		return error_set(err, ERROR_INPUT, "no program to run");
	if (ends_open(p, &e, err)) {
		ends_close(&e);
		return -1;
	}
	code = start_listed(p, &e, &ret->pid);
	if (code) {
		ends_close(&e);
		return fail(p, code, err);
	}
	ret->out = e.out[0];
	ret->err = e.err[0];
	e.out[0] = e.err[0] = -1;
	ends_close(&e);
	return 0;
}

static bool signal_groups(int sig)
{
	bool any = false;

	for (size_t i = 0; i < LAUNCH_GROUPS; i++) {
		if (groups[i]) {
			kill(-(pid_t)groups[i], sig);
			any = true;
		}
	}
	return any;
}

/* Only async-signal-safe calls here. Dies by the signal when it returns. */
static void on_stop(int sig)
{
	struct timespec grace = { 0, INTERRUPT_GRACE_NS };

	stopping = true;
	if (farewell && write(STDERR_FILENO, farewell, strlen(farewell)) < 0)
		farewell = NULL; /* nobody listens */
	if (signal_groups(SIGTERM)) {
		nanosleep(&grace, NULL);
		signal_groups(SIGKILL);
	}
	signal(sig, SIG_DFL);
	raise(sig);
}

void process_set_farewell(const char *text)
{
	farewell = text;
}

void process_install_signals(void)
{
	struct sigaction stop = { .sa_handler = on_stop }, old;

	sigemptyset(&stop.sa_mask);
	for (size_t i = 0; i < ARRAY_SIZE(stop_signals); i++) {
		/* nohup has SIGHUP ignored: leave it so */
		if (!sigaction(stop_signals[i], NULL, &old) &&
		    old.sa_handler != SIG_IGN)
			sigaction(stop_signals[i], &stop, NULL);
	}
	/* a parent that ignores SIGCHLD would make us lose exit statuses */
	signal(SIGCHLD, SIG_DFL);
}
