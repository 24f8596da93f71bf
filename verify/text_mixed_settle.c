// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines that come and go with what a mixed commit shifts: includes, prototypes
 * of shifted definitions, conditional lines around nothing else, what a
 * created file begins with, copies of the macros that moved code needs. What
 * they mean to the code around them the tokens rung says.
 */
#include "text_mixed.h"

/* ---- Includes ---- */

static void settle_includes(struct mixed *m, int after)
{
	struct text_side *side = mixed_side(m, after);

	for (size_t i = 0; i < side->nr; i++) {
		const struct piece *p = &side->pieces[i];

		if (piece_item(side, p)->kind == ITEM_INCLUDE &&
		    mixed_is_open(m, after, i) && !*p->context)
			mixed_account(m, after, i,
				      DEED_INCLUDE |
					      (after ? DEED_ADDED : DEED_LOST));
	}
}

/* ---- Prototypes ---- */

static bool is_object(const struct item *item)
{
	return item->kind == ITEM_FUNCTION || item->kind == ITEM_VARIABLE;
}

static bool is_declaration(const struct item *item)
{
	return item->kind == ITEM_PROTOTYPE || item->kind == ITEM_EXTERN;
}

/* A shifted definition of the name, from piece i on; TEXT_NONE. */
static size_t find_shifted(const struct mixed *m, int after, const char *name,
			   size_t i)
{
	const struct text_side *side = mixed_side(m, after);

	for (; i < side->nr; i++) {
		const struct item *item = piece_item(side, &side->pieces[i]);

		if (is_object(item) && streq(item->name, name) &&
		    m->fates[after][i].deeds &&
		    (m->fates[after][i].other != TEXT_NONE ||
		     m->fates[after][i].deeds & DEED_EXTRACTED))
			return i;
	}
	return TEXT_NONE;
}

/* A forward declaration in the file that its definition left, or alike. */
static void settle_stale(struct mixed *m)
{
	struct text_side *before = &m->check->before;

	for (size_t i = 0; i < before->nr; i++) {
		const struct item *item =
			piece_item(before, &before->pieces[i]);

		if (is_declaration(item) && item->is_static &&
		    item->code_begin == item->begin && mixed_is_open(m, 0, i) &&
		    find_shifted(m, 0, item->name, 0) != TEXT_NONE)
			mixed_account(m, 0, i, DEED_PROTOTYPE | DEED_LOST);
	}
}

/* Word by word the head of the definition; "extern" may stand before it. */
static bool is_head_of(const struct text_words *proto,
		       const struct text_words *head)
{
	size_t i = 0, k = text_words_next(head, 0);

	if (proto->nr && word_is(&proto->v[0], "extern"))
		i++;
	while (i < proto->nr && k < head->head &&
	       text_words_same(&proto->v[i], &head->v[k])) {
		i++;
		k = text_words_next(head, k + 1);
	}
	return i + 1 == proto->nr && word_is(&proto->v[i], ";") &&
	       (k >= head->head || word_is(&head->v[k], ";"));
}

/* Where others see it; a static one sees itself only in its own file. */
static bool may_declare(const struct mixed *m, size_t proto, size_t definition)
{
	const struct text_side *after = &m->check->after;
	const struct piece *p = &after->pieces[proto];
	const struct piece *q = &after->pieces[definition];

	if (*p->context && strcmp(p->context, q->context) != 0)
		return false;
	return piece_item(after, q)->is_static ?
		       p->file == q->file :
		       ends_with(piece_path(after, p), ".h");
}

static void settle_prototypes(struct mixed *m)
{
	struct text_side *after = &m->check->after;

	for (size_t i = 0; i < after->nr; i++) {
		const struct item *item = piece_item(after, &after->pieces[i]);
		size_t k;

		if (!is_declaration(item) || item->code_begin != item->begin ||
		    !mixed_is_open(m, 1, i))
			continue;
		k = find_shifted(m, 1, item->name, 0);
		while (k != TEXT_NONE && (!may_declare(m, i, k) ||
					  !is_head_of(mixed_words(m, 1, i),
						      mixed_words(m, 1, k))))
			k = find_shifted(m, 1, item->name, k + 1);
		if (k != TEXT_NONE)
			mixed_account(m, 1, i, DEED_PROTOTYPE | DEED_ADDED);
	}
}

/* ---- A created file ---- */

