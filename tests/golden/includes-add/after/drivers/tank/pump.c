// SPDX-License-Identifier: GPL-2.0-only
#include <linux/deep.h>
#include <linux/motor.h>
#include <linux/valve.h>

#include "tank.h"

/* rust_level is not looked at. */
int pump(struct pump *p)
{
	log("rust_level");
	deep_water(); tank_size();
	return p->rust_level + p->where;
}
