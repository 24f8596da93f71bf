/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The command line of the subcommands that build nothing but look at commits:
 * review and export. It fills the same struct options, as the same words mean the
 * same.
 */
#ifndef DRIVER_OPTIONS_REVIEW_H
#define DRIVER_OPTIONS_REVIEW_H

#include "options.h"

/* As options_parse_range(). options->base is NULL when it was not given. */
void options_parse_review(int argc, char **argv, const char *doc,
			  struct options *ret);
void options_parse_export(int argc, char **argv, const char *doc,
			  struct options *ret);

#endif
