// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locating with the real spatch, on C that spatch has trouble with: each hazard
 * must end in the right extent or in drift that says where and what to do, and
 * never in silence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "locate_scene.h"

#define MOVE "/// s\n// Kind: move\n// From: a.c\n// To: b.c\n"
#define STAR "@@\n* T fn(...)\n* {\n  ...\n* }\n"
#define RULE(names) "\n@m@\ntype T;\nidentifier fn = {" names "};\n" STAR

#define PLAIN "int plain(int a)\n{\n\treturn a;\n}\n"

struct hazard {
	const char *step, *macros, *source;
	const char *found, *drifts;
	const char *says; /* in the message or suggestion of the first drift */
};

static void check_hazard(const struct hazard *h, size_t n)
{
	char *found, *drifts;
	struct scene s;

	scene_open(&s, h->step, h->macros, h->source);
	if (scene_locate(&s))
		fail_msg("case %zu: %s", n, s.err.text);
	found = scene_found(&s);
	drifts = scene_drifts(&s);
	if (!streq(found, h->found) || !streq(drifts, h->drifts))
		fail_msg("case %zu: found '%s', drift '%s'", n, found, drifts);
	if (h->says && !strstr(s.drifts.v[0].message, h->says) &&
	    (!s.drifts.v[0].suggestion ||
	     !strstr(s.drifts.v[0].suggestion, h->says)))
		fail_msg("case %zu: '%s; %s' does not say '%s'", n,
			 s.drifts.v[0].message, s.drifts.v[0].suggestion,
			 h->says);
	for (size_t i = 0; i < s.drifts.nr; i++)
		assert_string_equal(s.drifts.v[i].path, scene_path);
	free(found);
	free(drifts);
	scene_close(&s);
}

#define CHECK_ALL(hazards)                                                     \
	do {                                                                   \
		(void)state;                                                   \
		for (size_t n = 0; n < ARRAY_SIZE(hazards); n++)               \
			check_hazard(&(hazards)[n], n);                        \
	} while (0)

static void finds_definitions_of_all_shapes(void **state)
{
	static const struct hazard hazards[] = {
		{ MOVE RULE("b, a"), NULL,
		  "int a(void)\n{\n}\n\nint c(void);\nint b(void) { return a(); }\n",
		  "a:1-3 b:6-6", "", NULL },
		/* The declarator on several lines, comments and exports around. */
		{ MOVE RULE("a"), NULL,
		  "/* about a */\nstatic __always_inline\nstruct s *\na(int x,\n"
		  "  int y)\n{\n\treturn 0; /* } */\n}\nEXPORT_SYMBOL(a);\n" PLAIN,
		  "a:2-8", "", NULL },
		{ MOVE RULE("a"), NULL,
		  "__attribute__((cold))\n__visible\nint a(void)\n{\n\treturn 0;\n} /* x */\n",
		  "a:1-6", "", NULL },
		/* Inner braces starred: an early return before a brace. */
		{ MOVE RULE("a"), NULL,
		  "int a(int x)\n{\n\twhile (x) {\n\t\tif (x == 1) {\n\t\t\treturn 1;\n"
		  "\t\t}\n\t\tx--;\n\t}\n\treturn 0;\n}\nint b(void)\n{\n\treturn 0;\n}\n",
		  "a:1-10", "", NULL },
		/* The switch's brace starred instead of the function's. */
		{ MOVE RULE("a"), NULL,
		  "int a(int x)\n{\n\tswitch (x) {\n\tcase 0:\n\t\treturn 1;\n"
		  "\tdefault:\n\t\treturn 2;\n\t}\n}\n" PLAIN,
		  "a:1-9", "", NULL },
		/* Directives inside, also a '#if 0' with a brace of its own. */
		{ MOVE RULE("a"), NULL,
		  "int a(int x)\n{\n#define L 1\n\tx += L;\n#undef L\n#if 0\n\t}\n#endif\n"
		  "#ifdef A\n\tx++;\n#else\n\tx--;\n#endif\n\treturn x;\n}\n",
		  "a:1-15", "", NULL },
		/* A forward declaration is none of it. */
		{ MOVE RULE("a"), NULL,
		  "static int a(int x);\n" PLAIN
		  "static int a(int x)\n{\n\treturn plain(x);\n}\n",
		  "a:6-9", "", NULL },
		/* Exports starred by a rule of their own. */
		{ MOVE "\n@e@\ndeclarer name EXPORT_SYMBOL;\n"
		       "identifier fn = {plain};\n@@\n* EXPORT_SYMBOL(fn);\n"
		       "@m@\ntype T;\nidentifier e.fn;\n" STAR,
		  NULL, PLAIN "EXPORT_SYMBOL(plain);\n", "plain:1-4", "", NULL },
		{ MOVE "\n@m@\n@@\n* int plain(int a)\n* {\n  ...\n* }\n", NULL,
		  PLAIN, "plain:1-4", "", NULL },
	};

	CHECK_ALL(hazards);
}

