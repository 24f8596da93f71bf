// SPDX-License-Identifier: GPL-2.0-only
/*
 * One pass over a preprocessed text that notes each function, each variable at
 * file scope that is initialised or static, and each static one inside a
 * function, and whether the line markers say that it came from a header or from
 * a source file; of functions also what could put their code into another one.
 */
#define _GNU_SOURCE
#include "headers.h"

#include "lib/buf.h"
#include "lib/fs.h"
#include "lib/lex.h"
#include "lib/util.h"

struct look {
	struct tokens tokens;
	struct definitions *ret;
	bool in_source; /* the text at hand is that of a source file */
	int depth;	/* open braces */
	size_t name;	/* the token that would be the name; 0: none yet */
	bool settled;	/* it is the name, of a function */
	bool is_static; /* "static" was read at file scope */
	bool spreads;	/* "inline" or the like, or an assembler name, was read there */
	bool local;	/* "static" was read inside a function, no name yet */
	size_t function; /* the token that names the function at hand */
};

/* # 12 "include/linux/x.h" 1 3: text of this file follows. */
static void follow_marker(struct look *l, const struct token *t)
{
	const char *begin = l->tokens.text + t->begin;
	const char *open = memchr(begin, '"', t->end - t->begin), *close;

	if (!open)
		return;
	close = memchr(open + 1, '"', l->tokens.text + t->end - open - 1);
	if (close)
		l->in_source = close - open > 2 && !memcmp(close - 2, ".c", 2);
}

/* The parenthesis or brace that closes the one at i. */
static size_t closing(const struct look *l, size_t i)
{
	int depth = 0;

	for (; i < l->tokens.nr; i = token_next(&l->tokens, i + 1)) {
		char c = l->tokens.text[l->tokens.v[i].begin];

		if (l->tokens.v[i].kind != TOKEN_PUNCT)
			continue;
		depth += (c == '(' || c == '{') - (c == ')' || c == '}');
		if (!depth)
			return i;
	}
	return i;
}

/* A declaration ends: what was read of it counts for nothing any more. */
static void forget(struct look *l)
{
	const struct token *t = &l->tokens.v[l->name];

	if (l->spreads && l->name)
		strv_addn(&l->ret->spreading, l->tokens.text + t->begin,
			  t->end - t->begin);
	l->name = 0;
	l->is_static = l->spreads = false;
}

static void define(struct look *l)
{
	const struct token *t = &l->tokens.v[l->name];

	if (l->name)
		strv_addn(l->in_source ? &l->ret->sources : &l->ret->headers,
			  l->tokens.text + t->begin, t->end - t->begin);
	l->function = l->name;
	forget(l);
}

/* A static variable needs no value, an extern one has none. */
static void end_declaration(struct look *l)
{
	if (l->depth)
		return;
	if (l->is_static && !l->settled)
		define(l);
	forget(l);
}

/* What the last identifier names, where a static variable's name ends. */
static void define_local(struct look *l)
{
	const struct token *t = &l->tokens.v[l->name];
	const struct token *f = &l->tokens.v[l->function];
	const char *text = l->tokens.text;

	if (l->local && l->name) {
		strv_addn(l->in_source ? &l->ret->source_locals :
					 &l->ret->header_locals,
			  text + t->begin, t->end - t->begin);
		if (l->in_source)
			strv_addf(&l->ret->source_holders, "%.*s %.*s",
				  (int)(t->end - t->begin), text + t->begin,
				  l->function ? (int)(f->end - f->begin) : 0,
				  text + f->begin);
	}
	l->local = false;
	l->name = 0;
}

/* Nothing in an attribute, or in a type's members, is the name. */
static size_t see_local_punct(struct look *l, size_t i)
{
	switch (l->tokens.text[l->tokens.v[i].begin]) {
	case '(':
	case '{':
		return closing(l, i);
	case '=':
	case '[':
	case ';':
	case ',':
		define_local(l);
		break;
	}
	return i;
}

/* Of an attribute, or of parameters, only what makes a compiler inline counts. */
static size_t see_parenthesis(struct look *l, size_t i)
{
	size_t end = closing(l, i);

	for (; i < end && i < l->tokens.nr; i++) {
		l->spreads |= token_is(&l->tokens, i, "always_inline") ||
				token_is(&l->tokens, i, "__always_inline__");
		l->ret->flattens |= token_is(&l->tokens, i, "flatten") ||
				    token_is(&l->tokens, i, "__flatten__");
	}
	return end;
}

/*
 * In a declaration the name is the last identifier in front of its first
 * parenthesis, bracket or initialiser, those of attributes left out.
 * Returns the last token that was looked at.
 */
static size_t see_punct(struct look *l, size_t i)
{
	if (l->local)
		return see_local_punct(l, i);
	switch (l->tokens.text[l->tokens.v[i].begin]) {
	case '{':
		if (!l->depth++)
			define(l);
		break;
	case '}':
		l->depth--;
		l->name = 0;
		break;
	case ';':
		end_declaration(l);
		break;
	case '=':
		if (!l->depth && l->tokens.v[i].end - l->tokens.v[i].begin == 1)
			define(l);
		break;
	case '(':
		return l->depth ? i : see_parenthesis(l, i);
	}
	return i;
}

