// SPDX-License-Identifier: GPL-2.0-only
/* report: judging, exit codes, and writing it into a folder. */
#define _GNU_SOURCE
#include "tests/unit/report_sample.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "lib/fs.h"

static void check(struct report *r, enum verdict verdict, int code)
{
	report_judge(r);
	assert_string_equal(verdict_name(r->verdict), verdict_name(verdict));
	assert_int_equal(report_exit_code(r), code);
}

static void test_judge_neutral(void **state)
{
	check(*state, VERDICT_NEUTRAL, 0);
}

static void test_judge_worst_rung(void **state)
{
	struct report *r = *state;

	outcome_explain(rung_of(r, 0, RUNG_CODE), EXPLAINED_FILE_NAME, "string",
			"x", NULL, "the file's name");
	check(r, VERDICT_EXPLAINED, 0);
	outcome_add(rung_of(r, 1, RUNG_TOKENS), RESULT_UNDECIDED, "unit", "x",
		    NULL, "unreadable");
	check(r, VERDICT_UNDECIDED, 2);
	outcome_add(rung_of(r, 1, RUNG_TEXT), RESULT_DIFFERENT, "line", "x",
		    NULL, "lost");
	check(r, VERDICT_DIFFERENT, 1);
	assert_int_equal(r->steps[0].configs[0].verdict, VERDICT_EXPLAINED);
	assert_int_equal(r->steps[0].configs[1].verdict, VERDICT_DIFFERENT);
}

static void test_judge_rung_missing(void **state)
{
	struct report *r = *state;

	/* code not run; then not even listed */
	rung_of(r, 0, RUNG_CODE)->result = RESULT_NOT_RUN;
	check(r, VERDICT_UNDECIDED, 2);
	r->steps[0].configs[0].rungs[2] = r->steps[0].configs[0].rungs[3];
	r->steps[0].configs[0].nr_rungs = 3;
	check(r, VERDICT_UNDECIDED, 2);
}

/* Built by clang: the types rung in the code rung's place. */
static void test_judge_gate(void **state)
{
	struct report *r = *state;
	struct report_config *config = &r->steps[0].configs[0];

	rung_of(r, 0, RUNG_CODE)->result = RESULT_NOT_RUN;
	config->types_gate = true;
	check(r, VERDICT_UNDECIDED, 2);
	add_rung(config, RUNG_TYPES, 3);
	check(r, VERDICT_NEUTRAL, 0);
	config->types_gate = false;
	check(r, VERDICT_UNDECIDED, 2);
}

static void test_judge_build(void **state)
{
	struct report *r = *state;
	struct report_config *config = &r->steps[0].configs[1];

	config->nr_rungs = 3; /* without the build rung: judging makes it */
	check(r, VERDICT_NEUTRAL, 0);
	assert_int_equal(config->nr_rungs, 4);
	assert_int_equal(config->rungs[3].checked, 61);
	strv_add(&config->warnings_new, "unused variable 'x'");
	check(r, VERDICT_DIFFERENT, 1);
	assert_int_equal(config->rungs[3].nr, 1);
	check(r, VERDICT_DIFFERENT, 1); /* twice adds nothing */
	assert_int_equal(config->rungs[3].nr, 1);
}

static void test_judge_build_failed(void **state)
{
	struct report *r = *state;

	/* an undecided build rung must not hide that the build failed */
	outcome_add(rung_of(r, 0, RUNG_BUILD), RESULT_UNDECIDED, "build", NULL,
		    NULL, "no parent");
	r->steps[0].configs[0].build_ok = false;
	check(r, VERDICT_DIFFERENT, 1);
	assert_int_equal(rung_of(r, 0, RUNG_BUILD)->nr, 2);
}

static void test_judge_build_empty(void **state)
{
	struct report *r = *state;

	r->steps[0].configs[0].objects_built = 0;
	check(r, VERDICT_UNDECIDED, 2);
	check(r, VERDICT_UNDECIDED, 2);
	assert_int_equal(rung_of(r, 0, RUNG_BUILD)->nr, 1);
}

