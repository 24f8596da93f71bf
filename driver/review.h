/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A commit as a reviewer reads it: every line of every file that it touches is
 * kept where it is, or moved with an item byte for byte, or residue. Residue is
 * shown, always; moved lines may be folded. The structure is the whole of it:
 * from the files before and the structure one gets the files after
 * (review_check.c, which runs on every commit that is reviewed), so nothing can
 * be in neither. Renderers (terminal, JSON, cover letter) only render it.
 *
 *	review.c	the commits of a series or a range; what is known of them
 *	review_items.c	items that went elsewhere, as verify/infer.h found them
 *	review_ops.c	what is left of each file, as a diff
 *	review_check.c	the files after, from those before
 *
 * Lines are counted from 1, as people do.
 */
#ifndef DRIVER_REVIEW_H
#define DRIVER_REVIEW_H

#include "contract.h"
#include "evidence.h"
#include "lib/linediff.h"
#include "verify/outcome.h"

#define REVIEW_NONE ((size_t)-1)

/* What became of some lines. */
enum review_what {
	REVIEW_KEEP,  /* the same, in the same order, in the same file */
	REVIEW_LOST,  /* residue: gone */
	REVIEW_ADDED, /* residue: new */
	REVIEW_GONE,  /* moved: they stood here */
	REVIEW_CAME,  /* moved: they stand here */
};

/* Lines that follow each other, all of one fate. */
struct review_op {
	enum review_what what;
	size_t lines;
	size_t old_line; /* the first of them before; ADDED, CAME: the line that
			    they stand in front of */
	size_t new_line; /* the same after: LOST, GONE */
	size_t item;	 /* whose lines these are; REVIEW_NONE: KEEP, and residue
			    outside of items that moved */
	size_t there;	 /* GONE: the first of them after, in the item's file; CAME:
			    before; else 0 */
	bool spacing;	 /* LOST, ADDED: empty lines beside a moved item */
};

struct review_ops {
	struct review_op *v; /* owned */
	size_t nr, alloc;
};

/* One side of a file. */
struct review_side {
	const char *path; /* NULL: the file is not there */
	const char *mode; /* "100644", as git has it; NULL: not known */
	const char *data; /* of the texts: see review_commit */
	size_t len;
	struct linediff_line *lines; /* owned */
	size_t nr;
	size_t *item;	/* owned: of each line, whose it is; REVIEW_NONE */
	size_t *pair;	/* owned: index of the line that it is on the other side:
			   of this file, or of the item's; REVIEW_NONE: residue */
};

struct review_file {
	struct review_side sides[2]; /* before, after */
	struct review_ops ops;	     /* all lines of both, in order */
	bool mode_changed;	     /* or it is new, and no plain file */
	bool binary;		     /* it has a NUL byte: not for a terminal */
	size_t lost, added;	     /* lines of residue, the items' as well */
	size_t spacing;		     /* empty lines beside moved items, of these */
};

/* An item that another file, or another place, has now. */
struct review_item {
	char *deeds;	      /* "moved, promoted" */
	char *what, *name;    /* "function", "kvm_get_cr8" */
	char *new_name;	      /* NULL: it kept its name */
	char *but;	      /* NULL: verbatim, byte for byte; else what it is
				 verbatim but for */
	size_t file[2];	      /* from, to: index in files */
	size_t line[2];	      /* of its first line there */
	size_t lines[2];      /* how many it has there */
	size_t verbatim;      /* lines that are the same bytes */
	struct review_ops ops; /* KEEP, LOST, ADDED: its lines in order */
};

/* What was done in its place to an item that did not move. */
struct review_deed {
	char *deeds, *what, *name, *new_name; /* as of an item */
	char *where;			      /* "path:line" */
};

struct review_commit {
	char *id, *subject;
	char *before, *after;	   /* ids of what is held against each other: of a
				      whole commit its parent and itself */
	char *name, *kind;	   /* of the step that made it; NULL: none did */
	struct review_file *files; /* owned, sorted by path */
	size_t nr_files;
	struct review_item *items; /* owned, in order of the files after */
	size_t nr_items;
	struct review_deed *deeds; /* owned */
	size_t nr_deeds;
	struct outcome text;	   /* what the text rung says of these files alone,
				      asked now; not run where the evidence has it */
	struct evidence evidence;  /* what is known of it */
	struct step_texts texts;   /* the bytes that all of this points to */

	size_t moved;		   /* lines that moved byte for byte */
	size_t lost, added;	   /* residue of all files, spacing left out */
	size_t spacing;
};

struct review {
	char *title;		   /* the series, or the range as it was written */
	bool series;
	char *base;		   /* id of the commit below the first */
	char *verify;		   /* the command that verifies these commits */
	struct review_commit *commits; /* owned, oldest first */
	size_t nr, alloc;
	struct evidence_pool pool; /* what the commits' evidence points to */
};

/*
 * Fills the commit's files, items, deeds and counts from its texts, which are
 * loaded with an inference. ERROR_SYSTEM when the result does not give the files
 * after: a defect of this program, and better told than shown.
 */
int review_texts(struct review_commit *commit, struct error *err);

/* Reads and fills a commit whose ids and evidence are set. */
int review_commit_load(const struct repo *repo, const struct strv *renames,
		       struct review_commit *commit, struct error *err);
void review_commit_release(struct review_commit *commit);
void review_release(struct review *review);

/* The worst of what is known, the text rung among it; undecided when nothing is. */
enum verdict review_verdict(const struct review_commit *commit);

/* The report that has the last of the commits that any has; NULL. */
const struct report *review_report(const struct review *review);

/* The path that a person calls the file by. */
const char *review_path(const struct review_file *file);

/*
 * True when the file's own diff has lines: the residue of items is in theirs, and
 * empty lines beside items are only counted.
 */
bool review_has_diff(const struct review_file *file);

/*
 * True when a person must look at it: residue, or what no line says, as another
 * mode, another path, bytes that are no text, or an item that stands under other
 * conditionals.
 */
bool review_file_matters(const struct review_file *file);
bool review_matters(const struct review_commit *commit);

/*
 * What no line says of a file: "mode 100644 before, 100755 (executable) after",
 * NULL when that is as of any plain file; "binary file, 20 bytes before, 30 after:
 * not shown, look at it yourself", NULL when it is none. The caller frees.
 */
char *review_mode(const struct review_file *file);
char *review_binary(const struct review_file *file);

/* Of review_texts(), in this order. */
void review_find_items(struct review_commit *commit);
void review_diff_files(struct review_commit *commit);
int review_check(const struct review_commit *commit, struct error *err);

/* The file after, from the files before and the structure alone. */
void review_rebuild(const struct review_commit *commit, size_t file,
		    struct buf *ret);

#endif
