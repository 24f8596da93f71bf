// SPDX-License-Identifier: GPL-2.0-only
/*
 * The list of what does not fit. Cases are collected, not reported one at a
 * time: who regenerates a series on a new base wants to see all of a step's
 * drift in one run.
 */
#define _GNU_SOURCE
#include "drift.h"

#include "lib/buf.h"

#include <stdarg.h>
#include <stdio.h>

const char *drift_class_name(enum drift_class class)
{
	static const char *const names[] = {
		[DRIFT_ABSENT] = "absent",
		[DRIFT_MOVED] = "moved",
		[DRIFT_DONE] = "done",
		[DRIFT_RENAMED] = "renamed",
		[DRIFT_MACRO] = "macro",
		[DRIFT_INLINE] = "inline",
		[DRIFT_TWICE] = "twice",
		[DRIFT_BRANCHES] = "branches",
		[DRIFT_DISAGREE] = "disagree",
		[DRIFT_UNPARSED] = "unparsed",
		[DRIFT_PROMOTION] = "promotion",
		[DRIFT_NEEDLESS] = "needless",
		[DRIFT_SHARED_DATA] = "shared-data",
		[DRIFT_PRIVATE] = "private",
		[DRIFT_EXPORT] = "export",
		[DRIFT_XMACRO] = "x-macro",
		[DRIFT_DESTINATION] = "destination",
		[DRIFT_KBUILD] = "kbuild",
		[DRIFT_INCLUDE] = "include",
		[DRIFT_TAKEN] = "taken",
		[DRIFT_USED] = "used",
		[DRIFT_NO_CHANGE] = "no-change",
	};

	return names[class];
}

const char *remedy_name(enum remedy remedy)
{
	static const char *const names[] = {
		[REMEDY_NONE] = "none",
		[REMEDY_LEAVE_OUT] = "leave-out",
		[REMEDY_LEAVE_STEP] = "leave-step-out",
		[REMEDY_CALL] = "call",
		[REMEDY_FROM] = "from",
		[REMEDY_END] = "end",
		[REMEDY_PROMOTE] = "promote",
		[REMEDY_INCLUDE] = "include",
		[REMEDY_NO_INCLUDE] = "no-include",
		[REMEDY_APPEND] = "append",
		[REMEDY_NO_MACRO] = "no-macro",
		[REMEDY_KBUILD] = "kbuild",
		[REMEDY_TAKE] = "take",
	};

	return names[remedy];
}

void drifts_add(struct drifts *list, enum drift_class class, const char *name,
		const char *path, unsigned int line, const char *suggestion,
		const char *message, ...)
{
	struct drift *d;
	va_list args;
	char *text = NULL;

	va_start(args, message);
	if (vasprintf(&text, message, args) < 0)
		text = xstrdup(message);
	va_end(args);
	ARRAY_GROW(list->v, list->nr, list->alloc);
	d = &list->v[list->nr++];
	*d = (struct drift){
		.class = class,
		.name = xstrdup(name ? name : ""),
		.path = xstrdup(path ? path : ""),
		.line = line,
		.message = text,
		.suggestion = xstrdup(suggestion),
	};
}

void drifts_remedy(struct drifts *list, enum remedy remedy, const char *other)
{
	struct drift *last = &list->v[list->nr - 1];

	last->remedy = remedy;
	free(last->other);
	last->other = xstrdup(other);
}

void drifts_copy(struct drifts *list, const struct drift *drift)
{
	drifts_add(list, drift->class, drift->name, drift->path, drift->line,
		   drift->suggestion, "%s", drift->message);
	drifts_remedy(list, drift->remedy, drift->other);
}

void drift_release(struct drift *drift)
{
	free(drift->name);
	free(drift->path);
	free(drift->message);
	free(drift->suggestion);
	free(drift->other);
}

void drifts_drop(struct drifts *list, size_t i)
{
	drift_release(&list->v[i]);
	list->nr--;
	memmove(&list->v[i], &list->v[i + 1],
		(list->nr - i) * sizeof(*list->v));
}

static void add_place(struct buf *text, const struct drift *d)
{
	if (!*d->path)
		return;
	buf_addstr(text, d->path);
	if (d->line)
		buf_addf(text, ":%u", d->line);
	buf_addstr(text, ": ");
}

static bool same_string(const char *a, const char *b)
{
	return a && b ? streq(a, b) : a == b;
}

