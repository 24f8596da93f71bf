// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "review_scratch.h"

#include "lib/scratch.h"

static int in_scratch(const struct options *options, review_work *work,
		      struct error *err)
{
	_cleanup_(scratch_close) struct scratch scratch = SCRATCH_INIT;
	struct repo repo = { 0 };
	int code = -1;

	if (scratch_open(&scratch, err))
		return -1;
	if (!repo_open(options->tree, scratch.path, &repo, err))
		code = work(&repo, options, err);
	repo_release(&repo);
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
