// SPDX-License-Identifier: GPL-2.0-only
/*
 * The inference, rule by rule: two small trees, what must be found done to one
 * item, and what the text rung then says. Each rule has a pair that it accounts for
 * and one that it must leave as residue.
 */
#define _GNU_SOURCE
#include "mixed_scene.h"

struct rule {
	const char *title;
	struct file files[4];
	const char *what, *name; /* of an entry in the list of what was done */
	unsigned int deeds;	 /* of it, exactly */
	const char *new_name;	 /* NULL: the same */
	const char *but;	 /* NULL: verbatim, or residue */
	size_t residue;		 /* entries that are residue, in all */
	enum result text;
	struct renamed given;	 /* what a person says was renamed */
};

#define F "int f(int a)\n{\n\treturn num(a, 1);\n}\n"
#define F2 "int f(int a)\n{\n\treturn num(a, 2);\n}\n"
#define G "int g(int a)\n{\n\treturn num(2, a);\n}\n"
#define S(linkage, name) linkage "int " name "(int a)\n{\n\treturn num(a, 3);\n}\n"
#define USE(name) "int use(int a)\n{\n\treturn " name "(a) + 1;\n}\n"
#define PROTO "int s(int a);\n"
#define GUARD(name, body)                                                      \
	"#ifndef " name "\n#define " name "\n\n" body "\n#endif\n"
#define BIG                                                                    \
	"int big(int a)\n{\n\tint b = a;\n\n" PART "\treturn num(a, b);\n}\n"
#define PART "\tif (a > 3)\n\t\ta = num(a, b);\n\tnum(b, 7);\n"

