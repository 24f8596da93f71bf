// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a step to the file of its kind, and what all of them need. A kind adds
 * drift to one list and goes on as far as that makes sense, so that the user
 * sees all of it at once; only here is it made an error.
 */
#include "kinds.h"

#include "kind.h"
#include "needs.h"

void applied_add(struct applied *applied, const char *name, const char *what,
		 const char *from, const char *to)
{
	ARRAY_GROW(applied->items, applied->nr, applied->alloc);
	applied->items[applied->nr++] = (struct touched){
		.name = xstrdup(name), .what = xstrdup(what),
		.from = xstrdup(from), .to = xstrdup(to),
	};
}

void applied_release(struct applied *applied)
{
	for (size_t i = 0; i < applied->nr; i++) {
		free(applied->items[i].name);
		free(applied->items[i].what);
		free(applied->items[i].from);
		free(applied->items[i].to);
	}
	free(applied->items);
	drifts_release(&applied->drifts);
	*applied = (struct applied){ 0 };
}

int source_open(const struct job *job, const char *path, struct source *ret,
		struct error *err)
{
	int found = edits_open(job->edits, path, &ret->edit, err);

	if (found < 0)
		return -1;
	if (!found) {
		drifts_add(job->drifts, DRIFT_ABSENT, NULL, path, 0, NULL,
			   "the file is absent");
		return 0;
	}
	items_parse(ret->edit->data.data, ret->edit->data.len, &ret->items);
	return 1;
}

void source_release(struct source *source)
{
	items_release(&source->items);
	source->edit = NULL;
}

static bool same_code(const struct items *a, size_t i, const struct items *b,
		      size_t k)
{
	const struct item *x = &a->v[i], *y = &b->v[k];

	return x->code_end - x->code_begin == y->code_end - y->code_begin &&
	       !memcmp(a->tokens.text + x->code_begin,
		       b->tokens.text + y->code_begin,
		       x->code_end - x->code_begin);
}

bool has_same_macro(const struct items *from, const char *name,
		    const struct items *to)
{
	size_t here = items_find(from, ITEM_MACRO, name, 0);
	size_t there = to ? items_find(to, ITEM_MACRO, name, 0) : ITEMS_NONE;

	return here != ITEMS_NONE && there != ITEMS_NONE &&
	       same_code(from, here, to, there);
}

static bool is_satisfied(const struct items *items, const struct need *need,
			 const struct items *to, bool in_header)
{
	size_t i = items_find(items, ITEM_FUNCTION, need->name, 0);

	if (need->kind == NEED_MACRO && has_same_macro(items, need->name, to))
		return true;
	if (!in_header || !need->moved)
		return false;
	return need->kind == NEED_MACRO || need->kind == NEED_TYPE ||
	       (i != ITEMS_NONE && items->v[i].is_inline);
}

static void add_promotion(const struct need *need, const char *path,
			  struct drifts *drifts)
{
	_cleanup_free_ char *suggestion = xasprintf(
		"promote %s in a step before this one", need->name);

	drifts_add(drifts, DRIFT_PROMOTION, need->name, path, need->line,
		   suggestion,
		   "static %s() of line %u %s and is used by %s, which %s",
		   need->name, need->definition_line,
		   need->moved ? "moves" : "stays", need->user,
		   need->moved ? "stays" : "moves");
}

static void add_other(const struct need *need, const char *path,
		      struct drifts *drifts)
{
	bool data = need->kind == NEED_SHARED_DATA;
	_cleanup_free_ char *suggestion = xasprintf(
		data ? "move all users of %s together with it" :
		       "move %s to a header in a step before this one",
		need->name);

	drifts_add(drifts, data ? DRIFT_SHARED_DATA : DRIFT_PRIVATE,
		   need->name, path, need->line, suggestion,
		   "private %s '%s' of line %u %s and is used by %s, which %s",
		   data ? "data" :
		   need->kind == NEED_MACRO ? "macro" : "type",
		   need->name, need->definition_line,
		   need->moved ? "moves" : "stays", need->user,
		   need->moved ? "stays" : "moves");
}

void needs_as_drift(const struct items *items, const char *path,
		    const size_t *moved, size_t nr, const struct items *to,
		    bool in_header, struct drifts *drifts)
{
	_cleanup_(needs_release) struct needs needs = { 0 };

	needs_of_cut(items, moved, nr, &needs);
	for (size_t i = 0; i < needs.nr; i++) {
		const struct need *need = &needs.v[i];

		if (is_satisfied(items, need, to, in_header))
			continue;
		if (need->kind == NEED_PROMOTE_MOVED ||
		    need->kind == NEED_PROMOTE_LEFT)
			add_promotion(need, path, drifts);
		else
			add_other(need, path, drifts);
	}
}

static int apply(const struct job *job, struct error *err)
{
	switch (job->step->kind) {
	case STEP_MOVE:
		return kind_move(job, err);
	case STEP_PROMOTE:
		return kind_promote(job, err);
	case STEP_EXTRACT:
		return kind_extract(job, err);
	case STEP_TRANSFORM:
		return kind_transform(job, err);
	case STEP_RENAME:
	case STEP_RENAME_FILE:
	case STEP_INCLUDES:
	case STEP_KINDS:
		break;
	}
	return error_set(err, ERROR_INPUT, "steps of kind %s are not known yet",
			 step_kind_name(job->step->kind));
}

int step_apply(const struct spatch *spatch, const struct series *series,
	       const struct step *step, struct edits *edits,
	       struct applied *ret, struct error *err)
{
	struct job job = {
		.spatch = spatch, .series = series, .step = step,
		.edits = edits, .applied = ret, .drifts = &ret->drifts,
	};

	*ret = (struct applied){ 0 };
	if (apply(&job, err))
		return -1;
	return ret->drifts.nr ? drifts_error(&ret->drifts, step->name, err) : 0;
}
