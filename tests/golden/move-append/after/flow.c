// SPDX-License-Identifier: GPL-2.0-only
#include <linux/export.h>

#include "flow.h"
