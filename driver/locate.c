// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which items a step means. spatch stars lines, the lexer knows items; a
 * definition counts as found when both see the same one, from the line that
 * names it to the brace that closes it. What only one of them sees is drift.
 *
 * spatch may leave attributes and storage class on lines of their own unstarred,
 * and may star inner braces, so only the first and the last line that it stars in
 * an item are looked at.
 */
#define _GNU_SOURCE
#include "spatch_run.h"

#include "nearest.h"

#include <stdio.h>

/* What spatch starred in one item. */
struct hit {
	unsigned int first, last; /* lines; 0: nothing */
	bool expected;		  /* belongs to a requested name */
};

struct locating {
	const struct spatch_run *run;
	const struct items *items;
	const struct step *step;
	const char *path;
	struct hit *hits; /* one per item */
	bool *found;	  /* one per item */
	struct drifts *drifts;
};

static void collect_hits(struct locating *l, const struct starred *starred)
{
	for (size_t i = 0; i < starred->nr; i++) {
		size_t item = items_at_line(l->items, starred->v[i]);

		if (item == ITEMS_NONE)
			continue;
		if (!l->hits[item].first)
			l->hits[item].first = starred->v[i];
		l->hits[item].last = starred->v[i];
	}
}

/* The physical line of a byte of the item. */
static unsigned int line_of(const struct items *items, const struct item *item,
			    size_t offset)
{
	unsigned int line = item->line_begin;
	const char *text = items->tokens.text;

	for (size_t i = item->code_begin; i < offset; i++)
		line += text[i] == '\n';
	return line;
}

/* "12-20 (#ifdef A), 24-30 (#else)": where the items with this name stand. */
static char *places(const struct items *items, const struct strv *lines)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < lines->nr; i++) {
		size_t item = strtoul(lines->v[i], NULL, 10);
		const struct item *it = &items->v[item];
		_cleanup_free_ char *context = items_context(items, item);

		buf_addf(&text, "%s%u-%u", i ? ", " : "", it->line_begin,
			 it->line_end);
		if (*context)
			buf_addf(&text, " (%s)", context);
	}
	return buf_detach(&text);
}

static void add_twice(struct locating *l, const char *name,
		      const struct strv *indices)
{
	_cleanup_free_ char *where = places(l->items, indices);
	size_t first = strtoul(indices->v[0], NULL, 10);
	bool branches = strchr(where, '(');

	drifts_add(l->drifts, branches ? DRIFT_BRANCHES : DRIFT_TWICE, name,
		   l->path, l->items->v[first].line_begin,
		   branches ? "let it be defined once, with the #if inside, in a "
			      "step before this one" :
			      "a step can only be about a name that is defined once",
		   "'%s' is defined %zu times: lines %s", name, indices->nr,
		   where);
}

/* What the file knows of a name that it does not define as a function. */
static char *explain_absence(const struct locating *l, const char *name)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	const char *near;

	for (size_t i = 0; i < l->items->nr; i++) {
		const struct item *item = &l->items->v[i];

		if (streq(item->name, name) && *name)
			return xasprintf("line %u has a %s of that name%s",
					 item->line_begin,
					 item_kind_name(item->kind),
					 item->kind == ITEM_PROTOTYPE ||
							 item->kind == ITEM_EXTERN ?
						 ": the definition is elsewhere" :
						 ": list it under '// Items:'");
		if (item->kind == ITEM_FUNCTION)
			strv_add(&names, item->name);
	}
	near = nearest_name(name, &names);
	return near ? xasprintf("did you mean '%s'?", near) : NULL;
}

static void add_absent(struct locating *l, const char *name)
{
	_cleanup_free_ char *why = explain_absence(l, name);

	drifts_add(l->drifts, DRIFT_ABSENT, name, l->path, 0,
		   why ? why : "it may stand in another file, or be there no "
			       "more",
		   "the file has no definition of '%s'", name);
	if (!why)
		drifts_remedy(l->drifts, REMEDY_LEAVE_OUT, NULL);
}

/* A rule for "static T fn(...)" does not match what became global since. */
static bool wants_static(const struct step *step)
{
	return step->stars &&
	       mentions(step->rules, strlen(step->rules), "static");
}

