// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a maintainer reads: the verdicts, one line for each item that moved, and
 * the residue as a diff. Nothing that is not a verbatim move is left out; what
 * was moved byte for byte is a line that says so.
 */
#define _GNU_SOURCE
#include "review_terminal.h"

#include "render.h"
#include "review_known.h"
#include "review_rows.h"
#include "visible.h"

#define CONTEXT 3
#define FINDINGS_MOST 10 /* of one rung; report and verify show all */

static void add_colour(struct buf *ret, const struct palette *p, enum slot slot,
		       const char *text)
{
	buf_addf(ret, "%s%s%s", p->begin[slot], text,
		 *p->begin[slot] ? p->end : "");
}

/* ---- Lines of source ---- */

static void add_source(struct buf *ret, const struct palette *p, enum slot slot,
		       char mark, const struct linediff_line *line)
{
	bool whole = line->len && line->data[line->len - 1] == '\n';

	buf_addf(ret, "%s%c", p->begin[slot], mark);
	visible_add(line->data, line->len - whole, ret);
	buf_addf(ret, "%s\n", *p->begin[slot] ? p->end : "");
	if (!whole)
		buf_addstr(ret, "\\ No newline at end of file\n");
}

static void add_fold(const struct review_commit *c, const struct review_row *row,
		     const struct palette *p, struct buf *ret)
{
	const struct review_item *item = &c->items[row->item];
	const struct review_file *other = &c->files[item->file[!row->came]];
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	buf_addf(&text, "~ %s ", item->what);
	visible_addstr(item->name, &text);
	buf_addstr(&text, ": ");
	render_counted(&text, row->lines, "lines");
	buf_addf(&text, " moved %s ", row->came ? "from" : "to");
	visible_addstr(other->sides[!row->came].path, &text);
	buf_addf(&text, ":%zu", item->line[!row->came]);
	add_colour(ret, p, SLOT_FOLD, text.data);
	buf_addch(ret, '\n');
}

/* The last line before that begins at the margin, as git shows it. */
static void add_heading(const struct review_rows *rows, size_t first,
			const struct palette *p, struct buf *ret)
{
	for (size_t i = first; i-- > 0;) {
		const struct review_row *row = &rows->v[i];
		_cleanup_(buf_release) struct buf text = BUF_INIT;
		const char *s = row->line && row->line->len ? row->line->data :
							     " ";

		if (row->kind == ROW_ADDED ||
		    !((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
		      *s == '_'))
			continue;
		visible_add(s, row->line->len - (s[row->line->len - 1] == '\n'),
			      &text);
		buf_addch(ret, ' ');
		add_colour(ret, p, SLOT_FUNC, text.data);
		return;
	}
}

static void add_hunk(const struct review_rows *rows, size_t first,
		     const struct palette *p, struct buf *ret)
{
	const struct review_row *row = &rows->v[first];
	_cleanup_free_ char *at = xasprintf("@@ -%zu +%zu @@", row->old_line,
					    row->new_line);

	add_colour(ret, p, SLOT_FRAG, at);
	add_heading(rows, first, p, ret);
	buf_addch(ret, '\n');
}

static void add_row(const struct review_commit *c, const struct review_row *row,
		    const struct palette *p, struct buf *ret)
{
	switch (row->kind) {
	case ROW_FOLD:
		add_fold(c, row, p, ret);
		return;
	case ROW_LOST:
		add_source(ret, p, SLOT_OLD, '-', row->line);
		return;
	case ROW_ADDED:
		add_source(ret, p, SLOT_NEW, '+', row->line);
		return;
	case ROW_SPACING:
		add_source(ret, p, row->lost ? SLOT_OLD : SLOT_NEW,
			   row->lost ? '-' : '+', row->line);
		return;
	case ROW_CONTEXT:
		add_source(ret, p, SLOT_CONTEXT, ' ', row->line);
		return;
	}
}

static void add_rows(const struct review_commit *c,
		     const struct review_rows *rows, const struct palette *p,
		     struct buf *ret)
{
	size_t hunk = 0;

	for (size_t i = 0; i < rows->nr; i++) {
		if (!rows->v[i].hunk)
			continue;
		if (rows->v[i].hunk != hunk)
			add_hunk(rows, i, p, ret);
		hunk = rows->v[i].hunk;
		add_row(c, &rows->v[i], p, ret);
	}
}

/* ---- Files and items ---- */

static void add_meta(struct buf *ret, const struct palette *p, const char *a,
		     const char *b)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	buf_addstr(&text, a);
	visible_addstr(b, &text);
	add_colour(ret, p, SLOT_META, text.data);
	buf_addch(ret, '\n');
}

