// SPDX-License-Identifier: GPL-2.0-only
/*
 * report: judging, the JSON contract both ways, and what the renderers show.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "driver/report.h"
#include "lib/fs.h"

static struct outcome *add_rung(struct report_config *config, enum rung rung,
				size_t checked)
{
	struct outcome *o;

	config->rungs = xrealloc(config->rungs, config->nr_rungs + 1,
				 sizeof(*config->rungs));
	o = &config->rungs[config->nr_rungs++];
	*o = (struct outcome)OUTCOME_INIT(rung);
	outcome_ran(o);
	o->checked = checked;
	return o;
}

static void fill_config(struct report_config *config, const char *name)
{
	config->name = xstrdup(name);
	config->built = true;
	config->build_ok = true;
	config->objects_built = 61;
	add_rung(config, RUNG_TEXT, 14178);
	add_rung(config, RUNG_TOKENS, 877);
	add_rung(config, RUNG_CODE, 1104);
	add_rung(config, RUNG_BUILD, 61);
}

static struct report_step *add_step(struct report *r, const char *name,
				    const char *kind)
{
	struct report_step *step;

	ARRAY_GROW(r->steps, r->nr, r->alloc);
	step = &r->steps[r->nr++];
	*step = (struct report_step){
		.name = xstrdup(name),
		.kind = xstrdup(kind),
		.subject = xstrdup("lib: shapes: Move the area to area.c"),
		.commit = xstrdup("0123456789abcdef0123456789abcdef01234567"),
		.nr_items = 1,
		.nr_configs = 2,
	};
	step->items = xcalloc(1, sizeof(*step->items));
	step->items[0] = (struct touched){ xstrdup("shape_area"),
					   xstrdup("function"),
					   xstrdup("lib/shapes.c"),
					   xstrdup("lib/area.c") };
	step->configs = xcalloc(2, sizeof(*step->configs));
	fill_config(&step->configs[0], "full");
	fill_config(&step->configs[1], "small");
	return step;
}

/* A series of one move that is exact in two configurations. */
static int setup(void **state)
{
	struct report *r = xcalloc(1, sizeof(*r));

	r->series = xstrdup("shapes");
	r->base_describe = xstrdup("v1.2");
	r->base_commit = xstrdup("89abcdef0123456789abcdef0123456789abcdef");
	strv_add(&r->tools, "git\t2.39.5");
	strv_add(&r->tools, "spatch\t1.1.1");
	add_step(r, "0010-move-area", "move");
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	report_release(*state);
	free(*state);
	return 0;
}

static struct outcome *rung_of(struct report *r, size_t config, enum rung rung)
{
	struct report_config *c = &r->steps[0].configs[config];

	for (size_t i = 0; i < c->nr_rungs; i++)
		if (c->rungs[i].rung == rung)
			return &c->rungs[i];
	return NULL;
}

static void check(struct report *r, enum verdict verdict, int code)
{
	report_judge(r);
	assert_string_equal(verdict_name(r->verdict), verdict_name(verdict));
	assert_int_equal(report_exit_code(r), code);
}

static char *dump(const struct report *r)
{
	json_t *json = report_json(r);
	char *text = json_dumps(json, JSON_INDENT(2));

	json_decref(json);
	assert_non_null(text);
	return text;
}

static char *terminal(const struct report *r, bool colour)
{
	struct buf text = BUF_INIT;

	report_terminal(r, colour, &text);
	return buf_detach(&text);
}

static char *markdown(const struct report *r)
{
	struct buf text = BUF_INIT;

	report_markdown(r, &text);
	return buf_detach(&text);
}

#define assert_has(text, part)                                                 \
	do {                                                                   \
		if (!strstr((text), (part)))                                   \
			fail_msg("no '%s' in:\n%s", (part), (text));           \
	} while (0)
#define assert_lacks(text, part)                                               \
	do {                                                                   \
		if (strstr((text), (part)))                                    \
			fail_msg("'%s' in:\n%s", (part), (text));              \
	} while (0)

