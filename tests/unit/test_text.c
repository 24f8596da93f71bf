// SPDX-License-Identifier: GPL-2.0-only
/*
 * The text rung on small sources: for each rule of the contracts a pair that
 * keeps it and pairs that break it. A pair is made from a good one by
 * replacing a string, so that each test shows the one thing that it changes.
 */
#define _GNU_SOURCE
#include "text_scene.h"

#include <time.h>

/* A move of two functions into a file that it creates. */
static void make_move(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_MOVE,
		.names = STRV_INIT,
		.includes = STRV_INIT,
		.from = "pump.c",
		.to = "valve.c",
		.creates = true,
		.preamble = PREAMBLE,
		.kbuild = "Kbuild",
		.kbuild_word = "valve.o",
	}, .out = OUTCOME_INIT(RUNG_TEXT) };
	strv_add(&p->contract.names, "valve_open");
	strv_add(&p->contract.names, "stale");
	add_file(p, "pump.c", OLD_SOURCE, OLD_REST);
	add_file(p, "valve.c", NULL, PREAMBLE "\n" OPEN "\n" SHUT);
	add_file(p, "Kbuild", KBUILD, KBUILD_AFTER);
}

static void test_move_equal(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_int_equal(p.out.nr, 0);
	assert_true(p.out.checked > 30);
	release(&p);
}

/* Every rung but this one sees __LINE__ and __FILE__ fixed. */
static void make_placed(struct pair *p)
{
	make_move(p);
	edit(&p->before[0], "int first(void)\n{\n\treturn level;\n}\n",
	     "int first(void)\n{\n\treturn level + __LINE__;\n}\n");
	edit(&p->after[0], "static int level;\n",
	     "\nstatic int level;\n");
	edit(&p->after[0], "int first(void)\n{\n\treturn level;\n}\n",
	     "int first(void)\n{\n\treturn level + __LINE__;\n}\n");
}

static void make_placed_moved(struct pair *p)
{
	make_move(p);
	edit(&p->before[0], "\tp->count++;\n",
	     "\tp->count++;\n\tcall(1, __FILE__);\n");
	edit(&p->after[1], "\tp->count++;\n",
	     "\tp->count++;\n\tcall(1, __FILE__);\n");
}

static void test_places(void **state)
{
	static const struct variation stays[] = {
		{ "on its line", 0, "The last", "The last", RESULT_EQUAL },
		{ "on another line", 0, "\nint first", "\n\nint first",
		  RESULT_UNDECIDED },
		{ "on another line, no more", 0, "\n\nint first(void)\n{\n"
		  "\treturn level + __LINE__;\n", "\n\nint first(void)\n{\n"
		  "\treturn level;\n", RESULT_DIFFERENT },
	};
	static const struct variation moved[] = {
		{ "passed on", 1, "Opens", "Opens", RESULT_EXPLAINED },
	};
	static const char *const uses[][2] = {
		{ "sizeof(__FILE__)", NULL }, { "__FILE__[0]", NULL },
		{ "__LINE__", NULL }, { "HERE", "#define HERE __LINE__ + 1\n" },
		{ "THERE", "#define HERE __LINE__\n#define THERE (HERE)\n" },
	};

	(void)state;
	check_variations(make_placed, stays, ARRAY_SIZE(stays));
	check_variations(make_placed_moved, moved, ARRAY_SIZE(moved));
	for (size_t i = 0; i < ARRAY_SIZE(uses); i++) {
		struct pair p;

		make_placed_moved(&p);
		edit(&p.before[0], "call(1, __FILE__)", uses[i][0]);
		edit(&p.after[1], "call(1, __FILE__)", uses[i][0]);
		if (uses[i][1]) {
			edit(&p.before[0], "static int level;\n", uses[i][1]);
			edit(&p.after[0], "static int level;\n", uses[i][1]);
		}
		assert_int_equal(run(&p), RESULT_UNDECIDED);
		assert_non_null(find(&p, "function", "valve_open"));
		release(&p);
	}
}

