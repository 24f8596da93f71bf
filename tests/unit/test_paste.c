// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a macro does with its first argument, or its second.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/paste.h"

static void check_argument(const char *source, size_t argument,
			   enum paste expected)
{
	struct buf text = BUF_INIT;
	struct paste_files files = { 0 };

	buf_addstr(&text, source);
	paste_add(&files, &text);
	if (paste_of(&files, "M", argument) != expected)
		fail_msg("M of: %s", source);
	paste_release(&files);
	buf_release(&text);
}

static void check(const char *source, enum paste expected)
{
	check_argument(source, 0, expected);
}

static void test_one_definition(void **state)
{
	(void)state;
	check("#define N(f) f##x\n", PASTE_UNKNOWN);
	check("#define M(f) call(ops_##f)\n", PASTE_YES);
	check("#define M(f) f ## _end\n", PASTE_YES);
	check("#define M(f) #f\n", PASTE_YES);
	check("#define M(f) (((struct ops *)0)->f)\n", PASTE_YES);
	check("#define M(f) hook(f, #f)\n", PASTE_NO);
	check("#define M(f) f(#f)\n", PASTE_NO);
	check("#define M(f)\n", PASTE_UNKNOWN);
	check("#define M (f)\n", PASTE_UNKNOWN);
	check_argument("#define M(a, f) a = ops_##f\n", 1, PASTE_YES);
	check_argument("#define M(a, f) a = ops_##f\n", 0, PASTE_NO);
	check_argument("#define M(a, ...) log(a, #__VA_ARGS__)\n", 2, PASTE_YES);
	check_argument("#define M(a, b...) log(a, b)\n", 2, PASTE_NO);
}

static void test_several(void **state)
{
	(void)state;
	check("#define M(f) N(f)\n#define N(g) ops_##g\n", PASTE_YES);
	check("#define M(f) N(f)\n#define N(g) g\n", PASTE_NO);
	check("#define M(f) unknown(f)\n", PASTE_NO);
	check("#define M(f) M(f)\n", PASTE_NO);
	check("#define M M\n", PASTE_UNKNOWN);
	check("#define M(f) N(1, g(2, 3), f, 4)\n"
	      "#define N(a, b, f, c) ops_##f(a)\n", PASTE_YES);
	check("#define M(f) N(f, f)\n#define N(a, b) ops_##a(b)\n", PASTE_NO);
	check("#define M(f) UNKNOWN(f) ops_##f\n", PASTE_YES);
	check("#define M(f) (f, 1)\n", PASTE_NO);
	check("#define M N\n#define N(g) ops_##g\n", PASTE_YES);
	check("#define M(f) ops_##f\n#undef M\n#define M(f) f\n", PASTE_NO);
	check("#define M(f)\n#undef M\n#define M(f) ops_##f\n", PASTE_YES);
	check("void g(void)\n{\n#define M(f) \\\n\tops_##f\n}\n", PASTE_YES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_definition),
		cmocka_unit_test(test_several),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
