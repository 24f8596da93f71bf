// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a transform may do to the touched files: change the definitions it
 * names, or anything when it names none. All it does is residue, which a
 * person reads: each changed piece is listed, and what is not listed is
 * untouched byte for byte.
 */
#include "text.h"

static bool is_directive(const struct item *item)
{
	return item->kind == ITEM_CONDITIONAL || item->kind == ITEM_DIRECTIVE;
}

static enum result weigh(const struct text_check *check,
			 const struct text_side *side,
			 const struct piece *piece)
{
	const struct strv *names = &check->contract->names;

	/* what a configuration that is not built makes of it, no rung sees */
	if (!names->nr && is_directive(piece_item(side, piece)))
		return RESULT_UNDECIDED;
	if (!names->nr || text_is_named(names, side, piece))
		return RESULT_EQUAL;
	return RESULT_DIFFERENT;
}

static void leave_out(struct text_side *side)
{
	for (size_t i = 0; i < side->nr; i++) {
		const struct piece *p = &side->pieces[i];
		size_t begin = piece_item(side, p)->begin;

		if (!p->stays)
			text_allow(side, p->file, begin, begin + p->len);
	}
}

void text_transform(struct text_check *check)
{
	for (size_t i = 0; i < check->before.nr; i++) {
		const struct piece *p = &check->before.pieces[i], *q;

		if (p->partner == TEXT_NONE || p->stays)
			continue;
		q = &check->after.pieces[p->partner];
		text_report(check, weigh(check, &check->after, q),
			    &check->after, q, "moved (was %s:%u)",
			    piece_path(&check->before, p),
			    piece_item(&check->before, p)->line_begin);
	}
	text_check_branches(check);
	/* The lines of what changed are residue; all others are held exact. */
	leave_out(&check->before);
	leave_out(&check->after);
	text_report_rest(check, weigh);
}
