// SPDX-License-Identifier: GPL-2.0-only
/* Drift lists, their rendering as an error, and the suggestions of names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "driver/drift.h"
#include "driver/nearest.h"

static void every_class_has_its_own_name(void **state)
{
	(void)state;
	for (int a = DRIFT_ABSENT; a <= DRIFT_NO_CHANGE; a++) {
		assert_non_null(drift_class_name((enum drift_class)a));
		for (int b = DRIFT_ABSENT; b < a; b++)
			assert_string_not_equal(
				drift_class_name((enum drift_class)a),
				drift_class_name((enum drift_class)b));
	}
	assert_string_equal(drift_class_name(DRIFT_SHARED_DATA), "shared-data");
}

static void error_lists_every_case(void **state)
{
	struct drifts list = { 0 };
	struct error err = ERROR_INIT;

	(void)state;
	drifts_add(&list, DRIFT_ABSENT, "f", "a.c", 0, "use g", "no %s here",
		   "f");
	drifts_add(&list, DRIFT_TWICE, "g", "a.c", 12, NULL, "g: lines %d, %d",
		   12, 40);
	drifts_add(&list, DRIFT_NO_CHANGE, NULL, NULL, 0, NULL, "100%% nothing");
	assert_int_equal(list.nr, 3);
	assert_string_equal(list.v[2].name, "");
	assert_int_equal(drifts_error(&list, "0010-x", &err), -1);
	assert_int_equal(err.class, ERROR_DRIFT);
	assert_string_equal(err.text, "step 0010-x does not fit this base\n"
				      "a.c: no f here; use g\n"
				      "a.c:12: g: lines 12, 40\n"
				      "100% nothing");
	drifts_release(&list);
	assert_int_equal(list.nr, 0);
	assert_null(list.v);
	error_release(&err);
}

static void like_cases_are_told_together(void **state)
{
	struct drifts list = { 0 };
	struct error err = ERROR_INIT;

	(void)state;
	drifts_add(&list, DRIFT_ABSENT, "f", "a.c", 0, "drop it", "no f");
	drifts_add(&list, DRIFT_MOVED, "g", "b.c", 3, "drop it", "g is here");
	drifts_add(&list, DRIFT_ABSENT, "h", "a.c", 9, "drop it", "no h");
	drifts_error(&list, "1", &err);
	assert_string_equal(err.text, "step 1 does not fit this base\n"
				      "a.c: no f\na.c:9: no h\n"
				      "    these 2: drop it\n"
				      "b.c:3: g is here; drop it");
	error_release(&err);
	drifts_release(&list);
}

static void a_remedy_stays_with_its_case(void **state)
{
	struct drifts list = { 0 }, copy = { 0 };

	(void)state;
	for (int a = REMEDY_NONE; a < REMEDY_NR; a++)
		for (int b = REMEDY_NONE; b < a; b++)
			assert_string_not_equal(remedy_name((enum remedy)a),
						remedy_name((enum remedy)b));
	drifts_add(&list, DRIFT_ABSENT, "f", "a.c", 0, NULL, "100%%");
	drifts_add(&list, DRIFT_INCLUDE, "g", "b.c", 3, NULL, "x");
	drifts_remedy(&list, REMEDY_INCLUDE, "<a.h>");
	assert_int_equal(list.v[0].remedy, REMEDY_NONE);
	drifts_copy(&copy, &list.v[0]);
	drifts_copy(&copy, &list.v[1]);
	assert_string_equal(copy.v[0].message, "100%");
	assert_null(copy.v[0].other);
	assert_int_equal(copy.v[1].remedy, REMEDY_INCLUDE);
	assert_string_equal(copy.v[1].other, "<a.h>");
	drifts_drop(&copy, 0);
	assert_int_equal(copy.nr, 1);
	assert_string_equal(copy.v[0].name, "g");
	drifts_release(&list);
	drifts_release(&copy);
}

static void a_paragraph_names_what_is_alike(void **state)
{
	struct drifts list = { 0 };
	bool told[4] = { false };
	_cleanup_free_ char *first = NULL, *third = NULL;

	(void)state;
	drifts_add(&list, DRIFT_MOVED, "f", "a.c", 3, "drop it", "'f' is here");
	drifts_add(&list, DRIFT_MOVED, "g", "a.c", 9, "drop it", "'g' is here");
	drifts_add(&list, DRIFT_MOVED, "h", "b.c", 9, "drop it", "'h' is here");
	drifts_add(&list, DRIFT_MOVED, "i", "a.c", 12, NULL, "'i' is here");
	first = drifts_paragraph(&list, 0, told);
	assert_string_equal(first, "a.c:3: 'f' is here; so is g (9); drop it");
	assert_true(told[0] && told[1] && !told[2] && !told[3]);
	third = drifts_paragraph(&list, 2, told);
	assert_string_equal(third, "b.c:9: 'h' is here; drop it");
	drifts_release(&list);
}

static void what_a_step_goes_with_is_settled(void **state)
{
	struct drifts list = { 0 };

	(void)state;
	drifts_add(&list, DRIFT_DONE, NULL, "a.c", 0, NULL, "1 of 2");
	drifts_add(&list, DRIFT_DONE, "f", "a.c", 1, NULL, "f");
	drifts_remedy(&list, REMEDY_LEAVE_OUT, NULL);
	assert_int_equal(drifts_remedied(&list), 2);
	drifts_add(&list, DRIFT_TAKEN, "g", "a.c", 1, NULL, "g");
	assert_int_equal(drifts_remedied(&list), 1);
	drifts_add(&list, DRIFT_DONE, NULL, "a.c", 1, NULL, "all");
	drifts_remedy(&list, REMEDY_LEAVE_STEP, NULL);
	assert_int_equal(drifts_remedied(&list), 4);
	drifts_release(&list);
}

static void suggests_the_nearest_name(void **state)
{
	struct strv names = STRV_INIT;

	(void)state;
	strv_split(&names, "kvm_get_cr8 kvm_set_cr8 kvm_get_dr To Kind", " ");
	assert_string_equal(nearest_name("kvm_get_cr9", &names), "kvm_get_cr8");
	assert_string_equal(nearest_name("kvm_gte_dr", &names), "kvm_get_dr");
	assert_string_equal(nearest_name("kind", &names), "Kind");
	assert_string_equal(nearest_name("Ot", &names), "To");
	assert_null(nearest_name("load_pdptrs", &names));
	assert_null(nearest_name("", &names));
	strv_release(&names);
	assert_null(nearest_name("Kind", &names));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_class_has_its_own_name),
		cmocka_unit_test(error_lists_every_case),
		cmocka_unit_test(like_cases_are_told_together),
		cmocka_unit_test(a_remedy_stays_with_its_case),
		cmocka_unit_test(a_paragraph_names_what_is_alike),
		cmocka_unit_test(what_a_step_goes_with_is_settled),
		cmocka_unit_test(suggests_the_nearest_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
