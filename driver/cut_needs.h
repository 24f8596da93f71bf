/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All that moving some items to another file needs, worked out before anything
 * is written: what the `needs` command prints. The parts that a move step checks
 * as well come from needs.h, pr_fmt.h and objword.h, so that both agree.
 */
#ifndef DRIVER_CUT_NEEDS_H
#define DRIVER_CUT_NEEDS_H

#include "drift.h"
#include "include_needs.h"
#include "needs.h"

/* An item or a line of the source. */
struct cut_line {
	char *name;	   /* owned; "" when it has none */
	enum item_kind kind;
	unsigned int line; /* where it begins; of a user that of its first use */
};

struct cut_lines {
	struct cut_line *v; /* owned; in order of the source */
	size_t nr, alloc;
};

/* A private name that is used across the cut. */
struct cut_crossing {
	enum need_kind kind;
	struct cut_line item;	   /* its definition */
	unsigned int lines;	   /* how many that has */
	bool moves;		   /* it is in the cut */
	bool fits_inline;	   /* a function that stays: short, and a header
				      can hold it, as it uses nothing private */
	struct cut_lines moved_users, left_users; /* on either side of the cut */
};

/* A private forward declaration that loses its sense. */
struct cut_stale {
	struct cut_line prototype;
	bool goes_along; /* moved code needs it in the destination */
	bool promoted;	 /* of a function to promote: that step takes it away */
};

/* Where the prototypes of functions go that are to be promoted. */
struct cut_header {
	char *path;	   /* owned; NULL: none was named, and none suggests itself */
	bool seen_by_from; /* the source includes it, directly or not */
};

struct cut_needs {
	struct cut_lines items; /* what moves */
	struct drifts problems; /* absent, twice, split, there already, pr_fmt,
				   no place for the object */
	struct cut_crossing *crossings; /* owned; by kind, then name */
	size_t nr_crossings;
	struct cut_stale *stale; /* owned; in order of the source */
	size_t nr_stale, alloc_stale;
	struct cut_lines exports; /* lines that go along; named by their item */
	struct include_needs includes;
	struct cut_header header[2]; /* for what stays; for what moves */
	bool to_is_new;
	char *spdx;	/* owned: the source's first line; for a new destination,
			   else NULL */
	char *pr_fmt;	/* owned: the source's definition, when a new destination
			   needs it; else NULL. Neither ends in a newline */
	char *kbuild;	/* owned: build file that gains a word; NULL: none does */
	char *object, *beside; /* owned: that word, and the one it goes behind */
};

struct cut_question {
	struct edits *edits;	  /* the tree */
	const char *from, *to;	  /* paths; the second may be absent */
	const char *header;	  /* for prototypes; NULL: see cut_header */
	const struct strv *names; /* of what moves */
};

/* 0, or -1: no such file, a path outside of the tree, I/O. */
int cut_needs_of(const struct cut_question *q, struct cut_needs *ret,
		 struct error *err);
void cut_needs_release(struct cut_needs *needs);

/* True when the move step meets all of it by itself. */
bool cut_needs_nothing(const struct cut_needs *needs);

/* For people, and as data. Both end in a newline; appended. */
void cut_needs_text(const struct cut_question *q, const struct cut_needs *needs,
		    struct buf *ret);
void cut_needs_json(const struct cut_question *q, const struct cut_needs *needs,
		    struct buf *ret);

#endif
