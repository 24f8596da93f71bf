// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changed code that no configuration compiles: found by the line markers of
 * preprocessed texts that are written here by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/error.h"
#include "lib/fs.h"
#include "verify/compiled.h"

#define FILE_OF(on, off)                                                       \
	"int a(void)\n{\n\treturn " on ";\n}\n"                                \
	"#ifdef NEVER\nint b(void)\n{\n\treturn " off ";\n}\n#endif\n"

/* What gcc -E leaves of FILE_OF(): line 3 and no line of the #ifdef. */
#define KEPT "# 1 \"x.c\"\nint a(void)\n{\n return 1;\n}\n# 12 \"x.c\"\n"
#define WHOLE                                                                  \
	"# 1 \"x.c\"\nint a(void)\n{\n return 1;\n}\n# 6 \"x.c\"\n"            \
	"int b(void)\n{\n return 1;\n}\n"
#define OTHER "# 1 \"y.c\"\nint a(void)\n{\n return 1;\n}\nint b;\n"

struct scene {
	const char *before, *after; /* of x.c */
	const char *units[2];	    /* preprocessed, in the configurations */
	size_t findings;
	enum change change;
};

static void check_with(const struct scene *scene,
		       const struct renamed *renamed)
{
	struct text old = { .path = "x.c",
			    .data = scene->before,
			    .len = strlen(scene->before) };
	struct text new = { .path = "x.c",
			    .data = scene->after,
			    .len = strlen(scene->after) };
	const struct contract contract = {
		.change = scene->change,
		.renamed = renamed,
		.nr_renamed = renamed != NULL,
	};
	struct outcome o = OUTCOME_INIT(RUNG_TOKENS);
	struct error err = ERROR_INIT;
	char paths[2][40];
	struct unit units[2];
	struct state before[2], after[2];

	outcome_ran(&o);
	for (int i = 0; i < 2; i++) {
		snprintf(paths[i], sizeof(paths[i]), "/tmp/compiled-XXXXXX");
		close(mkstemp(paths[i]));
		assert_int_equal(fs_write(paths[i], scene->units[i],
					  strlen(scene->units[i]), &err), 0);
		units[i] = (struct unit){ .source = "x.c", .tokens = paths[i] };
		before[i] = (struct state){ &old, 1, &units[i], 1 };
		after[i] = (struct state){ &new, 1, &units[i], 1 };
	}
	assert_int_equal(verify_compiled(&contract, before, after, 2, &o, &err),
			 0);
	assert_int_equal(o.nr, scene->findings);
	assert_int_equal(o.result, o.nr ? RESULT_UNDECIDED : RESULT_EQUAL);
	outcome_release(&o);
	for (int i = 0; i < 2; i++)
		unlink(paths[i]);
}

static void check(const struct scene *scene)
{
	check_with(scene, NULL);
}

static void test_compiled_change(void **state)
{
	(void)state;
	check(&(struct scene){ FILE_OF("1", "1"), FILE_OF("2", "1"),
			       { KEPT, KEPT }, 0, CHANGE_MOVE });
}

static void test_change_in_no_configuration(void **state)
{
	(void)state;
	check(&(struct scene){ FILE_OF("1", "1"), FILE_OF("1", "2"),
			       { KEPT, KEPT }, 2, CHANGE_MOVE });
}

static void test_change_in_one_configuration(void **state)
{
	(void)state;
	check(&(struct scene){ FILE_OF("1", "1"), FILE_OF("1", "2"),
			       { KEPT, WHOLE }, 0, CHANGE_MOVE });
}

static void test_comment_is_no_code(void **state)
{
	(void)state;
	check(&(struct scene){ FILE_OF("1", "1"), FILE_OF("1", "1 /* one */"),
			       { KEPT, KEPT }, 0, CHANGE_MOVE });
}

static void test_file_of_no_unit(void **state)
{
	(void)state;
	check(&(struct scene){ FILE_OF("1", "1"), FILE_OF("2", "1"),
			       { OTHER, OTHER }, 2, CHANGE_MOVE });
}

static void test_order_in_no_configuration(void **state)
{
	(void)state;
	check(&(struct scene){ FILE_OF("1", "f() + g()"),
			       FILE_OF("1", "g() + f()"), { KEPT, KEPT }, 2,
			       CHANGE_MOVE });
}

#define MACROS(first, last)                                                    \
	"#define GET() " first "()\n#define TWO() GET()\n"                     \
	"int a(void)\n{\n\treturn TWO();\n}\n#define LOST() " last "()\n"
#define EXPANDED "# 3 \"x.c\"\nint a(void)\n{\n return mix();\n}\n"

