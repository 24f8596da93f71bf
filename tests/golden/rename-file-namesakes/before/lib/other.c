// SPDX-License-Identifier: GPL-2.0-only
#include "pump_cache.h"
/* pump_cache.h is the one beside this file. */
