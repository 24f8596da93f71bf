// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tokens rung on small preprocessed units, written as gcc -E writes them.
 * A good step of each kind, and variations of it: one string replaced in one
 * unit, and what the rung must then say.
 */
#define _GNU_SOURCE
#include "tokens_scene.h"

#define HEADER                                                                 \
	"# 1 \"/src/include/pump.h\" 1\n"                                      \
	"typedef unsigned int u32;\n"                                          \
	"typedef struct { int counter; } atomic_t;\n"                          \
	"enum speed { SLOW, FAST = 4 };\n"                                     \
	"struct motor;\n"                                                      \
	"struct valve { u32 nr; };\n"                                          \
	"struct pump { int count; u32 valves; struct motor *motor;\n"          \
	"\tstruct valve valve[FAST]; };\n"                                     \
	"extern int verbose;\n"                                                \
	"void lock(struct pump *p) __attribute__((nonnull));\n"                \
	"int valve_open(struct pump *p, int nr);\n"                            \
	"static inline int helper(int a) { return a + SLOW; }\n"               \
	"static const int table[] = { 1, 2 };\n"                               \
	"static inline int outer(int a) { return helper(a) + 1; }\n"
#define FORWARD "static u32 mix(u32 a, u32 b);\n"
#define STATICS "static int opened;\n"
#define MIX "static u32 mix(u32 a, u32 b)\n{\n return a - b;\n}\n"
#define OPEN                                                                   \
	"int valve_open(struct pump *p, int nr)\n"                             \
	"{\n"                                                                  \
	" unsigned int i;\n"                                                   \
	" if (!verbose)\n"                                                     \
	"  return outer(nr) + table[0];\n"                                     \
	" for (i = 0; i < 3; i++)\n"                                           \
	"  lock(p);\n"                                                         \
	" p->count = mix(i, nr);\n"                                            \
	" p->valves = FAST;\n"                                                 \
	" opened++;\n"                                                         \
	" return 0;\n"                                                         \
	"}\n"                                                                  \
	"extern typeof(valve_open) valve_open; "                               \
	"asm(\".asciz \\\"GPL\\\" ; .quad valve_open\");\n"
#define USER "int user(struct pump *p)\n{\n return valve_open(p, 1);\n}\n"
#define OWN(path) "# 2 \"/src/" path "\" 2\n"
#define START(path) "# 0 \"/src/" path "\"\n"
#define PUMP_BEFORE                                                            \
	START("pump.c") HEADER OWN("pump.c") FORWARD STATICS OPEN "\n" MIX USER
#define GAP "# 90 \"/src/pump.c\"\n"
#define PUMP_AFTER START("pump.c") HEADER OWN("pump.c") GAP USER
#define VALVE_AFTER                                                            \
	START("valve.c") HEADER OWN("valve.c") STATICS MIX "\n" OPEN

static void make_move(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_MOVE,
		.names = STRV_INIT,
		.includes = STRV_INIT,
		.from = "pump.c",
		.to = "valve.c",
		.creates = true,
	}, .out = OUTCOME_INIT(RUNG_TOKENS) };
	strv_add(&p->contract.names, "valve_open");
	strv_add(&p->contract.names, "mix");
	strv_add(&p->contract.names, "opened");
	add_unit(p, "pump.c", PUMP_BEFORE, PUMP_AFTER);
	add_unit(p, "valve.c", NULL, VALVE_AFTER);
}

static void test_move_equal(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_int_equal(p.out.nr, 0);
	assert_true(p.out.checked >= 5);
	release(&p);
}

