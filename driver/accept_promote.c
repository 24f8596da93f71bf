// SPDX-License-Identifier: GPL-2.0-only
/*
 * A commit does one kind of thing, so what a move needs promoted is promoted by a
 * step of its own, right before it. The steps before that one stay as they are,
 * and so do their commits.
 */
#include "accept_internal.h"

#include "include_path.h"
#include "lib/fs.h"

#define SUBJECT_MOST 75
#define LINE_WIDTH 72

/* The source as it is, and what the destination would include. */
struct cut_ends {
	struct buf from, to;
	struct strv from_includes, to_includes; /* as spelled */
};

static void ends_release(struct cut_ends *e)
{
	buf_release(&e->from);
	buf_release(&e->to);
	strv_release(&e->from_includes);
	strv_release(&e->to_includes);
}

static void add_includes(const char *text, size_t len, struct strv *ret)
{
	struct items items;

	items_parse(text, len, &items);
	for (size_t i = 0; i < items.nr; i++)
		if (items.v[i].kind == ITEM_INCLUDE)
			strv_add(ret, items.v[i].name);
	items_release(&items);
}

static int read_ends(const struct acceptance *a, const struct step *step,
		     struct cut_ends *ret, struct error *err)
{
	if (repo_read(a->repo, a->commit, step->from, &ret->from, err) < 0 ||
	    repo_read(a->repo, a->commit, step->to, &ret->to, err) < 0)
		return -1;
	if (step->preamble && !ret->to.len)
		buf_addstr(&ret->to, step->preamble);
	add_includes(ret->from.data, ret->from.len, &ret->from_includes);
	add_includes(ret->to.data, ret->to.len, &ret->to_includes);
	strv_add_list(&ret->to_includes, &step->includes);
	return 0;
}

/* True when one of the lines can mean the header. */
static bool has_header(const char *path, const struct strv *includes,
		       const char *header)
{
	for (size_t i = 0; i < includes->nr; i++) {
		_cleanup_(strv_release) struct strv paths = STRV_INIT;

		include_candidates(path, includes->v[i], &paths);
		if (strv_has(&paths, header))
			return true;
	}
	return false;
}

/* Where the series puts prototypes of this file, the nearest step first. */
static void list_headers(const struct series *series, size_t step,
			 struct strv *ret)
{
	const char *from = series->steps[step].from;

	for (size_t i = step; i--;)
		if (series->steps[i].kind == STEP_PROMOTE &&
		    streq(series->steps[i].from, from))
			strv_add(ret, series->steps[i].header);
	for (size_t i = step; i < series->nr; i++)
		if (series->steps[i].kind == STEP_PROMOTE &&
		    streq(series->steps[i].from, from))
			strv_add(ret, series->steps[i].header);
	strv_addf(ret, "%.*sh", (int)strlen(from) - 1, from);
}

/* How many functions of the source the header declares. */
static size_t count_declared(const struct items *from, const struct buf *text)
{
	struct items items;
	size_t nr = 0;

	items_parse(text->data, text->len, &items);
	for (size_t i = 0; i < items.nr; i++)
		nr += items.v[i].kind == ITEM_PROTOTYPE &&
		      items_find(from, ITEM_FUNCTION, items.v[i].name, 0) !=
			      ITEMS_NONE;
	items_release(&items);
	return nr;
}

/* The file that a quoted line means: 1, 0, -1. */
static int read_header(const struct acceptance *a, const char *from,
		       const char *include, char **path, struct buf *text,
		       struct error *err)
{
	_cleanup_(strv_release) struct strv paths = STRV_INIT;
	int found = 0;

	if (*include != '"')
		return 0;
	include_candidates(from, include, &paths);
	for (size_t i = 0; i < paths.nr && !found; i++) {
		found = repo_read(a->repo, a->commit, paths.v[i], text, err);
		if (found > 0)
			*path = xstrdup(paths.v[i]);
	}
	return found;
}

/* The header that has most of the source's prototypes already. */
static int add_own_header(const struct acceptance *a, const struct step *step,
			  const struct cut_ends *e, struct strv *ret,
			  struct error *err)
{
	_cleanup_free_ char *best = NULL;
	struct items from;
	size_t most = 0;
	int found = 0;

	items_parse(e->from.data, e->from.len, &from);
	for (size_t i = 0; i < e->from_includes.nr && found >= 0; i++) {
		_cleanup_(buf_release) struct buf text = BUF_INIT;
		_cleanup_free_ char *path = NULL;
		size_t nr = 0;

		found = read_header(a, step->from, e->from_includes.v[i],
				    &path, &text, err);
		if (found > 0)
			nr = count_declared(&from, &text);
		if (nr <= most)
			continue;
		most = nr;
		free(best);
		best = xstrdup(path);
	}
	items_release(&from);
	if (best)
		strv_add(ret, best);
	return found < 0 ? -1 : 0;
}

