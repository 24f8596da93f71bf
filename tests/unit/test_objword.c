// SPDX-License-Identifier: GPL-2.0-only
/* The new object's word: behind the old one, on lists of objects only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/objword.h"

/* Puts mmu/b.c behind mmu/a.c in d/Makefile. */
static void check(const char *before, const char *after)
{
	_cleanup_(buf_release) struct buf file = BUF_INIT;
	struct drifts drifts = { 0 };

	buf_addstr(&file, before);
	if (!objword_add(&file, "d/Makefile", "d/mmu/a.c", "d/mmu/b.c",
			 &drifts))
		fail_msg("drift: %s", drifts.v[0].message);
	assert_string_equal(file.data, after);
}

static void check_drift(const char *text, const char *path, const char *from,
			unsigned int line, const char *what)
{
	_cleanup_(buf_release) struct buf file = BUF_INIT;
	struct drifts drifts = { 0 };

	buf_addstr(&file, text);
	assert_false(objword_add(&file, path, from, "d/mmu/b.c", &drifts));
	assert_int_equal(drifts.nr, 1);
	assert_int_equal(drifts.v[0].class, DRIFT_KBUILD);
	assert_int_equal(drifts.v[0].line, line);
	assert_string_equal(drifts.v[0].path, path);
	assert_non_null(strstr(drifts.v[0].message, what));
	assert_string_equal(file.data, text);
	drifts_release(&drifts);
}

static void test_lists(void **state)
{
	(void)state;
	check("k-y := mmu/a.o\n", "k-y := mmu/a.o mmu/b.o\n");
	check("k-y += x.o mmu/a.o y.o\n", "k-y += x.o mmu/a.o mmu/b.o y.o\n");
	check("k-objs\t= mmu/a.o", "k-objs\t= mmu/a.o mmu/b.o");
	check("obj-y+=mmu/a.o\n", "obj-y+=mmu/a.o mmu/b.o\n");
	check("k-$(CONFIG_A)\t+= mmu/a.o\n", "k-$(CONFIG_A)\t+= mmu/a.o mmu/b.o\n");
	check("k-${CONFIG_A} += mmu/a.o\n", "k-${CONFIG_A} += mmu/a.o mmu/b.o\n");
	check("k-y := \\\n\tx.o \\\n\tmmu/a.o \\\n\ty.o\n",
	      "k-y := \\\n\tx.o \\\n\tmmu/a.o mmu/b.o \\\n\ty.o\n");
	check("K := mmu/a.o x.o\nk-y += y.o $(K)\n",
	      "K := mmu/a.o mmu/b.o x.o\nk-y += y.o $(K)\n");
	check("k-y += mmu/a.o\r\n", "k-y += mmu/a.o mmu/b.o\r\n");
}

