// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading what kbuild writes and make prints: .o.cmd files in both spellings,
 * and warnings by the object that they belong to. Nothing is built here.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "driver/kbuild_internal.h"
#include "lib/fs.h"

static struct error error = ERROR_INIT;

static void assert_ok(int ret)
{
	if (ret < 0)
		fail_msg("%s", error.text ? error.text : "no message");
}

static void assert_error(int ret, const char *part)
{
	assert_int_equal(ret, -1);
	if (!error.text || !strstr(error.text, part))
		fail_msg("'%s' is not in: %s", part, error.text);
	error_release(&error);
}

static void assert_words(const struct strv *list, const char *separator,
			 const char *want)
{
	char *have = strv_join(list, separator);

	assert_string_equal(have, want);
	free(have);
}

static int setup(void **state)
{
	char *dir = xstrdup("/tmp/test_kbuild_read.XXXXXX");

	*state = mkdtemp(dir);
	return *state ? 0 : -1;
}

static int teardown(void **state)
{
	fs_remove(*state, &error);
	free(*state);
	error_release(&error);
	return 0;
}

static void test_splits_commands(void **state)
{
	static const struct {
		const char *line, *want;
	} cases[] = {
		{ "gcc -DN='\"x86\"' -c -o a.o a.c", "gcc|-DN=\"x86\"|-c|-o|a.o|a.c" },
		{ "gcc -c a.c ; ./objtool --x a.o", "gcc|-c|a.c" },
		{ "gcc -c a.c; nm a.o | grep -q x && y", "gcc|-c|a.c" },
		{ "echo x && ccache gcc -c a.c", "ccache|gcc|-c|a.c" },
		{ "gcc -DA=\\\"b\\\" \"-DX=\\\"1 2\\\"\" '' -c", "gcc|-DA=\"b\"|-DX=\"1 2\"||-c" },
		{ "gcc -DD='$x'\"y\"z -c", "gcc|-DD=$xyz|-c" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strv words = STRV_INIT;

		assert_ok(kbuild_split_command(cases[i].line, &words, &error));
		assert_words(&words, "|", cases[i].want);
		strv_release(&words);
	}
}

static void test_refuses_what_needs_a_shell(void **state)
{
	static const char *const lines[] = {
		"gcc -c $(pwd)/a.c", "gcc -c `x`", "gcc -c a.c > log",
		"gcc -c 'a", "ld -r -o a.o", "", "(gcc -c a.c)",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		struct strv words = STRV_INIT;

		assert_error(kbuild_split_command(lines[i], &words, &error),
			     "cannot read this command");
		assert_int_equal(words.nr, 0);
	}
}

static void test_reads_both_spellings(void **state)
{
	static const char body[] =
		"cmd_a/x.o := gcc -DP='\"$$x$(pound)\"' -c -o a/x.o %s/a/../b/x.c ; o\n\n"
		"source_a/x.o := %s/a/../b/x.c\n\n"
		"deps_a/x.o := \\\n"
		"    $(wildcard include/config/A) \\\n"
		"  %s/include/a.h \\\n"
		"  include/generated/g.h \\\n"
		"  ../src/b/y.h \\\n"
		"  /usr/lib/z.h \\\n\n"
		"a/x.o: $(deps_a/x.o)\n\n$(deps_a/x.o):\n";
	char *dir = *state;
	struct kbuild_roots roots = { xasprintf("%s/src", dir),
				      xasprintf("%s/out", dir) };
	char *path = xasprintf("%s/a/.x.o.cmd", roots.out);

	assert_ok(fs_mkdirs_for(path, &error));
	for (int old = 0; old < 2; old++) {
		char *text = xasprintf(body, roots.src, roots.src, roots.src);
		char *all = xasprintf("%s%s", old ? "" : "saved", text);
		struct compiled unit;

		assert_ok(fs_write(path, all, strlen(all), &error));
		assert_int_equal(kbuild_read_cmd(&roots, "a/x.o", &unit, &error),
				 1);
		assert_string_equal(unit.source, "b/x.c");
		assert_string_equal(unit.object, "a/x.o");
		assert_string_equal(unit.command.v[1], "-DP=\"$x#\"");
		assert_int_equal(unit.command.nr, 6);
		assert_words(&unit.deps, " ", "include/a.h include/generated/g.h "
					      "b/y.h /usr/lib/z.h "
					      "include/generated/autoconf.h");
		compiled_release(&unit);
		free(all);
		free(text);
	}
	kbuild_roots_release(&roots);
	free(path);
}

/* The unit's own objtool, and that of the module for a unit that has none. */
static void test_objtool(void **state)
{
	static const struct {
		const char *name, *text;
	} files[] = {
		{ ".x.o.cmd", "savedcmd_x.o := gcc -c -o x.o x.c ; "
			      "./tools/objtool/objtool --orc --module x.o\n\n"
			      "source_x.o := x.c\n\n#SYMVER f 0x00000001\n" },
		{ ".y.o.cmd", "savedcmd_y.o := gcc -c -o y.o y.c\n\n"
			      "source_y.o := y.c\n" },
		{ ".m.o.cmd", "savedcmd_m.o := ld -r -o m.o @m.mod ; "
			      "./tools/objtool/objtool --ibt --link m.o\n" },
		{ "m.mod", "x.o\ny.o\n" },
	};
	char *dir = *state;
	struct kbuild_roots roots = { xasprintf("%s/src", dir),
				      xasprintf("%s/out", dir) };
	struct build_result build = { .nr = 2 };

	assert_ok(fs_mkdirs(roots.out, &error));
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		char *path = fs_join(roots.out, files[i].name);

		assert_ok(fs_write(path, files[i].text, strlen(files[i].text),
				   &error));
		free(path);
	}
	build.units = xcalloc(build.nr, sizeof(*build.units));
	assert_int_equal(kbuild_read_cmd(&roots, "x.o", &build.units[0], &error),
			 1);
	assert_int_equal(kbuild_read_cmd(&roots, "y.o", &build.units[1], &error),
			 1);
	assert_true(build.units[0].versioned);
	assert_false(build.units[1].versioned);
	assert_int_equal(build.units[1].objtool.nr, 0);
	strv_add(&build.objects, "m.o");
	strv_add(&build.objects, "no-such-module.o");
	assert_ok(kbuild_hand_down_objtool(&roots, &build, &error));
	assert_words(&build.units[0].objtool, " ",
		     "./tools/objtool/objtool --orc --module");
	assert_words(&build.units[1].objtool, " ",
		     "./tools/objtool/objtool --ibt --link");
	build_result_release(&build);
	kbuild_roots_release(&roots);
}

