/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LEAK_H
#define LEAK_H

int leak_check(struct pipe *p);
int leak_find(struct pipe *p,
	      int from, int to);
void leak_each(struct pipe *p, void (*fn)(struct pipe *p,
					  int at),
	       int from);

/* Rates are in litres an hour. */
int leak_limit(struct pipe *p);
int leak_rate(struct pipe *p,
	      unsigned int hours);
int leak_total(struct pipe *p);

static inline bool leak_any(struct pipe *p)
{
	return leak_check(p) > 0;
}

int leak_odd(struct pipe *p,
	int at);

#endif
