// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading back what report_json.c wrote, from the store or from results/. It
 * is strict: each key must be there with its type, no other key may, and every
 * word must be one of ours. An entry of an older or newer tool, or a damaged one,
 * is then an error, and the caller does the work again instead of showing a
 * verdict that nobody gave.
 */
#define _GNU_SOURCE
#include "report.h"

#include "render.h"

static int damaged(struct error *err, const char *what)
{
	error_set(err, ERROR_SYSTEM,
		  "the stored report is damaged or from another version: %s",
		  what);
	return -1;
}

static int damaged_json(struct error *err, const json_error_t *e)
{
	return damaged(err, e->text);
}

/*
 * Unpacks an object with exactly the keys of the format. A macro because the
 * arguments are jansson's.
 */
#define UNPACK(json, err, ...)                                                 \
	({                                                                     \
		json_error_t e_;                                               \
		json_unpack_ex((json_t *)(json), &e_, JSON_STRICT,             \
			       __VA_ARGS__) ?                                  \
			damaged_json((err), &e_) :                             \
			0;                                                     \
	})

/* A type cannot stand in parentheses. NOLINTBEGIN(bugprone-macro-parentheses) */
/* The index of word among the names that name_of() gives for 0 .. nr - 1. */
#define DEFINE_WORD(fn, type, name_of, count)                                  \
	static int fn(const char *word, type *ret, struct error *err)          \
	{                                                                      \
		for (int i = 0; i < (int)(count); i++) {                       \
			if (streq(word, name_of((type)i))) {                   \
				*ret = (type)i;                                \
				return 0;                                      \
			}                                                      \
		}                                                              \
		return damaged(err, word);                                     \
	}
/* NOLINTEND(bugprone-macro-parentheses) */

DEFINE_WORD(read_rung, enum rung, rung_name, RUNG_NR)
DEFINE_WORD(read_result, enum result, result_name, RESULT_DIFFERENT + 1)
DEFINE_WORD(read_class, enum explained, explained_name, EXPLAINED_NR)
DEFINE_WORD(read_verdict, enum verdict, verdict_name, VERDICT_DIFFERENT + 1)
DEFINE_WORD(read_drift_class, enum drift_class, drift_class_name,
	    DRIFT_NO_CHANGE + 1)
DEFINE_WORD(read_remedy_name, enum remedy, remedy_name, REMEDY_NR)

static int read_size(json_int_t n, size_t *ret, struct error *err)
{
	if (n < 0)
		return damaged(err, "a negative count");
	*ret = (size_t)n;
	return 0;
}

/* A string or null, which becomes NULL. */
static int read_optional(const json_t *json, char **ret, struct error *err)
{
	if (!json_is_null(json) && !json_is_string(json))
		return damaged(err, "not a string");
	*ret = xstrdup(json_string_value(json));
	return 0;
}

static int read_strv(const json_t *json, struct strv *ret, struct error *err)
{
	if (!json_is_array(json))
		return damaged(err, "not a list");
	for (size_t i = 0; i < json_array_size(json); i++) {
		const char *s = json_string_value(json_array_get(json, i));

		if (!s)
			return damaged(err, "not a string");
		strv_add(ret, s);
	}
	return 0;
}

/*
 * Reads each element of a list with read_one(), into an array of elements of
 * size bytes. *ret_nr counts the elements that were begun, so that the caller
 * can free them also when one fails.
 */
static int read_list(const json_t *json, void **ret, size_t *ret_nr,
		     size_t size,
		     int (*read_one)(const json_t *json, void *ret,
				     struct error *err),
		     struct error *err)
{
	if (!json_is_array(json))
		return damaged(err, "not a list");
	if (!json_array_size(json))
		return 0;
	*ret = xcalloc(json_array_size(json), size);
	while (*ret_nr < json_array_size(json)) {
		const json_t *element = json_array_get(json, *ret_nr);

		if (read_one(element, (char *)*ret + *ret_nr * size, err)) {
			++*ret_nr;
			return -1;
		}
		++*ret_nr;
	}
	return 0;
}

static int read_finding(const json_t *json, struct outcome *o,
			struct error *err)
{
	const char *weight = "", *class = NULL, *what, *name, *where, *detail;
	enum explained explained = EXPLAINED_NONE;
	enum result result = RESULT_NOT_RUN;

	if (UNPACK(json, err, "{s:s, s?s, s:s, s:s, s:s, s:s}", "weight",
		   &weight, "class", &class, "what", &what, "name", &name,
		   "where", &where, "detail", &detail) ||
	    read_result(weight, &result, err) ||
	    (class && read_class(class, &explained, err)))
		return -1;
	/* A class and nothing else makes a difference harmless. */
	if ((result == RESULT_EXPLAINED) != (explained != EXPLAINED_NONE))
		return damaged(err, "an explained finding and its class");
	outcome_add(o, result, what, name, where, "%s", detail)->explained =
		explained;
	return 0;
}

