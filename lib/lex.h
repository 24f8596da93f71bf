/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A C lexer for sources as they are written and for preprocessed text: it
 * never expands anything, never fails, and its tokens cover every byte.
 *
 * Line splices (backslash-newline) are seen through everywhere (C11 5.1.1.2
 * phase 2): inside identifiers, strings, comments and directives. As gcc and
 * clang have it, blanks may stand between the backslash and the newline.
 * Identifiers may hold $ and bytes from 0x80 up (UTF-8). Numbers are
 * preprocessing numbers (C11 6.4.8). A byte that starts no token is a
 * one-byte TOKEN_PUNCT. An unterminated comment, string or character constant
 * is marked; a string ends at the line's end, a comment at the file's.
 */
#ifndef LIB_LEX_H
#define LIB_LEX_H

#include <stddef.h>
#include <stdbool.h>

enum token_kind {
	TOKEN_SPACE,	 /* blanks, newlines, splices: one token a run */
	TOKEN_COMMENT,	 /* one block comment, or // to the end of its line */
	TOKEN_DIRECTIVE, /* from # to before the ending newline, splices and
			    comments included; text inside is not tokenised */
	TOKEN_IDENT,	 /* identifiers and keywords, $ included */
	TOKEN_NUMBER,
	TOKEN_STRING,	 /* with its prefix: L"", u8"" */
	TOKEN_CHAR,
	TOKEN_PUNCT,	 /* the longest operator of C11 6.4.6 */
};

struct token {
	enum token_kind kind;
	size_t begin;	   /* byte offset of the first byte */
	size_t end;	   /* byte offset behind the last byte */
	unsigned int line; /* physical line of the first byte, from 1 */
	bool bad;	   /* unterminated */
};

struct tokens {
	const char *text;    /* borrowed: the caller's bytes */
	size_t len;	     /* their number */
	struct token *v;     /* owned; in order, without gaps */
	size_t nr;	     /* tokens in v */
	size_t alloc;
};

/* Lexes len bytes of text, which must outlive ret. Cannot fail. */
void lex(const char *text, size_t len, struct tokens *ret);

/*
 * A byte that makes another word of the one beside it, as git grep has it: a
 * letter, a digit, '_'. Not '$', which in assembler stands before a name.
 */
bool is_word_byte(char c);

/*
 * Finds the first place at or behind 'from' where name stands as a whole word,
 * comments and strings included; false when there is none. Nothing is lexed.
 */
bool find_name(const char *text, size_t len, const char *name, size_t from,
	       size_t *ret);

/* True when there is such a place anywhere in the text. */
bool mentions(const char *text, size_t len, const char *name);

/* True when the token is spelled exactly s (splices aside). */
bool token_is(const struct tokens *t, size_t i, const char *s);

/* The token's bytes without its splices; the caller frees. */
char *token_spelling(const struct tokens *t, size_t i);

/* True for tokens that the compiler would see: not space, not comment. */
bool token_is_code(const struct token *t);

/* Index of the next code token at or behind i, directives skipped too; nr at the end. */
size_t token_next(const struct tokens *t, size_t i);

/*
 * The name of a directive ("define", "if", "include", "" for a lone #; for a
 * linemarker "# 12 "file"" the name is "12") as a slice of the text, its
 * length in ret_len. A splice may be in it: compare with token_directive_is().
 */
const char *token_directive(const struct tokens *t, size_t i, size_t *ret_len);
bool token_directive_is(const struct tokens *t, size_t i, const char *name);

/* Index of the token that holds the byte; the last one for one behind the end. */
size_t token_at(const struct tokens *t, size_t offset);

/* True when the byte stands in a comment: also in one inside of a directive. */
bool token_in_comment(const struct tokens *t, size_t offset);

void tokens_release(struct tokens *t);

#endif
