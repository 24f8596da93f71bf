// SPDX-License-Identifier: GPL-2.0-only
/*
 * The code rung on renames: symbols and what is made of their names, in all
 * objects that mean them and in no other.
 */
#define _GNU_SOURCE
#include "rung_scene.h"

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