static void test_move_definitions(void **state)
{
	static const struct variation v[] = {
		{ "order of definitions", 1, MIX "\n" OPEN,
		  FORWARD OPEN MIX, RESULT_EQUAL, NULL },
		{ "white space", 1, "i < 3", "i  <\n3", RESULT_EQUAL, NULL },
		{ "constant", 1, "i < 3", "i < 4", RESULT_DIFFERENT,
		  "valve_open" },
		{ "type of a local", 1, " unsigned int i", " int i",
		  RESULT_DIFFERENT, "valve_open" },
		{ "arguments swapped", 1, "mix(i, nr)", "mix(nr, i)",
		  RESULT_DIFFERENT, "valve_open" },
		{ "statement lost", 1, " opened++;\n", "", RESULT_DIFFERENT,
		  "valve_open" },
		{ "attribute", 1, "static u32 mix",
		  "static __attribute__((noinline)) u32 mix", RESULT_DIFFERENT,
		  "mix" },
		{ "licence of an export", 1, "GPL", "", RESULT_DIFFERENT,
		  NULL },
		{ "export lost", 1,
		  "asm(\".asciz \\\"GPL\\\" ; .quad valve_open\");", "",
		  RESULT_DIFFERENT, NULL },
		{ "copy of a function left", 0, GAP, MIX,
		  RESULT_DIFFERENT, "mix" },
		{ "static variable in both", 0, GAP, STATICS,
		  RESULT_DIFFERENT, "opened" },
		{ "unused definition gained", 1, STATICS,
		  STATICS "int extra;\n", RESULT_DIFFERENT, "extra" },
		{ "what stays changed", 0, "(p, 1)", "(p, 2)",
		  RESULT_DIFFERENT, "user" },
		{ "what stays is lost", 0, USER, "", RESULT_DIFFERENT,
		  "user" },
		{ "assertion gained", 1, STATICS,
		  STATICS "_Static_assert(1, \"\");\n", RESULT_DIFFERENT,
		  NULL },
		{ "one more header", 1, OWN("valve.c"),
		  "# 1 \"/src/include/x.h\" 1\nint x(void);\n"
		  "static inline int y(void) { return x(); }\n"
		  "struct motor { int rpm; };\n" OWN("valve.c"),
		  RESULT_EQUAL, NULL },
		{ "header that defines an object", 1, OWN("valve.c"),
		  "# 1 \"/src/include/x.h\" 1\nint x;\n" OWN("valve.c"),
		  RESULT_DIFFERENT, "x" },
		{ "does not parse", 1, STATICS, STATICS "int ) bad;\n",
		  RESULT_UNDECIDED, NULL },
	};

	(void)state;
	check_variations(make_move, v, ARRAY_SIZE(v));
}

