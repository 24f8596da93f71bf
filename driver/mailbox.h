/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Patches from a mailbox as commits, without a checkout: as 'git am' would make
 * them, but with an index of ours, and as objects that nothing refers to.
 */
#ifndef DRIVER_MAILBOX_H
#define DRIVER_MAILBOX_H

#include "repo.h"

/*
 * Applies the patches of an mbox file (or of one mail), in their order, on base;
 * base NULL: what the mails name as base-commit, else HEAD. Mails without a patch,
 * as a cover letter, are left out. ret_ids: the commits, oldest first; ret_base:
 * the full id of what they stand on. Author, date and message are the mail's, the
 * committer is the author: the ids depend on nothing else.
 *
 * ERROR_INPUT: no mailbox, or none with a patch; an unknown base. ERROR_DRIFT:
 * a patch does not apply, which is named.
 */
int mailbox_apply(const struct repo *repo, const char *path, const char *base,
		  struct strv *ret_ids, char **ret_base, struct error *err);

#endif
