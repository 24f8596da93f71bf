/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files behind items.h share, in the order in which a text runs
 * through them:
 *
 *	items.c		the walk over the file: comments, directives, borders
 *	items_directive.c  which directive it is, and conditions
 *	items_scan.c	how far one declaration reaches, across conditionals
 *	items_parts.c	a declaration as words and bracketed groups
 *	items_words.c	what a word is, by its spelling
 *	items_declarator.c  which of them is the declared name
 *	items_decl.c	what the parts declare: kind and names
 *	items_tie.c	macro calls that name a definition
 *	items_query.c	look-ups, contexts, names
 */
#ifndef LIB_ITEMS_INTERNAL_H
#define LIB_ITEMS_INTERNAL_H

#include "items.h"
#include "util.h"

enum word_class {
	WORD_PLAIN,	/* may be the declared name or a typedef name */
	WORD_MAYBE,	/* __lower_case: an attribute macro, a type or a name */
	WORD_STATIC,
	WORD_EXTERN,
	WORD_TYPEDEF,
	WORD_INLINE,
	WORD_SPECIFIER,	/* a qualifier or an attribute without arguments */
	WORD_ATTRIBUTE,	/* __attribute__ and macros like it: (...) goes with it */
	WORD_TYPE,	/* int: a type of its own */
	WORD_TYPENAME,	/* u64: the same, but a typedef may declare it */
	WORD_TYPEOF,	/* typeof: a type with its (...) */
	WORD_TAG,	/* struct, union, enum */
	WORD_ASM,
	WORD_ASSERT,	/* static_assert, _Static_assert */
	WORD_STATEMENT,	/* if, return: never at the top level */
};

enum word_class word_class(const char *s, size_t len);
bool word_is_upper(const char *s, size_t len); /* A_MACRO_NAME: no lower case */

enum part_kind {
	PART_WORD,
	PART_STRING,
	PART_PAREN,	/* ( ... ) */
	PART_BRACKET,	/* [ ... ] */
	PART_BRACE,	/* { ... } */
	PART_TYPE,	/* typeof (...) */
	PART_PUNCT,
};

/* One piece of a declaration outside of any brackets. */
struct part {
	enum part_kind kind;
	enum word_class word; /* PART_WORD */
	char punct;	      /* PART_PUNCT: its character, 0 for longer ones */
	size_t begin, end;    /* tokens, brackets included */
};

/*
 * A declaration as it is read. Attributes, asm labels and initialisers leave
 * no part behind.
 */
struct parts {
	struct part *v; /* owned */
	size_t nr, alloc;
	int depth;	/* open brackets */
	size_t group;	/* token of the outermost open one */
	char open;	/* its character */
	bool init;	/* behind a '=', up to the next ',' */
	bool assigned;	/* an initialiser was seen */
};

enum parts_event {
	PARTS_GO_ON,
	PARTS_OPEN_BRACE, /* a '{' at depth 0, now open */
	PARTS_CLOSED,	  /* back at depth 0 */
	PARTS_SEMICOLON,  /* at depth 0 */
	PARTS_UNMATCHED,  /* a closing bracket at depth 0; not taken */
};

/* The bracket, comma... that token i is; 0 for anything longer or no operator. */
char punct_char(const struct tokens *t, size_t i);

void parts_reset(struct parts *p);
void parts_release(struct parts *p);

/* Takes code token i, which is no directive. */
enum parts_event parts_take(struct parts *p, const struct tokens *t, size_t i);

/* Takes all code tokens of [begin, end), directives aside. */
void parts_take_all(struct parts *p, const struct tokens *t, size_t begin,
		    size_t end);

/* True when the parts are... */
bool parts_are_word(const struct parts *p);    /* NAME, and nothing else */
bool parts_are_calls(const struct parts *p);   /* NAME(...), one or several */
bool parts_are_linkage(const struct parts *p); /* extern "C" */
bool parts_have_paren(const struct parts *p);  /* T f(...) and the like */

