// SPDX-License-Identifier: GPL-2.0-only
/*
 * One run of spatch, and what it says when it ends badly. spatch exits with 255
 * for everything from a typing error in the step to a full disk, so its message
 * decides whose fault it was.
 */
#define _GNU_SOURCE
#include "spatch_run.h"

#include "lib/fs.h"

#include <stdio.h>

#define DEFAULT_TIMEOUT_S 120
#define RUN_TEMP "tmp" /* for spatch's own files; else it litters /tmp */

static const char *const include_options[] = {
	"--no-includes",	"--local-includes",
	"--all-includes",	"--recursive-includes",
	"--include-headers-for-types",
};

/* Copies what spatch reads into a fresh folder. */
static int write_inputs(struct spatch_run *run, enum run_mode mode,
			const struct spatch *spatch,
			const struct series *series, const struct buf *text,
			struct error *err)
{
	const struct step *step = run->step;
	_cleanup_free_ char *dir = fs_join(spatch->scratch, "spatch.XXXXXX");
	_cleanup_(buf_release) struct buf macros = BUF_INIT;
	struct {
		const char *name;
		const void *data;
		size_t len;
		bool wanted;
	} files[] = {
		{ RUN_STEP, step->text, strlen(step->text), true },
		{ RUN_INPUT, text->data, text->len, true },
		{ RUN_PATCHED, text->data, text->len, mode == RUN_PATCH },
		{ RUN_MACROS, NULL, 0, series->macros },
	};

	/* spatch takes a macro file that it cannot read for an empty one. */
	if (series->macros && fs_read(series->macros, &macros, err))
		return -1;
	files[3].data = macros.data;
	files[3].len = macros.len;
	if (!mkdtemp(dir))
		return error_errno(err, "cannot make the folder %s", dir);
	run->dir = xstrdup(dir);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		_cleanup_free_ char *path = fs_join(dir, files[i].name);

		if (files[i].wanted &&
		    fs_write(path, files[i].data, files[i].len, err))
			return -1;
	}
	free(dir);
	dir = fs_join(run->dir, RUN_TEMP);
	return fs_mkdirs(dir, err);
}

static void common_args(struct process *p, const struct spatch_run *run,
			const struct spatch *spatch, const struct series *series,
			bool quiet)
{
	const struct strv *options = &run->step->options;
	bool includes = false;

	p->dir = run->dir;
	p->timeout_s = spatch->timeout_s ? spatch->timeout_s :
					   DEFAULT_TIMEOUT_S;
	strv_add(&p->env, "LC_ALL=C");
	/* options in ~/.cocciconfig would change what a step does */
	strv_add(&p->env, "HOME=.");
	process_args(p, spatch->program, NULL);
	if (quiet)
		process_args(p, "--very-quiet", NULL);
	process_args(p, "--temp-files", RUN_TEMP, NULL);
	if (series->macros)
		process_args(p, "--macro-file", RUN_MACROS, NULL);
	for (size_t i = 0; i < options->nr; i++) {
		const char *option = options->v[i];

		for (size_t k = 0; k < ARRAY_SIZE(include_options); k++)
			includes = includes || streq(option, include_options[k]);
		/* A quiet --parse-c would say nothing of what it skips. */
		if (quiet || (!streq(option, "--quiet") &&
			      !streq(option, "--very-quiet")))
			strv_add(&p->argv, option);
	}
	if (!includes)
		process_args(p, "--no-includes", NULL);
}

static void build_commands(struct spatch_run *run, enum run_mode mode,
			   const struct spatch *spatch,
			   const struct series *series)
{
	struct process *match = &run->both[0], *parse = &run->both[1];

	common_args(match, run, spatch, series, true);
	/* Without --force-diff spatch parses its own output, four times slower. */
	if (mode == RUN_LOCATE)
		process_args(match, "--force-diff", "--sp-file", RUN_STEP,
			     RUN_INPUT, NULL);
	else
		process_args(match, "--sp-file", RUN_STEP, "--in-place",
			     "--no-show-diff", RUN_PATCHED, NULL);
	common_args(parse, run, spatch, series, false);
	process_args(parse, "--parse-c", RUN_INPUT, NULL);
	parse->merge_err = true;
}

static int check_time(const struct spatch_run *run, const struct process *p,
		      struct error *err)
{
	if (!p->timed_out)
		return 0;
	return error_set(err, ERROR_SYSTEM,
			 "step %s: %s: spatch did not end in %u s and was killed "
			 "(COCCISERIES_TIMEOUT sets another limit)",
			 run->step->name, run->path, p->limit_s);
}

/* The number behind 'File "step.cocci", line '; 0. */
static unsigned int step_line(const char *said)
{
	const char *s = strstr(said, "File \"" RUN_STEP "\", line ");

	if (!s)
		return 0;
	return (unsigned int)strtoul(strstr(s, "line ") + strlen("line "), NULL,
				     10);
}

