/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The command line of the subcommands that work on a series and a tree: run,
 * apply, verify and report take the same options, so that a stage can be
 * repeated alone with what the whole was called with.
 */
#ifndef DRIVER_OPTIONS_H
#define DRIVER_OPTIONS_H

#include "lib/error.h"
#include "lib/strv.h"

enum drift_policy { DRIFT_STOP, DRIFT_ACCEPT };
enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct options {
	const char *series;	  /* folder of the series; NULL: a range alone */
	const char *range;	  /* commits to verify: "A..B", "REV", or "" for
				     those over the upstream; NULL: the series' */
	const char *tree;	  /* any folder of the repository; "." */
	const char *base;	  /* revision the series starts from; "HEAD" */
	const char *branch;	  /* NULL: cocciseries/<series> */
	const char *from;	  /* step to do again, with all behind it; NULL */
	const char *compare_to;	  /* earlier generation of the series; NULL */
	const char *results;	  /* NULL: <cache>/results */
	const char *cache;	  /* NULL: see options_cache() */
	struct strv configs;	  /* names (of a range: or files); empty: all of
				     the series, or what suits the range */
	struct strv paths;	  /* of a range: pathspecs that it is limited to */
	struct strv renames;	  /* of a range: "old=new", names that changed */
	struct strv make_args;	  /* what stood behind "--" */
	unsigned int jobs;	  /* programs at once, in all configurations and
				     stretches of steps together; at least 1 */
	enum drift_policy drift;  /* what is done about a step that does not fit */
	enum color_when color;
	bool json, quiet, signoff, allow_scripts;
	bool squash;		  /* a range is one commit */
	bool bisect;		  /* for 'git bisect run': range is a REV */
	/* review and export: options_review.h */
	const char *mbox;	  /* mailbox to review; NULL: commits */
	const char *html;	  /* file to write a review to; NULL: none */
	const char *to;		  /* folder for patches */
	unsigned int version;	  /* of the patches; 0: not said */
	bool stat, cover;
};

/*
 * Parses argv of a subcommand (argv[0] its name). doc is the text of --help
 * behind the usage line. Prints and exits by itself for --help and wrong usage
 * (129), as argp does.
 */
void options_parse(int argc, char **argv, const char *doc,
		   struct options *ret);

/*
 * As options_parse(), of a subcommand that takes a range of commits instead of
 * a series, or with one for its configurations. An argument that is a folder with
 * a file "series" is a series, any other a range.
 */
void options_parse_range(int argc, char **argv, const char *doc,
			 struct options *ret);
void options_release(struct options *options);

/*
 * The cache folder: --cache, else $COCCISERIES_CACHE, else
 * $XDG_CACHE_HOME/cocciseries, else ~/.cache/cocciseries; the caller frees.
 */
int options_cache(const struct options *options, char **ret,
		  struct error *err);

/* Whether to write colour to stdout: --color, NO_COLOR, a terminal. */
bool options_color(const struct options *options);

#endif
