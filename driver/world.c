// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts are only added: a name that moved from a.c to b.c is gone from the one
 * and here in the other, whatever was said of it before.
 */
#include "world.h"

static int add_file(struct world *w, const struct repo *repo, const char *base,
		    const char *path, struct error *err)
{
	struct world_file file = { .text = BUF_INIT };
	int found;

	if (!path || world_file(w, path))
		return 0;
	found = repo_read(repo, base, path, &file.text, err);
	if (found <= 0) {
		buf_release(&file.text);
		return found;
	}
	file.path = xstrdup(path);
	file.base_path = xstrdup(path);
	ARRAY_GROW(w->files, w->nr, w->alloc);
	w->files[w->nr] = xcalloc(1, sizeof(**w->files));
	*w->files[w->nr] = file;
	items_parse(file.text.data, file.text.len, &w->files[w->nr++]->items);
	return 0;
}

int world_read(struct world *w, const struct repo *repo, const char *base,
	       const struct series *series, struct error *err)
{
	*w = (struct world){ .made = STRV_INIT };
	for (size_t i = 0; i < series->nr; i++) {
		const struct step *step = &series->steps[i];

		if (add_file(w, repo, base, step->from, err) ||
		    add_file(w, repo, base, step->to, err) ||
		    add_file(w, repo, base, step->header, err))
			return -1;
		for (size_t n = 0; n < step->files.nr; n++)
			if (add_file(w, repo, base, step->files.v[n], err))
				return -1;
	}
	return 0;
}

void world_release(struct world *w)
{
	for (size_t i = 0; i < w->nr; i++) {
		free(w->files[i]->path);
		free(w->files[i]->base_path);
		items_release(&w->files[i]->items);
		buf_release(&w->files[i]->text);
		free(w->files[i]);
	}
	free(w->files);
	for (size_t i = 0; i < w->nr_facts; i++) {
		free(w->facts[i].path);
		free(w->facts[i].name);
	}
	free(w->facts);
	strv_release(&w->made);
	*w = (struct world){ 0 };
}

const struct world_file *world_file(const struct world *w, const char *path)
{
	for (size_t i = 0; i < w->nr; i++)
		if (streq(w->files[i]->path, path))
			return w->files[i];
	return NULL;
}

bool world_has_file(const struct world *w, const char *path)
{
	return world_file(w, path) || strv_has(&w->made, path);
}

static const struct world_fact *find_fact(const struct world *w,
					  const char *path, const char *name)
{
	for (size_t i = w->nr_facts; i--;)
		if (streq(w->facts[i].name, name) &&
		    streq(w->facts[i].path, path))
			return &w->facts[i];
	return NULL;
}

bool world_find(const struct world *w, const char *path, const char *name,
		struct world_place *ret)
{
	const struct world_fact *fact = find_fact(w, path, name);
	const struct world_file *file = world_file(w, path);

	*ret = (struct world_place){ .path = path };
	if (fact) {
		ret->definition = (struct definition){
			.kind = ITEM_FUNCTION,
			.is_static = fact->is_static,
			.is_inline = fact->is_inline,
		};
		return fact->here;
	}
	if (!file)
		return false;
	ret->path = file->base_path;
	return definition_find(&file->items, name, &ret->definition);
}

bool world_find_elsewhere(const struct world *w, const char *path,
			  const char *name, struct world_place *ret)
{
	for (int headers = 0; headers < 2; headers++) {
		for (size_t i = 0; i < w->nr; i++) {
			const char *other = w->files[i]->path;

			if (!streq(other, path) &&
			    ends_with(other, ".h") == headers &&
			    world_find(w, other, name, ret))
				return true;
		}
		for (size_t i = 0; i < w->made.nr; i++)
			if (!streq(w->made.v[i], path) &&
			    ends_with(w->made.v[i], ".h") == headers &&
			    world_find(w, w->made.v[i], name, ret))
				return true;
	}
	return false;
}

