// SPDX-License-Identifier: GPL-2.0-only
/*
 * From relocations to meaning. A relocation names a symbol, often the section's
 * own with a distance; what it means is the atom that stands there. What is
 * a section's symbol on one side and a named one on the other (a static that
 * became global) thus comes out the same.
 */
#define _GNU_SOURCE
#include "side.h"

#include "lib/util.h"
#include "tables.h"

/* Addends come from the file: adding them must not overflow. */
static int64_t add(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

static enum ref_kind kind_386(uint32_t type)
{
	switch (type) {
	case R_386_8:
	case R_386_16:
	case R_386_32:
		return REF_ABSOLUTE;
	case R_386_PC8:
	case R_386_PC16:
	case R_386_PC32:
	case R_386_PLT32:
		return REF_RELATIVE;
	}
	return REF_OTHER;
}

/* A call through the PLT is a call: the kernel and modules have no PLT. */
static enum ref_kind kind_of(uint16_t machine, uint32_t type)
{
	if (machine == EM_386)
		return kind_386(type);
	switch (type) {
	case R_X86_64_8:
	case R_X86_64_16:
	case R_X86_64_32:
	case R_X86_64_64:
		return REF_ABSOLUTE;
	case R_X86_64_32S:
		return REF_SIGNED;
	case R_X86_64_PC8:
	case R_X86_64_PC16:
	case R_X86_64_PC32:
	case R_X86_64_PC64:
	case R_X86_64_PLT32:
		return REF_RELATIVE;
	}
	return REF_OTHER;
}

static void add_relocs(struct part *part)
{
	const struct object *o = part->object;

	part->alloc_refs = part->section->nr_relocs;
	part->refs = xcalloc(part->alloc_refs, sizeof(*part->refs));
	for (size_t i = 0; i < part->section->nr_relocs; i++) {
		const struct reloc *r = &part->section->relocs[i];

		part->refs[part->nr_refs++] = (struct ref){
			.offset = r->offset,
			.size = reloc_size(o->machine, r->type),
			.kind = kind_of(o->machine, r->type),
			.type = r->type,
			.symbol = &o->symbols[r->symbol],
			.delta = r->addend,
			.limit = UINT64_MAX,
			.claim = CLAIM_NONE,
		};
	}
}

static int by_offset(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;

	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void share_out(struct part *part)
{
	size_t next = 0;

	for (size_t i = 0; i < part->nr_atoms; i++) {
		struct atom *a = &part->atoms[i];

		a->refs = part->refs + next;
		while (next < part->nr_refs && part->refs[next].offset < a->end)
			next++;
		a->nr_refs = part->refs + next - a->refs;
	}
}

static bool holds_code(const struct part *part)
{
	return part->role == PART_CONTENT &&
	       part->section->flags & SHF_EXECINSTR;
}

void part_refs(struct part *part, const struct decoder *d)
{
	if (!part->nr_atoms)
		return;
	add_relocs(part);
	if (holds_code(part))
		for (size_t i = 0; i < part->nr_atoms; i++) {
			struct atom *a = &part->atoms[i];

			a->undecoded = code_follow(d, part, a->origin, a->end);
		}
	if (part->role == PART_TABLE && table_is_frames(part->table))
		frames_refs(part);
	if (part->nr_refs)
		qsort(part->refs, part->nr_refs, sizeof(*part->refs),
		      by_offset);
	share_out(part);
}

/*
 * Nobody means padding: what leads there is a pointer to the end of the atom in
 * front of it (the end of a loop), or to an object that is empty.
 */
static void lead_to(struct ref *r, const struct part *target,
		    uint64_t near, int64_t offset)
{
	r->atom = part_atom_at(target, near);
	if (r->atom && r->atom->kind == ATOM_PADDING && r->atom > target->atoms)
		r->atom--;
	r->delta = r->atom ? add(offset, -(int64_t)r->atom->origin) : offset;
}

/* A section's symbol says nothing about which atom is meant; the place does. */
static void resolve_defined(struct side *side, size_t object, struct ref *r)
{
	const struct symbol *sym = r->symbol;
	const struct part *target = &side->parts[object][sym->section];
	int64_t offset = add(sym->value, r->delta);
	uint64_t near = offset < 0 ? 0 : offset;

	if (target->role == PART_IGNORED || target->role == PART_UNCOMPARED)
		return;
	if (symbol_is_named(sym))
		near = sym->value;
	lead_to(r, target, near, offset);
}

static void resolve(struct side *side, size_t object, struct part *part,
		    struct ref *r)
{
	if (!r->symbol) {
		lead_to(r, part, r->delta < 0 ? 0 : r->delta, r->delta);
	} else if (r->symbol->place == SYMBOL_DEFINED) {
		resolve_defined(side, object, r);
	} else if (r->symbol->place == SYMBOL_UNDEFINED) {
		int64_t delta;
		struct atom *a = side_global(side, r->symbol->name, &delta);

		if (a) {
			r->atom = a;
			r->delta = add(r->delta, delta);
		}
	}
}

static void add_hit(struct ref *r, const struct atom *from)
{
	struct part *p = r->atom->part;

	ARRAY_GROW(p->hits, p->nr_hits, p->alloc_hits);
	p->hits[p->nr_hits++] = (struct hit){
		.offset = (uint64_t)r->delta + r->atom->origin,
		.from = from,
	};
}

static int by_hit(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static int by_place(const void *a, const void *b)
{
	const struct atom *x = *(struct atom *const *)a;
	const struct atom *y = *(struct atom *const *)b;
	int order = strcmp(x->part->name, y->part->name);

	if (order)
		return order;
	if (x->tie_delta != y->tie_delta)
		return x->tie_delta < y->tie_delta ? -1 : 1;
	if (x->tie_inner != y->tie_inner)
		return x->tie_inner < y->tie_inner ? -1 : 1;
	return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static void order_entries(struct part *p)
{
	for (size_t i = 0; i < p->nr_atoms; i++)
		if (p->atoms[i].nr_entries)
			qsort(p->atoms[i].entries, p->atoms[i].nr_entries,
			      sizeof(*p->atoms[i].entries), by_place);
}

static void resolve_part(struct side *side, size_t object, struct part *part)
{
	for (size_t i = 0; i < part->nr_atoms; i++) {
		struct atom *a = &part->atoms[i];

		for (size_t j = 0; j < a->nr_refs; j++) {
			resolve(side, object, part, &a->refs[j]);
			if (a->refs[j].atom &&
			    (a->refs[j].atom->kind == ATOM_ANON ||
			     a->refs[j].atom->kind == ATOM_POOL))
				add_hit(&a->refs[j], a);
		}
	}
}

void side_resolve(struct side *side)
{
	for (size_t o = 0; o < side->nr_objects; o++)
		for (size_t i = 0; i < side->objects[o].nr_sections; i++)
			resolve_part(side, o, &side->parts[o][i]);
	for (size_t o = 0; o < side->nr_objects; o++) {
		for (size_t i = 0; i < side->objects[o].nr_sections; i++) {
			struct part *p = &side->parts[o][i];

			if (p->nr_hits)
				qsort(p->hits, p->nr_hits, sizeof(*p->hits),
				      by_hit);
			if (p->role == PART_TABLE)
				orc_prepare(p);
		}
	}
	for (size_t o = 0; o < side->nr_objects; o++) {
		for (size_t i = 0; i < side->objects[o].nr_sections; i++) {
			struct part *p = &side->parts[o][i];

			if (p->role == PART_TABLE)
				table_tie(p);
		}
	}
	for (size_t o = 0; o < side->nr_objects; o++)
		for (size_t i = 0; i < side->objects[o].nr_sections; i++)
			if (side->parts[o][i].role == PART_TABLE)
				table_tie_nameless(&side->parts[o][i]);
	for (size_t o = 0; o < side->nr_objects; o++)
		for (size_t i = 0; i < side->objects[o].nr_sections; i++)
			order_entries(&side->parts[o][i]);
}
