// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spellings to numbers. A unit has a million tokens and fifty thousand
 * spellings: after this, no string is compared again. The words of the
 * language come first, so that the code can name them.
 */
#define _GNU_SOURCE
#include "tokens.h"

#define HASH_FUNCTION(key, len, hash) ((hash) = hash_spelling((key), (len)))
#include "lib/hash.h"

struct pool_entry {
	UT_hash_handle hh;
	sym number;
	char text[];
};

struct word {
	const char *text;
	enum word_class class;
};

/* In the order of the S_ numbers. */
static const struct word numbered[S_NR] = {
	[S_NONE] = { "", WORD_OTHER },
	[S_STATIC] = { "static", WORD_STORAGE },
	[S_EXTERN] = { "extern", WORD_STORAGE },
	[S_REGISTER] = { "register", WORD_STORAGE },
	[S_TYPEDEF] = { "typedef", WORD_STORAGE },
	[S_INLINE] = { "inline", WORD_STORAGE },
	[S_INLINE2] = { "__inline", WORD_STORAGE },
	[S_INLINE3] = { "__inline__", WORD_STORAGE },
	[S_CONST] = { "const", WORD_QUALIFIER },
	[S_STRUCT] = { "struct", WORD_TAG },
	[S_UNION] = { "union", WORD_TAG },
	[S_ENUM] = { "enum", WORD_TAG },
	[S_TYPEOF] = { "typeof", WORD_TYPEOF },
	[S_TYPEOF2] = { "__typeof__", WORD_TYPEOF },
	[S_TYPEOF3] = { "__typeof", WORD_TYPEOF },
	[S_ATTRIBUTE] = { "__attribute__", WORD_ATTRIBUTE },
	[S_ATTRIBUTE2] = { "__attribute", WORD_ATTRIBUTE },
	[S_ASM] = { "asm", WORD_ASM },
	[S_ASM2] = { "__asm__", WORD_ASM },
	[S_ASM3] = { "__asm", WORD_ASM },
	[S_ASSERT] = { "_Static_assert", WORD_OTHER },
	[S_EXTENSION] = { "__extension__", WORD_STORAGE },
	[S_LABEL] = { "__label__", WORD_STATEMENT },
	[S_OFFSETOF] = { "__builtin_offsetof", WORD_OTHER },
	[S_IF] = { "if", WORD_STATEMENT },
	[S_ELSE] = { "else", WORD_STATEMENT },
	[S_FOR] = { "for", WORD_STATEMENT },
	[S_WHILE] = { "while", WORD_STATEMENT },
	[S_DO] = { "do", WORD_STATEMENT },
	[S_SWITCH] = { "switch", WORD_STATEMENT },
	[S_CASE] = { "case", WORD_STATEMENT },
	[S_DEFAULT] = { "default", WORD_STATEMENT },
	[S_GOTO] = { "goto", WORD_STATEMENT },
	[S_RETURN] = { "return", WORD_STATEMENT },
	[S_ALIGNAS] = { "_Alignas", WORD_TYPEOF },
	[S_OPEN] = { "(", WORD_PLAIN },
	[S_CLOSE] = { ")", WORD_PLAIN },
	[S_OPEN_BRACE] = { "{", WORD_PLAIN },
	[S_CLOSE_BRACE] = { "}", WORD_PLAIN },
	[S_OPEN_INDEX] = { "[", WORD_PLAIN },
	[S_CLOSE_INDEX] = { "]", WORD_PLAIN },
	[S_SEMICOLON] = { ";", WORD_PLAIN },
	[S_COMMA] = { ",", WORD_PLAIN },
	[S_COLON] = { ":", WORD_PLAIN },
	[S_ASSIGN] = { "=", WORD_PLAIN },
	[S_STAR] = { "*", WORD_PLAIN },
	[S_DOT] = { ".", WORD_PLAIN },
	[S_ARROW] = { "->", WORD_PLAIN },
	[S_AND_AND] = { "&&", WORD_PLAIN },
	[S_ELLIPSIS] = { "...", WORD_PLAIN },
	[S_QUESTION] = { "?", WORD_PLAIN },
};

