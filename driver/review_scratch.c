// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "review_scratch.h"

#include "lib/fs.h"

int review_with_scratch(const struct options *options, review_work *work,
			struct error *err)
{
	const char *tmp = getenv("TMPDIR");
	_cleanup_free_ char *scratch = xasprintf(
		"%s/cocciseries-review-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	struct repo repo;
	int code;

	if (!mkdtemp(scratch))
		return error_errno(err, "%s", scratch);
	if (repo_open(options->tree, scratch, &repo, err)) {
		code = -1;
	} else {
		code = work(&repo, options, err);
		repo_release(&repo);
	}
	fs_remove(scratch, NULL);
	return code;
}
