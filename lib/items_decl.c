// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a declaration declares. C's grammar needs the typedef names and the
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
#include "strv.h"

#define NONE ((size_t)-1)
#define MAX_NESTING 16 /* of parentheses in one declarator */

struct declarator {
	size_t name;	/* token; NONE if nothing is declared */
	size_t macro;	/* token of the macro that makes it; NONE if none does */
	bool function;
	bool made;	/* sole NAME(...): it may be anything */
};

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

/* First identifier in argument number 'index' of the group; NONE. */
static size_t macro_argument(const struct tokens *t, const struct part *group,
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

static size_t next_comma(const struct parts *parts, size_t i)
{
	while (i < parts->nr && !(parts->v[i].kind == PART_PUNCT &&
				  parts->v[i].punct == ','))
		i++;
	return i;
}

/* The declarator of parts [begin, end). */
static bool declarator(const struct tokens *t, const struct parts *parts,
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

static size_t find_word(const struct parts *parts, enum word_class class)
{
	for (size_t i = 0; i < parts->nr; i++)
		if (parts->v[i].kind == PART_WORD &&
		    parts->v[i].word == class)
			return i;
	return NONE;
}

static bool macro_is(const char *macro, const char *const *prefixes)
{
	for (; *prefixes; prefixes++)
		if (starts_with(macro, *prefixes))
			return true;
	return false;
}

/* What NAME(...) without a body makes. */
static enum item_kind macro_kind(const char *macro, enum end_kind how)
{
	static const char *const calls[] = {
		"DEFINE_EVENT", "DEFINE_GUARD", "DEFINE_FREE", "DEFINE_CLASS",
		"DEFINE_LOCK_GUARD", "DEFINE_IDTENTRY", NULL,
	};
	static const char *const variables[] = {
		"DEFINE_", "LIST_HEAD", "HLIST_HEAD", "LLIST_HEAD",
		"ATOMIC_NOTIFIER_HEAD", "BLOCKING_NOTIFIER_HEAD",
		"RAW_NOTIFIER_HEAD", "SRCU_NOTIFIER_HEAD", "DECLARE_WORK",
		"DECLARE_DELAYED_WORK", "DECLARE_DEFERRABLE_WORK",
		"DECLARE_WAIT_QUEUE_HEAD", "DECLARE_RWSEM",
		"DECLARE_COMPLETION", "DECLARE_BITMAP", "DECLARE_TASKLET",
		"DECLARE_HASHTABLE", "DECLARE_KFIFO", NULL,
	};
	static const char *const externs[] = {
		"DECLARE_PER_CPU", "DECLARE_EARLY_PER_CPU",
		"DECLARE_STATIC_KEY", "DECLARE_STATIC_CALL", NULL,
	};

	if (how != END_SEMICOLON || macro_is(macro, calls))
		return ITEM_CALL;
	if (macro_is(macro, variables))
		return ITEM_VARIABLE;
	return macro_is(macro, externs) ? ITEM_EXTERN : ITEM_CALL;
}

static void set_name(const struct tokens *t, struct item *item, size_t name)
{
	free(item->name);
	item->name = name == NONE ? xstrdup("") : token_spelling(t, name);
	if (name != NONE)
		item->name_begin = t->v[name].begin;
}

/* NAME(...), with storage class and attributes at most before it. */
static void classify_made(const struct tokens *t, const struct parts *parts,
			  const struct extent *extent,
			  const struct declarator *d, struct item *item)
{
	_cleanup_free_ char *macro = token_spelling(t, d->macro);
	size_t group = 0;

	while (parts->v[group].begin != d->macro)
		group++;
	if (item->is_extern)
		item->kind = ITEM_EXTERN;
	else if (item->is_static || parts->assigned)
		item->kind = ITEM_VARIABLE;
	else
		item->kind = macro_kind(macro, extent->how);
	if (item->kind == ITEM_CALL) {
		set_name(t, item, d->macro);
		return;
	}
	item->argument = xstrdup(macro);
	set_name(t, item, macro_argument(t, &parts->v[group + 1],
					 strstr(macro, "PER_CPU") ? 1 : 0));
}

static void classify_type(const struct tokens *t, const struct parts *parts,
			  struct item *item)
{
	size_t tag = find_word(parts, WORD_TAG), name;

	item->kind = ITEM_TYPE;
	item->argument = token_spelling(t, parts->v[tag].begin);
	for (name = tag + 1; name < parts->nr; name++) {
		if (parts->v[name].kind != PART_WORD)
			break;
		if (parts->v[name].word == WORD_PLAIN ||
		    parts->v[name].word == WORD_MAYBE) {
			set_name(t, item, parts->v[name].begin);
			return;
		}
	}
}

static void classify_variable(const struct tokens *t, const struct parts *parts,
			      const struct declarator *d, struct item *item)
{
	if (find_word(parts, WORD_TYPEDEF) != NONE)
		item->kind = ITEM_TYPEDEF;
	else if (d->function)
		item->kind = ITEM_PROTOTYPE;
	else if (item->is_extern && !parts->assigned)
		item->kind = ITEM_EXTERN;
	else
		item->kind = ITEM_VARIABLE;
	set_name(t, item, d->name);
}

static void classify_function(const struct tokens *t,
			      const struct declarator *d, struct item *item)
{
	if (d->macro != NONE)
		item->argument = token_spelling(t, d->macro);
	set_name(t, item, d->name);
	/* DEFINE_X() { } has no name: the macro's will do */
	if (d->name == NONE)
		set_name(t, item, d->macro);
	item->kind = ITEM_FUNCTION;
}

static void set_flags(const struct parts *parts, struct item *item)
{
	item->is_static = find_word(parts, WORD_STATIC) != NONE;
	item->is_extern = find_word(parts, WORD_EXTERN) != NONE;
	item->is_inline = find_word(parts, WORD_INLINE) != NONE;
}

/* What is no declarator: asm, assertions, lone words, tags. */
static void classify_rest(const struct tokens *t, const struct parts *parts,
			  const struct extent *extent, struct item *item)
{
	const struct part *first = parts->nr ? &parts->v[0] : NULL;

	if (!first)
		item->kind = extent->how == END_SEMICOLON ? ITEM_EMPTY :
							    ITEM_UNKNOWN;
	else if (find_word(parts, WORD_TAG) != NONE &&
		 extent->how == END_SEMICOLON)
		classify_type(t, parts, item);
	else if (parts->nr == 1 && first->kind == PART_WORD &&
		 first->word == WORD_PLAIN) {
		item->kind = ITEM_CALL;
		set_name(t, item, first->begin);
	}
}

void classify(const struct tokens *t, const struct parts *parts,
	      const struct extent *extent, struct item *item)
{
	const struct part *first = parts->nr ? &parts->v[0] : NULL;
	struct declarator d;
	bool found;

	item->kind = ITEM_UNKNOWN;
	if (extent->how == END_LOST)
		return;
	if (first && first->kind == PART_WORD && first->word == WORD_ASM) {
		item->kind = ITEM_ASM;
		return;
	}
	if (first && first->kind == PART_WORD && first->word == WORD_ASSERT) {
		item->kind = ITEM_CALL;
		set_name(t, item, first->begin);
		return;
	}
	set_flags(parts, item);
	found = declarator(t, parts, 0, next_comma(parts, 0), &d);
	if (!found)
		classify_rest(t, parts, extent, item);
	else if (extent->how == END_BODY)
		classify_function(t, &d, item);
	else if (d.made)
		classify_made(t, parts, extent, &d, item);
	else
		classify_variable(t, parts, &d, item);
}

/* The enumerators between the braces. */
static void enumerator_names(const struct tokens *t, const struct part *brace,
			     struct strv *ret)
{
	bool expected = true;
	int depth = 0;

	for (size_t i = token_next(t, brace->begin + 1); i + 1 < brace->end;
	     i = token_next(t, i + 1)) {
		char c = punct_char(t, i);

		if (c == '(' || c == '[' || c == '{')
			depth++;
		else if (c == ')' || c == ']' || c == '}')
			depth--;
		else if (c == ',' && !depth)
			expected = true;
		else if (expected && t->v[i].kind == TOKEN_IDENT) {
			_cleanup_free_ char *name = token_spelling(t, i);

			strv_add(ret, name);
			expected = false;
		}
	}
}

/* The tags with members behind them, and the enumerators. */
static void member_names(const struct tokens *t, const struct parts *parts,
			 struct strv *ret)
{
	bool is_enum = false;

	for (size_t i = 0; i < parts->nr; i++) {
		const struct part *part = &parts->v[i];

		if (part->kind == PART_WORD && part->word == WORD_TAG)
			is_enum = token_is(t, part->begin, "enum");
		if (part->kind != PART_BRACE)
			continue;
		if (i && part[-1].kind == PART_WORD &&
		    (part[-1].word == WORD_PLAIN ||
		     part[-1].word == WORD_MAYBE)) {
			_cleanup_free_ char *tag =
				token_spelling(t, part[-1].begin);

			strv_add(ret, tag);
		}
		if (is_enum)
			enumerator_names(t, part, ret);
	}
}

void parts_names(const struct tokens *t, const struct parts *parts,
		 struct strv *ret)
{
	struct declarator d;

	for (size_t begin = 0, end; begin < parts->nr; begin = end + 1) {
		_cleanup_free_ char *name = NULL;

		end = next_comma(parts, begin);
		if (!declarator(t, parts, begin, end, &d) || d.name == NONE)
			continue;
		name = token_spelling(t, d.name);
		strv_add(ret, name);
	}
	if (find_word(parts, WORD_TAG) != NONE)
		member_names(t, parts, ret);
}
