// SPDX-License-Identifier: GPL-2.0-only
/*
 * Private folders: whose command was killed is removed by the next one, whose
 * command or what it started still works is not.
 */
#define _GNU_SOURCE
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/scratch.h"
#include "scratch.h"

static char *open_scratch(struct scratch *ret)
{
	struct error err = ERROR_INIT;

	if (scratch_open(ret, &err))
		fail_msg("%s", err.text);
	assert_true(fs_is_dir(ret->path));
	return ret->path;
}

static void goes_when_it_is_closed(void **state)
{
	struct scratch a, b;
	_cleanup_free_ char *file = NULL, *path = NULL;

	setenv("TMPDIR", *state, true);
	path = xstrdup(open_scratch(&a));
	file = fs_join(path, "file");
	assert_int_equal(fs_write(file, "", 0, NULL), 0);
	open_scratch(&b);
	assert_string_not_equal(a.path, b.path);
	assert_true(fs_exists(file));
	scratch_close(&a);
	assert_false(fs_exists(path));
	scratch_close(&a);
	scratch_close(&b);
}

/* A process that has a folder and a program of its own, and is killed. */
static void killed_one(int *ret_program)
{
	int ends[2], status;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (!pid) {
		struct scratch scratch;
		pid_t program;

		open_scratch(&scratch);
		program = fork();
		if (!program)
			pause();
		if (write(ends[1], &program, sizeof(program)) < 0)
			_exit(1);
		kill(getpid(), SIGKILL);
	}
	assert_int_equal(read(ends[0], ret_program, sizeof(pid)), sizeof(pid));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	close(ends[0]);
	close(ends[1]);
}

static size_t count_folders(void)
{
	glob_t found;
	size_t nr;

	glob("cocciseries-scratch-*", 0, NULL, &found);
	nr = found.gl_pathc;
	globfree(&found);
	return nr;
}

static void is_left_while_a_program_has_it(void **state)
{
	struct scratch scratch;
	int program;

	setenv("TMPDIR", *state, true);
	killed_one(&program);
	assert_int_equal(count_folders(), 1);
	open_scratch(&scratch);
	assert_int_equal(count_folders(), 2);
	kill(program, SIGKILL);
	scratch_close(&scratch);
	/* It is not ours to wait for: a moment passes until it is gone. */
	for (int i = 0; i < 100; i++) {
		open_scratch(&scratch);
		if (count_folders() == 1)
			break;
		scratch_close(&scratch);
		usleep(10000);
	}
	assert_int_equal(count_folders(), 1);
	scratch_close(&scratch);
	assert_int_equal(count_folders(), 0);
}

static void names_what_cannot_be(void **state)
{
	struct error err = ERROR_INIT;
	struct scratch scratch;

	(void)state;
	setenv("TMPDIR", "/nonexistent", true);
	assert_int_equal(scratch_open(&scratch, &err), -1);
	assert_non_null(strstr(err.text, "/nonexistent: no folder can be made"));
	error_release(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(goes_when_it_is_closed),
		TEST(is_left_while_a_program_has_it),
		TEST(names_what_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
