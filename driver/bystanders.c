// SPDX-License-Identifier: GPL-2.0-only
/*
 * git grep finds the candidates; each is read and judged by itself, as the
 * kinds of step judge a file before they change it.
 */
#include "bystanders.h"

#include "guard.h"
#include "lib/fs.h"
#include "lib/spelling.h"
#include "mentions.h"
#include "rename.h"

struct search {
	const struct repo *repo;
	const struct called_anew *what;
	const char *parent, *commit;
	struct strv *namesakes; /* of a file: two lists */
	char *guard;		/* owned: of a file, the old one; NULL */
	bool *local;		/* owned: by name: it is a .c file's own */
};

/* True in a directive, which may be a condition that tests the name. */
static bool tests(const struct items *items, const struct hit *hit)
{
	const struct tokens *t = &items->tokens;

	return hit->class != HIT_STRING && hit->class != HIT_COMMENT &&
	       t->v[token_at(t, hit->begin)].kind == TOKEN_DIRECTIVE;
}

static bool is_meant(enum hit_class class)
{
	return class == HIT_NAME || class == HIT_ARGUMENT ||
	       class == HIT_ASSEMBLER || class == HIT_UNKNOWN;
}

static bool has_old(const struct items *items, const char *path,
		    const char *name)
{
	struct hits hits = { 0 };
	bool found = false;

	hits_of_source(items, name, NULL, &hits);
	for (size_t i = 0; i < hits.nr && !found; i++)
		found = is_meant(hits.v[i].class) || tests(items, &hits.v[i]);
	hits_release(&hits);
	return found && stand_of(items, path, name, false, true).standing !=
				STANDS_PRIVATE;
}

static bool has_new(const struct items *items, const char *path,
		    const char *name)
{
	enum standing standing =
		stand_of(items, path, name, false, true).standing;
	bool found = standing == STANDS_DECLARED || standing == STANDS_DEFINED;
	struct hits hits = { 0 };

	hits_of_source(items, name, NULL, &hits);
	for (size_t i = 0; i < hits.nr && !found; i++)
		found = tests(items, &hits.v[i]);
	hits_release(&hits);
	return found;
}

static bool assembler_has(const struct buf *text, const char *name)
{
	struct hits hits = { 0 };
	bool found = false;

	hits_of_text(text, FILE_ASSEMBLER, name, &hits);
	for (size_t i = 0; i < hits.nr && !found; i++)
		found = hits.v[i].class == HIT_ASSEMBLER;
	hits_release(&hits);
	return found;
}

static bool is_left_behind(const struct search *s, const char *path,
			   const struct buf *text, const struct items *items)
{
	_cleanup_free_ char *there = world_of(path);

	for (size_t i = 0; i < s->what->nr; i++) {
		const struct name_change *r = &s->what->names[i];
		_cleanup_free_ char *here = world_of(r->home);

		if (s->local[i] || worlds_differ(here, there))
			continue;
		if (!r->old) {
			if (is_c_path(path) && has_new(items, path, r->new))
				return true;
			continue;
		}
		if (is_c_path(path) ? has_old(items, path, r->old) ||
					      has_new(items, path, r->new) :
				      assembler_has(text, r->old))
			return true;
	}
	return false;
}

static bool includes_it(const struct search *s, const char *path,
			const struct items *items)
{
	const struct called_anew *what = s->what;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *item = &items->v[i];

		if (item->kind == ITEM_INCLUDE && strlen(item->name) > 2 &&
		    (spelling_means(path, item->name, what->from,
				    &s->namesakes[0]) == MEANS_IT ||
		     spelling_means(path, item->name, what->to,
				    &s->namesakes[1]) != MEANS_OTHER))
			return true;
	}
	return false;
}

static bool has_guard(const struct search *s, const struct items *items)
{
	const char *guards[] = { s->guard, s->guard ? s->what->guard : NULL };
	bool found = false;

	for (size_t i = 0; i < ARRAY_SIZE(guards) && guards[i]; i++) {
		struct hits hits = { 0 };

		hits_of_source(items, guards[i], NULL, &hits);
		for (size_t k = 0; k < hits.nr; k++)
			found |= hits.v[k].class != HIT_COMMENT &&
				 hits.v[k].class != HIT_STRING;
		hits_release(&hits);
	}
	return found;
}

static int judge(const struct search *s, const char *path, struct strv *paths,
		 struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(items_release) struct items items = { 0 };

	if (strv_has(paths, path) ||
	    !(is_c_path(path) || ends_with(path, ".S")))
		return 0;
	if (repo_read(s->repo, s->commit, path, &text, err) < 0)
		return -1;
	items_parse(text.data, text.len, &items);
	if (s->what->from ?
		    includes_it(s, path, &items) || has_guard(s, &items) :
		    is_left_behind(s, path, &text, &items))
		strv_add(paths, path);
	return 0;
}

/* The guard that the file had. */
static int read_guard(struct search *s, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	int found;

	if (!s->what->guard)
		return 0;
	found = repo_read(s->repo, s->parent, s->what->from, &text, err);
	if (found > 0)
		s->guard = guard_name(text.data, text.len);
	return found < 0 ? -1 : 0;
}

/* Which of the old names were nobody else's. */
static int read_homes(struct search *s, struct error *err)
{
	s->local = xcalloc(s->what->nr, sizeof(*s->local));
	for (size_t i = 0; i < s->what->nr; i++) {
		const struct name_change *r = &s->what->names[i];
		_cleanup_(buf_release) struct buf text = BUF_INIT;
		_cleanup_(items_release) struct items items = { 0 };

		if (!r->old)
			continue;
		if (repo_read(s->repo, s->parent, r->home, &text, err) < 0)
			return -1;
		items_parse(text.data, text.len, &items);
		s->local[i] = stand_of(&items, r->home, r->old, false, true)
				      .standing == STANDS_PRIVATE;
	}
	return 0;
}

static int find_words(struct search *s, struct strv *ret, struct error *err)
{
	const struct called_anew *what = s->what;

	for (size_t i = 0; i < what->nr; i++) {
		if (!s->local[i] && what->names[i].old)
			strv_add(ret, what->names[i].old);
		if (!s->local[i])
			strv_add(ret, what->names[i].new);
	}
	if (!what->from)
		return 0;
	strv_add(ret, fs_basename(what->from));
	strv_add(ret, fs_basename(what->to));
	if (s->guard) {
		strv_add(ret, s->guard);
		strv_add(ret, what->guard);
	}
	return repo_namesakes(s->repo, s->parent, fs_basename(what->from),
			      &s->namesakes[0], err) ||
			       repo_namesakes(s->repo, s->commit,
					      fs_basename(what->to),
					      &s->namesakes[1], err) ?
		       -1 :
		       0;
}

int bystanders_add(const struct repo *repo, const struct called_anew *what,
		   const char *parent, const char *commit,
		   struct strv namesakes[2], struct strv *paths,
		   struct error *err)
{
	struct search s = { .repo = repo, .what = what, .parent = parent,
			    .commit = commit, .namesakes = namesakes };
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_(strv_release) struct strv found = STRV_INIT;
	int result = 0;

	if (!what->nr && !what->from)
		return 0;
	if (read_guard(&s, err) || read_homes(&s, err) ||
	    find_words(&s, &words, err) ||
	    (words.nr && repo_find(repo, commit, &words, &found, err)))
		result = -1;
	for (size_t i = 0; i < found.nr && !result; i++)
		result = judge(&s, found.v[i], paths, err);
	strv_sort(paths);
	free(s.guard);
	free(s.local);
	return result;
}
