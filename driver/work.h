/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How much work the proof of steps took, and how much of it was saved. Each
 * count has another one beside it: what would have been done without anything
 * that an earlier step or run left behind.
 */
#ifndef DRIVER_WORK_H
#define DRIVER_WORK_H

#include <stddef.h>

#include "isolate.h"
#include "lib/buf.h"

struct work {
	size_t built, spared;	/* stock objects: that make compiled, that were
				   given the time of what changed instead */
	struct isolation_stats isolation;
	size_t proven, known;	/* rows of the report */
};

void work_add(struct work *to, const struct work *from);

/* Appends " (4 of 31)", or nothing where there was nothing to do. */
void work_of(size_t done, size_t saved, struct buf *ret);

/* Appends all of it in one line, with what there was nothing of left out. */
void work_line(const struct work *w, struct buf *ret);

#endif
