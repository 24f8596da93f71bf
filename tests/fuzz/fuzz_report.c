// SPDX-License-Identifier: GPL-2.0-only
/*
 * A stored report, damaged or from another version. What is accepted is the
 * same when it is written and read once more, and can be shown in each form.
 */
#include "fuzz.h"

#include "driver/report.h"

static void show(const struct report *report)
{
	struct buf text = BUF_INIT;

	report_markdown(report, &text);
	report_terminal(report, true, &text);
	report_exit_code(report);
	buf_release(&text);
}

static void check_report(const struct report *report)
{
	json_t *once = report_json(report), *twice;
	struct error err = ERROR_INIT;
	struct report again = { 0 };

	require(once && !report_from_json(once, &again, &err));
	twice = report_json(&again);
	require(json_equal(once, twice));
	json_decref(once);
	json_decref(twice);
	report_release(&again);
	show(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *json = json_loadb((const char *)data, size, 0, NULL);
	struct error err = ERROR_INIT;
	struct report_step step = { 0 };
	struct report report = { 0 };

	if (!json)
		return 0;
	if (!report_from_json(json, &report, &err)) {
		check_report(&report);
		report_release(&report);
	}
	error_release(&err);
	if (!report_step_from_json(json, &step, &err))
		report_step_release(&step);
	error_release(&err);
	json_decref(json);
	return 0;
}
