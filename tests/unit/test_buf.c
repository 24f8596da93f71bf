// SPDX-License-Identifier: GPL-2.0-only
/*
 * buf, strv and error: the three structures that every module passes around.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/buf.h"
#include "lib/error.h"
#include "lib/strv.h"

static void buf_starts_as_an_empty_string(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_string_equal(b.data, "");
	buf_add(&b, NULL, 0);
	assert_int_equal(b.alloc, 0);
	buf_reset(&b);
	buf_release(&b);
	assert_string_equal(buf_empty, "");
}

static void buf_holds_nul_bytes(void **state)
{
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	buf_add(&b, "a\0b", 3);
	buf_addch(&b, '\0');
	buf_addf(&b, "%s-%d", "c", 7);
	assert_int_equal(b.len, 7);
	assert_memory_equal(b.data, "a\0b\0c-7", 8);
}

static void buf_grows_over_its_first_allocation(void **state)
{
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	for (int i = 0; i < 10000; i++)
		buf_addch(&b, (char)('a' + i % 26));
	assert_int_equal(b.len, 10000);
	assert_int_equal(b.data[9999], 'a' + 9999 % 26);
	assert_int_equal(b.data[10000], '\0');
}

static void buf_splices(void **state)
{
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	buf_splice(&b, 0, 0, "hello world", 11);
	buf_splice(&b, 6, 5, "there, you", 10);
	assert_string_equal(b.data, "hello there, you");
	buf_splice(&b, 5, 11, NULL, 0);
	assert_string_equal(b.data, "hello");
	buf_splice(&b, 5, 0, "!", 1);
	buf_splice(&b, 0, 1, "J", 1);
	assert_string_equal(b.data, "Jello!");
	assert_int_equal(b.len, 6);
}

static void buf_detaches(void **state)
{
	struct buf b = BUF_INIT;
	char *s = buf_detach(&b);

	(void)state;
	assert_string_equal(s, "");
	free(s);
	buf_addstr(&b, "text");
	s = buf_detach(&b);
	assert_string_equal(s, "text");
	assert_int_equal(b.len, 0);
	assert_string_equal(b.data, "");
	free(s);
}

static void strv_is_null_terminated(void **state)
{
	static const char *const more[] = { "c", "d", NULL };
	_cleanup_(strv_release) struct strv list = STRV_INIT;

	(void)state;
	strv_add(&list, "a");
	strv_addn(&list, "bcd", 1);
	strv_add_all(&list, more);
	strv_addf(&list, "%d", 5);
	assert_int_equal(list.nr, 5);
	assert_null(list.v[5]);
	for (int i = 0; i < 100; i++) {
		strv_add(&list, "x");
		assert_null(list.v[list.nr]);
	}
}

static void strv_splits_and_joins(void **state)
{
	_cleanup_(strv_release) struct strv list = STRV_INIT;
	_cleanup_free_ char *joined = NULL, *nothing = NULL;
	struct strv none = STRV_INIT;

	(void)state;
	strv_split(&list, "  one two\tthree ", " \t");
	assert_int_equal(list.nr, 3);
	joined = strv_join(&list, ", ");
	assert_string_equal(joined, "one, two, three");
	nothing = strv_join(&none, ", ");
	assert_string_equal(nothing, "");
}

static void strv_sorts_and_drops_repeats(void **state)
{
	_cleanup_(strv_release) struct strv list = STRV_INIT;
	_cleanup_free_ char *joined = NULL;
	struct strv none = STRV_INIT;

	(void)state;
	strv_split(&list, "b a c a b B", " ");
	strv_uniq(&list);
	joined = strv_join(&list, " ");
	assert_string_equal(joined, "B a b c");
	assert_null(list.v[4]);
	assert_true(strv_has(&list, "c"));
	assert_false(strv_has(&list, "d"));
	strv_uniq(&none);
	assert_int_equal(none.nr, 0);
}

static void strv_copies_a_list(void **state)
{
	_cleanup_(strv_release) struct strv a = STRV_INIT, b = STRV_INIT;

	(void)state;
	strv_split(&a, "x y", " ");
	strv_add_list(&b, &a);
	assert_int_equal(b.nr, 2);
	assert_ptr_not_equal(a.v[0], b.v[0]);
	assert_string_equal(b.v[1], "y");
}

static void error_is_replaced_and_prefixed(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(error_exit_code(&err), 0);
	assert_int_equal(error_prefix(&err, "nothing to prefix"), -1);
	assert_null(err.text);
	assert_int_equal(error_set(&err, ERROR_DRIFT, "first"), -1);
	error_set(&err, ERROR_INPUT, "no %s %d", "step", 3);
	error_prefix(&err, "series:%d", 7);
	assert_string_equal(err.text, "series:7: no step 3");
	assert_int_equal(error_exit_code(&err), 129);
}

static void error_keeps_the_system_reason(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;

	(void)state;
	errno = ENOENT;
	error_errno(&err, "cannot read %s", "x");
	assert_string_equal(err.text,
			    "cannot read x: No such file or directory");
	assert_int_equal(error_exit_code(&err), 4);
	/* nobody wants the message */
	assert_int_equal(error_set(NULL, ERROR_BUILD, "lost"), -1);
}

static void error_codes_are_those_of_the_manual(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;

	(void)state;
	error_set(&err, ERROR_DRIFT, "d");
	assert_int_equal(error_exit_code(&err), 3);
	error_set(&err, ERROR_BUILD, "b");
	assert_int_equal(error_exit_code(&err), 1);
}

static void ends_are_compared(void **state)
{
	(void)state;
	assert_true(ends_with("x86.c", ".c"));
	assert_false(ends_with("c", ".c"));
	assert_true(starts_with("x86.c", "x8"));
	assert_null(xstrdup(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buf_starts_as_an_empty_string),
		cmocka_unit_test(buf_holds_nul_bytes),
		cmocka_unit_test(buf_grows_over_its_first_allocation),
		cmocka_unit_test(buf_splices),
		cmocka_unit_test(buf_detaches),
		cmocka_unit_test(strv_is_null_terminated),
		cmocka_unit_test(strv_splits_and_joins),
		cmocka_unit_test(strv_sorts_and_drops_repeats),
		cmocka_unit_test(strv_copies_a_list),
		cmocka_unit_test(error_is_replaced_and_prefixed),
		cmocka_unit_test(error_keeps_the_system_reason),
		cmocka_unit_test(error_codes_are_those_of_the_manual),
		cmocka_unit_test(ends_are_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
