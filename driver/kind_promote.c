// SPDX-License-Identifier: GPL-2.0-only
/*
 * promote: static functions become known to other files, by a prototype in a
 * header or by moving there as static inlines. Three texts: the file as it is;
 * the same with the storage class changed, which spatch's output must agree
 * with; and that without the private forward declarations, which is committed.
 */
#include "cut.h"
#include "declarator.h"
#include "includes.h"
#include "kind.h"
#include "needs.h"
#include "promotion.h"
#include "splice.h"
#include "taken.h"

struct promote {
	const struct job *job;
	const struct step *step;
	struct source from;
	struct source to;	/* the header */
	size_t *found;		/* owned: the definitions, in order of the file */
	size_t nr;
};

static void complain(const struct promote *p, enum drift_class class,
		     size_t item, const char *suggestion, const char *what)
{
	const struct item *it = &p->from.items.v[item];

	drifts_add(p->job->drifts, class, it->name, p->step->from,
		   it->line_begin, suggestion, "'%s' %s", it->name, what);
}

static void complain_global(const struct promote *p, size_t item)
{
	complain(p, DRIFT_DONE, item, "take it out of the step",
		 "is global already");
	drifts_remedy(p->job->drifts, REMEDY_LEAVE_OUT, NULL);
}

/* ALLOW_ERROR_INJECTION(f) and the like would be left behind by an inline. */
static bool has_exports(const struct items *items, size_t item)
{
	for (size_t i = 0; i < items->nr; i++)
		if (items->v[i].kind == ITEM_EXPORT &&
		    items->v[i].owner == item)
			return true;
	return false;
}

static void check_definition(const struct promote *p, size_t item)
{
	const struct items *items = &p->from.items;
	const struct item *it = &items->v[item];

	if (it->split)
		complain(p, DRIFT_BRANCHES, item,
			 "let it be defined once, with the #if inside, in a step before this one",
			 "is split over the branches of an #if");
	else if (!it->is_static)
		complain_global(p, item);
	else if (it->argument || declarator_has_directive(items, item))
		complain(p, DRIFT_DISAGREE, item, "promote it by hand first",
			 "is not declared in plain C");
	else if (it->is_inline && p->step->as_inline)
		complain(p, DRIFT_NEEDLESS, item, "use a step of kind move",
			 "is inline already");
	else if (it->is_inline)
		complain(p, DRIFT_DISAGREE, item,
			 "use 'As: inline', or drop the inline first",
			 "is inline and cannot have a prototype alone");
	else if (p->step->as_inline && has_exports(items, item))
		complain(p, DRIFT_DISAGREE, item, "promote it to a prototype",
			 "has lines that name it as a symbol");
}

/* A function is looked for in the header as prototype and as inline. */
static void check_header(const struct promote *p, const char *name)
{
	const struct items *items = &p->to.items;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];

		if ((it->kind == ITEM_PROTOTYPE || it->kind == ITEM_FUNCTION ||
		     it->kind == ITEM_MACRO) && streq(it->name, name))
			drifts_add(p->job->drifts, DRIFT_NEEDLESS, name,
				   p->step->header, it->line_begin,
				   "is the step applied already?",
				   "'%s' is declared already", name);
	}
}

/* How it is there twice: one of several is compiled, or all are. */
static enum drift_class branch_of(const struct items *items, const char *name)
{
	for (size_t i = items_find(items, ITEM_FUNCTION, name, 0);
	     i != ITEMS_NONE;
	     i = items_find(items, ITEM_FUNCTION, name, i + 1)) {
		_cleanup_free_ char *context = items_context(items, i);

		if (*context)
			return DRIFT_BRANCHES;
	}
	return DRIFT_TWICE;
}

static void find_definition(struct promote *p, const char *name)
{
	const struct items *items = &p->from.items;
	size_t first = items_find(items, ITEM_FUNCTION, name, 0);

	if (first == ITEMS_NONE) {
		drifts_add(p->job->drifts, DRIFT_ABSENT, name, p->step->from,
			   0, "leave it out of the step for this base",
			   "no function '%s' is defined", name);
		drifts_remedy(p->job->drifts, REMEDY_LEAVE_OUT, NULL);
		return;
	}
	if (items_find(items, ITEM_FUNCTION, name, first + 1) != ITEMS_NONE)
		complain(p, branch_of(items, name), first,
			 "promote it by hand first, wherever it is defined",
			 "is defined more than once");
	check_definition(p, first);
	check_header(p, name);
	p->found[p->nr++] = first;
}

static int compare(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

static void find_definitions(struct promote *p)
{
	const struct strv *names = &p->step->names;

	p->found = xcalloc(names->nr, sizeof(*p->found));
	for (size_t i = 0; i < names->nr; i++)
		find_definition(p, names->v[i]);
	if (p->nr)
		qsort(p->found, p->nr, sizeof(*p->found), compare);
}

/* The file with the new storage classes; items keep their indices. */
static void expect(const struct promote *p, struct buf *ret)
{
	const struct items *items = &p->from.items;
	size_t next = 0;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];

		if (next < p->nr && p->found[next] == i) {
			declarator_open(items, i, p->step->as_inline, ret);
			next++;
		} else {
			buf_add(ret, items->tokens.text + it->begin,
				it->end - it->begin);
		}
	}
}

