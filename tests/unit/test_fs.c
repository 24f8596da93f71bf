// SPDX-License-Identifier: GPL-2.0-only
/*
 * fs: each test works in a folder of its own, made by setup() and entered.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"

static void put(const char *path, const char *text)
{
	assert_int_equal(fs_write(path, text, strlen(text), NULL), 0);
}

static unsigned int count_entries(const char *dir)
{
	DIR *d = opendir(dir);
	unsigned int nr = 0;

	assert_non_null(d);
	while (readdir(d))
		nr++;
	closedir(d);
	return nr - 2; /* . and .. */
}

static void what_is_written_is_read(void **state)
{
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	assert_int_equal(fs_write("a", "x\0y\n", 4, NULL), 0);
	buf_addstr(&b, "before ");
	assert_int_equal(fs_read("a", &b, NULL), 0);
	assert_int_equal(b.len, 11);
	assert_memory_equal(b.data, "before x\0y\n", 12);
	/* nothing temporary is left */
	assert_int_equal(count_entries("."), 1);
}

static void an_empty_file_is_a_file(void **state)
{
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	assert_int_equal(fs_write("a", NULL, 0, NULL), 0);
	assert_int_equal(fs_read("a", &b, NULL), 0);
	assert_int_equal(b.len, 0);
}

static void a_file_without_a_size_is_read(void **state)
{
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	assert_int_equal(fs_read("/proc/self/stat", &b, NULL), 0);
	assert_true(b.len > 10);
}

static void reading_fails_with_the_path(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	buf_addstr(&b, "kept");
	assert_int_equal(fs_read("none", &b, &err), -1);
	assert_string_equal(err.text,
			    "cannot read none: No such file or directory");
	assert_int_equal(fs_read(".", &b, &err), -1);
	assert_string_equal(err.text, "cannot read .: Is a directory");
	assert_string_equal(b.data, "kept");
}

static void a_file_over_the_limit_is_refused(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	put("big", "");
	assert_int_equal(truncate("big", ((off_t)1 << 30) + 1), 0);
	assert_int_equal(fs_read("big", &b, &err), -1);
	assert_string_equal(err.text, "cannot read big: over 1 GiB");
}

static void writing_obeys_the_umask(void **state)
{
	struct stat st;
	mode_t old = umask(027);

	(void)state;
	put("a", "x");
	umask(old);
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
}

static void writing_replaces_a_link_not_its_target(void **state)
{
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	put("target", "old");
	assert_int_equal(symlink("target", "link"), 0);
	put("link", "new");
	assert_int_equal(fs_read("target", &b, NULL), 0);
	assert_string_equal(b.data, "old");
}

static void a_failed_write_leaves_nothing(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(mkdir("dir", 0777), 0);
	put("dir/file", "");
	/* a folder that is not empty cannot be renamed over */
	assert_int_equal(fs_write("dir", "x", 1, &err), -1);
	assert_int_equal(err.class, ERROR_SYSTEM);
	assert_int_equal(count_entries("."), 1);
	assert_int_equal(fs_write("none/file", "x", 1, &err), -1);
	assert_string_equal(
		err.text,
		"cannot write none/file: No such file or directory");
}

static void an_equal_file_keeps_its_mtime(void **state)
{
	const struct timespec old[2] = { { 1000, 0 }, { 1000, 0 } };
	struct stat st;

	(void)state;
	put("a", "same");
	assert_int_equal(utimensat(AT_FDCWD, "a", old, 0), 0);
	assert_int_equal(fs_write_if_changed("a", "same", 4, NULL), 0);
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mtime, 1000);
	assert_int_equal(fs_write_if_changed("a", "sama", 4, NULL), 0);
	assert_int_equal(stat("a", &st), 0);
	assert_int_not_equal(st.st_mtime, 1000);
	assert_int_equal(fs_write_if_changed("b", "", 0, NULL), 0);
	assert_true(fs_exists("b"));
}

