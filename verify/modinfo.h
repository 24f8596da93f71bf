/* SPDX-License-Identifier: GPL-2.0-only */
/* What modpost writes into .modinfo about a module, rather than the source. */
#ifndef VERIFY_MODINFO_H
#define VERIFY_MODINFO_H

#include "side.h"

enum modinfo {
	MODINFO_OTHER, /* not such a string, or another one */
	MODINFO_EQUAL, /* the same modules, listed in another order */
	MODINFO_HASH,  /* both are the hash of the module's sources */
};

enum modinfo modinfo_compare(const struct atom *a, const struct atom *b);

#endif
