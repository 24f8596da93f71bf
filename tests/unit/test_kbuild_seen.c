// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sparing objects in the miniature tree, with the real make and gcc. Whatever is
 * spared, the objects are in the end those of a build from nothing.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "driver/kbuild_internal.h"
#include "driver/kbuild_seen.h"
#include "lib/fs.h"

struct fixture {
	char *dir, *src, *out, *fresh, *fragment;
	struct build_config config;
	struct strv make_args, touched;
	struct kbuild k;
	struct kbuild_seen *seen;
	struct build_result build;
	struct store store;
};

static struct error error = ERROR_INIT;

static void assert_ok(int ret)
{
	if (ret < 0)
		fail_msg("%s", error.text ? error.text : "no message");
}

static char *sh(const struct fixture *f, const char *line)
{
	struct process p = PROCESS_INIT;
	char *out;

	process_args(&p, "sh", "-ec", line, NULL);
	p.dir = f->dir;
	assert_ok(process_run(&p, &error));
	assert_ok(process_check(&p, &error));
	out = xstrdup(p.out.data);
	process_release(&p);
	return out;
}

static void run(const struct fixture *f, const char *line)
{
	free(sh(f, line));
}

static void configure(struct fixture *f, const char *more)
{
	_cleanup_free_ char *text =
		xasprintf("# Defconfig: x86_64_defconfig\n# Targets: dev/\n"
			  "CONFIG_PORT=m\n%s", more);

	build_config_release(&f->config);
	assert_ok(fs_write(f->fragment, text, strlen(text), &error));
	assert_ok(build_config_load(f->fragment, &f->config, &error));
}

static void build(struct fixture *f, struct build_result *ret)
{
	assert_ok(kbuild_configure(&f->k, &error));
	assert_ok(kbuild_build(&f->k, ret, &error));
	if (!ret->ok)
		fail_msg("%s", ret->log);
}

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));
	char *line = xasprintf("cp -r '%s/tests/tree' src",
			       getenv("PWD") ? getenv("PWD") : ".");
	char *store;

	f->dir = xstrdup("/tmp/test_kbuild_seen.XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	f->src = xasprintf("%s/src", f->dir);
	f->out = xasprintf("%s/out", f->dir);
	f->fresh = xasprintf("%s/fresh", f->dir);
	f->fragment = xasprintf("%s/full.config", f->dir);
	run(f, line);
	configure(f, "CONFIG_PORT_TRACE=y\n");
	f->k = (struct kbuild){ f->src, f->out, &f->config, &f->make_args, NULL };
	f->seen = kbuild_seen_new(&f->k);
	store = xasprintf("%s/store", f->dir);
	assert_ok(store_open(store, &f->store, &error));
	free(store);
	strv_add(&f->touched, "dev/port.h");
	free(line);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	kbuild_seen_free(f->seen);
	store_close(&f->store);
	fs_remove(f->dir, &error);
	build_config_release(&f->config);
	build_result_release(&f->build);
	strv_release(&f->make_args);
	strv_release(&f->touched);
	free(f->dir);
	free(f->src);
	free(f->out);
	free(f->fresh);
	free(f->fragment);
	free(f);
	error_release(&error);
	return 0;
}

/* All objects are, byte for byte, those of a build in a new O= folder. */
static void assert_as_fresh(struct fixture *f)
{
	static const char sums[] = "cd %s; sha256sum dev/*.o";
	_cleanup_free_ char *here = xasprintf(sums, "out");
	_cleanup_free_ char *there = xasprintf(sums, "fresh");
	struct build_result r;
	char *a, *b;

	run(f, "rm -rf fresh");
	f->k.out = f->fresh;
	build(f, &r);
	f->k.out = f->out;
	build_result_release(&r);
	a = sh(f, here);
	b = sh(f, there);
	assert_string_equal(a, b);
	free(a);
	free(b);
}

