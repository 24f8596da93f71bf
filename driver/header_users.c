// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who sees moved code where it goes. The tree is searched for the names; a file
 * counts as a user when it refers to one, has no definition of its own, and
 * includes the source today: what has the same name in another driver or for
 * another processor does not.
 */
#include "header_move.h"

#include "needs.h"
#include "splice.h"
#include "uses.h"

struct showing {
	const struct header_move *m;
	struct header *from, *to;
	struct strv names; /* owned: what the moved items declare, */
	struct strv tags;  /* of which these are tags */
	bool from_sees_to; /* by itself, whatever includes the two */
};

/* The first use of one of the names. */
struct first_use {
	const struct showing *s;
	char *name; /* owned; NULL: none yet */
	unsigned int line;
};

static void match(void *data, const char *name, size_t len,
		  enum use_form form, unsigned int line)
{
	struct first_use *first = data;
	const struct strv *names = form == USE_TAG ? &first->s->tags :
						     &first->s->names;

	for (size_t i = 0; i < names->nr && !first->name; i++)
		if (strlen(names->v[i]) == len &&
		    !memcmp(names->v[i], name, len)) {
			first->name = xstrndup(name, len);
			first->line = line;
		}
}

/* Code that is read where it stands: a macro's body is not, nor an export. */
static bool reads_here(const struct item *it)
{
	return it->kind != ITEM_MACRO && it->kind != ITEM_UNDEF &&
	       it->kind != ITEM_INCLUDE && it->kind != ITEM_COMMENT;
}

/* Looks through the items from first up to last, macros left out or not. */
static bool find_use(const struct items *items, size_t first, size_t last,
		     bool macros, struct first_use *ret)
{
	free(ret->name);
	ret->name = NULL;
	for (size_t i = first; i < last && !ret->name; i++) {
		const struct item *it = &items->v[i];

		if (it->kind == ITEM_PROTOTYPE &&
		    strv_has(&ret->s->names, it->name))
			continue;
		if (macros || reads_here(it))
			uses_of_item(items, i, match, ret);
	}
	return ret->name != NULL;
}

/* As find_use(), for what stays in the source. */
static bool find_staying_use(const struct showing *s, size_t last,
			     struct first_use *ret)
{
	for (size_t i = 0; i < last; i++)
		if (!needs_moves(s->m->moved, s->m->nr, i) &&
		    s->from->items.v[i].kind != ITEM_EXPORT &&
		    find_use(&s->from->items, i, i + 1, false, ret))
			return true;
	return false;
}

/* The item of the source's line that leads to the destination. */
static int find_include(const struct showing *s, size_t *ret, struct error *err)
{
	const struct items *items = &s->from->items;
	size_t include = 0;

	*ret = ITEMS_NONE;
	for (size_t i = 0; i < items->nr; i++) {
		const struct header_include *line;
		int found;

		if (items->v[i].kind != ITEM_INCLUDE)
			continue;
		if (header_ask_include(s->m->headers, s->from, include, err))
			return -1;
		line = &s->from->includes[include++];
		found = line->path ? headers_path(s->m->headers, line->path,
						  s->m->to, NULL, err) : 0;
		if (found < 0)
			return -1;
		if (!found)
			continue;
		*ret = i;
		return 0;
	}
	return 0;
}

/* The source itself. */
static int check_source(struct showing *s, struct error *err)
{
	const struct header_move *m = s->m;
	struct first_use use = { .s = s };
	size_t include;

	if (find_include(s, &include, err))
		return -1;
	s->from_sees_to = include != ITEMS_NONE;
	if (!s->from_sees_to) {
		if (find_staying_use(s, s->from->items.nr, &use))
			drifts_add(m->drifts, DRIFT_INCLUDE, use.name, m->from,
				   use.line,
				   "let it include the destination in a step "
				   "before this one",
				   "'%s' is still used here, and %s is not "
				   "included", use.name, m->to);
	} else if (find_staying_use(s, include, &use)) {
		drifts_add(m->drifts, DRIFT_INCLUDE, use.name, m->from,
			   use.line,
			   "let it include the destination above this line",
			   "'%s' is used above the line that includes %s",
			   use.name, m->to);
	}
	free(use.name);
	return 0;
}

