// SPDX-License-Identifier: GPL-2.0-only
/*
 * The code rung on units, and the code-size table: which objects are loaded,
 * what a contract allows, and where a copy comes from.
 */
#define _GNU_SOURCE
#include "objects_helper.h"

#include "verify/verify.h"

#define EXT "extern int num(int, int);\n"
#define HELPER "static inline __attribute__((noinline)) int helper(int x)\n" \
	"{ return num(x, x + 7) * 3; }\n"
#define CALL(f) "int " f "(int x) { return helper(x) + 1; }\n"
#define STATIC_Q "static int q(int x) { return num(x, 4) + 1; }\n"
#define Q "int q(int x) { return num(x, 4) + 1; }\n"
#define R "int r(int x) { return q(x) * 2 + q(x + 1); }\n"
#define FORCED "static inline __attribute__((always_inline)) int q(int x);\n"

/* A unit made from what stands in a header and what stands in its source. */
struct source {
	const char *path, *header, *text, *key;
};

struct built {
	struct unit units[MOST_FILES];
	struct state state;
	char *objects[MOST_FILES], *tokens[MOST_FILES];
};

static void build(const char *dir, const struct source *sources,
		  struct built *ret)
{
	*ret = (struct built){ .state.units = ret->units };
	for (int i = 0; i < MOST_FILES && sources[i].path; i++) {
		const struct source *s = &sources[i];
		_cleanup_free_ char *text =
			xasprintf("# 1 \"dir/x.h\" 1\n%s\n# 9 \"%s\" 2\n%s",
				  s->header, s->path, s->text);

		ret->objects[i] = s->text[0] == '!' ? NULL :
				  compile(dir, 'a' + i, text, ISOLATED);
		ret->tokens[i] = xasprintf("%s/%s/%c.c", scratch, dir, 'a' + i);
		ret->units[i] = (struct unit){ s->path, ret->tokens[i],
					       ret->objects[i], s->key };
		ret->state.nr_units++;
	}
}

static void built_release(struct built *b)
{
	for (int i = 0; i < MOST_FILES; i++) {
		free(b->objects[i]);
		free(b->tokens[i]);
	}
}

static void run(const struct contract *c, const struct source *before,
		const struct source *after, struct outcome *ret)
{
	struct built a, b;
	struct error err = ERROR_INIT;

	build("before", before, &a);
	build("after", after, &b);
	if (verify_code(c, &a.state, &b.state, ret, &err))
		fail_msg("%s", err.text);
	built_release(&a);
	built_release(&b);
}

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

/* Exports as Linux 6.12 and as 6.1 have them, a prefix symbol, a cold part. */
#define KEEP(f) \
	"static void *__attribute__((used, section(\".discard.addressable\")))" \
	"__UNIQUE_ID___addressable_" f "17 = (void *)&" f ";"
#define EXPORT(f) KEEP(f) \
	"asm(\".section .export_symbol,\\\"a\\\"\\n__export_symbol_" f ":" \
	".asciz \\\"GPL\\\"\\n.balign 8\\n.quad " f "\\n.previous\");\n"
#define EXPORT_6_1(f) KEEP(f) \
	"asm(\".section __ksymtab_strings,\\\"aMS\\\",@progbits,1\\n" \
	"__kstrtab_" f ": .asciz \\\"" f "\\\"\\n__kstrtabns_" f ": " \
	".asciz \\\"\\\"\\n.previous\\n.section \\\"___ksymtab_gpl+" f "\\\",\\\"a\\\"\\n" \
	".balign 4\\n__ksymtab_" f ": .long " f " - .\\n.long __kstrtab_" f " - .\\n" \
	".long __kstrtabns_" f " - .\\n.previous\");\n"
#define DEFINE(f) \
	"asm(\".pushsection .text\\n__pfx_" f ": nop\\n.popsection\\n" \
	".pushsection .text.unlikely." f ",\\\"ax\\\"\\n" f ".cold: ud2\\n.popsection\");" \
	"int " f "(int x) { return num(x, 4) + 1; }\n"
#define MIX(f) "static int __attribute__((noinline)) " f "(int x)" \
	"{ return num(x, 9) - 2; } int user(int x) { return " f "(" f "(x)); }"
#define CALLS(f, n) "int " f "(int); int call(int x) { return " f "(x) + " n "; }" \
	"int (*const table[])(int) = { " f " };"

static const struct renamed renames[] = {
	{ "mix", "kvm_mix" }, { "get", "kvm_get_it" } };

static char *check_rename(const struct source *before,
			  const struct source *after, enum result want)
{
	struct contract c = { .change = CHANGE_RENAME, .from = "a.c",
			      .renamed = renames, .nr_renamed = 2 };
	struct outcome o = OUTCOME_INIT(RUNG_CODE);
	char *findings;

	run(&c, before, after, &o);
	findings = all_findings(&o);
	if (o.result != want)
		fail_msg("%s, not %s%s", result_name(o.result),
			 result_name(want), findings);
	outcome_release(&o);
	return findings;
}

