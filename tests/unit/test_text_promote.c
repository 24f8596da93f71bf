// SPDX-License-Identifier: GPL-2.0-only
/*
 * The text rung on promotions and transforms: what each may change, and what
 * more than that is different.
 */
#define _GNU_SOURCE
#include "text_scene.h"

#define PROMOTED                                                               \
	"static int pump_level(struct pump *p,\n"                              \
	"\t\t      int nr)\n"                                                  \
	"{\n"                                                                  \
	"\treturn p->level[nr];\n"                                             \
	"}\n"
#define PROMOTED_AFTER                                                         \
	"int pump_level(struct pump *p,\n"                                     \
	"\t       int nr)\n"                                                   \
	"{\n"                                                                  \
	"\treturn p->level[nr];\n"                                             \
	"}\n"
#define SOURCE_HEAD "#include \"pump.h\"\n\n"
#define FORWARD "static int pump_level(struct pump *p, int nr);\n"
#define USER "\nint user(struct pump *p)\n{\n\treturn pump_level(p, 1);\n}\n"
#define HEADER(s)                                                              \
	"#ifndef PUMP_H\n#define PUMP_H\n\nint user(struct pump *p);\n" s      \
	"\n#endif\n"
#define PROTO "int pump_level(struct pump *p, int nr);\n"

static void make_promote(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_PROMOTE,
		.names = STRV_INIT,
		.includes = STRV_INIT,
		.from = "pump.c",
		.header = "pump.h",
	}, .out = OUTCOME_INIT(RUNG_TEXT) };
	strv_add(&p->contract.names, "pump_level");
	add_file(p, "pump.c",
		 SOURCE_HEAD FORWARD "\n/* Litres. */\n" PROMOTED USER,
		 SOURCE_HEAD "/* Litres. */\n" PROMOTED_AFTER USER);
	add_file(p, "pump.h", HEADER(""), HEADER(PROTO));
}

static void test_promote(void **state)
{
	static const struct variation v[] = {
		{ "not aligned anew", 0, "\t       int nr", "\t\t      int nr",
		  RESULT_EQUAL },
		{ "extern in the header", 1, PROTO, "extern " PROTO,
		  RESULT_EQUAL },
		{ "prototype on two lines", 1, "*p, int nr", "*p,\n\tint nr",
		  RESULT_EQUAL },
		{ "prototype missing", 1, PROTO, "", RESULT_DIFFERENT },
		{ "prototype twice", 1, PROTO, PROTO PROTO, RESULT_DIFFERENT },
		{ "other type in the prototype", 1, "*p, int nr",
		  "*p, long nr", RESULT_DIFFERENT },
		{ "other name in the prototype", 1, "*p, int nr",
		  "*p, int n", RESULT_DIFFERENT },
		{ "comment at the prototype", 1, PROTO, "/* x */\n" PROTO,
		  RESULT_DIFFERENT },
		{ "prototype under #ifdef", 1, PROTO,
		  "#ifdef X\n" PROTO "#endif\n", RESULT_DIFFERENT },
		{ "body changed", 0, "level[nr]", "level[0]",
		  RESULT_DIFFERENT },
		{ "type changed", 0, "\t       int nr", "\t       long nr",
		  RESULT_DIFFERENT },
		{ "attribute added", 0, "int pump_level(s",
		  "noinline int pump_level(s", RESULT_DIFFERENT },
		{ "comment changed", 0, "Litres", "Gallons", RESULT_DIFFERENT },
		{ "still static", 0, "int pump_level(s",
		  "static int pump_level(s", RESULT_DIFFERENT },
		{ "white space in the body", 0, "\treturn p->level",
		  "        return p->level", RESULT_DIFFERENT },
		{ "white space at the end of a line", 0, "*p,\n\t  ",
		  "*p, \n\t  ", RESULT_DIFFERENT },
		{ "forward declaration left", 0, SOURCE_HEAD,
		  SOURCE_HEAD FORWARD "\n", RESULT_DIFFERENT },
		{ "forward declaration left without static", 0, SOURCE_HEAD,
		  SOURCE_HEAD PROTO "\n", RESULT_DIFFERENT },
		{ "something else changed", 0, "(p, 1)", "(p, 2)",
		  RESULT_DIFFERENT },
		{ "something else added to the header", 1, PROTO,
		  PROTO "int x;\n", RESULT_DIFFERENT },
	};
	struct pair p;

	(void)state;
	make_promote(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_int_equal(p.out.nr, 0);
	release(&p);
	check_variations(make_promote, v, ARRAY_SIZE(v));
}

#define INLINED                                                                \
	"\n/* Litres. */\n"                                                    \
	"static inline int pump_level(struct pump *p,\n"                       \
	"\t\t\t     int nr)\n"                                                 \
	"{\n"                                                                  \
	"\treturn p->level[nr];\n"                                             \
	"}\n"

static void make_inline(struct pair *p)
{
	make_promote(p);
	p->contract.as_inline = true;
	p->contract.to = "pump.h";
	free(p->after[0]);
	free(p->after[1]);
	p->after[0] = xstrdup(SOURCE_HEAD USER);
	p->after[1] = xstrdup(HEADER(INLINED));
}

/* A prototype under the #if of its definition. */
static void test_promote_conditional(void **state)
{
	struct pair p;

	(void)state;
	make_promote(&p);
	edit(&p.before[0], "\n/* Litres. */\n" PROMOTED,
	     "\n#ifdef X\n/* Litres. */\n" PROMOTED "#endif\n");
	edit(&p.after[0], "/* Litres. */\n" PROMOTED_AFTER,
	     "#ifdef X\n/* Litres. */\n" PROMOTED_AFTER "#endif\n");
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.after[1], PROTO, "#ifdef X\n" PROTO "#endif\n");
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.after[1], "#ifdef X\n", "#ifdef Y\n");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
}

