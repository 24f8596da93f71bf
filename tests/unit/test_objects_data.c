// SPDX-License-Identifier: GPL-2.0-only
/*
 * What comparing objects must let pass and must catch, in data and in the
 * symbol table: static locals, copies, linkage, sections.
 */
#define _GNU_SOURCE
#include "objects_helper.h"

#define EQ RESULT_EQUAL
#define NE RESULT_DIFFERENT
#define UN RESULT_UNDECIDED
#define OK RESULT_EXPLAINED

#define EXT "extern void use(const void *); extern int num(int, int);\n"
#define COUNT(f, init)                                                         \
	"int " f "(void) { static int n = " init "; return n++; }\n"
#define HELPER "static int helper(int x) { return num(x, x + 7) * 3; }\n"
#define CALL(f) "int " f "(int x) { return helper(x) + 1; }\n"
#define LOOKUP "static int helper(int x) { static const int t[] = { 4, 9, 1 };" \
	" return num(t[x], 3); }\n"
#define COUNTED "static int helper(int x) { static int n, m; n += x;"           \
	" return num(n, m++); }\n"
#define NAMED "static inline __attribute__((always_inline)) void say(void)"     \
	"{ use(__func__); }\n"
#define SAYS(f) "void " f "(void) { say(); }\n"
#define SHARED "static int state; "
#define BUMP(f) "int " f "(void) { return ++state; }\n"
#define TEXT "static const char text[] = \"some words\"; "
#define SHOW(f) "void " f "(void) { use(text); }\n"
#define P "int p(int x) { return x - 5; }\n"
/* The padding in front of p, which objtool gives a symbol. */
#define PADDING(binding)                                                       \
	"asm(\".pushsection .text.p, \\\"ax\\\", @progbits\\n" binding         \
	"__pfx_p: .skip 16, 0x90\\n.type __pfx_p, @function\\n"                 \
	".size __pfx_p, 16\\n.popsection\\n\");"
#define P_STATIC "static " P
#define Q "int q(int x) { return p(x) * p(x + 1); }\n"

#define NOTHING "static inline void nothing(void) { }\n"
#define TAKES(f) "void " f "(void) { use((const void *)nothing); }\n"

#define GROUP(flag, group)                                                     \
	"asm(\".section .text.f,\\\"ax" flag "\\\",@progbits" group              \
	"; .globl f; f: ret; .size f, 1; .text\");\n"

#define WORDS "static const int words[40] = { 1, 2, 3 };\n"
#define KEEPS(f) "void " f "(void) { use(words); }\n"
#define READS(f) "int " f "(int i) { return words[i] + words[2]; }\n"
#define HOLDS(f) "const int *const " f " = words;\n"

#define ALONGSIDE(name, more)                                                     \
	"int " name " __attribute__((section(\".data.x\")" more ")) = 1;"
#define AT(section, text) "__attribute__((section(\"" section "\"))) " text "\n"
#define WEAK "__attribute__((weak)) "
/* A local symbol that is used goes by its section, a global one by its name. */
#define PLACE(binding) PLACE_OF(binding, "v")
#define PLACE_OF(binding, place)                                               \
	"asm(\".data; " binding "v: .long 1, 2; .type v, @object; .size v, 8; " \
	".text; .globl f; f: mov $" place ", %eax; ret; .size f, . - f\");\n"
#define CLONE(number)                                                          \
	"asm(\".text; f.part." number ": inc %eax; ret; .size f.part." number   \
	", . - f.part." number "; .globl f; f: jmp f.part." number             \
	"; .size f, . - f\");\n"

