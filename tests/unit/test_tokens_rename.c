// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tokens rung on renames. A unit that defines and exports, one that calls,
 * and one with a static function of the same name that has nothing to do with it.
 */
#define _GNU_SOURCE
#include "tokens_scene.h"

#define HEADER(open, shut)                                                     \
	"# 1 \"/src/pump.h\" 1\n"                                              \
	"struct pump { int open; int (*shut)(struct pump *pump); };\n"         \
	"int " open "(struct pump *p, int open);\n"                            \
	"int " shut "(struct pump *p);\n"
#define KEEP(open)                                                             \
	"extern typeof(" open ") " open "; "                                   \
	"static void * __attribute__((__used__)) "                             \
	"__attribute__((__section__(\".discard.addressable\"))) "              \
	"__UNIQUE_ID___addressable_" open "0 = (void *)&" open "; "
/* As Linux 6.12 and as 6.1 export. */
#define EXPORT(open) KEEP(open)                                                \
	"asm(\".section \\\".export_symbol\\\",\\\"a\\\" ; __export_symbol_"   \
	open ": ; .asciz \\\"GPL\\\" ; .quad " open " ; .previous\");\n"
#define EXPORT_6_1(open)                                                       \
	"extern const char __kstrtab_" open "[];" KEEP(open)                   \
	"asm(\" .section \\\"__ksymtab_strings\\\",\\\"aMS\\\"\\n\" "          \
	"\"__kstrtab_\" \"" open "\" \":\\n\" \".asciz \\\"\" \"" open         \
	"\" \"\\\"\\n\"); asm(\".section \\\"___ksymtab_gpl+\" \"" open        \
	"\" \"\\\"\\n __ksymtab_\" \"" open "\" \": .long \" \"" open          \
	"\" \"- .\\n\");\n"
#define INJECT(open)                                                           \
	"static unsigned long _eil_addr_" open " = (unsigned long)" open ";\n"
#define PUMP(open, shut)                                                       \
	"# 0 \"/src/pump.c\"\n" HEADER(open, shut) "# 2 \"/src/pump.c\" 2\n"   \
	"int " open "(struct pump *p, int open)\n{\n"                          \
	" p->open = open;\n return p->open + 1;\n}\n"                          \
	EXPORT(open) INJECT(open)                                              \
	"int " shut "(struct pump *p)\n{\n p->open = 0;\n return 0;\n}\n"      \
	EXPORT_6_1(shut)                                                       \
	"int broken(void) { return \"open failed\"[0]; }\n"
#define USER(open, shut)                                                       \
	"# 0 \"/src/user.c\"\n" HEADER(open, shut) "# 2 \"/src/user.c\" 2\n"   \
	"struct ops { int (*open)(struct pump *p, int nr); };\n"               \
	"static const struct ops ops = { .open = " open " };\n"                \
	"static int local(struct pump *p)\n{\n"                                \
	" int open = 3;\n goto shut;\nshut:\n p->open = open;\n"               \
	" return open;\n}\n"                                                   \
	"int user(struct pump *p)\n{\n int nr = local(p);\n"                   \
	" extern int " shut "(struct pump *p);\n"                              \
	" return " open "(p, nr) + " shut "(p) + ops.open(p, 7);\n}\n"
#define OTHER                                                                  \
	"# 0 \"/src/other.c\"\n"                                               \
	"static int open(int a)\n{\n return a;\n}\n"                           \
	"int other(void)\n{\n return open(5);\n}\n"
#define TEXT                                                                   \
	"int open(struct pump *p, int open)\n{\n}\nint shut(struct pump *p)\n{\n}\n"
#define STATIC_TEXT "static int mix(int a)\n{\n}\n"

static const struct renamed pairs[] = { { "open", "pump_open" },
					{ "shut", "pump_shut" } };
static const struct renamed mixes[] = { { "mix", "blend" } };

enum { IN_PUMP, IN_USER, IN_OTHER };

static void make_contract(struct pair *p, const struct renamed *renamed,
			  size_t nr, const char *from)
{
	*p = (struct pair){ .contract = {
		.change = CHANGE_RENAME,
		.names = STRV_INIT,
		.includes = STRV_INIT,
		.from = from,
		.renamed = renamed,
		.nr_renamed = nr,
	}, .out = OUTCOME_INIT(RUNG_TOKENS) };
	for (size_t i = 0; i < nr; i++)
		strv_add(&p->contract.names, renamed[i].old);
}

