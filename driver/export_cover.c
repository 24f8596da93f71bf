// SPDX-License-Identifier: GPL-2.0-only
/*
 * The cover letter: what the series is for is the author's to say, the comment
 * that the file 'series' begins with if there is one. What it does and how that
 * was proven is known here.
 */
#define _GNU_SOURCE
#include "export.h"

#include "lib/fs.h"
#include "render.h"

#define CONFIG_LEAST 12 /* "not verified" */

/* ---- The author's words ---- */

/* The lines of the comment, without the '#'; empty when there is none. */
static int read_description(const struct options *o, struct buf *ret,
			    struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *path = o->series ? fs_join(o->series, "series") :
						NULL;

	if (!path)
		return 0;
	if (fs_read(path, &text, err))
		return -1;
	for (const char *line = text.data; *line == '#';) {
		size_t len = strcspn(line, "\n"), skip = 1;

		skip += len > 1 && line[1] == ' ';
		buf_add(ret, line + skip, len - skip);
		buf_addch(ret, '\n');
		line += len + (line[len] == '\n');
	}
	return 0;
}

/* What stands before the first empty line, on one line. */
static char *first_paragraph(const char *text, const char **ret_rest)
{
	struct buf b = BUF_INIT;

	while (*text && *text != '\n') {
		size_t len = strcspn(text, "\n");

		buf_addf(&b, "%s%.*s", b.len ? " " : "", (int)len, text);
		text += len + (text[len] == '\n');
	}
	*ret_rest = text + strspn(text, "\n");
	if (b.len && b.data[b.len - 1] == '.')
		buf_splice(&b, b.len - 1, 1, NULL, 0);
	return buf_detach(&b);
}

int export_cover_subject(const struct export *e, char **ret, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(strv_release) struct strv subjects = STRV_INIT;
	_cleanup_free_ char *first = NULL;
	const char *rest;

	if (read_description(e->options, &text, err))
		return -1;
	for (size_t i = 0; i < e->review->nr; i++)
		strv_add(&subjects, e->review->commits[i].subject);
	first = first_paragraph(text.data, &rest);
	*ret = *first && subjects.nr ?
		       xasprintf("%.*s%s", (int)render_prefix(&subjects),
				 subjects.v[0], first) :
		       NULL;
	return 0;
}

static void add_description(const struct export *e, struct buf *ret)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	const char *rest = "";

	if (!read_description(e->options, &text, NULL))
		free(first_paragraph(text.data, &rest));
	buf_addf(ret, "%s\n", *rest ? rest : "*** BLURB HERE ***\n");
}

/* ---- What the series does ---- */

/* "a.c to b.c": each way once. */
static void add_ways(const struct review *r, struct strv *ret)
{
	for (size_t i = 0; i < r->nr; i++) {
		const struct review_commit *c = &r->commits[i];

		for (size_t k = 0; k < c->nr_items; k++) {
			const struct review_item *item = &c->items[k];
			_cleanup_free_ char *way = xasprintf(
				"%s to %s",
				c->files[item->file[0]].sides[0].path,
				c->files[item->file[1]].sides[1].path);

			if (!strv_has(ret, way))
				strv_add(ret, way);
		}
	}
}

static void add_summary(const struct review *r, struct buf *ret)
{
	_cleanup_(strv_release) struct strv ways = STRV_INIT;
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *list = NULL;
	size_t items = 0, moved = 0, lost = 0, added = 0;

	for (size_t i = 0; i < r->nr; i++) {
		const struct review_commit *c = &r->commits[i];

		items += c->nr_items;
		moved += c->moved;
		lost += c->lost;
		added += c->added;
	}
	add_ways(r, &ways);
	list = strv_join(&ways, ", ");
	if (items) {
		render_counted(&text, items, "items");
		buf_addstr(&text, " move, ");
		render_counted(&text, moved, "lines");
		buf_addf(&text, " byte for byte: %s. Beside that ", list);
	}
	render_counted(&text, lost, "lines");
	buf_addstr(&text, " go and ");
	render_counted(&text, added, "lines");
	buf_addstr(&text, " come in ");
	render_counted(&text, r->nr, "patches");
	buf_addstr(&text, ":");
	render_wrapped(ret, text.data, 0);
}

/* ---- The table ---- */

/* All configurations that any commit was verified in. */
static void list_configs(const struct review *r, struct strv *ret)
{
	for (size_t i = 0; i < r->nr; i++)
		for (size_t k = 0; k < r->commits[i].evidence.nr; k++) {
			const char *name =
				r->commits[i].evidence.configs[k]->name;

			if (!strv_has(ret, name))
				strv_add(ret, name);
		}
}

static const struct report_config *find_config(const struct evidence *e,
					       const char *name)
{
	for (size_t i = 0; i < e->nr; i++)
		if (streq(e->configs[i]->name, name))
			return e->configs[i];
	return NULL;
}

static void add_table(const struct review *r, const struct strv *configs,
		      struct buf *ret)
{
	buf_addstr(ret, "\n            moved      residue\n"
			"  patch items lines   lost   new  ");
	for (size_t k = 0; k < configs->nr; k++) {
		render_cell(ret, configs->v[k], CONFIG_LEAST);
		buf_addch(ret, ' ');
	}
	render_end_line(ret);
	for (size_t i = 0; i < r->nr; i++) {
		const struct review_commit *c = &r->commits[i];

		buf_addf(ret, "  %5zu %5zu %5zu %6zu %5zu  ", i + 1,
			 c->nr_items, c->moved, c->lost, c->added);
		for (size_t k = 0; k < configs->nr; k++) {
			const struct report_config *config =
				find_config(&c->evidence, configs->v[k]);

			render_cell(ret,
				    config ? verdict_name(config->verdict) :
					     "not verified", CONFIG_LEAST);
			buf_addch(ret, ' ');
		}
		render_end_line(ret);
	}
}