/* What a rename changed in a macro must be expanded somewhere. */
static void test_macros_of_a_rename(void **state)
{
	(void)state;
	check(&(struct scene){ MACROS("mix", "mix"), MACROS("blend", "mix"),
			       { EXPANDED, EXPANDED }, 0, CHANGE_RENAME });
	check(&(struct scene){ MACROS("mix", "mix"), MACROS("mix", "blend"),
			       { EXPANDED, EXPANDED }, 1, CHANGE_RENAME });
	check(&(struct scene){ MACROS("mix", "mix"), MACROS("blend", "mix"),
			       { OTHER, OTHER }, 1, CHANGE_RENAME });
	check(&(struct scene){ MACROS("mix", "mix"), MACROS("mix", "blend"),
			       { EXPANDED, EXPANDED }, 0, CHANGE_MOVE });
}

#define STUB(off) STUB_OF("#ifdef CONFIG_ON", off)
#define STUB_OF(condition, off)                                                \
	"int a(void)\n{\n" condition "\n\treturn 1;\n#else\n\t" off "\n"      \
	"#endif\n}\n"
#define REST "int rest;\n"

/* STUB(old) moves from x.h to y.h, where it is STUB(new); both are compiled. */
static void check_moved(const char *old, const char *new, enum change change,
			size_t findings)
{
	struct text before[] = { { "x.h", old, strlen(old), false },
				 { "y.h", REST, strlen(REST), false } };
	struct text after[] = { { "x.h", REST, strlen(REST), false },
				{ "y.h", new, strlen(new), false } };
	const struct contract contract = { .change = change };
	static const char kept[] = "# 1 \"x.h\"\nint a(void)\n{\n\n return 1;\n"
				   "# 8 \"x.h\"\n}\n"
				   "# 1 \"y.h\"\nint a(void)\n{\n\n return 1;\n"
				   "# 8 \"y.h\"\n}\n";
	struct outcome o = OUTCOME_INIT(RUNG_TOKENS);
	char path[] = "/tmp/compiled-XXXXXX";
	struct unit unit = { .source = "x.c", .tokens = path };
	struct state a = { before, 2, &unit, 1 }, b = { after, 2, &unit, 1 };
	struct error err = ERROR_INIT;

	close(mkstemp(path));
	assert_int_equal(fs_write(path, kept, strlen(kept), &err), 0);
	outcome_ran(&o);
	assert_int_equal(verify_compiled(&contract, &a, &b, 1, &o, &err), 0);
	assert_int_equal(o.nr, findings);
	outcome_release(&o);
	unlink(path);
}

static void test_moved_stub(void **state)
{
	(void)state;
	check_moved(STUB("return false;"), STUB("return false;"), CHANGE_MOVE,
		    0);
	/* A name may mean something else there; a changed stub did not move. */
	check_moved(STUB("return other;"), STUB("return other;"), CHANGE_MOVE,
		    2);
	check_moved(STUB("return false;"), STUB("return true;"), CHANGE_MOVE,
		    2);
	check_moved(STUB("return false;"), STUB("return false;"),
		    CHANGE_TRANSFORM, 2);
	/* The condition may mean something else there. */
	check_moved(STUB_OF("#ifdef OWN", "return false;"),
		    STUB_OF("#ifdef OWN", "return false;"), CHANGE_MOVE, 2);
	check_moved(STUB_OF("#if CONFIG_ON > OWN", "return false;"),
		    STUB_OF("#if CONFIG_ON > OWN", "return false;"),
		    CHANGE_MOVE, 2);
}

