// SPDX-License-Identifier: GPL-2.0-only
#ifdef CONFIG_NEVER
# include	"../regs.h"
#else
#include "regs.h"
#endif
