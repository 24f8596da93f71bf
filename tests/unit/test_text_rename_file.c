// SPDX-License-Identifier: GPL-2.0-only
/*
 * The text rung on renamed files: what may name the new path, and what more
 * than that is different.
 */
#define _GNU_SOURCE
#include "text_scene.h"

#define HEADER(guard, name)                                                    \
	"/* SPDX-License-Identifier: GPL-2.0-only */\n"                        \
	"/* " name ": caches */\n"                                             \
	"#ifndef " guard "\n"                                                  \
	"#define " guard "\n"                                                  \
	"\n"                                                                   \
	"#ifdef CONFIG_CACHE\n"                                                \
	"#define CACHED 1\n"                                                   \
	"#endif\n"                                                             \
	"\n"                                                                   \
	"#endif /* " guard " */\n"
#define USER(spelled, path, name)                                              \
	"#include <linux/pump.h>\n"                                            \
	"#include " spelled " /* see " name " */\n"                            \
	"\n"                                                                   \
	"/* In " path ", ../" path "; not my_cache.h, cache.h.in. */\n"        \
	"const char *file = \"cache.h\";\n"                                    \
	"int pump(void)\n"                                                     \
	"{\n"                                                                  \
	"\treturn CACHED;\n"                                                   \
	"}\n"
#define MAINTAINERS(path) "PUMPS\nF:\td/\nF:\t" path "\nF:\tx/" "d/cache.h\n"

static const struct renamed guard = { "CACHE_H", "REGS_H" };

static void make_header(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_RENAME_FILE,
		.from = "d/cache.h",
		.to = "d/regs.h",
	}, .out = OUTCOME_INIT(RUNG_TEXT) };
	p->contract.renamed = &guard;
	p->contract.nr_renamed = 1;
	strv_add(&p->contract.namesakes[0], "d/cache.h");
	strv_add(&p->contract.namesakes[1], "d/regs.h");
	add_file(p, "d/cache.h", HEADER("CACHE_H", "cache.h"), NULL);
	add_file(p, "d/regs.h", NULL, HEADER("REGS_H", "regs.h"));
	add_file(p, "d/e/pump.c", USER("\"../cache.h\"", "d/cache.h", "cache.h"),
		 USER("\"../regs.h\"", "d/regs.h", "regs.h"));
	add_file(p, "MAINTAINERS", MAINTAINERS("d/cache.h"),
		 MAINTAINERS("d/regs.h"));
}

