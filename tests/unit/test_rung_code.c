// SPDX-License-Identifier: GPL-2.0-only
/*
 * The code rung on units, and the code-size table: which objects are loaded,
 * what a contract allows, and where a copy comes from.
 */
#define _GNU_SOURCE
#include "rung_scene.h"

#define HELPER "static inline __attribute__((noinline)) int helper(int x)\n" \
	"{ return num(x, x + 7) * 3; }\n"
#define CALL(f) "int " f "(int x) { return helper(x) + 1; }\n"
#define STATIC_Q "static int q(int x) { return num(x, 4) + 1; }\n"
#define Q "int q(int x) { return num(x, 4) + 1; }\n"
#define R "int r(int x) { return q(x) * 2 + q(x + 1); }\n"
#define FORCED "static inline __attribute__((always_inline)) int q(int x);\n"

static void check(enum change change, const char *name, bool as_inline,
		  const struct source *before, const struct source *after,
		  enum result want)
{
	struct contract c = { .change = change, .as_inline = as_inline };
	struct outcome o = OUTCOME_INIT(RUNG_CODE);
	_cleanup_free_ char *findings = NULL;

	if (name)
		strv_add(change == CHANGE_EXTRACT ? &c.helpers : &c.names, name);
	run(&c, before, after, &o);
	findings = all_findings(&o);
	if (o.result != want)
		fail_msg("%s, not %s%s", result_name(o.result),
			 result_name(want), findings);
	assert_true(o.checked > 0 || want != RESULT_EQUAL);
	outcome_release(&o);
	strv_release(&c.names);
	strv_release(&c.helpers);
}

static const struct source both[] = {
	{ "a.c", "", EXT Q "int r(int x) { return num(2, x); }", "1" },
	{ "z.c", "", EXT "int z(int x) { return num(3, x); }", "7" }, { 0 },
};

static void test_move(void **state)
{
	static const struct source moved[] = {
		{ "a.c", "", EXT "int r(int x) { return num(2, x); }", "2" },
		{ "b.c", "", EXT Q, "3" },
		{ "z.c", "", EXT "int z(int x) { return num(3, x); }", "7" }, { 0 },
	}, wrong[] = {
		{ "a.c", "", EXT "int r(int x) { return num(2, x); }", "2" },
		{ "b.c", "", EXT "int q(int x) { return num(x, 4) - 1; }", "3" },
		{ "z.c", "", EXT "int z(int x) { return num(3, x); }", "7" }, { 0 },
	};

	(void)state;
	check(CHANGE_MOVE, "q", false, both, moved, RESULT_EQUAL);
	check(CHANGE_MOVE, "q", false, both, wrong, RESULT_DIFFERENT);
}

/* The object of a renamed source file: under one name before, another after. */
static void test_renamed(void **state)
{
	static const struct source renamed[] = {
		{ "b.c", "", EXT Q "int r(int x) { return num(2, x); }", "1" },
		{ "z.c", "", EXT "int z(int x) { return num(3, x); }", "7" }, { 0 },
	}, wrong[] = {
		{ "b.c", "", EXT Q "int r(int x) { return num(x, 2); }", "2" },
		{ "z.c", "", EXT "int z(int x) { return num(3, x); }", "7" }, { 0 },
	};

	(void)state;
	check(CHANGE_RENAME_FILE, NULL, false, both, renamed, RESULT_EQUAL);
	check(CHANGE_RENAME_FILE, NULL, false, both, wrong, RESULT_DIFFERENT);
}

