// SPDX-License-Identifier: GPL-2.0-only
/*
 * What comparing objects must let pass and must catch, in code, data and
 * symbols: for each normalisation a pair that is equal because of it and one
 * that it must not hide. The rules, and where their pairs are (here; D: in
 * test_objects_data.c, T: in test_objects_tables.c, R: in test_rung_code.c):
 *
 *	what does not count			what does
 *	the object that holds a thing		that it is there, once
 *	the order of code and data		of calls, of arrays that are
 *						searched, behind labels (T)
 *	numbers in names: x.12, f.part.3,	contents, and which of them whose
 *	 __UNIQUE_ID_x12, initcalls (D, T)	user has (D)
 *	a section's symbol or a named one (D)	the place that it comes to
 *	the addend's distance to the end of	the place (D)
 *	 the instruction
 *	calls with and without relocation,	the callee
 *	 through the PLT (D)			the callee (D)
 *	places in pools and nameless tables	strings, constants, targets
 *	padding, no-ops in front of code	code, how many no-ops a patcher has (T)
 *	where a field keeps its addend (i386)	the addend
 *	-ffunction-sections' own sections	any other section's name and flags (D)
 *	alignment that nothing asked for	the largest of a section (D)
 *	copies of what a header defines (D, R)	that they are the same, who shares
 *						a copy whose address counts (D)
 *	a lock's class per file (R)		any other variable (R)
 *	local or global, of promotions (D)	binding and visibility else (D)
 *	that a function moved from its table	its entry, field by field (T):
 *	 entries, in any table			 exceptions, bugs, jump labels,
 *						 alternatives and what is about
 *						 their replacements, locks, static
 *						 calls, call, return and retpoline
 *						 sites, CFI, patchable entries,
 *						 paravirt, unwinding, tracepoints,
 *						 trace events and values, messages,
 *						 once flags, exports in two ages,
 *						 CRCs, parameters, initcalls
 *	the source's line, its own file (T)	any other file's name (T)
 *	how to unwind from padding (T)		from code (T)
 *	the order of versions, dependences (T)	each of them (T)
 *	notes of the tools (T)			other notes (T)
 *	bytes that are no known instruction,	in company, unless they differ
 *	 in a section of their own
 */
#define _GNU_SOURCE
#include "objects_helper.h"

#define EQ RESULT_EQUAL
#define NE RESULT_DIFFERENT
#define UN RESULT_UNDECIDED

#define F "int f(int x) { return x * 3 + 1; }\n"
#define G "int f(int); int g(int x) { return f(x + 2) + f(x); }\n"
#define OTHER "long other(long x) { return x - 9; }\n"
#define SWITCH(name, a, b)                                                     \
	"int " name "(int x) { switch (x) {"                                   \
	"case 0: return num(" a ", 5); case 1: return num(6, " b ") + 1;"      \
	"case 2: use(0); return 3; case 3: return num(x, x) - 4;"              \
	"case 4: use(&use); return 1; case 5: return num(8, 9) * 3;"           \
	"} return 0; }\n"
#define TABLE(a, b)                                                            \
	"static const void *const to[] = { " a ", " b " };"                    \
	"goto *to[x]; one: return num(1, 1) + 1; two: return num(2, 2) + 2;"
#define VALUES(a, b)                                                           \
	"switch (x) { case 0: return " a "; case 1: return " b ";"             \
	"case 2: return 3; case 3: return 19; case 4: return 40;"              \
	"case 5: return 51; } return 0;"
#define PTR_TO(target) "\" PTR \" " target "; "
#define DISTANCE_TO(target) ".long " target " - .Lt; "
#define TARGETS(to, a, b)                                                      \
	"asm(\".text; .globl f; .type f, @function; f: jmp *.Lt; "               \
	".La: inc %eax; ret; .Lb: dec %eax; ret; .size f, . - f; "             \
	".section .rodata; .balign 8; .Lt: " to(a) to(b) ".text\");\n"
#define EXT "extern void use(const void *); extern int num(int, int);\n"