/* The moved definition is the same; what it refers to is not. */
static void test_move_resolution(void **state)
{
	static const struct variation v[] = {
		{ "typedef", 1, "typedef unsigned int u32", "typedef int u32",
		  RESULT_DIFFERENT, "u32" },
		{ "members", 1, "u32 valves; ", "u32 more, valves; ",
		  RESULT_DIFFERENT, "pump" },
		{ "members further down", 1, "struct valve { u32 nr; }",
		  "struct valve { u32 nr, size; }", RESULT_DIFFERENT, "valve" },
		{ "value of an enumerator", 1, "FAST = 4", "FAST = 5",
		  RESULT_DIFFERENT, "FAST" },
		{ "inline", 1, "return a + SLOW", "return a - SLOW",
		  RESULT_DIFFERENT, "helper" },
		{ "contents of a table", 1, "{ 1, 2 }", "{ 1, 3 }",
		  RESULT_DIFFERENT, "table" },
		{ "attribute of a prototype", 1, " __attribute__((nonnull))",
		  "", RESULT_DIFFERENT, "lock" },
		{ "an attribute in its other spelling", 1, "((nonnull))",
		  "((__nonnull__))", RESULT_EQUAL, NULL },
		{ "another attribute in that spelling", 1, "((nonnull))",
		  "((__pure__))", RESULT_DIFFERENT, "lock" },
		{ "an attribute more in that spelling", 1, "((nonnull))",
		  "((__nonnull__, __pure__))", RESULT_DIFFERENT, "lock" },
		{ "type of a prototype", 1, "void lock(struct pump *p)",
		  "int lock(struct pump *p)", RESULT_DIFFERENT, "lock" },
		{ "parameter name of a prototype", 1,
		  "void lock(struct pump *p)", "void lock(struct pump *q)",
		  RESULT_EQUAL, NULL },
		{ "extern of a prototype", 1, "void lock(struct pump *p)",
		  "extern void lock(struct pump *p)", RESULT_EQUAL, NULL },
		{ "type of a variable", 1, "extern int verbose",
		  "extern long verbose", RESULT_DIFFERENT, "verbose" },
		{ "constant object to variable one", 1,
		  "static const int table", "static int table",
		  RESULT_DIFFERENT, "table" },
		{ "not declared", 1, "extern int verbose;\n", "",
		  RESULT_DIFFERENT, "verbose" },
		{ "wrong private prototype", 1, STATICS,
		  "int lock(struct pump *p);\n" STATICS, RESULT_DIFFERENT,
		  "lock" },
		{ "shadowed by an inline", 1,
		  "void lock(struct pump *p) __attribute__((nonnull));\n",
		  "static inline void lock(struct pump *p) { }\n",
		  RESULT_DIFFERENT, "lock" },
		{ "complete where it was not", 1, "struct motor;",
		  "struct motor { int rpm; };", RESULT_EQUAL, NULL },
		{ "unused typedef", 1, "{ int counter; }", "{ long counter; }",
		  RESULT_EQUAL, NULL },
		{ "prototype of the moved one", 0,
		  "int valve_open(struct pump *p, int nr);",
		  "long valve_open(struct pump *p, int nr);", RESULT_DIFFERENT,
		  "valve_open" },
		{ "private prototype of the moved one", 0, GAP,
		  "int valve_open(struct pump *p, u32 nr);\n",
		  RESULT_DIFFERENT, "valve_open" },
		{ "members where it is called", 0, "u32 valves; ",
		  "u32 more, valves; ", RESULT_DIFFERENT, "pump" },
	};

	(void)state;
	check_variations(make_move, v, ARRAY_SIZE(v));
}

/* Members, labels, locals and the like are not names at file scope. */
static void test_not_references(void **state)
{
	static const char body[] =
		"int valve_open(struct pump *p, int nr)\n"
		"{\n"
		" struct { int noise; } s = { .noise = 1 };\n"
		" atomic_t noise;\n"
		" typeof(s) *q = &s;\n"
		" noise.counter = ({ int noise = 2; noise; });\n"
		" q->noise = __builtin_offsetof(struct valve, nr);\n"
		" asm volatile(\"\" : [noise] \"=r\"(nr) : : \"memory\");\n"
		" switch (nr) { case SLOW ... FAST: default: break; }\n"
		" for (int loud = 0; loud < 2; loud++)\n"
		"  nr += loud ? q->noise : -1;\n"
		" if (nr) goto loud;\n"
		" lock(p);\n"
		"loud:\n"
		" return noise.counter;\n"
		"}\n";
	static const char noise[] = "extern int noise;\nint loud(void);\n";
	struct pair p;

	(void)state;
	make_move(&p);
	strv_release(&p.contract.names);
	strv_add(&p.contract.names, "valve_open");
	free(p.before[0]);
	free(p.after[0]);
	free(p.after[1]);
	p.before[0] = xasprintf("%s%s", START("pump.c") HEADER OWN("pump.c"),
				body);
	p.after[0] = xstrdup(START("pump.c") HEADER OWN("pump.c"));
	p.after[1] = xasprintf("%s%s%s", START("valve.c") HEADER, noise, body);
	assert_int_equal(run(&p), RESULT_EQUAL);
	edit(&p.before[0], " lock(p);\n", " lock(p); loud();\n");
	edit(&p.after[1], " lock(p);\n", " lock(p); loud();\n");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "name", "loud"));
	release(&p);
}

