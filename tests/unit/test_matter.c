// SPDX-License-Identifier: GPL-2.0-only
/*
 * What may be left out of a unit's key, and what must not: for each thing that
 * could change what the compiler makes, a mutation that changes the key.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/matter.h"

#define BASE                                                                   \
	"typedef unsigned long u64;\nstruct dev;\n"                            \
	"int used(int);\n"                                                     \
	"static inline int twice(int x) { return used(x) * 2; }\n"             \
	"int f(int x) { return twice(x); }\n"

static struct builtins builtins;

static int setup(void **state)
{
	(void)state;
	strv_add(&builtins.compiler, "gcc");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	builtins_release(&builtins);
	return 0;
}

static struct store_key key_of(const char *text, enum matter matter)
{
	struct error err = ERROR_INIT;
	struct store_key key = { "" };
	struct words words;

	words_read(text, strlen(text), &words);
	if (matter_key(&words, matter, &builtins, &key, &err) < 0)
		fail_msg("%s", err.text);
	words_release(&words);
	return key;
}

/* True when a text behind the base, or in front of it, has the base's key. */
static bool is_nothing(const char *more, enum matter matter, bool in_front)
{
	_cleanup_free_ char *text = in_front ? xasprintf("%s\n" BASE, more) :
					       xasprintf(BASE "%s\n", more);
	struct store_key a = key_of(BASE, matter);
	struct store_key b = key_of(text, matter);

	return *b.hex && streq(a.hex, b.hex);
}

static void check_nothing(const char *more, enum matter matter)
{
	if (!is_nothing(more, matter, false))
		fail_msg("should not matter: %s", more);
}

static void check_matters(const char *more, enum matter matter)
{
	if (is_nothing(more, matter, false))
		fail_msg("should matter: %s", more);
}

static void test_left_out(void **state)
{
	static const char *const both[] = {
		"int plain(void);",
		"extern u64 plain(struct dev *dev, u64 x, void (*cb)(int));",
		"void __attribute__((noreturn)) __attribute__((__cold__)) die(int);",
		"char *text(const char *s, ...) __attribute__((format(printf, 1, 2)));",
		"const struct dev *find(int, unsigned int y);",
		"unsigned long long plain(int);\n# 7 \"b.h\"\nint other(char *p);",
	}, *const code[] = {
		"static inline int alone(int x) { return x; }",
		"static inline struct dev *alone(void) { static int x; return 0; }",
		"static inline __attribute__((always_inline)) __attribute__((unused)) "
		"int alone(int x) { int y = 3, z[] = { 1 }; used(y); return z[0]; }",
		"static inline int one(int x) { return x; }\n"
		"static inline int two(int x) { return one(x) + three(x); }\n"
		"int three(int x);",
		"int unknown_type(no_such_type x);",
		"int plain(int);\nint plain(int);",
		"static inline void alone(void) { if (f(1)) { asm(\"nop\"); } }",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(both); i++) {
		check_nothing(both[i], MATTER_CODE);
		check_nothing(both[i], MATTER_STOCK);
	}
	for (size_t i = 0; i < ARRAY_SIZE(code); i++) {
		check_nothing(code[i], MATTER_CODE);
		check_matters(code[i], MATTER_STOCK);
	}
}

