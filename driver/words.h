/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the words that a series is about stand in the whole tree. Looking
 * through a kernel takes seconds, and several steps ask: the base is looked
 * through once, for the words of all steps, and a later commit differs from it
 * in the few files that the steps before changed.
 */
#ifndef DRIVER_WORDS_H
#define DRIVER_WORDS_H

#include <jansson.h>

#include "session.h"

struct words {
	const struct session *s; /* borrowed; its base, series, repo and store */
	struct strv words;	 /* sorted: those that the base is looked through for */
	json_t *hits;		 /* owned: path to the indices of its words; NULL
				    until the first question */
};

void words_init(struct words *words, const struct session *s);
void words_release(struct words *words);

/*
 * As repo_find(): the paths of a commit over the base that hold one of the
 * words, and perhaps some that hold only a part of one ("regs" for "regs.h").
 * Words that are none of the series' are looked for in the commit itself.
 */
int words_find(struct words *words, const char *commit,
	       const struct strv *wanted, struct strv *ret, struct error *err);

#endif
