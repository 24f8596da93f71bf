// SPDX-License-Identifier: GPL-2.0-only
/*
 * From touched files to folders. A header of include/linux is read by thousands
 * of files in hundreds of folders: those that share most of their path with
 * it, or with a source that is touched, are built, up to a number. What is left
 * out is told, and leaves the commits that touch the header undecided.
 */
#define _GNU_SOURCE
#include "scope.h"

#include <stdio.h>

#include "includers.h"
#include "lib/fs.h"
#include "listed.h"
#include "render.h"

#define READING_FOLDERS_MOST 8 /* besides those of touched sources */
#define NEAR_MOST 32	       /* folders of readers that are looked at for it */
#define NAMED_MOST 4	       /* folders in a message */

struct search {
	const struct repo *repo;
	const struct range *range;
	struct listed listed; /* at the range's end */
	struct listed before; /* at its beginning: of what is gone by the end */
	struct scope *ret;
};

static bool is_source(const char *path)
{
	return ends_with(path, ".c") || ends_with(path, ".S");
}

/* Of one that is gone by the end, as it was at the beginning. */
static int find_folder(struct search *s, const char *source, char **ret_folder,
		       struct strv *ret_symbols, struct error *err)
{
	int found;

	if (listed_is_foreign(&s->listed, source))
		return 0;
	found = listed_find(&s->listed, source, ret_folder, ret_symbols, err);
	if (found)
		return found;
	return listed_find(&s->before, source, ret_folder, ret_symbols, err);
}

static int add_touched(struct search *s, struct error *err)
{
	const struct strv *paths = &s->range->paths;

	s->listed.everywhere = s->before.everywhere = true;
	for (size_t i = 0; i < paths->nr; i++) {
		_cleanup_(strv_release) struct strv symbols = STRV_INIT;
		_cleanup_free_ char *folder = NULL;
		int found = is_source(paths->v[i]) ?
				    find_folder(s, paths->v[i], &folder,
						&symbols, err) :
				    0;

		if (found < 0)
			return -1;
		if (!found)
			continue;
		strv_add(&s->ret->targets, folder);
		for (size_t k = 0; k < symbols.nr; k++)
			strv_addf(&s->ret->guards, "%s\t%s", symbols.v[k],
				  paths->v[i]);
		strv_add_list(&s->ret->wanted, &symbols);
	}
	strv_uniq(&s->ret->targets);
	s->listed.everywhere = false;
	return 0;
}

/* Leading folders that a path shares with the nearest of the touched ones. */
static size_t nearness(const struct range *range, const char *path)
{
	size_t best = 0;

	for (size_t i = 0; i < range->paths.nr; i++) {
		const char *other = range->paths.v[i];
		size_t shared = 0;

		for (size_t k = 0; path[k] && path[k] == other[k]; k++)
			shared += path[k] == '/';
		best = shared > best ? shared : best;
	}
	return best;
}

/* The nearest of the folders that is not taken yet; the first of several. */
static const char *choose(const struct range *range, const struct strv *folders,
			  const struct strv *taken)
{
	const char *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < folders->nr; i++) {
		size_t near = nearness(range, folders->v[i]);

		if (strv_has(taken, folders->v[i]) || (best && near <= most))
			continue;
		best = folders->v[i];
		most = near;
	}
	return best;
}

static const char *source_of(const char *reader)
{
	return strchr(reader, '\t') + 1;
}

/* "fs/ext4/" of a file in it. */
static char *folder_of(const char *path)
{
	return xstrndup(path, (size_t)(fs_basename(path) - path));
}

/* The folders that the nearest readers stand in. */
static void list_near(const struct search *s, struct strv *ret)
{
	_cleanup_(strv_release) struct strv all = STRV_INIT;
	const char *next;

	for (size_t i = 0; i < s->ret->readers.nr; i++) {
		const char *source = source_of(s->ret->readers.v[i]);
		_cleanup_free_ char *folder = folder_of(source);

		if (!listed_is_foreign(&s->listed, source) &&
		    (!all.nr || !streq(all.v[all.nr - 1], folder)))
			strv_add(&all, folder);
	}
	strv_uniq(&all);
	while (ret->nr < NEAR_MOST && (next = choose(s->range, &all, ret)))
		strv_add(ret, next);
}

/* Folders that list the nearest readers, and "folder\tsymbol". */
static int list_reading(struct search *s, struct strv *ret_folders,
			struct strv *ret_symbols, struct error *err)
{
	_cleanup_(strv_release) struct strv near = STRV_INIT;

	list_near(s, &near);
	for (size_t i = 0; i < s->ret->readers.nr; i++) {
		const char *source = source_of(s->ret->readers.v[i]);
		_cleanup_(strv_release) struct strv symbols = STRV_INIT;
		_cleanup_free_ char *folder = NULL, *stands = folder_of(source);
		int found = strv_has(&near, stands) ?
				    listed_find(&s->listed, source, &folder,
						&symbols, err) :
				    0;

		if (found < 0)
			return -1;
		if (!found)
			continue;
		strv_add(ret_folders, folder);
		for (size_t k = 0; k < symbols.nr; k++)
			strv_addf(ret_symbols, "%s\t%s", folder, symbols.v[k]);
	}
	strv_uniq(ret_folders);
	strv_uniq(ret_symbols);
	return 0;
}

