// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which piece is which in a mixed commit. Equal bytes were paired before this;
 * here the rest is, by equal code: first in its own file with its own linkage,
 * then with another one, then in another file, and only then under other
 * conditionals, so that of two that look alike the nearest is taken.
 */
#include "text_mixed.h"

/* A piece after that is still to be had. */
struct candidate {
	uint64_t hash;
	size_t piece;
};

struct candidates {
	struct candidate *v;
	size_t nr, alloc;
};

/* How much a pair may differ, from little to much. */
enum pass {
	PASS_FILE_AND_LINKAGE,
	PASS_FILE,
	PASS_CONTEXT,
	PASS_ANY,
	PASS_NR,
};

static bool may_be_alike(const struct mixed *m, const struct item *item)
{
	switch (item->kind) {
	case ITEM_FUNCTION:
	case ITEM_PROTOTYPE:
	case ITEM_VARIABLE:
	case ITEM_EXTERN:
	case ITEM_TYPE:
	case ITEM_TYPEDEF:
	case ITEM_MACRO:
	case ITEM_UNDEF:
	case ITEM_EXPORT:
	case ITEM_CALL:
	case ITEM_ASM:
		return true;
	case ITEM_CONDITIONAL:
	case ITEM_COMMENT:
		return m->names.nr > 0;
	default:
		return false;
	}
}

static uint64_t hash_of(struct mixed *m, int after, size_t piece)
{
	const struct text_side *side = mixed_side(m, after);

	return text_words_hash(mixed_words(m, after, piece)) * 31 +
	       piece_item(side, &side->pieces[piece])->kind;
}

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->piece < b->piece ? -1 : a->piece > b->piece;
}

static void list_candidates(struct mixed *m, int after, struct candidates *ret)
{
	const struct text_side *side = mixed_side(m, after);

	for (size_t i = 0; i < side->nr; i++) {
		/* An include is no item that goes anywhere. */
		if (!mixed_is_open(m, after, i) ||
		    !may_be_alike(m, piece_item(side, &side->pieces[i])))
			continue;
		ARRAY_GROW(ret->v, ret->nr, ret->alloc);
		ret->v[ret->nr++] =
			(struct candidate){ hash_of(m, after, i), i };
	}
}

