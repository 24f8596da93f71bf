// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a name is at each place: every spelling of "n" in a text, in order of
 * its lines, as one word.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/uses.h"
#include "lib/buf.h"

static const char *word_of(const struct name *name)
{
	static const char *const words[] = {
		[NAME_DEFINE] = "define",     [NAME_DIRECTIVE] = "directive",
		[NAME_ENUMERATOR] = "enum",   [NAME_MEMBER] = "member",
		[NAME_LABEL] = "label",	      [NAME_LOCAL] = "local",
		[NAME_OPERAND] = "operand",
	};
	static const char *const forms[] = {
		[USE_PLAIN] = "plain", [USE_TAG] = "tag",
		[USE_PASTED] = "pasted",
	};

	return name->class == NAME_USE ? forms[name->form] :
					 words[name->class];
}

static void add_word(void *data, const struct name *name)
{
	struct buf *ret = data;

	if (name->len != 1 || *name->text != 'n')
		return;
	buf_addf(ret, "%s%s", ret->len ? " " : "", word_of(name));
	if (name->callee)
		buf_addf(ret, "<%.*s:%zu%s", (int)name->callee_len,
			 name->callee, name->argument,
			 name->alone ? "!" : "");
	if (name_is_captured(name, "other"))
		buf_addstr(ret, "^");
}

static void check(const char *source, const char *expected)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct items items;

	items_parse(source, strlen(source), &items);
	for (size_t i = 0; i < items.nr; i++)
		names_of_item(&items, i, add_word, &text);
	assert_string_equal(text.data, expected);
	items_release(&items);
}

static void test_file_level(void **state)
{
	(void)state;
	check("static int n(void);\nint n(void) { return 0; }\n",
	      "plain plain");
	check("struct n { int n; u64 (*n)(int n); };\n",
	      "tag member member<u64:0 member");
	check("struct s { char a[n]; };\n", "plain");
	check("enum { n = 1, m = n };\n", "enum plain");
	check("EXPORT_SYMBOL(n);\n", "plain<EXPORT_SYMBOL:0!");
	check("struct s s = { .n = n, .m = 1 };\n", "member plain");
}

static void test_directives(void **state)
{
	(void)state;
	check("#define n(x) (x)\n#undef n\n", "define define");
	check("#define f(n) n\n", "local local");
	check("#define f(x) n(x)\n", "plain");
	check("#define f(x) x##n #x\n", "operand");
	check("#if defined(n)\n#endif\n", "plain<defined:0!");
	check("#pragma weak n\n", "directive");
	check("void f(void)\n{\n#define g n\n}\n", "plain");
}

static void test_bodies(void **state)
{
	(void)state;
	check("int f(int n) { return n; }\n", "local<f:0 local");
	check("void f(void) { { int n = 0; n++; } n(); }\n",
	      "local local plain");
	check("void f(void) { u64 (*n)(int) = 0; n(1); }\n",
	      "local<u64:0 local");
	check("void f(void) { extern int n; n++; }\n", "plain plain");
	check("void f(void) { goto n; n: p->n(); }\n", "label label member");
	check("void f(void) { p = n; call(1, n); }\n", "plain plain<call:1!");
	check("void f(void) { call(1, n(2) + 1); }\n", "plain<call:1");
	check("void f(void) { hook(n)(1); }\n", "pasted<hook:0!");
	check("void f(void) { g(\"n\"); /* n */ }\n", "");
}

static void test_captured(void **state)
{
	(void)state;
	check("void f(int other) { n(); }\n", "plain^");
	check("void f(void) { { int other; } n(); }\n", "plain");
	check("void f(void) { int a = n(), other; n(); }\n", "plain plain^");
	check("void f(void) { s.other = n(); }\n", "plain");
	check("#define f(other) n(other)\n", "plain^");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file_level),
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_captured),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
