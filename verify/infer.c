// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was done, from the texts: the text rung's own matching, with the names
 * and helpers worked out between its steps instead of read from a contract.
 *
 *	infer_files.c	files that got another path
 *	infer_names.c	how often a name is defined
 *	infer_rename.c	identifiers that got another name
 *	infer_helpers.c	new functions that hold code of old ones
 *	infer_done.c	the contract, and the list for a person
 */
#include "infer_internal.h"

const char *infer_keep(struct guess *g, const char *s)
{
	strv_add(&g->ret->words, s);
	return g->ret->words.v[g->ret->words.nr - 1];
}

void infer_add_rename(struct guess *g, const char *old, const char *new)
{
	struct contract *c = &g->ret->contract;

	ARRAY_GROW(g->ret->renamed, c->nr_renamed, g->alloc_renamed);
	g->ret->renamed[c->nr_renamed++] =
		(struct renamed){ infer_keep(g, old), infer_keep(g, new) };
	c->renamed = g->ret->renamed;
	g->m.names = (struct word_names){ c->renamed, c->nr_renamed };
}

static void work_out(struct guess *g, const struct renamed *given, size_t nr)
{
	infer_files(g);
	mixed_begin(&g->m, &g->check);
	mixed_match_equal(&g->m);
	infer_count_names(g);
	infer_renames(g, given, nr);
	mixed_match_alike(&g->m);
	infer_helpers(g);
	infer_forget_names(g);
	mixed_match_extracted(&g->m);
	mixed_settle(&g->m);
	mixed_rest(&g->m);
	infer_contract(g);
	infer_list(g);
	mixed_end(&g->m);
}

int infer(const struct state *before, const struct state *after,
	  const struct renamed *given, size_t nr_given, struct inference *ret,
	  struct error *err)
{
	/* What the text rung would say: it will be asked for itself. */
	struct outcome out _cleanup_(outcome_release) = OUTCOME_INIT(RUNG_TEXT);
	struct guess g = {
		.ret = ret, .check = { .contract = &ret->contract, .out = &out }
	};

	if (text_check_states(before, after, err))
		return -1;
	*ret = (struct inference){ .contract = { .change = CHANGE_MIXED } };
	text_side_load(before, &g.check.before);
	text_side_load(after, &g.check.after);
	text_classify(&g.check);
	work_out(&g, given, nr_given);
	text_side_release(&g.check.before);
	text_side_release(&g.check.after);
	return 0;
}
