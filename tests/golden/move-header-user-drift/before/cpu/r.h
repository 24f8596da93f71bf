/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CPU_R_H
#define CPU_R_H

#include <linux/bits.h>
#include "x.h"

#endif
