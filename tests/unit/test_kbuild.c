// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stock build: reading what kbuild leaves behind, and the miniature tree
 * configured and built by the real make and gcc, in both spellings.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "driver/kbuild_internal.h"
#include "lib/fs.h"

struct fixture {
	char *dir, *src, *out, *fragment;
	struct build_config config;
	struct strv make_args;
	struct kbuild k;
};

static struct error error = ERROR_INIT;

static void assert_ok(int ret)
{
	if (ret < 0)
		fail_msg("%s", error.text ? error.text : "no message");
}

static void assert_error(int ret, const char *part)
{
	assert_int_equal(ret, -1);
	if (!error.text || !strstr(error.text, part))
		fail_msg("'%s' is not in: %s", part, error.text);
	error_release(&error);
}

/* Runs a shell line in the folder above src and out. */
static char *sh(const struct fixture *f, const char *line)
{
	struct process p = PROCESS_INIT;
	char *out;

	process_args(&p, "sh", "-ec", line, NULL);
	p.dir = f->dir;
	assert_ok(process_run(&p, &error));
	assert_ok(process_check(&p, &error));
	out = xstrndup(p.out.data, strcspn(p.out.data, "\n"));
	process_release(&p);
	return out;
}

static void run(const struct fixture *f, const char *line)
{
	free(sh(f, line));
}

static void load(struct fixture *f, const char *text)
{
	build_config_release(&f->config);
	assert_ok(fs_write(f->fragment, text, strlen(text), &error));
	assert_ok(build_config_load(f->fragment, &f->config, &error));
}

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));
	char *line = xasprintf("cp -r '%s/tests/tree' src",
			       getenv("PWD") ? getenv("PWD") : ".");

	f->dir = xstrdup("/tmp/test_kbuild.XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	f->src = xasprintf("%s/src", f->dir);
	f->out = xasprintf("%s/out", f->dir);
	f->fragment = xasprintf("%s/full.config", f->dir);
	run(f, line);
	load(f, "# Defconfig: x86_64_defconfig\n# Targets: dev/\n"
		"CONFIG_PORT=m\nCONFIG_PORT_TRACE=y\n");
	f->k = (struct kbuild){ f->src, f->out, &f->config, &f->make_args, NULL };
	free(line);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	fs_remove(f->dir, &error);
	build_config_release(&f->config);
	strv_release(&f->make_args);
	free(f->dir);
	free(f->src);
	free(f->out);
	free(f->fragment);
	free(f);
	error_release(&error);
	return 0;
}

static void assert_words(const struct strv *list, const char *separator,
			 const char *want)
{
	char *have = strv_join(list, separator);

	assert_string_equal(have, want);
	free(have);
}

static void assert_units(const struct build_result *r, const char *want)
{
	struct strv list = STRV_INIT;

	for (size_t i = 0; i < r->nr; i++)
		strv_add(&list, r->units[i].source);
	assert_words(&list, " ", want);
	strv_release(&list);
}

static void build(struct fixture *f, struct build_result *ret)
{
	assert_ok(kbuild_configure(&f->k, &error));
	assert_ok(kbuild_build(&f->k, ret, &error));
	if (!ret->ok)
		fail_msg("%s", ret->log);
}

static void build_away(struct fixture *f)
{
	struct build_result r;

	build(f, &r);
	build_result_release(&r);
}

static void test_config_errors(void **state)
{
	static const struct {
		const char *text, *part;
	} cases[] = {
		{ "# Targets: a/\n", "# Defconfig: NAME" },
		{ "# Defconfig: d\nCONFIG_A=y\n# Targets: a/\n", "# Targets: DIR/" },
		{ "# Defconfig: d\n# Targets: a/ CC=evil\n", "'CC=evil' is no" },
		{ "# Defconfig: d\n# Targets: --eval=x\n", "is no target" },
		{ "# Defconfig: d\n# Targets: ../x/\n", "is no target" },
		{ "# Defconfig: -x\n# Targets: a/\n", "# Defconfig: NAME" },
	};
	struct fixture *f = *state;
	struct build_config config;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_ok(fs_write(f->fragment, cases[i].text,
				   strlen(cases[i].text), &error));
		assert_error(build_config_load(f->fragment, &config, &error),
			     cases[i].part);
	}
	assert_string_equal(f->config.name, "full");
}

