// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which identifiers a commit renamed. Definitions with the same skeleton (all
 * but identifiers is the same) are laid beside each other; what differs are
 * substitutions. One is believed when a definition of the old name became one
 * of the new name by it, all other substitutions in that definition are
 * believed as well, the old name is defined less often than before, the new one
 * was not in use, and no other substitution of either name is used by more
 * code.
 */
#define _GNU_SOURCE
#include "infer_internal.h"

struct substitution {
	char *old, *new; /* owned */
	size_t votes;	 /* items of the same name on both sides that hold it */
	bool given;	 /* a person says so */
	bool alive;
};

/* A definition that may have become one of another name. */
struct renaming {
	size_t i, k;  /* pieces before and after */
	size_t name;  /* the substitution of its own name */
	size_t *uses; /* owned: all in it, as indices */
	size_t nr;
};

struct hunt {
	struct guess *g;
	struct substitution *v;
	size_t nr, alloc;
	struct renaming *renamings;
	size_t nr_renamings, alloc_renamings;
};

/* Indices of the substitutions between two pieces. */
struct found {
	size_t *v;
	size_t nr, alloc;
};

static const struct item *item_of(const struct hunt *h, int after, size_t i)
{
	const struct text_side *side = mixed_side(&h->g->m, after);

	return piece_item(side, &side->pieces[i]);
}

static size_t find_substitution(struct hunt *h, const struct text_word *a,
				const struct text_word *b)
{
	for (size_t i = 0; i < h->nr; i++)
		if (word_is(a, h->v[i].old) && word_is(b, h->v[i].new))
			return i;
	ARRAY_GROW(h->v, h->nr, h->alloc);
	h->v[h->nr] = (struct substitution){ xstrndup(a->s, a->len),
					     xstrndup(b->s, b->len), 0, false,
					     false };
	return h->nr++;
}

static void add_found(struct found *f, size_t substitution)
{
	for (size_t i = 0; i < f->nr; i++)
		if (f->v[i] == substitution)
			return;
	ARRAY_GROW(f->v, f->nr, f->alloc);
	f->v[f->nr++] = substitution;
}

static bool is_one_to_one(const struct hunt *h, const struct found *f)
{
	for (size_t i = 0; i < f->nr; i++)
		for (size_t k = i + 1; k < f->nr; k++)
			if (streq(h->v[f->v[i]].old, h->v[f->v[k]].old) ||
			    streq(h->v[f->v[i]].new, h->v[f->v[k]].new))
				return false;
	return true;
}

static size_t next_plain(const struct text_words *w, size_t i, size_t end)
{
	while (i < end && (w->v[i].linkage || w->v[i].kind == TOKEN_COMMENT))
		i++;
	return i;
}

/* Lays words beside each other up to the ends; false if more than names differ.
 */
static bool align(struct hunt *h, const struct text_words *a, size_t end_a,
		  const struct text_words *b, size_t end_b, struct found *ret)
{
	size_t i = next_plain(a, 0, end_a), k = next_plain(b, 0, end_b);

	while (i < end_a && k < end_b) {
		const struct text_word *x = &a->v[i], *y = &b->v[k];

		if (x->kind != y->kind || x->directive != y->directive)
			return false;
		if (x->len != y->len || memcmp(x->s, y->s, x->len) != 0) {
			if (x->kind != TOKEN_IDENT)
				return false;
			add_found(ret, find_substitution(h, x, y));
		}
		i = next_plain(a, i + 1, end_a);
		k = next_plain(b, k + 1, end_b);
	}
	return i >= end_a && k >= end_b && is_one_to_one(h, ret);
}

/* ---- Names ---- */

/* As an identifier of the code; a comment may have told of it before. */
static bool was_used(const struct hunt *h, const char *name)
{
	const struct text_side *before = &h->g->check.before;

	for (size_t i = 0; i < before->nr_files; i++) {
		const struct text_file *f = &before->files[i];
		size_t at = 0;

		if (!f->is_c || !f->text->data)
			continue;
		for (; find_name(f->text->data, f->text->len, name, at, &at);
		     at += strlen(name))
			if (!token_in_comment(&f->items.tokens, at))
				return true;
	}
	return false;
}

static bool may_become(const struct hunt *h, const char *old, const char *new)
{
	return *old && *new && !streq(old, new) &&
	       infer_times_defined(h->g, 0, old) > infer_times_defined(h->g, 1, old) &&
	       !infer_times_defined(h->g, 0, new) && !was_used(h, new);
}

/* ---- What is laid beside what ---- */

struct skeleton {
	uint64_t hash;
	size_t piece;
};

