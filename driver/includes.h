/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Adding #include lines to a file in the file's own style. A block is a run of
 * neighbouring #include lines of one form, <>, <asm/> or "", outside any #if but
 * the include guard. A new line goes into the first block of its form: at its
 * sorted place when the block is sorted (one line is), else at its end. A file
 * without such a block gets one of its own, in the order of the forms above,
 * apart by a blank line.
 */
#ifndef DRIVER_INCLUDES_H
#define DRIVER_INCLUDES_H

#include "drift.h"
#include "lib/buf.h"
#include "lib/strv.h"

/*
 * includes: as spelled, <linux/kvm.h> or "x86.h". False when one is there already
 * (DRIFT_NEEDLESS): a step says what it needs, no more. The file is then as
 * it was.
 */
bool includes_add(struct buf *file, const char *path,
		  const struct strv *includes, struct drifts *drifts);

#endif
