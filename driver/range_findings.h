/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the rungs cannot know of a commit in a range: what was not built at all,
 * since nobody asked for it or no configuration has it.
 */
#ifndef DRIVER_RANGE_FINDINGS_H
#define DRIVER_RANGE_FINDINGS_H

#include "lane.h"

/*
 * Adds to the token rung of each row: touched headers that files in folders
 * that were not built read (undecided, unless a person chose the folders), and
 * symbols that are off in every configuration though a touched source is built
 * under them (residue: whether that leaves changed code unseen,
 * verify/compiled.h says).
 */
int range_findings(const struct session *s, const struct strv *touched,
		   const struct lane *lanes, struct report_config *rows,
		   struct error *err);

#endif
