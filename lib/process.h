/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one place that runs programs: argv and never a shell, in a process group
 * of their own, with a time limit after which the whole group is killed, and
 * with their output captured. The argv stays in the structure for reports.
 *
 *	struct process p = PROCESS_INIT;
 *
 *	process_args(&p, "git", "rev-parse", "HEAD", NULL);
 *	if (process_run(&p, err) || process_check(&p, err))
 *		...
 *	process_release(&p);
 *
 * When this process is interrupted (SIGINT, SIGTERM, SIGHUP), running groups
 * are killed before it dies: see process_install_signals().
 */
#ifndef LIB_PROCESS_H
#define LIB_PROCESS_H

#include "buf.h"
#include "error.h"
#include "jobserver.h"
#include "strv.h"

struct process {
	/* What to run: filled by the caller. */
	struct strv argv;       /* program and arguments; searched in PATH */
	const char *dir;        /* folder to run in; NULL: the current one */
	struct strv env;        /* "NAME=VALUE" to set, "NAME" to unset */
	const char *input;      /* bytes for stdin; NULL: /dev/null */
	size_t input_len;       /* their number */
	const char *out_path;   /* write stdout to this file, not to out */
	unsigned int timeout_s; /* seconds until the group is killed; 0: an hour;
				   COCCISERIES_TIMEOUT goes before it */
	bool merge_err;         /* stderr goes where stdout goes */
	int inherit[3];         /* more descriptors that it gets; 0: none */

	/* What happened: filled by process_run(). */
	struct buf out;         /* what came on stdout */
	struct buf err;         /* what came on stderr; at most its last 1 MiB */
	int status;             /* exit status; 128 + signal when one killed it */
	int signal;             /* the signal that killed it; 0: it exited */
	bool timed_out;         /* the time limit killed it */
	unsigned int limit_s;   /* that limit, in seconds */
};

#define PROCESS_INIT                                                           \
	{ .argv = STRV_INIT, .env = STRV_INIT, .out = BUF_INIT, .err = BUF_INIT }

/* Appends arguments up to a NULL. */
void process_args(struct process *p, ...) __attribute__((sentinel));

/*
 * Runs it and waits. -1 when it could not be started or its output not be
 * read: "'spatch' not found: install the package coccinelle" where the package
 * is known. A program that ran returns 0, whatever its exit status.
 */
int process_run(struct process *p, struct error *err);

/*
 * Runs all of them as process_run() each, every one in a slot of the jobserver
 * (NULL: all at once). on_exit, if given, is called in this process as each one
 * ends, still in its slot. -1 on the first that could not be started; the others
 * are then killed.
 */
int process_run_all(struct process *list, size_t nr, struct jobserver *js,
		    void (*on_exit)(struct process *p, void *data), void *data,
		    struct error *err);

/*
 * For programs that must succeed: 0 when the status is 0; else -1 and the
 * error names the program, how it ended and the last lines of its stderr.
 */
int process_check(const struct process *p, struct error *err);

/* The command as one line, quoted so that a shell would take it; the caller frees. */
char *process_command(const struct process *p);

/* Kill running groups when this process is told to stop. Once, from main(). */
void process_install_signals(void);

/* What to print on stderr when that happens; the text stays the caller's. */
void process_set_farewell(const char *text);

/* Frees everything; a cleanup function. */
void process_release(struct process *p);

#endif
