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

struct found {
	struct strv objects, modules;
};

static int walk(const char *dir, struct found *ret, struct error *err);

static int walk_entry(const char *path, struct found *ret, struct error *err)
{
	struct stat st;

	if (lstat(path, &st))
		return error_errno(err, "%s", path);
	if (S_ISDIR(st.st_mode))
		return walk(path, ret, err);
	if (S_ISREG(st.st_mode) && ends_with(path, ".o"))
		strv_add(&ret->objects, path);
	if (S_ISREG(st.st_mode) && ends_with(path, ".ko"))
		strv_add(&ret->modules, path);
	return 0;
}

static int walk(const char *dir, struct found *ret, struct error *err)
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

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool has_sorted(const struct strv *list, const char *s)
{
	return list->nr &&
	       bsearch(&s, list->v, list->nr, sizeof(*list->v), compare);
}

/* The sorted real paths of all files of a and b. */
static void real_paths(const struct strv *a, const struct strv *b,
		       struct strv *ret)
{
	for (size_t i = 0; i < a->nr + b->nr; i++) {
		const char *file = i < a->nr ? a->v[i] : b->v[i - a->nr];
		_cleanup_free_ char *path = realpath(file, NULL);

		if (path)
			strv_add(ret, path);
	}
	strv_uniq(ret);
}

/*
 * The length of the root in dir, the real path of a module's folder: kbuild
 * names parts from the root of the build folder, and all begin with the
 * module's folder as seen from there. So the root is what is left of dir when the
 * longest such beginning is taken off its end.
 */
static size_t root_length(const char *dir, const char *part)
{
	size_t len = strlen(dir);

	for (const char *end = strrchr(part, '/'); end;
	     end = memrchr(part, '/', (size_t)(end - part))) {
		size_t tail = (size_t)(end - part);

		if (tail && tail < len && dir[len - tail - 1] == '/' &&
		    !strncmp(dir + len - tail, part, tail))
			return len - tail;
	}
	return len;
}

/* The real path of a part; NULL when there is no such file. */
static char *find_part(const char *dir, const char *part)
{
	_cleanup_free_ char *path = NULL;

	if (part[0] == '/')
		return realpath(part, NULL);
	path = xasprintf("%.*s/%s", (int)root_length(dir, part), dir, part);
	return realpath(path, NULL);
}

/*
 * Appends the real paths of the parts of a linked object. False when it is none,
 * or one of them is gone. A module of one file lists itself.
 */
static bool find_parts(const char *object, struct strv *ret)
{
	size_t stem = strlen(object) - strlen(".o");
	_cleanup_free_ char *list = xasprintf("%.*s.mod", (int)stem, object);
	_cleanup_free_ char *folder = fs_dirname(object);
	_cleanup_free_ char *dir = realpath(folder, NULL);
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	_cleanup_(strv_release) struct strv parts = STRV_INIT;

	if (!ends_with(object, ".o") || !dir || fs_read(list, &text, NULL))
		return false;
	strv_split(&names, text.data, " \n");
	for (size_t i = 0; i < names.nr; i++) {
		_cleanup_free_ char *part = find_part(dir, names.v[i]);

		if (!part || !ends_with(part, ".o") ||
		    streq(fs_basename(part), fs_basename(object)))
			return false;
		strv_add(&parts, part);
	}
	strv_add_list(ret, &parts);
	return names.nr != 0;
}

/* Sorts out what folders hold: objects go to ret, parts of linked ones to parts. */
static void sort_out(const struct strv *found, const struct strv *named,
		     struct strv *ret, struct strv *parts)
{
	_cleanup_(strv_release) struct strv nothing = STRV_INIT;
	_cleanup_(strv_release) struct strv known = STRV_INIT;

	real_paths(named, &nothing, &known);
	for (size_t i = 0; i < found->nr; i++) {
		_cleanup_free_ char *path = realpath(found->v[i], NULL);

		if (path && has_sorted(&known, path))
			continue;
		if (!find_parts(found->v[i], parts))
			strv_add(ret, found->v[i]);
	}
}

/* What a folder stands for: its objects, or where modules were installed those. */
static int walk_folder(const char *dir, struct strv *ret, struct error *err)
{
	struct found found = { STRV_INIT, STRV_INIT };
	int status = walk(dir, &found, err);

	strv_add_list(ret, found.objects.nr ? &found.objects : &found.modules);
	strv_release(&found.objects);
	strv_release(&found.modules);
	return status;
}

int collect_objects(const struct strv *args, struct strv *ret,
		    struct error *err)
{
	_cleanup_(strv_release) struct strv named = STRV_INIT;
	_cleanup_(strv_release) struct strv found = STRV_INIT;
	_cleanup_(strv_release) struct strv parts = STRV_INIT;
	_cleanup_(strv_release) struct strv known = STRV_INIT;

	for (size_t i = 0; i < args->nr; i++) {
		if (!fs_exists(args->v[i]))
			return error_set(err, ERROR_SYSTEM,
					 "%s: no such file or folder",
					 args->v[i]);
		if (!fs_is_dir(args->v[i]))
			strv_add(&named, args->v[i]);
		else if (walk_folder(args->v[i], &found, err))
			return -1;
	}
	strv_add_list(ret, &named);
	sort_out(&found, &named, ret, &parts);
	real_paths(&named, &found, &known);
	for (size_t i = 0; i < parts.nr; i++)
		if (!has_sorted(&known, parts.v[i]))
			strv_add(ret, parts.v[i]);
	strv_uniq(ret);
	if (!ret->nr)
		return error_set(err, ERROR_SYSTEM, "%s: no object files below",
				 args->nr ? args->v[0] : "");
	return 0;
}