static const struct rule rules[] = {
	{ "moved to another file",
	  { { "a.c", F "\n" G, G }, { "b.c", G, G "\n" F } },
	  "function", "f", DEED_MOVED, NULL, NULL, 0, RESULT_EQUAL },
	{ "moved and changed",
	  { { "a.c", F "\n" G, G }, { "b.c", G, G "\n" F2 } },
	  "function", "f", DEED_MOVED | DEED_CHANGED, NULL, NULL, 1,
	  RESULT_EQUAL },
	{ "moved within its file",
	  { { "a.c", F "\n" G "\n" USE("f"), G "\n" USE("f") "\n" F } },
	  "function", "f", DEED_MOVED, NULL, NULL, 0, RESULT_EQUAL },
	{ "macro in another order",
	  { { "a.c", "#define A 1\n\n" G "\n" F, G "\n" F "\n#define A 1\n" } },
	  "macro", "A", DEED_MOVED, NULL, NULL, 0, RESULT_UNDECIDED },
	{ "left in both files",
	  { { "a.c", F "\n" G, F "\n" G }, { "b.c", G, G "\n" F } },
	  "function", "f", DEED_ADDED, NULL, NULL, 1, RESULT_DIFFERENT },
	{ "moved out of its conditional",
	  { { "a.c", "#ifdef X\n" F "#endif\n" G, G }, { "b.c", G, G "\n" F } },
	  "function", "f", DEED_MOVED, NULL, NULL, 1, RESULT_UNDECIDED },
	{ "moved with its conditional",
	  { { "a.c", "#ifdef X\n" F "#endif\n" G, G },
	    { "b.c", G, G "\n#ifdef X\n" F "#endif\n" } },
	  "function", "f", DEED_MOVED, NULL, NULL, 0, RESULT_EQUAL },
	{ "promoted",
	  { { "a.c", S("static ", "s"), S("", "s") }, { "a.h", "", PROTO } },
	  "function", "s", DEED_PROMOTED, NULL, "static", 0, RESULT_EQUAL },
	{ "promoted beside a weak one",
	  { { "a.c", S("static ", "s"), S("", "s") },
	    { "a.h", "", PROTO },
	    { "b.c", S("__weak ", "s"), S("__weak ", "s") } },
	  "function", "s", DEED_PROMOTED, NULL, "static", 0,
	  RESULT_UNDECIDED },
	{ "promoted with another prototype",
	  { { "a.c", S("static ", "s"), S("", "s") },
	    { "a.h", "", "int s(long a);\n" } },
	  "prototype", "s", DEED_PROTOTYPE | DEED_ADDED, NULL, NULL, 1,
	  RESULT_EQUAL },
	{ "promoted with an attribute",
	  { { "a.c", S("static ", "s"), S("noinline ", "s") },
	    { "a.h", "", PROTO } },
	  "function", "s", DEED_PROMOTED | DEED_CHANGED, NULL, NULL, 2,
	  RESULT_UNDECIDED },
	{ "made static",
	  { { "a.c", S("", "s"), S("static ", "s") } },
	  "function", "s", DEED_CHANGED, NULL, NULL, 1, RESULT_UNDECIDED },
	{ "inlined in a header",
	  { { "a.c", S("static ", "s"), NULL },
	    { "a.h", "", S("static inline ", "s") } },
	  "function", "s", DEED_MOVED | DEED_INLINED, NULL, "inline", 0,
	  RESULT_EQUAL },
	{ "inlined where it is",
	  { { "a.c", S("static ", "s"), S("static inline ", "s") } },
	  "function", "s", DEED_CHANGED, NULL, NULL, 1, RESULT_UNDECIDED },
	{ "renamed",
	  { { "a.c", S("static ", "s") "\n" USE("s"),
	      S("static ", "t") "\n" USE("t") } },
	  "function", "s", DEED_RENAMED, "t", "names", 0, RESULT_EQUAL },
	{ "renamed where it is used",
	  { { "a.c", S("static ", "s") "\n" USE("s"),
	      S("static ", "t") "\n" USE("t") } },
	  "function", "use", DEED_MENTIONS, NULL, "names", 0, RESULT_EQUAL },
	{ "renamed to a name that was in use",
	  { { "a.c", S("static ", "s") "\n" USE("s") "int x(int t)\n{\n}\n",
	      S("static ", "t") "\n" USE("t") "int x(int t)\n{\n}\n" } },
	  "function", "s", DEED_LOST, NULL, NULL, 3, RESULT_EQUAL },
	{ "a use that means another",
	  { { "a.c", S("static ", "s") "\n" F "\n" USE("s"),
	      S("static ", "t") "\n" F "\n" USE("f") } },
	  "function", "use", DEED_CHANGED, NULL, NULL, 1, RESULT_EQUAL },
	{ "renamed and changed, as a person says",
	  { { "a.c", "static " F "\n" G, "static int t(int a)\n{\n}\n\n" G } },
	  "function", "f", DEED_RENAMED | DEED_CHANGED, "t", NULL, 1,
	  RESULT_EQUAL, { "f", "t" } },
	{ "renamed twins, told by their use",
	  { { "a.c",
	      S("static ", "s") "\n" S("static ", "z") "\n" USE("s")
		      "\nint two(int a)\n{\n\treturn z(a);\n}\n",
	      S("static ", "y") "\n" S("static ", "t") "\n" USE("t")
		      "\nint two(int a)\n{\n\treturn y(a);\n}\n" } },
	  "function", "s", DEED_RENAMED, "t", "names", 0, RESULT_EQUAL },
	{ "renamed twins that nothing tells apart",
	  { { "a.c", S("", "s") "\n" S("", "z"), S("", "y") "\n" S("", "t") } },
	  "function", "s", DEED_LOST, NULL, NULL, 4, RESULT_EQUAL },
	{ "a variable renamed",
	  { { "a.c", "static int v = 3;\n\nint r(void)\n{\n\treturn v;\n}\n",
	      "static int w = 3;\n\nint r(void)\n{\n\treturn w;\n}\n" } },
	  "variable", "v", DEED_RENAMED, "w", "names", 0, RESULT_EQUAL },
	{ "a variable renamed, and its value",
	  { { "a.c", "static int v = 3;\n\nint r(void)\n{\n\treturn v;\n}\n",
	      "static int w = 4;\n\nint r(void)\n{\n\treturn w;\n}\n" } },
	  "variable", "v", DEED_LOST, NULL, NULL, 3, RESULT_EQUAL },
	{ "a string is no name",
	  { { "a.c", S("static ", "s") "\nchar *n = \"s\";\n",
	      S("static ", "t") "\nchar *n = \"t\";\n" } },
	  "variable", "n", DEED_CHANGED, NULL, NULL, 1, RESULT_EQUAL },
	{ "moved, promoted and renamed",
	  { { "a.c", G "\n" S("static ", "s") "\n" USE("s"),
	      G "\n" USE("t") },
	    { "b.c", F, F "\n" S("", "t") },
	    { "a.h", "", "int t(int a);\n" } },
	  "function", "s", DEED_MOVED | DEED_PROMOTED | DEED_RENAMED, "t",
	  "static, names", 0, RESULT_EQUAL },
	{ "moved, inlined and renamed",
	  { { "a.c", S("static ", "s") "\n" USE("s"), USE("t") },
	    { "a.h", "", S("static inline ", "t") } },
	  "function", "s", DEED_MOVED | DEED_INLINED | DEED_RENAMED, "t",
	  "inline, names", 0, RESULT_EQUAL },
	{ "one of two statics of a name promoted",
	  { { "a.c", S("static ", "s"), S("", "s") },
	    { "b.c", "static int s(int a)\n{\n\treturn a;\n}\n",
	      "static int s(int a)\n{\n\treturn a;\n}\n" },
	    { "a.h", "", PROTO } },
	  "function", "s", DEED_PROMOTED, NULL, "static", 0, RESULT_EQUAL },
	{ "the other of two equal statics moved",
	  { { "a.c", S("static ", "s") "\n" G, S("static ", "s") "\n" G },
	    { "b.c", S("static ", "s") "\n" F, F },
	    { "c.c", USE("x"), USE("x") "\n" S("static ", "s") } },
	  "function", "s", DEED_MOVED, NULL, NULL, 0, RESULT_EQUAL },
	{ "a file renamed, and its guard",
	  { { "a.h", GUARD("A_H", F "\n" PROTO), NULL },
	    { "b.h", NULL, GUARD("B_H", F "\n" PROTO) },
	    { "c.c", "#include \"a.h\"\n\n" G, "#include \"b.h\"\n\n" G } },
	  "file", "a.h", DEED_FILE_RENAMED, "b.h", NULL, 0, RESULT_EQUAL },
	{ "a file renamed, and one that still includes it",
	  { { "a.h", GUARD("A_H", F "\n" PROTO), NULL },
	    { "b.h", NULL, GUARD("B_H", F "\n" PROTO) },
	    { "c.c", "#include \"a.h\"\n\n" G, "#include \"b.h\"\n\n" G },
	    { "d.c", "#include \"a.h\"\n", "#include \"a.h\"\n" } },
	  "file", "a.h", DEED_FILE_RENAMED, "b.h", NULL, 0,
	  RESULT_DIFFERENT },
	{ "a file renamed, its guard in one place",
	  { { "a.h", GUARD("A_H", F "\n" PROTO), NULL },
	    { "b.h", NULL,
	      "#ifndef A_H\n#define B_H\n\n" F "\n" PROTO "\n#endif\n" } },
	  "macro", "A_H", DEED_MOVED | DEED_RENAMED, "B_H", "names", 3,
	  RESULT_UNDECIDED },
	{ "extracted",
	  { { "a.c", BIG,
	      "static void part(int a, int b)\n{\n\tnum(b, 7);\n}\n\n"
	      "int big(int a)\n{\n\tint b = a;\n\n"
	      "\tif (a > 3)\n\t\ta = num(a, b);\n\tpart(a, b);\n"
	      "\treturn num(a, b);\n}\n" } },
	  "function", "part", DEED_EXTRACTED | DEED_ADDED, NULL, NULL, 0,
	  RESULT_EQUAL },
	{ "extracted with other parameters",
	  { { "a.c", BIG,
	      "static void part(int x)\n{\n\tnum(x, 7);\n}\n\n"
	      "int big(int a)\n{\n\tint b = a;\n\n"
	      "\tif (a > 3)\n\t\ta = num(a, b);\n\tpart(b);\n"
	      "\treturn num(a, b);\n}\n" } },
	  "function", "big", DEED_GAVE, NULL, "what it gave", 0,
	  RESULT_EQUAL },
	{ "an expression extracted",
	  { { "a.c", BIG,
	      "static int part(int x)\n{\n\treturn x > 3;\n}\n\n"
	      "int big(int a)\n{\n\tint b = a;\n\n"
	      "\tif (part(a))\n\t\ta = num(a, b);\n\tnum(b, 7);\n"
	      "\treturn num(a, b);\n}\n" } },
	  "function", "part", DEED_EXTRACTED | DEED_ADDED, NULL, NULL, 0,
	  RESULT_EQUAL },
	{ "extracted with another constant",
	  { { "a.c", BIG,
	      "static void part(int a, int b)\n{\n\tnum(b, 8);\n}\n\n"
	      "int big(int a)\n{\n\tint b = a;\n\n"
	      "\tif (a > 3)\n\t\ta = num(a, b);\n\tpart(a, b);\n"
	      "\treturn num(a, b);\n}\n" } },
	  "function", "part", DEED_ADDED, NULL, NULL, 2, RESULT_EQUAL },
	{ "extracted with what it assigns",
	  { { "a.c", BIG,
	      "static void part(int a, int b)\n{\n" PART "}\n\n"
	      "int big(int a)\n{\n\tint b = a;\n\n\tpart(a, b);\n"
	      "\treturn num(a, b);\n}\n" } },
	  "function", "part", DEED_ADDED, NULL, NULL, 2, RESULT_EQUAL },
	{ "extracted, and an assertion is lost",
	  { { "a.c",
	      "int big(int a)\n{\n\tassert_held(a);\n\tnum(a, 1);\n"
	      "\tnum(a, 2);\n\treturn a;\n}\n",
	      "static void part(int a)\n{\n\tnum(a, 1);\n\tnum(a, 2);\n}\n\n"
	      "int big(int a)\n{\n\tpart(a);\n\treturn a;\n}\n" } },
	  "function", "part", DEED_ADDED, NULL, NULL, 2, RESULT_UNDECIDED },
	{ "an assertion is new",
	  { { "a.c", "int big(int a)\n{\n\tif (a)\n\t\tnum(a, 1);\n\treturn a;\n}\n",
	      "int big(int a)\n{\n\tif (a)\n\t\tassert_held(a);\n\tnum(a, 1);\n"
	      "\treturn a;\n}\n" } },
	  "function", "big", DEED_CHANGED, NULL, NULL, 1, RESULT_UNDECIDED },
	{ "an operator that binds otherwise",
	  { { "a.c", "int big(int a)\n{\n\treturn 2 * a + 1;\n}\n",
	      "static int part(int a)\n{\n\treturn a + 1;\n}\n\n"
	      "int big(int a)\n{\n\treturn 2 * part(a);\n}\n" } },
	  "function", "part", DEED_ADDED, NULL, NULL, 2, RESULT_EQUAL },
	{ "an argument that binds otherwise",
	  { { "a.c", "int big(int a)\n{\n\treturn 2 * a + 1;\n}\n",
	      "static int part(int x)\n{\n\treturn 2 * x;\n}\n\n"
	      "int big(int a)\n{\n\treturn part(a + 1);\n}\n" } },
	  "function", "part", DEED_ADDED, NULL, NULL, 2, RESULT_EQUAL },
	{ "two statements under one condition",
	  { { "a.c",
	      "int big(int a)\n{\n\tif (a)\n\t\tnum(a, 1);\n\tnum(a, 2);\n}\n",
	      "static void part(int a)\n{\n\tnum(a, 1);\n\tnum(a, 2);\n}\n\n"
	      "int big(int a)\n{\n\tif (a)\n\t\tpart(a);\n}\n" } },
	  "function", "part", DEED_ADDED, NULL, NULL, 2, RESULT_EQUAL },
	{ "include",
	  { { "a.c", "#include <a.h>\n\n" F,
	      "#include <a.h>\n#include <b.h>\n\n" F } },
	  "include", "<b.h>", DEED_INCLUDE | DEED_ADDED, NULL, NULL, 0,
	  RESULT_EQUAL },
	{ "include under a conditional",
	  { { "a.c", "#ifdef X\n" F "#endif\n",
	      "#ifdef X\n#include <b.h>\n\n" F "#endif\n" } },
	  "include", "<b.h>", DEED_INCLUDE | DEED_ADDED, NULL, NULL, 1,
	  RESULT_UNDECIDED },
	{ "comment changed",
	  { { "a.c", G "\n/* One. */\n" F, G "\n/* Two. */\n" F } },
	  "function", "f", DEED_COMMENT, NULL, "a comment", 1, RESULT_EQUAL },
	{ "comment of a renamed name",
	  { { "a.c", "/* s() sets. */\n" S("static ", "s"),
	      "/* t() sets. */\n" S("static ", "t") } },
	  "function", "s", DEED_RENAMED, "t", "names", 0, RESULT_EQUAL },
	{ "pragma",
	  { { "a.c", F, "#pragma pack(1)\n" F } },
	  "directive", "pragma", DEED_ADDED, NULL, NULL, 1, RESULT_UNDECIDED },
	{ "a new macro",
	  { { "a.h", PROTO, "#define A 1\n" PROTO } },
	  "macro", "A", DEED_ADDED, NULL, NULL, 1, RESULT_EQUAL },
	{ "a new macro under a conditional",
	  { { "a.h", PROTO, "#ifdef X\n#define A 1\n#endif\n" PROTO } },
	  "macro", "A", DEED_ADDED, NULL, NULL, 3, RESULT_UNDECIDED },
	{ "a new macro that hides a function",
	  { { "a.h", PROTO, PROTO "#define s(a) 0\n" } },
	  "macro", "s", DEED_ADDED, NULL, NULL, 1, RESULT_UNDECIDED },
	{ "moved across a pragma",
	  { { "a.c", F "\n" G "\n#pragma pack(1)\n" USE("f"),
	      G "\n#pragma pack(1)\n" USE("f") "\n" F } },
	  "function", "f", DEED_MOVED, NULL, NULL, 0, RESULT_UNDECIDED },
	{ "a pragma that moves",
	  { { "a.c", F "\n#pragma pack(1)\n" G, F "\n" G },
	    { "b.c", USE("f"), USE("f") "#pragma pack(1)\n" } },
	  "directive", "pragma", DEED_MOVED, NULL, NULL, 0,
	  RESULT_UNDECIDED },
	{ "macro changed",
	  { { "a.c", "#define A 1\n" F, "#define A 2\n" F } },
	  "macro", "A", DEED_CHANGED, NULL, NULL, 1, RESULT_UNDECIDED },
	{ "created, with its object",
	  { { "Makefile", "obj-y += a.o\n", "obj-y += a.o b.o\n" },
	    { "a.c", F "\n" G, G },
	    { "b.c", NULL, F } },
	  "function", "f", DEED_MOVED, NULL, NULL, 0, RESULT_EQUAL },
	{ "created, its object under another condition",
	  { { "Makefile", "obj-y += a.o\n", "obj-y += a.o\nobj-$(X) += b.o\n" },
	    { "a.c", F "\n" G, G },
	    { "b.c", NULL, F } },
	  "function", "f", DEED_MOVED, NULL, NULL, 0, RESULT_UNDECIDED },
	{ "a source renamed, with its object",
	  { { "Makefile", "obj-y += a.o c.o\n", "obj-y += b.o c.o\n" },
	    { "a.c", F "\n" G, NULL },
	    { "b.c", NULL, F "\n" G } },
	  "file", "a.c", DEED_FILE_RENAMED, "b.c", NULL, 0, RESULT_EQUAL },
	{ "a source renamed, and another object gone",
	  { { "Makefile", "obj-y += a.o c.o\n", "obj-y += b.o\n" },
	    { "a.c", F "\n" G, NULL },
	    { "b.c", NULL, F "\n" G } },
	  "file", "a.c", DEED_FILE_RENAMED, "b.c", NULL, 0,
	  RESULT_UNDECIDED },
	{ "assembly",
	  { { "a.S", "\tnop\n", "\thlt\n" }, { "a.c", F "\n" G, G "\n" F } },
	  "function", "f", DEED_MOVED, NULL, NULL, 0, RESULT_UNDECIDED },
};

