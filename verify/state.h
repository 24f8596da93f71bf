/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the verifier is given. It runs nothing and knows neither git nor spatch
 * nor how a compiler is called: somebody else made these texts and objects.
 *
 * A *state* is one side of a comparison in one configuration: the tree before
 * a step, or after it. A *contract* says what the step between them is allowed
 * to change; the rungs hold the difference of the states against it.
 */
#ifndef VERIFY_STATE_H
#define VERIFY_STATE_H

#include "lib/strv.h"

/* A source file as it stands in the tree. */
struct text {
	const char *path; /* relative to the tree */
	const char *data; /* NULL: the file is absent on this side */
	size_t len;
	bool mode_changed; /* after: it is executable, a link... and was not, or
			      the other way round; a new file that is not plain */
};

/* A translation unit, compiled in isolation (facts: neutrality). */
struct unit {
	const char *source; /* path of the .c file in the tree */
	const char *tokens; /* path of its preprocessed text on disk: gcc -E with line
			       markers and __LINE__, __COUNTER__, __FILE__ fixed */
	const char *object; /* path of its isolation object on disk; NULL when it
			       could not be compiled */
	const char *key;    /* content key of the tokens: equal keys, equal tokens */
	const char *ir;	    /* path of its LLVM IR before optimisation, for the
			       types rung; NULL when clang does not take it */
	const char *ir_why; /* what clang says then; may be NULL */
};

struct state {
	const struct text *texts; /* the files that the step touches, the same
				     paths in the same order on both sides */
	size_t nr_texts;
	const struct unit *units; /* the translation units of which either side
				     differs or that hold touched definitions,
				     sorted by source; a unit that is absent on
				     one side is absent from its list */
	size_t nr_units;
};

enum change {
	CHANGE_MOVE,
	CHANGE_PROMOTE,
	CHANGE_RENAME,
	CHANGE_RENAME_FILE,
	CHANGE_INCLUDES,
	CHANGE_EXTRACT,
	CHANGE_TRANSFORM,
	CHANGE_MIXED, /* a commit that no step describes: infer.h */
	CHANGE_KINDS, /* how many there are */
};

/* A name and what it becomes. */
struct renamed {
	const char *old, *new;
};

/*
 * A definition that a mixed commit moved, promoted, inlined or renamed, or all
 * of it at once.
 */
struct shifted {
	const char *old, *new; /* its names; equal when it was not renamed */
	const char *from, *to; /* the paths of the definition; equal when it was
				  not moved */
	bool promoted;	       /* static before, external after */
	bool inlined;	       /* static before, static inline in a header after */
};

struct contract {
	enum change change;
	struct strv names;	/* the items the step is about: what moves, is
				   promoted or renamed; for a transform, an extract
				   and a mixed commit, the definitions it may touch
				   (transform: empty: any) */
	const char *from;	/* move, promote, extract: the path they come from;
				   rename: the file that defines what is renamed;
				   rename-file: the path before */
	const char *to;		/* move, and promote as inline: the path they go to;
				   rename-file: the path after */
	const char *header;	/* promote: the path that gains the prototypes */
	bool as_inline;		/* promote: to static inline in 'to' (== header) */
	bool creates;		/* move: 'to' does not exist before */
	const char *preamble;	/* move: the exact text that a created 'to' begins
				   with (and ends with, when its last line is the
				   #endif of a guard); NULL otherwise */
	struct strv includes;	/* "#include ..." lines that 'to' (move) or 'header'
				   (promote) may gain, each as it is spelled:
				   <linux/x.h> or "x.h" */
	const char *kbuild;	/* move: the build file that gains one object word;
				   NULL if none does. rename-file of a .c file: the
				   one that has its object's word */
	const char *kbuild_word; /* that word: "regs.o"; rename-file: the new one */
	const struct renamed *renamed; /* rename: the identifiers (their old names
				   are in names, too); mixed: those of 'shifted';
				   rename-file: the include guard, if that is
				   renamed */
	size_t nr_renamed;
	const struct shifted *shifted; /* mixed: sorted by old name, from */
	size_t nr_shifted;
	const struct renamed *paths; /* mixed: files that got another path */
	size_t nr_paths;
	struct strv helpers;	/* extract: static functions that 'from' gains, mixed:
				   that some file gains; names has the definitions
				   that may lose code to them */
	struct strv files;	/* includes: the files whose lines may change */
	struct strv namesakes[2]; /* rename-file, mixed: all paths of the tree before
				   with the last part of 'from' (of each old one of
				   'paths'), and of the tree after with that of 'to';
				   sorted */
	struct strv removed;	/* includes, rename-file: what #include lines may */
	struct strv added;	/* go and come, as they are spelled */
};

#endif