/* Headers of registers have tens of thousands of lines, many of them alike. */
static void test_big_header(void **state)
{
	_cleanup_(buf_release) struct buf before = BUF_INIT;
	_cleanup_(buf_release) struct buf after = BUF_INIT;
	clock_t begin = clock();
	struct pair p;

	(void)state;
	make_move(&p);
	buf_addstr(&before, "#ifndef REGS_H\n#define REGS_H\n");
	for (unsigned int i = 0; i < 20000; i++)
		buf_addf(&before, i % 2 ? "#define REG_%u 1\n" : "BUILD(x)\n",
			 i);
	buf_addstr(&before, "#endif\n");
	buf_add(&after, before.data, before.len);
	buf_splice(&after, before.len / 2, 0, "\nint x;\n", 8);
	add_file(&p, "regs.h", before.data, after.data);
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_true(clock() - begin < 5 * CLOCKS_PER_SEC);
	release(&p);
}

static const struct variation move_variations[] = {
	{ "order of moved items", 1, "\n" OPEN "\n" SHUT,
	  "\n" SHUT "\n" OPEN, RESULT_EQUAL },
	{ "blank lines between items", 1, "\n" OPEN "\n" SHUT,
	  "\n\n" OPEN SHUT "\n", RESULT_EQUAL },
	{ "blank line in a body", 1, "\t\treturn -1;\n\n",
	  "\t\treturn -1;\n", RESULT_DIFFERENT },
	{ "blank line behind a comment", 1, "valve. */\n",
	  "valve. */\n\n", RESULT_DIFFERENT },
	{ "comment lost", 1, "/* Opens one valve. */\n", "",
	  RESULT_DIFFERENT },
	{ "comment changed", 1, "Opens one", "Opens a",
	  RESULT_DIFFERENT },
	{ "comment lost where it stays", 0, "/* The last one. */\n", "",
	  RESULT_DIFFERENT },
	{ "inner #ifdef lines dropped", 1,
	  "#ifdef CONFIG_LOCK\n\tlock(p);\n#endif\n", "\tlock(p);\n",
	  RESULT_DIFFERENT },
	{ "inner #ifdef block dropped", 1,
	  "#ifdef CONFIG_LOCK\n\tlock(p);\n#endif\n", "", RESULT_DIFFERENT },
	{ "outer #ifdef lines dropped", 0, LOCKED,
	  "void locked(void)\n{\n}\n\nvoid unlocked(void)\n{\n}\n",
	  RESULT_DIFFERENT },
	{ "item taken out of #ifdef", 0, LOCKED,
	  "void locked(void)\n{\n}\n\n#ifdef CONFIG_LOCK\n"
	  "void unlocked(void)\n{\n}\n#endif\n",
	  RESULT_DIFFERENT },
	{ "item put into #ifdef", 0, "#endif\n\n" TAIL,
	  TAIL "#endif\n", RESULT_DIFFERENT },
	{ "copy left behind", 0, TAIL, TAIL "\n" SHUT,
	  RESULT_DIFFERENT },
	{ "moved twice", 1, "\n" SHUT, "\n" SHUT "\n" SHUT,
	  RESULT_DIFFERENT },
	{ "statements swapped", 1,
	  "\tp->valves |= 1 << nr;\n\tp->count++;\n",
	  "\tp->count++;\n\tp->valves |= 1 << nr;\n", RESULT_DIFFERENT },
	{ "export dropped", 1, "EXPORT_SYMBOL_GPL(valve_open);\n", "",
	  RESULT_DIFFERENT },
	{ "export changed", 1, "EXPORT_SYMBOL_GPL", "EXPORT_SYMBOL",
	  RESULT_DIFFERENT },
	{ "attribute added", 1, "int valve_open",
	  "noinline int valve_open", RESULT_DIFFERENT },
	{ "macro redefined", 1, "\n" OPEN,
	  "\n#undef MAX\n#define MAX 3\n\n" OPEN, RESULT_DIFFERENT },
	{ "preamble edited", 1, "\"pump: \"", "\"valve: \"",
	  RESULT_DIFFERENT },
	{ "preamble longer", 1, "#include <linux/pump.h>\n",
	  "#include <linux/pump.h>\n#include <linux/x.h>\n",
	  RESULT_DIFFERENT },
	{ "code added", 1, "\tp->count++;\n",
	  "\tp->count++;\n\tp->count++;\n", RESULT_DIFFERENT },
	{ "white space at the end of a line", 1, "p->count++;\n",
	  "p->count++; \n", RESULT_DIFFERENT },
	{ "white space on an empty line", 0, "}\n\n#ifdef",
	  "}\n\t\n#ifdef", RESULT_DIFFERENT },
	{ "no newline at the end", 0, "\treturn a + 1;\n}\n",
	  "\treturn a + 1;\n}", RESULT_DIFFERENT },
	{ "forward declaration kept", 0, "static int level;\n",
	  "static void stale(struct pump *p);\nstatic int level;\n",
	  RESULT_EQUAL },
	{ "declaration of something else lost", 0,
	  "static int level;\n", "", RESULT_DIFFERENT },
	{ "what stays is reordered", 0, "\n" LOCKED "\n" TAIL,
	  "\n" TAIL "\n" LOCKED, RESULT_DIFFERENT },
	{ "include lost where it stays", 0,
	  "#include <linux/pump.h>\n", "", RESULT_DIFFERENT },
	{ "another word in the build file", 2, "valve.o", "valve2.o",
	  RESULT_DIFFERENT },
	{ "two words in the build file", 2, "valve.o",
	  "valve.o other.o", RESULT_DIFFERENT },
	{ "word glued in the build file", 2, "pump.o valve.o",
	  "pump.ovalve.o", RESULT_DIFFERENT },
	{ "word on a line of its own, continued", 2, "pump.o valve.o",
	  "pump.o \\\n\t  valve.o", RESULT_EQUAL },
	{ "word on a line of its own, not continued", 2,
	  "pump.o valve.o", "pump.o\n\t  valve.o", RESULT_DIFFERENT },
	{ "word in another list of the same name", 2,
	  " valve.o" KBUILD_REST,
	  KBUILD_REST_WITH("", "", " valve.o"), RESULT_EQUAL },
	{ "word in another module's list", 2, " valve.o" KBUILD_REST,
	  KBUILD_REST_WITH(" valve.o", "", ""), RESULT_DIFFERENT },
	{ "word in a conditional list", 2, " valve.o" KBUILD_REST,
	  KBUILD_REST_WITH("", " valve.o", ""), RESULT_DIFFERENT },
	{ "word missing in the build file", 2, " valve.o", "",
	  RESULT_DIFFERENT },
};

