// SPDX-License-Identifier: GPL-2.0-only
/*
 * One commit that mixes all that the inference knows, proven by every rung on
 * compiled code: it is neutral, and nothing of it is residue. Then the same
 * with one bug: some rung must say so, or a person must be shown it.
 */
#define _GNU_SOURCE
#include "mixed_scene.h"

#define LICENCE "// SPDX-License-Identifier: GPL-2.0-only\n"
#define EXPORT                                                                 \
	"#define EXPORT_SYMBOL_GPL(s) \\\n"                                    \
	"\tstatic void *__export_##s __attribute__((used, section(\".exp\"))) " \
	"= (void *)s\n"

/* pump.h: what stays, what is inlined into it, prototypes that come. */
#define HEADER(inlined, prototypes)                                            \
	"#ifndef PUMP_H\n#define PUMP_H\n\n" EXPORT                            \
	"#define BUILD_BUG_ON(c) ((void)sizeof(char[1 - 2 * !!(c)]))\n\n"      \
	"struct pump {\n\tint level;\n\tint valves[8];\n\tlong base;\n};\n\n"  \
	"int num(int a, int b);\n"                                             \
	"int valve_set(struct pump *p, int nr);\n"                             \
	"int pump_run(struct pump *p, int nr);\n"                              \
	"int lock_it(struct pump *p);\n\n" inlined prototypes "#endif\n"

#define VALVE_SET                                                              \
	"/* Sets one valve. */\n"                                              \
	"int valve_set(struct pump *p, int nr)\n{\n"                           \
	"\tBUILD_BUG_ON(sizeof(p->valves) != 32);\n"                           \
	"\tif (nr > LIMIT)\n\t\treturn -22;\n\n"                               \
	"\tp->valves[nr] = num(nr, 3);\n"                                      \
	"\tp->level++;\n\treturn 0;\n}\nEXPORT_SYMBOL_GPL(valve_set);\n"
#define UPDATE(linkage, align)                                                 \
	linkage "int update(struct pump *p,\n" align "int by)\n{\n"            \
	"\tp->level += by;\n\treturn num(p->level, by);\n}\n"
#define GET(linkage, name)                                                     \
	linkage "long " name "(struct pump *p, int *valves)\n{\n"              \
	"\t/* All of them. */\n"                                               \
	"\tfor (int i = 0; i < 8; i++)\n\t\tvalves[i] = p->valves[i];\n"       \
	"\treturn num(p->level, valves[0]);\n}\n"
#define BASE(linkage, name)                                                    \
	linkage "long " name "(struct pump *p)\n{\n\treturn p->base * 4;\n}\n"
#define LEVEL(name)                                                            \
	"static int " name "(struct pump *p, int nr)\n{\n"                     \
	"\treturn p->level + p->valves[nr];\n}\n"
#define BODY                                                                   \
	"\tif (nr < 0)\n\t\tp->level = 0;\n"                                         \
	"\tp->valves[nr] |= 2;\n"                                              \
	"\tp->level += num(nr, 9);\n"
#define HELPER                                                                 \
	"static void open_one(struct pump *p, int nr)\n{\n" BODY "}\n\n"
#define RUN(body, level, align, get, base)                                     \
	"int pump_run(struct pump *p, int nr)\n{\n"                            \
	"\tint valves[8];\n\tint sum;\n\n" body                                \
	"\tsum = num(" level "(p, nr),\n" align "update(p, 3));\n"             \
	"\tsum += " get "(p, valves);\n"                                       \
	"\treturn sum + " base "(p);\n}\n"
#define LOCKED                                                                 \
	"#ifdef CONFIG_LOCK\n"                                                 \
	"int lock_it(struct pump *p)\n{\n\treturn num(p->level, 1);\n}\n"      \
	"#endif\n"
#define LAST                                                                   \
	"int last(int a)\n{\n\treturn num(a, 1);\n}\n"
#define CONFIG "#define CONFIG_LOCK 1\n"

