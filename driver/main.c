// SPDX-License-Identifier: GPL-2.0-only
/*
 * cocciseries: from a folder of semantic patches to a proven series of commits.
 *
 * Data flows one way, and the files are named after its stages. Behind the
 * first of a group stand those that only it, or its neighbours, call:
 *
 *	options.c	the command line (options_common.c, usage.c); output.c minds
 *			what is printed
 *	series.c	reads the steps: a head of keys and a semantic patch each
 *	  series_*.c	  heads, rules, edits that rules spell out, spatch's options
 *	session.c	opens the tree, the cache and the report of a run; progress.c
 *	  toolchain.c	  the compilers of each configuration
 *	  range.c	  commits to verify where there is no series: repo_range.c
 *	  range_configs.c what they are built in, and how much of the tree:
 *	    scope.c	    listed.c (who is built where), includers.c
 *	ground.c	says at once what the base lacks, and where it is: world.c (what
 *			the steps make of the names), ground_names.c, astray.c (the
 *			whole tree), renamed.c and alike.c (bodies of an earlier
 *			generation), ground_includes.c, ground_changes.c; optional.c
 *			leaves out what it may lack, by definition.c and amend.c
 *	accept.c	  does what drift suggests, with --drift=accept:
 *			  accept_promote.c makes a step of its own
 *	stage_apply.c	for each step, over the commit of the one before:
 *	  edits.c	  its files in memory; treewords.c: where in the tree words stand
 *	  locate.c	  spatch says which code the step means; lib/items.c agrees
 *	    spatch*.c	    runs it, reads what it prints, guards what it cannot parse
 *	    nearest.c	    did you mean...
 *	  needs.c	  what the cut needs is held against what the steps declare
 *	    uses*.c	    the names that an item uses
 *	    conds.c	    groups of #if
 *	    needs_drift.c, pr_fmt.c
 *	  kinds.c	  the kind's edit, in memory, and what did not fit (drift.c):
 *	    kind_move.c	    cut.c, pieces.c, splice.c, includes.c; objword.c: Kbuild;
 *			    along.c, xmacro.c: lines that may mean something else
 *	      header_move.c   may code go between headers? header_users.c
 *	      headers.c	      files that include each other: header_names.c,
 *			      include_path.c, include_needs.c, include_use.c
 *	    kind_promote.c  declarator.c, promotion.c, taken.c
 *	    kind_rename.c   rename_*.c, hits.c, paste.c; columns.c keeps alignment
 *	    kind_rename_file.c	mentions.c, guard.c
 *	    kind_includes.c
 *	    kind_extract.c, kind_transform.c	tidy.c
 *	  message.c	  the commit message
 *	  repo.c	  the edit becomes a commit that nothing refers to yet
 *	    repo_*.c	    how git is run, commits, publishing
 *	  needless*.c	  after the last: promotions and includes that nothing needs
 *	stage_verify.c	for each step that rows.c does not know yet:
 *	  stretch.c	  on a large machine in several places at once, each a thread
 *	  checkout.c	  a private source folder moves from commit to commit
 *	    statcache.c	    what is known of files that did not change
 *	  lane.c	  all configurations at once, each in a thread:
 *	  kbuild_seen.c	  objects that the step cannot change are spared, where
 *			  sparable.c says that it may be; kbuild_sight.c
 *	  kbuild.c	  the tree's own build
 *	    kbuild_*.c	    configurations, .cmd files, warnings, modpost, objtool
 *	  isolate.c	  each unit once more, so that file borders do not show
 *	    isolate_*.c	    texts, objects, IR, flags, keys, objtool's tables, what
 *			    CRCs are made of; force_inline.c
 *	    matter.c	    what of a unit its object can depend on: matter_form.c,
 *			    words.c, builtins.c
 *	  built.c	  what one commit gives: units, stock objects, commands
 *	  machine.c	  is the machine to blame for a program that failed?
 *	  contract.c	  what the step may change, and the texts, read back from git
 *	    bystanders.c    files that the commit should have touched
 *	  prove.c	  the ladder of proof: verify/ compares before and after
 *	    prove_objtool.c what objtool could not do, or said; prove_types.c: IR
 *	  range_findings.c  what of a range nothing has built
 *	  work.c	  what of all that was done, and what was saved
 *	stage_publish.c	the branch and its notes appear, in one transaction
 *	stage_report.c	one report; report*.c and render*.c read, write and show it
 *	  generation.c	  held against an earlier one, on whatever base: repo_diff.c
 *
 * A subcommand (cmd_*.c) strings stages together: run has all of them, apply,
 * verify and report have theirs, compare calls verify/ on objects alone
 * (collect.c finds them), and needs (cut_needs*.c) asks of a move what its step
 * would, before there is one. review and export build nothing:
 *
 *	options_review.c the command line; review_scratch.c, a repository without a
 *			session
 *	review_open.c	which commits; mailbox.c makes them of mails
 *	  evidence.c	  what earlier runs found out about them
 *	review.c	each commit taken apart: review_items.c, review_ops.c,
 *			review_check.c
 *	  review_rows.c	  cut into hunks, with folds
 *	  review_terminal.c, review_table.c, review_json.c	palette.c is git's,
 *			visible.c spells out what would not be seen
 *	  html_page.c	  as a page: html_overview.c, html_evidence.c, html_codegen.c,
 *			  html_diff.c, html_rows.c, html_code.c; html.c writes and
 *			  escapes, review.css and review.js are part of it
 *	    review_known.c what is known, in the form of a report
 *	    html_graph.c    drawings: review_graph.c finds what is in them, of the
 *			    files before and after (review_ends.c); graph.c places
 *			    it, html_draw.c draws it
 *	export.c	patches; export_cover.c, export_scripts.c
 */
