/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cutting items out of a file. Bytes are moved, never printed: what leaves is
 * each item's bytes with its leading comment, what stays is every other byte,
 * blank lines at the cuts aside.
 *
 *	cut_init(&cut, &items, path);
 *	cut_move(&cut, index, NULL); ...
 *	if (cut_settle(&cut, &drifts)) {
 *		cut_rest(&cut, &source);	what stays
 *		cut_pieces(&cut, &pieces);	what goes, for splice.h
 *	}
 *
 * Blank lines where items left: those that stood apart still do, by one blank
 * line; those that were glued to what left on both sides are glued now; no
 * double blank line is made.
 *
 * Conditionals: an item that leaves from under an #if is given the same #if
 * and #endif lines where it goes; neighbours under one #if share them. A
 * conditional that is emptied, #else branches and all, goes with what was in
 * it. What is left of one with #else branches, or of one that holds nothing
 * but a comment, is for a person to decide: drift.
 */
#ifndef DRIVER_CUT_H
#define DRIVER_CUT_H

#include "conds.h"
#include "drift.h"
#include "lib/buf.h"

enum fate {
	FATE_STAY,
	FATE_MOVE, /* leaves; goes to the destination */
	FATE_DROP, /* leaves; goes nowhere */
	FATE_COPY, /* stays, and text of its own goes to the destination */
};

struct cut_item {
	enum fate fate;
	char *text; /* owned: what goes to the destination; NULL: the item's
		       bytes, blank lines behind it left out */
};

struct cut {
	const struct items *items; /* borrowed: of the source */
	const char *path;	   /* borrowed: the source's, for drift */
	struct conds conds;
	struct cut_item *v;	   /* owned; one per item of items */
};

/* One stretch of lines on its way to a destination. */
struct piece {
	char *text;	     /* owned; ends in a newline */
	enum item_kind kind;
	bool commented;	     /* begins with a comment */
	bool blank;	     /* a blank line stands before it; nothing is said
				about the first of a list */
};

struct pieces {
	struct piece *v; /* owned; in order of the source */
	size_t nr, alloc;
};

void cut_init(struct cut *cut, const struct items *items, const char *path);
void cut_release(struct cut *cut);

/*
 * The item leaves for the destination, and the ITEM_EXPORT items that it owns
 * with it, wherever they stand. text: NULL, or what it is there; taken over.
 */
void cut_move(struct cut *cut, size_t item, char *text);

/* The item leaves for good. */
void cut_drop(struct cut *cut, size_t item);

/* The item stays, and text goes to the destination as a prototype; taken over. */
void cut_copy(struct cut *cut, size_t item, char *text);

/*
 * Decides what happens to conditionals. False when something cannot be done
 * exactly (a split item, two items on one line, an #else branch...): the
 * drifts say what and where.
 */
bool cut_settle(struct cut *cut, struct drifts *drifts);

/* What stays, and what goes; both appended. Behind cut_settle() only. */
void cut_rest(const struct cut *cut, struct buf *ret);
void cut_pieces(const struct cut *cut, struct pieces *ret);

/* Adds one piece; text is taken over. */
void pieces_add(struct pieces *pieces, char *text, enum item_kind kind,
		bool commented, bool blank);
void pieces_release(struct pieces *pieces);

/*
 * True when items of these kinds are put below each other with a blank line
 * between: all but neighbouring prototypes, externs, macros and includes.
 */
bool pieces_apart(enum item_kind above, enum item_kind below, bool commented);

/* The line end that the text uses: "\r\n" or "\n"; that of its first line. */
const char *line_end_of(const char *text, size_t len);

#endif
