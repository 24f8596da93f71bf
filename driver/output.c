// SPDX-License-Identifier: GPL-2.0-only
/*
 * Results go to stdout through stdio, which keeps a failure until it is asked.
 *
 * A descriptor that the caller closed (>&-) is given to the next file that is
 * opened, the lock or a report, and results would be printed into that.
 */
#include "output.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

void output_begin(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)open("/dev/null",
				   fd == STDERR_FILENO ? O_WRONLY : O_RDONLY);
}

int output_end(struct error *err)
{
	if (!fflush(stdout) && !ferror(stdout))
		return 0;
	return error_errno(err, "stdout");
}
