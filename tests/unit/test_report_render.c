// SPDX-License-Identifier: GPL-2.0-only
/* report: what the terminal and Markdown show. */
#define _GNU_SOURCE
#include "tests/unit/report_sample.h"

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

/* What was accepted of a step in one way is one line, with its places. */
static void test_accepted(void **state)
{
	static const struct drift cases[] = {
		{ .class = DRIFT_DONE, .name = (char *)"",
		  .path = (char *)"", .message = (char *)"all of it" },
		{ .class = DRIFT_DONE, .name = (char *)"f",
		  .path = (char *)"a.c", .line = 3, .message = (char *)"m" },
		{ .class = DRIFT_DONE, .name = (char *)"g",
		  .path = (char *)"a.c", .line = 9, .message = (char *)"m" },
		{ .class = DRIFT_MOVED, .name = (char *)"h",
		  .path = (char *)"b.c", .message = (char *)"m" },
	};
	struct report *r = *state;
	_cleanup_free_ char *text = NULL, *md = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		report_accept(r, "0010-x", &cases[i], "left out");
	report_accept(r, "0010-x", &cases[3], "taken from b.c");
	text = terminal(r, false);
	assert_has(text, "accepted: 0010-x: left out: all of it; done, in a.c: "
			 "f (3), g (9); moved, in\nb.c: h\n"
			 "accepted: 0010-x: taken from b.c: moved, in b.c: h\n");
	md = markdown(r);
	assert_has(md, "## Accepted drift\n\n- 0010-x: left out: all of it; done, "
		       "in a.c: f (3), g (9); moved, in b.c: h\n");
}

static void test_left_alone(void **state)
{
	struct report *r = *state;
	struct report_step *step = &r->steps[0];
	_cleanup_free_ char *text = NULL, *table = NULL;

	add_left(step, "member", "lib/shapes.h", 12);
	add_left(step, "member", "lib/shapes.h", 30);
	add_left(step, "member", "lib/area.h", 3);
	add_left(step, "string", "lib/area.h", 4);
	report_judge(r);
	text = terminal(r, false);
	assert_has(text,
		   "    left alone: member shape_area at lib/shapes.h:12, 30\n"
		   "    left alone: member shape_area at lib/area.h:3\n"
		   "    left alone: string shape_area at lib/area.h:4\n");
	table = markdown(r);
	assert_has(table, "| Left alone | Name | Where |\n|---|---|---|\n"
			  "| member | `shape_area` | lib/shapes.h:12, 30 |\n"
			  "| member | `shape_area` | lib/area.h:3 |\n"
			  "| string | `shape_area` | lib/area.h:4 |\n");
}

/* What all subjects begin with is said once; names and subjects give way. */
static void test_notes(void **state)
{
	struct report *r = *state;
	_cleanup_free_ char *text = NULL, *page = NULL;

	strv_add(&r->notes, "a.c lacks a line");
	text = terminal(r, false);
	assert_non_null(strstr(text, "\nnote: a.c lacks a line\n"));
	page = markdown(r);
	assert_non_null(strstr(page, "\n## Notes\n\n- a.c lacks a line\n"));
}

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
		    "__shape_area", "area.o: .text+0x1", "a|b *c* <d> _e_ f_g")
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
			 "area.o: .text+0x1: a\\|b \\*c\\* \\<d\\> \\_e\\_ f_g\n");
	assert_has(text, "| `shape_area` | 40 | 44 | g inlined into it |\n");
	assert_has(text, "\n- .orc_unwind\n");
	assert_lacks(text, "secret");
	last = strstr(text, "\nTo repeat this: ");
	assert_non_null(last);
	assert_string_equal(
		last, "\nTo repeat this: `cocciseries run "
		      "semantic-patches/shapes --base "
		      "89abcdef0123456789abcdef0123456789abcdef`\n");
}

/* What breaks out-of-tree modules stands at the top; repeats count once. */
static void test_kabi(void **state)
{
	struct report *r = *state;
	_cleanup_free_ char *text = NULL;

	text = terminal(r, false);
	assert_lacks(text, "kABI");
	for (size_t config = 0; config < 2; config++)
		outcome_explain(rung_of(r, config, RUNG_BUILD),
				EXPLAINED_EXPORT_CRC, "export-crc",
				"shape_area", "lib/shapes", "a type");
	report_judge(r);
	free(text);
	text = terminal(r, false);
	assert_has(text, "\nkABI: 1 export changed its CRC: modules that");
	free(text);
	text = markdown(r);
	assert_has(text, "\n**kABI**: 1 export changed its CRC: modules that");
}

