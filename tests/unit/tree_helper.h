/* SPDX-License-Identifier: GPL-2.0-only */
/* A few strings where a commit would be, for tests of what reads a tree. */
#ifndef TESTS_UNIT_TREE_HELPER_H
#define TESTS_UNIT_TREE_HELPER_H

#include "driver/edits.h"

struct tree_file {
	const char *path, *text; /* path: NULL ends the list */
};

/* An edits_reader whose data is the list. */
static inline int tree_read(void *data, const char *path, struct buf *ret,
			    struct error *err)
{
	(void)err;
	for (const struct tree_file *f = data; f->path; f++)
		if (streq(f->path, path)) {
			buf_addstr(ret, f->text);
			return 1;
		}
	return 0;
}

#endif
