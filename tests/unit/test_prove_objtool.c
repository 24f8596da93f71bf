// SPDX-License-Identifier: GPL-2.0-only
/*
 * What objtool could not do, or said, on the isolation objects of two sides: who
 * is compared with tables, and what the code rung gets to say of it.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "driver/prove_objtool.h"

/* The units do not own them here. */
static char a_c[] = "a.c", b_c[] = "b.c", a1_o[] = "a1.o", a2_o[] = "a2.o";
static char b_o[] = "b.o", no_luck[] = "no luck", none[] = "none";

static const struct contract move = { .change = CHANGE_MOVE };

/* Two units on each side; the second is the same object on both. */
struct sides {
	struct isolated units[2][2];
	struct compiled compiled;
	struct build_result build;
	struct built built[2];
};

static void make(struct sides *s)
{
	*s = (struct sides){ 0 };
	for (int side = 0; side < 2; side++) {
		s->units[side][0] = (struct isolated){
			.source = a_c, .plain = side ? a2_o : a1_o };
		s->units[side][1] =
			(struct isolated){ .source = b_c, .plain = b_o };
		s->built[side] = (struct built){ .build = &s->build,
						 .units = s->units[side],
						 .nr = 2 };
	}
	s->build.units = &s->compiled;
	s->build.nr = 1;
}

static void release(struct sides *s)
{
	for (int side = 0; side < 2; side++)
		for (int i = 0; i < 2; i++)
			strv_release(&s->units[side][i].objtool);
	strv_release(&s->build.warnings);
	strv_release(&s->compiled.objtool);
}

static void assert_says(struct sides *s, const char *want)
{
	struct outcome o = OUTCOME_INIT(RUNG_CODE);
	char *not_compared;
	char text[512] = "";

	objtool_check(&move, &s->built[0], &s->built[1], &o);
	outcome_sort(&o);
	not_compared = strv_join(&o.not_compared, " ");
	for (size_t i = 0; i < o.nr; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			 "%s %s: %s\n", result_name(o.findings[i].weight),
			 o.findings[i].name, o.findings[i].detail);
	snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s",
		 not_compared);
	assert_string_equal(text, want);
	free(not_compared);
	outcome_release(&o);
}

static void test_failure(void **state)
{
	struct sides s;

	(void)state;
	make(&s);
	assert_true(objtool_has_tables(&s.built[0], &s.built[1]));
	assert_says(&s, "");
	/* where nothing changed there is nothing to compare */
	s.units[0][1].no_tables = s.units[1][1].no_tables = no_luck;
	assert_true(objtool_has_tables(&s.built[0], &s.built[1]));
	assert_says(&s, "");
	/* a failure on one side takes the tables of both away */
	s.units[1][0].no_tables = no_luck;
	assert_false(objtool_has_tables(&s.built[0], &s.built[1]));
	assert_says(&s, "undecided a.c: fails on the isolated object after, so "
			"its tables were not compared: no luck\n");
	s.units[0][0].no_tables = none;
	s.units[1][0].no_tables = NULL;
	assert_false(objtool_has_tables(&s.built[0], &s.built[1]));
	assert_says(&s, "undecided a.c: fails on the isolated object before, so "
			"its tables were not compared: none\n");
	release(&s);
}

static void test_messages(void **state)
{
	struct sides s;

	(void)state;
	make(&s);
	/* what the stock build says as well is known */
	strv_add(&s.build.warnings, "kvm.o: warning: objtool: f: is odd");
	strv_add(&s.units[0][0].objtool, "f: is odd");
	strv_add(&s.units[1][1].objtool, "f: is odd");
	assert_says(&s, "");
	strv_add(&s.units[0][0].objtool, "g: is odd");
	strv_add(&s.units[1][1].objtool, "g: is odd");
	assert_says(&s, "equal : objtool says of the isolated objects alone: g: is odd\n");
	strv_add(&s.units[1][0].objtool, "h: is odd");
	assert_says(&s, "undecided : objtool says of the isolated objects only after: "
			"h: is odd\n"
			"equal : objtool says of the isolated objects alone: g: is odd\n");
	release(&s);
}

static void test_seals(void **state)
{
	struct sides s;

	(void)state;
	make(&s);
	strv_add(&s.compiled.objtool, "./tools/objtool/objtool");
	assert_says(&s, "");
	strv_add(&s.compiled.objtool, "--ibt");
	assert_says(&s, ".ibt_endbr_seal");
	release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_failure),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_seals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
