// SPDX-License-Identifier: GPL-2.0-only
/* Outcomes only get worse, and what did not run never counts as passed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "verify/outcome.h"

static void test_starts_not_run(void **state)
{
	struct outcome o = OUTCOME_INIT(RUNG_CODE);

	(void)state;
	assert_int_equal(o.result, RESULT_NOT_RUN);
	outcome_ran(&o);
	assert_int_equal(o.result, RESULT_EQUAL);
	outcome_release(&o);
	assert_int_equal(o.result, RESULT_NOT_RUN);
	assert_int_equal(o.rung, RUNG_CODE);
}

static void test_only_gets_worse(void **state)
{
	struct outcome o = OUTCOME_INIT(RUNG_TEXT);

	(void)state;
	outcome_ran(&o);
	outcome_add(&o, RESULT_EQUAL, "line", NULL, NULL, "residue");
	assert_int_equal(o.result, RESULT_EQUAL);
	outcome_explain(&o, EXPLAINED_FILE_NAME, "string", "s", NULL, "x");
	assert_int_equal(o.result, RESULT_EXPLAINED);
	outcome_add(&o, RESULT_DIFFERENT, "function", "f", "a.o", "%d", 7);
	assert_int_equal(o.result, RESULT_DIFFERENT);
	outcome_add(&o, RESULT_UNDECIDED, "section", "x", NULL, "unknown");
	outcome_ran(&o);
	assert_int_equal(o.result, RESULT_DIFFERENT);
	assert_int_equal(o.nr, 4);
	assert_string_equal(o.findings[0].name, "");
	assert_string_equal(o.findings[2].detail, "7");
	assert_int_equal(o.findings[1].explained, EXPLAINED_FILE_NAME);
	assert_int_equal(o.findings[2].explained, EXPLAINED_NONE);
	outcome_release(&o);
}

static void test_many_findings(void **state)
{
	struct outcome o = OUTCOME_INIT(RUNG_TEXT);

	(void)state;
	for (int i = 0; i < 100; i++)
		outcome_add(&o, RESULT_UNDECIDED, "w", "n", "p:1", "%d", i);
	assert_int_equal(o.nr, 100);
	assert_string_equal(o.findings[99].detail, "99");
	outcome_release(&o);
}

static void test_verdicts(void **state)
{
	static const struct {
		enum result a, b;
		enum verdict want;
	} cases[] = {
		{ RESULT_EQUAL, RESULT_EQUAL, VERDICT_NEUTRAL },
		{ RESULT_EQUAL, RESULT_EXPLAINED, VERDICT_EXPLAINED },
		{ RESULT_EXPLAINED, RESULT_UNDECIDED, VERDICT_UNDECIDED },
		{ RESULT_UNDECIDED, RESULT_DIFFERENT, VERDICT_DIFFERENT },
		{ RESULT_DIFFERENT, RESULT_NOT_RUN, VERDICT_DIFFERENT },
		{ RESULT_EQUAL, RESULT_NOT_RUN, VERDICT_UNDECIDED },
	};
	unsigned int both = 1u << RUNG_TEXT | 1u << RUNG_CODE;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct outcome rungs[2] = { OUTCOME_INIT(RUNG_TEXT),
					    OUTCOME_INIT(RUNG_CODE) };

		rungs[0].result = cases[i].a;
		rungs[1].result = cases[i].b;
		assert_int_equal(verdict_of(rungs, 2, both), cases[i].want);
	}
}

static void test_required_rung_is_missing(void **state)
{
	struct outcome o = OUTCOME_INIT(RUNG_TEXT);

	(void)state;
	outcome_ran(&o);
	assert_int_equal(verdict_of(&o, 1, 1u << RUNG_TEXT), VERDICT_NEUTRAL);
	assert_int_equal(verdict_of(&o, 1, 1u << RUNG_TEXT | 1u << RUNG_BUILD),
			 VERDICT_UNDECIDED);
	assert_int_equal(verdict_of(NULL, 0, 1u << RUNG_CODE),
			 VERDICT_UNDECIDED);
}

static void test_names(void **state)
{
	(void)state;
	for (int i = 0; i < RUNG_NR; i++)
		assert_non_null(rung_name(i));
	for (int i = 0; i < EXPLAINED_NR; i++)
		assert_non_null(explained_name(i));
	assert_string_equal(result_name(RESULT_NOT_RUN), "not-run");
	assert_string_equal(verdict_name(VERDICT_NEUTRAL), "neutral");
	assert_int_equal(verdict_worse(VERDICT_EXPLAINED, VERDICT_UNDECIDED),
			 VERDICT_UNDECIDED);
}

static void test_sort(void **state)
{
	struct outcome o = OUTCOME_INIT(RUNG_TEXT);

	(void)state;
	outcome_add(&o, RESULT_EQUAL, "item", "a", NULL, "shown");
	outcome_add(&o, RESULT_DIFFERENT, "item", "c", NULL, "changed");
	outcome_add(&o, RESULT_DIFFERENT, "item", "b", NULL, "changed");
	outcome_sort(&o);
	assert_string_equal(o.findings[0].name, "b");
	assert_string_equal(o.findings[1].name, "c");
	assert_string_equal(o.findings[2].name, "a");
	outcome_release(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_starts_not_run),
		cmocka_unit_test(test_only_gets_worse),
		cmocka_unit_test(test_many_findings),
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_required_rung_is_missing),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_sort),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
