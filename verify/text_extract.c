// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an extraction may do to its file: take code out of the functions that
 * it names, and add the helpers, each a new static function. Both are residue,
 * which a person reads; the code rung says whether the callers still do the
 * same. All else is byte for byte what it was, in its order.
 */
#include "text.h"

static bool in_file(const struct text_check *check, const struct text_side *side,
		    const struct piece *piece)
{
	return streq(piece_path(side, piece), check->contract->from);
}

static bool is_function(const struct text_side *side, const struct piece *piece,
			const struct strv *names)
{
	const struct item *item = piece_item(side, piece);

	return item->kind == ITEM_FUNCTION && strv_has(names, item->name);
}

static enum result weigh(const struct text_check *check,
			 const struct text_side *side,
			 const struct piece *piece)
{
	const struct contract *c = check->contract;

	if (in_file(check, side, piece) &&
	    (is_function(side, piece, &c->names) ||
	     (side == &check->after && is_function(side, piece, &c->helpers))))
		return RESULT_EQUAL;
	return RESULT_DIFFERENT;
}

/* The definition of a name in the file; NULL when there is none, or several. */
static const struct piece *find_definition(const struct text_check *check,
					   const struct text_side *side,
					   const char *name, size_t *ret_nr)
{
	size_t file = text_find_file(side, check->contract->from);
	const struct piece *found = NULL;
	size_t i = 0;

	*ret_nr = 0;
	while (file != TEXT_NONE &&
	       (i = text_find_piece(side, file, ITEM_FUNCTION, name, i)) !=
		       TEXT_NONE) {
		found = &side->pieces[i++];
		++*ret_nr;
	}
	return *ret_nr == 1 ? found : NULL;
}

static void complain(struct text_check *check, const char *name,
		     const char *detail)
{
	outcome_add(check->out, RESULT_DIFFERENT, "function", name,
		    check->contract->from, "%s", detail);
}

static void check_helpers(struct text_check *check)
{
	const struct strv *helpers = &check->contract->helpers;

	for (size_t i = 0; i < helpers->nr; i++) {
		const char *name = helpers->v[i];
		const struct piece *piece;
		size_t nr;

		find_definition(check, &check->before, name, &nr);
		if (nr)
			complain(check, name, "the helper was there before the step");
		piece = find_definition(check, &check->after, name, &nr);
		if (!piece)
			complain(check, name, nr ? "the helper is defined more than once" :
						   "the step does not define its helper");
		else if (!piece_item(&check->after, piece)->is_static)
			complain(check, name, "the helper is not static");
	}
}

/* As many definitions of a caller as before, one in each branch of an #if. */
static void check_callers(struct text_check *check)
{
	const struct strv *names = &check->contract->names;

	for (size_t i = 0; i < names->nr; i++) {
		size_t old, new;

		find_definition(check, &check->before, names->v[i], &old);
		find_definition(check, &check->after, names->v[i], &new);
		if (old != new)
			complain(check, names->v[i],
				 "it is not defined as often as before");
	}
}

static void leave_out(struct text_check *check, struct text_side *side)
{
	for (size_t i = 0; i < side->nr; i++) {
		const struct piece *p = &side->pieces[i];
		size_t begin = piece_item(side, p)->begin;

		if (!p->stays && weigh(check, side, p) == RESULT_EQUAL)
			text_allow(side, p->file, begin, begin + p->len);
	}
}

/* A piece with a partner that does not stay stands in another place. */
static void report_moved(struct text_check *check)
{
	for (size_t i = 0; i < check->before.nr; i++) {
		const struct piece *p = &check->before.pieces[i];

		if (p->partner != TEXT_NONE && !p->stays)
			text_report(check, RESULT_DIFFERENT, &check->after,
				    &check->after.pieces[p->partner],
				    "moved (was %s:%u)",
				    piece_path(&check->before, p),
				    piece_item(&check->before, p)->line_begin);
	}
}

void text_extract(struct text_check *check)
{
	check_helpers(check);
	check_callers(check);
	report_moved(check);
	text_check_branches(check);
	leave_out(check, &check->before);
	leave_out(check, &check->after);
	text_report_rest(check, weigh);
}
