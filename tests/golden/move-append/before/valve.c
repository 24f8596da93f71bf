// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bug.h>
#include <linux/types.h>

#include "valve.h"
#include "flow.h"

int valve_open(struct valve *v)
{
	return v->open++;
}
EXPORT_SYMBOL_GPL(valve_open);

int valve_close(struct valve *v)
{
	return v->open--;
}
