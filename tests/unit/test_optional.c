// SPDX-License-Identifier: GPL-2.0-only
/* What of a step is left out, as not every base has it. */
#include "base_helper.h"
#include "driver/optional.h"
#include "driver/series.h"

static const struct base_file files[] = {
	{ "a.c",
	  "static int one(void) { return two(); }\n"
	  "int two(void) { return 2; }\n"
	  "#ifdef X\nstatic int five(void) { return 5; }\n"
	  "#else\nint five(void) { return 55; }\n#endif\n" },
	{ "b.c",
	  "#define pr_fmt(fmt) fmt\nint three(void) { return 3; }\n" },
};

static int setup(void **state)
{
	return base_setup(state, files, ARRAY_SIZE(files));
}

#define RULES(names)                                                           \
	"\n@@\nidentifier f = {" names "};\n@@\n- static\n  int f(...) { ... }\n"
#define PROMOTE(keys, names)                                                   \
	"/// s\n// Kind: promote\n// From: a.c\n// Header: a.h\n" keys RULES(names)
#define MOVE(from, keys, names)                                                \
	"/// s\n// Kind: move\n// From: " from "\n// To: c.c\n" keys           \
	"\n@@\nidentifier f = {" names "};\n@@\n* f(...) { ... }\n"
#define PREAMBLE                                                               \
	"// Preamble:\n//    // SPDX\n//    #define pr_fmt(fmt) \"a\" fmt\n"    \
	"//\n//    #include <a.h>\n"

static void take_away(struct fixture *f, const char *name)
{
	_cleanup_free_ char *path = fs_join(f->dir, name);

	assert_int_equal(fs_remove(path, NULL), 0);
}

static int load(struct fixture *f, const char *first, const char *second,
		struct series *ret, struct error *err)
{
	_cleanup_free_ char *dir = fs_join(f->dir, "steps");

	put(f, "steps/series", second ? "1\n2\n" : "1\n");
	put(f, "steps/1.cocci", first);
	if (second)
		put(f, "steps/2.cocci", second);
	else
		take_away(f, "steps/2.cocci");
	return series_load(dir, NULL, ret, err);
}

/* names: those that stay; left: "class name" of the others. */
static void assert_fits(struct fixture *f, const char *text, const char *names,
			const char *left)
{
	_cleanup_(buf_release) struct buf told = BUF_INIT;
	_cleanup_free_ char *have = NULL;
	struct error err = ERROR_INIT;
	struct applied applied = { 0 };
	struct series series;

	if (load(f, text, NULL, &series, &err))
		fail_msg("%s", err.text);
	assert_int_equal(optional_fit(&f->repo, "HEAD", series.steps,
				      &applied, &err), 0);
	have = strv_join(&series.steps->names, " ");
	assert_string_equal(have, names);
	for (size_t i = 0; i < applied.nr_left; i++)
		buf_addf(&told, "%s%s %s", i ? ", " : "",
			 applied.left[i].class, applied.left[i].name);
	assert_string_equal(told.len ? told.data : "", left);
	/* once more, and nothing changes */
	applied_release(&applied);
	applied = (struct applied){ 0 };
	assert_int_equal(optional_fit(&f->repo, "HEAD", series.steps,
				      &applied, &err), 0);
	assert_string_equal(have, names);
	series_release(&series);
}

static void test_names(void **state)
{
	struct fixture *f = *state;

	assert_fits(f, PROMOTE("// Optional: gone\n", "one, gone"), "one",
		    "absent gone");
	assert_fits(f, PROMOTE("// Optional: two, one\n", "one, two"), "one",
		    "global two");
	/* static in one branch is something to do */
	assert_fits(f, PROMOTE("// Optional: five\n", "one, five"), "one five",
		    "");
	/* not optional: the step's own errors tell of it */
	assert_fits(f, PROMOTE("// Optional: one\n", "one, gone"), "one gone",
		    "");
	assert_fits(f, MOVE("a.c", "// Optional: gone two\n", "two, gone"),
		    "two", "absent gone");
	/* called, and not defined */
	assert_fits(f, MOVE("b.c", "// Optional: two\n", "three, two"), "three",
		    "absent two");
}

#define RENAME(keys)                                                           \
	"/// s\n// Kind: rename\n// From: a.c\n" keys                          \
	"\n@@\n@@\n- one\n+ uno\n\n@@\n@@\n- eins\n+ two\n"