static void test_word(void **state)
{
	static const char *const cases[][3] = {
		{ "d/Makefile", "d/mmu/a.c", "mmu/a.o" },
		{ "Kbuild", "mmu/a.c", "mmu/a.o" },
		{ "d/Makefile", "dd/a.c", NULL },
		{ "d/Makefile", "d/a.h", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *word = objword_of(cases[i][0],
						       cases[i][1]);

		if (cases[i][2])
			assert_string_equal(word, cases[i][2]);
		else
			assert_null(word);
	}
}

/* Calls d/mmu/a.c d/mmu/b.c in d/Makefile. */
static void check_rename(const char *before, const char *after)
{
	_cleanup_(buf_release) struct buf file = BUF_INIT;
	struct drifts drifts = { 0 };
	bool ok;

	buf_addstr(&file, before);
	ok = objword_rename(&file, "d/Makefile", "d/mmu/a.c", "d/mmu/b.c",
			    &drifts);
	assert_int_equal(ok, !drifts.nr);
	assert_int_equal(ok, after != NULL);
	assert_string_equal(file.data, after ? after : before);
	drifts_release(&drifts);
}

static void test_rename(void **state)
{
	(void)state;
	check_rename("k-y := x.o mmu/a.o \\\n\ty.o\n",
		     "k-y := x.o mmu/b.o \\\n\ty.o\n");
	check_rename("k-y := mmu/a.o\nCFLAGS_mmu/a.o := -O3\n",
		     "k-y := mmu/b.o\nCFLAGS_mmu/b.o := -O3\n");
	check_rename("k-y := mmu/a.o\n$(obj)/mmu/a.o: $(obj)/t.h\n",
		     "k-y := mmu/b.o\n$(obj)/mmu/b.o: $(obj)/t.h\n");
	check_rename("k-y := mmu/a.o # mmu/a.o, xmmu/a.o\n",
		     "k-y := mmu/b.o # mmu/a.o, xmmu/a.o\n");
	check_rename("k-y := mmu/a.o x/mmu/a.o my_mmu/a.o mmu/a.out\n",
		     "k-y := mmu/b.o x/mmu/a.o my_mmu/a.o mmu/a.out\n");
	check_rename("k-y := mmu/a.o mmu/b.o\n", NULL);
	check_rename("k-y := mmu/a.o\nl-y := mmu/a.o\n", NULL);
	check_rename("obj-m := mmu/a.o\n", NULL);
	check_rename("k-y := a.o\n", NULL);
}

static void test_continuations(void **state)
{
	(void)state;
	check("k-y += x.o \\\n\tmmu/a.o \\\n\ty.o\n",
	      "k-y += x.o \\\n\tmmu/a.o mmu/b.o \\\n\ty.o\n");
	check("k-y += x.o \\\n\tmmu/a.o\\\n\ty.o\n",
	      "k-y += x.o \\\n\tmmu/a.o mmu/b.o\\\n\ty.o\n");
	check("k-y += x.o \\\r\n\tmmu/a.o\r\n",
	      "k-y += x.o \\\r\n\tmmu/a.o mmu/b.o\r\n");
}

static void test_what_is_no_list(void **state)
{
	(void)state;
	check("# k-y += mmu/a.o \\\n   mmu/a.o\nCFLAGS_mmu/a.o := -O1\n"
	      "$(obj)/mmu/a.o: $(obj)/x.h\n\techo k-y += mmu/a.o\n"
	      "targets += mmu/a.o\nk-y := xmmu/a.o mmu/a.o # mmu/a.o\n",
	      "# k-y += mmu/a.o \\\n   mmu/a.o\nCFLAGS_mmu/a.o := -O1\n"
	      "$(obj)/mmu/a.o: $(obj)/x.h\n\techo k-y += mmu/a.o\n"
	      "targets += mmu/a.o\nk-y := xmmu/a.o mmu/a.o mmu/b.o # mmu/a.o\n");
}

static void test_drift(void **state)
{
	(void)state;
	check_drift("k-y += a.o\n", "d/Makefile", "d/mmu/a.c", 0, "no list");
	check_drift("k-y += mmu/a.o\n\nl-y += \\\n\tmmu/a.o\n", "d/Makefile",
		    "d/mmu/a.c", 4, "more than one");
	check_drift("k-y += mmu/a.o\nl-y += mmu/b.o\n", "d/Makefile",
		    "d/mmu/a.c", 2, "already");
	check_drift("obj-$(CONFIG_A) += mmu/a.o\n", "d/Makefile", "d/mmu/a.c",
		    1, "module of its own");
	check_drift("obj-m += mmu/a.o\n", "d/Makefile", "d/mmu/a.c", 1,
		    "module of its own");
	check_drift("k-y += a.o\n", "e/Makefile", "d/mmu/a.c", 0,
		    "cannot name");
}

/* A build file at the top, and one in the sources' own folder. */
static void test_folders(void **state)
{
	_cleanup_(buf_release) struct buf file = BUF_INIT;
	struct drifts drifts = { 0 };

	(void)state;
	buf_addstr(&file, "k-y := d/a.o\n");
	assert_true(objword_add(&file, "Kbuild", "d/a.c", "d/b.c", &drifts));
	assert_string_equal(file.data, "k-y := d/a.o d/b.o\n");
	buf_reset(&file);
	buf_addstr(&file, "k-y := a.o\n");
	assert_true(objword_add(&file, "d/Kbuild", "d/a.c", "d/b.c", &drifts));
	assert_string_equal(file.data, "k-y := a.o b.o\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_word),
		cmocka_unit_test(test_rename),
		cmocka_unit_test(test_continuations),
		cmocka_unit_test(test_what_is_no_list),
		cmocka_unit_test(test_drift),
		cmocka_unit_test(test_folders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
