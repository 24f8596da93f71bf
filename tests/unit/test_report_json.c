// SPDX-License-Identifier: GPL-2.0-only
/* report: the JSON contract, both ways. */
#define _GNU_SOURCE
#include "tests/unit/report_sample.h"

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
"      \"left_alone\": [\n"
"        {\n"
"          \"class\": \"member\",\n"
"          \"name\": \"shape_area\",\n"
"          \"path\": \"lib/shapes.h\",\n"
"          \"line\": 12\n"
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
"              \"after\": 44,\n"
"              \"why\": \"g inlined into it\"\n"
"            }\n"
"          ]\n"
"        }\n"
"      ]\n"
"    }\n"
"  ],\n"
"  \"notes\": [\n"
"    \"a.c lacks a line\"\n"
"  ]\n"
"}";

/* The contract, letter by letter: keys, their order, and the excerpt left out. */
static void test_json_golden(void **state)
{
	struct report *r = *state;
	struct report_config *config = &r->steps[0].configs[0];
	_cleanup_free_ char *text = NULL;
	struct outcome *o;

	r->steps[0].nr_configs = 1;
	strv_add(&r->notes, "a.c lacks a line");
	add_left(&r->steps[0], "member", "lib/shapes.h", 12);
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

/* Reports of before there were renames, in results/ and in the store. */
static void test_json_without_left_alone(void **state)
{
	static const char key[] = "      \"left_alone\": [\n";
	const char *begin = strstr(golden, key);
	_cleanup_free_ char *list = NULL;

	(void)state;
	assert_non_null(begin);
	list = xstrndup(begin, strstr(begin, "\n      ],\n") +
				       strlen("\n      ],\n") - begin);
	assert_int_equal(read_with(list, ""), 0);
}

/* ... and reports of before there were notes. */
static void test_json_without_notes(void **state)
{
	static const char notes[] =
		",\n  \"notes\": [\n    \"a.c lacks a line\"\n  ]";

	(void)state;
	assert_int_equal(read_with(notes, ""), 0);
}

#define ACCEPTED(class, remedy)                                                \
	"{\"step\": \"1\", \"class\": \"" class "\", \"name\": \"f\", "           \
	"\"path\": \"a.c\", \"line\": 1, \"message\": \"m\", "                    \
	"\"suggestion\": null, \"remedy\": \"" remedy "\", \"other\": \"g\", "    \
	"\"done\": \"d\"}"

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
		{ "\"line\": 12", "\"line\": -12" },
		{ "\"class\": \"member\",", "" },
		{ "\"left_alone\": [", "\"left_alone\": 1, \"x\": [" },
		{ "\"notes\": [", "\"notes\": 1, \"x\": [" },
		{ "\"a.c lacks a line\"", "5" },
		{ "\"notes\": [", "\"accepted\": {}, \"notes\": [" },
		{ "\"notes\": [", "\"accepted\": [1], \"notes\": [" },
		{ "\"notes\": [", "\"accepted\": [" ACCEPTED("absent", "leave-it")
				  "], \"notes\": [" },
		{ "\"notes\": [", "\"accepted\": [" ACCEPTED("absence", "call")
				  "], \"notes\": [" },
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
	assert_int_equal(read_with("\"notes\": [",
				   "\"accepted\": [" ACCEPTED("absent", "call")
				   "], \"notes\": ["), 0);
	/* heavier is fine: a rung may be worse than its findings */
	assert_int_equal(read_with("\"result\": \"explained\"",
				   "\"result\": \"undecided\""), 0);
}

/* What a base has not, and what became of an earlier generation. */
static void test_bases(void **state)
{
	struct error err = ERROR_INIT;
	struct report *r = *state, back;
	struct buf text = BUF_INIT;
	json_t *json, *again;

	strv_add(&r->steps[0].configs[0].not_taken, "CONFIG_X=y became n");
	r->earlier = xstrdup("old");
	r->earlier_commit = xstrdup("0123");
	strv_add(&r->gone, "0005-gone");
	for (int i = LIKENESS_SAME; i <= LIKENESS_NEW; i++) {
		r->steps[0].likeness = (enum likeness)i;
		json = report_json(r);
		assert_int_equal(report_from_json(json, &back, &err), 0);
		again = report_json(&back);
		assert_true(json_equal(json, again));
		assert_int_equal(back.steps[0].likeness, i);
		json_decref(json);
		json_decref(again);
		report_release(&back);
	}
	report_terminal(r, false, &text);
	assert_non_null(strstr(text.data, "not in this base: full: CONFIG_X=y"));
	assert_non_null(strstr(text.data, "compared with old (0123): 1 new; "
					  "gone: 0005-gone"));
	buf_reset(&text);
	report_markdown(r, &text);
	assert_non_null(strstr(text.data, "## Not in this base"));
	assert_non_null(strstr(text.data, "## Compared with old"));
	buf_release(&text);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_json_golden),
		TEST(test_json_round_trip),
		TEST(test_json_bad_utf8),
		TEST(test_json_without_left_alone),
		TEST(test_json_without_notes),
		TEST(test_json_strict),
		TEST(test_step_from_json),
		TEST(test_bases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
