// SPDX-License-Identifier: GPL-2.0-only
#include "flow.h"

u32 flow_read(struct flow *f)
{
	BUG_ON(!f);
	return f->rate;
}
EXPORT_SYMBOL_GPL(flow_read);