struct skeletons {
	struct skeleton *v;
	size_t nr, alloc;
};

static bool has_skeleton(const struct item *item)
{
	return (item_is_definition(item) || item->kind == ITEM_PROTOTYPE ||
		item->kind == ITEM_EXTERN || item->kind == ITEM_EXPORT) &&
	       *item->name;
}

static int compare_skeletons(const void *left, const void *right)
{
	const struct skeleton *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->piece < b->piece ? -1 : a->piece > b->piece;
}

static void list_skeletons(struct hunt *h, int after, struct skeletons *ret)
{
	struct mixed *m = &h->g->m;

	for (size_t i = 0; i < mixed_side(m, after)->nr; i++) {
		const struct item *item = item_of(h, after, i);

		if (!mixed_is_open(m, after, i) || !has_skeleton(item))
			continue;
		ARRAY_GROW(ret->v, ret->nr, ret->alloc);
		ret->v[ret->nr++] = (struct skeleton){
			text_words_skeleton(mixed_words(m, after, i)) * 31 +
				item->kind,
			i,
		};
	}
	if (ret->nr)
		qsort(ret->v, ret->nr, sizeof(*ret->v), compare_skeletons);
}

static void take_pair(struct hunt *h, size_t i, size_t k)
{
	const struct item *a = item_of(h, 0, i), *b = item_of(h, 1, k);
	const struct text_words *x = mixed_words(&h->g->m, 0, i);
	const struct text_words *y = mixed_words(&h->g->m, 1, k);
	struct found found = { 0 };
	bool same = streq(a->name, b->name);

	if ((!same &&
	     (!item_is_definition(a) || !may_become(h, a->name, b->name))) ||
	    !align(h, x, x->nr, y, y->nr, &found)) {
		free(found.v);
		return;
	}
	for (size_t n = 0; same && n < found.nr; n++)
		h->v[found.v[n]].votes++;
	for (size_t n = 0; !same && n < found.nr; n++) {
		if (!streq(h->v[found.v[n]].old, a->name))
			continue;
		ARRAY_GROW(h->renamings, h->nr_renamings, h->alloc_renamings);
		h->renamings[h->nr_renamings++] = (struct renaming){
			i, k, found.v[n], found.v, found.nr,
		};
		return;
	}
	free(found.v);
}

/* A class of more than this says nothing: empty functions, guards. */
#define LARGEST_CLASS 64

static void take_class(struct hunt *h, const struct skeletons *old, size_t i,
		       const struct skeletons *new, size_t k)
{
	size_t end_i = i, end_k = k;

	while (end_i < old->nr && old->v[end_i].hash == old->v[i].hash)
		end_i++;
	while (end_k < new->nr &&new->v[end_k].hash == new->v[k].hash)
		end_k++;
	if (end_i - i > LARGEST_CLASS || end_k - k > LARGEST_CLASS)
		return;
	for (size_t a = i; a < end_i; a++)
		for (size_t b = k; b < end_k; b++)
			take_pair(h, old->v[a].piece, new->v[b].piece);
}

static void take_pairs(struct hunt *h)
{
	struct skeletons old = { 0 }, new = { 0 };
	size_t k = 0;

	list_skeletons(h, 0, &old);
	list_skeletons(h, 1, &new);
	for (size_t i = 0; i < old.nr; i++) {
		if (i && old.v[i].hash == old.v[i - 1].hash)
			continue;
		while (k < new.nr &&new.v[k].hash < old.v[i].hash)
			k++;
		if (k < new.nr &&new.v[k].hash == old.v[i].hash)
			take_class(h, &old, i, &new, k);
	}
	free(old.v);
	free(new.v);
}

/* ---- Which are believed ---- */

static bool all_alive(const struct hunt *h, const struct renaming *r)
{
	for (size_t n = 0; n < r->nr; n++)
		if (!h->v[r->uses[n]].alive)
			return false;
	return true;
}

/* Takes back what needs a substitution that is not believed, until all is well.
 */
static void settle(struct hunt *h)
{
	bool changed = true;

	while (changed) {
		_cleanup_free_ bool *ok = xcalloc(h->nr, sizeof(*ok));

		changed = false;
		for (size_t n = 0; n < h->nr_renamings; n++)
			if (all_alive(h, &h->renamings[n]))
				ok[h->renamings[n].name] = true;
		for (size_t n = 0; n < h->nr; n++) {
			if (!h->v[n].alive || h->v[n].given || ok[n])
				continue;
			h->v[n].alive = false;
			changed = true;
		}
	}
}

