// SPDX-License-Identifier: GPL-2.0-only
/*
 * The line that says what was done and what was saved.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/work.h"

static void assert_line(const struct work *w, const char *want)
{
	struct buf line = BUF_INIT;

	work_line(w, &line);
	assert_string_equal(line.data, want);
	buf_release(&line);
}

static void test_adds_up(void **state)
{
	const struct work one = { .built = 3,
				  .spared = 28,
				  .isolation = { 31, 2, 4, 27 },
				  .proven = 2 };
	const struct work other = { .built = 1, .known = 5 };
	struct work all = { 0 };

	(void)state;
	work_add(&all, &one);
	work_add(&all, &other);
	work_add(&all, &one);
	assert_line(&all, "objects built 7 of 63, preprocessed 62 of 66, "
			  "isolated 8 of 62, rows proven 4 of 9");
}

static void test_leaves_out_what_nothing_needed(void **state)
{
	const struct work all_known = { .known = 28 };
	const struct work nothing = { 0 };

	(void)state;
	assert_line(&all_known, "rows proven 0 of 28");
	assert_line(&nothing, "");
}

static void test_of(void **state)
{
	struct buf line = BUF_INIT;

	(void)state;
	buf_addstr(&line, "build 2.5");
	work_of(0, 0, &line);
	assert_string_equal(line.data, "build 2.5");
	work_of(0, 31, &line);
	assert_string_equal(line.data, "build 2.5 (0 of 31)");
	buf_release(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_adds_up),
		cmocka_unit_test(test_leaves_out_what_nothing_needed),
		cmocka_unit_test(test_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
