// SPDX-License-Identifier: GPL-2.0-only
/*
 * What moved code sees where it goes. The uses of all moved functions, types and
 * variables are collected first, through the macros that move with them; then
 * each is looked for in the source, in its headers and in the destination.
 */
#include "header_move.h"

#include "include_needs.h"
#include "lib/hash.h"
#include "needs.h"
#include "splice.h"
#include "uses.h"

/* A name that the moved code uses. */
struct use {
	char *key;	   /* owned; tags have "#" before theirs */
	size_t user;	   /* item of the source */
	unsigned int line; /* of the first use */
	UT_hash_handle hh;
};

struct sight {
	const struct header_move *m;
	struct header *from, *to;
	struct use *uses; /* owned; in order */
	size_t user;	  /* the item at hand */
	struct strv back; /* the way from the source to the destination; empty when
			     there is none */
	bool to_sees_from;
};

void header_move_refuse(const struct header_move *m, const struct items *from)
{
	for (size_t i = 0; i < m->nr; i++) {
		const struct item *it = &from->v[m->moved[i]];

		drifts_add(m->drifts, DRIFT_DESTINATION, it->name, m->from,
			   it->line_begin, "move it to a header",
			   "'%s' is in a header and would go to a .c file, where "
			   "nobody who includes the header sees it", it->name);
	}
}

static const struct item *item(const struct sight *s, size_t i)
{
	return &s->from->items.v[i];
}

static const char *name_of(const struct use *use)
{
	return use->key + (use->key[0] == '#');
}

static const struct header_name *declares(struct header *header,
					  const struct use *use)
{
	return header_names_find(header_own_names(header), name_of(use),
				 strlen(name_of(use)), use->key[0] == '#');
}

static void note(void *data, const char *name, size_t len, enum use_form form,
		 unsigned int line)
{
	struct sight *s = data;
	_cleanup_free_ char *key = xasprintf(
		"%s%.*s", form == USE_TAG ? "#" : "", (int)len, name);
	struct use *use;
	size_t macro;

	HASH_FIND_STR(s->uses, key, use);
	if (use)
		return;
	use = xcalloc(1, sizeof(*use));
	*use = (struct use){ .key = xstrdup(key), .user = s->user,
			     .line = line };
	HASH_ADD_KEYPTR(hh, s->uses, use->key, strlen(use->key), use);
	macro = items_find(&s->from->items, ITEM_MACRO, key, 0);
	if (macro != ITEMS_NONE && needs_moves(s->m->moved, s->m->nr, macro))
		uses_of_item(&s->from->items, macro, note, s);
}

static void collect_uses(struct sight *s)
{
	for (size_t i = 0; i < s->m->nr; i++) {
		s->user = s->m->moved[i];
		if (item(s, s->user)->kind != ITEM_MACRO)
			uses_of_item(&s->from->items, s->user, note, s);
	}
}

/* Whether the file is included by the destination, once the step is applied. */
static int to_sees(const struct sight *s, const char *path, struct error *err)
{
	const struct header_move *m = s->m;
	int found = headers_path(m->headers, m->to, path, NULL, err);

	for (size_t i = 0; i < m->includes->nr && !found; i++) {
		_cleanup_free_ char *added = NULL;

		found = headers_resolve(m->headers, m->to, m->includes->v[i],
					&added, err);
		if (found > 0)
			found = headers_path(m->headers, added, path, NULL,
					     err);
	}
	return found;
}

/* An include of the step that leads back to the destination. */
static int check_cycles(const struct sight *s, struct error *err)
{
	const struct header_move *m = s->m;

	for (size_t i = 0; i < m->includes->nr; i++) {
		_cleanup_(strv_release) struct strv chain = STRV_INIT;
		_cleanup_free_ char *added = NULL, *text = NULL;
		int found = headers_resolve(m->headers, m->to,
					    m->includes->v[i], &added, err);

		strv_add(&chain, m->to);
		if (found > 0)
			found = headers_path(m->headers, added, m->to, &chain,
					     err);
		if (found < 0)
			return -1;
		if (!found)
			continue;
		text = strv_join(&chain, " -> ");
		drifts_add(m->drifts, DRIFT_INCLUDE, m->includes->v[i], m->to,
			   0, "move what is needed of it as well",
			   "%s would include itself: %s", m->to, text);
	}
	return 0;
}