static int read_outcome(const json_t *json, void *data, struct error *err)
{
	struct outcome *o = data;
	const char *rung, *result;
	json_t *differences, *not_compared;
	enum result said = RESULT_NOT_RUN;
	json_int_t checked;

	*o = (struct outcome)OUTCOME_INIT(RUNG_TEXT);
	if (UNPACK(json, err, "{s:s, s:s, s:I, s:o, s:o}", "rung", &rung,
		   "result", &result, "checked", &checked, "differences",
		   &differences, "not_compared", &not_compared) ||
	    read_rung(rung, &o->rung, err) || read_result(result, &said, err) ||
	    read_size(checked, &o->checked, err) ||
	    read_strv(not_compared, &o->not_compared, err))
		return -1;
	if (!json_is_array(differences))
		return damaged(err, "differences");
	for (size_t i = 0; i < json_array_size(differences); i++)
		if (read_finding(json_array_get(differences, i), o, err))
			return -1;
	/* The findings have set a result: the one that is said is no lighter. */
	if (said < o->result)
		return damaged(err, "a result lighter than its findings");
	o->result = said;
	return 0;
}

static int read_codegen(const json_t *json, void *data, struct error *err)
{
	struct codegen *row = data;
	json_int_t before = 0, after = 0;
	const char *name = "", *why = "";

	/* Reports from before there were reasons have no "why". */
	if (UNPACK(json, err, "{s:s, s:I, s:I, s?s}", "name", &name, "before",
		   &before, "after", &after, "why", &why))
		return -1;
	if (before < 0 || after < 0)
		return damaged(err, "a negative size");
	row->name = xstrdup(name);
	row->before = (unsigned long)before;
	row->after = (unsigned long)after;
	row->why = xstrdup(why);
	return 0;
}

static int read_build(const json_t *json, struct report_config *config,
		      struct error *err)
{
	json_t *ok, *warnings;
	json_int_t objects;

	if (UNPACK(json, err, "{s:o, s:o, s:I}", "ok", &ok, "warnings_new",
		   &warnings, "objects_built", &objects))
		return -1;
	if (!json_is_null(ok) && !json_is_boolean(ok))
		return damaged(err, "build ok");
	config->built = json_is_boolean(ok);
	config->build_ok = json_is_true(ok);
	if (read_strv(warnings, &config->warnings_new, err))
		return -1;
	return read_size(objects, &config->objects_built, err);
}

static int read_config(const json_t *json, void *data, struct error *err)
{
	struct report_config *config = data;
	json_t *build = NULL, *rungs = NULL, *codegen = NULL, *lost = NULL;
	const char *name = "", *verdict = "", *gate = NULL;

	if (UNPACK(json, err, "{s:s, s:s, s?s, s?o, s:o, s:o, s:o}", "name",
		   &name, "verdict", &verdict, "gate", &gate, "not_taken", &lost,
		   "build", &build, "rungs", &rungs, "codegen", &codegen))
		return -1;
	config->name = xstrdup(name);
	config->types_gate = gate;
	if (gate && !streq(gate, rung_name(RUNG_TYPES)))
		return damaged(err, "gate");
	if ((lost && read_strv(lost, &config->not_taken, err)) ||
	    read_verdict(verdict, &config->verdict, err) ||
	    read_build(build, config, err) ||
	    read_list(rungs, (void **)&config->rungs, &config->nr_rungs,
		      sizeof(*config->rungs), read_outcome, err))
		return -1;
	return read_list(codegen, (void **)&config->codegen,
			 &config->nr_codegen, sizeof(*config->codegen),
			 read_codegen, err);
}

static int read_item(const json_t *json, void *data, struct error *err)
{
	json_t *name = NULL, *what = NULL, *from = NULL, *to = NULL;
	struct touched *item = data;

	if (UNPACK(json, err, "{s:o, s:o, s:o, s:o}", "name", &name, "what",
		   &what, "from", &from, "to", &to) ||
	    read_optional(name, &item->name, err) ||
	    read_optional(what, &item->what, err) ||
	    read_optional(from, &item->from, err))
		return -1;
	return read_optional(to, &item->to, err);
}

static int read_left(const json_t *json, void *data, struct error *err)
{
	struct left_alone *left = data;
	const char *class = "", *name = "", *path = "";
	json_int_t line = 0;

	if (UNPACK(json, err, "{s:s, s:s, s:s, s:I}", "class", &class, "name",
		   &name, "path", &path, "line", &line))
		return -1;
	if (line < 0)
		return damaged(err, "left_alone");
	*left = (struct left_alone){ xstrdup(class), xstrdup(name),
				     xstrdup(path), (unsigned int)line };
	return 0;
}

