// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conditional lines at both ends of a step. What leaves from under an #if is
 * given the same lines where it goes, and an #if that is emptied goes away.
 * Neither can hide anything: the context of every other item is compared. But
 * only lines around nothing but what came, or what left, are let pass; and a
 * line that comes must be one that the source has, byte for byte.
 */
#include "text.h"

/* An open conditional while walking the pieces of a file. */
struct group {
	size_t *lines; /* pieces of its own #if, #elif, #else */
	size_t nr, alloc;
	bool crossed;  /* holds something that crossed between the files */
	bool kept;     /* holds something that did not */
};

struct groups {
	struct group *v;
	size_t nr, alloc;
	bool *pure; /* by piece: a line of a conditional that holds only what
		       crossed */
};

static bool opens(const struct item *item)
{
	return streq(item->name, "if") || streq(item->name, "ifdef") ||
	       streq(item->name, "ifndef");
}

static void add_line(struct group *g, size_t piece)
{
	ARRAY_GROW(g->lines, g->nr, g->alloc);
	g->lines[g->nr++] = piece;
}

static void close_group(struct groups *groups)
{
	struct group *g = &groups->v[--groups->nr];

	for (size_t i = 0; g->crossed && !g->kept && i < g->nr; i++)
		groups->pure[g->lines[i]] = true;
	free(g->lines);
}

static void walk_conditional(struct groups *groups, const struct item *item,
			     size_t piece)
{
	if (opens(item)) {
		ARRAY_GROW(groups->v, groups->nr, groups->alloc);
		groups->v[groups->nr++] = (struct group){ 0 };
	}
	if (!groups->nr)
		return;
	add_line(&groups->v[groups->nr - 1], piece);
	if (streq(item->name, "endif"))
		close_group(groups);
}

static void walk_piece(struct groups *groups, const struct piece *p)
{
	bool crossed = p->settled || (p->partner != TEXT_NONE && !p->stays);

	for (size_t i = 0; i < groups->nr; i++) {
		groups->v[i].crossed |= crossed;
		groups->v[i].kept |= !crossed;
	}
}

static void find_pure(const struct text_side *side, size_t file, bool *pure)
{
	struct groups groups = { .pure = pure };
	const struct text_file *f = &side->files[file];

	for (size_t i = f->first; i < f->end; i++) {
		const struct item *item = piece_item(side, &side->pieces[i]);

		if (item->kind == ITEM_CONDITIONAL)
			walk_conditional(&groups, item, i);
		else
			walk_piece(&groups, &side->pieces[i]);
	}
	while (groups.nr)
		free(groups.v[--groups.nr].lines);
	free(groups.v);
}

/* The source, or any file if there is no one source, has a line like this. */
static bool is_known_line(const struct text_check *check, const struct piece *p)
{
	const struct text_side *before = &check->before;
	const char *from = check->contract->change == CHANGE_MIXED ?
				   NULL :
				   check->contract->from;
	size_t file = text_find_file(before, from);

	for (size_t i = 0; i < before->nr; i++) {
		const struct piece *q = &before->pieces[i];

		if ((!from || q->file == file) && q->len == p->len &&
		    !memcmp(q->bytes, p->bytes, p->len))
			return true;
	}
	return false;
}

/*
 * Which of several equal lines stayed is a matter of taste (of the common
 * subsequence): a line is let pass for any equal one that may come or go.
 */
static bool take_pure(const struct text_side *side, size_t file, size_t piece,
		      bool *pure)
{
	const struct text_file *f = &side->files[file];

	for (size_t i = f->first; i < f->end; i++) {
		const struct piece *p = &side->pieces[i];

		if (!pure[i] || p->class != side->pieces[piece].class ||
		    (p->partner != TEXT_NONE && !p->stays))
			continue;
		pure[i] = false;
		return true;
	}
	return false;
}

void text_settle_conditionals(struct text_check *check, struct text_side *side,
			      size_t file)
{
	_cleanup_free_ bool *pure = xcalloc(side->nr, sizeof(*pure));

	if (file == TEXT_NONE)
		return;
	find_pure(side, file, pure);
	for (size_t i = side->files[file].first; i < side->files[file].end;
	     i++) {
		struct piece *p = &side->pieces[i];

		if (p->partner == TEXT_NONE && !p->settled &&
		    piece_item(side, p)->kind == ITEM_CONDITIONAL &&
		    is_known_line(check, p) && take_pure(side, file, i, pure))
			text_settle(side, p);
	}
}
