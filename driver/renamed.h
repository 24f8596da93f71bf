/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What became of a function that a base lacks. Its body is nowhere in the base,
 * and the rules of a step do not have it; an earlier generation of the series has,
 * in the commit below the one that the step made there.
 */
#ifndef DRIVER_RENAMED_H
#define DRIVER_RENAMED_H

#include "lib/items.h"
#include "repo.h"
#include "series.h"

/* The earlier generation, for functions of one step. Filled by renamed_open(). */
struct renamed {
	struct buf text;     /* the step's From as it was; empty: it is not known */
	struct items items;
	bool known;
};

/*
 * The commit below the step's in the earlier generation; as renamed_open(), and
 * the caller frees.
 */
int renamed_commit(const struct repo *repo, const char *rev,
		   const char *series, const struct step *step, char **ret,
		   struct error *err);

/*
 * rev: where the earlier generation ends, NULL when there is none, or one that may
 * hold none. 0, with nothing known when it has no such step; -1.
 */
int renamed_open(const struct repo *repo, const char *rev,
		 const char *series, const struct step *step,
		 struct renamed *ret, struct error *err);
void renamed_release(struct renamed *renamed);

/*
 * Of the functions of 'now' that the earlier file had not, the one whose body is
 * most like that of the name: its index, and how many of a hundred tokens are the
 * same. ITEMS_NONE when none has most of it.
 */
size_t renamed_find(const struct renamed *renamed, const char *name,
		    const struct items *now, unsigned int *ret_percent);

#endif
