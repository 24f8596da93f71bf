// SPDX-License-Identifier: GPL-2.0-only
#include "options_common.h"

#include "lib/fs.h"
#include "series_parts.h"

bool options_is_series(const char *arg)
{
	_cleanup_free_ char *file = fs_join(arg, "series");

	return fs_exists(file);
}

/* "old=new": two identifiers that differ. */
static bool is_rename(const char *arg)
{
	const char *new = strchr(arg, '=');
	size_t old_len = new ? (size_t)(new - arg) : 0;

	return old_len && is_identifier(arg, old_len) &&
	       is_identifier(new + 1, strlen(new + 1)) &&
	       (strlen(new + 1) != old_len ||
		strncmp(arg, new + 1, old_len) != 0);
}

static void set_color(const char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	if (!arg || streq(arg, "always"))
		o->color = COLOR_ALWAYS;
	else if (streq(arg, "never"))
		o->color = COLOR_NEVER;
	else if (streq(arg, "auto"))
		o->color = COLOR_AUTO;
	else
		argp_error(state, "unknown colour setting '%s'", arg);
}

static void add_rename(const char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	if (!is_rename(arg))
		argp_error(state, "--rename wants OLD=NEW, two names, not '%s'",
			   arg);
	strv_add(&o->renames, arg);
}

/* Where an option's argument is kept as it is; NULL. */
static const char **value_of(int key, struct options *o)
{
	switch (key) {
	case KEY_TREE:
		return &o->tree;
	case KEY_BASE:
		return &o->base;
	case KEY_BRANCH:
		return &o->branch;
	case KEY_RESULTS:
		return &o->results;
	case KEY_CACHE:
		return &o->cache;
	case KEY_COMPARE_TO:
		return &o->compare_to;
	default:
		return NULL;
	}
}

error_t options_common(int key, const char *arg, struct argp_state *state)
{
	struct options *o = state->input;
	const char **value = value_of(key, o);

	if (value) {
		*value = arg;
		return 0;
	}
	switch (key) {
	case KEY_JSON:
		o->json = true;
		return 0;
	case KEY_COLOR:
		set_color(arg, state);
		return 0;
	case KEY_PATH:
		strv_add(&o->paths, arg);
		return 0;
	case KEY_RENAME:
		add_rename(arg, state);
		return 0;
	case KEY_SQUASH:
		o->squash = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}