/* Judging */

static void test_judge_neutral(void **state)
{
	check(*state, VERDICT_NEUTRAL, 0);
}

static void test_judge_worst_rung(void **state)
{
	struct report *r = *state;

	outcome_explain(rung_of(r, 0, RUNG_CODE), EXPLAINED_FILE_NAME, "string",
			"x", NULL, "the file's name");
	check(r, VERDICT_EXPLAINED, 0);
	outcome_add(rung_of(r, 1, RUNG_TOKENS), RESULT_UNDECIDED, "unit", "x",
		    NULL, "unreadable");
	check(r, VERDICT_UNDECIDED, 2);
	outcome_add(rung_of(r, 1, RUNG_TEXT), RESULT_DIFFERENT, "line", "x",
		    NULL, "lost");
	check(r, VERDICT_DIFFERENT, 1);
	assert_int_equal(r->steps[0].configs[0].verdict, VERDICT_EXPLAINED);
	assert_int_equal(r->steps[0].configs[1].verdict, VERDICT_DIFFERENT);
}

static void test_judge_rung_missing(void **state)
{
	struct report *r = *state;

	/* code not run; then not even listed */
	rung_of(r, 0, RUNG_CODE)->result = RESULT_NOT_RUN;
	check(r, VERDICT_UNDECIDED, 2);
	r->steps[0].configs[0].rungs[2] = r->steps[0].configs[0].rungs[3];
	r->steps[0].configs[0].nr_rungs = 3;
	check(r, VERDICT_UNDECIDED, 2);
}

static void test_judge_build(void **state)
{
	struct report *r = *state;
	struct report_config *config = &r->steps[0].configs[1];

	config->nr_rungs = 3; /* without the build rung: judging makes it */
	check(r, VERDICT_NEUTRAL, 0);
	assert_int_equal(config->nr_rungs, 4);
	assert_int_equal(config->rungs[3].checked, 61);
	strv_add(&config->warnings_new, "unused variable 'x'");
	check(r, VERDICT_DIFFERENT, 1);
	assert_int_equal(config->rungs[3].nr, 1);
	check(r, VERDICT_DIFFERENT, 1); /* twice adds nothing */
	assert_int_equal(config->rungs[3].nr, 1);
}

static void test_judge_build_failed(void **state)
{
	struct report *r = *state;

	/* an undecided build rung must not hide that the build failed */
	outcome_add(rung_of(r, 0, RUNG_BUILD), RESULT_UNDECIDED, "build", NULL,
		    NULL, "no parent");
	r->steps[0].configs[0].build_ok = false;
	check(r, VERDICT_DIFFERENT, 1);
	assert_int_equal(rung_of(r, 0, RUNG_BUILD)->nr, 2);
}

static void test_judge_build_empty(void **state)
{
	struct report *r = *state;

	r->steps[0].configs[0].objects_built = 0;
	check(r, VERDICT_UNDECIDED, 2);
	check(r, VERDICT_UNDECIDED, 2);
	assert_int_equal(rung_of(r, 0, RUNG_BUILD)->nr, 1);
}

static void test_judge_build_order(void **state)
{
	struct report *r = *state;
	struct report_config *config = &r->steps[0].configs[0];

	config->nr_rungs = 3;
	add_rung(config, RUNG_TYPES, 1);
	report_judge(r);
	assert_int_equal(config->nr_rungs, 5);
	assert_int_equal(config->rungs[3].rung, RUNG_BUILD);
	assert_int_equal(config->rungs[4].rung, RUNG_TYPES);
	assert_int_equal(config->rungs[4].checked, 1);
}

static void test_judge_not_built(void **state)
{
	struct report *r = *state;

	r->steps[0].configs[1].built = false;
	check(r, VERDICT_UNDECIDED, 2);
}

