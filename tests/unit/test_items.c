// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an item is: its kind, its names, its flags, its owner. Where it begins
 * and ends is test_items_extent.c.
 */
#include "tests/unit/items_helper.h"

static void functions(void **state)
{
	(void)state;
	check_kinds("int f(void)\n{\n}\n", "function f");
	check_kinds("static int f(void) { return 0; }\n", "function f static");
	check_kinds("static inline struct a *f(struct b *b)\n{\n}\n",
		    "function f static inline");
	check_kinds("static __always_inline u64 __f(u64 x) { return x; }\n",
		    "function __f static inline");
	check_kinds("__u64 __f(void)\n{\n}\n", "function __f");
	check_kinds("foo_t f(foo_t x)\n{\n}\n", "function f");
	check_kinds("INLINE_MACRO foo_t f(foo_t x)\n{\n}\n", "function f");
	check_kinds("struct s { int a; } f(void) { }\n", "function f");
	check_kinds("enum e f(void)\n{\n}\n", "function f");
	check_kinds("typeof(x) f(void)\n{\n}\n", "function f");
	check_kinds("int (f)(void)\n{\n}\n", "function f");
	check_kinds("foo_t (f)(void)\n{\n}\n", "function f");
	check_kinds("int f(void) { };\n", "function f");
}

static void functions_that_return_function_pointers(void **state)
{
	(void)state;
	check_kinds("static void (*f(int a))(int b)\n{\n}\n",
		    "function f static");
	check_kinds("foo_t (*f(int a))(int b)\n{\n}\n", "function f");
	check_kinds("int (*(*f(int a))(char))(int b)\n{\n}\n", "function f");
	check_kinds("int (*f(void))[3]\n{\n}\n", "function f");
	check_kinds("void (*f(int a))(int b);\n", "prototype f");
}

static void attributes(void **state)
{
	(void)state;
	check_kinds("static __attribute__((noreturn)) void f(void)\n{\n}\n",
		    "function f static");
	check_kinds("__attribute__((a(1)))\n__attribute__((b)) int\n"
		    "f(void)\n{\n}\n", "function f");
	check_kinds("int f(void) __attribute__((noreturn));\n", "prototype f");
	check_kinds("int __attribute__((x)) f(int a) __must_hold(&lock)\n"
		    "{\n}\n", "function f");
	check_kinds("int __f(int a) __must_hold(&lock)\n\t__releases(x)\n"
		    "{\n}\n", "function __f");
	check_kinds("__printf(1, 2)\nvoid f(const char *s, ...)\n{\n}\n",
		    "function f");
	check_kinds("__printf(1, 2) void f(const char *s, ...);\n",
		    "prototype f");
	check_kinds("static __unknown(1, 2) void f(const char *s, ...);\n",
		    "prototype f static");
	check_kinds("void __printf(1, 2) f(const char *s, ...);\n",
		    "prototype f");
	check_kinds("static int x __attribute__((aligned(8))) = 3;\n",
		    "variable x static");
	check_kinds("static int __read_mostly x = 3;\n", "variable x static");
	check_kinds("struct s s __aligned(8) __ro_after_init;\n",
		    "variable s");
	check_kinds("struct __attribute__((packed)) s { int a; };\n",
		    "type s(struct)");
	check_kinds("struct s { int a; } __attribute__((packed));\n",
		    "type s(struct)");
	check_kinds("struct s { int a; } __packed __aligned(4);\n",
		    "type s(struct)");
	check_kinds("struct s { int a; } __some_attribute;\n",
		    "type s(struct)");
	check_kinds("struct s { int a; } PACKED;\n", "type s(struct)");
	check_kinds("static struct s { int a; } __a;\n",
		    "variable __a static");
	check_kinds("struct __aligned(sizeof(long)) s { int a; };\n",
		    "type s(struct)");
	check_kinds("[[gnu::unused]] static int f(void)\n{\n}\n",
		    "function f static");
	check_kinds("__extension__ typedef unsigned long long u64;\n",
		    "typedef u64");
	check_kinds("_Alignas(8) static int x;\n", "variable x static");
	check_kinds("extern int f(void) asm(\"g\");\n", "prototype f");
}