static size_t first_candidate(const struct candidates *list, uint64_t hash)
{
	size_t low = 0, high = list->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (list->v[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_object(const struct item *item)
{
	return item->kind == ITEM_FUNCTION || item->kind == ITEM_VARIABLE;
}

bool mixed_linkage(const struct mixed *m, size_t i, size_t k, unsigned int *ret)
{
	const struct text_side *after = &m->check->after;
	const struct piece *p = &after->pieces[k];
	const struct item *a =
		piece_item(&m->check->before, &m->check->before.pieces[i]);
	const struct item *b = piece_item(after, p);

	*ret = 0;
	if (a->is_static == b->is_static && a->is_inline == b->is_inline)
		return true;
	if (!is_object(a) || !a->is_static || a->is_inline)
		return false;
	*ret = b->is_static ? DEED_INLINED : DEED_PROMOTED;
	return b->is_static ? b->is_inline && a->kind == ITEM_FUNCTION &&
				      ends_with(piece_path(after, p), ".h") :
			      !b->is_inline;
}

bool mixed_same_file(const struct mixed *m, size_t i, size_t k)
{
	const struct piece *p = &m->check->before.pieces[i];
	const struct piece *q = &m->check->after.pieces[k];

	return m->check->before.files[p->file].counterpart == q->file;
}

static bool may_pair(struct mixed *m, size_t i, size_t k, enum pass pass,
		     struct wording *ret, unsigned int *ret_deeds)
{
	const struct text_side *before = &m->check->before;
	const struct text_side *after = &m->check->after;
	const struct piece *p = &before->pieces[i], *q = &after->pieces[k];
	const struct item *a = piece_item(before, p), *b = piece_item(after, q);

	if ((pass <= PASS_FILE && !mixed_same_file(m, i, k)) ||
	    (pass < PASS_ANY && strcmp(p->context, q->context) != 0) ||
	    !mixed_same_name(m, a->name, b->name) ||
	    !mixed_linkage(m, i, k, ret_deeds) ||
	    (pass == PASS_FILE_AND_LINKAGE && *ret_deeds))
		return false;
	text_words_compare(mixed_words(m, 0, i), mixed_words(m, 1, k),
			   &m->names, ret);
	/* A comment alone is its own code. */
	return !ret->code && !(a->kind == ITEM_COMMENT && ret->comment);
}

/* Between the partners of what stays before and behind it. */
static bool keeps_order(const struct mixed *m, size_t i, size_t k)
{
	const struct text_side *before = &m->check->before;
	const struct text_file *f = &before->files[before->pieces[i].file];
	size_t n = i;

	while (n > f->first && !before->pieces[n - 1].stays)
		n--;
	if (n > f->first && before->pieces[n - 1].partner > k)
		return false;
	for (n = i + 1; n < f->end && !before->pieces[n].stays; n++)
		;
	return n == f->end || before->pieces[n].partner > k;
}

static void pair(struct mixed *m, size_t i, size_t k, const struct wording *how,
		 unsigned int deeds)
{
	struct piece *p = &m->check->before.pieces[i];
	struct piece *q = &m->check->after.pieces[k];
	const char *old = piece_item(&m->check->before, p)->name;
	const char *new = piece_item(&m->check->after, q)->name;

	p->partner = k;
	q->partner = i;
	p->stays = q->stays = mixed_same_file(m, i, k) && keeps_order(m, i, k);
	if (!p->stays)
		deeds |= DEED_MOVED;
	if (!streq(old, new))
		deeds |= DEED_RENAMED;
	else if (how->names)
		deeds |= DEED_MENTIONS;
	if (how->comment)
		deeds |= DEED_COMMENT;
	for (int after = 0; after < 2; after++)
		m->fates[after][after ? k : i] = (struct fate){
			.deeds = deeds,
			.how = *how,
			.other = after ? i : k,
		};
}

static void match_pass(struct mixed *m, const struct candidates *old,
		       const struct candidates *new, enum pass pass)
{
	for (size_t n = 0; n < old->nr; n++) {
		size_t i = old->v[n].piece;
		size_t c = first_candidate(new, old->v[n].hash);

		if (!mixed_is_open(m, 0, i))
			continue;
		for (; c < new->nr &&new->v[c].hash == old->v[n].hash; c++) {
			struct wording how;
			unsigned int deeds;

			if (!mixed_is_open(m, 1, new->v[c].piece) ||
			    !may_pair(m, i, new->v[c].piece, pass, &how,
				      &deeds))
				continue;
			pair(m, i, new->v[c].piece, &how, deeds);
			break;
		}
	}
}

void mixed_match_alike(struct mixed *m)
{
	struct candidates old = { 0 }, new = { 0 };

	list_candidates(m, 0, &old);
	list_candidates(m, 1, &new);
	if (new.nr)
		qsort(new.v, new.nr, sizeof(*new.v), compare_candidates);
	for (int pass = 0; pass < PASS_NR; pass++)
		match_pass(m, &old, &new, pass);
	free(old.v);
	free(new.v);
}

void mixed_match_equal(struct mixed *m)
{
	struct text_side *before = &m->check->before;
	struct text_side *after = &m->check->after;

	text_match(m->check);
	for (size_t i = 0; i < before->nr; i++) {
		struct piece *p = &before->pieces[i], *q;

		if (p->partner == TEXT_NONE)
			continue;
		q = &after->pieces[p->partner];
		m->fates[0][i].other = p->partner;
		m->fates[1][p->partner].other = i;
		if (p->stays)
			continue;
		if (!mixed_same_file(m, i, p->partner) &&
		    piece_item(before, p)->kind == ITEM_INCLUDE) {
			m->fates[0][i].other = TEXT_NONE;
			m->fates[1][p->partner].other = TEXT_NONE;
			p->partner = q->partner = TEXT_NONE;
			continue;
		}
		m->fates[0][i].deeds = DEED_MOVED;
		m->fates[1][p->partner].deeds = DEED_MOVED;
	}
}
