/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Archives of objects, as ar makes them: lib.a, and the thin ones of kbuild
 * (built-in.a), whose members stay in files of their own.
 */
#ifndef VERIFY_ARCHIVE_H
#define VERIFY_ARCHIVE_H

#include "lib/buf.h"
#include "lib/error.h"

bool archive_is(const struct buf *file);

/*
 * Calls each() for every member in order: its path for errors ("lib.a(x.o)", or
 * the file of a thin archive's member), its name, and its bytes, which each() may
 * take. Stops when each() fails. -1 when it did, and for an archive that is
 * malformed or a member that cannot be read.
 */
struct archive_member {
	const char *path, *name;
	struct buf *bytes;
};
int archive_each(const char *path, const struct buf *file,
		 int (*each)(void *data, const struct archive_member *member,
			     struct error *err),
		 void *data, struct error *err);

#endif
