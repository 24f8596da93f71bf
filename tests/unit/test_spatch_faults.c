// SPDX-License-Identifier: GPL-2.0-only
/*
 * A shell script in the place of spatch that is missing, hangs, dies, or prints
 * what it should not: each time an error that names the step and the file, nothing
 * found, nothing left behind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "locate_scene.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define STEP                                                                   \
	"/// s\n// Kind: move\n// From: a.c\n// To: b.c\n\n@m@\ntype T;\n"     \
	"identifier fn = {f};\n@@\n* T fn(...)\n* {\n  ...\n* }\n"
#define SOURCE "int f(void)\n{\n\treturn 0;\n}\n"

/* What the script does for --parse-c, unless a test is about that. */
#define PARSE_WELL                                                             \
	"case \"$*\" in *--parse-c*) echo 'nb good = 4,  nb bad = 0 ==> x'; "  \
	"exit 0;; esac\n"

static void set_script(struct scene *s, const char *body)
{
	char *text = xasprintf("#!/bin/sh\n%s", body);
	char *path = fs_join(s->dir, "fake spatch");

	scene_put(s, "fake spatch", text);
	assert_int_equal(chmod(path, 0755), 0);
	s->spatch.program = path;
	free(text);
}

static void drop_script(struct scene *s)
{
	free((char *)s->spatch.program);
	scene_close(s);
}

static void assert_scratch_is_empty(const struct scene *s)
{
	DIR *d = opendir(s->scratch);

	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));)
		if (*e->d_name != '.')
			fail_msg("'%s' is left in the scratch folder", e->d_name);
	closedir(d);
}

static void assert_fails(struct scene *s, enum error_class class,
			 const char *says)
{
	assert_int_equal(scene_locate(s), -1);
	if (s->err.class != class || !strstr(s->err.text, says))
		fail_msg("'%s' does not say '%s'", s->err.text, says);
	assert_null(s->found);
	assert_int_equal(s->drifts.nr, 0);
	assert_scratch_is_empty(s);
}

static void says_that_it_is_missing(void **state)
{
	struct scene s;
	char *version;

	(void)state;
	scene_open(&s, STEP, NULL, SOURCE);
	s.spatch.program = "/nonexistent/spatch";
	assert_fails(&s, ERROR_SYSTEM, "'/nonexistent/spatch' not found");
	assert_int_equal(spatch_check(&s.spatch, s.step, &s.err), -1);
	assert_int_equal(s.err.class, ERROR_SYSTEM);
	assert_int_equal(spatch_version(&s.spatch, &version, &s.err), -1);
	assert_int_equal(s.err.class, ERROR_SYSTEM);
	scene_close(&s);
}

static void says_that_scratch_or_macros_are_missing(void **state)
{
	struct scene s;
	char *path;

	(void)state;
	scene_open(&s, STEP, "#define x\n", SOURCE);
	path = fs_join(s.dir, "series/macros.h");
	assert_int_equal(fs_remove(path, NULL), 0);
	assert_fails(&s, ERROR_SYSTEM, "macros.h");
	free(path);
	scene_close(&s);
	scene_open(&s, STEP, NULL, SOURCE);
	s.spatch.scratch = "/nonexistent/scratch";
	assert_int_equal(scene_locate(&s), -1);
	assert_int_equal(s.err.class, ERROR_SYSTEM);
	assert_non_null(strstr(s.err.text, "/nonexistent/scratch"));
	scene_close(&s);
}

/* False once the process is gone, or dead and waiting for a parent to care. */
static bool is_alive(long pid)
{
	char *path = xasprintf("/proc/%ld/stat", pid);
	struct buf stat = BUF_INIT;
	const char *state = NULL;
	bool alive = false;

	if (!fs_read(path, &stat, NULL))
		state = strrchr(stat.data, ')');
	if (state)
		alive = state[2] != 'Z' && state[2] != 'X';
	buf_release(&stat);
	free(path);
	return alive;
}

static void kills_one_that_hangs_and_its_child(void **state)
{
	struct buf pid = BUF_INIT;
	time_t before = time(NULL);
	struct scene s;
	char *script, *path;
	long child;

	(void)state;
	scene_open(&s, STEP, NULL, SOURCE);
	path = fs_join(s.dir, "pid");
	script = xasprintf(PARSE_WELL "sleep 300 &\necho $! > '%s'\nsleep 300\n",
			   path);
	set_script(&s, script);
	s.spatch.timeout_s = 1;
	assert_fails(&s, ERROR_SYSTEM, "spatch did not end in 1 s and was killed");
	assert_non_null(strstr(s.err.text, "step 1: a b/it's"));
	assert_true(time(NULL) - before < 30);
	assert_int_equal(fs_read(path, &pid, NULL), 0);
	child = strtol(pid.data, NULL, 10);
	assert_true(child > 1);
	for (int i = 0; i < 50 && is_alive(child); i++)
		usleep(100000);
	assert_false(is_alive(child));
	buf_release(&pid);
	free(script);
	free(path);
	drop_script(&s);
}

