// SPDX-License-Identifier: GPL-2.0-only
/*
 * Archives as ar writes them, and as nobody should: each cut and many altered
 * bytes give members or an error, never a crash.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "verify/archive.h"

#define HEADER(name, size)                                                     \
	name "0           0     0     644     " size "`\n"

static const char fat[] = "!<arch>\n"
	HEADER("/               ", "4         ") "\0\0\0\0"
	HEADER("//              ", "24        ") "a_rather_long_name.o/\n\n\n"
	HEADER("short.o/        ", "3         ") "one\n"
	HEADER("/0              ", "4         ") "two.";

static int list(void *data, const struct archive_member *m, struct error *err)
{
	struct buf *ret = data;

	(void)err;
	buf_addf(ret, "%s=%s;", m->name, m->bytes->data);
	return 0;
}

static int refuse(void *data, const struct archive_member *m, struct error *err)
{
	(void)data;
	return error_set(err, ERROR_INPUT, "no %s", m->path);
}

/* The members, or the error; the caller frees. */
static char *read_members(const char *bytes, size_t len)
{
	_cleanup_(buf_release) struct buf file = BUF_INIT;
	struct error err = ERROR_INIT;
	struct buf ret = BUF_INIT;

	buf_add(&file, bytes, len);
	if (archive_each("dir/x.a", &file, list, &ret, &err)) {
		buf_reset(&ret);
		buf_addstr(&ret, err.text);
	}
	error_release(&err);
	return buf_detach(&ret);
}

static void check(const char *bytes, size_t len, const char *want)
{
	_cleanup_free_ char *got = read_members(bytes, len);

	if (!strstr(got, want))
		fail_msg("'%s' is not in '%s'", want, got);
}

static void test_members(void **state)
{
	(void)state;
	check(fat, sizeof(fat) - 1, "short.o=one;a_rather_long_name.o=two.;");
	check("!<arch>\n", 8, "");
}

static void test_is(void **state)
{
	struct buf file = BUF_INIT;

	(void)state;
	assert_false(archive_is(&file));
	buf_addstr(&file, "!<arch>");
	assert_false(archive_is(&file));
	buf_addstr(&file, "\n");
	assert_true(archive_is(&file));
	buf_reset(&file);
	buf_addstr(&file, "!<thin>\n");
	assert_true(archive_is(&file));
	buf_release(&file);
}

static void test_refused_member(void **state)
{
	_cleanup_(buf_release) struct buf file = BUF_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	buf_add(&file, fat, sizeof(fat) - 1);
	assert_int_equal(archive_each("x.a", &file, refuse, NULL, &err), -1);
	assert_string_equal(err.text, "no x.a(short.o)");
	error_release(&err);
}

/* A pipe that nobody writes to would be read for ever. */
static void test_member_is_no_file(void **state)
{
	_cleanup_(buf_release) struct buf file = BUF_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	buf_addstr(&file, "!<thin>\n" HEADER("//              ", "11        ")
		   "/dev/null/\n\n" HEADER("/0              ", "3         "));
	assert_int_equal(archive_each("x.a", &file, refuse, NULL, &err), -1);
	assert_string_equal(err.text, "x.a: a member is no file: /dev/null");
	error_release(&err);
}

#define BAD(bytes, why) check(bytes, sizeof(bytes) - 1, why)

static void test_malformed(void **state)
{
	(void)state;
	BAD("!<arch>\nx", "a member's header");
	BAD("!<arch>\n" HEADER("a.o/            ", "9         ") "one",
	    "a member leaves the file");
	BAD("!<arch>\n" HEADER("a.o/            ", "-1        ") "one",
	    "a member's header");
	BAD("!<arch>\n" HEADER("a.o/            ", "3x        ") "one",
	    "a member's header");
	BAD("!<arch>\n" HEADER("#1/20           ", "3         ") "one",
	    "dir/x.a: malformed archive");
	BAD("!<arch>\n" HEADER("/7              ", "3         ") "one",
	    "no name");
	BAD("!<arch>\n" HEADER("/               ", "0         ")
	    HEADER("//              ", "2         ") "ab"
	    HEADER("/0              ", "3         ") "one", "no name");
	BAD("!<arch>\n" HEADER("//              ", "2         ") "b\n"
	    HEADER("/9              ", "3         ") "one", "no name");
	BAD("!<thin>\n" HEADER("//              ", "12        ") "none/none.o/\n"
	    HEADER("/0              ", "3         "), "dir/x.a: ");
}

static void test_cut_and_altered(void **state)
{
	char bytes[sizeof(fat)];

	(void)state;
	for (size_t len = 8; len < sizeof(fat) - 1; len++)
		free(read_members(fat, len));
	for (size_t at = 8; at < sizeof(fat) - 1; at++) {
		static const char values[] = { 0, '/', '9', ' ', '\n', -1 };

		memcpy(bytes, fat, sizeof(fat));
		for (size_t v = 0; v < sizeof(values); v++) {
			bytes[at] = values[v];
			free(read_members(bytes, sizeof(fat) - 1));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_is),
		cmocka_unit_test(test_refused_member),
		cmocka_unit_test(test_member_is_no_file),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_cut_and_altered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
