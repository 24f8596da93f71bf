// SPDX-License-Identifier: GPL-2.0-only
/*
 * Results go to stdout through stdio, which keeps a failure until it is asked.
 */
#include "output.h"

#include <stdio.h>

int output_end(struct error *err)
{
	if (!fflush(stdout) && !ferror(stdout))
		return 0;
	return error_errno(err, "stdout");
}
