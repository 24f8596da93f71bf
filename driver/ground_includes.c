// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers that steps name and the base has not. A header that the build makes is
 * no file of the tree either, so a line that some file of the base has as it is
 * spelled is taken to be right.
 */
#include "ground_internal.h"

#include "header_names.h"
#include "include_path.h"
#include "include_use.h"
#include "lib/fs.h"
#include "renamed.h"
#include "repo_range.h"

#define NAMES_MOST 20 /* of a header, to be looked for */
#define PATHS_MOST 3  /* told of them */

/* A line of a step that means no file. */
struct unmet {
	size_t step;
	char *include, *path; /* as spelled, and of the file that would have it */
	bool used;	      /* a file of the base has it */
};

struct asked {
	struct ground *g;
	struct strv paths;    /* of the base, sorted */
	struct unmet *v;      /* owned */
	size_t nr, alloc;
};

static int compare(const void *key, const void *element)
{
	return strcmp(key, *(char *const *)element);
}

static int exists(void *data, const char *path, struct error *err)
{
	const struct asked *a = data;

	(void)err;
	return world_has_file(&a->g->world, path) ||
	       (a->paths.nr && bsearch(path, a->paths.v, a->paths.nr,
				       sizeof(*a->paths.v), compare));
}

static int ask(struct asked *a, size_t step, const char *path,
	       const char *include, struct error *err)
{
	_cleanup_free_ char *found_path = NULL;
	int found;

	if (!a->paths.nr && repo_paths(a->g->q->repo, a->g->q->base,
				       &a->paths, err))
		return -1;
	found = include_resolve(path, include, exists, a, &found_path, err);
	if (found)
		return found < 0 ? -1 : 0;
	ARRAY_GROW(a->v, a->nr, a->alloc);
	a->v[a->nr++] = (struct unmet){ step, xstrdup(include), xstrdup(path),
					false };
	return 0;
}

static int ask_all(struct asked *a, size_t step, const char *path,
		   const struct strv *includes, struct error *err)
{
	for (size_t i = 0; i < includes->nr; i++)
		if (ask(a, step, path, includes->v[i], err))
			return -1;
	return 0;
}

static int ask_preamble(struct asked *a, size_t step, const char *path,
			const char *preamble, struct error *err)
{
	struct items items;
	int result = 0;

	items_parse(preamble, strlen(preamble), &items);
	for (size_t i = 0; i < items.nr && !result; i++)
		if (items.v[i].kind == ITEM_INCLUDE)
			result = ask(a, step, path, items.v[i].name, err);
	items_release(&items);
	return result;
}

static int ask_step(struct asked *a, size_t i, struct error *err)
{
	const struct step *step = &a->g->q->series->steps[i];
	const char *to = step->kind == STEP_PROMOTE ? step->header : step->to;

	if (step->includes.nr && ask_all(a, i, to, &step->includes, err))
		return -1;
	if (step->preamble && ask_preamble(a, i, to, step->preamble, err))
		return -1;
	return step->kind == STEP_INCLUDES ?
		       ask_all(a, i, step->files.v[0], &step->added, err) : 0;
}

/* "x.h" of <linux/x.h> */
static char *last_part(const char *include)
{
	_cleanup_free_ char *inside = xstrndup(include + 1, strlen(include) - 2);

	return xstrdup(fs_basename(inside));
}

static int find_users(struct asked *a, struct error *err)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_(strv_release) struct strv files = STRV_INIT;

	for (size_t i = 0; i < a->nr; i++) {
		_cleanup_free_ char *word = last_part(a->v[i].include);

		strv_add(&words, word);
	}
	strv_uniq(&words);
	if (words.nr && repo_find(a->g->q->repo, a->g->q->base, &words, &files,
				  err))
		return -1;
	for (size_t i = 0; i < files.nr; i++) {
		_cleanup_(buf_release) struct buf text = BUF_INIT;
		struct items items;

		if (!ends_with(files.v[i], ".c") && !ends_with(files.v[i], ".h"))
			continue;
		if (repo_read(a->g->q->repo, a->g->q->base, files.v[i], &text,
			      err) < 0)
			return -1;
		items_parse(text.data, text.len, &items);
		for (size_t k = 0; k < a->nr; k++)
			a->v[k].used |= header_includes(&items,
							a->v[k].include);
		items_release(&items);
	}
	return 0;
}