static void test_move_variations(void **state)
{
	(void)state;
	check_variations(make_move, move_variations,
			 ARRAY_SIZE(move_variations));
}

/* The same bytes are not the same struct where #pragma pack is in force. */
static void test_move_pragmas(void **state)
{
	static const struct {
		const char *above;
		enum result expect;
	} v[] = {
		{ "", RESULT_EQUAL },
		{ "#pragma once\n", RESULT_EQUAL },
		{ "#pragma GCC diagnostic push\n", RESULT_EQUAL },
		{ "#pragma pack(1)\n", RESULT_UNDECIDED },
		{ "#pragma pack(push, 1)\n#pragma pack(pop)\n", RESULT_EQUAL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(v); i++) {
		struct pair p = { .contract = {
			.change = CHANGE_MOVE,
			.from = "a.h",
			.to = "b.h",
		}, .out = OUTCOME_INIT(RUNG_TEXT) };
		char *before = xasprintf("int b;\n\n%s", v[i].above);
		char *after = xasprintf("%s\nstruct s {\n\tchar c;\n\tint i;\n};\n",
					before);

		strv_add(&p.contract.names, "s");
		add_file(&p, "a.h", "int a;\n\nstruct s {\n\tchar c;\n\tint i;\n};\n",
			 "int a;\n");
		add_file(&p, "b.h", before, after);
		assert_int_equal(run(&p), v[i].expect);
		release(&p);
		free(before);
		free(after);
	}
}

static void test_mode(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	p.mode_changed = p.paths[1];
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "file", "valve.c"));
	release(&p);
}