/* What the source keeps: it cannot be had by a circle of includes. */
static void add_kept(const struct sight *s, const struct use *use,
		     const struct header_name *name)
{
	const struct header_move *m = s->m;
	_cleanup_free_ char *chain = strv_join(&s->back, " -> ");
	_cleanup_free_ char *suggestion = s->back.nr ?
		xasprintf("move '%s' too: %s must not include the source, which "
			  "includes it (%s)", name->name, m->to, chain) :
		xasprintf("move '%s' too, or include the source with 'Include:'",
			  name->name);

	drifts_add(m->drifts, DRIFT_INCLUDE, name->name, m->from, use->line,
		   suggestion,
		   "'%s' of line %u stays, and is not visible in %s to %s, "
		   "which moves", name->name, name->line, m->to,
		   item(s, use->user)->name);
}

static bool moves(const struct sight *s, const char *name, bool is_tag)
{
	for (size_t i = 0; i < s->m->nr; i++) {
		_cleanup_(strv_release) struct strv names = STRV_INIT;

		if (is_tag && streq(item(s, s->m->moved[i])->name, name))
			return true;
		items_names(&s->from->items, s->m->moved[i], &names);
		if (strv_has(&names, name))
			return true;
	}
	return false;
}

/* A forward declaration will do where only pointers go about. */
static bool has(struct header *header, const struct use *use)
{
	return declares(header, use) ||
	       (use->key[0] == '#' &&
		items_find(&header->items, ITEM_TYPE, name_of(use), 0) !=
			ITEMS_NONE);
}

/* Whether the destination has it, or a header that it includes: 1, 0, -1. */
static int to_has(const struct sight *s, const struct use *use,
		  struct error *err)
{
	struct header *to = s->to, *header;
	bool found = has(to, use);

	for (size_t i = 0; i < to->nr_includes && !found; i++) {
		if (header_ask_include(s->m->headers, to, i, err))
			return -1;
		if (!to->includes[i].path)
			continue;
		if (headers_get(s->m->headers, to->includes[i].path, &header,
				err) < 0)
			return -1;
		found = has(header, use);
	}
	return found;
}

static int check_kept(const struct sight *s, struct error *err)
{
	if (!ends_with(s->m->from, ".h") || s->to_sees_from)
		return 0;
	for (const struct use *use = s->uses; use; use = use->hh.next) {
		const struct header_name *name = declares(s->from, use);
		int found;

		if (!name || moves(s, name->name, name->is_tag))
			continue;
		found = to_has(s, use, err);
		if (found < 0)
			return -1;
		if (!found)
			add_kept(s, use, name);
	}
	return 0;
}

/* What the destination declares itself, but only below the place. */
static void check_order(const struct sight *s)
{
	const struct header_move *m = s->m;
	const struct items *items = &s->to->items;
	size_t place = splice_place(items, m->after);

	if (place == ITEMS_NONE)
		return;
	for (const struct use *use = s->uses; use; use = use->hh.next) {
		const struct header_name *name = declares(s->to, use);
		size_t i = name ? items_at_line(items, name->line) : 0;

		if (!name || i <= place)
			continue;
		drifts_add(m->drifts, DRIFT_INCLUDE, name->name, m->to,
			   name->line,
			   "name a later item in 'After:', or drop the key",
			   "'%s' stands below the place where %s goes, which "
			   "uses it", name->name, item(s, use->user)->name);
	}
}

/* The moved functions, types and variables, and the macros that they expand. */
static size_t *code_of(const struct sight *s, size_t *ret_nr)
{
	size_t *code = xcalloc(s->m->nr + 1, sizeof(*code)), nr = 0;

	for (size_t i = 0; i < s->m->nr; i++) {
		const struct item *it = item(s, s->m->moved[i]);
		struct use *use;

		HASH_FIND_STR(s->uses, it->name, use);
		if (it->kind != ITEM_MACRO || use)
			code[nr++] = s->m->moved[i];
	}
	*ret_nr = nr;
	return code;
}