static void add_file(const struct review_commit *c, size_t n,
		     const struct palette *p, struct buf *ret)
{
	const struct review_file *f = &c->files[n];
	_cleanup_free_ char *mode = review_mode(f), *binary = review_binary(f);
	struct review_rows rows;

	review_rows_of_file(c, n, CONTEXT, &rows);
	if (review_file_matters(f)) {
		buf_addch(ret, '\n');
		if (f->sides[0].path)
			add_meta(ret, p, "--- a/", f->sides[0].path);
		else
			add_meta(ret, p, "--- /dev/null", "");
		if (f->sides[1].path)
			add_meta(ret, p, "+++ b/", f->sides[1].path);
		else
			add_meta(ret, p, "+++ /dev/null", "");
		if (mode)
			add_meta(ret, p, mode, "");
		if (binary)
			add_meta(ret, p, binary, "");
		else
			add_rows(c, &rows, p, ret);
	}
	review_rows_release(&rows);
}

static void add_item_diff(const struct review_commit *c, size_t n,
			  const struct palette *p, struct buf *ret)
{
	const struct review_item *item = &c->items[n];
	struct review_rows rows;

	review_rows_of_item(c, n, CONTEXT, &rows);
	if (rows.hunks) {
		static const char *const marks[] = { "--- a/", "+++ b/" };

		buf_addch(ret, '\n');
		for (int after = 0; after < 2; after++) {
			_cleanup_free_ char *text = xasprintf(
				"%s:%zu %s %s",
				c->files[item->file[after]].sides[after].path,
				item->line[after], item->what,
				after && item->new_name ? item->new_name :
							  item->name);

			add_meta(ret, p, marks[after], text);
		}
		add_rows(c, &rows, p, ret);
	}
	review_rows_release(&rows);
}

static const char *path_of(const struct review_commit *c,
			   const struct review_item *item, int after)
{
	return c->files[item->file[after]].sides[after].path;
}

/* From the same file to the same file, by the same deeds. */
static bool same_way(const struct review_commit *c, const struct review_item *a,
		     const struct review_item *b)
{
	return a->file[0] == b->file[0] && a->file[1] == b->file[1] &&
	       streq(a->deeds, b->deeds) &&
	       streq(path_of(c, a, 0), path_of(c, b, 0));
}

static void add_item(const struct review_item *item, bool exported,
		     const struct palette *p, struct buf *ret)
{
	buf_addf(ret, "      %s ", item->what);
	visible_addstr(item->name, ret);
	if (item->new_name) {
		buf_addstr(ret, " -> ");
		visible_addstr(item->new_name, ret);
	}
	if (exported)
		buf_addstr(ret, " and its export");
	buf_addstr(ret, " (");
	render_counted(ret, item->lines[1], "lines");
	buf_addf(ret, ", %zu -> %zu): ", item->line[0], item->line[1]);
	render_result(ret, item->but ? RESULT_UNDECIDED : RESULT_EQUAL,
		      item->but ? "verbatim but for " : "verbatim", p->on);
	if (item->but)
		buf_addf(ret, "%s", item->but);
	buf_addch(ret, '\n');
}

