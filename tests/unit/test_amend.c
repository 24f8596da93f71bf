// SPDX-License-Identifier: GPL-2.0-only
/* What changes of a step in memory, and how much two functions are alike. */
#include "base_helper.h"
#include "driver/alike.h"
#include "driver/amend.h"

#define HEAD "/// s\n// Kind: promote\n// From: a.c\n// Header: b.c\n"
#define LIST(names)                                                            \
	"\n@@\nidentifier fn = {" names "};\n@@\n- static\n  int fn(...) { ... }\n"

static const struct base_file files[] = {
	{ "a.c", "static int f(void) { return 1; }\n" },
	{ "b.c", "\n" },
};

static int setup(void **state)
{
	return base_setup(state, files, ARRAY_SIZE(files));
}

static struct step *load(struct fixture *f, const char *text,
			 struct series *ret)
{
	_cleanup_free_ char *dir = fs_join(f->dir, "steps");
	struct error err = ERROR_INIT;

	put(f, "steps/series", "1\n");
	put(f, "steps/1.cocci", text);
	if (series_load(dir, NULL, ret, &err))
		fail_msg("%s", err.text);
	return ret->steps;
}

/* rules: what is left of them; NULL when the name cannot be forgotten. */
static void assert_forgets(struct fixture *f, const char *text,
			   const char *name, const char *rules)
{
	struct series series;
	struct step *step = load(f, text, &series);
	_cleanup_free_ char *before = xstrdup(step->rules);

	assert_int_equal(amend_forget(step, name), rules != NULL);
	assert_non_null(strstr(step->rules, rules ? rules : before));
	assert_true(starts_with(step->text, HEAD));
	assert_true(ends_with(step->text, step->rules));
	series_release(&series);
}

static void test_forget(void **state)
{
	struct fixture *f = *state;

	assert_forgets(f, HEAD LIST("a, b, c"), "a", "= {b, c};");
	assert_forgets(f, HEAD LIST("a, b, c"), "b", "= {a, c};");
	assert_forgets(f, HEAD LIST("a,\n\t\tb, c"), "c", "= {a,\n\t\tb};");
	assert_forgets(f, HEAD LIST("a,\n\t\tb"), "a", "= {b};");
	/* alone, in another rule too, not in a list */
	assert_forgets(f, HEAD LIST("a"), "a", NULL);
	assert_forgets(f, HEAD LIST("a, b") LIST("a, c"), "a", NULL);
	assert_forgets(f, HEAD "\n@@\n@@\n- static\n  int a(...) { ... }\n",
		       "a", NULL);
}

static void test_call(void **state)
{
	struct series series;
	struct step *step = load(*state, HEAD LIST("a, ab"), &series);

	amend_call(step, "a", "longer");
	assert_non_null(strstr(step->rules, "= {longer, ab};"));
	assert_string_equal(step->names.v[0], "longer");
	assert_string_equal(step->names.v[1], "ab");
	assert_true(ends_with(step->text, step->rules));
	series_release(&series);
}

static void test_append(void **state)
{
	static const char there[] = "#include <a.h>\n#include \"c.h\"\n";
	struct series series;
	struct step *step = load(
		*state,
		"/// s\n// Kind: move\n// From: a.c\n// To: b.c\n"
		"// Include: <d.h>\n// Preamble:\n//    // SPDX\n"
		"//    #include <a.h>\n//    #include <b.h>\n//    #include <d.h>\n"
		"//    #include \"c.h\"\n"
		"\n@@\nidentifier fn = {f};\n@@\n* int fn(...) { ... }\n",
		&series);
	_cleanup_free_ char *includes = NULL;

	amend_append(step, there, strlen(there));
	assert_null(step->preamble);
	includes = strv_join(&step->includes, " ");
	assert_string_equal(includes, "<d.h> <b.h>");
	series_release(&series);
}

/* Whatever is amended, the key of the step is another. */
static void test_key(void **state)
{
	_cleanup_(strv_release) struct strv before = STRV_INIT;
	_cleanup_(strv_release) struct strv after = STRV_INIT;
	_cleanup_free_ char *a = NULL, *b = NULL;
	struct series series;
	struct step *step = load(*state, HEAD LIST("a, b"), &series);

	amend_key(step, &before);
	amend_leave_out(step, "b");
	amend_key(step, &after);
	a = strv_join(&before, "\n");
	b = strv_join(&after, "\n");
	assert_string_not_equal(a, b);
	series_release(&series);
}

static unsigned int percent(const char *a, const char *b)
{
	struct items x, y;
	unsigned int ret;

	items_parse(a, strlen(a), &x);
	items_parse(b, strlen(b), &y);
	ret = alike(&x, 0, &y, 0);
	items_release(&x);
	items_release(&y);
	return ret;
}

static void test_alike(void **state)
{
	(void)state;
	/* names of their own, linkage, comments and blanks aside */
	assert_int_equal(percent("static int f(int a)\n{\n\treturn f(a);\n}\n",
				 "int g(int a) { return /* x */ g(a); }\n"),
			 100);
	assert_in_range(percent("int f(int a) { a++; a--; a++; return a; }\n",
				"int f(int a) { a++; a++; return a; }\n"), 70,
			99);
	/* the order counts */
	assert_in_range(percent("int f(int a) { a++; return b; }\n",
				"int f(int a) { return b; a++; }\n"), 1, 99);
	/* the same parameters, and nothing else */
	assert_in_range(percent("int f(struct s *a, int b, int c) { return 1; }\n",
				"int g(struct s *a, int b, int c) { goto x; x: ; }\n"),
			0, 50);
	assert_int_equal(percent("int f(void) { }\n",
				 "int f(void) { a(); b(); c(); d(); e(); }\n"),
			 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forget),
		cmocka_unit_test(test_call),
		cmocka_unit_test(test_append),
		cmocka_unit_test(test_key),
		cmocka_unit_test(test_alike),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
