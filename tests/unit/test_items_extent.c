// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where an item begins and ends, which conditionals it is in, and that no
 * bytes at all can upset that. In check_cuts() a '|' marks a border.
 */
#include "tests/unit/items_helper.h"

#include <time.h>

static void blank_lines(void **state)
{
	(void)state;
	check_cuts("int a;\n|int b;\n\n\n|int c;");
	check_cuts("\n\n|int a;\n");
	check_cuts("int a;\n\n|\tint b;\n");
	check_cuts("  int a;\n");
	check_cuts("int a;   \n \n\t\n|int b;\n\n");
	check_cuts("static inline int f(void)\n{\n\treturn 1;\n}\n"
		   "|static inline int g(void)\n{\n\treturn 2;\n}\n\n");
	check_cuts("int a; |int b;\n|int c;\n");
}

static void comments(void **state)
{
	(void)state;
	/* the licence, the banner, a leading comment */
	check_cuts("// SPDX\n|/* banner */\n\n|/* f */\nint f(void) { }\n");
	check_cuts("/* SPDX */\n|/* banner */\n|#include <a.h>\n");
	check_cuts("/* SPDX */\n|/* f */\nint f(void) { }\n");
	check_cuts("/* SPDX */\n\n|/* a */\n#define A\n");
	/* several, directly above */
	check_cuts("int a;\n\n|/* 1 */\n/* 2 */\n// 3\nint b;\n");
	check_cuts("int a;\n\n|/* 1 */\n\n|/* 2 */\nint b;\n");
	/* glued below the one before: it belongs to nothing */
	check_cuts("int f(void)\n{\n}\n|/* glued */\n\n|int g(void)\n{\n}\n");
	check_cuts("int f(void)\n{\n}\n|/* glued */\nint g(void)\n{\n}\n");
	/* behind the code, on its line */
	check_cuts("int f(void)\n{\n} /* f */\n|int g(void)\n{\n} // g\n");
	check_cuts("int f(void) { }\n|EXPORT(f); /* y */\n\n|int a;\n");
	check_cuts("int a; /* several\n * lines */ // more\n\n|int b;\n");
	check_cuts("int a;\n|/* last */\n");
	check_cuts("int a;\n\n|/* 1 */ /* 2 */ int b;\n");
	/* an old banner, as wide as the page */
	check_cuts("int a;\n\n|/*******\n * helpers\n *******/\n\n|int b;\n");
	check_cuts("/* never closed\nint a;\n");
}

static void comment_offsets(void **state)
{
	static const char text[] =
		"int a;\n\n/* about f\n */\nint f(void)\n{\n} /* end */\n\n\n"
		"int b;\n";
	const struct item *item;
	struct items items;

	(void)state;
	items_parse(text, strlen(text), &items);
	item = &items.v[1];
	assert_ptr_equal(text + item->begin, strstr(text, "/* about"));
	assert_ptr_equal(text + item->code_begin, strstr(text, "int f"));
	assert_ptr_equal(text + item->name_begin, strstr(text, "f(void"));
	assert_ptr_equal(text + item->body_begin, strstr(text, "{"));
	assert_ptr_equal(text + item->body_end, strstr(text, " /* end"));
	assert_ptr_equal(text + item->code_end, strstr(text, "\n\nint b"));
	assert_ptr_equal(text + item->end, strstr(text, "int b"));
	assert_int_equal(item->line_begin, 5);
	assert_int_equal(item->line_end, 7);
	assert_int_equal(items.tokens.v[item->token_begin].kind, TOKEN_COMMENT);
	assert_true(token_is(&items.tokens, item->token_end - 1, "/* end */"));
	items_release(&items);
}

