/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether the key of a preprocessed text (struct isolated: stock) says what the
 * compiler goes by in the stock build. Only kbuild_seen.c includes this.
 */
#ifndef DRIVER_KBUILD_SIGHT_H
#define DRIVER_KBUILD_SIGHT_H

#include "kbuild_internal.h"

struct kbuild_sight {
	const struct kbuild *k;
	struct kbuild_roots roots;
	struct strv compiler;
	bool probed, able; /* whether the compiler and the tree allow it is known */
};

/* 0 and the folders, which stay the sight's; does nothing the second time. */
int kbuild_sight_roots(struct kbuild_sight *sight, const struct kbuild *k,
		       struct error *err);

/* Whether keys mean anything here: the compiler is tried once. */
int kbuild_sight_able(struct kbuild_sight *sight, bool *ret,
		      struct error *err);

/* True when two units are compiled by the same words, their names aside. */
bool kbuild_sight_same_flags(const struct compiled *a,
			     const struct compiled *b);

void kbuild_sight_release(struct kbuild_sight *sight);

#endif
