// SPDX-License-Identifier: GPL-2.0-only
/*
 * The types rung on what clang makes of C. Each rule of the form has a pair that
 * it makes equal and one that it must not; and each thing that no other rung
 * sees, or that this one sees on its own, is a pair that differs.
 */
#define _GNU_SOURCE
#include "types_scene.h"

#define F "int f(int x) { return x + 1; }\n"
#define G "int g(int x) { return x * 3; }\n"
#define PRINT "int print(const char *s, ...);\n"
#define SAY(f, s) PRINT "int " f "(void) { return print(\"" s "\"); }\n"

#define EQUAL .want = RESULT_EQUAL
#define DIFFERENT .want = RESULT_DIFFERENT

#define N_UP "{ static int n; return n++; }"
#define N_DOWN "{ static int n; return n--; }"
#define TWO_LOCALS "int f(int x) { if (x) " N_UP N_DOWN " }\n"
#define AB(r) "int f(void) { static int a, b; a = 1; b = 2; return " r "; }"

static const struct ir_row locals[] = {
	{ "strings move",
	  { { "", SAY("f", "one") SAY("g", "two") }, { "", SAY("h", "three") } },
	  { { "", SAY("g", "two") }, { "", SAY("h", "three") SAY("f", "one") } },
	  EQUAL },
	{ "another string",
	  { { "", SAY("f", "one") SAY("g", "two") } },
	  { { "", SAY("g", "two") }, { "", SAY("f", "two") } },
	  DIFFERENT, "f", "string" },
	{ "static locals in order",
	  { { "", TWO_LOCALS "int g(int x) { static int n = 3; return n + x; }" } },
	  { { "", "int g(int x) { static int n = 3; return n + x; }" TWO_LOCALS } },
	  EQUAL },
	{ "one static local for two",
	  { { "", TWO_LOCALS } },
	  { { "", "int f(int x) { static int n; if (x) { return n++; } { return n--; } }" } },
	  DIFFERENT, "f" },
	{ "the other of two static locals",
	  { { "", AB("a") } }, { { "", AB("b") } },
	  DIFFERENT, "f" },
	{ "a static local of another function",
	  { { "", "int f(void) " N_UP "int g(void) { return 0; }" } },
	  { { "", "int f(void) { return 0; } int g(void) " N_UP } },
	  DIFFERENT, "g.n", "only there after" },
	{ "what is kept",
	  { { "", "static int k __attribute__((used)); int z;" } },
	  { { "", "int z;" }, { "", "static int k __attribute__((used));" } },
	  EQUAL },
	{ "no longer kept",
	  { { "", "__attribute__((used)) static int k; int *f(void) { return &k; }" } },
	  { { "", "static int k; int *f(void) { return &k; }" } },
	  DIFFERENT, "k", "kept" },
};

static void test_locals(void **state)
{
	(void)state;
	check_rows(locals, ARRAY_SIZE(locals));
}

#define UNIQUE(name)                                                           \
	"static int " name " = 1; int *f(void) { return &" name "; }"
#define ASSERT(nr, attribute)                                                  \
	"void __compiletime_assert_" nr "(void) __attribute__((" attribute "));" \
	"void f(int x) { if (x) __compiletime_assert_" nr "(); }"
#define LABEL(nr, operand)                                                     \
	"void f(void) { asm volatile(\"" nr ": nop; .long " nr "b - .\" : : "  \
	"\"i\" (" operand ")); }"

static const struct ir_row counters[] = {
	{ "names", { { "", UNIQUE("__UNIQUE_ID_a12") } },
	  { { "", UNIQUE("__UNIQUE_ID_a345") } }, EQUAL },
	{ "a number that is part of the name", { { "", UNIQUE("unique12") } },
	  { { "", UNIQUE("unique345") } }, DIFFERENT, "f" },
	{ "assertions", { { "", ASSERT("7", "noreturn") } },
	  { { "", ASSERT("19", "noreturn") } }, EQUAL },
	{ "an assertion gone", { { "", ASSERT("7", "noreturn") } },
	  { { "", "void f(int x) { if (x) ; }" } }, DIFFERENT, "f" },
	{ "another assertion", { { "", ASSERT("7", "error(\"one\")") } },
	  { { "", ASSERT("7", "error(\"two\")") } }, DIFFERENT, "f" },
	{ "labels", { { "", LABEL("12", "12") } }, { { "", LABEL("345", "345") } },
	  EQUAL },
	{ "an operand that is no label", { { "", LABEL("12", "12") } },
	  { { "", LABEL("12", "13") } }, DIFFERENT, "f" },
	{ "the other label",
	  { { "", "void f(void) { asm volatile(\"1: nop; 2: .long 1b\"); }" } },
	  { { "", "void f(void) { asm volatile(\"1: nop; 2: .long 2b\"); }" } },
	  DIFFERENT, "f", "bytes" },
};