static void macros_without_semicolon(void **state)
{
	(void)state;
	check_cuts("BUILD_X(a)\n|static int f(void)\n{\n}\n");
	check_cuts("BUILD_X(a)\n|BUILD_X(b)\n|BUILD_X(c)\n\n|int a;\n");
	check_cuts("BUILD_X(a,\n\tb)\n|foo_t f(void)\n{\n}\n");
	check_cuts("BUILD_X(a)\n|#undef BUILD_X\n");
	check_cuts("#ifdef A\n|BUILD_X(a)\n|#endif\n|int a;\n");
	check_cuts("BUILD_X(a)\n\tBUILD_Y(a)\n\tBUILD_Z(a)\n\n|int a;\n");
	check_cuts("__x(8)\n|__x(16)\n|#undef __x\n");
	check_cuts("__x(8)\n|__x(16)\n\n|#if A\n|int a;\n|#endif\n");
	check_cuts("A_LIST\n\n|#undef EM\n");
	check_cuts("A_LIST\n\n|int a;\n");
	check_cuts("static DEFINE_X(a)\n|static int f(void)\n{\n}\n");
	check_cuts("BUILD_X(a)");
	/* these go on */
	check_cuts("__printf(1, 2)\nvoid f(const char *s, ...);\n");
	check_cuts("SYSCALL_DEFINE0(f)\n{\n}\n");
	check_cuts("DEFINE_X(a)\n\t= { 1 };\n");
	check_cuts("asmlinkage\nlong f(void);\n");
	check_cuts("static int f(void)\n#define N 3\n{\n}\n");
}

static void many_lines(void **state)
{
	(void)state;
	check_cuts("static\nconst\nstruct s\n*\na\n=\n&b\n;\n|int c;\n");
	check_cuts("int\nf(\n\tint a,\n\tint b\n)\n\n{\n\n}\n|int c;\n");
	check_cuts("struct s {\n\tint a;\n\n\tint b;\n};\n|int c;\n");
	check_cuts("int a,\n#define N 3\n\tb[N];\n");
}

static void strings(void **state)
{
	(void)state;
	check_cuts("char a[] = \"}; int b;\";\n|char c = '{';\n|char d = '\\'';\n");
	check_cuts("char a[] = \"/*\";\n|char b[] = \"*/\";\n");
	check_cuts("int f(void)\n{\n\tg(\"\\\"}\");\n\treturn '}';\n}\n|int a;\n");
	check_cuts("int f(void)\n{\n\tg(\"a\\\n}\\\n\");\n}\n|int a;\n");
	check_cuts("int f(void)\n{\n\t/* } */ // }\n\t// \\\n}\n}\n|int a;\n");
	check_cuts("#define A \"{\\\n(\n|#define B '{\n|int a;\n");
	check_cuts("int a; // '\n|int b;\n");
}

static void splices(void **state)
{
	(void)state;
	check_kinds("stat\\\nic in\\\nt f\\\noo(void)\n{\n}\n",
		    "function foo static");
	check_kinds("#def\\\nine A\\\nB x\\\ny\nint a;\n",
		    "macro AB, variable a");
	check_kinds("#\\\nif A\nint a;\n#e\\\nndif\n",
		    "conditional if, variable a, conditional endif");
	check_kinds("/\\\n* } *\\\n/ int a;\n/\\\n/ } \\\n }\nint b;\n",
		    "comment, variable a, variable b");
	check_kinds("int a \\\n, b;\n\\\nint c;\n", "variable a, variable c");
	check_cuts("int a; \\\n/* a too */\n|int b;\n");
	check_cuts("int a;\n|\\\nint b;\n");
}

