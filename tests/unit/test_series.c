// SPDX-License-Identifier: GPL-2.0-only
/*
 * The series reader: what a good series gives, and for each way in which one
 * can be wrong the error with its file and line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "driver/series.h"
#include "lib/fs.h"

#include <stdio.h>
#include <unistd.h>

static char *make_folder(void)
{
	char *dir = xstrdup("/tmp/test_series.XXXXXX");

	assert_non_null(mkdtemp(dir));
	return dir;
}

static void put(const char *dir, const char *name, const char *text)
{
	char *path = fs_join(dir, name);

	assert_int_equal(fs_mkdirs_for(path, NULL), 0);
	assert_int_equal(fs_write(path, text, strlen(text), NULL), 0);
	free(path);
}

static void drop_folder(char *dir)
{
	assert_int_equal(fs_remove(dir, NULL), 0);
	free(dir);
}

static void assert_list(const struct strv *list, const char *joined)
{
	char *have = strv_join(list, " ");

	assert_string_equal(have, joined);
	free(have);
}

static const char move_step[] =
	"// SPDX-License-Identifier: GPL-2.0-only\n"
	"/// KVM: x86: Move CR8 accessors to regs.c\n"
	"///\n"
	"/// Move kvm_set_cr8() and kvm_get_cr8() to regs.c.\n"
	"///\n"
	"/// No functional change intended.\n"
	"///\n"
	"//\n"
	"// Kind: move\n"
	"// From: arch/x86/kvm/x86.c\n"
	"// To: arch/x86/kvm/regs.c\n"
	"// Include: <linux/kvm_host.h>,\n"
	"//          \"regs.h\"\n"
	"// Items: CR8_MASK, BUILD_CR8\n"
	"// After: kvm_get_cr4\n"
	"// Kbuild: arch/x86/kvm/Makefile\n"
	"// Preamble:\n"
	"//    // SPDX-License-Identifier: GPL-2.0-only\n"
	"//    #define pr_fmt(fmt) KBUILD_MODNAME \": \" fmt\n"
	"//\n"
	"//    #include <linux/kvm_host.h>\n"
	"//    \tindented\n"
	"//\n"
	"// Options: --no-includes -D 'moving'\n"
	"// Requires: 1.1.0\n"
	"\n"
	"@move@\n"
	"type T;\n"
	"identifier fn = {kvm_set_cr8, kvm_get_cr8};\n"
	"@@\n"
	"* T fn(...)\n"
	"* {\n"
	"  ...\n"
	"* }\n";

static void reads_every_key_of_a_move(void **state)
{
	char *dir = make_folder();
	struct series series;
	const struct step *step;

	(void)state;
	put(dir, "series", "# the order\n\n  0010-cr8.cocci  # first\n");
	put(dir, "0010-cr8.cocci", move_step);
	put(dir, "macros.h", "#define x(a) for (;;)\n");
	put(dir, "configs/b.config", "CONFIG_B=y\n");
	put(dir, "configs/a.config", "CONFIG_A=y\n");
	put(dir, "configs/note.txt", "\n");
	assert_int_equal(series_load(dir, NULL, &series, NULL), 0);
	assert_string_equal(series.name, fs_basename(dir));
	assert_int_equal(series.configs.nr, 2);
	assert_true(ends_with(series.configs.v[0], "configs/a.config"));
	assert_true(ends_with(series.macros, "/macros.h"));
	assert_int_equal(series.nr, 1);
	step = &series.steps[0];
	assert_string_equal(step->name, "0010-cr8");
	assert_int_equal(step->kind, STEP_MOVE);
	assert_string_equal(step->subject,
			    "KVM: x86: Move CR8 accessors to regs.c");
	assert_string_equal(step->message,
			    "KVM: x86: Move CR8 accessors to regs.c\n"
			    "\n"
			    "Move kvm_set_cr8() and kvm_get_cr8() to regs.c.\n"
			    "\n"
			    "No functional change intended.\n");
	assert_string_equal(step->from, "arch/x86/kvm/x86.c");
	assert_string_equal(step->to, "arch/x86/kvm/regs.c");
	assert_null(step->header);
	assert_list(&step->includes, "<linux/kvm_host.h> \"regs.h\"");
	assert_list(&step->items, "CR8_MASK BUILD_CR8");
	assert_list(&step->after, "kvm_get_cr4");
	assert_string_equal(step->kbuild, "arch/x86/kvm/Makefile");
	assert_string_equal(step->preamble,
			    "// SPDX-License-Identifier: GPL-2.0-only\n"
			    "#define pr_fmt(fmt) KBUILD_MODNAME \": \" fmt\n"
			    "\n"
			    "#include <linux/kvm_host.h>\n"
			    "\tindented\n");
	assert_list(&step->options, "--no-includes -D moving");
	assert_string_equal(step->requires, "1.1.0");
	assert_list(&step->names, "kvm_set_cr8 kvm_get_cr8 CR8_MASK BUILD_CR8");
	assert_false(step->has_script);
	assert_true(step->stars);
	assert_int_equal(step->rules_line, 26);
	assert_true(starts_with(step->rules, "\n@move@"));
	series_release(&series);
	drop_folder(dir);
}

#define HEAD "/// subject\n// Kind: transform\n// Files: a.c b/c.c\n\n"

/* The names that the rules behind a transform's head give; NULL: an error. */
static char *names_of(const char *rules)
{
	char *dir = make_folder(), *text = xasprintf("%s%s", HEAD, rules);
	char *names = NULL;
	struct series series;

	put(dir, "series", "1\n");
	put(dir, "1.cocci", text);
	if (!series_load(dir, NULL, &series, NULL)) {
		names = strv_join(&series.steps[0].names, " ");
		series_release(&series);
	}
	free(text);
	drop_folder(dir);
	return names;
}

