// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lock is on the folder itself, so that there is none without one but for the
 * moment between the two calls. Whoever comes then may remove it, and it is made
 * once more. Folders of others are left alone: $TMPDIR may be everybody's.
 */
#define _GNU_SOURCE
#include "scratch.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"

#define NAME "cocciseries-scratch-"
#define TRIES 10

static const char *parent(void)
{
	const char *tmp = getenv("TMPDIR");

	return tmp && *tmp ? tmp : "/tmp";
}

/* The folder that is open still has this path. */
static bool is_at(int fd, const char *path)
{
	struct stat a, b;

	return !fstat(fd, &a) && !lstat(path, &b) && a.st_dev == b.st_dev &&
	       a.st_ino == b.st_ino;
}

/* Open, and not with O_CLOEXEC: what we start holds the lock as well. */
static int open_folder(const char *path)
{
	return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

/* A folder of ours that nobody has locked. */
static bool is_left(int fd, const char *path)
{
	struct stat st;

	return !fstat(fd, &st) && st.st_uid == geteuid() &&
	       !flock(fd, LOCK_EX | LOCK_NB) && is_at(fd, path);
}

static void remove_stale(void)
{
	glob_t found = { 0 };
	int here = open(parent(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_free_ char *pattern = NULL;

	if (here < 0)
		return;
	/* Not the path itself, which may have a '*' in it. */
	pattern = xasprintf("/proc/self/fd/%d/" NAME "??????", here);
	if (!glob(pattern, 0, NULL, &found))
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *path = found.gl_pathv[i];
			int fd = open_folder(path);

			if (fd >= 0 && is_left(fd, path))
				fs_remove(path, NULL);
			if (fd >= 0)
				close(fd);
		}
	globfree(&found);
	close(here);
}

/* 0 when somebody removed it before it was locked; -1. */
static int make(struct scratch *ret, struct error *err)
{
	ret->path = xasprintf("%s/" NAME "XXXXXX", parent());
	if (!mkdtemp(ret->path)) {
		free(ret->path);
		ret->path = NULL;
		return error_errno(err, "%s: no folder can be made in it, name "
				   "another one with TMPDIR", parent());
	}
	ret->lock = open_folder(ret->path);
	/* On a file system without locks nobody else gets one, either. */
	if (ret->lock >= 0)
		flock(ret->lock, LOCK_EX);
	if (ret->lock >= 0 && is_at(ret->lock, ret->path))
		return 1;
	scratch_close(ret);
	return 0;
}

int scratch_open(struct scratch *ret, struct error *err)
{
	int made = 0;

	*ret = (struct scratch)SCRATCH_INIT;
	remove_stale();
	for (int i = 0; i < TRIES && !made; i++)
		made = make(ret, err);
	if (!made)
		error_set(err, ERROR_SYSTEM, "%s: what is made in it is removed "
			  "at once, name another folder with TMPDIR", parent());
	return made > 0 ? 0 : -1;
}

void scratch_close(struct scratch *scratch)
{
	if (scratch->path)
		fs_remove(scratch->path, NULL);
	if (scratch->lock >= 0)
		close(scratch->lock);
	free(scratch->path);
	*scratch = (struct scratch)SCRATCH_INIT;
}
