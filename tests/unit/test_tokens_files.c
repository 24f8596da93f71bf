// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tokens rung on steps about whole files: a source file of another name, and
 * headers that come and go.
 */
#define _GNU_SOURCE
#include "tokens_scene.h"

#define HEADER                                                                 \
	"# 1 \"/src/include/pump.h\" 1\n"                                      \
	"enum speed { SLOW, FAST = 4 };\n"                                     \
	"struct pump { int valves; };\n"                                       \
	"int valve_open(struct pump *p, int nr);\n"                            \
	"static inline int helper(int a) { return a + SLOW; }\n"
#define STATICS "static int opened;\n"
#define MIX "static int mix(int a, int b)\n{\n return a - b;\n}\n"
#define OPEN                                                                   \
	"int valve_open(struct pump *p, int nr)\n"                             \
	"{\n"                                                                  \
	" p->valves = FAST;\n"                                                 \
	" opened++;\n"                                                         \
	" return mix(helper(nr), 2);\n"                                        \
	"}\n"
#define USER "int user(struct pump *p)\n{\n return valve_open(p, 1);\n}\n"
#define OTHER(text) "# 1 \"/src/include/other.h\" 1\n" text
#define COPY "static inline int other(int a) { return a; }\n"
#define UNIT(path, header, code)                                               \
	"# 0 \"/src/" path "\"\n" HEADER header "# 2 \"/src/" path "\" 2\n" code

static void make_renamed(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_RENAME_FILE,
		.names = STRV_INIT,
		.includes = STRV_INIT,
		.from = "pump.c",
		.to = "valve.c",
	}, .out = OUTCOME_INIT(RUNG_TOKENS) };
	add_unit(p, "pump.c", UNIT("pump.c", "", STATICS MIX OPEN USER), NULL);
	add_unit(p, "valve.c", NULL,
		 UNIT("valve.c", "", STATICS MIX OPEN USER));
}

/* A renamed source file is one unit under two names. */
static void test_renamed(void **state)
{
	static const struct variation v[] = {
		{ "as it was", 1, "return a - b", "return a - b", RESULT_EQUAL,
		  NULL },
		{ "a body", 1, "return a - b", "return b - a",
		  RESULT_DIFFERENT, "mix" },
		{ "a static lost", 1, STATICS, "", RESULT_DIFFERENT, "opened" },
		{ "a header's inline", 1, "return a + SLOW", "return a + FAST",
		  RESULT_DIFFERENT, "helper" },
		{ "a definition more", 1, USER, USER "int more;\n",
		  RESULT_DIFFERENT, "more" },
	};

	(void)state;
	check_variations(make_renamed, v, ARRAY_SIZE(v));
}

static void make_includes(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_INCLUDES,
		.names = STRV_INIT,
		.includes = STRV_INIT,
	}, .out = OUTCOME_INIT(RUNG_TOKENS) };
	add_unit(p, "pump.c", UNIT("pump.c", "", STATICS MIX OPEN),
		 UNIT("pump.c", OTHER(COPY), STATICS MIX OPEN));
	add_unit(p, "valve.c", UNIT("valve.c", OTHER(COPY), USER),
		 UNIT("valve.c", "", USER));
}

/* A header more, a header less: only what it means to the code counts. */
static void test_includes(void **state)
{
	static const struct variation v[] = {
		{ "as it should be", 0, COPY, COPY, RESULT_EQUAL, NULL },
		{ "declares what was declared", 0, COPY,
		  COPY "int valve_open(struct pump *p, int nr);\n",
		  RESULT_EQUAL, NULL },
		{ "declares it otherwise", 0, COPY,
		  COPY "int valve_open(struct pump *p, int nr)"
		  " __attribute__((nonnull));\n", RESULT_DIFFERENT,
		  "valve_open" },
		{ "a global of its own", 0, COPY, COPY "int level;\n",
		  RESULT_DIFFERENT, "level" },
		{ "another body by a macro", 0, "p->valves = FAST",
		  "p->valves = 3", RESULT_DIFFERENT, "valve_open" },
		{ "a header's inline changes", 1, "return a + SLOW",
		  "return a + FAST", RESULT_DIFFERENT, "helper" },
		{ "a definition lost", 1, USER, "", RESULT_DIFFERENT, "user" },
	};

	(void)state;
	check_variations(make_includes, v, ARRAY_SIZE(v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_renamed),
		cmocka_unit_test(test_includes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
