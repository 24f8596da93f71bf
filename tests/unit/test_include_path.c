// SPDX-License-Identifier: GPL-2.0-only
/* From an #include line to a file of the tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/include_path.h"

static int exists(void *data, const char *path, struct error *err)
{
	(void)err;
	return strv_has(data, path);
}

/* tree: the files there are, apart by blanks; expected "": none of them. */
static void check(const char *path, const char *include, const char *tree,
		  const char *expected)
{
	_cleanup_(strv_release) struct strv files = STRV_INIT;
	_cleanup_free_ char *found = NULL;
	int result;

	strv_split(&files, tree, " ");
	result = include_resolve(path, include, exists, &files, &found, NULL);
	assert_int_equal(result, *expected != '\0');
	assert_string_equal(found ? found : "", expected);
}

static void test_quoted(void **state)
{
	(void)state;
	check("a/b/c.c", "\"x.h\"", "a/b/x.h a/x.h", "a/b/x.h");
	check("a/b/c.c", "\"x.h\"", "a/x.h x.h", "a/x.h");
	check("a/b/c.c", "\"../x.h\"", "a/b/x.h a/x.h", "a/x.h");
	check("c.c", "\"x.h\"", "x.h", "x.h");
	check("c.c", "\"../../../../../x.h\"", "x.h", "");
	check("a/c.c", "\"linux/x.h\"", "include/linux/x.h",
	      "include/linux/x.h");
}

static void test_system(void **state)
{
	(void)state;
	check("a/c.c", "<linux/x.h>", "a/linux/x.h include/linux/x.h",
	      "include/linux/x.h");
	check("a/c.c", "<linux/x.h>", "include/uapi/linux/x.h",
	      "include/uapi/linux/x.h");
	check("arch/arm64/c.c", "<asm/x.h>",
	      "arch/x86/include/asm/x.h arch/arm64/include/asm/x.h",
	      "arch/arm64/include/asm/x.h");
	check("drivers/c.c", "<asm/x.h>", "arch/x86/include/asm/x.h",
	      "arch/x86/include/asm/x.h");
	check("arch/arm64/c.c", "<asm/x.h>",
	      "arch/x86/include/asm/x.h include/asm-generic/x.h",
	      "include/asm-generic/x.h");
	check("a/c.c", "NAME", "a/NAME include/NAME", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quoted),
		cmocka_unit_test(test_system),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
