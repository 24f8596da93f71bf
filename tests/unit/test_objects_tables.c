// SPDX-License-Identifier: GPL-2.0-only
/*
 * What comparing objects must let pass and must catch, in the tables that
 * kernel code builds with asm statements: an entry belongs to its function
 * wherever that stands, and every field of it counts.
 */
#define CONSTANT(section, flags, bytes)                                        \
	OTHER("f") "asm(\".section ." section ",\\\"" flags "\\\"; " bytes    \
	" .previous\");"
#define _GNU_SOURCE
#include "objects_helper.h"

#define EQ RESULT_EQUAL
#define NE RESULT_DIFFERENT
#define UN RESULT_UNDECIDED
#define OK RESULT_EXPLAINED

#define EXT "extern void use(const void *); extern int num(int, int);\n"

/* An asm statement that adds to a section; lines end in semicolons. */
#define IN(section, flags, text)                                               \
	"asm volatile(\"1: nop; .pushsection " section ",\\\"" flags           \
	"\\\"; " text " .popsection\"); "
#define EXCEPTION(type)                                                        \
	IN("__ex_table", "a", ".long 1b - .; .long 1b + 1 - .; .long " type ";")
#define BUG(file, line, flags)                                                 \
	"asm volatile(\"1: ud2; .pushsection __bug_table,\\\"aw\\\"; "         \
	"2: .long 1b - .; .long %c0 - .; .word %c1; .word %c2; .org 2b + 12; " \
	".popsection\" : : \"i\" (" file "), \"i\" (" line "), \"i\" (" flags  \
	")); "
#define JUMP(key, bit)                                                         \
	IN("__jump_table", "aw", ".balign 4; .long 1b - ., 1b + 1 - .; "       \
	   "\" PTR \" " key " + " bit " - .;")
#define ALTERNATIVE(feature, code)                                             \
	IN(".altinstructions", "a", ".long 1b - .; .long 3f - .; .4byte "      \
	   feature "; .byte 1; .byte 4f - 3f; .popsection; "                   \
	   ".pushsection .altinstr_replacement,\\\"ax\\\"; 3: " code "; 4: ")
#define LOCK IN(".smp_locks", "a", ".balign 4; .long 1b - .;")
#define EXPORT(name, licence, space)                                           \
	"asm(\".section .export_symbol,\\\"a\\\"; __export_symbol_" name ": "  \
	".asciz \\\"" licence "\\\"; .asciz \\\"" space "\\\"; "                \
	".balign \" PTRS \"; \" PTR \" " name "; .previous\");\n"
#define KSYMTAB(name, section)                                                 \
	"asm(\".section " section "+" name ",\\\"a\\\"; __ksymtab_" name ": "  \
	".long " name " - .; .long __kstrtab_" name " - .; "                   \
	".previous; .section __ksymtab_strings,\\\"a\\\"; "                    \
	"__kstrtab_" name ": .asciz \\\"" name "\\\"; .previous\");\n"
#define INITCALL(level, fn, counter)                                           \
	"asm(\".section .initcall" level ".init,\\\"a\\\"; "                   \
	"__initcall__kmod_m__" counter "_9_" fn level ": .long " fn            \
	" - .; .previous\");\n"
#define C_CALL(fn)                                                             \
	"static int (*call_" fn ")(int) __attribute__((used, "                \
	"section(\".initcall6.init\"))) = " fn ";\n"
#define KEEP(name, number)                                                     \
	"static void *__UNIQUE_ID___addressable_" name number                  \
	" __attribute__((used, section(\".discard.addressable\"))) = &" name ";\n"
#define FUNCTION(name, body)                                                   \
	"int " name "(int x) { " body " return x * 3; }\n"
#define OTHER(name) "int " name "(int x) { return x - 7; }\n"
#define PARAM(name, var, mode)                                                 \
	"static int " var "; static const char str_" name "[] = \"" name "\";" \
	"static const struct { const char *n; int m; void *v; } __param_" name \
	" __attribute__((used, section(\"__param\"))) = "                      \
	"{ str_" name ", " mode ", &" var " };\n"
#define INFO(number, text)                                                     \
	"static const char __UNIQUE_ID_" number                                \
	"[] __attribute__((used, section(\".modinfo\"))) = \"" text "\";\n"
#define NOTE(text) "asm(\".section .note.x,\\\"a\\\",@note; .long " text        \
	"; .previous\");\n"

/* An element of an array that the linker collects. */
#define ARRAY(section, name, value)                                            \
	"static int " name " __attribute__((used, section(\"" section "\"))) = " \
	value ";\n"
/* As the kernel lists type numbers: a label for the list, one for each. */
#define LABEL(name)                                                            \
	".local " name "; .type " name ", STT_OBJECT; .size " name ", 4; "     \
	name ": .zero 4; "
#define LABELS(a, b, c)                                                        \
	"asm(\".section .BTF_ids,\\\"a\\\"; .globl l; l: " LABEL(a) LABEL(b)     \
	LABEL(c) ".previous\");\n"                                             \
	"extern int l[]; int first(void) { return l[0]; }\n"
#define FALLS(a, b)                                                            \
	"asm(\".text; .globl one, two, end; " a b "end: ret; .size end, 1\");\n"
#define ONE "one: inc %eax; "
#define TWO "two: dec %eax; "

