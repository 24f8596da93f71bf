// SPDX-License-Identifier: GPL-2.0-only
#include <linux/export.h>

#include "flow.h"

u32 flow_sum(struct flow *a, struct flow *b)
{
	return flow_read(a) + flow_read(b);
}
