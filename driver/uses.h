/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The identifiers that an item refers to, by spelling alone: no compiler, no
 * headers, every #if branch at once. What looks like a name but is none is
 * left out:
 *
 *  - members and designators (.x, ->x, .x = ...), and member arguments of
 *    offsetof(), container_of(), list_for_each_entry() and their families;
 *  - labels, names declared in a struct, union or enum body, parameters;
 *  - locals, and everything that they shadow to the end of their block;
 *  - operands of # and ##, and the parameters of a macro in its body.
 *
 * An identifier that is the only argument of a call whose result is called
 * at once, F(name)(...), is reported as USE_PASTED: kvm_x86_call(name)(...),
 * the case that is met in practice, pastes it into another name. A lone argument
 * of any other call, register_handler(name), is a plain use, because that is how
 * functions are passed. Whoever asks decides: needs.c takes a USE_PASTED name to
 * be no use of a static function, and a use of everything else.
 */
#ifndef DRIVER_USES_H
#define DRIVER_USES_H

#include "lib/items.h"

struct walk;

enum use_form {
	USE_PLAIN,
	USE_TAG,    /* behind struct, union or enum */
	USE_PASTED, /* F(name)(...) */
};

/* name is not NUL-terminated; line is physical, from 1, in the item's file. */
typedef void use_fn(void *data, const char *name, size_t len,
		    enum use_form form, unsigned int line);

/* What an identifier is at one place. */
enum name_class {
	NAME_USE,	 /* what uses_of_item() reports, in one of its forms */
	NAME_DEFINE,	 /* what #define defines and #undef takes back */
	NAME_DIRECTIVE,	 /* a word of another directive that is no condition */
	NAME_ENUMERATOR, /* where its enum declares it */
	NAME_MEMBER,
	NAME_LABEL,
	NAME_LOCAL,	 /* a local or a parameter, of a macro too */
	NAME_OPERAND,	 /* of # or ## */
};

/* An identifier where it stands. Borrowed: good while the callback runs. */
struct name {
	const char *text;    /* in the item's file, its splices included */
	size_t len;
	enum name_class class;
	enum use_form form;  /* NAME_USE */
	unsigned int line;   /* physical, from 1 */
	const char *callee;  /* the identifier before the innermost parenthesis that
				is open here; NULL: there is none */
	size_t callee_len;
	size_t argument;     /* how many of its commas stand before the name */
	bool alone;	     /* it is the whole argument */
	bool called;	     /* a parenthesis follows */
	const struct walk *walk; /* for name_is_captured() */
	size_t at;	     /* for name_is_captured() */
};

typedef void name_fn(void *data, const struct name *name);

/*
 * Calls fn for each identifier of the item, what is left out above included, in
 * no order where a directive stands among the tokens.
 */
void names_of_item(const struct items *items, size_t item, name_fn *fn,
		   void *data);

/* True when 'other' in place of the name would mean a local or a parameter. */
bool name_is_captured(const struct name *name, const char *other);

/* Calls fn for each identifier, in order; the item's own name is among them. */
void uses_of_item(const struct items *items, size_t item, use_fn *fn,
		  void *data);

/* True when the item refers to the name in USE_PLAIN form. */
bool uses_name(const struct items *items, size_t item, const char *name);

#endif