/* The export of the item before it, which went along and changed as little. */
static bool is_its_export(const struct review_commit *c, size_t n)
{
	const struct review_item *export = &c->items[n], *item = export - 1;

	return n && streq(export->what, "export") &&
	       !streq(item->what, "export") && !export->but && !item->but &&
	       streq(export->name, item->name) && same_way(c, item, export);
}

/* A line each; what went the same way stands below one head. */
static void add_items(const struct review_commit *c, const struct palette *p,
		      struct buf *ret)
{
	_cleanup_free_ bool *shown = xcalloc(c->nr_items + 1, sizeof(*shown));

	for (size_t i = 0; i < c->nr_items; i++) {
		const struct review_item *first = &c->items[i];

		if (shown[i])
			continue;
		buf_addf(ret, "    %s from ", first->deeds);
		visible_addstr(path_of(c, first, 0), ret);
		buf_addstr(ret, " to ");
		visible_addstr(first->file[0] == first->file[1] ?
				       "another place in it" :
				       path_of(c, first, 1), ret);
		buf_addch(ret, '\n');
		for (size_t k = i; k < c->nr_items; k++) {
			bool exported = k + 1 < c->nr_items &&
					is_its_export(c, k + 1);

			if (shown[k] || !same_way(c, first, &c->items[k]))
				continue;
			shown[k] = shown[k + exported] = true;
			add_item(&c->items[k], exported, p, ret);
		}
	}
}

static void add_deeds(const struct review_commit *c, struct buf *ret)
{
	for (size_t i = 0; i < c->nr_deeds; i++) {
		const struct review_deed *d = &c->deeds[i];

		buf_addf(ret, "    %s: %s ", d->deeds, d->what);
		visible_addstr(d->name, ret);
		buf_addstr(ret, d->new_name ? " -> " : "");
		visible_addstr(d->new_name ? d->new_name : "", ret);
		buf_addstr(ret, " at ");
		visible_addstr(d->where, ret);
		buf_addch(ret, '\n');
	}
}

/* ---- What is known of it ---- */

/* Those that weigh something: residue is shown as it is. */
static void add_findings(const struct outcome *o, const struct palette *p,
			 struct buf *ret)
{
	struct outcome heavy = OUTCOME_INIT(o->rung);

	heavy.findings = xcalloc(o->nr + 1, sizeof(*heavy.findings));
	for (size_t i = 0; i < o->nr; i++) {
		if (o->findings[i].weight <= RESULT_EQUAL)
			continue;
		heavy.findings[heavy.nr] = o->findings[i];
		heavy.findings[heavy.nr++].excerpt = NULL;
	}
	render_findings(&heavy, 6, FINDINGS_MOST, p->on, ret);
	free(heavy.findings);
}

static void add_rung(const struct outcome *o, const char *where,
		     const struct palette *p, struct buf *ret)
{
	if (o->result <= RESULT_EQUAL)
		return;
	buf_addf(ret, "    %s ", rung_name(o->rung));
	render_result(ret, o->result, result_name(o->result), p->on);
	buf_addf(ret, "%s%s\n", where ? " in " : "", where ? where : "");
	add_findings(o, p, ret);
}

/* "neutral in kvm-i386, kvm". */
static void add_verdict(const struct report_step *step, enum verdict verdict,
			const struct palette *p, struct buf *ret)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	_cleanup_free_ char *list = NULL;

	for (size_t i = 0; i < step->nr_configs; i++)
		if (step->configs[i].verdict == verdict)
			strv_add(&names, step->configs[i].name);
	if (!names.nr)
		return;
	list = strv_join(&names, ", ");
	buf_addstr(ret, "    ");
	render_verdict(ret, verdict, verdict_name(verdict), p->on);
	buf_addf(ret, " in %s\n", list);
}

