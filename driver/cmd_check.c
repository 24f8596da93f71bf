// SPDX-License-Identifier: GPL-2.0-only
/*
 * check and list: what can be said of a series without a kernel.
 */
#include "commands.h"

#include <stdio.h>

#include "lib/scratch.h"
#include "kbuild.h"
#include "locate.h"
#include "output.h"
#include "usage.h"

struct arguments {
	const char *series;
	bool allow_scripts;
};

static const struct argp_option option_table[] = {
	{ "allow-scripts", 's', NULL, 0,
	  "accept steps that run Python or OCaml", 0 },
	{ 0 },
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case 's':
		a->allow_scripts = true;
		return 0;
	case ARGP_KEY_ARG:
		if (a->series)
			argp_error(state, "one series only");
		a->series = arg;
		return 0;
	case ARGP_KEY_END:
		if (!a->series)
			argp_error(state, "no series given");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int load(int argc, char **argv, const char *doc, struct series *ret,
		struct error *err)
{
	struct arguments a = { 0 };
	const struct argp argp = { .options = option_table,
				   .parser = parse_option,
				   .args_doc = "SERIES",
				   .doc = doc };
	struct series_options options;

	usage_parse(&argp, argc, argv, &a);
	options.allow_scripts = a.allow_scripts;
	return series_load(a.series, &options, ret, err);
}

static int fail(struct error *err)
{
	int code = error_exit_code(err);

	error_print(err);
	error_release(err);
	return code;
}

int cmd_list(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct series series;

	if (load(argc, argv, "Lists the steps of SERIES in order.", &series,
		 &err))
		return fail(&err);
	for (size_t i = 0; i < series.nr; i++)
		printf("%-*s  %-11s  %s\n", series_width(&series),
		       series.steps[i].name,
		       step_kind_name(series.steps[i].kind),
		       series.steps[i].subject);
	series_release(&series);
	return output_end(&err) ? fail(&err) : 0;
}

/* spatch wants files, so the steps are parsed from a folder of our own. */
static int check_steps(const struct series *series, struct error *err)
{
	_cleanup_(scratch_close) struct scratch scratch = SCRATCH_INIT;
	struct spatch spatch = { .program = "spatch" };
	int result = 0;

	if (scratch_open(&scratch, err))
		return -1;
	spatch.scratch = scratch.path;
	for (size_t i = 0; i < series->nr && !result; i++)
		result = spatch_check(&spatch, &series->steps[i], err);
	return result;
}

static int check_configs(const struct series *series, struct error *err)
{
	for (size_t i = 0; i < series->configs.nr; i++) {
		struct build_config config = { 0 };

		if (build_config_load(series->configs.v[i], &config, err))
			return -1;
		build_config_release(&config);
	}
	return 0;
}

int cmd_check(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct series series;

	if (load(argc, argv,
		 "Checks SERIES without a kernel: the form of every step, its "
		 "keys, its rules (spatch parses them) and the configurations.",
		 &series, &err))
		return fail(&err);
	if (check_steps(&series, &err) || check_configs(&series, &err)) {
		series_release(&series);
		return fail(&err);
	}
	printf("%s: %zu steps, %zu configurations, no errors\n", series.name,
	       series.nr, series.configs.nr);
	series_release(&series);
	return output_end(&err) ? fail(&err) : 0;
}
