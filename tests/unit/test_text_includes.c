// SPDX-License-Identifier: GPL-2.0-only
/* The text rung on changes of includes: the declared lines, and no others. */
#define _GNU_SOURCE
#include "text_scene.h"

#define FILE_OF(first, second, last)                                           \
	"// SPDX-License-Identifier: GPL-2.0-only\n"                           \
	"#include <linux/a.h>\n" first "\n" second                             \
	"#ifdef CONFIG_X\n"                                                    \
	"#include <linux/x.h>\n"                                               \
	"#endif\n"                                                             \
	"\n" last "int pump;\n"                                                \
	"\n"                                                                   \
	"int valve;\n"
#define OLD "#include <linux/old.h>\n"
#define NEW "#include \"new.h\"\n"

static void make_includes(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_INCLUDES,
	}, .out = OUTCOME_INIT(RUNG_TEXT) };
	strv_add(&p->contract.files, "a.c");
	strv_add(&p->contract.files, "b.h");
	strv_add(&p->contract.removed, "<linux/old.h>");
	strv_add(&p->contract.added, "\"new.h\"");
	add_file(p, "a.c", FILE_OF(OLD, "", ""), FILE_OF("", NEW "\n", ""));
	add_file(p, "b.h", FILE_OF("", OLD "\n", ""), FILE_OF("", NEW "\n", ""));
	add_file(p, "c.c", FILE_OF(OLD, "", ""), FILE_OF(OLD, "", ""));
}

static void test_includes(void **state)
{
	static const struct variation v[] = {
		{ "as it should be", 0, NEW, NEW, RESULT_EQUAL },
		{ "in another place", 0, NEW "\n", NEW, RESULT_EQUAL },
		{ "the line did not come", 0, NEW, "", RESULT_DIFFERENT },
		{ "the line came twice", 0, NEW, NEW NEW, RESULT_DIFFERENT },
		{ "the line did not go", 0, NEW, NEW OLD, RESULT_DIFFERENT },
		{ "another one came", 0, NEW, NEW "#include \"more.h\"\n",
		  RESULT_DIFFERENT },
		{ "another one went", 0, "#include <linux/a.h>\n", "",
		  RESULT_DIFFERENT },
		{ "another one was respelled", 0, "<linux/a.h>", "<linux/b.h>",
		  RESULT_DIFFERENT },
		{ "under a conditional", 0, NEW "\n#ifdef CONFIG_X\n",
		  "\n#ifdef CONFIG_X\n" NEW, RESULT_DIFFERENT },
		{ "with a comment", 0, NEW, "#include \"new.h\" /* new */\n",
		  RESULT_DIFFERENT },
		{ "a comment above", 0, NEW, "/* new */\n" NEW,
		  RESULT_DIFFERENT },
		{ "other spacing", 0, NEW, "# include \"new.h\"\n",
		  RESULT_DIFFERENT },
		{ "another one moved", 0,
		  "#include <linux/x.h>\n#endif\n\nint pump;\n",
		  "#endif\n\n#include <linux/x.h>\nint pump;\n",
		  RESULT_DIFFERENT },
		{ "code changed", 0, "int pump", "int pump2",
		  RESULT_DIFFERENT },
		{ "code came", 0, "int pump;\n", "int pump;\nint more;\n",
		  RESULT_DIFFERENT },
		{ "blank line elsewhere", 0, "int pump;\n\n", "int pump;\n",
		  RESULT_DIFFERENT },
		{ "blank line at the end", 0, "int valve;\n", "int valve;\n\n",
		  RESULT_DIFFERENT },
		{ "a file that the step does not name", 2, OLD, "",
		  RESULT_DIFFERENT },
		{ "code of that", 2, "int pump", "int pump2",
		  RESULT_DIFFERENT },
	};

	(void)state;
	check_variations(make_includes, v, ARRAY_SIZE(v));
}

static void test_file_not_given(void **state)
{
	struct pair p;

	(void)state;
	make_includes(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_int_equal(p.out.nr, 0);
	strv_add(&p.contract.files, "d.c");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "file", "d.c"));
	release(&p);
}

static void test_presence(void **state)
{
	struct pair p;

	(void)state;
	make_includes(&p);
	free(p.after[0]);
	p.after[0] = NULL;
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_includes),
		cmocka_unit_test(test_file_not_given),
		cmocka_unit_test(test_presence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
