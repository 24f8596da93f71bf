// SPDX-License-Identifier: GPL-2.0-only
/* What a base lacks for a series is said before anything is done. */
#define BASE_A "int one(void) { return 1; }\nint two_ish;\n"
#define BASE_B "int three(void) { return 3; }\n"
#include "base_helper.h"
#include "driver/ground.h"

#define MOVE(from, to, names)                                                  \
	"/// s\n// Kind: move\n// From: " from "\n// To: " to "\n\n@@\n"       \
	"identifier f = {" names "};\n@@\n* f(...) { ... }\n"

/* The drifts of all steps as text, which the caller frees; NULL when there are none. */
static char *check(struct fixture *f, const char *first, const char *second)
{
	_cleanup_free_ char *dir = fs_join(f->dir, "steps");
	struct report report = { 0 };
	struct error err = ERROR_INIT;
	struct series series;
	char *text = NULL;

	put(f, "steps/series", "1\n2\n");
	put(f, "steps/1.cocci", first);
	put(f, "steps/2.cocci", second);
	if (series_load(dir, NULL, &series, &err))
		fail_msg("%s", err.text);
	report.steps = xcalloc(series.nr, sizeof(*report.steps));
	if (ground_check(&f->repo, "HEAD", &series, &report, &err)) {
		assert_int_equal(err.class, ERROR_DRIFT);
		text = xstrdup(err.text);
		error_release(&err);
	}
	for (size_t i = 0; i < series.nr; i++)
		drifts_release(&report.steps[i].drifts);
	free(report.steps);
	series_release(&series);
	return text;
}

static void assert_check(struct fixture *f, const char *first,
			 const char *second, const char *expected)
{
	_cleanup_free_ char *text = check(f, first, second);

	if (!expected && text)
		fail_msg("%s", text);
	if (expected && (!text || !strstr(text, expected)))
		fail_msg("'%s' instead of '%s'", text ?: "nothing", expected);
}

static void test_fits(void **state)
{
	assert_check(*state, MOVE("a.c", "c.c", "one"),
		     MOVE("c.c", "b.c", "one"), NULL);
	assert_check(*state,
		     "/// s\n// Kind: rename\n// From: a.c\n\n@@\n@@\n- one\n+ uno\n",
		     MOVE("a.c", "b.c", "uno"), NULL);
	assert_check(*state,
		     "/// s\n// Kind: transform\n// Files: a.c\n\n@@\n@@\n- x\n+ y\n",
		     MOVE("a.c", "b.c", "whatever"), NULL);
}

static void test_lacks(void **state)
{
	/* A part of a word is none. */
	assert_check(*state, MOVE("a.c", "b.c", "one"), MOVE("a.c", "b.c", "two"),
		     "step 2 does not fit this base\na.c: the base has no 'two'");
	assert_check(*state, MOVE("d.c", "b.c", "one"), MOVE("a.c", "b.c", "one"),
		     "step 1 does not fit this base\nd.c: the base has no such file");
	/* Made by a step behind it only. */
	assert_check(*state, MOVE("a.c", "b.c", "uno"),
		     "/// s\n// Kind: rename\n// From: a.c\n\n@@\n@@\n- one\n+ uno\n",
		     "step 1 does not fit this base\na.c: the base has no 'uno'");
	assert_check(*state,
		     "/// s\n// Kind: move\n// From: a.c\n// To: b.c\n"
		     "// Optional: uno\n\n@@\nidentifier f = {one, uno};\n@@\n"
		     "* f(...) { ... }\n", MOVE("b.c", "c.c", "one"), NULL);
	/* The rename is done already. */
	assert_check(*state,
		     "/// s\n// Kind: rename\n// From: a.c\n\n@@\n@@\n- uno\n+ one\n",
		     MOVE("a.c", "b.c", "one"),
		     "a.c: the base has no 'uno', but 'one'; leave it out of the "
		     "step: it is done on this base");
	/* Both steps are told at once. */
	assert_check(*state, MOVE("a.c", "b.c", "x"), MOVE("a.c", "b.c", "y"),
		     "a.c: the base has no 'x'; name it in the step's 'Optional:', or leave it out\n"
		     "step 2 does not fit this base\na.c: the base has no 'y'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fits),
		cmocka_unit_test(test_lacks),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
