// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names of a header, from its items. A type is looked at token by token,
 * because what it declares may stand deep in it: C gives a tag or an enumerator
 * inside of a struct the scope of the file. Macro calls are expanded no further
 * than their own header goes; what is missed costs a suggestion, never a proof.
 */
#include "header_names.h"

#include "conds.h"
#include "lib/buf.h"
#include "lib/hash.h"
#include "lib/strv.h"

struct header_index {
	char *key;   /* owned; tags have "#" before theirs */
	size_t name; /* index in names */
	UT_hash_handle hh;
};

/* A macro call at top level and what stands between its parentheses. */
struct call {
	char *macro;	       /* owned */
	struct strv arguments; /* lone identifiers; "" for anything else */
};

static struct header_index *look_up(const struct header_names *names,
				    const char *name, size_t len, bool is_tag)
{
	_cleanup_free_ char *key = xasprintf("%s%.*s", is_tag ? "#" : "",
					     (int)len, name);
	struct header_index *entry;

	HASH_FIND(hh, names->index, key, strlen(key), entry);
	return entry;
}

static void add(struct header_names *names, const char *name, bool is_tag,
		enum item_kind kind, unsigned int line)
{
	struct header_index *entry;

	if (!*name || look_up(names, name, strlen(name), is_tag))
		return;
	entry = xcalloc(1, sizeof(*entry));
	entry->key = xasprintf("%s%s", is_tag ? "#" : "", name);
	entry->name = names->nr;
	HASH_ADD_KEYPTR(hh, names->index, entry->key, strlen(entry->key),
			entry);
	ARRAY_GROW(names->v, names->nr, names->alloc);
	names->v[names->nr++] = (struct header_name){
		.name = xstrdup(name), .kind = kind, .is_tag = is_tag,
		.line = line,
	};
}

/* The next token that counts behind i; t->nr at the end. */
static size_t next(const struct tokens *t, size_t i)
{
	return token_next(t, i + 1);
}

static bool is_ident(const struct tokens *t, size_t i)
{
	return i < t->nr && t->v[i].kind == TOKEN_IDENT;
}

/* From the '{' of an enum on: its enumerators stand behind '{' and ','. */
static void add_enumerators(struct header_names *names,
			    const struct items *items, size_t brace,
			    const struct item *it)
{
	const struct tokens *t = &items->tokens;
	size_t depth = 0;

	for (size_t i = brace; i < it->token_end; i = next(t, i)) {
		if (token_is(t, i, "{") || token_is(t, i, "("))
			depth++;
		else if ((token_is(t, i, "}") || token_is(t, i, ")")) &&
			 !--depth)
			return;
		if (depth == 1 && (token_is(t, i, "{") || token_is(t, i, ",")) &&
		    is_ident(t, next(t, i))) {
			_cleanup_free_ char *name =
				token_spelling(t, next(t, i));

			add(names, name, false, it->kind, it->line_begin);
		}
	}
}

/* "struct tag {" and "enum {" anywhere in the item; the tags in order. */
static void add_types(struct header_names *names, const struct items *items,
		      const struct item *it, struct strv *tags)
{
	const struct tokens *t = &items->tokens;

	for (size_t i = token_next(t, it->token_begin); i < it->token_end;
	     i = next(t, i)) {
		bool is_enum = token_is(t, i, "enum");
		size_t tag = next(t, i), brace = tag;

		if (!is_enum && !token_is(t, i, "struct") &&
		    !token_is(t, i, "union"))
			continue;
		if (is_ident(t, tag))
			brace = next(t, tag);
		if (brace >= it->token_end || !token_is(t, brace, "{"))
			continue;
		if (tag != brace) {
			_cleanup_free_ char *name = token_spelling(t, tag);

			add(names, name, true, it->kind, it->line_begin);
			strv_add(tags, name);
		}
		if (is_enum)
			add_enumerators(names, items, brace, it);
	}
}

/* What items_names() says, but for the tags that it counts among the names. */
static void add_declaration(struct header_names *names,
			    const struct items *items, size_t i)
{
	_cleanup_(strv_release) struct strv declared = STRV_INIT;
	_cleanup_(strv_release) struct strv tags = STRV_INIT;
	const struct item *it = &items->v[i];

	if (it->kind != ITEM_FUNCTION && it->kind != ITEM_PROTOTYPE)
		add_types(names, items, it, &tags);
	if (it->kind == ITEM_TYPE)
		return;
	items_names(items, i, &declared);
	for (size_t n = 0; n < declared.nr; n++)
		if (!strv_has(&tags, declared.v[n]) ||
		    streq(declared.v[n], it->name))
			add(names, declared.v[n], false, it->kind,
			    it->line_begin);
}

/* The argument that ends at token end; "" unless it is a lone identifier. */
static void add_argument(struct call *call, const struct tokens *t,
			 size_t begin, size_t end)
{
	_cleanup_free_ char *name = NULL;

	begin = token_next(t, begin);
	if (is_ident(t, begin) && next(t, begin) >= end)
		name = token_spelling(t, begin);
	strv_add(&call->arguments, name ? name : "");
}

/* False when the item does not begin with "MACRO(". */
static bool take_call(const struct items *items, const struct item *it,
		      struct call *ret)
{
	const struct tokens *t = &items->tokens;
	size_t macro = token_next(t, it->token_begin);
	size_t open = next(t, macro), begin = open + 1, depth = 0;

	if (open >= it->token_end || !is_ident(t, macro) ||
	    !token_is(t, open, "("))
		return false;
	ret->macro = token_spelling(t, macro);
	for (size_t i = open; i < it->token_end; i = next(t, i)) {
		if (token_is(t, i, "("))
			depth++;
		else if (token_is(t, i, ")") && !--depth) {
			add_argument(ret, t, begin, i);
			break;
		}
		if (depth == 1 && token_is(t, i, ",")) {
			add_argument(ret, t, begin, i);
			begin = i + 1;
		}
	}
	return true;
}

