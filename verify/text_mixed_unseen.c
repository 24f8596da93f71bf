// SPDX-License-Identifier: GPL-2.0-only
/*
 * What of a changed item no other rung sees: attributes, assertions that leave
 * no code, conditional lines and contexts, macros of which nobody knows all
 * users, calls that may be nothing where they are built.
 */
#include "text_mixed.h"

#include "lib/buf.h"

/* Words that may be in a head without being an attribute. */
static bool is_type_word(const struct text_word *w)
{
	static const char *const words[] = {
		"const",  "volatile", "struct", "union",  "enum", "unsigned",
		"signed", "long",     "short",	"int",	  "char", "void",
		"bool",	  "float",    "double", "extern",
	};

	if (w->kind != TOKEN_IDENT)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (word_is(w, words[i]))
			return true;
	return false;
}

static bool is_attribute(const struct text_word *w)
{
	static const char *const words[] = { "noinstr", "notrace", "asmlinkage",
					     "inline", "static" };

	if (w->kind != TOKEN_IDENT)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (word_is(w, words[i]))
			return true;
	return w->len > 2 && (!strncmp(w->s, "__", 2) ||
			      (w->len >= 8 && !strncmp(w->s, "noinline", 8)));
}

static size_t next_outside(const struct text_words *w, size_t i)
{
	while (i < w->nr && i < w->head &&
	       (!w->v[i].outside || w->v[i].linkage))
		i++;
	return i < w->head ? i : w->nr;
}

static size_t count_word(const struct text_words *w,
			 const struct text_word *word)
{
	size_t nr = 0;

	for (size_t i = next_outside(w, 0); i < w->nr;
	     i = next_outside(w, i + 1))
		nr += text_words_same(&w->v[i], word);
	return nr;
}

static size_t count_names(const struct text_words *w)
{
	size_t nr = 0;

	for (size_t i = next_outside(w, 0); i < w->nr;
	     i = next_outside(w, i + 1))
		nr += !is_type_word(&w->v[i]);
	return nr;
}

/*
 * A word of the head that is there more often than in the other one, and is an
 * attribute, or came or went without another in its place.
 */
static bool has_other_attribute(const struct text_words *a,
				const struct text_words *b)
{
	bool one_more = count_names(a) > count_names(b);

	for (size_t i = next_outside(a, 0); i < a->nr;
	     i = next_outside(a, i + 1)) {
		const struct text_word *w = &a->v[i];

		if (count_word(a, w) > count_word(b, w) &&
		    (is_attribute(w) || (one_more && !is_type_word(w))))
			return true;
	}
	return false;
}

static size_t next_directive(const struct text_words *w, size_t i)
{
	while (i < w->nr && !(w->v[i].directive && word_is(&w->v[i], "#") &&
			      i + 1 < w->nr && w->v[i + 1].directive))
		i++;
	return i;
}

static bool same_directive(const struct text_words *a, size_t i,
			   const struct text_words *b, size_t k)
{
	do {
		if (!text_words_same(&a->v[i++], &b->v[k++]))
			return false;
		if (i == a->nr || k == b->nr)
			return (i == a->nr || !a->v[i].directive) &&
			       (k == b->nr || !b->v[k].directive);
	} while (a->v[i].directive && b->v[k].directive &&
		 !(word_is(&a->v[i], "#") && word_is(&b->v[k], "#")));
	return a->v[i].directive == b->v[k].directive;
}

/* Behind a macro's name that is its text, and there is no other directive. */
static bool has_other_directives(const struct text_words *a,
				 const struct text_words *b)
{
	size_t i = next_directive(a, 0), k = next_directive(b, 0);

	while (i < a->nr && k < b->nr) {
		if (!same_directive(a, i, b, k))
			return true;
		i = next_directive(a, i + 1);
		k = next_directive(b, k + 1);
	}
	return i < a->nr || k < b->nr;
}

static bool is_assertion(const struct text_word *w)
{
	return w->kind == TOKEN_IDENT &&
	       ((w->len >= 12 && !strncmp(w->s, "BUILD_BUG_ON", 12)) ||
		(w->len >= 17 && !strncmp(w->s, "compiletime_asser", 17)) ||
		word_is(w, "static_assert") || word_is(w, "_Static_assert"));
}

static size_t next_assertion(const struct text_words *w, size_t i)
{
	while (i < w->nr && !is_assertion(&w->v[i]))
		i++;
	return i;
}