static const struct pair pairs[] = {
	/* Code, and where it stands. */
	{ "the same file", { F }, { F }, EQ },
	{ "a constant changed", { F }, { "int f(int x) { return x * 3 + 2; }" },
	  NE, "f", "function" },
	{ "order in the file", { F G }, { G F }, EQ },
	{ "moved to another file", { F G }, { G, F }, EQ },
	{ "moved back", { G, F }, { F G }, EQ },
	{ "moved with a bug", { F G }, { G, "int f(int x) { return x * 5; }" },
	  NE, "f", "became" },
	{ "a function lost", { F G }, { G }, NE, "f", "is gone" },
	{ "a function new", { G }, { F G }, NE, "f", "is new" },
	{ "condition turned", { EXT "int f(int x) { if (x) return num(1, 2); return 0; }" },
	  { EXT "int f(int x) { if (!x) return num(1, 2); return 0; }" }, NE, "f" },
	{ "arguments swapped", { EXT "int f(int x, int y) { return num(x, y); }" },
	  { EXT "int f(int x, int y) { return num(y, x); }" }, NE, "f" },
	{ "external callee swapped",
	  { EXT "int num2(int, int); int f(int x) { return num(x, 1) + 1; }" },
	  { EXT "int num2(int, int); int f(int x) { return num2(x, 1) + 1; }" },
	  NE, "f", "num2" },
	{ "local callee swapped, one text",
	  { "static int a(int x) { return x / 3; }"
	    "static int b(int x) { return x / 5; }"
	    "int f(int x) { return a(x) + 1; } int g(int x) { return b(x) + 2; }" },
	  { "static int a(int x) { return x / 3; }"
	    "static int b(int x) { return x / 5; }"
	    "int f(int x) { return b(x) + 1; } int g(int x) { return a(x) + 2; }" },
	  NE, "f" },
	{ "branches that the assembler resolves, order",
	  { "static int a(int x) { return x / 3; }"
	    "static int b(int x) { return x / 5; }"
	    "int f(int x) { return a(x) + b(x + 1); }" },
	  { "static int b(int x) { return x / 5; }"
	    "static int a(int x) { return x / 3; }"
	    "int f(int x) { return a(x) + b(x + 1); }" },
	  EQ, .flags = PLAIN },
	{ "branches that the assembler resolves, callee",
	  { "static int a(int x) { return x / 3; }"
	    "static int b(int x) { return x / 5; }"
	    "int f(int x) { return a(x) + b(x + 1); } int (*p)(int) = b;" },
	  { "static int a(int x) { return x / 3; }"
	    "static int b(int x) { return x / 5; }"
	    "int f(int x) { return a(x) + a(x + 1); } int (*p)(int) = b;" },
	  NE, "f", .flags = PLAIN },
	{ "an address in the same section without relocation",
	  { EXT "static void a(void) { use(0); }"
	    "static void b(void) { use((void *)1); }"
	    "void f(void) { use(a); use(b); }" },
	  { EXT "static void b(void) { use((void *)1); }"
	    "static void a(void) { use(0); }"
	    "void f(void) { use(a); use(b); }" },
	  EQ, .flags = PLAIN },
	{ "addresses in the same section swapped",
	  { EXT "static void a(void) { use(0); }"
	    "static void b(void) { use((void *)1); }"
	    "void f(void) { use(a); use(b); }" },
	  { EXT "static void a(void) { use(0); }"
	    "static void b(void) { use((void *)1); }"
	    "void f(void) { use(b); use(a); }" },
	  NE, "f", .flags = PLAIN },
	{ "padding in front of functions",
	  { F G }, { G F }, EQ,
	  .flags = ISOLATED " -fpatchable-function-entry=16,16" },
	{ "unwind tables follow their functions", { F G }, { G, F }, EQ,
	  .flags = "-O2 -fno-pie -fno-inline -ffunction-sections -fno-ipa-ra "
		   "-fno-ipa-stack-alignment" },
	{ "an unwind rule changed", { "void f(void) { asm(\".cfi_undefined 3\"); }" },
	  { "void f(void) { asm(\".cfi_undefined 12\"); }" }, NE, "f", "unwind",
	  .flags = "-O2" },
	{ "a cold part belongs to its function",
	  { EXT "void die(void) __attribute__((cold, noreturn));"
	    "int f(int x) { if (x == 7) { use(&x); die(); } return x; }" OTHER },
	  { OTHER EXT "void die(void) __attribute__((cold, noreturn));"
	    "int f(int x) { if (x == 7) { use(&x); die(); } return x; }" },
	  EQ, .flags = "-O2 -ffunction-sections" },

	/* Strings, constants and nameless tables. */
	{ "strings are pooled in another order",
	  { EXT "void f(void) { use(\"one\"); use(\"two\"); }"
	    "void g(void) { use(\"three\"); }" },
	  { EXT "void g(void) { use(\"three\"); }"
	    "void f(void) { use(\"one\"); use(\"two\"); }" },
	  EQ, .flags = PLAIN },
	{ "a string changed", { EXT "void f(void) { use(\"one\"); }" },
	  { EXT "void f(void) { use(\"onf\"); }" }, NE, "f" },
	{ "the wrong one of two strings",
	  { EXT "void f(void) { use(\"one\"); } void g(void) { use(\"two\"); }" },
	  { EXT "void f(void) { use(\"two\"); } void g(void) { use(\"one\"); }" },
	  NE, "f" },
	{ "constants are pooled in another order",
	  { "double f(double x) { return x * 3.5; } double g(double x) { return x * 7.25; }" },
	  { "double g(double x) { return x * 7.25; } double f(double x) { return x * 3.5; }" },
	  EQ, .flags = PLAIN },
	{ "a pooled constant changed",
	  { "double f(double x) { return x * 3.5; }" },
	  { "double f(double x) { return x * 3.25; }" }, NE, "f",
	  .flags = PLAIN },
	{ "switch tables in another order",
	  { EXT SWITCH("f", "1", "2") SWITCH("g", "3", "4") },
	  { EXT SWITCH("g", "3", "4") SWITCH("f", "1", "2") }, EQ,
	  .flags = PLAIN " -fno-pie" },
	{ "switch table moved",
	  { EXT SWITCH("f", "1", "2") SWITCH("g", "3", "4") },
	  { EXT SWITCH("g", "3", "4"), EXT SWITCH("f", "1", "2") }, EQ },
	{ "a nameless table of targets",
	  { TARGETS(PTR_TO, ".La", ".Lb") OTHER },
	  { OTHER, TARGETS(PTR_TO, ".La", ".Lb") }, EQ },
	{ "targets in a nameless table swapped",
	  { TARGETS(PTR_TO, ".La", ".Lb") }, { TARGETS(PTR_TO, ".Lb", ".La") },
	  NE, "f", "unnamed contents of .rodata" },
	{ "a nameless table of distances",
	  { TARGETS(DISTANCE_TO, ".La", ".Lb") OTHER },
	  { OTHER, TARGETS(DISTANCE_TO, ".La", ".Lb") }, EQ },
	{ "distances in a nameless table swapped",
	  { TARGETS(DISTANCE_TO, ".La", ".Lb") },
	  { TARGETS(DISTANCE_TO, ".Lb", ".La") }, NE, "f" },
	{ "targets in a switch table swapped",
	  { EXT "int f(int x) {" TABLE("&&one", "&&two") "}" },
	  { EXT "int f(int x) {" TABLE("&&two", "&&one") "}" }, NE },
	{ "values of a switch swapped",
	  { "int f(int x) {" VALUES("11", "22") "}" },
	  { "int f(int x) {" VALUES("22", "11") "}" }, NE, "CSWTCH" },
	{ "values of switches in another order",
	  { "int f(int x) {" VALUES("11", "22") "} int g(int x) {" VALUES("33", "22") "}" },
	  { "int g(int x) {" VALUES("33", "22") "} int f(int x) {" VALUES("11", "22") "}" },
	  EQ },
	{ "linked into one object", { EXT SWITCH("f", "1", "2") OTHER,
	    EXT "static int n = 4; void h(void) { use(\"one\"); n++; }" },
	  { EXT "static int n = 4; void h(void) { use(\"one\"); n++; }",
	    EXT SWITCH("f", "1", "2") OTHER }, EQ, .link = true },
	{ "linked into one object, all in one section",
	  { EXT SWITCH("f", "1", "2") OTHER,
	    EXT "static int n = 4; void h(void) { use(\"one\"); n++; }" },
	  { EXT "static int n = 4; void h(void) { use(\"one\"); n++; }",
	    EXT SWITCH("f", "1", "2") OTHER }, EQ, .link = true,
	  .flags = PLAIN " -fno-pie" },

	/* Bytes that are no instruction. */
	{ "unknown bytes in a section of their own",
	  { "int f(int x) { asm volatile(\".byte 0x0f, 0x04\"); return x; }" OTHER },
	  { OTHER "int f(int x) { asm volatile(\".byte 0x0f, 0x04\"); return x; }" },
	  EQ },
	{ "unknown bytes beside others",
	  { "int f(int x) { asm volatile(\".byte 0x0f, 0x04\"); return x; }" OTHER },
	  { OTHER "int f(int x) { asm volatile(\".byte 0x0f, 0x04\"); return x; }" },
	  UN, "f", "no known instruction", .flags = PLAIN },
	{ "other unknown bytes",
	  { "int f(int x) { asm volatile(\".byte 0x0f, 0x04\"); return x; }" },
	  { "int f(int x) { asm volatile(\".byte 0x0f, 0x0a\"); return x; }" },
	  NE, "f", "became" },
	{ "instructions newer than the decoder",
	  { "void f(void) { asm volatile(\"wrpkru; rdpkru; .byte 0xf2, 0x0f, 0x00, 0xf7\"); }" OTHER },
	  { OTHER "void f(void) { asm volatile(\"wrpkru; rdpkru; .byte 0xf2, 0x0f, 0x00, 0xf7\"); }" }, EQ,
	  .flags = PLAIN },
	{ "a transaction that falls back elsewhere",
	  { "asm(\"f: xbegin g; ret; .size f, . - f; g: ret; .size g, 1; h: ret; .size h, 1\");" },
	  { "asm(\"f: xbegin h; ret; .size f, . - f; h: ret; .size h, 1; g: ret; .size g, 1\");" },
	  NE, "f" },

	/* 32 bits keep their addends in the fields. */
	{ "i386: order",
	  { EXT SWITCH("f", "1", "2") "static int v[9];"
	    "void h(int x) { v[3] = 7; use(\"one\"); use(\"two\"); v[x]++; }" },
	  { EXT "static int v[9];"
	    "void h(int x) { v[3] = 7; use(\"one\"); use(\"two\"); v[x]++; }"
	    SWITCH("f", "1", "2") }, EQ, .only = 32, .flags = PLAIN " -fno-pie" },
	{ "i386: an element of an array",
	  { "static int v[9]; void h(int x) { v[3] = 7; v[x]++; }" },
	  { "static int v[9]; void h(int x) { v[4] = 7; v[x]++; }" }, NE, "h",
	  "v+16", .only = 32, .flags = "-fdata-sections " PLAIN " -fno-pie" },
	{ "i386: callee", { EXT "int f(int x) { return num(x, 1); }" },
	  { EXT "int num3(int, int); int f(int x) { return num3(x, 1); }" },
	  NE, "f", .only = 32, .flags = "-ffunction-sections " PLAIN " -fno-pie" },
	{ "i386: position-independent", { EXT "int v; int f(int x) { return num(x, v); }" OTHER },
	  { OTHER EXT "int v; int f(int x) { return num(x, v); }" }, EQ,
	  .only = 32, .flags = "-fPIC -ffunction-sections " PLAIN },
	{ "values of switches exchanged",
	  { "int f(int x) {" VALUES("11", "22") "} int g(int x) {" VALUES("33", "22") "}" },
	  { "int f(int x) {" VALUES("33", "22") "} int g(int x) {" VALUES("11", "22") "}" },
	  NE },
};

int main(void)
{
	PAIR_TESTS(tests, pairs);

	return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