static void conditionals_inside(void **state)
{
	(void)state;
	check_kinds("int f(void)\n{\n#ifdef A\n\tg();\n#else\n\th();\n#endif\n"
		    "}\nint a;\n", "function f, variable a");
	check_kinds("int f(void)\n{\n#if 0\n\t}}} don't {\n#endif\n}\nint a;\n",
		    "function f, variable a");
	check_kinds("int f(void)\n{\n#if 1\n\ta();\n#else\n\t}}}\n#endif\n}\n"
		    "int a;\n", "function f split, variable a");
	check_kinds("int f(void)\n{\n#ifdef A\n\tif (a) {\n#else\n\tif (b) {\n"
		    "#endif\n\t}\n}\nint a;\n",
		    "function f, variable a");
	check_kinds("int f(void)\n{\n#ifdef A\n\tif (a) {\n"
		    "#endif\n\t}\n}\n}\nint a;\n",
		    "function f split, unknown, variable a");
	check_kinds("int f(void)\n#ifdef A\n{\n\ta();\n#else\n{\n#endif\n}\n"
		    "int a;\n", "function f split, variable a");
	check_kinds("int f(void)\n{\n#if 0\n#ifdef A\n\t}\n#else\n\t}\n"
		    "#endif\n#elif B\n\tif (a) {\n#else\n#if C\n\tif (b) {\n"
		    "#endif\n#endif\n\t}\n}\nint a;\n",
		    "function f, variable a");
	/* the same condition twice is taken the same way twice */
	check_kinds("int f(void)\n{\n#ifdef A\n\tif (a)\n#else\n\tif (b) {\n"
		    "#endif\n\t\tc();\n#ifndef A\n\t}\n#endif\n}\nint a;\n",
		    "function f split, variable a");
	check_kinds("int f(void)\n{\n#if defined(A)\n\tif (a) {\n#endif\n"
		    "\t\tc();\n#if !defined A\n#else\n\t}\n#endif\n}\nint a;\n",
		    "function f split, variable a");
	check_kinds("struct s {\n\tint a;\n#ifdef A\n\tint b;\n#endif\n};\n",
		    "type s(struct)");
	check_kinds("int f(void)\n#ifdef A\n{\n\ta();\n}\n#else\n{\n}\n#endif\n"
		    "int a;\n", "function f split, variable a");
	check_kinds("static int a[] = {\n#include \"a.h\"\n\t3,\n};\n",
		    "variable a static");
}

static void conditionals_around(void **state)
{
	(void)state;
	check_kinds("#ifdef A\nint f(int a) {\n#else\nint g(void) {\n#endif\n"
		    "\treturn 0;\n}\nint b;\n",
		    "function f split, variable b");
	check_kinds("#ifdef A\nint f(int a)\n#else\nint f(void)\n#endif\n{\n}\n"
		    "int b;\n", "function f split, variable b");
	check_kinds("#ifdef A\nstatic\n#endif\nint f(void)\n{\n}\nint b;\n",
		    "function f static split, variable b");
	check_kinds("#if A\nDEFN1(f, int a)\n#elif B\nDEFN2(f, int b)\n#else\n"
		    "DEFN3(f)\n#endif\n{\n}\nint b;\n",
		    "function f(DEFN3) split, variable b");
	check_kinds("int a\n#ifdef A\n\t= 1;\n#else\n\t= 2;\n#endif\nint b;\n",
		    "variable a split, variable b");
	/* its comment comes with it */
	check_cuts("int a;\n\n|/* f */\n#ifdef A\nint f(int a) {\n#else\n"
		   "int f(void) {\n#endif\n}\n\n|int b;\n");
	/* text that is not C stays where it is */
	check_cuts("#if 0\n|void f(void) {\n\tdon't\n|#endif\n|int b;\n");
	check_kinds("#if 0\nint f(void)\n{\n}\n#endif\n",
		    "conditional if, function f, conditional endif");
	check_kinds("#ifndef G\n#define G\nint a;\nstruct s {\n#endif\n",
		    "conditional ifndef, macro G, variable a, unknown, "
		    "conditional endif");
	check_kinds("#endif\n#else\nint a;\n",
		    "conditional endif, conditional else, variable a");
	check_kinds("#ifdef A\nint a;\n", "conditional ifdef, variable a");
}

static void check_context(const char *text, const char *name,
			  const char *expected)
{
	struct items items;
	size_t i = 0;
	char *context;

	items_parse(text, strlen(text), &items);
	while (i < items.nr && strcmp(items.v[i].name, name))
		i++;
	assert_true(i < items.nr);
	context = items_context(&items, i);
	assert_string_equal(context, expected);
	free(context);
	items_release(&items);
}

static void contexts(void **state)
{
	static const char text[] =
		"#ifndef G /* guard */\n#define G\nint a;\n"
		"# ifdef\tA /* c */\nint b;\n#if  B && \\\n\tC(1)\nint c;\n"
		"#elif D\nint d;\n#else\nint e;\n#endif\nint f;\n#else\n"
		"int g;\n#endif\nint h;\n#endif /* G */\n";

	(void)state;
	check_context(text, "a", "");
	check_context(text, "b", "#ifdef A");
	check_context(text, "c", "#ifdef A && #if B && C(1)");
	check_context(text, "d", "#ifdef A && #if B && C(1) && #elif D");
	check_context(text, "e",
		      "#ifdef A && #if B && C(1) && #elif D && #else");
	check_context(text, "f", "#ifdef A");
	check_context(text, "g", "#ifdef A && #else");
	check_context(text, "h", "");
	check_context(text, "else", "#ifdef A");
	check_context("#if !defined(G)\n#define G\nint a;\n#endif\n", "a", "");
	/* no guards: another name, an #else, something behind */
	check_context("#ifndef G\n#define H\nint a;\n#endif\n", "a",
		      "#ifndef G");
	check_context("#ifndef G\n#define G\nint a;\n#else\n#endif\n", "a",
		      "#ifndef G");
	check_context("#ifndef G\n#define G\nint a;\n#endif\nint b;\n", "a",
		      "#ifndef G");
}

