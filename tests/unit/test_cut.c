// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cutting and splicing: what leaves a file, what stays, and the blank lines at
 * both ends. Each case is two small files before and after.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/cut.h"
#include "driver/splice.h"
#include "lib/strv.h"

struct move {
	const char *source;
	const char *names; /* by blanks */
	const char *target;
	const char *after; /* NULL: at the end */
	const char *rest;  /* expected source */
	const char *result; /* expected target */
};

static size_t find_definition(const struct items *items, const char *name)
{
	for (size_t i = 0; i < items->nr; i++) {
		enum item_kind kind = items->v[i].kind;

		if ((item_is_definition(&items->v[i]) ||
		     kind == ITEM_PROTOTYPE) &&
		    streq(items->v[i].name, name))
			return i;
	}
	fail_msg("no item %s", name);
	return ITEMS_NONE;
}

/* Moves the names; true when there was no drift. */
static bool apply(const struct move *m, struct buf *rest, struct buf *target,
		  struct drifts *drifts)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	_cleanup_(pieces_release) struct pieces pieces = { 0 };
	struct items items;
	struct cut cut;
	bool ok;

	items_parse(m->source, strlen(m->source), &items);
	cut_init(&cut, &items, "from.c");
	strv_split(&names, m->names, " ");
	for (size_t i = 0; i < names.nr; i++)
		cut_move(&cut, find_definition(&items, names.v[i]), NULL);
	buf_addstr(target, m->target);
	ok = cut_settle(&cut, drifts);
	if (ok) {
		cut_rest(&cut, rest);
		cut_pieces(&cut, &pieces);
		ok = splice(target, "to.c", m->after, &pieces, drifts);
	}
	cut_release(&cut);
	items_release(&items);
	return ok;
}

static void check(const struct move *m)
{
	_cleanup_(buf_release) struct buf rest = BUF_INIT;
	_cleanup_(buf_release) struct buf target = BUF_INIT;
	struct drifts drifts = { 0 };
	bool ok = apply(m, &rest, &target, &drifts);

	if (!ok)
		fail_msg("drift: %s", drifts.v[0].message);
	assert_string_equal(rest.data, m->rest);
	assert_string_equal(target.data, m->result);
	drifts_release(&drifts);
}

/* The move must be refused at this line with a message that holds 'what'. */
static void check_drift(const struct move *m, enum drift_class class,
			const char *path, unsigned int line, const char *what)
{
	_cleanup_(buf_release) struct buf rest = BUF_INIT;
	_cleanup_(buf_release) struct buf target = BUF_INIT;
	struct drifts drifts = { 0 };

	assert_false(apply(m, &rest, &target, &drifts));
	assert_int_equal(drifts.nr, 1);
	assert_int_equal(drifts.v[0].class, class);
	assert_string_equal(drifts.v[0].path, path);
	assert_int_equal(drifts.v[0].line, line);
	assert_non_null(strstr(drifts.v[0].message, what));
	drifts_release(&drifts);
}

#define A "int a(void)\n{\n\treturn 1;\n}\n"
#define B "int b(void)\n{\n\treturn 2;\n}\n"
#define C "int c(void)\n{\n\treturn 3;\n}\n"
#define T "int t(void)\n{\n\treturn 9;\n}\n"

static void test_middle(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n" B "\n" C, .names = "b", .target = T,
		.rest = A "\n" C, .result = T "\n" B,
	});
}

static void test_first(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n" B, .names = "a", .target = T,
		.rest = B, .result = T "\n" A,
	});
}

static void test_last(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n" B, .names = "b", .target = T,
		.rest = A, .result = T "\n" B,
	});
}

static void test_all(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n" B, .names = "b a", .target = "",
		.rest = "", .result = A "\n" B,
	});
}

static void test_without_last_newline(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\nint b(void)\n{\n\treturn 2;\n}", .names = "b",
		.target = "int t(void)\n{\n\treturn 9;\n}",
		.rest = A, .result = T "\n" B,
	});
	check(&(struct move){
		.source = A "\nint b(void)\n{\n\treturn 2;\n}", .names = "a",
		.target = T, .rest = "int b(void)\n{\n\treturn 2;\n}",
		.result = T "\n" A,
	});
}

