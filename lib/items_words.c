// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a word at the top level is, as far as its spelling tells. The lexer
 * does not expand macros, so the kernel's attribute macros are listed: only
 * those that can stand next to a declared name and would be taken for it.
 *
 * Anything else that begins with two underscores and holds no capital is
 * WORD_MAYBE: position decides (items_decl.c).
 */
#include "items_internal.h"

struct known {
	const char *word;
	enum word_class class;
};

/* Sorted bytewise. */
static const struct known table[] = {
	{ "_Alignas", WORD_ATTRIBUTE },
	{ "_Atomic", WORD_TYPEOF },
	{ "_BitInt", WORD_TYPEOF },
	{ "_Bool", WORD_TYPE },
	{ "_Complex", WORD_TYPE },
	{ "_Float128", WORD_TYPE },
	{ "_Float16", WORD_TYPE },
	{ "_Float32", WORD_TYPE },
	{ "_Float64", WORD_TYPE },
	{ "_Noreturn", WORD_SPECIFIER },
	{ "_Static_assert", WORD_ASSERT },
	{ "_Thread_local", WORD_SPECIFIER },
	{ "____cacheline_aligned", WORD_SPECIFIER },
	{ "____cacheline_aligned_in_smp", WORD_SPECIFIER },
	{ "____cacheline_internodealigned_in_smp", WORD_SPECIFIER },
	{ "__acquires", WORD_ATTRIBUTE },
	{ "__alias", WORD_ATTRIBUTE },
	{ "__aligned", WORD_ATTRIBUTE },
	{ "__alloc_size", WORD_ATTRIBUTE },
	{ "__always_inline", WORD_INLINE },
	{ "__always_unused", WORD_SPECIFIER },
	{ "__asm", WORD_ASM },
	{ "__asm__", WORD_ASM },
	{ "__assume_aligned", WORD_ATTRIBUTE },
	{ "__attribute", WORD_ATTRIBUTE },
	{ "__attribute__", WORD_ATTRIBUTE },
	{ "__attribute_const__", WORD_SPECIFIER },
	{ "__auto_type", WORD_TYPE },
	{ "__be16", WORD_TYPENAME },
	{ "__be32", WORD_TYPENAME },
	{ "__be64", WORD_TYPENAME },
	{ "__bitwise", WORD_SPECIFIER },
	{ "__bpf_kfunc", WORD_SPECIFIER },
	{ "__builtin_va_list", WORD_TYPENAME },
	{ "__cacheline_aligned", WORD_SPECIFIER },
	{ "__cacheline_aligned_in_smp", WORD_SPECIFIER },
	{ "__cold", WORD_SPECIFIER },
	{ "__compiletime_error", WORD_ATTRIBUTE },
	{ "__compiletime_warning", WORD_ATTRIBUTE },
	{ "__cond_acquires", WORD_ATTRIBUTE },
	{ "__const", WORD_SPECIFIER },
	{ "__const__", WORD_SPECIFIER },
	{ "__copy", WORD_ATTRIBUTE },
	{ "__counted_by", WORD_ATTRIBUTE },
	{ "__cpuidle", WORD_SPECIFIER },
	{ "__declspec", WORD_ATTRIBUTE },
	{ "__deprecated", WORD_SPECIFIER },
	{ "__designated_init", WORD_SPECIFIER },
	{ "__diagnose_as", WORD_ATTRIBUTE },
	{ "__exit", WORD_SPECIFIER },
	{ "__exitdata", WORD_SPECIFIER },
	{ "__extension__", WORD_SPECIFIER },
	{ "__fallthrough", WORD_SPECIFIER },
	{ "__flatten", WORD_SPECIFIER },
	{ "__force", WORD_SPECIFIER },
	{ "__func_align", WORD_SPECIFIER },
	{ "__guarded_by", WORD_ATTRIBUTE },
	{ "__head", WORD_SPECIFIER },
	{ "__init", WORD_SPECIFIER },
	{ "__init_memblock", WORD_SPECIFIER },
	{ "__init_or_module", WORD_SPECIFIER },
	{ "__initconst", WORD_SPECIFIER },
	{ "__initdata", WORD_SPECIFIER },
	{ "__initdata_memblock", WORD_SPECIFIER },
	{ "__inline", WORD_INLINE },
	{ "__inline__", WORD_INLINE },
	{ "__int128", WORD_TYPE },
	{ "__int128_t", WORD_TYPENAME },
	{ "__iomem", WORD_SPECIFIER },
	{ "__kernel", WORD_SPECIFIER },
	{ "__le16", WORD_TYPENAME },
	{ "__le32", WORD_TYPENAME },
	{ "__le64", WORD_TYPENAME },
	{ "__malloc", WORD_SPECIFIER },
	{ "__maybe_unused", WORD_SPECIFIER },
	{ "__meminit", WORD_SPECIFIER },
	{ "__must_check", WORD_SPECIFIER },
	{ "__must_hold", WORD_ATTRIBUTE },
	{ "__naked", WORD_SPECIFIER },
	{ "__no_caller_saved_registers", WORD_SPECIFIER },
	{ "__no_kasan_or_inline", WORD_SPECIFIER },
	{ "__no_kcsan", WORD_SPECIFIER },
	{ "__no_randomize_layout", WORD_SPECIFIER },
	{ "__no_sanitize", WORD_ATTRIBUTE },
	{ "__no_sanitize_address", WORD_SPECIFIER },
	{ "__no_sanitize_memory", WORD_SPECIFIER },
	{ "__no_sanitize_or_inline", WORD_SPECIFIER },
	{ "__no_sanitize_thread", WORD_SPECIFIER },
	{ "__no_sanitize_undefined", WORD_SPECIFIER },
	{ "__no_stack_protector", WORD_SPECIFIER },
	{ "__noclone", WORD_SPECIFIER },
	{ "__noendbr", WORD_SPECIFIER },
	{ "__noinitretpoline", WORD_SPECIFIER },
	{ "__noinline", WORD_SPECIFIER },
	{ "__nonstring", WORD_SPECIFIER },
	{ "__noreturn", WORD_SPECIFIER },
	{ "__nosavedata", WORD_SPECIFIER },
	{ "__packed", WORD_SPECIFIER },
	{ "__percpu", WORD_SPECIFIER },
	{ "__printf", WORD_ATTRIBUTE },
	{ "__private", WORD_SPECIFIER },
	{ "__pure", WORD_SPECIFIER },
	{ "__randomize_layout", WORD_SPECIFIER },
	{ "__rcu", WORD_SPECIFIER },
	{ "__read_mostly", WORD_SPECIFIER },
	{ "__realloc_size", WORD_ATTRIBUTE },
	{ "__ref", WORD_SPECIFIER },
	{ "__refdata", WORD_SPECIFIER },
	{ "__releases", WORD_ATTRIBUTE },
	{ "__restrict", WORD_SPECIFIER },
	{ "__restrict__", WORD_SPECIFIER },
	{ "__ro_after_init", WORD_SPECIFIER },
	{ "__s16", WORD_TYPENAME },
	{ "__s32", WORD_TYPENAME },
	{ "__s64", WORD_TYPENAME },
	{ "__s8", WORD_TYPENAME },
	{ "__scanf", WORD_ATTRIBUTE },
	{ "__sched", WORD_SPECIFIER },
	{ "__section", WORD_ATTRIBUTE },
	{ "__signed", WORD_TYPE },
	{ "__signed__", WORD_TYPE },
	{ "__sum16", WORD_TYPENAME },
	{ "__thread", WORD_SPECIFIER },
	{ "__typeof", WORD_TYPEOF },
	{ "__typeof__", WORD_TYPEOF },
	{ "__typeof_unqual__", WORD_TYPEOF },
	{ "__u16", WORD_TYPENAME },
	{ "__u32", WORD_TYPENAME },
	{ "__u64", WORD_TYPENAME },
	{ "__u8", WORD_TYPENAME },
	{ "__uint128_t", WORD_TYPENAME },
	{ "__used", WORD_SPECIFIER },
	{ "__user", WORD_SPECIFIER },
	{ "__visible", WORD_SPECIFIER },
	{ "__volatile", WORD_SPECIFIER },
	{ "__volatile__", WORD_SPECIFIER },
	{ "__vsyscall", WORD_SPECIFIER },
	{ "__weak", WORD_SPECIFIER },
	{ "__wsum", WORD_TYPENAME },
	{ "alignas", WORD_ATTRIBUTE },
	{ "asm", WORD_ASM },
	{ "asmlinkage", WORD_SPECIFIER },
	{ "auto", WORD_SPECIFIER },
	{ "bool", WORD_TYPENAME },
	{ "break", WORD_STATEMENT },
	{ "case", WORD_STATEMENT },
	{ "char", WORD_TYPE },
	{ "const", WORD_SPECIFIER },
	{ "continue", WORD_STATEMENT },
	{ "default", WORD_STATEMENT },
	{ "do", WORD_STATEMENT },
	{ "double", WORD_TYPE },
	{ "else", WORD_STATEMENT },
	{ "enum", WORD_TAG },
	{ "extern", WORD_EXTERN },
	{ "fastcall", WORD_SPECIFIER },
	{ "float", WORD_TYPE },
	{ "for", WORD_STATEMENT },
	{ "goto", WORD_STATEMENT },
	{ "if", WORD_STATEMENT },
	{ "inline", WORD_INLINE },
	{ "int", WORD_TYPE },
	{ "long", WORD_TYPE },
	{ "noinline", WORD_SPECIFIER },
	{ "noinline_for_stack", WORD_SPECIFIER },
	{ "noinstr", WORD_SPECIFIER },
	{ "nokprobe_inline", WORD_INLINE },
	{ "notrace", WORD_SPECIFIER },
	{ "register", WORD_SPECIFIER },
	{ "restrict", WORD_SPECIFIER },
	{ "return", WORD_STATEMENT },
	{ "s16", WORD_TYPENAME },
	{ "s32", WORD_TYPENAME },
	{ "s64", WORD_TYPENAME },
	{ "s8", WORD_TYPENAME },
	{ "short", WORD_TYPE },
	{ "signed", WORD_TYPE },
	{ "sizeof", WORD_STATEMENT },
	{ "static", WORD_STATIC },
	{ "static_assert", WORD_ASSERT },
	{ "struct", WORD_TAG },
	{ "switch", WORD_STATEMENT },
	{ "typedef", WORD_TYPEDEF },
	{ "typeof", WORD_TYPEOF },
	{ "typeof_unqual", WORD_TYPEOF },
	{ "u16", WORD_TYPENAME },
	{ "u32", WORD_TYPENAME },
	{ "u64", WORD_TYPENAME },
	{ "u8", WORD_TYPENAME },
	{ "union", WORD_TAG },
	{ "unsigned", WORD_TYPE },
	{ "void", WORD_TYPE },
	{ "volatile", WORD_SPECIFIER },
	{ "while", WORD_STATEMENT },
};

/* __setup("x", f) and the like are calls, however much they look like attributes. */
static bool is_call_word(const char *s, size_t len)
{
	static const char *const calls[] = {
		"__setup", "__setup_param", "__initcall", "__exitcall",
		"__define_initcall", "__cpuhp_setup",
	};

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		if (strlen(calls[i]) == len && !memcmp(calls[i], s, len))
			return true;
	return false;
}

static bool has_range(const char *s, size_t len, char from, char to)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] >= from && s[i] <= to)
			return true;
	return false;
}

bool word_is_upper(const char *s, size_t len)
{
	return has_range(s, len, 'A', 'Z') && !has_range(s, len, 'a', 'z');
}

static int compare(const char *s, size_t len, const char *word)
{
	int order = strncmp(s, word, len);

	return order ? order : word[len] ? -1 : 0;
}

enum word_class word_class(const char *s, size_t len)
{
	size_t low = 0, high = ARRAY_SIZE(table);

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare(s, len, table[middle].word);

		if (!order)
			return table[middle].class;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	if (len > 2 && s[0] == '_' && s[1] == '_' &&
	    !has_range(s, len, 'A', 'Z') && !is_call_word(s, len))
		return WORD_MAYBE;
	return WORD_PLAIN;
}