static void add_trace_event(struct header_names *names,
			    const struct call *call, const struct item *it)
{
	size_t event = starts_with(call->macro, "DEFINE_EVENT");
	_cleanup_free_ char *name = NULL;

	if ((!event && !starts_with(call->macro, "TRACE_EVENT")) ||
	    event >= call->arguments.nr || !*call->arguments.v[event])
		return;
	name = xasprintf("trace_%s", call->arguments.v[event]);
	add(names, name, false, ITEM_FUNCTION, it->line_begin);
}

/* The parameters of a function-like macro; index behind them; 0: it has none. */
static size_t take_parameters(const struct tokens *t, struct strv *ret)
{
	size_t i = token_next(t, 0), open = i + 1;

	if (!token_is(t, open, "("))
		return 0;
	for (i = open; i < t->nr && !token_is(t, i, ")"); i = next(t, i))
		if (is_ident(t, i)) {
			_cleanup_free_ char *name = token_spelling(t, i);

			strv_add(ret, name);
		}
	return i + 1;
}

static void add_part(struct buf *ret, const struct tokens *t, size_t i,
		     const struct strv *parameters, const struct call *call)
{
	_cleanup_free_ char *part = token_spelling(t, i);

	for (size_t p = 0; p < parameters->nr; p++)
		if (streq(parameters->v[p], part)) {
			buf_addstr(ret, p < call->arguments.nr ?
						call->arguments.v[p] : "");
			return;
		}
	buf_addstr(ret, part);
}

/* "a##b##c" from token i on, the call's arguments put in; behind it. */
static size_t take_pasted(struct buf *ret, const struct tokens *t, size_t i,
			  const struct strv *parameters,
			  const struct call *call)
{
	add_part(ret, t, i, parameters, call);
	while (token_is(t, next(t, i), "##") &&
	       next(t, next(t, i)) < t->nr) {
		i = next(t, next(t, i));
		add_part(ret, t, i, parameters, call);
	}
	return i;
}

/* Declared are names pasted outside of all brackets; others are only used. */
static void add_pasted(struct header_names *names, const struct tokens *t,
		       const struct call *call, const struct item *it)
{
	_cleanup_(strv_release) struct strv parameters = STRV_INIT;
	size_t i = take_parameters(t, &parameters), depth = 0;

	for (i = i ? token_next(t, i) : t->nr; i < t->nr; i = next(t, i)) {
		_cleanup_(buf_release) struct buf name = BUF_INIT;

		if (token_is(t, i, "(") || token_is(t, i, "{"))
			depth++;
		else if ((token_is(t, i, ")") || token_is(t, i, "}")) && depth)
			depth--;
		if (depth || !is_ident(t, i) || !token_is(t, next(t, i), "##"))
			continue;
		i = take_pasted(&name, t, i, &parameters, call);
		add(names, name.data, false, ITEM_FUNCTION, it->line_begin);
	}
}

static void add_made(struct header_names *names, const struct items *items,
		     const struct item *it)
{
	struct call call = { NULL, STRV_INIT };
	size_t macro, directive, len;
	const char *text;
	struct tokens inner;

	if (!take_call(items, it, &call))
		return;
	add_trace_event(names, &call, it);
	macro = items_find(items, ITEM_MACRO, call.macro, 0);
	if (macro != ITEMS_NONE) {
		const struct tokens *t = &items->tokens;

		directive = items->v[macro].token_begin;
		while (t->v[directive].kind != TOKEN_DIRECTIVE)
			directive++;
		text = token_directive(t, directive, &len) + len;
		lex(text, t->text + t->v[directive].end - text, &inner);
		add_pasted(names, &inner, &call, it);
		tokens_release(&inner);
	}
	free(call.macro);
	strv_release(&call.arguments);
}

void header_names_of(const struct items *items, struct header_names *ret)
{
	size_t guard;
	struct conds conds;

	*ret = (struct header_names){ 0 };
	conds_build(items, &conds);
	guard = conds_guard(&conds);
	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];

		if (guard != CONDS_NONE && i == conds.v[guard].open + 1)
			continue;
		if (item_is_definition(it) || it->kind == ITEM_PROTOTYPE ||
		    it->kind == ITEM_EXTERN)
			add_declaration(ret, items, i);
		if (it->kind == ITEM_CALL || it->argument)
			add_made(ret, items, it);
	}
	conds_release(&conds);
}

const struct header_name *header_names_find(const struct header_names *names,
					    const char *name, size_t len,
					    bool is_tag)
{
	const struct header_index *entry = look_up(names, name, len, is_tag);

	return entry ? &names->v[entry->name] : NULL;
}

void header_names_release(struct header_names *names)
{
	struct header_index *entry = names->index, *behind;

	HASH_CLEAR(hh, names->index); /* the index; the list of entries stays */
	for (; entry; entry = behind) {
		behind = entry->hh.next;
		free(entry->key);
		free(entry);
	}
	for (size_t i = 0; i < names->nr; i++)
		free(names->v[i].name);
	free(names->v);
	*names = (struct header_names){ 0 };
}

char *header_facade(const char *include)
{
	static const char asm_folder[] = "<asm/";

	if (!starts_with(include, asm_folder))
		return NULL;
	return xasprintf("<linux/%s", include + strlen(asm_folder));
}

bool header_includes(const struct items *items, const char *include)
{
	return items_find(items, ITEM_INCLUDE, include, 0) != ITEMS_NONE;
}
