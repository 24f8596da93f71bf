// SPDX-License-Identifier: GPL-2.0-only
/*
 * struct strv: argument vectors, file lists and name lists.
 */
#define _GNU_SOURCE
#include "strv.h"
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>

/* Takes ownership of s. */
static void push(struct strv *list, char *s)
{
	if (list->nr + 1 >= list->alloc) {
		list->alloc = list->alloc ? list->alloc * 2 : 8;
		list->v = xrealloc(list->v, list->alloc, sizeof(*list->v));
	}
	list->v[list->nr++] = s;
	list->v[list->nr] = NULL;
}

void strv_add(struct strv *list, const char *s)
{
	push(list, xstrdup(s));
}

void strv_addn(struct strv *list, const char *s, size_t len)
{
	push(list, xstrndup(s, len));
}

void strv_addf(struct strv *list, const char *fmt, ...)
{
	va_list args;
	char *s = NULL;

	va_start(args, fmt);
	if (vasprintf(&s, fmt, args) < 0)
		abort(); /* a format string of ours is wrong */
	va_end(args);
	push(list, s);
}

void strv_add_all(struct strv *list, const char *const *strings)
{
	for (; *strings; strings++)
		strv_add(list, *strings);
}

void strv_add_list(struct strv *list, const struct strv *other)
{
	for (size_t i = 0; i < other->nr; i++)
		strv_add(list, other->v[i]);
}

void strv_split(struct strv *list, const char *s, const char *separators)
{
	while (*(s += strspn(s, separators))) {
		size_t len = strcspn(s, separators);

		strv_addn(list, s, len);
		s += len;
	}
}

size_t strv_find(const struct strv *list, const char *s)
{
	size_t i = 0;

	while (i < list->nr && !streq(list->v[i], s))
		i++;
	return i;
}

bool strv_has(const struct strv *list, const char *s)
{
	return strv_find(list, s) < list->nr;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void strv_sort(struct strv *list)
{
	if (list->nr)
		qsort(list->v, list->nr, sizeof(*list->v), compare);
}

void strv_uniq(struct strv *list)
{
	size_t kept = 0;

	strv_sort(list);
	for (size_t i = 0; i < list->nr; i++) {
		if (kept && streq(list->v[kept - 1], list->v[i]))
			free(list->v[i]);
		else
			list->v[kept++] = list->v[i];
	}
	list->nr = kept;
	if (list->v)
		list->v[kept] = NULL;
}

char *strv_join(const struct strv *list, const char *separator)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < list->nr; i++) {
		if (i)
			buf_addstr(&b, separator);
		buf_addstr(&b, list->v[i]);
	}
	return buf_detach(&b);
}

void strv_release(struct strv *list)
{
	for (size_t i = 0; i < list->nr; i++)
		free(list->v[i]);
	free(list->v);
	*list = (struct strv)STRV_INIT;
}
