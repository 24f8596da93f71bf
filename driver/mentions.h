/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the files of a tree name a file, and what becomes of that when the file
 * gets another path:
 *
 *  - an #include line that means the file (spelling.h) is spelled anew, in its
 *    place; a comment on the line counts as one;
 *  - in comments of C, and anywhere in a file that is not C, the whole path is
 *    replaced (behind $(srctree)/ and ../ too), and the file's bare name, or the end
 *    of its path, where no other file of the tree has it;
 *  - everything else is left alone: in C a string or another directive, elsewhere
 *    a name that other files have as well. What names another file is no mention.
 */
#ifndef DRIVER_MENTIONS_H
#define DRIVER_MENTIONS_H

#include "lib/buf.h"
#include "lib/strv.h"

struct file_rename {
	const char *from, *to;
	struct strv namesakes; /* all paths with the last part of 'from', sorted */
};

enum mention_fate {
	MENTION_INCLUDE,   /* an #include line that was spelled anew */
	MENTION_CHANGED,   /* any other that names the new path now */
	MENTION_LEFT,	   /* left alone: not surely this file */
	MENTION_CODE,	   /* left alone: a string of C, or a directive */
	MENTION_UNCLEAR,   /* an #include line that may mean another file as well */
	MENTION_UNSPELLED, /* one that cannot be spelled in its form any more */
};

typedef void mention_fn(void *data, enum mention_fate fate,
			const char *old, unsigned int line);

/*
 * Edits the bytes of the file at path; fn is told of each mention, in order, with
 * its old spelling and line.
 */
void mentions_rename(const struct file_rename *r, const char *path,
		     struct buf *text, mention_fn *fn, void *data);

/* True for paths of C sources and headers. */
bool is_c_path(const char *path);

#endif