static void test_counters(void **state)
{
	(void)state;
	check_rows(counters, ARRAY_SIZE(counters));
}

#define LOOP_F "int f(int x) { while (x > 3) x -= 2; return x; }\n"
#define LOOP_G "int g(int x) { while (x) x--; return x; }\n"
#define BOOL_F "int f(void) { return b; }\n"

static const struct ir_row numbers[] = {
	{ "of attributes", { { "", F "__attribute__((cold)) " G } },
	  { { "", "__attribute__((cold)) " G F } }, EQUAL },
	{ "of loops", { { "", LOOP_F LOOP_G } }, { { "", LOOP_G LOOP_F } }, EQUAL },
	{ "of ranges", { { "", LOOP_G "_Bool b;" BOOL_F } },
	  { { "", LOOP_G "_Bool b;" }, { "", "extern _Bool b;" BOOL_F } }, EQUAL },
	{ "without a range", { { "", "_Bool b;" BOOL_F } },
	  { { "", "unsigned char b;" BOOL_F } }, DIFFERENT, "f" },
};

static void test_numbers(void **state)
{
	(void)state;
	check_rows(numbers, ARRAY_SIZE(numbers));
}

#define LOCAL_F "int f(int x) { struct s { int a, b; } v = { x, 1 }; return v.b; }"
#define LOCAL_G "int g(int x) { struct s { long a; char b; } v = { x, 2 }; return v.b; }"
#define FIRST "int f(struct s *p) { return p[1].a; }"
#define INNER "void *f(struct s *p) { return p[1].i; }"
#define LIST "struct s { struct s *next; int (*fn)(struct s *); };"
#define CALL "int f(struct s *p) { return p->next[2].fn(p); }"
#define ANON "struct s { struct { int a; } u; struct { long b; } v; };"

static const struct ir_row layouts[] = {
	{ "numbers of types", { { "", LOCAL_F LOCAL_G } },
	  { { "", LOCAL_G }, { "", LOCAL_F } }, EQUAL },
	{ "another layout", { { "struct s { int a, b; };", FIRST } },
	  { { "struct s { int a, b, c; };", FIRST } }, DIFFERENT, "f" },
	{ "another layout inside",
	  { { "struct i { int a; }; struct s { int a; struct i i[2]; };", FIRST } },
	  { { "struct i { int a, b; }; struct s { int a; struct i i[2]; };", FIRST } },
	  DIFFERENT, "f" },
	{ "another layout behind a pointer",
	  { { "struct i { int a; }; struct s { int a; struct i *i; };", FIRST } },
	  { { "struct i { int a, b; }; struct s { int a; struct i *i; };", FIRST } },
	  EQUAL },
	{ "less is known",
	  { { "struct i { int a; }; struct s { struct i *i; };", INNER G } },
	  { { "", G }, { "struct i; struct s { struct i *i; };", INNER } }, EQUAL },
	{ "a type that points to itself", { { LIST, CALL G } },
	  { { "", G }, { LIST, CALL } }, EQUAL },
	{ "without a name",
	  { { ANON, "long f(struct s *p) { return p[1].v.b; }" G } },
	  { { "", G }, { ANON, "long f(struct s *p) { return p[1].v.b; }" } }, EQUAL },
	{ "bits in another order", { { "struct s { int a : 3, b : 5; };", FIRST } },
	  { { "struct s { int b : 5, a : 3; };", FIRST } }, DIFFERENT, "f" },
};