static void test_judge_not_applied(void **state)
{
	struct report *r = *state;

	free(r->steps[0].commit);
	r->steps[0].commit = NULL;
	check(r, VERDICT_UNDECIDED, 2);
}

static void test_judge_unknown_kind(void **state)
{
	struct report *r = *state;

	free(r->steps[0].kind);
	r->steps[0].kind = xstrdup("shuffle");
	check(r, VERDICT_UNDECIDED, 2);
}

static void test_judge_no_configs(void **state)
{
	struct report *r = *state;
	struct report_step *step = &r->steps[0];
	struct report_config *configs = step->configs;

	step->nr_configs = 0;
	check(r, VERDICT_UNDECIDED, 2);
	step->nr_configs = 2;
	step->configs = configs;
}

static void test_judge_no_steps(void **state)
{
	struct report r = { 0 };

	(void)state;
	check(&r, VERDICT_UNDECIDED, 2);
}

static void test_judge_drift(void **state)
{
	struct report *r = *state;

	outcome_add(rung_of(r, 0, RUNG_TEXT), RESULT_DIFFERENT, "line", "x",
		    NULL, "lost");
	drifts_add(&r->steps[0].drifts, DRIFT_ABSENT, "f", "a.c", 0, NULL,
		   "not there");
	check(r, VERDICT_DIFFERENT, 3);
}

/* JSON */

static const char golden[] =
"{\n"
"  \"schema\": 1,\n"
"  \"series\": \"shapes\",\n"
"  \"base\": {\n"
"    \"describe\": \"v1.2\",\n"
"    \"commit\": \"89abcdef0123456789abcdef0123456789abcdef\"\n"
"  },\n"
"  \"tools\": {\n"
"    \"git\": \"2.39.5\",\n"
"    \"spatch\": \"1.1.1\"\n"
"  },\n"
"  \"verdict\": \"explained\",\n"
"  \"steps\": [\n"
"    {\n"
"      \"name\": \"0010-move-area\",\n"
"      \"kind\": \"move\",\n"
"      \"subject\": \"lib: shapes: Move the area to area.c\",\n"
"      \"commit\": \"0123456789abcdef0123456789abcdef01234567\",\n"
"      \"verdict\": \"explained\",\n"
"      \"drift\": [],\n"
"      \"items\": [\n"
"        {\n"
"          \"name\": \"shape_area\",\n"
"          \"what\": \"function\",\n"
"          \"from\": \"lib/shapes.c\",\n"
"          \"to\": \"lib/area.c\"\n"
"        }\n"
"      ],\n"
"      \"configs\": [\n"
"        {\n"
"          \"name\": \"full\",\n"
"          \"verdict\": \"explained\",\n"
"          \"build\": {\n"
"            \"ok\": true,\n"
"            \"warnings_new\": [],\n"
"            \"objects_built\": 61\n"
"          },\n"
"          \"rungs\": [\n"
"            {\n"
"              \"rung\": \"code\",\n"
"              \"result\": \"explained\",\n"
"              \"checked\": 1104,\n"
"              \"differences\": [\n"
"                {\n"
"                  \"weight\": \"explained\",\n"
"                  \"class\": \"file-name\",\n"
"                  \"what\": \"string\",\n"
"                  \"name\": \"shape_area\",\n"
"                  \"where\": \"area.o: .rodata.str+0x4\",\n"
"                  \"detail\": \"the file's name\"\n"
"                }\n"
"              ],\n"
"              \"not_compared\": [\n"
"                \".orc_unwind\"\n"
"              ]\n"
"            }\n"
"          ],\n"
"          \"codegen\": [\n"
"            {\n"
"              \"name\": \"shape_area\",\n"
"              \"before\": 40,\n"
"              \"after\": 44\n"
"            }\n"
"          ]\n"
"        }\n"
"      ]\n"
"    }\n"
"  ]\n"
"}";