static void test_assembler_is_no_unit(void **state)
{
	static const char text[] = "savedcmd_x.o := gcc -c -o x.o x.S\n\n"
				   "source_x.o := x.S\n\ndeps_x.o := \\\n";
	static const char linked[] = "savedcmd_x.o := ld -r -o x.o @x.mod\n";
	char *dir = *state;
	struct kbuild_roots roots = { xasprintf("%s/src", dir),
				      xasprintf("%s/out", dir) };
	char *path = xasprintf("%s/.x.o.cmd", roots.out);
	struct compiled unit;

	assert_ok(fs_mkdirs_for(path, &error));
	assert_ok(fs_write(path, text, strlen(text), &error));
	assert_int_equal(kbuild_read_cmd(&roots, "x.o", &unit, &error), 0);
	assert_ok(fs_write(path, linked, strlen(linked), &error));
	assert_int_equal(kbuild_read_cmd(&roots, "x.o", &unit, &error), 0);
	assert_error(kbuild_read_cmd(&roots, "y.o", &unit, &error), ".y.o.cmd");
	kbuild_roots_release(&roots);
	free(path);
}

static void test_sorts_out_warnings(void **state)
{
	static const char output[] =
		"make[2]: warning: Clock skew detected\n"
		"  CC [M]  a/x.o\n"
		"In file included from /s/a/x.c:3:\n"
		"/s/a/x.h: In function 'f':\n"
		"/s/a/x.h:12:5: warning: bad [-Wx]\n"
		"   12 |  int warning;\n"
		"/s/a/x.h:15:5: warning: bad [-Wx]\n"
		"  CC      b/y.o\n"
		"/s/a/x.h:15:5: warning: bad [-Wx]\n"
		"  LD [M]  a/m.o\n"
		"a/x.o: warning: objtool: f+0x1c2: unreachable\n"
		"ld: warning: /o/a/z.o: missing note\n"
		"WARNING: modpost: missing MODULE_LICENSE() in a/m.o\n"
		"  CALL    /s/scripts/check.sh\n";
	struct kbuild_roots roots = { (char *)"/s", (char *)"/o" };
	char *dir = *state;
	char *file = xasprintf("%s/w.json", dir);
	struct strv objects = STRV_INIT, list = STRV_INIT;
	struct kbuild_warnings *w, *none, *all;

	strv_add(&objects, "a/x.o");
	w = kbuild_warnings_parse(&roots, output);
	assert_true(kbuild_warnings_made(w, "a/x.o"));
	assert_true(kbuild_warnings_made(w, "b/y.o"));
	assert_false(kbuild_warnings_made(w, "a/z.o"));
	assert_ok(kbuild_warnings_merge(w, file, &all, &error));
	none = kbuild_warnings_parse(&roots, "");
	kbuild_warnings_list(all, none, &objects, &list);
	assert_words(&list, "|", "a/x.h: warning: bad [-Wx]|"
				 "a/x.h: warning: bad [-Wx] (2)");
	strv_release(&list);
	kbuild_warnings_list(all, w, &objects, &list);
	assert_words(&list, "|",
		     "WARNING: modpost: missing MODULE_LICENSE() in a/m.o|"
		     "a/x.h: warning: bad [-Wx]|"
		     "a/x.h: warning: bad [-Wx] (2)|"
		     "a/x.o: warning: objtool: f: unreachable|"
		     "ld: warning: a/z.o: missing note");
	strv_release(&list);
	strv_release(&objects);
	kbuild_warnings_free(w);
	kbuild_warnings_free(none);
	kbuild_warnings_free(all);
	free(file);
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_splits_commands),
		TEST(test_refuses_what_needs_a_shell),
		TEST(test_reads_both_spellings),
		TEST(test_objtool),
		TEST(test_assembler_is_no_unit),
		TEST(test_sorts_out_warnings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
