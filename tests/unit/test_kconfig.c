// SPDX-License-Identifier: GPL-2.0-only
/* What stands behind a symbol that has no prompt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/kconfig.h"

static const char text[] =
	"menuconfig PUMPS\n"
	"\tbool \"Pumps\"\n"
	"if PUMPS\n"
	"\n"
	"config PUMP_CORE\n"
	"\tdef_tristate PUMP if (PUMP_RED != n || PUMP_BLUE != n) # not GREEN\n"
	"\tselect VALVES\n"
	"\tdefault y if PUMP_\"QUOTED\"\n"
	"\thelp\n"
	"\t  Nothing that NAMES anything.\n"
	"config PUMP\n"
	"\ttristate \"The pump\"\n"
	"\tdepends on WATER\n"
	"\tdefault WATER\n"
	"config PUMP_CORE_LATE\n"
	"\ttristate\n"
	"\tprompt 'Later'\n"
	"\tdefault PUMP\n"
	"config VALVES\n"
	"\ttristate\n"
	"endif\n"
	"  config TWICE\n"
	"\tbool\n"
	"\tdefault PUMP\n"
	"comment \"none\"\n"
	"\tdefault RED\n"
	"config TWICE\n"
	"\tbool\n"
	"\tdefault VALVES && PUMP";

static void check(const char *symbol, const char *want)
{
	struct strv found = STRV_INIT;
	char *all;

	strv_add(&found, "CONFIG_PUMP_RED");
	kconfig_behind(text, symbol, &found);
	all = strv_join(&found, " ");
	assert_string_equal(all, want);
	free(all);
	strv_release(&found);
}

static void test_behind(void **state)
{
	(void)state;
	check("CONFIG_PUMP_CORE",
	      "CONFIG_PUMP_RED CONFIG_PUMP CONFIG_PUMP_BLUE CONFIG_PUMP_");
	check("CONFIG_TWICE", "CONFIG_PUMP_RED CONFIG_PUMP CONFIG_VALVES");
	/* a person sets these; nothing makes the third; there is no such one */
	check("CONFIG_PUMP", "CONFIG_PUMP_RED");
	check("CONFIG_PUMP_CORE_LATE", "CONFIG_PUMP_RED");
	check("CONFIG_VALVES", "CONFIG_PUMP_RED");
	check("CONFIG_PUM", "CONFIG_PUMP_RED");
	check("PUMP_CORE", "CONFIG_PUMP_RED");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
