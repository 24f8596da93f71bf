// SPDX-License-Identifier: GPL-2.0-only
/*
 * A water pump that exists only in tests.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/export.h>
#include <linux/kernel.h>

#include "pump.h"

#define PUMP_LIMIT 100

static int pump_clamp(int level);

/* ---- levels ---- */

/*
 * Levels are per cent: whatever is beyond the limit
 * is cut off.
 */
int pump_set_level(struct pump *p, int level)
{
	if (level < 0)
		return -EINVAL;

	p->level = pump_clamp(level);
	return 0;
} /* pump_set_level */
EXPORT_SYMBOL_GPL(pump_set_level); /* for the tank */

int pump_get_level(struct pump *p)
{
#ifdef CONFIG_PUMP_SLOW
	if (p->slow)
		return 0;

#endif
#if 0
	return -1;
#endif
#define LEVEL(p) ((p)->level)
	return LEVEL(p);
#undef LEVEL
}
EXPORT_SYMBOL_GPL(pump_get_level);
/* Nothing below this line is about levels. */

static int pump_clamp(int level)
{
	return level > PUMP_LIMIT ? PUMP_LIMIT : level;
}

int pump_start(struct pump *p)
{
	pr_info("starting\n");
	return pump_set_level(p, 1);
}


int pump_stop(struct pump *p)
{
	return pump_set_level(p, pump_clamp(0));
}
