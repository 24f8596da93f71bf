/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the two files behind matter.h share: matter_form.c tells the forms of
 * external declarations that may be left out, matter.c what is left out.
 */
#ifndef DRIVER_MATTER_INTERNAL_H
#define DRIVER_MATTER_INTERNAL_H

#include "matter.h"

enum matter_form {
	FORM_OTHER,
	FORM_PROTOTYPE,
	FORM_INLINE,
};

struct item {
	size_t begin, end; /* tokens */
	enum matter_form form;
	uint32_t name;	   /* of the function; FORM_OTHER: 0 */
	uint32_t next;	   /* item + 1 of this name that may be left out; 0 */
	bool stays;
};

/* What is known about a number. */
struct fact {
	uint32_t first;	  /* item + 1 of this name that may be left out; 0: none */
	bool named;	  /* by something that stays */
	bool is_tag;	  /* a struct of this name is declared so far */
	bool is_type;	  /* a typedef of this name is declared so far */
};

struct cut {
	struct words *w;
	enum matter matter;
	struct item *items; /* owned */
	size_t nr, alloc;
	struct fact *facts; /* owned: by number */
	size_t nr_facts;
	uint32_t *todo;	    /* owned: items that stay and whose names do not yet */
	size_t nr_todo, alloc_todo;
};

static inline const struct word *word_at(const struct cut *c, size_t i)
{
	return &c->w->word[c->w->v[i]];
}

static inline unsigned char kind_at(const struct cut *c, size_t i)
{
	return word_at(c, i)->kind;
}

static inline char punct_at(const struct cut *c, size_t i)
{
	return word_at(c, i)->punct;
}

static inline bool opens(char c)
{
	return c == '(' || c == '[' || c == '{';
}

static inline bool closes(char c)
{
	return c == ')' || c == ']' || c == '}';
}

/* The form of an item; and, unless it is FORM_OTHER, the function's name. */
enum matter_form matter_form_of(const struct cut *c, const struct item *item,
				uint32_t *ret_name);

#endif