/* Equal keys mean equal tokens: such an object is not even opened. */
static void test_equal_keys(void **state)
{
	static const struct unit a = { "a.c", NULL, "/nonexistent/a.o", "1" };
	static const struct unit b = { "a.c", NULL, "/nonexistent/b.o", "1" };
	static const struct unit no = { "a.c", NULL, "/nonexistent/b.o", NULL };
	const struct contract c = { .change = CHANGE_MOVE };
	struct state before = { .units = &a, .nr_units = 1 };
	struct state after = { .units = &b, .nr_units = 1 };
	struct outcome o = OUTCOME_INIT(RUNG_CODE);
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(verify_code(&c, &before, &after, &o, &err), 0);
	assert_int_equal(o.result, RESULT_EQUAL);
	assert_int_equal(o.checked, 1);
	before.units = &a;
	after.units = &no;
	assert_int_equal(verify_code(&c, &before, &after, &o, &err), -1);
	/* one object for both sides is not opened either, whatever the keys */
	before.units = &no;
	assert_int_equal(verify_code(&c, &before, &after, &o, &err), 0);
	assert_int_equal(o.checked, 2);
	error_release(&err);
	outcome_release(&o);
}

static void test_object_is_missing(void **state)
{
	static const struct source missing[] = {
		{ "a.c", "", "!", "2" },
		{ "z.c", "", EXT "int z(int x) { return num(3, x); }", "7" }, { 0 },
	};

	(void)state;
	check(CHANGE_MOVE, "q", false, both, missing, RESULT_UNDECIDED);
	check(CHANGE_MOVE, "q", false, missing, both, RESULT_UNDECIDED);
}

static void test_unit_vanishes(void **state)
{
	static const struct source one[] = {
		{ "a.c", "", EXT Q "int r(int x) { return num(2, x); }", "1" },
		{ 0 },
	};

	(void)state;
	check(CHANGE_MOVE, "q", false, both, one, RESULT_DIFFERENT);
}

static void test_promotion(void **state)
{
	static const struct source before[] = { { "a.c", EXT, STATIC_Q R, "1" },
						{ 0 } };
	static const struct source after[] = { { "a.c", EXT, Q R, "2" }, { 0 } };

	(void)state;
	check(CHANGE_PROMOTE, "q", false, before, after, RESULT_EQUAL);
	check(CHANGE_PROMOTE, "r", false, before, after, RESULT_DIFFERENT);
	check(CHANGE_MOVE, "q", false, before, after, RESULT_DIFFERENT);
	check(CHANGE_PROMOTE, "q", true, before, after, RESULT_DIFFERENT);
}

static void test_promotion_as_inline(void **state)
{
	static const struct source before[] = {
		{ "a.c", EXT FORCED, STATIC_Q R, "1" }, { 0 } };
	static const struct source after[] = {
		{ "a.c", EXT FORCED STATIC_Q, R, "2" }, { 0 } };
	static const struct source wrong[] = {
		{ "a.c", EXT FORCED, "static inline int q(int x)"
				     "{ return num(x, 5) + 1; }" R, "3" }, { 0 } };
	static const struct source own[] = {
		{ "a.c", EXT, STATIC_Q R, "4" }, { 0 } };

	(void)state;
	check(CHANGE_PROMOTE, "q", true, before, after, RESULT_EQUAL);
	check(CHANGE_PROMOTE, "q", true, before, wrong, RESULT_DIFFERENT);
	/* A function of its own on one side: its callers then differ. */
	check(CHANGE_PROMOTE, "q", true, own, after, RESULT_DIFFERENT);
}

/* The caller with the helper in it must be the caller that was. */
static void test_extraction(void **state)
{
#define REST "int z(int x) { return num(x, 9); }\n"
#define WHOLE "int r(int x) { if (num(x, 1) > 2) return -22; return num(x, 3); }\n" \
	REST
#define SPLIT(limit) "static inline __attribute__((always_inline)) int q(int x)" \
	"{ if (num(x, 1) > " limit ") return -22; return 0; }\n"
#define CALLER "int r(int x) { if (q(x)) return -22; return num(x, 3); }\n"
	static const struct source before[] = { { "a.c", EXT, WHOLE, "1" },
						{ 0 } };
	static const struct source after[] = {
		{ "a.c", EXT, SPLIT("2") CALLER REST, "2" }, { 0 } };
	static const struct source wrong[] = {
		{ "a.c", EXT, SPLIT("3") CALLER REST, "3" }, { 0 } };
	static const struct source own[] = {
		{ "a.c", EXT, "static __attribute__((noinline)) int q(int x)"
			      "{ if (num(x, 1) > 2) return -22; return 0; }\n"
			      CALLER REST, "4" }, { 0 } };
	static const struct source more[] = {
		{ "a.c", EXT, SPLIT("2") CALLER "int z(int x) { return num(x, 8); }\n",
		  "5" }, { 0 } };

	(void)state;
	check(CHANGE_EXTRACT, "q", false, before, after, RESULT_EQUAL);
	check(CHANGE_EXTRACT, "q", false, before, wrong, RESULT_DIFFERENT);
	check(CHANGE_EXTRACT, "q", false, before, own, RESULT_DIFFERENT);
	check(CHANGE_EXTRACT, "q", false, before, more, RESULT_DIFFERENT);
}

