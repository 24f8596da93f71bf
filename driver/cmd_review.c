// SPDX-License-Identifier: GPL-2.0-only
/*
 * review: shows what is for a person to see. Nothing is built and nothing of the
 * repository changes.
 */
#include "commands.h"

#include <stdio.h>

#include "html_page.h"
#include "lib/fs.h"
#include "options_review.h"
#include "output.h"
#include "render.h"
#include "review_json.h"
#include "review_open.h"
#include "review_scratch.h"
#include "review_terminal.h"

static const char doc[] =
	"Shows a person what matters of each commit: what moved untouched is a line "
	"for each item, all else is a diff, and what 'run' and 'verify' found out "
	"stands beside it. Nothing is built.\n"
	"SERIES: the commits of its branch over --base. A..B: those that B has and A "
	"has not, whoever made them. REV: that one commit. Nothing: what HEAD has and "
	"its upstream has not.\v"
	"On a terminal the pager and the colours are git's (core.pager, color.diff).\n"
	"Exit status: 0 neutral or explained, 1 different, 2 undecided or not "
	"verified, 3 a mail does not apply, 4 could not work, 129 usage.";

static int exit_code(const struct review *review)
{
	static const int codes[] = {
		[VERDICT_NEUTRAL] = 0,
		[VERDICT_EXPLAINED] = 0,
		[VERDICT_UNDECIDED] = 2,
		[VERDICT_DIFFERENT] = 1,
	};
	enum verdict verdict = VERDICT_NEUTRAL;

	for (size_t i = 0; i < review->nr; i++)
		verdict = verdict_worse(verdict,
					review_verdict(&review->commits[i]));
	return codes[verdict];
}

static int print_json(const struct review *review, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	json_t *document = review_json(review);

	render_dump(document, &text);
	json_decref(document);
	fwrite(text.data, 1, text.len, stdout);
	return output_end(err);
}

static int write_html(const struct options *options,
		      const struct review *review, struct error *err)
{
	_cleanup_(buf_release) struct buf page = BUF_INIT;

	if (!options->html)
		return 0;
	if (html_page(review, &page, err))
		return -1;
	return fs_write(options->html, page.data, page.len, err);
}

static int print(const struct repo *repo, const struct options *options,
		 const struct review *review, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(palette_release) struct palette palette = { 0 };

	if (options->json)
		return print_json(review, err);
	palette_open(repo, options, &palette);
	if (options->stat || options->html)
		review_table(review, &palette, &text);
	else
		review_terminal(review, &palette, &text);
	return pager_print(repo, text.data, text.len, err);
}

static int perform(const struct repo *repo, const struct options *options,
		   struct error *err)
{
	struct review review;
	int code = -1;

	if (review_open(repo, options, &review, err))
		return -1;
	if (!write_html(options, &review, err) &&
	    !print(repo, options, &review, err))
		code = exit_code(&review);
	review_release(&review);
	return code;
}

int cmd_review(int argc, char **argv)
{
	struct options options;

	options_parse_review(argc, argv, doc, &options);
	return review_with_scratch(&options, perform);
}
