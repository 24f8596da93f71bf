// SPDX-License-Identifier: GPL-2.0-only
#include <linux/motor.h>
#ifdef CONFIG_A
#include <linux/sub.h>
#endif
#include <linux/motor.h>
#include <linux/valve.h>

#include "tank.h"

/* rust_level is not looked at. */
int pump(struct pump *p)
{
	log("rust_level");
	return p->rust_level + p->where;
}