static void add_codegen(struct report_config *config, const char *name,
			unsigned long before, unsigned long after)
{
	config->codegen = xrealloc(config->codegen, config->nr_codegen + 1,
				   sizeof(*config->codegen));
	config->codegen[config->nr_codegen++] =
		(struct codegen){ xstrdup(name), before, after };
}

static void drop_rungs(struct report_config *config)
{
	for (size_t i = 0; i < config->nr_rungs; i++)
		outcome_release(&config->rungs[i]);
	config->nr_rungs = 0;
}

/* The contract, letter by letter: keys, their order, and the excerpt left out. */
static void test_json_golden(void **state)
{
	struct report *r = *state;
	struct report_config *config = &r->steps[0].configs[0];
	_cleanup_free_ char *text = NULL;
	struct outcome *o;

	r->steps[0].nr_configs = 1;
	drop_rungs(config);
	o = add_rung(config, RUNG_CODE, 1104);
	outcome_explain(o, EXPLAINED_FILE_NAME, "string", "shape_area",
			"area.o: .rodata.str+0x4", "the file's name")
		->excerpt = xstrdup("return __FILE__;");
	strv_add(&o->not_compared, ".orc_unwind");
	add_codegen(config, "shape_area", 40, 44);
	r->verdict = r->steps[0].verdict = config->verdict = VERDICT_EXPLAINED;
	text = dump(r);
	r->steps[0].nr_configs = 2;
	assert_string_equal(text, golden);
}

/* A report with everything in it that can be in it. */
static void fill_all(struct report *r)
{
	struct report_step *step = add_step(r, "0020-odd", "promote");
	struct report_config *config = &step->configs[1];

	free(step->commit);
	step->commit = NULL;
	drifts_add(&step->drifts, DRIFT_PROMOTION, "f", "a.c", 7, "add one",
		   "f is used across the cut");
	drifts_add(&step->drifts, DRIFT_NO_CHANGE, "", "a.c", 0, NULL,
		   "nothing changed");
	config->built = false;
	config->build_ok = false;
	config->objects_built = 0;
	drop_rungs(config);
	add_codegen(&step->configs[0], "f", 0, 4294967296UL);
	strv_add(&step->configs[0].warnings_new, "unused \"x\"\t\x01");
	outcome_add(&step->configs[0].rungs[0], RESULT_EQUAL, "function", "g",
		    "a.c:3", "changed");
	outcome_add(&step->configs[0].rungs[1], RESULT_UNDECIDED, "unit", "g",
		    "a.c:3", "unreadable: \xff\xc3");
	add_rung(&step->configs[0], RUNG_TYPES, 0)->result = RESULT_NOT_RUN;
	free(r->steps[0].items[0].to);
	r->steps[0].items[0].to = NULL;
}

static void test_json_round_trip(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(report_release) struct report back = { 0 };
	_cleanup_free_ char *text = NULL, *again = NULL;
	struct report *r = *state;
	json_t *json;

	fill_all(r);
	report_judge(r);
	text = dump(r);
	json = json_loads(text, 0, NULL);
	assert_non_null(json);
	assert_int_equal(report_from_json(json, &back, &err), 0);
	json_decref(json);
	again = dump(&back);
	assert_string_equal(text, again);
	assert_null(back.steps[1].commit);
	assert_false(back.steps[1].configs[1].built);
	assert_int_equal(back.steps[1].configs[0].codegen[0].after,
			 4294967296UL);
	report_judge(&back);
	assert_int_equal(back.verdict, r->verdict);
	assert_int_equal(report_exit_code(&back), 3);
	free(again);
	again = dump(&back);
	assert_string_equal(text, again);
}