static int add_readers(struct search *s, struct error *err)
{
	_cleanup_(strv_release) struct strv folders = STRV_INIT;
	_cleanup_(strv_release) struct strv symbols = STRV_INIT;
	struct strv *targets = &s->ret->targets;
	const char *next;

	if (list_reading(s, &folders, &symbols, err))
		return -1;
	for (int i = 0; i < READING_FOLDERS_MOST; i++) {
		next = choose(s->range, &folders, targets);
		if (!next)
			break;
		strv_add(targets, next);
	}
	strv_sort(targets);
	for (size_t i = 0; i < symbols.nr; i++) {
		size_t len = strcspn(symbols.v[i], "\t");
		_cleanup_free_ char *folder = xstrndup(symbols.v[i], len);

		if (strv_has(targets, folder))
			strv_add(&s->ret->wanted, symbols.v[i] + len + 1);
	}
	strv_uniq(&s->ret->wanted);
	return 0;
}

int scope_find(const struct repo *repo, const struct range *range,
	       const char *arch, struct scope *ret, struct error *err)
{
	const char *end = range->commits[range->nr - 1].after;
	struct search s = {
		.repo = repo, .range = range, .ret = ret,
		.listed = { .repo = repo, .rev = end, .arch = arch },
		.before = { .repo = repo, .rev = range->commits[0].before,
			    .arch = arch },
	};
	_cleanup_(strv_release) struct strv headers = STRV_INIT;
	int result;

	*ret = (struct scope){ 0 };
	for (size_t i = 0; i < range->paths.nr; i++)
		if (ends_with(range->paths.v[i], ".h"))
			strv_add(&headers, range->paths.v[i]);
	result = add_touched(&s, err) ||
		 includers_find(repo, end, &headers, &ret->readers, &ret->more,
				err) ||
		 add_readers(&s, err);
	listed_release(&s.listed);
	listed_release(&s.before);
	if (result)
		scope_release(ret);
	return result ? -1 : 0;
}

static bool is_below(const char *path, const struct strv *targets)
{
	for (size_t i = 0; i < targets->nr; i++)
		if (starts_with(path, targets->v[i]))
			return true;
	return false;
}

/* "fs/ext4/, kernel/ and 12 more" */
static char *list_folders(const struct strv *folders)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < folders->nr && i < NAMED_MOST; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", folders->v[i]);
	if (folders->nr > NAMED_MOST)
		buf_addf(&b, " and %zu more", folders->nr - NAMED_MOST);
	return buf_detach(&b);
}

void scope_unbuilt(const struct scope *scope, const struct strv *targets,
		   struct strv *ret)
{
	const struct strv *readers = &scope->readers;

	for (size_t i = 0; i < readers->nr;) {
		size_t len = strcspn(readers->v[i], "\t") + 1, files = 0;
		const char *first = readers->v[i];
		_cleanup_(strv_release) struct strv folders = STRV_INIT;
		_cleanup_free_ char *list = NULL;

		for (; i < readers->nr && !strncmp(readers->v[i], first, len);
		     i++) {
			const char *source = readers->v[i] + len;
			_cleanup_free_ char *folder = NULL;

			if (is_below(source, targets))
				continue;
			files++;
			folder = folder_of(source);
			strv_add(&folders, folder);
		}
		strv_uniq(&folders);
		list = list_folders(&folders);
		if (files)
			strv_addf(ret, "%.*s%s%zu %s in folders that were not "
				       "built: %s",
				  (int)len, first,
				  scope->more ? "at least " : "", files,
				  files == 1 ? "file that reads it is" :
					       "files that read it are", list);
	}
}

json_t *scope_json(const struct scope *scope)
{
	json_t *object = json_object();

	json_object_set_new(object, "targets",
			    render_strv_json(&scope->targets));
	json_object_set_new(object, "guards", render_strv_json(&scope->guards));
	json_object_set_new(object, "wanted", render_strv_json(&scope->wanted));
	json_object_set_new(object, "readers",
			    render_strv_json(&scope->readers));
	json_object_set_new(object, "more", json_boolean(scope->more));
	return object;
}

static bool take_list(const json_t *json, const char *key, struct strv *ret)
{
	const json_t *list = json_object_get(json, key);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *s = json_string_value(json_array_get(list, i));

		if (!s)
			return false;
		strv_add(ret, s);
	}
	return json_is_array(list);
}

bool scope_from_json(const json_t *json, struct scope *ret)
{
	struct scope scope = { 0 };

	scope.more = json_is_true(json_object_get(json, "more"));
	if (take_list(json, "targets", &scope.targets) &&
	    take_list(json, "guards", &scope.guards) &&
	    take_list(json, "wanted", &scope.wanted) &&
	    take_list(json, "readers", &scope.readers)) {
		*ret = scope;
		return true;
	}
	scope_release(&scope);
	return false;
}

void scope_release(struct scope *scope)
{
	strv_release(&scope->targets);
	strv_release(&scope->guards);
	strv_release(&scope->wanted);
	strv_release(&scope->readers);
	strv_release(&scope->unbuilt);
	*scope = (struct scope){ 0 };
}
