// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is the matter with a name. It may stand in a file of the series, which is
 * known at once; else the tree is looked through, for all names together; else it
 * is gone, and an earlier generation may know what it looked like.
 */
#include "ground_internal.h"

#include "nearest.h"
#include "renamed.h"

#define LEAVE_OUT "name it in the step's 'Optional:', or leave it out"

static struct drifts *drifts_of(const struct ground *g, size_t step)
{
	return &g->report->steps[step].drifts;
}

static void lose(struct ground *g, size_t step, const char *name)
{
	const struct step *s = &g->q->series->steps[step];

	ARRAY_GROW(g->lost, g->nr, g->alloc);
	g->lost[g->nr++] = (struct lost){ step, xstrdup(name) };
	astrays_add(&g->astrays, name, s->from);
	for (size_t i = 0; i < s->nr_renames; i++)
		if (streq(s->renames[i].old, name))
			astrays_add(&g->astrays, s->renames[i].new, s->from);
}

/* What the step would make of the name; NULL when it is not for renaming. */
static const char *new_name(const struct step *step, const char *name)
{
	for (size_t i = 0; i < step->nr_renames; i++)
		if (streq(step->renames[i].old, name))
			return step->renames[i].new;
	return NULL;
}

static void add_done(struct drifts *drifts, const char *name,
		     const struct world_place *place, const char *what)
{
	drifts_add(drifts, DRIFT_DONE, name, place->path,
		   place->definition.line, LEAVE_OUT, "'%s' %s", name, what);
	drifts_remedy(drifts, REMEDY_LEAVE_OUT, NULL);
}

static enum drift_class class_of(const struct world_place *place)
{
	if (place->definition.kind == ITEM_MACRO)
		return DRIFT_MACRO;
	if (place->definition.kind == ITEM_FUNCTION &&
	    place->definition.is_inline && ends_with(place->path, ".h"))
		return DRIFT_INLINE;
	return DRIFT_MOVED;
}

/* It is defined, in a file that is neither From nor To. */
static void add_elsewhere(struct drifts *drifts, const struct step *step,
			  const char *name, const struct world_place *place)
{
	enum drift_class class = class_of(place);
	bool rename = step->kind == STEP_RENAME;
	bool alone = rename && step->nr_renames == 1;
	_cleanup_free_ char *from = xasprintf("let 'From:' name %s",
					      place->path);

	drifts_add(drifts, class, name, place->path, place->definition.line,
		   rename ? from : LEAVE_OUT,
		   "'%s' is %s here%s, and not in %s", name,
		   class == DRIFT_MACRO ? "a macro" :
		   class == DRIFT_INLINE ? "an inline" : "defined",
		   place->definition.line ? "" : ", by a step before",
		   step->from);
	if (alone)
		drifts_remedy(drifts, REMEDY_FROM, place->path);
	else if (!rename)
		drifts_remedy(drifts, REMEDY_LEAVE_OUT, NULL);
}

/* A macro of that name in From, which no rule can star. */
static bool is_macro(const struct step *step, const char *name,
		     const struct world_place *place, struct drifts *drifts)
{
	if (place->definition.kind != ITEM_MACRO ||
	    strv_has(&step->items, name))
		return false;
	drifts_add(drifts, DRIFT_MACRO, name, place->path,
		   place->definition.line,
		   step->kind == STEP_MOVE ?
			   "list it under '// Items:', or leave it out" :
			   "leave it out of the step: a macro has no linkage",
		   "'%s' is a macro here, and no function", name);
	if (step->kind == STEP_PROMOTE)
		drifts_remedy(drifts, REMEDY_LEAVE_OUT, NULL);
	return true;
}

/* The kind could not choose, and the step is over before that. */
static bool is_several(const struct ground *g, size_t step, const char *name,
		       const struct world_place *place)
{
	const struct definition *d = &place->definition;

	if (!d->line || d->nr < 2 || d->kind != ITEM_FUNCTION)
		return false;
	drifts_add(drifts_of(g, step),
		   d->branches ? DRIFT_BRANCHES : DRIFT_TWICE, name,
		   place->path, d->line,
		   d->branches ? "let it be defined once, with the #if inside, in "
				 "a step before this one" :
				 "a step can only be about a name that is defined once",
		   "'%s' is defined %zu times here%s", name, d->nr,
		   d->branches ? ", in branches of an #if" : "");
	return true;
}

static void find_elsewhere(struct ground *g, size_t step, const char *name)
{
	const struct step *s = &g->q->series->steps[step];
	struct world_place place;

	if (world_find_elsewhere(&g->world, s->from, name, &place))
		add_elsewhere(drifts_of(g, step), s, name, &place);
	else if (!g->world.anything)
		lose(g, step, name);
}

