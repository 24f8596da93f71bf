/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was done in a commit that no step describes, worked out from the texts
 * of both sides alone: which definitions moved, lost their static, became
 * inline in a header, got another name or gave code to a helper, in any
 * combination. It is a guess, made into a contract; the rungs hold the commit
 * against it, so that a wrong guess is a difference and never a pass.
 *
 * Equal bytes under equal conditionals come first; then what is equal but for
 * linkage; then but for names. An identifier is renamed when a definition of
 * the old name became one of the new name, code for code, everywhere at once:
 * one old name for each new one, and nobody used the new one before.
 */
#ifndef VERIFY_INFER_H
#define VERIFY_INFER_H

#include "lib/error.h"
#include "lib/strv.h"
#include "state.h"

/* What happened to an item, as bits. */
enum deed {
	DEED_MOVED = 1 << 0,	/* to another file, or another place in it */
	DEED_PROMOTED = 1 << 1, /* static before, external after */
	DEED_INLINED = 1 << 2,	/* static before, static inline in a header */
	DEED_RENAMED = 1 << 3,	/* itself, not what it mentions */
	DEED_MENTIONS = 1 << 4, /* equal but for names that were renamed */
	DEED_FILE_RENAMED = 1 << 5,
	DEED_EXTRACTED =
		1 << 6,	    /* a new helper, of code that stood elsewhere */
	DEED_GAVE = 1 << 7, /* the function that gave it that code */
	DEED_PROTOTYPE = 1 << 8, /* with ADDED or LOST: it belongs to a
				    definition that was shifted */
	DEED_INCLUDE = 1 << 9,	 /* with ADDED or LOST */
	DEED_CONDITIONAL =
		1 << 10, /* with ADDED or LOST: went with what it encloses */
	DEED_COMMENT = 1 << 11, /* a comment changed, the code did not */
	DEED_CHANGED = 1 << 12,
	DEED_ADDED = 1 << 13,
	DEED_LOST = 1 << 14,
};

/* The bytes of an item, its blank lines aside. */
struct extent {
	size_t text;	    /* index in the state's texts; EXTENT_NONE: no such item */
	size_t begin, end;
};

#define EXTENT_NONE ((size_t)-1)

struct done {
	unsigned int deeds; /* bits of enum deed */
	bool residue;	    /* not accounted for: the text rung has a finding */
	bool context;	    /* it stands under other conditionals than before */
	struct extent before, after;
	char *what;	/* owned: "function", "macro"...: item_kind_name() */
	char *name;	/* owned: before; of a new item: after */
	char *new_name; /* owned: after, when it is another; else NULL */
	char *from;	/* owned: "path:line" before; NULL: it was not there */
	char *to;	/* owned: "path:line" after; NULL: it is gone */
	size_t lines;	/* of its text after, or before when it is gone */
	char *but;	/* owned: what it is verbatim but for: "static", "names,
			   white space"; NULL: byte for byte the same, or
			   residue */
};

struct inference {
	struct contract contract; /* CHANGE_MIXED: valid until the release */
	struct done *done;	  /* owned: in order of the files after; what is
				     gone comes last */
	size_t nr_done;
	struct shifted *shifted; /* owned, as the rest: what the contract
				    points to */
	struct renamed *renamed, *paths;
	struct strv words;
};

/*
 * Looks at the texts only. given: renames that a person says were made; they
 * are taken as they are, the rest is worked out. -1 when the states do not
 * list the same paths.
 */
int infer(const struct state *before, const struct state *after,
	  const struct renamed *given, size_t nr_given, struct inference *ret,
	  struct error *err);
void inference_release(struct inference *inference);

/* "moved, promoted" of DEED_MOVED | DEED_PROMOTED; the caller frees. */
char *deeds_text(unsigned int deeds);

#endif