static void line_ends(void **state)
{
	(void)state;
	check_cuts("int a;\r\n\r\n|/* b */\r\nint b;\r\n|#define C \\\r\n\t1\r\n"
		   "|int d;\r\n");
	check_kinds("stat\\\r\nic int a;\r\n", "variable a static");
	check_cuts("int f(void)\n{\n}");
	check_cuts("int a;\n|// no newline");
	check_cuts("int a;\n|#define A");
	check_cuts("int a");
	check_bytes("", 0, "");
	check_kinds("\n", "blank");
	check_kinds(" \t", "blank");
}

static void odd_bytes(void **state)
{
	static const char nuls[] = "int a\0b;\nint c;\0\nint d;\n";
	static const char utf8[] =
		"/* \xc3\xa4 \xff\xfe */\nint a;\nint \xc3\xa4;\n\xff\xfe\n";

	(void)state;
	check_bytes(nuls, sizeof(nuls) - 1,
		    "variable a, variable c, unknown, variable d");
	check_bytes(utf8, sizeof(utf8) - 1,
		    "comment, variable a, variable \xc3\xa4, unknown");
}

/* Splits a megabyte, and at most that long: a quadratic way takes minutes. */
static void check_megabyte(const struct buf *text)
{
	clock_t begin = clock();
	struct items items;

	items_parse(text->data, text->len, &items);
	check_coverage(&items, text->len);
	items_release(&items);
	assert_true((clock() - begin) / CLOCKS_PER_SEC < 20);
}

static void check_repeated(const char *unit)
{
	struct buf text = BUF_INIT;

	while (text.len < 1 << 20)
		buf_addstr(&text, unit);
	check_megabyte(&text);
	buf_release(&text);
}

/* The format takes a number, so that no two conditions are the same. */
static void check_numbered(const char *format)
{
	struct buf text = BUF_INIT;

	for (int i = 0; text.len < 1 << 20; i++)
		buf_addf(&text, format, i);
	check_megabyte(&text);
	buf_release(&text);
}

static void a_megabyte(void **state)
{
	static const char *const units[] = {
		"{", "}", "(", ")", "{}", "/*", "*", "\"", "'", "\\\n", "\\",
		"#if A\n", "#endif\n", "#if A\n{\n#endif\n",
		"#if A\nx\n#endif\n", "{\n}\n{{\n}\n", "f(", "f(x)", "f(x)\n",
		"a,", "=", "x;", "\n", "\\ ", "struct s {", "#else\n",
		"#define A\n", "/* c */\n", "/* c */ ", "int a; ", "<%",
		"#if A\n}\n#endif\n", "#if A\n(\n#else\n)\n#endif\n",
		"extern \"C\" {\n", "int (", "[", ".x\n", "*", "EXPORT(f)\n",
		"#if A\nx\n#endif\n}\n", "__x(1)\n", "#if A\nif\n#endif\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		check_repeated(units[i]);
	check_numbered("(int f(void){\n#if A%d\n");
	check_numbered("#if A%d\nint f\n#endif\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blank_lines),
		cmocka_unit_test(comments),
		cmocka_unit_test(comment_offsets),
		cmocka_unit_test(macros_without_semicolon),
		cmocka_unit_test(many_lines),
		cmocka_unit_test(strings),
		cmocka_unit_test(splices),
		cmocka_unit_test(conditionals_inside),
		cmocka_unit_test(conditionals_around),
		cmocka_unit_test(contexts),
		cmocka_unit_test(line_ends),
		cmocka_unit_test(odd_bytes),
		cmocka_unit_test(a_megabyte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
