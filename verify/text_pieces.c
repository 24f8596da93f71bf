// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cuts the touched files of both sides into pieces and finds out which piece
 * is which: first those that stay in their file, by the longest common
 * subsequence (so that what stays has kept its order), then those that went
 * elsewhere, one for one. Equality is bytes and conditional context; names
 * play no part here.
 */
#define _GNU_SOURCE
#include "text.h"

const struct item *piece_item(const struct text_side *side,
			      const struct piece *piece)
{
	return &side->files[piece->file].items.v[piece->item];
}

const char *piece_path(const struct text_side *side, const struct piece *piece)
{
	return side->files[piece->file].text->path;
}

size_t text_find_file(const struct text_side *side, const char *path)
{
	for (size_t i = 0; path && i < side->nr_files; i++)
		if (streq(side->files[i].text->path, path))
			return i;
	return TEXT_NONE;
}

void text_allow(struct text_side *side, size_t file, size_t begin, size_t end)
{
	ARRAY_GROW(side->ranges, side->nr_ranges, side->alloc_ranges);
	side->ranges[side->nr_ranges++] = (struct range){ file, begin, end };
}

void text_settle(struct text_side *side, struct piece *p)
{
	size_t begin = piece_item(side, p)->begin;

	p->settled = true;
	text_allow(side, p->file, begin, begin + p->len);
}

size_t text_find_piece(const struct text_side *side, size_t file,
		       enum item_kind kind, const char *name, size_t i)
{
	if (file == TEXT_NONE)
		return TEXT_NONE;
	if (i < side->files[file].first)
		i = side->files[file].first;
	for (; i < side->files[file].end; i++) {
		const struct item *item = piece_item(side, &side->pieces[i]);

		if (item->kind == kind && streq(item->name, name))
			return i;
	}
	return TEXT_NONE;
}

bool text_mentions(const struct strv *names, const struct text_side *side,
		   const struct piece *piece)
{
	const struct item *item = piece_item(side, piece);
	const struct tokens *t = &side->files[piece->file].items.tokens;

	for (size_t i = item->token_begin; i < item->token_end; i++) {
		if (t->v[i].kind != TOKEN_IDENT)
			continue;
		for (size_t n = 0; n < names->nr; n++)
			if (token_is(t, i, names->v[n]))
				return true;
	}
	return false;
}

bool text_is_named(const struct strv *names, const struct text_side *side,
		   const struct piece *piece)
{
	const struct item *item = piece_item(side, piece);
	struct strv declared _cleanup_(strv_release) = STRV_INIT;

	if (strv_has(names, item->name))
		return true;
	if (item->kind == ITEM_EXPORT)
		return item->argument && strv_has(names, item->argument);
	if (item->kind == ITEM_CALL)
		return text_mentions(names, side, piece);
	items_names(&side->files[piece->file].items, piece->item, &declared);
	for (size_t i = 0; i < declared.nr; i++)
		if (strv_has(names, declared.v[i]))
			return true;
	return false;
}

/*
 * The end of an item without the empty lines behind it. Only truly empty ones
 * are blank: a line that holds white space is text and must be accounted for.
 */
static size_t end_of_text(const char *data, size_t begin, size_t end)
{
	while (end > begin + 1 && data[end - 1] == '\n' &&
	       data[end - 2] == '\n')
		end--;
	return end == begin + 1 && data[begin] == '\n' ? begin : end;
}

/* Asked for once for a run of items: it looks at the whole file. */
static char *context_of(const struct text_side *side, size_t file, size_t index)
{
	const struct items *items = &side->files[file].items;
	const struct piece *last = side->nr > side->files[file].first ?
					   &side->pieces[side->nr - 1] : NULL;

	if (last && piece_item(side, last)->context == items->v[index].context)
		return xstrdup(last->context);
	return items_context(items, index);
}

static void add_piece(struct text_side *side, size_t file, size_t index)
{
	const struct text_file *f = &side->files[file];
	const struct item *item = &f->items.v[index];
	size_t end = end_of_text(f->text->data, item->begin, item->end);
	char *context;

	if (end == item->begin)
		return;
	context = context_of(side, file, index);
	ARRAY_GROW(side->pieces, side->nr, side->alloc);
	side->pieces[side->nr++] = (struct piece){
		.file = file,
		.item = index,
		.bytes = f->text->data + item->begin,
		.len = end - item->begin,
		.context = context,
		.partner = TEXT_NONE,
	};
}

void text_side_load(const struct state *state, struct text_side *ret)
{
	*ret = (struct text_side){ .state = state, .nr_files = state->nr_texts };
	ret->files = xcalloc(state->nr_texts, sizeof(*ret->files));
	for (size_t i = 0; i < state->nr_texts; i++) {
		struct text_file *f = &ret->files[i];

		f->text = &state->texts[i];
		f->counterpart = i;
		f->is_c = ends_with(f->text->path, ".c") ||
			  ends_with(f->text->path, ".h");
		f->first = ret->nr;
		if (f->is_c && f->text->data) {
			items_parse(f->text->data, f->text->len, &f->items);
			for (size_t k = 0; k < f->items.nr; k++)
				add_piece(ret, i, k);
		}
		f->end = ret->nr;
	}
}

void text_side_release(struct text_side *side)
{
	for (size_t i = 0; i < side->nr; i++)
		free(side->pieces[i].context);
	for (size_t i = 0; i < side->nr_files; i++)
		if (side->files[i].is_c && side->files[i].text->data)
			items_release(&side->files[i].items);
	free(side->pieces);
	free(side->files);
	free(side->ranges);
}

static int compare_pieces(const void *left, const void *right)
{
	const struct piece *a = *(struct piece *const *)left;
	const struct piece *b = *(struct piece *const *)right;
	int order;

	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	order = memcmp(a->bytes, b->bytes, a->len);
	return order ? order : strcmp(a->context, b->context);
}