static void test_header(void **state)
{
	static const struct variation v[] = {
		{ "found by a -I folder", 2, "\"../regs.h\"", "\"../regs.h\"",
		  RESULT_EQUAL },
		{ "mention left alone in a comment", 2, "see regs.h",
		  "see cache.h", RESULT_EQUAL },
		{ "mention left alone in text", 3, "d/regs.h", "d/cache.h",
		  RESULT_EQUAL },
		{ "include left alone", 2, "\"../regs.h\"", "\"../cache.h\"",
		  RESULT_DIFFERENT },
		{ "include of another folder", 2, "\"../regs.h\"",
		  "\"../../regs.h\"", RESULT_DIFFERENT },
		{ "include beside the file, where it is not", 2,
		  "\"../regs.h\"", "\"e/regs.h\"", RESULT_DIFFERENT },
		{ "brackets for quotes", 2, "\"../regs.h\"", "<../regs.h>",
		  RESULT_DIFFERENT },
		{ "white space of the include", 2, "#include \"../regs.h\"",
		  "#include  \"../regs.h\"", RESULT_DIFFERENT },
		{ "another include changed", 2, "<linux/pump.h>",
		  "<linux/regs.h>", RESULT_DIFFERENT },
		{ "an include more", 2, "#include <linux/pump.h>\n",
		  "#include <linux/pump.h>\n#include <linux/x.h>\n",
		  RESULT_DIFFERENT },
		{ "an include less", 2, "#include <linux/pump.h>\n", "",
		  RESULT_DIFFERENT },
		{ "the include is gone", 2,
		  "#include \"../regs.h\" /* see regs.h */\n", "",
		  RESULT_DIFFERENT },
		{ "moved include", 2,
		  "#include <linux/pump.h>\n#include \"../regs.h\" /* see regs.h */\n",
		  "#include \"../regs.h\" /* see regs.h */\n#include <linux/pump.h>\n",
		  RESULT_DIFFERENT },
		{ "mention in a string", 2, "\"cache.h\"", "\"regs.h\"",
		  RESULT_DIFFERENT },
		{ "part of another name", 2, "my_cache.h", "my_regs.h",
		  RESULT_DIFFERENT },
		{ "another suffix", 2, "cache.h.in", "regs.h.in",
		  RESULT_DIFFERENT },
		{ "another path", 3, "x/d/cache.h", "x/d/regs.h",
		  RESULT_DIFFERENT },
		{ "code of a user", 2, "return CACHED", "return !CACHED",
		  RESULT_DIFFERENT },
		{ "text of another file", 3, "PUMPS", "PUMP", RESULT_DIFFERENT },
		{ "a byte of the header", 1, "CACHED 1", "CACHED 2",
		  RESULT_DIFFERENT },
		{ "a comment of the header", 1, ": caches", ": cache",
		  RESULT_DIFFERENT },
		{ "a newline of the header", 1, "1\n#endif\n\n",
		  "1\n#endif\n\n\n", RESULT_DIFFERENT },
		{ "guard left in #ifndef", 1, "#ifndef REGS_H",
		  "#ifndef CACHE_H", RESULT_DIFFERENT },
		{ "guard left in #define", 1, "#define REGS_H",
		  "#define CACHE_H", RESULT_DIFFERENT },
		{ "guard left behind #endif", 1, "/* REGS_H", "/* CACHE_H",
		  RESULT_DIFFERENT },
		{ "another guard", 1, "#define REGS_H", "#define REG_H",
		  RESULT_DIFFERENT },
		{ "an inner condition", 1, "CONFIG_CACHE", "REGS_H",
		  RESULT_DIFFERENT },
	};

	(void)state;
	check_variations(make_header, v, ARRAY_SIZE(v));
}

static void test_presence(void **state)
{
	struct pair p;

	(void)state;
	make_header(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_int_equal(p.out.nr, 0);
	assert_true(p.out.checked > 10);
	p.after[0] = xstrdup(p.before[0]);
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
	make_header(&p);
	free(p.after[1]);
	p.after[1] = NULL;
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
	make_header(&p);
	free(p.after[2]);
	p.after[2] = NULL;
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
	make_header(&p);
	p.mode_changed = "d/regs.h";
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
}

/* Another file of the same name is what the line means. */
static void test_namesake(void **state)
{
	struct pair p;

	(void)state;
	make_header(&p);
	add_file(&p, "f/other.c", "#include \"cache.h\"\n",
		 "#include \"regs.h\"\n");
	assert_int_equal(p.nr, 5);
	assert_int_equal(run(&p), RESULT_EQUAL);
	strv_add(&p.contract.namesakes[0], "f/cache.h");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
	make_header(&p);
	strv_add(&p.contract.namesakes[1], "d/e/regs.h");
	edit(&p.after[2], "\"../regs.h\"", "\"regs.h\"");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
}

/* A file that nobody touched is given when it names what is gone. */
static void test_stale(void **state)
{
	struct pair p;

	(void)state;
	make_header(&p);
	add_file(&p, "d/never.c", "#include \"cache.h\"\n",
		 "#include \"cache.h\"\n");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "include", "\"cache.h\""));
	release(&p);
}

/* One more file that nobody touched; namesake: of the new path, or NULL. */
static enum result run_beside(const char *path, const char *text,
			      const char *namesake)
{
	enum result result;
	struct pair p;

	make_header(&p);
	if (namesake)
		strv_add(&p.contract.namesakes[1], namesake);
	add_file(&p, path, text, text);
	result = run(&p);
	release(&p);
	return result;
}

