// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a declaration is: its kind, its flags and the names that it declares,
 * from its parts and the way it ended.
 */
#include "items_internal.h"
#include "strv.h"

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

/* "struct s { ... } __packed_or_so;", "} PACKED;" declare no variable. */
static bool is_attribute_behind_members(const struct tokens *t,
					const struct parts *parts,
					const struct item *item)
{
	const struct part *last = &parts->v[parts->nr - 1];
	const struct token *token = &t->v[last->begin];

	if (parts->nr < 2 || last->kind != PART_WORD ||
	    last[-1].kind != PART_BRACE || item->is_static ||
	    item->is_extern || parts->assigned ||
	    find_word(parts, WORD_TYPEDEF) != NONE)
		return false;
	return last->word == WORD_MAYBE ||
	       word_is_upper(t->text + token->begin, token->end - token->begin);
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
	if (parts->nr && first->kind == PART_WORD && first->word == WORD_ASM) {
		item->kind = ITEM_ASM;
		return;
	}
	if (parts->nr && first->kind == PART_WORD &&
	    first->word == WORD_ASSERT) {
		item->kind = ITEM_CALL;
		set_name(t, item, first->begin);
		return;
	}
	set_flags(parts, item);
	found = parse_declarator(t, parts, 0, next_comma(parts, 0), &d);
	if (!found)
		classify_rest(t, parts, extent, item);
	else if (extent->how == END_BODY)
		classify_function(t, &d, item);
	else if (is_attribute_behind_members(t, parts, item))
		classify_type(t, parts, item);
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

void parts_type_names(const struct tokens *t, const struct parts *parts,
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
		if (!parse_declarator(t, parts, begin, end, &d) ||
		    d.name == NONE)
			continue;
		name = token_spelling(t, d.name);
		strv_add(ret, name);
	}
}