static void test_json_renders_alike(void **state)
{
	_cleanup_(report_release) struct report back = { 0 };
	_cleanup_free_ char *md = NULL, *md2 = NULL, *tty = NULL, *tty2 = NULL;
	struct report *r = *state;
	json_t *json;

	fill_all(r);
	report_judge(r);
	json = report_json(r);
	assert_int_equal(report_from_json(json, &back, NULL), 0);
	json_decref(json);
	md = markdown(r);
	md2 = markdown(&back);
	assert_string_equal(md, md2);
	tty = terminal(r, false);
	assert_has(tty, "not built in small");
	/* bytes that are no UTF-8 went into the JSON as U+FFFD */
	tty2 = terminal(&back, false);
	assert_has(tty, "unreadable: \xff\xc3\n");
	assert_has(tty2, "unreadable: \xef\xbf\xbd\xef\xbf\xbd\n");
}

static void test_json_bad_utf8(void **state)
{
	_cleanup_free_ char *text = NULL;
	struct report *r = *state;

	free(r->series);
	/* Latin-1, a cut sequence, an overlong one, a surrogate; one that is fine */
	r->series = xstrdup("a\xe4" "b\xe2\x82|\xc0\xaf|\xed\xa0\x80|\xe2\x82\xac");
	text = dump(r);
	assert_has(text, "\"a\xef\xbf\xbd" "b\xef\xbf\xbd\xef\xbf\xbd|");
	assert_has(text, "|\xe2\x82\xac\"");
}

static int read_text(const char *text)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(report_release) struct report r = { 0 };
	json_t *json = json_loads(text, 0, NULL);
	int result;

	assert_non_null(json);
	result = report_from_json(json, &r, &err);
	json_decref(json);
	if (result) {
		assert_int_equal(err.class, ERROR_SYSTEM);
		assert_non_null(err.text);
	}
	return result;
}

/* The golden report with one piece replaced. */
static int read_with(const char *from, const char *to)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	const char *at = strstr(golden, from);

	assert_non_null(at);
	buf_addstr(&text, golden);
	buf_splice(&text, at - golden, strlen(from), to, strlen(to));
	return read_text(text.data);
}

static void test_json_strict(void **state)
{
	static const char *const damage[][2] = {
		{ "\"schema\": 1", "\"schema\": 2" },
		{ "\"schema\": 1,", "" },
		{ "\"schema\": 1", "\"schema\": 1, \"extra\": 0" },
		{ "\"series\": \"shapes\"", "\"series\": null" },
		{ "\"describe\": \"v1.2\",", "" },
		{ "\"git\": \"2.39.5\"", "\"git\": 2" },
		{ "\"verdict\": \"explained\"", "\"verdict\": \"fine\"" },
		{ "\"kind\": \"move\",", "" },
		{ "\"commit\": \"0123", "\"commit\": 5, \"x\": \"0123" },
		{ "\"drift\": []", "\"drift\": {}" },
		{ "\"drift\": []", "\"drift\": [1]" },
		{ "\"what\": \"function\"", "\"what\": 1" },
		{ "\"from\": \"lib/shapes.c\",", "" },
		{ "\"ok\": true", "\"ok\": \"yes\"" },
		{ "\"warnings_new\": []", "\"warnings_new\": [1]" },
		{ "\"objects_built\": 61", "\"objects_built\": -1" },
		{ "\"rung\": \"code\"", "\"rung\": \"codes\"" },
		{ "\"result\": \"explained\"", "\"result\": \"passed\"" },
		{ "\"checked\": 1104", "\"checked\": -5" },
		{ "\"checked\": 1104", "\"checked\": 1.5" },
		{ "\"class\": \"file-name\"", "\"class\": \"none\"" },
		{ "\"class\": \"file-name\",", "" },
		{ "\"class\": \"file-name\"", "\"class\": \"whatever\"" },
		{ "\"before\": 40", "\"before\": -40" },
		{ "\".orc_unwind\"", "null" },
		/* a verdict lighter than what was found is nobody's verdict */
		{ "\"result\": \"explained\"", "\"result\": \"equal\"" },
		{ "\"result\": \"explained\"", "\"result\": \"not-run\"" },
	};

	(void)state;
	assert_int_equal(read_text(golden), 0);
	for (size_t i = 0; i < ARRAY_SIZE(damage); i++)
		if (!read_with(damage[i][0], damage[i][1]))
			fail_msg("taken: %s", damage[i][1]);
	assert_int_equal(read_text("[]"), -1);
	assert_int_equal(read_text("{}"), -1);
	/* heavier is fine: a rung may be worse than its findings */
	assert_int_equal(read_with("\"result\": \"explained\"",
				   "\"result\": \"undecided\""), 0);
}

