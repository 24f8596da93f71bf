// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading what spatch prints, without spatch: the texts are what 1.1.1 prints for
 * the small files here, and what a broken or another program might.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "driver/spatch_output.h"

static const char source[] = "int f(int a)\n"	 /* 1 */
			     "{\n"		 /* 2 */
			     "\tif (a) {\n"	 /* 3 */
			     "\t\ta--;\n"	 /* 4 */
			     "\t}\n"		 /* 5 */
			     "\treturn a;\n"	 /* 6 */
			     "}\n"		 /* 7 */
			     "\n"		 /* 8 */
			     "int g(void)\n"	 /* 9 */
			     "{\n"		 /* 10 */
			     "\treturn 0;\n"	 /* 11 */
			     "}";		 /* 12, no newline */

struct fixture {
	struct buf text;
	struct lines lines;
	struct error err;
};

static void set_up(struct fixture *f, const char *text)
{
	*f = (struct fixture){ .text = BUF_INIT, .err = ERROR_INIT };
	buf_addstr(&f->text, text);
	lines_init(&f->lines, &f->text);
}

static void tear_down(struct fixture *f)
{
	lines_release(&f->lines);
	buf_release(&f->text);
	error_release(&f->err);
}

static void splits_lines(void **state)
{
	struct fixture f;
	size_t len;

	(void)state;
	set_up(&f, source);
	assert_int_equal(f.lines.nr, 12);
	assert_memory_equal(lines_get(&f.lines, 1, &len), "int f(int a)", 12);
	assert_int_equal(len, 12);
	lines_get(&f.lines, 8, &len);
	assert_int_equal(len, 0);
	assert_memory_equal(lines_get(&f.lines, 12, &len), "}", 1);
	assert_int_equal(len, 1);
	tear_down(&f);
	set_up(&f, "");
	assert_int_equal(f.lines.nr, 0);
	tear_down(&f);
}

#define HEADER "--- input.c\n+++ /tmp/cocci-output-1-2-input.c\n"

static int read_starred(struct fixture *f, const char *diff,
			struct starred *ret)
{
	struct buf out = BUF_INIT;
	int failed;

	buf_addstr(&out, diff);
	failed = starred_read(&out, "input.c", &f->lines, ret, &f->err);
	buf_release(&out);
	return failed;
}

static void assert_starred(const char *diff, const unsigned int *lines,
			   size_t nr)
{
	struct starred starred = { 0 };
	struct fixture f;

	set_up(&f, source);
	if (read_starred(&f, diff, &starred))
		fail_msg("%s", f.err.text);
	assert_int_equal(starred.nr, nr);
	for (size_t i = 0; i < nr; i++)
		assert_int_equal(starred.v[i], lines[i]);
	starred_release(&starred);
	tear_down(&f);
}

static void reads_starred_lines(void **state)
{
	static const unsigned int both[] = { 1, 2, 5, 7, 9, 10, 12 };
	static const unsigned int one[] = { 9 };

	(void)state;
	assert_starred("", NULL, 0);
	assert_starred(HEADER "@@ -1,12 +1,5 @@\n"
			      "-int f(int a)\n-{\n \tif (a) {\n \t\ta--;\n-\t}\n"
			      " \treturn a;\n-}\n \n-int g(void)\n-{\n"
			      " \treturn 0;\n-}\n\\ No newline at end of file\n",
		       both, ARRAY_SIZE(both));
	/* Two hunks, one of a single line; blanks of context may differ. */
	assert_starred(HEADER "@@ -1,2 +1,0 @@ x\n-int f(int a)\n-{\n"
			      "@@ -4,2 +2 @@ int f(int a)\n    a--;\n-\t}\n"
			      "@@ -7 +3,0 @@\n-}\n"
			      "@@ -8,5 +4,2 @@\n\n-int g(void)\n-{\n \treturn 0;\n"
			      "-}\n",
		       both, ARRAY_SIZE(both));
	assert_starred("--- a/b/input.c\t2020-01-01\n+++ x\n@@ -9 +9,0 @@\n"
		       "-int g(void)\n",
		       one, 1);
}

