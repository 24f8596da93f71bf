/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Preprocessed text as an array of numbers, one a code token: every spelling
 * has one number. Line markers are left out, other directives stay.
 */
#ifndef DRIVER_WORDS_H
#define DRIVER_WORDS_H

#include <stdint.h>

#include "lib/lex.h"
#include "lib/store.h"

/*
 * What texts of the isolation build have in place of __LINE__ and __FILE__
 * (isolate_flags.c), pasted into a name or a string too. __LINE__ must stay a
 * number, which #if could ask for.
 */
#define WORDS_LINE "0x11fe11fe"
#define WORDS_FILE "__FILE__"

/* What a spelling is to somebody who cuts a text into declarations. */
enum word_kind {
	WORDS_NAME,	 /* an identifier that is no word of the language */
	WORDS_TYPE,	 /* int, void, _Bool... */
	WORDS_QUALIFIER, /* const, volatile, __extension__... */
	WORDS_EXTERN,
	WORDS_STATIC,
	WORDS_INLINE,
	WORDS_TYPEDEF,
	WORDS_TAG,	 /* struct, union, enum */
	WORDS_ATTRIBUTE, /* __attribute__ */
	WORDS_KEYWORD,	 /* any other word of the language */
	WORDS_PUNCT,	 /* an operator; its first byte tells brackets apart */
	WORDS_STRING,
	WORDS_DIRECTIVE, /* #pragma ... */
	WORDS_OTHER,	 /* numbers, character constants */
};

struct word {
	const char *text;
	uint32_t len;
	unsigned char kind;  /* enum word_kind */
	char punct;	     /* WORDS_PUNCT of one byte: that byte; else 0 */
	bool placed;	     /* WORDS_LINE or WORDS_FILE is in it */
};

/* Where a token stands that has its place in it, as the line markers say. */
struct place {
	size_t token;	     /* index in words.v */
	uint32_t file;	     /* number of the path in its quotes; 0: none */
	unsigned int line;
};

struct words_entry; /* a spelling, in words.c */

struct words {
	uint32_t *v;	     /* owned: the tokens of the text, as numbers */
	size_t nr, alloc;
	struct word *word;   /* owned: by number; 0 is none */
	size_t nr_words, alloc_words;
	struct words_entry *table; /* owned: the spellings */
	struct place *places; /* owned: by token */
	size_t nr_places, alloc_places;
	bool odd;	     /* it has splices in names, or digraphs */
};

/* Reads len bytes of text, which need not outlive ret. Cannot fail. */
void words_read(const char *text, size_t len, struct words *ret);
void words_release(struct words *w);

static inline const char *words_text(const struct words *w, uint32_t number)
{
	return w->word[number].text;
}

/* The number of a spelling, which it gets now if it has none. */
uint32_t words_number(struct words *w, const char *text, size_t len,
		      enum token_kind kind);

/* The content key of all tokens, in their order. */
struct store_key words_key(const struct words *w);

#endif
