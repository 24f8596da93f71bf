// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cutting a section into atoms. Symbols with a size cover their bytes;
 * assemblers leave labels without one, which cover what stands up to the next
 * symbol. What is left between is padding if alignment explains it, else it
 * is content without a name (switch tables, alternatives) that must be
 * accounted for where it is referred to.
 */
#define _GNU_SOURCE
#include "side.h"

#include "lib/util.h"
#include "tables.h"

#define LARGEST_ALIGNMENT 4096

static struct atom *add_atom(struct part *part, uint64_t begin, uint64_t end,
			     enum atom_kind kind)
{
	struct atom *a;

	ARRAY_GROW(part->atoms, part->nr_atoms, part->alloc_atoms);
	a = &part->atoms[part->nr_atoms++];
	*a = (struct atom){
		.part = part,
		.begin = begin,
		.end = end,
		.origin = begin,
		.kind = kind,
	};
	return a;
}

static bool is_zero(const unsigned char *bytes, uint64_t size)
{
	if (!bytes)
		return true;
	for (uint64_t i = 0; i < size; i++)
		if (bytes[i])
			return false;
	return true;
}

static bool has_reloc(const struct section *s, uint64_t begin, uint64_t end)
{
	for (size_t i = 0; i < s->nr_relocs && s->relocs[i].offset < end; i++)
		if (s->relocs[i].offset >= begin)
			return true;
	return false;
}

static bool is_code(const struct part *part)
{
	return part->section->flags & SHF_EXECINSTR;
}

static bool gap_is_padding(const struct part *part, const struct decoder *d,
			   uint64_t begin, uint64_t end)
{
	const struct section *s = part->section;

	if (has_reloc(s, begin, end))
		return false;
	if (is_code(part))
		return code_is_padding(d, part_bytes(part, begin), end - begin);
	return part->nr_symbols && end - begin < s->align &&
	       s->align <= LARGEST_ALIGNMENT &&
	       is_zero(part_bytes(part, begin), end - begin);
}

/* Returns where the next atom begins: padding in front of code belongs to it. */
static uint64_t cut_gap(struct part *part, const struct decoder *d,
			uint64_t begin, uint64_t end)
{
	bool padding;

	if (begin == end)
		return end;
	padding = gap_is_padding(part, d, begin, end);
	if (padding && is_code(part) && end < part->section->size)
		return begin;
	add_atom(part, begin, end, padding ? ATOM_PADDING : ATOM_ANON);
	return end;
}

/* Every atom is called by the first of the names at its origin. */
static char *name_of(const struct symbol *const *symbols, size_t nr)
{
	char *best = NULL;

	for (size_t i = 0; i < nr; i++) {
		char *name;

		if (symbols[i]->value != symbols[0]->value ||
		    (symbols[0]->size && !symbols[i]->size))
			continue;
		name = symbol_base_name(symbols[i]);
		if (best && strcmp(best, name) <= 0) {
			free(name);
			continue;
		}
		free(best);
		best = name;
	}
	return best;
}

/* Symbols [i, return) stand in the atom that begins with symbol i; its end. */
static size_t cover(const struct part *part, size_t i, uint64_t *ret_end)
{
	const struct symbol *const *s = part->symbols;
	uint64_t end = s[i]->value + s[i]->size;
	size_t j = i + 1;

	if (s[i]->size) {
		for (; j < part->nr_symbols && s[j]->value < end; j++)
			if (s[j]->value + s[j]->size > end)
				end = s[j]->value + s[j]->size;
	} else if (s[i]->type != STT_OBJECT) {
		while (j < part->nr_symbols && s[j]->value == s[i]->value)
			j++;
		end = j < part->nr_symbols ? s[j]->value : part->section->size;
	}
	*ret_end = end;
	return j;
}

static void cut_content(struct part *part, const struct decoder *d)
{
	uint64_t pos = 0;

	for (size_t i = 0; i < part->nr_symbols;) {
		uint64_t origin = part->symbols[i]->value, end, begin;
		size_t next = cover(part, i, &end);
		struct atom *a;

		begin = cut_gap(part, d, pos, origin);
		a = add_atom(part, begin, end, is_code(part) ? ATOM_CODE :
							       ATOM_DATA);
		a->origin = origin;
		a->symbols = part->symbols + i;
		a->nr_symbols = next - i;
		a->name = name_of(a->symbols, a->nr_symbols);
		pos = end;
		i = next;
	}
	cut_gap(part, d, pos, part->section->size);
}

static bool has_sized_symbol(const struct part *part)
{
	for (size_t i = 0; i < part->nr_symbols; i++)
		if (part->symbols[i]->size)
			return true;
	return false;
}

static bool is_pool(const struct part *part)
{
	const struct section *s = part->section;

	return s->flags & SHF_MERGE && s->entsize && !part->nr_symbols &&
	       s->data && !s->nr_relocs;
}

bool is_tool_note(const struct section *s)
{
	static const char *const names[] = {
		".comment", ".note.GNU-stack", ".note.gnu.build-id",
		".note.gnu.property", ".orc_header",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (streq(s->name, names[i]))
			return true;
	return false;
}

static enum part_role role_of(const struct part *part)
{
	const struct section *s = part->section;

	switch (s->type) {
	case SHT_NULL:
	case SHT_SYMTAB:
	case SHT_SYMTAB_SHNDX:
	case SHT_STRTAB:
	case SHT_RELA:
	case SHT_REL:
	case SHT_GROUP:
		return PART_IGNORED;
	}
	/* A note that refers to something is content (and nobody's yet). */
	if (!s->nr_relocs && (s->type == SHT_NOTE || is_tool_note(s)))
		return PART_NOTE;
	if (streq(s->name, ".discard.addressable"))
		return PART_REFERENCED;
	if (table_of(s) &&
	    (table_is_versions(table_of(s)) || !has_sized_symbol(part)))
		return PART_TABLE;
	if (!(s->flags & SHF_ALLOC))
		return s->size ? PART_UNCOMPARED : PART_IGNORED;
	return is_pool(part) ? PART_POOL : PART_CONTENT;
}

void part_cut(struct part *part, const struct decoder *d)
{
	uint64_t size = part->section->size;

	part->role = role_of(part);
	if (part->role == PART_TABLE) {
		part->table = table_of(part->section);
		if (!table_cut(part) || !size)
			return;
		/* Not the shape that we know: bytes that nobody claims. */
		part->role = PART_CONTENT;
		add_atom(part, 0, size, ATOM_ANON);
		return;
	}
	if (part->role == PART_CONTENT || part->role == PART_REFERENCED)
		cut_content(part, d);
	else if (size)
		add_atom(part, 0, size, part->role == PART_POOL ? ATOM_POOL :
								  ATOM_ANON);
}

/* Where several begin, the last one holds the byte: the others are empty. */
struct atom *part_atom_at(const struct part *part, uint64_t offset)
{
	size_t low = 0, high = part->nr_atoms;

	if (!part->nr_atoms)
		return NULL;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (part->atoms[mid].begin <= offset)
			low = mid;
		else
			high = mid;
	}
	return &part->atoms[low];
}