/* The lexer sees it, spatch does not: never take the lexer's word alone. */
static void add_unmatched(struct locating *l, size_t index)
{
	const struct item *item = &l->items->v[index];
	const struct coverage *c = &l->run->coverage;

	for (size_t i = 0; i < c->nr_bad; i++)
		if (c->bad[i].last > item->line_begin &&
		    c->bad[i].first <= item->line_end) {
			add_unparsed(l->run, &c->bad[i], item->name, l->drifts);
			return;
		}
	if (!item->is_static && wants_static(l->step)) {
		drifts_add(l->drifts, DRIFT_DISAGREE, item->name, l->path,
			   item->line_begin,
			   "leave 'static' out of the rule: it then means both",
			   "'%s' is global, and the rule says 'static'",
			   item->name);
		return;
	}
	drifts_add(l->drifts, DRIFT_DISAGREE, item->name, l->path,
		   item->line_begin,
		   "if the rule is right, spatch cannot follow this code: list "
		   "it under '// Items:'",
		   "'%s' is defined in lines %u-%u, and no rule of the step "
		   "matches it",
		   item->name, item->line_begin, item->line_end);
}

/*
 * True when spatch's last star is the brace of a block that the function's own
 * brace follows at once. Where no path leaves that block (a switch whose
 * branches all return), spatch stars its brace and never gets to the last one.
 */
static bool ends_in_block(const struct locating *l, const struct item *item,
			  unsigned int last)
{
	const struct tokens *t = &l->items->tokens;
	size_t brace = item->token_end;

	for (size_t i = item->token_begin;
	     i < item->token_end && t->v[i].line <= last; i++)
		if (t->v[i].line == last && token_is_code(&t->v[i]))
			brace = i;
	if (brace == item->token_end || !token_is(t, brace, "}"))
		return false;
	for (size_t i = brace + 1; i < item->token_end; i++) {
		if (t->v[i].kind == TOKEN_DIRECTIVE)
			return false;
		if (token_is_code(&t->v[i]))
			return t->v[i].end == item->body_end;
	}
	return false;
}

static void check_extent(struct locating *l, size_t index)
{
	const struct item *item = &l->items->v[index];
	const struct hit *hit = &l->hits[index];
	unsigned int name_line = line_of(l->items, item, item->name_begin);
	unsigned int close_line = line_of(l->items, item, item->body_end - 1);

	if (hit->first >= item->line_begin && hit->first <= name_line &&
	    (hit->last == close_line || ends_in_block(l, item, hit->last))) {
		l->found[index] = true;
		return;
	}
	drifts_add(l->drifts, DRIFT_DISAGREE, item->name, l->path,
		   item->line_begin,
		   "let the rule star the line that names the function and both "
		   "of its braces, or list it under '// Items:'",
		   "'%s': spatch stars lines %u-%u, the lexer sees it in lines "
		   "%u-%u",
		   item->name, hit->first, hit->last, name_line, close_line);
}

/* True when a drift about this name has been added at or behind 'from'. */
static bool has_drift(const struct drifts *drifts, size_t from,
		      const char *name)
{
	for (size_t i = from; i < drifts->nr; i++)
		if (streq(drifts->v[i].name, name))
			return true;
	return false;
}

static void find_starred(struct locating *l, const char *name, size_t drifts)
{
	_cleanup_(strv_release) struct strv there = STRV_INIT;
	size_t only = ITEMS_NONE, i = 0;

	for (; (i = items_find(l->items, ITEM_FUNCTION, name, i)) != ITEMS_NONE;
	     i++) {
		strv_addf(&there, "%zu", i);
		l->hits[i].expected = true;
		only = i;
	}
	if (there.nr > 1)
		add_twice(l, name, &there);
	else if (there.nr == 1 && l->hits[only].first)
		check_extent(l, only);
	else if (has_drift(l->drifts, drifts, name))
		return; /* the guard has said why */
	else if (there.nr == 1)
		add_unmatched(l, only);
	else
		add_absent(l, name);
}

/* Names under Items: one definition, or every line that calls that macro. */
static void find_listed(struct locating *l, const char *name)
{
	_cleanup_(strv_release) struct strv there = STRV_INIT;
	_cleanup_(strv_release) struct strv calls = STRV_INIT;
	const struct strv *use = &there;

	for (size_t i = 0; i < l->items->nr; i++) {
		const struct item *item = &l->items->v[i];
		_cleanup_(strv_release) struct strv names = STRV_INIT;

		if (item->kind == ITEM_CALL && streq(item->name, name))
			strv_addf(&calls, "%zu", i);
		if (!item_is_definition(item))
			continue;
		items_names(l->items, i, &names);
		if (streq(item->name, name) || strv_has(&names, name))
			strv_addf(&there, "%zu", i);
	}
	if (!there.nr)
		use = &calls;
	if (there.nr > 1)
		add_twice(l, name, &there);
	else if (!use->nr)
		add_absent(l, name);
	else
		for (size_t i = 0; i < use->nr; i++)
			l->found[strtoul(use->v[i], NULL, 10)] = true;
}

