// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "review_json.h"

#include "render.h"

static void set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static void set_number(json_t *object, const char *key, size_t n)
{
	set(object, key, json_integer((json_int_t)n));
}

/*
 * A line without its newline, which all but a file's last one have. What is not
 * UTF-8, or has a NUL byte, is an object with its bytes in hex.
 */
static json_t *line_json(const struct linediff_line *line)
{
	bool whole = line->len && line->data[line->len - 1] == '\n';
	json_t *text = json_stringn(line->data, line->len - whole);
	_cleanup_(buf_release) struct buf hex = BUF_INIT;

	if (!text || memchr(line->data, '\0', line->len)) {
		json_decref(text);
		for (size_t i = 0; i < line->len - whole; i++)
			buf_addf(&hex, "%02x", (unsigned char)line->data[i]);
		text = json_object();
		set(text, "hex", json_string(hex.data));
	}
	return text;
}

static json_t *text_json(const struct review_op *op,
			 const struct review_side *before,
			 const struct review_side *after)
{
	bool added = op->what == REVIEW_ADDED;
	const struct review_side *side = added ? after : before;
	size_t first = (added ? op->new_line : op->old_line) - 1;
	json_t *list = json_array();

	for (size_t i = first; i < first + op->lines; i++)
		json_array_append_new(list, line_json(&side->lines[i]));
	return list;
}

static json_t *op_json(const struct review_op *op,
		       const struct review_side *before,
		       const struct review_side *after)
{
	static const char *const names[] = {
		[REVIEW_KEEP] = "keep", [REVIEW_LOST] = "lost",
		[REVIEW_ADDED] = "new", [REVIEW_GONE] = "gone",
		[REVIEW_CAME] = "came",
	};
	json_t *o = json_object();

	set(o, "what", json_string(names[op->what]));
	set_number(o, "lines", op->lines);
	set_number(o, "old", op->old_line);
	set_number(o, "new", op->new_line);
	if (op->item != REVIEW_NONE)
		set_number(o, "item", op->item);
	if (op->there)
		set_number(o, "there", op->there);
	if (op->spacing)
		set(o, "spacing", json_true());
	if (op->what == REVIEW_LOST || op->what == REVIEW_ADDED)
		set(o, "text", text_json(op, before, after));
	return o;
}

static json_t *ops_json(const struct review_ops *ops,
			const struct review_side *before,
			const struct review_side *after)
{
	json_t *list = json_array();

	for (size_t n = 0; n < ops->nr; n++)
		json_array_append_new(list,
				      op_json(&ops->v[n], before, after));
	return list;
}

static bool ends_in_newline(const struct review_side *side)
{
	return !side->len || side->data[side->len - 1] == '\n';
}

/* Of both sides; null where there is no file. */
static json_t *sides_json(json_t *before, json_t *after)
{
	json_t *o = json_object();

	set(o, "before", before);
	set(o, "after", after);
	return o;
}

static json_t *size_json(const struct review_side *side)
{
	return side->path ? json_integer((json_int_t)side->len) : json_null();
}

static json_t *file_json(const struct review_file *f)
{
	const struct review_side *a = &f->sides[0], *b = &f->sides[1];
	json_t *o = json_object();

	set(o, "before", render_string_json(a->path));
	set(o, "after", render_string_json(b->path));
	set(o, "mode_changed", json_boolean(f->mode_changed));
	set(o, "mode", sides_json(render_string_json(a->mode),
				  render_string_json(b->mode)));
	set(o, "binary", json_boolean(f->binary));
	set(o, "bytes", sides_json(size_json(a), size_json(b)));
	set(o, "final_newline", json_boolean(ends_in_newline(b)));
	set_number(o, "lost", f->lost);
	set_number(o, "new", f->added);
	set_number(o, "spacing", f->spacing);
	set(o, "lines", ops_json(&f->ops, a, b));
	return o;
}

static json_t *place_json(const struct review_commit *c,
			  const struct review_item *item, int after)
{
	const struct review_file *f = &c->files[item->file[after]];
	json_t *o = json_object();

	set(o, "path", render_string_json(f->sides[after].path));
	set_number(o, "line", item->line[after]);
	set_number(o, "lines", item->lines[after]);
	return o;
}