bool world_mentions(const struct world *w, const char *path, const char *name)
{
	const struct world_fact *fact = find_fact(w, path, name);
	const struct world_file *file = world_file(w, path);

	if (fact)
		return fact->named;
	return file && mentions(file->text.data, file->text.len, name);
}

static void add_fact(struct world *w, const char *path, const char *name,
		     bool here, const struct definition *like)
{
	ARRAY_GROW(w->facts, w->nr_facts, w->alloc_facts);
	w->facts[w->nr_facts++] = (struct world_fact){
		.path = xstrdup(path), .name = xstrdup(name), .here = here,
		.named = here,
		.is_static = like->is_static, .is_inline = like->is_inline,
	};
}

static void move_names(struct world *w, const struct step *step)
{
	const char *to = step->kind == STEP_PROMOTE ? step->header : step->to;
	struct world_place place;

	for (size_t i = 0; i < step->names.nr; i++) {
		const char *name = step->names.v[i];

		if (!world_find(w, step->from, name, &place))
			continue;
		place.definition.is_inline |= step->as_inline;
		add_fact(w, step->from, name, false, &place.definition);
		add_fact(w, to, name, true, &place.definition);
	}
}

static void open_names(struct world *w, const struct step *step)
{
	struct world_place place;

	for (size_t i = 0; i < step->names.nr; i++) {
		if (!world_find(w, step->from, step->names.v[i], &place))
			continue;
		place.definition.is_static = false;
		add_fact(w, step->from, step->names.v[i], true,
			 &place.definition);
	}
}

static void rename_name(struct world *w, const struct step *step,
			const struct rename *r)
{
	bool named = world_mentions(w, step->from, r->old);
	struct world_place place;
	_cleanup_free_ char *path = NULL;

	if (!world_find(w, step->from, r->old, &place) &&
	    (!named || !world_find_elsewhere(w, step->from, r->old, &place)))
		place.path = NULL;
	if (!named && !place.path)
		return;
	path = xstrdup(place.path ? place.path : step->from);
	add_fact(w, path, r->old, false, &place.definition);
	add_fact(w, path, r->new, place.path, &place.definition);
	if (!named || streq(path, step->from))
		return;
	add_fact(w, step->from, r->old, false, &place.definition);
	add_fact(w, step->from, r->new, false, &place.definition);
	w->facts[w->nr_facts - 1].named = true;
}

static void extract_helper(struct world *w, const struct step *step,
			   const char *name)
{
	const struct definition helper = { .is_static = true };
	struct world_place place;

	if (!world_find(w, step->from, name, &place) &&
	    !world_find_elsewhere(w, step->from, name, &place))
		add_fact(w, step->from, name, true, &helper);
}

static void rename_file(struct world *w, const struct step *step)
{
	for (size_t i = 0; i < w->nr; i++)
		if (streq(w->files[i]->path, step->from)) {
			free(w->files[i]->path);
			w->files[i]->path = xstrdup(step->to);
		}
	for (size_t i = 0; i < w->nr_facts; i++)
		if (streq(w->facts[i].path, step->from)) {
			free(w->facts[i].path);
			w->facts[i].path = xstrdup(step->to);
		}
}

void world_apply(struct world *w, const struct step *step)
{
	if (step->kind == STEP_MOVE ||
	    (step->kind == STEP_PROMOTE && step->as_inline))
		move_names(w, step);
	else if (step->kind == STEP_PROMOTE)
		open_names(w, step);
	else if (step->kind == STEP_RENAME)
		for (size_t i = 0; i < step->nr_renames; i++)
			rename_name(w, step, &step->renames[i]);
	else if (step->kind == STEP_RENAME_FILE)
		rename_file(w, step);
	else if (step->kind == STEP_EXTRACT)
		for (size_t i = 0; i < step->helpers.nr; i++)
			extract_helper(w, step, step->helpers.v[i]);
	w->anything |= step->kind == STEP_TRANSFORM;
	if (step->to && !world_file(w, step->to))
		strv_add(&w->made, step->to);
}
