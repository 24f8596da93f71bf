// SPDX-License-Identifier: GPL-2.0-only
/*
 * struct error: one message and its class, built where the failure is known
 * and prefixed with context on the way up.
 */
#define _GNU_SOURCE
#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#undef error_set
#undef error_errno
#undef error_prefix

static char *format(const char *fmt, va_list args)
{
	char *text = NULL;

	if (vasprintf(&text, fmt, args) < 0)
		text = xstrdup(fmt);
	return text;
}

static int replace(struct error *err, enum error_class class, char *text)
{
	if (!err) {
		free(text);
		return -1;
	}
	free(err->text);
	err->class = class;
	err->text = text;
	return -1;
}

int error_set(struct error *err, enum error_class class, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = format(fmt, args);
	va_end(args);
	return replace(err, class, text);
}

int error_errno(struct error *err, const char *fmt, ...)
{
	int saved = errno;
	_cleanup_free_ char *text = NULL;
	va_list args;

	va_start(args, fmt);
	text = format(fmt, args);
	va_end(args);
	return error_set(err, ERROR_SYSTEM, "%s: %s", text, strerror(saved));
}

int error_prefix(struct error *err, const char *fmt, ...)
{
	_cleanup_free_ char *prefix = NULL;
	va_list args;

	if (!err || !err->text)
		return -1;
	va_start(args, fmt);
	prefix = format(fmt, args);
	va_end(args);
	return replace(err, err->class, xasprintf("%s: %s", prefix, err->text));
}

void error_print(const struct error *err)
{
	const char *line = err->text;

	while (line && *line) {
		size_t len = strcspn(line, "\n");

		fprintf(stderr, "cocciseries: error: %.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
}

int error_exit_code(const struct error *err)
{
	static const int codes[] = {
		[ERROR_NONE] = 0,    [ERROR_SYSTEM] = 4, [ERROR_INPUT] = 129,
		[ERROR_DRIFT] = 3,   [ERROR_BUILD] = 1,
	};

	return codes[err->class];
}

void error_release(struct error *err)
{
	free(err->text);
	*err = (struct error)ERROR_INIT;
}
