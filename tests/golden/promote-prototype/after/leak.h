/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LEAK_H
#define LEAK_H

int leak_check(struct pipe *p);
int leak_find(struct pipe *p,
	      int from, int to);
int leak_rate(struct pipe *p,
	      unsigned int hours);
void leak_each(struct pipe *p, void (*fn)(struct pipe *p,
					  int at),
	       int from);
int leak_odd(struct pipe *p,
	int at);

#endif
