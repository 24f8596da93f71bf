/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CPU_X_H
#define CPU_X_H

#include <linux/bits.h>
#include "r.h"

struct vcpu {
	unsigned long regs[NR_REGS];
	int flags;
};

int x_run(struct vcpu *v);

static inline int x_idle(struct vcpu *v)
{
	return v->flags ? 0 : x_run(v);
}

#endif