static const struct file tree[] = {
	{ "config.h", CONFIG, CONFIG },
	{ "extra.h", "extern int extra;\n", "extern int extra;\n" },
	{ "pump.c",
	  LICENCE "#include \"config.h\"\n#include \"pump.h\"\n\n"
		  "#define LIMIT 7\n\n"
		  "static int update(struct pump *p, int by);\n"
		  "static long __get(struct pump *p, int *valves);\n\n" VALVE_SET
		  "\n" BASE("static ", "base") "\n" LEVEL("level_of") "\n" RUN(
			  BODY, "level_of", "\t\t  ", "__get", "base") "\n"
			  UPDATE("static ", "\t\t  ") "\n" GET(
				  "static ", "__get") "\n" LOCKED "\n" LAST,
	  LICENCE "#include \"config.h\"\n#include \"extra.h\"\n"
		  "#include \"pump.h\"\n\n#define LIMIT 7\n\n" LAST
		  "\n" LEVEL("pump_level") "\n" HELPER RUN(
			  "\topen_one(p, nr);\n", "pump_level", "\t\t  ",
			  "pump_get", "pump_base") },
	{ "pump.h", HEADER("", ""),
	  HEADER(BASE("static inline ", "pump_base") "\n",
		 "int update(struct pump *p, int by);\n"
		 "long pump_get(struct pump *p, int *valves);\n") },
	{ "regs.c", NULL,
	  LICENCE "#include \"config.h\"\n#include \"pump.h\"\n\n"
		  "#define LIMIT 7\n\n" VALVE_SET "\n" UPDATE("", "\t   ") "\n"
		  GET("", "pump_get") "\n" LOCKED },
};

static void say(const struct scene *s, const char *title)
{
	for (size_t i = 0; i < ARRAY_SIZE(s->rungs); i++) {
		_cleanup_free_ char *findings = all_findings(&s->rungs[i]);

		print_error("%s: %s %s%s\n", title, rung_name(i),
			    result_name(s->rungs[i].result), findings);
	}
}

static enum result worst(const struct scene *s)
{
	enum result worst = RESULT_EQUAL;

	for (size_t i = 0; i < ARRAY_SIZE(s->rungs); i++)
		if (s->rungs[i].result > worst)
			worst = s->rungs[i].result;
	return worst;
}

static void test_good(void **state)
{
	struct scene s;
	_cleanup_free_ char *done = NULL;

	(void)state;
	scene_make(&s, tree, ARRAY_SIZE(tree), NULL, 0);
	scene_infer(&s, NULL, 0);
	done = list_done(&s.in);
	scene_prove(&s);
	if (worst(&s) != RESULT_EQUAL || count_residue(&s.in)) {
		say(&s, "good");
		fail_msg("%s", done);
	}
	for (size_t i = 0; i < ARRAY_SIZE(s.rungs); i++) {
		assert_int_equal(s.rungs[i].result, RESULT_EQUAL);
		assert_true(s.rungs[i].checked > 0);
		assert_int_equal(s.rungs[i].nr && i == 0, 0);
	}
	scene_release(&s);
}

/* want: the worst of all rungs; for equal the change must be residue. */
struct bug {
	const char *title;
	struct edit edit;
	enum result want;
};

static const struct bug bugs[] = {
	{ "constant in what moved",
	  { "regs.c", "num(nr, 3)", "num(nr, 4)" }, RESULT_DIFFERENT },
	{ "statements swapped in what is promoted",
	  { "regs.c", "p->level += by;\n\treturn num(p->level, by);",
	    "int n = num(p->level, by);\n\n\tp->level += by;\n\treturn n;" },
	  RESULT_DIFFERENT },
	{ "helper does more",
	  { "pump.c", "|= 2;\n", "|= 3;\n" }, RESULT_DIFFERENT },
	{ "helper is given another argument",
	  { "pump.c", "open_one(p, nr);", "open_one(p, 0);" },
	  RESULT_DIFFERENT },
	{ "inlined otherwise", { "pump.h", "base * 4", "base * 2" },
	  RESULT_DIFFERENT },
	{ "renamed call goes elsewhere",
	  { "pump.c", "update(p, 3)", "pump_level(p, 3)" }, RESULT_DIFFERENT },
	{ "constant beside a renamed name",
	  { "pump.c", "return p->level + ", "return p->level - " },
	  RESULT_DIFFERENT },
	{ "export lost",
	  { "regs.c", "EXPORT_SYMBOL_GPL(valve_set);\n", "" },
	  RESULT_DIFFERENT },
	{ "static copy left behind",
	  { "pump.c", "\nint last(int a)",
	    "\n" BASE("static ", "base") "\nint last(int a)" },
	  RESULT_DIFFERENT },
	{ "noinline", { "regs.c", "\nint update(",
			"\n__attribute__((noinline)) int update(" },
	  RESULT_UNDECIDED },
	{ "assertion lost",
	  { "regs.c", "\tBUILD_BUG_ON(sizeof(p->valves) != 32);\n", "" },
	  RESULT_UNDECIDED },
	{ "conditional lines lost around what moved",
	  { "regs.c", LOCKED, "int lock_it(struct pump *p)\n{\n"
			      "\treturn num(p->level, 1);\n}\n" },
	  RESULT_UNDECIDED },
	{ "other condition around what moved",
	  { "regs.c", "#ifdef CONFIG_LOCK", "#ifndef CONFIG_FREE" },
	  RESULT_UNDECIDED },
	{ "conditional lines come inside",
	  { "regs.c", "\tp->level++;\n", "#ifdef CONFIG_LOCK\n\tp->level++;\n"
					 "#endif\n" },
	  RESULT_UNDECIDED },
	{ "macro is another one in the new file",
	  { "regs.c", "LIMIT 7", "LIMIT 8" }, RESULT_DIFFERENT },
	{ "macro of an include hides a function",
	  { "pump.h", "#endif\n", "#define num(a, b) (num)(b, a)\n#endif\n" },
	  RESULT_DIFFERENT },
	{ "a member changes", { "pump.h", "\tlong base;", "\tint base;" },
	  RESULT_DIFFERENT },
	{ "helper changes what is a variable of its caller",
	  { "pump.c", "\t\tp->level = 0;", "\t\tnr = 0;" },
	  RESULT_DIFFERENT },
	{ "comment lost", { "regs.c", "/* Sets one valve. */\n", "" },
	  RESULT_EQUAL },
	{ "comment inside lost", { "regs.c", "\t/* All of them. */\n", "" },
	  RESULT_EQUAL },
	{ "white space", { "regs.c", "\tp->level++;\n", "\tp->level ++;\n" },
	  RESULT_EQUAL },
	{ "local renamed as well",
	  { "regs.c", "int by)\n{\n\tp->level += by;\n"
		      "\treturn num(p->level, by);",
	    "int n)\n{\n\tp->level += n;\n\treturn num(p->level, n);" },
	  RESULT_EQUAL },
	{ "unused prototype", { "pump.h", "#endif\n",
				"int unused(void);\n#endif\n" },
	  RESULT_EQUAL },
};

