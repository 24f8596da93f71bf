// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the code rung cannot see of an extraction, because it holds the caller
 * with the helper inlined against the old one. The stock build may leave the
 * helper a function of its own: then its attributes count (a constructor runs, a
 * section is thrown away after boot, pure calls are merged), those of the caller
 * no longer apply to its code, and what looks at the frame sees another one.
 * None of this is compared; so where there is any of it, nothing is proven.
 */
#define _GNU_SOURCE
#include "lib/buf.h"
#include "tokens.h"

/* These change how fast or where it is called, not what it does. */
static const char *const harmless[] = {
	"always_inline", "gnu_inline", "unused", "cold", "hot", "noinline",
	"no_instrument_function", "artificial",
};

/* What a caller asks for its own code, by how the attribute begins. */
static const char *const inherited[] = {
	"section", "no_", "target", "optimize", "naked", "patchable_",
	"zero_call", "nocf_", "noprofile", "disable_",
};

/* What means the function that it stands in. */
static const char *const of_frame[] = {
	"__builtin_return_address", "__builtin_frame_address",
	"__builtin_alloca", "__builtin_alloca_with_align", "alloca",
	"__builtin_apply_args", "__builtin_dwarf_cfa",
	"__builtin_stack_address",
};

/* "section(".init.text")" for the attribute at i; returns behind it. */
static size_t read_attribute(const struct token_unit *u, size_t i, size_t end,
			     struct strv *ret)
{
	struct buf text _cleanup_(buf_release) = BUF_INIT;
	size_t depth = 0;

	for (; i < end; i++) {
		if (!depth && (u->v[i] == S_COMMA || u->v[i] == S_CLOSE))
			break;
		depth += u->v[i] == S_OPEN;
		depth -= u->v[i] == S_CLOSE;
		buf_addstr(&text, pool_text(u->pool, u->v[i]));
	}
	if (text.len)
		strv_add(ret, text.data);
	return i;
}

void attributes_read(const struct token_unit *u, sym name, struct strv *ret)
{
	const struct bind *b = bind_first(u, name, SPACE_ORDINARY);

	for (; b; b = bind_next(u, b)) {
		const struct def *def = &u->defs[b->def];
		size_t end = def_head_end(u, def);

		for (size_t i = def->begin; i < end; i++) {
			if (u->pool->info[u->v[i]].class != WORD_ATTRIBUTE)
				continue;
			for (i += 3; i < end && u->v[i] != S_CLOSE;)
				i = read_attribute(u, i, end, ret) +
				    (u->v[i] == S_COMMA);
		}
	}
	strv_uniq(ret);
}

static bool is_harmless(const char *attribute)
{
	for (size_t i = 0; i < ARRAY_SIZE(harmless); i++)
		if (streq(attribute, harmless[i]))
			return true;
	return false;
}

static bool is_inherited(const char *attribute)
{
	for (size_t i = 0; i < ARRAY_SIZE(inherited); i++)
		if (starts_with(attribute, inherited[i]))
			return true;
	return false;
}

static bool calls(const struct token_unit *u, const struct def *def, sym name)
{
	for (size_t i = def->body; def->body && i < def->end; i++)
		if (u->v[i] == name)
			return true;
	return false;
}

static void check_caller(struct token_check *check, const struct token_unit *u,
			 const struct def *helper, const struct strv *own,
			 const struct def *caller)
{
	struct strv of_caller _cleanup_(strv_release) = STRV_INIT;
	bool inlined = strv_has(own, "always_inline");

	attributes_read(u, caller->name, &of_caller);
	for (size_t i = 0; i < own->nr; i++)
		if (!is_harmless(own->v[i]) && !strv_has(&of_caller, own->v[i]))
			token_report(check, RESULT_UNDECIDED, "function",
				     def_name(u, helper), u, helper->begin,
				     "the helper is %s, and its caller %s is not",
				     own->v[i], def_name(u, caller));
	for (size_t i = 0; !inlined && i < of_caller.nr; i++)
		if (is_inherited(of_caller.v[i]) &&
		    !strv_has(own, of_caller.v[i]))
			token_report(check, RESULT_UNDECIDED, "function",
				     def_name(u, helper), u, helper->begin,
				     "its caller %s is %s, and the helper is not",
				     def_name(u, caller), of_caller.v[i]);
}

static void check_frame(struct token_check *check, const struct token_unit *u,
			const struct def *helper)
{
	for (size_t i = helper->body; i < helper->end; i++)
		for (size_t k = 0; k < ARRAY_SIZE(of_frame); k++)
			if (streq(pool_text(u->pool, u->v[i]), of_frame[k]))
				token_report(check, RESULT_UNDECIDED,
					     "function", def_name(u, helper),
					     u, i,
					     "%s means the helper now, unless the compiler inlines it",
					     of_frame[k]);
}

static void check_helper(struct token_check *check, const struct token_unit *u,
			 const struct def *helper)
{
	struct strv own _cleanup_(strv_release) = STRV_INIT;
	bool called = false;

	attributes_read(u, helper->name, &own);
	if (!strv_has(&own, "always_inline"))
		check_frame(check, u, helper);
	for (size_t i = 0; i < u->nr_defs; i++) {
		if (&u->defs[i] == helper ||
		    !calls(u, &u->defs[i], helper->name))
			continue;
		check_caller(check, u, helper, &own, &u->defs[i]);
		called = true;
	}
	for (size_t i = 0; !called && i < own.nr; i++)
		if (!is_harmless(own.v[i]))
			token_report(check, RESULT_UNDECIDED, "function",
				     def_name(u, helper), u, helper->begin,
				     "the helper is %s, and nothing calls it",
				     own.v[i]);
}

void extract_check(struct token_check *check, const struct token_unit *after)
{
	const struct strv *helpers = &check->contract->helpers;

	for (size_t i = 0; i < after->nr_defs; i++) {
		const struct def *def = &after->defs[i];

		if (def->kind == DEF_FUNCTION && def->name &&
		    strv_has(helpers, pool_text(&check->pool, def->name)))
			check_helper(check, after, def);
	}
}
