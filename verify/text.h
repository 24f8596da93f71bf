/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of the text rung: the files of both sides cut into pieces, and what
 * has been found out about each piece. Only verify/text*.c include this.
 *
 * A piece is an item without the blank lines around it. Pieces of the same
 * class have the same bytes in the same conditional context; everything else
 * is matching numbers. The line account (text_lines.c) does not use pieces at
 * all, only the byte ranges that the contract lets come or go.
 */
#ifndef VERIFY_TEXT_H
#define VERIFY_TEXT_H

#include "lib/items.h"
#include "verify.h"

#define TEXT_NONE ((size_t)-1)

struct piece {
	size_t file;	   /* index in the side's files */
	size_t item;	   /* index in that file's items */
	const char *bytes; /* comment and code, to the newline that ends it */
	size_t len;	   /* of bytes */
	char *context;	   /* owned: items_context() */
	size_t class;	   /* equal on two pieces: equal bytes and context */
	size_t partner;	   /* the same piece on the other side; TEXT_NONE */
	bool stays;	   /* the partner is in the same file, in order */
	bool settled;	   /* no partner, but the contract allows it or it
			      is reported already */
};

struct text_file {
	const struct text *text;
	struct items items;   /* of a C file; empty otherwise */
	bool is_c;	      /* .c or .h */
	size_t counterpart;   /* index of the same file on the other side: another
				 one when its path changed */
	size_t first, end;    /* its pieces in the side's pieces */
};

/* Bytes of a file that the contract lets come (after) or go (before). */
struct range {
	size_t file;
	size_t begin, end;
};

struct text_side {
	const struct state *state;
	struct text_file *files; /* one for each text of the state */
	size_t nr_files;
	struct piece *pieces;	 /* in order of the files */
	size_t nr, alloc;
	struct range *ranges;	 /* what the line account leaves out */
	size_t nr_ranges, alloc_ranges;
};

struct text_check {
	const struct contract *contract;
	struct text_side before, after;
	struct outcome *out;
};

/* text.c: -1 unless both sides list the same paths. */
int text_check_states(const struct state *before, const struct state *after,
		      struct error *err);

/* text_pieces.c: cutting, classes, and which pieces are the same. */
void text_side_load(const struct state *state, struct text_side *ret);
void text_side_release(struct text_side *side);
void text_classify(struct text_check *check);
void text_match(struct text_check *check);
const struct item *piece_item(const struct text_side *side,
			      const struct piece *piece);
const char *piece_path(const struct text_side *side,
		       const struct piece *piece);
/* Index of the file with this path; TEXT_NONE when path is NULL or unknown. */
size_t text_find_file(const struct text_side *side, const char *path);
void text_allow(struct text_side *side, size_t file, size_t begin, size_t end);
/* The contract lets the whole piece come or go. */
void text_settle(struct text_side *side, struct piece *p);
/* The first piece of a file that has this kind and name, from piece i on. */
size_t text_find_piece(const struct text_side *side, size_t file,
		       enum item_kind kind, const char *name, size_t i);
/* True when one of names is declared, or named as an argument, by the piece. */
bool text_is_named(const struct strv *names, const struct text_side *side,
		   const struct piece *piece);
/* True when an identifier anywhere in the piece's code is one of names. */
bool text_mentions(const struct strv *names, const struct text_side *side,
		   const struct piece *piece);

/* text_report.c: findings about pieces, without source text but for excerpt. */
struct finding *text_report(struct text_check *check, enum result weight,
			    const struct text_side *side,
			    const struct piece *piece, const char *detail, ...)
	__printf(5, 6);
/* One that changed: at its first difference, and where it was; settles both. */
struct finding *text_report_change(struct text_check *check, enum result weight,
				   struct piece *a, struct piece *b);
struct finding *text_report_added(struct text_check *check, enum result weight,
				  const struct piece *added);
/* The physical line of a byte of the piece, counted from where it begins. */
unsigned int text_line_at(const struct text_side *side,
			  const struct piece *piece, size_t offset);
/* Reports what still has no partner: changed, lost, added, duplicated. */
void text_report_rest(struct text_check *check,
		      enum result (*weigh)(const struct text_check *check,
					   const struct text_side *side,
					   const struct piece *piece));
/* To weigh by: nothing of what is left over is allowed. */
enum result text_always_different(const struct text_check *check,
				  const struct text_side *side,
				  const struct piece *piece);
/* text_diff.c: the lines that differ, behind '-' and '+'; the caller frees. */
char *text_diff(const char *old, size_t old_len, const char *new,
		size_t new_len);
char *text_excerpt(const char *data, size_t len, size_t offset);

/* A finding about a byte of a file. */
void text_report_file(struct text_check *check, enum result weight,
		      const struct text *text, size_t offset,
		      const char *detail);

/* The rules of a kind of change: text_move.c, text_promote.c, and so on. */
/* Settle what a step lets come to its destination; before text_match(). */
void text_move_preamble(struct text_check *check);
void text_settle_includes(struct text_check *check, const char *path);
void text_move(struct text_check *check);
void text_promote(struct text_check *check);
/* Not known by path: a piece that stands under other #pragma lines now. */
void text_check_pragmas(struct text_check *check, const struct piece *p,
			const struct piece *q);
void text_extract(struct text_check *check);
void text_transform(struct text_check *check);
void text_mixed(struct text_check *check);
void text_rename(struct text_check *check);
void text_rename_file(struct text_check *check);
/* text_rename_left.c: the unchanged lines; the file's index before and after. */
void text_rename_file_left(struct text_check *check, size_t from, size_t to);
void text_includes(struct text_check *check);

/* text_promote.c: what nobody changed, and may be another global of this name. */
void text_check_globals(struct text_check *check, const char *name);
/* text_promote.c, before matching: pairs the declared edits by their class. */
void text_promote_edits(struct text_check *check);

/*
 * text_conds.c: conditional lines that came to, or left, a file together with
 * all that they enclose. After text_match() and all other settling.
 */
void text_settle_conditionals(struct text_check *check, struct text_side *side,
			      size_t file);

/*
 * text_branches.c: the bodies that an extraction or a transform changed, both
 * sides as one. Conditional lines come or go, or code comes under other ones:
 * undecided. In an extraction all code under them is the same, in the helper as
 * where it is called; new may be what stands beside a new call of a helper. And
 * calls that are a statement by themselves are the same functions and macros.
 */
void text_check_branches(struct text_check *check);
/* text_statements.c: whether code of one body stands under other conditional lines in the other. */
bool text_crosses_branch(const struct piece *a, const struct piece *b);
/* Appends what is called, as a statement by itself, more often in a than in b. */
void text_odd_calls(const struct piece *a, const struct piece *b,
		    struct strv *ret);

/* text_private.c: what items that moved from one file to the other may mean by
   macros, types and statics that stay behind. */
void text_check_private(struct text_check *check, size_t from, size_t to);

/*
 * text_place.c: what spells __LINE__ or __FILE__ stands on the line, or in the
 * file, where it stood before. Of any kind of change.
 */
void text_check_places(struct text_check *check);

/* text_other.c: files that are not C, and files that appear or vanish. */
void text_other_files(struct text_check *check);
/* The word of the object of 'from' in the contract's build file; NULL if outside. */
char *text_object_word(const struct contract *c);
/* NULL when the renamed object is in the list that it was in, and no other. */
const char *text_object_error(const struct contract *c, const struct text *a,
			      const struct text *b);

/* text_lines.c: the account that does not trust the borders of items. */
void text_lines(struct text_check *check);

#endif