static bool declares_any(struct header *header, const struct strv *names)
{
	const struct header_names *own = header_own_names(header);

	for (size_t i = 0; i < names->nr; i++)
		if (header_names_find(own, names->v[i], strlen(names->v[i]),
				      false) ||
		    header_names_find(own, names->v[i], strlen(names->v[i]),
				      true))
			return true;
	return false;
}

/* Whether the destination sees one of the source's headers that has the names. */
static int is_met(const struct sight *s, const struct include_need *need,
		  struct error *err)
{
	const struct header_move *m = s->m;
	int found = strv_has(m->includes, need->include) ?
			    1 : to_sees(s, need->path, err);

	for (size_t i = 0; i < s->from->nr_includes && !found; i++) {
		const struct header_include *line = &s->from->includes[i];
		struct header *header;

		if (!line->path || streq(line->path, m->to))
			continue;
		if (headers_get(m->headers, line->path, &header, err) < 0)
			return -1;
		if (declares_any(header, &need->names))
			found = to_sees(s, line->path, err);
	}
	return found;
}

static int check_include(const struct sight *s, const struct include_need *need,
			 struct error *err)
{
	const struct header_move *m = s->m;
	_cleanup_free_ char *suggestion = NULL, *names = NULL;
	int found = is_met(s, need, err);

	if (found)
		return found < 0 ? -1 : 0;
	names = strv_join(&need->names, ", ");
	found = headers_path(m->headers, need->path, m->to, NULL, err);
	suggestion = found ?
		xasprintf("move what uses it later, or move it first: %s "
			  "includes %s", need->path, m->to) :
		xasprintf("add 'Include: %s' to the step", need->include);
	drifts_add(m->drifts, DRIFT_INCLUDE, need->include, m->from, need->line,
		   suggestion, "%s does not include %s, which the moved code "
		   "needs for %s", m->to, need->include, names);
	if (!found)
		drifts_remedy(m->drifts, REMEDY_INCLUDE, need->include);
	return found < 0 ? -1 : 0;
}

static int check_includes(const struct sight *s, struct error *err)
{
	const struct header_move *m = s->m;
	struct include_cut cut = { .headers = m->headers, .from = m->from,
				   .to = m->to };
	size_t *code = code_of(s, &cut.nr);
	struct include_needs needs = { 0 };
	int result;

	cut.moved = code;
	result = include_needs_of(&cut, &needs, err);
	for (size_t i = 0; i < needs.nr && !result; i++)
		result = check_include(s, &needs.v[i], err);
	include_needs_release(&needs);
	free(code);
	return result;
}

static void sight_release(struct sight *s)
{
	struct use *use = s->uses, *next;

	HASH_CLEAR(hh, s->uses); /* the index; the list of entries stays */
	for (; use; use = next) {
		next = use->hh.next;
		free(use->key);
		free(use);
	}
	strv_release(&s->back);
}

static int look(struct sight *s, struct error *err)
{
	const struct header_move *m = s->m;
	int found;

	if (headers_get(m->headers, m->from, &s->from, err) < 0 ||
	    headers_get(m->headers, m->to, &s->to, err) < 0 ||
	    headers_path(m->headers, m->from, m->to, &s->back, err) < 0)
		return -1;
	found = to_sees(s, m->from, err);
	s->to_sees_from = found > 0;
	return found < 0 ? -1 : 0;
}

int header_move_sees(const struct header_move *m, struct error *err)
{
	struct sight s = { .m = m, .back = STRV_INIT };
	int result = look(&s, err);

	if (!result) {
		collect_uses(&s);
		check_order(&s);
		result = check_kept(&s, err) || check_cycles(&s, err) ||
				 check_includes(&s, err) ? -1 : 0;
	}
	sight_release(&s);
	return result;
}
