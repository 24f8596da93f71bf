// SPDX-License-Identifier: GPL-2.0-only
#include "r.h"

int y_get(struct regs *r)
{
	return y_is_set(r);
}
