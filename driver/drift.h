/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Drift: what differs between what a step declares and what this base needs.
 * Each case has a class, a place and a suggestion; nothing is skipped silently.
 * Where the suggestion needs nobody's judgement it is a remedy, too, which
 * --drift=accept carries out (accept.h).
 */
#ifndef DRIVER_DRIFT_H
#define DRIVER_DRIFT_H

#include "lib/error.h"
#include "lib/util.h"

enum drift_class {
	DRIFT_ABSENT,	   /* a named item is not in the file */
	DRIFT_MOVED,	   /* another file of the tree defines it */
	DRIFT_DONE,	   /* the base has what the step would make of it */
	DRIFT_RENAMED,	   /* it is gone, and another one has its body */
	DRIFT_MACRO,	   /* it is a macro now */
	DRIFT_INLINE,	   /* it is an inline of a header now */
	DRIFT_TWICE,	   /* it is there more than once, or cannot be told apart */
	DRIFT_BRANCHES,	   /* it is there under several branches of an #if */
	DRIFT_DISAGREE,	   /* spatch and the lexer see different extents */
	DRIFT_UNPARSED,	   /* a region spatch could not parse names an item */
	DRIFT_PROMOTION,   /* a cut needs a promotion that no step declares */
	DRIFT_NEEDLESS,	   /* a step promotes what no later cut needs */
	DRIFT_SHARED_DATA, /* the cut would share or duplicate static data */
	DRIFT_PRIVATE,	   /* moved code uses a private macro or type of its file */
	DRIFT_EXPORT,	   /* a line of an unknown macro names an item that moves */
	DRIFT_XMACRO,	   /* what would be copied makes something where it stands */
	DRIFT_DESTINATION, /* the destination is there, or not there, unexpectedly */
	DRIFT_KBUILD,	   /* the object's word is not where it should be */
	DRIFT_INCLUDE,	   /* what a file includes does not show what it would use,
			      shows it too late, or goes round in a circle */
	DRIFT_TAKEN,	   /* a new name means something else already */
	DRIFT_USED,	   /* what the step takes away is still used */
	DRIFT_NO_CHANGE,   /* the step changed nothing */
};

/* What can be done about a case without asking; of the step that has it. */
enum remedy {
	REMEDY_NONE,	   /* nothing: it is for a person */
	REMEDY_LEAVE_OUT,  /* it does without the name */
	REMEDY_LEAVE_STEP, /* the series does without the step */
	REMEDY_CALL,	   /* it is about the name in 'other' instead */
	REMEDY_FROM,	   /* its From: is the file 'other' */
	REMEDY_END,	   /* what goes behind the name goes to the end */
	REMEDY_PROMOTE,	   /* a step before it promotes the name */
	REMEDY_INCLUDE,	   /* its destination includes 'other', too */
	REMEDY_NO_INCLUDE, /* it does without the #include that is the name */
	REMEDY_APPEND,	   /* it does without its Preamble: the file is there */
	REMEDY_NO_MACRO,   /* its Preamble does without the macro */
	REMEDY_KBUILD,	   /* its object goes into the build file 'other' */
	REMEDY_TAKE,	   /* the line of the macro 'other' goes along */
	REMEDY_NR,	   /* how many there are */
};

struct drift {
	enum drift_class class;
	char *name;	   /* the item; "" if it is about none */
	char *path;	   /* the file */
	unsigned int line; /* 0 if unknown */
	char *message;	   /* what differs */
	char *suggestion;  /* what to do; may be NULL */
	enum remedy remedy;
	char *other;	   /* what the remedy is about besides the name; may be NULL */
};

struct drifts {
	struct drift *v; /* owned */
	size_t nr, alloc;
};

const char *drift_class_name(enum drift_class class); /* "absent"... */
const char *remedy_name(enum remedy remedy); /* "leave-out"... */

void drifts_add(struct drifts *list, enum drift_class class, const char *name,
		const char *path, unsigned int line, const char *suggestion,
		const char *message, ...) __printf(7, 8);

/* Gives the case that was added last a remedy. other may be NULL. */
void drifts_remedy(struct drifts *list, enum remedy remedy, const char *other);

/* Appends a copy. */
void drifts_copy(struct drifts *list, const struct drift *drift);

/* Takes the case out. */
void drifts_drop(struct drifts *list, size_t i);

/*
 * Fills err (ERROR_DRIFT) with every case, a line each: "path:line: message;
 * suggestion". Cases of one class with the same suggestion stand together, and it
 * is said once, behind them.
 */
int drifts_error(const struct drifts *list, const char *step,
		 struct error *err);

/*
 * One case as a paragraph, with the names that the same is true of: "path:line:
 * 'f' is here; so is g (12), h (30); suggestion". told: of each whether it was
 * said; those that this says are marked. The caller frees.
 */
char *drifts_paragraph(const struct drifts *list, size_t i, bool *told);

/* How many are settled when all remedies are carried out. */
size_t drifts_remedied(const struct drifts *list);

/* A case that only counts others: it is settled when they are. */
bool drift_is_summary(const struct drift *drift);

void drift_release(struct drift *drift);
void drifts_release(struct drifts *list);

#endif
