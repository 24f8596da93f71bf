/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a subcommand prints to: a full disk or a closed pipe must not look like
 * success, nor results end up in another file.
 */
#ifndef DRIVER_OUTPUT_H
#define DRIVER_OUTPUT_H

#include "lib/error.h"

/*
 * Once, from main(), before any file is opened: sees to it that descriptors 0
 * to 2 are taken. What is printed on a stdout that was closed is lost, and
 * output_end() says so.
 */
void output_begin(void);

/* Flushes stdout; -1 (ERROR_SYSTEM) when anything printed on it was lost. */
int output_end(struct error *err);

#endif
