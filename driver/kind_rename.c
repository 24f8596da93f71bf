// SPDX-License-Identifier: GPL-2.0-only
/*
 * rename: one entity gets another name, wherever it is meant, in every file of
 * the commit's tree, whatever any configuration builds. A word is not a name:
 * each place where the old word stands is judged first (rename.h), and what is
 * not the entity is listed as left alone.
 */
#include "rename.h"

static struct renamed_file *add_file(struct renaming *r, struct edit *edit)
{
	struct renamed_file *f;

	r->files = xrealloc(r->files, r->nr_files + 1, sizeof(*r->files));
	f = &r->files[r->nr_files++];
	*f = (struct renamed_file){
		.edit = edit,
		.kind = file_kind_of(edit->path),
		.is_from = edit == r->from.edit,
		.included = includes_path(&r->from.items, edit->path),
		.of = xcalloc(r->nr, sizeof(*f->of)),
	};
	/* Whatever its name is, the compiler reads it as C. */
	if (f->is_from || f->included)
		f->kind = FILE_SOURCE;
	return f;
}

static void read_source(const struct renaming *r, struct renamed_file *f)
{
	const char *path = f->edit->path;
	struct items items;

	items_parse(f->edit->data.data, f->edit->data.len, &items);
	f->includes_from = includes_path(&items, r->job->step->from);
	for (size_t n = 0; n < r->nr; n++) {
		const struct entity *e = &r->v[n];
		struct mention *m = &f->of[n];

		hits_of_source(&items, e->old, e->new, &m->hits);
		hits_of_source(&items, e->new, NULL, &m->taken);
		m->old = stand_of(&items, path, e->old, e->tag, false);
		m->new = stand_of(&items, path, e->new, e->tag, true);
		if (!e->local && m->old.standing == STANDS_PRIVATE)
			m->doubtful = outside_of(&items, &m->old, &m->hits);
	}
	items_release(&items);
}

/* "name:", and SYM_FUNC_START(name) and its like: this file defines it. */
static struct stand stand_of_assembler(const struct buf *text,
				       const struct hits *hits)
{
	struct stand stand = { 0 };

	for (size_t i = 0; i < hits->nr; i++) {
		const struct hit *hit = &hits->v[i];
		const char *s = text->data + hit->begin;

		if (hit->class != HIT_ASSEMBLER ||
		    (text->data[hit->end] != ':' &&
		     !(hit->begin > 1 && s[-1] == '(' && s[-2] >= 'A' &&
		       s[-2] <= 'Z')))
			continue;
		stand.standing = STANDS_DEFINED;
		stand.line = hit->line;
	}
	return stand;
}

static void read_text(const struct renaming *r, struct renamed_file *f)
{
	const struct buf *text = &f->edit->data;

	for (size_t n = 0; n < r->nr; n++) {
		struct mention *m = &f->of[n];

		hits_of_text(text, f->kind, r->v[n].old, &m->hits);
		hits_of_text(text, f->kind, r->v[n].new, &m->taken);
		m->old = stand_of_assembler(text, &m->hits);
		m->new = stand_of_assembler(text, &m->taken);
	}
}

static int read_files(struct renaming *r, const struct strv *paths,
		      struct error *err)
{
	for (size_t i = 0; i < paths->nr; i++) {
		struct renamed_file *f;
		struct edit *edit;
		int found = edits_open(r->job->edits, paths->v[i], &edit, err);

		if (found < 0)
			return -1;
		if (!found)
			continue;
		f = add_file(r, edit);
		if (f->kind == FILE_SOURCE)
			read_source(r, f);
		else
			read_text(r, f);
	}
	return 0;
}

static int find_files(struct renaming *r, struct error *err)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_(strv_release) struct strv paths = STRV_INIT;

	for (size_t n = 0; n < r->nr; n++) {
		strv_add(&words, r->v[n].old);
		strv_add(&words, r->v[n].new);
	}
	if (edits_find(r->job->edits, &words, &paths, err))
		return -1;
	strv_add(&paths, r->job->step->from);
	strv_uniq(&paths);
	return read_files(r, &paths, err);
}

/*
 * "define M" for each macro that may paste a name, and of which no file at hand
 * has a definition. A function's name in lower case is not looked up, unless
 * what it returns is called at once: that costs a walk over the tree.
 */
static void collect_macros(const struct renaming *r,
			   const struct renamed_file *f, size_t entity,
			   struct strv *ret)
{
	const struct hits *hits = &f->of[entity].hits;

	if (r->v[entity].local && !f->is_from && !f->included &&
	    !f->includes_from)
		return;
	for (size_t i = 0; i < hits->nr; i++) {
		const struct hit *hit = &hits->v[i];

		if (hit->class == HIT_ARGUMENT &&
		    (hit->pasted_form || is_macro_name(hit->callee)) &&
		    paste_of(&r->macros, hit->callee, hit->argument) ==
			    PASTE_UNKNOWN)
			strv_addf(ret, "define %s", hit->callee);
	}
}

static int find_macros(struct renaming *r, struct error *err)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_(strv_release) struct strv paths = STRV_INIT;

	for (size_t i = 0; i < r->nr_files; i++)
		if (r->files[i].kind == FILE_SOURCE)
			paste_add(&r->macros, &r->files[i].edit->data);
	for (size_t i = 0; i < r->nr_files; i++)
		for (size_t n = 0; n < r->nr; n++)
			collect_macros(r, &r->files[i], n, &words);
	strv_uniq(&words);
	if (words.nr && edits_find(r->job->edits, &words, &paths, err))
		return -1;
	for (size_t i = 0; i < paths.nr; i++) {
		struct edit *edit;
		int found = edits_open(r->job->edits, paths.v[i], &edit, err);

		if (found < 0)
			return -1;
		if (found)
			paste_add(&r->macros, &edit->data);
	}
	return 0;
}

static int apply_rename(struct renaming *r, struct error *err)
{
	const struct drifts *drifts = r->job->drifts;

	rename_find(r);
	if (drifts->nr)
		return 0;
	if (find_files(r, err) || find_macros(r, err))
		return -1;
	rename_judge(r);
	rename_check_taken(r);
	if (drifts->nr)
		return 0;
	if (rename_ask_spatch(r, err))
		return -1;
	if (!drifts->nr)
		rename_write(r);
	return 0;
}

static void release(struct renaming *r)
{
	for (size_t i = 0; i < r->nr_files; i++) {
		for (size_t n = 0; n < r->nr; n++) {
			hits_release(&r->files[i].of[n].hits);
			hits_release(&r->files[i].of[n].taken);
			free(r->files[i].of[n].renamed);
		}
		free(r->files[i].of);
	}
	free(r->files);
	free(r->v);
	paste_release(&r->macros);
	source_release(&r->from);
}

int kind_rename(const struct job *job, struct error *err)
{
	struct renaming r = { .job = job };
	int found = source_open(job, job->step->from, &r.from, err);
	int result;

	if (found <= 0)
		return found;
	result = apply_rename(&r, err);
	release(&r);
	return result;
}
