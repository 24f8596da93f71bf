// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files and folders. Writing goes to a file beside the place and is renamed
 * into it, so that a reader or a killed run sees the old bytes or the new
 * ones. There is no fsync(): what is written here can be made again, and a
 * kill, unlike a power cut, loses nothing that write() has taken.
 */
#define _GNU_SOURCE
#include "fs.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define READ_LIMIT ((size_t)1 << 30)
#define READ_CHUNK ((size_t)64 << 10)
#define FEW_SMALL_FILES 16384 /* bytes: a few blocks */
#define REMOVE_FDS 32 /* folders that nftw() keeps open */

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* The read loop of fs_read(); the size is only a hint (it is 0 in /proc). */
static int read_all(int fd, const char *path, struct buf *ret,
		    struct error *err)
{
	_cleanup_free_ char *chunk = xcalloc(READ_CHUNK, 1);
	size_t start = ret->len;

	for (;;) {
		ssize_t n = read(fd, chunk, READ_CHUNK);

		if (n == 0)
			return 0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, "cannot read %s", path);
		buf_add(ret, chunk, (size_t)n);
		if (ret->len - start > READ_LIMIT)
			return error_set(err, ERROR_SYSTEM,
					 "cannot read %s: over 1 GiB", path);
	}
}

int fs_read(const char *path, struct buf *ret, struct error *err)
{
	_cleanup_(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t start = ret->len;
	struct stat st;

	if (fd < 0 || fstat(fd, &st))
		return error_errno(err, "cannot read %s", path);
	if (S_ISREG(st.st_mode) && (size_t)st.st_size > READ_LIMIT)
		return error_set(err, ERROR_SYSTEM,
				 "cannot read %s: over 1 GiB", path);
	if (read_all(fd, path, ret, err)) {
		buf_splice(ret, start, ret->len - start, NULL, 0);
		return -1;
	}
	return 0;
}

/*
 * Opens a new file beside path, its name in ret_name. Not mkstemp(): that
 * makes it private to the user, and the umask cannot be asked for without
 * changing it.
 */
static int open_beside(const char *path, char **ret_name)
{
	for (unsigned int i = 0;; i++) {
		char *name = xasprintf("%s.%ld.%u~", path, (long)getpid(), i);
		int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			      0666);

		if (fd >= 0) {
			*ret_name = name;
			return fd;
		}
		free(name);
		if (errno != EEXIST)
			return -1;
	}
}

static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

int fs_write(const char *path, const void *data, size_t len,
	     struct error *err)
{
	_cleanup_free_ char *name = NULL;
	int fd = open_beside(path, &name);
	int failed, saved;

	if (fd < 0)
		return error_errno(err, "cannot write %s", path);
	failed = write_all(fd, data, len);
	saved = errno;
	if (close(fd) && !failed) {
		failed = -1;
		saved = errno;
	}
	if (!failed) {
		if (!rename(name, path))
			return 0;
		saved = errno;
	}
	unlink(name);
	errno = saved;
	return error_errno(err, "cannot write %s", path);
}

int fs_write_if_changed(const char *path, const void *data, size_t len,
			struct error *err)
{
	_cleanup_(buf_release) struct buf old = BUF_INIT;

	if (!fs_read(path, &old, NULL) && old.len == len &&
	    (!len || !memcmp(old.data, data, len)))
		return 0;
	return fs_write(path, data, len, err);
}

int fs_mkdirs(const char *path, struct error *err)
{
	_cleanup_free_ char *part = xstrdup(path);

	for (char *p = part;; p++) {
		char stopped = *p;

		if (stopped != '/' && stopped != '\0')
			continue;
		*p = '\0';
		if (*part && mkdir(part, 0777) && errno != EEXIST)
			return error_errno(err, "cannot make the folder %s",
					   part);
		if (!stopped)
			break;
		*p = stopped;
	}
	if (*path && !fs_is_dir(path)) {
		errno = ENOTDIR;
		return error_errno(err, "cannot make the folder %s", path);
	}
	return 0;
}

int fs_mkdirs_to_fill(const char *path, struct error *err)
{
	if (fs_mkdirs(path, err))
		return -1;
	return access(path, W_OK | X_OK) ?
		       error_errno(err, "cannot write into %s", path) : 0;
}

int fs_mkdirs_for(const char *path, struct error *err)
{
	_cleanup_free_ char *dir = fs_dirname(path);

	return fs_mkdirs(dir, err);
}

/* For nftw(): what it returns ends the walk, so it is the error number. */
static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path) && errno != ENOENT ? errno : 0;
}

int fs_remove(const char *path, struct error *err)
{
	_cleanup_free_ char *name = xstrdup(path);
	size_t len = strlen(name);
	int ret;

	/* "link/" would mean the folder behind the link. */
	while (len > 1 && name[len - 1] == '/')
		name[--len] = '\0';
	ret = nftw(name, remove_one, REMOVE_FDS, FTW_DEPTH | FTW_PHYS);
	if (ret < 0 && errno == ENOENT)
		return 0;
	if (ret > 0)
		errno = ret;
	return ret ? error_errno(err, "cannot remove %s", path) : 0;
}

bool fs_exists(const char *path)
{
	struct stat st;

	return !lstat(path, &st);
}

bool fs_is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

bool fs_is_full(const char *path)
{
	struct statvfs fs;

	return !statvfs(path, &fs) &&
	       (fs.f_bavail * fs.f_frsize < FEW_SMALL_FILES ||
		(fs.f_files && !fs.f_favail));
}

bool fs_is_file(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode);
}

char *fs_join(const char *dir, const char *name)
{
	if (name[0] == '/' || streq(dir, "."))
		return xstrdup(name);
	return xasprintf(ends_with(dir, "/") ? "%s%s" : "%s/%s", dir, name);
}

char *fs_dirname(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	if (slash == path)
		return xstrdup("/");
	return xstrndup(path, (size_t)(slash - path));
}

const char *fs_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool fs_is_inside(const char *path)
{
	if (!*path || *path == '/')
		return false;
	for (const char *p = path; *p; p++)
		if (iscntrl((unsigned char)*p))
			return false;
	for (const char *part = path; *part;) {
		size_t len = strcspn(part, "/");

		if (len == 2 && !strncmp(part, "..", 2))
			return false;
		/* git takes .GIT for its own folder as well */
		if (len == 4 && !strncasecmp(part, ".git", 4))
			return false;
		part += len + (part[len] == '/');
	}
	return true;
}

int fs_check_inside(const char *path, struct error *err)
{
	if (fs_is_inside(path))
		return 0;
	for (const char *p = path; *p; p++)
		if (iscntrl((unsigned char)*p))
			return error_set(err, ERROR_INPUT,
					 "the name of the file '%s' has a "
					 "control character in it, which "
					 "cocciseries does not work with", path);
	return error_set(err, ERROR_INPUT, "'%s' leaves the tree", path);
}
