/* SPDX-License-Identifier: GPL-2.0-only */
/* regs.h: what the pump remembers. */
#ifndef DRIVERS_TANK_REGS_H
#define DRIVERS_TANK_REGS_H

#ifdef CONFIG_PUMP
static inline int pump_cached(void)
{
	return 1;
}
#endif

#endif /* DRIVERS_TANK_REGS_H */
