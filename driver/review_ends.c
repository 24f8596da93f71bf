// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "review_ends.h"

/* The file that is called so after the commits until now; nr: none. */
static size_t find(const struct review_end *ends, size_t nr, const char *path)
{
	size_t i = 0;

	while (i < nr && !(path && ends[i].sides[1]->path &&
			   streq(ends[i].sides[1]->path, path)))
		i++;
	return i;
}

static bool is_there(const struct review_end *end)
{
	return end->sides[0]->path || end->sides[1]->path;
}

/*
 * Looks all files of a commit up before one is changed: a path that one of them
 * left may be another's now.
 */
static void take_commit(const struct review_commit *c, struct review_end **ends,
			size_t *nr, size_t *alloc)
{
	_cleanup_free_ size_t *at = xcalloc(c->nr_files + 1, sizeof(*at));
	size_t known = *nr;

	for (size_t f = 0; f < c->nr_files; f++)
		at[f] = find(*ends, known, c->files[f].sides[0].path);
	for (size_t f = 0; f < c->nr_files; f++) {
		const struct review_side *sides = c->files[f].sides;

		if (at[f] == known) {
			ARRAY_GROW(*ends, *nr, *alloc);
			at[f] = (*nr)++;
			(*ends)[at[f]].sides[0] = &sides[0];
		}
		(*ends)[at[f]].sides[1] = &sides[1];
	}
}

size_t review_ends(const struct review *review, struct review_end **ret)
{
	size_t nr = 0, alloc = 0, left = 0;

	*ret = NULL;
	for (size_t i = 0; i < review->nr; i++)
		take_commit(&review->commits[i], ret, &nr, &alloc);
	for (size_t i = 0; i < nr; i++)
		if (is_there(&(*ret)[i]))
			(*ret)[left++] = (*ret)[i];
	return left;
}

size_t review_ends_folder(const struct review_end *ends, size_t nr)
{
	const char *first = NULL;
	size_t len = 0;

	for (size_t i = 0; i < 2 * nr; i++) {
		const char *path = ends[i / 2].sides[i % 2]->path;
		size_t same = 0;

		if (!path)
			continue;
		if (!first) {
			first = path;
			len = strlen(path);
		}
		while (same < len && first[same] == path[same])
			same++;
		len = same;
	}
	while (len && first[len - 1] != '/')
		len--;
	return len;
}