/* Two inlines without a blank line between stay so when they go together. */
static void test_glued(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A B "\n" C, .names = "a b", .target = T,
		.rest = C, .result = T "\n" A B,
	});
	check(&(struct move){
		.source = A B "\n" C, .names = "b", .target = T,
		.rest = A "\n" C, .result = T "\n" B,
	});
	check(&(struct move){
		.source = A "\n" B C, .names = "b", .target = T,
		.rest = A "\n" C, .result = T "\n" B,
	});
	check(&(struct move){
		.source = A B C, .names = "b", .target = T,
		.rest = A C, .result = T "\n" B,
	});
	check(&(struct move){
		.source = A B C, .names = "a c", .target = T,
		.rest = B, .result = T "\n" A "\n" C,
	});
}

static void test_no_double_blank(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n" B "\n\n" C, .names = "b", .target = T,
		.rest = A "\n" C, .result = T "\n" B,
	});
	check(&(struct move){
		.source = A "\n\n" B "\n\n" C, .names = "b", .target = T,
		.rest = A "\n" C, .result = T "\n" B,
	});
	check(&(struct move){
		.source = A "\n\n" B "\n\n\n" C, .names = "a b", .target = T,
		.rest = C, .result = T "\n" A "\n" B,
	});
	check(&(struct move){
		.source = A, .names = "a", .target = T "\n\n",
		.rest = "", .result = T "\n" A,
	});
}

/* A double blank line elsewhere is not ours to mend. */
static void test_rest_is_untouched(void **state)
{
	(void)state;
	check(&(struct move){
		.source = "int x;  \n\n\n" A "\n" B "\n\n\nint y;\n",
		.names = "a", .target = "int t; \n\n\n" T,
		.rest = "int x;  \n\n" B "\n\n\nint y;\n",
		.result = "int t; \n\n\n" T "\n" A,
	});
}

static void test_leading_comment(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n/* About b. */\n" B "\n" C, .names = "b",
		.target = T, .rest = A "\n" C,
		.result = T "\n/* About b. */\n" B,
	});
}

/* Hazard: spatch takes a section banner along. */
static void test_banner_stays(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n/* ---- section ---- */\n\n" B "\n" C,
		.names = "b", .target = T,
		.rest = A "\n/* ---- section ---- */\n\n" C,
		.result = T "\n" B,
	});
}

/* Hazard: a comment glued under the previous function belongs to that. */
static void test_comment_under_function(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "/* end of a */\n\n" B "\n" C, .names = "b",
		.target = T, .rest = A "/* end of a */\n\n" C,
		.result = T "\n" B,
	});
}

/* Hazard: comments behind a brace or an export are on the item's own line. */
static void test_trailing_comments(void **state)
{
	static const char moved[] = "int b(void)\n{\n\treturn 2;\n} /* b */\n"
				    "EXPORT_SYMBOL_GPL(b); /* for y */\n";
	_cleanup_(buf_release) struct buf source = BUF_INIT;
	_cleanup_(buf_release) struct buf result = BUF_INIT;

	(void)state;
	buf_addf(&source, "%s\n%s\n%s", A, moved, C);
	buf_addf(&result, "%s\n%s", T, moved);
	check(&(struct move){
		.source = source.data, .names = "b", .target = T,
		.rest = A "\n" C, .result = result.data,
	});
}

static void test_exports(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "EXPORT_SYMBOL_GPL(a);\n\n" B
			    "EXPORT_SYMBOL_GPL(b);\n\n" C,
		.names = "b", .target = T,
		.rest = A "EXPORT_SYMBOL_GPL(a);\n\n" C,
		.result = T "\n" B "EXPORT_SYMBOL_GPL(b);\n",
	});
	check(&(struct move){
		.source = A "\nEXPORT_SYMBOL_GPL(a);\n\n" B, .names = "a",
		.target = T, .rest = B,
		.result = T "\n" A "\nEXPORT_SYMBOL_GPL(a);\n",
	});
}

/* A line that names the function moves with it from wherever it stands. */
static void test_far_export(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n" B "\nEXPORT_SYMBOL_GPL(a);\n"
			    "EXPORT_SYMBOL_GPL(b);\n",
		.names = "a", .target = T,
		.rest = B "\nEXPORT_SYMBOL_GPL(b);\n",
		.result = T "\n" A "EXPORT_SYMBOL_GPL(a);\n",
	});
}