/* Names that the file uses of what the header declared. */
static void used_of(const struct world_file *file, const struct buf *header,
		    struct strv *ret)
{
	struct header_names names;
	struct used_names used;
	struct items items;

	items_parse(header->data, header->len, &items);
	header_names_of(&items, &names);
	file_names(&file->items, &used);
	for (size_t i = 0; i < used.nr && ret->nr < NAMES_MOST; i++)
		if (header_names_find(&names, used.v[i].name,
				      strlen(used.v[i].name), used.v[i].is_tag))
			strv_add(ret, used.v[i].name);
	used_names_release(&used);
	header_names_release(&names);
	items_release(&items);
}

/* The header as an earlier generation had it: 1, 0, -1. */
static int read_earlier(const struct asked *a, const struct unmet *u,
			struct buf *ret, struct error *err)
{
	const struct ground_question *q = a->g->q;
	_cleanup_(strv_release) struct strv paths = STRV_INIT;
	_cleanup_free_ char *below = NULL;
	int found = renamed_commit(q->repo, q->earlier, q->series->name,
				   &q->series->steps[u->step], &below, err);

	if (found <= 0)
		return found;
	include_candidates(u->path, u->include, &paths);
	for (size_t i = 0, n = paths.nr; i < n; i++) {
		found = repo_read(q->repo, below, paths.v[i], ret, err);
		if (found)
			return found;
	}
	return 0;
}

/* The headers that declare now what it declared, and the step's source uses. */
static int find_heirs(const struct asked *a, const struct unmet *u,
		      struct strv *ret, struct error *err)
{
	const struct step *step = &a->g->q->series->steps[u->step];
	const struct world_file *file =
		step->from ? world_file(&a->g->world, step->from) : NULL;
	_cleanup_(buf_release) struct buf header = BUF_INIT;
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	_cleanup_(astrays_release) struct astrays astrays = { 0 };
	int found = file ? read_earlier(a, u, &header, err) : 0;

	if (found <= 0)
		return found;
	used_of(file, &header, &names);
	for (size_t i = 0; i < names.nr; i++)
		astrays_add(&astrays, names.v[i], file->base_path);
	if (astrays_look(&astrays, a->g->q->repo, a->g->q->base, err))
		return -1;
	for (size_t i = 0; i < astrays.nr; i++)
		if (astrays.v[i].path && ends_with(astrays.v[i].path, ".h") &&
		    !strv_has(ret, astrays.v[i].path))
			strv_add(ret, astrays.v[i].path);
	return 0;
}

static void shorten(struct strv *list)
{
	while (list->nr > PATHS_MOST)
		free(list->v[--list->nr]);
	if (list->nr)
		list->v[list->nr] = NULL;
}

static int tell(const struct asked *a, const struct unmet *u, struct error *err)
{
	_cleanup_(strv_release) struct strv same = STRV_INIT, heirs = STRV_INIT;
	_cleanup_free_ char *name = last_part(u->include);
	_cleanup_free_ char *paths = NULL, *suggestion = NULL;

	if (find_heirs(a, u, &heirs, err) ||
	    (!heirs.nr && repo_namesakes(a->g->q->repo, a->g->q->base, name,
					 &same, err)))
		return -1;
	shorten(&heirs);
	shorten(&same);
	paths = strv_join(heirs.nr ? &heirs : &same, ", ");
	suggestion = heirs.nr ?
		xasprintf("include what declares now what it did: %s", paths) :
		     same.nr ? xasprintf("did it move? there is %s", paths) :
			       xstrdup("include what has taken its place");
	drifts_add(&a->g->report->steps[u->step].drifts, DRIFT_INCLUDE,
		   u->include, u->path, 0, suggestion,
		   "the base has no %s, and no file of it includes that",
		   u->include);
	return 0;
}

int ground_includes(struct ground *g, struct error *err)
{
	struct asked a = { .g = g, .paths = STRV_INIT };
	int result = 0;

	for (size_t i = 0; i < g->q->series->nr && !result; i++)
		result = ask_step(&a, i, err);
	if (!result)
		result = find_users(&a, err);
	for (size_t i = 0; i < a.nr && !result; i++)
		if (!a.v[i].used)
			result = tell(&a, &a.v[i], err);
	for (size_t i = 0; i < a.nr; i++) {
		free(a.v[i].include);
		free(a.v[i].path);
	}
	free(a.v);
	strv_release(&a.paths);
	return result;
}
