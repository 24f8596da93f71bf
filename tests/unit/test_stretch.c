// SPDX-License-Identifier: GPL-2.0-only
/* stretches: how many, and where they begin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "driver/stretch.h"

#define MOST 8

/* steps: "." is to be done, "k" is known. The firsts, as "0 3 6". */
static void check(const char *steps, size_t allowed, const char *want)
{
	bool known[64] = { false };
	size_t first[MOST], nr = strlen(steps), cut;
	char got[64] = "";

	for (size_t i = 0; i < nr; i++)
		known[i] = steps[i] == 'k';
	cut = stretches_cut(known, nr, allowed, first);
	assert_true(cut >= 1 && cut <= allowed);
	for (size_t i = 0, at = 0; i < cut; i++)
		at += (size_t)snprintf(got + at, sizeof(got) - at, "%s%zu",
				       i ? " " : "", first[i]);
	assert_string_equal(got, want);
}

static void test_cut(void **state)
{
	(void)state;
	check("........", 1, "0");
	check("", 4, "0");
	check(".....", 4, "0"); /* too few for two */
	check("......", 4, "0 3");
	check("........", 2, "0 4");
	check(".......", 2, "0 3");
	check(".........", 8, "0 3 6");
	check("...........", 3, "0 3 7");
}

static void test_known(void **state)
{
	(void)state;
	check("kkkkkkkkkk", 4, "0");
	check("kkkkkkkk......", 4, "0 11");
	check("......kkkkkkkk", 4, "0 3");
	check("...kkk...", 4, "0 6");
	check(".k.k.k.k.k.k", 4, "0 6");
}

static void test_allowed(void **state)
{
	(void)state;
	assert_int_equal(stretches_allowed(1, 1), 1);
	assert_int_equal(stretches_allowed(4, 3), 1);
	assert_int_equal(stretches_allowed(15, 1), 1);
	assert_int_equal(stretches_allowed(16, 1), 2);
	assert_int_equal(stretches_allowed(64, 3), 2);
	assert_int_equal(stretches_allowed(256, 0), 32);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
