// SPDX-License-Identifier: GPL-2.0-only
/*
 * The line diff: what pairs it makes of small texts, letter by letter ('.' is a
 * blank line), and that on any two texts pairs are equal lines in order, as many
 * as the longest common subsequence has where that is easy to know.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "lib/buf.h"
#include "lib/linediff.h"

/* A line for each letter. */
static void spell(const char *letters, struct buf *ret)
{
	for (; *letters; letters++) {
		if (*letters != '.')
			buf_addch(ret, *letters);
		buf_addch(ret, '\n');
	}
}

static char shown(const struct linediff_line *line)
{
	return linediff_is_blank(line) ? '.' : *line->data;
}

/* "a-b+c" of "ab" and "ac"; fails where a pair is none. */
static char *differ(const char *old, const char *new)
{
	_cleanup_(buf_release) struct buf x = BUF_INIT, y = BUF_INIT;
	struct buf ret = BUF_INIT;
	_cleanup_free_ struct linediff_line *a = NULL, *b = NULL;
	size_t nr_a = 0, nr_b = 0, i = 0, k = 0;
	_cleanup_free_ size_t *pa = NULL, *pb = NULL;

	spell(old, &x);
	spell(new, &y);
	linediff_split(x.data, x.len, &a, &nr_a);
	linediff_split(y.data, y.len, &b, &nr_b);
	pa = xcalloc(nr_a + 1, sizeof(*pa));
	pb = xcalloc(nr_b + 1, sizeof(*pb));
	linediff(a, nr_a, b, nr_b, pa, pb);
	while (i < nr_a || k < nr_b) {
		if (i < nr_a && pa[i] == LINEDIFF_NONE) {
			buf_addf(&ret, "-%c", shown(&a[i++]));
			continue;
		}
		if (k < nr_b && pb[k] == LINEDIFF_NONE) {
			buf_addf(&ret, "+%c", shown(&b[k++]));
			continue;
		}
		assert_true(i < nr_a && k < nr_b);
		assert_true(pa[i] == k && pb[k] == i);
		assert_true(linediff_same(&a[i], &b[k]));
		buf_addch(&ret, shown(&a[i++]));
		k++;
	}
	return buf_detach(&ret);
}

static void pairs_what_is_the_same(void **state)
{
	static const struct {
		const char *old, *new, *diff;
	} rules[] = {
		{ "", "", "" },
		{ "", "a", "+a" },
		{ "a", "", "-a" },
		{ "abc", "abc", "abc" },
		{ "abc", "axc", "a-b+xc" },
		{ "abcabba", "cbabac", "-a-bc-ab+aba+c" },
		/* unique lines hold, the braces between them do not */
		{ "f{x}g{y}", "g{y}f{x}", "-f-{-x-}g{y}+f+{+x+}" },
		/* what is new begins behind a blank line */
		{ "f}.g}", "f}.h}.g}", "f}.+h+}+.g}" },
		{ "f}.h}.g}", "f}.g}", "f}.-h-}-.g}" },
		/* or else as far down as it goes */
		{ "caab", "caaab", "caa+ab" },
		{ "f}", "f}.g}", "f}+.+g+}" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		_cleanup_free_ char *got = differ(rules[i].old, rules[i].new);

		if (!streq(got, rules[i].diff))
			fail_msg("%s, %s: %s, not %s", rules[i].old,
				 rules[i].new, got, rules[i].diff);
	}
}

/* differ() asserts what must be true of any two texts. */
static void is_exact_on_any_text(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		char text[2][25] = { "" };

		for (int side = 0; side < 2; side++) {
			int nr = (seed = seed * 1103515245 + 12345) >> 16;

			nr %= 24;
			for (int i = 0; i < nr; i++) {
				seed = seed * 1103515245 + 12345;
				text[side][i] = ".ab{}xyz"[(seed >> 16) % 8];
			}
		}
		free(differ(text[0], text[1]));
	}
}

static void keeps_a_last_line_without_newline(void **state)
{
	_cleanup_free_ struct linediff_line *v = NULL;
	size_t nr = 0;

	(void)state;
	linediff_split("a\nb", 3, &v, &nr);
	assert_int_equal(nr, 2);
	assert_int_equal(v[1].len, 1);
	assert_false(linediff_same(&v[1], &(struct linediff_line){ "b\n", 2 }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_what_is_the_same),
		cmocka_unit_test(is_exact_on_any_text),
		cmocka_unit_test(keeps_a_last_line_without_newline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
