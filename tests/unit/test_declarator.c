// SPDX-License-Identifier: GPL-2.0-only
/* Storage classes and the alignment of parameters, in columns of kernel style. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/declarator.h"

static void check(const char *before, bool as_inline, const char *after,
		  const char *prototype)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *declared = NULL;
	struct items items, opened;
	size_t i;

	items_parse(before, strlen(before), &items);
	i = items_find(&items, ITEM_FUNCTION, "f", 0);
	assert_int_not_equal(i, ITEMS_NONE);
	declarator_open(&items, i, as_inline, &text);
	assert_string_equal(text.data, after);
	items_parse(text.data, text.len, &opened);
	i = items_find(&opened, ITEM_FUNCTION, "f", 0);
	declared = declarator_prototype(&opened, i);
	assert_string_equal(declared, prototype);
	items_release(&opened);
	items_release(&items);
}

static void test_one_line(void **state)
{
	(void)state;
	check("static int f(void)\n{\n}\n", false, "int f(void)\n{\n}\n",
	      "int f(void);\n");
	check("static int f(void)\n{\n}\n", true,
	      "static inline int f(void)\n{\n}\n",
	      "static inline int f(void);\n");
	check("static int f(void) { return 1; }", false,
	      "int f(void) { return 1; }", "int f(void);\n");
	check("int x;\r\n\r\n/* static f */\r\nstatic\tint *f(void)\r\n{\r\n}\r\n", false,
	      "/* static f */\r\nint *f(void)\r\n{\r\n}\r\n",
	      "int *f(void);\r\n");
}

static void test_other_orders(void **state)
{
	(void)state;
	check("static\nint f(void)\n{\n}\n", false, "int f(void)\n{\n}\n",
	      "int f(void);\n");
	check("noinline static int f(int a,\n\t\t      int b)\n{\n}\n", false,
	      "noinline int f(int a,\n\t       int b)\n{\n}\n",
	      "noinline int f(int a,\n\t       int b);\n");
	check("static int __init f(void) /* once */\n{\n}\n", false,
	      "int __init f(void) /* once */\n{\n}\n", "int __init f(void);\n");
}

/* Column 13 becomes column 6, and column 20 where inline is added. */
static void test_alignment(void **state)
{
	static const char before[] =
		"static int f(int a,\n\t     int b)\n{\n\treturn g(a,\n"
		"\t     b);\n}\n";

	(void)state;
	check(before, false,
	      "int f(int a,\n      int b)\n{\n\treturn g(a,\n\t     b);\n}\n",
	      "int f(int a,\n      int b);\n");
	check(before, true,
	      "static inline int f(int a,\n\t\t    int b)\n{\n\treturn g(a,\n"
	      "\t     b);\n}\n",
	      "static inline int f(int a,\n\t\t    int b);\n");
}

/* What was not aligned with the parenthesis stays where it is. */
static void test_other_indentation(void **state)
{
	(void)state;
	check("static int f(int a,\n\t\tint b)\n{\n}\n", false,
	      "int f(int a,\n\t\tint b)\n{\n}\n", "int f(int a,\n\t\tint b);\n");
	check("static int\nf(int a,\n  int b)\n{\n}\n", false,
	      "int\nf(int a,\n  int b)\n{\n}\n", "int\nf(int a,\n  int b);\n");
}

static void test_nested(void **state)
{
	(void)state;
	check("static int f(void (*g)(int a,\n\t\t       int b),\n"
	      "\t     int c)\n{\n}\n",
	      false,
	      "int f(void (*g)(int a,\n\t\tint b),\n      int c)\n{\n}\n",
	      "int f(void (*g)(int a,\n\t\tint b),\n      int c);\n");
}

static void test_directive(void **state)
{
	static const char text[] = "static int f(int a\n#ifdef X\n, int b\n"
				   "#endif\n)\n{\n#if 0\n#endif\n}\n"
				   "static int g(void)\n{\n#if 0\n#endif\n}\n";
	struct items items;

	(void)state;
	items_parse(text, strlen(text), &items);
	assert_true(declarator_has_directive(
		&items, items_find(&items, ITEM_FUNCTION, "f", 0)));
	assert_false(declarator_has_directive(
		&items, items_find(&items, ITEM_FUNCTION, "g", 0)));
	items_release(&items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_line),
		cmocka_unit_test(test_other_orders),
		cmocka_unit_test(test_alignment),
		cmocka_unit_test(test_other_indentation),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_directive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
