// SPDX-License-Identifier: GPL-2.0-only
/*
 * One argp parser for the subcommands that work on a series. argp exits with
 * the code it is told; wrong usage is 129, as git's.
 *
 * argv is cut at the first "--" before argp sees it: argp puts all arguments
 * behind it, the series as well, and could not tell them from make's.
 */
#include "options_common.h"

#include <stdio.h>
#include <unistd.h>

#include "lib/fs.h"
#include "usage.h"

enum {
	KEY_CONFIG = KEY_OWN,
	KEY_SIGNOFF,
	KEY_ALLOW_SCRIPTS,
	KEY_FROM,
	KEY_DRIFT,
	KEY_BISECT,
};

static const struct argp_option option_table[] = {
	{ "tree", KEY_TREE, "DIR", 0,
	  "repository to work on (default: the current folder's)", 0 },
	{ "base", KEY_BASE, "REV", 0,
	  "commit the series starts from (default: HEAD)", 0 },
	{ "branch", KEY_BRANCH, "NAME", 0,
	  "branch the commits appear on (default: cocciseries/SERIES)", 0 },
	{ "from", KEY_FROM, "STEP", 0,
	  "do this step, and all behind it, again: nothing that was kept of them "
	  "is used", 0 },
	{ "compare-to", KEY_COMPARE_TO, "REV", 0,
	  "tell what is otherwise than in this earlier generation of the series, "
	  "whatever base it has", 0 },
	{ "drift", KEY_DRIFT, "WHAT", 0,
	  "of a step that does not fit the base: stop (the default), or accept "
	  "what is suggested, where that needs nobody's judgement", 0 },
	{ "config", KEY_CONFIG, "NAME", 0,
	  "build this configuration of the series only, or all of them (of a "
	  "range: FILE, or a goal of the tree's make); may be repeated", 0 },
	{ "jobs", 'j', "N", 0,
	  "processes at once, in all configurations and steps together (default: as "
	  "many as there are processors, and memory for)", 0 },
	{ "results", KEY_RESULTS, "DIR", 0,
	  "folder for reports (default: results/ in the cache)", 0 },
	{ "cache", KEY_CACHE, "DIR", 0,
	  "folder for work and what need not be done again", 0 },
	{ "json", KEY_JSON, NULL, 0, "print the report as JSON", 0 },
	OPTION_COLOR,
	{ "signoff", KEY_SIGNOFF, NULL, 0, "add Signed-off-by to each commit", 0 },
	{ "allow-scripts", KEY_ALLOW_SCRIPTS, NULL, 0,
	  "accept steps that run Python or OCaml on this machine", 0 },
	{ "quiet", 'q', NULL, 0, "no progress on stderr", 0 },
	{ 0 },
};

static const struct argp_option range_table[] = {
	{ NULL, 0, NULL, 0, "Of a range:", 1 },
	{ "path", KEY_PATH, "PATHSPEC", 0,
	  "look at what the commits change in these files only; from the top of "
	  "the tree, may be repeated", 1 },
	OPTION_RENAME(1),
	OPTION_SQUASH(1),
	{ "bisect", KEY_BISECT, NULL, 0,
	  "be the command of 'git bisect run': verify REV (default: HEAD) and "
	  "what is between it and the last good commit", 1 },
	{ 0 },
};

static error_t parse_jobs(const char *arg, struct options *o)
{
	char *end;
	unsigned long jobs = strtoul(arg, &end, 10);

	if (*end || end == arg || jobs < 1 || jobs > 4096)
		return EINVAL;
	o->jobs = jobs;
	return 0;
}

static error_t parse_drift(const char *arg, struct options *o)
{
	if (streq(arg, "stop"))
		o->drift = DRIFT_STOP;
	else if (streq(arg, "accept"))
		o->drift = DRIFT_ACCEPT;
	else
		return EINVAL;
	return 0;
}

static error_t parse_positional(const char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	if (o->series)
		argp_error(state, "one series only: '%s' is one too many", arg);
	o->series = arg;
	return 0;
}

static error_t parse_plain(int key, const char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case 'q':
		o->quiet = true;
		return 0;
	case KEY_SIGNOFF:
		o->signoff = true;
		return 0;
	case KEY_ALLOW_SCRIPTS:
		o->allow_scripts = true;
		return 0;
	case KEY_FROM:
		o->from = arg;
		return 0;
	case KEY_CONFIG:
		strv_add(&o->configs, arg);
		return 0;
	default:
		return options_common(key, arg, state);
	}
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		return parse_positional(arg, state);
	case ARGP_KEY_END:
		if (!o->series)
			argp_error(state, "no series given");
		return 0;
	case 'j':
		if (parse_jobs(arg, o))
			argp_error(state, "-j wants a number from 1, not '%s'", arg);
		return 0;
	case KEY_DRIFT:
		if (parse_drift(arg, o))
			argp_error(state, "--drift is stop or accept, not '%s'",
				   arg);
		return 0;
	default:
		return parse_plain(key, arg, state);
	}
}