/* A place in the function, by itself in a table. */
#define SITE(section) IN(section, "a", ".long 1b - .;")
#define SITES(section, word)                                                   \
	{ section " moves with its function",                                  \
	  { FUNCTION("f", SITE(section)) OTHER("g") },                         \
	  { OTHER("g"), FUNCTION("f", SITE(section)) }, EQ },                  \
	{ section " of another function",                                      \
	  { FUNCTION("f", SITE(section)) FUNCTION("g", NOP) },                 \
	  { FUNCTION("f", NOP) FUNCTION("g", SITE(section)) }, NE, "f", word },\
	{ section " lost", { FUNCTION("f", SITE(section)) },                   \
	  { FUNCTION("f", NOP) }, NE, "f", word }
#define NOP "asm volatile(\"nop\");"
#define CALL(key, flag)                                                        \
	IN(".static_call_sites", "aw", ".long 1b - .; .long " key " + " flag " - .;")
#define KEYS "int k = 1, l = 2;\n"
#define TRAMPOLINE(name) TRAMPOLINE_TO(name, name "_target")
#define TRAMPOLINE_TO(name, to)                                                \
	"asm(\".section .static_call.text,\\\"ax\\\"; .balign 4; "             \
	".globl __SCT__" name "; __SCT__" name ": jmp " to "; .byte 0x0f, 0xb9, 0xcc; "  \
	".type __SCT__" name ", @function; .size __SCT__" name ", . - __SCT__" name    \
	"; .previous\");\n"
#define TRAMP_KEY(name, key)                                                   \
	"asm(\".section .static_call_tramp_key,\\\"a\\\"; .long __SCT__" name    \
	" - .; .long " key " - .; .previous\");\n"
#define ORC(name, how)                                                         \
	OTHER(name) "asm(\".section .orc_unwind_ip,\\\"a\\\"; .long " name       \
	" - .; .section .orc_unwind,\\\"a\\\"; .word 8, 0, " how                \
	"; .previous\");\n"
/* Two functions in one section, and what objtool says of them and of its end. */
#define CODE(name, insn)                                                       \
	".globl " name "; .type " name ", @function; " name ": " insn          \
	" %eax; ret; .size " name ", . - " name "; "
#define UNWIND(place, how)                                                     \
	".section .orc_unwind_ip,\\\"a\\\"; .long " place " - .; "              \
	".section .orc_unwind,\\\"a\\\"; .word 8, 0, " how "; .text; "
#define NO_UNWIND(place, how)                                                  \
	".section .orc_unwind_ip,\\\"a\\\"; .long " place " - .; "              \
	".section .orc_unwind,\\\"a\\\"; .word 0, 0, " how "; .text; "
#define ONE_FIRST(a, b, end)                                                   \
	"asm(\".text; .balign 16; " CODE("one", "inc") CODE("two", "dec")      \
	".Lend: " a b NO_UNWIND(".Lend", end) "\");\n"
#define TWO_FIRST(a, b, end)                                                   \
	"asm(\".text; .balign 16; " CODE("two", "dec") CODE("one", "inc")      \
	".Lend: " a b NO_UNWIND(".Lend", end) "\");\n"
#define CFI(name, hash)                                                        \
	"asm(\".section .text." name ",\\\"ax\\\"; .type __cfi_" name            \
	", @function; __cfi_" name ": nop; nop; nop; movl $" hash ", %eax; .size __cfi_" \
	name ", . - __cfi_" name "; .globl " name "; .type " name ", @function; "      \
	name ": ret; .size " name ", 1; .previous\");\n"
#define PARAVIRT(type)                                                         \
	IN(".parainstructions", "a", ".balign \" PTRS \"; \" PTR \" 1b; .byte "   \
	   type ", 1; .balign \" PTRS \";")
#define TWO_ALTERNATIVES(a, b)                                                 \
	"asm volatile(\"1: nop; .pushsection .altinstructions,\\\"a\\\"; "       \
	".long 1b - ., 3f - .; .4byte " a "; .byte 1, 2; "                     \
	".long 1b - ., 4f - .; .4byte " b "; .byte 1, 2; .popsection; "        \
	".pushsection .altinstr_replacement,\\\"ax\\\"; 3: cpuid; 4: rdtsc; "   \
	".popsection\"); "
#define SHORT_BUG(flags)                                                       \
	IN("__bug_table", "aw", ".long 1b - .; .word " flags "; .balign 4;")
#define HANDLED(handler)                                                       \
	IN("__ex_table", "a", ".long 1b - ., 1b + 1 - .; .long " handler " - .;")
#define TRACEPOINT(name, value)                                                \
	UNLISTED(name, value) "asm(\".section __tracepoints_ptrs,\\\"a\\\"; "     \
	".balign 4; .long __tracepoint_" name " - .; .previous\");\n"
#define UNLISTED(name, value)                                                  \
	"int __tracepoint_" name " __attribute__((section(\"__tracepoints\"))) = " \
	value ";\n"
#define EVENT(name) EVENT_OF(name, name)
#define EVENT_OF(name, of)                                                     \
	"static int event_" name " = 7; static int *__event_" name             \
	" __attribute__((used, section(\"_ftrace_events\"))) = &event_" of ";\n"
#define EVAL(name, value)                                                      \
	"static const struct { const char *n; long v; } map_" name " = { \"" name \
	"\", " value " }; static const void *__map_" name                      \
	" __attribute__((used, section(\"_ftrace_eval_map\"))) = &map_" name ";\n"