static void test_layouts(void **state)
{
	(void)state;
	check_rows(layouts, ARRAY_SIZE(layouts));
}

#define SUM(type)                                                              \
	"int v[9]; int f(int n) { for (" type " i = 0; i < 9; i++) n += v[i]; "  \
	"return n; }"
#define ASM(text, constraint)                                                  \
	"void f(int x) { asm volatile(\"" text "\" : : \"" constraint "\" (x)); }"
#define OPS(a, b) F G "struct { int (*a)(int), (*b)(int); } v = { " a ", " b " };"
#define CASES(c)                                                               \
	"int f(int x) { switch (x) { case 1: return 5; case " c ": return 7; "   \
	"case 3: return 1; } return 0; }"

/* What the rung is there for, in code. */
static const struct ir_row code[] = {
	{ "a loop's type", { { "", SUM("unsigned int") } }, { { "", SUM("int") } },
	  DIFFERENT, "f", "ult" },
	{ "noinline", { { "", F } }, { { "", "__attribute__((noinline)) " F } },
	  DIFFERENT, "f", "noinline" },
	{ "inline", { { "", "static " F "int g(void) { return f(1); }" } },
	  { { "", "static inline " F "int g(void) { return f(1); }" } },
	  DIFFERENT, "f", "inlinehint" },
	{ "arguments", { { "", "int h(int, int); int f(int a, int b) { return h(a, b); }" } },
	  { { "", "int h(int, int); int f(int a, int b) { return h(b, a); }" } },
	  DIFFERENT, "f", "load" },
	{ "a constant", { { "", F } }, { { "", "int f(int x) { return x + 2; }" } },
	  DIFFERENT, "f", "add" },
	{ "a callee", { { "", "int h(int), i(int); int f(int x) { return h(x); }" } },
	  { { "", "int h(int), i(int); int f(int x) { return i(x); }" } },
	  DIFFERENT, "f", "@h" },
	{ "statements", { { "", "int a, b; void f(void) { a = 1; b = 2; }" } },
	  { { "", "int a, b; void f(void) { b = 2; a = 1; }" } }, DIFFERENT, "f" },
	{ "text of assembly", { { "", ASM("cli", "r") } }, { { "", ASM("sti", "r") } },
	  DIFFERENT, "f", "refers to" },
	{ "a constraint", { { "", ASM("cli", "r") } }, { { "", ASM("cli", "m") } },
	  DIFFERENT, "f", "asm" },
	{ "volatile", { { "", "int f(int *p) { return *p; }" } },
	  { { "", "int f(volatile int *p) { return *p; }" } },
	  DIFFERENT, "f", "volatile" },
	{ "a case", { { "", CASES("2") } }, { { "", CASES("4") } }, DIFFERENT, "f" },
	{ "lost", { { "", F G } }, { { "", F } }, DIFFERENT, "g", "not there" },
	{ "new", { { "", F } }, { { "", F G } }, DIFFERENT, "g", "only there after" },
};

static void test_code(void **state)
{
	(void)state;
	check_rows(code, ARRAY_SIZE(code));
}

/* And in what stands around it. */
static const struct ir_row heads[] = {
	{ "a section", { { "", F } },
	  { { "", "__attribute__((section(\".init.text\"))) " F } },
	  DIFFERENT, "f", "section" },
	{ "a variable's section", { { "", "int v = 1;" } },
	  { { "", "__attribute__((section(\".ro\"))) int v = 1;" } },
	  DIFFERENT, "v", "section" },
	{ "alignment", { { "", "int v = 1;" } },
	  { { "", "int v __attribute__((aligned(64))) = 1;" } }, DIFFERENT, "v", "align" },
	{ "linkage", { { "", "static " F "int g(void) { return f(1); }" } },
	  { { "", F "int g(void) { return f(1); }" } }, DIFFERENT, "f", "internal" },
	{ "weak", { { "", F } }, { { "", "__attribute__((weak)) " F } },
	  DIFFERENT, "f", "weak" },
	{ "an initialiser", { { "", "int v[] = { 1, 2 };" } },
	  { { "", "int v[] = { 2, 1 };" } }, DIFFERENT, "v" },
	{ "a table of functions", { { "", OPS("f", "g") } }, { { "", OPS("g", "f") } },
	  DIFFERENT, "v", "@g" },
	{ "const", { { "", "int v[] = { 1 };" } }, { { "", "const int v[] = { 1 };" } },
	  DIFFERENT, "v", "constant" },
	{ "an alias", { { "", F G "int h(int) __attribute__((alias(\"f\")));" } },
	  { { "", F G "int h(int) __attribute__((alias(\"g\")));" } }, DIFFERENT, "h" },
	{ "what a prototype promises", { { "", "_Noreturn void h(void); void f(void) { h(); }" } },
	  { { "", "void h(void); void f(void) { h(); }" } }, DIFFERENT, "f" },
	{ "a prototype's type", { { "", "int h(long); int f(int x) { return h(x); }" } },
	  { { "", "int h(int); int f(int x) { return h(x); }" } }, DIFFERENT, "f" },
	{ "a weak reference", { { "", "extern int h; int *f(void) { return &h; }" } },
	  { { "", "extern int h __attribute__((weak)); int *f(void) { return &h; }" } },
	  DIFFERENT, "h", "weak" },
};

