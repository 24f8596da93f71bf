// SPDX-License-Identifier: GPL-2.0-only
/*
 * The style sheet and the script are files, which the assembler puts into the
 * program. The policy in the head lets a browser fetch nothing, and run this one
 * script and no other, whatever the source that is shown has in it.
 */
#define _GNU_SOURCE
#include "html_page.h"

#include <sha256.h>
#include <stdint.h>

#include "html_diff.h"
#include "html_evidence.h"
#include "html_graph.h"
#include "html_overview.h"
#include "render.h"

#define EMBED(symbol, file)                                                    \
	__asm__(".section .rodata\n"                                           \
		".global " #symbol "\n"                                        \
		#symbol ":\n"                                                  \
		".incbin \"" file "\"\n"                                       \
		".byte 0\n"                                                    \
		".previous\n")

EMBED(html_style, "driver/review.css");
EMBED(html_script, "driver/review.js");
extern const char html_style[], html_script[];

/* ---- The head ---- */

static unsigned int digit(char c)
{
	return (unsigned int)(c <= '9' ? c - '0' : c - 'a' + 10);
}

char *html_base64(const char *hex)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789+/";
	struct buf b = BUF_INIT;
	size_t len = strlen(hex);

	/* Three hex digits are two letters; what is missing is 0, and marked. */
	for (size_t i = 0; i < len; i += 3) {
		unsigned int bits = 0;

		for (size_t k = i; k < i + 3; k++)
			bits = bits << 4 | (k < len ? digit(hex[k]) : 0);
		buf_addch(&b, letters[bits >> 6]);
		if (i + 1 < len)
			buf_addch(&b, letters[bits & 63]);
	}
	while (b.len % 4)
		buf_addch(&b, '=');
	return buf_detach(&b);
}

static void add_meta(struct html *h, const char *key, const char *name,
		     const char *content)
{
	html_open(h, "meta");
	html_attr(h, key, name);
	html_attr(h, "content", content);
	html_close_void(h);
}

static void add_policy(struct html *h)
{
	char hex[SHA256_DIGEST_STRING_LENGTH];
	_cleanup_free_ char *hash = html_base64(SHA256Data(
		(const uint8_t *)html_script, strlen(html_script), hex));
	_cleanup_free_ char *policy =
		xasprintf("default-src 'none'; style-src 'unsafe-inline'; "
			  "script-src 'sha256-%s'; base-uri 'none'; "
			  "form-action 'none'", hash);

	add_meta(h, "http-equiv", "Content-Security-Policy", policy);
}

static void add_head(struct html *h, const struct review *r)
{
	html_open(h, "head");
	html_open(h, "meta");
	html_attr(h, "charset", "utf-8");
	html_close_void(h);
	add_policy(h);
	add_meta(h, "name", "viewport", "width=device-width, initial-scale=1");
	add_meta(h, "name", "color-scheme", "light dark");
	html_open(h, "title");
	html_textf(h, "Review of %s", r->title);
	html_close(h);
	html_open(h, "style");
	html_raw(h, html_style);
	html_close(h);
	html_close(h);
}

static void add_header(struct html *h, const struct review *r,
		       const struct report *report)
{
	_cleanup_free_ const char **configs = NULL;
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	_cleanup_free_ char *list = NULL;
	size_t nr = review_known_configs(report, &configs);

	for (size_t i = 0; i < nr; i++)
		if (!streq(configs[i], REVIEW_NOT_BUILT))
			strv_add(&names, configs[i]);
	list = strv_join(&names, ", ");
	html_open(h, "header");
	html_leaf(h, "div", "tools", "");
	html_leaf(h, "h1", NULL, r->title);
	html_class(h, "p", "soft");
	html_counted(h, r->nr, "commits");
	html_textf(h, " on %.12s", r->base);
	if (names.nr)
		html_textf(h, ", verified in %s", list);
	html_close(h);
	html_open(h, "nav");
	html_attr(h, "aria-label", "contents");
	html_link(h, "#read", "What to read first");
	html_link(h, "#commits", "Commits");
	html_link(h, "#evidence", "Evidence, by rung and configuration");
	if (r->nr)
		html_link(h, "#c1", "Each commit");
	html_close(h);
	html_close(h);
}

