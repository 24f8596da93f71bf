// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tables: sections that the kernel collects from all objects and reads as
 * arrays, built by asm statements without a symbol. An entry is about a
 * place in a function (the one its first relocation names) and is compared
 * with that function, so that a table says the same whatever the order in
 * which functions stand in the file.
 *
 * The shape of an entry depends on the kernel's version and configuration:
 * several are tried, and one fits when each entry has relocations in exactly
 * these places. Contents of a table that fits none are nobody's, and thus undecided.
 */
#define _GNU_SOURCE
#include "tables.h"

#include "lib/util.h"

/* How many other references an alternative's replacement may hold. */
#define MOST_STEPS 100

struct shape {
	unsigned int size;	/* bytes of an entry */
	unsigned int nr;	/* its relocations... */
	unsigned char at[3];	/* ...and where they stand */
};

struct table {
	const char *section; /* its name; a prefix when it ends in '*' */
	const char *word;    /* what an entry is called */
	unsigned int flags;
	struct shape shapes[4]; /* until size 0 */
};

enum {
	TABLE_AFTER = 1,  /* the place may be behind the last instruction */
	TABLE_REPLACES = 2, /* field 1 leads to replacement code, as long as the
			       last byte of the entry says */
	TABLE_LINES = 4,  /* names a file and line, see table_line_field() */
	TABLE_PARALLEL = 8, /* entry i is about what entry i of .orc_unwind_ip is */
	TABLE_ORDERED = 32, /* the order of entries is the order of calls */
	TABLE_VERSIONS = 64, /* struct modversion_info; a symbol covers it all */
	TABLE_FRAMES = 16, /* frames.c; the second reference is the place */
};

#define POINTERS { 8, 1, { 0 } }, { 4, 1, { 0 } }
#define PLACES { 4, 1, { 0 } }

static const struct table tables[] = {
	{ "__ex_table", "exception", 0, { { 12, 2, { 0, 4 } },
					  { 12, 3, { 0, 4, 8 } },
					  { 8, 2, { 0, 4 } } } },
	{ "__bug_table", "bug", TABLE_LINES, { { 16, 3, { 0, 4, 8 } },
					       { 12, 2, { 0, 4 } },
					       { 8, 1, { 0 } } } },
	{ ".altinstructions", "alternative", TABLE_REPLACES,
	  { { 14, 2, { 0, 4 } }, { 12, 2, { 0, 4 } }, { 13, 2, { 0, 4 } } } },
	{ "__jump_table", "jump-label", 0, { { 16, 3, { 0, 4, 8 } },
					     { 12, 3, { 0, 4, 8 } } } },
	{ ".smp_locks", "lock-prefix", 0, { PLACES } },
	{ ".static_call_sites", "static-call", 0, { { 8, 2, { 0, 4 } } } },
	{ ".static_call_tramp_key", "static-call-key", 0,
	  { { 8, 2, { 0, 4 } } } },
	{ ".return_sites", "return-site", 0, { PLACES } },
	{ ".retpoline_sites", "retpoline-site", 0, { PLACES } },
	{ ".call_sites", "call-site", 0, { PLACES } },
	{ ".cfi_sites", "cfi-site", 0, { PLACES } },
	{ ".kcfi_traps", "cfi-trap", 0, { PLACES } },
	{ ".ibt_endbr_seal", "endbr-seal", 0, { PLACES } },
	{ ".parainstructions", "paravirt-patch", 0, { { 16, 1, { 0 } },
						      { 12, 1, { 0 } },
						      { 8, 1, { 0 } } } },
	{ "__patchable_function_entries", "patchable-entry", 0, { POINTERS } },
	{ "__mcount_loc", "mcount", 0, { POINTERS } },
	{ ".orc_unwind_ip", "orc", 0, { PLACES } },
	{ ".orc_unwind", "orc", TABLE_PARALLEL, { { 6, 0, { 0 } },
						  { 4, 0, { 0 } } } },
	{ ".eh_frame", "unwind", TABLE_FRAMES, { { 0, 0, { 0 } } } },
	{ "__versions", "symbol-version", TABLE_VERSIONS, { { 64, 0, { 0 } } } },
	{ "__tracepoints_ptrs", "tracepoint", 0, { POINTERS } },
	{ ".initcall*", "initcall", TABLE_ORDERED, { POINTERS } },
	{ ".con_initcall*", "initcall", TABLE_ORDERED, { POINTERS } },
	{ ".init_array*", "constructor", TABLE_ORDERED, { POINTERS } },
	{ ".fini_array*", "destructor", TABLE_ORDERED, { POINTERS } },
	{ ".discard.reachable", "reachable", TABLE_AFTER, { POINTERS } },
	{ ".discard.unreachable", "unreachable", TABLE_AFTER, { POINTERS } },
	{ ".discard.instr_end", "instrumentation", TABLE_AFTER, { POINTERS } },
	{ ".discard.instr_begin", "instrumentation", 0, { POINTERS } },
	{ ".discard.*", "annotation", 0, { POINTERS, { 12, 1, { 0 } } } },
};

const struct table *table_of(const struct section *section)
{
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		const char *name = tables[i].section;
		size_t len = strlen(name) - 1;

		if (name[len] == '*' ? !strncmp(section->name, name, len) :
				       streq(section->name, name))
			return &tables[i];
	}
	return NULL;
}

const char *table_word(const struct table *table)
{
	return table->word;
}