static void give(const struct locating *l, size_t **ret_found, size_t *ret_nr)
{
	size_t *found = xcalloc(l->items->nr + 1, sizeof(*found)), nr = 0;

	for (size_t i = 0; i < l->items->nr; i++)
		if (l->found[i])
			found[nr++] = i;
	*ret_found = found;
	*ret_nr = nr;
}

void locate_listed(const struct strv *names, const char *path,
		   const struct items *items, size_t **ret_found,
		   size_t *ret_nr, struct drifts *drifts)
{
	struct locating l = {
		.items = items,
		.path = path,
		.drifts = drifts,
		.found = xcalloc(items->nr + 1, sizeof(*l.found)),
	};

	for (size_t i = 0; i < names->nr; i++)
		find_listed(&l, names->v[i]);
	give(&l, ret_found, ret_nr);
	free(l.found);
}

/* Whether starred lines of an item that is no requested definition are fine. */
static bool is_companion(const struct locating *l, const struct item *item)
{
	if (item->kind == ITEM_PROTOTYPE)
		return strv_has(&l->step->names, item->name);
	if (item->kind == ITEM_EXPORT)
		return item->argument &&
		       strv_has(&l->step->names, item->argument);
	return item_is_definition(item) &&
	       strv_has(&l->step->items, item->name);
}

static void check_strays(struct locating *l)
{
	for (size_t i = 0; i < l->items->nr; i++) {
		const struct item *item = &l->items->v[i];
		const struct hit *hit = &l->hits[i];

		if (!hit->first || hit->expected || is_companion(l, item))
			continue;
		drifts_add(l->drifts, DRIFT_DISAGREE, item->name, l->path,
			   hit->first, "name it in the rule, or let the rule "
				       "star less",
			   "spatch stars lines %u-%u, which the lexer takes for "
			   "a %s '%s' that the step does not name",
			   hit->first, hit->last, item_kind_name(item->kind),
			   item->name);
	}
}

static void name_expanded(struct locating *l)
{
	size_t i = items_at_line(l->items, l->run->expanded);

	add_expanded(l->run, i == ITEMS_NONE ? "" : l->items->v[i].name,
		     l->drifts);
}

/* Every name of the step, each once, to an item or a drift. */
static void find_all(struct locating *l)
{
	const struct strv *names = &l->step->names;
	_cleanup_(strv_release) struct strv starred = STRV_INIT;
	size_t before = l->drifts->nr;

	for (size_t i = 0; i < names->nr; i++)
		if (!strv_has(&l->step->items, names->v[i]))
			strv_add(&starred, names->v[i]);
	guard(l->run, &starred, false, l->drifts);
	if (l->run->expanded) {
		name_expanded(l);
		return;
	}
	for (size_t i = 0; i < starred.nr; i++)
		find_starred(l, starred.v[i], before);
	for (size_t i = 0; i < l->step->items.nr; i++)
		find_listed(l, l->step->items.v[i]);
	check_strays(l);
}

int locate(const struct spatch *spatch, const struct series *series,
	   const struct step *step, const char *path, const struct buf *text,
	   const struct items *items, size_t **ret_found, size_t *ret_nr,
	   struct drifts *drifts, struct error *err)
{
	struct spatch_run run;
	struct starred starred = { 0 };
	struct locating l = {
		.run = &run,
		.items = items,
		.step = step,
		.path = path,
		.drifts = drifts,
	};
	int failed = spatch_run(&run, RUN_LOCATE, spatch, series, step, path,
				text, err);

	if (!failed && !run.expanded &&
	    starred_read(&run.both[0].out, RUN_INPUT, &run.lines, &starred,
			 err)) {
		error_prefix(err, "step %s: %s", step->name, path);
		failed = -1;
	}
	if (!failed) {
		l.hits = xcalloc(items->nr + 1, sizeof(*l.hits));
		l.found = xcalloc(items->nr + 1, sizeof(*l.found));
		collect_hits(&l, &starred);
		find_all(&l);
		give(&l, ret_found, ret_nr);
	}
	free(l.hits);
	free(l.found);
	starred_release(&starred);
	spatch_run_release(&run);
	return failed ? -1 : 0;
}
