// SPDX-License-Identifier: GPL-2.0-only
/*
 * objtool's tables of how to unwind: entry i of .orc_unwind holds from the place
 * in entry i of .orc_unwind_ip on, up to the next place of the section. So where a
 * function begins there is an entry only if what stands in front of it ended in
 * another state, and there are entries for padding, from which nothing unwinds.
 * Both depend on who stands beside whom. Each function is given an entry for its
 * beginning, and entries for padding become padding themselves.
 */
#define _GNU_SOURCE
#include "tables.h"

#include "lib/util.h"

/* objtool writes places in order: no object has more, but a hostile one. */
#define MOST_COPIES 1000000

struct part *orc_places(struct part *part)
{
	struct part *parts = part - part->section->index;

	for (size_t i = 0; i < part->object->nr_sections; i++)
		if (streq(parts[i].section->name, ".orc_unwind_ip") &&
		    parts[i].role == PART_TABLE &&
		    parts[i].nr_atoms == part->nr_atoms)
			return &parts[i];
	return NULL;
}

static const struct ref *place_of(const struct atom *entry)
{
	const struct ref *r = entry->nr_refs ? entry->refs : NULL;

	return r && r->atom && r->atom->kind == ATOM_CODE &&
	       r->kind == REF_RELATIVE ? r : NULL;
}

static int64_t offset_of(const struct ref *place)
{
	return (int64_t)place->atom->origin + place->delta;
}

/* Between functions, or behind the last one. */
static bool is_in_padding(const struct ref *place)
{
	const struct atom *a = place->atom;

	return offset_of(place) >= (int64_t)a->end ||
	       (place->delta < 0 && offset_of(place) >= (int64_t)a->begin);
}

/* No way to unwind. */
static bool is_undefined(const struct atom *entry)
{
	const unsigned char *p = part_bytes(entry->part, entry->begin);

	for (uint64_t i = 0; i < entry->end - entry->begin; i++)
		if (p[i])
			return false;
	return true;
}

/* Where the state of entry i ends: at the next entry's place, or with the section. */
static int64_t end_of_run(const struct part *places, size_t i)
{
	const struct ref *place = place_of(&places->atoms[i]), *next = NULL;

	if (i + 1 < places->nr_atoms)
		next = place_of(&places->atoms[i + 1]);
	if (next && next->atom->part == place->atom->part &&
	    offset_of(next) > offset_of(place))
		return offset_of(next);
	return (int64_t)place->atom->part->section->size;
}

/*
 * Calls for each function that begins inside of entry i's run; copies has room for
 * two entries each, or is NULL to count.
 */
static size_t split_run(struct part *part, struct part *places, size_t i,
			struct atom *copies, struct ref *refs)
{
	const struct ref *place = place_of(&places->atoms[i]);
	struct part *code = place ? place->atom->part : NULL;
	int64_t end = place ? end_of_run(places, i) : 0;
	size_t nr = 0;

	for (size_t a = place ? (size_t)(place->atom - code->atoms) : 0;
	     place && a < code->nr_atoms; a++) {
		struct atom *to = &code->atoms[a];

		if ((int64_t)to->origin >= end)
			break;
		if (to->kind != ATOM_CODE ||
		    (int64_t)to->origin <= offset_of(place))
			continue;
		if (copies) {
			refs[nr] = *place;
			refs[nr].atom = to;
			refs[nr].delta = 0;
			copies[2 * nr] = places->atoms[i];
			copies[2 * nr].refs = &refs[nr];
			copies[2 * nr + 1] = part->atoms[i];
			table_add_entry(to, &copies[2 * nr]);
			table_add_entry(to, &copies[2 * nr + 1]);
		}
		nr++;
	}
	return nr;
}

static void split_runs(struct part *part, struct part *places)
{
	size_t nr = 0;

	for (size_t i = 0; i < part->nr_atoms && nr <= MOST_COPIES; i++)
		nr += split_run(part, places, i, NULL, NULL);
	if (!nr || nr > MOST_COPIES)
		return;
	part->copies = xcalloc(nr, 2 * sizeof(*part->copies));
	part->copied_refs = xcalloc(nr, sizeof(*part->copied_refs));
	nr = 0;
	for (size_t i = 0; i < part->nr_atoms; i++)
		nr += split_run(part, places, i, part->copies + 2 * nr,
				part->copied_refs + nr);
}

void orc_prepare(struct part *part)
{
	struct part *places = table_is_parallel(part->table) ?
				      orc_places(part) : NULL;

	if (!places)
		return;
	split_runs(part, places);
	for (size_t i = 0; i < part->nr_atoms; i++) {
		const struct ref *place = place_of(&places->atoms[i]);

		if (place && is_in_padding(place) &&
		    is_undefined(&part->atoms[i]))
			places->atoms[i].kind = part->atoms[i].kind =
				ATOM_PADDING;
	}
}
