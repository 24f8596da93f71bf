// SPDX-License-Identifier: GPL-2.0-only
#include <linux/motor.h>
#ifdef CONFIG_A
#include <linux/sub.h>
#endif

int pump(void)
{
	return sub_dive();
}
