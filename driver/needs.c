// SPDX-License-Identifier: GPL-2.0-only
/*
 * Needs of a cut: a table of what is private to the file, and one walk over all
 * items, each on its side of the cut, that looks for names of the other side.
 */
#include "needs.h"

#include "conds.h"
#include "lib/hash.h"
#include "lib/strv.h"
#include "lib/util.h"
#include "uses.h"

enum side { SIDE_LEFT, SIDE_MOVED, SIDE_NONE };

/* A name that only this file knows. Tags have "#" before theirs. */
struct private {
	char *key;
	enum item_kind kind; /* function, variable, macro, type */
	size_t item;	     /* its definition; a prototype if there is none */
	enum side side;
	bool needed;	     /* is in the list already */
	UT_hash_handle hh;
};

struct search {
	const struct items *items;
	enum side *side;      /* owned; one per item */
	struct private *table; /* owned */
	struct needs *ret;
	size_t user;	      /* the item at hand */
};

const char *need_kind_name(enum need_kind kind)
{
	static const char *const names[] = {
		[NEED_PROMOTE_MOVED] = "promote-moved",
		[NEED_PROMOTE_LEFT] = "promote-left",
		[NEED_SHARED_DATA] = "shared-data",
		[NEED_MACRO] = "macro",
		[NEED_UNDEF] = "undef",
		[NEED_TYPE] = "type",
	};

	return names[kind];
}

static struct private *look_up(const struct search *s, const char *key,
			       size_t len)
{
	struct private *p;

	HASH_FIND(hh, s->table, key, len, p);
	return p;
}

/* The first definition counts: others stand under another #if. */
static void add_private(struct search *s, const char *prefix, const char *name,
			enum item_kind kind, size_t item)
{
	_cleanup_free_ char *key = xasprintf("%s%s", prefix, name);
	struct private *p;

	if (!*name || look_up(s, key, strlen(key)))
		return;
	p = xcalloc(1, sizeof(*p));
	*p = (struct private){
		.key = xstrdup(key), .kind = kind, .item = item,
		.side = s->side[item],
	};
	HASH_ADD_KEYPTR(hh, s->table, p->key, strlen(p->key), p);
}

static void add_names(struct search *s, enum item_kind kind, size_t item,
		      size_t skip)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	items_names(s->items, item, &names);
	for (size_t i = skip; i < names.nr; i++)
		add_private(s, "", names.v[i], kind, item);
}

static void add_function(struct search *s, size_t item)
{
	const struct item *it = &s->items->v[item];
	size_t definition;

	if (!it->is_static)
		return;
	definition = items_find(s->items, ITEM_FUNCTION, it->name, 0);
	add_private(s, "", it->name, ITEM_FUNCTION,
		    definition == ITEMS_NONE ? item : definition);
}

/* A type with members or enumerators, not only a forward declaration. */
static bool defines_type(const struct items *items, const struct item *it)
{
	for (size_t i = it->token_begin; i < it->token_end; i++)
		if (token_is(&items->tokens, i, "{"))
			return true;
	return false;
}

/* The tag, when there is one, is the first of an item's names. */
static void add_type(struct search *s, size_t item)
{
	const struct item *it = &s->items->v[item];

	if (!defines_type(s->items, it))
		return;
	if (*it->name)
		add_private(s, "#", it->name, ITEM_TYPE, item);
	if (it->argument && streq(it->argument, "enum"))
		add_names(s, ITEM_TYPE, item, *it->name ? 1 : 0);
}

static void fill_table(struct search *s)
{
	for (size_t i = 0; i < s->items->nr; i++) {
		const struct item *it = &s->items->v[i];

		if (it->kind == ITEM_FUNCTION || it->kind == ITEM_PROTOTYPE)
			add_function(s, i);
		else if (it->kind == ITEM_VARIABLE && it->is_static)
			add_names(s, ITEM_VARIABLE, i, 0);
		else if (it->kind == ITEM_MACRO || it->kind == ITEM_TYPEDEF)
			add_names(s, it->kind, i, 0);
		else if (it->kind == ITEM_TYPE)
			add_type(s, i);
	}
	for (size_t i = 0; i < s->items->nr; i++)
		if (s->items->v[i].kind == ITEM_UNDEF &&
		    s->side[i] == SIDE_LEFT)
			add_private(s, "", s->items->v[i].name, ITEM_UNDEF, i);
}

static enum side side_of_prototype(const struct search *s, size_t item)
{
	size_t definition = items_find(s->items, ITEM_FUNCTION,
				       s->items->v[item].name, 0);

	return definition != ITEMS_NONE && s->side[definition] == SIDE_MOVED ?
		       SIDE_NONE : SIDE_LEFT;
}

