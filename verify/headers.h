/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether a header defines a name: an object does not say where a local
 * function comes from, preprocessed text does.
 */
#ifndef VERIFY_HEADERS_H
#define VERIFY_HEADERS_H

#include "lib/strv.h"

/* The definitions of one preprocessed text with line markers. */
struct definitions {
	struct strv headers; /* names that a header defines; sorted */
	struct strv sources; /* names that a source file defines; sorted */
	struct strv header_locals; /* names of static variables inside functions; */
	struct strv source_locals; /* sorted */
	struct strv source_holders; /* "name function" of each of source_locals */
	struct strv spreading; /* functions whose code may be that of another name:
				  declared inline anywhere, or named for the assembler */
	bool flattens; /* a function asks for all that it calls to be inlined */
	bool unreadable;
};

/* Reads the text at path; one that cannot be read is marked unreadable. */
void definitions_read(const char *path, struct definitions *ret);
void definitions_release(struct definitions *d);

/* 1: only a header defines the name; 0: the source does; -1: neither, or unreadable. */
int definitions_from_header(const struct definitions *d, const char *name);

/*
 * The same for a static variable inside a function. users names the functions
 * whose code refers to it, each once. Where a header and the source have one of
 * that name, it is the source's only if no more than one function uses it, and that
 * one holds it: no other function has its code, unless it is inlined, as one that
 * is declared inline (or is named in forced) may be, or goes by another name. So 1 for other users, and -1
 * for such a one. This holds for code of the isolation build, where nothing else
 * is inlined.
 */
int definitions_local_from_header(const struct definitions *d, const char *name,
				  const struct strv *users,
				  const struct strv *forced);

#endif