static void check_text(const char *before, const char *after, enum result want)
{
	const struct source x[] = { { "a.c", EXT, before, "1" }, { 0 } };
	const struct source y[] = { { "a.c", EXT, after, "2" }, { 0 } };

	free(check_rename(x, y, want));
}

/* A definition that is exported, its callers in another unit. */
static void test_rename_extern(void **state)
{
	static const struct {
		const char *define, *calls;
		enum result want;
	} rows[] = {
		{ DEFINE("kvm_mix") EXPORT("kvm_mix") DEFINE("kvm_get_it")
		  EXPORT_6_1("kvm_get_it"), CALLS("kvm_mix", "1"), RESULT_EQUAL },
		{ DEFINE("kvm_mix") EXPORT("kvm_mix") DEFINE("kvm_get_it")
		  EXPORT_6_1("kvm_get_it"), CALLS("mix", "1"), RESULT_DIFFERENT },
		{ DEFINE("kvm_mix") EXPORT("kvm_mix") DEFINE("kvm_get_it")
		  EXPORT_6_1("kvm_get_it"), CALLS("kvm_mix", "2"),
		  RESULT_DIFFERENT },
		{ DEFINE("kvm_mix") EXPORT("kvm_mix") DEFINE("kvm_get_it")
		  EXPORT_6_1("kvm_get_it"), CALLS("kvm_get_it", "1"),
		  RESULT_DIFFERENT },
		{ DEFINE("kvm_mix") DEFINE("kvm_get_it")
		  EXPORT_6_1("kvm_get_it"), CALLS("kvm_mix", "1"),
		  RESULT_DIFFERENT },
		{ DEFINE("kvm_mix") EXPORT_6_1("kvm_mix") DEFINE("kvm_get_it")
		  EXPORT("kvm_get_it"), CALLS("kvm_mix", "1"),
		  RESULT_DIFFERENT },
		{ DEFINE("kvm_mix") EXPORT("kvm_mix") DEFINE("kvm_get")
		  EXPORT_6_1("kvm_get"), CALLS("kvm_mix", "1"),
		  RESULT_DIFFERENT },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct source before[] = {
			{ "a.c", EXT, DEFINE("mix") EXPORT("mix") DEFINE("get")
			  EXPORT_6_1("get"), "1" },
			{ "b.c", "", CALLS("mix", "1"), "2" }, { 0 } };
		const struct source after[] = {
			{ "a.c", EXT, rows[i].define, "3" },
			{ "b.c", "", rows[i].calls, "4" }, { 0 } };

		free(check_rename(before, after, rows[i].want));
	}
}

/* A string of the name inside of an export must be the new one. */
static void test_rename_export_string(void **state)
{
	(void)state;
	check_text(DEFINE("get") EXPORT_6_1("get"),
		   DEFINE("kvm_get_it") EXPORT_6_1("kvm_get_it"), RESULT_EQUAL);
	check_text(DEFINE("get") EXPORT_6_1("get"), DEFINE("kvm_get_it")
		   "asm(\".section __ksymtab_strings,\\\"aMS\\\",@progbits,1\\n"
		   "__kstrtab_kvm_get_it: .asciz \\\"get\\\"\\n__kstrtabns_kvm_get_it:"
		   ".asciz \\\"\\\"\\n.previous\\n.section \\\"___ksymtab_gpl+kvm_get_it\\\",\\\"a\\\"\\n"
		   ".balign 4\\n__ksymtab_kvm_get_it: .long kvm_get_it - .\\n"
		   ".long __kstrtab_kvm_get_it - .\\n.long __kstrtabns_kvm_get_it - .\\n"
		   ".previous\");" KEEP("kvm_get_it"), RESULT_DIFFERENT);
}

static void test_rename_static(void **state)
{
	static const struct source before[] = {
		{ "a.c", EXT, MIX("mix"), "1" },
		{ "b.c", EXT, "static int __attribute__((noinline)) mix(int x)"
		  "{ return num(x, 1); } int b(int x) { return mix(x) + 1; }",
		  "2" }, { 0 } };
	static const struct source after[] = {
		{ "a.c", EXT, MIX("kvm_mix"), "3" },
		{ "b.c", EXT, "static int __attribute__((noinline)) mix(int x)"
		  "{ return num(x, 1); } int b(int x) { return mix(x) + 1; }",
		  "4" }, { 0 } };
	static const struct source too_many[] = {
		{ "a.c", EXT, MIX("kvm_mix"), "3" },
		{ "b.c", EXT, "static int __attribute__((noinline)) kvm_mix(int x)"
		  "{ return num(x, 1); } int b(int x) { return kvm_mix(x) + 1; }",
		  "4" }, { 0 } };

	(void)state;
	free(check_rename(before, after, RESULT_EQUAL));
	free(check_rename(before, too_many, RESULT_DIFFERENT));
	free(check_rename(before, before, RESULT_DIFFERENT));
	check_text(MIX("mix"), MIX("mix"), RESULT_DIFFERENT);
	check_text(MIX("mix"), MIX("kvm_mixer"), RESULT_DIFFERENT);
	/* a static local of that name is no function */
	check_text("int *f(void) { static int mix = 3; return &mix; }" MIX("mix"),
		   "int *f(void) { static int mix = 3; return &mix; }" MIX("kvm_mix"),
		   RESULT_EQUAL);
	check_text(MIX("mix") "int kvm_mix = 2;", MIX("kvm_mixer")
		   "int kvm_mix = 2;", RESULT_DIFFERENT);
	/* two become one */
	check_text("int kvm_mix = 5; int mix = 5;", "int kvm_mix = 5;",
		   RESULT_DIFFERENT);
}