static void refuses_what_is_no_diff_of_the_file(void **state)
{
	static const char *const cases[][2] = {
		{ "garbage\n", "line 1: '--- ' expected" },
		{ "\x7f\x45LF\x01", "line 1: '--- ' expected" },
		{ "--- other.c\n+++ x\n@@ -1 +0,0 @@\n-int f(int a)\n",
		  "line 1: another file's header" },
		{ "--- notinput.c\n+++ x\n@@ -1 +0,0 @@\n-int f(int a)\n",
		  "line 1: another file's header" },
		{ "--- input.c\n", "the header is cut off" },
		{ "--- input.c\n@@ -1 +0,0 @@\n", "'+++ ' expected" },
		{ HEADER, "there is no hunk" },
		{ HEADER "Oops\n", "'@@ ' expected" },
		{ HEADER "@@ -1,2 +0,0\n-int f(int a)\n", "is not of this file" },
		{ HEADER "@@ -1,2 +0,0 @@\n-int f(int a)\n",
		  "the hunk is cut off" },
		{ HEADER "@@ -1,2 +1 @@\n-int f(int a)\n+int h(int a)\n {\n",
		  "a line is added" },
		{ HEADER "@@ -1 +0,0 @@\n-int h(int a)\n",
		  "the file has another line here" },
		{ HEADER "@@ -1,2 +1 @@\n int h(int a)\n-{\n",
		  "the file has another line here" },
		{ HEADER "@@ -1 +0,0 @@\n-  int f(int a)\n",
		  "the file has another line here" },
		{ HEADER "@@ -12,2 +1 @@\n-}\n-}\n", "is not of this file" },
		{ HEADER "@@ -4000000000 +1 @@\n-}\n", "is not of this file" },
		{ HEADER "@@ -9 +9,0 @@\n-int g(void)\n"
			 "@@ -1 +1,0 @@\n-int f(int a)\n",
		  "is not of this file" },
		{ HEADER "@@ -9 +9,0 @@\n-int g(void)\n"
			 "--- input.c\n+++ x\n@@ -10 +9,0 @@\n-{\n",
		  "'@@ ' expected" },
		{ HEADER "@@ -9 +9,0 @@\n?int g(void)\n", "no line of a diff" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct starred starred = { 0 };
		struct fixture f;

		set_up(&f, source);
		if (!read_starred(&f, cases[i][0], &starred))
			fail_msg("case %zu is accepted", i);
		assert_int_equal(f.err.class, ERROR_SYSTEM);
		assert_non_null(strstr(f.err.text, "no diff of input.c"));
		if (!strstr(f.err.text, cases[i][1]))
			fail_msg("case %zu: '%s' instead of '%s'", i,
				 f.err.text, cases[i][1]);
		assert_int_equal(starred.nr, 0);
		tear_down(&f);
	}
}

#define SUMMARY(bad)                                                           \
	"NB total files = 1; perfect = 0; pbs = 1; timeout = 0; ====> 0%\n"    \
	"nb good = 7,  nb passed = 2 =========> 2.86% passed\n"                \
	"nb good = 7,  nb bad = " #bad " =========> 61.90% good or passed\n"

static int read_coverage(struct fixture *f, const char *said,
			 struct coverage *ret)
{
	struct buf out = BUF_INIT;
	int failed;

	buf_addstr(&out, said);
	failed = coverage_read(&out, "input.c", &f->lines, ret, &f->err);
	buf_release(&out);
	return failed;
}

static const char broken[] = "int one(void)\n"		  /* 1 */
			     "{\n"			  /* 2 */
			     "\treturn 1;\n"		  /* 3 */
			     "}\n"			  /* 4 */
			     "\n"			  /* 5 */
			     "int two(void)\n"		  /* 6 */
			     "{\n"			  /* 7 */
			     "\tguarded(lock, &m) {\n"	  /* 8 */
			     "\t\tone();\n"		  /* 9 */
			     "\t}\n"			  /* 10 */
			     "}\n"			  /* 11 */
			     "\n"			  /* 12 */
			     "int three(void)\n"	  /* 13 */
			     "{\n"			  /* 14 */
			     "\tguarded(lock, &m) {\n"	  /* 15 */
			     "\t\ttwo();\n"		  /* 16 */
			     "\t}\n"			  /* 17 */
			     "}\n"			  /* 18 */
			     "#if 0\n"			  /* 19 */
			     "int dead (void) { one( ); }\n" /* 20 */
			     "#endif\n";		  /* 21 */

#define TWO                                                                    \
	"badcount: 7\nbad: }\nbad: \nbad: int two(void)\nbad: {\n"             \
	"BAD:!!!!! \tguarded(lock, &m) {\nbad: \t\tone();\nbad: \t}\nbad: }\n"
#define THREE                                                                  \
	"badcount: 7\nbad: }\nbad: \nbad: int three(void)\nbad: {\n"           \
	"BAD:!!!!! \tguarded(lock, &m) {\nbad: \t\ttwo();\nbad: \t}\nbad: }\n"

static void reads_unparsed_regions(void **state)
{
	/* Once with line numbers, once as a quieter spatch prints it. */
	static const char *const said[] = {
		"init_defs_builtins: /usr/lib/coccinelle/standard.h\n"
		"ERROR-RECOV: found sync '}' at line 11\n"
		"parsing pass2: try again\n"
		"parse error \n = File \"input.c\", line 8, column 20, charpos = 1\n"
		"  around = '{',\n  whole content = \tguarded(lock, &m) {\n" TWO
		"parse error \n = File \"sub/other.h\", line 2, column 0, c = 1\n"
		"badcount: 1\nBAD:!!!!! nonsense\nbad: nonsense\n"
		"parse error \n = File \"/x/input.c\", line 15, column 2, c = 3\n"
		"  around = '{',\n  whole content = x\n" THREE
		"passed:#if 0 \n"
		"passed:int dead ( void ) { one ( ) ; } \n"
		"passed:#endif \n"
		"-----------------------------------------\n" SUMMARY(14),
		"parse error \n = error in input.c; set verbose_parsing\n" TWO
		"parse error \n = error in input.c; set verbose_parsing\n" THREE
		"passed:int dead ( void ) { one ( ) ; } \n" SUMMARY(14),
		/* 1.3 */
		TWO THREE "other.h:3: passed:one \n"
		"input.c:20: passed:int dead ( void ) { one ( ) ; } \n"
		"input.c:21: passed:#endif \n" SUMMARY(14),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(said); i++) {
		struct coverage c = { 0 };
		struct fixture f;
		const struct passed *dead;

		set_up(&f, broken);
		if (read_coverage(&f, said[i], &c))
			fail_msg("%s", f.err.text);
		assert_int_equal(c.nr_bad, 2);
		assert_int_equal(c.bad[0].first, 4);
		assert_int_equal(c.bad[0].at, 8);
		assert_int_equal(c.bad[0].last, 11);
		assert_int_equal(c.bad[1].first, 11);
		assert_int_equal(c.bad[1].at, 15);
		assert_int_equal(c.bad[1].last, 18);
		dead = &c.passed[i == 0];
		assert_string_equal(dead->text,
				    "int dead ( void ) { one ( ) ; } ");
		assert_int_equal(dead->line, 20);
		coverage_release(&c);
		tear_down(&f);
	}
}

/* The message is about the macro; the region is still one of the file. */
static void takes_a_region_whose_macro_is_elsewhere(void **state)
{
	struct coverage c = { 0 };
	struct fixture f;

	(void)state;
	set_up(&f, broken);
	assert_int_equal(
		read_coverage(&f,
			      "parse error \n = File \"/usr/lib/standard.h\", "
			      "line 436, column 30, charpos = 11890\n"
			      "badcount: 2\nbad: }\nbad: \n"
			      "bad: int three(void)\n" SUMMARY(2),
			      &c),
		0);
	assert_int_equal(c.nr_bad, 1);
	assert_int_equal(c.bad[0].first, 11);
	assert_int_equal(c.bad[0].last, 13);
	assert_int_equal(c.bad[0].at, 0);
	coverage_release(&c);
	tear_down(&f);
}

static void refuses_reports_that_do_not_add_up(void **state)
{
	static const char *const cases[][2] = {
		{ "", "printed no summary of input.c" },
		{ "garbage\n", "printed no summary of input.c" },
		{ "parse error \n = File \"input.c\", line 8, column 2\n" TWO,
		  "printed no summary of input.c" },
		{ SUMMARY(7), "counts 7 bad lines in input.c and says not where" },
		{ "parse error \n = File \"input.c\", line 8, column 2\n"
		  "badcount: 1\nBAD:!!!!! another file\nbad: }\n" SUMMARY(1),
		  "a region that is not in input.c" },
		{ "parse error \n = File \"input.c\", line 15, column 2\n" THREE
		  "parse error \n = File \"input.c\", line 8, column 2\n" TWO
		  SUMMARY(14), "a region of input.c out of order" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct coverage c = { 0 };
		struct fixture f;

		set_up(&f, broken);
		if (!read_coverage(&f, cases[i][0], &c))
			fail_msg("case %zu is accepted", i);
		assert_int_equal(f.err.class, ERROR_SYSTEM);
		if (!strstr(f.err.text, cases[i][1]))
			fail_msg("case %zu: '%s' instead of '%s'", i,
				 f.err.text, cases[i][1]);
		tear_down(&f);
	}
}

static void takes_a_clean_report(void **state)
{
	struct coverage c = { 0 };
	struct fixture f;

	(void)state;
	set_up(&f, broken);
	assert_int_equal(read_coverage(&f, SUMMARY(0), &c), 0);
	assert_int_equal(c.nr_bad + c.nr_passed, 0);
	coverage_release(&c);
	tear_down(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_lines),
		cmocka_unit_test(reads_starred_lines),
		cmocka_unit_test(refuses_what_is_no_diff_of_the_file),
		cmocka_unit_test(reads_unparsed_regions),
		cmocka_unit_test(takes_a_region_whose_macro_is_elsewhere),
		cmocka_unit_test(refuses_reports_that_do_not_add_up),
		cmocka_unit_test(takes_a_clean_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
