/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of the inference: its steps between those of the text rung's
 * matching (text_mixed.h). Only verify/infer*.c include this.
 */
#ifndef VERIFY_INFER_INTERNAL_H
#define VERIFY_INFER_INTERNAL_H

#include "text_mixed.h"

struct guess {
	struct mixed m;
	struct text_check check;
	struct inference *ret;
	struct infer_name *names; /* owned: infer_names.c */
	size_t alloc_renamed, alloc_paths, alloc_done;
};

/* infer_files.c: C files that got another path, and the created object. */
void infer_files(struct guess *g);
/* infer_names.c: how many definitions of a name there are on a side. */
void infer_count_names(struct guess *g);
size_t infer_times_defined(const struct guess *g, int after, const char *name);
void infer_forget_names(struct guess *g);
/* infer_rename.c: after equal bytes were paired. */
void infer_renames(struct guess *g, const struct renamed *given, size_t nr);
/* infer_helpers.c: after equal code was paired. */
void infer_helpers(struct guess *g);
/* infer_done.c: the rest of the contract, and the list for a person. */
void infer_contract(struct guess *g);
void infer_list(struct guess *g);

/* The string, kept for as long as the inference. */
const char *infer_keep(struct guess *g, const char *s);
void infer_add_rename(struct guess *g, const char *old, const char *new);

#endif