static void test_move_undeclared(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	strv_release(&p.contract.names);
	strv_add(&p.contract.names, "valve_open");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "function", "stale"));
	strv_add(&p.contract.names, "stale");
	assert_int_equal(run(&p), RESULT_EQUAL);
	strv_add(&p.contract.names, "first");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "item", "first"));
	release(&p);
}

/* What the source has for itself, where a configuration decides what it is. */
static void test_move_private(void **state)
{
#define LOCKS "static void lock(struct pump *p)\n{\n}\n\n"
#define HOT "#ifdef CONFIG_HOT\n#undef MAX\n#define MAX 9\n#endif\n\n"
	static const struct {
		const char *macro, *preamble;
		enum result expect;
	} cases[] = {
		{ "#define MAX 9\n\n", "", RESULT_EQUAL },
		{ HOT, "", RESULT_UNDECIDED },
		{ HOT, HOT, RESULT_EQUAL },
		{ "#define lock(p) hot(p)\n\n", "", RESULT_UNDECIDED },
		{ "#ifdef CONFIG_HOT\n#define OTHER 9\n#endif\n\n", "",
		  RESULT_EQUAL },
		{ LOCKS, "", RESULT_UNDECIDED },
		{ LOCKS, LOCKS, RESULT_EQUAL },
		{ "#ifdef CONFIG_HOT\nstatic int MAX = 9;\n#endif\n\n", "",
		  RESULT_UNDECIDED },
		{ "static int MAX = 9;\n\n", "", RESULT_EQUAL },
		{ "struct pump {\n\tint count;\n};\n\n", "", RESULT_EQUAL },
		{ "#ifdef CONFIG_HOT\nstruct pump {\n\tint count;\n};\n"
		  "#endif\n\n", "", RESULT_UNDECIDED },
		{ "#ifdef CONFIG_HOT\nint MAX = 9;\n#endif\n\n", "",
		  RESULT_EQUAL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct pair p;
		_cleanup_free_ char *head =
			xasprintf("%sstatic int level;\n", cases[i].macro);
		_cleanup_free_ char *preamble =
			xasprintf(PREAMBLE "\n%s", cases[i].preamble);

		make_move(&p);
		edit(&p.before[0], "static int level;\n", head);
		edit(&p.after[0], "static int level;\n", head);
		edit(&p.after[1], PREAMBLE "\n", preamble);
		p.contract.preamble = preamble;
		assert_int_equal(run(&p), cases[i].expect);
		release(&p);
	}
}

static void test_move_include(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	p.contract.creates = false;
	p.contract.preamble = NULL;
	p.contract.kbuild = NULL;
	edit(&p.after[2], " valve.o", "");
	p.before[1] = xstrdup(PREAMBLE "\nint there;\n");
	free(p.after[1]);
	p.after[1] = xstrdup(PREAMBLE "#include \"lock.h\"\n\nint there;\n\n"
			     OPEN "\n" SHUT);
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "include", "\"lock.h\""));
	strv_add(&p.contract.includes, "\"lock.h\"");
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.after[1], "#include \"lock.h\"\n", "#include \"lock.h\" // x\n");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
}

static void test_move_with_conditional(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	strv_add(&p.contract.names, "locked");
	strv_add(&p.contract.names, "unlocked");
	edit(&p.after[0], LOCKED "\n", "");
	edit(&p.after[1], "\n" SHUT, "\n" SHUT "\n" LOCKED);
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.after[1], "\n" LOCKED,
	     "\nvoid locked(void)\n{\n}\n\n#ifdef CONFIG_LOCK\n"
	     "void unlocked(void)\n{\n}\n#endif\n");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "function", "locked"));
	release(&p);
}

