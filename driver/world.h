/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What stands in which file, as far as the heads of the steps tell: the base's
 * own definitions, and what each step that was looked at would make of them.
 * Nothing is edited and spatch does not run, so that all steps can be asked
 * before the first is applied.
 */
#ifndef DRIVER_WORLD_H
#define DRIVER_WORLD_H

#include "definition.h"
#include "repo.h"
#include "series.h"

/* A file of the series that the base has. */
struct world_file {
	char *path;	   /* as the steps up to here leave it */
	char *base_path;   /* in the base */
	struct buf text;   /* there */
	struct items items;
};

/* What a step made of a name in a file. */
struct world_fact {
	char *path, *name;
	bool here;	   /* it is defined there now; else it is gone */
	bool named;	   /* the word is there, defined or not */
	bool is_static, is_inline;
};

struct world {
	struct world_file **files; /* owned */
	size_t nr, alloc;
	struct world_fact *facts;  /* owned; the last one of a name holds */
	size_t nr_facts, alloc_facts;
	struct strv made;	   /* files that steps make */
	bool anything;		   /* a transform may have made any name */
};

/* Where a name is defined. */
struct world_place {
	const char *path; /* borrowed; in the base, when it is one of the base's */
	struct definition definition; /* line 0: a step makes it */
};

int world_read(struct world *world, const struct repo *repo, const char *base,
	       const struct series *series, struct error *err);
void world_release(struct world *world);

bool world_has_file(const struct world *world, const char *path);
const struct world_file *world_file(const struct world *world,
				    const char *path);

/* True when the file at path defines the name. */
bool world_find(const struct world *world, const char *path, const char *name,
		struct world_place *ret);

/* The same of any other file of the series: .c files before headers. */
bool world_find_elsewhere(const struct world *world, const char *path,
			  const char *name, struct world_place *ret);

/* True when the file's text has the word, or a step has put the name there. */
bool world_mentions(const struct world *world, const char *path,
		    const char *name);

/* Does what the step says, as far as the world has what it is about. */
void world_apply(struct world *world, const struct step *step);

#endif
