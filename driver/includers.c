// SPDX-License-Identifier: GPL-2.0-only
/*
 * One git grep lists every #include line of the commit, which takes as long as
 * one that looks for a single header; from there on all is looked up in memory.
 */
#define _GNU_SOURCE
#include "includers.h"

#include "lib/fs.h"
#include "lib/hash.h"
#include "lib/spelling.h"
#include "repo_range.h"

#define HEADERS_MOST 400 /* followed from one header: <linux/types.h> has all */

/* All lines that include a file of one name, and all files of that name. */
struct named {
	char *name;
	struct strv files;	/* paths that include it, */
	struct strv spellings;	/* and how; as many */
	struct strv namesakes;	/* paths of this name */
	UT_hash_handle hh;
};

struct includers {
	struct named *table; /* owned: by last part of the path */
	struct strv *ret;
	bool more;
};

static struct named *get(struct includers *in, const char *name)
{
	struct named *n;

	HASH_FIND_STR(in->table, name, n);
	if (n)
		return n;
	n = xcalloc(1, sizeof(*n));
	n->name = xstrdup(name);
	HASH_ADD_KEYPTR(hh, in->table, n->name, strlen(n->name), n);
	return n;
}

static bool is_built(const char *path)
{
	static const char *const others[] = { "tools/", "scripts/", "samples/",
					      "Documentation/" };

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (starts_with(path, others[i]))
			return false;
	return true;
}

static bool is_code(const char *path)
{
	return is_built(path) && (ends_with(path, ".c") ||
				  ends_with(path, ".h") ||
				  ends_with(path, ".S"));
}

static void take_line(void *data, const char *path, const char *line)
{
	struct includers *in = data;
	_cleanup_free_ char *spelling = NULL, *name = NULL;
	size_t begin, end;
	struct named *n;

	if (!is_built(path) ||
	    !include_in_line(line, strlen(line), &begin, &end))
		return;
	spelling = xstrndup(line + begin, end - begin);
	name = xstrndup(spelling + 1, strlen(spelling) - 2);
	n = get(in, fs_basename(name));
	strv_add(&n->files, path);
	strv_add(&n->spellings, spelling);
}

static int read_all(struct includers *in, const struct repo *repo,
		    const char *rev, struct error *err)
{
	_cleanup_(strv_release) struct strv paths = STRV_INIT;

	if (repo_include_lines(repo, rev, take_line, in, err) ||
	    repo_paths(repo, rev, &paths, err))
		return -1;
	for (size_t i = 0; i < paths.nr; i++)
		if (is_code(paths.v[i]) && fs_check_inside(paths.v[i], err))
			return -1;
	for (size_t i = 0; i < paths.nr; i++)
		if (ends_with(paths.v[i], ".h"))
			strv_add(&get(in, fs_basename(paths.v[i]))->namesakes,
				 paths.v[i]);
	return 0;
}

/* Appends the files that include the path itself. */
static void find_direct(struct includers *in, const char *path,
			struct strv *ret)
{
	const struct named *n = get(in, fs_basename(path));

	for (size_t i = 0; i < n->files.nr; i++)
		if (spelling_means(n->files.v[i], n->spellings.v[i], path,
				   &n->namesakes) != MEANS_OTHER)
			strv_add(ret, n->files.v[i]);
}

static bool is_header(const char *path)
{
	return ends_with(path, ".h");
}

static void follow(struct includers *in, const char *header)
{
	_cleanup_(strv_release) struct strv found = STRV_INIT;

	strv_add(&found, header);
	for (size_t i = 0; i < found.nr; i++) {
		_cleanup_(strv_release) struct strv direct = STRV_INIT;

		if (i == HEADERS_MOST) {
			in->more = true;
			break;
		}
		find_direct(in, found.v[i], &direct);
		for (size_t k = 0; k < direct.nr; k++) {
			if (!is_header(direct.v[k]))
				strv_addf(in->ret, "%s\t%s", header,
					  direct.v[k]);
			else if (!strv_has(&found, direct.v[k]))
				strv_add(&found, direct.v[k]);
		}
	}
}

static void release(struct includers *in)
{
	struct named *n = in->table, *next;

	HASH_CLEAR(hh, in->table);
	for (; n; n = next) {
		next = n->hh.next;
		free(n->name);
		strv_release(&n->files);
		strv_release(&n->spellings);
		strv_release(&n->namesakes);
		free(n);
	}
}

int includers_find(const struct repo *repo, const char *rev,
		   const struct strv *headers, struct strv *ret,
		   bool *ret_more, struct error *err)
{
	struct includers in = { .ret = ret };
	int result;

	*ret_more = false;
	if (!headers->nr)
		return 0;
	result = read_all(&in, repo, rev, err);
	for (size_t i = 0; i < headers->nr && !result; i++)
		follow(&in, headers->v[i]);
	strv_uniq(ret);
	*ret_more = in.more;
	release(&in);
	return result;
}