static void variables(void **state)
{
	(void)state;
	check_kinds("int a;\n", "variable a");
	check_kinds("u64 __a;\n", "variable __a");
	check_kinds("__kernel_long_t __a;\n", "variable __a");
	check_kinds("extern int a;\n", "extern a");
	check_kinds("extern int a = 3;\n", "variable a");
	check_kinds("extern const struct s a[];\n", "extern a");
	check_kinds("static const char *const a[] = { \"x\", \"y\" };\n",
		    "variable a static");
	check_kinds("static struct s { int x; } a = { .x = ({ 1; }) };\n",
		    "variable a static");
	check_kinds("struct { int x; } a, *b;\n", "variable a");
	check_kinds("int (*a)(void);\n", "variable a");
	check_kinds("foo_t (*a)(void) = f;\n", "variable a");
	check_kinds("static int (*a[])(void) = { f, g };\n",
		    "variable a static");
	check_kinds("int (*a)[3];\n", "variable a");
	check_kinds("extern typeof(f) a;\n", "extern a");
	check_kinds("char a[] SEC(\"x\") = \"GPL\";\n", "variable a");
	check_kinds("struct s __percpu *a;\n", "variable a");
	check_kinds("struct s *const __rcu a;\n", "variable a");
	check_kinds("static const struct s\n\ta[3] = {\n\t[0] = { 1 },\n};\n",
		    "variable a static");
}

static void prototypes(void **state)
{
	(void)state;
	check_kinds("int f(void);\n", "prototype f");
	check_kinds("extern int f(int (*g)(void), struct s { int a; } x);\n",
		    "prototype f");
	check_kinds("static struct a *f(struct b *b,\n\t\t   int c);\n",
		    "prototype f static");
	check_kinds("API_MACRO size_t f(void);\n", "prototype f");
	check_kinds("int f(void), g(void);\n", "prototype f");
}

static void types(void **state)
{
	(void)state;
	check_kinds("struct s;\n", "type s(struct)");
	check_kinds("struct s {\n\tint a;\n};\n", "type s(struct)");
	check_kinds("union u {\n\tint a;\n};\n", "type u(union)");
	check_kinds("enum e { A, B };\n", "type e(enum)");
	check_kinds("enum { A, B };\n", "type(enum)");
	check_kinds("enum e : u8 { A };\n", "type e(enum)");
	check_kinds("struct NAME(x) { int a; };\n", "type NAME(struct)");
	check_kinds("typedef struct s { int a; } s_t;\n", "typedef s_t");
	check_kinds("typedef int (*f_t)(int);\n", "typedef f_t");
	check_kinds("typedef void (f_t)(int);\n", "typedef f_t");
	check_kinds("typedef foo_t f_t(int);\n", "typedef f_t");
	check_kinds("typedef __u8 u8;\n", "typedef u8");
	check_kinds("typedef __kernel_long_t __kernel_off_t;\n",
		    "typedef __kernel_off_t");
}

static void names(void **state)
{
	(void)state;
	check_names("int a, *b, c[3] = { 1, 2 }, (*d)(int, int);\n",
		    ITEM_VARIABLE, "a,b,c,d");
	check_names("static struct s { int x, y; } a = { 1, 2 }, b;\n",
		    ITEM_VARIABLE, "a,b,s");
	check_names("enum e { A, B = f(1, 2), C };\n", ITEM_TYPE, "e,A,B,C");
	check_names("enum { A, B, };\n", ITEM_TYPE, "A,B");
	check_names("struct s;\n", ITEM_TYPE, "s");
	check_names("struct s { int a; } __attr;\n", ITEM_TYPE, "s");
	check_names("typedef enum { A } e_t, *e_p;\n", ITEM_TYPEDEF,
		    "e_t,e_p,A");
	check_names("int f(int a, int b), g(void);\n", ITEM_PROTOTYPE, "f,g");
	check_names("static int f(int a, int b) { int c, d; }\n",
		    ITEM_FUNCTION, "f");
	check_names("DEFINE_PER_CPU(int, a);\n", ITEM_VARIABLE, "a");
	check_names("#define M(x) y\n", ITEM_MACRO, "M");
	check_names("#ifdef A\nint f(int a) {\n#else\nint g(void) {\n#endif\n"
		    "}\n", ITEM_FUNCTION, "f,g");
}

