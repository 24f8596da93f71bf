/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the words that a series is about stand in the whole tree. Looking
 * through a kernel takes seconds, and several steps ask: the base is looked
 * through once, for the words of all steps, and a later commit differs from it
 * in the few files that the steps before changed.
 */
#ifndef DRIVER_TREEWORDS_H
#define DRIVER_TREEWORDS_H

#include <jansson.h>

#include "session.h"

struct treewords {
	const struct session *s; /* borrowed; its base, series, repo and store */
	struct strv words;	 /* sorted: those that the base is looked through for */
	json_t *hits;		 /* owned: path to the indices of its words; NULL
				    until the first question */
};

void treewords_init(struct treewords *words, const struct session *s);
void treewords_release(struct treewords *words);

/*
 * As repo_find(): the paths of a commit over the base that hold one of the
 * words, and perhaps some that hold only a part of one ("regs" for "regs.h").
 * Words that are none of the series' are looked for in the commit itself.
 */
int treewords_find(struct treewords *words, const char *commit,
	       const struct strv *wanted, struct strv *ret, struct error *err);

#endif