static void make_extern(struct pair *p)
{
	make_contract(p, pairs, ARRAY_SIZE(pairs), "pump.c");
	p->text = TEXT;
	add_unit(p, "pump.c", PUMP("open", "shut"),
		 PUMP("pump_open", "pump_shut"));
	add_unit(p, "user.c", USER("open", "shut"),
		 USER("pump_open", "pump_shut"));
	add_unit(p, "other.c", OTHER, OTHER);
}

static void print_findings(const struct pair *p)
{
	for (size_t i = 0; i < p->out.nr; i++)
		print_error("\t%s %s '%s' [%s]: %s\n",
			    result_name(p->out.findings[i].weight),
			    p->out.findings[i].what, p->out.findings[i].name,
			    p->out.findings[i].where,
			    p->out.findings[i].detail);
}

static void expect(struct pair *p, enum result want)
{
	enum result result = run(p);

	if (result != want)
		print_findings(p);
	assert_int_equal(result, want);
	release(p);
}

static void test_extern(void **state)
{
	struct pair p;

	(void)state;
	make_extern(&p);
	expect(&p, RESULT_EQUAL);
	make_extern(&p);
	p.key = "1"; /* a unit that names it is read though its key is equal */
	edit(&p.after[IN_USER], "nr = local", "nr = 1 + local");
	expect(&p, RESULT_DIFFERENT);
}

static void test_extern_variations(void **state)
{
	static const struct variation v[] = {
		{ "a missed call", IN_USER, "return pump_open(p", "return open(p",
		  RESULT_DIFFERENT, "open" },
		{ "a missed initialiser", IN_USER, ".open = pump_open",
		  ".open = open", RESULT_DIFFERENT, "open" },
		{ "a renamed designator", IN_USER, ".open = pump_open",
		  ".pump_open = pump_open", RESULT_DIFFERENT, NULL },
		{ "a renamed member", IN_USER, "ops.open(p", "ops.pump_open(p",
		  RESULT_DIFFERENT, "user" },
		{ "a renamed local", IN_USER, "return open;", "return pump_open;",
		  RESULT_DIFFERENT, "local" },
		{ "a local that captures", IN_USER, "int nr = local",
		  "int pump_open = local", RESULT_DIFFERENT, "user" },
		{ "a renamed label", IN_USER, "goto shut", "goto pump_shut",
		  RESULT_DIFFERENT, "local" },
		{ "a missed declaration in a block", IN_USER,
		  "extern int pump_shut", "extern int shut", RESULT_DIFFERENT,
		  "shut" },
		{ "an argument besides", IN_USER, "(p, 7)", "(p, 8)",
		  RESULT_DIFFERENT, "user" },
		{ "a member's name in the definition", IN_PUMP, "return p->open",
		  "return p->pump_open", RESULT_DIFFERENT, NULL },
		{ "a string", IN_PUMP, "\"open failed", "\"pump_open failed",
		  RESULT_DIFFERENT, "broken" },
		{ "an export label forgotten", IN_PUMP,
		  "__export_symbol_pump_open", "__export_symbol_open",
		  RESULT_DIFFERENT, NULL },
		{ "an export reference wrong", IN_PUMP, ".quad pump_open",
		  ".quad pump_shut", RESULT_DIFFERENT, NULL },
		{ "an export's licence", IN_PUMP, "GPL", "", RESULT_DIFFERENT,
		  NULL },
		{ "an export's keeper forgotten", IN_PUMP,
		  "addressable_pump_open0", "addressable_open0",
		  RESULT_DIFFERENT, NULL },
		{ "an old export's string forgotten", IN_PUMP,
		  ".asciz \\\"\" \"pump_shut", ".asciz \\\"\" \"shut",
		  RESULT_DIFFERENT, NULL },
		{ "an injection point forgotten", IN_PUMP,
		  "_eil_addr_pump_open", "_eil_addr_open", RESULT_DIFFERENT,
		  NULL },
		{ "the unrelated static too", IN_OTHER, "return open(5)",
		  "return pump_open(5)", RESULT_DIFFERENT, NULL },
		{ "a parameter of a prototype", IN_USER, "p, int open)",
		  "p, int x)", RESULT_EQUAL, NULL },
	};

	(void)state;
	check_variations(make_extern, v, ARRAY_SIZE(v));
}