#define INDEXED(text, indexed)                                                 \
	"static const struct { const char *t, *f; } _entry = { \"" indexed     \
	"\", __func__ }; static const void *_entry_ptr __attribute__((used, "  \
	"section(\".printk_index\"))) = &_entry; use(\"" text "\");"
#define MESSAGE(text) INDEXED(text, text)
#define SAID_ONCE                                                              \
	"static _Bool __attribute__((section(\".data..once\"))) __already_done; "  \
	"if (!__already_done) { __already_done = 1; num(1, 2); }"
#define KSYMTABNS(name, space)                                                 \
	"asm(\".section __ksymtab_strings,\\\"a\\\"; __kstrtabns_" name ": "     \
	".asciz \\\"" space "\\\"; .previous\");\n"
#define CRC(name, value)                                                       \
	"asm(\".section ___kcrctab+" name ",\\\"a\\\"; .balign 4; "              \
	"__crc_" name ": .long " value "; .previous\");\n"

#define VERSIONS(list)                                                         \
	"struct version { unsigned long crc; char name[64 - sizeof(long)]; };" \
	"static const struct version ____versions[] __attribute__((used, "     \
	"section(\"__versions\"))) = {" list "};\n" OTHER("other")
#define VERSION(name, crc) "{ " crc ", \"" name "\" }, "
#define MODULE(init, exit)                                                     \
	OTHER("f") OTHER("g") "struct { char name[56]; void *init, *exit; } "  \
	"__this_module __attribute__((section(\".gnu.linkonce.this_module\"))) = "  \
	"{ \"m\", " init ", " exit " };\n"

