// SPDX-License-Identifier: GPL-2.0-only
/* New #include lines: in the block of their form, in the file's own order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/includes.h"

static void check(const char *before, const char *includes, const char *after)
{
	_cleanup_(buf_release) struct buf file = BUF_INIT;
	_cleanup_(strv_release) struct strv list = STRV_INIT;
	struct drifts drifts = { 0 };

	buf_addstr(&file, before);
	strv_split(&list, includes, ",");
	if (!includes_add(&file, "f.c", &list, &drifts))
		fail_msg("drift: %s", drifts.v[0].message);
	assert_string_equal(file.data, after);
}

#define S "// SPDX\n"

static void test_sorted(void **state)
{
	(void)state;
	check(S "#include <a.h>\n#include <c.h>\n\nint x;\n", "<b.h>",
	      S "#include <a.h>\n#include <b.h>\n#include <c.h>\n\nint x;\n");
	check(S "#include <b.h>\n#include <c.h>\n\nint x;\n", "<a.h>,<d.h>",
	      S "#include <a.h>\n#include <b.h>\n#include <c.h>\n"
	      "#include <d.h>\n\nint x;\n");
	check("#include \"m.h\"\n", "\"z.h\",\"a.h\"",
	      "#include \"a.h\"\n#include \"m.h\"\n#include \"z.h\"\n");
}

static void test_unsorted(void **state)
{
	(void)state;
	check("#include <c.h>\n#include <a.h>\n\nint x;\n", "<b.h>",
	      "#include <c.h>\n#include <a.h>\n#include <b.h>\n\nint x;\n");
}

/* Angle and quoted lines next to each other are two blocks. */
static void test_mixed(void **state)
{
	(void)state;
	check("#include <b.h>\n#include \"z.h\"\n#include \"a.h\"\n\n"
	      "#include <x.h>\n", "<c.h>,\"m.h\"",
	      "#include <b.h>\n#include <c.h>\n#include \"z.h\"\n"
	      "#include \"a.h\"\n#include \"m.h\"\n\n#include <x.h>\n");
}

static void test_new_block(void **state)
{
	(void)state;
	check(S "#include <b.h>\n\nint x;\n", "\"a.h\"",
	      S "#include <b.h>\n\n#include \"a.h\"\n\nint x;\n");
	check(S "#include \"a.h\"\n\nint x;\n", "<b.h>",
	      S "#include <b.h>\n\n#include \"a.h\"\n\nint x;\n");
	check(S "#define pr_fmt(f) f\n\nint x;\n", "<b.h>,\"a.h\"",
	      S "#define pr_fmt(f) f\n\n#include <b.h>\n\n#include \"a.h\"\n"
	      "\nint x;\n");
	check("int x;\n", "<b.h>", "#include <b.h>\n\nint x;\n");
	check("", "<b.h>", "#include <b.h>\n\n");
}

/* <asm/x.h> stands below <linux/x.h>, in lines of its own. */
static void test_asm(void **state)
{
	(void)state;
	check("#include <linux/b.h>\n\n#include \"a.h\"\n", "<asm/x.h>",
	      "#include <linux/b.h>\n\n#include <asm/x.h>\n\n"
	      "#include \"a.h\"\n");
	check("#include <linux/b.h>\n#include <asm/b.h>\n#include <asm/d.h>\n",
	      "<asm/c.h>,<linux/c.h>",
	      "#include <linux/b.h>\n#include <linux/c.h>\n"
	      "#include <asm/b.h>\n#include <asm/c.h>\n#include <asm/d.h>\n");
	check("#include <asm/b.h>\n", "<linux/c.h>",
	      "#include <linux/c.h>\n\n#include <asm/b.h>\n");
}

static void test_header(void **state)
{
	(void)state;
	check("/* SPDX */\n#ifndef H\n#define H\n\nint x;\n\n#endif\n",
	      "<b.h>",
	      "/* SPDX */\n#ifndef H\n#define H\n\n#include <b.h>\n\nint x;\n"
	      "\n#endif\n");
	check("#ifndef H\n#define H\n\n#include <c.h>\n\n#endif\n", "<b.h>",
	      "#ifndef H\n#define H\n\n#include <b.h>\n#include <c.h>\n\n"
	      "#endif\n");
}

static void test_pragma_once(void **state)
{
	(void)state;
	check(S "#pragma once\n\nint x;\n", "<b.h>",
	      S "#pragma once\n\n#include <b.h>\n\nint x;\n");
}

/* What stands under an #if is not there for everyone. */
static void test_conditional(void **state)
{
	(void)state;
	check("#include <a.h>\n#ifdef X\n#include <b.h>\n#endif\n", "<b.h>",
	      "#include <a.h>\n#include <b.h>\n#ifdef X\n#include <b.h>\n"
	      "#endif\n");
}

static void test_crlf(void **state)
{
	(void)state;
	check("#include <a.h>\r\n\r\nint x;\r\n", "<b.h>,\"c.h\"",
	      "#include <a.h>\r\n#include <b.h>\r\n\r\n#include \"c.h\"\r\n"
	      "\r\nint x;\r\n");
}

static void test_needless(void **state)
{
	_cleanup_(buf_release) struct buf file = BUF_INIT;
	_cleanup_(strv_release) struct strv list = STRV_INIT;
	struct drifts drifts = { 0 };

	(void)state;
	buf_addstr(&file, "#include <a.h>\n\n#include <b.h>\n");
	strv_split(&list, "<c.h>,<b.h>", ",");
	assert_false(includes_add(&file, "f.c", &list, &drifts));
	assert_int_equal(drifts.nr, 1);
	assert_int_equal(drifts.v[0].class, DRIFT_NEEDLESS);
	assert_int_equal(drifts.v[0].line, 3);
	assert_string_equal(drifts.v[0].name, "<b.h>");
	assert_string_equal(file.data, "#include <a.h>\n\n#include <b.h>\n");
	drifts_release(&drifts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorted),
		cmocka_unit_test(test_unsorted),
		cmocka_unit_test(test_mixed),
		cmocka_unit_test(test_new_block),
		cmocka_unit_test(test_asm),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_pragma_once),
		cmocka_unit_test(test_conditional),
		cmocka_unit_test(test_crlf),
		cmocka_unit_test(test_needless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