static void test_builds(void **state)
{
	struct fixture *f = *state;
	struct build_result r;

	setenv("MAKEFLAGS", "n", 1); /* of an outer make: would build nothing */
	setenv("MAKELEVEL", "3", 1);
	build(f, &r);
	unsetenv("MAKEFLAGS");
	unsetenv("MAKELEVEL");
	assert_units(&r, "dev/core.c dev/irq.c dev/probe.c dev/trace.c");
	assert_words(&r.objects, " ", "dev/port.o dev/probe.o");
	assert_int_equal(r.warnings.nr, 0);
	assert_string_equal(r.log, "");
	assert_true(strv_has(&r.units[0].deps, "dev/port.h"));
	assert_true(strv_has(&r.units[0].deps, "include/generated/autoconf.h"));
	assert_true(strv_has(&r.units[0].command, "-DKBUILD_BASENAME=\"core\""));
	build_result_release(&r);
}

/* The miniature modpost stops listing what is unresolved; no part of it is lost. */
static void test_modpost(void **state)
{
	struct fixture *f = *state;
	struct build_result r;

	build(f, &r);
	assert_true(r.modules.ran);
	assert_words(&r.modules.objects, " ", "dev/port.o dev/probe.o");
	assert_int_equal(r.modules.exports.nr, 8);
	assert_string_equal(r.modules.exports.v[0],
			    "0x00000000\tport_get_ctrl\tdev/port\t"
			    "EXPORT_SYMBOL_GPL\t");
	assert_words(&r.modules.unresolved, " ",
		     "dev/port\tprint_line dev/port\tstop_at "
		     "dev/probe\tprint_line");
	assert_words(&r.modules.warnings, "|",
		     "WARNING: modpost: missing MODULE_LICENSE() in dev/port.o|"
		     "WARNING: modpost: missing MODULE_LICENSE() in dev/probe.o");
	assert_words(&r.modules.info, "|",
		     "dev/port\tMODULE_INFO(depends, \"\");|"
		     "dev/probe\tMODULE_INFO(depends, \"dev/port \");");
	build_result_release(&r);
}

static void test_modpost_finds(void **state)
{
	struct fixture *f = *state;
	struct build_result r;

	run(f, "sed -i 's/EXPORT_SYMBOL_GPL(port_raise)/EXPORT_SYMBOL(port_raise)/' "
	       "src/dev/irq.c");
	run(f, "printf 'int early(void);\n"
	       "__attribute__((noinline, section(\".init.text\"))) int early(void) { return 1; }\n"
	       "int late(void);\nint late(void) { return early(); }\n' "
	       ">>src/dev/irq.c");
	build(f, &r);
	assert_true(strv_has(&r.modules.exports,
			     "0x00000000\tport_raise\tdev/port\tEXPORT_SYMBOL\t"));
	/* without the offset, which would be another one each time */
	assert_true(strv_has(&r.modules.warnings,
			     "WARNING: modpost: dev/port: section mismatch in "
			     "reference: code (section: .text) -> early "
			     "(section: .init.text)"));
	build_result_release(&r);
}

/* It is asked again; that it does not work is no failure of the build. */
static void test_modpost_fails(void **state)
{
	struct fixture *f = *state;
	struct build_result r;

	run(f, "printf '#!/bin/sh\necho no luck >&2\nexit 2\n' "
	       ">src/scripts/mod/modpost.sh");
	build(f, &r);
	assert_true(r.ok);
	assert_false(r.modules.ran);
	assert_non_null(strstr(r.modules.why, "no luck"));
	build_result_release(&r);
	run(f, "rm src/scripts/Makefile.modpost");
	build(f, &r);
	assert_false(r.modules.ran);
	assert_string_equal(r.modules.why, "the tree has no modpost");
	build_result_release(&r);
}

static void test_builds_old_spelling(void **state)
{
	struct fixture *f = *state;
	struct build_result r;

	strv_add(&f->make_args, "OLD_KBUILD=1");
	build(f, &r);
	assert_units(&r, "dev/core.c dev/irq.c dev/probe.c dev/trace.c");
	assert_words(&r.objects, " ", "dev/port.o dev/probe.o");
	build_result_release(&r);
}

/* Their .o and .o.cmd files stay in the O= folder. */
static void test_gone_units_are_not_listed(void **state)
{
	struct fixture *f = *state;
	struct build_result r;

	build_away(f);
	run(f, "sed -i 's/core.o irq.o/core.o/' src/dev/Makefile");
	build(f, &r);
	assert_units(&r, "dev/core.c dev/probe.c dev/trace.c");
	build_result_release(&r);
}

