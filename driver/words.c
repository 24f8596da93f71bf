// SPDX-License-Identifier: GPL-2.0-only
/*
 * A unit of the kernel has a million tokens and fifty thousand spellings: the
 * text is lexed once, in pieces, and from then on numbers are compared. The
 * pieces are small because the lexer's own tokens take ten times the text, and
 * memory that is asked for the first time costs more than lexing.
 */
#define _GNU_SOURCE
#include "words.h"

#include <ctype.h>

#define HASH_FUNCTION(key, len, hash) ((hash) = hash_spelling((key), (len)))
#include "lib/hash.h"

#define PIECE ((size_t)256 * 1024)

struct words_entry {
	UT_hash_handle hh;
	uint32_t number;
	char text[];
};

struct known {
	const char *text;
	enum word_kind kind;
};

static const struct known language[] = {
	{ "void", WORDS_TYPE },		{ "char", WORDS_TYPE },
	{ "short", WORDS_TYPE },	{ "int", WORDS_TYPE },
	{ "long", WORDS_TYPE },		{ "float", WORDS_TYPE },
	{ "double", WORDS_TYPE },	{ "signed", WORDS_TYPE },
	{ "unsigned", WORDS_TYPE },	{ "_Bool", WORDS_TYPE },
	{ "__signed__", WORDS_TYPE },	{ "__int128", WORDS_TYPE },
	{ "const", WORDS_QUALIFIER },	{ "volatile", WORDS_QUALIFIER },
	{ "__const", WORDS_QUALIFIER },	{ "__volatile__", WORDS_QUALIFIER },
	{ "restrict", WORDS_QUALIFIER }, { "__restrict", WORDS_QUALIFIER },
	{ "__extension__", WORDS_QUALIFIER },
	{ "extern", WORDS_EXTERN },	{ "static", WORDS_STATIC },
	{ "inline", WORDS_INLINE },	{ "__inline", WORDS_INLINE },
	{ "__inline__", WORDS_INLINE },	{ "typedef", WORDS_TYPEDEF },
	{ "struct", WORDS_TAG },	{ "union", WORDS_TAG },
	{ "enum", WORDS_TAG },		{ "__attribute__", WORDS_ATTRIBUTE },
	{ "__attribute", WORDS_ATTRIBUTE },
	{ "auto", WORDS_KEYWORD },	{ "register", WORDS_KEYWORD },
	{ "__thread", WORDS_KEYWORD },	{ "_Thread_local", WORDS_KEYWORD },
	{ "thread_local", WORDS_KEYWORD }, { "_Noreturn", WORDS_KEYWORD },
	{ "constexpr", WORDS_KEYWORD },	{ "__auto_type", WORDS_KEYWORD },
	{ "asm", WORDS_KEYWORD },	{ "__asm", WORDS_KEYWORD },
	{ "__asm__", WORDS_KEYWORD },	{ "typeof", WORDS_KEYWORD },
	{ "__typeof", WORDS_KEYWORD },	{ "__typeof__", WORDS_KEYWORD },
	{ "typeof_unqual", WORDS_KEYWORD },
	{ "__typeof_unqual__", WORDS_KEYWORD },
	{ "_Alignas", WORDS_KEYWORD },	{ "alignas", WORDS_KEYWORD },
	{ "_Atomic", WORDS_KEYWORD },	{ "_Generic", WORDS_KEYWORD },
	{ "_Static_assert", WORDS_KEYWORD },
	{ "static_assert", WORDS_KEYWORD },
	{ "sizeof", WORDS_KEYWORD },	{ "__declspec", WORDS_KEYWORD },
	{ "if", WORDS_KEYWORD },	{ "else", WORDS_KEYWORD },
	{ "for", WORDS_KEYWORD },	{ "while", WORDS_KEYWORD },
	{ "do", WORDS_KEYWORD },	{ "switch", WORDS_KEYWORD },
	{ "case", WORDS_KEYWORD },	{ "default", WORDS_KEYWORD },
	{ "break", WORDS_KEYWORD },	{ "continue", WORDS_KEYWORD },
	{ "return", WORDS_KEYWORD },	{ "goto", WORDS_KEYWORD },
	{ "__label__", WORDS_KEYWORD },
};

static enum word_kind kind_of(enum token_kind kind)
{
	switch (kind) {
	case TOKEN_IDENT:
		return WORDS_NAME;
	case TOKEN_PUNCT:
		return WORDS_PUNCT;
	case TOKEN_STRING:
		return WORDS_STRING;
	case TOKEN_DIRECTIVE:
		return WORDS_DIRECTIVE;
	default:
		return WORDS_OTHER;
	}
}

/* Spellings that would need more than a look at their bytes. */
static bool is_odd(const char *text, size_t len, enum token_kind kind)
{
	if (kind == TOKEN_IDENT)
		return memchr(text, '\\', len);
	return kind == TOKEN_PUNCT && len > 1 &&
	       (memchr(text, '\\', len) ||
		(*text == '<' && (text[1] == ':' || text[1] == '%')) ||
		((*text == ':' || *text == '%') && text[1] == '>') ||
		(*text == '%' && text[1] == ':'));
}

static uint32_t add_entry(struct words *w, const char *text, size_t len,
			  enum token_kind kind, unsigned int hash)
{
	struct words_entry *e = xcalloc(1, sizeof(*e) + len + 1);

