// SPDX-License-Identifier: GPL-2.0-only
/* The text rung on a rename in files of several types, and variations of it. */
#define _GNU_SOURCE
#include "text_scene.h"

#define SOURCE(f, fill, deep, doc)                                                  \
	"/* " doc "() opens a valve. */\n"                                     \
	"int " f "(struct pump *p,\n"                                          \
	fill "int nr)\n"                                                       \
	"{\n"                                                                  \
	"\tp->valve = nr;\n"                                                   \
	"\treturn p->valve + valves;\n"                                        \
	"}\n"                                                                  \
	"\n"                                                                   \
	"#define ALL(p) \\\n"                                                  \
	"\tdo_all(" f "(p, 1),\t\\\n"                                          \
	"\t       0)\n"                                                        \
	"\n"                                                                   \
	"int both(struct pump *p)\n"                                           \
	"{\n"                                                                  \
	"\tpr_info(\"valve failed\\n\");\n"                                    \
	"\tshut(" f "(p,\n"                                                    \
	deep "2), p->valve);\n"                                               \
	"\treturn lever(p);\n"                                                 \
	"}\n"
#define HEADER(f, g)                                                           \
	"int " f "(struct pump *p, int nr);\n"                                 \
	"int " g "(struct pump *p);\n"
#define DOC(f) "Pumps\n=====\n\nCall ``" f "()`` first; see valve.rst.\n"
#define BUILD_FILE "# valve needs this\nobj-y += valve.o\n"

/* Up to the columns behind the parentheses, 10 and 19, 19 and 28. */
#define FILL_BEFORE "\t  "
#define FILL_AFTER "\t\t   "
#define DEEP_BEFORE "\t\t   "
#define DEEP_AFTER "\t\t\t    "
#define NEW "kvm_valve_open"

static const struct renamed pairs[] = { { "valve", NEW }, { "lever", "bar" } };

enum { IN_SOURCE, IN_HEADER, IN_DOC };

static void make(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_RENAME,
		.names = STRV_INIT,
		.includes = STRV_INIT,
		.from = "pump.c",
		.renamed = pairs,
		.nr_renamed = ARRAY_SIZE(pairs),
	}, .out = OUTCOME_INIT(RUNG_TEXT) };
	strv_add(&p->contract.names, "valve");
	strv_add(&p->contract.names, "lever");
	add_file(p, "pump.c", SOURCE("valve", FILL_BEFORE, DEEP_BEFORE, "valve"),
		 SOURCE(NEW, FILL_AFTER, DEEP_AFTER, NEW));
	edit(&p->after[IN_SOURCE], "return lever(", "return bar(");
	add_file(p, "pump.h", HEADER("valve", "lever"), HEADER(NEW, "bar"));
	add_file(p, "Documentation/pump.rst", DOC("valve"), DOC(NEW));
}

static size_t count(const struct pair *p, const char *what, const char *part)
{
	size_t nr = 0;

	for (size_t i = 0; i < p->out.nr; i++)
		nr += streq(p->out.findings[i].what, what) &&
		      strstr(p->out.findings[i].detail, part) != NULL;
	return nr;
}