static void test_heads(void **state)
{
	(void)state;
	check_rows(heads, ARRAY_SIZE(heads));
}

/* A header's inline with a static local, and functions that use it. */
#define INLINE "static inline int in(int x) { static int n; return x + n++; }\n"
#define USES(f) "int " f "(int x) { return in(x); }\n"
#define V "static int v; "
#define V_OF(f) "int *" f "(void) { return &v; }\n"
#define H(nr) "static int h(void) { return " nr "; }\n"
#define H_OF(f) "int " f "(void) { return h(); }\n"
#define I "static int i(void) { return h(); }\n"
#define I_OF(f) "int " f "(void) { return i(); }\n"

static const struct ir_row copies[] = {
	{ "an inline gets a copy", { { INLINE, USES("f") USES("g") } },
	  { { INLINE, USES("f") }, { INLINE, USES("g") } }, EQUAL },
	{ "an inline loses a copy", { { INLINE, USES("f") }, { INLINE, USES("g") } },
	  { { INLINE, USES("f") USES("g") }, { "", "" } }, EQUAL },
	{ "a source's function gets a copy", { { "", INLINE USES("f") USES("g") } },
	  { { "", INLINE USES("f") }, { "", INLINE USES("g") } },
	  DIFFERENT, "in", "there was 1" },
	{ "a variable gets a copy", { { "", V V_OF("f") V_OF("g") } },
	  { { "", V V_OF("f") }, { "", V V_OF("g") } }, DIFFERENT, "v" },
	{ "two of a name", { { "", H("1") H_OF("f") G }, { "", H("2") H_OF("k") } },
	  { { "", H("1") H_OF("f") }, { "", H("2") H_OF("k") G } }, EQUAL },
	{ "the other one of the name",
	  { { "", H("1") H_OF("f") H_OF("j") }, { "", H("2") H_OF("g") H_OF("k") } },
	  { { "", H("1") H_OF("f") H_OF("j") H_OF("g") }, { "", H("2") H_OF("k") } },
	  DIFFERENT, "g", "local that it refers to" },
	{ "the other one, at one remove",
	  { { "", H("1") I I_OF("f") I_OF("j") }, { "", H("2") I I_OF("g") I_OF("k") } },
	  { { "", H("1") I I_OF("f") I_OF("j") I_OF("g") }, { "", H("2") I I_OF("k") } },
	  DIFFERENT, "g", "local that it refers to" },
};

static void test_copies(void **state)
{
	(void)state;
	check_rows(copies, ARRAY_SIZE(copies));
}

#define EXPORT(f, kind)                                                        \
	"asm(\".section \\\".export\\\",\\\"a\\\" ; __export_symbol_" f ": ; "   \
	".asciz \\\"" kind "\\\" ; .quad " f " ; .previous\");\n"
#define GLOBL(f) "asm(\".globl " f "\");"

