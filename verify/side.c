// SPDX-License-Identifier: GPL-2.0-only
/*
 * A side: all objects loaded, cut and resolved. An object that uses a global
 * symbol which another object of the side defines leads to that definition,
 * so that it does not matter which of them code stands in.
 */
#define _GNU_SOURCE
#include "side.h"

#include <inttypes.h>

#include "archive.h"
#include "lib/fs.h"
#include "lib/util.h"

struct global {
	const char *name;
	struct atom *atom;
	int64_t delta;	/* of the symbol from the atom's origin */
	bool weak;
};

static int by_name(const void *a, const void *b)
{
	const struct global *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : x->weak - y->weak;
}

struct atom *side_global(const struct side *side, const char *name,
			 int64_t *ret_delta)
{
	size_t low = 0, high = side->nr_globals;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(side->globals[mid].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == side->nr_globals || !streq(side->globals[low].name, name))
		return NULL;
	*ret_delta = side->globals[low].delta;
	return side->globals[low].atom;
}

static void add_globals(struct side *side, struct atom *a)
{
	for (size_t i = 0; i < a->nr_symbols; i++) {
		const struct symbol *sym = a->symbols[i];

		if (sym->binding == STB_LOCAL)
			continue;
		ARRAY_GROW(side->globals, side->nr_globals,
			   side->alloc_globals);
		side->globals[side->nr_globals++] = (struct global){
			.name = sym->name,
			.atom = a,
			.delta = (int64_t)(sym->value - a->origin),
			.weak = sym->binding == STB_WEAK,
		};
	}
}

static void collect_globals(struct side *side)
{
	struct atom *a;

	for_each_atom(side, a)
		add_globals(side, a);
	if (side->nr_globals)
		qsort(side->globals, side->nr_globals,
		      sizeof(*side->globals), by_name);
}

static void cut_object(struct side *side, size_t i)
{
	const struct object *o = &side->objects[i];
	struct part *parts = xcalloc(o->nr_sections, sizeof(*parts));

	side->parts[i] = parts;
	for (size_t s = 0; s < o->nr_sections; s++) {
		parts[s].object = o;
		parts[s].source = side->names.v[i];
		parts[s].section = &o->sections[s];
	}
	part_collect(parts, o);
	for (size_t s = 0; s < o->nr_sections; s++) {
		part_cut(&parts[s], side->decoder);
		part_refs(&parts[s], side->decoder);
	}
}

static int check_machine(const struct side *side, size_t i, struct error *err)
{
	const struct object *first = &side->objects[0];
	const struct object *o = &side->objects[i];

	if (o->machine == first->machine && o->is64 == first->is64)
		return 0;
	return error_set(err, ERROR_INPUT,
			 "%s: another machine than %s", o->path, first->path);
}

/* Takes the bytes over. */
static int add_object(struct side *side, const char *path, const char *name,
		      struct buf *bytes, struct error *err)
{
	ARRAY_GROW(side->objects, side->nr_objects, side->alloc_objects);
	if (object_parse(path, bytes, &side->objects[side->nr_objects], err))
		return -1;
	strv_add(&side->names, name);
	return check_machine(side, side->nr_objects++, err);
}

static int add_member(void *data, const struct archive_member *m,
		      struct error *err)
{
	return add_object(data, m->path, m->name, m->bytes, err);
}

static int load_objects(struct side *side, const struct strv *paths,
			struct error *err)
{
	for (size_t i = 0; i < paths->nr; i++) {
		_cleanup_(buf_release) struct buf file = BUF_INIT;
		const char *path = paths->v[i];

		if (fs_read(path, &file, err))
			return -1;
		if (!side->sources && archive_is(&file) ?
			    archive_each(path, &file, add_member, side, err) :
			    add_object(side, path, side->sources ?
							   side->sources->v[i] :
							   fs_basename(path),
				       &file, err))
			return -1;
	}
	side->parts = xcalloc(side->nr_objects, sizeof(*side->parts));
	return 0;
}

int side_read(struct side *side, const char *label, const struct strv *paths,
	      const struct strv *sources, struct error *err)
{
	*side = (struct side){ .label = label, .sources = sources };
	if (!load_objects(side, paths, err))
		return 0;
	side_release(side);
	return -1;
}

int side_cut(struct side *side, struct error *err)
{
	if (!side->nr_objects)
		return 0;
	side->decoder = decoder_new(side->objects[0].machine,
				    side->objects[0].is64, err);
	if (!side->decoder)
		return -1;
	for (size_t i = 0; i < side->nr_objects; i++)
		cut_object(side, i);
	collect_globals(side);
	side_resolve(side);
	return 0;
}

static void part_release(struct part *p)
{
	for (size_t i = 0; i < p->nr_atoms; i++) {
		free(p->atoms[i].name);
		free(p->atoms[i].entries);
	}
	free(p->atoms);
	free(p->name);
	free(p->symbols);
	free(p->refs);
	free(p->hits);
	free(p->claims);
	free(p->copies);
	free(p->copied_refs);
}

void side_release(struct side *side)
{
	for (size_t i = 0; i < side->nr_objects; i++) {
		struct part *parts = side->parts ? side->parts[i] : NULL;

		for (size_t s = 0; parts && s < side->objects[i].nr_sections;
		     s++)
			part_release(&parts[s]);
		free(parts);
		object_release(&side->objects[i]);
	}
	decoder_free(side->decoder);
	strv_release(&side->names);
	strv_release(&side->renamed);
	free(side->parts);
	free(side->objects);
	free(side->globals);
	*side = (struct side){ 0 };
}

/* Steps through objects, their sections and their atoms, in order. */
struct atom *side_next(const struct side *side, struct cursor *c)
{
	for (; c->object < side->nr_objects; c->object++, c->section = 0) {
		const struct object *o = &side->objects[c->object];

		for (; c->section < o->nr_sections; c->section++, c->atom = 0) {
			struct part *p = &side->parts[c->object][c->section];

			if (c->atom < p->nr_atoms)
				return &p->atoms[c->atom++];
		}
	}
	return NULL;
}

size_t side_object_of(const struct side *side, const struct part *part)
{
	return part->object - side->objects;
}

char *side_where(const struct side *side, const struct atom *a, uint64_t offset)
{
	return xasprintf("%s: %s+0x%" PRIx64,
			 side->names.v[side_object_of(side, a->part)],
			 a->part->section->name, offset);
}

bool atom_is_local(const struct atom *a)
{
	for (size_t i = 0; i < a->nr_symbols; i++)
		if (a->symbols[i]->binding != STB_LOCAL)
			return false;
	return true;
}

bool atom_is_writable(const struct atom *a)
{
	return a->part->section->flags & SHF_WRITE;
}

/* gcc calls it n.12, clang f.n. */
bool atom_is_static_local(const struct atom *a)
{
	return strchr(a->symbols[0]->name, '.');
}

const char *atom_function_named(const struct atom *a)
{
	const unsigned char *p = part_bytes(a->part, a->origin);
	uint64_t size = a->end - a->origin;

	if ((!streq(a->name, "__func__") && !streq(a->name, "__FUNCTION__") &&
	     !streq(a->name, "__PRETTY_FUNCTION__")) ||
	    !p || !size || p[size - 1])
		return NULL;
	return (const char *)p;
}