/* Each of these could make the compiler emit something, or something else. */
static void test_stays(void **state)
{
	static const char *const more[] = {
		"int var;", "extern int var;", "int g(void) { return 1; }",
		"struct more { int x; };", "enum { A };", "typedef int t;",
		"int tentative, plain(void);", ";", "_Static_assert(1, \"\");",
		"asm(\".globl g\");", "#pragma pack(1)", "plain(x);",
		"static int plain(void);", "static inline int plain(void);",
		"inline int plain(void);", "typedef int plain(int);",
		"int (*plain)(void);", "int plain(void)[3];",
		"int plain(void) asm(\"other\");",
		"int plain(void) __attribute__((weak));",
		"int plain(void) __attribute__((alias(\"f\")));",
		"int plain(void) __attribute__((cold, used));",
		"int plain(void) __attribute__((section(\".x\")));",
		"int plain(void) __attribute__((constructor));",
		"int plain(void) __attribute__((externally_visible));",
		"int plain(void) __attribute__((ifunc(\"f\")));",
		"int plain(void) __attribute__((no_such_attribute));",
		"[[gnu::weak]] int plain(void);",
		"__attribute__((weakref(\"f\"))) int plain(void);",
		"struct fresh *plain(void);", /* declares struct fresh */
		"struct { int x; } plain(void);",
		"char *stpcpy(char *, const char *);", /* strcpy() may become it */
		"void *memcpy(void *, const void *, unsigned long);",
		"int plain(void); #pragma weak plain",
		"int plain(void);\n#pragma weak plain",
		"int plain(void);\nint g(void) __attribute__((alias(\"plain\")));",
		"int plain(void);\nint (*p)(void) = plain;",
		"int plain(void);\nint g(void) { int plain = 1; return plain; }",
		"int broken(void", "int broken(void) }", "int a; )", "int w\\\nx;",
	}, *const inlines[] = {
		"static int alone(int x) { return x; }",
		"inline int alone(int x) { return x; }",
		"extern inline int alone(int x) { return x; }",
		"static inline int alone(int x) { return x; } int var;",
		"static inline struct fresh *alone(void) { return 0; }",
		"static inline void alone(void) { extern void g(void); }",
		"static inline void alone(void) { int g(int); }",
		"static inline void alone(void) { int a = 1, *g(int); }",
		"static inline void alone(void) { { typeof(f) g(int); } }",
		"static inline void alone(void) { static int x "
		"__attribute__((used)); }",
		"static inline void alone(void) { static int x "
		"__attribute__((section(\".x\"))); }",
		"static inline void alone(void) {\n#pragma GCC optimize \"O1\"\n}",
		"static inline void alone(void) { [[gnu::used]] static int x; }",
		"static inline __attribute__((used)) void alone(void) { }",
		"static inline int alone(x) int x; { return x; }",
		"static inline int alone(int x) { return x; }\n"
		"int g(int x) { return alone(x); }",
		"static inline int alone(int x) { return x; }\n"
		"asm(\"call alone\");",
		"static inline void *memset(void *p, int c, unsigned long n) "
		"{ return p; }",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(more); i++) {
		check_matters(more[i], MATTER_CODE);
		check_matters(more[i], MATTER_STOCK);
	}
	for (size_t i = 0; i < ARRAY_SIZE(inlines); i++) {
		check_matters(inlines[i], MATTER_CODE);
		check_matters(inlines[i], MATTER_STOCK);
	}
}

/* An error or a warning may hang on these, though no code does. */
static void test_stock_is_narrower(void **state)
{
	static const char *const more[] = {
		"int plain(unknown);", "int plain(const unknown);",
		"unknown plain(int);", "int plain(struct unknown *p);",
		"int plain(enum unknown);", "int plain(int);\nlong plain(int);",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(more); i++)
		check_matters(more[i], MATTER_STOCK);
	/* known, but not yet there */
	assert_false(is_nothing("int plain(u64 x);", MATTER_STOCK, true));
	assert_false(is_nothing("int plain(struct dev *x);", MATTER_STOCK,
				true));
	assert_true(is_nothing("int plain(int x);", MATTER_STOCK, true));
}

