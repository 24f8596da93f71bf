/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All objects of one side, cut into atoms. An atom is a range of a section
 * that has a meaning of its own: what a symbol covers, an entry of a table, a
 * pool of strings or constants, bytes without a name, padding. The atoms of a
 * section cover it without gap or overlap, so that every byte and every
 * relocation is somebody's; what nobody claims can be counted.
 *
 * A ref is what a relocation (or a branch that the assembler resolved itself)
 * means: the atom that it leads to and the distance from that atom's origin,
 * or the name of a symbol that no object of the side defines.
 */
#ifndef VERIFY_SIDE_H
#define VERIFY_SIDE_H

#include "elf.h"
#include "outcome.h"
#include "lib/strv.h"

enum atom_kind {
	ATOM_CODE,    /* a symbol or label in an executable section */
	ATOM_DATA,    /* a symbol or label elsewhere */
	ATOM_ENTRY,   /* an entry of a table */
	ATOM_POOL,    /* a whole section of strings or constants */
	ATOM_ANON,    /* bytes that no symbol names */
	ATOM_PADDING, /* what alignment left */
};

enum ref_kind {
	REF_ABSOLUTE, /* the address itself */
	REF_SIGNED,   /* the same, sign-extended (R_X86_64_32S) */
	REF_RELATIVE, /* the distance to it from the field or the instruction */
	REF_OTHER,    /* by its type: thread-local, offset table... */
};

struct ref {
	uint64_t offset;   /* of the field, in its section */
	unsigned int size; /* bytes of the field */
	enum ref_kind kind;
	uint32_t type;	   /* the relocation's type; compared for REF_OTHER */
	const struct symbol *symbol; /* as the relocation names it; NULL when the
					assembler resolved the branch itself */
	struct atom *atom; /* where it leads; NULL: symbol is not defined here */
	int64_t delta;	   /* from the atom's origin; without atom the addend */
	uint64_t limit;	   /* bytes of the target that count; UINT64_MAX: all */
	enum claim_kind claim; /* ledger.c */
};

struct atom {
	struct part *part;
	uint64_t begin, end; /* bytes in the section; a function's prefix padding
				is in front of its origin */
	uint64_t origin;     /* where the first symbol stands; else begin */
	enum atom_kind kind;
	char *name;	     /* owned: without what the compiler numbers; "" if none */
	const struct symbol *const *symbols; /* those that stand in it, in order */
	size_t nr_symbols;
	struct ref *refs;    /* those whose fields lie in it, in order */
	size_t nr_refs;
	const struct table *table; /* ATOM_ENTRY: the kind of table */
	struct atom *tie;    /* ATOM_ENTRY: the atom it is about; NULL if none */
	int64_t tie_delta;   /* the place in it */
	uint64_t tie_inner;  /* the place is in nameless contents (an alternative)
				that tie, or an entry of it, leads to: how far
				behind where that begins, and 1; else 0 */
	struct atom **entries; /* owned list: entries tied to this atom */
	size_t nr_entries, alloc_entries;
	uint64_t undecoded;  /* bytes of code that are no instruction we know */

	/* For match.c. */
	bool per_file;	     /* a lock's class or a once flag that a header's function
				has in each file: copies stand for each other */
	bool own;	     /* a copy with a state of its own: no other copy can stand
				for it */
	size_t class;	     /* atoms of equal class may stand for each other; 0: none */
	uint64_t hash[3];    /* of both, of contents, of referrers */
	uint64_t next[3];
};

/* A ref into a pool, or into bytes without a name (their extent ends where
   another's begins). */
struct hit {
	uint64_t offset;
	const struct atom *from;
};

/* Bytes of a part that ledger.c was told of. */
struct claim {
	uint64_t begin, end;
	enum claim_kind kind;
};

enum part_role {
	PART_IGNORED,	 /* symbol tables, relocations, string tables, groups */
	PART_CONTENT,	 /* code and data */
	PART_POOL,
	PART_TABLE,
	PART_NOTE,	 /* compared as a set of contents: notes, .comment */
	PART_REFERENCED, /* .discard.addressable: a set of targets */
	PART_UNCOMPARED, /* not allocated and not looked at: debug information... */
};

/* A section with all that is known about it. */
struct part {
	const struct object *object;
	const struct section *section;
	const char *source; /* what messages call the object */
	char *name; /* owned: the section's, without a symbol's name behind it */
	enum part_role role;
	bool own;   /* the section was made for one symbol: its alignment counts */
	const struct table *table;     /* PART_TABLE */
	const struct symbol **symbols; /* owned: defined here, by value */
	size_t nr_symbols;
	struct ref *refs;  /* owned: by offset */
	size_t nr_refs, alloc_refs;
	struct atom *atoms; /* owned: by begin, covering the section */
	size_t nr_atoms, alloc_atoms;
	struct hit *hits;  /* owned: refs to ATOM_ANON and ATOM_POOL atoms of this
			      part, by offset */
	size_t nr_hits, alloc_hits;
	struct atom *copies; /* owned: orc.c: entries for beginnings of functions */
	struct ref *copied_refs; /* owned: theirs */
	struct claim *claims; /* owned: ledger.c */
	size_t nr_claims, alloc_claims;
};

