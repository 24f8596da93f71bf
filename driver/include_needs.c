// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every name that the moved code uses is looked up in every header that the
 * source includes. One that only a single header declares decides first; what is
 * declared in several is then often met by those already.
 */
#include "include_needs.h"

#include "lib/fs.h"
#include "lib/hash.h"
#include "uses.h"

/* A name that moved code uses. */
struct used {
	char *key; /* owned; tags have "#" before theirs */
	bool is_met;
	UT_hash_handle hh;
};

/* An #include line of the source and the headers that it stands for. */
struct candidate {
	struct header_list files; /* the header, then what it fronts for */
	char *include;	   /* owned: as the destination spells it */
	struct strv names; /* that ask for it */
	unsigned int line;
};

struct search {
	const struct include_cut *cut;
	struct header *from;
	struct used *used; /* owned; in order of use */
	struct candidate *v;
	size_t nr, alloc;
};

/* Static names, macros and types of the source are for needs.h. */
static bool is_private(const struct items *items, const char *name)
{
	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];

		if (item_is_definition(it) && streq(it->name, name))
			return it->is_static || it->kind == ITEM_MACRO ||
			       it->kind == ITEM_TYPE ||
			       it->kind == ITEM_TYPEDEF;
	}
	return false;
}

static void note_use(void *data, const char *name, size_t len,
		     enum use_form form, unsigned int line)
{
	struct search *s = data;
	_cleanup_free_ char *key = xasprintf(
		"%s%.*s", form == USE_TAG ? "#" : "", (int)len, name);
	struct used *used;

	(void)line;
	HASH_FIND_STR(s->used, key, used);
	if (used)
		return;
	used = xcalloc(1, sizeof(*used));
	used->key = xstrdup(key);
	used->is_met = is_private(&s->from->items,
				  key + (form == USE_TAG));
	HASH_ADD_KEYPTR(hh, s->used, used->key, strlen(used->key), used);
}

static void collect_uses(struct search *s)
{
	const struct items *items = &s->from->items;

	for (size_t i = 0; i < s->cut->nr; i++) {
		size_t moved = s->cut->moved[i];

		uses_of_item(items, moved, note_use, s);
		for (size_t k = moved + 1; k < items->nr; k++)
			if (items->v[k].kind == ITEM_EXPORT &&
			    items->v[k].owner == moved)
				uses_of_item(items, k, note_use, s);
	}
}

static const struct header_name *declares(const struct candidate *c,
					  const char *key)
{
	const struct header_name *name = NULL;
	bool is_tag = key[0] == '#';

	for (size_t i = 0; i < c->files.nr && !name; i++)
		name = header_names_find(header_own_names(c->files.v[i]),
					 key + is_tag, strlen(key + is_tag),
					 is_tag);
	return name;
}

/* The façade's path in *ret when there is one that includes the header: 1, 0, -1. */
static int find_facade(struct headers *h, const char *from,
		       const char *include, char **ret_include,
		       struct header **ret, struct error *err)
{
	_cleanup_free_ char *facade = header_facade(include);
	_cleanup_free_ char *path = NULL;
	int found = facade ? headers_resolve(h, from, facade, &path, err) : 0;

	if (found > 0)
		found = headers_get(h, path, ret, err);
	if (found <= 0 || !header_includes(&(*ret)->items, include))
		return found < 0 ? -1 : 0;
	free(*ret_include);
	*ret_include = xstrdup(facade);
	return 1;
}

/* A quoted name for path that a file in another folder can use. */
static char *spell_for(const char *to, const char *path)
{
	_cleanup_free_ char *dir = fs_dirname(to);
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	while (!streq(dir, ".")) {
		size_t len = strlen(dir);
		char *above;

		if (starts_with(path, dir) && path[len] == '/')
			return xasprintf("\"%s%s\"", text.data, path + len + 1);
		above = fs_dirname(dir);
		free(dir);
		dir = above;
		buf_addstr(&text, "../");
	}
	return xasprintf("\"%s%s\"", text.data, path);
}

/* The source's own spelling, unless the destination's folder gives it no sense. */
static int spell(const struct search *s, const char *include,
		 const struct header *header, char **ret, struct error *err)
{
	_cleanup_free_ char *path = NULL;
	int found = headers_resolve(s->cut->headers, s->cut->to, include, &path,
				    err);

	if (found < 0)
		return -1;
	*ret = include[0] == '<' || (found && streq(path, header->path)) ?
		       xstrdup(include) : spell_for(s->cut->to, header->path);
	return 0;
}

static void release_candidate(struct candidate *c)
{
	free(c->files.v);
	free(c->include);
	strv_release(&c->names);
}

static bool is_known(const struct search *s, const struct header *header)
{
	for (size_t i = 0; i < s->nr; i++)
		if (s->v[i].files.v[0] == header)
			return true;
	return false;
}

