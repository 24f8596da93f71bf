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
		[DRIFT_TWICE] = "twice",
		[DRIFT_DISAGREE] = "disagree",
		[DRIFT_UNPARSED] = "unparsed",
		[DRIFT_PROMOTION] = "promotion",
		[DRIFT_NEEDLESS] = "needless",
		[DRIFT_SHARED_DATA] = "shared-data",
		[DRIFT_PRIVATE] = "private",
		[DRIFT_DESTINATION] = "destination",
		[DRIFT_KBUILD] = "kbuild",
		[DRIFT_INCLUDE] = "include",
		[DRIFT_TAKEN] = "taken",
		[DRIFT_USED] = "used",
		[DRIFT_NO_CHANGE] = "no-change",
	};

	return names[class];
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

static void add_place(struct buf *text, const struct drift *d)
{
	if (!*d->path)
		return;
	buf_addstr(text, d->path);
	if (d->line)
		buf_addf(text, ":%u", d->line);
	buf_addstr(text, ": ");
}

int drifts_error(const struct drifts *list, const char *step,
		 struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	buf_addf(&text, "step %s does not fit this base", step);
	for (size_t i = 0; i < list->nr; i++) {
		const struct drift *d = &list->v[i];

		buf_addch(&text, '\n');
		add_place(&text, d);
		buf_addstr(&text, d->message);
		if (d->suggestion)
			buf_addf(&text, "; %s", d->suggestion);
	}
	return error_set(err, ERROR_DRIFT, "%s", text.data);
}

void drifts_release(struct drifts *list)
{
	for (size_t i = 0; i < list->nr; i++) {
		free(list->v[i].name);
		free(list->v[i].path);
		free(list->v[i].message);
		free(list->v[i].suggestion);
	}
	free(list->v);
	*list = (struct drifts){ 0 };
}
