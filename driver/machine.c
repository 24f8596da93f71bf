// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who is to blame is read from how the program ended, and, as most of what runs
 * is run by another program (cc1 by gcc, gcc by make), from what that one says.
 */
#define _GNU_SOURCE
#include "machine.h"

#include <errno.h>
#include <signal.h>

/* Not in a line of source that the compiler quotes, "  12 | text". */
static bool is_quoted(const char *line, size_t len)
{
	return memmem(line, len, " | ", 3);
}

static bool line_has(const char *line, size_t len, const char *what)
{
	return memmem(line, len, what, strlen(what));
}

static bool line_ends(const char *line, size_t len, const char *what)
{
	size_t tail = strlen(what);

	return len >= tail && !memcmp(line + len - tail, what, tail);
}

/* "make[1]: *** [Makefile:7: dev/core.o] Killed", and what a shell's end is. */
static bool make_was_robbed(const char *line, size_t len)
{
	static const char *const ends[] = { "] Killed", "] Error 137",
					    "] Terminated", "] Error 143" };

	if (!line_has(line, len, ": *** ["))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (line_ends(line, len, ends[i]))
			return true;
	return false;
}

static bool line_blames_machine(const char *line, size_t len)
{
	static const int lacks[] = { ENOSPC, EDQUOT, ENOMEM, EROFS, EIO };
	/* what gcc says of cc1 and as */
	static const char killed[] = "Killed signal terminated program";

	if (is_quoted(line, len))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(lacks); i++)
		if (line_has(line, len, strerror(lacks[i])))
			return true;
	return line_has(line, len, killed) || make_was_robbed(line, len);
}

/* Signals that come from outside; of the others a program dies by itself. */
static bool was_killed(const struct process *p)
{
	static const int signals[] = { SIGKILL, SIGTERM, SIGINT, SIGHUP,
				       SIGXCPU, SIGXFSZ, SIGBUS };

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		if (p->status == 128 + signals[i]) /* or what a shell makes of it */
			return true;
	return false;
}

/* clang says what it lacks before its stack, of which an error has the end. */
static int blame(const struct process *p, const char *line, size_t len,
		 struct error *err)
{
	_cleanup_free_ char *said = xstrndup(line, len);

	process_check(p, err);
	if (err && !strstr(err->text, said))
		error_prefix(err, "%s", said);
	return -1;
}

int machine_check(const struct process *p, struct error *err)
{
	const char *line = p->merge_err ? p->out.data : p->err.data;

	if (p->timed_out || was_killed(p))
		return process_check(p, err);
	while (p->status && *line) {
		size_t len = strcspn(line, "\n");

		if (line_blames_machine(line, len))
			return blame(p, line, len, err);
		line += len + (line[len] == '\n');
	}
	return 0;
}