/* What a rename leaves, or what has the new name, must be compiled. */
static void test_names_of_a_rename(void **state)
{
	static const struct renamed mix = { "mix", "blend" };
	static const struct {
		const char *never, *tested;
		size_t findings;
	} v[] = {
		{ "0", "NEVER", 0 },
		{ "mixed()", "NEVER", 0 },
		{ "0 /* mix */", "NEVER", 0 },
		{ "mix()", "NEVER", 1 },
		{ "blend()", "NEVER", 1 },
		{ "0", "mix", 1 },
		{ "0", "blend", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(v); i++) {
		char *text = xasprintf("int a(void)\n{\n\treturn 1;\n}\n"
				       "#ifdef %s\nint b(void)\n{\n"
				       "\treturn %s;\n}\n#endif\n",
				       v[i].tested, v[i].never);
		struct scene scene = { text, text, { KEPT, KEPT },
				       v[i].findings, CHANGE_RENAME };

		check_with(&scene, &mix);
		scene.change = CHANGE_MOVE;
		scene.findings = 0;
		check_with(&scene, &mix);
		free(text);
	}
	check_with(&(struct scene){ MACROS("mix", "f"), MACROS("mix", "f"),
				    { EXPANDED, EXPANDED }, 0, CHANGE_RENAME },
		   &mix);
	check_with(&(struct scene){ MACROS("f", "mix"), MACROS("f", "mix"),
				    { EXPANDED, EXPANDED }, 1, CHANGE_RENAME },
		   &mix);
	check_with(&(struct scene){ FILE_OF("1", "mix()"),
				    FILE_OF("1", "mix()"), { WHOLE, KEPT }, 0,
				    CHANGE_RENAME }, &mix);
}

/* Whose includes change must be compiled somewhere, changed code or not. */
static void test_includes(void **state)
{
	struct contract c = { .change = CHANGE_INCLUDES };
	struct text t = { .path = "x.c", .data = "int a;\n", .len = 7 };
	struct state side = { &t, 1, NULL, 0 };
	struct outcome o = OUTCOME_INIT(RUNG_TOKENS);
	struct error err = ERROR_INIT;

	(void)state;
	outcome_ran(&o);
	assert_int_equal(verify_compiled(&c, &side, &side, 1, &o, &err), 0);
	assert_int_equal(o.result, RESULT_EQUAL);
	strv_add(&c.files, "x.c");
	assert_int_equal(verify_compiled(&c, &side, &side, 1, &o, &err), 0);
	assert_int_equal(o.result, RESULT_UNDECIDED);
	strv_release(&c.files);
	outcome_release(&o);
}

/* Code that nothing compiles may have needed what no longer is included. */
static void test_includes_gone(void **state)
{
	static const char text[] = FILE_OF("1", "MAYBE");
	struct contract c = { .change = CHANGE_INCLUDES };
	struct text t = { "x.c", text, strlen(text), false };
	char path[] = "/tmp/compiled-XXXXXX";
	struct unit unit = { .source = "x.c", .tokens = path };
	struct state side = { &t, 1, &unit, 1 };
	struct outcome o = OUTCOME_INIT(RUNG_TOKENS);
	struct error err = ERROR_INIT;

	(void)state;
	close(mkstemp(path));
	assert_int_equal(fs_write(path, KEPT, strlen(KEPT), &err), 0);
	outcome_ran(&o);
	strv_add(&c.files, "x.c");
	assert_int_equal(verify_compiled(&c, &side, &side, 1, &o, &err), 0);
	assert_int_equal(o.result, RESULT_EQUAL);
	strv_add(&c.removed, "<maybe.h>");
	assert_int_equal(verify_compiled(&c, &side, &side, 1, &o, &err), 0);
	assert_int_equal(o.result, RESULT_UNDECIDED);
	assert_string_equal(o.findings[0].where, "x.c:6");
	assert_int_equal(fs_write(path, WHOLE, strlen(WHOLE), &err), 0);
	outcome_release(&o);
	o = (struct outcome)OUTCOME_INIT(RUNG_TOKENS);
	outcome_ran(&o);
	assert_int_equal(verify_compiled(&c, &side, &side, 1, &o, &err), 0);
	assert_int_equal(o.result, RESULT_EQUAL);
	strv_release(&c.files);
	strv_release(&c.removed);
	outcome_release(&o);
	unlink(path);
}

static void test_unreadable_text(void **state)
{
	struct text t = { .path = "x.c", .data = "int a;\n", .len = 7 };
	struct text u = { .path = "x.c", .data = "int b;\n", .len = 7 };
	struct unit unit = { .source = "x.c", .tokens = "/no/such/file" };
	struct state before = { &t, 1, &unit, 1 }, after = { &u, 1, &unit, 1 };
	const struct contract contract = { .change = CHANGE_MOVE };
	struct outcome o = OUTCOME_INIT(RUNG_TOKENS);
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(verify_compiled(&contract, &before, &after, 1, &o,
					 &err),
			 -1);
	error_release(&err);
	outcome_release(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compiled_change),
		cmocka_unit_test(test_change_in_no_configuration),
		cmocka_unit_test(test_change_in_one_configuration),
		cmocka_unit_test(test_comment_is_no_code),
		cmocka_unit_test(test_file_of_no_unit),
		cmocka_unit_test(test_order_in_no_configuration),
		cmocka_unit_test(test_moved_stub),
		cmocka_unit_test(test_includes),
		cmocka_unit_test(test_includes_gone),
		cmocka_unit_test(test_macros_of_a_rename),
		cmocka_unit_test(test_names_of_a_rename),
		cmocka_unit_test(test_unreadable_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
