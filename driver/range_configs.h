/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The configurations that a range of commits is verified in, when no series says
 * which. Each --config is the name of one of the series, if one is given as
 * well; a file with a kconfig fragment or a whole .config; or a goal of the
 * tree's make (x86_64_defconfig). Without any: those of the series; else the
 * .config that stands in O= of make's arguments, or in the user's work tree; else
 * "default", x86_64_defconfig and what the touched files are built under.
 *
 * Targets that a configuration does not name are worked out from the range.
 */
#ifndef DRIVER_RANGE_CONFIGS_H
#define DRIVER_RANGE_CONFIGS_H

#include "session.h"

/*
 * Fills the session's configurations and its scope. ERROR_INPUT: a --config that
 * is none of these, two of one name, no target where one is needed.
 */
int range_configs(struct session *s, struct error *err);

#endif
