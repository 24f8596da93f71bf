// SPDX-License-Identifier: GPL-2.0-only
#include "../pump_cache.h"
#include "pump_cache.h"
/* lib/pump_cache.h, not drivers/tank/pump_cache.h */