static size_t count_files(const struct rule *rule)
{
	size_t nr = 0;

	while (nr < ARRAY_SIZE(rule->files) && rule->files[nr].path)
		nr++;
	return nr;
}

static bool is_as_wanted(const struct rule *rule, const struct done *d)
{
	const char *new_name = rule->new_name ? rule->new_name : "";
	const char *but = rule->but ? rule->but : "";

	return d && d->deeds == rule->deeds &&
	       streq(d->new_name ? d->new_name : "", new_name) &&
	       streq(d->but ? d->but : "", but);
}

static void test_rule(void **state)
{
	const struct rule *rule = *state;
	_cleanup_free_ char *done = NULL, *findings = NULL;
	struct scene s;

	scene_make(&s, rule->files, count_files(rule), NULL, 0);
	scene_infer(&s, &rule->given, rule->given.old ? 1 : 0);
	scene_text(&s);
	done = list_done(&s.in);
	findings = all_findings(&s.rungs[0]);
	if (!is_as_wanted(rule, find_done(&s.in, rule->what, rule->name)) ||
	    count_residue(&s.in) != rule->residue ||
	    s.rungs[0].result != rule->text)
		fail_msg("%s: %s%s%s", rule->title,
			 result_name(s.rungs[0].result), done, findings);
	/* Residue is told, and of what is accounted for nothing is. */
	assert_int_equal(!rule->residue && rule->text == RESULT_EQUAL,
			 !s.rungs[0].nr);
	scene_release(&s);
}

