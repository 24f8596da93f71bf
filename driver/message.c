// SPDX-License-Identifier: GPL-2.0-only
/*
 * The semantic patch is indented: `git am` cuts a message at a line that
 * begins with "---", and a line that begins with '#' would look like a comment
 * to an editor.
 */
#include "message.h"

#include <ctype.h>

/* A longer one is named, not quoted. */
#define QUOTED_LINES 30
#define LINE_WIDTH 72

static size_t count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

static void quote(const char *text, struct buf *ret)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		if (len)
			buf_addf(ret, "    %.*s\n", (int)len, text);
		else
			buf_addch(ret, '\n');
		text += len + (text[len] == '\n');
	}
}

/* The rules without the blank lines around them; the caller frees. */
static char *trimmed_rules(const struct step *step)
{
	const char *begin = step->rules;
	const char *end = begin + strlen(begin);

	while (*begin == '\n')
		begin++;
	while (end > begin && isspace((unsigned char)end[-1]))
		end--;
	return xasprintf("%.*s\n", (int)(end - begin), begin);
}

static const char *who_edits(enum step_kind kind)
{
	switch (kind) {
	case STEP_MOVE:
		return "cocciseries moved, byte for byte, what this semantic patch stars";
	case STEP_PROMOTE:
		return "cocciseries promoted what this semantic patch names";
	case STEP_RENAME:
		return "cocciseries renamed, in each place that means it, what this semantic patch names";
	case STEP_RENAME_FILE:
		return "cocciseries renamed the file and the lines that name it, by this semantic patch";
	case STEP_INCLUDES:
		return "cocciseries edited the #include lines by this semantic patch";
	case STEP_EXTRACT:
	case STEP_TRANSFORM:
		return "Coccinelle made the change with this semantic patch";
	case STEP_KINDS:
		break;
	}
	return "";
}

/* Who edits, and what of it the rules do not show. */
static char *how(const struct step *step)
{
	_cleanup_free_ char *items = strv_join(&step->items, ", ");

	if (step->kind != STEP_MOVE || !step->items.nr)
		return xstrdup(who_edits(step->kind));
	return xasprintf("%s, and %s", who_edits(step->kind), items);
}

/* The message was written for bases that have, and need, it all. */
static void list_names(const char *title, const struct strv *names,
		       struct buf *ret)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	size_t column = 0;

	for (size_t i = 0; i < names->nr; i++) {
		_cleanup_free_ char *word = xasprintf(
			"%s%s%s", i ? "" : title, names->v[i],
			i + 1 < names->nr ? "," : ".");
		size_t len = strlen(word);

		if (column && column + 1 + len > LINE_WIDTH) {
			buf_addch(&text, '\n');
			column = 0;
		}
		buf_addf(&text, "%s%s", column ? " " : "", word);
		column += len + !!column;
	}
	if (text.len)
		buf_addf(ret, "\n%s\n", text.data);
}

/* Where the step is from, as generation.c looks for it. */
static char *origin(const struct series *series, const struct step *step)
{
	if (step->before)
		return xasprintf("--drift=accept put it before %s.cocci of the series %s",
				 step->before, series->name);
	return xasprintf("%s.cocci of the series %s", step->name, series->name);
}

void message_of_step(const struct series *series, const struct step *step,
		     const char *signoff, struct buf *ret)
{
	_cleanup_free_ char *rules = trimmed_rules(step);
	_cleanup_free_ char *made = how(step);
	_cleanup_free_ char *from = origin(series, step);

	buf_addstr(ret, step->message);
	list_names("Not in this base: ", &step->absent, ret);
	list_names("Done in this base already: ", &step->done, ret);
	list_names("Not needed in this base: ", &step->needless, ret);
	list_names("In this base: ", &step->called, ret);
	if (count_lines(rules) <= QUOTED_LINES) {
		buf_addf(ret, "\n%s\n(%s):\n\n", made, from);
		quote(rules, ret);
	} else {
		buf_addf(ret, "\n%s:\n%s.\n", made, from);
	}
	if (signoff)
		buf_addf(ret, "\nSigned-off-by: %s\n", signoff);
}

/* The last one counts: what stands before it is the step's own text. */
bool message_made_by(const char *message, char **ret_step, char **ret_series)
{
	static const char mark[] = ".cocci of the series ";
	const char *end = NULL, *at = message, *begin, *series;
	size_t len;

	for (; (at = strstr(at, mark)); at += strlen(mark))
		end = at;
	if (!end)
		return false;
	for (begin = end; begin > message && begin[-1] != '(' &&
			  begin[-1] != '\n' && begin[-1] != ' ';)
		begin--;
	series = end + strlen(mark);
	len = strcspn(series, " )\n");
	while (len && strchr(".,;:", series[len - 1]))
		len--;
	*ret_step = xstrndup(begin, (size_t)(end - begin));
	*ret_series = xstrndup(series, len);
	return true;
}