static const struct ir_row blocks[] = {
	{ "exports move", { { "", F EXPORT("f", "GPL") G EXPORT("g", "") } },
	  { { "", G EXPORT("g", "") }, { "", F EXPORT("f", "GPL") } }, EQUAL },
	{ "an export lost", { { "", F EXPORT("f", "GPL") G EXPORT("g", "") } },
	  { { "", F EXPORT("f", "GPL") G } },
	  DIFFERENT, "__export_symbol_g", "not there" },
	{ "another licence", { { "", F EXPORT("f", "GPL") } },
	  { { "", F EXPORT("f", "") } }, DIFFERENT, "__export_symbol_f", "line 3" },
	{ "licences swapped", { { "", F EXPORT("f", "GPL") G EXPORT("g", "") } },
	  { { "", F EXPORT("f", "") G EXPORT("g", "GPL") } },
	  DIFFERENT, "__export_symbol_g" },
	{ "exported twice", { { "", F EXPORT("f", "GPL") } },
	  { { "", F EXPORT("f", "GPL") }, { "", EXPORT("f", "GPL") } },
	  DIFFERENT, "__export_symbol_f" },
	{ "directives on their own", { { "", F G GLOBL("f") GLOBL("g") } },
	  { { "", G GLOBL("g") }, { "", F GLOBL("f") } }, EQUAL },
	{ "code goes on", { { "", "asm(\"a: nop\\n ret\");" GLOBL("a") } },
	  { { "", "asm(\"a: ret\\n nop\");" GLOBL("a") } }, DIFFERENT, "a" },
};

static void test_assembly(void **state)
{
	(void)state;
	check_rows(blocks, ARRAY_SIZE(blocks));
}

#define CALLS "int g(int x) { return f(x) + f(2); }\n"
#define SUB_F "int f(int x) { return x - 1; }\n"
#define KEEPS "int f(int x) { static void *__UNIQUE_ID___addressable_kept12 "          \
	"__attribute__((used, section(\".discard.addressable\"))) = (void *)&kept; " \
	"return x + kept; }\n"
#define STATE "int f(int x) { static int n; return x + n++; }\n"
#define BOTH "int h(int x) { return f(x) + g(x); }\n"
#define OTHER "int h(int x) { return f(x); }\n"

static const struct ir_row promotions[] = {
	{ "promoted", { { "", "static " F CALLS } }, { { "", F CALLS } },
	  EQUAL, .change = CHANGE_PROMOTE, .name = "f" },
	{ "promoted, and elsewhere", { { "", "static " F CALLS } },
	  { { "", "int f(int);" CALLS }, { "", F } },
	  EQUAL, .change = CHANGE_PROMOTE, .name = "f" },
	{ "promoted and changed", { { "", "static " F CALLS } }, { { "", SUB_F CALLS } },
	  DIFFERENT, "f", "sub", .change = CHANGE_PROMOTE, .name = "f" },
	{ "another one promoted", { { "", "static " F "static " G BOTH } },
	  { { "", F G BOTH } },
	  DIFFERENT, "g", "internal", .change = CHANGE_PROMOTE, .name = "f" },
	{ "a variable", { { "", "static int f; int g(void) { return f++; }" } },
	  { { "", "int f; int g(void) { return f++; }" } },
	  EQUAL, .change = CHANGE_PROMOTE, .name = "f" },
	{ "to an inline", { { "", "static " F CALLS OTHER } },
	  { { "static inline " F, CALLS }, { "static inline " F, OTHER } },
	  EQUAL, .change = CHANGE_PROMOTE, .name = "f", .as_inline = true },
	{ "to an inline that keeps a symbol", { { "", "extern int kept; static " KEEPS CALLS OTHER } },
	  { { "extern int kept; static inline " KEEPS, CALLS },
	    { "extern int kept; static inline " KEEPS, OTHER } },
	  EQUAL, .change = CHANGE_PROMOTE, .name = "f", .as_inline = true },
	{ "to an inline with a state", { { "", "static " STATE CALLS OTHER } },
	  { { "static inline " STATE, CALLS }, { "static inline " STATE, OTHER } },
	  DIFFERENT, "f.n", "there was 1", .change = CHANGE_PROMOTE, .name = "f",
	  .as_inline = true },
	{ "to another inline", { { "", "static " F CALLS } },
	  { { "static inline " SUB_F, CALLS } },
	  DIFFERENT, "f", "sub", .change = CHANGE_PROMOTE, .name = "f",
	  .as_inline = true },
};