/* True when the brace at depth 0 behind these parts opens a struct's members. */
bool parts_expect_members(const struct parts *p);

#define NONE ((size_t)-1)

struct declarator {
	size_t name;	/* token; NONE if nothing is declared */
	size_t macro;	/* token of the macro that makes it; NONE if none does */
	bool function;
	bool made;	/* sole NAME(...): it may be anything */
};

/* The declarator of parts [begin, end); false if there is none. */
bool parse_declarator(const struct tokens *t, const struct parts *parts,
		      size_t begin, size_t end, struct declarator *ret);

/* The part at or behind i that is a ','; their number at the end. */
size_t next_comma(const struct parts *parts, size_t i);

/* First identifier in argument number 'index' of the group, a token; NONE. */
size_t macro_argument(const struct tokens *t, const struct part *group,
		      int index);

/* How a declaration ended. */
enum end_kind {
	END_SEMICOLON,
	END_BODY,     /* the closing brace of a function */
	END_CALL,     /* a macro call without semicolon */
	END_LOST,     /* not made out */
};

struct extent {
	enum end_kind how;
	size_t end;	     /* token behind its last one */
	size_t body, body_end; /* tokens: '{' and behind '}'; 0 if none */
	size_t merged;	     /* conditionals around it that it swallows */
	bool split;	     /* branches with unbalanced brackets */
};

/* A conditional that is open between items. */
struct branch {
	size_t first;	/* item of its #if */
	size_t last;	/* item of the branch at hand */
	bool zero;	/* this branch is the one of "#if 0" */
};

struct parser {
	struct items *items;
	const struct tokens *t;
	size_t pos;	    /* the next token; never space */
	size_t offset;	    /* where the next item begins */
	struct branch *open; /* owned: innermost last */
	size_t nr_open, alloc_open;
	struct parts parts; /* of the declaration at hand */
	int failures;	    /* declarations that swallowed a #if in vain */
	bool lost;	    /* brackets do not match: rely on layout from now on */
};

enum directive {
	DIRECTIVE_IF,	/* #if, #ifdef, #ifndef */
	DIRECTIVE_ELSE,	/* #elif, #elifdef, #elifndef, #else */
	DIRECTIVE_ENDIF,
	DIRECTIVE_DEFINE,
	DIRECTIVE_UNDEF,
	DIRECTIVE_INCLUDE,
	DIRECTIVE_OTHER,
};

enum directive directive_class(const struct tokens *t, size_t i);
bool directive_is_zero(const struct tokens *t, size_t i); /* "#if 0" */
char *directive_name(const struct tokens *t, size_t i); /* the caller frees */

/* What stands behind the name, as tokens that the caller releases. */
void directive_tokens(const struct tokens *t, size_t i, struct tokens *ret);

/* The conditions that were met, and which way they were taken. */
struct conditions {
	struct condition *v; /* owned */
	size_t nr, alloc;
};

/*
 * Whether to read the branch that directive i opens: yes, unless it is "#if 0"
 * or its condition was decided otherwise before.
 */
bool conditions_decide(struct conditions *c, const struct tokens *t, size_t i);
void conditions_release(struct conditions *c);

/* Finds the extent of the declaration at token begin; fills p->parts. */
void scan_declaration(struct parser *p, size_t begin, struct extent *ret);

/* Fills kind, names and flags of the item from its parts. */
void classify(const struct tokens *t, const struct parts *parts,
	      const struct extent *extent, struct item *item);

struct strv;
/* Appends the name of each declarator. */
void parts_names(const struct tokens *t, const struct parts *parts,
		 struct strv *ret);

/* Appends the tags that have members behind them, and the enumerators. */
void parts_type_names(const struct tokens *t, const struct parts *parts,
		      struct strv *ret);

/* Makes ITEM_EXPORT of the calls that name a definition. */
void tie_exports(struct items *items);

#endif
