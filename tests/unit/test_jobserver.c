// SPDX-License-Identifier: GPL-2.0-only
/* Slots that threads, programs and makes share. */
#define _GNU_SOURCE
#include <stdio.h>
#include <time.h>

#include "lib/process.h"
#include "scratch.h"

/* Each recipe notes how many run while it does: one folder, read at once. */
static const char makefile[] =
	"all: $(addprefix job-,1 2 3 4)\n"
	"job-%:\n"
	"\t@mkdir -p ../running/$$$$; ls ../running | wc -l >>../log; sleep 0.3;"
	" rmdir ../running/$$$$\n";

static unsigned int free_slots(struct jobserver *js)
{
	unsigned int nr = 0;

	while (jobserver_try(js))
		nr++;
	for (unsigned int i = 0; i < nr; i++)
		jobserver_give(js);
	return nr;
}

/* As the build of a configuration does. */
static void start_make(struct jobserver *js, const char *dir, const char *goal,
		       struct process *ret)
{
	*ret = (struct process)PROCESS_INIT;
	process_args(ret, "make", "--no-print-directory", goal, NULL);
	strv_add(&ret->env, "MAKEFLAGS");
	strv_add(&ret->env, "MAKELEVEL");
	ret->dir = dir;
	ret->merge_err = true;
	jobserver_take(js);
	jobserver_make_starts(js, &ret->env);
	ret->inherit[1] = js->ends[0];
	ret->inherit[2] = js->ends[1];
}

static void make_dir(const char *dir, const char *text)
{
	_cleanup_free_ char *path = fs_join(dir, "Makefile");

	assert_int_equal(fs_mkdirs(dir, NULL), 0);
	assert_int_equal(fs_write(path, text, strlen(text), NULL), 0);
}

static void slots_are_taken_and_given_back(void **state)
{
	struct jobserver js;

	(void)state;
	assert_int_equal(jobserver_open(2, &js, NULL), 0);
	assert_int_equal(free_slots(&js), 2);
	jobserver_take(&js);
	assert_true(jobserver_try(&js));
	assert_false(jobserver_try(&js));
	jobserver_give(&js);
	assert_int_equal(free_slots(&js), 1);
	jobserver_give(&js);
	assert_int_equal(free_slots(&js), 2);
	jobserver_close(&js);
}

static void *give_later(void *data)
{
	const struct timespec while_ = { 0, 200000000 };

	nanosleep(&while_, NULL);
	jobserver_give(data);
	return NULL;
}

static void one_that_waits_gets_what_another_gives(void **state)
{
	struct jobserver js;
	pthread_t thread;

	(void)state;
	assert_int_equal(jobserver_open(1, &js, NULL), 0);
	jobserver_take(&js);
	assert_int_equal(pthread_create(&thread, NULL, give_later, &js), 0);
	jobserver_take(&js);
	pthread_join(thread, NULL);
	assert_int_equal(free_slots(&js), 0);
	jobserver_give(&js);
	jobserver_close(&js);
}

/* Two makes that would like to run eight recipes at once have three slots. */
static void makes_share_the_slots(void **state)
{
	_cleanup_(buf_release) struct buf log = BUF_INIT;
	struct process list[2];
	struct jobserver js;

	(void)state;
	make_dir("a", makefile);
	make_dir("b", makefile);
	assert_int_equal(jobserver_open(3, &js, NULL), 0);
	start_make(&js, "a", "all", &list[0]);
	start_make(&js, "b", "all", &list[1]);
	assert_int_equal(process_run_all(list, 2, NULL, NULL, NULL, NULL), 0);
	for (int i = 0; i < 2; i++) {
		jobserver_make_ended(&js);
		jobserver_give(&js);
		assert_int_equal(list[i].status, 0);
		/* no word of a jobserver that it could not use */
		assert_string_equal(list[i].out.data, "");
		process_release(&list[i]);
	}
	assert_int_equal(fs_read("log", &log, NULL), 0);
	assert_int_equal(log.len, 16);
	assert_non_null(strchr(log.data, '3'));
	assert_null(strpbrk(log.data, "45678"));
	assert_int_equal(free_slots(&js), 3);
	jobserver_close(&js);
}

/* The inner one dies with a slot that it never gives back. */
static void slots_of_a_killed_make_come_back(void **state)
{
	static const char inner[] =
		"all:\n\t-+@$(MAKE) inner\n"
		"inner: wait die\nwait:\n\t@sleep 1\n"
		"die:\n\t@sleep 0.3; kill -9 $$PPID\n";
	struct jobserver js;
	struct process p;

	(void)state;
	make_dir("c", inner);
	assert_int_equal(jobserver_open(2, &js, NULL), 0);
	start_make(&js, "c", "all", &p);
	assert_int_equal(process_run(&p, NULL), 0);
	assert_int_equal(free_slots(&js), 0);
	jobserver_make_ended(&js);
	assert_int_equal(free_slots(&js), 1);
	jobserver_give(&js);
	assert_int_equal(free_slots(&js), 2);
	process_release(&p);
	jobserver_close(&js);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(slots_are_taken_and_given_back),
		TEST(one_that_waits_gets_what_another_gives),
		TEST(makes_share_the_slots),
		TEST(slots_of_a_killed_make_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
