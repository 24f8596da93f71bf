// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a cut sends to its destination: the moved items in the order of the
 * source, with the #if and #endif lines that they stood under. Between items
 * that were neighbours the blank line is as it was; between others it is
 * there where kernel style has one.
 */
#include "cut.h"

#include "lib/util.h"

struct emitter {
	const struct cut *cut;
	struct pieces *ret;
	const char *nl;	  /* the source's line end */
	size_t previous;  /* the last item put out; ITEMS_NONE */
	size_t *open;	  /* groups whose #if was put out, from the outside */
	size_t nr, alloc;
};

void pieces_add(struct pieces *pieces, char *text, enum item_kind kind,
		bool commented, bool blank)
{
	ARRAY_GROW(pieces->v, pieces->nr, pieces->alloc);
	pieces->v[pieces->nr++] = (struct piece){
		.text = text, .kind = kind, .commented = commented,
		.blank = blank,
	};
}

void pieces_release(struct pieces *pieces)
{
	for (size_t i = 0; i < pieces->nr; i++)
		free(pieces->v[i].text);
	free(pieces->v);
	*pieces = (struct pieces){ 0 };
}

bool pieces_apart(enum item_kind above, enum item_kind below, bool commented)
{
	if (above != below || commented)
		return true;
	return above != ITEM_PROTOTYPE && above != ITEM_EXTERN &&
	       above != ITEM_MACRO && above != ITEM_INCLUDE;
}

static bool has_gap(const struct items *items, size_t item)
{
	return items->v[item].end > items->v[item].code_end;
}

/* True when all that stood between the two items is gone. */
static bool neighbours(const struct cut *cut, size_t above, size_t below)
{
	for (size_t i = above + 1; i < below; i++)
		if (cut->v[i].fate != FATE_DROP)
			return false;
	return cut->v[above].fate == FATE_MOVE &&
	       cut->v[below].fate == FATE_MOVE;
}

static bool gap_between(const struct items *items, size_t above, size_t below)
{
	for (size_t i = above; i < below; i++)
		if (has_gap(items, i))
			return true;
	return false;
}

/* An export that stood far from its definition joins it. */
static bool is_export_of(const struct items *items, size_t above, size_t below)
{
	const struct item *it = &items->v[below];

	if (it->kind != ITEM_EXPORT || it->owner == ITEMS_NONE)
		return false;
	return it->owner == above || items->v[above].owner == it->owner;
}

static bool wants_blank(const struct cut *cut, size_t above, size_t below)
{
	const struct items *items = cut->items;
	const struct item *it = &items->v[below];
	bool copies = cut->v[above].fate == FATE_COPY &&
		      cut->v[below].fate == FATE_COPY;

	if (conds_opens(items, above))
		return has_gap(items, above);
	if (conds_closes(items, below))
		return has_gap(items, below - 1);
	if (neighbours(cut, above, below))
		return gap_between(items, above, below);
	if (copies || is_export_of(items, above, below))
		return false;
	return pieces_apart(items->v[above].kind, it->kind,
			    it->code_begin > it->begin);
}

static void emit(struct emitter *e, size_t item, const char *text, size_t len)
{
	const struct item *it = &e->cut->items->v[item];
	bool copy = e->cut->v[item].fate == FATE_COPY;
	bool blank = e->previous != ITEMS_NONE &&
		     wants_blank(e->cut, e->previous, item);
	struct buf piece = BUF_INIT;

	buf_add(&piece, text, len);
	if (len && text[len - 1] != '\n')
		buf_addstr(&piece, e->nl);
	pieces_add(e->ret, buf_detach(&piece),
		   copy ? ITEM_PROTOTYPE : it->kind,
		   !copy && it->kind != ITEM_CONDITIONAL &&
			   it->code_begin > it->begin,
		   blank);
	e->previous = item;
}

/* A directive that stays in the source is repeated without its comment. */
static void emit_directive(struct emitter *e, size_t item)
{
	const struct item *it = &e->cut->items->v[item];

	emit(e, item, e->cut->items->tokens.text + it->code_begin,
	     it->code_end - it->code_begin);
}

static bool is_inside(const struct cut *cut, size_t item, size_t group)
{
	const struct cond_group *g = &cut->conds.v[group];

	return g->open < item && item < g->end;
}

static void close_groups(struct emitter *e, size_t item)
{
	while (e->nr && (item == ITEMS_NONE ||
			 !is_inside(e->cut, item, e->open[e->nr - 1])))
		emit_directive(e, e->cut->conds.v[e->open[--e->nr]].end);
}

static bool is_open(const struct emitter *e, size_t group)
{
	for (size_t i = 0; i < e->nr; i++)
		if (e->open[i] == group)
			return true;
	return false;
}

/* Opens the outer ones first; one that moves as a whole brings its own lines. */
static void open_groups(struct emitter *e, size_t group)
{
	const struct cond_group *g;

	if (group == CONDS_NONE || is_open(e, group))
		return;
	open_groups(e, conds_parent(&e->cut->conds, group));
	g = &e->cut->conds.v[group];
	if (e->cut->v[g->open].fate == FATE_MOVE)
		return;
	emit_directive(e, g->open);
	ARRAY_GROW(e->open, e->nr, e->alloc);
	e->open[e->nr++] = group;
}

static void emit_item(struct emitter *e, size_t item)
{
	const struct cut_item *c = &e->cut->v[item];
	const struct item *it = &e->cut->items->v[item];

	close_groups(e, item);
	open_groups(e, conds_around(&e->cut->conds, item));
	if (c->text)
		emit(e, item, c->text, strlen(c->text));
	else
		emit(e, item, e->cut->items->tokens.text + it->begin,
		     it->code_end - it->begin);
}

void cut_pieces(const struct cut *cut, struct pieces *ret)
{
	struct emitter e = {
		.cut = cut, .ret = ret, .previous = ITEMS_NONE,
		.nl = line_end_of(cut->items->tokens.text,
				  cut->items->tokens.len),
	};

	for (size_t i = 0; i < cut->items->nr; i++)
		if (cut->v[i].fate == FATE_MOVE || cut->v[i].fate == FATE_COPY)
			emit_item(&e, i);
	close_groups(&e, ITEMS_NONE);
	free(e.open);
}
