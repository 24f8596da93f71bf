// SPDX-License-Identifier: GPL-2.0-only
/* Files that include each other: what leads where, and what code needs of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/include_needs.h"
#include "tree_helper.h"

static void check_path(const struct tree_file *tree, const char *from,
		       const char *to, const char *expected)
{
	_cleanup_(strv_release) struct strv chain = STRV_INIT;
	_cleanup_free_ char *text = NULL;
	struct headers h;
	int found;

	headers_init(&h, tree_read, (void *)(uintptr_t)tree);
	found = headers_path(&h, from, to, &chain, NULL);
	text = strv_join(&chain, " ");
	assert_int_equal(found, *expected != '\0');
	assert_string_equal(text ? text : "", expected);
	headers_release(&h);
}

static const struct tree_file chain[] = {
	{ "dev/a.c", "#include <linux/k.h>\n#include \"b.h\"\n" },
	{ "dev/b.h", "#if X\n#include \"c.h\"\n#endif\n#include \"b.h\"\n" },
	{ "dev/c.h", "#include \"sub/d.h\"\n" },
	{ "dev/sub/d.h", "#include \"c.h\"\n#include \"gone.h\"\n" },
	{ "include/linux/k.h", "#include <linux/l.h>\n" },
	{ "include/linux/l.h", "int l;\n" },
	{ NULL, NULL },
};

static void test_path(void **state)
{
	(void)state;
	check_path(chain, "dev/a.c", "dev/b.h", "dev/a.c dev/b.h");
	check_path(chain, "dev/a.c", "dev/sub/d.h",
		   "dev/a.c dev/b.h dev/c.h dev/sub/d.h");
	check_path(chain, "dev/c.h", "dev/b.h", "");
	check_path(chain, "dev/c.h", "dev/gone.h", "");
	check_path(chain, "dev/a.c", "include/linux/l.h",
		   "dev/a.c include/linux/k.h include/linux/l.h");
	check_path(chain, "dev/none.c", "dev/b.h", "");
}

/* What moving f of a.c needs, "include(names)" each. */
static void check_needs(const struct tree_file *tree, const char *to,
			const char *expected)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct include_needs needs;
	struct include_cut cut = { .from = "dev/a.c", .to = to, .nr = 1 };
	struct header *from;
	struct headers h;
	size_t f;

	headers_init(&h, tree_read, (void *)(uintptr_t)tree);
	assert_int_equal(headers_get(&h, cut.from, &from, NULL), 1);
	f = items_find(&from->items, ITEM_FUNCTION, "f", 0);
	cut.moved = &f;
	cut.headers = &h;
	assert_int_equal(include_needs_of(&cut, &needs, NULL), 0);
	for (size_t i = 0; i < needs.nr; i++) {
		_cleanup_free_ char *names = strv_join(&needs.v[i].names, " ");

		buf_addf(&text, "%s%s(%s)", i ? " " : "", needs.v[i].include,
			 names);
	}
	assert_string_equal(text.data, expected);
	include_needs_release(&needs);
	headers_release(&h);
}

#define TREE(includes, body)                                                   \
	{ "dev/a.c", includes "static int own(void) { return g(); }\n"         \
		     "int f(void)\n{\n" body "}\nEXPORT_SYMBOL(f);\n" },       \
	{ "dev/one.h", "int g(void);\nint f(void);\nstruct one { int x; };\n" },\
	{ "dev/two.h", "int g(void);\n#define TWO 2\n" },                      \
	{ "dev/to.c", "#include \"two.h\"\n" },                                \
	{ "include/linux/export.h", "#define EXPORT_SYMBOL(x)\n" },            \
	{ "include/linux/io.h", "#include <asm/io.h>\n" },                     \
	{ "arch/x86/include/asm/io.h", "void outb(int x);\n" },                \
	{ "arch/x86/include/asm/alone.h", "void alone(void);\n" },             \
	{ NULL, NULL }

static void test_needs(void **state)
{
	static const struct tree_file uses[] = {
		TREE("#include <linux/export.h>\n#include \"one.h\"\n"
		     "#include \"two.h\"\n",
		     "struct one *o; return g() + TWO + own();\n"),
	};
	static const struct tree_file none[] = {
		TREE("#include \"two.h\"\n", "return x.TWO;\n"),
	};

	(void)state;
	check_needs(uses, "dev/new.c", "<linux/export.h>(EXPORT_SYMBOL) "
				       "\"one.h\"(f one g) \"two.h\"(TWO)");
	check_needs(uses, "dev/to.c",
		    "<linux/export.h>(EXPORT_SYMBOL) \"one.h\"(f one)");
	check_needs(uses, "dev/sub/new.c",
		    "<linux/export.h>(EXPORT_SYMBOL) "
		    "\"one.h\"(f one g) \"two.h\"(TWO)");
	check_needs(uses, "lib/new.c", "<linux/export.h>(EXPORT_SYMBOL) "
				       "\"../dev/one.h\"(f one g) "
				       "\"../dev/two.h\"(TWO)");
	check_needs(none, "dev/new.c", "");
}

static void test_facade(void **state)
{
	static const struct tree_file tree[] = {
		TREE("#include <asm/io.h>\n#include <asm/alone.h>\n",
		     "outb(1); alone(); return 0;\n"),
	};
	static const struct tree_file fronted[] = {
		TREE("#include <linux/io.h>\n#include <asm/io.h>\n",
		     "outb(1); return 0;\n"),
	};

	(void)state;
	check_needs(tree, "dev/new.c",
		    "<linux/io.h>(outb) <asm/alone.h>(alone)");
	check_needs(fronted, "dev/new.c", "<linux/io.h>(outb)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_needs),
		cmocka_unit_test(test_facade),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