static void check_moved(struct ground *g, size_t step, const char *name)
{
	const struct step *s = &g->q->series->steps[step];
	_cleanup_free_ char *what = NULL;
	struct world_place place;

	if (world_find(&g->world, s->from, name, &place)) {
		if (!g->world.anything &&
		    !is_macro(s, name, &place, drifts_of(g, step)))
			is_several(g, step, name, &place);
	} else if (world_find(&g->world, s->to, name, &place)) {
		what = xasprintf("is defined here already, and not in %s",
				 s->from);
		add_done(drifts_of(g, step), name, &place, what);
	} else {
		find_elsewhere(g, step, name);
	}
}

static void check_promoted(struct ground *g, size_t step, const char *name)
{
	const struct step *s = &g->q->series->steps[step];
	struct drifts *drifts = drifts_of(g, step);
	struct world_place place;

	if (world_find(&g->world, s->from, name, &place)) {
		if (!g->world.anything && !is_macro(s, name, &place, drifts) &&
		    !is_several(g, step, name, &place) &&
		    place.definition.kind == ITEM_FUNCTION &&
		    !place.definition.is_static)
			add_done(drifts, name, &place, "is global already");
	} else if (s->as_inline &&
		   world_find(&g->world, s->header, name, &place) &&
		   place.definition.is_inline) {
		add_done(drifts, name, &place, "is an inline here already");
	} else {
		find_elsewhere(g, step, name);
	}
}

/* What the file defines, or declares in any way, can be renamed from there. */
static bool is_declared(const struct ground *g, const char *path,
			const char *name)
{
	const struct world_file *file = world_file(&g->world, path);
	struct world_place place;
	bool declared = world_find(&g->world, path, name, &place);

	for (size_t i = 0; file && !declared && i < file->items.nr; i++) {
		_cleanup_(strv_release) struct strv names = STRV_INIT;

		items_names(&file->items, i, &names);
		declared = strv_has(&names, name);
	}
	return declared && world_mentions(&g->world, path, name);
}

static void check_renamed(struct ground *g, size_t step, const char *name)
{
	const struct step *s = &g->q->series->steps[step];
	const char *new = new_name(s, name);
	struct drifts *drifts = drifts_of(g, step);
	_cleanup_free_ char *what = NULL;
	struct world_place place;

	if (!new || is_declared(g, s->from, name))
		return;
	what = xasprintf("is gone, and '%s' is here: it is renamed already",
			 new);
	if (world_find_elsewhere(&g->world, s->from, name, &place))
		add_elsewhere(drifts, s, name, &place);
	else if (world_mentions(&g->world, s->from, name))
		return; /* for the kind to tell */
	else if (world_find(&g->world, s->from, new, &place) ||
		 world_find_elsewhere(&g->world, s->from, new, &place))
		add_done(drifts, name, &place, what);
	else if (!g->world.anything)
		lose(g, step, name);
}

/* A helper that is there would be there twice. */
static bool check_helpers(struct ground *g, size_t step)
{
	const struct step *s = &g->q->series->steps[step];
	struct drifts *drifts = drifts_of(g, step);
	struct world_place place;
	size_t before = drifts->nr;

	for (size_t i = 0; i < s->helpers.nr; i++) {
		const char *name = s->helpers.v[i];

		if (!world_find(&g->world, s->from, name, &place) &&
		    !world_find_elsewhere(&g->world, s->from, name, &place))
			continue;
		drifts_add(drifts, DRIFT_DONE, name, place.path,
			   place.definition.line,
			   "let the rules add only what is not there",
			   "the helper '%s' is here already", name);
	}
	return drifts->nr > before;
}

static void check_caller(struct ground *g, size_t step, const char *name)
{
	const struct step *s = &g->q->series->steps[step];

	if (!world_mentions(&g->world, s->from, name) && !g->world.anything)
		lose(g, step, name);
}

void ground_names(struct ground *g, size_t step)
{
	const struct step *s = &g->q->series->steps[step];

	if (s->kind == STEP_TRANSFORM || s->kind == STEP_INCLUDES ||
	    s->kind == STEP_RENAME_FILE || !world_has_file(&g->world, s->from))
		return;
	if (s->kind == STEP_EXTRACT && check_helpers(g, step))
		return;
	for (size_t i = 0; i < s->names.nr; i++) {
		const char *name = s->names.v[i];

		if (strv_has(&s->optional, name))
			continue;
		if (s->kind == STEP_MOVE)
			check_moved(g, step, name);
		else if (s->kind == STEP_PROMOTE)
			check_promoted(g, step, name);
		else if (s->kind == STEP_RENAME)
			check_renamed(g, step, name);
		else
			check_caller(g, step, name);
	}
}

