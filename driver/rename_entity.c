// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a name is at the top level of a file. One file's static function is no
 * other file's, a header's inline is everybody's, and a declaration beside
 * stubs in other branches of an #if is one thing under one name.
 */
#define _GNU_SOURCE
#include "rename.h"

#include "lib/spelling.h"

/* A cheap look before an item's names are worked out. */
static bool item_mentions(const struct items *items, const struct item *it,
			  const char *name)
{
	return memmem(items->tokens.text + it->code_begin,
		      it->code_end - it->code_begin, name, strlen(name));
}

static bool has_text(const struct items *items, const struct item *it,
		     const char *s)
{
	for (size_t i = it->token_begin; i < it->token_end; i++)
		if (token_is(&items->tokens, i, s))
			return true;
	return false;
}

/* "#define f f" says that there is an f; it defines nothing else. */
static bool is_own_macro(const struct items *items, const struct item *it)
{
	const struct tokens *t = &items->tokens;
	size_t token = it->token_begin, len, k;
	const char *rest;
	struct tokens inner;
	bool same;

	while (token < it->token_end && t->v[token].kind != TOKEN_DIRECTIVE)
		token++;
	if (token == it->token_end)
		return false;
	rest = token_directive(t, token, &len);
	rest += len;
	lex(rest, t->text + t->v[token].end - rest, &inner);
	k = token_next(&inner, token_next(&inner, 0) + 1);
	same = token_is(&inner, k, it->name) &&
	       token_next(&inner, k + 1) == inner.nr;
	tokens_release(&inner);
	return same;
}

/* The item declares the name as an ordinary identifier. */
static bool declares(const struct items *items, size_t i, const char *name)
{
	const struct item *it = &items->v[i];
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	size_t first = 0;

	switch (it->kind) {
	case ITEM_TYPE:
		first = *it->name ? 1 : 0; /* the tag */
		break;
	case ITEM_FUNCTION:
	case ITEM_PROTOTYPE:
	case ITEM_VARIABLE:
	case ITEM_EXTERN:
	case ITEM_TYPEDEF:
	case ITEM_MACRO:
		break;
	default:
		return false;
	}
	items_names(items, i, &names);
	for (size_t n = first; n < names.nr; n++)
		if (streq(names.v[n], name))
			return true;
	return false;
}

static bool declares_tag(const struct items *items, size_t i, const char *name)
{
	const struct item *it = &items->v[i];

	return it->kind == ITEM_TYPE && streq(it->name, name);
}

/* DEFINE_X(name): what is defined may be a name that the macro pastes. */
static bool is_made(const struct item *it)
{
	return it->argument &&
	       (it->kind == ITEM_FUNCTION || it->kind == ITEM_VARIABLE);
}

/* A definition, not only a declaration of something that is elsewhere. */
static bool is_definition(const struct items *items, const struct item *it)
{
	if (it->kind == ITEM_TYPE)
		return has_text(items, it, "{");
	return item_is_definition(it) &&
	       (it->kind != ITEM_MACRO || !is_own_macro(items, it));
}

static enum standing standing_of(const struct items *items,
				 const struct item *it, bool header)
{
	bool linked = it->kind == ITEM_FUNCTION || it->kind == ITEM_PROTOTYPE ||
		      it->kind == ITEM_VARIABLE || it->kind == ITEM_EXTERN;

	if (linked && it->is_static)
		return header ? STANDS_DEFINED : STANDS_PRIVATE;
	if (!is_definition(items, it))
		return STANDS_DECLARED;
	return linked || header ? STANDS_DEFINED : STANDS_PRIVATE;
}

/*
 * In a header a declaration outweighs its stubs, in a .c file what is static;
 * what a macro makes is outweighed by all else.
 */
static bool outweighs(const struct stand *new, const struct stand *old,
		      bool header)
{
	if (old->standing == STANDS_NOT)
		return true;
	if (new->made != old->made)
		return old->made;
	if (header)
		return new->standing == STANDS_DECLARED &&
		       old->standing != STANDS_DECLARED;
	return new->standing > old->standing;
}

struct stand stand_of(const struct items *items, const char *path,
		      const char *name, bool tag, bool macros)
{
	bool header = !ends_with(path, ".c");
	struct stand stand = { 0 };
	bool weak = false;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];
		struct stand here = {
			.line = it->line_begin,
			.made = is_made(it),
			.offset = it->name_begin,
		};

		if (!item_mentions(items, it, name))
			continue;
		if (!(tag ? declares_tag(items, i, name) :
			    declares(items, i, name)) &&
		    !(macros && it->kind == ITEM_MACRO &&
		      streq(it->name, name)))
			continue;
		here.standing = standing_of(items, it, header);
		weak |= has_text(items, it, "__weak");
		if (outweighs(&here, &stand, header))
			stand = here;
	}
	stand.weak = weak;
	return stand;
}

/* The inner context is the outer one, or further inside of the same branch. */
static bool is_within(const char *inner, const char *outer)
{
	const char *rest = inner + strlen(outer);

	return starts_with(inner, outer) &&
	       (!*rest || (starts_with(rest, " && #if")));
}

