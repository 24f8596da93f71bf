/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The user's colours for a diff and the pager, as git has them: color.diff and
 * color.ui say whether, color.diff.<slot> which, core.pager and $GIT_PAGER where
 * to.
 */
#ifndef DRIVER_PALETTE_H
#define DRIVER_PALETTE_H

#include <stdio.h>

#include "options.h"
#include "repo.h"

enum slot {
	SLOT_COMMIT,
	SLOT_META, /* names of files */
	SLOT_FRAG, /* "@@ -1 +1 @@" */
	SLOT_FUNC, /* what stands behind it */
	SLOT_OLD,
	SLOT_NEW,
	SLOT_CONTEXT,
	SLOT_FOLD, /* git has none such: faint */
	SLOT_NR,
};

/* What begins a colour, and what ends any; all "" where there is none. */
struct palette {
	bool on;
	char *begin[SLOT_NR]; /* owned */
	const char *end;
};

/*
 * --color, else NO_COLOR, else what git's configuration says; stdout or, where
 * there is one, the pager must be able to show it.
 */
void palette_open(const struct repo *repo, const struct options *options,
		  struct palette *ret);
void palette_release(struct palette *palette);

/*
 * Writes the text to stdout; through git's pager when stdout is a terminal. A
 * reader who leaves early is no error; one that cannot be run is done without.
 */
int pager_print(const struct repo *repo, const char *text, size_t len,
		struct error *err);

#endif