/* ---- The evidence of all ---- */

static void add_totals(struct html *h, const struct report *report)
{
	_cleanup_free_ char *kabi = render_kabi(report);
	_cleanup_free_ char *missing = NULL;
	struct render_totals totals;
	bool first = true;

	render_totals(report, &totals);
	html_open(h, "p");
	html_text(h, "Compared: ");
	for (int r = 0; r < RUNG_NR; r++) {
		if (!totals.checked[r])
			continue;
		html_text(h, first ? "" : ", ");
		html_counted(h, totals.checked[r], render_unit((enum rung)r));
		first = false;
	}
	html_text(h, ".");
	if (totals.not_compared.nr) {
		missing = strv_join(&totals.not_compared, ", ");
		html_textf(h, " Not compared: %s.", missing);
	}
	if (kabi)
		html_textf(h, " %s.", kabi);
	html_close(h);
	render_totals_release(&totals);
}

/* What a run did about steps that do not fit the base. */
static void add_accepted(struct html *h, const struct report *report)
{
	if (!report || !report->nr_accepted)
		return;
	html_open(h, "p");
	html_attr(h, "id", "accepted");
	html_text(h, "Accepted, where the series does not fit this base:");
	html_close(h);
	html_class(h, "ul", "findings");
	for (size_t i = 0; i < report->nr_accepted;) {
		_cleanup_free_ char *text = render_accepted(report, &i);

		html_leaf(h, "li", NULL, text);
	}
	html_close(h);
}

static void add_evidence(struct html *h, const struct review *r,
			 const struct report *report)
{
	html_open(h, "section");
	html_attr(h, "id", "evidence");
	html_leaf(h, "h2", NULL, "Evidence");
	add_totals(h, report);
	add_accepted(h, review_report(r));
	html_matrix(h, report);
	html_close(h);
}

/* ---- A commit ---- */

static void add_way(struct html *h, size_t number, size_t nr)
{
	html_open(h, "nav");
	html_attrf(h, "aria-label", "from commit %zu", number);
	if (number > 1) {
		html_open(h, "a");
		html_attrf(h, "href", "#c%zu", number - 1);
		html_text(h, "\xe2\x86\x91 previous");
		html_close(h);
	}
	if (number < nr) {
		html_open(h, "a");
		html_attrf(h, "href", "#c%zu", number + 1);
		html_text(h, "\xe2\x86\x93 next");
		html_close(h);
	}
	html_link(h, "#commits", "all commits");
	html_close(h);
}

static void add_meta_line(struct html *h, const struct html_commit *page,
			  const struct report *report)
{
	const struct review_commit *c = page->c;
	_cleanup_free_ char *id = render_commit(c->id);
	size_t i = page->number - 1;

	html_class(h, "div", "meta");
	html_verdict(h, report->steps[i].verdict, html_is_known(report, i));
	html_leaf(h, "code", NULL, id);
	if (c->name) {
		html_open(h, "span");
		html_textf(h, "step %s", c->name);
		html_close(h);
	}
	if (c->kind)
		html_leaf(h, "span", NULL, c->kind);
	add_way(h, page->number, report->nr);
	html_close(h);
}

