/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of compiled.h: files cut into regions, and which of them somebody must
 * have compiled. Only verify/compiled*.c include this.
 */
#ifndef VERIFY_COMPILED_INTERNAL_H
#define VERIFY_COMPILED_INTERNAL_H

#include "compiled.h"
#include "lib/buf.h"

struct region {
	unsigned int first; /* line of the file, from 1; it ends where the next begins */
	unsigned int line;  /* of its first code; 0: it has none */
	struct buf code;    /* its directive, and its code without comments */
	size_t directive;   /* bytes of code that are the directive */
	char *macro;	    /* owned: what it is called if it is a #define; NULL */
	bool wanted;	    /* it has changed code */
	bool named;	    /* not changed, but it has a name of a rename */
	bool seen;	    /* by a compiler, in some configuration */
	bool macro_wanted;  /* the macro changed, or has a renamed name left */
	bool macro_seen;    /* it is expanded in what was seen */
};

/* One file on one side. */
struct watched {
	const char *path;
	struct region *v; /* owned; in order, covering all lines */
	size_t nr, alloc;
	size_t missing;	  /* wanted regions that were not seen yet */
	bool macros;	  /* a wanted macro is among them */
	bool includes;	  /* #include lines came or went */
	bool include_gone; /* at least one went */
};


/* Code that the same file, on the other side, does not have. */
void watched_want_changed(struct watched *w, const struct watched *other);
/* Takes back what says the same wherever it moved to. */
void watched_forgive_placeless(struct watched *w, const struct watched *others,
			       size_t nr);
/* What holds an old or a new name of a rename, and should not, or changed by it. */
void watched_want_renamed(struct watched *old, struct watched *new,
			  const struct contract *contract, struct outcome *ret);
/* Whether #include lines came or went. */
void watched_note_includes(const struct contract *contract, struct watched *old,
			   struct watched *new);
bool watched_has_word(const char *text, size_t len, const char *word);

#endif