/* What stands in quotes behind "around = "; the caller frees; NULL. */
static char *around(const char *said)
{
	const char *s = strstr(said, "around = '");
	size_t len;

	if (!s)
		return NULL;
	s += strlen("around = '");
	len = strcspn(s, "\n");
	while (len && strchr("',", s[len - 1]))
		len--;
	return xstrndup(s, len);
}

/* ERROR_INPUT when what spatch said is about the step; else 0. */
static int blame_step(const struct step *step, const struct process *p,
		      struct error *err)
{
	static const char *const whole[] = { "unknown option", "No rules apply",
					     "already tagged token",
					     "unexpected code before" };
	const char *said = p->err.data;
	_cleanup_free_ char *token = around(said);
	unsigned int line = step_line(said);

	if (line)
		return error_set(err, ERROR_INPUT,
				 "%s:%u: spatch cannot parse this%s%s%s",
				 step->path, line, token ? ", near '" : "",
				 token ? token : "", token ? "'" : "");
	for (size_t i = 0; i < ARRAY_SIZE(whole); i++) {
		const char *s = strstr(said, whole[i]);

		while (s && s > said && s[-1] != '\n')
			s--;
		if (s)
			return error_set(err, ERROR_INPUT,
					 "%s: spatch says: %.*s", step->path,
					 (int)strcspn(s, "\n"), s);
	}
	return 0;
}

/* "input.c: 70: try to delete an expanded token: x": the 70; 0. */
static unsigned int expanded_line(const struct process *p)
{
	const char *said = p->err.data;
	const char *s = strstr(said, "expanded token");

	if (p->status == 0 || !s)
		return 0;
	while (s > said && s[-1] != '\n')
		s--;
	s = strchr(s, ':');
	return s ? (unsigned int)strtoul(s + 1, NULL, 10) : 0;
}

static int check_match(struct spatch_run *run, struct error *err)
{
	const struct process *p = &run->both[0];

	if (check_time(run, p, err))
		return -1;
	if (p->status == 0)
		return 0;
	run->expanded = p->signal ? 0 : expanded_line(p);
	if (run->expanded && run->expanded <= run->lines.nr)
		return 0;
	if (!p->signal && blame_step(run->step, p, err))
		return -1;
	process_check(p, err);
	return error_prefix(err, "step %s: %s", run->step->name, run->path);
}

static int check_parse(struct spatch_run *run, struct error *err)
{
	const struct process *p = &run->both[1];

	if (check_time(run, p, err))
		return -1;
	if (process_check(p, err) ||
	    coverage_read(&p->out, RUN_INPUT, &run->lines, &run->coverage, err))
		return error_prefix(err, "step %s: %s", run->step->name,
				    run->path);
	return 0;
}

int spatch_run(struct spatch_run *run, enum run_mode mode,
	       const struct spatch *spatch, const struct series *series,
	       const struct step *step, const char *path,
	       const struct buf *text, struct error *err)
{
	static const struct process fresh = PROCESS_INIT;

	*run = (struct spatch_run){ .step = step, .path = path };
	run->both[0] = run->both[1] = fresh;
	lines_init(&run->lines, text);
	if (write_inputs(run, mode, spatch, series, text, err))
		return -1;
	build_commands(run, mode, spatch, series);
	if (process_run_all(run->both, 2, NULL, NULL, NULL, err) ||
	    check_match(run, err) || check_parse(run, err))
		return -1;
	return 0;
}

void spatch_run_release(struct spatch_run *run)
{
	process_release(&run->both[0]);
	process_release(&run->both[1]);
	lines_release(&run->lines);
	coverage_release(&run->coverage);
	if (run->dir)
		fs_remove(run->dir, NULL);
	free(run->dir);
}

/* spatch --parse-cocci writes nothing, so it needs no folder but the step. */
int spatch_parse_step(const struct spatch *spatch, const struct step *step,
		      struct error *err)
{
	static const struct process fresh = PROCESS_INIT;
	static const struct series no_series = { 0 };
	static const struct buf no_text = BUF_INIT;
	struct spatch_run run = { .step = step, .path = step->path };
	struct process *p = &run.both[0];
	int failed;

	run.both[0] = run.both[1] = fresh;
	failed = write_inputs(&run, RUN_LOCATE, spatch, &no_series, &no_text,
			      err);
	if (!failed) {
		common_args(p, &run, spatch, &no_series, true);
		process_args(p, "--parse-cocci", RUN_STEP, NULL);
		failed = process_run(p, err) || check_match(&run, err);
	}
	spatch_run_release(&run);
	return failed ? -1 : 0;
}