static const struct word others[] = {
	{ "auto", WORD_STORAGE },	   { "_Noreturn", WORD_STORAGE },
	{ "__thread", WORD_STORAGE },	   { "_Thread_local", WORD_STORAGE },
	{ "volatile", WORD_QUALIFIER },
	{ "__volatile__", WORD_QUALIFIER }, { "__volatile", WORD_QUALIFIER },
	{ "__const", WORD_QUALIFIER },	   { "__const__", WORD_QUALIFIER },
	{ "restrict", WORD_QUALIFIER },	   { "__restrict", WORD_QUALIFIER },
	{ "__restrict__", WORD_QUALIFIER }, { "_Atomic", WORD_QUALIFIER },
	{ "__seg_gs", WORD_QUALIFIER },	   { "__seg_fs", WORD_QUALIFIER },
	{ "void", WORD_TYPE },		   { "char", WORD_TYPE },
	{ "short", WORD_TYPE },		   { "int", WORD_TYPE },
	{ "long", WORD_TYPE },		   { "float", WORD_TYPE },
	{ "double", WORD_TYPE },	   { "signed", WORD_TYPE },
	{ "unsigned", WORD_TYPE },	   { "__signed__", WORD_TYPE },
	{ "__signed", WORD_TYPE },	   { "_Bool", WORD_TYPE },
	{ "_Complex", WORD_TYPE },	   { "__int128", WORD_TYPE },
	{ "__int128_t", WORD_TYPE },	   { "__uint128_t", WORD_TYPE },
	{ "__builtin_va_list", WORD_TYPE }, { "__auto_type", WORD_TYPE },
	{ "_Float128", WORD_TYPE },	   { "__float128", WORD_TYPE },
	{ "break", WORD_STATEMENT },	   { "continue", WORD_STATEMENT },
	{ "sizeof", WORD_OTHER },	   { "_Alignof", WORD_OTHER },
	{ "__alignof__", WORD_OTHER },	   { "__alignof", WORD_OTHER },
	{ "_Generic", WORD_OTHER },	   { "__func__", WORD_OTHER },
	{ "__FUNCTION__", WORD_OTHER },	   { "__PRETTY_FUNCTION__", WORD_OTHER },
	{ "__real__", WORD_OTHER },	   { "__imag__", WORD_OTHER },
};

static sym add_entry(struct pool *pool, const char *text, size_t len,
		     enum token_kind kind, unsigned int hash)
{
	struct pool_entry *entry;

	entry = xcalloc(1, sizeof(*entry) + len + 1);
	memcpy(entry->text, text, len);
	entry->number = pool->nr;
	HASH_ADD_KEYPTR_BYHASHVALUE(hh, pool->table, entry->text, len, hash,
				    entry);
	if (pool->nr >= pool->alloc) {
		pool->alloc = pool->alloc ? pool->alloc * 2 : 4096;
		pool->v = xrealloc(pool->v, pool->alloc, sizeof(*pool->v));
		pool->info = xrealloc(pool->info, pool->alloc,
				      sizeof(*pool->info));
	}
	pool->v[pool->nr] = entry;
	pool->info[pool->nr] = (struct sym_info){ kind, WORD_PLAIN };
	return pool->nr++;
}

static sym add_spelling(struct pool *pool, const char *text, size_t len,
			enum token_kind kind)
{
	unsigned int hash = hash_spelling(text, len);
	struct pool_entry *entry;

	HASH_FIND_BYHASHVALUE(hh, pool->table, text, len, hash, entry);
	return entry ? entry->number : add_entry(pool, text, len, kind, hash);
}

sym pool_add(struct pool *pool, const char *text, size_t len,
	     enum token_kind kind)
{
	sym *single = &pool->single[(unsigned char)*text];

	if (len != 1)
		return add_spelling(pool, text, len, kind);
	/* Half of all tokens are brackets, commas and the like. */
	if (!*single)
		*single = add_spelling(pool, text, len, kind);
	return *single;
}

static void add_word(struct pool *pool, const struct word *word)
{
	enum token_kind kind = word->class == WORD_PLAIN ? TOKEN_PUNCT :
							   TOKEN_IDENT;
	sym s = pool_add(pool, word->text, strlen(word->text), kind);

	pool->info[s].class = word->class;
}

void pool_init(struct pool *pool)
{
	*pool = (struct pool){ 0 };
	for (size_t i = 0; i < S_NR; i++)
		add_word(pool, &numbered[i]);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		add_word(pool, &others[i]);
}

void pool_release(struct pool *pool)
{
	HASH_CLEAR(hh, pool->table);
	for (size_t i = 0; i < pool->nr; i++)
		free(pool->v[i]);
	free(pool->v);
	free(pool->info);
}

sym pool_find(const struct pool *pool, const char *text)
{
	struct pool_entry *entry;
	size_t len = strlen(text);

	HASH_FIND_BYHASHVALUE(hh, pool->table, text, len,
			      hash_spelling(text, len), entry);
	return entry ? entry->number : 0;
}

const char *pool_text(const struct pool *pool, sym s)
{
	return pool->v[s]->text;
}
