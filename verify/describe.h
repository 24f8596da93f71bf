/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A difference as a person reads it: names, sizes, instructions. Never the text
 * of a string, which is source text.
 */
#ifndef VERIFY_DESCRIBE_H
#define VERIFY_DESCRIBE_H

#include "side.h"

/* Where a reference leads: "kvm_get_dr", "v+12", "a pooled string of 6 bytes". */
void describe_ref(const struct ref *r, struct buf *ret);

/* What stands at the offset from the origins of two atoms, and their sizes. */
void describe_difference(const struct decoder *d, const struct atom *before,
			 const struct atom *after, uint64_t offset,
			 struct buf *ret);

#endif
