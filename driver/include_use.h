/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an #include line gives to its file, and what the file takes of it: by
 * names alone, in every #if branch at once. A header gives what it declares
 * itself (functions, variables, types, macros, enumerators), not what it
 * includes; but <linux/x.h> stands for the <asm/x.h>, <uapi/linux/x.h> and
 * <asm-generic/x.h> that it includes, which kernel code does not include itself.
 */
#ifndef DRIVER_INCLUDE_USE_H
#define DRIVER_INCLUDE_USE_H

#include "edits.h"
#include "lib/items.h"

/* Where headers are read from. */
struct header_source {
	edits_reader *read;
	edits_lister *list;
	void *data; /* for both */
};

struct given_names {
	struct strv names;   /* what it gives, sorted */
	struct strv pasted;  /* arguments of its macros that paste: "rax" of
				GPR_ACCESSORS(rax), which makes get_rax() */
	struct strv seen;    /* the files that were read */
};

/*
 * The names that the spelling ("x.h", <linux/x.h>) in this file gives. 1; 0 when
 * no file of the tree is found for it (a generated header, a -I folder that is
 * not above the file); -1. An <asm/x.h> is that of the file's architecture; in
 * a file of none it is all that there are.
 */
int include_gives(const struct header_source *source, const char *includer,
		 const char *spelling, struct given_names *ret,
		 struct error *err);
void given_names_release(struct given_names *names);

/* A name in a file. */
struct used_name {
	char *name;
	unsigned int line; /* of its first use */
};

struct used_names {
	struct used_name *v; /* owned; sorted by name, one each */
	size_t nr, alloc;
};

/*
 * Every identifier of the file's code and directives, in all branches; members
 * (behind . and ->) are none. Wider than uses.h: when in doubt it is a use.
 */
void file_names(const struct items *items, struct used_names *ret);
void used_names_release(struct used_names *names);

/* The first name by line that the file takes of the header; NULL. */
const struct used_name *used_of_header(const struct used_names *used,
				       const struct given_names *header);

#endif
