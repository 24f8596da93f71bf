// SPDX-License-Identifier: GPL-2.0-only
#ifdef CONFIG_NEVER
# include	"../pump_cache.h"
#else
#include "pump_cache.h"
#endif
