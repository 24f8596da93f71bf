/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One relocatable object, read whole and checked: every offset, size and index
 * that the other modules follow without looking has been held against the
 * bounds here. What does not fit is an error, never a crash.
 */
#ifndef VERIFY_ELF_H
#define VERIFY_ELF_H

#include <stdint.h>

#include <elf.h>

#include "lib/buf.h"
#include "lib/error.h"

struct reloc {
	uint64_t offset;  /* of the field, in the section */
	int64_t addend;	  /* explicit, or read from the field (SHT_REL) */
	uint32_t type;	  /* R_X86_64_*, R_386_* */
	uint32_t symbol;  /* index in the object's symbols */
};

struct section {
	const char *name;
	const unsigned char *data; /* size bytes; NULL when it holds none (NOBITS) */
	uint64_t size;
	uint64_t offset;   /* of the bytes, in the file */
	uint64_t flags;	   /* SHF_* */
	uint64_t align;	   /* 0 and 1: none */
	uint64_t entsize;  /* of a pool: bytes of a character or constant; of a
			      table: of an entry */
	struct reloc *relocs; /* owned; by offset; each field lies in the section */
	size_t nr_relocs, alloc_relocs;
	uint32_t type;	   /* SHT_* */
	uint32_t index;	   /* of this section in the object */
	uint32_t link;	   /* sh_link */
};

struct symbol {
	const char *name;
	uint64_t value;	   /* in its section; [value, value + size) lies in it */
	uint64_t size;
	uint32_t section;  /* index; meaningful when place is SYMBOL_DEFINED */
	enum { SYMBOL_UNDEFINED, SYMBOL_DEFINED, SYMBOL_ABSOLUTE, SYMBOL_COMMON } place;
	unsigned char type;	  /* STT_* */
	unsigned char binding;	  /* STB_* */
	unsigned char visibility; /* STV_* */
};

/* A group of sections (SHT_GROUP) that the linker keeps or drops together. */
struct group {
	const char *signature; /* a symbol's name, or a section's */
	uint32_t *members;     /* owned: indices of sections */
	size_t nr;
	uint32_t flags;	       /* GRP_COMDAT */
};

struct object {
	char *path;	  /* owned: as it was given */
	struct buf file;  /* its bytes; names and data point into them */
	void *elf;	  /* libelf's handle */
	struct section *sections; /* owned; index 0 is the null section */
	size_t nr_sections;
	struct symbol *symbols;	  /* owned; index 0 is the null symbol */
	size_t nr_symbols;
	struct group *groups;	  /* owned */
	size_t nr_groups, alloc_groups;
	bool is64;
	uint16_t machine; /* EM_* */
};

/* -1: unreadable, not ELF, not relocatable, inconsistent, or not of a known machine. */
int object_load(const char *path, struct object *ret, struct error *err);

/* As object_load() with the bytes given; path is for messages. Takes the bytes over. */
int object_parse(const char *path, struct buf *file, struct object *ret,
		 struct error *err);
void object_release(struct object *object);

/* reloc_size.c: bytes of the field that a relocation of this type fills; 0: type not known. */
unsigned int reloc_size(uint16_t machine, uint32_t type);

#endif