/* The ones that changed most, in a line each, once. */
static void test_terminal_codegen(void **state)
{
	struct report *r = *state;
	struct report_config *configs = r->steps[0].configs;
	_cleanup_free_ char *text = NULL;

	for (unsigned long i = 0; i < 7; i++) {
		_cleanup_free_ char *name = xasprintf("f%lu", i);

		add_codegen(&configs[0], name, 100, 90 + 5 * i);
		add_codegen(&configs[1], name, 100, 90 + 5 * i);
	}
	report_judge(r);
	text = terminal(r, false);
	assert_has(text, "14 functions differ, +70 bytes\n"
			 "  f6 +20 bytes: g inlined into it\n"
			 "  f5 +15 bytes: g inlined into it\n"
			 "  f0 -10 bytes: g inlined into it\n"
			 "  f4 +10 bytes: g inlined into it\n"
			 "  f1 -5 bytes: g inlined into it\n"
			 "  ...\n");
}

static void test_range(void **state)
{
	_cleanup_(report_release) struct report back = { 0 };
	_cleanup_free_ char *text = NULL, *again = NULL, *md = NULL;
	struct report *r = *state;
	json_t *json;

	make_range(r);
	outcome_add(rung_of(r, 1, RUNG_TEXT), RESULT_EQUAL, "function",
		    "shape_new", "lib/shapes.c:20", "its text changed");
	outcome_add(rung_of(r, 1, RUNG_TOKENS), RESULT_DIFFERENT, "type",
		    "shape", "lib/shapes.h:3", "another");
	outcome_add(rung_of(r, 1, RUNG_CODE), RESULT_DIFFERENT, "symbol",
		    "shape_old", "", "is gone");
	outcome_add(rung_of(r, 1, RUNG_CODE), RESULT_DIFFERENT, "function",
		    "shape_new", "shapes.o: .text+0x2", "+0x2 inc became dec");
	report_judge(r);
	text = terminal(r, false);
	assert_has(text, "v1.2..HEAD on v1.2 (89abcdef0123), as one commit, "
			 "only lib\n");
	assert_has(text, "    moved from lib/shapes.c to lib/area.c\n"
			 "      function shape_area (9 lines, 12 -> 3)\n"
			 "      function shape_edge -> area_edge (1 line, 30 -> "
			 "14), but for names\n"
			 "    prototype, added in lib/shapes.h\n"
			 "      prototype area_edge (1 line, 8)\n");
	assert_lacks(text, "7 lines");
	assert_has(text, "different: 1 commit in 2 configurations\n");
	assert_has(text, "first different commit: 0010-move-area lib: shapes: "
			 "Move the area to area.c\n"
			 "  function shape_new at shapes.o: .text+0x2: +0x2 inc "
			 "became dec\n");
	md = markdown(r);
	assert_has(md, "| moved from lib/shapes.c to lib/area.c | function "
		       "shape_area (9 lines, 12 -\\> 3) |\n");
	assert_has(md, "`cocciseries verify v1.2..HEAD --path lib --squash`");
	json = report_json(r);
	assert_int_equal(report_from_json(json, &back, NULL), 0);
	json_decref(json);
	again = terminal(&back, false);
	assert_string_equal(text, again);
}

/* A range that is undecided says by which commit, and one that is not, nothing. */
static void test_range_undecided(void **state)
{
	_cleanup_free_ char *neutral = NULL, *text = NULL;
	struct report *r = *state;

	make_range(r);
	report_judge(r);
	neutral = terminal(r, false);
	assert_lacks(neutral, "first ");
	outcome_add(rung_of(r, 0, RUNG_TOKENS), RESULT_UNDECIDED, "header",
		    "lib/a.h", "lib/a.h", "9 files that read it");
	report_judge(r);
	text = terminal(r, false);
	assert_has(text, "first undecided commit: 0010-move-area");
	assert_has(text, "  header lib/a.h: 9 files that read it\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_json_renders_alike),
		TEST(test_terminal_neutral),
		TEST(test_terminal_findings),
		TEST(test_terminal_drift),
		TEST(test_accepted),
		TEST(test_left_alone),
		TEST(test_notes),
		TEST(test_terminal_prefix),
		TEST(test_terminal_not_run),
		TEST(test_terminal_many),
		TEST(test_terminal_odd_bytes),
		TEST(test_markdown),
		TEST(test_kabi),
		TEST(test_terminal_codegen),
		TEST(test_range),
		TEST(test_range_undecided),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