/* Conditions around a moved item go with it, and stay for what stays. */
static void fill_sides(struct search *s, const size_t *moved, size_t nr)
{
	s->side = xcalloc(s->items->nr, sizeof(*s->side));
	for (size_t i = 0; i < nr; i++)
		s->side[moved[i]] = SIDE_MOVED;
	for (size_t i = 0; i < s->items->nr; i++) {
		const struct item *it = &s->items->v[i];

		if (s->side[i] == SIDE_MOVED)
			continue;
		if (it->kind == ITEM_EXPORT && it->owner != ITEMS_NONE &&
		    s->side[it->owner] == SIDE_MOVED)
			s->side[i] = SIDE_NONE;
		if (it->kind == ITEM_PROTOTYPE)
			s->side[i] = side_of_prototype(s, i);
	}
}

static enum need_kind need_kind(const struct private *p)
{
	switch (p->kind) {
	case ITEM_FUNCTION:
		return p->side == SIDE_MOVED ? NEED_PROMOTE_MOVED :
					       NEED_PROMOTE_LEFT;
	case ITEM_VARIABLE:
		return NEED_SHARED_DATA;
	case ITEM_MACRO:
		return NEED_MACRO;
	case ITEM_UNDEF:
		return NEED_UNDEF;
	default:
		return NEED_TYPE;
	}
}

static void add_need(struct search *s, struct private *p, unsigned int line)
{
	const struct item *user = &s->items->v[s->user];
	const char *name = p->key[0] == '#' ? p->key + 1 : p->key;

	p->needed = true;
	ARRAY_GROW(s->ret->v, s->ret->nr, s->ret->alloc);
	s->ret->v[s->ret->nr++] = (struct need){
		.kind = need_kind(p),
		.name = xstrdup(name),
		.moved = p->side == SIDE_MOVED,
		.user = xstrdup(user->name),
		.line = line,
		.definition_line = s->items->v[p->item].line_begin,
	};
}

static void use(struct search *s, enum side side, const char *name, size_t len,
		enum use_form form, unsigned int line)
{
	_cleanup_free_ char *key = xasprintf("%s%.*s",
					     form == USE_TAG ? "#" : "",
					     (int)len, name);
	struct private *p = look_up(s, key, strlen(key));

	if (!p || p->needed || p->side == side || p->item == s->user ||
	    (form == USE_PASTED && p->kind == ITEM_FUNCTION) ||
	    (p->kind == ITEM_UNDEF && p->item > s->user))
		return;
	add_need(s, p, line);
}

static void use_by_item(void *data, const char *name, size_t len,
			enum use_form form, unsigned int line)
{
	struct search *s = data;

	use(s, s->side[s->user], name, len, form, line);
}

static void use_by_condition(void *data, const char *name, size_t len,
			     enum use_form form, unsigned int line)
{
	use(data, SIDE_MOVED, name, len, form, line);
}

/* The conditions that a moved item takes along, from the inside out. */
static void walk_conditions(struct search *s, const struct conds *conds,
			    size_t item)
{
	size_t group = conds_around(conds, item);

	for (; group != CONDS_NONE; group = conds_parent(conds, group)) {
		s->user = conds->v[group].open;
		uses_of_item(s->items, s->user, use_by_condition, s);
	}
}

static void walk_items(struct search *s)
{
	struct conds conds;

	conds_build(s->items, &conds);
	for (size_t i = 0; i < s->items->nr; i++) {
		if (s->side[i] == SIDE_NONE)
			continue;
		s->user = i;
		uses_of_item(s->items, i, use_by_item, s);
		if (s->side[i] == SIDE_MOVED)
			walk_conditions(s, &conds, i);
	}
	conds_release(&conds);
}

static int compare(const void *a, const void *b)
{
	const struct need *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void free_table(struct search *s)
{
	struct private *p = s->table, *next;

	HASH_CLEAR(hh, s->table); /* the index; the list of entries stays */
	for (; p; p = next) {
		next = p->hh.next;
		free(p->key);
		free(p);
	}
}

void needs_of_cut(const struct items *items, const size_t *moved, size_t nr,
		  struct needs *ret)
{
	struct search s = { .items = items, .ret = ret };

	*ret = (struct needs){ 0 };
	fill_sides(&s, moved, nr);
	fill_table(&s);
	walk_items(&s);
	if (ret->nr)
		qsort(ret->v, ret->nr, sizeof(*ret->v), compare);
	free_table(&s);
	free(s.side);
}

bool needs_moves(const size_t *moved, size_t nr, size_t item)
{
	for (size_t i = 0; i < nr; i++)
		if (moved[i] == item)
			return true;
	return false;
}

bool needs_prototype(const struct items *items, const size_t *moved, size_t nr,
		     size_t definition)
{
	const char *name = items->v[definition].name;

	for (size_t i = 0; i < nr; i++)
		if (moved[i] < definition && uses_name(items, moved[i], name))
			return true;
	return false;
}

void needs_release(struct needs *needs)
{
	for (size_t i = 0; i < needs->nr; i++) {
		free(needs->v[i].name);
		free(needs->v[i].user);
	}
	free(needs->v);
	*needs = (struct needs){ 0 };
}
