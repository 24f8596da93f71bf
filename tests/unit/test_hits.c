// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every place of the word "n", as "line:class".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/hits.h"

static const char *const words[] = {
	[HIT_NAME] = "name",	     [HIT_TAG] = "tag",
	[HIT_ARGUMENT] = "argument", [HIT_PASTED] = "pasted",
	[HIT_MEMBER] = "member",     [HIT_LABEL] = "label",
	[HIT_LOCAL] = "local",	     [HIT_STRING] = "string",
	[HIT_ASM] = "asm",	     [HIT_COMMENT] = "comment",
	[HIT_DOCUMENT] = "document", [HIT_ASSEMBLER] = "assembler",
	[HIT_OTHER] = "other",     [HIT_UNKNOWN] = "unknown",
};

static void check_hits(struct hits *hits, const char *expected)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	for (size_t i = 0; i < hits->nr; i++)
		buf_addf(&text, "%s%u:%s%s", i ? " " : "", hits->v[i].line,
			 words[hits->v[i].class],
			 hits->v[i].captured ? "^" : "");
	assert_string_equal(text.data, expected);
	hits_release(hits);
}

static void check(const char *source, const char *expected)
{
	struct hits hits = { 0 };
	struct items items;

	items_parse(source, strlen(source), &items);
	hits_of_source(&items, "n", "other", &hits);
	check_hits(&hits, expected);
	items_release(&items);
}

static void check_text(const char *path, const char *source,
		       const char *expected)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct hits hits = { 0 };

	buf_addstr(&text, source);
	hits_of_text(&text, file_kind_of(path), "n", &hits);
	check_hits(&hits, expected);
}

static void test_source(void **state)
{
	(void)state;
	check("/* n */\nint n(int nn, int n_n);\n", "1:comment 2:name");
	check("void f(int other)\n{\n\tn(\"n\", 'n', n);\n}\n",
	      "3:name^ 3:string 3:string 3:argument^");
	check("void f(void)\n{\n\tasm(\"call n\" : : \"i\" (n));\n\tn(\"n\");\n}\n",
	      "3:asm 3:name 4:name 4:string");
	check("struct n *p;\nint i = sizeof(struct n);\n", "1:tag 2:tag");
}

static void test_directives(void **state)
{
	(void)state;
	check("#define m(x) \\\n\tn(x, \"n\") /* n */\n",
	      "2:name 2:string 2:comment");
	check("#include \"n\"\n#error no n here\n", "1:string 2:string");
	check("#pragma weak n\n#undef n\n#ifdef n\n#endif /* n */\n",
	      "1:name 2:name 3:name 4:comment");
	check("#define m(x) call_##n(x)\n", "1:pasted");
	check("#define m(x) asm(\"call n\" : : \"i\" (x))\n", "1:asm");
	check("#if 0\nvoid f(void) { n(); }\n#endif\n", "2:name");
}

static void test_text(void **state)
{
	(void)state;
	check_text("a.S", "/* n */\n\tcall n\n\tmov $n, %eax\n# n\n.ascii \"n\"\n"
			  "#define m n\n",
		   "1:comment 2:assembler 3:assembler 4:comment 5:string "
		   "6:assembler");
	check_text("Documentation/a", "n() and n.\n", "1:document 1:document");
	check_text("a.rst", "n\n", "1:document");
	check_text("Makefile", "obj-n += n.o\n", "1:other 1:other");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_source),
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
