/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What of a preprocessed unit can matter to what the compiler makes of it. A
 * prototype in a header that all units read changes the tokens of all of them,
 * and the code of none that does not name the function.
 *
 * The key is that of the unit's tokens in their order, without external
 * declarations that are each one of:
 *
 *  - a plain prototype of a function that nothing else in the key names. It
 *    declares a name and emits nothing; only another use of that name could
 *    ask for it. It stays when it has an asm label or an attribute that is not
 *    on a short list (weak, alias, used, section... make a prototype emit
 *    something), when it is static, or when its type is the first to declare a
 *    struct; and when the compiler knows the function by itself, for it
 *    could then put in calls that the unit does not name;
 *  - with MATTER_CODE, the definition of a "static inline" function that nothing
 *    else in the key names. What nobody refers to is not emitted (the
 *    commands that this is asked for have no -fkeep-inline-functions). It
 *    stays when something in it would outlive it: an attribute that is not on
 *    the list (a static variable with "used" is emitted though its function is
 *    not), an extern declaration, a directive.
 *
 * "Names" is by spelling: any identifier, any word of a directive, any string
 * that could be an identifier (alias("f")), of anything that stays, one thing
 * leading to the next. So what is left out is a set that only itself refers to.
 *
 * With MATTER_STOCK an error or a warning must not depend on what is left out
 * either. An inline function stays. A prototype stays unless it is the only one
 * of its name and each type in it is known at its place; what else could be said
 * of it is said in every unit that reads it, so one must be compiled
 * (kbuild_seen.c). The text is one of the isolation build, so where its own place
 * stands in it (WORDS_LINE), that place is added. A text that asks the compiler
 * for it (__builtin_LINE) has no such key, and none that cannot be cut.
 *
 * What is not understood stays; with MATTER_CODE, a text that cannot be cut has
 * the key of all its tokens.
 */
#ifndef DRIVER_MATTER_H
#define DRIVER_MATTER_H

#include "builtins.h"
#include "words.h"

enum matter {
	MATTER_CODE,
	MATTER_STOCK,
};

/*
 * The key for this purpose; asks the compiler, by way of builtins, for the
 * names that would be left out. 0 when the text has no such key, 1 when it
 * has, -1 when the compiler could not be asked.
 */
int matter_key(struct words *w, enum matter matter, struct builtins *builtins,
	       struct store_key *ret, struct error *err);

#endif
