// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attributes that say nothing to a caller: those that come with the word
 * inline, and those of a definition, which may stand on any declaration of it.
 */
#include "lib/buf.h"
#include "tokens.h"

/* What the kernel's macro 'inline' brings along: nothing that a caller sees. */
static const char *const inline_attributes[] = {
	"gnu_inline", "unused", "no_instrument_function",
	"patchable_function_entry", "hotpatch",
};

/* What concerns a definition only: where it goes, what becomes of its body. */
static const char *const definition_attributes[] = {
	"noinline", "section", "used", "unused", "no_instrument_function",
	"patchable_function_entry", "noclone", "no_sanitize_address",
	"no_sanitize", "no_stack_protector", "weak", "externally_visible",
	"visibility", "naked", "optimize", "target",
};

static bool is_one_of(const struct token_unit *u, sym s,
		      const char *const *names, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (streq(pool_text(u->pool, s), names[i]))
			return true;
	return false;
}

/* Behind __attribute__((x...)) at i when x alone is one of names; else i. */
static size_t skip_attribute(const struct token_unit *u, size_t i, size_t end,
			     const char *const *names, size_t nr)
{
	size_t depth = 0, begin = i;

	if (i + 5 > end || u->pool->info[u->v[i]].class != WORD_ATTRIBUTE ||
	    !is_one_of(u, u->v[i + 3], names, nr))
		return i;
	for (i++; i < end; i++) {
		depth += u->v[i] == S_OPEN;
		if (depth == 2 && u->v[i] == S_COMMA)
			return begin;
		if (u->v[i] == S_CLOSE && !--depth)
			return i + 1;
	}
	return begin;
}

/* Behind such an attribute at i; else i. */
size_t attribute_of_inline(const struct token_unit *u, size_t i, size_t end)
{
	return skip_attribute(u, i, end, inline_attributes,
			      ARRAY_SIZE(inline_attributes));
}

size_t attribute_of_definition(const struct token_unit *u, size_t i,
			       size_t end)
{
	return skip_attribute(u, i, end, definition_attributes,
			      ARRAY_SIZE(definition_attributes));
}

/* The attributes of the definition that one declaration gives it. */
static void note_promises(const struct token_unit *u, const struct def *def,
			  struct strv *ret)
{
	size_t end = def_head_end(u, def);

	for (size_t i = def->begin; i < end; i++) {
		size_t behind = attribute_of_definition(u, i, end);
		struct buf text = BUF_INIT;

		if (behind == i || attribute_of_inline(u, i, end) != i)
			continue;
		for (; i < behind; i++)
			buf_addf(&text, "%s ", pool_text(u->pool, u->v[i]));
		strv_add(ret, text.data);
		buf_release(&text);
		i--;
	}
}

/* False when the unit only declares it: then another unit tells. */
static bool all_promises(const struct token_unit *u, const struct bind *list,
			 struct strv *ret)
{
	bool defines = false;

	for (; list; list = bind_next(u, list)) {
		defines |= list->role == ROLE_FUNCTION ||
			   list->role == ROLE_VARIABLE;
		note_promises(u, &u->defs[list->def], ret);
	}
	strv_uniq(ret);
	return defines;
}

bool same_promises(const struct token_unit *u, const struct bind *a,
		   const struct token_unit *w, const struct bind *b)
{
	struct strv x _cleanup_(strv_release) = STRV_INIT;
	struct strv y _cleanup_(strv_release) = STRV_INIT;
	_cleanup_free_ char *before = NULL, *after = NULL;

	if (!all_promises(u, a, &x) || !all_promises(w, b, &y))
		return true;
	before = strv_join(&x, " ");
	after = strv_join(&y, " ");
	return streq(before, after);
}
