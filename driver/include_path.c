// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where an include is looked for. Most of a kernel's -I options are the same
 * for every file; the rest, in a folder's build file, nearly always name a
 * folder above the file, so that is what is tried for a quoted name.
 */
#include "include_path.h"

#include "lib/fs.h"
#include "lib/spelling.h"

static void add(struct strv *ret, const char *dir, const char *name)
{
	_cleanup_free_ char *joined = fs_join(dir, name);
	_cleanup_free_ char *path = path_normal(joined);

	if (path && !strv_has(ret, path))
		strv_add(ret, path);
}

/* The file's own folder and those above it. */
static void add_folders(struct strv *ret, const char *path, const char *name)
{
	_cleanup_free_ char *dir = fs_dirname(path);

	while (!streq(dir, ".")) {
		char *above = fs_dirname(dir);

		add(ret, dir, name);
		free(dir);
		dir = above;
	}
	add(ret, ".", name);
}

/* "arch/arm64" of a file below it; x86 for all others. */
static char *arch_of(const char *path)
{
	const char *name = path + strlen("arch/");

	if (starts_with(path, "arch/") && strchr(name, '/'))
		return xstrndup(path, (size_t)(strchr(name, '/') - path));
	return xstrdup("arch/x86");
}

static void add_system(struct strv *ret, const char *path, const char *name)
{
	static const char asm_folder[] = "asm/";
	_cleanup_free_ char *arch = arch_of(path);
	_cleanup_free_ char *own = fs_join(arch, "include");
	_cleanup_free_ char *uapi = fs_join(arch, "include/uapi");

	if (starts_with(name, asm_folder)) {
		add(ret, own, name);
		add(ret, uapi, name);
		add(ret, "include/asm-generic", name + strlen(asm_folder));
		add(ret, "include/uapi/asm-generic", name + strlen(asm_folder));
		return;
	}
	add(ret, "include", name);
	add(ret, "include/uapi", name);
	add(ret, own, name);
	add(ret, uapi, name);
}

void include_candidates(const char *path, const char *include,
			struct strv *ret)
{
	size_t len = strlen(include);
	_cleanup_free_ char *name = NULL;

	if (len < 3 || !strchr("<\"", include[0]))
		return;
	name = xstrndup(include + 1, len - 2);
	if (include[0] == '"')
		add_folders(ret, path, name);
	add_system(ret, path, name);
}

int include_resolve(const char *path, const char *include,
		    include_exists *exists, void *data, char **ret,
		    struct error *err)
{
	_cleanup_(strv_release) struct strv paths = STRV_INIT;

	include_candidates(path, include, &paths);
	for (size_t i = 0; i < paths.nr; i++) {
		int found = exists(data, paths.v[i], err);

		if (found < 0)
			return -1;
		if (!found)
			continue;
		*ret = xstrdup(paths.v[i]);
		return 1;
	}
	return 0;
}