/* The text rung believes no contract that the texts do not bear out. */
static void test_contract(void **state)
{
	static const struct file files[] = {
		{ "a.c", S("static ", "s") "\n" G, G },
		{ "b.c", F, F "\n" S("", "s") },
		{ "a.h", "", PROTO },
	};
	struct shifted more[2];
	struct scene s;

	(void)state;
	scene_make(&s, files, ARRAY_SIZE(files), NULL, 0);
	scene_infer(&s, NULL, 0);
	assert_int_equal(s.in.contract.nr_shifted, 1);
	scene_text(&s);
	assert_int_equal(s.rungs[0].result, RESULT_EQUAL);
	outcome_release(&s.rungs[0]);
	s.in.shifted[0].promoted = false;
	scene_text(&s);
	assert_int_equal(s.rungs[0].result, RESULT_DIFFERENT);
	outcome_release(&s.rungs[0]);
	s.in.shifted[0].promoted = true;
	more[0] = s.in.shifted[0];
	more[1] = (struct shifted){ "g", "g", "a.c", "b.c", false, false };
	s.in.contract.shifted = more;
	s.in.contract.nr_shifted = 2;
	scene_text(&s);
	assert_int_equal(s.rungs[0].result, RESULT_DIFFERENT);
	scene_release(&s);
}