static bool same_assertion(const struct text_words *a, size_t i,
			   const struct text_words *b, size_t k)
{
	for (; i < a->nr && k < b->nr && text_words_same(&a->v[i], &b->v[k]);
	     i++, k++)
		if (word_is(&a->v[i], ";"))
			return true;
	return false;
}

/* As often in this, which is residue, as in all other residue of the commit. */
static bool asserts(struct mixed *m, const struct text_words *a, size_t i)
{
	for (size_t n = 0; n < m->check->after.nr; n++) {
		const struct text_words *b;

		if (m->fates[1][n].deeds == 0 && !mixed_is_open(m, 1, n))
			continue;
		b = mixed_words(m, 1, n);
		for (size_t k = next_assertion(b, 0); k < b->nr;
		     k = next_assertion(b, k + 1))
			if (same_assertion(a, i, b, k))
				return true;
	}
	return false;
}

void mixed_check_lost(struct mixed *m, size_t i)
{
	const struct text_words *a = mixed_words(m, 0, i);

	for (size_t n = next_assertion(a, 0); n < a->nr;
	     n = next_assertion(a, n + 1))
		if (!asserts(m, a, n))
			text_report(m->check, RESULT_UNDECIDED,
				    &m->check->before,
				    &m->check->before.pieces[i],
				    "an assertion that the compiler checks is "
				    "gone");
}

/* The piece before with its names as they are after: as bytes, and as a piece. */
static struct piece renamed(const struct mixed *m, size_t i, struct buf *bytes)
{
	struct piece p = m->check->before.pieces[i];

	mixed_rename_piece(m, &m->check->before.pieces[i], bytes);
	p.bytes = bytes->data;
	p.len = bytes->len;
	return p;
}

const char *mixed_unseen(struct mixed *m, size_t i, size_t k)
{
	_cleanup_(buf_release) struct buf bytes = BUF_INIT;
	struct piece old;
	const struct text_side *before = &m->check->before;
	const struct text_side *after = &m->check->after;
	const struct text_words *a = mixed_words(m, 0, i);
	const struct text_words *b = mixed_words(m, 1, k);
	const struct item *item = piece_item(after, &after->pieces[k]);
	unsigned int ignored;

	if (strcmp(before->pieces[i].context, after->pieces[k].context) != 0)
		return "it stands under other conditionals";
	if (!mixed_linkage(m, i, k, &ignored))
		return "static or inline is gone or new";
	if (has_other_attribute(a, b) || has_other_attribute(b, a))
		return "an attribute is gone or new";
	if (item->kind == ITEM_MACRO)
		return "who else uses this macro is not known";
	if (item->kind != ITEM_UNDEF && has_other_directives(a, b))
		return "a conditional line in it is gone or new";
	old = renamed(m, i, &bytes);
	if (text_crosses_branch(&old, &after->pieces[k]))
		return "code in it stands under other conditional lines";
	return NULL;
}

/* Named in other residue of the side: taken there, or a caller's to account for. */
static bool is_elsewhere(struct mixed *m, int after, const char *name)
{
	const struct text_side *side = mixed_side(m, after);

	for (size_t n = 0; n < side->nr; n++) {
		const struct piece *p = &side->pieces[n];

		if ((m->fates[after][n].deeds || mixed_is_open(m, after, n)) &&
		    mentions(p->bytes, p->len, name))
			return true;
	}
	return false;
}

/* A function, which is something wherever it is built. */
static bool is_defined(const struct text_side *side, const char *name)
{
	for (size_t f = 0; f < side->nr_files; f++)
		if (text_find_piece(side, f, ITEM_FUNCTION, name, 0) != TEXT_NONE)
			return true;
	return false;
}

static void check_side(struct mixed *m, int after, size_t i,
		       const struct piece *own, const struct piece *other)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	const struct text_side *side = mixed_side(m, after);

	text_odd_calls(own, other, &names);
	for (size_t n = 0; n < names.nr; n++)
		if (!is_defined(side, names.v[n]) &&
		    !is_elsewhere(m, !after, names.v[n]))
			text_report(m->check, RESULT_UNDECIDED, side,
				    &side->pieces[i],
				    "a call of %s is %s, and need not be "
				    "anything where it is built",
				    names.v[n], after ? "new" : "gone");
}

void mixed_check_calls(struct mixed *m, size_t i, size_t k)
{
	_cleanup_(buf_release) struct buf bytes = BUF_INIT;
	const struct piece *new = &m->check->after.pieces[k];
	const struct piece old = renamed(m, i, &bytes);

	check_side(m, 0, i, &old, new);
	check_side(m, 1, k, new, &old);
}