/* The texts as the tree stands; the caller frees them. */
static struct kbuild_looks look(struct fixture *f, struct isolated **ret)
{
	_cleanup_free_ char *units = xasprintf("%s/units", f->dir);
	const struct isolation iso = { .kbuild = &f->k,
				       .store = &f->store,
				       .dir = units };
	struct isolation_stats stats = { 0 };
	struct kbuild_looks looks;

	assert_ok(isolate_texts_alone(&iso, &f->build, &f->touched, ret,
				      &looks.nr, &stats, &error));
	looks.units = *ret;
	return looks;
}

static void note(struct fixture *f)
{
	struct isolated *units;
	struct kbuild_looks looks = look(f, &units);

	assert_ok(kbuild_seen_note(f->seen, &f->build, &f->touched, &looks,
				   &error));
	isolated_free(units, looks.nr);
}

static size_t spare(struct fixture *f)
{
	struct isolated *units;
	struct kbuild_looks looks = look(f, &units);
	size_t spared;

	assert_ok(kbuild_seen_spare(f->seen, &f->build, &f->touched, &looks,
				    &spared, &error));
	isolated_free(units, looks.nr);
	return spared;
}

/* A note of what stands, an edit, and as many objects spared; then make. */
static void assert_spares(struct fixture *f, const char *edit, size_t want)
{
	struct build_result now;

	note(f);
	run(f, edit);
	assert_int_equal(spare(f), want);
	build(f, &now);
	build_result_release(&f->build);
	f->build = now;
	assert_as_fresh(f);
}

#define APPEND(text) "sed -i '$i" text "' src/dev/port.h"

static void test_spares_what_does_not_name_it(void **state)
{
	struct fixture *f = *state;
	char *stat;

	build(f, &f->build);
	assert_spares(f, APPEND("int port_extra(u32 x, struct port *port);"),
		      3);
	stat = sh(f, "cd out/dev; find core.o irq.o trace.o probe.o -newer "
		     "../../src/dev/port.h | wc -l");
	assert_string_equal(stat, "1\n"); /* only the witness was compiled */
	free(stat);
	/* notes are still good for the next step */
	assert_spares(f, APPEND("u32 port_more(void);"), 3);
	/* the witness is another when one unit has to be compiled anyway */
	run(f, "printf 'int irq_extra(void);\\nint irq_extra(void)\\n"
	       "{\\n\\treturn port_more2();\\n}\\n' >>src/dev/irq.c");
	assert_spares(f, APPEND("int port_more2(void);"), 3);
}

static void test_leaves_to_make_what_changes(void **state)
{
	static const struct {
		const char *edit;
		size_t spared;
	} cases[] = {
		{ "sed -i 's/PORT_NR_DEBUG 4/PORT_NR_DEBUG 5/' src/dev/port.h", 0 },
		{ APPEND("static inline int port_one(void) { return 1; }"), 0 },
		{ APPEND("extern int port_var;"), 0 },
		{ APPEND("int port_two(unsigned int x);\\n"
			 "#include <linux/print.h>"), 2 }, /* two do already */
		{ APPEND("int port_weak(void) __attribute__((weak));"), 0 },
		{ APPEND("int port_three(unsigned int y, u32);\\nlong stpcpy();"), 0 },
		{ "sed -i 's/^int port_open(/int  port_open(/' src/dev/port.h", 3 },
		{ "sed -i '2i/* a line more */' src/dev/port.h", 3 },
		{ "sed -i 's/u32 regs/u32 rest; u32 regs/' src/dev/port.h", 0 },
		/* nobody said that this one changes */
		{ APPEND("int port_four(int);") "; sleep 0.02; "
		  "touch src/include/linux/types.h", 0 },
	};
	struct fixture *f = *state;

	build(f, &f->build);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		print_message("%s\n", cases[i].edit);
		assert_spares(f, cases[i].edit, cases[i].spared);
	}
}

