// SPDX-License-Identifier: GPL-2.0-only
/*
 * process: what must end. A test that waits for a kill also bounds the time it
 * took, so that a hang is a failure.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "process_helper.h"

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void sleep_ms(long ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/* The pid that a script wrote; waits a while for the file. */
static pid_t read_pid(const char *path)
{
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	for (int i = 0; i < 500; i++) {
		buf_reset(&b);
		if (!fs_read(path, &b, NULL) && b.len &&
		    b.data[b.len - 1] == '\n')
			return (pid_t)atoi(b.data);
		sleep_ms(10);
	}
	fail_msg("%s was not written", path);
	return 0;
}

/* Gone, or dead and only not reaped yet by whoever inherited it. */
static bool is_gone(pid_t pid)
{
	_cleanup_free_ char *path = xasprintf("/proc/%d/stat", (int)pid);

	for (int i = 0; i < 300; i++) {
		_cleanup_(buf_release) struct buf b = BUF_INIT;

		if (fs_read(path, &b, NULL) || strstr(b.data, ") Z "))
			return true;
		sleep_ms(10);
	}
	return false;
}

static void the_time_limit_kills_the_group(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	double start = seconds();

	(void)state;
	p.timeout_s = 1;
	run_sh(&p, "sleep 60 & echo $! >pid; echo said; wait");
	assert_true(p.timed_out);
	assert_true(seconds() - start < 10);
	assert_true(is_gone(read_pid("pid")));
	assert_string_equal(p.out.data, "said\n");
	assert_int_equal(p.signal, SIGTERM);
	assert_int_equal(process_check(&p, &err), -1);
	assert_non_null(strstr(err.text, "was killed after 1 seconds"));
}

static void the_time_limit_kills_the_stubborn(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	double start = seconds();

	(void)state;
	p.timeout_s = 1;
	run_sh(&p, "trap '' TERM; (while :; do sleep 1; done) & echo $! >pid;"
		   "wait; while :; do sleep 1; done");
	assert_true(p.timed_out);
	assert_int_equal(p.signal, SIGKILL);
	assert_true(seconds() - start < 10);
	assert_true(is_gone(read_pid("pid")));
}

static void a_timed_out_success_is_still_no_success(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	p.timeout_s = 2;
	run_sh(&p, "trap 'exit 0' TERM; sleep 60 & wait");
	assert_int_equal(p.status, 0);
	assert_true(p.timed_out);
	assert_int_equal(process_check(&p, NULL), -1);
}

static void a_flood_is_stopped_by_the_limit(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	double start = seconds();

	(void)state;
	p.timeout_s = 2;
	run_sh(&p, "yes >&2");
	assert_true(p.timed_out);
	assert_true(seconds() - start < 10);
	assert_int_equal(p.err.len, 1 << 20);
}

static void a_background_job_does_not_hold_us(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	double start = seconds();

	(void)state;
	run_sh(&p, "sleep 60 & echo $! >pid; echo done");
	assert_true(seconds() - start < 10);
	assert_false(p.timed_out);
	assert_int_equal(p.status, 0);
	assert_string_equal(p.out.data, "done\n");
	assert_true(is_gone(read_pid("pid")));
}

static void closed_outputs_do_not_end_it(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	run_sh(&p, "exec >&- 2>&-; sleep 0.3; exit 3");
	assert_int_equal(p.status, 3);
}

static void sigpipe_is_as_usual_for_the_program(void **state)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	run_sh(&p, "kill -PIPE $$; echo survived");
	signal(SIGPIPE, SIG_DFL);
	assert_int_equal(p.signal, SIGPIPE);
}

struct record {
	unsigned int ended; /* on_exit was called so often */
	struct process *last;
};

static void note_exit(struct process *p, void *data)
{
	struct record *r = data;

	r->ended++;
	r->last = p;
}

static int run_two_at_once(struct process *list, size_t nr,
			   void (*on_exit)(struct process *p, void *data),
			   void *data, struct error *err)
{
	struct jobserver js;
	int result;

	assert_int_equal(jobserver_open(2, &js, err), 0);
	result = process_run_all(list, nr, &js, on_exit, data, err);
	/* no slot is lost, and none made up */
	assert_true(jobserver_try(&js));
	assert_true(jobserver_try(&js));
	assert_false(jobserver_try(&js));
	jobserver_close(&js);
	return result;
}