/* Code that moves away from a header's variable gets another variable. */
static void test_private_object(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	edit(&p.before[0], "static const int table", "static int table");
	edit(&p.after[0], "static const int table", "static int table");
	edit(&p.after[1], "static const int table", "static int table");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "name", "table"));
	release(&p);
}

static void test_move_undeclared(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	strv_release(&p.contract.names);
	strv_add(&p.contract.names, "valve_open");
	strv_add(&p.contract.names, "opened");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "function", "mix"));
	release(&p);
}

static void test_where(void **state)
{
	const struct finding *f;
	struct pair p;

	(void)state;
	make_move(&p);
	edit(&p.after[1], "i < 3", "i < 4");
	run(&p);
	f = find(&p, "function", "valve_open");
	assert_non_null(f);
	assert_string_equal(f->where, "valve.c:13");
	assert_non_null(strstr(f->excerpt, "i < 4"));
	assert_null(strstr(f->detail, "i <"));
	release(&p);
}

static void test_keys(void **state)
{
	struct pair p;

	(void)state;
	make_move(&p);
	edit(&p.after[0], "(p, 1)", "(p, 2)");
	free(p.after[1]);
	p.after[1] = NULL;
	p.key = "same";
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_int_equal(p.out.checked, 0);
	release(&p);
}

#define LEVEL "int level(struct pump *p, u32 nr)\n{\n return p->count + nr;\n}\n"
#define LEVEL_PROTO "int level(struct pump *p, u32 nr);\n"
#define LEVEL_USER "int get(struct pump *p)\n{\n return level(p, 1);\n}\n"
#define PROMOTE(proto, forward, storage)                                       \
	START("pump.c") HEADER "# 1 \"/src/pump.h\" 1\nint get(struct pump *p);\n" \
	proto OWN("pump.c") forward storage LEVEL LEVEL_USER
#define OTHER(proto)                                                           \
	START("other.c") HEADER "# 1 \"/src/pump.h\" 1\nint get(struct pump *p);\n" \
	proto OWN("other.c") "int other(struct pump *p) { return get(p); }\n"

static void make_promote(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_PROMOTE,
		.names = STRV_INIT,
		.includes = STRV_INIT,
		.from = "pump.c",
		.header = "pump.h",
	}, .out = OUTCOME_INIT(RUNG_TOKENS) };
	strv_add(&p->contract.names, "level");
	add_unit(p, "pump.c",
		 PROMOTE("", "static " LEVEL_PROTO, "static "),
		 PROMOTE(LEVEL_PROTO, "", ""));
	add_unit(p, "other.c", OTHER(""), OTHER(LEVEL_PROTO));
	add_unit(p, "pump.h", NULL, NULL);
}

static void test_promote(void **state)
{
	static const struct variation v[] = {
		{ "extern", 0, "count + nr", "count + nr", RESULT_EQUAL,
		  NULL },
		{ "still static", 0, LEVEL, "static " LEVEL, RESULT_DIFFERENT,
		  "level" },
		{ "body changed", 0, "count + nr", "count - nr",
		  RESULT_DIFFERENT, "level" },
		{ "prototype in another unit", 1, LEVEL_PROTO,
		  "int level(struct pump *p, int nr);\n", RESULT_DIFFERENT,
		  "level" },
		{ "prototype in its unit", 0, LEVEL_PROTO,
		  "int level(struct pump *p, int nr);\n", RESULT_DIFFERENT,
		  "level" },
		{ "names of its parameters", 1, LEVEL_PROTO,
		  "extern int level(struct pump *, u32);\n", RESULT_EQUAL,
		  NULL },
		{ "inline where it was not", 0, LEVEL,
		  "static inline " LEVEL, RESULT_DIFFERENT, "level" },
		{ "something else promoted", 0, "static inline int outer",
		  "inline int outer", RESULT_DIFFERENT, "outer" },
		{ "something else changed", 1, "return get(p)",
		  "return get(p) + 1", RESULT_DIFFERENT, "other" },
	};
	struct pair p;

	(void)state;
	make_promote(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_int_equal(p.out.nr, 0);
	release(&p);
	check_variations(make_promote, v, ARRAY_SIZE(v));
}

/* What a forward declaration alone said of the definition goes with it. */
static void test_promote_attribute(void **state)
{
	struct pair p;

	(void)state;
	make_promote(&p);
	free(p.before[0]);
	p.before[0] = xstrdup(PROMOTE(
		"", "static __attribute__((noinline)) " LEVEL_PROTO, "static "));
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "name", "level"));
	release(&p);
	make_promote(&p);
	free(p.before[0]);
	free(p.after[0]);
	p.before[0] = xstrdup(PROMOTE(
		"", "static __attribute__((noinline)) " LEVEL_PROTO,
		"static __attribute__((noinline)) "));
	p.after[0] = xstrdup(
		PROMOTE(LEVEL_PROTO, "", "__attribute__((noinline)) "));
	assert_int_equal(run(&p), RESULT_EQUAL);
	release(&p);
}

