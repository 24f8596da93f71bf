// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a review looks like: what a reviewer must not miss is on the first screen,
 * and no line of source can pass for another.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "driver/review_terminal.h"
#include "driver/visible.h"

#define ID "0123456789abcdef0123456789abcdef01234567"

/* No colour. */
static char none[] = "";
static const struct palette plain = {
	.begin = { none, none, none, none, none, none, none, none },
	.end = none,
};

static void assert_has(const struct buf *text, const char *part)
{
	if (!strstr(text->data, part))
		fail_msg("'%s' is not in:\n%s", part, text->data);
}

/* A report of one step in two configurations, of which one is different. */
static void make_report(struct report *r)
{
	const struct drift drift = { .path = (char *)"a.c",
				     .message = (char *)"the base has no 'f'",
				     .name = (char *)"f",
				     .line = 3 };
	struct report_step *step = xcalloc(1, sizeof(*step));

	*r = (struct report){ .series = xstrdup("demo"), .steps = step, .nr = 1 };
	*step = (struct report_step){ .name = xstrdup("0010-a"),
				      .kind = xstrdup("move"),
				      .subject = xstrdup("a: Move"),
				      .commit = xstrdup(ID),
				      .nr_configs = 2 };
	step->configs = xcalloc(2, sizeof(*step->configs));
	step->configs[0] = (struct report_config){
		.name = xstrdup("full"), .built = true,
		.verdict = VERDICT_DIFFERENT
	};
	step->configs[1] = (struct report_config){
		.name = xstrdup("plain"), .built = true,
		.verdict = VERDICT_NEUTRAL
	};
	step->configs[0].rungs = xcalloc(1, sizeof(struct outcome));
	step->configs[0].nr_rungs = 1;
	step->configs[0].rungs[0] = (struct outcome)OUTCOME_INIT(RUNG_CODE);
	outcome_ran(step->configs[0].rungs);
	outcome_add(step->configs[0].rungs, RESULT_DIFFERENT, "function", "f",
		    "a.o", "orl became xorl");
	report_accept(r, "0010-a", &drift, "left out of the step");
}

static void make_review(struct review *r)
{
	*r = (struct review){ .title = xstrdup("demo"), .base = xstrdup(ID),
			      .verify = xstrdup("cocciseries run demo") };
	r->commits = xcalloc(2, sizeof(*r->commits));
	r->nr = r->alloc = 2;
	for (size_t i = 0; i < r->nr; i++) {
		r->commits[i].id = xstrdup(ID);
		r->commits[i].subject = xstrdup("a: Move");
		r->commits[i].text = (struct outcome)OUTCOME_INIT(RUNG_TEXT);
	}
	r->pool.reports = xcalloc(1, sizeof(*r->pool.reports));
	r->pool.nr = 1;
	make_report(&r->pool.reports[0]);
	evidence_find(&r->pool, ID, &r->commits[0].evidence);
}

static void what_matters_comes_first(void **state)
{
	struct review r;
	struct buf text = BUF_INIT;

	(void)state;
	make_review(&r);
	assert_int_equal(r.commits[0].evidence.nr, 2);
	assert_int_equal(review_verdict(&r.commits[0]), VERDICT_DIFFERENT);
	assert_int_equal(review_verdict(&r.commits[1]), VERDICT_UNDECIDED);
	review_table(&r, &plain, &text);
	assert_has(&text, "! 0123456789ab");
	assert_has(&text, "? 0123456789ab");
	assert_has(&text, "accepted: 0010-a: left out of the step: absent, in a.c: f (3)");
	assert_has(&text, "1 commit not verified; run 'cocciseries run demo'");
	buf_reset(&text);
	review_terminal(&r, &plain, &text);
	assert_has(&text, "    different in full\n    neutral in plain\n");
	assert_has(&text, "orl became xorl");
	assert_has(&text, "    not verified\n");
	buf_release(&text);
	review_release(&r);
}

/* The newest report counts, configuration by configuration. */
static void the_newest_report_counts(void **state)
{
	struct evidence_pool pool = { 0 };
	struct evidence e;

	(void)state;
	pool.reports = xcalloc(2, sizeof(*pool.reports));
	pool.nr = 2;
	make_report(&pool.reports[0]);
	make_report(&pool.reports[1]);
	pool.reports[0].steps[0].configs[0].verdict = VERDICT_NEUTRAL;
	pool.reports[0].steps[0].configs[1].built = false;
	evidence_find(&pool, ID, &e);
	assert_int_equal(e.nr, 2);
	assert_int_equal(e.configs[0]->verdict, VERDICT_NEUTRAL);
	assert_string_equal(e.configs[1]->name, "plain");
	assert_ptr_equal(e.report, &pool.reports[0]);
	evidence_release(&e);
	evidence_find(&pool, "other", &e);
	assert_int_equal(e.nr, 0);
	assert_null(e.report);
	evidence_release(&e);
	evidence_pool_release(&pool);
}

/* What an older report found in a configuration that the newest has not. */
static void no_configuration_is_lost(void **state)
{
	struct review r;
	struct buf text = BUF_INIT;

	(void)state;
	make_review(&r);
	r.pool.reports = xrealloc(r.pool.reports, 2, sizeof(*r.pool.reports));
	make_report(&r.pool.reports[1]);
	r.pool.nr = 2;
	r.pool.reports[0].steps[0].configs[0].built = false;
	outcome_release(r.pool.reports[0].steps[0].configs[0].rungs);
	*r.pool.reports[0].steps[0].configs[0].rungs =
		(struct outcome)OUTCOME_INIT(RUNG_CODE);
	evidence_release(&r.commits[0].evidence);
	evidence_find(&r.pool, ID, &r.commits[0].evidence);
	review_terminal(&r, &plain, &text);
	assert_has(&text, "    different in full\n    neutral in plain\n");
	assert_has(&text, "    code different in full\n");
	assert_has(&text, "orl became xorl");
	buf_release(&text);
	review_release(&r);
}

static void source_is_seen_as_it_is(void **state)
{
	static const struct {
		const char *line, *shown;
	} rules[] = {
		{ "\tint a;", "\tint a;" },
		{ "a\r", "a^M" },
		{ "\033[2Kb", "^[[2Kb" },
		{ "c\x7f", "c^?" },
		{ "\xc3\xa9", "\xc3\xa9" },
		{ "\xe2\x80\xae" "d", "<U+202E>d" },
		{ "\xe2\x81\xa6" "e", "<U+2066>e" },
		{ "\xe2\x80\xa6", "\xe2\x80\xa6" },
		{ "\xe2\x80", "<E2><80>" },
		{ "\xe9t\xe9", "<E9>t<E9>" },
		{ "\xc2\x9b" "1m", "<U+009B>1m" },
		{ "f\xe2\x80\x8bg", "f<U+200B>g" },
		{ "\xf0\x9f\x90\xa7", "\xf0\x9f\x90\xa7" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		struct buf b = BUF_INIT;

		visible_addstr(rules[i].line, &b);
		assert_string_equal(b.data, rules[i].shown);
		buf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_matters_comes_first),
		cmocka_unit_test(the_newest_report_counts),
		cmocka_unit_test(no_configuration_is_lost),
		cmocka_unit_test(source_is_seen_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
