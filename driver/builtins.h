/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which functions a compiler knows by itself: it may turn a call of one into a
 * call of another that it has seen declared (strcpy() into stpcpy()), or put
 * in calls that nobody wrote (memcpy()). Their declarations are never nothing.
 * The compiler is asked; its lists differ from version to version.
 */
#ifndef DRIVER_BUILTINS_H
#define DRIVER_BUILTINS_H

#include "lib/error.h"
#include "lib/strv.h"

struct builtins_entry;

struct builtins {
	struct strv compiler;	      /* the words that call it */
	struct builtins_entry *table; /* owned: answers so far, by name */
};

/* Sees to it that each of these identifiers has an answer. */
int builtins_ask(struct builtins *b, const struct strv *names,
		 struct error *err);

/* The answer for a name that was asked for; true for one that was not. */
bool builtins_has(const struct builtins *b, const char *name);

void builtins_release(struct builtins *b);

#endif
