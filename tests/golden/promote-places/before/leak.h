/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LEAK_H
#define LEAK_H

int leak_check(struct pipe *p);

/* Rates are in litres an hour. */
int leak_limit(struct pipe *p);
int leak_total(struct pipe *p);

static inline bool leak_any(struct pipe *p)
{
	return leak_check(p) > 0;
}

#endif