static void says_what_is_absent_or_there_twice(void **state)
{
	static const struct hazard hazards[] = {
		{ MOVE RULE("plian, plain"), NULL, PLAIN, "plain:1-4",
		  "absent plian 0", "did you mean 'plain'?" },
		{ MOVE RULE("elsewhere"), NULL, "int elsewhere(void);\n" PLAIN, "",
		  "absent elsewhere 0", "line 1 has a prototype of that name" },
		{ MOVE RULE("MAX"), NULL, PLAIN "#define MAX(a) (a)\n", "",
		  "absent MAX 0", "line 5 has a macro of that name: list it" },
		{ MOVE RULE("one"), NULL,
		  "#ifdef A\nint one(void)\n{\n\treturn 1;\n}\n#else\nint one(void)\n"
		  "{\n\treturn 0;\n}\n#endif\n",
		  "", "branches one 2", "lines 2-5 (#ifdef A), 7-10 (" },
		{ MOVE "\n@m@\ntype T;\nidentifier fn = {plain};\n@@\n"
		       "* static T fn(...)\n* {\n  ...\n* }\n", NULL, PLAIN, "",
		  "disagree plain 1", "is global, and the rule says 'static'" },
		{ MOVE RULE("one"), NULL,
		  "int one(void)\n{\n\treturn 1;\n}\n" PLAIN
		  "int one(void)\n{\n\treturn 0;\n}\n",
		  "", "twice one 1", "defined 2 times: lines 1-4, 9-12" },
	};

	CHECK_ALL(hazards);
}

#define BODY(name, code) "int " name "(int a)\n{\n" code "\treturn 0;\n}\n"
#define GUARDED BODY("x", "\tscoped_guard(lock, &m) {\n\t\ta++;\n\t}\n")
#define GOTO_P "void x(void *p)\n{\n\tgoto *p;\n}\n"

static void says_what_spatch_cannot_parse(void **state)
{
	static const struct hazard hazards[] = {
		{ MOVE RULE("x, plain"), NULL, PLAIN GUARDED, "plain:1-4",
		  "unparsed x 7", "add '#define scoped_guard(...) for (;;)'" },
		{ MOVE RULE("x, plain"), "#define scoped_guard(...) for (;;)\n",
		  PLAIN GUARDED, "plain:1-4 x:5-11", "", NULL },
		/* The macro's arguments on lines of their own. */
		{ MOVE RULE("x"), NULL,
		  BODY("x", "\tscoped_guard(lock,\n\t\t     &m) {\n\t\ta++;\n\t}\n"),
		  "", "unparsed x 4", "add '#define scoped_guard(...) for (;;)'" },
		{ MOVE RULE("x"), NULL,
		  BODY("x", "\tvisit(&a, b->list) {\n\t\ta++;\n\t}\n"), "",
		  "unparsed x 3", "add '#define visit(...) for (;;)'" },
		{ MOVE RULE("x"), NULL,
		  BODY("x", "\tasm goto(\"1: jmp %l[o]\" : : \"r\"(a) : : o);\no:\n"),
		  "", "unparsed x 3", "list 'x' under '// Items:'" },
		{ MOVE RULE("x"), NULL,
		  BODY("x", "\tasm_inline volatile(\"nop\" : : \"r\"(a));\n"), "",
		  "unparsed x 3", "add '#define asm_inline asm'" },
		{ MOVE RULE("x"), "#define asm_inline asm\n",
		  BODY("x", "\tasm_inline volatile(\"nop\" : : \"r\"(a));\n"),
		  "x:1-5", "", NULL },
		{ MOVE RULE("x"), NULL,
		  PLAIN "DEFINE_FOO(x)(int a)\n{\n\treturn a;\n}\n", "",
		  "unparsed x 5", "list 'x' under '// Items:'" },
		/* Made by a macro that spatch knows: it refuses to touch it. */
		{ MOVE RULE("x"), NULL,
		  "SYSCALL_DEFINE1(x, int, a)\n{\n\treturn a;\n}\n", "",
		  "unparsed x 1", "a macro makes this code" },
		/* Nothing is unparsed, but spatch finds no way through. */
		{ MOVE RULE("x"), NULL, GOTO_P, "", "disagree x 1",
		  "no rule of the step matches it" },
		{ MOVE RULE("x"), NULL,
		  BODY("x", "\tfoo_for_each(a, b)\n\t\tplain(a);\n"), "x:1-6", "",
		  NULL },
		/* Found, but named where spatch is blind, too. */
		{ MOVE RULE("plain"), NULL,
		  PLAIN BODY("y", "\tscoped_guard(lock, &m) {\n\t\tplain(a);\n\t}\n"),
		  "plain:1-4", "unparsed plain 7", "lines 4-11, which name 'plain'" },
		/* In a #define there is no macro to suggest. */
		{ MOVE RULE("plain"), NULL,
		  PLAIN "\n#define for_all(a, b) \\\n\tfor (a = plain(b); a; \\\n"
			"\t     ({ next(a); }))\n",
		  "plain:1-4", "unparsed plain 8", "list 'plain' under" },
		{ MOVE RULE("plain"), NULL,
		  PLAIN "\n#define for_one(a, b) \\\n\tfor (a = next(b); a; \\\n"
			"\t     ({ next(a); plain(a); }))\n",
		  "plain:1-4", "unparsed plain 8", "list 'plain' under" },
		/* A one-line definition before the region is none of it; nor is a
		 * comment in it. */
		{ MOVE RULE("plain"), NULL,
		  "int plain(int a) { return a; }\n"
		  BODY("y", "\tscoped_guard(lock, &m) {\n\t\ta++; /* plain */\n\t}\n"),
		  "plain:1-1", "", NULL },
	};

	CHECK_ALL(hazards);
}

