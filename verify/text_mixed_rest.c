// SPDX-License-Identifier: GPL-2.0-only
/*
 * What nothing accounts for, one finding for each item. Other code is for the
 * other rungs to judge, which see what it does: it is listed. What they cannot
 * see is not let pass (text_mixed_unseen.c).
 */
#include "text_mixed.h"

#include "lib/buf.h"

static const struct item *item_of(const struct mixed *m, int after, size_t i)
{
	const struct text_side *side = mixed_side(m, after);

	return piece_item(side, &side->pieces[i]);
}

static bool same_kind(const struct item *a, const struct item *b)
{
	return a->kind == b->kind ||
	       (a->kind == ITEM_PROTOTYPE && b->kind == ITEM_EXTERN) ||
	       (a->kind == ITEM_EXTERN && b->kind == ITEM_PROTOTYPE);
}

static bool same_argument(const struct mixed *m, const struct item *a,
			  const struct item *b)
{
	if (!a->argument || !b->argument)
		return a->argument == b->argument;
	return mixed_same_name(m, a->argument, b->argument);
}

/* What the piece probably became: in its own file, else in another. */
static size_t find_successor(const struct mixed *m, size_t i)
{
	const struct item *a = item_of(m, 0, i);
	size_t best = TEXT_NONE;

	if (!*a->name || a->kind == ITEM_INCLUDE || a->kind == ITEM_CONDITIONAL)
		return TEXT_NONE;
	for (size_t k = 0; k < m->check->after.nr; k++) {
		const struct item *b = item_of(m, 1, k);

		if (!mixed_is_open(m, 1, k) || !same_kind(a, b) ||
		    !mixed_same_name(m, a->name, b->name) ||
		    !same_argument(m, a, b))
			continue;
		if (mixed_same_file(m, i, k))
			return k;
		/* A private declaration does not become a public one. */
		if (item_is_definition(a))
			best = best == TEXT_NONE ? k : best;
	}
	return best;
}

/* ---- Findings ---- */

static const char *new_name(const struct mixed *m, const char *s, size_t len)
{
	for (size_t i = 0; i < m->names.nr; i++)
		if (strlen(m->names.v[i].old) == len &&
		    !memcmp(m->names.v[i].old, s, len))
			return m->names.v[i].new;
	return NULL;
}

void mixed_rename_piece(const struct mixed *m, const struct piece *p,
			 struct buf *ret)
{
	for (size_t i = 0, len; i < p->len; i += len) {
		const char *new;

		for (len = 0; i + len < p->len && is_word_byte(p->bytes[i + len]);)
			len++;
		new = len ? new_name(m, p->bytes + i, len) : NULL;
		if (new)
			buf_addstr(ret, new);
		else
			buf_add(ret, p->bytes + i, len ? len : 1);
		len = len ? len : 1;
	}
}

/* Every line that nothing accounts for; a piece is NULL where there is none. */
static void show_lines(const struct mixed *m, const struct piece *p,
		       const struct piece *q, struct finding *f)
{
	struct buf old _cleanup_(buf_release) = BUF_INIT;

	if (p)
		mixed_rename_piece(m, p, &old);
	free(f->excerpt);
	f->excerpt = text_diff(old.data, old.len, q ? q->bytes : "",
			       q ? q->len : 0);
}

/* A macro that its own source file does not name any more has no users. */
static bool is_unused(const struct mixed *m, const struct piece *p)
{
	const struct text_side *before = &m->check->before;
	const struct text_file *f = &before->files[p->file];
	const struct text *text = m->check->after.files[f->counterpart].text;

	return ends_with(f->text->path, ".c") &&
	       (!text->data ||
		!mentions(text->data, text->len, piece_item(before, p)->name));
}

/* A macro of a name that code had may hide from it what it meant. */
static bool was_a_word(const struct mixed *m, const char *name)
{
	const struct text_side *before = &m->check->before;

	for (size_t i = 0; i < before->nr_files; i++) {
		const struct text *t = before->files[i].text;

		if (t->data && mentions(t->data, t->len, name))
			return true;
	}
	return false;
}

static bool is_harmless_macro(const struct mixed *m, int after, size_t i)
{
	const struct text_side *side = mixed_side(m, after);
	const struct piece *p = &side->pieces[i];

	if (!after)
		return is_unused(m, p);
	return !*p->context && piece_item(side, p)->kind == ITEM_MACRO &&
	       !was_a_word(m, piece_item(side, p)->name);
}

static enum result weight_of(struct mixed *m, int after, size_t i)
{
	const struct item *item = item_of(m, after, i);

	switch (item->kind) {
	case ITEM_CONDITIONAL:
	case ITEM_DIRECTIVE:
	case ITEM_EXPORT:
	case ITEM_INCLUDE: /* under a conditional: others are accounted for */
	case ITEM_UNKNOWN:
		return RESULT_UNDECIDED;
	case ITEM_MACRO:
	case ITEM_UNDEF:
		return is_harmless_macro(m, after, i) ? RESULT_EQUAL :
							RESULT_UNDECIDED;
	default:
		return RESULT_EQUAL;
	}
}