static bool alike(const struct drift *a, const struct drift *b)
{
	return a->class == b->class &&
	       same_string(a->suggestion, b->suggestion);
}

/* What the message says of the name that it begins with; NULL. */
static const char *said_of_name(const struct drift *d)
{
	size_t len = strlen(d->name);

	return len && d->line && d->message[0] == '\'' &&
			       starts_with(d->message + 1, d->name) &&
			       d->message[len + 1] == '\'' ?
		       d->message + len + 2 :
		       NULL;
}

static bool same_of_name(const struct drift *a, const struct drift *b)
{
	const char *x = said_of_name(a), *y = said_of_name(b);

	return alike(a, b) && x && y && streq(x, y) && streq(a->path, b->path);
}

#define COLUMNS 78

/* Names that the same is true of, with their lines, under the first of them. */
static size_t add_names(struct buf *text, const struct drifts *list,
			size_t first, bool *told)
{
	size_t column = 0, nr = 0;

	for (size_t i = first + 1; i < list->nr; i++) {
		const struct drift *d = &list->v[i];
		_cleanup_free_ char *word = NULL;

		if (told[i] || !same_of_name(&list->v[first], d))
			continue;
		told[i] = true;
		word = xasprintf("%s (%u)", d->name, d->line);
		if (nr++)
			buf_addch(text, ',');
		if (nr == 1 || column + strlen(word) + 2 > COLUMNS) {
			buf_addstr(text, "\n    ");
			column = 4;
		}
		buf_addf(text, "%s%s", nr == 1 ? "so is " : column > 4 ? " " : "",
			 word);
		column += strlen(word) + 2;
	}
	return nr;
}

/* The case and those behind it that are alike. */
static void add_alike(struct buf *text, const struct drifts *list, size_t first,
		      bool *told)
{
	const struct drift *d = &list->v[first];
	size_t nr = 0;

	for (size_t i = first; i < list->nr; i++) {
		if (told[i] || !alike(d, &list->v[i]) ||
		    (i > first && !d->suggestion))
			continue;
		told[i] = true;
		buf_addch(text, '\n');
		add_place(text, &list->v[i]);
		buf_addstr(text, list->v[i].message);
		nr += 1 + add_names(text, list, i, told);
	}
	if (d->suggestion && nr > 1)
		buf_addf(text, "\n    these %zu: %s", nr, d->suggestion);
	else if (d->suggestion)
		buf_addf(text, "; %s", d->suggestion);
}

char *drifts_paragraph(const struct drifts *list, size_t i, bool *told)
{
	const struct drift *d = &list->v[i];
	struct buf text = BUF_INIT;
	size_t nr = 0;

	told[i] = true;
	add_place(&text, d);
	buf_addstr(&text, d->message);
	for (size_t k = i + 1; k < list->nr; k++) {
		if (told[k] || !same_of_name(d, &list->v[k]))
			continue;
		told[k] = true;
		buf_addf(&text, "%s%s (%u)", nr++ ? ", " : "; so is ",
			 list->v[k].name, list->v[k].line);
	}
	if (d->suggestion)
		buf_addf(&text, "; %s", d->suggestion);
	return buf_detach(&text);
}

size_t drifts_remedied(const struct drifts *list)
{
	bool all = true;
	size_t nr = 0;

	for (size_t i = 0; i < list->nr; i++) {
		const struct drift *d = &list->v[i];

		if (d->remedy == REMEDY_LEAVE_STEP)
			return list->nr;
		nr += d->remedy != REMEDY_NONE;
		all &= d->remedy || drift_is_summary(d);
	}
	return all ? list->nr : nr;
}

bool drift_is_summary(const struct drift *drift)
{
	return drift->class == DRIFT_DONE && !*drift->name && !drift->remedy;
}

int drifts_error(const struct drifts *list, const char *step,
		 struct error *err)
{
	_cleanup_free_ bool *told = xcalloc(list->nr, sizeof(*told));
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	buf_addf(&text, "step %s does not fit this base", step);
	for (size_t i = 0; i < list->nr; i++)
		if (!told[i])
			add_alike(&text, list, i, told);
	return error_set(err, ERROR_DRIFT, "%s", text.data);
}

void drifts_release(struct drifts *list)
{
	for (size_t i = 0; i < list->nr; i++)
		drift_release(&list->v[i]);
	free(list->v);
	*list = (struct drifts){ 0 };
}