unsigned int outside_of(const struct items *items, const struct stand *stand,
			const struct hits *hits)
{
	_cleanup_free_ char *outer =
		items_context(items, items_at(items, stand->offset));

	for (size_t i = 0; *outer && i < hits->nr; i++) {
		const struct hit *hit = &hits->v[i];
		_cleanup_free_ char *inner = NULL;

		if (hit->class != HIT_NAME && hit->class != HIT_ARGUMENT &&
		    hit->class != HIT_TAG)
			continue;
		inner = items_context(items, hit->item);
		if (!is_within(inner, outer))
			return hit->line;
	}
	return 0;
}

bool includes_path(const struct items *items, const char *path)
{
	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];
		_cleanup_free_ char *inside = NULL;
		const char *s;

		if (it->kind != ITEM_INCLUDE || strlen(it->name) < 3)
			continue;
		inside = xstrndup(it->name + 1, strlen(it->name) - 2);
		for (s = inside; starts_with(s, "../") || starts_with(s, "./");)
			s = strchr(s, '/') + 1;
		if (path_ends_in(path, s))
			return true;
	}
	return false;
}

char *world_of(const char *path)
{
	static const char *const apart[] = { "tools/", "samples/", "scripts/",
					     "Documentation/" };

	if (starts_with(path, "arch/"))
		return xstrndup(path, strlen("arch/") +
					      strcspn(path + strlen("arch/"),
						      "/"));
	for (size_t i = 0; i < ARRAY_SIZE(apart); i++)
		if (starts_with(path, apart[i]))
			return xstrndup(path, strlen(apart[i]) - 1);
	return xstrdup("");
}

bool world_is_apart(const char *world)
{
	return *world && !starts_with(world, "arch/");
}

bool worlds_differ(const char *a, const char *b)
{
	if (streq(a, b))
		return false;
	return world_is_apart(a) || world_is_apart(b) || (*a && *b);
}

static void complain(const struct renaming *r, const struct entity *e,
		     enum drift_class class, unsigned int line,
		     const char *suggestion, const char *what)
{
	drifts_add(r->job->drifts, class, e->old, r->job->step->from, line,
		   suggestion, "'%s' %s", e->old, what);
}

/* Where the item spells the name, code only; ITEMS_NONE. */
static size_t name_offset(const struct items *items, const struct item *it,
			  const char *name)
{
	struct hits hits = { 0 };
	size_t offset = it->name_begin;

	if (streq(it->name, name))
		return offset;
	hits_of_source(items, name, NULL, &hits);
	for (size_t i = hits.nr; i-- > 0;)
		if (hits.v[i].begin >= it->code_begin &&
		    hits.v[i].begin < it->code_end &&
		    hits.v[i].class == HIT_NAME)
			offset = hits.v[i].begin;
	hits_release(&hits);
	return offset;
}

static void take(const struct renaming *r, struct entity *e, size_t i, bool tag)
{
	const struct items *items = &r->from.items;
	const struct item *it = &items->v[i];

	e->kind = it->kind;
	e->tag = tag;
	e->defined = is_definition(items, it);
	e->line = it->line_begin;
	e->offset = name_offset(items, it, e->old);
}

/* The file has something of the name that no macro makes. */
static bool has_plain(const struct items *items, const char *name)
{
	for (size_t i = 0; i < items->nr; i++)
		if (!is_made(&items->v[i]) && (declares_tag(items, i, name) ||
					       declares(items, i, name)))
			return true;
	return false;
}

/* The definitions of the name, else its declarations, of either namespace. */
static void find(struct renaming *r, struct entity *e)
{
	const struct items *items = &r->from.items;
	size_t definitions = 0, declarations = 0;
	bool split = false, both[2] = { false, false };
	bool plain = has_plain(items, e->old);

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];
		bool tag = declares_tag(items, i, e->old);

		if (!tag && !declares(items, i, e->old))
			continue;
		if ((it->kind == ITEM_MACRO && is_own_macro(items, it)) ||
		    (plain && is_made(it)))
			continue;
		both[tag] = true;
		if (!is_definition(items, it)) {
			if (!definitions && !declarations++)
				take(r, e, i, tag);
			continue;
		}
		split |= it->split && it->kind == ITEM_FUNCTION;
		if (!definitions++)
			take(r, e, i, tag);
	}
	if (!definitions && !declarations)
		complain(r, e, DRIFT_ABSENT, 0,
			 "it may stand in another file, or be renamed already",
			 "is neither defined nor declared here");
	else if (definitions > 1 || split)
		complain(r, e, DRIFT_TWICE, e->line,
			 "a step can only be about a name that is defined once",
			 "is defined more than once, or under #if and #else");
	else if (both[0] && both[1])
		complain(r, e, DRIFT_TWICE, e->line, NULL,
			 "is a tag and an ordinary name, too");
}

static void find_scope(struct renaming *r, struct entity *e)
{
	const char *path = r->job->step->from;
	struct stand stand = stand_of(&r->from.items, path, e->old, e->tag,
				      false);

	e->weak = stand.weak;
	e->local = stand.standing == STANDS_PRIVATE;
}

void rename_find(struct renaming *r)
{
	const struct step *step = r->job->step;

	r->nr = step->nr_renames;
	r->v = xcalloc(r->nr, sizeof(*r->v));
	for (size_t i = 0; i < r->nr; i++) {
		r->v[i].old = step->renames[i].old;
		r->v[i].new = step->renames[i].new;
		find(r, &r->v[i]);
		find_scope(r, &r->v[i]);
	}
}
