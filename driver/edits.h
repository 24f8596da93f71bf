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
#include "lib/strv.h"

struct edit {
	char *path;	   /* in the tree; of a renamed file the new one */
	struct buf before; /* bytes in the commit below; empty when new */
	struct buf data;   /* bytes now */
	char *mode_of;	   /* path whose mode a new file takes over; NULL: plain */
	bool is_new;	   /* the commit below has no such file */
	bool is_gone;	   /* the commit above has no such file; data is empty */
};

/* Where unchanged files come from: 1 and the bytes, 0 for absent, -1. */
typedef int edits_reader(void *data, const char *path, struct buf *ret,
			 struct error *err);

/*
 * Appends the paths of the files of the commit that hold one of the words, each
 * as a whole word (no letter, digit or underscore touches it), whatever kind of
 * file it is; binary files not. Sorted. A word may hold blanks: "define M".
 */
typedef int edits_finder(void *data, const struct strv *words, struct strv *ret,
			 struct error *err);

/* Appends the paths of the files of the commit whose last part is this. Sorted. */
typedef int edits_lister(void *data, const char *name, struct strv *ret,
			 struct error *err);

struct edits {
	edits_reader *read;
	edits_finder *find; /* NULL: nothing is found */
	edits_lister *list; /* NULL: nothing is listed; edits_init() leaves it so */
	void *read_data;    /* for all of them */
	struct edit **v; /* owned; every file that was opened, in order */
	size_t nr, alloc;
};

void edits_init(struct edits *e, edits_reader *read, edits_finder *find,
		void *read_data);

/* Opens an existing file: *ret stays owned by e. 1, 0 when it is absent, -1. */
int edits_open(struct edits *e, const char *path, struct edit **ret,
	       struct error *err);

/* Starts a file that does not exist; -1 (ERROR_DRIFT) when it does. */
int edits_create(struct edits *e, const char *path, struct edit **ret,
		 struct error *err);

/*
 * The file vanishes at its path and is there, with the same bytes and mode, at
 * another, where none may be (-1, ERROR_DRIFT). *ret: the edit of the new path. 1,
 * 0 when there is no such file, -1.
 */
int edits_rename(struct edits *e, const char *from, const char *to,
		 struct edit **ret, struct error *err);

/*
 * Paths of the commit below (edits that were made already play no part) with
 * one of the words in them; see edits_finder.
 */
int edits_find(struct edits *e, const struct strv *words, struct strv *ret,
	       struct error *err);

/* Paths of the commit below whose last part is this; see edits_lister. */
int edits_namesakes(struct edits *e, const char *name, struct strv *ret,
		    struct error *err);

bool edit_changed(const struct edit *edit);

void edits_release(struct edits *e);

#endif
