// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines are compared as they are, but for names that the step gives another
 * spelling: a warning about a function is the same one under its new name.
 */
#define _GNU_SOURCE
#include "lines.h"

#include "lib/buf.h"
#include "renames.h"

char *lines_new_name(const struct contract *c, const char *name)
{
	for (size_t i = 0; i < c->nr_renamed; i++) {
		char *new = renamed_form(name, c->renamed[i].old,
					 c->renamed[i].new);

		if (new)
			return new;
	}
	return xstrdup(name);
}

char *lines_renamed(const struct contract *c, const char *text)
{
	struct buf b = BUF_INIT;

	while (*text) {
		size_t len = 0;

		while (is_code_byte(text[len]))
			len++;
		if (len) {
			_cleanup_free_ char *word = xstrndup(text, len);
			_cleanup_free_ char *new = lines_new_name(c, word);

			buf_addstr(&b, new);
			text += len;
		} else {
			buf_addch(&b, *text++);
		}
	}
	return buf_detach(&b);
}

static void only_in(const struct strv *a, const struct strv *b,
		    struct strv *ret)
{
	for (size_t i = 0; i < a->nr; i++)
		if (!strv_has(b, a->v[i]))
			strv_add(ret, a->v[i]);
}

static void rename_all(const struct contract *contract,
		       const struct strv *lines, struct strv *ret)
{
	for (size_t i = 0; i < lines->nr; i++) {
		_cleanup_free_ char *line =
			lines_renamed(contract, lines->v[i]);

		strv_add(ret, line);
	}
}

void lines_gone(const struct contract *contract, const struct strv *before,
		const struct strv *after, struct strv *ret)
{
	struct strv renamed _cleanup_(strv_release) = STRV_INIT;

	rename_all(contract, before, &renamed);
	only_in(&renamed, after, ret);
}

void lines_new(const struct contract *contract, const struct strv *before,
	       const struct strv *after, struct strv *ret)
{
	struct strv renamed _cleanup_(strv_release) = STRV_INIT;

	rename_all(contract, before, &renamed);
	only_in(after, &renamed, ret);
}
