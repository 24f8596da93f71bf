// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading relocatable objects with libelf. libelf checks that tables lie in
 * the file; that they agree with each other (a symbol with its section, a
 * relocation with its section and symbol) is checked here, once, so that
 * everything behind this file may index without looking.
 *
 * The file is read and not mapped: an object that is rewritten while we look at
 * it must not change under our feet.
 */
#define _GNU_SOURCE
#include "elf.h"

#include <inttypes.h>

#include <gelf.h>
#include <libelf.h>

#include "lib/fs.h"
#include "lib/util.h"

static int malformed(const struct object *o, struct error *err,
		     const char *what)
{
	return error_set(err, ERROR_INPUT, "%s: malformed object: %s", o->path,
			 what);
}

/* Distributions compress their modules. */
static bool is_compressed(const struct buf *file)
{
	static const char *const magics[] = { "\x1f\x8b", "\3757zXZ",
					      "\x28\xb5\x2f\xfd", "BZh" };

	for (size_t i = 0; i < ARRAY_SIZE(magics); i++)
		if (file->len > strlen(magics[i]) &&
		    !memcmp(file->data, magics[i], strlen(magics[i])))
			return true;
	return false;
}

static int read_header(struct object *o, struct error *err)
{
	GElf_Ehdr ehdr;
	size_t nr;

	if (elf_kind(o->elf) != ELF_K_ELF || !gelf_getehdr(o->elf, &ehdr))
		return error_set(err, ERROR_INPUT, "%s: %s", o->path,
				 is_compressed(&o->file) ?
					 "is compressed: decompress it first" :
					 "not an ELF object");
	if (ehdr.e_type != ET_REL)
		return error_set(err, ERROR_INPUT,
				 "%s: not a relocatable object (ELF type %u)",
				 o->path, ehdr.e_type);
	if (ehdr.e_machine != EM_X86_64 && ehdr.e_machine != EM_386)
		return error_set(err, ERROR_INPUT,
				 "%s: machine %u is not supported: x86-64 and i386 are",
				 o->path, ehdr.e_machine);
	o->machine = ehdr.e_machine;
	o->is64 = gelf_getclass(o->elf) == ELFCLASS64;
	if (ehdr.e_ident[EI_DATA] != ELFDATA2LSB)
		return malformed(o, err, "its bytes are not in x86's order");
	if (o->machine == EM_386 && o->is64)
		return malformed(o, err, "an i386 object of 64 bits");
	if (ehdr.e_shentsize != (o->is64 ? sizeof(Elf64_Shdr) :
					   sizeof(Elf32_Shdr)))
		return malformed(o, err, "its section headers' size");
	if (elf_getshdrnum(o->elf, &nr) || nr < 2)
		return malformed(o, err, "no sections");
	o->nr_sections = nr;
	o->sections = xcalloc(nr, sizeof(*o->sections));
	return 0;
}

/* The bytes of a section as they are in the file; NULL on a bad extent. */
static const unsigned char *section_bytes(Elf_Scn *scn, uint64_t size)
{
	Elf_Data *data = elf_rawdata(scn, NULL);

	if (!data || data->d_size < size || (size && !data->d_buf))
		return NULL;
	return data->d_buf ? data->d_buf : (const unsigned char *)"";
}

static int read_section(struct object *o, size_t index, size_t strings,
			struct error *err)
{
	struct section *s = &o->sections[index];
	Elf_Scn *scn = elf_getscn(o->elf, index);
	GElf_Shdr shdr;

	if (!scn || !gelf_getshdr(scn, &shdr))
		return malformed(o, err, "a section header is unreadable");
	*s = (struct section){
		.name = elf_strptr(o->elf, strings, shdr.sh_name),
		.type = shdr.sh_type,
		.flags = shdr.sh_flags,
		.align = shdr.sh_addralign,
		.entsize = shdr.sh_entsize,
		.size = shdr.sh_size,
		.offset = shdr.sh_offset,
		.index = index,
		.link = shdr.sh_link,
	};
	if (!s->name)
		return malformed(o, err, "a section has no name");
	if (s->flags & SHF_COMPRESSED && s->flags & SHF_ALLOC)
		return malformed(o, err, "an allocated section is compressed");
	if (s->type == SHT_NOBITS || s->type == SHT_NULL)
		return s->size > INT64_MAX ?
			       malformed(o, err, "a section is too large") : 0;
	s->data = section_bytes(scn, s->size);
	return s->data ? 0 : malformed(o, err, "a section leaves the file, "
				"or is no whole number of entries");
}