static void test_judge_build_order(void **state)
{
	struct report *r = *state;
	struct report_config *config = &r->steps[0].configs[0];

	config->nr_rungs = 3;
	add_rung(config, RUNG_TYPES, 1);
	report_judge(r);
	assert_int_equal(config->nr_rungs, 5);
	assert_int_equal(config->rungs[3].rung, RUNG_BUILD);
	assert_int_equal(config->rungs[4].rung, RUNG_TYPES);
	assert_int_equal(config->rungs[4].checked, 1);
}

static void test_judge_not_built(void **state)
{
	struct report *r = *state;

	r->steps[0].configs[1].built = false;
	check(r, VERDICT_UNDECIDED, 2);
}

static void test_judge_not_applied(void **state)
{
	struct report *r = *state;

	free(r->steps[0].commit);
	r->steps[0].commit = NULL;
	check(r, VERDICT_UNDECIDED, 2);
}

static void test_judge_unknown_kind(void **state)
{
	struct report *r = *state;

	free(r->steps[0].kind);
	r->steps[0].kind = xstrdup("shuffle");
	check(r, VERDICT_UNDECIDED, 2);
}

static void test_judge_no_configs(void **state)
{
	struct report *r = *state;
	struct report_step *step = &r->steps[0];
	struct report_config *configs = step->configs;

	step->nr_configs = 0;
	check(r, VERDICT_UNDECIDED, 2);
	step->nr_configs = 2;
	step->configs = configs;
}

static void test_judge_no_steps(void **state)
{
	struct report r = { 0 };

	(void)state;
	check(&r, VERDICT_UNDECIDED, 2);
}

static void test_judge_drift(void **state)
{
	struct report *r = *state;

	outcome_add(rung_of(r, 0, RUNG_TEXT), RESULT_DIFFERENT, "line", "x",
		    NULL, "lost");
	drifts_add(&r->steps[0].drifts, DRIFT_ABSENT, "f", "a.c", 0, NULL,
		   "not there");
	check(r, VERDICT_DIFFERENT, 3);
}

/* Writing */

static ino_t inode(const char *dir, const char *name)
{
	_cleanup_free_ char *path = fs_join(dir, name);
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_ino;
}

/* Written by rename: a file that was written again is another inode. */
static void test_write(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *json = NULL, *dir = NULL, *path = NULL;
	char base[] = "/tmp/cocciseries-test-XXXXXX";
	struct report *r = *state;
	ino_t before;

	assert_non_null(mkdtemp(base));
	dir = fs_join(base, "shapes/v1.2");
	path = fs_join(dir, "report.json");
	assert_int_equal(report_write(r, dir, &err), 0);
	assert_int_equal(fs_read(path, &text, &err), 0);
	json = dump(r);
	assert_int_equal(text.len, strlen(json) + 1);
	assert_memory_equal(text.data, json, strlen(json));
	assert_int_equal(text.data[text.len - 1], '\n');
	before = inode(dir, "report.json");
	assert_int_equal(report_write(r, dir, &err), 0);
	assert_int_equal(inode(dir, "report.json"), before);
	r->verdict = VERDICT_DIFFERENT;
	assert_int_equal(report_write(r, dir, &err), 0);
	assert_int_not_equal(inode(dir, "report.json"), before);
	assert_int_equal(fs_remove(base, &err), 0);
	assert_int_equal(report_write(r, "/proc/none", &err), -1);
	assert_int_equal(err.class, ERROR_SYSTEM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_judge_neutral),
		TEST(test_judge_worst_rung),
		TEST(test_judge_rung_missing),
		TEST(test_judge_gate),
		TEST(test_judge_build),
		TEST(test_judge_build_failed),
		TEST(test_judge_build_empty),
		TEST(test_judge_build_order),
		TEST(test_judge_not_built),
		TEST(test_judge_not_applied),
		TEST(test_judge_unknown_kind),
		TEST(test_judge_no_configs),
		TEST(test_judge_no_steps),
		TEST(test_judge_drift),
		TEST(test_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
