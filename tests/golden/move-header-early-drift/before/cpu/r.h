/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CPU_R_H
#define CPU_R_H

#include <linux/bits.h>

#define NR_REGS	16

struct regs {
	unsigned long flags;
};

static inline unsigned long r_flags(struct regs *r)
{
	return r->flags;
}

void r_reset(struct regs *r);

#endif
