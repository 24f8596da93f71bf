/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CPU_X_H
#define CPU_X_H

#include <linux/bits.h>
#include "r.h"

struct vcpu {
	unsigned long regs[NR_REGS];
	int flags;
};

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

int x_run(struct vcpu *v);

static inline int x_idle(struct vcpu *v)
{
	return v->flags ? 0 : x_run(v);
}

#endif
