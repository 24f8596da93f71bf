/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LEAK_H
#define LEAK_H

int leak_check(struct pipe *p);

static inline void leak_each(struct pipe *p, void (*fn)(struct pipe *p,
							int at),
			     int from)
{
	fn(p, from);
}

static inline int leak_odd(struct pipe *p,
	int at)
{
	return p->hole[at] & 1;
}

#endif
