// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a declarator declares. C's grammar needs the typedef names and the
 * macros for this; we have neither, so shapes decide:
 *
 *	T name (...)		a function called name
 *	NAME (x, ...)		a macro that makes something called x
 *	T NAME (x) (...)	a function whose name the macro makes from x
 *	T (*name ...) (...)	look inside the parentheses
 *	T name			a variable; the first plain word behind a type
 *
 * T is whatever stands before: the first plain word, unless a type was seen.
 */
#include "items_internal.h"

#define MAX_NESTING 16 /* of parentheses in one declarator */

/* The words of a declarator on the way through it. */
struct reading {
	const struct tokens *t;
	const struct part *v;
	size_t nr;
	bool typed;	/* a type was seen */
	size_t plain;	/* the word that was taken for the type; NONE */
	size_t maybe;	/* the last __word; NONE */
	bool several;	/* there was another __word before that */
	int level;
	struct declarator *ret;
};

static bool is_kind(const struct reading *r, size_t i, enum part_kind kind)
{
	return i < r->nr && r->v[i].kind == kind;
}

size_t macro_argument(const struct tokens *t, const struct part *group,
			     int index)
{
	int depth = 0;

	for (size_t i = token_next(t, group->begin + 1); i + 1 < group->end;
	     i = token_next(t, i + 1)) {
		if (!index && t->v[i].kind == TOKEN_IDENT)
			return i;
		switch (punct_char(t, i)) {
		case '(': case '[': case '{':
			depth++;
			break;
		case ')': case ']': case '}':
			depth--;
			break;
		case ',':
			if (!depth && !index--)
				return NONE;
			break;
		}
	}
	return NONE;
}

/* "(*x)(...)", "(^x)": the group holds a declarator, not arguments. */
static bool is_pointer_group(const struct reading *r, size_t i)
{
	size_t inner = token_next(r->t, r->v[i].begin + 1);

	return punct_char(r->t, inner) == '*' || punct_char(r->t, inner) == '^';
}

static bool read_declarator(struct reading *r);

/* The parenthesised declarator at part i. */
static bool read_nested(struct reading *r, size_t i)
{
	_cleanup_(parts_release) struct parts parts = { 0 };
	struct reading inner = { .t = r->t, .typed = true, .plain = NONE,
				 .maybe = NONE, .level = r->level + 1,
				 .ret = r->ret };

	if (r->level > MAX_NESTING)
		return false;
	parts_take_all(&parts, r->t, r->v[i].begin + 1, r->v[i].end - 1);
	inner.v = parts.v;
	inner.nr = parts.nr;
	if (!read_declarator(&inner))
		return false;
	/* "(f)(void)" is a function, "(*f)(void)" a pointer to one */
	if (!is_pointer_group(r, i) && is_kind(r, i + 1, PART_PAREN))
		r->ret->function = true;
	return true;
}

static bool has_pair_behind(const struct reading *r, size_t i)
{
	for (; i + 1 < r->nr; i++)
		if (is_kind(r, i, PART_WORD) && is_kind(r, i + 1, PART_PAREN))
			return true;
	return false;
}

static bool is_upper(const struct reading *r, size_t i)
{
	const struct token *token = &r->t->v[r->v[i].begin];

	return word_is_upper(r->t->text + token->begin,
			     token->end - token->begin);
}

/* Part i is a word with a parenthesis behind it. Returns the part to go on at. */
static size_t read_pair(struct reading *r, size_t i)
{
	struct declarator *d = r->ret;
	bool pointer = is_pointer_group(r, i + 1);
	bool twice = is_kind(r, i + 2, PART_PAREN);

	if (r->v[i].word == WORD_MAYBE && !r->typed && r->plain == NONE &&
	    (has_pair_behind(r, i + 2) || is_kind(r, i + 2, PART_WORD)))
		return i + 2; /* an attribute that we do not know */
	if (twice && (pointer || !r->typed)) {
		/* T (*name)(...), T (name)(...) */
		r->typed = true;
		return i + 1;
	}
	d->name = r->v[i].begin;
	d->function = true;
	if (twice || !(r->typed || (r->maybe != NONE && !is_upper(r, i)))) {
		d->macro = d->name;
		d->name = macro_argument(r->t, &r->v[i + 1], 0);
		d->made = !twice;
		d->function = twice;
	}
	return r->nr;
}