static void folders_are_made_with_their_parents(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_free_ char *absolute = fs_join(*state, "p/q");

	assert_int_equal(fs_mkdirs("a/b//c/", NULL), 0);
	assert_true(fs_is_dir("a/b/c"));
	assert_int_equal(fs_mkdirs("a/b/c", NULL), 0);
	assert_int_equal(fs_mkdirs(absolute, NULL), 0);
	assert_true(fs_is_dir("p/q"));
	assert_int_equal(fs_mkdirs_for("x/y/file", NULL), 0);
	assert_true(fs_is_dir("x/y"));
	assert_false(fs_exists("x/y/file"));
	assert_int_equal(fs_mkdirs_for("file", NULL), 0);
	put("file", "");
	assert_int_equal(fs_mkdirs("file/a", &err), -1);
	assert_string_equal(
		err.text,
		"cannot make the folder file/a: Not a directory");
	assert_int_equal(fs_mkdirs("file", &err), -1);
}

static void removing_takes_all_and_follows_no_link(void **state)
{
	(void)state;
	assert_int_equal(fs_mkdirs("keep/x", NULL), 0);
	put("keep/file", "precious");
	assert_int_equal(fs_mkdirs("gone/a/b", NULL), 0);
	put("gone/a/f", "");
	assert_int_equal(symlink("../../keep", "gone/a/link"), 0);
	assert_int_equal(fs_remove("gone", NULL), 0);
	assert_false(fs_exists("gone"));
	assert_true(fs_exists("keep/file"));

	assert_int_equal(symlink("keep", "link"), 0);
	assert_int_equal(fs_remove("link/", NULL), 0);
	assert_false(fs_exists("link"));
	assert_true(fs_exists("keep/file"));

	assert_int_equal(fs_remove("keep/file", NULL), 0);
	assert_int_equal(fs_remove("keep/file", NULL), 0);
	assert_int_equal(count_entries("keep"), 1);
}

static void a_dangling_link_exists(void **state)
{
	(void)state;
	assert_int_equal(symlink("nowhere", "l"), 0);
	assert_true(fs_exists("l"));
	assert_false(fs_is_dir("l"));
	assert_int_equal(fs_remove("l", NULL), 0);
	assert_false(fs_exists("l"));
}

static void check_join(const char *dir, const char *name, const char *want)
{
	_cleanup_free_ char *got = fs_join(dir, name);

	assert_string_equal(got, want);
}

static void check_dirname(const char *path, const char *want)
{
	_cleanup_free_ char *got = fs_dirname(path);

	assert_string_equal(got, want);
}

static void paths_are_joined_and_split(void **state)
{
	(void)state;
	check_join("a", "b", "a/b");
	check_join("a/", "b/c", "a/b/c");
	check_join("/", "b", "/b");
	check_join(".", "b", "b");
	check_join("a", "/b", "/b");
	check_dirname("a/b/c", "a/b");
	check_dirname("a", ".");
	check_dirname("/a", "/");
	assert_string_equal(fs_basename("a/b.c"), "b.c");
	assert_string_equal(fs_basename("b.c"), "b.c");
}

static void only_paths_in_the_tree_are_inside(void **state)
{
	static const char *const inside[] = {
		"a", "a/b.c", "a/..b", "...", "a/b..", ".github/x", "./a",
		"a/.gitignore", "a//b", "with space",
	};
	static const char *const outside[] = {
		"", "/", "/a", "..", "../a", "a/..", "a/../b", "a/..//b",
		".git", ".git/config", "a/.git", "a/.GIT/hooks/x", "a\nb",
		"a\tb", "\x7f",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(inside); i++)
		if (!fs_is_inside(inside[i]))
			fail_msg("'%s' is inside", inside[i]);
	for (size_t i = 0; i < ARRAY_SIZE(outside); i++)
		if (fs_is_inside(outside[i]))
			fail_msg("'%s' is outside", outside[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_written_is_read),
		TEST(an_empty_file_is_a_file),
		TEST(a_file_without_a_size_is_read),
		TEST(reading_fails_with_the_path),
		TEST(a_file_over_the_limit_is_refused),
		TEST(writing_obeys_the_umask),
		TEST(writing_replaces_a_link_not_its_target),
		TEST(a_failed_write_leaves_nothing),
		TEST(an_equal_file_keeps_its_mtime),
		TEST(folders_are_made_with_their_parents),
		TEST(removing_takes_all_and_follows_no_link),
		TEST(a_dangling_link_exists),
		TEST(paths_are_joined_and_split),
		TEST(only_paths_in_the_tree_are_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
