// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is found here is only what is absent for certain: a name that no file of
 * the series mentions. Whether a step fits is for its kind to say, on the
 * commit below it.
 */
#include "ground.h"

#include "lib/lex.h"

/* A file of the series as the base has it. */
struct ground_file {
	const char *path;
	struct buf text; /* empty when it is absent */
};

struct ground {
	struct ground_file *files; /* owned: those of the base */
	size_t nr, alloc;
	struct strv made_files, made_names; /* by the steps looked at so far */
	bool anything; /* a transform was among them: it may make any name */
};

static bool has_file(const struct ground *g, const char *path)
{
	for (size_t i = 0; i < g->nr; i++)
		if (streq(g->files[i].path, path))
			return true;
	return strv_has(&g->made_files, path);
}

static int add_file(struct ground *g, const struct repo *repo,
		    const char *base, const char *path, struct error *err)
{
	struct ground_file file = { .path = path, .text = BUF_INIT };
	int found = 0;

	if (!path || has_file(g, path))
		return 0;
	found = repo_read(repo, base, path, &file.text, err);
	if (found <= 0) {
		buf_release(&file.text);
		return found;
	}
	ARRAY_GROW(g->files, g->nr, g->alloc);
	g->files[g->nr++] = file;
	return 0;
}

static int read_files(struct ground *g, const struct repo *repo,
		      const char *base, const struct series *series,
		      struct error *err)
{
	for (size_t i = 0; i < series->nr; i++) {
		const struct step *step = &series->steps[i];

		if (add_file(g, repo, base, step->from, err) ||
		    add_file(g, repo, base, step->to, err) ||
		    add_file(g, repo, base, step->header, err))
			return -1;
		for (size_t n = 0; n < step->files.nr; n++)
			if (add_file(g, repo, base, step->files.v[n], err))
				return -1;
	}
	return 0;
}

static bool has_name(const struct ground *g, const char *name)
{
	if (g->anything || strv_has(&g->made_names, name))
		return true;
	for (size_t i = 0; i < g->nr; i++)
		if (mentions(g->files[i].text.data, g->files[i].text.len, name))
			return true;
	return false;
}

static void check_file(const struct ground *g, const char *path,
		       struct drifts *drifts)
{
	if (path && !has_file(g, path))
		drifts_add(drifts, DRIFT_ABSENT, NULL, path, 0, NULL,
			   "the base has no such file, and no step before makes it");
}

/* What the step would make of the name; NULL when it is not for renaming. */
static const char *new_name(const struct step *step, const char *name)
{
	for (size_t i = 0; i < step->nr_renames; i++)
		if (streq(step->renames[i].old, name))
			return step->renames[i].new;
	return NULL;
}

static void add_absent(const struct ground *g, const struct step *step,
		       const char *name, struct drifts *drifts)
{
	const char *new = new_name(step, name);

	if (new && has_name(g, new))
		drifts_add(drifts, DRIFT_ABSENT, name, step->from, 0,
			   "leave it out of the step: it is done on this base",
			   "the base has no '%s', but '%s'", name, new);
	else
		drifts_add(drifts, DRIFT_ABSENT, name, step->from, 0,
			   step->kind == STEP_MOVE || step->kind == STEP_PROMOTE ?
				   "name it in the step's 'Optional:', or leave it out" :
				   "leave it out of the step for this base",
			   "the base has no '%s'", name);
}

static void check_step(const struct ground *g, const struct step *step,
		       struct drifts *drifts)
{
	check_file(g, step->from, drifts);
	check_file(g, step->header, drifts);
	for (size_t i = 0; i < step->files.nr; i++)
		check_file(g, step->files.v[i], drifts);
	if (step->kind == STEP_TRANSFORM)
		return;
	for (size_t i = 0; i < step->names.nr; i++)
		if (!has_name(g, step->names.v[i]) &&
		    !strv_has(&step->optional, step->names.v[i]))
			add_absent(g, step, step->names.v[i], drifts);
}

/* What the steps behind this one may rely on. */
static void make(struct ground *g, const struct step *step)
{
	if (step->to)
		strv_add(&g->made_files, step->to);
	for (size_t i = 0; i < step->nr_renames; i++)
		strv_add(&g->made_names, step->renames[i].new);
	strv_add_list(&g->made_names, &step->helpers);
	g->anything |= step->kind == STEP_TRANSFORM;
}

static int check_steps(struct ground *g, const struct series *series,
		       struct report *report, struct error *err)
{
	_cleanup_(error_release) struct error one = ERROR_INIT;
	_cleanup_(buf_release) struct buf all = BUF_INIT;

	for (size_t i = 0; i < series->nr; i++) {
		const struct step *step = &series->steps[i];
		struct drifts *drifts = &report->steps[i].drifts;

		check_step(g, step, drifts);
		make(g, step);
		if (!drifts->nr)
			continue;
		drifts_error(drifts, step->name, &one);
		buf_addf(&all, "%s%s", all.len ? "\n" : "", one.text);
		error_release(&one);
	}
	return all.len ? error_set(err, ERROR_DRIFT, "%s", all.data) : 0;
}

int ground_check(const struct repo *repo, const char *base,
		 const struct series *series, struct report *report,
		 struct error *err)
{
	struct ground g = { .made_files = STRV_INIT, .made_names = STRV_INIT };
	int result = read_files(&g, repo, base, series, err) ||
		     check_steps(&g, series, report, err);

	for (size_t i = 0; i < g.nr; i++)
		buf_release(&g.files[i].text);
	free(g.files);
	strv_release(&g.made_files);
	strv_release(&g.made_names);
	return result ? -1 : 0;
}
