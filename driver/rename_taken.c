// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is the new name free? A member or a label of that name is no conflict; what
 * stands at the top level of a file that the entity reaches is, and so is a
 * local in whose scope the entity is used. Whether one .c file sees another's
 * header is not worked out: a name worth having is free everywhere.
 */
#include "rename.h"

#define ANOTHER "choose another name"

static void complain(const struct renaming *r, const struct renamed_file *f,
		     const struct entity *e, unsigned int line,
		     const char *what)
{
	drifts_add(r->job->drifts, DRIFT_TAKEN, e->new, f->edit->path, line,
		   ANOTHER, "'%s' would become '%s', which %s", e->old, e->new,
		   what);
}

/* The function or other item that holds the hit; the caller frees. */
static char *holder_of(const struct renamed_file *f, const struct hit *hit)
{
	struct items items;
	char *name;

	items_parse(f->edit->data.data, f->edit->data.len, &items);
	name = xstrdup(items.v[hit->item].name);
	items_release(&items);
	return name;
}

static void check_captures(const struct renaming *r, size_t entity,
			   const struct renamed_file *f)
{
	const struct entity *e = &r->v[entity];
	const struct mention *m = &f->of[entity];

	for (size_t i = 0; i < m->hits.nr; i++) {
		_cleanup_free_ char *holder = NULL;
		_cleanup_free_ char *what = NULL;

		if (!m->renamed[i] || !m->hits.v[i].captured)
			continue;
		holder = holder_of(f, &m->hits.v[i]);
		what = xasprintf("is a local or a parameter in '%s'", holder);
		complain(r, f, e, m->hits.v[i].line, what);
	}
}

/* The new name, as code of this file has it, means what the entity would. */
static bool is_conflict(const struct renaming *r, const struct entity *e,
			const struct hit *hit)
{
	switch (hit->class) {
	case HIT_NAME:
	case HIT_UNKNOWN:
	case HIT_ASSEMBLER:
		return !e->tag;
	case HIT_ARGUMENT:
		return !e->tag && paste_of(&r->macros, hit->callee,
					   hit->argument) != PASTE_YES;
	case HIT_TAG:
		return e->tag || e->kind == ITEM_MACRO;
	case HIT_MEMBER:
	case HIT_LABEL:
	case HIT_LOCAL:
	case HIT_PASTED:
		return e->kind == ITEM_MACRO && !e->tag;
	default:
		return false;
	}
}

/* A declaration of another file that one which uses the entity may see. */
static bool is_visible(const struct renaming *r, const struct entity *e,
		       const struct renamed_file *f, const struct mention *m)
{
	_cleanup_free_ char *here = world_of(r->job->step->from);
	_cleanup_free_ char *world = world_of(f->edit->path);

	if (worlds_differ(here, world))
		return false;
	if (ends_with(f->edit->path, ".h"))
		return m->new.standing != STANDS_NOT;
	return !e->local && (m->new.standing == STANDS_DECLARED ||
			     m->new.standing == STANDS_DEFINED);
}

static void check_file(const struct renaming *r, size_t entity,
		       const struct renamed_file *f)
{
	const struct entity *e = &r->v[entity];
	const struct mention *m = &f->of[entity];

	for (size_t i = 0; m->nr_code && i < m->taken.nr; i++)
		if (is_conflict(r, e, &m->taken.v[i])) {
			complain(r, f, e, m->taken.v[i].line,
				 "this file has already");
			return;
		}
	if (!m->nr_code && is_visible(r, e, f, m))
		complain(r, f, e, m->new.line, "is declared here");
}

void rename_check_taken(struct renaming *r)
{
	for (size_t n = 0; n < r->nr; n++)
		for (size_t i = 0; i < r->nr_files; i++) {
			check_captures(r, n, &r->files[i]);
			check_file(r, n, &r->files[i]);
		}
}
