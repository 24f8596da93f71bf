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

enum use_form {
	USE_PLAIN,
	USE_TAG,    /* behind struct, union or enum */
	USE_PASTED, /* F(name)(...) */
};

/* name is not NUL-terminated; line is physical, from 1, in the item's file. */
typedef void use_fn(void *data, const char *name, size_t len,
		    enum use_form form, unsigned int line);

/* Calls fn for each identifier, in order; the item's own name is among them. */
void uses_of_item(const struct items *items, size_t item, use_fn *fn,
		  void *data);

/* True when the item refers to the name in USE_PLAIN form. */
bool uses_name(const struct items *items, size_t item, const char *name);

#endif
