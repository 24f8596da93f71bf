// SPDX-License-Identifier: GPL-2.0-only
/* What the rules of a rename, a rename-file and an includes step spell out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "driver/series.h"
#include "lib/fs.h"
#include "lib/util.h"

#define RENAME "/// s\n// Kind: rename\n// From: a.c\n"
#define FILE_STEP "/// s\n// Kind: rename-file\n// From: d/a.h\n// To: d/b.h\n"
#define INCLUDES "/// s\n// Kind: includes\n// Files: a.c, b.c\n"
#define EXTRACT "/// s\n// Kind: extract\n// From: a.c\n// Helper: h\n"

/* Loads a series of one step; the error's text, which the caller frees, or NULL. */
static char *load(const char *text, struct series *ret)
{
	char dir[] = "/tmp/test_series_edits.XXXXXX";
	_cleanup_free_ char *list = NULL, *step = NULL;
	struct error err = ERROR_INIT;
	char *why = NULL;

	assert_non_null(mkdtemp(dir));
	list = fs_join(dir, "series");
	step = fs_join(dir, "s.cocci");
	assert_int_equal(fs_write(list, "s\n", 2, NULL), 0);
	assert_int_equal(fs_write(step, text, strlen(text), NULL), 0);
	if (series_load(dir, NULL, ret, &err)) {
		assert_int_equal(err.class, ERROR_INPUT);
		why = xstrdup(err.text);
		error_release(&err);
	}
	assert_int_equal(fs_remove(dir, NULL), 0);
	return why;
}

static void load_well(const char *text, struct series *ret)
{
	_cleanup_free_ char *why = load(text, ret);

	if (why)
		fail_msg("%s", why);
}

static void assert_list(const struct strv *list, const char *expected)
{
	_cleanup_free_ char *joined = strv_join(list, " ");

	assert_string_equal(joined, expected);
}

static void reads_renames(void **state)
{
	struct series series;
	const struct step *step;

	(void)state;
	load_well(RENAME "\n@d@\ntype T;\n@@\n  T\n- one\n+ two\n  (...)\n"
			 "  {\n  ...\n  }\n\n@@\n@@\n- one\n+ two // calls\n"
			 "  (...)\n\n@@\n@@\n- three\n+ four\n", &series);
	step = &series.steps[0];
	assert_int_equal(step->kind, STEP_RENAME);
	assert_int_equal(step->nr_renames, 2);
	assert_string_equal(step->renames[0].old, "one");
	assert_string_equal(step->renames[0].new, "two");
	assert_string_equal(step->renames[1].old, "three");
	assert_string_equal(step->renames[1].new, "four");
	assert_list(&step->names, "one three");
	series_release(&series);
}

static void reads_includes(void **state)
{
	struct series series;

	(void)state;
	load_well(INCLUDES "\n@@\n@@\n- #include <linux/a.h>\n"
			   "+ #include \"x/b.h\"\n", &series);
	assert_int_equal(series.steps[0].kind, STEP_INCLUDES);
	assert_list(&series.steps[0].files, "a.c b.c");
	assert_list(&series.steps[0].removed, "<linux/a.h>");
	assert_list(&series.steps[0].added, "\"x/b.h\"");
	series_release(&series);
	load_well(FILE_STEP "// Guard: B_H\n\n@@\n@@\n- #include \"a.h\"\n"
			    "+ #include \"b.h\"\n", &series);
	assert_int_equal(series.steps[0].kind, STEP_RENAME_FILE);
	assert_string_equal(series.steps[0].guard, "B_H");
	assert_list(&series.steps[0].removed, "\"a.h\"");
	assert_list(&series.steps[0].added, "\"b.h\"");
	series_release(&series);
}

static void reads_extracts(void **state)
{
	struct series series;

	(void)state;
	load_well(EXTRACT "\n@@\n@@\n+ static void h(void)\n+ {\n+\tb();\n+ }\n+\n"
			  "  int caller(...)\n  {\n- b();\n+ h();\n  ...\n  }\n",
		  &series);
	assert_int_equal(series.steps[0].kind, STEP_EXTRACT);
	assert_list(&series.steps[0].helpers, "h");
	assert_list(&series.steps[0].names, "caller");
	series_release(&series);
}

static void refuses_other_edits(void **state)
{
	static const char *const cases[][2] = {
		{ RENAME "\n@@\n@@\n- one(x)\n+ two(x)\n", ":7: the rule of a rename" },
		{ RENAME "\n@@\n@@\n- one\n  (...)\n", ":7: the rule of a rename" },
		{ RENAME "\n@@\n@@\n- one\n\n+ two\n", ":7: the rule of a rename" },
		{ RENAME "\n@@\n@@\n- one\n+ one\n", ":7: the rule of a rename" },
		{ RENAME "\n@@\n@@\n- a\n+ b\n\n@@\n@@\n- b\n+ a\n",
		  ":13: 'b' to 'a' does not go with 'a' to 'b'" },
		{ RENAME "\n@@\n@@\n- a\n+ b\n\n@@\n@@\n- c\n+ b\n",
		  ":13: 'c' to 'b' does not go with 'a' to 'b'" },
		{ RENAME "// Items: a, c\n\n@@\n@@\n- a\n+ b\n",
		  ":1: 'Items' has 'c', which no rule renames" },
		{ RENAME "\n@@\n@@\n  a()\n", ":4: the rules of the step rename nothing" },
		{ RENAME "\n@@\n@@\n* a()\n", ":7: the rule of a step of kind rename edits" },
		{ INCLUDES "\n@@\n@@\n  a()\n", ":4: the rules of the step edit nothing" },
		{ INCLUDES "\n@@\n@@\n- #include <a.h>\n- b();\n",
		  ":8: the rule of a step of kind includes edits nothing but" },
		{ INCLUDES "\n@@\n@@\n- #include <a.h>\n+ #include <a.h>\n",
		  ":8: '#include <a.h>' is edited twice" },
		{ FILE_STEP "\n@@\n@@\n- #include \"x.h\"\n+ #include \"b.h\"\n",
		  ":5: the rule of a rename-file has the line" },
		{ FILE_STEP "\n@@\n@@\n- #include \"a.h\"\n",
		  ":5: the rule of a rename-file has the line" },
		{ "/// s\n// Kind: rename-file\n// From: a.h\n// To: a.h\n\n@@\n@@\n"
		  "- #include \"a.h\"\n", ":2: 'From' and 'To' are the same file" },
		{ "/// s\n// Kind: extract\n// From: a.c\n\n@@\n@@\n  int f() { ... }\n",
		  ":2: a step of kind extract needs 'Helper'" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct series series;
		_cleanup_free_ char *why = load(cases[i][0], &series);

		if (!why)
			fail_msg("accepted; expected: %s", cases[i][1]);
		if (!strstr(why, cases[i][1]))
			fail_msg("'%s' instead of '%s'", why, cases[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_renames),
		cmocka_unit_test(reads_includes),
		cmocka_unit_test(reads_extracts),
		cmocka_unit_test(refuses_other_edits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