/* Each side is right by itself, and yet the two names changed places. */
static void test_swapped(void **state)
{
	struct pair p;

	(void)state;
	make_extern(&p);
	free(p.after[IN_PUMP]);
	p.after[IN_PUMP] = xstrdup(PUMP("pump_shut", "pump_open"));
	expect(&p, RESULT_DIFFERENT);
	make_extern(&p);
	free(p.after[IN_USER]);
	p.after[IN_USER] = xstrdup(USER("pump_shut", "pump_open"));
	expect(&p, RESULT_DIFFERENT);
	make_extern(&p); /* nothing renamed, everything renamed otherwise */
	free(p.after[IN_USER]);
	p.after[IN_USER] = xstrdup(USER("open", "shut"));
	expect(&p, RESULT_DIFFERENT);
}

static void test_name_is_taken(void **state)
{
	struct pair p;

	(void)state;
	make_extern(&p);
	edit(&p.before[IN_USER], "struct ops {", "int pump_open(struct pump *p, "
	     "int open); struct ops {");
	edit(&p.after[IN_USER], "struct ops {", "int pump_open(struct pump *p, "
	     "int open); struct ops {");
	assert_int_equal(run(&p), RESULT_DIFFERENT);
	assert_non_null(find(&p, "name", "pump_open"));
	release(&p);
}

/* All units renamed alike, the unrelated one with them: not what was asked. */
static void test_one_too_many(void **state)
{
	struct pair p;

	(void)state;
	make_extern(&p);
	edit(&p.after[IN_OTHER], "static int open", "static int pump_open");
	edit(&p.after[IN_OTHER], "return open", "return pump_open");
	expect(&p, RESULT_DIFFERENT);
}

#define MIX(mix, extra)                                                        \
	"# 0 \"/src/mix.c\"\n"                                                 \
	"static int " mix "(int a);\n" extra                                   \
	"static int " mix "(int a)\n{\n return a - 1;\n}\n"                    \
	"int user(int a)\n{\n return " mix "(a) + " mix "(2);\n}\n"

/* A static function, a unit with an extern one of that name, and extra text. */
static void make_static(struct pair *p, const char *before, const char *after)
{
	static const char far[] = "# 0 \"/src/far.c\"\nint mix(int a)\n"
				  "{\n return a + 1;\n}\n";

	make_contract(p, mixes, ARRAY_SIZE(mixes), "mix.c");
	p->text = STATIC_TEXT;
	add_unit(p, "mix.c", before, after);
	add_unit(p, "far.c", far, far);
}

static void check_static(const char *before, const char *after,
			 enum result want)
{
	struct pair p;

	make_static(&p, before, after);
	expect(&p, want);
}

static void test_static(void **state)
{
	struct pair p;

	(void)state;
	check_static(MIX("mix", ""), MIX("blend", ""), RESULT_EQUAL);
	make_static(&p, MIX("mix", ""), MIX("blend", ""));
	edit(&p.after[1], "mix", "blend"); /* another entity */
	expect(&p, RESULT_DIFFERENT);
	make_static(&p, MIX("mix", ""), MIX("blend", ""));
	edit(&p.after[0], "a - 1", "a - 2");
	expect(&p, RESULT_DIFFERENT);
}

#define BOTH(want, text, other)                                                \
	check_static(MIX("mix", text), MIX("blend", other), want)

