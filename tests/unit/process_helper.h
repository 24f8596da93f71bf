/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of process share. */
#ifndef TESTS_PROCESS_HELPER_H
#define TESTS_PROCESS_HELPER_H

#include "lib/process.h"
#include "scratch.h"

/* Runs a script; that it starts is not in question. */
static inline void run_sh(struct process *p, const char *script)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;

	process_args(p, "sh", "-c", script, NULL);
	if (process_run(p, &err))
		fail_msg("%s", err.text);
}

#endif
