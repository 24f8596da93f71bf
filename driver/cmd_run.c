// SPDX-License-Identifier: GPL-2.0-only
/*
 * run, apply and verify: the same session, with all stages or some of them.
 */
#include "commands.h"

#include <errno.h>
#include <stdio.h>

#include "lib/process.h"
#include "render.h"
#include "stages.h"
#include "usage.h"

/* The stages of one subcommand; those it does without are NULL. */
struct plan {
	void (*parse)(int argc, char **argv, const char *doc,
		      struct options *ret);
	int (*commits)(struct session *s, struct error *err);
	int (*verify)(struct session *s, struct error *err);
	int (*publish)(struct session *s, struct error *err);
	int (*report)(struct session *s, struct error *err);
};

/* Nothing is accepted silently, not even where no report is made. */
static void print_accepted(const struct report *report)
{
	for (size_t i = 0; i < report->nr_accepted;) {
		_cleanup_free_ char *text = render_accepted(report, &i);

		printf("accepted: %s\n", text);
	}
}

/* The report comes even when the branch could not be written: it cost hours. */
static int finish(const struct plan *plan, struct session *s,
		  struct error *err)
{
	struct error later = ERROR_INIT;
	int refused = plan->publish ? plan->publish(s, err) : 0;
	int code = plan->report ? plan->report(s, refused ? &later : err) : 0;

	if (!plan->report)
		print_accepted(&s->report);
	if (refused && code < 0)
		error_print(&later);
	error_release(&later);
	return refused ? -1 : code;
}

/*
 * A step that does not fit still ends in a report: what was applied before it,
 * and the drift, are what the user needs to mend the series.
 */
static int report_drift(const struct plan *plan, struct session *s,
			struct error *err)
{
	struct error second = ERROR_INIT;

	if (err->class == ERROR_DRIFT && plan->report &&
	    plan->report(s, &second) < 0) {
		error_print(&second);
		error_release(&second);
	}
	return -1;
}

/* How much of it needs nobody, where that was not asked for. */
static void hint(const struct session *s)
{
	size_t all = 0, remedied = 0;

	for (size_t i = 0; i < s->report.nr; i++) {
		all += s->report.steps[i].drifts.nr;
		remedied += drifts_remedied(&s->report.steps[i].drifts);
	}
	if (remedied && s->options->drift == DRIFT_STOP && !s->options->quiet)
		fprintf(stderr, "cocciseries: --drift=accept would do what is "
				"suggested in %zu of these %zu cases\n",
			remedied, all);
}

static int execute(const struct plan *plan, struct session *s,
		   struct error *err)
{
	if (plan->report && stage_may_report(s, err))
		return -1;
	if (plan->commits(s, err))
		return report_drift(plan, s, err);
	if (plan->publish && stage_may_publish(s, err))
		return -1;
	if (plan->verify && plan->verify(s, err))
		return -1;
	return finish(plan, s, err);
}

/* A full disk is met in many places, by us and by what we run. */
static void advise(const struct error *err)
{
	if (err->text && strstr(err->text, strerror(ENOSPC)))
		fprintf(stderr,
			"cocciseries: what is finished is kept: make room "
			"there, or name other folders with --cache and "
			"--results, and run it again\n");
}

/*
 * The exit status for 'git bisect run' (git-bisect(1)): 0 is good, 1 bad, 125
 * neither, and any other is bad or the end of it. Where it could not work, or
 * what the commit stands on does not build, nobody knows; code is negative.
 */
static int bisect_code(int code)
{
	return code == 0 || code == 1 ? code : 125;
}

/* What an option is for that this subcommand has no use for; NULL. */
static const char *misuse(const struct plan *plan, const struct options *o)
{
	if (o->compare_to && !plan->report)
		return "--compare-to is for what makes a report: run, verify";
	if (o->drift != DRIFT_STOP && plan->commits != stage_apply)
		return "--drift is for what applies steps: run, apply";
	return NULL;
}

static int perform(const struct plan *plan, const char *doc, int argc,
		   char **argv)
{
	struct error err = ERROR_INIT;
	struct options options;
	struct session session;
	int code = -1;

	plan->parse(argc, argv, doc, &options);
	if (misuse(plan, &options)) {
		fprintf(stderr, "cocciseries: error: %s\n",
			misuse(plan, &options));
		options_release(&options);
		return EXIT_USAGE;
	}
	process_set_farewell("cocciseries: stopped; what is finished is kept, "
			     "and the next run goes on from there\n");
	if (!session_open(&options, &session, &err)) {
		code = execute(plan, &session, &err);
		if (code < 0)
			error_print(&err);
		hint(&session);
		session_release(&session);
	} else {
		error_print(&err);
	}
	if (code < 0)
		advise(&err);
	if (options.bisect)
		code = bisect_code(code);
	else if (code < 0)
		code = error_exit_code(&err);
	error_release(&err);
	options_release(&options);
	return code;
}

int cmd_run(int argc, char **argv)
{
	static const struct plan plan = { options_parse, stage_apply,
					  stage_verify, stage_publish,
					  stage_report };

	return perform(
		&plan,
		"Applies every step of SERIES over --base, commits it, builds "
		"it in every configuration, proves that behaviour did not "
		"change, and writes a report. The branch appears when all is "
		"done; your checkout is not touched.\v"
		"What stands behind -- goes to make: CC=gcc-12, LLVM=1.\n"
		"Exit status: 0 neutral or explained, 1 different, 2 undecided, "
		"3 a step does not fit the base, 4 could not work, 129 usage.",
		argc, argv);
}

int cmd_apply(int argc, char **argv)
{
	static const struct plan plan = { options_parse, stage_apply, NULL,
					  stage_publish, NULL };

	return perform(&plan,
		       "Applies every step of SERIES over --base and makes the "
		       "branch appear. Nothing is built or proven.",
		       argc, argv);
}

int cmd_verify(int argc, char **argv)
{
	static const struct plan plan = { options_parse_range, stage_adopt,
					  stage_verify, NULL, stage_report };

	return perform(
		&plan,
		"Builds and proves commits, whoever made them, and prints a "
		"report; nothing in the repository changes.\n"
		"SERIES alone: those that stand on its branch over --base, one a "
		"step. A..B: those that B has and A has not, each by itself; what "
		"moved, was renamed, promoted or extracted is worked out, and the "
		"rest is shown. REV: that one commit. Nothing: what HEAD has and its "
		"upstream has not.\v"
		"The configurations of a range are those of --config (a kconfig "
		"fragment with '# Defconfig:' and '# Targets:', a whole .config, a "
		"goal of the tree's make, or a name of SERIES), else those of "
		"SERIES, else the tree's own .config (with -- O=DIR, that one), else "
		"x86_64_defconfig with what the touched files are built under. "
		"A range with a merge must be squashed: then its end is "
		"compared with where it begins. Its report is kept only where "
		"--results says.\n"
		"With --bisect: 0 neutral or explained, 1 different, and 125 for all "
		"else, by which git bisect skips the commit.\n"
		"What stands behind -- goes to make: CC=gcc-12, LLVM=1.\n"
		"Exit status: 0 neutral or explained, 1 different, 2 undecided, "
		"4 could not work, 129 usage.",
		argc, argv);
}
