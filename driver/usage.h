/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every subcommand's command line has in common: argp with git's exit
 * code for wrong usage, and help that names "cocciseries SUBCOMMAND".
 */
#ifndef DRIVER_USAGE_H
#define DRIVER_USAGE_H

#include <argp.h>

#define EXIT_USAGE 129
#define COCCISERIES_VERSION "0.1"

/* argp_parse() over a subcommand's argv; does not return on --help or an error. */
void usage_parse(const struct argp *argp, int argc, char **argv, void *input);

#endif