static bool follows_paren(const struct look *l, size_t i)
{
	i = token_next(&l->tokens, i + 1);
	return i < l->tokens.nr && token_is(&l->tokens, i, "(");
}

static bool is_asm(const struct look *l, size_t i)
{
	return token_is(&l->tokens, i, "__asm__") ||
	       token_is(&l->tokens, i, "__asm") ||
	       token_is(&l->tokens, i, "asm");
}

static bool is_attribute(const struct look *l, size_t i)
{
	return token_is(&l->tokens, i, "__attribute__") ||
	       token_is(&l->tokens, i, "__attribute") || is_asm(l, i) ||
	       token_is(&l->tokens, i, "typeof") ||
	       token_is(&l->tokens, i, "__typeof__");
}

static bool is_inline(const struct look *l, size_t i)
{
	return token_is(&l->tokens, i, "inline") ||
	       token_is(&l->tokens, i, "__inline") ||
	       token_is(&l->tokens, i, "__inline__");
}

/* A function's name is settled by its parenthesis: what comes behind is not. */
static void see_ident(struct look *l, size_t i)
{
	/* int f(void) asm("g"): the object knows it by another name */
	l->spreads |= l->settled && !l->depth && is_asm(l, i);
	if (is_attribute(l, i))
		return;
	if (l->depth) {
		l->name = l->local ? i : 0;
		l->local |= token_is(&l->tokens, i, "static");
		return;
	}
	if (token_is(&l->tokens, i, "static"))
		l->is_static = true;
	l->spreads |= is_inline(l, i);
	if (!l->name)
		l->settled = false;
	if (l->settled)
		return;
	l->name = i;
	l->settled = follows_paren(l, i);
}

static void look_through(struct look *l)
{
	for (size_t i = 0; i < l->tokens.nr; i++) {
		const struct token *t = &l->tokens.v[i];

		if (t->kind == TOKEN_DIRECTIVE)
			follow_marker(l, t);
		else if (t->kind == TOKEN_IDENT)
			see_ident(l, i);
		else if (t->kind == TOKEN_PUNCT)
			i = see_punct(l, i);
	}
}

void definitions_read(const char *path, struct definitions *ret)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct look l = { .ret = ret };

	*ret = (struct definitions){ 0 };
	if (fs_read(path, &text, NULL)) {
		ret->unreadable = true;
		return;
	}
	lex(text.data, text.len, &l.tokens);
	look_through(&l);
	tokens_release(&l.tokens);
	strv_uniq(&ret->headers);
	strv_uniq(&ret->sources);
	strv_uniq(&ret->header_locals);
	strv_uniq(&ret->source_locals);
	strv_uniq(&ret->source_holders);
	strv_uniq(&ret->spreading);
}

void definitions_release(struct definitions *d)
{
	strv_release(&d->headers);
	strv_release(&d->sources);
	strv_release(&d->header_locals);
	strv_release(&d->source_locals);
	strv_release(&d->source_holders);
	strv_release(&d->spreading);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool holds(const struct strv *sorted, const char *name)
{
	return sorted->nr && bsearch(&name, sorted->v, sorted->nr,
				     sizeof(*sorted->v), by_name);
}

int definitions_from_header(const struct definitions *d, const char *name)
{
	if (d->unreadable)
		return -1;
	if (holds(&d->sources, name))
		return 0;
	return holds(&d->headers, name) ? 1 : -1;
}

/* Whether code of the source's function may stand in another one. */
static bool may_spread(const struct definitions *d, const char *function,
		       const struct strv *forced)
{
	return !*function || holds(&d->spreading, function) ||
	       strv_has(forced, function);
}

/* Whether all of users may be a function of the source that holds such a one. */
static bool may_be_own(const struct definitions *d, const char *name,
		       const struct strv *users, const struct strv *forced)
{
	size_t len = strlen(name);

	if (d->flattens || !users->nr)
		return true;
	for (size_t i = 0; i < d->source_holders.nr; i++) {
		const char *holder = d->source_holders.v[i];

		if (strncmp(holder, name, len) != 0 || holder[len] != ' ')
			continue;
		holder += len + 1;
		if (may_spread(d, holder, forced) ||
		    (users->nr == 1 && streq(users->v[0], holder)))
			return true;
	}
	return false;
}

int definitions_local_from_header(const struct definitions *d, const char *name,
				  const struct strv *users,
				  const struct strv *forced)
{
	bool header = holds(&d->header_locals, name);
	bool source = holds(&d->source_locals, name);

	if (d->unreadable || (!header && !source))
		return -1;
	if (header && source)
		return may_be_own(d, name, users, forced) ? -1 : 1;
	return header;
}