#define GNU_INLINE                                                             \
	"static inline __attribute__((__gnu_inline__)) "                       \
	"__attribute__((__unused__)) "                                         \
	"__attribute__((no_instrument_function)) "

static void make_inline(struct pair *p)
{
	make_promote(p);
	p->contract.as_inline = true;
	p->contract.to = "pump.h";
	free(p->after[0]);
	free(p->after[1]);
	p->after[0] = xstrdup(
		START("pump.c") HEADER "# 1 \"/src/pump.h\" 1\n"
		"int get(struct pump *p);\n" GNU_INLINE LEVEL OWN("pump.c")
		LEVEL_USER);
	p->after[1] = xstrdup(OTHER(GNU_INLINE LEVEL));
}

static void test_promote_inline(void **state)
{
	static const struct variation v[] = {
		{ "plain inline words", 0, GNU_INLINE, "static inline ",
		  RESULT_EQUAL, NULL },
		{ "not inline", 0, GNU_INLINE, "static ", RESULT_DIFFERENT,
		  "level" },
		{ "not static", 0, GNU_INLINE, "inline ", RESULT_DIFFERENT,
		  "level" },
		{ "body changed", 0, "count + nr", "count - nr",
		  RESULT_DIFFERENT, "level" },
		{ "attribute that matters", 0, GNU_INLINE,
		  GNU_INLINE "__attribute__((__cold__)) ", RESULT_DIFFERENT,
		  "level" },
		{ "the old one left", 0, OWN("pump.c"),
		  OWN("pump.c") "static int level2(void) { return 0; }\n",
		  RESULT_DIFFERENT, "level2" },
	};
	struct pair p;

	(void)state;
	make_inline(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	release(&p);
	check_variations(make_inline, v, ARRAY_SIZE(v));
}

static void make_transform(struct pair *p)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_TRANSFORM,
		.names = STRV_INIT,
		.includes = STRV_INIT,
	}, .out = OUTCOME_INIT(RUNG_TOKENS) };
	strv_add(&p->contract.names, "mix");
	add_unit(p, "pump.c", PUMP_BEFORE, PUMP_BEFORE);
}

static void test_transform(void **state)
{
	static const struct variation v[] = {
		{ "the named one", 0, "return a - b", "return b - a",
		  RESULT_EQUAL, "mix" },
		{ "another one", 0, "i < 3", "i < 4", RESULT_DIFFERENT,
		  "valve_open" },
		{ "a type", 0, "u32 valves; ", "u32 more, valves; ",
		  RESULT_DIFFERENT, "pump" },
		{ "a new one", 0, MIX, MIX "static int x(void) { return 1; }\n",
		  RESULT_DIFFERENT, "x" },
	};
	struct pair p;

	(void)state;
	check_variations(make_transform, v, ARRAY_SIZE(v));
	make_transform(&p);
	strv_release(&p.contract.names);
	edit(&p.after[0], "i < 3", "i < 4");
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_int_equal(p.out.findings[0].weight, RESULT_EQUAL);
	assert_non_null(find(&p, "function", "valve_open"));
	release(&p);
}

