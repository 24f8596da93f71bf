// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a step to the file of its kind, and what all of them need. A kind adds
 * drift to one list and goes on as far as that makes sense, so that the user
 * sees all of it at once; only here is it made an error.
 */
#include "kinds.h"

#include "kind.h"

void applied_add(struct applied *applied, const char *name, const char *what,
		 const char *from, const char *to)
{
	ARRAY_GROW(applied->items, applied->nr, applied->alloc);
	applied->items[applied->nr++] = (struct touched){
		.name = xstrdup(name), .what = xstrdup(what),
		.from = xstrdup(from), .to = xstrdup(to),
	};
}

void applied_leave(struct applied *applied, const char *class, const char *name,
		   const char *path, unsigned int line)
{
	ARRAY_GROW(applied->left, applied->nr_left, applied->alloc_left);
	applied->left[applied->nr_left++] = (struct left_alone){
		.class = xstrdup(class), .name = xstrdup(name),
		.path = xstrdup(path), .line = line,
	};
}

void left_alone_free(struct left_alone *left, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		free(left[i].class);
		free(left[i].name);
		free(left[i].path);
	}
	free(left);
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
	left_alone_free(applied->left, applied->nr_left);
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
		return kind_rename(job, err);
	case STEP_RENAME_FILE:
		return kind_rename_file(job, err);
	case STEP_INCLUDES:
		return kind_includes(job, err);
	case STEP_KINDS:
		break;
	}
	return error_set(err, ERROR_INPUT, "step %s has no kind",
			 job->step->name);
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