static int read_deed(const json_t *json, void *data, struct error *err)
{
	json_t *new_name = NULL, *from = NULL, *to = NULL, *but = NULL;
	const char *deeds = "", *what = "", *name = "";
	struct report_deed *deed = data;
	json_int_t lines = 0;
	int residue = 0;

	if (UNPACK(json, err,
		   "{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:I, s:b}", "deeds",
		   &deeds, "what", &what, "name", &name, "new_name", &new_name,
		   "from", &from, "to", &to, "but", &but, "lines", &lines,
		   "residue", &residue))
		return -1;
	*deed = (struct report_deed){ .deeds = xstrdup(deeds),
				      .what = xstrdup(what),
				      .name = xstrdup(name),
				      .residue = residue };
	if (read_optional(new_name, &deed->new_name, err) ||
	    read_optional(from, &deed->from, err) ||
	    read_optional(to, &deed->to, err) ||
	    read_optional(but, &deed->but, err))
		return -1;
	return read_size(lines, &deed->lines, err);
}

/* Reports from before there were remedies have neither key. */
static int read_remedy(const json_t *remedy, const json_t *other,
		       struct drifts *ret, struct error *err)
{
	enum remedy known = REMEDY_NONE;
	_cleanup_free_ char *what = NULL;

	if (!remedy || json_is_null(remedy))
		return 0;
	if (!json_is_string(remedy))
		return damaged(err, "remedy");
	if (read_remedy_name(json_string_value(remedy), &known, err) ||
	    (other && read_optional(other, &what, err)))
		return -1;
	drifts_remedy(ret, known, what);
	return 0;
}

static int read_drift(const json_t *json, struct drifts *ret,
		      struct error *err)
{
	const char *class = "", *name = "", *path = "", *message = "";
	json_t *hint = NULL, *remedy = NULL, *other = NULL;
	enum drift_class kind = DRIFT_ABSENT;
	const char *suggestion;
	json_int_t line = 0;

	if (UNPACK(json, err, "{s:s, s:s, s:s, s:I, s:s, s:o, s?o, s?o}",
		   "class", &class, "name", &name, "path", &path, "line",
		   &line, "message", &message, "suggestion", &hint, "remedy",
		   &remedy, "other", &other) ||
	    read_drift_class(class, &kind, err))
		return -1;
	suggestion = json_string_value(hint);
	if (line < 0 || (!suggestion && !json_is_null(hint)))
		return damaged(err, "drift");
	drifts_add(ret, kind, name, path, (unsigned int)line, suggestion, "%s",
		   message);
	return read_remedy(remedy, other, ret, err);
}

static int read_drifts(const json_t *json, struct drifts *ret,
		       struct error *err)
{
	if (!json_is_array(json))
		return damaged(err, "drift");
	for (size_t i = 0; i < json_array_size(json); i++)
		if (read_drift(json_array_get(json, i), ret, err))
			return -1;
	return 0;
}

static int read_likeness(const char *name, enum likeness *ret,
			 struct error *err)
{
	for (int i = LIKENESS_SAME; i <= LIKENESS_NEW; i++)
		if (streq(likeness_name((enum likeness)i), name)) {
			*ret = (enum likeness)i;
			return 0;
		}
	return damaged(err, "earlier");
}

static int read_step(const json_t *json, void *data, struct error *err)
{
	struct report_step *step = data;
	const char *name = "", *kind = "", *subject = "";
	const char *verdict = "", *earlier = NULL;
	json_t *commit = NULL, *drift = NULL, *items = NULL, *left = NULL;
	json_t *configs = NULL, *done = NULL;

	/* Reports from before there were renames have no "left_alone". */
	if (UNPACK(json, err,
		   "{s:s, s:s, s:s, s:o, s:s, s:o, s:o, s?o, s?o, s?s, s:o}",
		   "name", &name, "kind", &kind, "subject", &subject, "commit",
		   &commit, "verdict", &verdict, "drift", &drift, "items",
		   &items, "left_alone", &left, "done", &done,
		   "earlier", &earlier, "configs", &configs))
		return -1;
	step->name = xstrdup(name);
	step->kind = xstrdup(kind);
	step->subject = xstrdup(subject);
	if (read_optional(commit, &step->commit, err) ||
	    read_verdict(verdict, &step->verdict, err) ||
	    (earlier && read_likeness(earlier, &step->likeness, err)) ||
	    read_drifts(drift, &step->drifts, err) ||
	    read_list(items, (void **)&step->items, &step->nr_items,
		      sizeof(*step->items), read_item, err) ||
	    (left && read_list(left, (void **)&step->left, &step->nr_left,
			       sizeof(*step->left), read_left, err)) ||
	    (done && read_list(done, (void **)&step->deeds, &step->nr_deeds,
			       sizeof(*step->deeds), read_deed, err)))
		return -1;
	return read_list(configs, (void **)&step->configs, &step->nr_configs,
			 sizeof(*step->configs), read_config, err);
}

