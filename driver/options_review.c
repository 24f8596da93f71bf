// SPDX-License-Identifier: GPL-2.0-only
#include "options_review.h"

#include "options_common.h"
#include "usage.h"

enum {
	KEY_MBOX = KEY_OWN,
	KEY_STAT,
	KEY_HTML,
	KEY_TO,
	KEY_COVER,
	KEY_VERSION,
};

#define COMMON                                                                 \
	{ "tree", KEY_TREE, "DIR", 0,                                          \
	  "repository to look at (default: the current folder's)", 0 },        \
	{ "base", KEY_BASE, "REV", 0,                                          \
	  "commit the series, or the mailbox, starts from", 0 },               \
	{ "branch", KEY_BRANCH, "NAME", 0,                                     \
	  "branch of the series (default: cocciseries/SERIES)", 0 },           \
	{ "results", KEY_RESULTS, "DIR", 0,                                    \
	  "folder of reports (default: results/ in the cache)", 0 },           \
	{ "cache", KEY_CACHE, "DIR", 0, "folder of what earlier runs kept", 0 }

static const struct argp_option review_table[] = {
	COMMON,
	{ "mbox", KEY_MBOX, "FILE", 0,
	  "review the patches of this mailbox, applied on --base (default: the "
	  "base-commit that it names, else HEAD) out of sight", 0 },
	{ "path", KEY_PATH, "PATHSPEC", 0,
	  "look at what the commits change in these files only; may be repeated",
	  0 },
	OPTION_RENAME(0),
	OPTION_SQUASH(0),
	{ "stat", KEY_STAT, NULL, 0, "print the table alone", 0 },
	{ "json", KEY_JSON, NULL, 0, "print the review as JSON", 0 },
	{ "html", KEY_HTML, "FILE", 0,
	  "write the review to a page that needs nothing else, and print the table",
	  0 },
	OPTION_COLOR,
	{ 0 },
};

static const struct argp_option export_table[] = {
	COMMON,
	{ "to", KEY_TO, "DIR", 0, "folder that the patches go into", 0 },
	{ "cover", KEY_COVER, NULL, 0, "write a cover letter, too", 0 },
	{ "version", KEY_VERSION, "N", 0, "the patches are version N", 0 },
	{ "compare-to", KEY_COMPARE_TO, "REV", 0,
	  "show in the cover letter what is otherwise than in this earlier version "
	  "(a branch, or A..B)", 0 },
	{ 0 },
};

static void set_version(const char *arg, struct argp_state *state)
{
	struct options *o = state->input;
	char *end;
	unsigned long version = strtoul(arg, &end, 10);

	if (*end || end == arg || version < 1 || version > 999)
		argp_error(state, "--version wants a number from 1, not '%s'",
			   arg);
	o->version = version;
}

static void set_subject(const char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	if (o->series || o->range)
		argp_error(state, "one series or range only: '%s' is one too "
				  "many", arg);
	if (options_is_series(arg))
		o->series = arg;
	else
		o->range = arg;
}

static void end_review(struct argp_state *state)
{
	struct options *o = state->input;
	bool range = !o->series && !o->mbox;

	if (o->mbox && (o->series || o->range))
		argp_error(state, "--mbox says by itself what is reviewed");
	if (o->mbox && o->branch)
		argp_error(state, "--branch is for a series, and a mailbox has "
				  "none");
	if (range && !o->range)
		o->range = "";
	if (range && (o->base || o->branch))
		argp_error(state, "a range of commits says by itself what it "
				  "stands on: --base and --branch are for a "
				  "series, --base for a mailbox as well");
	if (!range && (o->paths.nr || o->squash))
		argp_error(state, "--path and --squash are for a range of "
				  "commits");
	if (o->json && o->stat)
		argp_error(state, "--json has what --stat prints, and more");
}

/* Of either; argp asks for no option that is not in the command's table. */
static error_t parse_either(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		set_subject(arg, state);
		return 0;
	case KEY_VERSION:
		set_version(arg, state);
		return 0;
	case KEY_MBOX:
		o->mbox = arg;
		return 0;
	case KEY_HTML:
		o->html = arg;
		return 0;
	case KEY_TO:
		o->to = arg;
		return 0;
	case KEY_STAT:
		o->stat = true;
		return 0;
	case KEY_COVER:
		o->cover = true;
		return 0;
	default:
		return options_common(key, arg, state);
	}
}

static error_t parse_review(int key, char *arg, struct argp_state *state)
{
	if (key != ARGP_KEY_END)
		return parse_either(key, arg, state);
	end_review(state);
	return 0;
}

static error_t parse_export(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	if (key != ARGP_KEY_END)
		return parse_either(key, arg, state);
	if (!o->to)
		argp_error(state, "--to says into which folder");
	if (o->compare_to && !o->cover)
		argp_error(state, "--compare-to is for the cover letter: add "
				  "--cover");
	end_review(state);
	return 0;
}

void options_parse_review(int argc, char **argv, const char *doc,
			  struct options *ret)
{
	const struct argp argp = {
		.options = review_table,
		.parser = parse_review,
		.args_doc = "[SERIES | A..B | REV]",
		.doc = doc,
	};

	*ret = (struct options){ .tree = "." };
	usage_parse(&argp, argc, argv, ret);
}

void options_parse_export(int argc, char **argv, const char *doc,
			  struct options *ret)
{
	const struct argp argp = {
		.options = export_table,
		.parser = parse_export,
		.args_doc = "SERIES | A..B | REV --to DIR",
		.doc = doc,
	};

	*ret = (struct options){ .tree = "." };
	usage_parse(&argp, argc, argv, ret);
}
