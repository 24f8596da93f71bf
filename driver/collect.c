// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finding object files. Symbolic links below a folder are not followed: a tree
 * with a loop would never end, and kbuild makes none to objects.
 */
#define _GNU_SOURCE
#include "collect.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "lib/fs.h"

static int walk(const char *dir, struct strv *ret, struct error *err);

static int walk_entry(const char *path, struct strv *ret, struct error *err)
{
	struct stat st;

	if (lstat(path, &st))
		return error_errno(err, "%s", path);
	if (S_ISDIR(st.st_mode))
		return walk(path, ret, err);
	if (S_ISREG(st.st_mode) && ends_with(path, ".o"))
		strv_add(ret, path);
	return 0;
}

static int walk(const char *dir, struct strv *ret, struct error *err)
{
	DIR *handle = opendir(dir);
	struct dirent *entry;
	int result = 0;

	if (!handle)
		return error_errno(err, "%s", dir);
	while (!result && (entry = readdir(handle))) {
		_cleanup_free_ char *path = NULL;

		if (streq(entry->d_name, ".") || streq(entry->d_name, ".."))
			continue;
		path = xasprintf(ends_with(dir, "/") ? "%s%s" : "%s/%s", dir,
				 entry->d_name);
		result = walk_entry(path, ret, err);
	}
	closedir(handle);
	return result;
}

/* "a/b/../c.o" is "a/c.o": kbuild writes the parts of kvm.o that way. */
static char *normal(const char *path)
{
	_cleanup_(strv_release) struct strv parts = STRV_INIT;
	_cleanup_(strv_release) struct strv kept = STRV_INIT;

	strv_split(&parts, path, "/");
	for (size_t i = 0; i < parts.nr; i++) {
		if (streq(parts.v[i], "."))
			continue;
		if (!streq(parts.v[i], "..") || !kept.nr) {
			strv_add(&kept, parts.v[i]);
			continue;
		}
		free(kept.v[--kept.nr]);
		kept.v[kept.nr] = NULL;
	}
	return strv_join(&kept, "/");
}

/*
 * Whether a part is among the files, given by absolute path: parts are named
 * from the root of the build folder, which is not known here, so the end of a
 * path has to do.
 */
static bool has_part(const struct strv *files, const char *part)
{
	_cleanup_free_ char *name = normal(part);
	_cleanup_free_ char *want = xasprintf("/%s", name);

	for (size_t i = 0; i < files->nr; i++)
		if (ends_with(files->v[i], want))
			return true;
	return false;
}

/* True for an object whose parts (more than itself) are all among the files. */
static bool is_linked_of(const char *object, const struct strv *files)
{
	_cleanup_free_ char *stem = xstrndup(object, strlen(object) - 2);
	_cleanup_free_ char *mod = xasprintf("%s.mod", stem);
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(strv_release) struct strv parts = STRV_INIT;

	if (fs_read(mod, &text, NULL))
		return false;
	strv_split(&parts, text.data, " \n");
	if (!parts.nr)
		return false;
	for (size_t i = 0; i < parts.nr; i++) {
		if (!ends_with(parts.v[i], ".o") || !has_part(files, parts.v[i]))
			return false;
		/* A module of one file is that file: it lists itself. */
		if (streq(fs_basename(parts.v[i]), fs_basename(object)))
			return false;
	}
	return true;
}

static void add_absolute(struct strv *ret, const struct strv *files)
{
	for (size_t i = 0; i < files->nr; i++) {
		_cleanup_free_ char *path = realpath(files->v[i], NULL);

		if (path)
			strv_add(ret, path);
	}
}

int collect_objects(const struct strv *args, struct strv *ret,
		    struct error *err)
{
	_cleanup_(strv_release) struct strv named = STRV_INIT;
	_cleanup_(strv_release) struct strv found = STRV_INIT;
	_cleanup_(strv_release) struct strv all = STRV_INIT;

	for (size_t i = 0; i < args->nr; i++) {
		if (!fs_is_dir(args->v[i]))
			strv_add(&named, args->v[i]);
		else if (walk(args->v[i], &found, err))
			return -1;
	}
	for (size_t i = 0; i < named.nr; i++)
		if (!fs_exists(named.v[i]))
			return error_set(err, ERROR_SYSTEM,
					 "%s: no such file or folder",
					 named.v[i]);
	add_absolute(&all, &named);
	add_absolute(&all, &found);
	strv_add_list(ret, &named);
	for (size_t i = 0; i < found.nr; i++)
		if (!is_linked_of(found.v[i], &all))
			strv_add(ret, found.v[i]);
	strv_uniq(ret);
	if (!ret->nr)
		return error_set(err, ERROR_SYSTEM, "%s: no object files below",
				 args->nr ? args->v[0] : "");
	return 0;
}