static const struct pair pairs[] = {
	/* Copies of a function whose address is taken are not one function. */
	{ "who takes the address of one copy together",
	  { EXT NOTHING TAKES("f") TAKES("g"), EXT NOTHING TAKES("h") },
	  { EXT NOTHING TAKES("f"), EXT NOTHING TAKES("h") TAKES("g") },
	  UN, "nothing", "share" },
	{ "all who take the address of a copy go together",
	  { EXT NOTHING TAKES("f") TAKES("g"), EXT NOTHING TAKES("h") },
	  { EXT NOTHING TAKES("h"), EXT NOTHING TAKES("f") TAKES("g") }, EQ },
	{ "who takes the address of one constant together",
	  { EXT WORDS KEEPS("f") KEEPS("g"), EXT WORDS KEEPS("h") },
	  { EXT WORDS KEEPS("f"), EXT WORDS KEEPS("h") KEEPS("g") },
	  UN, "words", "share" },
	{ "all who take the address of a constant go together",
	  { EXT WORDS KEEPS("f") KEEPS("g"), EXT WORDS KEEPS("h") },
	  { EXT WORDS KEEPS("h"), EXT WORDS KEEPS("f") KEEPS("g") }, EQ },
	{ "who reads one constant together",
	  { EXT WORDS READS("f") READS("g"), EXT WORDS READS("h") },
	  { EXT WORDS READS("f"), EXT WORDS READS("h") READS("g") }, EQ },
	{ "tables that hold the address of one constant",
	  { WORDS HOLDS("f") HOLDS("g"), WORDS HOLDS("h") },
	  { WORDS HOLDS("f"), WORDS HOLDS("h") HOLDS("g") }, UN, "words",
	  "share" },
	{ "the name of a header's function has no identity",
	  { EXT NAMED SAYS("f") SAYS("g"), EXT NAMED SAYS("h") },
	  { EXT NAMED SAYS("f"), EXT NAMED SAYS("h") SAYS("g") }, EQ },

	/* Static locals: numbers are no names, identity counts. */
	{ "static locals are numbered in another order",
	  { COUNT("f", "1") COUNT("g", "2") COUNT("h", "3") },
	  { COUNT("h", "3") COUNT("g", "2") COUNT("f", "1") }, EQ },
	{ "equal static locals are told apart by their users",
	  { COUNT("f", "1") COUNT("g", "1") COUNT("h", "1") },
	  { COUNT("g", "1"), COUNT("h", "1") COUNT("f", "1") }, EQ },
	{ "a static local's value changed",
	  { COUNT("f", "1") COUNT("g", "2") },
	  { COUNT("f", "1") COUNT("g", "4") }, NE, "n", "variable" },
	{ "static locals exchanged their values",
	  { COUNT("f", "1") COUNT("g", "2") },
	  { COUNT("f", "2") COUNT("g", "1") }, NE },
	{ "two users share what each had of its own",
	  { COUNT("f", "0") COUNT("g", "0") },
	  { "static int n; int f(void) { return n++; }"
	    "int g(void) { return n++; }" }, NE, "n" },
	{ "who shares with whom",
	  { "static int *a(int k) { static int n; return &n + k; }"
	    "static int *b(int k) { static int n; return &n + k; }"
	    "int *f(void) { return a(1); } int *g(void) { return a(2); }"
	    "int *h(void) { return b(3); }" },
	  { "static int *a(int k) { static int n; return &n + k; }"
	    "static int *b(int k) { static int n; return &n + k; }"
	    "int *f(void) { return a(1); } int *g(void) { return b(2); }"
	    "int *h(void) { return b(3); }" }, NE, "g" },
	{ "__func__ follows its function",
	  { EXT "void f(void) { use(__func__); } void g(void) { use(__func__); }" },
	  { EXT "void g(void) { use(__func__); }",
	    EXT "void f(void) { use(__func__); }" }, EQ },
	{ "counters in __UNIQUE_ID names",
	  { "static int __UNIQUE_ID_a12 __attribute__((used)) = 4;"
	    "static int __UNIQUE_ID_b13 __attribute__((used)) = 5;" },
	  { "static int __UNIQUE_ID_b7 __attribute__((used)) = 5;"
	    "static int __UNIQUE_ID_a8 __attribute__((used)) = 4;" }, EQ },
	{ "contents behind a __UNIQUE_ID name",
	  { "static int __UNIQUE_ID_a12 __attribute__((used)) = 4;" },
	  { "static int __UNIQUE_ID_a12 __attribute__((used)) = 5;" }, NE },
	{ "empty objects",
	  { EXT "static struct { } a, b; void f(void) { use(&a); use(&b); }" },
	  { EXT "static struct { } b, a; void f(void) { use(&a); use(&b); }" },
	  EQ },

	/* Copies. */
	{ "a writable static now in both files",
	  { SHARED BUMP("f") BUMP("g") },
	  { SHARED BUMP("f"), SHARED BUMP("g") }, NE, "state",
	  "1 of this name before, 2 after", .header = 1 },
	{ "a static function left behind", { EXT HELPER CALL("f") CALL("g") },
	  { EXT HELPER CALL("f"), EXT HELPER CALL("g") }, NE, "helper",
	  "no header defines it", .header = 0 },
	{ "a header's function, one copy more",
	  { EXT HELPER CALL("f") CALL("g") },
	  { EXT HELPER CALL("f"), EXT HELPER CALL("g") }, OK, "helper",
	  "1 identical copies before, 2 after", .header = 1 },
	{ "a header's function, one copy less",
	  { EXT HELPER CALL("f"), EXT HELPER CALL("g") },
	  { EXT HELPER CALL("f") CALL("g") }, OK, "helper",
	  "2 identical copies before, 1 after", .header = 1 },
	{ "a copy of a function, and nothing is known",
	  { EXT HELPER CALL("f") CALL("g") },
	  { EXT HELPER CALL("f"), EXT HELPER CALL("g") }, UN, "helper",
	  "not known", .header = -1 },
	{ "several files have the copy already",
	  { EXT HELPER CALL("f") CALL("g"), EXT HELPER CALL("h") },
	  { EXT HELPER CALL("f"), EXT HELPER CALL("h"), EXT HELPER CALL("g") },
	  OK, "helper", "2 identical copies before, 3 after", .header = -1 },
	{ "the copy is not identical",
	  { EXT HELPER CALL("f") CALL("g") },
	  { EXT HELPER CALL("f"),
	    EXT "static int helper(int x) { return num(x, x + 8) * 3; }"
	    CALL("g") }, NE, "helper", .header = 1 },
	{ "users exchange identical copies",
	  { EXT HELPER CALL("f") CALL("g"), EXT HELPER CALL("h") },
	  { EXT HELPER CALL("f"), EXT HELPER CALL("h") CALL("g") }, EQ },
	{ "copies that have a state each",
	  { EXT COUNTED CALL("f"), EXT COUNTED CALL("g") },
	  { EXT COUNTED CALL("f"), EXT COUNTED CALL("g") }, EQ },
	{ "a user goes from one such copy to another",
	  { EXT COUNTED CALL("f") CALL("g"), EXT COUNTED CALL("h") },
	  { EXT COUNTED CALL("f"), EXT COUNTED CALL("h") CALL("g") }, NE, "g" },
	{ "a static constant left behind", { EXT TEXT SHOW("f") SHOW("g") },
	  { EXT TEXT SHOW("f"), EXT TEXT SHOW("g") }, NE, "text",
	  .header = 0 },
	{ "a local copy of a global function",
	  { P Q "int r(int x) { return p(x) + 2; }" },
	  { P_STATIC Q, P "int r(int x) { return p(x) + 2; }" }, NE, "p",
	  .header = 1 },
	{ "__func__ of a header's function that is inlined",
	  { EXT NAMED SAYS("f") SAYS("g") },
	  { EXT NAMED SAYS("f"), EXT NAMED SAYS("g") }, OK, "__func__",
	  .header = 1 },
	{ "__func__ of an inlined function left behind",
	  { EXT NAMED SAYS("f") SAYS("g") },
	  { EXT NAMED SAYS("f"), EXT NAMED SAYS("g") }, NE, "__func__",
	  .header = 0 },
	{ "a constant in a header's function that has a copy more",
	  { EXT LOOKUP CALL("f") CALL("g") },
	  { EXT LOOKUP CALL("f"), EXT LOOKUP CALL("g") }, OK, "t",
	  .header = 1 },
	{ "a constant in a function that is inlined everywhere",
	  { EXT "inline __attribute__((always_inline)) " LOOKUP CALL("f") CALL("g") },
	  { EXT "inline __attribute__((always_inline)) " LOOKUP CALL("f"),
	    EXT "inline __attribute__((always_inline)) " LOOKUP CALL("g") }, UN,
	  "t", .header = 1 },
	{ "a copy brings a static of its own",
	  { EXT "static int once(void) { static int done; return done++ + num(1, 2); }"
	    "int f(void) { return once() + 1; } int g(void) { return once() + 2; }" },
	  { EXT "static int once(void) { static int done; return done++ + num(1, 2); }"
	    "int f(void) { return once() + 1; }",
	    EXT "static int once(void) { static int done; return done++ + num(1, 2); }"
	    "int g(void) { return once() + 2; }" }, NE, "done", .header = 1 },

	/* Linkage. */
	{ "promoted", { P_STATIC Q }, { P Q }, EQ, .globalised = "p" },
	{ "promoted and moved", { P_STATIC Q }, { "int p(int); " Q, P }, EQ,
	  .globalised = "p" },
	{ "promoted, with the padding in front of it",
	  { PADDING("") P_STATIC Q }, { PADDING(".globl __pfx_p\\n") P Q }, EQ,
	  .globalised = "p" },
	{ "the padding alone became global",
	  { PADDING("") P_STATIC Q },
	  { PADDING(".globl __pfx_p\\n") P_STATIC Q }, NE, "__pfx_p",
	  "global" },
	{ "promoted, unasked", { P_STATIC Q }, { P Q }, NE, "p", "global" },
	{ "another one promoted", { P_STATIC Q }, { P Q }, NE, "p",
	  .globalised = "q" },
	{ "demoted", { P Q }, { P_STATIC Q }, NE, "p", .globalised = "p" },
	{ "promoted data, used with an immediate behind the field",
	  { "static int v[8]; void f(int i) { v[2] = 77; v[i & 7]++; }" },
	  { "int v[8]; void f(int i) { v[2] = 77; v[i & 7]++; }" }, EQ,
	  .globalised = "v" },
	{ "an element of an array, with an immediate behind the field",
	  { "static int v[8]; void f(int i) { v[2] = 77; v[i & 7]++; }" },
	  { "static int v[8]; void f(int i) { v[3] = 77; v[i & 7]++; }" }, NE,
	  "f", "v+12" },
	{ "the end of an array",
	  { "static long v[6]; static long w[3] = { 1 };"
	    "long f(void) { long *p, n = w[1]; for (p = v; p < v + 6; p++) n += (*p)++; return n; }" },
	  { "static long w[3] = { 1 }; static long v[6];"
	    "long f(void) { long *p, n = w[1]; for (p = v; p < v + 6; p++) n += (*p)++; return n; }" },
	  EQ },
	{ "became weak", { P Q }, { "__attribute__((weak)) " P Q }, NE },
	{ "became hidden", { P Q },
	  { "__attribute__((visibility(\"hidden\"))) " P Q }, NE, "p",
	  "hidden" },
	{ "a weak reference",
	  { "extern int e(void); int f(void) { return e(); }" },
	  { "extern int e(void) __attribute__((weak)); int f(void) { return e(); }" },
	  NE },
	{ "an alias lost",
	  { P "int p2(int) __attribute__((alias(\"p\")));" }, { P }, NE, "p",
	  "symbol" },

	/* Data. */
	{ "data in another order", { "int a = 1, b = 2; static int c = 3; int *p = &c;" },
	  { "static int c = 3; int *p = &c; int b = 2, a = 1;" }, EQ },
	{ "an initial value", { "int a = 1;" }, { "int a = 2;" }, NE, "a",
	  "variable" },
	{ "pointers in a table swapped",
	  { "int x(void), y(void); int (*const ops[])(void) = { x, y };" },
	  { "int x(void), y(void); int (*const ops[])(void) = { y, x };" }, NE,
	  "ops", "x became y" },
	{ "pointers to locals in a table swapped",
	  { "static int x(void) { return 1; } static int y(void) { return 2; }"
	    "int (*const ops[])(void) = { x, y };" },
	  { "static int x(void) { return 1; } static int y(void) { return 2; }"
	    "int (*const ops[])(void) = { y, x };" }, NE, "ops" },
	{ "size of what holds no bytes", { "int a[5];" }, { "int a[6];" }, NE,
	  "a", "20 bytes became 24" },
	{ "alignment in a section of several",
	  { ALONGSIDE("a", "") ALONGSIDE("b", ", aligned(64)") },
	  { ALONGSIDE("a", "") ALONGSIDE("b", "") }, NE, ".data.x", "alignment" },
	{ "alignment goes along to another file",
	  { ALONGSIDE("a", "") ALONGSIDE("b", ", aligned(64)") },
	  { ALONGSIDE("a", ""), ALONGSIDE("b", ", aligned(64)") }, EQ },
	{ "a section that the linker must keep",
	  { "int a __attribute__((used)) = 1;" },
	  { "int a __attribute__((used, retain)) = 1;" }, NE, "a", "flags" },
	{ "alignment", { "int a = 1;" },
	  { "int a __attribute__((aligned(64))) = 1;" }, NE, "a", "alignment" },
	{ "became constant", { "int a = 1;" }, { "const int a = 1;" }, NE, "a",
	  "section" },
	{ "another section", { "int a __attribute__((section(\".data..x\"))) = 1;" },
	  { "int a __attribute__((section(\".data..y\"))) = 1;" }, NE, "a",
	  ".data..x became .data..y" },
	{ "code in another section", { P },
	  { "__attribute__((section(\".init.text\"))) " P }, NE, "p",
	  ".text became .init.text" },
	{ "data in one section, another order",
	  { EXT "static int a = 1; static short b = 2; static long c[4] = { 3 };"
	    "void f(void) { use(&a); use(&b); use(c); }" },
	  { EXT "static long c[4] = { 3 }; static short b = 2; static int a = 1;"
	    "void f(void) { use(&a); use(&b); use(c); }" }, EQ,
	  .flags = PLAIN },
	{ "common symbols", { P "int a, b;" }, { "int b, a;" P }, EQ,
	  .flags = ISOLATED " -fcommon" },
	{ "size of a common symbol", { "int a[2], b; int f(void) { return b; }" },
	  { "int a[3], b; int f(void) { return b; }" }, NE, "a",
	  .flags = ISOLATED " -fcommon" },
	{ "an absolute symbol",
	  { P "asm(\".globl k\\nk = 5\");" }, { P "asm(\".globl k\\nk = 6\");" },
	  NE, "k" },
	{ "no longer read mostly", { AT(".data..read_mostly", "int a = 1;") },
	  { AT(".data..ro_after_init", "int a = 1;") }, NE, "a",
	  ".data..read_mostly became .data..ro_after_init" },
	{ "read mostly, in another file",
	  { AT(".data..read_mostly", "int a = 1;") P },
	  { P, AT(".data..read_mostly", "int a = 1;") }, EQ },
	{ "written to after start-up", { AT(".data..ro_after_init", "int a = 1;") },
	  { "int a = 1;" }, NE, "a", "section" },
	{ "no longer free of instrumentation", { AT(".noinstr.text", P) }, { P },
	  NE, "p", ".noinstr.text became .text" },
	{ "free of instrumentation, in another order",
	  { AT(".noinstr.text", P) AT(".noinstr.text", "int r(int x) { return x; }") },
	  { AT(".noinstr.text", "int r(int x) { return x; }") AT(".noinstr.text", P) },
	  EQ },
	{ "alignment in a section that is shared",
	  { AT(".data..read_mostly", "int a = 1;")
	    AT(".data..read_mostly", "int b __attribute__((aligned(64))) = 1;") },
	  { AT(".data..read_mostly", "int a = 1;")
	    AT(".data..read_mostly", "int b = 1;") },
	  NE, ".data..read_mostly", "alignment 64" },
	{ "alignment in sections that were one",
	  { AT(".data..read_mostly", "int a = 1;")
	    AT(".data..read_mostly", "int b __attribute__((aligned(64))) = 1;") },
	  { AT(".data..read_mostly", "int a = 1;"),
	    AT(".data..read_mostly", "int b __attribute__((aligned(64))) = 1;") },
	  EQ },
	{ "weak, in another file", { WEAK P Q }, { "int p(int); " Q, WEAK P }, EQ },
	{ "a weak function that is called by another name",
	  { WEAK P Q "int p2(int) __attribute__((alias(\"p\")));" },
	  { "int p2(int) __attribute__((alias(\"p\"))); " WEAK P
	    "int q(int x) { return p2(x) * p2(x + 1); }" }, NE, "q" },
	{ "a weak function, in another order", { WEAK P "int r(void) { return 1; }" },
	  { "int r(void) { return 1; }" WEAK P }, EQ },
	{ "an alias, in another order",
	  { P "int p2(int) __attribute__((alias(\"p\")));" "int r(void) { return 1; }" },
	  { "int r(void) { return 1; }" P "int p2(int) __attribute__((alias(\"p\")));" },
	  EQ },
	{ "an alias of another function",
	  { P "int r(int x) { return x; } int p2(int) __attribute__((alias(\"p\")));" },
	  { P "int r(int x) { return x; } int p2(int) __attribute__((alias(\"r\")));" },
	  NE, "p", "symbol" },
	{ "an indirect function",
	  { "static int a(void) { return 1; } static void *pick(void) { return a; }"
	    "int i(void) __attribute__((ifunc(\"pick\")));" P },
	  { P "static int a(void) { return 1; } static void *pick(void) { return a; }"
	    "int i(void) __attribute__((ifunc(\"pick\")));" }, EQ },
	{ "no longer an indirect function",
	  { "static int a(void) { return 1; } void *pick(void) { return a; }"
	    "int i(void) __attribute__((ifunc(\"pick\")));" },
	  { "static int a(void) { return 1; } void *pick(void) { return a; }"
	    "int i(void) __attribute__((alias(\"pick\")));" }, NE, "i",
	  "indirect function" },
	{ "thread-local data, in another order",
	  { "__thread int a = 1, b = 2; int f(void) { return a; }" },
	  { "__thread int b = 2, a = 1; int f(void) { return a; }" }, EQ,
	  .flags = ISOLATED },
	{ "no longer thread-local", { "__thread int a = 1;" }, { "int a = 1;" },
	  NE, "a", "thread-local" },
	{ "a call that asks for a jump table of the linker",
	  { "asm(\".globl f; f: call e; ret; .size f, . - f\");" },
	  { "asm(\".globl f; f: call e@PLT; ret; .size f, . - f\");" }, EQ },
	{ "a jump table of the linker for another function",
	  { "asm(\".globl f; f: call e@PLT; ret; .size f, . - f\");" },
	  { "asm(\".globl f; f: call g@PLT; ret; .size f, . - f\");" }, NE,
	  "f", "g" },
	{ "a place by its section or by its name",
	  { PLACE(".local v; ") }, { PLACE(".globl v; ") }, EQ,
	  .globalised = "v" },
	{ "another place of the same section",
	  { PLACE(".local v; ") }, { PLACE_OF(".globl v; ", "v + 4") }, NE, "f",
	  "v+4", .globalised = "v" },
	{ "clones are numbered in another way",
	  { CLONE("3") P }, { P CLONE("12") }, EQ },
	{ "contents of a clone", { CLONE("3") },
	  { "asm(\".text; f.part.12: dec %eax; ret; .size f.part.12, . - f.part.12; "
	    ".globl f; f: jmp f.part.12; .size f, . - f\");" }, NE, "f.part" },
	{ "padding between functions",
	  { "asm(\".globl f, g; f: ret; .size f, 1; .balign 16; g: ret; .size g, 1\");" },
	  { "asm(\".globl f, g; f: ret; .size f, 1; .balign 32; g: ret; .size g, 1\");" },
	  NE, ".text", "alignment" },
	{ "code that only looks like padding",
	  { "asm(\".globl f, g; f: ret; .size f, 1; nop; g: ret; .size g, 1\");" },
	  { "asm(\".globl f, g; f: ret; .size f, 1; inc %eax; g: ret; .size g, 1\");" },
	  UN, ".text", "claims" },
	{ "a group that the linker keeps once", { GROUP("G", ",f,comdat") P },
	  { P GROUP("G", ",f,comdat") }, EQ },
	{ "a group is gone", { GROUP("G", ",f,comdat") P }, { GROUP("", "") P }, NE, "f",
	  "group, flags 0x1" },
	{ "another group", { GROUP("G", ",f,comdat") P }, { GROUP("G", ",g,comdat") P },
	  NE, "g", "is new" },
	{ "thread-local data",
	  { "__thread int a = 1, b = 2; int f(void) { return a; }" },
	  { "__thread int a = 1, b = 2; int f(void) { return b; }" }, NE, "f",
	  .flags = PLAIN },
};

int main(void)
{
	PAIR_TESTS(tests, pairs);

	return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