static void finds_names_in_rules(void **state)
{
	static const struct {
		const char *rules, *names;
	} cases[] = {
		{ "@@\nidentifier f = {a, b};\n@@\n- f(...) { ... }\n", "a b" },
		{ "@r@ identifier f = {a, b}, g = c; @@\nf()\n", "a b c" },
		{ "@r@\nidentifier f = {\n a, // one\n /* two */ b\n};\n@@\nf()\n",
		  "a b" },
		{ "@r depends on x && !y@\nidentifier x.f, g = {a, x.h};\n@@\nf()\n",
		  "a" },
		{ "@@\nidentifier f != {a, b};\nidentifier g =~ \"^x\";\n@@\nf(g)\n",
		  "" },
		{ "@@\nfunction f = {a};\n@@\nf()\n", "a" },
		{ "@@\nconstant c = {A, B};\n@@\nf(c)\n", "" },
		/* Named outright. */
		{ "@@\n@@\n- static\n  int one(...)\n  {\n  ...\n  }\n", "one" },
		{ "@@\n@@\n- void two(int a, char *b) {\n...\n- }\n", "two" },
		{ "@@\ntype T;\nidentifier m;\n@@\n T m(...) { ... }\n", "" },
		{ "@@\nsymbol s;\n@@\n- s(...) { ... }\n", "s" },
		{ "@@\ntype T;\n@@\n  T\n- old\n+ new\n  (...)\n  {\n  ...\n  }\n",
		  "old" },
		{ "@@\n@@\n- one\n(\n a\n|\n b\n)\n{ ... }\n", "" },
		{ "@@\n@@\n- one(...);\n+ two(...);\n", "" },
		{ "@@\n@@\n+ static int made(int a)\n+ {\n+\treturn a;\n+ }\n"
		  "  int one(...)\n  {\n  if (...) { ... }\n- f(x)\n+ g(x)\n  }\n",
		  "one" },
		{ "@@\n@@\n if (x) { ... }\n while (y) { ... }\n"
		  " list_for_each_entry(a, b, c) { ... }\n",
		  "" },
		/* Two rules; attached position; '@' in a string. */
		{ "virtual patch\n@a@\nidentifier f = {x};\nposition p;\n@@\n"
		  "f@p(\"@\")\n@b@ @@\n- int y(...) {\n ...\n- }\n",
		  "x y" },
		{ "// @r@ identifier f = {no}; @@\n/* @@ */\n@@ @@\n- a\n+ b\n",
		  "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *names = names_of(cases[i].rules);

		if (!names || !streq(names, cases[i].names))
			fail_msg("case %zu: '%s' instead of '%s'", i,
				 names ? names : "(error)", cases[i].names);
		free(names);
	}
}

#define MOVE "/// s\n// Kind: move\n// From: a.c\n// To: b.c\n"
#define RULE "\n@@\nidentifier f = {x};\n@@\n* f(...) { ... }\n"

#define EDIT "\n@@\nidentifier f = {x};\n@@\n- f(...)\n+ y()\n"

/* Loads one step that must fail, with exactly this behind the folder's name. */
static void assert_step_error(const char *text, const char *expected)
{
	char *dir = make_folder();
	struct error err = ERROR_INIT;
	struct series series;

	put(dir, "series", "s\n");
	put(dir, "s.cocci", text);
	if (!series_load(dir, NULL, &series, &err))
		fail_msg("accepted; expected: %s", expected);
	assert_int_equal(err.class, ERROR_INPUT);
	assert_true(starts_with(err.text, dir));
	if (!strstr(err.text + strlen(dir), expected))
		fail_msg("'%s' instead of '%s'", err.text, expected);
	error_release(&err);
	drop_folder(dir);
}

static void refuses_bad_heads(void **state)
{
	static const char *const cases[][2] = {
		{ "/// s\n// Knid: move\n" RULE,
		  "/s.cocci:2: unknown key 'Knid' (did you mean 'Kind'?)" },
		{ "/// s\n// Zebra: x\n" RULE, "/s.cocci:2: unknown key 'Zebra'" },
		{ "/// s\n// Kind: mvoe\n" RULE,
		  "/s.cocci:2: unknown kind 'mvoe' (did you mean 'move'?)" },
		{ "/// s\n// From: x.c\n" RULE, "/s.cocci:1: no '// Kind:'" },
		{ "/// s\n// Kind: move\n// From: a.c\n" RULE,
		  ":2: a step of kind move needs 'To'" },
		{ MOVE "// Header: a.h\n" RULE,
		  ":5: a step of kind move takes no 'Header'" },
		{ MOVE "// To: c.c\n" RULE, ":5: 'To' is repeated: see line 4" },
		{ MOVE "// Just words\n" RULE, ":5: neither '/// message' nor" },
		{ MOVE "//     more\n//\n//     more\n" RULE,
		  ":7: this line continues no key's value" },
		{ MOVE "\n// Include: <a.h>\n" RULE,
		  ":6: 'Include' stands below the head, which ends at line 5" },
		{ MOVE "// After: 3x\n" RULE, ":5: '3x' is no identifier" },
		{ MOVE "// After: a, b\n" RULE,
		  ":1: 'After' has 2 names: one is enough" },
		{ MOVE "// Items: a, b-c\n" RULE, ":5: 'b-c' is no identifier" },
		{ MOVE "// Items: a, a\n" RULE, ":5: 'Items' names 'a' twice" },
		{ MOVE "// Include: a.h\n" RULE, ":5: 'a.h' is no include" },
		{ MOVE "// After:\n" RULE, ":5: 'After' has no value" },
		{ MOVE "// Preamble: x\n" RULE,
		  ":5: the lines of 'Preamble' begin in the next line" },
		{ MOVE "// Preamble:\n" RULE, ":5: 'Preamble' has no value" },
		{ MOVE "// Requires: new\n" RULE, ":5: 'new' is no version" },
		{ "/// s\n// Kind: move\n// From: a.c\n// To: a.c\n" RULE,
		  ":2: 'From' and 'To' are the same file" },
		{ "/// s\n// Kind: promote\n// From: a.c\n// Header: a.h\n"
		  "// As: extern\n" RULE,
		  ":5: 'As' can only be 'inline', not 'extern'" },
		/* Paths that leave the tree. */
		{ "/// s\n// Kind: move\n// From: ../a.c\n// To: b.c\n" RULE,
		  ":3: the path '../a.c' leaves the tree" },
		{ "/// s\n// Kind: move\n// From: a.c\n// To: /etc/b.c\n" RULE,
		  ":4: the path '/etc/b.c' leaves the tree" },
		{ "/// s\n// Kind: transform\n// Files: a.c, b/../../c.c\n" RULE,
		  ":3: the path 'b/../../c.c' leaves the tree" },
		{ MOVE "// Kbuild: .git/config\n" RULE, ":5: the path '.git/config'" },
		/* The message. */
		{ "// Kind: move\n// From: a.c\n// To: b.c\n" RULE,
		  ":1: no commit message" },
		{ "///\n/// s\n// Kind: move\n// From: a.c\n// To: b.c\n" RULE,
		  ":1: no commit message" },
		{ "/// s\n/// body\n// Kind: move\n// From: a.c\n// To: b.c\n" RULE,
		  ":1: the message needs an empty line" },
		{ "/// s\n///\n/// --- cut\n// Kind: move\n" RULE,
		  ":3: git would take this message line" },
		{ "/// 0123456789012345678901234567890123456789"
		  "012345678901234567890123456789012345\n"
		  "// Kind: move\n// From: a.c\n// To: b.c\n" RULE,
		  ":1: the subject has 76 bytes, more than 75" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_step_error(cases[i][0], cases[i][1]);
}

static void refuses_bad_rules(void **state)
{
	static const char *const cases[][2] = {
		{ MOVE, ":5: the step has no rule" },
		{ MOVE "\n// only words\n", ":5: the step has no rule" },
		{ MOVE "\n@r@\nidentifier f = {x};\n* f\n",
		  ":6: this rule has no '@@' behind its metavariables" },
		{ MOVE "\n@@\nidentifier f;\n@@\n* f(...) { ... }\n",
		  ":5: a step of kind move names what it is about" },
		{ MOVE "\n@@\nidentifier f = {x};\n@@\n- f(...) { ... }\n",
		  ":9: the rule of a move stars" },
		{ MOVE "\n#spatch --in-place\n@@\nidentifier f = {x};\n@@\n* f()\n",
		  ":6: '#spatch' is not allowed" },
		{ MOVE "\n/*\n \t# spatchx --python /bin/sh\n*/" RULE,
		  ":7: '#spatch' is not allowed" },
		{ "/// s\n// Kind: transform\n// Files: a.c\n" RULE,
		  ":8: the rule of a step of kind transform edits" },
		{ MOVE "\n#include \"/tmp/x.cocci\"" RULE,
		  ":6: a step includes no other step" },
		/* Scripts, also where they are not rules. */
		{ MOVE RULE "@script:python@\nf << r.f;\n@@\nprint(f)\n",
		  ":10: this runs a script" },
		{ MOVE RULE "@initialize:ocaml@\n@@\nlet () = ()\n",
		  ":10: this runs a script" },
		{ MOVE RULE "@ finalize /* x */ :\n python @\n@@\npass\n",
		  ":10: this runs a script" },
		{ MOVE "\n@@\nidentifier f = {x};\n"
		  "position p : script:python() { True };\n@@\n* f@p(...)\n",
		  ":8: this runs a script" },
		{ MOVE "\n@@\nidentifier f = {x};\n@@\n* f('\"')\n"
		  "@script:python@\n@@\nprint(\"x\")\n",
		  ":10: this runs a script" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_step_error(cases[i][0], cases[i][1]);
}

static void refuses_options_that_write_or_run(void **state)
{
	static const char *const bad[] = {
		"--in-place",	       "--in_place",	 "-in-place",
		"-o x",		       "--out-place",	 "--python /bin/sh",
		"--sp-file x",	       "--cocci-file x", "--dir /",
		"--save-tmp-files",    "--use-glimpse",	 "--use-gitgrep",
		"--parse-handler x",   "--patch /",	 "--tmp-dir /",
		"--cache-prefix /x",   "--preprocess",	 "--macro-file x",
		"--iso-file x",	       "-I /",		 "--opt-c /x",
		"other.c",	       "--jobs 9",	 "--version",
		"--external-analysis-file x",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		char *text = xasprintf(MOVE "// Options: --no-includes %s\n%s",
				       bad[i], RULE);

		assert_step_error(text, ":5: spatch option '");
		free(text);
	}
	assert_step_error(MOVE "// Options: --no-include\n" RULE,
			  "(did you mean '--no-includes'?)");
	assert_step_error(MOVE "// Options: -D\n" RULE,
			  "'-D' needs a name or number behind it");
	assert_step_error(MOVE "// Options: -D '--in-place'\n" RULE,
			  "'-D' needs a name or number behind it");
	assert_step_error(MOVE "// Options: 'open\n" RULE,
			  ":5: a quote is not closed");
}

static void accepts_scripts_when_allowed(void **state)
{
	struct series_options options = { .allow_scripts = true };
	char *dir = make_folder();
	struct series series;

	(void)state;
	put(dir, "series", "a\nb.cocci\n");
	put(dir, "a.cocci", HEAD EDIT "@script:python@\n@@\nprint(1)\n");
	put(dir, "b.cocci", HEAD "// no script:python here" EDIT);
	assert_int_equal(series_load(dir, &options, &series, NULL), 0);
	assert_true(series.steps[0].has_script);
	assert_false(series.steps[1].has_script);
	assert_list(&series.steps[0].files, "a.c b/c.c");
	series_release(&series);
	drop_folder(dir);
}

static void promotion_inline_goes_to_the_header(void **state)
{
	char *dir = make_folder();
	struct series series;

	(void)state;
	put(dir, "series", "p\n");
	put(dir, "p.cocci", "/// s\n// Kind: promote\n// From: a.c\n"
			    "// Header: a.h\n// As: inline\n" RULE);
	assert_int_equal(series_load(dir, NULL, &series, NULL), 0);
	assert_true(series.steps[0].as_inline);
	assert_string_equal(series.steps[0].header, "a.h");
	assert_string_equal(series.steps[0].to, "a.h");
	series_release(&series);
	drop_folder(dir);
}

static void assert_series_error(const char *dir, const char *expected)
{
	struct error err = ERROR_INIT;
	struct series series;

	assert_int_equal(series_load(dir, NULL, &series, &err), -1);
	assert_int_equal(err.class, ERROR_INPUT);
	if (!strstr(err.text, expected))
		fail_msg("'%s' instead of '%s'", err.text, expected);
	error_release(&err);
}

static void refuses_bad_folders(void **state)
{
	char *dir = make_folder();

	(void)state;
	assert_series_error("/nonexistent/series", "is no folder with a series");
	assert_series_error(dir, "has no file 'series'");
	put(dir, "series", "# nothing\n\n");
	assert_series_error(dir, "/series:3: the series lists no step");
	put(dir, "series", "a\n# x\na.cocci\n");
	assert_series_error(dir, "/series:3: the step 'a' is listed twice");
	put(dir, "series", "../a\n");
	assert_series_error(dir, "/series:1: '../a' is no name of a step");
	put(dir, "series", "# x\na\n");
	assert_series_error(dir, "/series:2: there is no a.cocci in the folder");
	put(dir, "a.cocci", MOVE RULE);
	put(dir, "b.cocci", MOVE RULE);
	assert_series_error(dir, "/b.cocci:1: this step is not listed in");
	drop_folder(dir);
}

static void finds_steps_by_name_and_number(void **state)
{
	char *dir = make_folder();
	struct series series;

	(void)state;
	put(dir, "series", "0010-a\n0020-b\nlast\n");
	put(dir, "0010-a.cocci", MOVE RULE);
	put(dir, "0020-b.cocci", MOVE RULE);
	put(dir, "last.cocci", MOVE RULE);
	assert_int_equal(series_load(dir, NULL, &series, NULL), 0);
	assert_ptr_equal(series_step(&series, "0020-b"), &series.steps[1]);
	assert_ptr_equal(series_step(&series, "0020"), &series.steps[1]);
	assert_ptr_equal(series_step(&series, "20"), &series.steps[1]);
	assert_ptr_equal(series_step(&series, "3"), &series.steps[2]);
	assert_null(series_step(&series, "4"));
	assert_null(series_step(&series, "0"));
	assert_null(series_step(&series, "0020-"));
	assert_null(series_step(&series, ""));
	series_release(&series);
	drop_folder(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_key_of_a_move),
		cmocka_unit_test(finds_names_in_rules),
		cmocka_unit_test(refuses_bad_heads),
		cmocka_unit_test(refuses_bad_rules),
		cmocka_unit_test(refuses_options_that_write_or_run),
		cmocka_unit_test(accepts_scripts_when_allowed),
		cmocka_unit_test(promotion_inline_goes_to_the_header),
		cmocka_unit_test(refuses_bad_folders),
		cmocka_unit_test(finds_steps_by_name_and_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