	memcpy(e->text, text, len);
	e->number = w->nr_words;
	HASH_ADD_KEYPTR_BYHASHVALUE(hh, w->table, e->text, len, hash, e);
	w->odd |= is_odd(text, len, kind);
	ARRAY_GROW(w->word, w->nr_words, w->alloc_words);
	w->word[w->nr_words] = (struct word){
		.text = e->text,
		.len = len,
		.kind = kind_of(kind),
		.punct = kind == TOKEN_PUNCT && len == 1 ? *text : 0,
		.placed = strstr(e->text, WORDS_LINE) ||
			  strstr(e->text, WORDS_FILE),
	};
	return w->nr_words++;
}

uint32_t words_number(struct words *w, const char *text, size_t len,
		      enum token_kind kind)
{
	unsigned int hash = hash_spelling(text, len);
	struct words_entry *e;

	HASH_FIND_BYHASHVALUE(hh, w->table, text, len, hash, e);
	return e ? e->number : add_entry(w, text, len, kind, hash);
}

static void add_language(struct words *w)
{
	ARRAY_GROW(w->word, w->nr_words, w->alloc_words);
	w->word[w->nr_words++] = (struct word){ .text = "",
						.kind = WORDS_OTHER };
	for (size_t i = 0; i < ARRAY_SIZE(language); i++) {
		const char *text = language[i].text;
		uint32_t n = words_number(w, text, strlen(text), TOKEN_IDENT);

		w->word[n].kind = language[i].kind;
	}
}

/* A line marker: where a line came from, which is not what it says. */
static bool is_linemarker(const struct tokens *t, size_t i)
{
	size_t len;
	const char *name = token_directive(t, i, &len);

	return len && (isdigit((unsigned char)*name) ||
		       (len == 4 && !strncmp(name, "line", 4)));
}

/* Where the line behind the last marker is from. */
struct reader {
	struct words *w;
	size_t base;	   /* lines in front of the piece at hand */
	size_t marker;	   /* line of the text that the marker is on */
	unsigned long line; /* what it says of the line behind it */
	uint32_t file;
};

/* # 12 "path" 1 3 */
static void read_marker(struct reader *r, const char *text,
			const struct token *t)
{
	const char *end = text + t->end, *number = text + t->begin;
	const char *open, *close;

	while (number < end && !isdigit((unsigned char)*number))
		number++;
	open = memchr(number, '"', (size_t)(end - number));
	close = open ? memrchr(open, '"', (size_t)(end - open)) : NULL;
	r->line = strtoul(number, NULL, 10);
	r->marker = r->base + t->line;
	if (close && close > open)
		r->file = words_number(r->w, open, (size_t)(close - open) + 1,
				       TOKEN_STRING);
}

static void add_place(const struct reader *r, const struct token *t)
{
	struct words *w = r->w;

	ARRAY_GROW(w->places, w->nr_places, w->alloc_places);
	w->places[w->nr_places++] = (struct place){
		.token = w->nr - 1,
		.file = r->file,
		.line = r->line + (r->base + t->line - r->marker - 1),
	};
}

static void add_piece(struct reader *r, const char *text, size_t len)
{
	struct words *w = r->w;
	struct tokens t;

	lex(text, len, &t);
	for (size_t i = 0; i < t.nr; i++) {
		const struct token *token = &t.v[i];

		if (!token_is_code(token))
			continue;
		if (token->kind == TOKEN_DIRECTIVE && is_linemarker(&t, i)) {
			read_marker(r, text, token);
			continue;
		}
		w->odd |= token->bad;
		ARRAY_GROW(w->v, w->nr, w->alloc);
		w->v[w->nr++] = words_number(w, text + token->begin,
					     token->end - token->begin,
					     token->kind);
		if (w->word[w->v[w->nr - 1]].placed)
			add_place(r, token);
	}
	tokens_release(&t);
	for (size_t i = 0; i < len; i++)
		r->base += text[i] == '\n';
}

/* Behind the first newline at or behind 'at' that ends a line as written. */
static size_t end_of_piece(const char *text, size_t len, size_t at)
{
	while (at < len &&
	       !(text[at] == '\n' && at && text[at - 1] != '\\'))
		at++;
	return at < len ? at + 1 : len;
}

void words_read(const char *text, size_t len, struct words *ret)
{
	struct reader r = { .w = ret };

	*ret = (struct words){ 0 };
	add_language(ret);
	for (size_t begin = 0, end; begin < len; begin = end) {
		end = end_of_piece(text, len, begin + PIECE);
		add_piece(&r, text + begin, end - begin);
	}
}

void words_release(struct words *w)
{
	struct words_entry *e = w->table, *next;

	HASH_CLEAR(hh, w->table);
	for (; e; e = next) {
		next = e->hh.next;
		free(e);
	}
	free(w->v);
	free(w->places);
	free(w->word);
}

struct store_key words_key(const struct words *w)
{
	_cleanup_(buf_release) struct buf all = BUF_INIT;

	for (size_t i = 0; i < w->nr; i++) {
		const struct word *word = &w->word[w->v[i]];

		/* the NUL keeps "a b" and "ab" apart */
		buf_add(&all, word->text, word->len + 1);
	}
	return store_key_of(all.data, all.len);
}
