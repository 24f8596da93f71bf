/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines that name what moves: EXPORT_SYMBOL_GPL(f) goes along with f, and so do
 * all that lib/items.h ties to it. Of a macro that nobody knows it cannot be said
 * whether its line exports f, which then goes along, or uses it where it stands.
 */
#ifndef DRIVER_ALONG_H
#define DRIVER_ALONG_H

#include "drift.h"
#include "lib/items.h"
#include "lib/strv.h"

/* A cut of items. All borrowed. */
struct along_cut {
	const struct items *items;
	const char *path;
	const size_t *moved; /* items */
	size_t nr;
	const struct strv *known; /* macros of which the step says that they go along */
};

/* Drift for each line of a macro that neither we nor the step know. */
void along_check(const struct along_cut *cut, struct drifts *drifts);

/* True for the macros that the kernel has for such lines. */
bool along_is_known(const char *macro);

#endif
