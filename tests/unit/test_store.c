// SPDX-License-Identifier: GPL-2.0-only
/*
 * store: keys against digests that sha256sum(1) gives for the same bytes, and
 * entries in a folder made for each test.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/process.h"
#include "lib/store.h"
#include "scratch.h"

static struct store_key key_of_two(const char *a, const char *b)
{
	struct store_hash *h = store_hash_new();

	store_hash_str(h, a);
	store_hash_str(h, b);
	return store_hash_end(h);
}

static void a_key_is_sha256_of_length_and_bytes(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	struct store_key key = store_key_of("abc", 3);

	(void)state;
	process_args(&p, "sha256sum", NULL);
	p.input = "\3\0\0\0\0\0\0\0abc";
	p.input_len = 11;
	assert_int_equal(process_run(&p, NULL), 0);
	assert_int_equal(strlen(key.hex), STORE_KEY_HEX);
	assert_memory_equal(p.out.data, key.hex, STORE_KEY_HEX);
}

static void borders_between_pieces_count(void **state)
{
	struct store_key a = key_of_two("ab", "c");
	struct store_key b = key_of_two("a", "bc");
	struct store_key again = key_of_two("ab", "c");

	(void)state;
	assert_string_not_equal(a.hex, b.hex);
	assert_string_equal(a.hex, again.hex);
}

static void null_is_not_the_empty_string(void **state)
{
	struct store_key null = key_of_two(NULL, ""), empty = key_of_two("", "");
	struct store_key swapped = key_of_two("", NULL);

	(void)state;
	assert_string_not_equal(null.hex, empty.hex);
	assert_string_not_equal(null.hex, swapped.hex);
}

static void an_entry_is_put_and_got(void **state)
{
	struct store_key key = store_key_of("k", 1);
	_cleanup_(store_close) struct store s;
	_cleanup_(buf_release) struct buf b = BUF_INIT;
	_cleanup_free_ char *path = NULL, *want = NULL;

	(void)state;
	assert_int_equal(store_open("cache/store", &s, NULL), 0);
	assert_int_equal(store_get(&s, "o", &key, &b, NULL), 0);
	assert_int_equal(store_put(&s, "o", &key, "v\0w", 3, NULL), 0);
	assert_int_equal(store_get(&s, "o", &key, &b, NULL), 1);
	assert_int_equal(b.len, 3);
	assert_memory_equal(b.data, "v\0w", 3);
	/* another kind is another entry */
	assert_int_equal(store_get(&s, "E", &key, &b, NULL), 0);
	path = store_path(&s, "o", &key);
	want = xasprintf("cache/store/o/%.2s/%s", key.hex, key.hex);
	assert_string_equal(path, want);
	assert_true(fs_exists(path));
}

static void an_entry_may_be_put_twice(void **state)
{
	struct store_key key = store_key_of("k", 1);
	_cleanup_(store_close) struct store s;
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	assert_int_equal(store_open("store", &s, NULL), 0);
	assert_int_equal(store_put(&s, "o", &key, "1", 1, NULL), 0);
	assert_int_equal(store_put(&s, "o", &key, "2", 1, NULL), 0);
	assert_int_equal(store_get(&s, "o", &key, &b, NULL), 1);
	assert_string_equal(b.data, "2");
}

static void a_file_is_adopted(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	struct store_key key = store_key_of("k", 1);
	_cleanup_(store_close) struct store s;
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	assert_int_equal(store_open("store", &s, NULL), 0);
	assert_int_equal(fs_write("made", "object", 6, NULL), 0);
	assert_int_equal(store_adopt(&s, "o", &key, "made", NULL), 0);
	assert_false(fs_exists("made"));
	assert_int_equal(store_get(&s, "o", &key, &b, NULL), 1);
	assert_string_equal(b.data, "object");
	assert_int_equal(store_adopt(&s, "o", &key, "made", &err), -1);
	assert_true(starts_with(err.text, "cannot move made to store/o/"));
}

static void an_unreadable_entry_is_an_error(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	struct store_key key = store_key_of("k", 1);
	_cleanup_(store_close) struct store s;
	_cleanup_(buf_release) struct buf b = BUF_INIT;
	_cleanup_free_ char *path = NULL;

	(void)state;
	assert_int_equal(store_open("store", &s, NULL), 0);
	path = store_path(&s, "o", &key);
	assert_int_equal(fs_mkdirs(path, NULL), 0);
	assert_int_equal(store_get(&s, "o", &key, &b, &err), -1);
	assert_int_equal(err.class, ERROR_SYSTEM);
}

static void a_store_needs_a_folder(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	struct store s;

	(void)state;
	assert_int_equal(fs_write("file", "", 0, NULL), 0);
	assert_int_equal(store_open("file", &s, &err), -1);
	assert_string_equal(err.text,
			    "cannot make the folder file: Not a directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_key_is_sha256_of_length_and_bytes),
		TEST(borders_between_pieces_count),
		TEST(null_is_not_the_empty_string),
		TEST(an_entry_is_put_and_got),
		TEST(an_entry_may_be_put_twice),
		TEST(a_file_is_adopted),
		TEST(an_unreadable_entry_is_an_error),
		TEST(a_store_needs_a_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
