/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that a step did not touch, and that it may have changed or broken: the
 * verifier is given them with those that it did. Most of them are compiled in
 * no configuration at hand, so no build would tell.
 *
 * rename: a C or assembler file in which the old name still stands as the
 * entity could, or in which the new name is declared or tested. None when the
 * entity is a .c file's own.
 *
 * rename-file: a C or assembler file whose #include lines mean the path that is
 * gone, or mean the new path though they were there before it; and, when the
 * guard is renamed, one that has either guard.
 */
#ifndef DRIVER_BYSTANDERS_H
#define DRIVER_BYSTANDERS_H

#include "repo.h"
#include "series.h"

/*
 * Adds them to paths, which holds what the commit changed and stays sorted.
 * namesakes: filled for a rename-file, as the contract wants them.
 */
int bystanders_add(const struct repo *repo, const struct step *step,
		   const char *parent, const char *commit,
		   struct strv namesakes[2], struct strv *paths,
		   struct error *err);

#endif