#define LOCKED_ONE                                                             \
	"#ifdef CONFIG_LOCK\n"                                                 \
	"void locked(void)\n"                                                  \
	"{\n"                                                                  \
	"}\n"                                                                  \
	"#endif\n"
#define LOCKED_REST                                                            \
	"#ifdef CONFIG_LOCK\n"                                                 \
	"void unlocked(void)\n"                                                \
	"{\n"                                                                  \
	"}\n"                                                                  \
	"#endif\n"

/* One of two items under an #if leaves, and is given the same lines. */
static void make_locked(struct pair *p)
{
	make_move(p);
	strv_add(&p->contract.names, "locked");
	edit(&p->after[0], LOCKED, LOCKED_REST);
	edit(&p->after[1], "\n" SHUT, "\n" SHUT "\n" LOCKED_ONE);
}

static void test_move_under_conditional(void **state)
{
	static const struct variation v[] = {
		{ "another condition", 1, "\n" LOCKED_ONE,
		  "\n#ifdef CONFIG_L\nvoid locked(void)\n{\n}\n#endif\n",
		  RESULT_DIFFERENT },
		{ "without condition", 1, "\n" LOCKED_ONE,
		  "\nvoid locked(void)\n{\n}\n", RESULT_DIFFERENT },
		{ "a comment at the lines", 1, "\n" LOCKED_ONE,
		  "\n#ifdef CONFIG_LOCK /* x */\nvoid locked(void)\n{\n}\n"
		  "#endif\n", RESULT_DIFFERENT },
		{ "an empty conditional", 1, "\n" LOCKED_ONE,
		  "\n" LOCKED_ONE "#ifdef CONFIG_LOCK\n#endif\n",
		  RESULT_DIFFERENT },
		{ "lines gone around what stays", 0, LOCKED_REST,
		  "void unlocked(void)\n{\n}\n", RESULT_DIFFERENT },
		{ "lines twice around what stays", 0, LOCKED_REST,
		  "#ifdef CONFIG_LOCK\n" LOCKED_REST "#endif\n",
		  RESULT_DIFFERENT },
	};
	struct pair p;

	(void)state;
	make_locked(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	release(&p);
	check_variations(make_locked, v, ARRAY_SIZE(v));

	/* Two neighbours under equal lines: either may be the one that left. */
	make_locked(&p);
	edit(&p.before[0], LOCKED, LOCKED_ONE "\n" LOCKED_REST);
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.after[0], "#ifdef CONFIG_LOCK\nvoid unlocked(void)\n{\n}\n#endif\n",
	     "#ifdef CONFIG_LOCK\n#endif\n#ifdef CONFIG_LOCK\n"
	     "void unlocked(void)\n{\n}\n#endif\n");
	assert_int_equal(run(&p), RESULT_EQUAL); /* left behind, but harmless */
	release(&p);
}

static void test_preamble_and_include(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	strv_add(&p.contract.includes, "<linux/lock.h>");
	strv_add(&p.contract.includes, "\"motor.h\"");
	edit(&p.after[1], "#include <linux/pump.h>\n",
	     "#include <linux/lock.h>\n#include <linux/pump.h>\n\n"
	     "#include \"motor.h\"\n");
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.after[1], "#include <linux/lock.h>\n",
	     "#include <linux/lock.h>\n#include <linux/more.h>\n");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
}

static void test_where_and_excerpt(void **state)
{
	const struct finding *f;
	struct pair p;

	(void)state;
	make_move(&p);
	edit(&p.after[1], "\tp->count++;\n", "\tp->count--;\n");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	f = find(&p, "function", "valve_open");
	assert_non_null(f);
	assert_string_equal(f->where, "valve.c:16");
	assert_string_equal(f->excerpt, "\tp->count--;");
	assert_null(strstr(f->detail, "count"));
	release(&p);
}