/* One #include line of a file: 1 and the candidate, 0 when it means no file, -1. */
static int make_candidate(const struct search *s, struct header *file,
			  size_t i, struct candidate *ret, struct error *err)
{
	struct headers *h = s->cut->headers;
	struct candidate c = { .names = STRV_INIT };
	struct header *header, *facade;
	const char *name = file->includes[i].name;
	int found;

	if (header_ask_include(h, file, i, err))
		return -1;
	if (!file->includes[i].path)
		return 0;
	found = headers_get(h, file->includes[i].path, &header, err);
	if (found <= 0 || spell(s, name, header, &c.include, err))
		return found < 0 ? -1 : found ? -1 : 0;
	found = find_facade(h, file->path, name, &c.include, &facade, err);
	header_list_add(&c.files, found > 0 ? facade : header);
	header_list_add(&c.files, header);
	if (found < 0 || headers_behind(h, c.include, &c.files, err)) {
		release_candidate(&c);
		return -1;
	}
	*ret = c;
	return 1;
}

static int collect_candidates(struct search *s, struct error *err)
{
	struct header *from = s->from;
	size_t include = 0;

	for (size_t i = 0; i < from->items.nr; i++) {
		struct candidate c;
		int found;

		if (from->items.v[i].kind != ITEM_INCLUDE)
			continue;
		found = make_candidate(s, from, include++, &c, err);
		if (found < 0)
			return -1;
		if (!found)
			continue;
		if (is_known(s, c.files.v[0])) {
			release_candidate(&c);
			continue;
		}
		c.line = from->items.v[i].line_begin;
		ARRAY_GROW(s->v, s->nr, s->alloc);
		s->v[s->nr++] = c;
	}
	return 0;
}

/* What the destination has: its own names and those of what it includes. */
static int meet_by_destination(struct search *s, struct error *err)
{
	struct header *to;
	struct candidate own = { .names = STRV_INIT };
	int found = headers_get(s->cut->headers, s->cut->to, &to, err);

	if (found <= 0)
		return found;
	header_list_add(&own.files, to);
	for (struct used *u = s->used; u; u = u->hh.next)
		u->is_met |= declares(&own, u->key) != NULL;
	release_candidate(&own);
	for (size_t i = 0; i < to->nr_includes; i++) {
		struct candidate c;

		found = make_candidate(s, to, i, &c, err);
		if (found < 0)
			return -1;
		if (!found)
			continue;
		for (struct used *u = s->used; u; u = u->hh.next)
			u->is_met |= declares(&c, u->key) != NULL;
		release_candidate(&c);
	}
	return 0;
}

/* The only candidate that declares the name; NULL, and whether any does. */
static struct candidate *only_one(const struct search *s, const char *key)
{
	struct candidate *only = NULL;

	for (size_t i = 0; i < s->nr; i++) {
		if (!declares(&s->v[i], key))
			continue;
		if (only)
			return NULL;
		only = &s->v[i];
	}
	return only;
}

static struct candidate *best_one(const struct search *s, const char *key)
{
	struct candidate *first = NULL;

	for (size_t i = 0; i < s->nr; i++) {
		if (!declares(&s->v[i], key))
			continue;
		if (s->v[i].names.nr)
			return &s->v[i];
		if (!first)
			first = &s->v[i];
	}
	return first;
}

static void ask(struct used *u, struct candidate *c)
{
	if (!c)
		return;
	strv_add(&c->names, u->key + (u->key[0] == '#'));
	u->is_met = true;
}

static void choose(struct search *s)
{
	for (struct used *u = s->used; u; u = u->hh.next)
		if (!u->is_met)
			ask(u, only_one(s, u->key));
	for (struct used *u = s->used; u; u = u->hh.next)
		if (!u->is_met)
			ask(u, best_one(s, u->key));
}

static void give(struct search *s, struct include_needs *ret)
{
	for (size_t i = 0; i < s->nr; i++) {
		struct candidate *c = &s->v[i];

		if (!c->names.nr || streq(c->files.v[0]->path, s->cut->to))
			continue;
		ARRAY_GROW(ret->v, ret->nr, ret->alloc);
		ret->v[ret->nr++] = (struct include_need){
			.include = xstrdup(c->include),
			.path = xstrdup(c->files.v[0]->path), .names = c->names,
			.line = c->line,
		};
		c->names = (struct strv)STRV_INIT;
	}
}

static void search_release(struct search *s)
{
	struct used *u = s->used, *next;

	HASH_CLEAR(hh, s->used); /* the index; the list of entries stays */
	for (; u; u = next) {
		next = u->hh.next;
		free(u->key);
		free(u);
	}
	for (size_t i = 0; i < s->nr; i++)
		release_candidate(&s->v[i]);
	free(s->v);
}

int include_needs_of(const struct include_cut *cut, struct include_needs *ret,
		     struct error *err)
{
	struct search s = { .cut = cut };
	int result;

	*ret = (struct include_needs){ 0 };
	if (headers_get(cut->headers, cut->from, &s.from, err) < 0)
		return -1;
	collect_uses(&s);
	result = collect_candidates(&s, err) || meet_by_destination(&s, err) ?
			 -1 : 0;
	if (!result) {
		choose(&s);
		give(&s, ret);
	}
	search_release(&s);
	return result;
}

void include_needs_release(struct include_needs *needs)
{
	for (size_t i = 0; i < needs->nr; i++) {
		free(needs->v[i].include);
		free(needs->v[i].path);
		strv_release(&needs->v[i].names);
	}
	free(needs->v);
	*needs = (struct include_needs){ 0 };
}
