// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an #include line means without a compiler, and how it is spelled anew:
 * one row a line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/spelling.h"

static const struct meaning_row {
	const char *includer, *spelling, *path, *namesakes;
	enum meaning expect;
} meanings[] = {
	/* Beside the including file, or seen from its folder. */
	{ "a/b/x.c", "\"r.h\"", "a/b/r.h", "a/b/r.h c/r.h", MEANS_IT },
	{ "a/b/x.c", "\"../r.h\"", "a/r.h", "a/r.h c/r.h", MEANS_IT },
	{ "a/b/x.c", "\"../c/./r.h\"", "a/c/r.h", "a/c/r.h c/r.h", MEANS_IT },
	{ "x.c", "\"r.h\"", "r.h", "r.h", MEANS_IT },
	/* Another one stands there. */
	{ "a/b/x.c", "\"r.h\"", "a/r.h", "a/b/r.h a/r.h", MEANS_OTHER },
	/* Quotes look beside the file, brackets do not. */
	{ "a/b/x.c", "<r.h>", "a/b/r.h", "a/b/r.h", MEANS_IT },
	{ "a/b/x.c", "<linux/r.h>", "a/b/linux/r.h",
	  "a/b/linux/r.h include/linux/r.h", MEANS_IT },
	/* As a -I folder gives it; the nearest of several. */
	{ "a/b/c/x.c", "\"r.h\"", "a/b/r.h", "a/b/r.h z/r.h", MEANS_IT },
	{ "a/b/c/x.c", "\"r.h\"", "a/q/r.h", "a/b/r.h a/q/r.h", MEANS_OTHER },
	{ "z/x.c", "<linux/r.h>", "include/linux/r.h",
	  "include/linux/r.h include/net/r.h", MEANS_IT },
	{ "z/x.c", "<asm/r.h>", "arch/a/asm/r.h",
	  "arch/a/asm/r.h arch/b/asm/r.h", MEANS_UNCLEAR },
	{ "arch/a/x.c", "<asm/r.h>", "arch/a/asm/r.h",
	  "arch/a/asm/r.h arch/b/asm/r.h", MEANS_IT },
	/* tools/ is a world of its own, unless it has no such file. */
	{ "z/x.c", "<linux/r.h>", "include/linux/r.h",
	  "include/linux/r.h tools/include/linux/r.h", MEANS_IT },
	{ "tools/x.c", "<linux/r.h>", "include/linux/r.h",
	  "include/linux/r.h tools/include/linux/r.h", MEANS_OTHER },
	{ "tools/x.c", "<linux/r.h>", "include/linux/r.h",
	  "include/linux/r.h", MEANS_IT },
	/* No part of a name is a name. */
	{ "a/x.c", "\"r.h\"", "a/mr.h", "a/mr.h", MEANS_OTHER },
	{ "z/x.c", "<b/r.h>", "a/bb/r.h", "a/bb/r.h", MEANS_OTHER },
	{ "z/x.c", "\"../../../r.h\"", "a/r.h", "a/r.h", MEANS_IT },
};

static const struct respelling {
	const char *includer, *spelling, *from, *to, *expect;
} respellings[] = {
	{ "a/x.c", "\"r.h\"", "a/r.h", "a/s.h", "\"s.h\"" },
	{ "a/b/x.c", "\"../r.h\"", "a/r.h", "a/s.h", "\"../s.h\"" },
	{ "a/b/x.c", "\"r.h\"", "a/r.h", "a/s.h", "\"s.h\"" },
	{ "z/x.c", "<linux/r.h>", "i/linux/r.h", "i/net/s.h", "<net/s.h>" },
	{ "a/x.c", "\"r.h\"", "a/r.h", "a/b/s.h", "\"b/s.h\"" },
	{ "a/x.c", "\"r.h\"", "a/r.h", "c/s.h", "\"../c/s.h\"" },
	{ "a/b/x.c", "\"../r.h\"", "a/r.h", "a/b/s.h", "\"s.h\"" },
	{ "a/b/x.c", "\"../r.h\"", "a/r.h", "r.h", "\"../../r.h\"" },
	{ "z/x.c", "<linux/r.h>", "i/linux/r.h", "j/linux/r.h", NULL },
};

static void test_meanings(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(meanings); i++) {
		const struct meaning_row *m = &meanings[i];
		_cleanup_(strv_release) struct strv namesakes = STRV_INIT;
		enum meaning is;

		strv_split(&namesakes, m->namesakes, " ");
		is = spelling_means(m->includer, m->spelling, m->path,
				    &namesakes);
		if (is != m->expect)
			print_error("%s in %s: %d\n", m->spelling, m->includer,
				    is);
		assert_int_equal(is, m->expect);
	}
}

static void test_respellings(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(respellings); i++) {
		const struct respelling *r = &respellings[i];
		_cleanup_free_ char *is = spelling_of(r->includer, r->spelling,
						      r->from, r->to);

		if (!r->expect)
			assert_null(is);
		else
			assert_string_equal(is, r->expect);
	}
}

static void test_normal_paths(void **state)
{
	_cleanup_free_ char *a = path_normal("a/./b/../c.h");
	_cleanup_free_ char *b = path_normal("a/../../c.h");

	(void)state;
	assert_string_equal(a, "a/c.h");
	assert_null(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_meanings),
		cmocka_unit_test(test_respellings),
		cmocka_unit_test(test_normal_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