static void test_step_from_json(void **state)
{
	struct report *r = *state;
	struct report_step step = { .name = (char *)"untouched" };
	json_t *json = report_step_json(&r->steps[0]);
	_cleanup_free_ char *text = json_dumps(json, 0);
	_cleanup_free_ char *again = NULL;

	json_object_del(json, "kind");
	assert_int_equal(report_step_from_json(json, &step, NULL), -1);
	assert_string_equal(step.name, "untouched");
	json_decref(json);
	json = json_loads(text, 0, NULL);
	assert_int_equal(report_step_from_json(json, &step, NULL), 0);
	json_decref(json);
	json = report_step_json(&step);
	again = json_dumps(json, 0);
	json_decref(json);
	assert_string_equal(text, again);
	report_step_release(&step);
}

/* Renderers */

static void assert_width(const char *text, size_t most)
{
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");

		if (len > most)
			fail_msg("%zu columns: %.*s", len, (int)len, line);
		line += len + (line[len] == '\n');
	}
}

static void test_terminal_neutral(void **state)
{
	struct report *r = *state;
	_cleanup_free_ char *text = NULL;

	report_judge(r);
	text = terminal(r, false);
	assert_string_equal(
		text,
		"shapes on v1.2 (89abcdef0123)\n"
		"\n"
		"  step            subject                                   full       small\n"
		"= 0010-move-area  lib: shapes: Move the area to area.c      neutral    neutral\n"
		"\n"
		"neutral: 1 step in 2 configurations\n"
		"compared: 14,178 lines, 1,754 definitions, 2,208 functions and data objects, 122\n"
		"objects\n");
	assert_width(text, 80);
}

static void test_terminal_findings(void **state)
{
	struct report *r = *state;
	_cleanup_free_ char *text = NULL, *colour = NULL;

	for (size_t i = 0; i < 2; i++)
		outcome_add(rung_of(r, i, RUNG_TEXT), RESULT_DIFFERENT, "line",
			    "shape_area", "lib/area.c:12", "a line is lost")
			->excerpt = xstrdup("\treturn a * b;\n\treturn 0;\n");
	outcome_add(rung_of(r, 1, RUNG_CODE), RESULT_DIFFERENT, "function",
		    "shape_area", "lib/area.o: .text.shape_area+0x12",
		    "size 40 before, 44 after; first at +0x12: %s",
		    "mov %edi,%eax before, mov %esi,%eax after");
	report_judge(r);
	text = terminal(r, false);
	assert_has(text, "! 0010-move-area");
	assert_has(text,
		   "    text different in full, small\n"
		   "      different  line shape_area  lib/area.c:12\n"
		   "                 a line is lost\n"
		   "                 | \treturn a * b;\n"
		   "                 | \treturn 0;\n"
		   "    code different in small\n"
		   "      different  function shape_area  lib/area.o: .text.shape_area+0x12\n"
		   "                 size 40 before, 44 after; first at +0x12: mov %edi,%eax before,\n"
		   "                 mov %esi,%eax after\n");
	assert_width(text, 80);
	assert_lacks(text, "\033");
	colour = terminal(r, true);
	assert_has(colour, "\033[1;31mdifferent");
}

