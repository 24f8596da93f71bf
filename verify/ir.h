/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Textual LLVM IR as clang prints it (14 and newer: pointers with types and
 * without), cut into entities; and each entity's text in a form that does not
 * say in which file it stands, nor where in it. What a unit numbers on its own
 * is put by what it means:
 *
 *	@.str.12	contents of a private constant
 *	@f.x.12		a local's name without the number; which of several of that
 *			name by the order in which an entity refers to them
 *	__UNIQUE_ID_x12	without what __COUNTER__ gave; so in inline assembly, and
 *			so is an operand that the assembly makes a label of
 *	#12		contents of an attribute group
 *	!12		contents of metadata; !srcloc and !dbg are dropped
 *	%struct.s.12	the name, and by value the layout of the type; a pointer
 *			has no layout
 *
 * A reference to a local of which one side has several, each with another text,
 * says which one is meant: two files may have a static function of one name.
 */
#ifndef VERIFY_IR_H
#define VERIFY_IR_H

#include "lib/buf.h"
#include "lib/error.h"
#include "lib/store.h"
#include "lib/strv.h"
#include "state.h"

enum ir_kind {
	IR_FUNCTION,
	IR_VARIABLE,	/* a constant, too */
	IR_ALIAS,
	IR_ASM,		/* a block of the module's own assembly */
	IR_DECLARATION,
};

struct ir_module;
struct ir_name;

struct ir_entity {
	enum ir_kind kind;
	struct ir_module *module;
	const char *spelled;	/* as the module has it: f.x.12; in its text */
	size_t spelled_len;
	struct ir_name *name;	/* f.x */
	const char *text;	/* in the module's text; of assembly: owned */
	size_t len;
	bool is_local;		/* internal or private */
	bool is_content;	/* a private constant: what it holds is what it is */
	bool is_counted;	/* __COUNTER__ made the name: it means nothing */
	bool may_global, may_inline; /* the rules name it */
	bool is_used;		/* kept though nothing may refer to it */
	bool refers_to_locals;	/* so its key depends on what is ambiguous */
	bool is_vague;		/* a declaration with a type that is not known */
	struct store_key key, next_key; /* of its form; of the next round */
	struct ir_entity *next;	/* for whoever compares */
};

/* What a name may have become on purpose. */
struct ir_rules {
	const struct strv *global;  /* may become global; may be NULL */
	const struct strv *inlined; /* may become inline in a header; may be NULL */
	const struct renamed *renamed;
	size_t nr_renamed;
};

/* All modules of both sides: 0 before, 1 after. */
struct ir_set {
	struct ir_rules rules;
	struct ir_module *modules[2]; /* owned; nr[side] of them */
	size_t nr[2];
	struct ir_name *names;
};

struct ir_module {
	struct ir_set *set;
	int side;
	const char *source;	/* of its unit; borrowed */
	const char *tokens;	/* of its unit; borrowed */
	struct buf text;
	struct ir_entity *entities;
	size_t nr, alloc;
	struct ir_symbol *symbols;	/* by name as spelled */
	struct ir_type *types;
	struct ir_numbered *numbered;	/* attribute groups and metadata */
	char *flags;		/* target and module flags, in their form */
	bool *renamed;		/* which renames mean something of this module */
};

/*
 * Reads a module; everything in it borrows from its text. -1 when it is
 * unreadable, or no IR that this reader knows.
 */
int ir_read(struct ir_module *m, const char *path, struct error *err);

/* Once all modules are read: names and keys of all entities. */
void ir_settle(struct ir_set *set);

/*
 * The form of an entity, in lines; or as a person reads it, one line for each
 * of the form: no contents of strings, nor of assembly.
 */
void ir_form(const struct ir_entity *e, struct buf *ret);
void ir_show(const struct ir_entity *e, struct buf *ret);

/* The words of the attribute group behind an entity's head; may be empty. */
void ir_attributes(const struct ir_entity *e, struct strv *ret);

const char *ir_entity_name(const struct ir_entity *e);
bool ir_has_symbol(const struct ir_module *m, const char *name);

void ir_set_release(struct ir_set *set);

#endif