#define NEW "int renamed(int x) { return x + 1; }\n"
#define NEW_CALLS "int g(int x) { return renamed(x) + renamed(2); }\n"
#define OWN(f) PRINT "int " f "(void) { static int n; print(__func__); return n++; }"
#define STATIC_F "static int f(int x) { return 2; } int h(void) { return f(3); }"
#define RENAME .change = CHANGE_RENAME, .name = "f", .other = "renamed"

static const struct ir_row renames[] = {
	{ "renamed", { { "", F CALLS }, { "int f(int);", OTHER } },
	  { { "", NEW NEW_CALLS }, { "int renamed(int);", "int h(int x) { return renamed(x); }" } },
	  EQUAL, RENAME },
	{ "with all that has the name", { { "", OWN("f") EXPORT("f", "GPL") } },
	  { { "", OWN("renamed") EXPORT("renamed", "GPL") } }, EQUAL, RENAME },
	{ "another one left alone", { { "", F CALLS }, { "", STATIC_F } },
	  { { "", NEW NEW_CALLS }, { "", STATIC_F } }, EQUAL, RENAME },
	{ "a caller goes elsewhere", { { "", F G BOTH } },
	  { { "", NEW G "int h(int x) { return g(x) + renamed(x); }" } },
	  DIFFERENT, "h", "@g", RENAME },
};

#define LONG_F "int f(int x) { x++; return x * 2; }\n"
#define SHORT_F "static int helper(int x) { return x * 2; }\n"                  \
	"int f(int x) { x++; return helper(x); }\n"
#define EXTRACT .change = CHANGE_EXTRACT, .name = "f", .other = "helper"

static const struct ir_row extractions[] = {
	{ "extracted", { { "", LONG_F G } }, { { "", SHORT_F G } },
	  EQUAL, "helper", "only there after", EXTRACT },
	{ "extracted, and more", { { "", LONG_F G } },
	  { { "", SHORT_F "int g(int x) { return x * 4; }" } },
	  DIFFERENT, "g", "mul", EXTRACT },
	{ "transformed", { { "", LONG_F G } },
	  { { "", "int f(int x) { return (x + 1) * 2; }" G } },
	  EQUAL, "f", "became", .change = CHANGE_TRANSFORM, .name = "f" },
	{ "transformed, and more", { { "", LONG_F G } },
	  { { "", "int f(int x) { return (x + 1) * 2; } int g(int x) { return x * 4; }" } },
	  DIFFERENT, "g", "mul", .change = CHANGE_TRANSFORM, .name = "f" },
};

static void test_contracts(void **state)
{
	(void)state;
	check_rows(promotions, ARRAY_SIZE(promotions));
	check_rows(renames, ARRAY_SIZE(renames));
	check_rows(extractions, ARRAY_SIZE(extractions));
}

/* Units that clang does not take, or that are the same file on both sides. */
static void check_holes(const char *before, const char *after,
			enum result want, size_t not_compared)
{
	const struct contract c = { .change = CHANGE_MOVE };
	struct unit a = { .source = "a.c", .ir = before };
	struct unit b = { .source = "a.c", .ir = after };
	struct state old = { .units = &a, .nr_units = 1 };
	struct state new = { .units = &b, .nr_units = 1 };
	struct outcome o = OUTCOME_INIT(RUNG_TYPES);

	assert_int_equal(verify_types(&c, &old, &new, &o, NULL), 0);
	assert_int_equal(o.result, want);
	assert_int_equal(o.not_compared.nr, not_compared);
	outcome_release(&o);
}

static void test_holes(void **state)
{
	(void)state;
	check_holes("/no/such/file", "/no/such/file", RESULT_EQUAL, 0);
	check_holes(NULL, NULL, RESULT_EQUAL, 1);
	check_holes("/no/such/file", NULL, RESULT_UNDECIDED, 1);
	check_holes(NULL, "/no/such/file", RESULT_EQUAL, 1);
}

