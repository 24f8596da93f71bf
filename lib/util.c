// SPDX-License-Identifier: GPL-2.0-only
/*
 * Allocation that cannot fail. Out of memory is the one error that is not
 * reported through struct error: reporting would allocate.
 */
#define _GNU_SOURCE
#include "util.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#define EXIT_SYSTEM 4

static void *check(void *ptr)
{
	static const char message[] = "cocciseries: out of memory\n";

	if (ptr)
		return ptr;
	if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(EXIT_SYSTEM);
	_exit(EXIT_SYSTEM);
}

void *xcalloc(size_t nr, size_t size)
{
	return check(calloc(nr ? nr : 1, size ? size : 1));
}

void *xrealloc(void *ptr, size_t nr, size_t size)
{
	return check(reallocarray(ptr, nr ? nr : 1, size ? size : 1));
}

char *xstrdup(const char *s)
{
	return s ? check(strdup(s)) : NULL;
}

char *xstrndup(const char *s, size_t len)
{
	return s ? check(strndup(s, len)) : NULL;
}

char *xasprintf(const char *fmt, ...)
{
	va_list args;
	char *s = NULL;

	va_start(args, fmt);
	if (vasprintf(&s, fmt, args) < 0)
		s = NULL;
	va_end(args);
	return check(s);
}

void free_pointer(void *ptr)
{
	free(*(void **)ptr);
}

bool ends_with(const char *s, const char *suffix)
{
	size_t len = strlen(s), tail = strlen(suffix);

	return len >= tail && streq(s + len - tail, suffix);
}
