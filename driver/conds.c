// SPDX-License-Identifier: GPL-2.0-only
/*
 * Groups of conditionals. The lexer gives each item the branch that it stands
 * in; a cut needs the other direction too, all that a group holds, to tell an
 * emptied #ifdef from one that keeps something.
 */
#include "conds.h"

#include "lib/util.h"

static bool is_named(const struct items *items, size_t i, const char *prefix)
{
	return i < items->nr && items->v[i].kind == ITEM_CONDITIONAL &&
	       starts_with(items->v[i].name, prefix);
}

bool conds_opens(const struct items *items, size_t item)
{
	return is_named(items, item, "if") || is_named(items, item, "el");
}

bool conds_closes(const struct items *items, size_t item)
{
	return is_named(items, item, "endif") || is_named(items, item, "el");
}

static size_t open_group(struct conds *c, size_t item, size_t parent,
			 size_t nr_items)
{
	ARRAY_GROW(c->v, c->nr, c->alloc);
	c->v[c->nr] = (struct cond_group){
		.open = item, .end = nr_items, .parent = parent, .branches = 1,
	};
	return c->nr++;
}

/* Follows the directives with the innermost open group at hand. */
static void find_groups(const struct items *items, struct conds *c)
{
	size_t open = CONDS_NONE;

	for (size_t i = 0; i < items->nr; i++) {
		if (is_named(items, i, "if"))
			open = open_group(c, i, open, items->nr);
		c->of[i] = open;
		if (open == CONDS_NONE)
			continue;
		if (is_named(items, i, "el"))
			c->v[open].branches++;
		if (is_named(items, i, "endif")) {
			c->v[open].end = i;
			open = c->v[open].parent;
		}
	}
}

/* True when a negative condition ("ifndef X", "!defined(X)") is about name. */
static bool asks_for(const struct items *items, const struct item *open,
		     const char *name)
{
	const char *text = items->tokens.text + open->code_begin;
	size_t len = open->code_end - open->code_begin;

	if (!mentions(text, len, name))
		return false;
	return streq(open->name, "ifndef") || memchr(text, '!', len);
}

static bool is_filler(const struct item *item)
{
	return item->kind == ITEM_COMMENT || item->kind == ITEM_BLANK;
}

/*
 * "#ifndef NAME" or "#if !defined(NAME) ..." with nothing before it, directly
 * followed by "#define NAME", and with nothing behind its #endif.
 */
static bool is_guard(const struct items *items, const struct cond_group *g)
{
	const struct item *open = &items->v[g->open];

	if (g->branches != 1 || g->end >= items->nr || g->open + 1 >= g->end ||
	    items->v[g->open + 1].kind != ITEM_MACRO)
		return false;
	for (size_t i = 0; i < g->open; i++)
		if (!is_filler(&items->v[i]))
			return false;
	for (size_t i = g->end + 1; i < items->nr; i++)
		if (!is_filler(&items->v[i]))
			return false;
	return asks_for(items, open, items->v[g->open + 1].name);
}

void conds_build(const struct items *items, struct conds *ret)
{
	*ret = (struct conds){
		.of = xcalloc(items->nr, sizeof(*ret->of)),
	};
	find_groups(items, ret);
	if (ret->nr)
		ret->v[0].guard = is_guard(items, &ret->v[0]);
}

void conds_release(struct conds *conds)
{
	free(conds->v);
	free(conds->of);
	*conds = (struct conds){ 0 };
}

size_t conds_guard(const struct conds *conds)
{
	return conds->nr && conds->v[0].guard ? 0 : CONDS_NONE;
}

static size_t without_guard(const struct conds *conds, size_t group)
{
	return group == conds_guard(conds) ? CONDS_NONE : group;
}

size_t conds_parent(const struct conds *conds, size_t group)
{
	return without_guard(conds, conds->v[group].parent);
}

size_t conds_around(const struct conds *conds, size_t item)
{
	size_t group = conds->of[item];
	bool own;

	if (group == CONDS_NONE)
		return CONDS_NONE;
	own = conds->v[group].open == item || conds->v[group].end == item;
	return own ? conds_parent(conds, group) : without_guard(conds, group);
}