/* The text says whether the copy comes from a header. */
static void test_copies(void **state)
{
	static const struct source header[] = {
		{ "a.c", EXT HELPER, CALL("f") CALL("g"), "1" }, { 0 } };
	static const struct source header_moved[] = {
		{ "a.c", EXT HELPER, CALL("f"), "2" },
		{ "b.c", EXT HELPER, CALL("g"), "3" }, { 0 } };
	static const struct source own[] = {
		{ "a.c", EXT, HELPER CALL("f") CALL("g"), "4" }, { 0 } };
	static const struct source own_copied[] = {
		{ "a.c", EXT, HELPER CALL("f"), "5" },
		{ "b.c", EXT, HELPER CALL("g"), "6" }, { 0 } };

	(void)state;
	check(CHANGE_MOVE, "g", false, header, header_moved, RESULT_EXPLAINED);
	check(CHANGE_MOVE, "g", false, own, own_copied, RESULT_DIFFERENT);
	check(CHANGE_MOVE, "g", false, header_moved, header, RESULT_EXPLAINED);
}

#define STATE(declaration, use)                                                \
	"static inline __attribute__((always_inline)) int prepare(void)\n"      \
	"{ static " declaration "; " use " }\n"
#define KEY(name)                                                              \
	"extern int init(void *);\n"                                            \
	STATE("struct { int x; } " name, "return init(&" name ");")
#define ONCE(name)                                                             \
	STATE("_Bool __attribute__((section(\".data..once\"))) " name,          \
	      "if (" name ") return 0; " name " = 1; return num(1, 2);")
#define PREPARES(f) "int " f "(void) { return prepare() + 1; }\n"

static void check_state(const char *state, enum result want)
{
	const struct source together[] = {
		{ "a.c", state, PREPARES("f") PREPARES("g"), "1" }, { 0 } };
	const struct source apart[] = {
		{ "a.c", state, PREPARES("f"), "2" },
		{ "b.c", state, PREPARES("g"), "3" }, { 0 } };

	check(CHANGE_MOVE, "g", false, together, apart, want);
}

/* What objtool puts in front of a function is as often there as it is. */
static void test_copies_with_padding(void **state)
{
#define PFX "asm(\".pushsection .text.helper\\n__pfx_helper: .skip 16, 0x90\\n" \
	".type __pfx_helper, @function\\n.size __pfx_helper, 16\\n.popsection\");\n"
	static const struct source before[] = {
		{ "a.c", EXT HELPER, PFX CALL("f") CALL("g"), "1" }, { 0 } };
	static const struct source after[] = {
		{ "a.c", EXT HELPER, PFX CALL("f"), "2" },
		{ "b.c", EXT HELPER, PFX CALL("g"), "3" }, { 0 } };
	static const struct source own[] = {
		{ "a.c", EXT, HELPER PFX CALL("f") CALL("g"), "4" }, { 0 } };
	static const struct source own_copied[] = {
		{ "a.c", EXT, HELPER PFX CALL("f"), "5" },
		{ "b.c", EXT, HELPER PFX CALL("g"), "6" }, { 0 } };

	(void)state;
	check(CHANGE_MOVE, "g", false, before, after, RESULT_EXPLAINED);
	check(CHANGE_MOVE, "g", false, own, own_copied, RESULT_DIFFERENT);
}

