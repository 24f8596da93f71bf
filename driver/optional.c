// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looked up by the lexer alone: what has no definition of its name in the file,
 * under whatever conditionals, is absent.
 */
#include "optional.h"

#include "lib/items.h"

struct standing {
	bool defined, is_static;
	unsigned int line;
};

static struct standing find_definition(const struct items *items,
				       const char *name, bool macro)
{
	struct standing found = { 0 };

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *item = &items->v[i];

		if (!streq(item->name, name) ||
		    (macro ? item->kind != ITEM_MACRO :
			     !item_is_definition(item) &&
				     item->kind != ITEM_MACRO))
			continue;
		found.defined = true;
		found.is_static |= item->is_static;
		found.line = item->line_begin;
	}
	return found;
}

const char *optional_preamble_line(const struct step *step, const char *macro)
{
	static const char define[] = "#define ";
	size_t len = strlen(macro);
	const char *line = step->preamble;

	while (line && *line) {
		const char *name = line + strlen(define);

		if (starts_with(line, define) && !strncmp(name, macro, len) &&
		    strchr(" (\n", name[len]))
			return line;
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return NULL;
}

static void drop_line(struct step *step, const char *line)
{
	size_t len = strcspn(line, "\n") + 1;
	char *to = step->preamble + (line - step->preamble);

	memmove(to, to + len, strlen(to + len) + 1);
}

static void drop_at(struct strv *list, size_t i)
{
	if (i >= list->nr)
		return;
	free(list->v[i]);
	/* the NULL behind the last one comes along */
	memmove(&list->v[i], &list->v[i + 1],
		(list->nr - i) * sizeof(*list->v));
	list->nr--;
}

static void drop_name(struct step *step, const char *name)
{
	size_t i = strv_find(&step->names, name);

	if (step->after.nr > 1)
		drop_at(&step->after, i);
	drop_at(&step->names, i);
	drop_at(&step->items, strv_find(&step->items, name));
}

/* Why the base needs nothing of it; NULL when it does. */
static const char *needless(const struct step *step,
			    const struct standing *found)
{
	if (!found->defined)
		return "absent";
	if (step->kind == STEP_PROMOTE && !found->is_static)
		return "global";
	return NULL;
}

static void fit_name(struct step *step, const struct items *items,
		     const char *name, struct applied *left)
{
	const char *line = optional_preamble_line(step, name);
	bool named = strv_has(&step->names, name);
	struct standing found = find_definition(items, name, line && !named);
	const char *why = needless(step, &found);

	if (!why || (!line && !named))
		return;
	if (named) {
		if (!found.defined)
			strv_add(&step->absent, name);
		drop_name(step, name);
	} else {
		drop_line(step, line);
	}
	if (left)
		applied_leave(left, why, name, step->from, found.line);
}

int optional_fit(const struct repo *repo, const char *commit, struct step *step,
		 struct applied *left, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct items items;
	int found;

	if (!step->optional.nr)
		return 0;
	found = repo_read(repo, commit, step->from, &text, err);
	if (found <= 0) /* a file that is absent is for the step to tell */
		return found;
	items_parse(text.data, text.len, &items);
	for (size_t i = 0; i < step->optional.nr; i++)
		fit_name(step, &items, step->optional.v[i], left);
	items_release(&items);
	if (step->names.nr)
		return 0;
	return error_set(err, ERROR_DRIFT,
			 "step %s: all that it is about is optional, and "
			 "nothing is left for it to do behind the steps before "
			 "it; take it out of the file 'series'", step->name);
}

static bool is_made_before(const struct series *series, size_t step,
			   const char *name)
{
	for (size_t i = 0; i < step; i++) {
		const struct step *s = &series->steps[i];

		for (size_t r = 0; r < s->nr_renames; r++)
			if (streq(s->renames[r].new, name))
				return true;
		if (s->kind == STEP_TRANSFORM || strv_has(&s->helpers, name))
			return true;
	}
	return false;
}

/* 1 when the base needs nothing of the step, 0, -1. */
static int is_idle(const struct repo *repo, const char *base,
		   const struct series *series, size_t i, struct error *err)
{
	const struct step *step = &series->steps[i];
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct items items;
	bool idle = true;
	int found;

	for (size_t n = 0; n < step->names.nr; n++)
		if (!strv_has(&step->optional, step->names.v[n]) ||
		    is_made_before(series, i, step->names.v[n]))
			return 0;
	found = repo_read(repo, base, step->from, &text, err);
	if (found <= 0)
		return found;
	items_parse(text.data, text.len, &items);
	for (size_t n = 0; n < step->names.nr; n++) {
		struct standing s = find_definition(&items, step->names.v[n],
						    false);

		idle &= needless(step, &s) != NULL;
	}
	items_release(&items);
	return idle;
}

int optional_steps(const struct repo *repo, const char *base,
		   struct series *series, struct strv *ret, struct error *err)
{
	for (size_t i = 0; i < series->nr;) {
		int idle = series->steps[i].optional.nr ?
				   is_idle(repo, base, series, i, err) :
				   0;

		if (idle < 0)
			return -1;
		if (!idle) {
			i++;
			continue;
		}
		strv_addf(ret, "step %s is left out: it is all optional, and the "
			       "base needs none of it", series->steps[i].name);
		series_leave_out(series, i);
	}
	return series->nr ? 0 :
			    error_set(err, ERROR_DRIFT,
				      "the base needs none of the steps");
}
