/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files that a step changes, in memory, over a commit that stays as it is.
 * A step reads and writes files only through this; nothing touches a disk
 * until the edits are committed.
 */
#ifndef DRIVER_EDITS_H
#define DRIVER_EDITS_H

#include "lib/buf.h"
#include "lib/error.h"

struct edit {
	char *path;	   /* in the tree */
	struct buf before; /* bytes in the commit below; empty when new */
	struct buf data;   /* bytes now */
	bool is_new;	   /* the commit below has no such file */
};

/* Where unchanged files come from: 1 and the bytes, 0 for absent, -1. */
typedef int edits_reader(void *data, const char *path, struct buf *ret,
			 struct error *err);

struct edits {
	edits_reader *read;
	void *read_data;
	struct edit **v; /* owned; every file that was opened, in order */
	size_t nr, alloc;
};

void edits_init(struct edits *e, edits_reader *read, void *read_data);

/* Opens an existing file: *ret stays owned by e. 1, 0 when it is absent, -1. */
int edits_open(struct edits *e, const char *path, struct edit **ret,
	       struct error *err);

/* Starts a file that does not exist; -1 (ERROR_DRIFT) when it does. */
int edits_create(struct edits *e, const char *path, struct edit **ret,
		 struct error *err);

bool edit_changed(const struct edit *edit);

void edits_release(struct edits *e);

#endif
