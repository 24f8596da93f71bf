// SPDX-License-Identifier: GPL-2.0-only
/* What the text rung lets an extraction do, and what it does not. */
#include "text_scene.h"

#define HELPER                                                                 \
	"static void valve_note(struct pump *p, int nr)\n"                     \
	"{\n"                                                                  \
	"\tp->valves |= 1 << nr;\n"                                            \
	"\tp->count++;\n"                                                      \
	"}\n"                                                                  \
	"\n"
#define EXTRACTED                                                              \
	OLD_HEAD HELPER                                                        \
	"/* Opens one valve. */\n"                                             \
	"int valve_open(struct pump *p, int nr)\n"                             \
	"{\n"                                                                  \
	"\tassert_held(p);\n"                                                  \
	"\tif (nr > MAX)\n"                                                    \
	"\t\treturn -1;\n"                                                     \
	"\n"                                                                   \
	"#ifdef CONFIG_LOCK\n"                                                 \
	"\tlock(p);\n"                                                         \
	"#endif\n"                                                             \
	"\tvalve_note(p, nr);\n"                                               \
	"\treturn 0;\n"                                                        \
	"}\n"                                                                  \
	"EXPORT_SYMBOL_GPL(valve_open);\n"                                     \
	"\n" SHUT "\n" LOCKED "\n" TAIL

static void make(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_EXTRACT,
		.from = "pump.c",
	}, .out = OUTCOME_INIT(RUNG_TEXT) };
	strv_add(&p->contract.names, "valve_open");
	strv_add(&p->contract.helpers, "valve_note");
	add_file(p, "pump.c", OLD_SOURCE, EXTRACTED);
	edit(&p->before[0], "\tif (nr > MAX)\n", "\tassert_held(p);\n\tif (nr > MAX)\n");
	add_file(p, "other.c", TAIL, TAIL);
	add_file(p, "Kbuild", KBUILD, KBUILD);
}

static const struct variation variations[] = {
	{ "other code in the caller", 0, "nr > MAX", "nr >= MAX",
	  RESULT_EQUAL /* residue: the code rung sees it */ },
	{ "another function", 0, "return a + 1", "return a + 2",
	  RESULT_DIFFERENT },
	{ "a comment of another", 0, "/* The last one. */\n", "",
	  RESULT_DIFFERENT },
	{ "a second helper", 0, HELPER,
	  HELPER "static void more(void)\n{\n}\n\n", RESULT_DIFFERENT },
	{ "a global helper", 0, "static void valve_note",
	  "void valve_note", RESULT_DIFFERENT },
	{ "no helper", 0, HELPER, "", RESULT_DIFFERENT },
	{ "the helper twice", 0, HELPER, HELPER HELPER,
	  RESULT_DIFFERENT },
	{ "the export lost", 0, "EXPORT_SYMBOL_GPL(valve_open);\n", "",
	  RESULT_DIFFERENT },
	{ "the caller gone", 0, "int valve_open(struct pump *p",
	  "int valve_opens(struct pump *p", RESULT_DIFFERENT },
	{ "another file", 1, "return a + 1", "return a + 2",
	  RESULT_DIFFERENT },
	{ "a helper in another file", 1, TAIL, HELPER TAIL,
	  RESULT_DIFFERENT },
	{ "the build file", 2, "motor.o", "motors.o",
	  RESULT_DIFFERENT },
	{ "a variable", 0, "static int level;", "static int level = 1;",
	  RESULT_DIFFERENT },
	{ "an assertion lost", 0, "\tassert_held(p);\n", "",
	  RESULT_UNDECIDED },
	{ "an assertion new", 0, "\treturn 0;\n",
	  "\tmight_sleep();\n\treturn 0;\n", RESULT_UNDECIDED },
	{ "an assertion new in the helper", 0, "\tp->count++;\n",
	  "\tp->count++;\n\tif (nr)\n\t\tmight_sleep();\n",
	  RESULT_UNDECIDED },
	{ "an assertion of something else", 0, "assert_held(p)",
	  "assert_held(p->lock)", RESULT_EQUAL },
	{ "the helper called twice", 0, "\tvalve_note(p, nr);\n",
	  "\tvalve_note(p, nr);\n\tvalve_note(p, nr);\n",
	  RESULT_EQUAL /* the code rung sees it */ },
	{ "the assertion goes into the helper", 0,
	  "\tp->count++;\n}\n\n/* Opens one valve. */\n"
	  "int valve_open(struct pump *p, int nr)\n{\n\tassert_held(p);\n",
	  "\tassert_held(p);\n\tp->count++;\n}\n\n/* Opens one valve. */\n"
	  "int valve_open(struct pump *p, int nr)\n{\n", RESULT_EQUAL },
	{ "code put under an #ifdef", 0, "\treturn 0;\n",
	  "#ifdef CONFIG_HOT\n\treturn 0;\n#endif\n", RESULT_UNDECIDED },
	{ "code out of its #ifdef", 0, "\tlock(p);\n#endif\n",
	  "#endif\n\tlock(p);\n", RESULT_UNDECIDED },
	{ "other code under an #ifdef", 0, "\tlock(p);\n",
	  "\tlock(p);\n\tp->count = 0;\n", RESULT_UNDECIDED },
	{ "less code under an #ifdef", 0, "\tlock(p);\n", "",
	  RESULT_UNDECIDED },
	{ "an #ifdef lost", 0,
	  "#ifdef CONFIG_LOCK\n\tlock(p);\n#endif\n", "\tlock(p);\n",
	  RESULT_UNDECIDED },
	{ "another condition", 0, "#ifdef CONFIG_LOCK\n\tlock",
	  "#ifndef CONFIG_LOCK\n\tlock", RESULT_UNDECIDED },
	{ "a comment on an #ifdef", 0, "CONFIG_LOCK\n\tlock",
	  "CONFIG_LOCK /* it locks */\n\tlock", RESULT_EQUAL },
	{ "space under an #ifdef", 0, "\tlock(p);\n", "\tlock( p );\n",
	  RESULT_EQUAL },
	{ "the caller under an #ifdef", 0, "/* Opens one valve. */\n",
	  "#ifdef CONFIG_HOT\n#endif\n/* Opens one valve. */\n",
	  RESULT_DIFFERENT },
	{ "the helper's code with its #ifdef", 0,
	  "\tp->count++;\n}\n\n/* Opens one valve. */\n"
	  "int valve_open(struct pump *p, int nr)\n{\n\tassert_held(p);\n"
	  "\tif (nr > MAX)\n"
	  "\t\treturn -1;\n\n#ifdef CONFIG_LOCK\n\tlock(p);\n#endif\n",
	  "#ifdef CONFIG_LOCK\n\tlock(p);\n#endif\n\tp->count++;\n}\n\n"
	  "/* Opens one valve. */\nint valve_open(struct pump *p, int nr)\n"
	  "{\n\tassert_held(p);\n\tif (nr > MAX)\n\t\treturn -1;\n\n", RESULT_EQUAL },
	{ "the helper is called where its code stood", 0,
	  "\tp->count++;\n}\n\n/* Opens one valve. */\n"
	  "int valve_open(struct pump *p, int nr)\n{\n\tassert_held(p);\n"
	  "\tif (nr > MAX)\n"
	  "\t\treturn -1;\n\n#ifdef CONFIG_LOCK\n\tlock(p);\n#endif\n"
	  "\tvalve_note(p, nr);\n",
	  "\tlock(p);\n}\n\n/* Opens one valve. */\n"
	  "int valve_open(struct pump *p, int nr)\n{\n\tassert_held(p);\n"
	  "\tif (nr > MAX)\n"
	  "\t\treturn -1;\n\n#ifdef CONFIG_LOCK\n"
	  "\tvalve_note(p, nr);\n#endif\n", RESULT_UNDECIDED },
	{ "another place", 0, "\n" LOCKED "\n" TAIL, "\n" TAIL "\n" LOCKED,
	  RESULT_DIFFERENT },
};