/* One that both ends include is better than one that the source alone does. */
static const char *choose_header(const struct step *step,
				 const struct cut_ends *e,
				 const struct strv *headers)
{
	const char *second = NULL;

	for (size_t i = 0; i < headers->nr; i++) {
		const char *header = headers->v[i];

		if (!has_header(step->from, &e->from_includes, header))
			continue;
		if (has_header(step->to, &e->to_includes, header))
			return header;
		second = second ? second : header;
	}
	return second;
}

/* As a file beside it, or below include/, spells the header; NULL. */
static char *spell(const char *path, const char *header)
{
	_cleanup_free_ char *here = fs_dirname(path);
	_cleanup_free_ char *there = fs_dirname(header);

	if (streq(here, there))
		return xasprintf("\"%s\"", fs_basename(header));
	if (starts_with(header, "include/"))
		return xasprintf("<%s>", header + strlen("include/"));
	return NULL;
}

/* "a(), b() and c()" */
static char *spoken(const struct strv *names)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < names->nr; i++)
		buf_addf(&text, "%s%s()",
			 !i ? "" : i + 1 < names->nr ? ", " : " and ",
			 names->v[i]);
	return buf_detach(&text);
}

/* The move's own prefix: "KVM: x86: ". */
static char *subject(const struct step *step, const struct strv *names)
{
	_cleanup_free_ char *all = spoken(names);
	const char *end = step->subject, *at = end;
	char *text;

	while ((at = strstr(at, ": ")))
		end = at += 2;
	text = xasprintf("%.*sExpose %s to other files",
			 (int)(end - step->subject), step->subject, all);
	if (strlen(text) <= SUBJECT_MOST)
		return text;
	free(text);
	text = xasprintf("%.*sExpose %zu functions to other files",
			 (int)(end - step->subject), step->subject, names->nr);
	if (strlen(text) > SUBJECT_MOST)
		text[SUBJECT_MOST] = '\0';
	return text;
}

/* A paragraph of the head's message. */
static void add_wrapped(struct buf *ret, const char *text)
{
	size_t column = 0;

	while (*text) {
		size_t len = strcspn(text, " ");

		if (column && column + 1 + len > LINE_WIDTH) {
			buf_addch(ret, '\n');
			column = 0;
		}
		buf_addf(ret, "%s%.*s", column ? " " : "/// ", (int)len, text);
		column += len + !!column;
		text += len + (text[len] == ' ');
	}
	buf_addch(ret, '\n');
}

static char *text_of(const struct step *step, const struct strv *names,
		     const char *header)
{
	_cleanup_free_ char *all = spoken(names);
	_cleanup_free_ char *list = strv_join(names, ",\n\t\t ");
	_cleanup_free_ char *title = subject(step, names);
	_cleanup_free_ char *why = xasprintf(
		"Make %s global, as the next commit moves code from %s to %s, and "
		"%s used on both sides of that cut.", all, step->from, step->to,
		names->nr > 1 ? "they are" : "it is");
	struct buf text = BUF_INIT;

	buf_addf(&text, "/// %s\n///\n", title);
	add_wrapped(&text, why);
	buf_addf(&text,
		 "///\n/// No functional change intended.\n//\n"
		 "// Kind: promote\n// From: %s\n// Header: %s\n"
		 "// Options: --no-includes\n\n@promote@\ntype T;\n"
		 "identifier fn = {%s};\n@@\n- static\n  T fn(...)\n  {\n"
		 "  ...\n  }\n",
		 step->from, header, list);
	return buf_detach(&text);
}

static int put_in(const struct acceptance *a, size_t at,
		  const struct strv *names, const char *header,
		  struct error *err)
{
	const struct step *step = &a->series->steps[at];
	struct step made = {
		.name = xasprintf("%s.promote", step->name),
		.path = xasprintf("(made for %s)", step->path),
		.before = xstrdup(step->name),
		.text = text_of(step, names, header),
	};

	if (step_read(&made, false, err)) {
		step_release(&made);
		return -1;
	}
	report_put_in(a->report, at, made.name, step_kind_name(made.kind),
		      made.subject);
	series_put_in(a->series, at, &made);
	return 1;
}

/* False when the destination cannot name the header. */
static bool show_header(struct step *step, const struct cut_ends *e,
			const char *header)
{
	_cleanup_free_ char *include = spell(step->to, header);

	if (has_header(step->to, &e->to_includes, header))
		return true;
	if (!include)
		return false;
	strv_add(&step->includes, include);
	return true;
}

int accept_promote(const struct acceptance *a, size_t at,
		   const struct strv *names, struct error *err)
{
	struct step *step = &a->series->steps[at];
	struct cut_ends ends = { .from = BUF_INIT, .to = BUF_INIT };
	_cleanup_(strv_release) struct strv headers = STRV_INIT;
	const char *header = NULL;
	int result;

	if (step->kind != STEP_MOVE)
		return 0;
	list_headers(a->series, at, &headers);
	result = read_ends(a, step, &ends, err) ||
			 add_own_header(a, step, &ends, &headers, err) ? -1 : 0;
	if (!result)
		header = choose_header(step, &ends, &headers);
	if (header && show_header(step, &ends, header))
		result = put_in(a, at, names, header, err);
	ends_release(&ends);
	return result;
}