int report_step_from_json(const json_t *json, struct report_step *ret,
			  struct error *err)
{
	struct report_step step = { 0 };

	if (read_step(json, &step, err)) {
		report_step_release(&step);
		return -1;
	}
	*ret = step;
	return 0;
}

static int read_tools(json_t *json, struct strv *ret, struct error *err)
{
	const char *name;
	json_t *version;

	if (!json_is_object(json))
		return damaged(err, "tools");
	json_object_foreach(json, name, version) {
		if (!json_is_string(version))
			return damaged(err, name);
		strv_addf(ret, "%s\t%s", name, json_string_value(version));
	}
	strv_sort(ret);
	return 0;
}

static int read_range(json_t *json, struct report *ret, struct error *err)
{
	json_t *paths = NULL;
	int squashed = 0;

	if (!json)
		return 0;
	if (UNPACK(json, err, "{s:b, s:o}", "squashed", &squashed, "paths",
		   &paths))
		return -1;
	ret->range = true;
	ret->squashed = squashed;
	return read_strv(paths, &ret->paths, err);
}

static int read_earlier(json_t *json, struct report *ret, struct error *err)
{
	const char *rev, *commit;
	json_t *gone;

	if (!json)
		return 0;
	if (UNPACK(json, err, "{s:s, s:s, s:o}", "rev", &rev, "commit", &commit,
		   "gone", &gone))
		return -1;
	ret->earlier = xstrdup(rev);
	ret->earlier_commit = xstrdup(commit);
	return read_strv(gone, &ret->gone, err);
}

/* A case of drift, with two keys more. */
static int read_accepted(const json_t *json, struct report *ret,
			 struct error *err)
{
	_cleanup_(drifts_release) struct drifts one = { 0 };
	_cleanup_free_ char *step = NULL, *done = NULL;
	json_t *drift = json_is_object(json) ? json_copy((json_t *)json) :
					       json_object();
	int result = -1;

	step = xstrdup(json_string_value(json_object_get(drift, "step")));
	done = xstrdup(json_string_value(json_object_get(drift, "done")));
	json_object_del(drift, "step");
	json_object_del(drift, "done");
	if (!step || !done)
		damaged(err, "accepted");
	else
		result = read_drift(drift, &one, err);
	if (!result)
		report_accept(ret, step, &one.v[0], done);
	json_decref(drift);
	return result;
}

static int read_all_accepted(const json_t *json, struct report *ret,
			     struct error *err)
{
	if (json && !json_is_array(json))
		return damaged(err, "accepted");
	for (size_t i = 0; i < json_array_size(json); i++)
		if (read_accepted(json_array_get(json, i), ret, err))
			return -1;
	return 0;
}

static int read_report(const json_t *json, struct report *ret,
		       struct error *err)
{
	json_t *describe, *commit, *tools, *steps, *notes = NULL, *range = NULL;
	json_t *earlier = NULL, *accepted = NULL;
	const char *series, *verdict;
	int schema = 0;

	if (UNPACK(json, err,
		   "{s:i, s:s, s?o, s:{s:o, s:o}, s?o, s:o, s:s, s:o, s?o, s?o}",
		   "schema", &schema, "series", &series, "range", &range,
		   "base", "describe", &describe, "commit", &commit, "earlier",
		   &earlier, "tools", &tools, "verdict", &verdict, "steps",
		   &steps, "accepted", &accepted, "notes", &notes))
		return -1;
	if (schema != REPORT_SCHEMA)
		return damaged(err, "schema");
	ret->series = xstrdup(series);
	if (read_range(range, ret, err) || read_earlier(earlier, ret, err) ||
	    read_optional(describe, &ret->base_describe, err) ||
	    read_optional(commit, &ret->base_commit, err) ||
	    read_tools(tools, &ret->tools, err) ||
	    (notes && read_strv(notes, &ret->notes, err)) ||
	    read_all_accepted(accepted, ret, err) ||
	    read_verdict(verdict, &ret->verdict, err) ||
	    read_list(steps, (void **)&ret->steps, &ret->nr,
		      sizeof(*ret->steps), read_step, err))
		return -1;
	ret->alloc = ret->nr;
	return 0;
}

int report_from_json(const json_t *json, struct report *ret,
		     struct error *err)
{
	struct report report = { 0 };

	if (read_report(json, &report, err)) {
		report_release(&report);
		return -1;
	}
	*ret = report;
	return 0;
}
