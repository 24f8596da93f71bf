// SPDX-License-Identifier: GPL-2.0-only
/*
 * One git grep over the base that prints each match, kept in the store under
 * the base's tree and the words. What the series' own commits changed is read
 * and looked through here, by the same idea of a word.
 */
#include "treewords.h"

#include "guard.h"
#include "lib/fs.h"
#include "lib/lex.h"

static void add_name_of(const char *path, struct strv *words)
{
	if (path)
		strv_add(words, fs_basename(path));
}

static bool moves_between_headers(const struct step *step)
{
	return step->kind == STEP_MOVE &&
	       (ends_with(step->from, ".h") || ends_with(step->to, ".h"));
}

/* Names and file names: what some kind asks for. */
static void collect(const struct series *series, struct strv *words)
{
	for (size_t i = 0; i < series->nr; i++) {
		const struct step *step = &series->steps[i];

		if (step->kind == STEP_RENAME_FILE) {
			add_name_of(step->from, words);
			add_name_of(step->to, words);
			if (step->guard)
				strv_add(words, step->guard);
		}
		if (step->kind != STEP_RENAME && step->kind != STEP_PROMOTE &&
		    !moves_between_headers(step))
			continue;
		strv_add_list(words, &step->names);
		for (size_t n = 0; n < step->nr_renames; n++)
			strv_add(words, step->renames[n].new);
	}
	strv_uniq(words);
}

/* Guards that are to be renamed, as the base has them; else they are not known. */
static void add_guards(const struct session *s, struct strv *words)
{
	for (size_t i = 0; i < s->series.nr; i++) {
		const struct step *step = &s->series.steps[i];
		_cleanup_(buf_release) struct buf text = BUF_INIT;
		_cleanup_(error_release) struct error ignored = ERROR_INIT;
		_cleanup_free_ char *guard = NULL;

		if (step->kind != STEP_RENAME_FILE || !step->guard ||
		    repo_read(&s->repo, s->base, step->from, &text,
			      &ignored) <= 0)
			continue;
		guard = guard_name(text.data, text.len);
		if (guard)
			strv_add(words, guard);
	}
	strv_uniq(words);
}

void treewords_init(struct treewords *words, const struct session *s)
{
	*words = (struct treewords){ .s = s, .words = STRV_INIT };
	collect(&s->series, &words->words);
	add_guards(s, &words->words);
}

void treewords_release(struct treewords *words)
{
	strv_release(&words->words);
	json_decref(words->hits);
	words->hits = NULL;
}

static void add_hit(json_t *hits, const char *path, size_t word)
{
	json_t *list = json_object_get(hits, path), *known;
	size_t i;

	if (!list) {
		list = json_array();
		json_object_set_new_nocheck(hits, path, list);
	}
	json_array_foreach(list, i, known)
		if (json_integer_value(known) == (json_int_t)word)
			return;
	json_array_append_new(list, json_integer((json_int_t)word));
}

/*
 * Where "regs" and "regs.h" both match, git tells one of them: a file that holds
 * the one is taken to hold the other. Whoever asked reads the file anyway.
 */
static void take_match(void *data, const char *path, const char *word)
{
	struct treewords *words = data;

	for (size_t i = 0; i < words->words.nr; i++) {
		const char *known = words->words.v[i];

		if (mentions(known, strlen(known), word) ||
		    mentions(word, strlen(word), known))
			add_hit(words->hits, path, i);
	}
}

static int look_through(struct treewords *words, struct error *err)
{
	const struct session *s = words->s;
	struct store_hash *h = session_hash(s, "words");
	_cleanup_free_ char *tree = NULL;
	struct store_key key;
	int found;

	for (size_t i = 0; i < words->words.nr; i++)
		store_hash_str(h, words->words.v[i]);
	if (repo_tree_id(&s->repo, s->base, &tree, err)) {
		store_hash_end(h);
		return -1;
	}
	store_hash_str(h, tree);
	key = store_hash_end(h);
	found = session_get(s, "words", &key, &words->hits, err);
	if (found)
		return found < 0 ? -1 : 0;
	words->hits = json_object();
	if (repo_matches(&s->repo, s->base, &words->words, take_match, words,
			 err)) {
		json_decref(words->hits);
		words->hits = NULL;
		return -1;
	}
	return session_put(s, "words", &key, words->hits, err);
}

static bool is_known(const struct treewords *words, const struct strv *wanted)
{
	for (size_t i = 0; i < wanted->nr; i++)
		if (!strv_has(&words->words, wanted->v[i]))
			return false;
	return true;
}

/* True when the base's file holds a wanted word. */
static bool is_hit(const struct treewords *words, json_t *list,
		   const struct strv *wanted)
{
	json_t *index;
	size_t i;

	json_array_foreach(list, i, index) {
		size_t word = (size_t)json_integer_value(index);

		if (word < words->words.nr &&
		    strv_has(wanted, words->words.v[word]))
			return true;
	}
	return false;
}

static int look_into(const struct treewords *words, const char *commit,
		     const char *path, const struct strv *wanted,
		     struct strv *ret, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	int found = repo_read(&words->s->repo, commit, path, &text, err);

	if (found <= 0)
		return found;
	for (size_t i = 0; i < wanted->nr; i++)
		if (mentions(text.data, text.len, wanted->v[i])) {
			strv_add(ret, path);
			break;
		}
	return 0;
}

int treewords_find(struct treewords *words, const char *commit,
	       const struct strv *wanted, struct strv *ret, struct error *err)
{
	const struct session *s = words->s;
	_cleanup_(strv_release) struct strv changed = STRV_INIT;
	const char *path;
	json_t *list;

	if (!is_known(words, wanted))
		return repo_find(&s->repo, commit, wanted, ret, err);
	if ((!words->hits && look_through(words, err)) ||
	    repo_changed(&s->repo, s->base, commit, &changed, err))
		return -1;
	json_object_foreach(words->hits, path, list)
		if (is_hit(words, list, wanted) && !strv_has(&changed, path))
			strv_add(ret, path);
	for (size_t i = 0; i < changed.nr; i++)
		if (look_into(words, commit, changed.v[i], wanted, ret, err))
			return -1;
	strv_sort(ret);
	return 0;
}
