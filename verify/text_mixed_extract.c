// SPDX-License-Identifier: GPL-2.0-only
/*
 * Helpers put back into their callers: where a caller calls a helper of the
 * contract, the helper's body is read instead, with the arguments for the
 * parameters. If that gives the old caller word by word, nothing but an
 * extraction happened. What fits otherwise is residue; the code rung decides.
 */
#include "text_mixed.h"
#include "text_mixed_call.h"

/* The helper that word k is the name of; TEXT_NONE. */
static size_t helper_at(const struct mixed *m, const struct text_words *w,
			size_t k)
{
	const struct text_side *after = &m->check->after;
	const struct strv *helpers = &m->check->contract->helpers;

	if (w->v[k].kind != TOKEN_IDENT)
		return TEXT_NONE;
	for (size_t n = 0; n < helpers->nr; n++) {
		if (!word_is(&w->v[k], helpers->v[n]))
			continue;
		for (size_t i = 0; i < after->nr; i++) {
			const struct item *item =
				piece_item(after, &after->pieces[i]);

			if (item->kind == ITEM_FUNCTION &&
			    streq(item->name, helpers->v[n]))
				return i;
		}
	}
	return TEXT_NONE;
}

struct inlining {
	struct mixed *m;
	const struct text_words *old, *new;
	bool *used; /* by piece after: helpers that were put back */
};

/* The words at hand begin "return helper(...);" or a call of a helper. */
static bool put_back(struct inlining *in, size_t *i, size_t *k)
{
	const struct text_words *new = in->new;
	size_t name = word_is(&new->v[*k], "return") ?
			      call_next_word(new, *k + 1) :
			      *k;
	size_t helper =
		name < new->nr ? helper_at(in->m, new, name) : TEXT_NONE;
	struct call call;
	bool taken;

	if (helper == TEXT_NONE)
		return false;
	taken = call_read(mixed_words(in->m, 1, helper), new, name, &call) &&
		call_take(&call, in->old, i, new, k);
	call_release(&call);
	in->used[helper] |= taken;
	return taken;
}

static bool is_old_with_calls(struct inlining *in)
{
	size_t i = 0, k = 0;

	for (;;) {
		i = call_next_word(in->old, i);
		k = call_next_word(in->new, k);
		if (i >= in->old->nr || k >= in->new->nr)
			return i >= in->old->nr && k >= in->new->nr;
		if (k >= in->new->head && put_back(in, &i, &k))
			continue;
		if (!text_words_same(&in->old->v[i], &in->new->v[k]))
			return false;
		i++;
		k++;
	}
}

static bool has_comment(const struct text_words *w,
			const struct text_word *comment)
{
	for (size_t i = 0; i < w->nr; i++)
		if (w->v[i].kind == TOKEN_COMMENT &&
		    w->v[i].len == comment->len &&
		    !memcmp(w->v[i].s, comment->s, comment->len))
			return true;
	return false;
}

/* Every comment of the old caller is in the new one, or in a helper. */
static bool lost_comment(struct inlining *in)
{
	const struct text_words *old = in->old;

	for (size_t i = 0; i < old->nr; i++) {
		bool found = old->v[i].kind != TOKEN_COMMENT ||
			     has_comment(in->new, &old->v[i]);

		for (size_t k = 0; !found && k < in->m->check->after.nr; k++)
			found = in->used[k] &&
				has_comment(mixed_words(in->m, 1, k),
					    &old->v[i]);
		if (!found)
			return true;
	}
	return false;
}

static void account(struct inlining *in, size_t before, size_t after,
		    unsigned int linkage)
{
	struct mixed *m = in->m;
	unsigned int deeds = DEED_GAVE | linkage;

	if (!mixed_same_file(m, before, after))
		deeds |= DEED_MOVED;
	if (!streq(piece_item(&m->check->before,
			      &m->check->before.pieces[before])
			   ->name,
		   piece_item(&m->check->after, &m->check->after.pieces[after])
			   ->name))
		deeds |= DEED_RENAMED;
	mixed_account(m, 0, before, deeds);
	mixed_account(m, 1, after, deeds);
	m->fates[0][before].other = after;
	m->fates[1][after].other = before;
	m->fates[1][after].how.comment = lost_comment(in);
	m->fates[1][after].how.comment_at =
		piece_item(&m->check->after, &m->check->after.pieces[after])
			->code_begin;
	for (size_t i = 0; i < m->check->after.nr; i++)
		if (in->used[i] && mixed_is_open(m, 1, i))
			mixed_account(m, 1, i, DEED_EXTRACTED | DEED_ADDED);
}

static bool may_be_caller(const struct mixed *m, size_t i, size_t k)
{
	const struct text_side *before = &m->check->before;
	const struct text_side *after = &m->check->after;
	const struct piece *p = &before->pieces[i], *q = &after->pieces[k];
	const struct item *a = piece_item(before, p), *b = piece_item(after, q);

	return a->kind == ITEM_FUNCTION && b->kind == ITEM_FUNCTION &&
	       mixed_is_open(m, 1, k) && mixed_same_name(m, a->name, b->name) &&
	       streq(p->context, q->context);
}

static bool try_caller(struct mixed *m, size_t i, size_t k)
{
	struct inlining in = { .m = m,
			       .old = mixed_words(m, 0, i),
			       .new = mixed_words(m, 1, k) };
	unsigned int linkage;
	bool found;

	in.used = xcalloc(m->check->after.nr, sizeof(*in.used));
	found = mixed_linkage(m, i, k, &linkage) && is_old_with_calls(&in);
	if (found)
		account(&in, i, k, linkage);
	free(in.used);
	return found;
}

void mixed_match_extracted(struct mixed *m)
{
	const struct text_side *before = &m->check->before;
	const struct text_side *after = &m->check->after;

	if (!m->check->contract->helpers.nr)
		return;
	for (size_t i = 0; i < before->nr; i++)
		for (size_t k = 0; mixed_is_open(m, 0, i) && k < after->nr; k++)
			if (may_be_caller(m, i, k) && try_caller(m, i, k))
				break;
}