/* Functions of From that no step names. */
static const char *nearest(const struct ground *g, const struct step *step,
			   const char *name, struct strv *names)
{
	const struct world_file *file = world_file(&g->world, step->from);

	for (size_t i = 0; file && i < file->items.nr; i++)
		if (file->items.v[i].kind == ITEM_FUNCTION)
			strv_add(names, file->items.v[i].name);
	for (size_t i = 0; i < g->q->series->nr; i++) {
		const struct strv *own = &g->q->series->steps[i].names;

		for (size_t k = names->nr; k--;)
			if (strv_has(own, names->v[k])) {
				free(names->v[k]);
				names->v[k] = xstrdup("");
			}
	}
	return nearest_name(name, names);
}

static void add_gone(const struct ground *g, const struct lost *lost)
{
	const struct step *step = &g->q->series->steps[lost->step];
	struct drifts *drifts = drifts_of(g, lost->step);
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	const char *near = nearest(g, step, lost->name, &names);
	_cleanup_free_ char *hint = near ?
		xasprintf(", only a '%s', which is spelled much like it", near) :
		xstrdup("");

	drifts_add(drifts, DRIFT_ABSENT, lost->name, step->from, 0,
		   step->kind == STEP_EXTRACT ?
			   "leave its rule out of the step for this base" :
			   LEAVE_OUT,
		   "the base has no '%s'%s", lost->name, hint);
	if (step->kind != STEP_EXTRACT)
		drifts_remedy(drifts, REMEDY_LEAVE_OUT, NULL);
}

/* A file of the series has a function with the body that it had. */
static bool add_renamed(const struct ground *g, const struct lost *lost,
			const struct renamed *renamed)
{
	const struct step *step = &g->q->series->steps[lost->step];
	struct drifts *drifts = drifts_of(g, lost->step);
	_cleanup_free_ char *suggestion = NULL;
	const struct world_file *file = world_file(&g->world, step->from);
	const struct item *found;
	unsigned int percent;
	size_t i = file ? renamed_find(renamed, lost->name, &file->items,
				       &percent) : ITEMS_NONE;

	if (i == ITEMS_NONE)
		return false;
	found = &file->items.v[i];
	suggestion = xasprintf("name '%s' in the step instead", found->name);
	drifts_add(drifts, DRIFT_RENAMED, lost->name, file->base_path,
		   found->line_begin, suggestion,
		   "'%s' is gone, and '%s' here has %s", lost->name,
		   found->name, percent == 100 ? "its body, word for word" :
						 "most of its body");
	if (percent == 100 && step->kind != STEP_EXTRACT && g->q->is_named)
		drifts_remedy(drifts, REMEDY_CALL, found->name);
	return true;
}

/* It is used where it should be defined: something that we do not see makes it. */
static void add_used(const struct ground *g, const struct lost *lost,
		     const struct astray *found)
{
	drifts_add(drifts_of(g, lost->step), DRIFT_ABSENT, lost->name,
		   found->path, found->line,
		   "find what makes it: a macro, or a name pasted together",
		   "'%s' is named here, and no file of the base defines it",
		   lost->name);
}

static void tell(const struct ground *g, const struct lost *lost,
		 const struct renamed *renamed)
{
	const struct step *step = &g->q->series->steps[lost->step];
	struct drifts *drifts = drifts_of(g, lost->step);
	const char *new = new_name(step, lost->name);
	const struct astray *old = astrays_find(&g->astrays, lost->name,
						step->from);
	const struct astray *made = new ? astrays_find(&g->astrays, new,
						       step->from) : NULL;
	_cleanup_free_ char *what = NULL;
	struct world_place place;

	if (old->definition.kind != ITEM_EMPTY) {
		place = (struct world_place){ old->path, old->definition };
		add_elsewhere(drifts, step, lost->name, &place);
	} else if (made && made->definition.kind != ITEM_EMPTY) {
		place = (struct world_place){ made->path, made->definition };
		what = xasprintf("is gone, and '%s' is here: it is renamed already",
				 new);
		add_done(drifts, lost->name, &place, what);
	} else if (old->path) {
		add_used(g, lost, old);
	} else if (!add_renamed(g, lost, renamed)) {
		add_gone(g, lost);
	}
}

int ground_tell_lost(struct ground *g, struct error *err)
{
	if (astrays_look(&g->astrays, g->q->repo, g->q->base, err))
		return -1;
	for (size_t i = 0; i < g->nr;) {
		size_t step = g->lost[i].step;
		struct renamed renamed;

		if (renamed_open(g->q->repo, g->q->earlier,
				 g->q->series->name,
				 &g->q->series->steps[step], &renamed, err))
			return -1;
		for (; i < g->nr && g->lost[i].step == step; i++)
			tell(g, &g->lost[i], &renamed);
		renamed_release(&renamed);
	}
	return 0;
}
