// SPDX-License-Identifier: GPL-2.0-only
/* The names that a header declares itself, and those that it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/header_names.h"
#include "lib/buf.h"

/* The names in order, tags with '#' before them. */
static void check(const char *header, const char *expected)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct header_names names;
	struct items items;

	items_parse(header, strlen(header), &items);
	header_names_of(&items, &names);
	for (size_t i = 0; i < names.nr; i++)
		buf_addf(&text, "%s%s%s", i ? " " : "",
			 names.v[i].is_tag ? "#" : "", names.v[i].name);
	assert_string_equal(text.data, expected);
	header_names_release(&names);
	items_release(&items);
}

static void test_declarations(void **state)
{
	(void)state;
	check("int f(int x);\nstatic inline int g(void)\n{\n\treturn 1;\n}\n",
	      "f g");
	check("extern int a, *b;\ntypedef unsigned long word;\n", "a b word");
	check("#define MAX 4\n#define is_on(x) ((x)->on)\n", "MAX is_on");
	check("#if A\nint f(void);\n#else\n#define f() 0\n#endif\n", "f");
}

static void test_guard(void **state)
{
	(void)state;
	check("/* SPDX */\n#ifndef FOO_H\n#define FOO_H\nint f(void);\n#endif\n",
	      "f");
	check("#ifndef FOO\n#define FOO 1\n#endif\nint f(void);\n", "FOO f");
}

static void test_types(void **state)
{
	(void)state;
	check("struct s {\n\tint member;\n};\n", "#s");
	check("struct s;\nunion u;\nint f(struct s *s);\n", "f");
	check("enum colour { RED, GREEN = MAX(1, 2), BLUE };\n",
	      "#colour RED GREEN BLUE");
	check("enum { A, B, };\n", "A B");
	check("typedef struct s {\n\tint x;\n} s_t;\n", "#s s_t");
	check("typedef struct s {\n\tint x;\n} s;\n", "#s s");
	check("struct outer {\n\tenum mode { ON, OFF } mode;\n"
	      "\tstruct inner { int x; } in;\n};\n",
	      "#outer #mode ON OFF #inner");
}

static void test_made(void **state)
{
	(void)state;
	check("#define ACCESSORS(reg, REG) \\\n"
	      "static inline int read_##reg(void) { return REGS_##REG; } \\\n"
	      "static inline void write_##reg##_now(int v) { use(v); }\n"
	      "ACCESSORS(ax, AX)\n",
	      "ACCESSORS read_ax write_ax_now");
	check("OTHER(ax, AX)\n", "");
	check("DECLARE_PER_CPU(int, counter);\n", "counter");
}

static void test_trace(void **state)
{
	(void)state;
	check("TRACE_EVENT(enter,\n\tTP_PROTO(int x),\n\tTP_ARGS(x)\n);\n",
	      "trace_enter");
	check("DEFINE_EVENT(class, leave,\n\tTP_PROTO(int x),\n\tTP_ARGS(x)\n);\n",
	      "trace_leave");
}

static void test_find(void **state)
{
	static const char header[] = "struct list {\n\tint x;\n};\n\nint f(void);\n";
	const struct header_name *name;
	struct header_names names;
	struct items items;

	(void)state;
	items_parse(header, strlen(header), &items);
	header_names_of(&items, &names);
	assert_null(header_names_find(&names, "list", 4, false));
	assert_non_null(header_names_find(&names, "list", 4, true));
	name = header_names_find(&names, "f(void)", 1, false);
	assert_non_null(name);
	assert_int_equal(name->kind, ITEM_PROTOTYPE);
	assert_int_equal(name->line, 5);
	header_names_release(&names);
	items_release(&items);
}

static void test_facade(void **state)
{
	_cleanup_free_ char *facade = header_facade("<asm/io.h>");

	(void)state;
	assert_string_equal(facade, "<linux/io.h>");
	assert_null(header_facade("<linux/io.h>"));
	assert_null(header_facade("\"asm/io.h\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_declarations),
		cmocka_unit_test(test_guard),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_made),
		cmocka_unit_test(test_trace),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_facade),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
