/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The walker over the tokens of one declaration: it knows which identifiers
 * are declared where, which are members, labels or attributes, and tells the
 * rest as references. When in doubt it tells a reference: one too many is a
 * false alarm at worst, one too few would hide a difference.
 * tokens_walk.c walks declarations, tokens_body.c expressions and statements.
 */
#ifndef VERIFY_TOKENS_WALK_H
#define VERIFY_TOKENS_WALK_H

#include "tokens.h"

struct local {
	sym name;
	enum name_space space;
};

struct walker {
	const struct token_unit *u;
	const struct walk_ops *ops;
	void *ctx;
	size_t i, end;	      /* the token at hand; behind the last */
	size_t def_begin, def_end; /* of the whole declaration */
	struct local *locals; /* innermost last */
	size_t nr, alloc;
	unsigned int scopes;  /* open blocks and parameter lists; 0: file scope */
	bool keep_parameters; /* of a function whose body follows */
	bool failed;
};

/* What the specifiers of a declaration said. */
struct specifiers {
	bool is_typedef, is_extern, is_static, is_inline;
};

static inline sym walk_peek(struct walker *w)
{
	while (w->i < w->end && w->u->pool->info[w->u->v[w->i]].kind ==
					TOKEN_DIRECTIVE)
		w->i++;
	return w->i < w->end ? w->u->v[w->i] : S_NONE;
}

static inline enum word_class walk_class(struct walker *w)
{
	return w->u->pool->info[walk_peek(w)].class;
}

static inline bool walk_take(struct walker *w, sym s)
{
	if (walk_peek(w) != s || s == S_NONE)
		return false;
	w->i++;
	return true;
}

static inline void walk_expect(struct walker *w, sym s)
{
	if (!walk_take(w, s))
		w->failed = true;
}

bool walk_is_local(const struct walker *w, sym name, enum name_space space);
void walk_refer(struct walker *w, sym name, enum name_space space, size_t at);

/* tokens_walk.c */
void walk_specifiers(struct walker *w, struct specifiers *ret);
void walk_tag(struct walker *w);
void walk_attribute(struct walker *w);
/* At the start of a block item: does a declaration begin here? */
bool walk_at_declaration(struct walker *w);
void walk_declaration(struct walker *w);

/* tokens_body.c */
/* Up to a token of 'stops' (S_NONE-terminated) outside of brackets. */
void walk_expression(struct walker *w, const sym *stops);
void walk_asm(struct walker *w);
void walk_block(struct walker *w);
void walk_assert(struct walker *w);

#endif