static void macro_made(void **state)
{
	(void)state;
	check_kinds("SYSCALL_DEFINE2(open, int, a, int, b)\n{\n}\n",
		    "function open(SYSCALL_DEFINE2)");
	check_kinds("DEFINE_FOO(x) { }\n", "function x(DEFINE_FOO)");
	check_kinds("static int FNAME(walk)(struct w *w, int a)\n{\n}\n",
		    "function walk(FNAME) static");
	check_kinds("static struct s *FNAME(walk)(struct w *w);\n",
		    "prototype walk static");
	check_kinds("DEFINE_MUTEX(lock);\n", "variable lock(DEFINE_MUTEX)");
	check_kinds("static DEFINE_PER_CPU(struct s *, a) = { 1 };\n",
		    "variable a(DEFINE_PER_CPU) static");
	check_kinds("static LIST_HEAD(list);\n",
		    "variable list(LIST_HEAD) static");
	check_kinds("DECLARE_PER_CPU(u64 [2], a);\n",
		    "extern a(DECLARE_PER_CPU)");
	check_kinds("DEFINE_LSM(x) = {\n\t.a = 1,\n};\n",
		    "variable x(DEFINE_LSM)");
	check_kinds("DEFINE_EVENT(a, b, TP_PROTO(int c), TP_ARGS(c));\n",
		    "call DEFINE_EVENT");
	check_kinds("MAKE_ACCESSORS(rax, RAX)\n", "call MAKE_ACCESSORS");
	check_kinds("END_MARK;\n", "call END_MARK");
}

static void calls(void **state)
{
	(void)state;
	check_kinds("static_assert(sizeof(int) == 4);\n",
		    "call static_assert");
	check_kinds("_Static_assert(1, \"x\");\n", "call _Static_assert");
	check_kinds("MODULE_LICENSE(\"GPL\");\n", "call MODULE_LICENSE");
	check_kinds("asm(\".text\");\n__asm__ (\"a\" \"b\");\n"
		    "asm volatile (\"c\");\n", "asm, asm, asm");
	check_kinds(";\n", "empty");
}

static void exports(void **state)
{
	(void)state;
	check_kinds("int f(void)\n{\n}\nEXPORT_SYMBOL_GPL(f);\n",
		    "function f, export EXPORT_SYMBOL_GPL(f)->0");
	check_kinds("int f(void)\n{\n}\n\nEXPORT_SYMBOL(f);\n",
		    "function f, export EXPORT_SYMBOL(f)->0");
	check_kinds("int f(void)\n{\n}\nint g;\nearly_param(\"x\", f);\n"
		    "module_param_named(y, g, int, 0644);\n",
		    "function f, variable g, export early_param(f)->0, "
		    "export module_param_named(g)->1");
	check_kinds("int a, b;\nFOO_PARAM(x, &b);\n",
		    "variable a, export FOO_PARAM(b)->0");
	/* of another file */
	check_kinds("EXPORT_SYMBOL(f);\n", "export EXPORT_SYMBOL(f)");
	/* by the argument, not by standing below */
	check_kinds("int f(void)\n{\n}\nFOO(g);\nFOO(f + 1);\nFOO(h(f));\n",
		    "function f, call FOO, call FOO, call FOO");
	/* a prototype is no definition */
	check_kinds("int f(void);\nFOO(f);\n", "prototype f, call FOO");
	/* the definition before it, of several */
	check_kinds("#ifdef A\nint f(void) { }\nEXPORT_SYMBOL(f);\n#else\n"
		    "int f(void) { }\nEXPORT_SYMBOL(f);\n#endif\n",
		    "conditional ifdef, function f, "
		    "export EXPORT_SYMBOL(f)->1, conditional else, "
		    "function f, export EXPORT_SYMBOL(f)->4, "
		    "conditional endif");
	check_kinds("module_init(f);\nint f(void) { }\n",
		    "export module_init(f)->1, function f");
}

