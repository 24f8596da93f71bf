// SPDX-License-Identifier: GPL-2.0-only
/* What becomes of the code rung where clang builds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/prove_types.h"

static void find(struct outcome *o, enum result weight, const char *what)
{
	outcome_add(o, weight, what, "x", NULL, "found");
}

/* Other code of a function is no proof of other behaviour there. */
static void test_doubt(void **state)
{
	struct outcome o = OUTCOME_INIT(RUNG_CODE);

	(void)state;
	outcome_ran(&o);
	types_doubt_code(&o);
	assert_int_equal(o.result, RESULT_EQUAL);
	find(&o, RESULT_DIFFERENT, "function");
	assert_int_equal(o.result, RESULT_DIFFERENT);
	types_doubt_code(&o);
	assert_int_equal(o.result, RESULT_UNDECIDED);
	assert_int_equal(o.findings[0].weight, RESULT_UNDECIDED);
	outcome_release(&o);
}

/* What is not code is told apart as ever, and nothing gets better. */
static void test_no_doubt(void **state)
{
	struct outcome o = OUTCOME_INIT(RUNG_CODE);

	(void)state;
	outcome_ran(&o);
	find(&o, RESULT_EXPLAINED, "function");
	find(&o, RESULT_UNDECIDED, "section");
	types_doubt_code(&o);
	assert_int_equal(o.result, RESULT_UNDECIDED);
	assert_int_equal(o.findings[0].weight, RESULT_EXPLAINED);
	find(&o, RESULT_DIFFERENT, "function");
	find(&o, RESULT_DIFFERENT, "export");
	types_doubt_code(&o);
	assert_int_equal(o.result, RESULT_DIFFERENT);
	outcome_release(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_doubt),
		cmocka_unit_test(test_no_doubt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
