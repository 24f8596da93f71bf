// SPDX-License-Identifier: GPL-2.0-only
#include <linux/motor.h>
#include <linux/rust.h>
#include <linux/valve.h>

#include "tank.h"

/* rust_level is not looked at. */
int pump(struct pump *p)
{
	log("rust_level");
#if VALVE_ARM > 3
#endif
	return p->rust_level + p->where;
}
