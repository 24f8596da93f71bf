// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as JSON: a contract with whoever reads results/ by program. Keys
 * stand in the order of the contract (jansson keeps the order of insertion)
 * and every key is always there, but for "class", which only an explained
 * finding has, "range" and "done", which only a range of commits has, and "accepted",
 * where nothing was. What a build did not say yet is null, never false.
 */
#define _GNU_SOURCE
#include "report.h"

#include "render.h"

json_t *render_string_json(const char *s)
{
	_cleanup_free_ char *clean = NULL;

	if (!s)
		return json_null();
	clean = render_utf8(s);
	return json_string_nocheck(clean);
}

json_t *render_strv_json(const struct strv *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->nr; i++)
		json_array_append_new(array, render_string_json(list->v[i]));
	return array;
}

static void set_string(json_t *object, const char *key, const char *s)
{
	json_object_set_new(object, key, render_string_json(s));
}

static void set_number(json_t *object, const char *key, size_t n)
{
	json_object_set_new(object, key, json_integer((json_int_t)n));
}

json_t *render_findings_json(const struct outcome *o)
{
	json_t *array = json_array();

	for (size_t i = 0; i < o->nr; i++) {
		const struct finding *f = &o->findings[i];
		json_t *object = json_object();

		set_string(object, "weight", result_name(f->weight));
		if (f->weight == RESULT_EXPLAINED)
			set_string(object, "class",
				   explained_name(f->explained));
		set_string(object, "what", f->what);
		set_string(object, "name", f->name);
		set_string(object, "where", f->where);
		set_string(object, "detail", f->detail);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *rungs_json(const struct report_config *config)
{
	json_t *array = json_array();

	for (size_t i = 0; i < config->nr_rungs; i++) {
		const struct outcome *o = &config->rungs[i];
		json_t *object = json_object();

		set_string(object, "rung", rung_name(o->rung));
		set_string(object, "result", result_name(o->result));
		set_number(object, "checked", o->checked);
		json_object_set_new(object, "differences",
				    render_findings_json(o));
		json_object_set_new(object, "not_compared",
				    render_strv_json(&o->not_compared));
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *build_json(const struct report_config *config)
{
	json_t *object = json_object();

	json_object_set_new(object, "ok",
			    config->built ? json_boolean(config->build_ok) :
					    json_null());
	json_object_set_new(object, "warnings_new",
			    render_strv_json(&config->warnings_new));
	set_number(object, "objects_built", config->objects_built);
	return object;
}

static json_t *codegen_json(const struct report_config *config)
{
	json_t *array = json_array();

	for (size_t i = 0; i < config->nr_codegen; i++) {
		json_t *object = json_object();

		set_string(object, "name", config->codegen[i].name);
		set_number(object, "before", config->codegen[i].before);
		set_number(object, "after", config->codegen[i].after);
		set_string(object, "why", config->codegen[i].why);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *configs_json(const struct report_step *step)
{
	json_t *array = json_array();

	for (size_t i = 0; i < step->nr_configs; i++) {
		const struct report_config *config = &step->configs[i];
		json_t *object = json_object();

		set_string(object, "name", config->name);
		set_string(object, "verdict", verdict_name(config->verdict));
		if (config->not_taken.nr)
			json_object_set_new(object, "not_taken",
					    render_strv_json(&config->not_taken));
		json_object_set_new(object, "build", build_json(config));
		if (config->types_gate)
			set_string(object, "gate", rung_name(RUNG_TYPES));
		json_object_set_new(object, "rungs", rungs_json(config));
		json_object_set_new(object, "codegen", codegen_json(config));
		json_array_append_new(array, object);
	}
	return array;
}

static void set_drift(json_t *object, const struct drift *d)
{
	set_string(object, "class", drift_class_name(d->class));
	set_string(object, "name", d->name);
	set_string(object, "path", d->path);
	set_number(object, "line", d->line);
	set_string(object, "message", d->message);
	set_string(object, "suggestion", d->suggestion);
	set_string(object, "remedy", d->remedy ? remedy_name(d->remedy) : NULL);
	set_string(object, "other", d->other);
}

static json_t *drift_json(const struct drifts *drifts)
{
	json_t *array = json_array();

	for (size_t i = 0; i < drifts->nr; i++) {
		json_t *object = json_object();

		set_drift(object, &drifts->v[i]);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *accepted_json(const struct report *report)
{
	json_t *array = json_array();

	for (size_t i = 0; i < report->nr_accepted; i++) {
		json_t *object = json_object();

		set_string(object, "step", report->accepted[i].step);
		set_drift(object, &report->accepted[i].drift);
		set_string(object, "done", report->accepted[i].done);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *items_json(const struct report_step *step)
{
	json_t *array = json_array();

	for (size_t i = 0; i < step->nr_items; i++) {
		const struct touched *item = &step->items[i];
		json_t *object = json_object();

		set_string(object, "name", item->name);
		set_string(object, "what", item->what);
		set_string(object, "from", item->from);
		set_string(object, "to", item->to);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *left_json(const struct report_step *step)
{
	json_t *array = json_array();

	for (size_t i = 0; i < step->nr_left; i++) {
		const struct left_alone *left = &step->left[i];
		json_t *object = json_object();

		set_string(object, "class", left->class);
		set_string(object, "name", left->name);
		set_string(object, "path", left->path);
		set_number(object, "line", left->line);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *deeds_json(const struct report_step *step)
{
	json_t *array = json_array();

	for (size_t i = 0; i < step->nr_deeds; i++) {
		const struct report_deed *deed = &step->deeds[i];
		json_t *object = json_object();

		set_string(object, "deeds", deed->deeds);
		set_string(object, "what", deed->what);
		set_string(object, "name", deed->name);
		set_string(object, "new_name", deed->new_name);
		set_string(object, "from", deed->from);
		set_string(object, "to", deed->to);
		set_string(object, "but", deed->but);
		set_number(object, "lines", deed->lines);
		json_object_set_new(object, "residue",
				    json_boolean(deed->residue));
		json_array_append_new(array, object);
	}
	return array;
}

json_t *report_step_json(const struct report_step *step)
{
	json_t *object = json_object();

	set_string(object, "name", step->name);
	set_string(object, "kind", step->kind);
	set_string(object, "subject", step->subject);
	set_string(object, "commit", step->commit);
	set_string(object, "verdict", verdict_name(step->verdict));
	json_object_set_new(object, "drift", drift_json(&step->drifts));
	json_object_set_new(object, "items", items_json(step));
	json_object_set_new(object, "left_alone", left_json(step));
	if (step->likeness)
		set_string(object, "earlier", likeness_name(step->likeness));
	if (step->nr_deeds)
		json_object_set_new(object, "done", deeds_json(step));
	json_object_set_new(object, "configs", configs_json(step));
	return object;
}

static json_t *tools_json(const struct strv *tools)
{
	json_t *object = json_object();

	for (size_t i = 0; i < tools->nr; i++) {
		size_t len = strcspn(tools->v[i], "\t");
		_cleanup_free_ char *name = xstrndup(tools->v[i], len);
		const char *version = tools->v[i] + len;

		set_string(object, name, *version ? version + 1 : "");
	}
	return object;
}

static json_t *range_json(const struct report *report)
{
	json_t *object = json_object();

	json_object_set_new(object, "squashed",
			    json_boolean(report->squashed));
	json_object_set_new(object, "paths", render_strv_json(&report->paths));
	return object;
}

static json_t *earlier_json(const struct report *report)
{
	json_t *object = json_object();

	set_string(object, "rev", report->earlier);
	set_string(object, "commit", report->earlier_commit);
	json_object_set_new(object, "gone", render_strv_json(&report->gone));
	return object;
}

json_t *report_json(const struct report *report)
{
	json_t *object = json_object(), *base = json_object();
	json_t *steps = json_array();

	set_string(base, "describe", report->base_describe);
	set_string(base, "commit", report->base_commit);
	for (size_t i = 0; i < report->nr; i++)
		json_array_append_new(steps,
				      report_step_json(&report->steps[i]));
	set_number(object, "schema", REPORT_SCHEMA);
	set_string(object, "series", report->series);
	if (report->range)
		json_object_set_new(object, "range", range_json(report));
	json_object_set_new(object, "base", base);
	if (report->earlier)
		json_object_set_new(object, "earlier", earlier_json(report));
	json_object_set_new(object, "tools", tools_json(&report->tools));
	set_string(object, "verdict", verdict_name(report->verdict));
	json_object_set_new(object, "steps", steps);
	if (report->nr_accepted)
		json_object_set_new(object, "accepted", accepted_json(report));
	json_object_set_new(object, "notes", render_strv_json(&report->notes));
	return object;
}

void render_dump(const json_t *json, struct buf *ret)
{
	char *text = json_dumps(json, JSON_INDENT(2));

	if (!text)
		abort(); /* out of memory: all strings are valid UTF-8 */
	buf_addstr(ret, text);
	buf_addch(ret, '\n');
	free(text);
}
