// SPDX-License-Identifier: GPL-2.0-only
/*
 * extract: code becomes a helper of its own in the same file, by the '+' lines
 * of the rules. spatch edits, as in a transform, but what it may touch is known:
 * the functions that the rules name lose code, and the helpers appear. Whatever
 * else came out changed is drift, because nobody asked for it.
 */
#include "kind.h"

static const struct touched *find_touched(const struct job *job,
					  const char *name)
{
	for (size_t i = 0; i < job->applied->nr; i++)
		if (streq(job->applied->items[i].name, name))
			return &job->applied->items[i];
	return NULL;
}

static void check_touched(const struct job *job)
{
	const struct step *step = job->step;

	for (size_t i = 0; i < job->applied->nr; i++) {
		const struct touched *t = &job->applied->items[i];
		bool helper = strv_has(&step->helpers, t->name);
		bool caller = strv_has(&step->names, t->name);

		if (helper ? !*t->from : caller && *t->from && *t->to)
			continue;
		drifts_add(job->drifts, DRIFT_DISAGREE, t->name, step->from, 0,
			   *t->from && *t->to ?
				   "name its whole definition in the rule, or narrow the rule" :
				   NULL,
			   "the rules %s %s '%s', which the step does not say",
			   !*t->from ? "add" : !*t->to ? "remove" : "change",
			   t->what, t->name);
	}
}

/* Each helper came, is a function and is static; each caller lost something. */
static void check_helpers(const struct job *job, const struct items *items)
{
	const struct strv *helpers = &job->step->helpers;

	for (size_t i = 0; i < helpers->nr; i++) {
		const char *name = helpers->v[i];
		size_t k = items_find(items, ITEM_FUNCTION, name, 0);

		if (k == ITEMS_NONE)
			drifts_add(job->drifts, DRIFT_ABSENT, name,
				   job->step->from, 0,
				   "does the base have what the rules look for?",
				   "the rules did not add the helper '%s'",
				   name);
		else if (!items->v[k].is_static)
			drifts_add(job->drifts, DRIFT_DISAGREE, name,
				   job->step->from, items->v[k].line_begin,
				   "make it static; a step of kind promote makes it global",
				   "the helper '%s' is not static", name);
	}
}

static void check_callers(const struct job *job)
{
	const struct strv *names = &job->step->names;

	for (size_t i = 0; i < names->nr; i++)
		if (!find_touched(job, names->v[i]))
			drifts_add(job->drifts, DRIFT_NO_CHANGE, names->v[i],
				   job->step->from, 0,
				   "does the base have what the rules look for?",
				   "the rules change nothing in '%s'",
				   names->v[i]);
}

/* The comment of a function in the file as it was is these bytes. */
static bool was_comment_of(const struct items *old, const char *name,
			   const char *comment, size_t len)
{
	size_t i = items_find(old, ITEM_FUNCTION, name, 0);
	const struct item *it = i == ITEMS_NONE ? NULL : &old->v[i];

	return it && it->code_begin - it->begin == len &&
	       !memcmp(old->tokens.text + it->begin, comment, len);
}

/* Gives the helper's comment to the function below it, if that had it before. */
static void give_back(const struct items *old, const struct items *new,
		      const char *helper, struct buf *data)
{
	size_t i = items_find(new, ITEM_FUNCTION, helper, 0);
	const struct item *it, *below;
	_cleanup_free_ char *comment = NULL;
	size_t len;

	if (i == ITEMS_NONE || i + 1 >= new->nr)
		return;
	it = &new->v[i];
	below = &new->v[i + 1];
	len = it->code_begin - it->begin;
	if (!len || below->kind != ITEM_FUNCTION ||
	    below->code_begin != below->begin ||
	    !was_comment_of(old, below->name, data->data + it->begin, len))
		return;
	comment = xstrndup(data->data + it->begin, len);
	buf_splice(data, below->begin, 0, comment, len);
	buf_splice(data, it->begin, len, "", 0);
}

/*
 * Coccinelle 1.3 puts what comes in front of a function between that and its
 * comment, which then heads the helper; 1.1 puts it above the comment.
 */
static void keep_comments(const struct job *job, struct edit *edit)
{
	const struct strv *helpers = &job->step->helpers;
	struct items old, new;

	items_parse(edit->before.data, edit->before.len, &old);
	for (size_t i = 0; i < helpers->nr; i++) {
		items_parse(edit->data.data, edit->data.len, &new);
		give_back(&old, &new, helpers->v[i], &edit->data);
		items_release(&new);
	}
	items_release(&old);
}

int kind_extract(const struct job *job, struct error *err)
{
	struct source source;
	struct edit *edit;
	bool changed = false;
	int found;

	if (transform_file(job, job->step->from, &changed, err))
		return -1;
	if (job->drifts->nr)
		return 0;
	found = edits_open(job->edits, job->step->from, &edit, err);
	if (found <= 0)
		return found;
	keep_comments(job, edit);
	found = source_open(job, job->step->from, &source, err);
	if (found <= 0)
		return found;
	check_helpers(job, &source.items);
	check_callers(job);
	check_touched(job);
	source_release(&source);
	return 0;
}