/* Line by line, and what a rename did to a line is none of it. */
static void test_lines(void **state)
{
	static const struct file files[] = {
		{ "a.c",
		  S("static ", "s") "\nint use(int a)\n{\n\ta = s(a);\n\ta++;\n"
		  "\ta--;\n\treturn s(1);\n}\n",
		  S("static ", "t") "\nint use(int a)\n{\n\ta = t(a);\n\ta--;\n"
		  "\tnum(a, 1);\n\treturn t(1);\n}\n" },
	};
	static const struct renamed given = { "s", "t" };
	struct scene s;

	(void)state;
	scene_make(&s, files, ARRAY_SIZE(files), NULL, 0);
	scene_infer(&s, &given, 1);
	scene_text(&s);
	assert_int_equal(s.rungs[0].nr, 1);
	assert_string_equal(s.rungs[0].findings[0].where, "a.c:9");
	assert_string_equal(s.rungs[0].findings[0].excerpt,
			    "-\ta++;\n+\tnum(a, 1);\n");
	scene_release(&s);
}

static void test_other_files(void **state)
{
	struct text one[] = { { .path = "a.c" } }, two[] = { { .path = "b.c" } };
	struct state before = { .texts = one, .nr_texts = 1 };
	struct state after = { .texts = two, .nr_texts = 1 };
	struct error err = ERROR_INIT;
	struct inference in;

	(void)state;
	assert_int_equal(infer(&before, &after, NULL, 0, &in, &err), -1);
	assert_non_null(strstr(err.text, "a.c"));
	error_release(&err);
}

int main(void)
{
	struct CMUnitTest tests[3 + ARRAY_SIZE(rules)] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_contract),
		cmocka_unit_test(test_other_files),
	};

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
		tests[i + 3] = (struct CMUnitTest){
			.name = rules[i].title,
			.test_func = test_rule,
			.initial_state = (void *)&rules[i],
		};
	return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