/* "neutral in full, plain", and what any rung found. */
static void add_known(struct html *h, const struct html_commit *page,
		      const struct report_step *step)
{
	html_class(h, "div", "known");
	html_attrf(h, "id", "c%zu-evidence", page->number);
	for (int v = VERDICT_DIFFERENT; v >= VERDICT_NEUTRAL; v--) {
		_cleanup_(strv_release) struct strv names = STRV_INIT;
		_cleanup_free_ char *list = NULL;

		for (size_t i = 0; i < page->c->evidence.nr; i++)
			if (step->configs[i].verdict == (enum verdict)v)
				strv_add(&names, step->configs[i].name);
		list = strv_join(&names, ", ");
		if (!names.nr)
			continue;
		html_open(h, "p");
		html_textf(h, "%s in %s", verdict_name((enum verdict)v), list);
		html_close(h);
	}
	if (!page->c->evidence.nr)
		html_leaf(h, "p", NULL, "Not verified: only its texts were "
					"compared.");
	html_findings(h, step);
	html_close(h);
}

static void add_residue(struct html *h, struct html_commit *page)
{
	html_open(h, "h3");
	html_attrf(h, "id", "c%zu-residue", page->number);
	html_text(h, "To read ");
	html_residue_counts(h, page->c);
	html_close(h);
	if (review_matters(page->c))
		html_residue(h, page);
	else
		html_leaf(h, "p", "soft", "Nothing: every line that came or went "
					  "is one that moved.");
}

static size_t count_verbatim(const struct review_commit *c)
{
	size_t nr = 0;

	for (size_t n = 0; n < c->nr_items; n++)
		nr += !c->items[n].but;
	return nr;
}

static void add_moved(struct html *h, struct html_commit *page)
{
	size_t nr = count_verbatim(page->c);

	if (nr) {
		html_open(h, "h3");
		html_text(h, "Moved byte for byte: ");
		html_counted(h, nr, "items");
		html_close(h);
		html_moved(h, page);
	}
	if (page->c->nr_deeds) {
		html_leaf(h, "h3", NULL, "Done in its place");
		html_deeds(h, page);
	}
	if (page->c->nr_items) {
		html_leaf(h, "h3", NULL, "Where they stood, and stand");
		html_places(h, page);
	}
}

static void add_commit(struct html *h, const struct review *r, size_t i,
		       const struct report *report)
{
	const struct report_step *step = &report->steps[i];
	struct html_commit page;

	html_commit_open(r, i, &page);
	html_class(h, "section", "commit");
	html_attrf(h, "id", "c%zu", i + 1);
	html_open(h, "h2");
	html_class(h, "span", "no");
	html_textf(h, "%zu", i + 1);
	html_close(h);
	html_text(h, page.c->subject);
	html_close(h);
	add_meta_line(h, &page, report);
	add_known(h, &page, step);
	add_residue(h, &page);
	add_moved(h, &page);
	if (html_has_codegen(step)) {
		html_leaf(h, "h3", NULL, "Size of the code");
		html_codegen(h, step);
	}
	html_close(h);
	html_commit_release(&page);
}

/* ---- The page ---- */

static void add_body(struct html *h, const struct review *r,
		     const struct report *report)
{
	html_open(h, "body");
	html_class(h, "a", "skip");
	html_attr(h, "href", "#commits");
	html_text(h, "To the commits");
	html_close(h);
	add_header(h, r, report);
	html_open(h, "main");
	html_overview(h, r, report);
	add_evidence(h, r, report);
	html_graphs(h, r);
	for (size_t i = 0; i < r->nr; i++)
		add_commit(h, r, i, report);
	html_close(h);
	html_leaf(h, "footer", NULL,
		  "Written by cocciseries review. A line that moved byte for byte "
		  "is in a fold; every other line that came or went is in none.");
	html_open(h, "script");
	html_raw(h, html_script);
	html_close(h);
	html_close(h);
}

int html_page(const struct review *review, struct buf *ret, struct error *err)
{
	struct html *h = html_new();
	struct report report;

	review_known(review, &report);
	html_open(h, "html");
	html_attr(h, "lang", "en");
	add_head(h, review);
	add_body(h, review, &report);
	html_close(h);
	review_known_release(&report);
	return html_end(h, ret, err);
}
