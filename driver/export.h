/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Patches that a maintainer takes: git's own, with a cover letter that says what
 * the series does and how that was proven, and what the tree's scripts say of
 * them. All is made in a scratch folder first; the folder that was asked for gets
 * either all of it or nothing.
 *
 *	export.c	  format-patch, and the files into their place
 *	export_cover.c	  what the cover letter says
 *	export_scripts.c  get_maintainer.pl and checkpatch.pl of the tree itself
 */
#ifndef DRIVER_EXPORT_H
#define DRIVER_EXPORT_H

#include "options.h"
#include "repo.h"
#include "review.h"

/* What checkpatch.pl has to say about a line. */
struct complaint {
	char *patch;   /* "0003-x.patch" */
	size_t line;   /* of the patch */
	char *text;    /* "WARNING:LONG_LINE: ..." */
	char *where;   /* "path:line" after; NULL: not about a new line */
	bool moved;    /* about a line that moved byte for byte */
};

struct export {
	const struct repo *repo;
	const struct options *options;
	const struct review *review;
	char *tools;		 /* folder with the tree's scripts */
	char *out;		 /* folder that the patches are made in */
	struct strv patches;	 /* their names, in order; a cover letter is none */
	char *cover;		 /* its name; NULL: none */
	struct strv to, cc;	 /* "Name <mail>", and lists */
	struct complaint *complaints; /* owned, in order of the patches */
	size_t nr_complaints;
	bool checked;		 /* the tree has a checkpatch.pl, and it ran */
};

/* Makes everything, in options->to; on success ret says what there is. */
int export_series(const struct repo *repo, const struct options *options,
		  const struct review *review, struct export *ret,
		  struct error *err);
void export_release(struct export *export);

/*
 * Of export_series(), in this order. The tree's scripts, if it has them, as of the
 * last commit; who gets the patches.
 */
int export_find_scripts(struct export *export, struct error *err);
int export_find_recipients(struct export *export, struct error *err);
int export_check_patches(struct export *export, struct error *err);

/* The text of the cover letter that git's template has a place for. */
int export_cover_subject(const struct export *export, char **ret,
			 struct error *err);
void export_cover_text(const struct export *export, struct buf *ret);

#endif