/* Coccinelle 1.1.1 does not parse it, 1.3 does: no version may keep silent. */
static void takes_an_attribute_statement_or_says_that_it_cannot(void **state)
{
	char *found, *drifts;
	struct scene s;

	(void)state;
	scene_open(&s, MOVE RULE("x"), NULL,
		   BODY("x", "\tswitch (a) {\n\tcase 1:\n\t\ta++;\n"
			     "\t\t[[fallthrough]];\n\tcase 2:\n\t\tbreak;\n"
			     "\t}\n"));
	assert_int_equal(scene_locate(&s), 0);
	found = scene_found(&s);
	drifts = scene_drifts(&s);
	if (*drifts) {
		assert_string_equal(found, "");
		assert_string_equal(drifts, "unparsed x 6");
		assert_non_null(strstr(s.drifts.v[0].suggestion,
				       "list 'x' under '// Items:'"));
	} else {
		assert_string_equal(found, "x:1-11");
	}
	free(found);
	free(drifts);
	scene_close(&s);
}

static void says_where_spatch_and_lexer_disagree(void **state)
{
	static const struct hazard hazards[] = {
		/* The rule stars the head alone. */
		{ MOVE "\n@m@\ntype T;\nidentifier fn = {plain};\n@@\n"
		       "* T fn(...)\n  {\n  ...\n  }\n",
		  NULL, PLAIN, "", "disagree plain 1",
		  "spatch stars lines 1-1, the lexer sees it in lines 1-4" },
		/* The rule stars only the body. */
		{ MOVE "\n@m@\ntype T;\nidentifier fn = {plain};\n@@\n"
		       "  T fn(...)\n* {\n  ...\n* }\n",
		  NULL, PLAIN, "", "disagree plain 1", "spatch stars lines 2-4" },
		/* Code behind a switch that spatch sees no path to. */
		{ MOVE RULE("x"), NULL,
		  "int x(int a)\n{\n\tswitch (a) {\n\tdefault:\n\t\treturn 1;\n\t}\n"
		  "\ta++;\n\treturn a;\n}\n",
		  "", "disagree x 1", "spatch stars lines 1-6" },
		/* A second rule stars what no name asks for. */
		{ MOVE RULE("plain") "@o@\ntype T;\nidentifier g != plain;\n@@\n"
				     "* T g(...)\n* {\n  ...\n* }\n",
		  NULL, PLAIN "int other(void)\n{\n\treturn 0;\n}\n", "plain:1-4",
		  "disagree other 5", "a function 'other' that the step does not" },
	};

	CHECK_ALL(hazards);
}

