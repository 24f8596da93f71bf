/* SPDX-License-Identifier: GPL-2.0-only */
/* pump_cache.h: what the pump remembers. */
#ifndef PUMP_CACHE_H
#define PUMP_CACHE_H

#ifdef CONFIG_PUMP
static inline int pump_cached(void)
{
	return 1;
}
#endif

#endif /* PUMP_CACHE_H */