/* Past the tag of a struct, union or enum. */
static size_t read_tag(struct reading *r, size_t i)
{
	r->typed = true;
	while (is_kind(r, i + 1, PART_WORD) &&
	       (r->v[i + 1].word == WORD_SPECIFIER ||
		r->v[i + 1].word == WORD_ATTRIBUTE))
		i++;
	if (!is_kind(r, i + 1, PART_WORD))
		return i + 1;
	if (is_kind(r, i + 2, PART_PAREN) && is_kind(r, i + 3, PART_BRACE))
		return i + 3;
	return i + 2;
}

/* A word without parenthesis; true if it is the name. */
static bool read_name(struct reading *r, size_t i)
{
	if (r->v[i].word == WORD_MAYBE) {
		r->several = r->maybe != NONE;
		r->maybe = i;
		return false;
	}
	/* a name that has parentheses is more of a name */
	if (r->typed && (is_kind(r, i + 1, PART_BRACKET) ||
			 !has_pair_behind(r, i + 1))) {
		r->ret->name = r->v[i].begin;
		return true;
	}
	if (!r->typed)
		r->plain = i;
	r->typed = true;
	return false;
}

/* Returns the part to go on at; r->nr at the declarator's end. */
static size_t read_word(struct reading *r, size_t i)
{
	switch (r->v[i].word) {
	case WORD_PLAIN:
	case WORD_MAYBE:
		if (is_kind(r, i + 1, PART_PAREN))
			return read_pair(r, i);
		return read_name(r, i) ? r->nr : i + 1;
	case WORD_TYPENAME:
		if (r->typed)
			r->maybe = i;
		/* fall through */
	case WORD_TYPE:
		r->typed = true;
		return i + 1;
	case WORD_TAG:
		return read_tag(r, i);
	case WORD_STATEMENT:
	case WORD_ASSERT:
	case WORD_ASM:
		r->plain = r->maybe = NONE;
		return r->nr;
	default:
		return i + 1;
	}
}

static size_t read_part(struct reading *r, size_t i)
{
	switch (r->v[i].kind) {
	case PART_WORD:
		return read_word(r, i);
	case PART_TYPE:
	case PART_BRACE:
		r->typed = true;
		return i + 1;
	case PART_PAREN:
		if (!read_nested(r, i))
			r->plain = r->maybe = NONE;
		return r->nr;
	case PART_PUNCT:
		if (r->v[i].punct != '*')
			return r->nr;
		r->typed = true;
		r->plain = r->maybe = NONE;
		return i + 1;
	default:
		return r->nr;
	}
}

/* When no word was surely the name: "u64 __x", "__u64 x". */
static void settle(struct reading *r)
{
	size_t name = r->maybe;

	if (r->ret->name != NONE || r->ret->macro != NONE)
		return;
	if (r->plain != NONE && r->maybe != NONE && r->plain > r->maybe)
		name = r->plain;
	if (name != NONE && (r->typed || r->several))
		r->ret->name = r->v[name].begin;
}

static bool read_declarator(struct reading *r)
{
	for (size_t i = 0; i < r->nr;)
		i = read_part(r, i);
	settle(r);
	return r->ret->name != NONE || r->ret->macro != NONE;
}

size_t next_comma(const struct parts *parts, size_t i)
{
	while (i < parts->nr && !(parts->v[i].kind == PART_PUNCT &&
				  parts->v[i].punct == ','))
		i++;
	return i;
}

bool parse_declarator(const struct tokens *t, const struct parts *parts,
		      size_t begin, size_t end, struct declarator *ret)
{
	struct reading r = { .t = t, .nr = end - begin, .typed = begin > 0,
			     .plain = NONE, .maybe = NONE, .ret = ret };

	*ret = (struct declarator){ .name = NONE, .macro = NONE };
	if (end == begin)
		return false;
	r.v = parts->v + begin;
	return read_declarator(&r);
}
