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

#define X_LONG	BIT(0)

/* In long mode. */
static inline bool x_is_long(struct regs *r)
{
	return r->flags & X_LONG;
}
static inline bool x_is_short(struct regs *r)
{
	return !x_is_long(r);
}

#endif
