// SPDX-License-Identifier: GPL-2.0-only
/*
 * export: patches to send, and what the tree's checkpatch.pl says of them.
 */
#include "commands.h"

#include <stdio.h>

#include "export.h"
#include "options_review.h"
#include "output.h"
#include "review_open.h"
#include "review_scratch.h"

static const char doc[] =
	"Writes the commits of SERIES or of a range as patches into a folder, as git "
	"format-patch does, addressed to whom the tree's get_maintainer.pl names. "
	"With --cover a cover letter says what the series does, how that was "
	"proven and how to repeat it.\v"
	"What checkpatch.pl of the tree complains about is listed; complaints about "
	"lines that were moved unchanged come last.\n"
	"Exit status: 0 written, whatever the verdict is; 4 could not work, 129 "
	"usage.";

static void print_complaints(const struct export *e, bool moved,
			     const char *title)
{
	bool any = false;

	for (size_t i = 0; i < e->nr_complaints; i++) {
		const struct complaint *c = &e->complaints[i];

		if (c->moved != moved)
			continue;
		if (!any)
			printf("\n%s\n", title);
		any = true;
		printf("  %s:%zu: %s%s%s\n", c->patch, c->line,
		       c->where ? c->where : "", c->where ? ": " : "", c->text);
	}
}

static int print(const struct export *e, struct error *err)
{
	const char *dir = e->options->to;

	if (e->cover)
		printf("%s/%s\n", dir, e->cover);
	for (size_t i = 0; i < e->patches.nr; i++)
		printf("%s/%s\n", dir, e->patches.v[i]);
	print_complaints(e, false, "checkpatch.pl complains:");
	print_complaints(e, true, "and about lines that moved unchanged:");
	return output_end(err);
}

static int perform(const struct repo *repo, const struct options *options,
		   struct error *err)
{
	struct review review;
	struct export export;
	int code = -1;

	if (review_open(repo, options, &review, err))
		return -1;
	if (!export_series(repo, options, &review, &export, err)) {
		code = print(&export, err);
		export_release(&export);
	}
	review_release(&review);
	return code;
}

int cmd_export(int argc, char **argv)
{
	struct options options;

	options_parse_export(argc, argv, doc, &options);
	return review_with_scratch(&options, perform);
}
