// SPDX-License-Identifier: GPL-2.0-only
/*
 * Include lines without a compiler. tools/ has copies of many headers of the
 * kernel proper, which see each other only: a file outside of it never means one
 * inside when there is another, nor the other way round.
 */
#include "spelling.h"

#include "fs.h"

char *path_normal(const char *path)
{
	_cleanup_(strv_release) struct strv parts = STRV_INIT;
	_cleanup_(strv_release) struct strv kept = STRV_INIT;

	strv_split(&parts, path, "/");
	for (size_t i = 0; i < parts.nr; i++) {
		if (streq(parts.v[i], "."))
			continue;
		if (!streq(parts.v[i], "..")) {
			strv_add(&kept, parts.v[i]);
			continue;
		}
		if (!kept.nr)
			return NULL;
		free(kept.v[--kept.nr]);
		kept.v[kept.nr] = NULL;
	}
	return kept.nr ? strv_join(&kept, "/") : NULL;
}

/* "../x/y.h" of "\"../x/y.h\"". */
static char *inside_of(const char *spelling)
{
	return xstrndup(spelling + 1, strlen(spelling) - 2);
}

/* Behind the leading "./" and "../" parts. */
static const char *behind_dots(const char *name)
{
	while (starts_with(name, "./") || starts_with(name, "../"))
		name += strcspn(name, "/") + 1;
	return name;
}

/* The file that quotes mean first; NULL. */
static char *relative_to(const char *includer, const char *name)
{
	_cleanup_free_ char *dir = fs_dirname(includer);
	_cleanup_free_ char *path = fs_join(dir, name);

	return path_normal(path);
}

static bool ends_in(const char *path, const char *suffix)
{
	size_t len = strlen(path), n = strlen(suffix);

	return len > n && path[len - n - 1] == '/' && ends_with(path, suffix);
}

bool path_ends_in(const char *path, const char *tail)
{
	return streq(path, tail) || ends_in(path, tail);
}

/* How many leading folders two paths share. */
static size_t shared_folders(const char *a, const char *b)
{
	size_t nr = 0;

	for (; *a && *a == *b; a++, b++)
		nr += *a == '/';
	return nr;
}

static bool is_tool(const char *path)
{
	return starts_with(path, "tools/");
}

/* Files of the tree that a -I folder may give; those of the other world last. */
static void candidates(const char *includer, const char *suffix,
		       const struct strv *namesakes, struct strv *ret)
{
	for (int other = 0; other < 2 && !ret->nr; other++)
		for (size_t i = 0; i < namesakes->nr; i++)
			if (ends_in(namesakes->v[i], suffix) &&
			    (is_tool(namesakes->v[i]) == is_tool(includer)) ==
				    !other)
				strv_add(ret, namesakes->v[i]);
}

static enum meaning nearest(const char *includer, const char *path,
			    const struct strv *files)
{
	size_t mine = shared_folders(includer, path);
	enum meaning meaning = MEANS_IT;

	if (!strv_has(files, path))
		return MEANS_OTHER;
	for (size_t i = 0; i < files->nr; i++) {
		size_t shared = shared_folders(includer, files->v[i]);

		if (shared > mine)
			return MEANS_OTHER;
		if (shared == mine && !streq(files->v[i], path))
			meaning = MEANS_UNCLEAR;
	}
	return meaning;
}

enum meaning spelling_means(const char *includer, const char *spelling,
			    const char *path, const struct strv *namesakes)
{
	_cleanup_free_ char *name = inside_of(spelling);
	_cleanup_free_ char *beside = relative_to(includer, name);
	_cleanup_(strv_release) struct strv files = STRV_INIT;

	if (!streq(fs_basename(name), fs_basename(path)))
		return MEANS_OTHER;
	if (*spelling == '"' && beside && streq(beside, path))
		return MEANS_IT;
	if (*spelling == '"' && beside && strv_has(namesakes, beside))
		return MEANS_OTHER;
	candidates(includer, behind_dots(name), namesakes, &files);
	return nearest(includer, path, &files);
}

/* "../../b/x.h": path seen from the folder of another. */
static char *seen_from(const char *includer, const char *path)
{
	size_t nr = shared_folders(includer, path);
	_cleanup_(strv_release) struct strv parts = STRV_INIT;
	const char *rest = includer;

	for (size_t i = 0; i < nr; i++) {
		rest += strcspn(rest, "/") + 1;
		path += strcspn(path, "/") + 1;
	}
	for (; (rest = strchr(rest, '/')); rest++)
		strv_add(&parts, "..");
	strv_add(&parts, path);
	return strv_join(&parts, "/");
}

/* name with its last part replaced by that of path. */
static char *with_basename(const char *name, const char *path)
{
	return xasprintf("%.*s%s", (int)(fs_basename(name) - name), name,
			 fs_basename(path));
}

bool same_folder(const char *a, const char *b)
{
	_cleanup_free_ char *x = fs_dirname(a), *y = fs_dirname(b);

	return streq(x, y);
}

static char *respell(const char *includer, const char *name, bool quoted,
		     const char *from, const char *to)
{
	_cleanup_free_ char *beside = relative_to(includer, name);
	const char *suffix = behind_dots(name);
	size_t folder = strlen(from) - strlen(suffix);

	if (same_folder(from, to))
		return with_basename(name, to);
	if (quoted && beside && streq(beside, from))
		return seen_from(includer, to);
	if (strncmp(from, to, folder) != 0)
		return NULL;
	return xasprintf("%.*s%s", (int)(suffix - name), name, to + folder);
}

char *spelling_of(const char *includer, const char *spelling, const char *from,
		  const char *to)
{
	_cleanup_free_ char *old = inside_of(spelling);
	_cleanup_free_ char *new = respell(includer, old, *spelling == '"',
					   from, to);

	return new ? xasprintf("%c%s%c", *spelling, new,
			       spelling[strlen(spelling) - 1]) :
		     NULL;
}

bool include_in_line(const char *line, size_t len, size_t *ret_begin,
		     size_t *ret_end)
{
	_cleanup_free_ char *s = xstrndup(line, len);
	const char *p = s + strspn(s, " \t"), *end;

	if (*p++ != '#')
		return false;
	p += strspn(p, " \t");
	if (!starts_with(p, "include"))
		return false;
	p += strlen("include");
	p += starts_with(p, "_next") ? strlen("_next") : 0;
	p += strspn(p, " \t");
	if (*p != '"' && *p != '<')
		return false;
	end = strchr(p + 1, *p == '<' ? '>' : '"');
	if (!end)
		return false;
	*ret_begin = p - s;
	*ret_end = end + 1 - s;
	return true;
}
