// SPDX-License-Identifier: GPL-2.0-only
/*
 * includes: #include lines that the rule spells out go from, and come to, each
 * file of Files:. Only lines outside of any conditional, and only what holds
 * in every configuration: what a line gives (include_use.h) is held against the
 * whole text of the file, not against what a compiler here sees.
 */
#include "conds.h"
#include "include_use.h"
#include "includes.h"
#include "kind.h"

struct includes_job {
	const struct job *job;
	struct headers *headers; /* of the tree as it is edited */
	struct source file;	 /* the file at hand */
	struct used_names used;	 /* in it */
	struct conds conds;	 /* of it */
	bool *gone;		 /* owned: items that go */
};

static int read_edits(void *data, const char *path, struct buf *ret,
		      struct error *err)
{
	struct edits *edits = data;
	struct edit *edit;
	int found = edits_open(edits, path, &edit, err);

	if (found > 0)
		buf_add(ret, edit->data.data, edit->data.len);
	return found;
}

static int list_edits(void *data, const char *name, struct strv *ret,
		      struct error *err)
{
	return edits_namesakes(data, name, ret, err);
}

/* What the line gives is used: 1 and the first use (NULL: none); 0, drift; -1. */
static int find_use(const struct includes_job *j, const char *include,
		    const struct used_name **ret, struct error *err)
{
	const char *path = j->file.edit->path;
	int found = include_use(j->headers, list_edits, j->job->edits, path,
				include, &j->used, ret, err);

	if (!found)
		drifts_add(j->job->drifts, DRIFT_ABSENT, include, path, 0,
			   "spell it as a file of the tree",
			   "no file of the tree is found for %s", include);
	return found;
}

/* The one line of its own, outside of conditionals, that includes it. */
static size_t find_line(const struct includes_job *j, const char *include)
{
	const struct items *items = &j->file.items;
	_cleanup_free_ char *line = xasprintf("#include %s\n", include);
	const char *path = j->file.edit->path;
	size_t found = ITEMS_NONE, nr = 0;

	for (size_t i = 0; i < items->nr; i++)
		if (items->v[i].kind == ITEM_INCLUDE &&
		    streq(items->v[i].name, include)) {
			found = i;
			nr++;
		}
	if (nr != 1) {
		drifts_add(j->job->drifts, nr ? DRIFT_TWICE : DRIFT_ABSENT,
			   include, path, nr ? items->v[found].line_begin : 0,
			   nr ? NULL : "take it out of the rule",
			   nr ? "%s is included more than once" :
				"%s is not included",
			   include);
		if (!nr)
			drifts_remedy(j->job->drifts, REMEDY_NO_INCLUDE, NULL);
		return ITEMS_NONE;
	}
	if (conds_around(&j->conds, found) != CONDS_NONE ||
	    items->v[found].end - items->v[found].begin < strlen(line) ||
	    strncmp(items->tokens.text + items->v[found].begin, line,
		    strlen(line)) != 0) {
		drifts_add(j->job->drifts, DRIFT_TWICE, include, path,
			   items->v[found].line_begin, NULL,
			   "%s is included under a conditional, or with a comment",
			   include);
		return ITEMS_NONE;
	}
	return found;
}

static int check_removed(const struct includes_job *j, const char *include,
			 struct error *err)
{
	const struct used_name *use = NULL;
	size_t item = find_line(j, include);

	if (item == ITEMS_NONE)
		return 0;
	j->gone[item] = true;
	if (find_use(j, include, &use, err) < 0)
		return -1;
	if (!use)
		return 0;
	drifts_add(j->job->drifts, DRIFT_USED, include, j->file.edit->path,
		   use->line, "leave it out of the rule",
		   "line %u still uses %s of %s", use->line, use->name,
		   include);
	drifts_remedy(j->job->drifts, REMEDY_NO_INCLUDE, NULL);
	return 0;
}

