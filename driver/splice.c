// SPDX-License-Identifier: GPL-2.0-only
/*
 * The receiving end of a cut. Only the place and its blank lines are decided
 * here; the pieces come with the blank lines between them.
 */
#include "splice.h"

#include "lib/strv.h"

struct target {
	struct items items;
	struct conds conds;
	const char *path;
	size_t behind; /* the item that the pieces follow; ITEMS_NONE: none */
};

static bool declares(const struct items *items, size_t i, const char *name)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	enum item_kind kind = items->v[i].kind;

	if (!item_is_definition(&items->v[i]) && kind != ITEM_PROTOTYPE &&
	    kind != ITEM_EXTERN)
		return false;
	items_names(items, i, &names);
	return strv_has(&names, name);
}

/* Definitions first: a file may also hold the function's prototype. */
static size_t find_named(const struct items *items, const char *name)
{
	size_t found = ITEMS_NONE;

	for (size_t i = 0; i < items->nr; i++) {
		if (!declares(items, i, name))
			continue;
		if (item_is_definition(&items->v[i]))
			return i;
		if (found == ITEMS_NONE)
			found = i;
	}
	return found;
}

static bool find_after(struct target *t, const char *after,
		       struct drifts *drifts)
{
	size_t i = find_named(&t->items, after);

	if (i == ITEMS_NONE) {
		drifts_add(drifts, DRIFT_ABSENT, after, t->path, 0,
			   "name another item in 'After:', or drop the key",
			   "no item '%s' to put the code behind", after);
		drifts_remedy(drifts, REMEDY_END, NULL);
		return false;
	}
	if (conds_around(&t->conds, i) != CONDS_NONE) {
		drifts_add(drifts, DRIFT_DESTINATION, after, t->path,
			   t->items.v[i].line_begin,
			   "name an item in 'After:' that stands under no #if",
			   "'%s' stands under an #if", after);
		return false;
	}
	for (t->behind = i; t->behind + 1 < t->items.nr; t->behind++) {
		const struct item *next = &t->items.v[t->behind + 1];

		if (next->kind != ITEM_EXPORT || next->owner != i)
			break;
	}
	return true;
}

static void find_end(struct target *t)
{
	size_t guard = conds_guard(&t->conds);

	t->behind = t->items.nr ? t->items.nr - 1 : ITEMS_NONE;
	if (guard != CONDS_NONE)
		t->behind = t->conds.v[guard].end - 1;
}

static bool same_line_ends(const struct target *t, const struct pieces *p,
			   struct drifts *drifts)
{
	const struct tokens *tokens = &t->items.tokens;

	if (!tokens->len || streq(line_end_of(tokens->text, tokens->len),
				  line_end_of(p->v[0].text,
					      strlen(p->v[0].text))))
		return true;
	drifts_add(drifts, DRIFT_DESTINATION, NULL, t->path, 1,
		   "convert one of the files first",
		   "its line ends (CR LF or LF) are not those of the source");
	return false;
}

static void add_pieces(struct buf *ret, const struct pieces *p,
		       const char *line_end)
{
	for (size_t i = 0; i < p->nr; i++) {
		if (i && p->v[i].blank)
			buf_addstr(ret, line_end);
		buf_addstr(ret, p->v[i].text);
	}
}

/* What stands behind the pieces: the gap that was there, and the rest. */
static void add_tail(struct buf *ret, const struct target *t,
		     const struct pieces *p, const char *line_end)
{
	const struct items *items = &t->items;
	size_t below = t->behind == ITEMS_NONE ? 0 : t->behind + 1;
	const struct item *above, *it;
	const struct piece *last = &p->v[p->nr - 1];

	if (below >= items->nr)
		return;
	it = &items->v[below];
	if (below) {
		above = &items->v[t->behind];
		buf_add(ret, items->tokens.text + above->code_end,
			above->end - above->code_end);
		if (above->end == above->code_end &&
		    !conds_closes(items, below) &&
		    pieces_apart(last->kind, it->kind,
				 it->code_begin > it->begin))
			buf_addstr(ret, line_end);
	}
	buf_add(ret, items->tokens.text + it->begin,
		items->tokens.len - it->begin);
}

static void put(struct buf *ret, const struct target *t, const struct pieces *p)
{
	const char *text = t->items.tokens.text;
	const char *line_end = line_end_of(p->v[0].text, strlen(p->v[0].text));
	const struct item *above;

	if (t->behind != ITEMS_NONE) {
		above = &t->items.v[t->behind];
		buf_add(ret, text, above->code_end);
		if (ret->len && ret->data[ret->len - 1] != '\n')
			buf_addstr(ret, line_end);
		if (ret->len && above->kind != ITEM_BLANK &&
		    pieces_apart(above->kind, p->v[0].kind, p->v[0].commented))
			buf_addstr(ret, line_end);
	}
	add_pieces(ret, p, line_end);
	add_tail(ret, t, p, line_end);
}

bool splice(struct buf *file, const char *path, const char *after,
	    const struct pieces *pieces, struct drifts *drifts)
{
	struct target t = { .path = path };
	struct buf text = BUF_INIT;
	bool ok;

	if (!pieces->nr)
		return true;
	items_parse(file->data, file->len, &t.items);
	conds_build(&t.items, &t.conds);
	find_end(&t);
	ok = (!after || find_after(&t, after, drifts)) &&
	     same_line_ends(&t, pieces, drifts);
	if (ok)
		put(&text, &t, pieces);
	conds_release(&t.conds);
	items_release(&t.items);
	if (ok) {
		buf_release(file);
		*file = text;
	}
	return ok;
}

size_t splice_place(const struct items *items, const char *after)
{
	struct target t = { .items = *items, .path = "" };
	struct drifts unused = { 0 };

	conds_build(items, &t.conds);
	find_end(&t);
	if (after && !find_after(&t, after, &unused))
		t.behind = ITEMS_NONE;
	conds_release(&t.conds);
	drifts_release(&unused);
	return t.behind;
}