static void says_how_it_died(void **state)
{
	static const struct {
		const char *script;
		enum error_class class;
		const char *says;
	} cases[] = {
		{ PARSE_WELL "kill -SEGV $$\n", ERROR_SYSTEM, "step 1: a b/it's" },
		{ PARSE_WELL "kill -SEGV $$\n", ERROR_SYSTEM, "11" },
		{ PARSE_WELL "echo 'Fatal error: exception Out_of_memory' >&2\n"
			     "exit 255\n",
		  ERROR_SYSTEM, "Out_of_memory" },
		{ PARSE_WELL "exit 1\n", ERROR_SYSTEM, "step 1: a b/it's" },
		{ PARSE_WELL "echo \"spatch: unknown option '--x'.\" >&2; exit 2\n",
		  ERROR_INPUT, "1.cocci: spatch says: spatch: unknown option '--x'" },
		{ PARSE_WELL "printf 'minus: parse error: \\n  File \"step.cocci\", "
			     "line 9, column 2, charpos = 3\\n' >&2; exit 255\n",
		  ERROR_INPUT, "1.cocci:9: spatch cannot parse this" },
		/* A message, but no failure: the diff decides. */
		{ PARSE_WELL "echo 'expanded token: x' >&2; echo Oops\n",
		  ERROR_SYSTEM, "no diff of input.c" },
		/* A line that the file does not have. */
		{ PARSE_WELL "echo 'input.c: 70: try to delete an expanded token: f'"
			     " >&2; exit 255\n",
		  ERROR_SYSTEM, "expanded token" },
		{ "case \"$*\" in *--parse-c*) kill -TERM $$;; esac\n",
		  ERROR_SYSTEM, "15" },
		{ "case \"$*\" in *--parse-c*) exit 2;; esac\n", ERROR_SYSTEM,
		  "step 1: a b/it's" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct scene s;

		scene_open(&s, STEP, NULL, SOURCE);
		set_script(&s, cases[i].script);
		assert_fails(&s, cases[i].class, cases[i].says);
		drop_script(&s);
	}
}

static void refuses_what_it_should_not_print(void **state)
{
	static const char *const cases[][2] = {
		{ PARSE_WELL "echo Hello\n", "no diff of input.c" },
		{ PARSE_WELL "head -c 100000 /dev/urandom | tr -d '\\n'\n",
		  "no diff of input.c" },
		{ PARSE_WELL "printf -- '--- other.c\\n+++ x\\n@@ -1 +0,0 @@\\n"
			     "-int f(void)\\n'\n",
		  "another file's header" },
		{ PARSE_WELL "printf -- '--- input.c\\n+++ x\\n@@ -1,4 +1 @@\\n"
			     "-int f(void)\\n-{\\n'\n",
		  "the hunk is cut off" },
		{ PARSE_WELL "printf -- '--- input.c\\n+++ x\\n@@ -1 +1 @@\\n"
			     "-int f(void)\\n+int g(void)\\n@@ -3 +3 @@\\n+x\\n'\n",
		  "'@@ ' expected" },
		{ PARSE_WELL "printf -- '--- input.c\\n+++ x\\n@@ -2 +1,0 @@\\n"
			     "-int f(void)\\n'\n",
		  "the file has another line here" },
		{ "case \"$*\" in *--parse-c*) echo Hello;; esac\n",
		  "printed no summary" },
		{ "case \"$*\" in *--parse-c*) printf 'badcount: 1\\n"
		  "BAD:!!!!! none\\nnb good = 1,  nb bad = 1 =\\n';; esac\n",
		  "a region that is not in input.c" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct scene s;

		scene_open(&s, STEP, NULL, SOURCE);
		set_script(&s, cases[i][0]);
		assert_fails(&s, ERROR_SYSTEM, cases[i][1]);
		assert_non_null(strstr(s.err.text, "step 1: a b/it's"));
		drop_script(&s);
	}
}

static void refuses_a_version_that_is_none(void **state)
{
	struct scene s;
	char *version;

	(void)state;
	scene_open(&s, STEP, NULL, SOURCE);
	set_script(&s, "echo 'GNU spatch, not that one'\n");
	assert_int_equal(spatch_version(&s.spatch, &version, &s.err), -1);
	assert_int_equal(s.err.class, ERROR_SYSTEM);
	assert_non_null(strstr(s.err.text, "is it Coccinelle?"));
	drop_script(&s);
	scene_open(&s, STEP, NULL, SOURCE);
	set_script(&s, "echo 'spatch version 1.3 compiled with OCaml'\n");
	assert_int_equal(spatch_version(&s.spatch, &version, &s.err), 0);
	assert_string_equal(version, "1.3");
	free(version);
	drop_script(&s);
}

/* Two words of options, --no-includes unless the step says otherwise. */
static void hands_over_options(void **state)
{
	static const char *const cases[][2] = {
		{ "// Options: --no-loops -D x\n", "--no-loops -D x --no-includes" },
		{ "// Options: --local-includes\n", "--local-includes" },
		{ "", "--no-includes" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *step = xasprintf("/// s\n// Kind: move\n// From: a.c\n"
				       "// To: b.c\n%s%s",
				       cases[i][0], strstr(STEP, "\n@m@"));
		char *expected, *script, *path;
		struct buf args = BUF_INIT;
		struct scene s;

		scene_open(&s, step, NULL, SOURCE);
		path = fs_join(s.dir, "args");
		script = xasprintf(PARSE_WELL "echo \"$*\" > '%s'\n", path);
		expected = xasprintf(
			"--very-quiet --temp-files tmp %s --force-diff "
			"--sp-file step.cocci input.c\n",
			cases[i][1]);
		set_script(&s, script);
		if (scene_locate(&s))
			fail_msg("%s", s.err.text);
		assert_int_equal(fs_read(path, &args, NULL), 0);
		assert_string_equal(args.data, expected);
		buf_release(&args);
		free(expected);
		free(script);
		free(path);
		free(step);
		drop_script(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_that_it_is_missing),
		cmocka_unit_test(says_that_scratch_or_macros_are_missing),
		cmocka_unit_test(kills_one_that_hangs_and_its_child),
		cmocka_unit_test(says_how_it_died),
		cmocka_unit_test(refuses_what_it_should_not_print),
		cmocka_unit_test(refuses_a_version_that_is_none),
		cmocka_unit_test(hands_over_options),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
