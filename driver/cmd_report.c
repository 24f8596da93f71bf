// SPDX-License-Identifier: GPL-2.0-only
/*
 * report: shows the report that the last run on this base left in its results
 * folder. Nothing is run but git, to name the base.
 */
#include "commands.h"

#include <stdio.h>

#include "lib/fs.h"
#include "output.h"
#include "stages.h"

/* Just enough of a report to find its folder. */
static int name_report(const struct options *options, struct report *ret,
		       struct error *err)
{
	struct series series;
	struct series_options allow = { .allow_scripts = true };
	struct repo repo;
	int result;

	if (series_load(options->series, &allow, &series, err))
		return -1;
	ret->series = xstrdup(series.name);
	series_release(&series);
	/* git only reads: it needs a folder to run in, and none of ours */
	if (repo_open(options->tree, "/", &repo, err))
		return -1;
	result = repo_describe(&repo, options->base, &ret->base_describe, err);
	repo_release(&repo);
	return result;
}

static int load(const struct options *options, struct report *ret,
		struct error *err)
{
	_cleanup_(report_release) struct report name = { 0 };
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *folder = NULL, *path = NULL;
	json_error_t where;
	json_t *document;
	int result;

	if (name_report(options, &name, err) ||
	    report_folder(options, &name, &folder, err))
		return -1;
	path = fs_join(folder, "report.json");
	if (!fs_exists(path))
		return error_set(err, ERROR_INPUT,
				 "%s: there is no report yet; 'cocciseries run' "
				 "writes one",
				 path);
	if (fs_read(path, &text, err))
		return -1;
	document = json_loadb(text.data, text.len, 0, &where);
	if (!document)
		return error_set(err, ERROR_INPUT, "%s:%d: %s", path,
				 where.line, where.text);
	result = report_from_json(document, ret, err);
	json_decref(document);
	return result ? error_prefix(err, "%s", path) : 0;
}

int cmd_report(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct report report = { 0 };
	struct options options;
	int code;

	options_parse(argc, argv,
		      "Shows the report of the last run of SERIES on --base.",
		      &options);
	if (load(&options, &report, &err)) {
		error_print(&err);
		code = error_exit_code(&err);
	} else {
		report_print(&report, &options);
		code = report_exit_code(&report);
		if (output_end(&err)) {
			error_print(&err);
			code = error_exit_code(&err);
		}
	}
	report_release(&report);
	error_release(&err);
	options_release(&options);
	return code;
}
