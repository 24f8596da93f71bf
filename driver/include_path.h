/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From an #include line to the file of the tree that it means, by kbuild's own
 * folders: no build file is read and no configuration asked.
 */
#ifndef DRIVER_INCLUDE_PATH_H
#define DRIVER_INCLUDE_PATH_H

#include "lib/error.h"
#include "lib/strv.h"

/*
 * Appends the paths that the line ("<a.h>" or "\"a.h\"") of the file at path can
 * mean, likeliest first; the first that is in the tree is meant.
 *
 *  - quoted: in the file's own folder; then, because build files add these with
 *    -I, in the folders above it, innermost first; then as with <>
 *  - <>: in include/ and arch/ARCH/include, and uapi of either; ARCH is the
 *    file's own, x86 for a file that has none. <asm/x.h> is looked for in the
 *    second alone, and then in include/asm-generic/x.h
 *
 * Paths with ".." are made normal; those that leave the tree are left out.
 */
void include_candidates(const char *path, const char *include,
			struct strv *ret);

/* Says whether the tree has a file: 1, 0, or -1 and the error. */
typedef int include_exists(void *data, const char *path, struct error *err);

/* 1 and the path (the caller frees), 0 when the tree has no such file, -1. */
int include_resolve(const char *path, const char *include,
		    include_exists *exists, void *data, char **ret,
		    struct error *err);

#endif
