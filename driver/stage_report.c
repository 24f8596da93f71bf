// SPDX-License-Identifier: GPL-2.0-only
/*
 * The end of a run: the report is judged, written where results go, and
 * printed. What the run cost is kept apart, in the work folder: times never
 * make it into a report.
 */
#include "stages.h"

#include <stdio.h>

#include "evidence.h"
#include "generation.h"
#include "lib/fs.h"
#include "output.h"

/* A tag or a range may have slashes. */
static char *folder_name(const char *text)
{
	char *name = xstrdup(text);

	for (char *c = name; *c; c++)
		if (*c == '/')
			*c = '-';
	return name;
}

/* "kvm+kvm-minimal", also of files. */
static char *join_configs(const struct strv *configs)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	for (size_t i = 0; i < configs->nr; i++) {
		_cleanup_free_ char *name = build_config_name(configs->v[i]);

		strv_add(&names, name);
	}
	return strv_join(&names, "+");
}

int report_folder(const struct options *options, const struct report *report,
		  char **ret, struct error *err)
{
	_cleanup_free_ char *cache = NULL, *results = NULL, *some = NULL;
	_cleanup_free_ char *base = folder_name(report->base_describe);
	_cleanup_free_ char *series = folder_name(report->series);

	if (options->results) {
		results = xstrdup(options->results);
	} else {
		if (options_cache(options, &cache, err))
			return -1;
		results = fs_join(cache, "results");
	}
	/* Some of the configurations prove less: not in place of the whole. */
	some = join_configs(&options->configs);
	*ret = xasprintf("%s/%s/%s%s%s", results, series, base,
			 *some ? "-only-" : "", some);
	return 0;
}

void report_print(const struct report *report, const struct options *options)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	if (options->json) {
		json_t *document = report_json(report);

		json_dumpf(document, stdout, JSON_INDENT(2));
		putchar('\n');
		json_decref(document);
		return;
	}
	report_terminal(report, options_color(options), &text);
	fwrite(text.data, 1, text.len, stdout);
}

/* A range is looked at, and done with; a series is kept up over many bases. */
static bool is_kept(const struct session *s)
{
	return !s->range.nr || s->options->results;
}

int stage_may_report(struct session *s, struct error *err)
{
	_cleanup_free_ char *folder = NULL;

	if (!is_kept(s))
		return 0;
	if (report_folder(s->options, &s->report, &folder, err))
		return -1;
	if (!fs_mkdirs_to_fill(folder, err))
		return 0;
	return error_prefix(err, "reports cannot be kept, name another folder "
				 "with --results");
}

/* 'review' shows it, beside the commits. */
static int keep_range(struct session *s, struct error *err)
{
	_cleanup_free_ char *cache = NULL;

	if (!s->range.nr)
		return 0;
	return options_cache(s->options, &cache, err) ||
			       evidence_keep(cache, &s->report, err) ?
		       -1 :
		       0;
}

int stage_report(struct session *s, struct error *err)
{
	_cleanup_free_ char *folder = NULL;
	_cleanup_free_ char *timing = fs_join(s->work, "timing.txt");

	report_judge(&s->report);
	if (s->options->compare_to &&
	    generation_compare(&s->repo, s->options->compare_to, &s->report, err))
		return -1;
	if ((is_kept(s) &&
	     (report_folder(s->options, &s->report, &folder, err) ||
	      report_write(&s->report, folder, err))) ||
	    keep_range(s, err) ||
	    fs_write(timing, s->progress.log.data, s->progress.log.len, err))
		return -1;
	if (folder)
		progress_done(&s->progress, "report  %s", folder);
	progress_end(&s->progress);
	report_print(&s->report, s->options);
	if (output_end(err))
		return -1;
	return report_exit_code(&s->report);
}
