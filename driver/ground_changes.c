// SPDX-License-Identifier: GPL-2.0-only
/*
 * What moves is moved as the base has it, and what is promoted gets the prototype
 * that it has here: that a function has another signature, linkage or export than
 * in the earlier generation hinders no step. Whoever wrote the messages of the
 * steps wants to know it all the same.
 */
#include "ground_internal.h"

#include "renamed.h"

/* One function, then and now. */
struct pair {
	const struct items *old, *new;
	size_t i, k;
};

/* The tokens before the body, its name and storage class left out. */
static char *head_of(const struct items *items, size_t i)
{
	const struct item *it = &items->v[i];
	const struct tokens *t = &items->tokens;
	struct buf text = BUF_INIT;

	for (size_t k = it->token_begin;
	     k < it->token_end && t->v[k].begin < it->body_begin; k++)
		if (token_is_code(&t->v[k]) && !token_is(t, k, "static") &&
		    !token_is(t, k, "extern") && !token_is(t, k, it->name))
			buf_addf(&text, "%.*s ",
				 (int)(t->v[k].end - t->v[k].begin),
				 t->text + t->v[k].begin);
	return buf_detach(&text);
}

/* The macros of the lines that name it: "EXPORT_SYMBOL_GPL". */
static char *exports_of(const struct items *items, size_t i)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	for (size_t k = 0; k < items->nr; k++)
		if (items->v[k].kind == ITEM_EXPORT && items->v[k].owner == i)
			strv_add(&names, items->v[k].name);
	strv_sort(&names);
	return names.nr ? strv_join(&names, ", ") : xstrdup("nothing");
}

static bool has_other_head(const struct pair *p)
{
	_cleanup_free_ char *old = head_of(p->old, p->i);
	_cleanup_free_ char *new = head_of(p->new, p->k);

	return !streq(old, new);
}

/* "has another signature, ..."; NULL when nothing changed. */
static char *changes_of(const struct pair *p)
{
	_cleanup_free_ char *old = exports_of(p->old, p->i);
	_cleanup_free_ char *new = exports_of(p->new, p->k);
	_cleanup_(strv_release) struct strv list = STRV_INIT;

	if (has_other_head(p))
		strv_add(&list, "has another signature or other attributes");
	if (p->old->v[p->i].is_static != p->new->v[p->k].is_static)
		strv_addf(&list, "is %s",
			  p->new->v[p->k].is_static ? "static" : "global");
	if (!streq(old, new))
		strv_addf(&list, "has %s, not %s", new, old);
	return list.nr ? strv_join(&list, ", ") : NULL;
}

static void compare(struct ground *g, const struct step *step,
		    const struct renamed *then)
{
	const struct world_file *now = world_file(&g->world, step->from);

	for (size_t i = 0; now && i < step->names.nr; i++) {
		const char *name = step->names.v[i];
		struct pair p = { .old = &then->items, .new = &now->items };
		_cleanup_free_ char *what = NULL, *note = NULL;

		p.i = items_find(p.old, ITEM_FUNCTION, name, 0);
		p.k = items_find(p.new, ITEM_FUNCTION, name, 0);
		if (p.i == ITEMS_NONE || p.k == ITEMS_NONE)
			continue;
		what = changes_of(&p);
		if (!what)
			continue;
		note = xasprintf("step %s: '%s' (%s:%u) %s, compared with %s",
				 step->name, name, now->base_path,
				 now->items.v[p.k].line_begin, what,
				 g->q->earlier);
		if (!strv_has(&g->report->notes, note))
			strv_add(&g->report->notes, note);
	}
}

int ground_changes(struct ground *g, struct error *err)
{
	for (size_t i = 0; g->q->is_named && i < g->q->series->nr; i++) {
		const struct step *step = &g->q->series->steps[i];
		struct renamed then;

		if (step->kind != STEP_MOVE && step->kind != STEP_PROMOTE)
			continue;
		if (renamed_open(g->q->repo, g->q->earlier, g->q->series->name,
				 step, &then, err))
			return -1;
		if (then.known)
			compare(g, step, &then);
		renamed_release(&then);
	}
	return 0;
}