static void test_promote_inline(void **state)
{
	static const struct variation v[] = {
		{ "not inline", 1, "static inline", "static",
		  RESULT_DIFFERENT },
		{ "inline alone", 1, "static inline", "inline",
		  RESULT_DIFFERENT },
		{ "always inline", 1, "static inline", "static __always_inline",
		  RESULT_DIFFERENT },
		{ "body changed", 1, "level[nr]", "level[0]",
		  RESULT_DIFFERENT },
		{ "comment lost", 1, "/* Litres. */\n", "", RESULT_DIFFERENT },
		{ "copy left behind", 0, USER, "\n" PROMOTED USER,
		  RESULT_DIFFERENT },
		{ "forward declaration left", 0, USER, FORWARD USER,
		  RESULT_DIFFERENT },
		{ "under #ifdef", 1, INLINED, "#ifdef X\n" INLINED "#endif\n",
		  RESULT_DIFFERENT },
		{ "a prototype as well", 1, INLINED, PROTO INLINED,
		  RESULT_DIFFERENT },
	};
	struct pair p;

	(void)state;
	make_inline(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	release(&p);
	check_variations(make_inline, v, ARRAY_SIZE(v));
}

/* The #if of the inlined definition goes along; the header gains an include. */
static void test_promote_inline_conditional(void **state)
{
	struct pair p;

	(void)state;
	make_inline(&p);
	edit(&p.before[0], "\n/* Litres. */\n" PROMOTED,
	     "\n#ifdef X\n/* Litres. */\n" PROMOTED "#endif /* X */\n");
	edit(&p.after[1], INLINED, "\n#ifdef X" INLINED "#endif /* X */\n");
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.after[1], "#define PUMP_H\n",
	     "#define PUMP_H\n\n#include <linux/level.h>\n");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	strv_add(&p.contract.includes, "<linux/level.h>");
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.after[1], "#endif /* X */\n", "#endif\n");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
}

static void make_transform(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_TRANSFORM,
		.names = STRV_INIT,
		.includes = STRV_INIT,
	}, .out = OUTCOME_INIT(RUNG_TEXT) };
	strv_add(&p->contract.names, "last");
	add_file(p, "pump.c", OLD_SOURCE, OLD_SOURCE);
	add_file(p, "Kbuild", KBUILD, KBUILD);
}

static void test_transform(void **state)
{
	static const struct variation v[] = {
		{ "the named one changed", 0, "a + 1", "a + 2", RESULT_EQUAL },
		{ "another one changed", 0, "p->count++", "p->count--",
		  RESULT_DIFFERENT },
		{ "the named one gone", 0, TAIL, "", RESULT_EQUAL },
		{ "another one gone", 0, LOCKED, "", RESULT_DIFFERENT },
		{ "another file", 1, "motor.o", "motors.o", RESULT_DIFFERENT },
	};
	struct pair p;

	(void)state;
	check_variations(make_transform, v, ARRAY_SIZE(v));
	make_transform(&p);
	edit(&p.after[0], "a + 1", "a + 2");
	run(&p);
	assert_int_equal(p.out.nr, 1);
	assert_int_equal(p.out.findings[0].weight, RESULT_EQUAL);
	assert_string_equal(p.out.findings[0].name, "last");
	strv_release(&p.contract.names);
	edit(&p.after[0], "p->count++", "p->count--");
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_int_equal(p.out.nr, 2);
	/* what no configuration that is built need show */
	edit(&p.after[0], "\tlock(p);\n#endif\n", "#endif\n\tlock(p);\n");
	assert_int_equal(run(&p), RESULT_UNDECIDED);
	edit(&p.after[0], "#endif\n\tlock(p);\n", "\tlock(p);\n#endif\n");
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.after[0], "#ifdef CONFIG_LOCK\nvoid", "#ifdef CONFIG_HOT\nvoid");
	assert_int_equal(run(&p), RESULT_UNDECIDED);
	release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_promote),
		cmocka_unit_test(test_promote_conditional),
		cmocka_unit_test(test_promote_inline),
		cmocka_unit_test(test_promote_inline_conditional),
		cmocka_unit_test(test_transform),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
