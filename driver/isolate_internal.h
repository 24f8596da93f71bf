/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the isolation build share. Only isolate*.c, force_inline.c
 * and their tests include this; all others use isolate.h.
 */
#ifndef DRIVER_ISOLATE_INTERNAL_H
#define DRIVER_ISOLATE_INTERNAL_H

#include "isolate.h"
#include "kbuild_internal.h"
#include "statcache.h"

/* How a unit is compiled in isolation: kbuild's words without those that name files. */
struct isolate_command {
	struct strv argv;  /* compiler, its own flags, ours; neither -c nor files */
	char *source;	   /* the source as the command names it */
	char *normal;	   /* argv as one string without this machine's folders */
};

enum isolate_use {
	ISOLATE_TEXT,		/* for the token rung: __COUNTER__ is 0 */
	ISOLATE_TEXT_COUNTED,	/* to be compiled: __COUNTER__ counts */
	ISOLATE_SYMTYPES,	/* for genksyms: kbuild's own words, nothing pinned */
	ISOLATE_OBJECT,		/* from the source */
	ISOLATE_OBJECT_OF_TEXT, /* from counted text: no includes, no macros */
};

void isolate_command(const struct kbuild_roots *roots,
		     const struct compiled *unit, enum isolate_use use,
		     const struct strv *own_flags, struct isolate_command *ret);

/* Words as one string without this machine's folders. */
char *isolate_normal(const struct kbuild_roots *roots, const struct strv *argv);

void isolate_command_release(struct isolate_command *command);

/* Everything that a compiler's output can depend on: version, assembler, cc1. */
int isolate_identify(const struct strv *compiler, struct statcache *hashes,
		     char **ret, struct error *err);

/* The contents of a file in hex, by way of the cache; "absent" when it is not there. */
int isolate_hash_file(const char *path, struct statcache *hashes, char **ret,
		      struct error *err);

/*
 * The names, of those given, that preprocessed text defines as a static function
 * and uses besides; sorted.
 */
void force_inline_find(const char *text, size_t len, const struct strv *names,
		       struct strv *ret);

/* Makes the static definitions of these names always_inline. */
void force_inline_apply(struct buf *text, const struct strv *names);

#endif
