// SPDX-License-Identifier: GPL-2.0-only
#ifdef CONFIG_NEVER
# include	"../include/pump_cache.h"
#else
#include "include/pump_cache.h"
#endif