static void test_equal(void **state)
{
	struct pair p;

	(void)state;
	make(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_true(p.out.checked > 20);
	/* Members and the string keep the name, and so does another file's. */
	assert_int_equal(count(&p, "left-alone", "in code"), 3);
	assert_int_equal(count(&p, "left-alone", "in a string"), 1);
	assert_int_equal(count(&p, "left-alone", "in documentation"), 1);
	assert_int_equal(count(&p, "left-alone", "in a comment"), 1);
	assert_int_equal(p.out.nr, 6);
	assert_string_equal(find(&p, "left-alone", "valve")->where, "pump.c:1");
	release(&p);
}

static void test_variations(void **state)
{
	static const struct variation v[] = {
		{ "a missed hit is listed", IN_HEADER, "int " NEW, "int valve",
		  RESULT_EQUAL },
		{ "a missed comment is listed", IN_SOURCE, "/* " NEW,
		  "/* valve", RESULT_EQUAL },
		{ "not aligned anew", IN_SOURCE, "\n" FILL_AFTER "int nr",
		  "\n" FILL_BEFORE "int nr", RESULT_EQUAL },
		{ "a renamed string", IN_SOURCE, "\"valve failed",
		  "\"" NEW " failed", RESULT_DIFFERENT },
		{ "part of a word", IN_SOURCE, "+ valves", "+ " NEW "s",
		  RESULT_DIFFERENT },
		{ "another name's new name", IN_HEADER, "int " NEW, "int bar",
		  RESULT_DIFFERENT },
		{ "no name of the step", IN_HEADER, "int " NEW, "int foo",
		  RESULT_DIFFERENT },
		{ "another word", IN_SOURCE, "do_all", "do_one",
		  RESULT_DIFFERENT },
		{ "a constant besides", IN_SOURCE, "(p, 1)", "(p, 2)",
		  RESULT_DIFFERENT },
		{ "an operator", IN_SOURCE, "p->valve + valves",
		  "p->valve - valves", RESULT_DIFFERENT },
		{ "a comment", IN_SOURCE, "opens a", "shuts a",
		  RESULT_DIFFERENT },
		{ "prose", IN_DOC, "first; see", "last; see",
		  RESULT_DIFFERENT },
		{ "aligned wrongly", IN_SOURCE, "\n" FILL_AFTER "int nr",
		  "\n" FILL_AFTER " int nr", RESULT_DIFFERENT },
		{ "aligned to the left", IN_SOURCE, "\n" FILL_AFTER "int nr",
		  "\n\t\tint nr", RESULT_DIFFERENT },
		{ "indentation", IN_SOURCE, "\n\treturn p->valve",
		  "\n\t\treturn p->valve", RESULT_DIFFERENT },
		{ "alignment that nothing shifted", IN_SOURCE, "\n\t       0)",
		  "\n\t        0)", RESULT_DIFFERENT },
		{ "blanks inside of a line", IN_SOURCE, "2), p", "2),  p",
		  RESULT_DIFFERENT },
		{ "tabs for blanks", IN_SOURCE, ",\t\\\n", ", \\\n",
		  RESULT_DIFFERENT },
		{ "a blank line", IN_SOURCE, "}\n\n#define", "}\n\n\n#define",
		  RESULT_DIFFERENT },
		{ "a line more", IN_HEADER, "p);\n", "p);\nint more;\n",
		  RESULT_DIFFERENT },
		{ "the last newline", IN_DOC, ".rst.\n", ".rst.",
		  RESULT_DIFFERENT },
	};

	(void)state;
	check_variations(make, v, ARRAY_SIZE(v));
}

static enum result run_with(const char *path, const char *before,
			    const char *after)
{
	enum result result;
	struct pair p;

	make(&p);
	add_file(&p, path, before, after);
	result = run(&p);
	release(&p);
	return result;
}

/* Where no rung looks, a renamed word is undecided, and one that is left. */
static void test_files(void **state)
{
	(void)state;
	assert_int_equal(run_with("x.h", "int a;\n", "int a;\n"),
			 RESULT_EQUAL);
	assert_int_equal(run_with("x.h", "int valve;\n", "int valve;\n"),
			 RESULT_EQUAL);
	assert_int_equal(run_with("x.S", "\tcall valve\n", "\tcall valve\n"),
			 RESULT_UNDECIDED);
	assert_int_equal(run_with("x.h", "int a;\n", "int b;\n"),
			 RESULT_DIFFERENT);
	assert_int_equal(run_with("x.h", "#include <valve>\n",
				  "#include <" NEW ">\n"), RESULT_DIFFERENT);
	assert_int_equal(run_with("x.h", "#define V \"valve\"\nint valve(void);\n",
				  "#define V \"" NEW "\"\nint " NEW "(void);\n"),
			 RESULT_DIFFERENT);
	assert_int_equal(run_with("x.S", "\tcall valve\n", "\tcall " NEW "\n"),
			 RESULT_UNDECIDED);
	assert_int_equal(run_with("x.S", "\tmov $valve, %eax\n",
				  "\tmov $" NEW ", %eax\n"), RESULT_UNDECIDED);
	assert_int_equal(run_with("x.h", "int valve, valve$;\n",
				  "int " NEW ", " NEW "$;\n"),
			 RESULT_DIFFERENT);
	/* quotes beyond ASCII around it, and such a letter of an identifier */
	assert_int_equal(run_with("x.h", "/* \xe2\x80\x9cvalve\xe2\x80\x9d */\n",
				  "/* \xe2\x80\x9c" NEW "\xe2\x80\x9d */\n"),
			 RESULT_EQUAL);
	assert_int_equal(run_with("x.h", "int valve, \xc3\xa9" "valve;\n",
				  "int " NEW ", \xc3\xa9" NEW ";\n"),
			 RESULT_DIFFERENT);
	assert_int_equal(run_with("x.S", "/* valve() */\n", "/* " NEW "() */\n"),
			 RESULT_EQUAL);
	assert_int_equal(run_with("Makefile", BUILD_FILE,
				  "# " NEW " needs this\nobj-y += valve.o\n"),
			 RESULT_EQUAL);
	assert_int_equal(run_with("Makefile", BUILD_FILE,
				  "# valve needs this\nobj-y += " NEW ".o\n"),
			 RESULT_UNDECIDED);
	assert_int_equal(run_with("Makefile", BUILD_FILE,
				  "# " NEW " needs this\nobj-y += gate.o\n"),
			 RESULT_DIFFERENT);
}

static void test_presence(void **state)
{
	struct pair p;

	(void)state;
	for (int gone = 0; gone < 2; gone++) {
		make(&p);
		free(gone ? p.after[IN_HEADER] : p.before[IN_HEADER]);
		*(gone ? &p.after[IN_HEADER] : &p.before[IN_HEADER]) = NULL;
		assert_int_equal(run(&p), RESULT_DIFFERENT);
		release(&p);
	}
	make(&p);
	p.mode_changed = "pump.h";
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_variations),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_presence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
