// SPDX-License-Identifier: GPL-2.0-only
#include "r.h"

#define Y_MASK	BIT(3)

static inline bool y_is_set(struct regs *r)
{
	return r->flags & Y_MASK;
}

int y_get(struct regs *r)
{
	return y_is_set(r);
}