static void make_extract(struct pair *p)
{
	make_transform(p);
	p->contract.change = CHANGE_EXTRACT;
	strv_add(&p->contract.helpers, "part");
	edit(&p->after[0], MIX,
	     "static int part(int a, int b) { return a - b; }\n"
	     "static u32 mix(u32 a, u32 b)\n{\n return part(a, b);\n}\n");
}

#define SECTION "static __attribute__((section(\".noinstr\"))) "

static void test_extract(void **state)
{
	static const struct variation v[] = {
		{ "another one", 0, "i < 3", "i < 4", RESULT_DIFFERENT,
		  "valve_open" },
		{ "a second one", 0, "static int part",
		  "static int x(void) { return 1; }\nstatic int part",
		  RESULT_DIFFERENT, "x" },
		{ "a type", 0, "u32 valves; ", "u32 more, valves; ",
		  RESULT_DIFFERENT, "pump" },
	};
	/* of a helper that the stock build need not inline */
	static const struct variation attributes[] = {
		{ "that says nothing", 0, "static int part",
		  "static __attribute__((__unused__, cold)) int part",
		  RESULT_EQUAL, NULL },
		{ "that runs it", 0, "static int part",
		  "static __attribute__((constructor)) int part",
		  RESULT_UNDECIDED, "part" },
		{ "that runs what nobody calls", 0,
		  "static int part(int a, int b) { return a - b; }\n"
		  "static u32 mix(u32 a, u32 b)\n{\n return part(a, b)",
		  "static __attribute__((constructor)) int part(void) "
		  "{ return 1; }\n"
		  "static u32 mix(u32 a, u32 b)\n{\n return a - b",
		  RESULT_UNDECIDED, "part" },
		{ "that throws it away", 0, "static int part",
		  "static __attribute__((cold, __section__(\".init\"))) int part",
		  RESULT_UNDECIDED, "part" },
		{ "that merges calls", 0, "static int part",
		  "static __attribute__((const)) int part",
		  RESULT_UNDECIDED, "part" },
		{ "of its caller", 0, "static u32 mix(u32 a, u32 b)\n",
		  "static __attribute__((section(\".noinstr\")))\n"
		  "u32 mix(u32 a, u32 b)\n", RESULT_UNDECIDED, "part" },
		{ "new, of its caller", 0, "static u32 mix(u32 a, u32 b)\n",
		  "static __attribute__((noinline))\n"
		  "u32 mix(u32 a, u32 b)\n", RESULT_UNDECIDED, "mix" },
		{ "its frame", 0, "{ return a - b; }",
		  "{ return a - b - !__builtin_return_address(0); }",
		  RESULT_UNDECIDED, "part" },
	};
	struct pair p;

	(void)state;
	check_variations(make_extract, attributes, ARRAY_SIZE(attributes));
	make_extract(&p);
	assert_int_equal(run(&p), RESULT_EQUAL);
	assert_non_null(find(&p, "function", "part"));
	/* An attribute of its caller is one of its code, too, when inlined. */
	edit(&p.before[0], "static u32 mix(u32 a, u32 b)\n",
	     SECTION "u32 mix(u32 a, u32 b)\n");
	edit(&p.after[0], "static u32 mix(u32 a, u32 b)\n",
	     SECTION "u32 mix(u32 a, u32 b)\n");
	assert_int_equal(run(&p), RESULT_UNDECIDED);
	edit(&p.after[0], "static int part(",
	     "static inline __attribute__((always_inline)) int part(");
	assert_int_equal(run(&p), RESULT_EQUAL);
	release(&p);
	check_variations(make_extract, v, ARRAY_SIZE(v));
}