#include <stdio.h>

#include "commands.h"
#include "lib/process.h"
#include "lib/util.h"
#include "output.h"
#include "usage.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *summary;
};

static const struct command commands[] = {
	{ "run", cmd_run, "apply, commit, build, prove and report a series" },
	{ "apply", cmd_apply, "only apply and commit the steps" },
	{ "verify", cmd_verify, "only build and prove the commits of a branch" },
	{ "report", cmd_report, "show the report of the last run again" },
	{ "review", cmd_review, "show a person what matters of commits" },
	{ "export", cmd_export, "write commits as patches to send" },
	{ "list", cmd_list, "list the steps of a series" },
	{ "check", cmd_check, "check a series without a kernel" },
	{ "needs", cmd_needs, "tell what a move needs before it is written" },
	{ "compare", cmd_compare, "compare object files, across units" },
};

static void print_usage(FILE *to)
{
	fprintf(to, "usage: cocciseries COMMAND [ARGUMENT...]\n\n");
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(to, "  %-9s %s\n", commands[i].name,
			commands[i].summary);
	fprintf(to, "\n'cocciseries COMMAND --help' tells a command's options; "
		    "the manual is cocciseries(1).\n");
}

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (streq(commands[i].name, name))
			return &commands[i];
	return NULL;
}

static int no_command(const char *name)
{
	fprintf(stderr, "cocciseries: error: '%s' is no command\n", name);
	print_usage(stderr);
	return EXIT_USAGE;
}

/* What was printed is all that was asked for: its loss is a failure. */
static int end_output(void)
{
	struct error err = ERROR_INIT;
	int code;

	if (output_end(&err))
		error_print(&err);
	code = error_exit_code(&err);
	error_release(&err);
	return code;
}

/* "help run" is "run --help". */
static int help(int argc, char **argv)
{
	const struct command *command = argc > 1 ? find(argv[1]) : NULL;
	char option[] = "--help";
	char *own[] = { argc > 1 ? argv[1] : NULL, option, NULL };

	if (command)
		return command->run(2, own);
	if (argc > 1)
		return no_command(argv[1]);
	print_usage(stdout);
	return end_output();
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : NULL;
	const struct command *command = name ? find(name) : NULL;

	output_begin();
	process_install_signals();
	if (command)
		return command->run(argc - 1, argv + 1);
	if (name && (streq(name, "help") || streq(name, "--help")))
		return help(argc - 1, argv + 1);
	if (name && (streq(name, "--version") || streq(name, "-V"))) {
		printf("cocciseries %s\n", COCCISERIES_VERSION);
		return end_output();
	}
	if (name)
		return no_command(name);
	print_usage(stderr);
	return EXIT_USAGE;
}