static void set_fate(struct mixed *m, int after, size_t i, unsigned int deeds,
		     size_t other)
{
	m->fates[after][i] = (struct fate){
		.deeds = deeds,
		.residue = true,
		.other = other,
	};
	text_settle(mixed_side(m, after), &mixed_side(m, after)->pieces[i]);
}

/* At the first word that is another one, not at a name that is. */
static void show_place(struct mixed *m, size_t i, size_t k, struct finding *f)
{
	const struct text_side *after = &m->check->after;
	const struct text_words *b = mixed_words(m, 1, k);
	struct wording how;
	size_t at;

	text_words_compare(mixed_words(m, 0, i), b, &m->names, &how);
	if (!how.code || !b->nr)
		return;
	at = b->v[how.code_at[1] < b->nr ? how.code_at[1] : b->nr - 1].at;
	free(f->where);
	f->where = xasprintf(
		"%s:%u", piece_path(after, &after->pieces[k]),
		text_line_at(after, &after->pieces[k],
			     at - item_of(m, 1, k)->begin));
}

static void rest_changed(struct mixed *m, size_t i, size_t k)
{
	const char *unseen = mixed_unseen(m, i, k);
	struct piece *p = &m->check->before.pieces[i];
	struct piece *q = &m->check->after.pieces[k];
	unsigned int deeds = DEED_CHANGED;
	unsigned int linkage;
	struct finding *f;

	mixed_check_lost(m, i);
	mixed_check_calls(m, i, k);
	f = text_report_change(m->check, weight_of(m, 1, k), p, q);
	show_lines(m, p, q, f);
	show_place(m, i, k, f);
	if (unseen)
		text_report(m->check, RESULT_UNDECIDED, &m->check->after, q,
			    "%s", unseen);
	if (mixed_linkage(m, i, k, &linkage))
		deeds |= linkage;
	if (!streq(item_of(m, 0, i)->name, item_of(m, 1, k)->name))
		deeds |= DEED_RENAMED;
	if (!mixed_same_file(m, i, k))
		deeds |= DEED_MOVED;
	set_fate(m, 0, i, deeds, k);
	set_fate(m, 1, k, deeds, i);
}

static unsigned int kind_deed(const struct item *item)
{
	switch (item->kind) {
	case ITEM_COMMENT:
		return DEED_COMMENT;
	case ITEM_CONDITIONAL:
		return DEED_CONDITIONAL;
	case ITEM_INCLUDE:
		return DEED_INCLUDE;
	case ITEM_PROTOTYPE:
	case ITEM_EXTERN:
		return DEED_PROTOTYPE;
	default:
		return 0;
	}
}

static void rest_lost(struct mixed *m, size_t i)
{
	const struct piece *p = &m->check->before.pieces[i];
	struct finding *f;

	mixed_check_lost(m, i);
	f = text_report(m->check, weight_of(m, 0, i), &m->check->before, p,
			"lost");
	show_lines(m, p, NULL, f);
	set_fate(m, 0, i, DEED_LOST | kind_deed(item_of(m, 0, i)), TEXT_NONE);
}

/* The same stands elsewhere still: which of the two is meant is not known. */
static bool is_duplicate(struct mixed *m, size_t k)
{
	const struct item *item = item_of(m, 1, k);
	struct wording how;

	if (item->kind != ITEM_FUNCTION && item->kind != ITEM_VARIABLE)
		return false;
	for (size_t i = 0; i < m->check->before.nr; i++) {
		const struct item *old = item_of(m, 0, i);

		if (old->kind != item->kind ||
		    !mixed_same_name(m, old->name, item->name))
			continue;
		text_words_compare(mixed_words(m, 0, i), mixed_words(m, 1, k),
				   &m->names, &how);
		if (!how.code)
			return true;
	}
	return false;
}

static void rest_added(struct mixed *m, size_t k)
{
	const struct piece *q = &m->check->after.pieces[k];
	struct finding *f;

	if (is_duplicate(m, k))
		f = text_report(m->check, RESULT_DIFFERENT, &m->check->after, q,
				"duplicated: it stands more often than before");
	else
		f = text_report_added(m->check, weight_of(m, 1, k), q);
	show_lines(m, NULL, q, f);
	set_fate(m, 1, k, DEED_ADDED | kind_deed(item_of(m, 1, k)), TEXT_NONE);
}

void mixed_rest(struct mixed *m)
{
	for (size_t i = 0; i < m->check->before.nr; i++) {
		size_t k;

		if (!mixed_is_open(m, 0, i))
			continue;
		k = find_successor(m, i);
		if (k != TEXT_NONE)
			rest_changed(m, i, k);
		else
			rest_lost(m, i);
	}
	for (size_t k = 0; k < m->check->after.nr; k++)
		if (mixed_is_open(m, 1, k))
			rest_added(m, k);
}