/* A state that a header's function has in each file, by its name and section. */
static void test_header_state(void **state)
{
	(void)state;
	check_state(EXT KEY("__key"), RESULT_EXPLAINED);
	check_state(EXT ONCE("__already_done"), RESULT_EXPLAINED);
	check_state(EXT ONCE("__warned"), RESULT_EXPLAINED);
	check_state(EXT KEY("count"), RESULT_DIFFERENT);
	check_state(EXT ONCE("count"), RESULT_DIFFERENT);
	check_state(EXT STATE("int __key = 3", "return num(__key++, 1);"),
		    RESULT_DIFFERENT);
	check_state(EXT STATE("int __warned", "return num(__warned++, 1);"),
		    RESULT_DIFFERENT);
}

/* The same in a source: it is in both files now. */
static void test_own_state(void **state)
{
	static const struct source together[] = {
		{ "a.c", EXT, KEY("__key") PREPARES("f") PREPARES("g"), "1" },
		{ 0 } };
	static const struct source apart[] = {
		{ "a.c", EXT, KEY("__key") PREPARES("f"), "2" },
		{ "b.c", EXT, KEY("__key") PREPARES("g"), "3" }, { 0 } };

	(void)state;
	check(CHANGE_MOVE, "g", false, together, apart, RESULT_DIFFERENT);
}

/*
 * A source has once flags of its own besides: one that is used by a function that
 * has none, or by several, is the header's.
 */
static void test_mixed_state(void **state)
{
#define FLAG "static _Bool __attribute__((section(\".data..once\"))) __already_done; "
#define WARNS "{ " FLAG "if (__already_done) return 0; __already_done = 1; "        \
	"return num(1, 2); }\n"
#define OWN(words) "static " words " int own(void)\n" WARNS
#define USES(f) "int " f "(void) { return own() + 1; }\n"
#define LEFT PREPARES("k") USES("f")
	static const char header[] = EXT ONCE("__already_done");
	static const struct source together[] = {
		{ "a.c", header, "int f(void)\n" WARNS PREPARES("k") PREPARES("g"), "1" },
		{ 0 } };
	static const struct source apart[] = {
		{ "a.c", header, "int f(void)\n" WARNS PREPARES("k"), "2" },
		{ "b.c", header, PREPARES("g"), "3" }, { 0 } };
	static const struct source other[] = {
		{ "a.c", header, "int f(void)\n" WARNS PREPARES("k"), "4" },
		{ "b.c", header, "int g(void) { prepare(); return prepare() + 1; }\n",
		  "5" }, { 0 } };
#define NAMED(f) "int " f "(void) __asm__(\"a_" f "\"); int " f "(void)\n" WARNS
#define ALIAS(f) "int " f "(void)\n" WARNS \
	"int a_" f "(void) __attribute__((alias(\"" f "\")));\n"
#define BESIDES "int k(void) { return prepare() + 1; }\n"
	static const struct source named[] = {
		{ "a.c", header, NAMED("f") NAMED("g") BESIDES, "6" }, { 0 } };
	static const struct source named_moved[] = {
		{ "a.c", header, NAMED("f") BESIDES, "7" },
		{ "b.c", header, "int g(void) __asm__(\"a_g\"); int g(void)\n"
		  "{ return prepare(); }\n", "8" }, { 0 } };
	static const struct source alias[] = {
		{ "a.c", header, ALIAS("f") ALIAS("g") BESIDES, "6" }, { 0 } };
	static const struct source alias_moved[] = {
		{ "a.c", header, ALIAS("f") BESIDES, "7" },
		{ "b.c", header, "int g(void) { return prepare(); }\n"
		  "int a_g(void) __attribute__((alias(\"g\")));\n", "8" }, { 0 } };
	static const char *const words[] = {
		"inline __attribute__((always_inline))",
		"__attribute__((always_inline))",
		"__attribute__((noinline))",
	};

	(void)state;
	check(CHANGE_MOVE, "g", false, together, apart, RESULT_EXPLAINED);
	check(CHANGE_MOVE, "g", false, together, other, RESULT_DIFFERENT);
	/*
	 * Code that goes by another name than its definition: its flag is not
	 * taken for the header's, which would explain the change.
	 */
	check(CHANGE_MOVE, "g", false, named, named_moved, RESULT_EQUAL);
	check(CHANGE_MOVE, "g", false, alias, alias_moved, RESULT_DIFFERENT);
	/* The source's own is in both files now. */
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		_cleanup_free_ char *own = xasprintf(OWN("%s"), words[i]);
		_cleanup_free_ char *one = xasprintf("%s%s%s", own, LEFT,
						     USES("g"));
		_cleanup_free_ char *left = xasprintf("%s%s", own, LEFT);
		_cleanup_free_ char *copied = xasprintf("%s%s", own, USES("g"));
		const struct source before[] = { { "a.c", header, one, "1" },
						 { 0 } };
		const struct source after[] = { { "a.c", header, left, "2" },
						{ "b.c", header, copied, "3" },
						{ 0 } };

		check(CHANGE_MOVE, "g", false, before, after, RESULT_DIFFERENT);
	}
}

