// SPDX-License-Identifier: GPL-2.0-only
/*
 * process: starting, feeding, capturing, and what an error says. What is run is
 * mostly sh(1) with a small script.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

#include "process_helper.h"

static void both_outputs_are_captured(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	run_sh(&p, "echo out; echo err >&2; exit 7");
	assert_string_equal(p.out.data, "out\n");
	assert_string_equal(p.err.data, "err\n");
	assert_int_equal(p.status, 7);
	assert_int_equal(p.signal, 0);
	assert_false(p.timed_out);
}

static void a_structure_can_run_again(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	run_sh(&p, "echo x; echo x >>log; exit $(wc -l <log)");
	assert_int_equal(p.status, 1);
	assert_int_equal(process_run(&p, NULL), 0);
	assert_int_equal(p.status, 2);
	assert_string_equal(p.out.data, "x\n");
}

static void stderr_can_go_with_stdout(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	p.merge_err = true;
	run_sh(&p, "echo 1; echo 2 >&2; echo 3");
	assert_string_equal(p.out.data, "1\n2\n3\n");
	assert_int_equal(p.err.len, 0);
}

static void much_of_both_does_not_deadlock(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	run_sh(&p, "head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero;"
		   "printf end >&2");
	assert_int_equal(p.out.len, 3000000);
	/* of stderr the last MiB is kept */
	assert_int_equal(p.err.len, 1 << 20);
	assert_memory_equal(p.err.data + p.err.len - 4, "\0end", 4);
}

static void input_is_fed_whole(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *input = xcalloc(5000000, 1);

	(void)state;
	memset(input, 'x', 5000000);
	p.input = input;
	p.input_len = 5000000;
	process_args(&p, "cat", NULL);
	assert_int_equal(process_run(&p, NULL), 0);
	assert_int_equal(p.out.len, 5000000);
	assert_memory_equal(p.out.data, input, 5000000);
}

static void unread_input_is_no_error(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *input = xcalloc(1000000, 1);

	(void)state;
	p.input = input;
	p.input_len = 1000000;
	process_args(&p, "true", NULL);
	assert_int_equal(process_run(&p, NULL), 0);
	assert_int_equal(p.status, 0);
}

static void stdin_is_empty_by_default(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	p.timeout_s = 5;
	run_sh(&p, "cat; readlink /proc/self/fd/0");
	assert_string_equal(p.out.data, "/dev/null\n");
}

static void no_descriptor_of_ours_is_inherited(void **state)
{
	struct process list[2] = { PROCESS_INIT, PROCESS_INIT };

	(void)state;
	/* what make or a terminal left us is not what is tested */
	for (int fd = 3; fd < 256; fd++)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	/* two at once: the second must not hold the pipes of the first */
	process_args(&list[0], "sleep", "0.2", NULL);
	process_args(&list[1], "sh", "-c",
		     "for f in /proc/self/fd/*; do echo ${f##*/}; done", NULL);
	assert_int_equal(process_run_all(list, 2, NULL, NULL, NULL, NULL), 0);
	/* 3 may be the folder that the glob reads */
	assert_null(strstr(list[1].out.data, "4\n"));
	assert_non_null(strstr(list[1].out.data, "2\n"));
	process_release(&list[0]);
	process_release(&list[1]);
}

static void it_works_with_our_descriptors_closed(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	int saved[3], failed;

	(void)state;
	p.input = "in\n";
	p.input_len = 3;
	process_args(&p, "sh", "-c", "cat; echo err >&2", NULL);
	for (int fd = 0; fd < 3; fd++) {
		saved[fd] = fcntl(fd, F_DUPFD_CLOEXEC, 10);
		close(fd);
	}
	failed = process_run(&p, NULL);
	for (int fd = 0; fd < 3; fd++)
		if (saved[fd] >= 0)
			dup2(saved[fd], fd);
	assert_int_equal(failed, 0);
	assert_string_equal(p.out.data, "in\n");
	assert_string_equal(p.err.data, "err\n");
}

static void output_can_go_to_a_file(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	(void)state;
	p.out_path = "file";
	run_sh(&p, "echo text; echo err >&2");
	assert_int_equal(p.out.len, 0);
	assert_string_equal(p.err.data, "err\n");
	assert_int_equal(fs_read("file", &b, NULL), 0);
	assert_string_equal(b.data, "text\n");
	p.merge_err = true;
	assert_int_equal(process_run(&p, NULL), 0);
	buf_reset(&b);
	assert_int_equal(fs_read("file", &b, NULL), 0);
	assert_string_equal(b.data, "text\nerr\n");
	p.out_path = "none/file";
	assert_int_equal(process_run(&p, &err), -1);
	assert_string_equal(
		err.text,
		"cannot write none/file: No such file or directory");
}

static void folder_and_environment_are_set(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	assert_int_equal(setenv("GONE", "1", 1), 0);
	assert_int_equal(setenv("CHANGED", "old", 1), 0);
	assert_int_equal(fs_mkdirs("sub", NULL), 0);
	p.dir = "sub";
	strv_add(&p.env, "GONE");
	strv_add(&p.env, "CHANGED=new");
	strv_add(&p.env, "EMPTY=");
	run_sh(&p, "echo ${PWD##*/} ${GONE-unset} $CHANGED ${EMPTY-unset}.");
	assert_string_equal(p.out.data, "sub unset new .\n");
}