static void test_bug(void **state)
{
	const struct bug *bug = *state;
	struct scene s;
	_cleanup_free_ char *done = NULL;

	scene_make(&s, tree, ARRAY_SIZE(tree), &bug->edit, 1);
	scene_infer(&s, NULL, 0);
	done = list_done(&s.in);
	scene_prove(&s);
	if (worst(&s) != bug->want || !count_residue(&s.in)) {
		say(&s, bug->title);
		fail_msg("%s%s", bug->title, done);
	}
	assert_true(s.rungs[0].nr > 0);
	scene_release(&s);
}

#define STATIC(n) \
	"static int scale(int a)\n{\n\treturn num(a, " n ");\n}\n"
#define CALLER "int caller(int a)\n{\n\treturn scale(a) + scale(a + 1);\n}\n"
#define NUM "int num(int a, int b);\n"
#define TWO(n) "int " n "(int a)\n{\n\treturn scale(a) - 1;\n}\n"

/* What moves calls the static function that has the name where it stands. */
static const struct file statics[] = {
	{ "num.h", NUM, NUM "int caller(int a);\n" },
	{ "a.c",
	  "#include \"num.h\"\n\n" STATIC("3") "\n" TWO("one") "\n" CALLER,
	  "#include \"num.h\"\n\n" STATIC("3") "\n" TWO("one") },
	{ "b.c", "#include \"num.h\"\n\n" STATIC("3") "\n" TWO("two"),
	  "#include \"num.h\"\n\n" STATIC("3") "\n" TWO("two") "\n" CALLER },
}, wrong_statics[] = {
	{ "num.h", NUM, NUM "int caller(int a);\n" },
	{ "a.c",
	  "#include \"num.h\"\n\n" STATIC("3") "\n" TWO("one") "\n" CALLER,
	  "#include \"num.h\"\n\n" STATIC("3") "\n" TWO("one") },
	{ "b.c", "#include \"num.h\"\n\n" STATIC("4") "\n" TWO("two"),
	  "#include \"num.h\"\n\n" STATIC("4") "\n" TWO("two") "\n" CALLER },
};

static void check_tree(const struct file *files, size_t nr, enum result tokens,
		       enum result code)
{
	struct scene s;

	scene_make(&s, files, nr, NULL, 0);
	scene_infer(&s, NULL, 0);
	scene_prove(&s);
	if (s.rungs[1].result != tokens || s.rungs[2].result != code) {
		say(&s, "statics");
		fail();
	}
	scene_release(&s);
}

static void test_statics(void **state)
{
	(void)state;
	check_tree(statics, ARRAY_SIZE(statics), RESULT_EQUAL, RESULT_EQUAL);
	check_tree(wrong_statics, ARRAY_SIZE(wrong_statics), RESULT_DIFFERENT,
		   RESULT_DIFFERENT);
}

