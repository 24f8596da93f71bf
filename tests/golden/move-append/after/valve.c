// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/types.h>

#include "valve.h"
#include "flow.h"
#include "limits.h"

int valve_open(struct valve *v)
{
	return v->open++;
}
EXPORT_SYMBOL_GPL(valve_open);

u32 flow_read(struct flow *f)
{
	BUG_ON(!f);
	return f->rate;
}
EXPORT_SYMBOL_GPL(flow_read);

u32 flow_sum(struct flow *a, struct flow *b)
{
	return flow_read(a) + flow_read(b);
}

int valve_close(struct valve *v)
{
	return v->open--;
}