/* What changes in what stays is seen, wherever it is. */
static void test_changes_are_seen(void **state)
{
	static const char *const texts[] = {
		BASE,
		"typedef unsigned int u64;\nstruct dev;\nint used(int);\n"
		"static inline int twice(int x) { return used(x) * 2; }\n"
		"int f(int x) { return twice(x); }\n",
		"typedef unsigned long u64;\nstruct dev;\nlong used(int);\n"
		"static inline int twice(int x) { return used(x) * 2; }\n"
		"int f(int x) { return twice(x); }\n",
		"typedef unsigned long u64;\nstruct dev;\nint used(int);\n"
		"static inline int twice(int x) { return used(x) * 3; }\n"
		"int f(int x) { return twice(x); }\n",
		"typedef unsigned long u64;\nstruct dev;\nint used(int);\n"
		"int f(int x) { return twice(x); }\n"
		"static inline int twice(int x) { return used(x) * 2; }\n",
		"typedef unsigned long u64;\nint used(int);\nstruct dev;\n"
		"static inline int twice(int x) { return used(x) * 2; }\n"
		"int f(int x) { return twice(x); }\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		for (size_t k = 0; k < i; k++)
			for (int m = MATTER_CODE; m <= MATTER_STOCK; m++) {
				struct store_key a = key_of(texts[i], m);
				struct store_key b = key_of(texts[k], m);

				assert_string_not_equal(a.hex, b.hex);
			}
}

static void test_own_place(void **state)
{
	static const char text[] = "int g(void) { return __builtin_LINE(); }";
	struct store_key key;

	(void)state;
	key = key_of(text, MATTER_STOCK);
	assert_string_equal(key.hex, "");
	key = key_of(text, MATTER_CODE);
	assert_string_not_equal(key.hex, "");
}

/* A compiler that cannot be asked knows every function. */
static void test_compiler_without_an_answer(void **state)
{
	struct builtins none = { .compiler = STRV_INIT };
	struct strv names = STRV_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	strv_add(&names, "plain");
	strv_add(&names, "memcpy");
	assert_true(builtins_has(&builtins, "never_asked"));
	assert_int_equal(builtins_ask(&builtins, &names, &err), 0);
	assert_false(builtins_has(&builtins, "plain"));
	assert_true(builtins_has(&builtins, "memcpy"));
	strv_add(&none.compiler, "false");
	assert_int_equal(builtins_ask(&none, &names, &err), 0);
	assert_true(builtins_has(&none, "plain"));
	builtins_release(&none);
	strv_add(&none.compiler, "/nonexistent/cc");
	none.table = NULL;
	assert_int_equal(builtins_ask(&none, &names, &err), -1);
	error_release(&err);
	builtins_release(&none);
	strv_release(&names);
}

/* Where a text has its place in it, that place is part of the stock key alone. */
static void test_places(void **state)
{
	static const char here[] = "# 3 \"a.h\"\nint x =\n" WORDS_LINE ";\n";
	static const struct {
		const char *text;
		bool same;
	} cases[] = {
		{ "# 3 \"a.h\"\nint  x  =\n   " WORDS_LINE ";\n\n", true },
		{ "# 4 \"a.h\"\n" WORDS_LINE ";\n", false },
		{ "# 4 \"a.h\"\nint x = " WORDS_LINE ";\n", true },
		{ "# 3 \"a.h\"\nint x = " WORDS_LINE ";\n", false },
		{ "# 3 \"b.h\"\nint x =\n" WORDS_LINE ";\n", false },
		{ "# 2 \"a.h\"\nint f(int x);\nint x =\n" WORDS_LINE ";\n",
		  true },
		{ "# 3 \"a.h\"\nint f(int x);\nint x =\n" WORDS_LINE ";\n",
		  false },
	};
	struct store_key stock = key_of(here, MATTER_STOCK);
	struct store_key code = key_of(here, MATTER_CODE);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct store_key k = key_of(cases[i].text, MATTER_STOCK);

		assert_int_equal(streq(k.hex, stock.hex), cases[i].same);
		if (i == 1)
			continue;
		k = key_of(cases[i].text, MATTER_CODE);
		assert_string_equal(k.hex, code.hex);
	}
}

/* The name of its file, in a string or pasted. */
static void test_place_in_a_word(void **state)
{
	static const char *const texts[] = {
		"# 1 \"a.h\"\nchar *s = \".string \\\"" WORDS_FILE "\\\"\";\n",
		"# 1 \"a.h\"\nint x_" WORDS_LINE ";\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		char *moved = xstrdup(texts[i]);
		struct store_key a = key_of(texts[i], MATTER_STOCK), b;

		moved[5] = 'b';
		b = key_of(moved, MATTER_STOCK);
		assert_string_not_equal(a.hex, b.hex);
		free(moved);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_stays),
		cmocka_unit_test(test_stock_is_narrower),
		cmocka_unit_test(test_changes_are_seen),
		cmocka_unit_test(test_own_place),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_place_in_a_word),
		cmocka_unit_test(test_compiler_without_an_answer),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
