// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which items leave a file, and what is left of it. Deleting with spatch loses
 * comments, directives and blank lines (facts/spatch-hazards.md), so spatch
 * only says which items are meant and this file decides about bytes. The
 * pieces for the destination are made in pieces.c.
 */
#include "cut.h"

#include "lib/util.h"

void cut_init(struct cut *cut, const struct items *items, const char *path)
{
	*cut = (struct cut){
		.items = items,
		.path = path,
		.v = xcalloc(items->nr, sizeof(*cut->v)),
	};
	conds_build(items, &cut->conds);
}

void cut_release(struct cut *cut)
{
	for (size_t i = 0; cut->items && i < cut->items->nr; i++)
		free(cut->v[i].text);
	free(cut->v);
	conds_release(&cut->conds);
	*cut = (struct cut){ 0 };
}

static void decide(struct cut *cut, size_t item, enum fate fate, char *text)
{
	free(cut->v[item].text);
	cut->v[item] = (struct cut_item){ .fate = fate, .text = text };
}

void cut_move(struct cut *cut, size_t item, char *text)
{
	decide(cut, item, FATE_MOVE, text);
	for (size_t i = 0; i < cut->items->nr; i++)
		if (cut->items->v[i].kind == ITEM_EXPORT &&
		    cut->items->v[i].owner == item)
			decide(cut, i, FATE_MOVE, NULL);
}

void cut_drop(struct cut *cut, size_t item)
{
	decide(cut, item, FATE_DROP, NULL);
}

void cut_copy(struct cut *cut, size_t item, char *text)
{
	decide(cut, item, FATE_COPY, text);
}

static bool leaves(const struct cut *cut, size_t item)
{
	return cut->v[item].fate == FATE_MOVE || cut->v[item].fate == FATE_DROP;
}

static void complain(const struct cut *cut, struct drifts *drifts, size_t item,
		     enum drift_class class, const char *what,
		     const char *suggestion)
{
	const struct item *it = &cut->items->v[item];

	drifts_add(drifts, class, it->name, cut->path, it->line_begin,
		   suggestion, "'%s' %s", it->name, what);
}

static void complain_group(const struct cut *cut, struct drifts *drifts,
			   const struct cond_group *g, const char *what,
			   const char *suggestion)
{
	const struct item *it = &cut->items->v[g->open];

	drifts_add(drifts, g->branches > 1 ? DRIFT_BRANCHES : DRIFT_TWICE,
		   NULL, cut->path, it->line_begin,
		   suggestion, "the #%s here %s", it->name, what);
}

/* An item can only be cut when it has its lines for itself. */
static void check_item(const struct cut *cut, size_t item,
		       struct drifts *drifts)
{
	const struct item *it = &cut->items->v[item];
	const char *text = cut->items->tokens.text;

	if (it->split)
		complain(cut, drifts, item, DRIFT_BRANCHES,
			 "is split over the branches of an #if",
			 "give each branch a whole definition first");
	else if (it->kind == ITEM_UNKNOWN)
		complain(cut, drifts, item, DRIFT_TWICE,
			 "is not understood by the lexer", NULL);
	else if ((it->begin && text[it->begin - 1] != '\n') ||
		 (it->code_end < cut->items->tokens.len &&
		  text[it->code_end - 1] != '\n'))
		complain(cut, drifts, item, DRIFT_TWICE,
			 "shares a line with another item",
			 "put each on a line of its own first");
}

/* What a group holds, the directives of emptied groups in it left out. */
struct holds {
	size_t moved, dropped, copied, comments, others;
};

static struct holds count(const struct cut *cut, const struct cond_group *g)
{
	struct holds h = { 0 };

