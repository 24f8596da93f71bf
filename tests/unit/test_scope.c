// SPDX-License-Identifier: GPL-2.0-only
/* What has to be built for a range: who lists a source, who reads a header. */
#include "base_helper.h"
#include "driver/includers.h"
#include "driver/listed.h"
#include "driver/scope.h"

static const struct base_file files[] = {
	{ "Kbuild", "obj-y += drv/ lib/ $(SOME)/\n" },
	{ "drv/Makefile",
	  "# obj-$(CONFIG_NO) += port.o\n"
	  "ccflags-y := -Idrv\n"
	  "obj-$(CONFIG_PORT) += port.o\n"
	  "port-y := core.o \\\n\tirq.o sub/deep.o # and others\n"
	  "ifdef CONFIG_EXTRA\n"
	  "port-$(CONFIG_TRACE)\t+= trace.o\n"
	  "else\n"
	  "port-objs += plain.o\n"
	  "endif\n"
	  "ifeq ($(CONFIG_BITS),y)\n"
	  "obj-$(subst m,y,$(CONFIG_SUBST)) += more/\n"
	  "endif\n"
	  "a-y += b.o\n"
	  "b-y += a.o\n" },
	{ "drv/more/Kbuild", "obj-m += alone.o\n" },
	{ "drv/more/Makefile", "obj-m += other.o\n" },
	{ "drv/core.c", "#include \"port.h\"\n" },
	{ "drv/irq.c", "int irq;\n" },
	{ "drv/sub/deep.c", "#include \"../inner.h\"\n" },
	{ "drv/more/alone.c", "int alone;\n" },
	{ "drv/port.h", "# include <lib/inner.h>\n" },
	{ "drv/inner.h", "int a_namesake;\n" },
	{ "include/lib/inner.h", "int inner;\n" },
	{ "lib/Makefile", "lib-y += shapes.o\n" },
	{ "lib/shapes.c", "#include <lib/inner.h>\n" },
	{ "arch/arm64/Makefile",
	  "include $(srctree)/virt/Makefile.virt\nobj-y += far.o\n" },
	{ "arch/x86/kvm/Makefile",
	  "include $(srctree)/virt/Makefile.virt\n"
	  "obj-$(CONFIG_KVM) += kvm.o\n" },
	{ "virt/Makefile.virt", "kvm-$(CONFIG_VIRT) := $(V)/virt_main.o\n" },
	{ "virt/virt_main.c", "int virt;\n" },
	{ "arch/arm64/far.c", "#include <lib/inner.h>\n" },
	{ "tools/lib/tool.c", "#include <lib/inner.h>\n" },
};

static int setup(void **state)
{
	return base_setup(state, files, ARRAY_SIZE(files));
}

/* "folder symbol symbol", which the caller frees; "none". */
static char *listed_as(struct fixture *f, const char *source)
{
	struct listed listed = { .repo = &f->repo, .rev = "HEAD",
				 .arch = "x86", .everywhere = true };
	_cleanup_(strv_release) struct strv symbols = STRV_INIT;
	_cleanup_free_ char *folder = NULL, *all = NULL;
	int found = listed_find(&listed, source, &folder, &symbols, NULL);

	listed_release(&listed);
	assert_true(found >= 0);
	if (!found)
		return xstrdup("none");
	all = strv_join(&symbols, " ");
	return xasprintf("%s %s", folder, all);
}

static void assert_listed(struct fixture *f, const char *source,
			  const char *want)
{
	_cleanup_free_ char *have = listed_as(f, source);

	assert_string_equal(have, want);
}

static void test_listed(void **state)
{
	struct fixture *f = *state;

	assert_listed(f, "drv/core.c", "drv/ CONFIG_PORT");
	assert_listed(f, "drv/irq.c", "drv/ CONFIG_PORT");
	assert_listed(f, "drv/sub/deep.c", "drv/ CONFIG_PORT");
	assert_listed(f, "drv/trace.c",
		      "drv/ CONFIG_EXTRA CONFIG_PORT CONFIG_TRACE");
	/* what is wanted of an else is not known */
	assert_listed(f, "drv/plain.c", "drv/ CONFIG_PORT");
	/* Kbuild comes before Makefile */
	assert_listed(f, "drv/more/alone.c",
		      "drv/more/ CONFIG_BITS CONFIG_SUBST");
	assert_listed(f, "drv/more/other.c", "none");
	assert_listed(f, "lib/shapes.S", "lib/ ");
	/* lists that name each other */
	assert_listed(f, "drv/a.c", "drv/ ");
	assert_listed(f, "drv/absent.c", "none");
	/* the list is continued in the file that includes this one */
	assert_listed(f, "virt/virt_main.c", 
		      "arch/x86/kvm/ CONFIG_KVM CONFIG_VIRT");
	assert_listed(f, "top.c", "none");
}

