// SPDX-License-Identifier: GPL-2.0-only
/*
 * .eh_frame: how to unwind, one description (FDE) a function, and what
 * descriptions have in common (CIE). The layout is that of the Linux Standard
 * Base, "Exception Frames". Kernels have none on x86, other programs do. A
 * description names its common part by a distance without relocation, which
 * is given the reference that it means.
 */
#define _GNU_SOURCE
#include "tables.h"

#include "lib/util.h"

#define LENGTH_FIELD 4 /* bytes of the length, and of what comes behind it */

static uint32_t field(const struct section *s, uint64_t offset)
{
	const unsigned char *p = s->data + offset;

	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static void add(struct part *part, uint64_t begin, uint64_t end,
		enum atom_kind kind)
{
	if (begin == end)
		return;
	ARRAY_GROW(part->atoms, part->nr_atoms, part->alloc_atoms);
	part->atoms[part->nr_atoms++] = (struct atom){
		.part = part,
		.begin = begin,
		.end = end,
		.origin = kind == ATOM_PADDING ? begin : begin + LENGTH_FIELD,
		.kind = kind,
		.table = part->table,
	};
}

/*
 * The relocations in [begin, end), 'next' being the first: false when one is
 * where none can be. Length and distance have none, and none reaches out.
 */
static bool relocs_fit(const struct part *part, uint64_t begin, uint64_t end,
		       size_t next)
{
	const struct section *s = part->section;
	uint64_t from = begin + UINT64_C(2) * LENGTH_FIELD;

	for (; next < s->nr_relocs && s->relocs[next].offset < end; next++) {
		const struct reloc *r = &s->relocs[next];

		if (r->offset < from ||
		    reloc_size(part->object->machine, r->type) > end - r->offset)
			return false;
	}
	return true;
}

/*
 * The assembler fills descriptions up with no-ops (zeros), the last of a
 * section further than others; so neither they nor the length count.
 */
static void add_record(struct part *part, uint64_t begin, uint64_t end,
		       size_t *next_reloc)
{
	const struct section *s = part->section;
	uint64_t filled = end, least = begin + UINT64_C(2) * LENGTH_FIELD;

	for (; *next_reloc < s->nr_relocs &&
	       s->relocs[*next_reloc].offset < end; ++*next_reloc)
		least = s->relocs[*next_reloc].offset + 8;
	while (filled > least && !s->data[filled - 1])
		filled--;
	add(part, begin, filled, field(s, begin + LENGTH_FIELD) ? ATOM_ENTRY :
								 ATOM_ANON);
	add(part, filled, end, ATOM_PADDING);
}

int frames_cut(struct part *part)
{
	const struct section *s = part->section;
	uint64_t pos = 0;
	size_t next_reloc = 0;

	if (!s->data)
		return -1;
	while (pos < s->size) {
		uint64_t len;

		if (s->size - pos < LENGTH_FIELD)
			goto bad;
		len = field(s, pos);
		if (!len) { /* the end of the list */
			add(part, pos, pos + LENGTH_FIELD, ATOM_PADDING);
			pos += LENGTH_FIELD;
			continue;
		}
		if (len < LENGTH_FIELD ||
		    len > s->size - pos - LENGTH_FIELD ||
		    !relocs_fit(part, pos, pos + LENGTH_FIELD + len,
				next_reloc))
			goto bad;
		add_record(part, pos, pos + LENGTH_FIELD + len,
			   &next_reloc);
		pos += LENGTH_FIELD + len;
	}
	return 0;
bad:
	part->nr_atoms = 0;
	return -1;
}

void frames_refs(struct part *part)
{
	for (size_t i = 0; i < part->nr_atoms; i++) {
		const struct atom *a = &part->atoms[i];
		uint64_t at = a->begin + LENGTH_FIELD;

		if (a->kind != ATOM_ENTRY)
			continue;
		ARRAY_GROW(part->refs, part->nr_refs, part->alloc_refs);
		part->refs[part->nr_refs++] = (struct ref){
			.offset = at,
			.size = LENGTH_FIELD,
			.kind = REF_RELATIVE,
			.delta = (int64_t)at - field(part->section, at) +
				 LENGTH_FIELD,
			.limit = UINT64_MAX,
			.claim = CLAIM_NONE,
		};
	}
}
