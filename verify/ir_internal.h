/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the IR reader share. Only ir*.c include this.
 */
#ifndef VERIFY_IR_INTERNAL_H
#define VERIFY_IR_INTERNAL_H

#include "ir.h"
#include "lib/hash.h"

#define IR_SHORT 16 /* hex digits of a key that stand for it in a form */
#define IR_DEPTH 40 /* metadata and constants in each other */

/* A name of entities, over all modules. */
struct ir_name {
	char *text;
	struct store_key first[2]; /* of a local of this name, a side */
	bool seen[2];
	bool ambiguous;	/* a side has locals of this name with several keys */
	UT_hash_handle hh;
};

struct ir_symbol {
	const char *name; /* as spelled, in the text */
	size_t entity;	  /* index */
	UT_hash_handle hh;
};

struct ir_type {
	const char *name; /* "%struct.s.12", in the text */
	size_t name_len;
	const char *body;
	size_t len;
	char *layout;	  /* short key of it; NULL: not asked for yet */
	bool in_work;	  /* it is being worked out */
	bool is_opaque;
	UT_hash_handle hh;
};

/* "#12" or "!12" and what stands behind it. */
struct ir_numbered {
	const char *name;
	const char *body;
	size_t len;
	char *form;	/* of an attribute group: its short key; else NULL */
	UT_hash_handle hh;
};

/* A name at p: its end. Names are letters, digits, "-$._" or quoted. */
const char *ir_name_end(const char *p, const char *end);

/* Behind the quote that ends the string which begins at p. */
const char *ir_string_end(const char *p, const char *end);

struct ir_entity *ir_find(const struct ir_module *m, const char *name,
			  size_t len);
struct ir_type *ir_find_type(const struct ir_module *m, const char *name,
			     size_t len);
struct ir_numbered *ir_find_numbered(const struct ir_module *m,
				     const char *name, size_t len);

/*
 * Appends a name without the counters in it, and renamed as the module's side
 * says; a local's name loses its number, too.
 */
void ir_name_form(const struct ir_module *m, const char *name, size_t len,
		  bool is_local, struct buf *ret);

/* True when a part of the name has a number of __COUNTER__. */
bool ir_is_counted(const char *name, size_t len);

/* The key of an entity's form, and what that depends on. */
void ir_make_key(struct ir_entity *e);

/* Numeric labels that assembly defines, in order. */
struct ir_labels {
	struct {
		const char *number;
		size_t len;
	} v[32]; /* more are left as they are */
	unsigned int nr;
};

void ir_find_labels(const char *text, size_t len, bool escaped,
		    struct ir_labels *ret);

/* Which of them this number is; nr when it is none. */
unsigned int ir_label(const struct ir_labels *labels, const char *number,
		      size_t len);

/*
 * Appends assembly with the names and labels in it in their form. Escaped: as it
 * stands in a function, with "\0A" for a newline.
 */
void ir_asm_form(const struct ir_module *m, const char *text, size_t len,
		 bool escaped, struct buf *ret);

/* Appends the name of a type and, unless a pointer leads to it, its layout. */
void ir_type_form(struct ir_module *m, struct ir_type *type, bool pointer,
		  bool *ret_opaque, struct buf *ret);

/* Cuts the module's assembly, its lines joined, into blocks. */
void ir_cut_asm(struct ir_module *m, const struct buf *text);

struct ir_entity *ir_add(struct ir_module *m, enum ir_kind kind,
			 const char *text, size_t len);

/* The short key of these bytes. */
void ir_short_key(const struct buf *bytes, char ret[IR_SHORT + 1]);

#endif