/* What may have come from a unit that clang does not take is not compared. */
static void test_beside_holes(void **state)
{
	static const struct ir_source old[MOST_UNITS] = { { "", F }, { "", G } };
	static const struct ir_source new[MOST_UNITS] = { { "", G }, { "", F G } };
	const struct contract c = { .change = CHANGE_MOVE };
	struct outcome o = OUTCOME_INIT(RUNG_TYPES);
	struct ir_side before, after;

	(void)state;
	make_side("clang", "before", old, &before);
	make_side("clang", "after", new, &after);
	free((char *)before.units[0].ir);
	free((char *)after.units[0].ir);
	before.units[0].ir = NULL;
	after.units[0].ir = NULL;
	assert_int_equal(verify_types(&c, &before.state, &after.state, &o, NULL), 0);
	assert_int_equal(o.result, RESULT_EQUAL);
	assert_true(strv_has(&o.not_compared,
			     "what may stand in units that clang does not take"));
	outcome_release(&o);
	release_side(&before);
	release_side(&after);
}

static int compare_texts(const char *before, const char *after,
			 struct outcome *ret)
{
	const struct contract c = { .change = CHANGE_MOVE };
	_cleanup_free_ char *old = xasprintf("%s/old.ll", scratch);
	_cleanup_free_ char *new = xasprintf("%s/new.ll", scratch);
	struct unit a = { .source = "a.c", .ir = old, .tokens = old };
	struct unit b = { .source = "a.c", .ir = new, .tokens = new };
	struct state olds = { .units = &a, .nr_units = 1 };
	struct state news = { .units = &b, .nr_units = 1 };

	assert_int_equal(fs_write(old, before, strlen(before), NULL), 0);
	assert_int_equal(fs_write(new, after, strlen(after), NULL), 0);
	*ret = (struct outcome)OUTCOME_INIT(RUNG_TYPES);
	return verify_types(&c, &olds, &news, ret, NULL);
}

/* What is no IR, or not whole, is never equal to anything. */
static void test_damaged(void **state)
{
	static const char *const texts[] = {
		"", "int f(void);\n", "define i32 @f() {\n", "define i32 f\n}\n",
		"%struct.s\n", "!0\n", "attributes #0\n", "declare void f()\n",
	};
	struct outcome o;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		assert_int_equal(compare_texts("@a = global i32 1\n", texts[i],
					       &o), -1);
		outcome_release(&o);
	}
}

/* Each beginning of a text; cycles where clang prints none. */
static void test_hostile(void **state)
{
	static const char text[] =
		"%s = type { %t, [2 x %s] }\n%t = type { %s*, %t }\n"
		"@a = private constant %s { i8* @a }, !x !0\n"
		"@llvm.used = appending global [1 x i8*] [i8* @a]\n"
		"module asm \".section a ; b\\22: ; .previous\"\n"
		"define void @f(%s %0) #0 {\n"
		" call void asm \"1: ${0:c\", \"i\"(i32 1) @a, !srcloc !1\n}\n"
		"attributes #0 = { cold }\n"
		"!0 = !{!1, !0}\n!1 = distinct !{!0}\n";

	(void)state;
	for (size_t len = 1; len <= strlen(text); len++) {
		_cleanup_free_ char *part = xstrndup(text, len);
		struct outcome o;
		int failed = compare_texts(text, part, &o);

		if (len == strlen(text))
			assert_true(!failed && o.result == RESULT_EQUAL);
		outcome_release(&o);
	}
}

#define TEST(name) cmocka_unit_test(name)

/* Those that need clang are the last ones: see test_isolate.c. */
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_holes),     TEST(test_beside_holes), TEST(test_damaged),  TEST(test_hostile),
		TEST(test_locals),    TEST(test_counters), TEST(test_numbers),
		TEST(test_layouts),   TEST(test_code),	   TEST(test_heads),
		TEST(test_copies),    TEST(test_assembly), TEST(test_contracts),
	};
	size_t nr = has_clang() ? ARRAY_SIZE(tests) : 3;

	if (nr < ARRAY_SIZE(tests))
		printf("# without %zu tests: there is no clang\n",
		       ARRAY_SIZE(tests) - nr);
	return _cmocka_run_group_tests("types", tests, nr, make_scratch,
				       drop_scratch);
}