static bool fits(const struct section *s, const struct shape *shape)
{
	if (!s->data || s->size % shape->size ||
	    s->nr_relocs != s->size / shape->size * shape->nr)
		return false;
	for (size_t i = 0; i < s->nr_relocs; i++)
		if (s->relocs[i].offset !=
		    i / shape->nr * shape->size + shape->at[i % shape->nr])
			return false;
	return true;
}

int table_cut(struct part *part)
{
	const struct section *s = part->section;

	if (part->table->flags & TABLE_FRAMES)
		return frames_cut(part);
	for (const struct shape *shape = part->table->shapes;
	     shape < part->table->shapes + ARRAY_SIZE(part->table->shapes) &&
	     shape->size; shape++) {
		if (!fits(s, shape))
			continue;
		part->nr_atoms = part->alloc_atoms = s->size / shape->size;
		part->atoms = xcalloc(part->nr_atoms, sizeof(*part->atoms));
		for (size_t i = 0; i < part->nr_atoms; i++)
			part->atoms[i] = (struct atom){
				.part = part,
				.begin = i * shape->size,
				.end = (i + 1) * shape->size,
				.origin = i * shape->size,
				.kind = ATOM_ENTRY,
				.table = part->table,
			};
		return 0;
	}
	return -1;
}

/* The reloc of a place behind the last instruction leads to what follows. */
static void look_before(struct ref *r)
{
	const struct part *p = r->atom->part;
	int64_t offset = (int64_t)(r->atom->origin + (uint64_t)r->delta);
	struct atom *a;

	if (offset <= 0 || (uint64_t)offset != r->atom->begin)
		return;
	a = part_atom_at(p, offset - 1);
	if (!atom_is_named(a))
		return;
	r->atom = a;
	r->delta = offset - (int64_t)a->origin;
}

void table_add_entry(struct atom *to, struct atom *entry)
{
	entry->tie = to;
	ARRAY_GROW(to->entries, to->nr_entries, to->alloc_entries);
	to->entries[to->nr_entries++] = entry;
}

/* Ties to code and data that have a name; what is about others stays alone. */
static void tie(struct atom *entry, const struct ref *r)
{
	struct atom *to = r->atom;

	if (!to || !atom_is_named(to) || to->part->role != PART_CONTENT)
		return;
	entry->tie_delta = r->delta;
	table_add_entry(to, entry);
}

static void tie_parallel(struct part *part)
{
	const struct part *places = orc_places(part);

	for (size_t i = 0; places && i < part->nr_atoms; i++)
		if (places->atoms[i].nr_refs &&
		    part->atoms[i].kind == ATOM_ENTRY)
			tie(&part->atoms[i], &places->atoms[i].refs[0]);
}

void table_tie(struct part *part)
{
	unsigned int flags = part->table->flags;

	if (flags & TABLE_PARALLEL) {
		tie_parallel(part);
		return;
	}
	for (size_t i = 0; i < part->nr_atoms; i++) {
		struct atom *entry = &part->atoms[i];
		size_t at = flags & TABLE_FRAMES ? 1 : 0;
		struct ref *place = &entry->refs[at];

		if (entry->kind != ATOM_ENTRY || entry->nr_refs <= at)
			continue;
		if (flags & TABLE_AFTER && place->atom)
			look_before(place);
		if (flags & TABLE_REPLACES && entry->nr_refs > 1)
			entry->refs[1].limit =
				*part_bytes(part, entry->end - 1);
		tie(entry, place);
	}
}

/* What nameless contents can belong to: not what is itself about such contents. */
static bool is_owner(const struct atom *from)
{
	return atom_is_named(from) || (from->tie && !from->tie_inner);
}

/* The last owner that leads to the place or in front of it, in these contents. */
static const struct hit *hit_over(const struct atom *anon, uint64_t offset)
{
	const struct part *p = anon->part;
	size_t low = 0, high = p->nr_hits;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (p->hits[mid].offset <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	for (int steps = 0; low && steps < MOST_STEPS; steps++) {
		const struct hit *hit = &p->hits[--low];

		if (hit->offset < anon->begin)
			break;
		if (is_owner(hit->from))
			return hit;
	}
	return NULL;
}

void table_tie_nameless(struct part *part)
{
	for (size_t i = 0; i < part->nr_atoms; i++) {
		struct atom *entry = &part->atoms[i];
		const struct ref *place = entry->refs;
		const struct hit *hit;
		uint64_t offset;

		if (entry->kind != ATOM_ENTRY || entry->tie ||
		    !entry->nr_refs || !place->atom ||
		    place->atom->kind != ATOM_ANON)
			continue;
		offset = place->atom->origin + (uint64_t)place->delta;
		hit = hit_over(place->atom, offset);
		if (!hit)
			continue;
		entry->tie_delta = hit->from->tie ? hit->from->tie_delta : 0;
		entry->tie_inner = offset - hit->offset + 1;
		table_add_entry(hit->from->tie ? hit->from->tie :
					   (struct atom *)hit->from, entry);
	}
}

bool table_is_parallel(const struct table *table)
{
	return table->flags & TABLE_PARALLEL;
}

bool table_is_ordered(const struct table *table)
{
	return table->flags & TABLE_ORDERED;
}

bool table_is_frames(const struct table *table)
{
	return table->flags & TABLE_FRAMES;
}

bool table_is_versions(const struct table *table)
{
	return table->flags & TABLE_VERSIONS;
}

uint64_t table_line_field(const struct atom *entry)
{
	uint64_t size = entry->end - entry->begin;

	if (!(entry->table->flags & TABLE_LINES) || size < 12)
		return 0;
	return size - 4;
}