static void test_terminal_drift(void **state)
{
	struct report *r = *state;
	struct report_step *step = add_step(r, "0020-drifts", "move");
	_cleanup_free_ char *text = NULL;

	for (size_t i = 0; i < 2; i++) {
		drop_rungs(&step->configs[i]);
		free(step->configs[i].rungs);
		free(step->configs[i].name);
	}
	step->nr_configs = 0;
	drifts_add(&step->drifts, DRIFT_TWICE, "f", "lib/shapes.c", 20,
		   "name the one that is really meant", "f is defined twice");
	report_judge(r);
	text = terminal(r, false);
	assert_has(text, "? 0020-drifts ");
	assert_has(text, "drift\n    drift twice: lib/shapes.c:20: f is "
			 "defined twice; name the one that is\n    really meant\n");
	assert_has(text, "undecided: 2 steps in 2 configurations, 1 neutral, "
			 "1 undecided\n");
}

/* What all subjects begin with is said once; names and subjects give way. */
static void test_terminal_prefix(void **state)
{
	static const char *const names[] = {
		"0020-promote-debug-register-helpers",
		"0030-a-name-that-is-longer-than-the-column",
	};
	struct report *r = *state;
	_cleanup_free_ char *text = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct report_step *step = add_step(r, names[i], "promote");

		free(step->subject);
		step->subject = xstrdup("lib: shapes: Make it \xc3\xb6 global "
					"to other files of shapes");
	}
	report_judge(r);
	text = terminal(r, false);
	assert_has(text, "  step                                 "
			 "lib: shapes: ...     full       small\n");
	assert_has(text, "= 0010-move-area                       "
			 "Move the area to...  neutral    neutral\n");
	assert_has(text, "= 0020-promote-debug-register-helpers  "
			 "Make it \xc3\xb6 global...  neutral    neutral\n");
	assert_has(text, "= 0030-a-name-that-is-longer-than-...  ");
}

static void test_terminal_not_run(void **state)
{
	struct report *r = *state;
	_cleanup_free_ char *text = NULL;

	r->steps[0].configs[0].build_ok = false;
	drop_rungs(&r->steps[0].configs[0]);
	add_rung(&r->steps[0].configs[0], RUNG_TOKENS, 0)->result =
		RESULT_NOT_RUN;
	add_rung(&r->steps[0].configs[0], RUNG_TYPES, 0)->result =
		RESULT_NOT_RUN;
	report_judge(r);
	text = terminal(r, false);
	assert_has(text, "    tokens not-run in full\n");
	assert_has(text, "    build different in full\n");
	assert_lacks(text, "types");
}

static void test_terminal_many(void **state)
{
	struct report *r = *state;
	_cleanup_free_ char *text = NULL;

	for (int i = 0; i < 30; i++)
		outcome_add(rung_of(r, 0, RUNG_CODE), RESULT_EQUAL, "function",
			    "f", NULL, "number %d", i);
	outcome_add(rung_of(r, 0, RUNG_CODE), RESULT_DIFFERENT, "symbol", "g",
		    NULL, "the last one");
	report_judge(r);
	text = terminal(r, false);
	/* the heaviest is shown though 30 stand before it */
	assert_has(text, "the last one");
	assert_has(text, "... and 11 more");
}

static void test_terminal_odd_bytes(void **state)
{
	struct report *r = *state;
	_cleanup_free_ char *text = NULL;

	outcome_add(rung_of(r, 0, RUNG_CODE), RESULT_DIFFERENT, "string",
		    "s\033c", "a.o\033d", "before \033[2J after")
		->excerpt = xstrdup("puts(\"\033e\");\r\n");
	report_judge(r);
	text = terminal(r, false);
	assert_has(text, "string s c  a.o d\n");
	assert_has(text, "before  [2J after\n");
	assert_has(text, "| puts(\" e\"); \n");
	assert_lacks(text, "\033");
}