static void finds_listed_items_by_the_lexer_alone(void **state)
{
	static const struct hazard hazards[] = {
		{ MOVE "// Items: MAX, table, x, s, three\n" RULE("plain"), NULL,
		  "#define MAX(a) \\\n\t(a)\n" PLAIN
		  "static int table[] = {\n\t1,\n};\n" GOTO_P
		  "struct s {\n\tint a;\n};\nint two, three;\n",
		  "MAX:1-2 plain:3-6 table:7-9 x:10-13 s:14-16 two:17-17", "",
		  NULL },
		{ MOVE "// Items: BUILD\n" RULE("plain"), NULL,
		  "BUILD(a)\nBUILD(b)\n" PLAIN, "BUILD:1-1 BUILD:2-2 plain:3-6", "",
		  NULL },
		{ MOVE "// Items: MAX\n" RULE("plain"), NULL,
		  "#ifdef A\n#define MAX 1\n#else\n#define MAX 2\n#endif\n" PLAIN,
		  "plain:6-9", "branches MAX 2", "2-2 (#ifdef A)" },
		{ MOVE "// Items: MIN\n" RULE("plain"), NULL, PLAIN, "plain:1-4",
		  "absent MIN 0", "no definition of 'MIN'" },
	};

	CHECK_ALL(hazards);
}

static void refuses_steps_that_spatch_cannot_parse(void **state)
{
	static const char *const cases[][2] = {
		{ MOVE "\n@m@\nidentifier fn = {plain};\n@@\n* T fn(...)\n* {\n  ...\n",
		  "1.cocci:9: spatch cannot parse this, near 'fn'" },
		{ MOVE "\n@m depends on n@\nidentifier fn = {plain};\n@@\n* fn\n",
		  "1.cocci:6: spatch cannot parse this, near 'n'" },
		{ MOVE "\nvirtual v\n@m depends on v@\nidentifier fn = {plain};\n"
		       "@@\n* fn\n",
		  "1.cocci: spatch says: No rules apply." },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct scene s;

		scene_open(&s, cases[i][0], NULL, PLAIN);
		assert_int_equal(scene_locate(&s), -1);
		assert_int_equal(s.err.class, ERROR_INPUT);
		if (!strstr(s.err.text, cases[i][1]))
			fail_msg("%s", s.err.text);
		assert_int_equal(spatch_check(&s.spatch, s.step, &s.err), -1);
		assert_int_equal(s.err.class, ERROR_INPUT);
		if (!strstr(s.err.text, cases[i][1]))
			fail_msg("%s", s.err.text);
		scene_close(&s);
	}
}

static void checks_a_good_step_and_the_version(void **state)
{
	struct scene s;
	char *version = NULL;

	(void)state;
	scene_open(&s, MOVE "// Requires: 1.1.0\n" RULE("a"), NULL, PLAIN);
	assert_int_equal(spatch_version(&s.spatch, &version, NULL), 0);
	assert_true(version[0] >= '1' && version[1] == '.');
	free(version);
	assert_int_equal(spatch_check(&s.spatch, s.step, &s.err), 0);
	scene_close(&s);
	scene_open(&s, MOVE "// Requires: 99.1\n" RULE("a"), NULL, PLAIN);
	assert_int_equal(spatch_check(&s.spatch, s.step, &s.err), -1);
	assert_int_equal(s.err.class, ERROR_SYSTEM);
	assert_non_null(strstr(s.err.text, "requires Coccinelle 99.1"));
	scene_close(&s);
}

#define CHANGE "/// s\n// Kind: transform\n// Files: a.c\n"
#define RENAME "\n@@\n@@\n- plain\n+ simple\n  (...)\n"

static void check_patch(const char *step, const char *source,
			const char *result, const char *drifts)
{
	struct buf out = BUF_INIT;
	struct scene s;
	char *have;

	scene_open(&s, step, NULL, source);
	if (spatch_patch(&s.spatch, &s.series, s.step, scene_path, &s.text,
			 &out, &s.drifts, &s.err))
		fail_msg("%s", s.err.text);
	assert_string_equal(out.data, result);
	have = scene_drifts(&s);
	assert_string_equal(have, drifts);
	free(have);
	buf_release(&out);
	scene_close(&s);
}

