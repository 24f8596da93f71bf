/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of one commit that include each other: each is read and parsed
 * once, and includes are resolved by kbuild's folders alone (include_path.h).
 * Every #if branch counts, so "can see" means "in some configuration".
 */
#ifndef DRIVER_HEADERS_H
#define DRIVER_HEADERS_H

#include "edits.h"
#include "header_names.h"

/* An #include line and what it means. */
struct header_include {
	char *name;	/* owned: as spelled */
	char *path;	/* owned: in the tree; NULL: no file answers, or not asked */
	bool is_known;	/* path was asked for */
};

/* One file; all owned by the headers. */
struct header {
	char *path;	     /* in the tree */
	struct buf text;
	struct items items;  /* of text */
	struct header_names names;
	struct header_include *includes; /* in order of the lines */
	size_t nr_includes, alloc_includes;
	bool is_absent;	     /* the tree has no such file: all else is empty */
	bool has_names;	     /* names are filled */
};

struct headers {
	edits_reader *read;	   /* where files come from */
	void *data;
	struct header_entry *files; /* by path */
};

void headers_init(struct headers *h, edits_reader *read, void *data);
void headers_release(struct headers *h);

/* Puts a text in the place of the tree's own file, before that is asked for. */
void headers_put(struct headers *h, const char *path, const char *text,
		 size_t len);

/* 1 and the file, 0 when it is absent, -1. */
int headers_get(struct headers *h, const char *path, struct header **ret,
		struct error *err);

/* The names that it declares itself; worked out when first asked. */
const struct header_names *header_own_names(struct header *header);

/* The file that an include line of the file at path means; as include_resolve(). */
int headers_resolve(struct headers *h, const char *path, const char *include,
		    char **ret, struct error *err);

/* Fills the path of one of the file's includes, once. 0 or -1. */
int header_ask_include(struct headers *h, struct header *header, size_t i,
		       struct error *err);

/* Headers, each once; the array is the caller's to free. */
struct header_list {
	struct header **v;
	size_t nr, alloc;
};

void header_list_add(struct header_list *list, struct header *header);

/*
 * Adds to a list what an #include line of a header in it stands for, too:
 * <linux/x.h> for the <asm/x.h>, <uapi/linux/x.h> and <asm-generic/x.h> that it
 * includes, and these for theirs. 0 or -1.
 */
int headers_behind(struct headers *h, const char *include,
		   struct header_list *list, struct error *err);

/*
 * The shortest way along includes: 1, with the paths from "from" to "to" appended
 * to chain (which may be NULL), 0 when there is none, -1. Neither are <> lines
 * followed nor headers of include/ folders entered when "to" is in no such
 * folder: they cannot name it.
 */
int headers_path(struct headers *h, const char *from, const char *to,
		 struct strv *chain, struct error *err);

#endif