static void test_rename_own_name(void **state)
{
	static const struct source before[] = {
		{ "a.c", EXT, "int say(const char *); int mix(void)"
		  "{ return say(__func__); }", "1" }, { 0 } };
	static const struct source after[] = {
		{ "a.c", EXT, "int say(const char *); int kvm_mix(void)"
		  "{ return say(__func__); }", "2" }, { 0 } };
	_cleanup_free_ char *findings =
		check_rename(before, after, RESULT_DIFFERENT);

	(void)state;
	assert_non_null(strstr(findings, "function's name as a string"));
}

/* A unit that the step leaves as it is must not need the old name. */
static void test_rename_unchanged(void **state)
{
	static const struct source before[] = {
		{ "a.c", EXT, DEFINE("mix"), "1" },
		{ "b.c", "", CALLS("mix", "1"), "2" }, { 0 } };
	static const struct source after[] = {
		{ "a.c", EXT, DEFINE("kvm_mix"), "3" },
		{ "b.c", "", CALLS("mix", "1"), "2" }, { 0 } };
	static const struct source other_before[] = {
		{ "a.c", EXT, DEFINE("mix"), "1" },
		{ "b.c", "", "static int mix = 3; int *p = &mix;", "2" }, { 0 } };
	static const struct source other_after[] = {
		{ "a.c", EXT, DEFINE("kvm_mix"), "3" },
		{ "b.c", "", "static int mix = 3; int *p = &mix;", "2" }, { 0 } };
	static const struct source taken_before[] = {
		{ "a.c", EXT, DEFINE("mix"), "1" },
		{ "b.c", "", CALLS("kvm_mix", "1"), "2" }, { 0 } };
	static const struct source taken_after[] = {
		{ "a.c", EXT, DEFINE("kvm_mix"), "3" },
		{ "b.c", "", CALLS("kvm_mix", "1"), "2" }, { 0 } };

	(void)state;
	free(check_rename(before, after, RESULT_DIFFERENT));
	free(check_rename(other_before, other_after, RESULT_EQUAL));
	free(check_rename(taken_before, taken_after, RESULT_DIFFERENT));
	free(check_rename(before, before, RESULT_DIFFERENT));
}

/* A header's function has a local copy in each unit; contract.from has no object. */
static void test_rename_header(void **state)
{
	struct contract c = { .change = CHANGE_RENAME, .from = "x.h",
			      .renamed = renames, .nr_renamed = 1 };
	const struct source before[] = { { "a.c", EXT, MIX("mix"), "1" },
					 { "b.c", EXT, "int b;", "9" }, { 0 } };
	const struct source after[] = { { "a.c", EXT, MIX("kvm_mix"), "2" },
					{ "b.c", EXT, "int b;", "9" }, { 0 } };
	struct outcome o = OUTCOME_INIT(RUNG_CODE);

	(void)state;
	run(&c, before, after, &o);
	assert_int_equal(o.result, RESULT_EQUAL);
	outcome_release(&o);
}

static void test_rename_codegen(void **state)
{
	_cleanup_free_ char *a = compile("before", 'a', EXT DEFINE("mix"), ISOLATED);
	_cleanup_free_ char *b = compile("after", 'a', EXT DEFINE("kvm_mix"),
					 ISOLATED);
	const struct objects_options options = { .renamed = renames,
						 .nr_renamed = 2 };
	struct strv before = STRV_INIT, after = STRV_INIT;
	struct codegen *rows;
	struct error err = ERROR_INIT;
	size_t nr;

	(void)state;
	strv_add(&before, a);
	strv_add(&after, b);
	assert_int_equal(objects_codegen(&before, &after, &options, &rows, &nr,
					 &err), 0);
	assert_int_equal(nr, 0);
	codegen_free(rows, nr);
	assert_int_equal(objects_codegen(&before, &after, NULL, &rows, &nr,
					 &err), 0);
	assert_true(nr >= 2);
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
		cmocka_unit_test(test_codegen),
		cmocka_unit_test(test_rename_extern),
		cmocka_unit_test(test_rename_export_string),
		cmocka_unit_test(test_rename_static),
		cmocka_unit_test(test_rename_own_name),
		cmocka_unit_test(test_rename_unchanged),
		cmocka_unit_test(test_rename_header),
		cmocka_unit_test(test_rename_codegen),
	};

	return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