/* A place in the source that ends up in an object is not taken for the same. */
static void test_lines_count(void **state)
{
	static const char edit[] = "sed -i '2i/* a line more */' src/dev/port.h";
	struct fixture *f = *state;

	run(f, "sed -i '$i#include <linux/print.h>\\nstatic inline void "
	       "port_check(int x)\\n{\\n\\tBUG_IF(x);\\n}' src/dev/port.h\n"
	       "printf 'void trace_x(int x);\\nvoid trace_x(int x)\\n"
	       "{\\n\\tport_check(x);\\n}\\n' >>src/dev/trace.c");
	build(f, &f->build);
	assert_spares(f, edit, 0);
	build_result_release(&f->build);
	strv_add(&f->make_args, "KCFLAGS=-g");
	build(f, &f->build);
	note(f);
	run(f, APPEND("int port_extra(int);"));
	assert_int_equal(spare(f), 0);
}

/* What is said of a prototype is heard, for one unit is compiled. */
static void test_a_warning_is_heard(void **state)
{
	struct fixture *f = *state;

	build(f, &f->build);
	assert_spares(f, APPEND("const int port_extra(void);"), 3);
	assert_int_equal(f->build.warnings.nr, 1);
	assert_non_null(strstr(f->build.warnings.v[0], "ignored-qualifiers"));
}

/* What the preprocessor says of single units is heard of each of them. */
static void test_a_warning_of_few_is_heard(void **state)
{
	struct fixture *f = *state;

	run(f, "sed -i '$a#define PORT_CORE 1' src/dev/core.c");
	build(f, &f->build);
	assert_spares(f, APPEND("#define PORT_NR_LINES 15\\n"
				"#define PORT_CORE 2"), 2);
	assert_int_equal(f->build.warnings.nr, 2);
	assert_non_null(strstr(f->build.warnings.v[0], "PORT_CORE"));
	assert_non_null(strstr(f->build.warnings.v[1], "PORT_NR_LINES"));
}

static void test_needs_a_good_note(void **state)
{
	struct fixture *f = *state;

	build(f, &f->build);
	assert_int_equal(spare(f), 0);
	note(f);
	run(f, "for o in core irq trace; do cp out/dev/$o.o x; rm out/dev/$o.o; "
	       "cp x out/dev/$o.o; done; " APPEND("int port_extra(u32 x);"));
	/* three are other files, and the fourth has to be compiled */
	assert_int_equal(spare(f), 1);
	f->build.ok = false;
	assert_int_equal(spare(f), 0);
	f->build.ok = true;
}

/* Killed between the new times and make, or while make runs. */
static void test_a_kill_does_no_harm(void **state)
{
	struct fixture *f = *state;
	struct build_result r;

	build(f, &f->build);
	note(f);
	run(f, "cp src/dev/port.h x; " APPEND("int port_extra(u32 x);"));
	assert_int_equal(spare(f), 3);
	run(f, "touch out/.cocciseries/building");
	build(f, &r);
	build_result_release(&r);
	assert_as_fresh(f);
	run(f, "sed 's/PORT_NR_DEBUG 4/PORT_NR_DEBUG 6/' x >src/dev/port.h");
	build(f, &r);
	build_result_release(&r);
	assert_as_fresh(f);
}

/* kbuild has not noted the symbols that a spared unit's header newly names. */
static void test_another_configuration_makes_all_again(void **state)
{
	struct fixture *f = *state;
	struct build_result r;

	build(f, &f->build);
	assert_spares(f, APPEND("#ifndef CONFIG_PORT_TRACE\\n"
				"#define PORT_NR 7\\n#endif\\n"
				"int port_extra(u32 x);"), 3);
	configure(f, "");
	assert_ok(kbuild_configure(&f->k, &error));
	run(f, "[ ! -e out/.cocciseries/spared ]; ls out/dev/*.o | wc -l >n; "
	       "[ $(cat n) -le 3 ]");
	build(f, &r);
	build_result_release(&r);
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_spares_what_does_not_name_it),
		TEST(test_leaves_to_make_what_changes),
		TEST(test_lines_count),
		TEST(test_a_warning_is_heard),
		TEST(test_a_warning_of_few_is_heard),
		TEST(test_needs_a_good_note),
		TEST(test_a_kill_does_no_harm),
		TEST(test_another_configuration_makes_all_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