/* Of a commit that nobody verified there is the text rung, in no configuration. */
static void add_evidence(const struct report_step *step, bool verified,
			 const struct palette *p, struct buf *ret)
{
	if (!verified) {
		buf_addstr(ret, "    ");
		render_result(ret, RESULT_UNDECIDED, "not verified", p->on);
		buf_addch(ret, '\n');
	}
	for (int v = VERDICT_DIFFERENT; verified && v >= VERDICT_NEUTRAL; v--)
		add_verdict(step, (enum verdict)v, p, ret);
	for (int rung = 0; rung < RUNG_NR; rung++)
		for (size_t i = 0; i < step->nr_configs; i++) {
			_cleanup_free_ char *where =
				render_where_same(step, (enum rung)rung, i);

			if (where)
				add_rung(render_rung(&step->configs[i],
						     (enum rung)rung),
					 verified ? where : NULL, p, ret);
		}
}

/* ---- A commit ---- */

static void add_head(const struct review_commit *c, const struct palette *p,
		     struct buf *ret)
{
	_cleanup_free_ char *id = xasprintf("commit %s", c->id);
	_cleanup_(buf_release) struct buf subject = BUF_INIT;

	visible_addstr(c->subject, &subject);
	buf_addch(ret, '\n');
	add_colour(ret, p, SLOT_COMMIT, id);
	buf_addf(ret, "\n    %s\n", subject.data);
	if (c->name)
		buf_addf(ret, "    step %s%s%s\n", c->name, c->kind ? ", " : "",
			 c->kind ? c->kind : "");
}

static void add_spacing(const struct review_commit *c, struct buf *ret)
{
	for (size_t i = 0; i < c->nr_files; i++) {
		const struct review_file *f = &c->files[i];
		_cleanup_(strv_release) struct strv places = STRV_INIT;
		_cleanup_free_ char *list = NULL;

		for (size_t n = 0; n < f->ops.nr; n++) {
			const struct review_op *op = &f->ops.v[n];
			bool lost = op->what == REVIEW_LOST;

			if (op->spacing)
				strv_addf(&places, "%c%zu at %zu",
					  lost ? '-' : '+', op->lines,
					  lost ? op->old_line : op->new_line);
		}
		if (!places.nr)
			continue;
		list = strv_join(&places, ", ");
		buf_addstr(ret, "    empty lines beside moved items in ");
		visible_addstr(review_path(f), ret);
		buf_addf(ret, ": %s\n", list);
	}
}

static void add_counts(const struct review_commit *c, struct buf *ret)
{
	buf_addstr(ret, "    ");
	if (c->nr_items) {
		render_counted(ret, c->moved, "lines");
		buf_addstr(ret, " moved byte for byte; ");
	}
	if (!c->lost && !c->added) {
		buf_addf(ret, "no %sresidue\n",
			 review_matters(c) ? "line of " : "");
		return;
	}
	buf_addf(ret, "residue: %zu lost, %zu new\n", c->lost, c->added);
}

/* known: the step of the report that is known of the review */
static void add_commit(const struct review_commit *c,
		       const struct report_step *known, const struct palette *p,
		       struct buf *ret)
{
	add_head(c, p, ret);
	add_evidence(known, c->evidence.nr, p, ret);
	add_items(c, p, ret);
	add_deeds(c, ret);
	add_spacing(c, ret);
	add_counts(c, ret);
	for (size_t i = 0; i < c->nr_items; i++)
		add_item_diff(c, i, p, ret);
	for (size_t i = 0; i < c->nr_files; i++)
		add_file(c, i, p, ret);
}

void review_terminal(const struct review *review, const struct palette *p,
		     struct buf *ret)
{
	struct report known;

	review_known(review, &known);
	review_table(review, p, ret);
	for (size_t i = 0; i < review->nr; i++)
		add_commit(&review->commits[i], &known.steps[i], p, ret);
	review_known_release(&known);
}