/* Hazard: directives inside a body are left behind by spatch. */
static void test_directives_in_body(void **state)
{
	static const char moved[] =
		"int b(void)\n{\n#define N 4\n#if 0\n\tdead();\n#endif\n"
		"#ifdef X\n\tint x = N;\n\n#else\n\tint x = 0;\n#endif\n"
		"#undef N\n\treturn x;\n}\n";
	_cleanup_(buf_release) struct buf source = BUF_INIT;
	_cleanup_(buf_release) struct buf result = BUF_INIT;

	(void)state;
	buf_addf(&source, "%s\n%s\n%s", A, moved, C);
	buf_addf(&result, "%s\n%s", T, moved);
	check(&(struct move){
		.source = source.data, .names = "b", .target = T,
		.rest = A "\n" C, .result = result.data,
	});
}

/* Hazard: removing a prototype moved its attribute to the next one. */
static void test_attribute_at_end(void **state)
{
	static const char stop[] =
		"void stop(void) __attribute__((noreturn));\n";
	_cleanup_(buf_release) struct buf source = BUF_INIT;
	_cleanup_(buf_release) struct buf result = BUF_INIT;

	(void)state;
	buf_addf(&source, "void go(void);\n%svoid on(void);\n", stop);
	buf_addf(&result, "%s\n%s", T, stop);
	check(&(struct move){
		.source = source.data, .names = "stop", .target = T,
		.rest = "void go(void);\nvoid on(void);\n",
		.result = result.data,
	});
}

static void test_crlf(void **state)
{
	(void)state;
	check(&(struct move){
		.source = "int a;\r\n\r\nint b;\r\n\r\nint c;\r\n",
		.names = "b", .target = "int t;\r\n",
		.rest = "int a;\r\n\r\nint c;\r\n",
		.result = "int t;\r\n\r\nint b;\r\n",
	});
	check_drift(&(struct move){ .source = "int a;\r\n\r\nint b;\r\n",
				    .names = "b", .target = "int t;\n" },
		    DRIFT_DESTINATION, "to.c", 1, "line ends");
}

#define GUARD "#ifndef H\n#define H\n"

static void test_header(void **state)
{
	(void)state;
	check(&(struct move){
		.source = GUARD "\n" A "\n" B "\n#endif\n", .names = "b",
		.target = GUARD "\n" T "\n#endif\n",
		.rest = GUARD "\n" A "\n#endif\n",
		.result = GUARD "\n" T "\n" B "\n#endif\n",
	});
	check(&(struct move){
		.source = A "\n" B, .names = "b",
		.target = GUARD "\n#endif /* H */\n",
		.rest = A, .result = GUARD "\n" B "\n#endif /* H */\n",
	});
	check(&(struct move){
		.source = A "\n" B, .names = "b",
		.target = GUARD T "#endif\n",
		.rest = A, .result = GUARD T "\n" B "#endif\n",
	});
}

static void test_prototypes_stay_glued(void **state)
{
	(void)state;
	check(&(struct move){
		.source = "int a(void);\nint b(void);\n\nint c(void);\n",
		.names = "a c",
		.target = GUARD "\nint t(void);\n\n#endif\n",
		.rest = "int b(void);\n",
		.result = GUARD "\nint t(void);\nint a(void);\nint c(void);\n"
				"\n#endif\n",
	});
}

static void test_after(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n" B, .names = "a", .after = "t",
		.target = T "EXPORT_SYMBOL(t);\n\n" C,
		.rest = B, .result = T "EXPORT_SYMBOL(t);\n\n" A "\n" C,
	});
	check(&(struct move){
		.source = A "\n" B, .names = "a", .after = "t",
		.target = T C, .rest = B, .result = T "\n" A "\n" C,
	});
	check(&(struct move){
		.source = "int a(void);\nint b(void);\n", .names = "a",
		.after = "t", .target = "int t(void);\nint u(void);\n",
		.rest = "int b(void);\n",
		.result = "int t(void);\nint a(void);\nint u(void);\n",
	});
	check_drift(&(struct move){ .source = A "\n" B, .names = "a",
				    .after = "nothing", .target = T },
		    DRIFT_ABSENT, "to.c", 0, "'nothing'");
	check_drift(&(struct move){ .source = A "\n" B, .names = "a",
				    .after = "t",
				    .target = "#ifdef X\n" T "#endif\n" },
		    DRIFT_DESTINATION, "to.c", 2, "under an #if");
}