static bool rivals(const struct substitution *a, const struct substitution *b)
{
	return a != b && a->alive && b->alive &&
	       (streq(a->old, b->old) || streq(a->new, b->new));
}

static bool is_weaker(const struct substitution *a,
		      const struct substitution *b)
{
	return !a->given && (b->given || a->votes < b->votes);
}

/* Of two for one name the one that more code speaks for; neither if they tie.
 */
static void drop_rivals(struct hunt *h)
{
	_cleanup_free_ bool *drop = xcalloc(h->nr, sizeof(*drop));

	for (size_t i = 0; i < h->nr; i++)
		for (size_t k = 0; k < h->nr; k++)
			if (rivals(&h->v[i], &h->v[k]))
				drop[i] |= is_weaker(&h->v[i], &h->v[k]);
	for (size_t i = 0; i < h->nr; i++)
		h->v[i].alive &= !drop[i];
	memset(drop, 0, h->nr * sizeof(*drop));
	for (size_t i = 0; i < h->nr; i++)
		for (size_t k = 0; k < h->nr; k++)
			drop[i] |= !h->v[i].given && rivals(&h->v[i], &h->v[k]);
	for (size_t i = 0; i < h->nr; i++)
		h->v[i].alive &= !drop[i];
}

/* ---- Renamed, and changed as well ---- */

static bool has_rival(const struct hunt *h, const struct substitution *s)
{
	for (size_t i = 0; i < h->nr; i++)
		if (&h->v[i] != s && h->v[i].alive &&
		    (streq(h->v[i].old, s->old) || streq(h->v[i].new, s->new)))
			return true;
	return false;
}

static size_t find_open(const struct hunt *h, int after, const char *name)
{
	for (size_t i = 0; i < mixed_side(&h->g->m, after)->nr; i++)
		if (mixed_is_open(&h->g->m, after, i) &&
		    item_of(h, after, i)->kind == ITEM_FUNCTION &&
		    streq(item_of(h, after, i)->name, name))
			return i;
	return TEXT_NONE;
}

/* The head of the definition became that of the other, by names believed. */
static bool same_heads(struct hunt *h, size_t name)
{
	size_t i = find_open(h, 0, h->v[name].old);
	size_t k = find_open(h, 1, h->v[name].new);
	struct found found = { 0 };
	bool same;

	if (i == TEXT_NONE || k == TEXT_NONE ||
	    !may_become(h, h->v[name].old, h->v[name].new))
		return false;
	same = align(h, mixed_words(&h->g->m, 0, i),
		     mixed_words(&h->g->m, 0, i)->head,
		     mixed_words(&h->g->m, 1, k),
		     mixed_words(&h->g->m, 1, k)->head, &found);
	for (size_t n = 0; n < found.nr; n++)
		same &= found.v[n] == name || h->v[found.v[n]].alive;
	free(found.v);
	return same;
}

static void believe_heads(struct hunt *h)
{
	for (size_t n = 0; n < h->nr; n++)
		if (!h->v[n].alive && h->v[n].votes &&
		    !has_rival(h, &h->v[n]) && same_heads(h, n))
			h->v[n].alive = true;
}

/* ---- All of it ---- */

static void take_given(struct hunt *h, const struct renamed *given, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		struct text_word old = { .s = given[i].old,
					 .len = strlen(given[i].old) };
		struct text_word new = { .s = given[i].new,
					 .len = strlen(given[i].new) };
		size_t n = find_substitution(h, &old, &new);

		h->v[n].given = h->v[n].alive = true;
	}
}

/* Words were read without names. */
static void forget_words(struct mixed *m)
{
	for (int after = 0; after < 2; after++)
		for (size_t i = 0; i < mixed_side(m, after)->nr; i++)
			text_words_release(&m->words[after][i]);
}

void infer_renames(struct guess *g, const struct renamed *given, size_t nr)
{
	struct hunt h = { .g = g };

	take_given(&h, given, nr);
	take_pairs(&h);
	for (size_t n = 0; n < h.nr_renamings; n++)
		h.v[h.renamings[n].name].alive = true;
	settle(&h);
	drop_rivals(&h);
	settle(&h);
	believe_heads(&h);
	for (size_t n = 0; n < h.nr; n++) {
		if (h.v[n].alive)
			infer_add_rename(g, h.v[n].old, h.v[n].new);
		free(h.v[n].old);
		free(h.v[n].new);
	}
	for (size_t n = 0; n < h.nr_renamings; n++)
		free(h.renamings[n].uses);
	free(h.renamings);
	free(h.v);
	forget_words(&g->m);
}