static void a_signal_is_told_from_a_status(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(process_release) struct process q = PROCESS_INIT;

	(void)state;
	run_sh(&p, "kill -SEGV $$");
	assert_int_equal(p.status, 128 + SIGSEGV);
	assert_int_equal(p.signal, SIGSEGV);
	assert_int_equal(process_check(&p, &err), -1);
	assert_non_null(strstr(err.text, "was killed by signal 11"));
	run_sh(&q, "exit 129");
	assert_int_equal(q.status, 129);
	assert_int_equal(q.signal, 0);
	assert_int_equal(process_check(&q, &err), -1);
	assert_string_equal(err.text,
			    "'sh -c 'exit 129'' ended with status 129");
}

static void check_shows_the_last_lines(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	run_sh(&p, "seq 1 30 >&2; echo >&2; exit 2");
	assert_int_equal(process_check(&p, &err), -1);
	assert_int_equal(err.class, ERROR_SYSTEM);
	assert_true(ends_with(err.text,
			      "' ended with status 2:\n"
			      "21\n22\n23\n24\n25\n26\n27\n28\n29\n30"));
	p.status = 0;
	assert_int_equal(process_check(&p, &err), 0);
}

static void a_long_command_is_cut_in_an_error(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	process_args(&p, "false", NULL);
	for (int i = 0; i < 100; i++)
		strv_add(&p.argv, "-Iinclude");
	assert_int_equal(process_run(&p, NULL), 0);
	assert_int_equal(process_check(&p, &err), -1);
	assert_true(strlen(err.text) < 120);
	assert_true(ends_with(err.text, "...' ended with status 1"));
}

static void a_missing_program_names_its_package(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(process_release) struct process q = PROCESS_INIT;
	_cleanup_(process_release) struct process r = PROCESS_INIT;
	_cleanup_free_ char *path = xstrdup(getenv("PATH"));

	(void)state;
	assert_int_equal(setenv("PATH", "/nonexistent", 1), 0);
	process_args(&p, "spatch", NULL);
	assert_int_equal(process_run(&p, &err), -1);
	assert_string_equal(
		err.text, "'spatch' not found: install the package coccinelle");
	assert_int_equal(err.class, ERROR_SYSTEM);
	process_args(&q, "gcc-99", NULL);
	assert_int_equal(process_run(&q, &err), -1);
	assert_string_equal(err.text,
			    "'gcc-99' not found: install the package gcc-99");
	process_args(&r, "no-such-thing", NULL);
	assert_int_equal(process_run(&r, &err), -1);
	assert_string_equal(err.text, "'no-such-thing' not found");
	assert_int_equal(setenv("PATH", path, 1), 0);
}

static void what_cannot_start_says_why(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(process_release) struct process q = PROCESS_INIT;
	_cleanup_(process_release) struct process none = PROCESS_INIT;
	static const char script[] = "#!/no/such/interpreter\n";

	(void)state;
	process_args(&p, "true", NULL);
	p.dir = "none";
	assert_int_equal(process_run(&p, &err), -1);
	assert_string_equal(err.text,
			    "cannot run 'true' in none: no such folder");
	assert_int_equal(fs_write("script", script, strlen(script), NULL), 0);
	process_args(&q, "./script", NULL);
	assert_int_equal(process_run(&q, &err), -1);
	assert_string_equal(err.text,
			    "cannot run './script': Permission denied");
	assert_int_equal(chmod("script", 0755), 0);
	assert_int_equal(process_run(&q, &err), -1);
	assert_string_equal(
		err.text,
		"cannot run './script': its interpreter is missing");
	assert_int_equal(process_run(&none, &err), -1);
	assert_int_equal(err.class, ERROR_INPUT);
}

static void the_command_is_quoted_for_a_shell(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(process_release) struct process sh = PROCESS_INIT;
	_cleanup_free_ char *command = NULL;

	(void)state;
	process_args(&p, "printf", "<%s>", "plain-1.c", "two words", "it's",
		     "", "$HOME", "a\nb", "~", NULL);
	command = process_command(&p);
	assert_true(starts_with(command,
				"printf '<%s>' plain-1.c 'two words' "));
	run_sh(&sh, command);
	assert_string_equal(sh.out.data,
			    "<plain-1.c><two words><it's><><$HOME><a\nb><~>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(both_outputs_are_captured),
		TEST(a_structure_can_run_again),
		TEST(stderr_can_go_with_stdout),
		TEST(much_of_both_does_not_deadlock),
		TEST(input_is_fed_whole),
		TEST(unread_input_is_no_error),
		TEST(stdin_is_empty_by_default),
		TEST(no_descriptor_of_ours_is_inherited),
		TEST(it_works_with_our_descriptors_closed),
		TEST(output_can_go_to_a_file),
		TEST(folder_and_environment_are_set),
		TEST(a_signal_is_told_from_a_status),
		TEST(check_shows_the_last_lines),
		TEST(a_long_command_is_cut_in_an_error),
		TEST(a_missing_program_names_its_package),
		TEST(what_cannot_start_says_why),
		TEST(the_command_is_quoted_for_a_shell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