static void test_untouched(void **state)
{
	(void)state;
	assert_int_equal(run_beside("d/x.c", "#include \"regs.h\"\n",
				    "include/regs.h"), RESULT_DIFFERENT);
	assert_int_equal(run_beside("f/x.c", "#include \"regs.h\"\n",
				    "f/regs.h"), RESULT_EQUAL);
	assert_int_equal(run_beside("f/x.c", "/* CACHE_H */\n", NULL),
			 RESULT_EQUAL);
	assert_int_equal(run_beside("f/x.c", "#ifdef CACHE_H\n#endif\n", NULL),
			 RESULT_UNDECIDED);
	assert_int_equal(run_beside("f/x.h", "#ifndef REGS_H\n#define REGS_H\n"
				    "#endif\n", NULL), RESULT_UNDECIDED);
}

/* A header that goes to another folder looks for its own from there. */
static void test_beside(void **state)
{
	static const struct {
		const char *to, *line;
		enum result expect;
	} v[] = {
		{ "e/cache.h", "<x.h>", RESULT_EQUAL },
		{ "e/cache.h", "\"x.h\"", RESULT_UNDECIDED },
		{ "d/other.h", "\"x.h\"", RESULT_EQUAL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(v); i++) {
		struct pair p = { .contract = {
			.change = CHANGE_RENAME_FILE,
			.from = "d/cache.h",
			.to = v[i].to,
		}, .out = OUTCOME_INIT(RUNG_TEXT) };
		char *text = xasprintf("#ifdef CONFIG_X\n#include %s\n#endif\n"
				       "int a;\n", v[i].line);

		strv_add(&p.contract.namesakes[0], p.contract.from);
		strv_add(&p.contract.namesakes[1], p.contract.to);
		add_file(&p, "d/cache.h", text, NULL);
		add_file(&p, v[i].to, NULL, text);
		assert_int_equal(run(&p), v[i].expect);
		release(&p);
		free(text);
	}
}

#define BUILD(x)                                                               \
	"pump-y := valve.o \\\n\t" x ".o pumper.o\n"                           \
	"CFLAGS_" x ".o := -O3\nCFLAGS_REMOVE_my" "pump.o := -pg\n"            \
	"$(obj)/" x ".o: x.h\nobj-m += tank.o\ntank-y := big.o\n"

static void make_source(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_RENAME_FILE,
		.from = "d/pump.c",
		.to = "d/motor.c",
		.kbuild = "d/Makefile",
		.kbuild_word = "motor.o",
	}, .out = OUTCOME_INIT(RUNG_TEXT) };
	strv_add(&p->contract.namesakes[0], "d/pump.c");
	strv_add(&p->contract.namesakes[1], "d/motor.c");
	add_file(p, "d/pump.c", OLD_SOURCE, NULL);
	add_file(p, "d/motor.c", NULL, OLD_SOURCE);
	add_file(p, "d/Makefile", BUILD("pump"), BUILD("motor"));
}

static void test_source(void **state)
{
	static const struct variation v[] = {
		{ "as it should be", 2, "-O3", "-O3", RESULT_EQUAL },
		{ "word left alone", 2, "\tmotor.o", "\tpump.o",
		  RESULT_DIFFERENT },
		{ "another word", 2, "\tmotor.o", "\tmotors.o",
		  RESULT_DIFFERENT },
		{ "in another list", 2, "\tmotor.o pumper.o\n",
		  "\tpumper.o\n", RESULT_DIFFERENT },
		{ "longer word", 2, "pumper.o", "motorer.o", RESULT_DIFFERENT },
		{ "flags of another", 2, "_mypump.o", "_mymotor.o",
		  RESULT_DIFFERENT },
		{ "flags left alone", 2, "CFLAGS_motor.o", "CFLAGS_pump.o",
		  RESULT_DIFFERENT },
		{ "rule left alone", 2, "$(obj)/motor.o", "$(obj)/pump.o",
		  RESULT_DIFFERENT },
		{ "other flags", 2, "-O3", "-O2", RESULT_DIFFERENT },
		{ "code", 1, "return a + 1", "return a + 2", RESULT_DIFFERENT },
		{ "comment", 1, "The last one", "Last one", RESULT_DIFFERENT },
	};
	struct pair p;

	(void)state;
	check_variations(make_source, v, ARRAY_SIZE(v));
	make_source(&p);
	p.contract.kbuild = NULL;
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_presence),
		cmocka_unit_test(test_namesake),
		cmocka_unit_test(test_stale),
		cmocka_unit_test(test_untouched),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