/* ---- How it was proven ---- */

/* Of all patches and configurations: the worst result, and how much, in *checked. */
static enum result sum_rung(const struct review *r, enum rung rung,
			    size_t *checked)
{
	enum result worst = RESULT_NOT_RUN;

	*checked = 0;
	for (size_t i = 0; i < r->nr; i++) {
		const struct evidence *e = &r->commits[i].evidence;

		for (size_t k = 0; k < e->nr; k++) {
			const struct outcome *o =
				render_rung(e->configs[k], rung);

			if (!o)
				continue;
			worst = o->result > worst ? o->result : worst;
			/* The text holds for all configurations. */
			if (rung != RUNG_TEXT || !k)
				*checked += o->checked;
		}
	}
	return worst;
}

static void add_rung(const struct review *r, enum rung rung, struct buf *ret)
{
	size_t checked;
	enum result worst = sum_rung(r, rung, &checked);

	if (worst == RESULT_NOT_RUN)
		return;
	buf_addf(ret, "  %-7s %-10s ", rung_name(rung), result_name(worst));
	render_counted(ret, checked, render_unit(rung));
	buf_addch(ret, '\n');
}

/* What the steps meet on this base and was let pass is for a reviewer to know. */
static void add_accepted(const struct report *report, struct buf *ret)
{
	for (size_t i = 0; i < report->nr_accepted;) {
		_cleanup_free_ char *accepted = render_accepted(report, &i);
		_cleanup_free_ char *text = xasprintf("Accepted: %s.", accepted);

		render_wrapped(ret, text, 0);
	}
	if (report->nr_accepted)
		buf_addch(ret, '\n');
}

static void add_tools(const struct report *report, struct buf *ret)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	buf_addstr(&text, "By");
	for (size_t i = 0; i < report->tools.nr; i++) {
		const char *tool = report->tools.v[i];
		const char *version = strchr(tool, '\t');

		buf_addf(&text, "%s %.*s (%s)", i ? "," : "",
			 (int)strcspn(tool, "\t"), tool,
			 version ? version + 1 : "");
	}
	buf_addch(&text, '.');
	render_wrapped(ret, text.data, 0);
}

/* What whoever has the patches can type. */
static void add_command(const struct export *e, struct buf *ret)
{
	const struct review *r = e->review;

	if (r->series)
		buf_addf(ret, "\nTo make and prove all of it again:\n\n"
			      "  cocciseries run %s --tree LINUX --base %.12s\n",
			 r->title, r->base);
	else
		buf_addf(ret, "\nTo prove it again, once the patches are applied:\n\n"
			      "  cocciseries verify %.12s..\n", r->base);
}

/* "2 of 3 patches were built, without a new warning, and compared..." */
static void add_share(const struct review *r, const struct strv *configs,
		      struct buf *ret)
{
	_cleanup_free_ char *list = strv_join(configs, ", ");
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	size_t nr = 0, checked;

	for (size_t i = 0; i < r->nr; i++)
		nr += r->commits[i].evidence.nr > 0;
	if (nr == r->nr)
		buf_addstr(&text, "Each patch was");
	else
		buf_addf(&text, "%zu of %zu patches %s", nr, r->nr,
			 nr == 1 ? "was" : "were");
	buf_addf(&text, " built%s and compared with the one before in %s:",
		 sum_rung(r, RUNG_BUILD, &checked) == RESULT_EQUAL ?
			 ", without a new warning," :
			 "",
		 list);
	render_wrapped(ret, text.data, 0);
}

static void add_evidence(const struct export *e, const struct strv *configs,
			 struct buf *ret)
{
	const struct report *report = review_report(e->review);

	buf_addch(ret, '\n');
	if (!report || !configs->nr) {
		buf_addstr(ret, "Nobody has verified these commits.\n");
		return;
	}
	add_share(e->review, configs, ret);
	buf_addch(ret, '\n');
	for (int rung = 0; rung < RUNG_NR; rung++)
		add_rung(e->review, (enum rung)rung, ret);
	buf_addch(ret, '\n');
	add_accepted(report, ret);
	add_tools(report, ret);
}

static void add_complaints(const struct export *e, struct buf *ret)
{
	size_t moved = 0;

	if (!e->checked)
		return;
	for (size_t i = 0; i < e->nr_complaints; i++)
		moved += e->complaints[i].moved;
	buf_addstr(ret, "\ncheckpatch.pl: ");
	if (!e->nr_complaints) {
		buf_addstr(ret, "no complaints.\n");
		return;
	}
	render_counted(ret, e->nr_complaints - moved, "complaints");
	buf_addf(ret, ", and %zu about lines that move unchanged.\n", moved);
}

void export_cover_text(const struct export *e, struct buf *ret)
{
	_cleanup_(strv_release) struct strv configs = STRV_INIT;

	list_configs(e->review, &configs);
	add_description(e, ret);
	add_summary(e->review, ret);
	add_table(e->review, &configs, ret);
	add_evidence(e, &configs, ret);
	add_command(e, ret);
	add_complaints(e, ret);
	while (ret->len && ret->data[ret->len - 1] == '\n')
		buf_splice(ret, ret->len - 1, 1, NULL, 0);
}
