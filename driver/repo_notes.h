/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Notes on commits, which 'git log --notes=cocciseries' shows. They are made as
 * objects that nothing refers to; repo_publish_noted() makes them appear together
 * with the branch.
 */
#ifndef DRIVER_REPO_NOTES_H
#define DRIVER_REPO_NOTES_H

#include "repo.h"

#define REPO_NOTES_REF "refs/notes/cocciseries"

/*
 * Notes of the commits (full ids) over those that are there: of these commits
 * older ones are replaced, all others stay. The commit's dates are those of the
 * last one of ids, so that the same notes over the same ones have the same id.
 * ret->id is NULL when nothing changes.
 */
int repo_notes_make(const struct repo *repo, const struct strv *ids,
		    const struct strv *texts, struct repo_notes *ret,
		    struct error *err);
void repo_notes_release(struct repo_notes *notes);

#endif
