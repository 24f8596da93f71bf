/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the ground share, and nobody else includes: ground.c walks
 * over the steps, ground_names.c tells what is the matter with a name, and
 * ground_includes.c with an #include line.
 */
#ifndef DRIVER_GROUND_INTERNAL_H
#define DRIVER_GROUND_INTERNAL_H

#include "astray.h"
#include "ground.h"
#include "world.h"

/* A name that no file of the series has where a step looks for it. */
struct lost {
	size_t step;
	char *name;
};

struct ground {
	const struct ground_question *q;
	struct report *report;
	struct world world;
	struct astrays astrays; /* names of what is lost, in the whole tree */
	struct lost *lost;	/* owned; in order of the steps */
	size_t nr, alloc;
};

/*
 * What a step lacks as the world is before it: to its drifts, or to what is lost
 * and told when the tree was looked through.
 */
void ground_names(struct ground *g, size_t step);

/* Looks through the tree for what is lost, and tells what became of it. */
int ground_tell_lost(struct ground *g, struct error *err);

/* Notes on functions that are declared otherwise than in the named generation. */
int ground_changes(struct ground *g, struct error *err);

/* #include lines of the steps that mean no file of the base. */
int ground_includes(struct ground *g, struct error *err);

#endif