#define SEES(ctxt)                                                             \
	"# 1 \"regs.c\"\n# 1 \"vcpu.h\" 1\n" ctxt                               \
	"struct vcpu {\n struct ctxt *ctxt;\n};\n"                             \
	"static inline int get(struct vcpu *v)\n{\n return v->ctxt != 0;\n}\n" \
	"# 2 \"regs.c\" 2\nint one(struct vcpu *v)\n{\n return get(v);\n}\n"

/* A header that completes a struct which was only a pointer's so far. */
static void make_completed(struct pair *p)
{
	*p = (struct pair){ .contract = { .change = CHANGE_INCLUDES },
			    .out = OUTCOME_INIT(RUNG_TOKENS) };
	strv_add(&p->contract.files, "regs.c");
	add_unit(p, "regs.c", SEES("struct ctxt;\n"),
		 SEES("typedef int fast_t;\nstruct ctxt {\n fast_t f;\n};\n"));
}

static void test_completed(void **state)
{
	static const struct variation v[] = {
		{ "nothing else", 0, "fast_t f;", "fast_t f, g;", RESULT_EQUAL,
		  NULL },
		{ "a struct that was complete", 0, "struct ctxt *ctxt;",
		  "struct ctxt *ctxt; int more;", RESULT_DIFFERENT, "vcpu" },
		{ "what is done with it", 0, "v->ctxt != 0", "v->ctxt == 0",
		  RESULT_DIFFERENT, "get" },
	};

	(void)state;
	check_variations(make_completed, v, ARRAY_SIZE(v));
}

static void test_unreadable(void **state)
{
	const struct unit unit = { .source = "a.c",
				   .tokens = "/nonexistent/a.i" };
	const struct unit failed = { .source = "a.c" };
	struct state before = { .units = &unit, .nr_units = 1 };
	struct state after = { .units = &unit, .nr_units = 1 };
	struct contract contract = { .change = CHANGE_MOVE };
	struct outcome out = OUTCOME_INIT(RUNG_TOKENS);
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(verify_tokens(&contract, &before, &after, &out, &err),
			 -1);
	assert_non_null(err.text);
	error_release(&err);
	before.units = after.units = &failed;
	assert_int_equal(verify_tokens(&contract, &before, &after, &out, &err),
			 0);
	assert_int_equal(out.result, RESULT_UNDECIDED);
	outcome_release(&out);
}

/* Without the new unit nobody can say whether the moved code is in it. */
static void test_unit_missing(void **state)
{
	struct unit pump[2] = { { .source = "pump.c" }, { .source = "pump.c" } };
	struct state before = { .units = &pump[0], .nr_units = 1 };
	struct state after = { .units = &pump[1], .nr_units = 1 };
	struct outcome out = OUTCOME_INIT(RUNG_TOKENS);
	struct error err = ERROR_INIT;
	struct pair p;
	char *dir = folder(), *path;

	(void)state;
	make_move(&p);
	path = xasprintf("%s/pump.i", dir);
	assert_int_equal(fs_write(path, p.before[0], strlen(p.before[0]), &err),
			 0);
	pump[0].tokens = path;
	assert_int_equal(verify_tokens(&p.contract, &before, &after, &out, &err),
			 0);
	assert_int_equal(out.result, RESULT_UNDECIDED);
	assert_true(out.nr > 1);
	outcome_release(&out);
	release(&p);
	assert_int_equal(fs_remove(dir, &err), 0);
	free(path);
	free(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_move_equal),
		cmocka_unit_test(test_move_definitions),
		cmocka_unit_test(test_move_resolution),
		cmocka_unit_test(test_not_references),
		cmocka_unit_test(test_private_object),
		cmocka_unit_test(test_move_undeclared),
		cmocka_unit_test(test_where),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_promote),
		cmocka_unit_test(test_promote_attribute),
		cmocka_unit_test(test_promote_inline),
		cmocka_unit_test(test_transform),
		cmocka_unit_test(test_extract),
		cmocka_unit_test(test_completed),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_unit_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
