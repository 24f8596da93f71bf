// SPDX-License-Identifier: GPL-2.0-only
/*
 * argp takes the program's name from argv[0]; giving it "cocciseries run" makes
 * its usage, help and error lines read as the user typed them.
 */
#include "usage.h"

#include "lib/util.h"

void usage_parse(const struct argp *argp, int argc, char **argv, void *input)
{
	_cleanup_free_ char *name = xasprintf("cocciseries %s", argv[0]);
	char *own = argv[0];

	argp_err_exit_status = EXIT_USAGE;
	argv[0] = name;
	argp_parse(argp, argc, argv, 0, NULL, input);
	argv[0] = own;
}