static const struct pair pairs[] = {
	/* Exceptions. */
	{ "exception entries move with their function",
	  { FUNCTION("f", EXCEPTION("3")) FUNCTION("g", EXCEPTION("1")) },
	  { FUNCTION("g", EXCEPTION("1")), FUNCTION("f", EXCEPTION("3")) }, EQ },
	{ "exception type", { FUNCTION("f", EXCEPTION("3")) },
	  { FUNCTION("f", EXCEPTION("1")) }, NE, "f", "exception" },
	{ "exception types exchanged",
	  { FUNCTION("f", EXCEPTION("3")) FUNCTION("g", EXCEPTION("1")) },
	  { FUNCTION("f", EXCEPTION("1")) FUNCTION("g", EXCEPTION("3")) }, NE,
	  "f", "exception" },
	{ "exception entry lost", { FUNCTION("f", EXCEPTION("3")) },
	  { FUNCTION("f", "asm volatile(\"nop\");") }, NE, "f", "is gone" },

	/* Bugs. */
	{ "bug entries move with their function",
	  { FUNCTION("f", BUG("\"x\"", "0", "1")) OTHER("g") },
	  { OTHER("g"), FUNCTION("f", BUG("\"x\"", "0", "1")) }, EQ },
	{ "WARN_ON_ONCE became WARN_ON",
	  { FUNCTION("f", BUG("\"x\"", "0", "3")) },
	  { FUNCTION("f", BUG("\"x\"", "0", "1")) }, NE, "f", "bug" },
	{ "bug in another line", { FUNCTION("f", BUG("\"x\"", "10", "1")) },
	  { FUNCTION("f", BUG("\"x\"", "20", "1")) }, OK, "f", "line" },
	{ "bug in its own file",
	  { OTHER("g") FUNCTION("f", BUG("\"dir/a.c\"", "10", "1")) },
	  { OTHER("g"), FUNCTION("f", BUG("\"dir/b.c\"", "20", "1")) }, OK, "f",
	  "line" },
	{ "bug that names another file",
	  { OTHER("g") FUNCTION("f", BUG("\"dir/a.c\"", "10", "1")) },
	  { OTHER("g"), FUNCTION("f", BUG("\"dir/c.c\"", "10", "1")) }, NE, "f",
	  "bug" },
	{ "own file's name as an argument",
	  { OTHER("g") EXT FUNCTION("f", "use(\"dir/a.c\");") },
	  { OTHER("g"), EXT FUNCTION("f", "use(\"dir/b.c\");") }, OK, "f" },

	/* Jump labels. */
	{ "jump labels move with their function",
	  { "int k, l;" FUNCTION("f", JUMP("k", "2")) FUNCTION("g", JUMP("l", "2")) },
	  { "int k, l;" FUNCTION("g", JUMP("l", "2")) FUNCTION("f", JUMP("k", "2")) },
	  EQ },
	{ "key of a static branch", { "int k, l;" FUNCTION("f", JUMP("k", "2")) },
	  { "int k, l;" FUNCTION("f", JUMP("l", "2")) }, NE, "f", "jump-label" },
	{ "default of a static branch", { "int k;" FUNCTION("f", JUMP("k", "2")) },
	  { "int k;" FUNCTION("f", JUMP("k", "3")) }, NE, "f", "k+2 became k+3" },

	/* Alternatives and locks. */
	{ "alternatives move with their function",
	  { FUNCTION("f", ALTERNATIVE("7", "cpuid")) FUNCTION("g", ALTERNATIVE("8", "")) },
	  { FUNCTION("g", ALTERNATIVE("8", "")) FUNCTION("f", ALTERNATIVE("7", "cpuid")) },
	  EQ },
	{ "feature of an alternative", { FUNCTION("f", ALTERNATIVE("7", "cpuid")) },
	  { FUNCTION("f", ALTERNATIVE("8", "cpuid")) }, NE, "f", "alternative" },
	{ "code of an alternative", { FUNCTION("f", ALTERNATIVE("7", "cpuid")) },
	  { FUNCTION("f", ALTERNATIVE("7", "rdtsc")) }, NE, "f", "alternative" },
	{ "callee in an alternative",
	  { FUNCTION("f", ALTERNATIVE("7", "call ext1")) },
	  { FUNCTION("f", ALTERNATIVE("7", "call ext2")) }, NE, "f",
	  "alternative" },
	{ "a lock prefix lost", { FUNCTION("f", LOCK LOCK) },
	  { FUNCTION("f", LOCK "asm volatile(\"nop\");") }, NE, "f",
	  "lock-prefix" },

	/* Exports. */
	{ "exports move with their function",
	  { OTHER("f") EXPORT("f", "GPL", "") OTHER("g") EXPORT("g", "", "") },
	  { OTHER("g") EXPORT("g", "", ""), OTHER("f") EXPORT("f", "GPL", "") },
	  EQ },
	{ "export lost", { OTHER("f") EXPORT("f", "GPL", "") }, { OTHER("f") },
	  NE, "f", "export" },
	{ "licence of an export", { OTHER("f") EXPORT("f", "GPL", "") },
	  { OTHER("f") EXPORT("f", "", "") }, NE, "f", "export" },
	{ "namespace of an export", { OTHER("f") EXPORT("f", "GPL", "A") },
	  { OTHER("f") EXPORT("f", "GPL", "B") }, NE, "f", "export" },
	{ "exports of older kernels",
	  { OTHER("f") KSYMTAB("f", "___ksymtab_gpl") OTHER("g") KSYMTAB("g", "___ksymtab") },
	  { OTHER("g") KSYMTAB("g", "___ksymtab"), OTHER("f") KSYMTAB("f", "___ksymtab_gpl") },
	  EQ },
	{ "licence of an export of older kernels",
	  { OTHER("f") KSYMTAB("f", "___ksymtab_gpl") },
	  { OTHER("f") KSYMTAB("f", "___ksymtab") }, NE, "__ksymtab_f",
	  "became ___ksymtab" },

	/* Module parameters, initcalls, references, information. */
	{ "parameters", { PARAM("a", "v", "420") PARAM("b", "w", "292") },
	  { PARAM("b", "w", "292") PARAM("a", "v", "420") }, EQ },
	{ "mode of a parameter", { PARAM("a", "v", "420") },
	  { PARAM("a", "v", "292") }, NE, "__param_a", "parameter" },
	{ "variable of a parameter",
	  { PARAM("a", "v", "420") PARAM("b", "w", "420") },
	  { PARAM("a", "w", "420") PARAM("b", "v", "420") }, NE, "__param_a",
	  "v became w" },
	{ "initcalls", { OTHER("f") INITCALL("6", "f", "12") },
	  { OTHER("f") INITCALL("6", "f", "13") }, EQ },
	{ "level of an initcall", { OTHER("f") INITCALL("6", "f", "12") },
	  { OTHER("f") INITCALL("4", "f", "12") }, NE, "f", "initcall" },
	{ "initcall of another function",
	  { OTHER("f") OTHER("g") INITCALL("6", "f", "12") },
	  { OTHER("f") OTHER("g") INITCALL("6", "g", "12") }, NE },
	{ "order of initcalls",
	  { OTHER("f") OTHER("g") INITCALL("6", "f", "12") INITCALL("6", "g", "13") },
	  { OTHER("f") OTHER("g") INITCALL("6", "g", "12") INITCALL("6", "f", "13") },
	  UN, "g", "order of calls" },
	{ "initcalls of two levels",
	  { OTHER("f") OTHER("g") INITCALL("6", "f", "12") INITCALL("4", "g", "13") },
	  { OTHER("f") OTHER("g") INITCALL("4", "g", "12") INITCALL("6", "f", "13") },
	  EQ },
	{ "initcalls that go to another file together",
	  { OTHER("f") OTHER("g") INITCALL("6", "f", "12") INITCALL("6", "g", "13") OTHER("h") },
	  { OTHER("h"), OTHER("f") OTHER("g") INITCALL("6", "f", "1") INITCALL("6", "g", "2") },
	  EQ },
	{ "initcalls that part",
	  { OTHER("f") OTHER("g") INITCALL("6", "f", "12") INITCALL("6", "g", "13") },
	  { OTHER("f") INITCALL("6", "f", "12"), OTHER("g") INITCALL("6", "g", "1") },
	  UN, "g", "is no longer in one object" },
	{ "initcalls that meet",
	  { OTHER("f") INITCALL("6", "f", "12"), OTHER("g") INITCALL("6", "g", "1"),
	    OTHER("h") INITCALL("6", "h", "2") },
	  { OTHER("f") INITCALL("6", "f", "12") OTHER("h") INITCALL("6", "h", "2"),
	    OTHER("g") INITCALL("6", "g", "1") },
	  UN, "h", "was not in one object" },
	{ "order in an array whose first match counts",
	  { ARRAY(".init.setup", "a", "1") ARRAY(".init.setup", "b", "2") },
	  { ARRAY(".init.setup", "b", "2") ARRAY(".init.setup", "a", "1") },
	  UN, "a", ".init.setup" },
	{ "order in an array that is looked up by name",
	  { ARRAY("__tracepoints", "a", "1") ARRAY("__tracepoints", "b", "2") },
	  { ARRAY("__tracepoints", "b", "2") ARRAY("__tracepoints", "a", "1") },
	  EQ },
	{ "order in an array that we do not know",
	  { ARRAY("mine", "a", "1") ARRAY("mine", "b", "2") },
	  { ARRAY("mine", "b", "2") ARRAY("mine", "a", "1") }, UN, "a",
	  "what stands behind it in mine" },
	{ "an array that we do not know goes as a whole",
	  { ARRAY("mine", "a", "1") ARRAY("mine", "b", "2") OTHER("f") },
	  { OTHER("f"), ARRAY("mine", "a", "1") ARRAY("mine", "b", "2") }, EQ },
	{ "a list of labels", { LABELS("x", "y", "z") }, { OTHER("f") LABELS("x", "y", "z") },
	  NE, "f", "is new" },
	{ "a list of labels goes as a whole", { LABELS("x", "y", "z") OTHER("f") },
	  { OTHER("f"), LABELS("x", "y", "z") }, EQ },
	{ "order in a list of labels", { LABELS("x", "y", "z") }, { LABELS("x", "z", "y") },
	  UN, "x" },
	{ "code that falls into a label", { FALLS(ONE, TWO) },
	  { FALLS(TWO, ONE) }, UN, "one", "what stands behind it" },
	{ "order of initcalls that C made",
	  { OTHER("f") OTHER("g") C_CALL("f") C_CALL("g") },
	  { OTHER("f") OTHER("g") C_CALL("g") C_CALL("f") }, UN, "call_f",
	  "order of calls" },
	{ "initcalls that C made", { OTHER("f") OTHER("g") C_CALL("f") },
	  { OTHER("g") OTHER("f") C_CALL("f") }, EQ },
	{ "constructors", { "__attribute__((constructor)) " OTHER("f") OTHER("g") },
	  { OTHER("g") "__attribute__((constructor)) " OTHER("f") }, EQ },
	{ "a label in a table", { FUNCTION("f", LOCK) },
	  { FUNCTION("f", LOCK) "asm(\".section .smp_locks,\\\"a\\\"; .globl l; l: .previous\");" },
	  NE, "l" },
	{ "addressable once more",
	  { OTHER("f") KEEP("f", "1") OTHER("g") },
	  { OTHER("f") KEEP("f", "1") KEEP("f", "2") OTHER("g") }, EQ },
	{ "addressable, something new",
	  { OTHER("f") OTHER("g") KEEP("f", "1") },
	  { OTHER("f") OTHER("g") KEEP("f", "1") KEEP("g", "2") }, OK, "g" },
	{ "module information", { INFO("a1", "k=1") INFO("b2", "l=2") OTHER("f") },
	  { INFO("b5", "l=2") INFO("a6", "k=1") OTHER("f") }, EQ },
	{ "module information changed", { INFO("a1", "k=1") OTHER("f") },
	  { INFO("a1", "k=2") OTHER("f") }, NE },
	{ "annotations for objtool",
	  { FUNCTION("f", IN(".discard.reachable", "", ".long 1b - .;")) OTHER("g") },
	  { OTHER("g"), FUNCTION("f", IN(".discard.reachable", "", ".long 1b - .;")) },
	  EQ },
	{ "annotation lost",
	  { FUNCTION("f", IN(".discard.instr_begin", "", ".long 1b - .;")) },
	  { FUNCTION("f", "asm volatile(\"nop\");") }, NE, "f",
	  "instrumentation" },
	{ "an entry about alternative code",
	  { FUNCTION("f", ALTERNATIVE("7", "5: cpuid; .popsection; "
		     ".pushsection .retpoline_sites,\\\"a\\\"; .long 5b - .; "
		     ".popsection; .pushsection .altinstr_replacement,\\\"ax\\\"")) },
	  { FUNCTION("f", ALTERNATIVE("7", "5: cpuid")) }, NE },

	/* What objtool makes, and what it is told. */
	{ "static calls move with their function",
	  { FUNCTION("f", CALL("k", "0")) FUNCTION("g", CALL("l", "1")) KEYS },
	  { KEYS FUNCTION("g", CALL("l", "1")), "extern int k; " FUNCTION("f", CALL("k", "0")) },
	  EQ },
	{ "key of a static call", { FUNCTION("f", CALL("k", "0")) KEYS },
	  { FUNCTION("f", CALL("l", "0")) KEYS }, NE, "f", "k became l" },
	{ "a static call that became a tail call",
	  { FUNCTION("f", CALL("k", "0")) KEYS },
	  { FUNCTION("f", CALL("k", "1")) KEYS }, NE, "f", "k became k+1" },
	{ "a static call lost", { FUNCTION("f", CALL("k", "0") CALL("l", "0")) KEYS },
	  { FUNCTION("f", CALL("k", "0") "asm volatile(\"nop\");") KEYS }, NE,
	  "f", "static-call" },
	{ "trampoline of a static call",
	  { FUNCTION("f", "asm volatile(\"call __SCT__k\");") },
	  { FUNCTION("f", "asm volatile(\"call __SCT__l\");") }, NE, "f",
	  "__SCT__l" },
	{ "trampolines in another order", { TRAMPOLINE("k") TRAMPOLINE("l") },
	  { TRAMPOLINE("l") TRAMPOLINE("k") }, EQ },
	{ "where a trampoline goes",
	  { TRAMPOLINE("k") }, { TRAMPOLINE_TO("k", "other") }, NE, "__SCT__k" },
	{ "keys of trampolines", { TRAMPOLINE("k") TRAMPOLINE("l")
	    TRAMP_KEY("k", "k") TRAMP_KEY("l", "l") KEYS },
	  { TRAMPOLINE("k") TRAMPOLINE("l") TRAMP_KEY("l", "l")
	    TRAMP_KEY("k", "k") KEYS }, EQ },
	{ "keys of trampolines exchanged", { TRAMPOLINE("k") TRAMPOLINE("l")
	    TRAMP_KEY("k", "k") TRAMP_KEY("l", "l") KEYS },
	  { TRAMPOLINE("k") TRAMPOLINE("l") TRAMP_KEY("k", "l")
	    TRAMP_KEY("l", "k") KEYS }, NE, "__SCT__k", "static-call-key" },
	SITES(".return_sites", "return-site"),
	SITES(".retpoline_sites", "retpoline-site"),
	SITES(".call_sites", "call-site"),
	SITES(".cfi_sites", "cfi-site"),
	SITES(".kcfi_traps", "cfi-trap"),
	SITES(".ibt_endbr_seal", "endbr-seal"),
	SITES("__mcount_loc", "mcount"),
	SITES(".discard.unreachable", "unreachable"),
	SITES(".discard.retpoline_safe", "annotation"),
	SITES(".discard.annotate_insn", "annotation"),
	{ "how to unwind moves with its function",
	  { ORC("f", "1") ORC("g", "2") }, { ORC("g", "2"), ORC("f", "1") }, EQ },
	{ "how to unwind changed", { ORC("f", "1") }, { ORC("f", "3") }, NE,
	  "f", "orc" },
	{ "how to unwind exchanged", { ORC("f", "1") ORC("g", "2") },
	  { ORC("f", "2") ORC("g", "1") }, NE, "f", "orc" },
	{ "how to unwind from padding",
	  { ONE_FIRST(UNWIND("one", "1"), UNWIND("two", "2"), "0") },
	  { TWO_FIRST(UNWIND("two", "2"), UNWIND("one", "1"), "0") }, EQ },
	{ "padding that can be unwound from",
	  { ONE_FIRST(UNWIND("one", "1"), UNWIND("two", "2"), "1") },
	  { TWO_FIRST(UNWIND("two", "2"), UNWIND("one", "1"), "1") }, NE, "two",
	  "orc" },
	{ "a function that begins as the one before it ends",
	  { ONE_FIRST(UNWIND("one", "1"), "", "0") },
	  { TWO_FIRST(UNWIND("two", "1"), "", "0") }, EQ },
	{ "a function that no longer begins as the one before it ends",
	  { ONE_FIRST(UNWIND("one", "1"), "", "0") },
	  { TWO_FIRST(UNWIND("two", "1"), UNWIND("one", "2"), "0") }, NE, "one",
	  "orc" },
	{ "a hash in front of a function moves with it",
	  { CFI("f", "0x1234") OTHER("g") }, { OTHER("g"), CFI("f", "0x1234") }, EQ },
	{ "another hash in front of a function", { CFI("f", "0x1234") },
	  { CFI("f", "0x1235") }, NE, "__cfi_f", "became" },
	{ "room in front of functions",
	  { OTHER("f") OTHER("g") }, { OTHER("g"), OTHER("f") }, EQ,
	  .flags = ISOLATED " -fpatchable-function-entry=8,8" },
	{ "more room in front of a function",
	  { OTHER("f") OTHER("g") },
	  { "__attribute__((patchable_function_entry(4, 4))) " OTHER("f") OTHER("g") },
	  NE, "f", "patchable-entry",
	  .flags = ISOLATED " -fpatchable-function-entry=8,8" },
	{ "places that a hypervisor patches",
	  { FUNCTION("f", PARAVIRT("4")) FUNCTION("g", PARAVIRT("5")) },
	  { FUNCTION("g", PARAVIRT("5")), FUNCTION("f", PARAVIRT("4")) }, EQ },
	{ "what a hypervisor patches", { FUNCTION("f", PARAVIRT("4")) },
	  { FUNCTION("f", PARAVIRT("5")) }, NE, "f", "paravirt-patch" },
	{ "two alternatives for one place",
	  { FUNCTION("f", TWO_ALTERNATIVES("7", "8")) OTHER("g") },
	  { OTHER("g"), FUNCTION("f", TWO_ALTERNATIVES("7", "8")) }, EQ },
	{ "order of two alternatives for one place",
	  { FUNCTION("f", TWO_ALTERNATIVES("7", "8")) },
	  { FUNCTION("f", TWO_ALTERNATIVES("8", "7")) }, NE, "f", "alternative" },
	{ "a call site in the alternatives of two functions",
	  { FUNCTION("f", ALTERNATIVE("7", "5: cpuid; .popsection; "
		     ".pushsection .retpoline_sites,\\\"a\\\"; .long 5b - .; "
		     ".popsection; .pushsection .altinstr_replacement,\\\"ax\\\""))
	    FUNCTION("g", ALTERNATIVE("7", "cpuid")) },
	  { FUNCTION("g", ALTERNATIVE("7", "5: cpuid; .popsection; "
		     ".pushsection .retpoline_sites,\\\"a\\\"; .long 5b - .; "
		     ".popsection; .pushsection .altinstr_replacement,\\\"ax\\\""))
	    FUNCTION("f", ALTERNATIVE("7", "cpuid")) }, NE, "f", "retpoline-site" },
	{ "bugs without a file",
	  { FUNCTION("f", SHORT_BUG("1")) FUNCTION("g", SHORT_BUG("3")) },
	  { FUNCTION("g", SHORT_BUG("3")), FUNCTION("f", SHORT_BUG("1")) }, EQ },
	{ "flags of a bug without a file", { FUNCTION("f", SHORT_BUG("1")) },
	  { FUNCTION("f", SHORT_BUG("3")) }, NE, "f", "bug" },
	{ "exceptions that name a handler",
	  { FUNCTION("f", HANDLED("h1")) FUNCTION("g", HANDLED("h2")) },
	  { FUNCTION("g", HANDLED("h2")), FUNCTION("f", HANDLED("h1")) }, EQ,
	  .only = 64 },
	{ "handler of an exception", { FUNCTION("f", HANDLED("h1")) },
	  { FUNCTION("f", HANDLED("h2")) }, NE, "f", "exception" },

	/* Tracing, messages, exports in other forms. */
	{ "tracepoints", { TRACEPOINT("a", "1") TRACEPOINT("b", "2") },
	  { TRACEPOINT("b", "2") TRACEPOINT("a", "1") }, EQ },
	{ "contents of a tracepoint", { TRACEPOINT("a", "1") },
	  { TRACEPOINT("a", "2") }, NE, "__tracepoint_a" },
	{ "a tracepoint that nobody lists any more",
	  { TRACEPOINT("a", "1") TRACEPOINT("b", "2") },
	  { TRACEPOINT("a", "1") UNLISTED("b", "2") }, NE, "__tracepoint_b",
	  "tracepoint" },
	{ "trace events", { EVENT("a") EVENT("b") }, { EVENT("b") EVENT("a") }, EQ },
	{ "a trace event that points elsewhere", { EVENT("a") EVENT("b") },
	  { EVENT("a") EVENT_OF("b", "a") }, NE, "__event_b", "event_b became event_a" },
	{ "names of values in traces", { EVAL("a", "1") EVAL("b", "2") },
	  { EVAL("b", "2") EVAL("a", "1") }, EQ },
	{ "a name's value in traces", { EVAL("a", "1") }, { EVAL("a", "2") }, NE },
	{ "the index of messages",
	  { EXT FUNCTION("f", MESSAGE("one")) FUNCTION("g", MESSAGE("two")) },
	  { EXT FUNCTION("g", MESSAGE("two")), EXT FUNCTION("f", MESSAGE("one")) },
	  EQ },
	{ "a message in the index", { EXT FUNCTION("f", MESSAGE("one")) },
	  { EXT FUNCTION("f", MESSAGE("onf")) }, NE },
	{ "a message that only the index has differently",
	  { EXT FUNCTION("f", INDEXED("one", "one")) },
	  { EXT FUNCTION("f", INDEXED("one", "two")) }, NE, "_entry" },
	{ "flags of things said once",
	  { EXT FUNCTION("f", SAID_ONCE) FUNCTION("g", SAID_ONCE) },
	  { EXT FUNCTION("g", SAID_ONCE), EXT FUNCTION("f", SAID_ONCE) }, EQ },
	{ "two places that share the flag of what is said once",
	  { EXT FUNCTION("f", SAID_ONCE) FUNCTION("g", SAID_ONCE) },
	  { EXT "static _Bool __attribute__((section(\".data..once\"))) d;"
	    FUNCTION("f", "if (!d) { d = 1; num(1, 2); }")
	    FUNCTION("g", "if (!d) { d = 1; num(1, 2); }") }, NE },
	{ "namespace of an export of older kernels",
	  { OTHER("f") KSYMTAB("f", "___ksymtab") KSYMTABNS("f", "A") },
	  { OTHER("f") KSYMTAB("f", "___ksymtab") KSYMTABNS("f", "B") }, NE,
	  "__kstrtabns_f" },
	{ "an export of older kernels is gone",
	  { OTHER("f") KSYMTAB("f", "___ksymtab") }, { OTHER("f") }, NE,
	  "__ksymtab_f", "export" },
	{ "a CRC of an export", { OTHER("f") CRC("f", "0x11") },
	  { OTHER("f") CRC("f", "0x12") }, NE, "__crc_f" },

	/* What modpost writes. */
	{ "versions that a module wants, in another order",
	  { VERSIONS(VERSION("f", "1") VERSION("g", "2") VERSION("h", "3")) },
	  { VERSIONS(VERSION("h", "3") VERSION("f", "1") VERSION("g", "2")) }, EQ },
	{ "another version that a module wants",
	  { VERSIONS(VERSION("f", "1") VERSION("g", "2")) },
	  { VERSIONS(VERSION("f", "1") VERSION("g", "3")) }, NE, "g",
	  "wants CRC 0x00000003" },
	{ "a version that a module does not want any more",
	  { VERSIONS(VERSION("f", "1") VERSION("g", "2")) },
	  { VERSIONS(VERSION("f", "1")) }, NE, "g", "before" },
	{ "modules that a module needs, in another order",
	  { INFO("depends1", "depends=a,b,c") OTHER("f") },
	  { INFO("depends2", "depends=c,a,b") OTHER("f") }, EQ },
	{ "modules that a module needs",
	  { INFO("depends1", "depends=a,b") OTHER("f") },
	  { INFO("depends2", "depends=a,c") OTHER("f") }, NE,
	  "__UNIQUE_ID_depends" },
	{ "the hash of a module's sources",
	  { INFO("srcversion1", "srcversion=AB") OTHER("f") },
	  { INFO("srcversion2", "srcversion=CD") OTHER("f") }, OK, ".modinfo",
	  "srcversion" },
	{ "the kernel that a module is for",
	  { INFO("vermagic1", "vermagic=6.12 SMP") OTHER("f") },
	  { INFO("vermagic2", "vermagic=6.13 SMP") OTHER("f") }, NE,
	  "__UNIQUE_ID_vermagic" },
	{ "a list that modpost did not write",
	  { INFO("alias1", "alias=a,b") OTHER("f") },
	  { INFO("alias2", "alias=b,a") OTHER("f") }, NE, "__UNIQUE_ID_alias" },
	{ "what a module is", { MODULE("f", "g") }, { MODULE("f", "g") }, EQ },
	{ "where a module begins and ends", { MODULE("f", "g") },
	  { MODULE("g", "f") }, NE, "__this_module", "f became g" },

	{ "a table that can be written to", { FUNCTION("f", EXCEPTION("3")) },
	  { FUNCTION("f", IN("__ex_table", "aw", ".long 1b - .; .long 1b + 1 - .; .long 3;")) },
	  NE, "__ex_table", "flags" },
	{ "a name in what is not loaded",
	  { OTHER("f") "asm(\".section .own; .globl l; l: .long 1; .previous\");" },
	  { OTHER("f") "asm(\".section .own; .globl m; m: .long 1; .previous\");" },
	  NE, "l", "is gone" },

	/* The books. */
	{ "an unknown table", { FUNCTION("f", IN("my_table", "a", ".long 7;")) },
	  { FUNCTION("f", IN("my_table", "a", ".long 7;")) }, UN, "my_table",
	  "no symbol, table or reference claims" },
	{ "a constant that nothing refers to", { CONSTANT("rodata", "a", ".ascii \\\"ab\\\";") },
	  { CONSTANT("rodata", "a", ".ascii \\\"ab\\\";") }, EQ },
	{ "another constant that nothing refers to",
	  { CONSTANT("rodata", "a", ".ascii \\\"ab\\\";") },
	  { CONSTANT("rodata", "a", ".ascii \\\"ac\\\";") }, UN, ".rodata", "claims" },
	{ "such a constant is gone", { CONSTANT("rodata", "a", ".ascii \\\"ab\\\";") },
	  { OTHER("f") }, UN, ".rodata", "claims" },
	{ "such a constant once more", { CONSTANT("rodata", "a", ".ascii \\\"ab\\\";") },
	  { CONSTANT("rodata", "a", ".ascii \\\"ab\\\"; .ascii \\\"ab\\\";") }, UN, ".rodata",
	  "claims" },
	{ "such a constant that can be written to",
	  { CONSTANT("data", "aw", ".ascii \\\"ab\\\";") },
	  { CONSTANT("data", "aw", ".ascii \\\"ab\\\";") }, UN, ".data", "claims" },
	{ "such a constant that refers to something",
	  { CONSTANT("rodata", "a", ".long f;") },
	  { CONSTANT("rodata", "a", ".long f;") }, UN, ".rodata" },
	{ "an unknown section of zeros",
	  { OTHER("f") "asm(\".section my_bss,\\\"aw\\\"; .zero 4\");" },
	  { OTHER("f") "asm(\".section my_bss,\\\"aw\\\"; .zero 4\");" }, UN,
	  "my_bss" },
	{ "an unknown table that symbols cover",
	  { "int a __attribute__((section(\"mine\"))) = 1;" OTHER("f") },
	  { OTHER("f") "int a __attribute__((section(\"mine\"))) = 1;" }, EQ },
	{ "a table of another shape",
	  { FUNCTION("f", IN("__ex_table", "a", ".long 1b - ., 7, 8, 9, 10;")) },
	  { FUNCTION("f", IN("__ex_table", "a", ".long 1b - ., 7, 8, 9, 10;")) },
	  UN, "__ex_table" },
	{ "a string that nobody reads",
	  { OTHER("f") "asm(\".section .rodata.str1.1,\\\"aMS\\\",@progbits,1; .asciz \\\"a\\\"\");" },
	  { OTHER("f") "asm(\".section .rodata.str1.1,\\\"aMS\\\",@progbits,1; .asciz \\\"b\\\"\");" },
	  NE },
	{ "a note", { OTHER("f") NOTE("5") OTHER("g") },
	  { OTHER("f") NOTE("5"), OTHER("g") NOTE("5") }, EQ },
	{ "another note", { OTHER("f") NOTE("5") }, { OTHER("f") NOTE("6") },
	  NE, ".note.x" },
	{ "a note that refers to something",
	  { OTHER("f") NOTE("f - .") }, { OTHER("f") NOTE("f - .") },
	  UN, ".note.x" },
	{ "a note of the tools", { OTHER("f") },
	  { OTHER("f") "asm(\".section .comment; .asciz \\\"x\\\"; .previous\");" },
	  OK, ".comment" },
};

int main(void)
{
	PAIR_TESTS(tests, pairs);

	return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
