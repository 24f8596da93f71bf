// SPDX-License-Identifier: GPL-2.0-only
/*
 * Findings on a terminal, for the report and for `compare`: the heaviest
 * first, what and name in columns, the place, then what differs, wrapped. Only
 * here are the excerpts of source shown.
 */
#define _GNU_SOURCE
#include "render.h"

#include <stdio.h>

#define COLUMNS 80
#define WEIGHT_COLUMNS 11 /* "undecided" and two blanks */
#define WHAT_COLUMNS 16	  /* a longer word pushes the name aside */
#define EXCERPT_LINES 20  /* of what a compiler says, for one */
#define RESIDUE_LINES 200 /* a person must read them all */

void render_result(struct buf *ret, enum result result, const char *s,
		   bool colour)
{
	static const char *const colours[] = {
		[RESULT_NOT_RUN] = "33",   [RESULT_EQUAL] = "32",
		[RESULT_EXPLAINED] = "36", [RESULT_UNDECIDED] = "33",
		[RESULT_DIFFERENT] = "1;31",
	};

	if (colour)
		buf_addf(ret, "\033[%sm%s\033[m", colours[result], s);
	else
		buf_addstr(ret, s);
}

void render_verdict(struct buf *ret, enum verdict verdict, const char *s,
		    bool colour)
{
	static const enum result results[] = {
		[VERDICT_NEUTRAL] = RESULT_EQUAL,
		[VERDICT_EXPLAINED] = RESULT_EXPLAINED,
		[VERDICT_UNDECIDED] = RESULT_UNDECIDED,
		[VERDICT_DIFFERENT] = RESULT_DIFFERENT,
	};

	render_result(ret, results[verdict], s, colour);
}

const char *render_mark(enum verdict verdict)
{
	static const char *const marks[] = {
		[VERDICT_NEUTRAL] = "=",
		[VERDICT_EXPLAINED] = "~",
		[VERDICT_UNDECIDED] = "?",
		[VERDICT_DIFFERENT] = "!",
	};

	return marks[verdict];
}

void render_end_line(struct buf *ret)
{
	while (ret->len && ret->data[ret->len - 1] == ' ')
		buf_splice(ret, ret->len - 1, 1, NULL, 0);
	buf_addch(ret, '\n');
}

/* The next word of *text: blanks separate words, and are not part of any. */
static size_t next_word(const char **text)
{
	*text += strspn(*text, " \t\r\n");
	return strcspn(*text, " \t\r\n");
}

void render_wrapped(struct buf *ret, const char *text, size_t indent)
{
	size_t column = 0, len;

	while ((len = next_word(&text))) {
		_cleanup_free_ char *word = xstrndup(text, len);
		size_t width = render_width(word);

		if (column && column + 1 + width > COLUMNS) {
			buf_addch(ret, '\n');
			column = 0;
		}
		if (!column)
			buf_addf(ret, "%*s", (int)indent, "");
		else
			buf_addch(ret, ' ');
		column = (column ? column + 1 : indent) + width;
		render_cell(ret, word, width);
		text += len;
	}
	buf_addch(ret, '\n');
}

/* Source text as it is, tabs kept, but nothing that moves the cursor. */
static void add_line(struct buf *ret, const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];

		buf_addch(ret, (c < ' ' && c != '\t') || c == 0x7f ? ' ' :
								    line[i]);
	}
	buf_addch(ret, '\n');
}

static void add_excerpt(struct buf *ret, const char *text, size_t indent,
			size_t most)
{
	size_t lines = 0;

	for (; *text && lines < most; lines++) {
		size_t len = strcspn(text, "\n");

		buf_addf(ret, "%*s| ", (int)indent, "");
		add_line(ret, text, len);
		text += len + (text[len] == '\n');
	}
	if (*text)
		buf_addf(ret, "%*s| ...\n", (int)indent, "");
}

/* An explained finding is known by its class. Residue is no difference. */
static const char *weight_word(const struct finding *f)
{
	if (f->weight == RESULT_EXPLAINED && f->explained != EXPLAINED_NONE)
		return explained_name(f->explained);
	return f->weight == RESULT_EQUAL ? "residue" : result_name(f->weight);
}

/* The place, on the line of the name when it fits there. */
static void add_where(struct buf *ret, const char *where, size_t used,
		      size_t indent)
{
	size_t width = render_width(where);

	if (used + 2 + width <= COLUMNS)
		buf_addstr(ret, "  ");
	else
		buf_addf(ret, "\n%*s", (int)indent, "");
	render_cell(ret, where, width);
}

static void add_finding(struct buf *ret, const struct finding *f, size_t indent,
			size_t what_columns, bool colour)
{
	_cleanup_free_ char *weight =
		xasprintf("%-*s ", WEIGHT_COLUMNS - 1, weight_word(f));
	size_t what = render_width(f->what), name = render_width(f->name);
	size_t inner = indent + WEIGHT_COLUMNS;

	if (what < what_columns && (name || *f->where))
		what = what_columns;
	buf_addf(ret, "%*s", (int)indent, "");
	render_result(ret, f->weight, weight, colour);
	render_cell(ret, f->what, what);
	if (name) {
		buf_addch(ret, ' ');
		render_cell(ret, f->name, name);
	}
	if (*f->where)
		add_where(ret, f->where, inner + what + 1 + name,
			  inner + what_columns + 1);
	buf_addch(ret, '\n');
	if (*f->detail)
		render_wrapped(ret, f->detail, inner);
	if (f->excerpt)
		add_excerpt(ret, f->excerpt, inner,
			    f->weight == RESULT_EQUAL ? RESIDUE_LINES :
							EXCERPT_LINES);
}

static size_t what_columns(const struct outcome *o)
{
	size_t columns = 0;

	for (size_t i = 0; i < o->nr; i++) {
		size_t width = render_width(o->findings[i].what);

		if (width > columns && width <= WHAT_COLUMNS)
			columns = width;
	}
	return columns;
}

void render_findings(const struct outcome *o, size_t indent, size_t limit,
		     bool colour, struct buf *ret)
{
	size_t columns = what_columns(o), shown = 0;

	for (int weight = RESULT_DIFFERENT; weight >= RESULT_NOT_RUN; weight--) {
		for (size_t i = 0; i < o->nr && (!limit || shown < limit); i++) {
			if ((int)o->findings[i].weight != weight)
				continue;
			add_finding(ret, &o->findings[i], indent, columns,
				    colour);
			shown++;
		}
	}
	if (shown < o->nr)
		buf_addf(ret, "%*s... and %zu more: see the JSON report\n",
			 (int)indent, "", o->nr - shown);
}
