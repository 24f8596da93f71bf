/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A folder of its own for each test, made and entered before it and removed
 * behind it: list the tests with TEST(). state holds its path.
 */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>
#include <cmocka.h>

#include "lib/fs.h"

static inline int setup(void **state)
{
	char name[] = "/tmp/cocciseries-test-XXXXXX";

	if (!mkdtemp(name) || chdir(name))
		return -1;
	*state = xstrdup(name);
	return 0;
}

static inline int teardown(void **state)
{
	_cleanup_free_ char *name = *state;

	return chdir("/") || fs_remove(name, NULL);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

#endif