static void directives(void **state)
{
	(void)state;
	check_kinds("#define A(x) \\\n\tint x(void) \\\n\t{ }\n# undef A\n",
		    "macro A, undef A");
	check_kinds("#include <a/b.h> /* c */\n#include \"c.h\"\n"
		    "#include MACRO\n#include_next <d.h>\n",
		    "include <a/b.h>, include \"c.h\", include MACRO, "
		    "include <d.h>");
	check_kinds("#include <net//x.h>\n#include <a'b.h>\nint a;\n",
		    "include <net//x.h>, include <a'b.h>, variable a");
	check_kinds("#pragma once\n#error can't\nint a;\n",
		    "directive pragma, directive error, variable a");
	check_kinds("# 1 \"x.c\"\n# 12 \"y.h\" 1 3\nint a;\n",
		    "directive 1, directive 12, variable a");
	check_kinds("/* c */ #define A\n%:define B\n", "comment, macro A, macro B");
	check_kinds("#def\\\nine A\\\nB 1\n", "macro AB");
}

static void preprocessed(void **state)
{
	(void)state;
	check_kinds("# 1 \"a.c\"\nextern int f(int a,\n# 3 \"a.c\"\n"
		    " int b) __attribute__((__x__(1)))\n"
		    "                                 ;\n",
		    "directive 1, prototype f");
	check_kinds("static inline __attribute__((__gnu_inline__)) "
		    "__attribute__((__unused__)) int\nf(void)\n{\n"
		    "# 9 \"b.h\" 2\n return ({ typeof(1) x = 2; x; });\n}\n",
		    "function f static inline");
	check_kinds("extern typeof(f) f; asm(\"x\");\n", "extern f, asm");
	check_kinds("static void * __attribute__((__used__)) "
		    "__attribute__((__section__(\".x\"))) a = (void *)"
		    "(unsigned long)&f;\n", "variable a static");
	check_kinds("int a;;\nint f(void) { };\n;\n",
		    "variable a, empty, function f, empty");
	check_kinds("extern __attribute__((x)) struct s *(*f)(int) "
		    "__attribute__((y));\n", "extern f");
}

static void unknown(void **state)
{
	(void)state;
	check_kinds("}\nint a;\n", "unknown, variable a");
	check_kinds(".macro X\n\tmov a, b\n.endm\n\nint a;\n",
		    "unknown, unknown, variable a");
	check_kinds("extern \"C\" {\nint f(void);\n}\n",
		    "unknown, prototype f, unknown");
	check_kinds("if (x) { y(); }\nint a;\n", "unknown, variable a");
	check_kinds("foo { a }\nint a;\n", "unknown, variable a");
	check_kinds("int f(void)\n{\n\tif (x) {\n}\n\nint a;\n",
		    "unknown, variable a");
}

static void find(void **state)
{
	static const char text[] =
		"int f(void);\n\n/* c */\nint f(void)\n{\n}\nint g; int h;\n";
	struct items items;

	(void)state;
	items_parse(text, strlen(text), &items);
	assert_int_equal(items_find(&items, ITEM_FUNCTION, "f", 0), 1);
	assert_int_equal(items_find(&items, ITEM_FUNCTION, "f", 2), ITEMS_NONE);
	assert_int_equal(items_find(&items, ITEM_PROTOTYPE, "f", 0), 0);
	assert_int_equal(items_at(&items, 0), 0);
	assert_int_equal(items_at(&items, strlen(text) - 1), 3);
	assert_int_equal(items_at(&items, strlen(text)), ITEMS_NONE);
	assert_int_equal(items_at_line(&items, 1), 0);
	assert_int_equal(items_at_line(&items, 2), 0);
	assert_int_equal(items_at_line(&items, 3), 1);
	assert_int_equal(items_at_line(&items, 6), 1);
	assert_int_equal(items_at_line(&items, 7), 2);
	assert_int_equal(items_at_line(&items, 8), ITEMS_NONE);
	assert_int_equal(items_at_line(&items, 0), ITEMS_NONE);
	assert_true(item_is_definition(&items.v[1]));
	assert_false(item_is_definition(&items.v[0]));
	items_release(&items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions),
		cmocka_unit_test(functions_that_return_function_pointers),
		cmocka_unit_test(attributes),
		cmocka_unit_test(variables),
		cmocka_unit_test(prototypes),
		cmocka_unit_test(types),
		cmocka_unit_test(names),
		cmocka_unit_test(macro_made),
		cmocka_unit_test(calls),
		cmocka_unit_test(exports),
		cmocka_unit_test(directives),
		cmocka_unit_test(preprocessed),
		cmocka_unit_test(unknown),
		cmocka_unit_test(find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
