/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A series: a folder of ordered semantic patches and what they need.
 *
 *	series		step names in order, one a line (with or without .cocci),
 *			# comments
 *	NNNN-name.cocci	a step
 *	macros.h	for spatch --macro-file; optional
 *	configs/	NAME.config: kconfig fragments; see kbuild.h
 *
 * The head of a step is the comment block at its top: it ends at the first
 * line that does not begin with "//". "///" lines are the commit message, the
 * first of them its subject, the second empty; "// Key: value" lines follow, and
 * empty "//" lines anywhere. Any other line is an error. A value may go on in
 * lines that begin with "//" and four or more blanks.
 *
 *	Kind:		move, promote, rename, rename-file, includes, extract or
 *			transform; always needed
 *	From:		path the items stand in; move, promote and extract need it.
 *			rename: the file that defines (or, without a definition,
 *			declares) what is renamed. rename-file: the path as it was
 *	To:		path they go to; move needs it. rename-file: the new path
 *	Header:		path that gains the prototypes, or with As: inline the
 *			definitions; promote needs it
 *	As:		"inline": promote to static inline in Header instead
 *	Items:		move: names that SmPL cannot find (macros, declarer lines, what
 *			spatch cannot parse), found by the lexer; rename: of what it
 *			renames, that whose definition no rule can name; else names that
 *			the step is about besides those its rules tell; separated by
 *			commas or blanks
 *	Optional:	those of its names that some bases lack, or (promote) have as
 *			globals, or (rename) call as the step does; and macros that
 *			the Preamble defines and that From need not have. They are
 *			left out where they are not needed, and the report says so;
 *			move, promote and rename
 *	After:		name of the item in To (promote: in Header) behind which the
 *			first item goes; default: at the end (of a header: before its
 *			guard's #endif). A promote to prototypes may give as many as it
 *			has names: each prototype's own place, in the same order
 *	Include:	includes that To (promote: Header) gains, as spelled: <a.h> or
 *			"a.h", by commas
 *	Kbuild:		build file that gets To's object (rename-file: that has
 *			From's); default: Makefile, else Kbuild, in the folder of To
 *			(rename-file: of From); move and rename-file
 *	Preamble:	the continuation lines, four blanks stripped and "//" removed,
 *			are the first lines of To when the step creates it; an empty
 *			"//" line between them is an empty line; move
 *	Files:		the files it edits, by commas or blanks; transform and includes
 *			need it
 *	Along:		macros of which a line that names what moves goes along with
 *			it, besides EXPORT_SYMBOL() and all that the kernel has for
 *			this; move
 *	Helper:		names of the functions that the rules add; extract needs it
 *	Guard:		the new name of the header's include guard; rename-file
 *	Options:	extra arguments for spatch (the kernel's own convention), of
 *			those that neither run nor write anything
 *	Requires:	least Coccinelle version (the kernel's own convention)
 *
 * SPDX-License-Identifier, Confidence, Copyright, URL, Comments and Keywords, of
 * the same convention, are accepted and mean nothing here.
 *
 * Everything behind the head is the semantic patch, which spatch parses.
 */
#ifndef DRIVER_SERIES_H
#define DRIVER_SERIES_H

#include "lib/error.h"
#include "lib/strv.h"

enum step_kind {
	STEP_MOVE,
	STEP_PROMOTE,
	STEP_RENAME,
	STEP_RENAME_FILE,
	STEP_INCLUDES,
	STEP_EXTRACT,
	STEP_TRANSFORM,
	STEP_KINDS, /* how many there are */
};

/* An identifier and what it becomes. */
struct rename {
	char *old, *new;
};

struct step {
	char *name;	     /* file name without .cocci: "0010-move-cr8" */
	char *path;	     /* of the file, as it was opened */
	enum step_kind kind;
	char *subject;	     /* first line of the message */
	char *message;	     /* the whole message, ending in a newline */
	char *text;	     /* the whole file */
	char *rules;	     /* points into text: what follows the head */
	unsigned int rules_line; /* physical line where the rules begin */
	char *from, *to, *header, *kbuild; /* NULL: key absent; As: inline sets to to
				the same as header */
	struct strv after;    /* items behind which code goes; see step_after() */
	char *preamble;	     /* ends in a newline; NULL: key absent */
	bool as_inline;
	struct strv includes; /* each as spelled, <> or "" included */
	struct strv files;    /* transform, includes: paths */
	struct strv options;  /* split like a shell would, quotes honoured */
	char *requires;
	struct strv items;    /* names given by Items: */
	struct strv optional; /* of names, and of macros that the preamble defines:
				those that some bases lack (optional.h) */
	struct strv absent;   /* of its names, those that this base has not */
	struct strv done;     /* those of which this base needs nothing any more */
	struct strv needless; /* those that are promoted for nothing here */
	struct strv called;   /* "old, which is called new here"; these three are
				 for the commit message, and accept.c fills them */
	struct strv along;    /* macros whose lines go along with what moves, though
				 nobody knows what they do (kind_move.c) */
	char *before;	      /* the step that this one was made for and put before;
				 NULL: it is one of the series' */
	struct strv helpers;  /* extract: functions that the rules add */
	char *guard;	      /* rename-file: new include guard; NULL: it stays */
	struct rename *renames; /* owned. rename: what the rules rename, in order:
				   lines "- old" and "+ new" that hold one
				   identifier each */
	size_t nr_renames;
	struct strv removed;  /* includes, rename-file: of "- #include" lines, as */
	struct strv added;    /* spelled, and of "+ #include" lines */
	struct strv names;    /* all names the step is about: from the identifier
				 lists of its rules ("identifier fn = {a, b};"), from
				 definitions named outright in starred or minus lines,
				 and from Items:; in order, no repeats */
	bool afresh;	      /* set by the caller: nothing that was kept of an
				 earlier run is used */
	bool has_script;      /* a rule that runs Python or OCaml */
	bool stars;	      /* its rules star: spatch runs in context mode */
};

struct series {
	char *name;	/* last part of the folder's path */
	char *dir;	/* as given, no slash at the end */
	struct step *steps; /* owned, in order */
	size_t nr;
	char *macros;	/* path of macros.h; NULL if there is none */
	struct strv configs; /* paths of configs/NAME.config, sorted by name */
};

struct series_options {
	bool allow_scripts; /* accept steps with script rules */
};

/*
 * Reads and checks a series without running anything. Errors are ERROR_INPUT
 * and name file and line: an unknown key (with the nearest known one), an
 * unknown kind, a key that its kind needs or does not take, a repeated key, a
 * step listed twice or missing, a folder with steps that the series file does not
 * list, a path that leaves the tree, an empty message or subject over 75 bytes,
 * a move, promote or extract without names, a move whose rule edits, a rename
 * whose rules do more than rename, a rename-file or an includes step whose rules
 * do more than edit #include lines, a script that is not allowed, an option of
 * spatch that is not known to be harmless.
 */
int series_load(const char *dir, const struct series_options *options,
		struct series *ret, struct error *err);

/*
 * The step with this name; else, when it is a number, the step whose name begins
 * with that number ("0010", "10"), else the n-th step ("1"); NULL.
 */
const struct step *series_step(const struct series *series, const char *name);

/* Sets 'afresh' of that step and of all behind it; -1 when there is no such step. */
int series_redo(struct series *series, const char *name, struct error *err);

/* Bytes of the longest step name, for columns. */
int series_width(const struct series *series);

const char *step_kind_name(enum step_kind kind);

/* The item behind which the name (by its index in names) goes; NULL: the end. */
const char *step_after(const struct step *step, size_t name);

/*
 * Reads a step whose name, path (for messages) and text are set; allow_scripts as
 * in the options. On an error the step is in between: release it.
 */
int step_read(struct step *step, bool allow_scripts, struct error *err);
void step_release(struct step *step);

/* Puts a step before that at the index, as if 'series' listed it; taken over. */
void series_put_in(struct series *series, size_t at, struct step *step);

/* Takes the step out, as if the file 'series' did not list it. */
void series_leave_out(struct series *series, size_t step);

void series_release(struct series *series);

#endif
