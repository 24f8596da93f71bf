// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a change of includes may do: in each of the files the declared lines
 * go and come, each once, as lines of their own outside of any conditional.
 * Everything else stays in its file and its order; blank lines may change only
 * beside a line that went or came.
 */
#include "text.h"

/* The pieces of a file that include this; the last one in ret. */
static size_t count_includes(const struct text_side *side, size_t file,
			     const char *name, struct piece **ret)
{
	size_t nr = 0;

	for (size_t i = text_find_piece(side, file, ITEM_INCLUDE, name, 0);
	     i != TEXT_NONE;
	     i = text_find_piece(side, file, ITEM_INCLUDE, name, i + 1)) {
		*ret = &side->pieces[i];
		nr++;
	}
	return nr;
}

/* A line that went (from side, to other) or came (the other way round). */
static void settle_line(struct text_check *check, struct text_side *side,
			const struct text_side *other, const char *path,
			const char *name)
{
	_cleanup_free_ char *line = xasprintf("#include %s\n", name);
	size_t file = text_find_file(side, path);
	bool gone = side == &check->before;
	struct piece *p = NULL, *q = NULL;

	if (count_includes(side, file, name, &p) != 1 ||
	    count_includes(other, file, name, &q) != 0)
		outcome_add(check->out, RESULT_DIFFERENT, "include", name,
			    path, gone ? "it did not go as the step says" :
					 "it did not come as the step says");
	else if (*p->context || p->len != strlen(line) ||
		 memcmp(p->bytes, line, p->len) != 0)
		text_report(check, RESULT_DIFFERENT, side, p,
			    "it is no line of its own outside of conditionals");
	else
		text_settle(side, p);
}

static void settle_file(struct text_check *check, const char *path)
{
	const struct contract *c = check->contract;
	struct text_side *before = &check->before, *after = &check->after;

	if (text_find_file(before, path) == TEXT_NONE) {
		outcome_add(check->out, RESULT_DIFFERENT, "file", path, path,
			    "the step names this file, and does not change it");
		return;
	}
	for (size_t i = 0; i < c->removed.nr; i++)
		settle_line(check, before, after, path, c->removed.v[i]);
	for (size_t i = 0; i < c->added.nr; i++)
		settle_line(check, after, before, path, c->added.v[i]);
}

/* Bytes between a piece and the next thing in its file. */
static size_t gap_behind(const struct text_side *side, const struct piece *p)
{
	const struct item *item = piece_item(side, p);

	return item->end - item->begin - p->len;
}

/* Pieces that were neighbours and are: with the same blank lines between. */
static void check_gaps(struct text_check *check)
{
	const struct text_side *before = &check->before;
	const struct text_side *after = &check->after;

	for (size_t i = 0; i < before->nr; i++) {
		const struct piece *p = &before->pieces[i], *q;
		bool last = i + 1 == before->nr || p[1].file != p->file;

		if (!p->stays)
			continue;
		q = &after->pieces[p->partner];
		if (last != (p->partner + 1 == after->nr ||
			     q[1].file != q->file) ||
		    (!last && (!p[1].stays ||
			       p[1].partner != p->partner + 1)))
			continue;
		if (gap_behind(before, p) != gap_behind(after, q))
			text_report(check, RESULT_DIFFERENT, after, q,
				    "the blank lines behind it changed");
	}
}

void text_includes(struct text_check *check)
{
	for (size_t i = 0; i < check->contract->files.nr; i++)
		settle_file(check, check->contract->files.v[i]);
	text_match(check);
	for (size_t i = 0; i < check->before.nr; i++) {
		const struct piece *p = &check->before.pieces[i];

		if (p->partner != TEXT_NONE && !p->stays)
			text_report(check, RESULT_DIFFERENT, &check->after,
				    &check->after.pieces[p->partner],
				    "it no longer stands in its order");
	}
	check_gaps(check);
	text_report_rest(check, text_always_different);
}
