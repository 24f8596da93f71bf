// SPDX-License-Identifier: GPL-2.0-only
/* What modpost says of two states, held against each other. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/buf.h"
#include "verify/modules.h"

static const struct strv none = STRV_INIT;

static void sides(struct modules *ret)
{
	for (int side = 0; side < 2; side++) {
		ret[side] = (struct modules){ .ran = true };
		strv_add(&ret[side].objects, "dev/port.o");
		strv_add(&ret[side].exports,
			 "0x00000000\tport_open\tdev/port\tEXPORT_SYMBOL_GPL\t");
		strv_add(&ret[side].exports,
			 "0x00000000\tport_reset\tdev/port\tEXPORT_SYMBOL\tPORT");
		strv_add(&ret[side].warnings,
			 "WARNING: modpost: missing MODULE_LICENSE() in dev/port.o");
		strv_add(&ret[side].warnings,
			 "WARNING: modpost: dev/port: section mismatch in "
			 "reference: port_open (section: .text) -> x (section: "
			 ".init.text)");
		strv_add(&ret[side].info, "dev/port\tMODULE_INFO(depends, \"\");");
		strv_add(&ret[side].unresolved, "dev/port\tprint_line");
	}
}

static void set(struct strv *list, size_t i, const char *text)
{
	free(list->v[i]);
	list->v[i] = xstrdup(text);
}

/* Compares, frees both, and returns what was found as "weight what name: detail". */
static char *compare(const struct contract *contract, struct modules *s)
{
	struct outcome o = OUTCOME_INIT(RUNG_BUILD);
	struct buf b = BUF_INIT;

	outcome_ran(&o);
	modules_compare(contract, &s[0], &s[1], &none, &none, &o);
	outcome_sort(&o);
	for (size_t i = 0; i < o.nr; i++)
		buf_addf(&b, "%s %s %s: %s\n", result_name(o.findings[i].weight),
			 o.findings[i].what, o.findings[i].name,
			 o.findings[i].detail);
	outcome_release(&o);
	modules_release(&s[0]);
	modules_release(&s[1]);
	return buf_detach(&b);
}

static void assert_found(struct modules *s, const char *want)
{
	const struct contract move = { .change = CHANGE_MOVE };
	char *found = compare(&move, s);

	assert_string_equal(found, want);
	free(found);
}

static void test_equal(void **state)
{
	struct modules s[2];

	(void)state;
	sides(s);
	assert_found(s, "");
	/* the order of a set means nothing */
	sides(s);
	strv_sort(&s[1].exports);
	set(&s[1].warnings, 0, s[0].warnings.v[1]);
	set(&s[1].warnings, 1, s[0].warnings.v[0]);
	assert_found(s, "");
}

static void test_exports(void **state)
{
	struct modules s[2];

	(void)state;
	sides(s);
	set(&s[1].exports, 0,
	    "0x00000000\tport_open\tdev/port\tEXPORT_SYMBOL\t");
	assert_found(s, "different export port_open: its kind was "
			"EXPORT_SYMBOL_GPL and is EXPORT_SYMBOL\n");
	sides(s);
	set(&s[1].exports, 1,
	    "0x00000000\tport_reset\tdev/port\tEXPORT_SYMBOL\t");
	assert_found(s, "different export port_reset: its name space was PORT "
			"and is none\n");
	sides(s);
	set(&s[1].exports, 1,
	    "0x00000000\tport_reset\tdev/probe\tEXPORT_SYMBOL\tPORT");
	assert_found(s, "different export port_reset: its module was dev/port "
			"and is dev/probe\n");
	sides(s);
	set(&s[1].exports, 1,
	    "0x00000000\tport_close\tdev/port\tEXPORT_SYMBOL\tPORT");
	assert_found(s,
		     "different export port_close: was not exported before "
		     "(EXPORT_SYMBOL)\n"
		     "different export port_reset: is not exported any more\n");
	sides(s);
	set(&s[1].exports, 0,
	    "0x12345678\tport_open\tdev/port\tEXPORT_SYMBOL_GPL\t");
	assert_found(s, "different export-crc port_open: its CRC changed from "
			"0x00000000 to 0x12345678, and no dump of its types "
			"says why\n");
}

static void test_warnings(void **state)
{
	struct modules s[2];

	(void)state;
	sides(s);
	strv_add(&s[1].warnings, "WARNING: modpost: dev/port: section mismatch");
	assert_found(s, "different modpost : WARNING: modpost: dev/port: "
			"section mismatch\n");
	/* one that went away is none of the step's business */
	sides(s);
	strv_add(&s[0].warnings, "WARNING: modpost: dev/port: section mismatch");
	assert_found(s, "");
}

static void test_others(void **state)
{
	struct modules s[2];

	(void)state;
	sides(s);
	set(&s[1].info, 0, "dev/port\tMODULE_INFO(depends, \"probe\");");
	assert_found(s, "different module-info dev/port: only after: "
			"MODULE_INFO(depends, \"probe\");\n"
			"different module-info dev/port: only before: "
			"MODULE_INFO(depends, \"\");\n");
	sides(s);
	strv_add(&s[1].unresolved, "dev/port\tno_such_thing");
	assert_found(s, "undecided symbol no_such_thing: is needed only after, "
			"and no module that was built exports it\n");
	sides(s);
	s[1].ran = false;
	s[1].why = xstrdup("'modpost' failed");
	assert_found(s, "undecided modpost : the modules were not compared: "
			"'modpost' failed\n");
	sides(s);
	modules_release(&s[0]);
	assert_found(s, "undecided modpost : the modules were not compared: "
			"one side has none\n");
}

/* Under a rename all that has the name has the new one, and nothing else. */
static void test_rename(void **state)
{
	static const struct renamed renamed[] = { { "port_open", "port_start" } };
	const struct contract rename = { .change = CHANGE_RENAME,
					 .renamed = renamed,
					 .nr_renamed = 1 };
	struct modules s[2];
	char *found;

	(void)state;
	sides(s);
	set(&s[1].exports, 0,
	    "0x00000000\tport_start\tdev/port\tEXPORT_SYMBOL_GPL\t");
	set(&s[1].warnings, 1,
	    "WARNING: modpost: dev/port: section mismatch in reference: "
	    "port_start (section: .text) -> x (section: .init.text)");
	found = compare(&rename, s);
	assert_string_equal(found, "");
	free(found);
	sides(s);
	found = compare(&rename, s);
	assert_string_equal(
		found,
		"different export port_open: was not exported before "
		"(EXPORT_SYMBOL_GPL)\n"
		"different export port_start: is not exported any more\n"
		"different modpost : WARNING: modpost: dev/port: section "
		"mismatch in reference: port_open (section: .text) -> x "
		"(section: .init.text)\n");
	free(found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equal),	 cmocka_unit_test(test_exports),
		cmocka_unit_test(test_warnings), cmocka_unit_test(test_others),
		cmocka_unit_test(test_rename),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
