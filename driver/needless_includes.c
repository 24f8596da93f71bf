// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the moves of a series leave to be said about #include lines. Not drift:
 * the series does what it says, and the files compile; but a maintainer asks.
 * An include that was needless before is not the series' to remove, so a line is
 * told only when something of it was used at the base.
 */
#include "needless.h"

#include "include_needs.h"
#include "include_use.h"

struct tree {
	const struct repo *repo;
	const char *commit;
	struct headers headers; /* of that commit */
};

struct search {
	struct tree base, tip;
	struct strv *notes;
};

static int read_tree(void *data, const char *path, struct buf *ret,
		     struct error *err)
{
	const struct tree *tree = data;

	return repo_read(tree->repo, tree->commit, path, ret, err);
}

static int list_tree(void *data, const char *name, struct strv *ret,
		     struct error *err)
{
	const struct tree *tree = data;

	return repo_namesakes(tree->repo, tree->commit, name, ret, err);
}

/* Something that the line gives is used: 1, 0 (or no file is found), -1. */
static int uses_include(struct tree *tree, const char *path,
			const char *include, const struct used_names *used,
			struct error *err)
{
	const struct used_name *use = NULL;

	if (include_use(&tree->headers, list_tree, tree, path, include, used,
			&use, err) < 0)
		return -1;
	return use != NULL;
}

static int check_includes(struct search *s, const char *path,
			  const struct header *old, const struct header *new,
			  const struct used_names *before,
			  const struct used_names *after, struct error *err)
{
	for (size_t i = 0; i < new->nr_includes; i++) {
		const char *include = new->includes[i].name;
		int was_used = 0, is_used;

		if (!header_includes(&old->items, include))
			continue;
		is_used = uses_include(&s->tip, path, include, after, err);
		if (!is_used)
			was_used = uses_include(&s->base, path, include, before,
						err);
		if (is_used < 0 || was_used < 0)
			return -1;
		if (was_used)
			strv_addf(s->notes,
				  "%s uses nothing of %s any more: add '- #include %s' to an includes step",
				  path, include, include);
	}
	return 0;
}

/* The includes of a file that is there at both ends. */
static int check_file(struct search *s, const char *path, struct error *err)
{
	struct used_names before, after;
	struct header *old, *new;
	int found = headers_get(&s->base.headers, path, &old, err);

	if (found > 0)
		found = headers_get(&s->tip.headers, path, &new, err);
	if (found <= 0)
		return found;
	file_names(&old->items, &before);
	file_names(&new->items, &after);
	found = check_includes(s, path, old, new, &before, &after, err);
	used_names_release(&before);
	used_names_release(&after);
	return found;
}

static bool defines(const struct items *items, const struct item *of)
{
	return items_find(items, of->kind, of->name, 0) != ITEMS_NONE;
}

/* The items of the base's file that the series took to the other. */
static size_t *find_moved(const struct items *base, const struct items *from,
			  const struct items *to, size_t *ret_nr)
{
	size_t *moved = xcalloc(base->nr, sizeof(*moved));

	*ret_nr = 0;
	for (size_t i = 0; i < base->nr; i++) {
		const struct item *it = &base->v[i];

		if (item_is_definition(it) && *it->name &&
		    !defines(from, it) && defines(to, it))
			moved[(*ret_nr)++] = i;
	}
	return moved;
}

static void note_needs(struct search *s, const char *path,
		       const struct include_needs *needs)
{
	for (size_t i = 0; i < needs->nr; i++) {
		const struct include_need *need = &needs->v[i];

		strv_addf(s->notes,
			  "%s uses %s of %s, but includes it only through others: add '+ #include %s' to an includes step",
			  path, need->names.v[0], need->include, need->include);
	}
}

/*
 * The headers of the tip, with the source as it was at the base in its place:
 * what moved is in it, and so are the lines that it compiled with.
 */
static int check_needs(struct search *s, const char *from, const char *to,
		       struct error *err)
{
	struct include_needs needs = { 0 };
	struct header *base, *old_file, *new_file;
	_cleanup_free_ size_t *moved = NULL;
	struct include_cut cut = { .from = from, .to = to };
	struct headers mixed;
	int found = headers_get(&s->base.headers, from, &base, err);

	if (found > 0)
		found = headers_get(&s->tip.headers, from, &old_file, err);
	if (found > 0)
		found = headers_get(&s->tip.headers, to, &new_file, err);
	if (found <= 0)
		return found;
	headers_init(&mixed, read_tree, &s->tip);
	headers_put(&mixed, from, base->text.data, base->text.len);
	moved = find_moved(&base->items, &old_file->items, &new_file->items,
			   &cut.nr);
	cut.headers = &mixed;
	cut.moved = moved;
	found = include_needs_of(&cut, &needs, err);
	if (!found)
		note_needs(s, to, &needs);
	include_needs_release(&needs);
	headers_release(&mixed);
	return found;
}

static bool moves_code(const struct step *step)
{
	return step->kind == STEP_MOVE && ends_with(step->from, ".c") &&
	       ends_with(step->to, ".c");
}

/* Each pair of files once: several steps move between the same two. */
static bool was_seen(const struct series *series, size_t i)
{
	const struct step *step = &series->steps[i];

	for (size_t k = 0; k < i; k++)
		if (moves_code(&series->steps[k]) &&
		    streq(series->steps[k].from, step->from) &&
		    streq(series->steps[k].to, step->to))
			return true;
	return false;
}

static int search(struct search *s, const struct series *series,
		  struct error *err)
{
	_cleanup_(strv_release) struct strv files = STRV_INIT;

	for (size_t i = 0; i < series->nr; i++) {
		const struct step *step = &series->steps[i];

		if (!moves_code(step) || was_seen(series, i))
			continue;
		strv_add(&files, step->from);
		strv_add(&files, step->to);
		if (check_needs(s, step->from, step->to, err))
			return -1;
	}
	strv_uniq(&files);
	for (size_t i = 0; i < files.nr; i++)
		if (check_file(s, files.v[i], err))
			return -1;
	return 0;
}

int needless_includes(const struct repo *repo, const char *base,
		      const char *tip, const struct series *series,
		      struct strv *ret, struct error *err)
{
	struct search s = {
		.base = { .repo = repo, .commit = base },
		.tip = { .repo = repo, .commit = tip },
		.notes = ret,
	};
	int result;

	headers_init(&s.base.headers, read_tree, &s.base);
	headers_init(&s.tip.headers, read_tree, &s.tip);
	result = search(&s, series, err);
	headers_release(&s.base.headers);
	headers_release(&s.tip.headers);
	return result;
}
