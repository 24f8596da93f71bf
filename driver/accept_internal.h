/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between accept.c, which carries out remedies, and accept_promote.c, which makes
 * a step of its own for those that need one.
 */
#ifndef DRIVER_ACCEPT_INTERNAL_H
#define DRIVER_ACCEPT_INTERNAL_H

#include "accept.h"

/*
 * Puts a step before the one at the index that gives the names a prototype, in a
 * header that the source includes; the step itself comes to include it when its
 * destination does not. 1, 0 when no header suggests itself, -1.
 */
int accept_promote(const struct acceptance *a, size_t step,
		   const struct strv *names, struct error *err);

#endif
