// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report: judged, written, freed. Judging is the one place where a step
 * gets its verdict, so it only trusts what ran: a step that was not applied or
 * drifted, a configuration that was not built, a kind without a list of
 * required rungs are all undecided, whatever the rungs that did run say.
 */
#define _GNU_SOURCE
#include "report.h"

#include <stdio.h>

#include "lib/fs.h"
#include "render.h"
#include "verify/verify.h"

enum { EXIT_NEUTRAL = 0, EXIT_DIFFERENT = 1, EXIT_UNDECIDED = 2, EXIT_DRIFT = 3 };

/* -1: no such kind, so nobody can say which rungs it needs. */
static int change_of(const char *kind, enum change *ret)
{
	static const char *const names[] = {
		[CHANGE_MOVE] = "move",
		[CHANGE_PROMOTE] = "promote",
		[CHANGE_RENAME] = "rename",
		[CHANGE_RENAME_FILE] = "rename-file",
		[CHANGE_INCLUDES] = "includes",
		[CHANGE_EXTRACT] = "extract",
		[CHANGE_TRANSFORM] = "transform",
		[CHANGE_MIXED] = "mixed",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (streq(kind, names[i])) {
			*ret = (enum change)i;
			return 0;
		}
	}
	return -1;
}

/* The build rung of a configuration, put in its place if need be. */
static struct outcome *build_rung(struct report_config *config)
{
	size_t at = 0;

	while (at < config->nr_rungs && config->rungs[at].rung < RUNG_BUILD)
		at++;
	if (at < config->nr_rungs && config->rungs[at].rung == RUNG_BUILD)
		return &config->rungs[at];
	config->rungs = xrealloc(config->rungs, config->nr_rungs + 1,
				 sizeof(*config->rungs));
	memmove(&config->rungs[at + 1], &config->rungs[at],
		(config->nr_rungs - at) * sizeof(*config->rungs));
	config->rungs[at] = (struct outcome)OUTCOME_INIT(RUNG_BUILD);
	config->nr_rungs++;
	return &config->rungs[at];
}

/*
 * Says in the build rung what the build said, unless the rung says worse
 * already: judging twice adds nothing.
 */
static void judge_build(struct report_config *config)
{
	struct outcome *o = build_rung(config);
	enum result said = o->result;

	outcome_ran(o);
	o->checked = config->objects_built;
	if (said < RESULT_DIFFERENT && !config->build_ok)
		outcome_add(o, RESULT_DIFFERENT, "build", config->name, NULL,
			    "the build failed");
	for (size_t i = 0;
	     said < RESULT_DIFFERENT && i < config->warnings_new.nr; i++)
		outcome_add(o, RESULT_DIFFERENT, "warning", NULL, NULL, "%s",
			    config->warnings_new.v[i]);
	if (said < RESULT_UNDECIDED && config->build_ok &&
	    !config->objects_built)
		outcome_add(o, RESULT_UNDECIDED, "build", config->name, NULL,
			    "the build made no objects");
}

/* change NULL: no kind that is known, and nobody can say what it needs. */
static void judge_config(struct report_config *config,
			 const enum change *change)
{
	unsigned int required =
		change ? verify_required(*change, config->types_gate) : 0;

	if (config->built)
		judge_build(config);
	config->verdict =
		verdict_of(config->rungs, config->nr_rungs, required);
	/* A list of rungs that asks for nothing would pass everything. */
	if (!config->built || !required)
		config->verdict =
			verdict_worse(config->verdict, VERDICT_UNDECIDED);
}

void report_judge_step(struct report_step *step)
{
	enum verdict verdict = VERDICT_NEUTRAL;
	enum change change = CHANGE_KINDS;
	bool known = !change_of(step->kind, &change);

	if (!known || !step->commit || step->drifts.nr || !step->nr_configs)
		verdict = VERDICT_UNDECIDED;
	for (size_t i = 0; i < step->nr_configs; i++) {
		judge_config(&step->configs[i], known ? &change : NULL);
		verdict = verdict_worse(verdict, step->configs[i].verdict);
	}
	step->verdict = verdict;
}