static json_t *item_json(const struct review_commit *c,
			 const struct review_item *item)
{
	json_t *o = json_object();

	set(o, "deeds", json_string(item->deeds));
	set(o, "what", json_string(item->what));
	set(o, "name", render_string_json(item->name));
	set(o, "new_name", render_string_json(item->new_name));
	set(o, "but", render_string_json(item->but));
	set(o, "from", place_json(c, item, 0));
	set(o, "to", place_json(c, item, 1));
	set_number(o, "verbatim", item->verbatim);
	set(o, "lines",
	    ops_json(&item->ops, &c->files[item->file[0]].sides[0],
		     &c->files[item->file[1]].sides[1]));
	return o;
}

static json_t *deed_json(const struct review_deed *deed)
{
	json_t *o = json_object();

	set(o, "deeds", json_string(deed->deeds));
	set(o, "what", json_string(deed->what));
	set(o, "name", render_string_json(deed->name));
	set(o, "new_name", render_string_json(deed->new_name));
	set(o, "where", render_string_json(deed->where));
	return o;
}

/* What a rung of an earlier run, or the text rung now, has come to. */
static json_t *rung_json(const struct outcome *o)
{
	json_t *rung = json_object();

	set(rung, "result", json_string(result_name(o->result)));
	set_number(rung, "checked", o->checked);
	set(rung, "findings", render_findings_json(o));
	return rung;
}

static json_t *config_json(const struct report_config *config)
{
	json_t *o = json_object(), *rungs = json_object();

	set(o, "name", json_string(config->name));
	set(o, "verdict", json_string(verdict_name(config->verdict)));
	for (size_t i = 0; i < config->nr_rungs; i++)
		set(rungs, rung_name(config->rungs[i].rung),
		    rung_json(&config->rungs[i]));
	set(o, "rungs", rungs);
	return o;
}

static json_t *commit_json(const struct review_commit *c)
{
	json_t *o = json_object(), *list;

	set(o, "commit", json_string(c->id));
	set(o, "subject", render_string_json(c->subject));
	set(o, "step", render_string_json(c->name));
	set(o, "kind", render_string_json(c->kind));
	set(o, "verified", json_boolean(c->evidence.nr > 0));
	set(o, "verdict", json_string(verdict_name(review_verdict(c))));
	set_number(o, "moved", c->moved);
	set_number(o, "lost", c->lost);
	set_number(o, "new", c->added);
	set_number(o, "spacing", c->spacing);
	set(o, "text", rung_json(&c->text));
	set(o, "configs", list = json_array());
	for (size_t i = 0; i < c->evidence.nr; i++)
		json_array_append_new(list,
				      config_json(c->evidence.configs[i]));
	set(o, "items", list = json_array());
	for (size_t i = 0; i < c->nr_items; i++)
		json_array_append_new(list, item_json(c, &c->items[i]));
	set(o, "deeds", list = json_array());
	for (size_t i = 0; i < c->nr_deeds; i++)
		json_array_append_new(list, deed_json(&c->deeds[i]));
	set(o, "files", list = json_array());
	for (size_t i = 0; i < c->nr_files; i++)
		json_array_append_new(list, file_json(&c->files[i]));
	return o;
}

static json_t *accepted_json(const struct report *report)
{
	json_t *list = json_array();

	for (size_t i = 0; report && i < report->nr_accepted;) {
		_cleanup_free_ char *text = render_accepted(report, &i);

		json_array_append_new(list, render_string_json(text));
	}
	return list;
}

json_t *review_json(const struct review *review)
{
	json_t *o = json_object(), *list = json_array();

	set(o, "schema", json_integer(REVIEW_SCHEMA));
	set(o, "title", render_string_json(review->title));
	set(o, "base", json_string(review->base));
	set(o, "accepted", accepted_json(review_report(review)));
	for (size_t i = 0; i < review->nr; i++)
		json_array_append_new(list, commit_json(&review->commits[i]));
	set(o, "commits", list);
	return o;
}
