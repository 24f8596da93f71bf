// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a cut needs, as data. Every list is there, empty or not, and complete.
 */
#include "cut_needs.h"

#include "render.h"

static json_t *line_json(const struct cut_line *line)
{
	json_t *o = json_object();

	json_object_set_new(o, "name", render_string_json(line->name));
	json_object_set_new(o, "kind",
			    render_string_json(item_kind_name(line->kind)));
	json_object_set_new(o, "line", json_integer(line->line));
	return o;
}

static json_t *lines_json(const struct cut_lines *lines)
{
	json_t *list = json_array();

	for (size_t i = 0; i < lines->nr; i++)
		json_array_append_new(list, line_json(&lines->v[i]));
	return list;
}

static json_t *problems_json(const struct drifts *drifts)
{
	json_t *list = json_array();

	for (size_t i = 0; i < drifts->nr; i++) {
		const struct drift *d = &drifts->v[i];
		json_t *o = json_object();

		json_object_set_new(o, "class", render_string_json(
					drift_class_name(d->class)));
		json_object_set_new(o, "name", render_string_json(d->name));
		json_object_set_new(o, "path", render_string_json(d->path));
		json_object_set_new(o, "line", json_integer(d->line));
		json_object_set_new(o, "message",
				    render_string_json(d->message));
		json_object_set_new(o, "suggestion",
				    render_string_json(d->suggestion));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *crossings_json(const struct cut_needs *n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n->nr_crossings; i++) {
		const struct cut_crossing *c = &n->crossings[i];
		json_t *o = line_json(&c->item);

		json_object_set_new(o, "need", render_string_json(
					need_kind_name(c->kind)));
		json_object_set_new(o, "moves", json_boolean(c->moves));
		json_object_set_new(o, "lines", json_integer(c->lines));
		json_object_set_new(o, "fits_inline",
				    json_boolean(c->fits_inline));
		json_object_set_new(o, "moved_users",
				    lines_json(&c->moved_users));
		json_object_set_new(o, "left_users",
				    lines_json(&c->left_users));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *stale_json(const struct cut_needs *n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n->nr_stale; i++) {
		json_t *o = line_json(&n->stale[i].prototype);

		json_object_set_new(o, "promoted",
				    json_boolean(n->stale[i].promoted));
		json_object_set_new(o, "goes_along",
				    json_boolean(n->stale[i].goes_along));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *includes_json(const struct include_needs *needs)
{
	json_t *list = json_array();

	for (size_t i = 0; i < needs->nr; i++) {
		const struct include_need *need = &needs->v[i];
		json_t *o = json_object();

		json_object_set_new(o, "include",
				    render_string_json(need->include));
		json_object_set_new(o, "path", render_string_json(need->path));
		json_object_set_new(o, "line", json_integer(need->line));
		json_object_set_new(o, "names", render_strv_json(&need->names));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *header_json(const struct cut_header *header)
{
	json_t *o = json_object();

	json_object_set_new(o, "path", render_string_json(header->path));
	json_object_set_new(o, "seen_by_from",
			    json_boolean(header->seen_by_from));
	return o;
}

static json_t *kbuild_json(const struct cut_needs *n)
{
	json_t *o;

	if (!n->kbuild)
		return json_null();
	o = json_object();
	json_object_set_new(o, "path", render_string_json(n->kbuild));
	json_object_set_new(o, "object", render_string_json(n->object));
	json_object_set_new(o, "beside", render_string_json(n->beside));
	return o;
}

void cut_needs_json(const struct cut_question *q, const struct cut_needs *needs,
		    struct buf *ret)
{
	json_t *o = json_object();

	json_object_set_new(o, "schema", json_integer(REPORT_SCHEMA));
	json_object_set_new(o, "from", render_string_json(q->from));
	json_object_set_new(o, "to", render_string_json(q->to));
	json_object_set_new(o, "to_is_new", json_boolean(needs->to_is_new));
	json_object_set_new(o, "ready",
			    json_boolean(cut_needs_nothing(needs)));
	json_object_set_new(o, "items", lines_json(&needs->items));
	json_object_set_new(o, "problems", problems_json(&needs->problems));
	json_object_set_new(o, "needs", crossings_json(needs));
	json_object_set_new(o, "header_for_left",
			    header_json(&needs->header[false]));
	json_object_set_new(o, "header_for_moved",
			    header_json(&needs->header[true]));
	json_object_set_new(o, "forward_declarations", stale_json(needs));
	json_object_set_new(o, "exports", lines_json(&needs->exports));
	json_object_set_new(o, "includes", includes_json(&needs->includes));
	json_object_set_new(o, "pr_fmt", render_string_json(needs->pr_fmt));
	json_object_set_new(o, "kbuild", kbuild_json(needs));
	render_dump(o, ret);
	json_decref(o);
}