static void test_includers(void **state)
{
	struct fixture *f = *state;
	_cleanup_(strv_release) struct strv headers = STRV_INIT;
	_cleanup_(strv_release) struct strv found = STRV_INIT;
	_cleanup_free_ char *all = NULL;
	bool more = true;

	strv_add(&headers, "include/lib/inner.h");
	strv_add(&headers, "drv/inner.h");
	assert_int_equal(includers_find(&f->repo, "HEAD", &headers, &found,
					&more, NULL), 0);
	all = strv_join(&found, "\n");
	/* through drv/port.h as well, and not what its namesake is read by */
	assert_string_equal(all, "drv/inner.h\tdrv/sub/deep.c\n"
				 "include/lib/inner.h\tarch/arm64/far.c\n"
				 "include/lib/inner.h\tdrv/core.c\n"
				 "include/lib/inner.h\tlib/shapes.c");
	assert_false(more);
}

/* A range of one commit that touches the file. */
static void touch(struct fixture *f, const char *path, struct range *ret)
{
	static const char *const add[] = { "add", "-A", NULL };
	static const char *const commit[] = { "commit", "-qm", "touch", NULL };
	struct options options = { .range = "HEAD" };
	_cleanup_free_ char *whole = fs_join("tree", path);

	put(f, whole, "int touched;\n");
	git(f, add);
	git(f, commit);
	assert_int_equal(range_open(&f->repo, &options, ret, NULL), 0);
}

static void test_scope(void **state)
{
	struct fixture *f = *state;
	_cleanup_(range_release) struct range range = { 0 };
	_cleanup_(scope_release) struct scope scope = { 0 };
	_cleanup_(scope_release) struct scope back = { 0 };
	_cleanup_(strv_release) struct strv left = STRV_INIT;
	_cleanup_free_ char *targets = NULL;
	json_t *json;

	touch(f, "include/lib/inner.h", &range);
	assert_int_equal(scope_find(&f->repo, &range, "x86", &scope, NULL), 0);
	targets = strv_join(&scope.targets, " ");
	assert_string_equal(targets, "drv/ lib/");
	assert_int_equal(scope.guards.nr, 0);
	assert_int_equal(scope.wanted.nr, 1);
	assert_string_equal(scope.wanted.v[0], "CONFIG_PORT");
	scope_unbuilt(&scope, &scope.targets, &left);
	assert_int_equal(left.nr, 1);
	assert_non_null(strstr(left.v[0], "1 file"));
	assert_non_null(strstr(left.v[0], "not built: arch/arm64/"));
	json = scope_json(&scope);
	assert_true(scope_from_json(json, &back));
	assert_int_equal(back.readers.nr, scope.readers.nr);
	json_object_del(json, "guards");
	scope_release(&back);
	assert_false(scope_from_json(json, &back));
	json_decref(json);
}

static void test_scope_of_source(void **state)
{
	struct fixture *f = *state;
	_cleanup_(range_release) struct range range = { 0 };
	_cleanup_(scope_release) struct scope scope = { 0 };

	touch(f, "drv/trace.c", &range);
	assert_int_equal(scope_find(&f->repo, &range, "x86", &scope, NULL), 0);
	assert_int_equal(scope.targets.nr, 1);
	assert_string_equal(scope.targets.v[0], "drv/");
	assert_int_equal(scope.guards.nr, 3);
	assert_string_equal(scope.guards.v[2], "CONFIG_TRACE\tdrv/trace.c");
	assert_int_equal(scope.readers.nr, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_listed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_includers, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_scope, setup, teardown),
		cmocka_unit_test_setup_teardown(test_scope_of_source, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