static void test_places(void **state)
{
	(void)state;
	/* its own name, as a string */
	BOTH(RESULT_EQUAL, "const char *f(void) { return __func__; }\n",
	     "const char *f(void) { return __func__; }\n");
	check_static(MIX("mix", "") "const char *s; void f(void) { s = __func__; "
		     "mix(3); }\n",
		     MIX("blend", "") "const char *s; void f(void) { s = __func__; "
		     "blend(3); }\n", RESULT_EQUAL);
	check_static("# 0 \"/src/mix.c\"\nstatic const char *mix(void)\n"
		     "{\n return __func__;\n}\n",
		     "# 0 \"/src/mix.c\"\nstatic const char *blend(void)\n"
		     "{\n return __func__;\n}\n", RESULT_DIFFERENT);
	/* a name made of it, and a name that only holds it */
	BOTH(RESULT_EQUAL, "static int _kbl_addr_mix;\n",
	     "static int _kbl_addr_blend;\n");
	BOTH(RESULT_DIFFERENT, "static int do_mix;\n", "static int do_blend;\n");
	BOTH(RESULT_EQUAL, "static int remix, mixer;\n",
	     "static int remix, mixer;\n");
	/* a typeof, a cleanup attribute, an alias, assembly */
	BOTH(RESULT_EQUAL, "extern typeof(mix) *pointer;\n",
	     "extern typeof(blend) *pointer;\n");
	BOTH(RESULT_DIFFERENT, "typeof(mix) *pointer;\n",
	     "typeof(mix) *pointer;\n");
	BOTH(RESULT_UNDECIDED,
	     "int twin(int a) __attribute__((alias(\"mix\")));\n"
	     "int v = 1;\n",
	     "int twin(int a) __attribute__((alias(\"blend\")));\n"
	     "int v = 1;\n");
	BOTH(RESULT_UNDECIDED, "void g(void) { asm(\"call mix\"); }\n",
	     "void g(void) { asm(\"call blend\"); }\n");
	BOTH(RESULT_UNDECIDED, "void g(void) { asm(\"call mix\"); }\n",
	     "void g(void) { asm(\"call mix\"); }\n");
	BOTH(RESULT_UNDECIDED, "void g(void) { asm(\"mov $mix, %rax\"); }\n",
	     "void g(void) { asm(\"mov $mix, %rax\"); }\n");
	BOTH(RESULT_EQUAL, "void g(void) { asm(\"call remix\"); }\n",
	     "void g(void) { asm(\"call remix\"); }\n");
	BOTH(RESULT_DIFFERENT, "void g(void) { asm(\"call mix\"); }\n",
	     "void g(void) { asm(\"call remix\"); }\n");
	/* what cannot be parsed */
	BOTH(RESULT_UNDECIDED, "int h(void) { return ) mix(1; }\n",
	     "int h(void) { return ) blend(1; }\n");
}

#define TYPES(tag)                                                             \
	"# 0 \"/src/x.c\"\n# 1 \"/src/t.h\" 1\nstruct " tag " { int mix; };\n" \
	"# 2 \"/src/x.c\" 2\nint mix(struct " tag " *s)\n{\n"                  \
	" return s->mix + sizeof(struct " tag ");\n}\n"

/* A tag and an ordinary name are in spaces of their own. */
static void test_tag(void **state)
{
	struct pair p;

	(void)state;
	for (int wrong = 0; wrong < 3; wrong++) {
		make_contract(&p, mixes, ARRAY_SIZE(mixes), "t.h");
		add_unit(&p, "t.h", NULL, NULL);
		p.text = "struct mix { int mix; };\n";
		add_unit(&p, "x.c", TYPES("mix"), TYPES("blend"));
		if (wrong == 1)
			edit(&p.after[1], "int mix(", "int blend(");
		if (wrong == 2)
			edit(&p.after[1], "sizeof(struct blend",
			     "sizeof(struct mix");
		expect(&p, wrong ? RESULT_DIFFERENT : RESULT_EQUAL);
	}
}

#define STUB(mix)                                                              \
	"# 0 \"/src/x.c\"\n# 1 \"/src/mix.h\" 1\n"                             \
	"static inline int " mix "(int a) { return 0; }\n"                     \
	"# 2 \"/src/x.c\" 2\nint x(void)\n{\n return " mix "(1);\n}\n"

/* Where the entity is not built, a header's stub stands in for it. */
static void test_stub(void **state)
{
	struct pair p;

	(void)state;
	for (int wrong = 0; wrong < 2; wrong++) {
		make_contract(&p, mixes, ARRAY_SIZE(mixes), "mix.c");
		add_unit(&p, "mix.c", NULL, NULL);
		p.text = "int mix(int a)\n{\n}\n";
		add_unit(&p, "mix.h", NULL, NULL);
		add_unit(&p, "x.c", STUB("mix"), STUB("blend"));
		if (wrong)
			edit(&p.after[2], "return 0", "return 1");
		expect(&p, wrong ? RESULT_DIFFERENT : RESULT_EQUAL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_extern),
		cmocka_unit_test(test_extern_variations),
		cmocka_unit_test(test_swapped),
		cmocka_unit_test(test_name_is_taken),
		cmocka_unit_test(test_one_too_many),
		cmocka_unit_test(test_static),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_tag),
		cmocka_unit_test(test_stub),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
