/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every place of a text where a name stands as a whole word, and what it is
 * there. Nothing is left out: a place that the lexer cannot make out is one of
 * class HIT_UNKNOWN.
 */
#ifndef DRIVER_HITS_H
#define DRIVER_HITS_H

#include "lib/buf.h"
#include "lib/items.h"

enum hit_class {
	HIT_NAME,	/* an ordinary identifier: function, variable, macro... */
	HIT_TAG,	/* behind struct, union or enum */
	HIT_ARGUMENT,	/* as HIT_NAME, but a whole argument: a macro may paste it */
	HIT_PASTED,	/* an operand of # or ## */
	HIT_MEMBER,
	HIT_LABEL,
	HIT_LOCAL,	/* a local or a parameter */
	HIT_STRING,	/* also a file name or a message in a directive */
	HIT_ASM,	/* in a string that is assembler */
	HIT_COMMENT,
	HIT_DOCUMENT,	/* in a text that is no code */
	HIT_ASSEMBLER,	/* in the code of an assembler source or linker script */
	HIT_OTHER,	/* in a file that is none of these: a script, a build file */
	HIT_UNKNOWN,	/* in code that the lexer cannot make out */
};

/* What kind of file it is, by its name. */
enum file_kind {
	FILE_SOURCE,	/* C */
	FILE_ASSEMBLER,
	FILE_DOCUMENT,
	FILE_OTHER,
};

struct hit {
	size_t begin, end;  /* offsets of the name */
	unsigned int line;  /* physical, from 1 */
	enum hit_class class;
	size_t item;	    /* the item that holds it; ITEMS_NONE in no C source */
	char *callee;	    /* owned; HIT_ARGUMENT: what it is an argument of */
	size_t argument;    /* its number, from 0 */
	bool pasted_form;   /* F(name)(...), see uses.h */
	bool captured;	    /* a local has the other name here */
};

struct hits {
	struct hit *v; /* owned, in order */
	size_t nr, alloc;
};

enum file_kind file_kind_of(const char *path);

/* other: what might capture the name; NULL: nothing. Appends nothing else. */
void hits_of_source(const struct items *items, const char *name,
		    const char *other, struct hits *ret);

/* In a file that is no C source. */
void hits_of_text(const struct buf *text, enum file_kind kind,
		  const char *name, struct hits *ret);

void hits_release(struct hits *hits);

#endif
