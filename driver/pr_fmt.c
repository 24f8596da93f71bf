// SPDX-License-Identifier: GPL-2.0-only
/*
 * Held against the spelling of the two definitions alone: what KBUILD_MODNAME
 * becomes in another file is for the rungs to see.
 */
#include "pr_fmt.h"

#include "needs.h"

static bool prints(const struct items *items, size_t i)
{
	const struct item *it = &items->v[i];

	for (size_t t = it->token_begin; t < it->token_end; t++) {
		const struct token *token = &items->tokens.v[t];
		const char *s = items->tokens.text + token->begin;

		if (token->kind == TOKEN_IDENT && token->end - token->begin > 3 &&
		    !memcmp(s, "pr_", 3))
			return true;
	}
	return false;
}

bool pr_fmt_matters(const struct pr_fmt_cut *cut)
{
	if (ends_with(cut->to_path, ".h"))
		return false;
	for (size_t i = 0; i < cut->nr; i++)
		if (prints(cut->from, cut->moved[i]))
			return true;
	return cut->to_is_new;
}

static const char *suggestion(const struct pr_fmt_cut *cut, bool in_source)
{
	if (!cut->to_is_new)
		return "move code that prints to another file";
	return in_source ? "put the same line into 'Preamble:'" :
			   "take it out of 'Preamble:'";
}

bool pr_fmt_check(const struct pr_fmt_cut *cut, struct drifts *drifts)
{
	size_t here = items_find(cut->from, ITEM_MACRO, "pr_fmt", 0);
	size_t there = items_find(cut->to, ITEM_MACRO, "pr_fmt", 0);
	bool in_source = here != ITEMS_NONE;

	if (!pr_fmt_matters(cut) ||
	    (in_source ? has_same_macro(cut->from, "pr_fmt", cut->to) :
			 there == ITEMS_NONE))
		return true;
	drifts_add(drifts, DRIFT_PRIVATE, "pr_fmt", cut->from_path,
		   in_source ? cut->from->v[here].line_begin : 0,
		   suggestion(cut, in_source),
		   "pr_fmt is not the same in %s", cut->to_path);
	if (cut->to_is_new && !in_source)
		drifts_remedy(drifts, REMEDY_NO_MACRO, NULL);
	return false;
}
