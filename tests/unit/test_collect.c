// SPDX-License-Identifier: GPL-2.0-only
/* collect: which objects a folder means, and which linked ones it leaves out. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "driver/collect.h"
#include "lib/fs.h"

static void put(const char *path, const char *text)
{
	assert_int_equal(fs_mkdirs_for(path, NULL), 0);
	assert_int_equal(fs_write(path, text, strlen(text), NULL), 0);
}

/*
 * A module of two parts, one of them in another folder and named as kbuild
 * does; a module of one file.
 */
static int setup(void **state)
{
	char name[] = "/tmp/cocciseries-test-XXXXXX";

	if (!mkdtemp(name) || chdir(name))
		return -1;
	put("out/drv/big.mod", "drv/a.o\ndrv/../lib/b.o\n");
	put("out/drv/big.o", "");
	put("out/drv/a.o", "");
	put("out/drv/a.c", "");
	put("out/drv/one.mod", "drv/one.o\n");
	put("out/drv/one.o", "");
	put("out/lib/b.o", "");
	*state = xstrdup(name);
	return 0;
}

static int teardown(void **state)
{
	_cleanup_free_ char *name = *state;

	return chdir("/") || fs_remove(name, NULL);
}

static void check(const char *args, const char *expected)
{
	_cleanup_(strv_release) struct strv list = STRV_INIT, ret = STRV_INIT;
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_free_ char *joined = NULL;

	strv_split(&list, args, " ");
	assert_int_equal(collect_objects(&list, &ret, &err), 0);
	joined = strv_join(&ret, " ");
	assert_string_equal(joined, expected);
}

static void check_error(const char *args, const char *expected)
{
	_cleanup_(strv_release) struct strv list = STRV_INIT, ret = STRV_INIT;
	_cleanup_(error_release) struct error err = ERROR_INIT;

	strv_split(&list, args, " ");
	assert_int_equal(collect_objects(&list, &ret, &err), -1);
	assert_int_equal(err.class, ERROR_SYSTEM);
	if (!strstr(err.text, expected))
		fail_msg("%s: not %s", err.text, expected);
}

static void test_folder(void **state)
{
	(void)state;
	check("out", "out/drv/a.o out/drv/one.o out/lib/b.o");
	check("out/", "out/drv/a.o out/drv/one.o out/lib/b.o");
	check("out out/drv/a.o", "out/drv/a.o out/drv/one.o out/lib/b.o");
}

/* Parts that stand elsewhere come along: by their real path, for want of another. */
static void test_part_elsewhere(void **state)
{
	_cleanup_free_ char *part = realpath("out/lib/b.o", NULL);
	_cleanup_free_ char *expected =
		xasprintf("%s out/drv/a.o out/drv/one.o", part);

	(void)state;
	check("out/drv", expected);
	check("out/drv out/lib/b.o",
	      "out/drv/a.o out/drv/one.o out/lib/b.o");
	check("out/drv ./out/lib", "./out/lib/b.o out/drv/a.o out/drv/one.o");
}

/* A linked object is taken when a part of it would go unseen otherwise. */
static void test_part_gone(void **state)
{
	(void)state;
	assert_return_code(unlink("out/lib/b.o"), 0);
	put("out/other/b.o", ""); /* not the part */
	check("out", "out/drv/a.o out/drv/big.o out/drv/one.o out/other/b.o");
}

/* A folder of objects with the same name as the parts' is no part's folder. */
static void test_folder_names_repeat(void **state)
{
	(void)state;
	put("out/drv/drv/big.mod", "drv/drv/a.o\n");
	put("out/drv/drv/big.o", "");
	put("out/drv/drv/a.o", "");
	check("out/drv/drv", "out/drv/drv/a.o");
}

static void test_odd_lists(void **state)
{
	(void)state;
	put("out/odd/empty.mod", "");
	put("out/odd/empty.o", "");
	put("out/odd/words.mod", "no objects here\n");
	put("out/odd/words.o", "");
	check("out/odd", "out/odd/empty.o out/odd/words.o");
}

static void test_named(void **state)
{
	(void)state;
	check("out out/drv/big.o",
	      "out/drv/a.o out/drv/big.o out/drv/one.o out/lib/b.o");
	check("out ./out/drv/a.o",
	      "./out/drv/a.o out/drv/one.o out/lib/b.o");
	check("out/drv/a.c", "out/drv/a.c");
}

/* From within the folder, paths are shorter than the parts' names. */
static void test_current_folder(void **state)
{
	(void)state;
	assert_return_code(chdir("out/drv"), 0);
	check(". ../lib", "../lib/b.o ./a.o ./one.o");
	assert_return_code(chdir("../.."), 0);
}

static void test_links_are_not_followed(void **state)
{
	(void)state;
	assert_return_code(symlink("..", "out/loop"), 0);
	assert_return_code(symlink("drv/a.o", "out/again.o"), 0);
	check("out", "out/drv/a.o out/drv/one.o out/lib/b.o");
}

static void test_errors(void **state)
{
	(void)state;
	check_error("out none", "none: no such file or folder");
	assert_return_code(mkdir("empty", 0777), 0);
	check_error("empty", "no object files");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_folder),
		TEST(test_part_elsewhere),
		TEST(test_part_gone),
		TEST(test_folder_names_repeat),
		TEST(test_odd_lists),
		TEST(test_named),
		TEST(test_current_folder),
		TEST(test_links_are_not_followed),
		TEST(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