/* Where the guard's #ifndef stands, and its #define behind it. */
static size_t find_guard(const struct text_side *side,
			 const struct text_file *f)
{
	size_t i = f->first;

	while (i < f->end &&
	       piece_item(side, &side->pieces[i])->kind == ITEM_COMMENT)
		i++;
	if (i + 2 >= f->end ||
	    !streq(piece_item(side, &side->pieces[i])->name, "ifndef") ||
	    piece_item(side, &side->pieces[i + 1])->kind != ITEM_MACRO ||
	    !streq(piece_item(side, &side->pieces[f->end - 1])->name, "endif"))
		return TEXT_NONE;
	return i;
}

static void settle_guard(struct mixed *m, int after, size_t file)
{
	const struct text_side *side = mixed_side(m, after);
	const struct text_file *f = &side->files[file];
	unsigned int deeds = after ? DEED_ADDED : DEED_LOST;
	size_t i = find_guard(side, f);

	/* items_context() leaves out a guard, and nothing else. */
	if (i == TEXT_NONE || *side->pieces[i + 1].context ||
	    mixed_words(m, after, i + 1)->nr != 3)
		return;
	for (size_t k = 0; k < 3; k++) {
		size_t piece = k < 2 ? i + k : f->end - 1;

		if (mixed_is_open(m, after, piece))
			mixed_account(m, after, piece,
				      (k == 1 ? 0 : DEED_CONDITIONAL) | deeds);
	}
}

/* Licence and banner: comments before anything that is code. */
static void settle_banner(struct mixed *m, int after, size_t file)
{
	const struct text_side *side = mixed_side(m, after);
	const struct text_file *f = &side->files[file];

	for (size_t i = f->first;
	     i < f->end &&
	     piece_item(side, &side->pieces[i])->kind == ITEM_COMMENT;
	     i++)
		if (mixed_is_open(m, after, i))
			mixed_account(m, after, i,
				      DEED_COMMENT |
					      (after ? DEED_ADDED : DEED_LOST));
}

static void settle_whole_files(struct mixed *m)
{
	for (size_t i = 0; i < m->check->before.nr_files; i++) {
		for (int after = 0; after < 2; after++) {
			const struct text_side *here = mixed_side(m, after);
			const struct text_side *there = mixed_side(m, !after);
			size_t other = here->files[i].counterpart;

			if (!here->files[i].text->data ||
			    there->files[other].text->data)
				continue;
			settle_banner(m, after, i);
			settle_guard(m, after, i);
		}
	}
}

/* ---- Macros that go along ---- */

static bool gave(const struct mixed *m, size_t from, size_t to)
{
	const struct text_side *after = &m->check->after;

	for (size_t i = after->files[to].first; i < after->files[to].end; i++) {
		size_t other = m->fates[1][i].other;

		if (other != TEXT_NONE && !m->fates[1][i].residue &&
		    m->check->before.pieces[other].file == from)
			return true;
	}
	return false;
}

/* The same macro stands where code that moved to this file came from. */
static bool is_copied(const struct mixed *m, const struct piece *p)
{
	const struct text_side *before = &m->check->before;

	for (size_t i = 0; i < before->nr; i++)
		if (before->pieces[i].class == p->class &&
		    before->pieces[i].file != p->file &&
		    gave(m, before->pieces[i].file, p->file))
			return true;
	return false;
}

static void settle_copies(struct mixed *m)
{
	struct text_side *after = &m->check->after;

	for (size_t i = 0; i < after->nr; i++) {
		const struct piece *p = &after->pieces[i];

		if (piece_item(after, p)->kind != ITEM_MACRO ||
		    !mixed_is_open(m, 1, i) || !is_copied(m, p))
			continue;
		mixed_account(m, 1, i, DEED_ADDED);
		m->fates[1][i].but = "a copy of one that is there";
	}
}

/* ---- Conditional lines ---- */

static void settle_conditionals(struct mixed *m, int after)
{
	struct text_side *side = mixed_side(m, after);
	_cleanup_free_ bool *open = xcalloc(side->nr, sizeof(*open));

	for (size_t i = 0; i < side->nr; i++)
		open[i] = mixed_is_open(m, after, i);
	for (size_t i = 0; i < side->nr_files; i++)
		text_settle_conditionals(m->check, side, i);
	for (size_t i = 0; i < side->nr; i++)
		if (open[i] && side->pieces[i].settled)
			m->fates[after][i].deeds =
				DEED_CONDITIONAL |
				(after ? DEED_ADDED : DEED_LOST);
}

void mixed_settle(struct mixed *m)
{
	settle_includes(m, 0);
	settle_includes(m, 1);
	settle_stale(m);
	settle_prototypes(m);
	settle_whole_files(m);
	settle_copies(m);
	settle_conditionals(m, 0);
	settle_conditionals(m, 1);
}
