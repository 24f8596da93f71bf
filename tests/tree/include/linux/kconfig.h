/* SPDX-License-Identifier: GPL-2.0-only */
/* In front of every unit: the configuration. */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

#include <generated/autoconf.h>

#endif