/* Each file has one already: who shares one with whom is said. */
static void test_shared_state(void **state)
{
	static const struct source before[] = {
		{ "a.c", EXT KEY("__key"), PREPARES("f") PREPARES("g"), "1" },
		{ "b.c", EXT KEY("__key"), PREPARES("h"), "2" }, { 0 } };
	static const struct source after[] = {
		{ "a.c", EXT KEY("__key"), PREPARES("f"), "3" },
		{ "b.c", EXT KEY("__key"), PREPARES("h") PREPARES("g"), "4" },
		{ 0 } };

	(void)state;
	check(CHANGE_MOVE, "g", false, before, after, RESULT_EXPLAINED);
}

static void test_codegen(void **state)
{
	_cleanup_free_ char *a = compile("before", 'a',
		EXT "int same(int x) { return num(x, 1); } int less(int x)"
		"{ return num(num(x, 2), 3); } int gone(void) { return 1; }",
		ISOLATED);
	_cleanup_free_ char *b = compile("after", 'a',
		EXT "int more(void) { return 4; } int same(int x) { return num(x, 1); }"
		"int less(int x) { return num(x, 2); }", ISOLATED);
	struct strv before = STRV_INIT, after = STRV_INIT;
	struct codegen *rows;
	struct error err = ERROR_INIT;
	size_t nr;

	(void)state;
	strv_add(&before, a);
	strv_add(&after, b);
	assert_int_equal(objects_codegen(&before, &after, NULL, &rows, &nr, &err), 0);
	assert_int_equal(nr, 3);
	assert_string_equal(rows[0].name, "gone");
	assert_true(rows[0].before > 0 && rows[0].after == 0);
	assert_string_equal(rows[1].name, "less");
	assert_true(rows[1].before > rows[1].after && rows[1].after > 0);
	assert_string_equal(rows[2].name, "more");
	assert_true(rows[2].before == 0 && rows[2].after > 0);
	codegen_free(rows, nr);
	strv_release(&before);
	strv_release(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_move),
		cmocka_unit_test(test_renamed),
		cmocka_unit_test(test_equal_keys),
		cmocka_unit_test(test_object_is_missing),
		cmocka_unit_test(test_unit_vanishes),
		cmocka_unit_test(test_promotion),
		cmocka_unit_test(test_promotion_as_inline),
		cmocka_unit_test(test_extraction),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_copies_with_padding),
		cmocka_unit_test(test_header_state),
		cmocka_unit_test(test_own_state),
		cmocka_unit_test(test_mixed_state),
		cmocka_unit_test(test_shared_state),
		cmocka_unit_test(test_codegen),
	};

	return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
