// SPDX-License-Identifier: GPL-2.0-only
/*
 * Findings of the tokens rung. A preprocessed file is no file of the tree:
 * places are those of the line markers, and the excerpt is made of the tokens.
 */
#define _GNU_SOURCE
#include "tokens.h"

#include <stdarg.h>
#include <stdio.h>

#include "lib/buf.h"

#define EXCERPT_TOKENS 12

const char *def_what(const struct def *def)
{
	static const char *const names[] = {
		[DEF_FUNCTION] = "function", [DEF_DECLARATION] = "variable",
		[DEF_ASM] = "asm",	     [DEF_ASSERT] = "assertion",
		[DEF_PRAGMA] = "pragma",     [DEF_EMPTY] = "semicolon",
		[DEF_UNKNOWN] = "unknown",
	};

	return names[def->kind];
}

const char *def_name(const struct token_unit *u, const struct def *def)
{
	return pool_text(u->pool, def->name);
}

/* The external declaration that holds a token. */
static const struct def *def_at(const struct token_unit *u, size_t at)
{
	size_t low = 0, high = u->nr_defs;

	while (low + 1 < high) {
		size_t mid = low + (high - low) / 2;

		if (u->defs[mid].begin <= at)
			low = mid;
		else
			high = mid;
	}
	return u->nr_defs ? &u->defs[low] : NULL;
}

static char *excerpt(const struct token_unit *u, size_t at)
{
	const struct def *def = def_at(u, at);
	size_t begin = at > EXCERPT_TOKENS / 2 ? at - EXCERPT_TOKENS / 2 : 0;
	struct buf b = BUF_INIT;

	if (!def)
		return NULL;
	if (begin < def->begin)
		begin = def->begin;
	for (size_t i = begin; i < begin + EXCERPT_TOKENS && i < def->end;
	     i++) {
		if (i > begin)
			buf_addch(&b, ' ');
		buf_addstr(&b, pool_text(u->pool, u->v[i]));
	}
	return buf_detach(&b);
}

struct finding *token_report(struct token_check *check, enum result weight,
			     const char *what, const char *name,
			     const struct token_unit *u, size_t at,
			     const char *detail, ...)
{
	const struct def *def = def_at(u, at);
	_cleanup_free_ char *where = NULL, *text = NULL;
	struct finding *f;
	va_list args;

	if (def && at >= def->end)
		at = def->end - 1;
	if (def && u->nr_files)
		where = xasprintf("%s:%u", u->files[def->file], u->lines[at]);
	va_start(args, detail);
	if (vasprintf(&text, detail, args) < 0)
		abort(); /* a format string of ours is wrong */
	va_end(args);
	f = outcome_add(check->out, weight, what, name,
			where ? where : u->unit->source, "%s", text);
	f->excerpt = excerpt(u, at);
	return f;
}
