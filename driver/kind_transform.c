// SPDX-License-Identifier: GPL-2.0-only
/*
 * transform: whatever the rules do, spatch does. Its output is taken as it is,
 * white space on lines that hold nothing else aside, so all that can be done
 * here is to say exactly which items it touched; the verifier and the reader
 * judge them. Items that came out of spatch unreadable are no result.
 */
#include "kind.h"
#include "tidy.h"

struct comparison {
	const struct items *old, *new;
	bool *taken; /* owned; items of new that have a counterpart in old */
};

static bool same_bytes(const struct items *a, size_t i, const struct items *b,
		       size_t k)
{
	const struct item *x = &a->v[i], *y = &b->v[k];

	return x->code_end - x->begin == y->code_end - y->begin &&
	       !memcmp(a->tokens.text + x->begin, b->tokens.text + y->begin,
		       x->code_end - x->begin);
}

/* The counterpart of an old item: the same bytes, else the same name. */
static size_t counterpart(const struct comparison *c, size_t old, bool exact)
{
	const struct item *x = &c->old->v[old];

	for (size_t i = 0; i < c->new->nr; i++) {
		const struct item *y = &c->new->v[i];

		if (c->taken[i] || x->kind != y->kind)
			continue;
		if (exact ? same_bytes(c->old, old, c->new, i) :
			    (*x->name && streq(x->name, y->name)))
			return i;
	}
	return ITEMS_NONE;
}

/* An item without a name of its own is reported by its kind and line. */
static void report(const struct job *job, const struct item *it,
		   const char *from, const char *to)
{
	_cleanup_free_ char *label = *it->name ? xstrdup(it->name) :
		xasprintf("line %u", it->line_begin);

	if (it->kind != ITEM_BLANK)
		applied_add(job->applied, label, item_kind_name(it->kind),
			    from, to);
}

/* Items at both ends that did not change are left out: nearly all of a file. */
static void trim(const struct comparison *c, size_t *first, size_t *old_last,
		 size_t *new_last)
{
	*first = 0;
	*old_last = c->old->nr;
	*new_last = c->new->nr;
	while (*first < *old_last && *first < *new_last &&
	       same_bytes(c->old, *first, c->new, *first))
		c->taken[(*first)++] = true;
	while (*old_last > *first && *new_last > *first &&
	       same_bytes(c->old, *old_last - 1, c->new, *new_last - 1)) {
		--*old_last;
		c->taken[--*new_last] = true;
	}
}

static void report_changes(const struct job *job, const char *path,
			   const struct comparison *c)
{
	size_t first, old_last, new_last;
	bool *exact;

	trim(c, &first, &old_last, &new_last);
	exact = xcalloc(old_last, sizeof(*exact));
	for (size_t i = first; i < old_last; i++) {
		size_t k = counterpart(c, i, true);

		exact[i] = k != ITEMS_NONE;
		if (exact[i])
			c->taken[k] = true;
	}
	for (size_t i = first; i < old_last; i++) {
		size_t k = exact[i] ? ITEMS_NONE : counterpart(c, i, false);

		if (!exact[i])
			report(job, &c->old->v[i], path,
			       k == ITEMS_NONE ? "" : path);
		if (k != ITEMS_NONE)
			c->taken[k] = true;
	}
	for (size_t i = first; i < new_last; i++)
		if (!c->taken[i])
			report(job, &c->new->v[i], "", path);
	free(exact);
}

static size_t count_unknown(const struct items *items, unsigned int *line)
{
	size_t nr = 0;

	for (size_t i = 0; i < items->nr; i++)
		if (items->v[i].kind == ITEM_UNKNOWN) {
			*line = items->v[i].line_begin;
			nr++;
		}
	return nr;
}

static void take_result(const struct job *job, const char *path,
			const struct source *source, struct buf *text)
{
	struct items items;
	struct comparison c = { .old = &source->items, .new = &items };
	unsigned int line = 0;

	items_parse(text->data, text->len, &items);
	c.taken = xcalloc(items.nr, sizeof(*c.taken));
	if (count_unknown(&items, &line) > count_unknown(c.old, &(unsigned int){ 0 }))
		drifts_add(job->drifts, DRIFT_DISAGREE, NULL, path, line, NULL,
			   "what spatch made of the file is not understood by the lexer");
	else
		report_changes(job, path, &c);
	free(c.taken);
	items_release(&items);
	buf_reset(&source->edit->data);
	buf_add(&source->edit->data, text->data, text->len);
}

int transform_file(const struct job *job, const char *path, bool *ret_changed,
		   struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct source source;
	int found = source_open(job, path, &source, err);
	int result;

	if (found <= 0)
		return found;
	result = spatch_patch(job->spatch, job->series, job->step, path,
			      &source.edit->data, &text, job->drifts, err);
	if (!result)
		tidy(&source.edit->data, &text);
	if (!result && (text.len != source.edit->data.len ||
			memcmp(text.data, source.edit->data.data,
				text.len) != 0)) {
		take_result(job, path, &source, &text);
		*ret_changed = true;
	}
	source_release(&source);
	return result;
}

int kind_transform(const struct job *job, struct error *err)
{
	const struct step *step = job->step;
	bool changed = false;

	for (size_t i = 0; i < step->files.nr; i++)
		if (transform_file(job, step->files.v[i], &changed, err))
			return -1;
	if (!changed && !job->drifts->nr)
		drifts_add(job->drifts, DRIFT_NO_CHANGE, NULL,
			   step->files.v[0], 0,
			   "does the base have what the rules look for?",
			   "the rules changed nothing");
	return 0;
}