static void all_are_run_and_each_is_told(void **state)
{
	struct process list[5];
	struct record r = { 0 };

	(void)state;
	for (int i = 0; i < 5; i++) {
		_cleanup_free_ char *script = xasprintf("echo %d; exit %d",
							i, i);

		list[i] = (struct process)PROCESS_INIT;
		process_args(&list[i], "sh", "-c", script, NULL);
	}
	assert_int_equal(run_two_at_once(list, 5, note_exit, &r, NULL), 0);
	assert_int_equal(r.ended, 5);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(list[i].status, i);
		assert_int_equal(list[i].out.data[0], '0' + i);
		process_release(&list[i]);
	}
}

/* Each job appends a line while it runs: the most at once is in the log. */
static void no_more_than_jobs_run_at_once(void **state)
{
	static const char script[] =
		"mkdir run-$$; ls -d run-* | wc -l >>log; sleep 1;"
		"rmdir run-$$";
	_cleanup_(buf_release) struct buf b = BUF_INIT;
	struct process list[6];

	(void)state;
	for (int i = 0; i < 6; i++) {
		list[i] = (struct process)PROCESS_INIT;
		process_args(&list[i], "sh", "-c", script, NULL);
	}
	assert_int_equal(run_two_at_once(list, 6, NULL, NULL, NULL), 0);
	assert_int_equal(fs_read("log", &b, NULL), 0);
	assert_int_equal(b.len, 12);
	assert_non_null(strchr(b.data, '2'));
	assert_null(strpbrk(b.data, "3456"));
	for (int i = 0; i < 6; i++)
		process_release(&list[i]);
}

/* The third has its turn when the first has written its pid. */
static void one_that_cannot_start_ends_the_others(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	struct process list[3] = { PROCESS_INIT, PROCESS_INIT, PROCESS_INIT };
	struct record r = { 0 };
	double start = seconds();

	(void)state;
	process_args(&list[0], "sh", "-c", "echo $$ >pid; exec sleep 60",
		     NULL);
	process_args(&list[1], "sh", "-c",
		     "until [ -s pid ]; do sleep 0.05; done", NULL);
	process_args(&list[2], "no-such-thing", NULL);
	assert_int_equal(run_two_at_once(list, 3, note_exit, &r, &err), -1);
	assert_true(seconds() - start < 10);
	assert_string_equal(err.text, "'no-such-thing' not found");
	assert_int_equal(r.ended, 1);
	assert_ptr_equal(r.last, &list[1]);
	assert_true(is_gone(read_pid("pid")));
	for (size_t i = 0; i < ARRAY_SIZE(list); i++)
		process_release(&list[i]);
}

/* In a child of the test: runs a group until a signal comes. */
static void wait_for_stop(void)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	process_install_signals();
	process_args(&p, "sh", "-c",
		     "trap '' TERM; sleep 60 & echo $! >pid; wait; sleep 60",
		     NULL);
	process_run(&p, NULL);
	_exit(99);
}

static void check_stop(int sig)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid)
		wait_for_stop();
	assert_true(read_pid("pid") > 0);
	assert_int_equal(kill(pid, sig), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), sig);
	assert_true(is_gone(read_pid("pid")));
	assert_int_equal(unlink("pid"), 0);
}

static void an_interrupt_takes_the_groups_along(void **state)
{
	(void)state;
	check_stop(SIGINT);
	check_stop(SIGTERM);
	check_stop(SIGHUP);
}

static void an_ignored_hangup_stays_ignored(void **state)
{
	int status;
	pid_t pid = fork();

	(void)state;
	assert_true(pid >= 0);
	if (!pid) {
		signal(SIGHUP, SIG_IGN);
		process_install_signals();
		raise(SIGHUP);
		_exit(7);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_time_limit_kills_the_group),
		TEST(the_time_limit_kills_the_stubborn),
		TEST(a_timed_out_success_is_still_no_success),
		TEST(a_flood_is_stopped_by_the_limit),
		TEST(a_background_job_does_not_hold_us),
		TEST(closed_outputs_do_not_end_it),
		TEST(sigpipe_is_as_usual_for_the_program),
		TEST(all_are_run_and_each_is_told),
		TEST(no_more_than_jobs_run_at_once),
		TEST(one_that_cannot_start_ends_the_others),
		TEST(an_interrupt_takes_the_groups_along),
		TEST(an_ignored_hangup_stays_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