	for (size_t i = g->open + 1; i < g->end; i++) {
		enum item_kind kind = cut->items->v[i].kind;
		enum fate fate = cut->v[i].fate;
		bool own = kind == ITEM_CONDITIONAL &&
			   &cut->conds.v[cut->conds.of[i]] == g;

		if (own)
			continue;
		h.moved += fate == FATE_MOVE;
		h.dropped += fate == FATE_DROP;
		h.copied += fate == FATE_COPY;
		if (fate == FATE_STAY && kind == ITEM_COMMENT)
			h.comments++;
		else if (fate == FATE_STAY && kind != ITEM_BLANK)
			h.others++;
	}
	return h;
}

static void empty_group(struct cut *cut, const struct cond_group *g,
			enum fate fate)
{
	for (size_t i = g->open; i <= g->end && i < cut->items->nr; i++)
		if (cut->items->v[i].kind == ITEM_CONDITIONAL &&
		    &cut->conds.v[cut->conds.of[i]] == g)
			decide(cut, i, fate, NULL);
}

static void settle_group(struct cut *cut, struct cond_group *g,
			 struct drifts *drifts)
{
	struct holds h = count(cut, g);

	if (g->guard || !(h.moved + h.dropped + h.copied))
		return;
	if (g->end >= cut->items->nr)
		complain_group(cut, drifts, g, "has no #endif", NULL);
	else if (!h.others && !h.copied && h.comments)
		complain_group(cut, drifts, g,
			       "would be left with nothing but a comment in it",
			       "move the comment by hand first");
	else if (!h.others && !h.copied)
		empty_group(cut, g, h.moved ? FATE_MOVE : FATE_DROP);
	else if (g->branches > 1)
		complain_group(cut, drifts, g,
			       "has #else branches and keeps some of its items",
			       "move all that is in it, or split it first");
}

/* Inner groups open behind outer ones, so they are settled first. */
bool cut_settle(struct cut *cut, struct drifts *drifts)
{
	size_t before = drifts->nr;

	for (size_t i = 0; i < cut->items->nr; i++)
		if (leaves(cut, i))
			check_item(cut, i, drifts);
	for (size_t i = cut->conds.nr; i--;)
		settle_group(cut, &cut->conds.v[i], drifts);
	return drifts->nr == before;
}

const char *line_end_of(const char *text, size_t len)
{
	const char *nl = memchr(text, '\n', len);

	return nl && nl > text && nl[-1] == '\r' ? "\r\n" : "\n";
}

/* The blank lines behind an item, the first one only when 'one'. */
static void add_gap(struct buf *ret, const struct items *items, size_t item,
		    bool one)
{
	const char *gap = items->tokens.text + items->v[item].code_end;
	size_t len = items->v[item].end - items->v[item].code_end;
	const char *nl = one ? memchr(gap, '\n', len) : NULL;

	buf_add(ret, gap, nl ? (size_t)(nl + 1 - gap) : len);
}

static bool has_gap(const struct items *items, size_t item)
{
	return items->v[item].end > items->v[item].code_end;
}

/*
 * The gap where the items behind 'above' up to 'last' left. Inside an #if its
 * first line decides, before an #endif what stood there.
 */
static void add_cut_gap(const struct cut *cut, size_t above, size_t last,
			struct buf *ret)
{
	const struct items *items = cut->items;
	size_t below = last + 1;

	if (below >= items->nr)
		return;
	if (conds_opens(items, above))
		add_gap(ret, items, above, true);
	else if (conds_closes(items, below))
		add_gap(ret, items, last, true);
	else
		add_gap(ret, items, has_gap(items, above) ? above : last, true);
}

static size_t last_of_run(const struct cut *cut, size_t item)
{
	while (item + 1 < cut->items->nr && leaves(cut, item + 1))
		item++;
	return item;
}

void cut_rest(const struct cut *cut, struct buf *ret)
{
	const struct items *items = cut->items;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];

		if (leaves(cut, i))
			continue;
		buf_add(ret, items->tokens.text + it->begin,
			it->code_end - it->begin);
		if (i + 1 < items->nr && leaves(cut, i + 1))
			add_cut_gap(cut, i, last_of_run(cut, i + 1), ret);
		else
			add_gap(ret, items, i, false);
	}
}
