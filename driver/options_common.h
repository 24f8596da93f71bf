/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the command lines of options.c and options_review.c have in common, so that
 * the same words mean the same, and wrong ones are told alike.
 */
#ifndef DRIVER_OPTIONS_COMMON_H
#define DRIVER_OPTIONS_COMMON_H

#include <argp.h>

#include "options.h"

/* Of options that have no letter: those that options_common() knows come first. */
enum option_key {
	KEY_TREE = 0x100,
	KEY_BASE,
	KEY_BRANCH,
	KEY_RESULTS,
	KEY_CACHE,
	KEY_COMPARE_TO,
	KEY_JSON,
	KEY_COLOR,
	KEY_PATH,
	KEY_RENAME,
	KEY_SQUASH,
	KEY_OWN, /* the first of a parser's own */
};

/* Rows of an argp table that read the same wherever they are. */
#define OPTION_COLOR                                                           \
	{ "color", KEY_COLOR, "WHEN", OPTION_ARG_OPTIONAL,                     \
	  "auto, always or never", 0 }
#define OPTION_RENAME(group)                                                   \
	{ "rename", KEY_RENAME, "OLD=NEW", 0,                                  \
	  "this name was changed; may be repeated", group }
#define OPTION_SQUASH(group)                                                   \
	{ "squash", KEY_SQUASH, NULL, 0, "take the range as one commit", group }

/*
 * Puts the argument of a common option into the struct options that is the state's
 * input; ends the program by argp_error() when it makes no sense.
 * ARGP_ERR_UNKNOWN: it is none of them.
 */
error_t options_common(int key, const char *arg, struct argp_state *state);

/* True when the argument is the folder of a series: it has a file "series". */
bool options_is_series(const char *arg);

#endif
