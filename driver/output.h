/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The end of what a subcommand prints: a full disk or a closed pipe must not
 * look like success.
 */
#ifndef DRIVER_OUTPUT_H
#define DRIVER_OUTPUT_H

#include "lib/error.h"

/* Flushes stdout; -1 (ERROR_SYSTEM) when anything printed on it was lost. */
int output_end(struct error *err);

#endif