static int ask_spatch(const struct promote *p, const struct items *expected,
		      struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	const struct job *job = p->job;
	struct items actual;

	if (spatch_patch(job->spatch, job->series, p->step, p->step->from,
			 &p->from.edit->data, &text, job->drifts, err))
		return -1;
	items_parse(text.data, text.len, &actual);
	promotion_agrees(expected, &actual, &p->step->names, p->step->from,
			 job->drifts);
	items_release(&actual);
	return 0;
}

static void drop_prototypes(const struct promote *p, struct cut *cut)
{
	for (size_t i = 0; i < cut->items->nr; i++)
		if (cut->items->v[i].kind == ITEM_PROTOTYPE &&
		    strv_has(&p->step->names, cut->items->v[i].name))
			cut_drop(cut, i);
}

static void put(struct promote *p, const struct cut *cut, const char *after)
{
	_cleanup_(pieces_release) struct pieces pieces = { 0 };

	cut_pieces(cut, &pieces);
	splice(&p->to.edit->data, p->step->header, after, &pieces,
	       p->job->drifts);
}

/* The prototypes that go behind the same item as the first of them does. */
static void put_prototypes(struct promote *p, const struct items *expected,
			   const char *after)
{
	const struct strv *names = &p->step->names;
	struct cut cut;

	cut_init(&cut, expected, p->step->from);
	for (size_t i = 0; i < p->nr; i++) {
		const char *name = expected->v[p->found[i]].name;
		const char *place = step_after(p->step, strv_find(names, name));

		if (place == after || (place && after && streq(place, after)))
			cut_copy(&cut, p->found[i],
				 declarator_prototype(expected, p->found[i]));
	}
	if (cut_settle(&cut, p->job->drifts))
		put(p, &cut, after);
	cut_release(&cut);
}

static void put_all_prototypes(struct promote *p, const struct items *expected)
{
	const struct strv *after = &p->step->after;

	if (!after->nr)
		put_prototypes(p, expected, NULL);
	for (size_t i = 0; i < after->nr; i++)
		if (strv_find(after, after->v[i]) == i)
			put_prototypes(p, expected, after->v[i]);
}

/* Takes prototypes, and definitions that become inlines, out of the source. */
static void cut_source(struct promote *p, const struct items *expected)
{
	struct buf rest = BUF_INIT;
	struct cut cut;

	cut_init(&cut, expected, p->step->from);
	drop_prototypes(p, &cut);
	for (size_t i = 0; p->step->as_inline && i < p->nr; i++)
		cut_move(&cut, p->found[i], NULL);
	if (cut_settle(&cut, p->job->drifts)) {
		cut_rest(&cut, &rest);
		if (p->step->as_inline)
			put(p, &cut, step_after(p->step, 0));
		buf_release(&p->from.edit->data);
		p->from.edit->data = rest;
	}
	cut_release(&cut);
}

static void carry_out(struct promote *p, const struct items *expected)
{
	const struct step *step = p->step;

	for (size_t i = 0; i < p->nr; i++)
		applied_add(p->job->applied, expected->v[p->found[i]].name,
			    item_kind_name(ITEM_FUNCTION), step->from,
			    step->as_inline ? step->header : step->from);
	if (!step->as_inline)
		put_all_prototypes(p, expected);
	if (!p->job->drifts->nr)
		cut_source(p, expected);
	if (!p->job->drifts->nr)
		includes_add(&p->to.edit->data, step->header, &step->includes,
			     p->job->drifts);
}

static int check_names(const struct promote *p, struct error *err)
{
	const struct taken_question q = {
		.edits = p->job->edits, .from = p->step->from,
		.header = p->step->header, .names = &p->step->names,
	};

	return taken_check(&q, p->job->drifts, err);
}

static int apply_promote(struct promote *p, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct items expected;
	int result;

	find_definitions(p);
	if (check_names(p, err))
		return -1;
	if (p->job->drifts->nr)
		return 0;
	expect(p, &text);
	items_parse(text.data, text.len, &expected);
	if (p->step->as_inline)
		needs_as_drift(&expected, p->step->from, p->found, p->nr,
			       &p->to.items, true, p->job->drifts);
	result = p->job->drifts->nr ? 0 : ask_spatch(p, &expected, err);
	if (!result && !p->job->drifts->nr)
		carry_out(p, &expected);
	items_release(&expected);
	return result;
}

int kind_promote(const struct job *job, struct error *err)
{
	struct promote p = { .job = job, .step = job->step };
	int found = source_open(job, p.step->from, &p.from, err);
	int result;

	if (found <= 0)
		return found;
	result = source_open(job, p.step->header, &p.to, err);
	if (result > 0) {
		result = apply_promote(&p, err);
		source_release(&p.to);
	}
	free(p.found);
	source_release(&p.from);
	return result;
}