static error_t parse_subject(const char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	if (options_is_series(arg))
		return parse_positional(arg, state);
	if (o->range)
		argp_error(state, "one range only: '%s' is one too many", arg);
	o->range = arg;
	return 0;
}

/* What a range has no use for must not be taken for something else. */
static void end_range(struct argp_state *state)
{
	struct options *o = state->input;

	if (!o->range && !o->series && !o->bisect)
		o->range = "";
	if (o->range && (o->base || o->branch || o->compare_to || o->from))
		argp_error(state, "a range of commits says by itself what it "
				  "stands on: --base, --branch, --from and "
				  "--compare-to are for a series");
	if (o->bisect && !o->range)
		o->range = "HEAD";
	if (o->bisect && (o->squash || !*o->range || strstr(o->range, "..")))
		argp_error(state, "--bisect is for one commit, by default the "
				  "one that is checked out");
	if (!o->range && (o->paths.nr || o->renames.nr || o->squash))
		argp_error(state, "--path, --rename and --squash are for a range "
				  "of commits");
}

static error_t parse_range_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	if (key != KEY_BISECT)
		return options_common(key, arg, state);
	o->bisect = true;
	return 0;
}

static error_t parse_with_range(int key, char *arg, struct argp_state *state)
{
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = state->input;
		return 0;
	case ARGP_KEY_ARG:
		return parse_subject(arg, state);
	case ARGP_KEY_END:
		end_range(state);
		return 0;
	default:
		return parse_option(key, arg, state);
	}
}

/* Bytes of memory that programs can have now; 0 when /proc does not say. */
static unsigned long long available_memory(void)
{
	static const char name[] = "MemAvailable:";
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	const char *line;

	if (fs_read("/proc/meminfo", &text, NULL))
		return 0;
	line = strstr(text.data, name);
	return line ? strtoull(line + strlen(name), NULL, 10) * 1024 : 0;
}

/* Enough for a compiler of a large unit: gcc 12 takes 252 MiB for KVM's x86.c. */
#define JOB_MEMORY (1024ULL << 20)

static unsigned int default_jobs(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned long long memory = available_memory();
	unsigned int jobs = processors > 0 ? processors : 1;

	if (memory && memory / JOB_MEMORY < jobs)
		jobs = memory / JOB_MEMORY;
	return jobs ? jobs : 1;
}

static void parse(const struct argp *argp, int argc, char **argv,
		  struct options *ret)
{
	int border = 1;

	*ret = (struct options){
		.tree = ".",
		.jobs = default_jobs(),
	};
	while (border < argc && !streq(argv[border], "--"))
		border++;
	usage_parse(argp, border, argv, ret);
	for (int i = border + 1; i < argc; i++)
		strv_add(&ret->make_args, argv[i]);
	if (!ret->base)
		ret->base = "HEAD";
}

void options_parse(int argc, char **argv, const char *doc, struct options *ret)
{
	const struct argp argp = {
		.options = option_table,
		.parser = parse_option,
		.args_doc = "SERIES [-- MAKE-ARGUMENT...]",
		.doc = doc,
	};

	parse(&argp, argc, argv, ret);
}

void options_parse_range(int argc, char **argv, const char *doc,
			 struct options *ret)
{
	const struct argp more = { .options = range_table,
				   .parser = parse_range_option };
	const struct argp_child children[] = { { .argp = &more }, { 0 } };
	const struct argp argp = {
		.options = option_table,
		.parser = parse_with_range,
		.args_doc = "[SERIES] [A..B | REV] [-- MAKE-ARGUMENT...]",
		.doc = doc,
		.children = children,
	};

	parse(&argp, argc, argv, ret);
}

void options_release(struct options *options)
{
	strv_release(&options->configs);
	strv_release(&options->paths);
	strv_release(&options->renames);
	strv_release(&options->make_args);
}

int options_cache(const struct options *options, char **ret, struct error *err)
{
	const char *own = getenv("COCCISERIES_CACHE");
	const char *xdg = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	if (options->cache)
		*ret = xstrdup(options->cache);
	else if (own && *own)
		*ret = xstrdup(own);
	else if (xdg && *xdg)
		*ret = fs_join(xdg, "cocciseries");
	else if (home && *home)
		*ret = fs_join(home, ".cache/cocciseries");
	else
		return error_set(err, ERROR_INPUT,
				 "no cache folder: HOME is not set; use --cache");
	return 0;
}

bool options_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	if (no_color && *no_color)
		return false;
	return isatty(STDOUT_FILENO) && term && !streq(term, "dumb");
}