void report_judge(struct report *report)
{
	report->verdict = report->nr ? VERDICT_NEUTRAL : VERDICT_UNDECIDED;
	for (size_t i = 0; i < report->nr; i++) {
		report_judge_step(&report->steps[i]);
		report->verdict = verdict_worse(report->verdict,
						report->steps[i].verdict);
	}
}

int report_exit_code(const struct report *report)
{
	static const int codes[] = {
		[VERDICT_NEUTRAL] = EXIT_NEUTRAL,
		[VERDICT_EXPLAINED] = EXIT_NEUTRAL,
		[VERDICT_UNDECIDED] = EXIT_UNDECIDED,
		[VERDICT_DIFFERENT] = EXIT_DIFFERENT,
	};

	/* Drift comes first: there is no series to speak of until it is gone. */
	for (size_t i = 0; i < report->nr; i++)
		if (report->steps[i].drifts.nr)
			return EXIT_DRIFT;
	return codes[report->verdict];
}

static int write_one(const char *dir, const char *name, const struct buf *text,
		     struct error *err)
{
	_cleanup_free_ char *path = fs_join(dir, name);

	return fs_write_if_changed(path, text->data, text->len, err);
}

int report_write(const struct report *report, const char *dir,
		 struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(buf_release) struct buf markdown = BUF_INIT;
	json_t *json = report_json(report);

	render_dump(json, &text);
	json_decref(json);
	report_markdown(report, &markdown);
	if (fs_mkdirs(dir, err) || write_one(dir, "report.json", &text, err))
		return -1;
	return write_one(dir, "report.md", &markdown, err);
}

static void release_config(struct report_config *config)
{
	free(config->name);
	strv_release(&config->not_taken);
	strv_release(&config->warnings_new);
	for (size_t i = 0; i < config->nr_rungs; i++)
		outcome_release(&config->rungs[i]);
	free(config->rungs);
	codegen_free(config->codegen, config->nr_codegen);
}

void report_deeds_free(struct report_deed *deeds, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		free(deeds[i].deeds);
		free(deeds[i].what);
		free(deeds[i].name);
		free(deeds[i].new_name);
		free(deeds[i].from);
		free(deeds[i].to);
		free(deeds[i].but);
	}
	free(deeds);
}

const char *likeness_name(enum likeness likeness)
{
	static const char *const names[] = {
		[LIKENESS_NONE] = "not compared",
		[LIKENESS_SAME] = "same",
		[LIKENESS_CONTEXT] = "only context",
		[LIKENESS_DIFFERENT] = "different",
		[LIKENESS_NEW] = "new",
	};

	return names[likeness];
}

void report_step_release(struct report_step *step)
{
	free(step->name);
	free(step->kind);
	free(step->subject);
	free(step->commit);
	drifts_release(&step->drifts);
	for (size_t i = 0; i < step->nr_items; i++) {
		free(step->items[i].name);
		free(step->items[i].what);
		free(step->items[i].from);
		free(step->items[i].to);
	}
	free(step->items);
	left_alone_free(step->left, step->nr_left);
	free(step->range_diff);
	report_deeds_free(step->deeds, step->nr_deeds);
	for (size_t i = 0; i < step->nr_configs; i++)
		release_config(&step->configs[i]);
	free(step->configs);
	*step = (struct report_step){ 0 };
}

void report_release(struct report *report)
{
	free(report->series);
	free(report->base_describe);
	free(report->base_commit);
	strv_release(&report->paths);
	strv_release(&report->tools);
	free(report->earlier);
	free(report->earlier_commit);
	strv_release(&report->gone);
	strv_release(&report->notes);
	for (size_t i = 0; i < report->nr_accepted; i++) {
		free(report->accepted[i].step);
		drift_release(&report->accepted[i].drift);
		free(report->accepted[i].done);
	}
	free(report->accepted);
	for (size_t i = 0; i < report->nr; i++)
		report_step_release(&report->steps[i]);
	free(report->steps);
	*report = (struct report){ 0 };
}
