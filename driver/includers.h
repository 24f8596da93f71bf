/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who includes a header, directly or through others, in a whole tree: what a
 * compiler would have to be asked for every file. It is told by the #include lines
 * alone (lib/spelling.h), so one under a conditional counts as well.
 */
#ifndef DRIVER_INCLUDERS_H
#define DRIVER_INCLUDERS_H

#include "repo.h"

/*
 * Appends a "header\tsource" for each .c and .S file of the commit that reads one
 * of the headers, sorted. Of what tools/, scripts/, samples/ and Documentation/
 * hold nothing is told: no target of a kernel's build is there. *ret_more: headers
 * that read the header were so many that not all were followed.
 */
int includers_find(const struct repo *repo, const char *rev,
		   const struct strv *headers, struct strv *ret,
		   bool *ret_more, struct error *err);

#endif