static void test_markdown(void **state)
{
	struct report *r = *state;
	_cleanup_free_ char *text = NULL;
	const char *last;

	outcome_add(rung_of(r, 1, RUNG_CODE), RESULT_DIFFERENT, "function",
		    "__shape_area", "area.o: .text+0x1", "a|b *c* <d>")
		->excerpt = xstrdup("secret source");
	strv_add(&rung_of(r, 1, RUNG_CODE)->not_compared, ".orc_unwind");
	add_codegen(&r->steps[0].configs[0], "shape_area", 40, 44);
	report_judge(r);
	text = markdown(r);
	assert_has(text, "# shapes on v1.2: different\n");
	assert_has(text, "| Step | Subject | Verdict | full | small |\n"
			 "|---|---|---|---|---|\n"
			 "| 0010-move-area | lib: shapes: Move the area to "
			 "area.c | different | neutral | different |\n");
	assert_has(text, "| `shape_area` | function | `lib/shapes.c` | "
			 "`lib/area.c` |\n");
	assert_has(text, "| code | equal, 1,104 functions and data objects | "
			 "different, 1,104 functions and data objects |\n");
	assert_has(text, "| types | not run | not run |\n");
	assert_has(text, "- **code** different in small\n"
			 "  - different: function `__shape_area` at "
			 "area.o: .text+0x1: a\\|b \\*c\\* \\<d\\>\n");
	assert_has(text, "| `shape_area` | 40 | 44 |\n");
	assert_has(text, "\n- .orc\\_unwind\n");
	assert_lacks(text, "secret");
	last = strstr(text, "\nTo repeat this: ");
	assert_non_null(last);
	assert_string_equal(
		last, "\nTo repeat this: `cocciseries run "
		      "semantic-patches/shapes --base "
		      "89abcdef0123456789abcdef0123456789abcdef`\n");
}

static ino_t inode(const char *dir, const char *name)
{
	_cleanup_free_ char *path = fs_join(dir, name);
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_ino;
}

/* Written by rename: a file that was written again is another inode. */
static void test_write(void **state)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *json = NULL, *dir = NULL, *path = NULL;
	char base[] = "/tmp/cocciseries-test-XXXXXX";
	struct report *r = *state;
	ino_t before;

	assert_non_null(mkdtemp(base));
	dir = fs_join(base, "shapes/v1.2");
	path = fs_join(dir, "report.json");
	assert_int_equal(report_write(r, dir, &err), 0);
	assert_int_equal(fs_read(path, &text, &err), 0);
	json = dump(r);
	assert_int_equal(text.len, strlen(json) + 1);
	assert_memory_equal(text.data, json, strlen(json));
	assert_int_equal(text.data[text.len - 1], '\n');
	before = inode(dir, "report.json");
	assert_int_equal(report_write(r, dir, &err), 0);
	assert_int_equal(inode(dir, "report.json"), before);
	r->verdict = VERDICT_DIFFERENT;
	assert_int_equal(report_write(r, dir, &err), 0);
	assert_int_not_equal(inode(dir, "report.json"), before);
	assert_int_equal(fs_remove(base, &err), 0);
	assert_int_equal(report_write(r, "/proc/none", &err), -1);
	assert_int_equal(err.class, ERROR_SYSTEM);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_judge_neutral),
		TEST(test_judge_worst_rung),
		TEST(test_judge_rung_missing),
		TEST(test_judge_build),
		TEST(test_judge_build_failed),
		TEST(test_judge_build_empty),
		TEST(test_judge_build_order),
		TEST(test_judge_not_built),
		TEST(test_judge_not_applied),
		TEST(test_judge_unknown_kind),
		TEST(test_judge_no_configs),
		TEST(test_judge_no_steps),
		TEST(test_judge_drift),
		TEST(test_json_golden),
		TEST(test_json_round_trip),
		TEST(test_json_renders_alike),
		TEST(test_json_bad_utf8),
		TEST(test_json_strict),
		TEST(test_step_from_json),
		TEST(test_terminal_neutral),
		TEST(test_terminal_findings),
		TEST(test_terminal_drift),
		TEST(test_terminal_prefix),
		TEST(test_terminal_not_run),
		TEST(test_terminal_many),
		TEST(test_terminal_odd_bytes),
		TEST(test_markdown),
		TEST(test_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
