// SPDX-License-Identifier: GPL-2.0-only
/* Which steps it is worth asking for objects to spare. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/sparable.h"

#define HEADER "/* x */\n#ifndef X_H\n#define X_H\nint f(void);\n%s\n" \
	       "static inline int g(void)\n{\n\treturn 1;\n}\n%s#endif\n"

static bool ask(const char *path, const char *before, const char *after)
{
	struct text old = { .path = path, .data = before }, new = old;
	struct step_texts texts = { .before = &old, .after = &new };
	bool answer;

	old.len = before ? strlen(before) : 0;
	new.data = after;
	new.len = after ? strlen(after) : 0;
	strv_add(&texts.paths, path);
	answer = sparable(&texts);
	strv_release(&texts.paths);
	return answer;
}

static void test_sparable(void **state)
{
	static const struct {
		const char *front, *back;
		bool want;
	} cases[] = {
		{ "int more(int x);\n", "", true },
		{ "", "/* more */\nint more(int x);\n\n", true },
		{ "int var;\n", "", false },
		{ "static inline int h(void) { return 2; }\n", "", false },
		{ "", "#define MORE 1\n", false },
		{ "#include <x.h>\n", "", false },
		{ "", "#ifdef MORE\nint more(int x);\n#endif\n", false },
	};
	_cleanup_free_ char *old = xasprintf(HEADER, "", "");

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *new =
			xasprintf(HEADER, cases[i].front, cases[i].back);

		assert_int_equal(ask("a.h", old, new), cases[i].want);
		assert_int_equal(ask("a.h", new, old), cases[i].want);
		assert_true(ask("a.c", old, new));
	}
	assert_false(ask("a.h", NULL, old));
	assert_false(ask("a.h", old, NULL));
	assert_true(ask("a.c", NULL, old));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sparable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