/* What the destination holds above the place. */
static void check_destination(const struct showing *s)
{
	const struct header_move *m = s->m;
	const struct items *items = &s->to->items;
	size_t place = splice_place(items, m->after);
	struct first_use use = { .s = s };

	if (place != ITEMS_NONE && find_use(items, 0, place + 1, false, &use))
		drifts_add(m->drifts, DRIFT_INCLUDE, use.name, m->to, use.line,
			   "name an earlier item in 'After:'",
			   "'%s' is used here, above the place where it goes",
			   use.name);
	free(use.name);
}

/* A definition of its own: a static of that name, a macro. */
static const struct item *own_definition(const struct showing *s,
					 const struct items *items)
{
	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];

		if (item_is_definition(it) && *it->name &&
		    strv_has(it->kind == ITEM_TYPE ? &s->tags : &s->names,
			     it->name))
			return it;
	}
	return NULL;
}

/* A file that defines the name itself must not come to see the other one. */
static int check_clash(const struct showing *s, const struct header *file,
		       const struct item *own, bool sees_from,
		       struct error *err)
{
	int found = sees_from ? 0 : headers_path(s->m->headers, file->path,
						 s->m->to, NULL, err);

	if (found > 0)
		drifts_add(s->m->drifts, DRIFT_INCLUDE, own->name, file->path,
			   own->line_begin, "rename one of the two first",
			   "'%s' is defined here, and would be in %s, which is "
			   "included", own->name, s->m->to);
	return found < 0 ? -1 : 0;
}

static int check_user(const struct showing *s, struct header *file,
		      struct error *err)
{
	const struct header_move *m = s->m;
	struct first_use use = { .s = s };
	const struct item *own = own_definition(s, &file->items);
	int sees_from = headers_path(m->headers, file->path, m->from, NULL,
				     err);
	int found = 1;

	if (sees_from < 0)
		return -1;
	if (own)
		return check_clash(s, file, own, sees_from > 0, err);
	if (!sees_from || s->from_sees_to ||
	    !find_use(&file->items, 0, file->items.nr, true, &use))
		return 0;
	found = headers_path(m->headers, file->path, m->to, NULL, err);
	if (!found)
		drifts_add(m->drifts, DRIFT_INCLUDE, use.name, file->path,
			   use.line,
			   "let it include the destination in a step before "
			   "this one",
			   "'%s' is used here, and %s is not included, only %s",
			   use.name, m->to, m->from);
	free(use.name);
	return found < 0 ? -1 : 0;
}

static bool is_c(const char *path)
{
	return ends_with(path, ".c") || ends_with(path, ".h") ||
	       ends_with(path, ".S");
}

static int check_users(const struct showing *s, struct error *err)
{
	const struct header_move *m = s->m;
	_cleanup_(strv_release) struct strv paths = STRV_INIT;
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	int result;

	strv_add_list(&words, &s->names);
	strv_add_list(&words, &s->tags);
	result = edits_find(m->edits, &words, &paths, err);
	for (size_t i = 0; i < paths.nr && !result; i++) {
		struct header *file;

		if (!is_c(paths.v[i]) || streq(paths.v[i], m->from) ||
		    streq(paths.v[i], m->to))
			continue;
		result = headers_get(m->headers, paths.v[i], &file, err);
		result = result > 0 ? check_user(s, file, err) : result;
	}
	return result;
}

/* The tag, when there is one, is the first of a type's names. */
static void add_names(struct showing *s, size_t i)
{
	const struct item *it = &s->from->items.v[i];
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	size_t skip = it->kind == ITEM_TYPE && *it->name;

	items_names(&s->from->items, i, &names);
	if (skip)
		strv_add(&s->tags, it->name);
	for (size_t n = skip; n < names.nr; n++)
		strv_add(&s->names, names.v[n]);
}

int header_move_shows(const struct header_move *m, struct error *err)
{
	struct showing s = { .m = m };
	int result = 0;

	if (headers_get(m->headers, m->from, &s.from, err) < 0 ||
	    headers_get(m->headers, m->to, &s.to, err) < 0)
		return -1;
	for (size_t i = 0; i < m->nr; i++)
		add_names(&s, m->moved[i]);
	result = check_source(&s, err);
	check_destination(&s);
	if (!result && ends_with(m->from, ".h"))
		result = check_users(&s, err);
	strv_release(&s.names);
	strv_release(&s.tags);
	return result;
}