static void test_renames(void **state)
{
	struct fixture *f = *state;
	struct error err = ERROR_INIT;
	struct series series;

	assert_fits(f, RENAME("// Optional: eins\n"), "one", "absent eins");
	assert_fits(f, RENAME("// Optional: one\n"), "one eins", "");
	assert_int_equal(load(f, RENAME("// Optional: eins\n"), NULL, &series,
			      &err), 0);
	assert_int_equal(optional_fit(&f->repo, "HEAD", series.steps, NULL,
				      &err), 0);
	assert_int_equal(series.steps->nr_renames, 1);
	assert_string_equal(series.steps->renames[0].new, "uno");
	series_release(&series);
}

static void test_after(void **state)
{
	struct fixture *f = *state;
	struct error err = ERROR_INIT;
	struct series series;

	if (load(f, PROMOTE("// After: x, y, z\n// Optional: gone\n",
			    "one, gone, five"), NULL, &series, &err))
		fail_msg("%s", err.text);
	assert_int_equal(optional_fit(&f->repo, "HEAD", series.steps, NULL,
				      &err), 0);
	assert_int_equal(series.steps->after.nr, 2);
	assert_string_equal(step_after(series.steps, 0), "x");
	assert_string_equal(step_after(series.steps, 1), "z");
	assert_null(series.steps->after.v[2]);
	series_release(&series);
}

static void assert_preamble(struct fixture *f, const char *from,
			    const char *name, const char *left,
			    const char *preamble)
{
	_cleanup_free_ char *text = xasprintf(
		"/// s\n// Kind: move\n// From: %s\n// To: c.c\n"
		"// Optional: pr_fmt\n" PREAMBLE
		"\n@@\nidentifier f = {%s};\n@@\n* f(...) { ... }\n", from, name);
	struct error err = ERROR_INIT;
	struct series series;

	assert_fits(f, text, name, left);
	assert_int_equal(load(f, text, NULL, &series, &err), 0);
	assert_int_equal(optional_fit(&f->repo, "HEAD", series.steps, NULL,
				      &err), 0);
	assert_string_equal(series.steps->preamble, preamble);
	series_release(&series);
}

static void test_preamble(void **state)
{
	assert_preamble(*state, "a.c", "two", "absent pr_fmt",
			"// SPDX\n\n#include <a.h>\n");
	assert_preamble(*state, "b.c", "three", "",
			"// SPDX\n#define pr_fmt(fmt) \"a\" fmt\n\n"
			"#include <a.h>\n");
}

static void test_errors(void **state)
{
	struct fixture *f = *state;
	struct error err = ERROR_INIT;
	struct series series;

	assert_int_equal(load(f, PROMOTE("// Optional: other\n", "one"), NULL,
			      &series, &err), -1);
	assert_non_null(strstr(err.text, "'Optional' has 'other'"));
	error_release(&err);
	assert_int_equal(load(f, PROMOTE("// Optional: two\n", "two"), NULL,
			      &series, &err), 0);
	assert_int_equal(optional_fit(&f->repo, "HEAD", series.steps, NULL,
				      &err), -1);
	assert_int_equal(err.class, ERROR_DRIFT);
	error_release(&err);
	series_release(&series);
}

/* Steps that the base needs nothing of; not those that others make work for. */
static void assert_steps(struct fixture *f, const char *first,
			 const char *second, size_t stay)
{
	struct strv notes = STRV_INIT;
	struct error err = ERROR_INIT;
	struct series series;

	if (load(f, first, second, &series, &err))
		fail_msg("%s", err.text);
	assert_int_equal(optional_steps(&f->repo, "HEAD", &series, &notes,
					&err), stay ? 0 : -1);
	assert_int_equal(series.nr, stay);
	assert_int_equal(notes.nr, 2 - stay);
	if (notes.nr)
		assert_non_null(strstr(notes.v[0], "is left out"));
	error_release(&err);
	strv_release(&notes);
	series_release(&series);
}

static void test_steps(void **state)
{
	struct fixture *f = *state;
	const char *idle = PROMOTE("// Optional: two\n", "two");

	assert_steps(f, idle, PROMOTE("", "one"), 1);
	assert_steps(f, PROMOTE("", "one"), idle, 1);
	assert_steps(f, idle, idle, 0);
	assert_steps(f, PROMOTE("// Optional: one\n", "one"),
		     PROMOTE("", "two"), 2);
	assert_steps(f,
		     "/// s\n// Kind: rename\n// From: a.c\n\n@@\n@@\n- one\n+ uno\n",
		     PROMOTE("// Optional: uno\n", "uno"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_renames),
		cmocka_unit_test(test_after),
		cmocka_unit_test(test_preamble),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_steps),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
