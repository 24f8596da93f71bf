// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bits.h>

#define Y_MASK	BIT(3)

static inline bool y_is_set(long flags)
{
	return flags & Y_MASK;
}

int y_get(long flags)
{
	return y_is_set(flags);
}
