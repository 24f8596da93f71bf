/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that a commit did not touch, and that it may have changed or broken: the
 * verifier is given them with those that it did. Most of them are compiled in
 * no configuration at hand, so no build would tell.
 *
 * Names: a C or assembler file in which the old name still stands as the
 * entity could, or in which the new name is declared or tested. None when the
 * entity is a .c file's own.
 *
 * A file: a C or assembler file whose #include lines mean the path that is
 * gone, or mean the new path though they were there before it; and, when the
 * guard is renamed, one that has either guard.
 */
#ifndef DRIVER_BYSTANDERS_H
#define DRIVER_BYSTANDERS_H

#include "repo.h"

/* An identifier that got another name. */
struct name_change {
	const char *old, *new; /* old NULL: it was its file's own, and is global */
	const char *home; /* path of the file that defines it, before */
};

/* What a commit called otherwise: names, or one file. */
struct called_anew {
	const struct name_change *names;
	size_t nr;
	const char *from, *to;	/* the file's paths; NULL: it is about names */
	const char *guard;	/* its new include guard; NULL: that stays */
};

/*
 * Adds them to paths, which holds what the commit changed and stays sorted.
 * namesakes: of a file, filled as a contract wants them.
 */
int bystanders_add(const struct repo *repo, const struct called_anew *what,
		   const char *parent, const char *commit,
		   struct strv namesakes[2], struct strv *paths,
		   struct error *err);

#endif
