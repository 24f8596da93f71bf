/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which file of the tree the "x.h" or <dir/x.h> of an #include line means, and
 * how a file is spelled once it has another path. No compiler is asked, because
 * most files of a tree are compiled in no configuration at hand: a name in
 * quotes that is there from the including file's own folder means that file;
 * any other means a file whose path ends in the spelling, as -I folders give it.
 */
#ifndef LIB_SPELLING_H
#define LIB_SPELLING_H

#include "strv.h"
#include "util.h"

enum meaning {
	MEANS_OTHER,   /* another file, or none of the tree */
	MEANS_IT,
	MEANS_UNCLEAR, /* several files may be meant, the path among them */
};

/*
 * includer: path of the file with the line; spelling: with its quotes or
 * brackets; namesakes: all paths of the tree with the same last part as path.
 * Of several files that -I folders may give, the one is meant that shares most
 * leading folders with the includer.
 */
enum meaning spelling_means(const char *includer, const char *spelling,
			    const char *path, const struct strv *namesakes);

/*
 * The spelling in the same form, relative to the same folder, of a file that goes
 * from 'from' to 'to' (the spelling means 'from'); the caller frees. NULL when it
 * cannot be spelled so: the new path is outside of the -I folder.
 */
char *spelling_of(const char *includer, const char *spelling, const char *from,
		  const char *to);

/* The spelling in an #include line of len bytes, as offsets; false if it is none. */
bool include_in_line(const char *line, size_t len, size_t *ret_begin,
		     size_t *ret_end);

/* "a/./b/../c" as "a/c"; NULL when it leaves the tree. The caller frees. */
char *path_normal(const char *path);

/* True when tail is the path, or its last parts: "b.h" and "a/b.h" of "x/a/b.h". */
bool path_ends_in(const char *path, const char *tail);

/* True when both files are in the same folder. */
bool same_folder(const char *a, const char *b);

#endif
