// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "review_scratch.h"

#include "lib/fs.h"

static int in_scratch(const struct options *options, review_work *work,
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

int review_with_scratch(struct options *options, review_work *work)
{
	struct error err = ERROR_INIT;
	int code = in_scratch(options, work, &err);

	if (code < 0) {
		error_print(&err);
		code = error_exit_code(&err);
	}
	error_release(&err);
	options_release(options);
	return code;
}