#define GUARD "/* Sizes. */\n#ifndef SIZE_H\n#define SIZE_H\n"
#define SMALL "/* Small? */\nstatic inline bool is_small(int a)\n{\n\treturn a < 3;\n}\n"

/* A created header: what moves goes above the end of the guard. */
static void make_header(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_MOVE,
		.names = STRV_INIT,
		.includes = STRV_INIT,
		.from = "pump.h",
		.to = "size.h",
		.creates = true,
		.preamble = GUARD "\n#endif\n",
	}, .out = OUTCOME_INIT(RUNG_TEXT) };
	strv_add(&p->contract.names, "is_small");
	add_file(p, "pump.h", "#ifndef P_H\n#define P_H\n\n" SMALL
		 "int pump(void);\n\n#endif\n",
		 "#ifndef P_H\n#define P_H\n\nint pump(void);\n\n#endif\n");
	add_file(p, "size.h", NULL, GUARD "\n" SMALL "\n#endif\n");
}

static void test_move_to_new_header(void **state)
{
	static const struct variation v[] = {
		{ "behind the guard", 1, SMALL "\n#endif\n",
		  "#endif\n\n" SMALL, RESULT_DIFFERENT },
		{ "guard not ended", 1, "\n#endif\n", "", RESULT_DIFFERENT },
		{ "another guard", 1, "#define SIZE_H", "#define SIZES_H",
		  RESULT_DIFFERENT },
		{ "changed", 1, "a < 3", "a < 4", RESULT_DIFFERENT },
	};
	struct pair p;

	(void)state;
	make_header(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	release(&p);
	check_variations(make_header, v, ARRAY_SIZE(v));
}

/* A region without borders that holds a name of the step decides nothing. */
static void test_unknown(void **state)
{
	static const char broken[] = ") valve_open ] 7;\n";
	struct pair p;

	(void)state;
	make_move(&p);
	for (int side = 0; side < 2; side++) {
		char **file = side ? &p.after[0] : &p.before[0];
		char *text = xasprintf("%s%s", *file, broken);

		free(*file);
		*file = text;
	}
	assert_int_equal(run(&p), RESULT_UNDECIDED);
	edit(&p.before[0], ") valve_open ]", ") other ]");
	edit(&p.after[0], ") valve_open ]", ") other ]");
	assert_int_equal(run(&p), RESULT_EQUAL);
	release(&p);
}

static void test_files(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	p.before[1] = xstrdup("");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);

	make_move(&p);
	add_file(&p, "other.c", "int x;\n", NULL);
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "file", "other.c"));
	release(&p);

	make_move(&p);
	p.nr = 2; /* the build file is not given */
	assert_int_equal(run(&p), RESULT_UNDECIDED);
	p.nr = 3;
	release(&p);
}

static void test_required(void **state)
{
	unsigned int bits = 1u << RUNG_TEXT | 1u << RUNG_TOKENS |
			    1u << RUNG_CODE | 1u << RUNG_BUILD;

	(void)state;
	assert_int_equal(verify_required(CHANGE_MOVE, false), bits);
	assert_int_equal(verify_required(CHANGE_PROMOTE, false), bits);
	assert_int_equal(verify_required(CHANGE_TRANSFORM, false), bits);
	bits ^= 1u << RUNG_CODE | 1u << RUNG_TYPES;
	assert_int_equal(verify_required(CHANGE_MOVE, true), bits);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_move_equal),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_big_header),
		cmocka_unit_test(test_move_variations),
		cmocka_unit_test(test_move_pragmas),
		cmocka_unit_test(test_mode),
		cmocka_unit_test(test_move_undeclared),
		cmocka_unit_test(test_move_private),
		cmocka_unit_test(test_move_include),
		cmocka_unit_test(test_move_with_conditional),
		cmocka_unit_test(test_move_under_conditional),
		cmocka_unit_test(test_preamble_and_include),
		cmocka_unit_test(test_where_and_excerpt),
		cmocka_unit_test(test_move_to_new_header),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_required),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