static void test_variations(void **state)
{
	(void)state;
	check_variations(make, variations, ARRAY_SIZE(variations));
}

/* All that is under an #ifdef becomes the helper, which is called there. */
static void test_under_condition(void **state)
{
	struct pair p;

	(void)state;
	make(&p);
	free(p.after[0]);
	p.after[0] = xstrdup(
		OLD_HEAD "#ifdef CONFIG_LOCK\n"
		"static void valve_note(struct pump *p, int nr)\n"
		"{\n\tlock(p);\n}\n#endif\n\n" OPEN "\n" SHUT "\n" LOCKED
		"\n" TAIL);
	edit(&p.after[0], "\tif (nr > MAX)\n", "\tassert_held(p);\n\tif (nr > MAX)\n");
	edit(&p.after[0], "#ifdef CONFIG_LOCK\n\tlock(p);\n",
	     "#ifdef CONFIG_LOCK\n\tvalve_note(p, nr);\n");
	/* an #ifdef around the new helper is not for a step to put there */
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_null(find(&p, "code", "valve_open"));
	assert_null(find(&p, "code", "valve_note"));
	edit(&p.after[0], "#ifdef CONFIG_LOCK\nstatic", "static");
	edit(&p.after[0], "}\n#endif\n\n/* Opens", "}\n\n/* Opens");
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.after[0], "\tlock(p);\n", "\tlock(p);\n\tp->count++;\n");
	edit(&p.after[0], "nr;\n\tp->count++;\n", "nr;\n");
	assert_int_equal(run(&p), RESULT_UNDECIDED);
	assert_non_null(find(&p, "code", "valve_note"));
	release(&p);
}

static void test_good(void **state)
{
	struct pair p;

	(void)state;
	make(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_non_null(find(&p, "function", "valve_open"));
	assert_non_null(find(&p, "function", "valve_note"));
	assert_int_equal(p.out.nr, 2);
	edit(&p.before[0], "int first(void)", "int valve_note(void)");
	edit(&p.after[0], "int first(void)", "int valve_note(void)");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_variations),
		cmocka_unit_test(test_under_condition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