static void patches_and_says_what_it_could_not_see(void **state)
{
	(void)state;
	check_patch(CHANGE RENAME, "int a(void)\n{\n\treturn plain(1);\n}\n",
		    "int a(void)\n{\n\treturn simple(1);\n}\n", "");
	check_patch(CHANGE RENAME, PLAIN, PLAIN, "");
	/* Names of a transform that its rules do not tell are listed. */
	check_patch(CHANGE "// Items: plain\n" RENAME,
		    "int a(void)\n{\n\tscoped_guard(x, y) {\n\t\tplain(1);\n\t}\n}\n",
		    "int a(void)\n{\n\tscoped_guard(x, y) {\n\t\tplain(1);\n\t}\n}\n",
		    "unparsed plain 3");
	check_patch(CHANGE "// Items: plain\n" RENAME,
		    "int a(int b)\n{\n#ifdef A\n\tif (b) {\n\t\tplain(1);\n#else\n"
		    "\tif (!b) {\n\t\tplain(2);\n#endif\n\t}\n\treturn 0;\n}\n",
		    "int a(int b)\n{\n#ifdef A\n\tif (b) {\n\t\tsimple(1);\n#else\n"
		    "\tif (!b) {\n\t\tplain(2);\n#endif\n\t}\n\treturn 0;\n}\n",
		    "unparsed plain 8");
	check_patch(CHANGE "// Items: plain\n" RENAME,
		    "#if 0\nint a(void) { return plain(0); }\n#endif\n",
		    "#if 0\nint a(void) { return plain(0); }\n#endif\n",
		    "unparsed plain 2");
}

#define PROMOTE(names)                                                         \
	"/// s\n// Kind: promote\n// From: a.c\n// Header: a.h\n\n@@\ntype T;\n" \
	"identifier fn = {" names "};\n@@\n- static\n  T fn(...)\n  {\n  ...\n  }\n"

static void promotes_past_what_it_cannot_see_elsewhere(void **state)
{
	(void)state;
	/* A call in a skipped branch is no matter for a promotion. */
	check_patch(PROMOTE("f"),
		    "static int f(void)\n{\n\treturn 1;\n}\n#if 0\nint g = f();\n#endif\n",
		    "int f(void)\n{\n\treturn 1;\n}\n#if 0\nint g = f();\n#endif\n",
		    "");
}

static void offers_the_lexer_to_no_promotion(void **state)
{
	struct buf out = BUF_INIT;
	struct scene s;

	(void)state;
	scene_open(&s, PROMOTE("x"), NULL,
		   "static int x(int a)\n{\n\tasm goto(\"\" : : : : o);\no:\n"
		   "\treturn 0;\n}\n");
	assert_int_equal(spatch_patch(&s.spatch, &s.series, s.step, scene_path,
				      &s.text, &out, &s.drifts, &s.err),
			 0);
	assert_int_equal(s.drifts.nr, 1);
	assert_int_equal(s.drifts.v[0].class, DRIFT_UNPARSED);
	assert_null(s.drifts.v[0].suggestion);
	assert_string_equal(out.data, s.text.data);
	buf_release(&out);
	scene_close(&s);
}

static void patch_mode_takes_no_stars(void **state)
{
	struct buf out = BUF_INIT;
	struct scene s;

	(void)state;
	scene_open(&s, MOVE RULE("plain"), NULL, PLAIN);
	assert_int_equal(spatch_patch(&s.spatch, &s.series, s.step, "a.c",
				      &s.text, &out, &s.drifts, &s.err),
			 -1);
	assert_int_equal(s.err.class, ERROR_INPUT);
	assert_int_equal(out.len, 0);
	scene_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_definitions_of_all_shapes),
		cmocka_unit_test(says_what_is_absent_or_there_twice),
		cmocka_unit_test(says_what_spatch_cannot_parse),
		cmocka_unit_test(
			takes_an_attribute_statement_or_says_that_it_cannot),
		cmocka_unit_test(says_where_spatch_and_lexer_disagree),
		cmocka_unit_test(finds_listed_items_by_the_lexer_alone),
		cmocka_unit_test(refuses_steps_that_spatch_cannot_parse),
		cmocka_unit_test(checks_a_good_step_and_the_version),
		cmocka_unit_test(patches_and_says_what_it_could_not_see),
		cmocka_unit_test(promotes_past_what_it_cannot_see_elsewhere),
		cmocka_unit_test(offers_the_lexer_to_no_promotion),
		cmocka_unit_test(patch_mode_takes_no_stars),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
