/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * uthash, whose own answer to an allocation that fails is exit code 255: here it
 * ends the process as all others do (util.h). Include this, never <uthash.h>.
 *
 * A file whose keys are spellings by the million says, in front of it:
 *
 *	#define HASH_FUNCTION(key, len, hash) \
 *		((hash) = hash_spelling((key), (len)))
 */
#ifndef LIB_HASH_H
#define LIB_HASH_H

#include "util.h"

/* One multiplication for eight bytes: uthash's own takes longer than lexing. */
unsigned int hash_spelling(const void *key, size_t len);

#define uthash_malloc(size) xcalloc(1, size)
#include <uthash.h>

#endif
