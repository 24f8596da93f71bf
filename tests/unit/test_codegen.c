// SPDX-License-Identifier: GPL-2.0-only
/*
 * Why functions of a stock build have other bytes: pairs compiled as the
 * kernel is, with the optimiser free to inline and clone.
 */
#define _GNU_SOURCE
#include "objects_helper.h"

#define FREE "-O2 -fno-pie -mcmodel=kernel -fcf-protection=none -fno-stack-protector"

#define EXT "int num(int a, int b); int big(int a, int b, int c);"
#define HALF "int half(int x) { return num(x, 2) + num(x, 3); }"
#define USER "int user(int x) { return half(x) + 1; }"

/* The object of one text, in a folder of its own. */
static void add(struct strv *list, const char *text)
{
	static unsigned int nr;
	_cleanup_free_ char *dir = xasprintf("%u", nr++);
	_cleanup_free_ char *path = compile(dir, 'a', text, FREE);

	strv_add(list, path);
}

/* The rows as "name: why" lines. */
static void assert_rows(const struct strv *before, const struct strv *after,
			const char *made, const char *want)
{
	struct strv names = STRV_INIT;
	struct objects_options options = { .inlined = &names };
	struct codegen *rows;
	struct buf b = BUF_INIT;
	size_t nr;

	if (made)
		strv_add(&names, made);
	assert_int_equal(objects_codegen(before, after, &options, &rows, &nr,
					 NULL), 0);
	for (size_t i = 0; i < nr; i++)
		buf_addf(&b, "%s: %s\n", rows[i].name, rows[i].why);
	assert_string_equal(b.data, want);
	buf_release(&b);
	codegen_free(rows, nr);
	strv_release(&names);
}

static void assert_both_ways(struct strv *a, struct strv *b, const char *there,
			     const char *back)
{
	assert_rows(a, b, NULL, there);
	assert_rows(b, a, NULL, back);
	strv_release(a);
	strv_release(b);
}

/* A static function that moves away becomes a symbol, and is called. */
static void test_inlined(void **state)
{
	struct strv a = STRV_INIT, b = STRV_INIT;

	(void)state;
	add(&a, EXT "static " HALF USER);
	add(&b, EXT "int half(int x);" USER);
	add(&b, EXT "int half(int x);" HALF);
	assert_both_ways(&a, &b,
			 "half: no longer inlined into user\n"
			 "user: half no longer inlined into it\n",
			 "half: inlined into user\n"
			 "user: half inlined into it\n");
}

/* What half() calls goes with it; what else user() calls does not. */
static void test_calls_of_what_parted(void **state)
{
	static const char num[] =
		EXT "int num(int a, int b) { return big(a, b, 1) * big(b, a, 2); }";
	struct strv a = STRV_INIT, b = STRV_INIT;

	(void)state;
	add(&a, EXT "static " HALF USER);
	add(&a, num);
	add(&b, EXT "int half(int x);" USER);
	add(&b, EXT "int half(int x);" HALF);
	add(&b, num);
	assert_both_ways(&a, &b,
			 "half: no longer inlined into user\n"
			 "user: half no longer inlined into it\n",
			 "half: inlined into user\n"
			 "user: half inlined into it\n");
}

static void test_size(void **state)
{
	struct strv a = STRV_INIT, b = STRV_INIT;

	(void)state;
	add(&a, EXT "int f(int x) { return num(x, 2); }"
		    "int g(int x) { return num(x, 3); }"
		    "int same(int x) { return num(x, 9); }");
	add(&b, EXT "int f(int x) { return num(x, 5); }"
		    "int g(int x) { return num(x, 3) + x * 7; }"
		    "int same(int x) { return num(x, 9); }");
	assert_both_ways(&a, &b,
			 "f: other code of the same size\ng: size only\n",
			 "f: other code of the same size\ng: size only\n");
}

/* gcc names clones so: here the name is given, so that each gcc makes one. */
static void test_clones(void **state)
{
	struct strv a = STRV_INIT, b = STRV_INIT;

	(void)state;
	add(&a, EXT "int f(int x) { return num(x, 2); }");
	add(&b, EXT "int f(int x) { return num(x, 2); }"
		    "int c(int x) asm(\"f.constprop.0\");"
		    "int c(int x) { return num(x, 3); }");
	assert_both_ways(&a, &b, "f: new: .constprop\n", "f: gone: .constprop\n");
}

/* A call through a trampoline that goes away says nothing of inlining. */
static void test_trampolines(void **state)
{
#define TRAMP "__attribute__((noinline, section(\".static_call.text\"))) " \
	      "int __SCT__f(int x) { return num(x, x); }"
	struct strv a = STRV_INIT, b = STRV_INIT;

	(void)state;
	add(&a, EXT TRAMP "int f(int x) { return num(x, 2) + __SCT__f(x); }");
	add(&b, EXT TRAMP "int f(int x) { return num(x, 2); }");
	assert_both_ways(&a, &b, "f: size only\n", "f: size only\n");
}

/* What the step itself made was never inlined. */
static void test_made(void **state)
{
	struct strv a = STRV_INIT, b = STRV_INIT;

	(void)state;
	add(&a, EXT "static " HALF USER);
	add(&b, EXT "static __attribute__((noinline)) " HALF USER);
	assert_rows(&a, &b, "half",
		    "half: called by user\n"
		    "user: half no longer inlined into it\n");
	strv_release(&a);
	strv_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inlined),
		cmocka_unit_test(test_calls_of_what_parted),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_clones),
		cmocka_unit_test(test_trampolines),
		cmocka_unit_test(test_made),
	};

	return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