/* Only one of two of a name is promoted: the other must stay what it is. */
static void test_one_promoted(void **state)
{
	static const struct file good[] = {
		{ "num.h", NUM, NUM },
		{ "scale.h", "", "int scale(int a);\n" },
		{ "a.c",
		  "#include \"num.h\"\n#include \"scale.h\"\n\n"
		  STATIC("3") "\n" CALLER,
		  "#include \"num.h\"\n#include \"scale.h\"\n\nint scale(int a)\n"
		  "{\n\treturn num(a, 3);\n}\n\n" CALLER },
		{ "b.c", "#include \"num.h\"\n\n" STATIC("4") "\n" TWO("two"),
		  "#include \"num.h\"\n\n" STATIC("4") "\n" TWO("two") },
	};
	struct scene s;

	(void)state;
	scene_make(&s, good, ARRAY_SIZE(good), NULL, 0);
	scene_infer(&s, NULL, 0);
	scene_prove(&s);
	if (worst(&s) != RESULT_EQUAL) {
		say(&s, "one promoted");
		fail();
	}
	scene_release(&s);
}

/* Nothing that was compiled tells of a branch that is off. */
static void test_not_compiled(void **state)
{
	static const struct file files[] = {
		{ "num.h", NUM, NUM },
		{ "a.c",
		  "#include \"num.h\"\n\n" STATIC("3") "\n" CALLER
		  "#ifdef OFF\nint off(int a)\n{\n\treturn a;\n}\n#endif\n",
		  "#include \"num.h\"\n\n" STATIC("3") "\n" CALLER
		  "#ifdef OFF\nint off(int a)\n{\n\treturn -a;\n}\n#endif\n" },
	};

	(void)state;
	check_tree(files, ARRAY_SIZE(files), RESULT_UNDECIDED, RESULT_EQUAL);
}

/* An assertion without a name goes along with what moves; it is not dropped. */
static void test_assertion(void **state)
{
#define ASSERT "_Static_assert(sizeof(\"a\") < 60, \"short\");\n"
	static const struct file files[] = {
		{ "num.h", NUM, NUM "int caller(int a);\n" },
		{ "a.c", "#include \"num.h\"\n\n" STATIC("3") "\n" CALLER ASSERT
			 "\n" TWO("one"),
		  "#include \"num.h\"\n\n" STATIC("3") "\n" TWO("one") },
		{ "b.c", "#include \"num.h\"\n\n" STATIC("3") "\n" TWO("two"),
		  "#include \"num.h\"\n\n" STATIC("3") "\n" CALLER ASSERT
		  "\n" TWO("two") },
	};
	static const struct edit lost = { "b.c", ASSERT, "" };
	struct scene s;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		scene_make(&s, files, ARRAY_SIZE(files), &lost, i);
		scene_infer(&s, NULL, 0);
		scene_prove(&s);
		if ((worst(&s) == RESULT_EQUAL) == (i == 1)) {
			say(&s, "assertion");
			fail();
		}
		scene_release(&s);
	}
}

/* What is built is the same, and another configuration is not. */
static void test_crosses(void **state)
{
	static const struct file files[] = {
		{ "num.h", NUM, NUM },
		{ "a.c",
		  "#include \"num.h\"\n\n#define ON 1\n\nint sum(int a)\n{\n"
		  "#ifdef ON\n\ta = num(a, 1);\n\ta = num(a, 2);\n#endif\n"
		  "\treturn a;\n}\n",
		  "#include \"num.h\"\n\n#define ON 1\n\nint sum(int a)\n{\n"
		  "#ifdef ON\n\ta = num(a, 1);\n#endif\n\ta = num(a, 2);\n"
		  "\treturn a;\n}\n" },
	};
	struct scene s;

	(void)state;
	scene_make(&s, files, ARRAY_SIZE(files), NULL, 0);
	scene_infer(&s, NULL, 0);
	scene_prove(&s);
	if (s.rungs[0].result != RESULT_UNDECIDED ||
	    s.rungs[2].result != RESULT_EQUAL) {
		say(&s, "crosses");
		fail();
	}
	scene_release(&s);
}

int main(void)
{
	struct CMUnitTest tests[6 + ARRAY_SIZE(bugs)] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_statics),
		cmocka_unit_test(test_one_promoted),
		cmocka_unit_test(test_not_compiled),
		cmocka_unit_test(test_crosses),
		cmocka_unit_test(test_assertion),
	};

	for (size_t i = 0; i < ARRAY_SIZE(bugs); i++)
		tests[i + 6] = (struct CMUnitTest){
			.name = bugs[i].title,
			.test_func = test_bug,
			.initial_state = (void *)&bugs[i],
		};
	return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
