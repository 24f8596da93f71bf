/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows of the report (one step, one configuration) that were proven before: kept
 * in the store under the trees, what the step may change, the configurations,
 * the tools and this program. Unlike a report, they hold the excerpts of source
 * that a terminal shows, so that a second run shows them too.
 */
#ifndef DRIVER_ROWS_H
#define DRIVER_ROWS_H

#include "session.h"

/* The ids of the commits that a step's rows hold against each other. */
const char *rows_before(const struct session *s, size_t step);
const char *rows_after(const struct session *s, size_t step);

/* 1 when all rows of the step are known; 0, with blank ones, when one is not; -1. */
int rows_get(struct session *s, size_t step, struct error *err);

/* 1 when rows_get() would find all of them, if none is damaged; 0; -1. */
int rows_known(const struct session *s, size_t step, struct error *err);

/* Keeps those that another run would not give otherwise. */
int rows_put(struct session *s, size_t step, struct error *err);

#endif
