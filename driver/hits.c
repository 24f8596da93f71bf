// SPDX-License-Identifier: GPL-2.0-only
/*
 * The places are found as bytes, and each is then looked up: in the token that
 * holds it, and for an identifier in the walk over its item. So no place can
 * fall between two rules.
 */
#include "hits.h"

#include "lib/fs.h"
#include "uses.h"

enum file_kind file_kind_of(const char *path)
{
	static const char *const assembler[] = { ".S", ".s", ".lds" };
	static const char *const document[] = { ".rst", ".txt", ".md" };

	if (ends_with(path, ".c") || ends_with(path, ".h"))
		return FILE_SOURCE;
	for (size_t i = 0; i < ARRAY_SIZE(assembler); i++)
		if (ends_with(path, assembler[i]))
			return FILE_ASSEMBLER;
	for (size_t i = 0; i < ARRAY_SIZE(document); i++)
		if (ends_with(path, document[i]))
			return FILE_DOCUMENT;
	if (starts_with(path, "Documentation/") || streq(path, "MAINTAINERS"))
		return FILE_DOCUMENT;
	return FILE_OTHER;
}

static struct hit *add(struct hits *hits, const char *name, size_t begin,
		       unsigned int line, enum hit_class class)
{
	ARRAY_GROW(hits->v, hits->nr, hits->alloc);
	hits->v[hits->nr] = (struct hit){
		.begin = begin, .end = begin + strlen(name), .line = line,
		.class = class, .item = ITEMS_NONE,
	};
	return &hits->v[hits->nr++];
}

/* One place that is looked up in the walk over its item. */
struct look {
	const char *at;
	const char *other;
	struct hit *hit;
};

static enum hit_class class_of(const struct name *name)
{
	switch (name->class) {
	case NAME_USE:
		if (name->form == USE_TAG)
			return HIT_TAG;
		return name->callee && name->alone && !name->called ?
			       HIT_ARGUMENT :
			       HIT_NAME;
	case NAME_DEFINE:
	case NAME_ENUMERATOR:
		return HIT_NAME;
	case NAME_MEMBER:
		return HIT_MEMBER;
	case NAME_LABEL:
		return HIT_LABEL;
	case NAME_LOCAL:
		return HIT_LOCAL;
	case NAME_OPERAND:
		return HIT_PASTED;
	case NAME_DIRECTIVE:
		break;
	}
	return HIT_STRING;
}

static void look_at(void *data, const struct name *name)
{
	struct look *look = data;
	struct hit *hit = look->hit;

	if (name->text != look->at)
		return;
	hit->class = class_of(name);
	hit->pasted_form = name->form == USE_PASTED;
	hit->captured = look->other && name_is_captured(name, look->other);
	if (hit->class == HIT_ARGUMENT) {
		hit->callee = xstrndup(name->callee, name->callee_len);
		hit->argument = name->argument;
	}
}

/* "#pragma weak x" is about the symbol; "#include "x.h"" and "#error" are not. */
static void look_up_name(const struct items *items, size_t token,
			 const char *other, struct hit *hit)
{
	const struct tokens *t = &items->tokens;
	struct look look = { t->text + hit->begin, other, hit };

	names_of_item(items, hit->item, look_at, &look);
	if (hit->class == HIT_STRING && token_directive_is(t, token, "pragma"))
		hit->class = HIT_NAME;
	/* What the lexer cannot make out may be scoped in any way. */
	if (items->v[hit->item].kind == ITEM_UNKNOWN &&
	    t->v[token].kind != TOKEN_DIRECTIVE)
		hit->class = HIT_UNKNOWN;
}

/* True when the token stands in the parentheses of an asm statement. */
static bool is_in_asm(const struct tokens *t, size_t token)
{
	size_t depth = 0;

	while (token-- > 0 && !token_is(t, token, ";")) {
		if (token_is(t, token, ")"))
			depth++;
		else if (token_is(t, token, "(") && depth)
			depth--;
		if (t->v[token].kind == TOKEN_IDENT && !depth &&
		    (token_is(t, token, "asm") || token_is(t, token, "__asm__") ||
		     token_is(t, token, "asm_inline") ||
		     token_is(t, token, "__asm")))
			return true;
	}
	return false;
}

/* t: the tokens of the file, or of the rest of one of its directives. */
static void look_up(const struct items *items, const struct tokens *t,
		    size_t token, const char *other, struct hit *hit)
{
	size_t inner_token, len;
	const char *rest;
	struct tokens inner;

	if (token >= t->nr)
		return;
	if (t->v[token].kind == TOKEN_COMMENT) {
		hit->class = HIT_COMMENT;
	} else if (t->v[token].kind == TOKEN_STRING ||
		   t->v[token].kind == TOKEN_CHAR) {
		hit->class = is_in_asm(t, token) ? HIT_ASM : HIT_STRING;
	} else if (t->v[token].kind == TOKEN_IDENT) {
		look_up_name(items, token_at(&items->tokens, hit->begin),
			     other, hit);
	} else if (t->v[token].kind == TOKEN_DIRECTIVE) {
		rest = token_directive(t, token, &len);
		rest += len;
		lex(rest, t->text + t->v[token].end - rest, &inner);
		inner_token = token_at(&inner, hit->begin - (rest - t->text));
		look_up(items, &inner, inner_token, other, hit);
		tokens_release(&inner);
	}
}

void hits_of_source(const struct items *items, const char *name,
		    const char *other, struct hits *ret)
{
	const struct tokens *t = &items->tokens;
	unsigned int line = 1;
	size_t at = 0, counted = 0;

	for (; find_name(t->text, t->len, name, at, &at);
	     at += strlen(name)) {
		struct hit *hit;

		for (; counted < at; counted++)
			line += t->text[counted] == '\n';
		hit = add(ret, name, at, line, HIT_UNKNOWN);
		hit->item = items_at(items, at);
		if (hit->item != ITEMS_NONE)
			look_up(items, t, token_at(t, at), other, hit);
	}
}

/* In assembler '#' begins a comment, unless it is a word of the preprocessor. */
static bool is_asm_directive(const struct tokens *t, size_t token)
{
	static const char *const words[] = {
		"define", "undef", "if", "ifdef", "ifndef", "elif",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (token_directive_is(t, token, words[i]))
			return true;
	return false;
}

static enum hit_class assembler_class(const struct tokens *t, size_t token)
{
	switch (t->v[token].kind) {
	case TOKEN_COMMENT:
		return HIT_COMMENT;
	case TOKEN_DIRECTIVE:
		return is_asm_directive(t, token) ? HIT_ASSEMBLER : HIT_COMMENT;
	case TOKEN_IDENT:
		return HIT_ASSEMBLER;
	default:
		return HIT_STRING;
	}
}

void hits_of_text(const struct buf *text, enum file_kind kind,
		  const char *name, struct hits *ret)
{
	unsigned int line = 1;
	size_t at = 0, counted = 0;
	struct tokens t;

	lex(text->data, text->len, &t);
	for (; find_name(text->data, text->len, name, at, &at);
	     at += strlen(name)) {
		for (; counted < at; counted++)
			line += text->data[counted] == '\n';
		add(ret, name, at, line,
		    kind == FILE_DOCUMENT ? HIT_DOCUMENT :
		    kind == FILE_OTHER ? HIT_OTHER :
					  assembler_class(&t, token_at(&t, at)));
	}
	tokens_release(&t);
}

void hits_release(struct hits *hits)
{
	for (size_t i = 0; i < hits->nr; i++)
		free(hits->v[i].callee);
	free(hits->v);
	*hits = (struct hits){ 0 };
}