static void test_conditional_partly(void **state)
{
	(void)state;
	check(&(struct move){
		.source = "#ifdef X\n" A "\n" B "\n" C "#endif /* X */\n",
		.names = "a b", .target = T,
		.rest = "#ifdef X\n" C "#endif /* X */\n",
		.result = T "\n#ifdef X\n" A "\n" B "#endif /* X */\n",
	});
	check(&(struct move){
		.source = "#ifdef X\n\n" A "\n" B "\n#endif\n\n" C,
		.names = "c b", .target = T,
		.rest = "#ifdef X\n\n" A "\n#endif\n",
		.result = T "\n#ifdef X\n\n" B "\n#endif\n\n" C,
	});
}

static void test_conditional_whole(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n#ifdef X\n" B "#endif\n\n" C, .names = "b",
		.target = T, .rest = A "\n" C,
		.result = T "\n#ifdef X\n" B "#endif\n",
	});
	check(&(struct move){
		.source = A "\n/* Why X. */\n#if X\n" B
			    "\n#ifdef Y\n" C "#endif\n#endif\n",
		.names = "b c", .target = T, .rest = A,
		.result = T "\n/* Why X. */\n#if X\n" B
			    "\n#ifdef Y\n" C "#endif\n#endif\n",
	});
	check(&(struct move){
		.source = A "\n#if X\n" B "\n#ifdef Y\n" C "#endif\n#endif\n",
		.names = "c", .target = T,
		.rest = A "\n#if X\n" B "#endif\n",
		.result = T "\n#if X\n#ifdef Y\n" C "#endif\n#endif\n",
	});
}

/* Hazard: "#ifdef A f #else f #endif" loses both and leaves empty directives. */
static void test_conditional_branches(void **state)
{
	(void)state;
	check(&(struct move){
		.source = A "\n#ifdef X\n" B "#else\n" C "#endif\n",
		.names = "b c", .target = T, .rest = A,
		.result = T "\n#ifdef X\n" B "#else\n" C "#endif\n",
	});
	check_drift(&(struct move){
			    .source = A "\n#ifdef X\n" B "#else\n" C "#endif\n",
			    .names = "b", .target = T },
		    DRIFT_BRANCHES, "from.c", 6, "#else");
	check_drift(&(struct move){
			    .source = "#ifdef X\n/* why */\n\n" A "#endif\n",
			    .names = "a", .target = T },
		    DRIFT_TWICE, "from.c", 1, "comment");
}

static void test_split(void **state)
{
	(void)state;
	check_drift(&(struct move){
			    .source = "#ifdef X\nint a(int x)\n{\n#else\n"
				      "int a(long x)\n{\n#endif\n"
				      "\treturn x;\n}\n",
			    .names = "a", .target = T },
		    DRIFT_BRANCHES, "from.c", 1, "split");
}

static void test_one_line_two_items(void **state)
{
	(void)state;
	check_drift(&(struct move){ .source = "int a; int b;\n",
				    .names = "b", .target = T },
		    DRIFT_TWICE, "from.c", 1, "shares a line");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_middle),
		cmocka_unit_test(test_first),
		cmocka_unit_test(test_last),
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_without_last_newline),
		cmocka_unit_test(test_glued),
		cmocka_unit_test(test_no_double_blank),
		cmocka_unit_test(test_rest_is_untouched),
		cmocka_unit_test(test_leading_comment),
		cmocka_unit_test(test_banner_stays),
		cmocka_unit_test(test_comment_under_function),
		cmocka_unit_test(test_trailing_comments),
		cmocka_unit_test(test_exports),
		cmocka_unit_test(test_far_export),
		cmocka_unit_test(test_directives_in_body),
		cmocka_unit_test(test_attribute_at_end),
		cmocka_unit_test(test_crlf),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_prototypes_stay_glued),
		cmocka_unit_test(test_after),
		cmocka_unit_test(test_conditional_partly),
		cmocka_unit_test(test_conditional_whole),
		cmocka_unit_test(test_conditional_branches),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_one_line_two_items),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
