/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files and folders. Every file that must survive a kill is written beside its
 * place and renamed into it.
 */
#ifndef LIB_FS_H
#define LIB_FS_H

#include "buf.h"
#include "error.h"

/* Appends the whole file to ret. -1: unreadable, a folder, or over 1 GiB. */
int fs_read(const char *path, struct buf *ret, struct error *err);

/* Writes the file atomically (temporary file, then rename), mode 0666 & ~umask. */
int fs_write(const char *path, const void *data, size_t len,
	     struct error *err);

/* As fs_write(), but leaves the file and its mtime alone when it holds this already. */
int fs_write_if_changed(const char *path, const void *data, size_t len,
			struct error *err);

/* Makes the folder and its parents; one that is there is fine. */
int fs_mkdirs(const char *path, struct error *err);

/* As fs_mkdirs(); and files can be made in it. */
int fs_mkdirs_to_fill(const char *path, struct error *err);

/* Makes the parents of a file that is about to be written. */
int fs_mkdirs_for(const char *path, struct error *err);

/* Removes a file or a whole folder; one that is absent is fine. Follows no link. */
int fs_remove(const char *path, struct error *err);

bool fs_exists(const char *path);
bool fs_is_dir(const char *path);
bool fs_is_file(const char *path);

/* True when the file system of path has no room for a few small files. */
bool fs_is_full(const char *path);

/* "dir/name" (name alone when it is absolute or dir is "."); the caller frees. */
char *fs_join(const char *dir, const char *name);

/* The folder part ("." if there is none) and the last part; the caller frees. */
char *fs_dirname(const char *path);
const char *fs_basename(const char *path);

/*
 * True when a path relative to a tree stays in it: not empty, not absolute, no
 * ".." part, no ".git" part, no control character.
 */
bool fs_is_inside(const char *path);

/* 0 when it is; else -1 and an ERROR_INPUT that says why not. */
int fs_check_inside(const char *path, struct error *err);

#endif
