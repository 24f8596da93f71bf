/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A piece as a row of words, for comparing what is not the same bytes: what the
 * compiler reads, comments kept apart, directives looked into. Names that the
 * contract renames are the same word under both spellings.
 */
#ifndef VERIFY_TEXT_WORDS_H
#define VERIFY_TEXT_WORDS_H

#include <stdint.h>

#include "text.h"

struct text_word {
	const char *s; /* its bytes, in the file */
	size_t len;
	size_t at; /* their offset in the file */
	enum token_kind kind;
	size_t name;	/* 1 + index of the rename it is a name of; 0 */
	bool space;	/* white space stands before it */
	bool directive; /* it stands in one */
	bool linkage;	/* static or inline, in the head of a definition */
	bool outside;	/* in the head, and in no parenthesis */
};

struct text_words {
	const char *text;    /* of the file */
	struct text_word *v; /* owned */
	size_t nr, alloc;
	size_t head; /* index of the first word behind the head: the body,
			the '=' of an initialiser; nr if there is none */
};

/* What words mean the same: the pairs of a contract, or a guess at them. */
struct word_names {
	const struct renamed *v;
	size_t nr;
};

void text_words_read(const struct text_side *side, const struct piece *piece,
		     const struct word_names *names, struct text_words *ret);
void text_words_release(struct text_words *words);

/* Index of the next word at or behind i that is code; nr at the end. */
size_t text_words_next(const struct text_words *words, size_t i);
bool text_words_same(const struct text_word *a, const struct text_word *b);
bool word_is(const struct text_word *word, const char *s);

/* Equal for pieces whose code is the same, linkage aside. */
uint64_t text_words_hash(const struct text_words *words);
/* As that, every identifier counted as any other. */
uint64_t text_words_skeleton(const struct text_words *words);

/* How two pieces of the same code differ. */
struct wording {
	bool code; /* they have not the same code; the rest is not told */
	size_t code_at[2]; /* index of the first word that differs, or nr */
	bool names;	   /* some names became others */
	bool linkage;	   /* static or inline went or came */
	bool comment;	   /* a comment is another one, gone or new */
	size_t comment_at; /* offset of it in the new file */
	bool aligned;	   /* white space follows from names or linkage */
	bool space;	   /* white space changed for no such reason */
	size_t space_at;   /* offset of it in the new file */
};

void text_words_compare(const struct text_words *a, const struct text_words *b,
			const struct word_names *names, struct wording *ret);

#endif