/* Numbers the classes of both sides' pieces from 0. */
void text_classify(struct text_check *check)
{
	size_t nr = check->before.nr + check->after.nr, class = 0;
	_cleanup_free_ struct piece **all = xcalloc(nr, sizeof(*all));

	for (size_t i = 0; i < nr; i++)
		all[i] = i < check->before.nr ?
				 &check->before.pieces[i] :
				 &check->after.pieces[i - check->before.nr];
	qsort(all, nr, sizeof(*all), compare_pieces);
	for (size_t i = 0; i < nr; i++) {
		if (i && compare_pieces(&all[i - 1], &all[i]))
			class++;
		all[i]->class = class;
	}
}

/* A link of the longest common subsequence, the last pair first. */
struct link {
	size_t a, b;
	size_t prev; /* index of the link before it; TEXT_NONE */
};

struct chain {
	struct link *links;
	size_t nr, alloc;
	size_t *tails; /* tails[n]: link that ends a chain of n + 1 as early
			  as possible in b */
	size_t len;
};

/* The number of chains that end before b. */
static size_t find_tail(const struct chain *chain, size_t b)
{
	size_t low = 0, high = chain->len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (chain->links[chain->tails[mid]].b < b)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void add_link(struct chain *chain, size_t a, size_t b)
{
	size_t at = find_tail(chain, b);

	ARRAY_GROW(chain->links, chain->nr, chain->alloc);
	chain->links[chain->nr] = (struct link){
		a, b, at ? chain->tails[at - 1] : TEXT_NONE
	};
	chain->tails[at] = chain->nr++;
	if (at == chain->len)
		chain->len++;
}

static void pair(struct text_check *check, size_t a, size_t b)
{
	check->before.pieces[a].partner = b;
	check->after.pieces[b].partner = a;
}

static void stay(struct text_check *check, size_t a, size_t b)
{
	pair(check, a, b);
	check->before.pieces[a].stays = true;
	check->after.pieces[b].stays = true;
}

/* Pieces of one file on both sides that are still to be matched. */
struct stretch {
	size_t a, a_end, b, b_end;
};

/*
 * What a file begins and ends with on both sides is in a longest common
 * subsequence, and it is most of the file: a table of a thousand equal lines
 * has a million pairs.
 */
static void match_ends(struct text_check *check, struct stretch *s)
{
	const struct piece *before = check->before.pieces;
	const struct piece *after = check->after.pieces;

	for (; s->a < s->a_end && s->b < s->b_end &&
	       before[s->a].class == after[s->b].class; s->a++, s->b++)
		stay(check, s->a, s->b);
	for (; s->a < s->a_end && s->b < s->b_end &&
	       before[s->a_end - 1].class == after[s->b_end - 1].class;
	     s->a_end--, s->b_end--)
		stay(check, s->a_end - 1, s->b_end - 1);
}

/*
 * Hunt and Szymanski: visits only pairs of equal class, of which there are
 * hardly more than pieces, because most pieces of a file occur once.
 */
static void match_between(struct text_check *check, const struct stretch *s,
			  size_t *heads, size_t *next)
{
	struct chain chain = { 0 };
	size_t link;

	for (size_t b = s->b; b < s->b_end; b++) {
		size_t *head = &heads[check->after.pieces[b].class];

		next[b] = *head;
		*head = b;
	}
	chain.tails = xcalloc(s->b_end - s->b, sizeof(*chain.tails));
	for (size_t a = s->a; a < s->a_end; a++) {
		size_t b = heads[check->before.pieces[a].class];

		for (; b != TEXT_NONE; b = next[b])
			add_link(&chain, a, b);
	}
	link = chain.len ? chain.tails[chain.len - 1] : TEXT_NONE;
	for (; link != TEXT_NONE; link = chain.links[link].prev)
		stay(check, chain.links[link].a, chain.links[link].b);
	for (size_t b = s->b; b < s->b_end; b++)
		heads[check->after.pieces[b].class] = TEXT_NONE;
	free(chain.links);
	free(chain.tails);
}

static void match_stays(struct text_check *check, size_t file, size_t *heads,
			size_t *next)
{
	const struct text_file *from = &check->before.files[file];
	const struct text_file *to =
		&check->after.files[from->counterpart];
	struct stretch s = { from->first, from->end, to->first, to->end };

	match_ends(check, &s);
	match_between(check, &s, heads, next);
}

/* What left its place against what is new elsewhere, in order of the files. */
static void match_moved(struct text_check *check, size_t *heads, size_t *next)
{
	for (size_t b = check->after.nr; b-- > 0;) {
		struct piece *p = &check->after.pieces[b];

		if (p->partner != TEXT_NONE || p->settled)
			continue;
		next[b] = heads[p->class];
		heads[p->class] = b;
	}
	for (size_t a = 0; a < check->before.nr; a++) {
		struct piece *p = &check->before.pieces[a];
		size_t b = heads[p->class];

		if (p->partner != TEXT_NONE || p->settled || b == TEXT_NONE)
			continue;
		heads[p->class] = next[b];
		pair(check, a, b);
	}
}

void text_match(struct text_check *check)
{
	size_t classes = check->before.nr + check->after.nr;
	_cleanup_free_ size_t *heads = xcalloc(classes, sizeof(*heads));
	_cleanup_free_ size_t *next = xcalloc(check->after.nr, sizeof(*next));

	for (size_t i = 0; i < classes; i++)
		heads[i] = TEXT_NONE;
	for (size_t i = 0; i < check->before.nr_files; i++)
		match_stays(check, i, heads, next);
	match_moved(check, heads, next);
}