/* Bytes of the file that something claims. */
struct extent {
	uint64_t begin, end;
};

static int by_begin(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

/*
 * The sections of an object that a tool wrote do not overlap, nor do they hold
 * the headers: each byte is somebody's, and is looked at once.
 */
static int check_extents(struct object *o, struct error *err)
{
	_cleanup_free_ struct extent *v = xcalloc(o->nr_sections + 1,
						  sizeof(*v));
	size_t nr = 0, header;
	GElf_Ehdr ehdr;

	if (!gelf_getehdr(o->elf, &ehdr))
		return malformed(o, err, "its header is unreadable");
	header = o->is64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
	v[nr++] = (struct extent){ 0, o->is64 ? sizeof(Elf64_Ehdr) :
						sizeof(Elf32_Ehdr) };
	v[nr++] = (struct extent){ ehdr.e_shoff,
				   ehdr.e_shoff + header * o->nr_sections };
	for (size_t i = 1; i < o->nr_sections; i++) {
		const struct section *s = &o->sections[i];

		if (s->data && s->size)
			v[nr++] = (struct extent){ s->offset,
						   s->offset + s->size };
	}
	qsort(v, nr, sizeof(*v), by_begin);
	for (size_t i = 1; i < nr; i++)
		if (v[i - 1].end > v[i].begin)
			return malformed(o, err, "sections overlap");
	return 0;
}

static int read_sections(struct object *o, struct error *err)
{
	size_t strings;

	if (elf_getshdrstrndx(o->elf, &strings))
		return malformed(o, err, "no section names");
	o->sections[0].name = "";
	for (size_t i = 1; i < o->nr_sections; i++)
		if (read_section(o, i, strings, err))
			return -1;
	return check_extents(o, err);
}

/* Where a symbol lives: a section, or one of the special places. */
static int place_symbol(struct object *o, struct symbol *sym, uint32_t shndx,
			bool extended, struct error *err)
{
	if (!extended && shndx == SHN_UNDEF) {
		sym->place = SYMBOL_UNDEFINED;
		return 0;
	}
	if (!extended && shndx == SHN_ABS) {
		sym->place = SYMBOL_ABSOLUTE;
		return 0;
	}
	if (!extended && shndx == SHN_COMMON) {
		sym->place = SYMBOL_COMMON;
		return 0;
	}
	if ((!extended && shndx >= SHN_LORESERVE) || !shndx ||
	    shndx >= o->nr_sections)
		return malformed(o, err, "a symbol's section does not exist");
	sym->place = SYMBOL_DEFINED;
	sym->section = shndx;
	if (sym->value > o->sections[shndx].size ||
	    sym->size > o->sections[shndx].size - sym->value)
		return malformed(o, err, "a symbol leaves its section");
	return 0;
}

static int read_symbol(struct object *o, Elf_Data *data, Elf_Data *extended,
		       uint32_t strings, size_t i, struct error *err)
{
	struct symbol *sym = &o->symbols[i];
	GElf_Sym raw;
	Elf32_Word xindex = 0;

	if (!gelf_getsymshndx(data, extended, i, &raw, &xindex))
		return malformed(o, err, "a symbol is unreadable");
	*sym = (struct symbol){
		.name = elf_strptr(o->elf, strings, raw.st_name),
		.value = raw.st_value,
		.size = raw.st_size,
		.type = GELF_ST_TYPE(raw.st_info),
		.binding = GELF_ST_BIND(raw.st_info),
		.visibility = GELF_ST_VISIBILITY(raw.st_other),
	};
	if (!sym->name)
		return malformed(o, err, "a symbol has no name");
	if (raw.st_shndx == SHN_XINDEX)
		return place_symbol(o, sym, xindex, true, err);
	return place_symbol(o, sym, raw.st_shndx, false, err);
}

static struct section *section_of_type(struct object *o, uint32_t type)
{
	for (size_t i = 1; i < o->nr_sections; i++)
		if (o->sections[i].type == type)
			return &o->sections[i];
	return NULL;
}

static Elf_Data *translated(struct object *o, const struct section *s)
{
	return s ? elf_getdata(elf_getscn(o->elf, s->index), NULL) : NULL;
}

static int read_symbols(struct object *o, struct error *err)
{
	struct section *table = section_of_type(o, SHT_SYMTAB);
	size_t size = o->is64 ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
	Elf_Data *data = translated(o, table), *extended;

	if (!table)
		return error_set(err, ERROR_INPUT, "%s: no symbol table",
				 o->path);
	extended = translated(o, section_of_type(o, SHT_SYMTAB_SHNDX));
	if (!data || table->entsize != size || table->size % size ||
	    table->size != data->d_size)
		return malformed(o, err, "the symbol table");
	o->nr_symbols = table->size / size;
	o->symbols = xcalloc(o->nr_symbols, sizeof(*o->symbols));
	for (size_t i = 0; i < o->nr_symbols; i++)
		if (read_symbol(o, data, extended, table->link, i, err))
			return -1;
	return 0;
}

/* The addend that REL keeps in the field itself. */
static int64_t inplace_addend(const struct section *s, uint64_t offset,
			      unsigned int size)
{
	uint64_t v = 0;

	if (!s->data)
		return 0;
	for (unsigned int i = 0; i < size; i++)
		v |= (uint64_t)s->data[offset + i] << (8 * i);
	switch (size) {
	case 1:
		return (int8_t)v;
	case 2:
		return (int16_t)v;
	case 4:
		return (int32_t)v;
	}
	return (int64_t)v;
}

static int add_reloc(struct object *o, struct section *s, const GElf_Rela *raw,
		     bool inplace, struct error *err)
{
	uint32_t type = GELF_R_TYPE(raw->r_info);
	unsigned int size = reloc_size(o->machine, type);
	struct reloc *r;

	if (!type) /* R_X86_64_NONE, R_386_NONE */
		return 0;
	if (!size)
		return error_set(err, ERROR_INPUT,
				 "%s: relocation type %u in %s is not known",
				 o->path, type, s->name);
	if (raw->r_offset > s->size || size > s->size - raw->r_offset)
		return malformed(o, err, "a relocation leaves its section");
	if (GELF_R_SYM(raw->r_info) >= o->nr_symbols)
		return malformed(o, err, "a relocation's symbol does not exist");
	ARRAY_GROW(s->relocs, s->nr_relocs, s->alloc_relocs);
	r = &s->relocs[s->nr_relocs++];
	*r = (struct reloc){
		.offset = raw->r_offset,
		.type = type,
		.symbol = GELF_R_SYM(raw->r_info),
		.addend = inplace ? inplace_addend(s, raw->r_offset, size) :
				    raw->r_addend,
	};
	return 0;
}

static int read_reloc(struct object *o, struct section *s, Elf_Data *data,
		      size_t i, bool inplace, struct error *err)
{
	GElf_Rela rela = { 0 };
	GElf_Rel rel;

	if (!inplace) {
		if (!gelf_getrela(data, i, &rela))
			return malformed(o, err, "a relocation is unreadable");
	} else {
		if (!gelf_getrel(data, i, &rel))
			return malformed(o, err, "a relocation is unreadable");
		rela.r_offset = rel.r_offset;
		rela.r_info = rel.r_info;
	}
	return add_reloc(o, s, &rela, inplace, err);
}

static int read_relocs(struct object *o, const struct section *table,
		       struct error *err)
{
	bool inplace = table->type == SHT_REL;
	Elf_Scn *scn = elf_getscn(o->elf, table->index);
	Elf_Data *data = translated(o, table);
	GElf_Shdr shdr;
	size_t nr, size;

	size = gelf_fsize(o->elf, inplace ? ELF_T_REL : ELF_T_RELA, 1,
			  EV_CURRENT);
	if (!data || !gelf_getshdr(scn, &shdr) || !size ||
	    table->entsize != size || table->size % size || data->d_size != table->size)
		return malformed(o, err, "a relocation table");
	if (!shdr.sh_info || shdr.sh_info >= o->nr_sections)
		return malformed(o, err, "relocations for no section");
	nr = table->size / size;
	for (size_t i = 0; i < nr; i++)
		if (read_reloc(o, &o->sections[shdr.sh_info], data, i, inplace,
			       err))
			return -1;
	return 0;
}

static int by_offset(const void *a, const void *b)
{
	const struct reloc *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	if (x->type != y->type)
		return x->type < y->type ? -1 : 1;
	return x->symbol < y->symbol ? -1 : x->symbol > y->symbol;
}

/* No two relocations may fill the same bytes: x86 has no such pairs. */
static int order_relocs(struct object *o, struct section *s, struct error *err)
{
	if (s->nr_relocs)
		qsort(s->relocs, s->nr_relocs, sizeof(*s->relocs), by_offset);
	for (size_t i = 1; i < s->nr_relocs; i++) {
		const struct reloc *prev = &s->relocs[i - 1];

		if (prev->offset + reloc_size(o->machine, prev->type) >
		    s->relocs[i].offset)
			return malformed(o, err, "relocations overlap");
	}
	return 0;
}

static const char *signature_of(const struct object *o, uint32_t symbol)
{
	const struct symbol *s = &o->symbols[symbol];

	return s->type == STT_SECTION && s->place == SYMBOL_DEFINED ?
		       o->sections[s->section].name : s->name;
}

static int read_group(struct object *o, const struct section *s,
		      struct error *err)
{
	Elf_Scn *scn = elf_getscn(o->elf, s->index);
	Elf_Data *data = translated(o, s);
	struct group *g;
	GElf_Shdr shdr;

	if (!data || !gelf_getshdr(scn, &shdr) || data->d_size != s->size ||
	    s->size < sizeof(uint32_t) || s->size % sizeof(uint32_t) ||
	    !shdr.sh_info || shdr.sh_info >= o->nr_symbols)
		return malformed(o, err, "a section group");
	ARRAY_GROW(o->groups, o->nr_groups, o->alloc_groups);
	g = &o->groups[o->nr_groups++];
	*g = (struct group){
		.signature = signature_of(o, shdr.sh_info),
		.nr = s->size / sizeof(uint32_t) - 1,
	};
	g->members = xcalloc(g->nr + 1, sizeof(*g->members));
	memcpy(&g->flags, data->d_buf, sizeof(g->flags));
	memcpy(g->members, (const uint32_t *)data->d_buf + 1,
	       g->nr * sizeof(*g->members));
	for (size_t i = 0; i < g->nr; i++)
		if (!g->members[i] || g->members[i] >= o->nr_sections ||
		    o->sections[g->members[i]].type == SHT_GROUP)
			return malformed(o, err, "a section group's member");
	return 0;
}

static int read_groups(struct object *o, struct error *err)
{
	for (size_t i = 1; i < o->nr_sections; i++)
		if (o->sections[i].type == SHT_GROUP &&
		    read_group(o, &o->sections[i], err))
			return -1;
	return 0;
}

static bool is_debug(const struct section *s)
{
	return !(s->flags & SHF_ALLOC) && starts_with(s->name, ".rel") &&
	       strstr(s->name, ".debug_");
}

static int read_all_relocs(struct object *o, struct error *err)
{
	for (size_t i = 1; i < o->nr_sections; i++) {
		const struct section *s = &o->sections[i];

		if ((s->type != SHT_RELA && s->type != SHT_REL) || is_debug(s))
			continue;
		if (read_relocs(o, s, err))
			return -1;
	}
	for (size_t i = 1; i < o->nr_sections; i++)
		if (order_relocs(o, &o->sections[i], err))
			return -1;
	return 0;
}

int object_parse(const char *path, struct buf *file, struct object *ret,
		 struct error *err)
{
	struct object o = { .path = xstrdup(path), .file = *file };

	*file = (struct buf)BUF_INIT;
	elf_version(EV_CURRENT);
	o.elf = elf_memory(o.file.data, o.file.len);
	if (!o.elf) {
		error_set(err, ERROR_INPUT, "%s: not an ELF object", path);
	} else if (!read_header(&o, err) && !read_sections(&o, err) &&
		   !read_symbols(&o, err) && !read_all_relocs(&o, err) &&
		   !read_groups(&o, err)) {
		*ret = o;
		return 0;
	}
	object_release(&o);
	return -1;
}

int object_load(const char *path, struct object *ret, struct error *err)
{
	struct buf file = BUF_INIT;

	if (fs_read(path, &file, err)) {
		buf_release(&file);
		return -1;
	}
	return object_parse(path, &file, ret, err);
}

void object_release(struct object *object)
{
	for (size_t i = 0; i < object->nr_sections; i++)
		free(object->sections[i].relocs);
	for (size_t i = 0; i < object->nr_groups; i++)
		free(object->groups[i].members);
	free(object->groups);
	if (object->elf)
		elf_end(object->elf);
	free(object->sections);
	free(object->symbols);
	free(object->path);
	buf_release(&object->file);
	*object = (struct object){ 0 };
}
