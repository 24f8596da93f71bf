/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For the tests of items.h: a text's items as one string, and what must hold
 * of the items of any text.
 */
#ifndef TESTS_UNIT_ITEMS_HELPER_H
#define TESTS_UNIT_ITEMS_HELPER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "lib/buf.h"
#include "lib/items.h"
#include "lib/strv.h"

static inline void check_coverage(const struct items *items, size_t len)
{
	size_t at = 0;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *item = &items->v[i];

		assert_int_equal(item->begin, at);
		assert_true(item->end > at);
		assert_true(item->begin <= item->code_begin);
		assert_true(item->code_begin <= item->code_end);
		assert_true(item->code_end <= item->end);
		assert_non_null(item->name);
		at = item->end;
	}
	assert_int_equal(at, len);
}

static inline void describe(const struct item *item, struct buf *ret)
{
	buf_addf(ret, "%s%s", ret->len ? ", " : "", item_kind_name(item->kind));
	if (item->name[0])
		buf_addf(ret, " %s", item->name);
	if (item->argument)
		buf_addf(ret, "(%s)", item->argument);
	if (item->owner != ITEMS_NONE)
		buf_addf(ret, "->%zu", item->owner);
	if (item->is_static)
		buf_addstr(ret, " static");
	if (item->is_inline)
		buf_addstr(ret, " inline");
	if (item->split)
		buf_addstr(ret, " split");
}

/* "function f static, export EXPORT_SYMBOL(f)->0" */
static inline void check_bytes(const char *text, size_t len,
			       const char *expected)
{
	struct buf found = BUF_INIT;
	struct items items;

	items_parse(text, len, &items);
	check_coverage(&items, len);
	for (size_t i = 0; i < items.nr; i++)
		describe(&items.v[i], &found);
	assert_string_equal(found.data, expected);
	buf_release(&found);
	items_release(&items);
}

static inline void check_kinds(const char *text, const char *expected)
{
	check_bytes(text, strlen(text), expected);
}

/* The text cut at its items, '|' between them. */
static inline void check_cuts(const char *expected)
{
	struct buf text = BUF_INIT, found = BUF_INIT;
	struct items items;

	for (const char *p = expected; *p; p++)
		if (*p != '|')
			buf_addch(&text, *p);
	items_parse(text.data, text.len, &items);
	check_coverage(&items, text.len);
	for (size_t i = 0; i < items.nr; i++) {
		if (i)
			buf_addch(&found, '|');
		buf_add(&found, text.data + items.v[i].begin,
			items.v[i].end - items.v[i].begin);
	}
	assert_string_equal(found.data, expected);
	buf_release(&text);
	buf_release(&found);
	items_release(&items);
}

/* All names of the first item of this kind, commas between them. */
static inline void check_names(const char *text, enum item_kind kind,
			       const char *expected)
{
	struct strv names = STRV_INIT;
	struct items items;
	size_t i = 0;
	char *found;

	items_parse(text, strlen(text), &items);
	while (i < items.nr && items.v[i].kind != kind)
		i++;
	assert_true(i < items.nr);
	items_names(&items, i, &names);
	found = strv_join(&names, ",");
	assert_string_equal(found, expected);
	free(found);
	strv_release(&names);
	items_release(&items);
}

#endif
