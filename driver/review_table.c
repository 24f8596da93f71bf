// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of a review: a line a commit, small enough for a first screen and for
 * a cover letter. A commit that somebody must look at has a mark other than '='.
 */
#define _GNU_SOURCE
#include "review_terminal.h"

#include "render.h"
#include "visible.h"

#define COLUMNS 80
#define VERDICT_COLUMNS 12 /* "not verified" */

static size_t common_prefix(const struct review *r)
{
	_cleanup_(strv_release) struct strv subjects = STRV_INIT;

	for (size_t i = 0; i < r->nr; i++)
		strv_add(&subjects, r->commits[i].subject);
	return render_prefix(&subjects);
}

/* prefix: bytes of the subject that the heading has already. */
static void add_row(const struct review_commit *c, size_t prefix,
		    const struct palette *p, struct buf *ret)
{
	enum verdict verdict = review_verdict(c);
	bool known = c->evidence.nr || verdict == VERDICT_DIFFERENT;
	_cleanup_(buf_release) struct buf cell = BUF_INIT;
	_cleanup_(buf_release) struct buf subject = BUF_INIT;
	_cleanup_free_ char *counts =
		xasprintf("%5zu %6zu %6zu %6zu  ", c->nr_items, c->moved,
			  c->lost, c->added);

	render_verdict(ret, verdict, render_mark(verdict), p->on);
	buf_addf(ret, " %.12s%s", c->id, counts);
	render_cell(&cell, known ? verdict_name(verdict) : "not verified",
		    VERDICT_COLUMNS);
	render_verdict(ret, verdict, cell.data, p->on);
	buf_addstr(ret, "  ");
	visible_addstr(c->subject + prefix, &subject);
	render_cell(ret, subject.data,
		    COLUMNS - 2 - 12 - strlen(counts) - VERDICT_COLUMNS - 2);
	render_end_line(ret);
}

/* What a run let pass of what this base lacks. */
static void add_accepted(const struct report *report, struct buf *ret)
{
	if (report && report->nr_accepted)
		buf_addch(ret, '\n');
	for (size_t i = 0; report && i < report->nr_accepted;) {
		_cleanup_free_ char *accepted = render_accepted(report, &i);
		_cleanup_free_ char *text = xasprintf("accepted: %s", accepted);

		render_wrapped(ret, text, 0);
	}
}

static void add_end(const struct review *r, struct buf *ret)
{
	size_t unknown = 0;

	add_accepted(review_report(r), ret);
	for (size_t i = 0; i < r->nr; i++)
		unknown += !r->commits[i].evidence.nr;
	if (!unknown)
		return;
	buf_addch(ret, '\n');
	render_counted(ret, unknown, "commits");
	buf_addstr(ret, " not verified");
	if (r->verify)
		buf_addf(ret, "; run '%s'", r->verify);
	buf_addch(ret, '\n');
}

void review_table(const struct review *review, const struct palette *p,
		  struct buf *ret)
{
	size_t prefix = common_prefix(review);

	visible_addstr(review->title, ret);
	buf_addstr(ret, ": ");
	render_counted(ret, review->nr, "commits");
	buf_addf(ret, " on %.12s\n\n", review->base);
	buf_addstr(ret, "                    moved        residue\n"
			"  commit       items  lines   lost    new  verdict"
			"       ");
	if (prefix)
		buf_addf(ret, "%.*s...\n", (int)prefix,
			 review->commits[0].subject);
	else
		buf_addstr(ret, "subject\n");
	for (size_t i = 0; i < review->nr; i++)
		add_row(&review->commits[i], prefix, p, ret);
	add_end(review, ret);
}