/* Some configuration has the line already, and would have it twice. */
static void check_conditional(const struct includes_job *j, const char *include)
{
	const struct items *items = &j->file.items;

	for (size_t i = items_find(items, ITEM_INCLUDE, include, 0);
	     i != ITEMS_NONE;
	     i = items_find(items, ITEM_INCLUDE, include, i + 1))
		if (conds_around(&j->conds, i) != CONDS_NONE)
			drifts_add(j->job->drifts, DRIFT_TWICE, include,
				   j->file.edit->path, items->v[i].line_begin,
				   "take the line out of the conditional first",
				   "%s is included under a conditional already",
				   include);
}

static int check_added(const struct includes_job *j, const char *include,
		       struct error *err)
{
	const struct used_name *use = NULL;
	int found = find_use(j, include, &use, err);

	check_conditional(j, include);
	if (found > 0 && !use) {
		drifts_add(j->job->drifts, DRIFT_NEEDLESS, include,
			   j->file.edit->path, 0, "leave it out of the rule",
			   "nothing that %s declares is used", include);
		drifts_remedy(j->job->drifts, REMEDY_NO_INCLUDE, NULL);
	}
	return found < 0 ? -1 : 0;
}

static bool has_gap(const struct items *items, size_t i)
{
	return items->v[i].end > items->v[i].code_end;
}

/* The file without the lines that go, and without a second blank line there. */
static void cut_lines(const struct includes_job *j, struct buf *ret)
{
	const struct items *items = &j->file.items;
	size_t above = ITEMS_NONE;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];
		size_t begin = j->gone[i] ? it->code_end : it->begin;

		if (j->gone[i] && above != ITEMS_NONE && has_gap(items, above))
			continue;
		buf_add(ret, items->tokens.text + begin, it->end - begin);
		if (!j->gone[i] || has_gap(items, i))
			above = i;
	}
}

static void carry_out(const struct includes_job *j)
{
	const struct step *step = j->job->step;
	struct edit *edit = j->file.edit;
	struct buf text = BUF_INIT;

	cut_lines(j, &text);
	if (!includes_add(&text, edit->path, &step->added, j->job->drifts)) {
		buf_release(&text);
		return;
	}
	for (size_t i = 0; i < step->removed.nr; i++)
		applied_add(j->job->applied, step->removed.v[i], "include",
			    edit->path, "");
	for (size_t i = 0; i < step->added.nr; i++)
		applied_add(j->job->applied, step->added.v[i], "include", "",
			    edit->path);
	buf_release(&edit->data);
	edit->data = text;
}

static int edit_file(struct includes_job *j, struct error *err)
{
	const struct step *step = j->job->step;
	size_t drifts = j->job->drifts->nr;

	for (size_t i = 0; i < step->removed.nr; i++)
		if (check_removed(j, step->removed.v[i], err))
			return -1;
	for (size_t i = 0; i < step->added.nr; i++)
		if (check_added(j, step->added.v[i], err))
			return -1;
	if (j->job->drifts->nr == drifts)
		carry_out(j);
	return 0;
}

static int take_file(struct includes_job *j, struct error *err)
{
	int result;

	file_names(&j->file.items, &j->used);
	conds_build(&j->file.items, &j->conds);
	j->gone = xcalloc(j->file.items.nr, sizeof(*j->gone));
	result = edit_file(j, err);
	free(j->gone);
	conds_release(&j->conds);
	used_names_release(&j->used);
	source_release(&j->file);
	return result;
}

int kind_includes(const struct job *job, struct error *err)
{
	const struct step *step = job->step;
	struct headers headers;
	int result = 0;

	headers_init(&headers, read_edits, job->edits);
	for (size_t i = 0; i < step->files.nr && !result; i++) {
		struct includes_job j = { .job = job, .headers = &headers };

		result = source_open(job, step->files.v[i], &j.file, err);
		if (result > 0)
			result = take_file(&j, err);
	}
	headers_release(&headers);
	return result;
}