static void test_configures_once(void **state)
{
	static const char stat[] = "stat -c '%y %i' out/.config";
	struct fixture *f = *state;
	char *before, *after;

	build_away(f);
	before = sh(f, stat);
	run(f, "rm src/scripts/kconfig/merge_config.sh");
	build_away(f);
	after = sh(f, stat);
	assert_string_equal(before, after);
	/* what make takes from the environment makes it merge again */
	setenv("KCFLAGS", "-O1", 1);
	assert_error(kbuild_configure(&f->k, &error), "merge_config.sh");
	unsetenv("KCFLAGS");
	/* and so does a Kconfig file that changed */
	run(f, "echo >>src/Kconfig");
	assert_error(kbuild_configure(&f->k, &error), "merge_config.sh");
	free(before);
	free(after);
}

static void test_dropped_symbol_is_named(void **state)
{
	struct fixture *f = *state;

	load(f, "# Defconfig: x86_64_defconfig\n# Targets: dev/\n"
		"CONFIG_PORT=m\nCONFIG_PORT_LOOPBACK=y\nCONFIG_NONE=\"a b\"\n"
		"# CONFIG_TREE is not set\n# CONFIG_ABSENT is not set\n");
	assert_int_equal(kbuild_configure(&f->k, &error), -1);
	assert_int_equal(error.class, ERROR_INPUT);
	assert_non_null(strstr(error.text, "CONFIG_PORT_LOOPBACK=y became n"));
	assert_non_null(strstr(error.text, "CONFIG_NONE=\"a b\" became n"));
	assert_non_null(strstr(error.text, "CONFIG_PORT=m became n"));
	assert_null(strstr(error.text, "ABSENT"));
	/* and it is not taken for configured afterwards */
	assert_int_equal(kbuild_configure(&f->k, &error), -1);
}

/* One configuration for trees that have a symbol and trees that have not. */
static void test_optional_symbol(void **state)
{
	struct fixture *f = *state;
	struct strv lost = STRV_INIT;

	load(f, "# Defconfig: x86_64_defconfig\n# Targets: dev/\n"
		"# Optional: CONFIG_PORT_LOOPBACK CONFIG_PORT_TRACE CONFIG_NEVER\n"
		"CONFIG_PORT=m\nCONFIG_PORT_LOOPBACK=y\nCONFIG_PORT_TRACE=y\n");
	assert_ok(kbuild_configure(&f->k, &error));
	assert_ok(kbuild_not_taken(&f->k, &lost, &error));
	assert_int_equal(lost.nr, 1);
	assert_string_equal(lost.v[0], "CONFIG_PORT_LOOPBACK=y became n");
	strv_release(&lost);
	/* the others are held exactly */
	load(f, "# Defconfig: x86_64_defconfig\n# Targets: dev/\n"
		"# Optional: CONFIG_PORT_TRACE\n"
		"CONFIG_PORT=m\nCONFIG_PORT_LOOPBACK=y\n");
	assert_int_equal(kbuild_configure(&f->k, &error), -1);
	assert_non_null(strstr(error.text, "CONFIG_PORT_LOOPBACK=y became n"));
}

/* A warning belongs to the state, whether its file was compiled now or not. */
static void test_warnings_are_of_the_whole_state(void **state)
{
	static const char core[] =
		"dev/core.c: warning: 'spare' defined but not used "
		"[-Wunused-variable]";
	static const char irq[] = "dev/irq.c: warning: unused variable 'x' "
				  "[-Wunused-variable]";
	struct fixture *f = *state;
	struct build_result r;

	setenv("LC_CTYPE", "C.UTF-8", 1); /* gcc would quote by it */
	setenv("LANG", "C.UTF-8", 1);
	run(f, "echo 'static int spare;' >>src/dev/core.c\n"
	       "echo 'void f(void); void f(void) { int x; }' >>src/dev/irq.c");
	for (int i = 0; i < 3; i++) {
		build(f, &r);
		assert_int_equal(r.warnings.nr, 2);
		assert_string_equal(r.warnings.v[0], core);
		assert_string_equal(r.warnings.v[1], irq);
		build_result_release(&r);
		run(f, "sed -i '2i/* a line more */' src/dev/core.c");
	}
	run(f, "sed -i '$d' src/dev/irq.c");
	build(f, &r);
	assert_words(&r.warnings, "|", core);
	build_result_release(&r);
	run(f, "sed -i 's/ core.o irq.o/ irq.o/' src/dev/Makefile");
	build(f, &r);
	assert_int_equal(r.warnings.nr, 0);
	build_result_release(&r);
}

