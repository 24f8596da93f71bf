/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a rung of the ladder of proof says: a result, how much it looked at,
 * and every difference. All rungs of a step in one configuration make one
 * verdict.
 *
 * A result only ever gets worse: outcome_add() with a heavier finding makes
 * the outcome that heavy. A rung that could not look at something adds a
 * finding of RESULT_UNDECIDED; it never says nothing.
 */
#ifndef VERIFY_OUTCOME_H
#define VERIFY_OUTCOME_H

#include "lib/strv.h"
#include "lib/util.h"

enum rung { RUNG_TEXT, RUNG_TOKENS, RUNG_CODE, RUNG_BUILD, RUNG_TYPES, RUNG_NR };

/* From the lightest to the heaviest: the result of several is the largest. */
enum result {
	RESULT_NOT_RUN,	  /* not asked for; never counts as passed */
	RESULT_EQUAL,
	RESULT_EXPLAINED, /* every difference is of a harmless class */
	RESULT_UNDECIDED, /* something could not be compared */
	RESULT_DIFFERENT,
};

/*
 * The closed list of harmless classes: design.md, "The ladder of proof", and
 * the table in the manual. It grows only with a reason and a test.
 */
enum explained {
	EXPLAINED_NONE,		  /* not explained: a real finding */
	EXPLAINED_FILE_NAME,	  /* a file's own name in a string */
	EXPLAINED_HEADER_COPY,	  /* one more copy of an unused or identical
				     static inline that a header defines */
	EXPLAINED_HEADER_STATE,	  /* a lock's class or a once flag of a header's
				     function: each file has its own */
	EXPLAINED_TOOL_NOTE,	  /* a note section that the tools generate */
	EXPLAINED_EXPORT_CRC,	  /* the CRC saw an incomplete type */
	EXPLAINED_NR,
};

struct finding {
	enum result weight;	 /* equal (residue: shown, harmless by the contract),
				    explained, undecided or different */
	enum explained explained; /* the class, when weight is RESULT_EXPLAINED */
	char *what;   /* a short stable word: "function", "line", "symbol", "section",
			 "prototype", "export", "table-entry"... */
	char *name;   /* the item, symbol or section it is about */
	char *where;  /* "path:line" or "object: section+0x12"; "" if nowhere */
	char *detail; /* one line a person can act on: names, sizes, counts,
			 instructions; never source text */
	char *excerpt; /* source text for the terminal only, never stored in
			  results: a line, or all that differ behind '-' and '+';
			  may be NULL */
};

/* What became of some bytes or relocations, from the best to the worst. */
enum claim_kind {
	CLAIM_COMPARED, /* the same on both sides */
	CLAIM_PADDING,	/* what alignment left, and lengths */
	CLAIM_LISTED,	/* a finding, or not_compared, speaks of it */
	CLAIM_NONE,	/* nobody's: undecided */
	CLAIM_NR,
};

/* How many there are of both sides, and what became of them: sums to total. */
struct ledger {
	unsigned long long total, by_kind[CLAIM_NR];
};

struct outcome {
	enum rung rung;
	enum result result;
	size_t checked;		  /* things compared: lines, definitions, functions... */
	size_t objects[2];	  /* code rung: objects before and after */
	struct ledger bytes, relocations; /* code rung: of allocated sections; of all
					     sections but debug information */
	struct finding *findings; /* owned */
	size_t nr, alloc;
	struct strv not_compared; /* what the objects hold and the rung does not look
				     at yet, by name; sorted, no repeats */
};

#define OUTCOME_INIT(r) { .rung = (r), .not_compared = STRV_INIT }

const char *rung_name(enum rung rung);		 /* "text" */
const char *result_name(enum result result);	 /* "equal", "not-run"... */
const char *explained_name(enum explained why); /* "file-name"... */

/* Marks that the rung ran: not-run becomes equal. Call it once, at the start. */
void outcome_ran(struct outcome *o);

/*
 * Adds a finding and makes the result at least as heavy. name, where may be
 * NULL; detail is a format.
 */
struct finding *outcome_add(struct outcome *o, enum result weight,
			    const char *what, const char *name,
			    const char *where, const char *detail, ...)
	__printf(6, 7);

/* As outcome_add() with RESULT_EXPLAINED and its class. */
struct finding *outcome_explain(struct outcome *o, enum explained why,
				const char *what, const char *name,
				const char *where, const char *detail, ...)
	__printf(6, 7);

/* Heaviest first, then by what, name, place and detail: for equal bytes in reports. */
void outcome_sort(struct outcome *o);

void outcome_release(struct outcome *o);

enum verdict {
	VERDICT_NEUTRAL,
	VERDICT_EXPLAINED,
	VERDICT_UNDECIDED,
	VERDICT_DIFFERENT,
};

const char *verdict_name(enum verdict verdict);

/* The heavier of two verdicts. */
enum verdict verdict_worse(enum verdict a, enum verdict b);

/*
 * The verdict of one configuration from its rungs: different if any rung is;
 * else undecided if any is, or if a required rung did not run; else explained
 * if any is; else neutral. required has a bit (1u << RUNG_x) for each rung that must
 * be there. A required rung that is missing from the list did not run.
 */
enum verdict verdict_of(const struct outcome *rungs, size_t nr,
			unsigned int required);

#endif