struct global; /* a defined global symbol; see side.c */

struct side {
	const char *label;	/* "before", "after" */
	struct object *objects; /* owned */
	struct decoder *decoder; /* owned: for the machine of the objects */
	struct strv names;	/* what messages call each object */
	struct strv renamed;	/* names that symbols and sections of the objects
				   have instead of their own: objects_rename.c */
	const struct strv *sources; /* their sources; NULL: not known */
	size_t nr_objects, alloc_objects;
	struct part **parts;	/* owned: parts[object][section index] */
	struct global *globals; /* owned: by name */
	size_t nr_globals, alloc_globals;
};

/*
 * Reads the objects, and those in archives. sources names them in messages
 * (and then none is an archive); NULL: the last part of their paths.
 */
int side_read(struct side *side, const char *label, const struct strv *paths,
	      const struct strv *sources, struct error *err);
/* Cuts what was read, and resolves it. */
int side_cut(struct side *side, struct error *err);
void side_release(struct side *side);

/* "x86.o: .text.f+0x12", the offset counted in the section; the caller frees. */
char *side_where(const struct side *side, const struct atom *a, uint64_t offset);

/* The index of the object that a part belongs to. */
size_t side_object_of(const struct side *side, const struct part *part);

/* Every atom of the side, in order of objects, sections and offsets. */
struct cursor {
	size_t object, section, atom;
};
struct atom *side_next(const struct side *side, struct cursor *c);
#define for_each_atom(side, a)                                                 \
	for (struct cursor c_ = { 0 }; ((a) = side_next(side, &c_));)

/* The atom of the part that holds the offset; the nearest one for one outside. */
struct atom *part_atom_at(const struct part *part, uint64_t offset);

/* The definition of a global symbol on this side; NULL. */
struct atom *side_global(const struct side *side, const char *name,
			 int64_t *ret_delta);

/* Binding and place of an atom as match.c and same.c need it. */
bool atom_is_local(const struct atom *a);
bool atom_is_writable(const struct atom *a);
bool atom_is_static_local(const struct atom *a);
/* What __func__ and its like hold: the function that they belong to; else NULL. */
const char *atom_function_named(const struct atom *a);
static inline bool atom_is_named(const struct atom *a)
{
	return a->kind == ATOM_CODE || a->kind == ATOM_DATA;
}

/* The bytes at an offset of a section; zeros are NULL (.bss). */
static inline const unsigned char *part_bytes(const struct part *p,
					      uint64_t offset)
{
	return p->section->data ? p->section->data + offset : NULL;
}

/* symtab.c */

/* A local's name without counters (x.12, __UNIQUE_ID_x12); the caller frees. */
char *symbol_base_name(const struct symbol *sym);
/* True for what names a place for people or tables: not sections, files, .L labels. */
bool symbol_is_named(const struct symbol *sym);
/* Fills part->symbols, name, own. */
void part_collect(struct part *parts, const struct object *object);

/* cut.c: fills part->role and part->atoms of a part whose symbols are collected. */
struct decoder;
void part_cut(struct part *part, const struct decoder *d);
/* Compilers and linkers write these for themselves. */
bool is_tool_note(const struct section *s);

/* reloc.c: fills part->refs (cut parts), later resolves where they lead. */
void part_refs(struct part *part, const struct decoder *d);
void side_resolve(struct side *side);

/* code.c */
struct decoder *decoder_new(uint16_t machine, bool is64, struct error *err);
void decoder_free(struct decoder *d);
/* True when the bytes do nothing: no-ops, breakpoints, zeros (NULL: all are). */
bool code_is_padding(const struct decoder *d, const unsigned char *bytes,
		     uint64_t size);
/*
 * Follows the instructions in [begin, end): refs of instructions get their
 * true distance, and branches without a relocation that leave the range
 * become refs (appended to part, not in order). Returns how many bytes are no
 * instruction that we know.
 */
uint64_t code_follow(const struct decoder *d, struct part *part, uint64_t begin,
		 uint64_t end);
/*
 * True when the instruction whose field stands at the offset (in the section) has
 * the address itself: not when it reads or writes what is there, or goes there.
 */
bool code_takes_address(const struct decoder *d, const struct atom *a,
			uint64_t offset);
/* The first instruction that differs, as people read it, to ret. */
void code_describe(const struct decoder *d, const struct atom *before,
		   const struct atom *after, uint64_t offset, struct buf *ret);

#endif