/* Stopped between make and the list of warnings: make would not print them again. */
static void test_warnings_are_kept_before_the_build_counts(void **state)
{
	struct fixture *f = *state;
	struct build_result r;

	build_away(f);
	run(f, "echo 'static int spare;' >>src/dev/core.c\n"
	       "rm -f out/.cocciseries/warnings.json\n"
	       "mkdir out/.cocciseries/warnings.json");
	assert_error(kbuild_build(&f->k, &r, &error), "warnings.json");
	run(f, "rmdir out/.cocciseries/warnings.json");
	build(f, &r);
	assert_int_equal(r.warnings.nr, 1);
	build_result_release(&r);
}

static void test_failure_is_a_result(void **state)
{
	struct fixture *f = *state;
	struct build_result r;

	build_away(f);
	run(f, "echo 'int x = y;' >>src/dev/irq.c");
	assert_ok(kbuild_build(&f->k, &r, &error));
	assert_false(r.ok);
	assert_non_null(strstr(r.log, "'y' undeclared"));
	assert_null(strstr(r.log, "CC [M]"));
	build_result_release(&r);
	run(f, "sed -i '$d' src/dev/irq.c");
	build_away(f);
}

/* An object cut short by a kill is newer than its source: make would keep it. */
static void test_mends_a_killed_build(void **state)
{
	struct fixture *f = *state;
	char *before, *after;

	build_away(f);
	before = sh(f, "cat out/dev/*.o | sha256sum");
	run(f, "touch out/.cocciseries/building; sleep 0.02\n"
	       "for o in core port; do : >out/dev/$o.o; done");
	build_away(f);
	after = sh(f, "cat out/dev/*.o | sha256sum");
	assert_string_equal(before, after);
	free(before);
	free(after);
	run(f, "[ ! -e out/.cocciseries/building ]");
}

/*
 * kill -9 of the driver alone: its make goes on, with a compiler that has
 * written half of an object. The next build waits for it and makes all whole.
 */
static void test_mends_a_real_kill(void **state)
{
	struct fixture *f = *state;
	struct build_result r;
	char *before, *after, *cc;
	pid_t pid;

	run(f, "printf '#!/bin/sh\n"
	       "if [ -e %s/slow ] && [ \"$1\" != --version ]; then\n"
	       "for a; do case $a in dev/*.o) echo half >$a; sleep 1; echo half >$a;; esac\n"
	       "done; exit 1; fi\nexec gcc \"$@\"\n' $PWD >cc; chmod +x cc");
	cc = xasprintf("CC=%s/cc", f->dir);
	strv_add(&f->make_args, cc);
	build_away(f);
	before = sh(f, "cat out/dev/*.o | sha256sum");
	run(f, "touch slow src/dev/port.h");
	pid = fork();
	if (pid == 0) {
		kbuild_build(&f->k, &r, NULL);
		_exit(0);
	}
	run(f, "until grep -q half out/dev/core.o; do sleep 0.01; done");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	/* what still runs has the lock; it is waited for */
	run(f, "rm slow; ! flock -n out/.cocciseries/lock true");
	build_away(f);
	run(f, "flock -n out/.cocciseries/lock true");
	after = sh(f, "cat out/dev/*.o | sha256sum");
	assert_string_equal(before, after);
	free(before);
	free(after);
	free(cc);
}

static void test_names_the_compiler(void **state)
{
	struct fixture *f = *state;
	char *name;

	setenv("CC", "nonexistent", 1); /* kernel Makefiles set it themselves */
	assert_ok(kbuild_compiler(&f->k, &name, &error));
	unsetenv("CC");
	assert_non_null(strstr(name, "gcc"));
	free(name);
	strv_add(&f->make_args, "CC=nonexistent-cc");
	assert_error(kbuild_compiler(&f->k, &name, &error), "nonexistent-cc");
	strv_add(&f->make_args, "CC=env gcc");
	assert_ok(kbuild_compiler(&f->k, &name, &error));
	free(name);
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_config_errors),
		TEST(test_builds),
		TEST(test_builds_old_spelling),
		TEST(test_modpost),
		TEST(test_modpost_finds),
		TEST(test_modpost_fails),
		TEST(test_gone_units_are_not_listed),
		TEST(test_configures_once),
		TEST(test_dropped_symbol_is_named),
		TEST(test_optional_symbol),
		TEST(test_warnings_are_of_the_whole_state),
		TEST(test_warnings_are_kept_before_the_build_counts),
		TEST(test_failure_is_a_result),
		TEST(test_mends_a_killed_build),
		TEST(test_mends_a_real_kill),
		TEST(test_names_the_compiler),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
