// SPDX-License-Identifier: GPL-2.0-only
/*
 * A row travels as the JSON of a report step that has only it, as that is read
 * back strictly, with the excerpts of its findings beside it.
 */
#include "rows.h"

#include "lib/fs.h"
#include "render.h"

const char *rows_before(const struct session *s, size_t step)
{
	if (s->range.nr)
		return s->range.commits[step].before;
	return step ? s->report.steps[step - 1].commit : s->base;
}

const char *rows_after(const struct session *s, size_t step)
{
	return s->range.nr ? s->range.commits[step].after :
			     s->report.steps[step].commit;
}

static void hash_list(struct store_hash *h, const struct strv *list)
{
	_cleanup_free_ char *all = strv_join(list, "\n");

	store_hash_str(h, all);
}

/* What, besides the trees, says what the step may change, and what is built. */
static void hash_contract(const struct session *s, size_t step,
			  struct store_hash *h)
{
	if (!s->range.nr) {
		store_hash_str(h, s->series.steps[step].text);
		return;
	}
	hash_list(h, &s->options->renames);
	hash_list(h, &s->scope.unbuilt);
	hash_list(h, &s->scope.guards);
	for (size_t c = 0; c < s->nr_configs; c++) {
		store_hash_str(h, s->configs[c].name);
		store_hash_str(h, s->configs[c].defconfig);
		hash_list(h, &s->configs[c].targets);
		hash_list(h, &s->configs[c].wanted);
	}
}

static int row_key(const struct session *s, size_t step, size_t config,
		   struct store_key *ret, struct error *err)
{
	_cleanup_free_ char *before = NULL, *after = NULL;
	struct store_hash *h;

	if (repo_tree_id(&s->repo, rows_before(s, step), &before, err) ||
	    repo_tree_id(&s->repo, rows_after(s, step), &after, err))
		return -1;
	h = session_hash(s, "verify");
	store_hash_str(h, before);
	store_hash_str(h, after);
	hash_contract(s, step, h);
	store_hash_str(h, s->configs[config].name);
	/* What no configuration compiles depends on which there are. */
	for (size_t i = 0; i < s->nr_configs; i++)
		store_hash_str(h, s->configs[i].text);
	for (size_t i = 0; i < s->options->make_args.nr; i++)
		store_hash_str(h, s->options->make_args.v[i]);
	*ret = store_hash_end(h);
	return 0;
}

/* Of each finding in turn, over all rungs; null where there is none. */
static json_t *excerpts_json(const struct report_config *row)
{
	json_t *array = json_array();

	for (size_t r = 0; r < row->nr_rungs; r++)
		for (size_t i = 0; i < row->rungs[r].nr; i++)
			json_array_append_new(
				array,
				render_string_json(
					row->rungs[r].findings[i].excerpt));
	return array;
}

static void take_excerpts(const json_t *array, struct report_config *row)
{
	size_t at = 0;

	for (size_t r = 0; r < row->nr_rungs; r++)
		for (size_t i = 0; i < row->rungs[r].nr; i++) {
			const char *text =
				json_string_value(json_array_get(array, at++));

			row->rungs[r].findings[i].excerpt = xstrdup(text);
		}
}

static int put_row(struct session *s, const struct store_key *key, size_t step,
		   struct report_config *row, struct error *err)
{
	struct report_step shell = s->report.steps[step];
	json_t *document = json_object();
	int result;

	shell.configs = row;
	shell.nr_configs = 1;
	json_object_set_new(document, "step", report_step_json(&shell));
	json_object_set_new(document, "excerpts", excerpts_json(row));
	result = session_put(s, "verify", key, document, err);
	json_decref(document);
	return result;
}

/* The row, and what the step did where no series says it, which all rows hold. */
static int get_row(struct session *s, const struct store_key *key,
		   struct report_config *ret, struct report_step *ret_step,
		   struct error *err)
{
	struct report_step shell = { 0 };
	struct error damaged = ERROR_INIT;
	json_t *document = NULL;
	int found = session_get(s, "verify", key, &document, err);

	if (found <= 0)
		return found;
	found = !report_step_from_json(json_object_get(document, "step"),
				       &shell, &damaged) &&
		shell.nr_configs == 1;
	error_release(&damaged);
	if (found) {
		*ret = shell.configs[0];
		shell.nr_configs = 0;
		take_excerpts(json_object_get(document, "excerpts"), ret);
		report_deeds_free(ret_step->deeds, ret_step->nr_deeds);
		ret_step->deeds = shell.deeds;
		ret_step->nr_deeds = shell.nr_deeds;
		shell.deeds = NULL;
		shell.nr_deeds = 0;
	}
	json_decref(document);
	report_step_release(&shell);
	return found;
}

static void blank_rows(struct session *s, struct report_step *step)
{
	step->configs = xcalloc(s->nr_configs, sizeof(*step->configs));
	step->nr_configs = s->nr_configs;
	for (size_t c = 0; c < s->nr_configs; c++)
		step->configs[c].name = xstrdup(s->configs[c].name);
}

/* They are asked for again, whatever is kept of them. */
static bool is_afresh(const struct session *s, size_t step)
{
	return !s->range.nr && s->series.steps[step].afresh;
}

int rows_known(const struct session *s, size_t step, struct error *err)
{
	if (is_afresh(s, step))
		return 0;
	for (size_t c = 0; c < s->nr_configs; c++) {
		_cleanup_free_ char *path = NULL;
		struct store_key key;

		if (row_key(s, step, c, &key, err))
			return -1;
		path = store_path(&s->store, "verify", &key);
		if (!fs_exists(path))
			return 0;
	}
	return 1;
}

int rows_get(struct session *s, size_t step, struct error *err)
{
	struct report_step *row = &s->report.steps[step];
	struct report_step shell = { .nr_configs = s->nr_configs };
	int found = 1;

	if (is_afresh(s, step)) {
		blank_rows(s, row);
		return 0;
	}
	shell.configs = xcalloc(s->nr_configs, sizeof(*shell.configs));
	for (size_t c = 0; c < s->nr_configs && found > 0; c++) {
		struct store_key key;

		found = row_key(s, step, c, &key, err) ?
				-1 :
				get_row(s, &key, &shell.configs[c], &shell, err);
	}
	if (found > 0) {
		row->configs = shell.configs;
		row->nr_configs = shell.nr_configs;
		row->deeds = shell.deeds;
		row->nr_deeds = shell.nr_deeds;
		return 1;
	}
	report_step_release(&shell);
	blank_rows(s, row);
	return found;
}

/*
 * A full disk or a lack of memory must not be remembered as a verdict; nor what is
 * undecided because the parent does not build, which by itself is an error.
 */
static bool will_last(const struct report_config *row)
{
	static const char *const passing[] = { "rung", "unit", "build",
					       "modpost", "objtool" };

	for (size_t r = 0; r < row->nr_rungs; r++)
		for (size_t i = 0; i < row->rungs[r].nr; i++) {
			const struct finding *f = &row->rungs[r].findings[i];

			for (size_t k = 0; k < ARRAY_SIZE(passing); k++)
				if (f->weight == RESULT_UNDECIDED &&
				    streq(f->what, passing[k]))
					return false;
		}
	return row->build_ok;
}

int rows_put(struct session *s, size_t step, struct error *err)
{
	struct report_config *rows = s->report.steps[step].configs;

	for (size_t c = 0; c < s->nr_configs; c++) {
		struct store_key key;

		if (will_last(&rows[c]) &&
		    (row_key(s, step, c, &key, err) ||
		     put_row(s, &key, step, &rows[c], err)))
			return -1;
	}
	return 0;
}
