// SPDX-License-Identifier: GPL-2.0-only
/* What a base lacks for a series is said before anything is done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "driver/ground.h"
#include "lib/fs.h"
#include "lib/process.h"

#define MOVE(from, to, names)                                                  \
	"/// s\n// Kind: move\n// From: " from "\n// To: " to "\n\n@@\n"       \
	"identifier f = {" names "};\n@@\n* f(...) { ... }\n"

struct fixture {
	char *dir; /* with a repository tree/ and a series steps/ */
	struct repo repo;
};

static void put(struct fixture *f, const char *name, const char *text)
{
	_cleanup_free_ char *path = fs_join(f->dir, name);

	assert_int_equal(fs_mkdirs_for(path, NULL), 0);
	assert_int_equal(fs_write(path, text, strlen(text), NULL), 0);
}

static void git(struct fixture *f, const char *const *words)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *tree = fs_join(f->dir, "tree");

	process_args(&p, "git", "-C", tree, "-c", "user.name=x", "-c",
		     "user.email=x@example.org", NULL);
	strv_add_all(&p.argv, words);
	assert_int_equal(process_run(&p, NULL), 0);
	assert_int_equal(p.status, 0);
}

static int setup(void **state)
{
	static const char *const init[] = { "init", "-q", NULL };
	static const char *const add[] = { "add", "-A", NULL };
	static const char *const commit[] = { "commit", "-qm", "base", NULL };
	struct fixture *f = xcalloc(1, sizeof(*f));
	char dir[] = "/tmp/test_ground.XXXXXX";
	_cleanup_free_ char *tree = NULL, *scratch = NULL;

	assert_non_null(mkdtemp(dir));
	f->dir = xstrdup(dir);
	tree = fs_join(dir, "tree");
	scratch = fs_join(dir, "scratch");
	put(f, "tree/a.c", "int one(void) { return 1; }\nint two_ish;\n");
	put(f, "tree/b.c", "int three(void) { return 3; }\n");
	git(f, init);
	git(f, add);
	git(f, commit);
	assert_int_equal(repo_open(tree, scratch, &f->repo, NULL), 0);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	repo_release(&f->repo);
	fs_remove(f->dir, NULL);
	free(f->dir);
	free(f);
	return 0;
}

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
	/* Both steps are told at once. */
	assert_check(*state, MOVE("a.c", "b.c", "x"), MOVE("a.c", "b.c", "y"),
		     "a.c: the base has no 'x'; leave it out of the step for this base\n"
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
