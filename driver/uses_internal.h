/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state of one walk over an item's tokens, shared by uses.c (which names
 * count) and uses_scope.c (which names are declared on the way). Nobody else
 * includes this.
 */
#ifndef DRIVER_USES_INTERNAL_H
#define DRIVER_USES_INTERNAL_H

#include "lib/util.h"
#include "uses.h"

#define WALK_NONE ((size_t)-1)

enum level_kind {
	LEVEL_BLOCK,   /* { statements } */
	LEVEL_INIT,    /* = { initialisers } */
	LEVEL_MEMBERS, /* struct or union { members } */
	LEVEL_ENUM,    /* enum { enumerators } */
	LEVEL_PARENS,  /* ( ) */
	LEVEL_INDEX,   /* [ ] */
};

/* One open bracket. */
struct level {
	enum level_kind kind;
	size_t callee; /* LEVEL_PARENS: the identifier before it; WALK_NONE */
	size_t commas; /* passed in it */
	size_t locals; /* locals known when it was opened */
};

/* A declared name; positions are indices in 'code'. */
struct local {
	size_t at; /* the declaration: the name counts from here on */
};

struct walk {
	const struct tokens *t;
	size_t *code;	    /* indices in t of the tokens walked over */
	size_t nr, alloc;
	size_t body;	    /* first position of the body, for parameters; 0: none */
	unsigned int line;  /* added to the lines of t */
	struct level *levels;
	size_t nr_levels, alloc_levels;
	struct local *locals;
	size_t nr_locals, alloc_locals;
	bool plain;	    /* all names are NAME_DIRECTIVE */
	name_fn *fn;
	void *data;
};

/* True when the token at a position (which may be out of range) is s. */
bool walk_at(const struct walk *w, size_t k, const char *s);
bool walk_is_ident(const struct walk *w, size_t k);
const struct level *walk_level(const struct walk *w); /* innermost; NULL */

void scope_open(struct walk *w, size_t k);  /* at an opening bracket */
void scope_close(struct walk *w);	    /* at a closing one */
void scope_declare(struct walk *w, size_t k);
bool scope_has(const struct walk *w, size_t k); /* a local of this spelling */
/* A local of this name counts at position k. */
bool scope_has_name(const struct walk *w, size_t k, const char *name);

/* At the start of a statement: notes the names that it declares, if any. */
void scope_statement(struct walk *w, size_t k);

#endif
