/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Comparing what compilers make: N relocatable ELF objects before, M after,
 * across translation units. This is the code rung without a contract, the
 * `compare` subcommand, and the code-size table of a stock build.
 *
 * Symbols are compared as a multiset of (name, type, binding, visibility,
 * size, section name without a -ffunction-sections suffix) over all objects of
 * a side; functions by their machine code, data by its bytes, both with every
 * relocation resolved to what it means: a symbol and an offset, or the
 * contents of a string or constant pool entry. Tables (exports, exceptions,
 * bugs, parameters, initcalls, alternatives, jump labels, static calls...) are
 * compared by entry, each tied to its function.
 */
#ifndef VERIFY_OBJECTS_H
#define VERIFY_OBJECTS_H

#include "lib/error.h"
#include "lib/strv.h"
#include "outcome.h"

struct renamed; /* state.h */

struct objects_options {
	const struct strv *globalised;	/* names that may be local before and global
					   after (promotions); may be NULL */
	const struct strv *globalised_from; /* of each of these the source that has it
					   before; NULL or "": any */
	const struct strv *inlined;	/* names that may exist on neither, one or both
					   sides as a function of their own (forced
					   inline on both sides); may be NULL */
	const struct strv *before_sources, *after_sources; /* the source of each
					   object, in the order of the objects: for
					   messages, and to know a file's own name
					   in a string; NULL: the objects' names */
	const struct renamed *renamed;	/* what the symbols before are called after; see
					   objects_rename.h; nr_renamed 0: as before */
	size_t nr_renamed;
	const struct strv *renamed_from; /* of each of these the source, or header,
					   that defines it before; "": not known */
	const struct strv *unchanged, *unchanged_sources; /* of a rename: objects
					   that are the same on both sides, and so
					   may not have an old name; may be NULL */
	/*
	 * Whether the local function or constant of this name, in the object of
	 * this source before or after, comes from a header: 1 yes, 0 no, -1 not
	 * known. NULL: nothing is known. An identical local copy that appears
	 * once more is explained if all copies come from headers, different if
	 * one does not, and undecided if that is not known and each side does
	 * not have several copies already.
	 */
	int (*from_header)(void *data, bool after, const char *source,
			   const char *name);
	/*
	 * The same for a static variable of this name inside a function, that
	 * only code of the functions 'users' refers to (each once; none: data
	 * does, or nothing). NULL: nothing is known.
	 */
	int (*local_from_header)(void *data, bool after, const char *source,
				 const char *name, const struct strv *users);
	void *data;			/* for both */
};

/*
 * Compares the objects at these paths; without sources in the options an archive
 * stands for its members. ret->checked counts functions and data objects. -1 when
 * an object cannot be read: not ELF, truncated, not relocatable, another machine
 * than the others.
 */
int objects_compare(const struct strv *before, const struct strv *after,
		    const struct objects_options *options, struct outcome *ret,
		    struct error *err);

/*
 * Appends "name\tpath" to ret for each of names that an object defines or leaves
 * undefined as a symbol that is not local. -1 when an object cannot be read.
 */
int objects_globals(const struct strv *paths, const struct strv *names,
		    struct strv *ret, struct error *err);

/* One row of the code-size table: a function whose size or existence differs. */
struct codegen {
	char *name;	 /* owned */
	unsigned long before, after; /* bytes; 0: no such symbol */
	char *why;	 /* owned: one line, as far as symbols and calls tell:
			    "g no longer inlined into it"; "" where they do not */
};

/*
 * The functions whose bytes differ between two builds of all these objects,
 * sorted by name: information, never a gate. Of the options (may be NULL) only
 * sources, renames and 'inlined' (functions that the step made) are looked at. The caller frees *ret with codegen_free().
 */
int objects_codegen(const struct strv *before, const struct strv *after,
		    const struct objects_options *options,
		    struct codegen **ret, size_t *ret_nr, struct error *err);
void codegen_free(struct codegen *rows, size_t nr);

#endif
