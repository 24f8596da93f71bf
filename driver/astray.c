// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of functions are rare words, so the files that hold one are few; each
 * is read once, whatever is looked for in it.
 */
#include "astray.h"

#include "lib/fs.h"
#include "rename.h"

enum { RANK_MENTION = 1, RANK_FAR, RANK_NEAR, RANK_BESIDE };

void astrays_add(struct astrays *list, const char *name, const char *near)
{
	if (astrays_find(list, name, near))
		return;
	ARRAY_GROW(list->v, list->nr, list->alloc);
	list->v[list->nr++] = (struct astray){
		.name = xstrdup(name), .near = xstrdup(near),
		.definition = { .kind = ITEM_EMPTY },
	};
}

const struct astray *astrays_find(const struct astrays *list, const char *name,
				  const char *near)
{
	for (size_t i = 0; i < list->nr; i++)
		if (streq(list->v[i].name, name) &&
		    streq(list->v[i].near, near))
			return &list->v[i];
	return NULL;
}

static bool is_below(const char *dir, const char *other)
{
	size_t len = strlen(dir);

	return !strncmp(dir, other, len) && other[len] == '/';
}

static bool only_its_own(const char *path, const struct definition *d)
{
	return ends_with(path, ".c") &&
	       (d->is_static || d->kind == ITEM_MACRO || d->kind == ITEM_TYPE ||
		d->kind == ITEM_TYPEDEF || d->kind == ITEM_CALL);
}

static int rank_of(const struct astray *a, const char *path,
		   const struct definition *d)
{
	_cleanup_free_ char *here = fs_dirname(a->near);
	_cleanup_free_ char *there = fs_dirname(path);

	_cleanup_free_ char *world = world_of(a->near);
	_cleanup_free_ char *other = world_of(path);

	if (worlds_differ(world, other))
		return 0;
	if (streq(here, there))
		return RANK_BESIDE;
	if (is_below(here, there) || is_below(there, here))
		return RANK_NEAR;
	return only_its_own(path, d) ? 0 : RANK_FAR;
}

static unsigned int line_of(const struct buf *text, const char *name)
{
	unsigned int line = 1;
	size_t at = 0;

	if (!find_name(text->data, text->len, name, 0, &at))
		return 0;
	for (size_t i = 0; i < at; i++)
		line += text->data[i] == '\n';
	return line;
}

static void take(struct astray *a, const char *path, int rank,
		 const struct definition *d, unsigned int line)
{
	if (rank <= a->rank)
		return;
	free(a->path);
	a->path = xstrdup(path);
	a->rank = rank;
	a->definition = *d;
	a->line = line;
}

static void look_into(struct astray *a, const char *path,
		      const struct items *items, const struct buf *text)
{
	const struct definition none = { .kind = ITEM_EMPTY };
	struct definition found;

	if (!mentions(text->data, text->len, a->name))
		return;
	if (!streq(path, a->near) && definition_find(items, a->name, &found) &&
	    found.kind != ITEM_CALL)
		take(a, path, rank_of(a, path, &found), &found, found.line);
	else if (streq(path, a->near))
		take(a, path, RANK_MENTION, &none, line_of(text, a->name));
}

static int look_at_file(struct astrays *list, const struct repo *repo,
			const char *base, const char *path, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct items items;

	if (!ends_with(path, ".c") && !ends_with(path, ".h"))
		return 0;
	if (repo_read(repo, base, path, &text, err) < 0)
		return -1;
	items_parse(text.data, text.len, &items);
	for (size_t i = 0; i < list->nr; i++)
		look_into(&list->v[i], path, &items, &text);
	items_release(&items);
	return 0;
}

int astrays_look(struct astrays *list, const struct repo *repo,
		 const char *base, struct error *err)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_(strv_release) struct strv paths = STRV_INIT;

	for (size_t i = 0; i < list->nr; i++)
		strv_add(&words, list->v[i].name);
	strv_uniq(&words);
	if (words.nr && repo_find(repo, base, &words, &paths, err))
		return -1;
	for (size_t i = 0; i < paths.nr; i++)
		if (look_at_file(list, repo, base, paths.v[i], err))
			return -1;
	return 0;
}

void astrays_release(struct astrays *list)
{
	for (size_t i = 0; i < list->nr; i++) {
		free(list->v[i].name);
		free(list->v[i].near);
		free(list->v[i].path);
	}
	free(list->v);
	*list = (struct astrays){ 0 };
}
