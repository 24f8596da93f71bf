// SPDX-License-Identifier: GPL-2.0-only
/*
 * The isolation build, on the miniature tree with the real make and compilers:
 * the same bytes wherever it is done, nothing done twice, and forced inlining
 * exactly where it is meant.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "driver/isolate_internal.h"
#include "driver/isolate_jobs.h"
#include "lib/fs.h"

struct fixture {
	char *dir, *src, *out, *units;
	struct build_config config;
	struct strv make_args, force, clang;
	struct kbuild k;
	struct store store;
	struct build_result build;
	struct isolated *found;
	size_t nr;
	struct isolation_stats stats;
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

static int setup(void **state)
{
	static const char config[] = "# Defconfig: x86_64_defconfig\n"
				     "# Targets: dev/\nCONFIG_PORT=m\n";
	struct fixture *f = xcalloc(1, sizeof(*f));
	char *line = xasprintf("cp -r '%s/tests/tree' src",
			       getenv("PWD") ? getenv("PWD") : ".");
	char *path, *store;

	f->dir = xstrdup("/tmp/test_isolate.XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	f->src = xasprintf("%s/src", f->dir);
	f->out = xasprintf("%s/out", f->dir);
	f->units = xasprintf("%s/units", f->dir);
	store = xasprintf("%s/store", f->dir);
	path = xasprintf("%s/x.config", f->dir);
	run(f, line);
	assert_ok(fs_write(path, config, strlen(config), &error));
	assert_ok(build_config_load(path, &f->config, &error));
	assert_ok(store_open(store, &f->store, &error));
	f->k = (struct kbuild){ f->src, f->out, &f->config, &f->make_args, NULL };
	free(line);
	free(path);
	free(store);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	fs_remove(f->dir, &error);
	build_config_release(&f->config);
	build_result_release(&f->build);
	isolated_free(f->found, f->nr);
	strv_release(&f->make_args);
	strv_release(&f->force);
	strv_release(&f->clang);
	store_close(&f->store);
	free(f->dir);
	free(f->src);
	free(f->out);
	free(f->units);
	free(f);
	error_release(&error);
	return 0;
}

/* Builds, isolates, and says what was done: "preprocessed compiled reused". */
static void assert_does(struct fixture *f, const struct strv *touched,
			const char *want)
{
	struct isolation iso = { .kbuild = &f->k,
				 .store = &f->store,
				 .dir = f->units,
				 .force_inline = &f->force,
				 .clang = f->clang.nr ? &f->clang : NULL };
	char have[64];

	isolated_free(f->found, f->nr);
	build_result_release(&f->build);
	f->found = NULL;
	f->stats = (struct isolation_stats){ 0 };
	assert_ok(kbuild_configure(&f->k, &error));
	assert_ok(kbuild_build(&f->k, &f->build, &error));
	if (!f->build.ok)
		fail_msg("%s", f->build.log);
	assert_ok(isolate(&iso, &f->build, touched, &f->found, &f->nr, &f->stats,
			  &error));
	snprintf(have, sizeof(have), "%zu %zu %zu", f->stats.preprocessed,
		 f->stats.compiled, f->stats.reused);
	assert_string_equal(have, want);
}

static const struct isolated *unit(const struct fixture *f, const char *source)
{
	for (size_t i = 0; i < f->nr; i++)
		if (streq(f->found[i].source, source))
			return &f->found[i];
	fail_msg("no unit %s", source);
	return NULL;
}

/* The symbols of a unit's object, by nm. */
static char *symbols(const struct fixture *f, const char *source)
{
	char *line = xasprintf("nm '%s'", unit(f, source)->object);
	char *out = sh(f, line);

	free(line);
	return out;
}

static struct store_key text_key(const char *text)
{
	struct store_key key;
	struct words words;

	words_read(text, strlen(text), &words);
	key = words_key(&words);
	words_release(&words);
	return key;
}

static void test_text_key(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "int  x;", "int\n# 3 \"b.c\" 2\nx ;\n\n", true },
		{ "int x;", "#line 4\nint x;", true },
		{ "int x;", "intx;", false },
		{ "a b", "ab", false },
		{ "x = 1;", "x = 2;", false },
		{ "#pragma pack(1)\nint x;", "#pragma pack(2)\nint x;", false },
		{ "char *s = \"a b\";", "char *s = \"a  b\";", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct store_key a = text_key(cases[i].a);
		struct store_key b = text_key(cases[i].b);

		assert_int_equal(streq(a.hex, b.hex), cases[i].same);
	}
}

static void test_markers_become_tree_paths(void **state)
{
	static const char text[] = "# 1 \"/s/a/../b/x.c\"\n"
				   "# 1 \"<built-in>\" 1\n"
				   "#pragma x \"/s/a.c\"\n"
				   "# 7 \"./include/g.h\" 1 3\n"
				   "s = \"# 1 \";\n# 8 \"/usr/z.h\"\nlast";
	const struct kbuild_roots roots = { (char *)"/s", (char *)"/o" };
	struct buf in = BUF_INIT, out = BUF_INIT;

	(void)state;
	buf_addstr(&in, text);
	isolate_tree_markers(&roots, &in, &out);
	assert_string_equal(out.data, "# 1 \"b/x.c\"\n"
				      "# 1 \"<built-in>\" 1\n"
				      "#pragma x \"/s/a.c\"\n"
				      "# 7 \"include/g.h\" 1 3\n"
				      "s = \"# 1 \";\n# 8 \"/usr/z.h\"\nlast");
	buf_release(&in);
	buf_release(&out);
}

static void test_pins_the_place(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_INIT;

	assert_does(f, NULL, "3 3 0");
	assert_ok(fs_read(unit(f, "dev/core.c")->tokens, &b, &error));
	assert_non_null(strstr(b.data, "stop_at(\"__FILE__\", 0x11fe11fe)"));
	assert_non_null(strstr(b.data, "# 1 \"dev/port.h\""));
	assert_null(strstr(b.data, f->dir));
	buf_release(&b);
	/* natural __COUNTER__ in objects, fixed in texts: the same name here */
	assert_ok(fs_read(unit(f, "dev/probe.c")->tokens, &b, &error));
	assert_non_null(strstr(b.data, "probed_0"));
	buf_release(&b);
}

static void test_same_bytes_from_two_folders(void **state)
{
	struct fixture *f = *state;
	char *src = f->src, *out = f->out, *units = f->units;
	struct store store = f->store;
	char *before, *after;

	assert_does(f, NULL, "3 3 0");
	before = sh(f, "cd store; find object units -type f ! -name '*.keys' |"
		       " sort | xargs sha256sum; cd ../units; sha256sum *");
	run(f, "mkdir -p there; cp -r src there/source; mv store store1");
	f->src = xasprintf("%s/there/source", f->dir);
	f->out = xasprintf("%s/elsewhere/o", f->dir);
	f->units = xasprintf("%s/there/u", f->dir);
	f->k.src = f->src;
	f->k.out = f->out;
	assert_does(f, NULL, "3 3 0");
	run(f, "rm -r units; cp -r there/u units");
	after = sh(f, "cd store; find object units -type f ! -name '*.keys' |"
		      " sort | xargs sha256sum; cd ../units; sha256sum *");
	assert_string_equal(before, after);
	f->store = store;
	free(before);
	free(after);
	free(src);
	free(out);
	free(units);
}

static void test_nothing_is_done_twice(void **state)
{
	struct fixture *f = *state;
	char *key, *object;

	assert_does(f, NULL, "3 3 0");
	key = xstrdup(unit(f, "dev/irq.c")->key);
	object = xstrdup(unit(f, "dev/irq.c")->object);
	assert_does(f, NULL, "0 0 3");
	/* lines and comments are preprocessed and end there */
	run(f, "sed -i '1a/* a comment */\\n' src/dev/port.h src/dev/irq.c");
	assert_does(f, NULL, "3 0 3");
	assert_string_equal(unit(f, "dev/irq.c")->key, key);
	assert_string_equal(unit(f, "dev/irq.c")->object, object);
	/* a touched file with the same bytes is read, not preprocessed */
	run(f, "touch src/dev/port.h; cp src/dev/irq.c x; cat x >src/dev/irq.c");
	assert_does(f, NULL, "0 0 3");
	run(f, "sed -i 's/NR_LINES 16/NR_LINES 17/' src/dev/irq.c");
	assert_does(f, NULL, "1 1 2");
	assert_string_not_equal(unit(f, "dev/irq.c")->key, key);
	run(f, "sed -i 's/NR_LINES 17/NR_LINES 16/' src/dev/irq.c");
	assert_does(f, NULL, "1 0 3");
	assert_string_equal(unit(f, "dev/irq.c")->object, object);
	free(key);
	free(object);
}

/* A declaration that a unit does not use changes its tokens, not its object. */
static void test_object_without_what_it_does_not_use(void **state)
{
	struct fixture *f = *state;
	char *key, *object;

	assert_does(f, NULL, "3 3 0");
	key = xstrdup(unit(f, "dev/irq.c")->key);
	object = xstrdup(unit(f, "dev/irq.c")->object);
	run(f, "sed -i '$iint port_extra(int x);\\n"
	       "static inline int port_more(int x)\\n"
	       "{\\n\\treturn port_extra(x);\\n}' src/dev/port.h");
	assert_does(f, NULL, "3 0 3");
	assert_string_not_equal(unit(f, "dev/irq.c")->key, key);
	assert_string_equal(unit(f, "dev/irq.c")->object, object);
	run(f, "sed -i 's/port_extra(int x);/& extern int port_x;/'"
	       " src/dev/port.h");
	assert_does(f, NULL, "3 3 0");
	run(f, "printf 'int irq_more(int x)\n{\n\treturn port_more(x);\n}\n'"
	       " >>src/dev/irq.c");
	assert_does(f, NULL, "1 1 2");
	strv_add(&f->make_args, "KCFLAGS=-fkeep-inline-functions");
	assert_does(f, NULL, "3 3 0");
	run(f, "sed -i 's/port_extra(x)/& + 1/' src/dev/port.h");
	assert_does(f, NULL, "3 3 0");
	free(key);
	free(object);
}

static void test_only_touched_units(void **state)
{
	struct fixture *f = *state;
	struct strv touched = STRV_INIT;

	strv_add(&touched, "dev/irq.c");
	strv_add(&touched, "include/linux/export.h");
	assert_does(f, &touched, "2 2 0");
	assert_string_equal(f->found[0].source, "dev/core.c");
	assert_string_equal(f->found[1].source, "dev/irq.c");
	strv_release(&touched);
	strv_add(&touched, "dev/none.c");
	assert_does(f, &touched, "0 0 0");
	assert_int_equal(f->nr, 0);
	strv_release(&touched);
}

/* Another command, or another generated header, is another object. */
static void test_flags_and_generated_headers_count(void **state)
{
	struct fixture *f = *state;
	char *object;

	assert_does(f, NULL, "3 3 0");
	object = xstrdup(unit(f, "dev/irq.c")->object);
	strv_add(&f->make_args, "KCFLAGS=-fwrapv");
	assert_does(f, NULL, "3 3 0");
	assert_string_not_equal(unit(f, "dev/irq.c")->object, object);
	free(object);
	run(f, "echo 'CONFIG_PORT_TRACE=y' >>x.config");
	build_config_release(&f->config);
	object = xasprintf("%s/x.config", f->dir);
	assert_ok(build_config_load(object, &f->config, &error));
	assert_does(f, NULL, "4 3 1"); /* irq.c traces nothing */
	free(object);
}

static void test_lost_text_is_made_again(void **state)
{
	struct fixture *f = *state;

	assert_does(f, NULL, "3 3 0");
	run(f, "rm units/dev%core.i; : >units/dev%irq.i.keys");
	assert_does(f, NULL, "2 0 3");
	run(f, "rm -r store/object");
	assert_does(f, NULL, "0 3 0");
	run(f, "rm -r units out/.cocciseries/hashes");
	assert_does(f, NULL, "3 0 3");
}

/* What builds, but not with __LINE__ fixed, has a reason and no object. */
static void test_failure_has_a_reason(void **state)
{
	struct fixture *f = *state;

	run(f, "printf '#include <linux/print.h>\\n"
	       "static int PASTE(a, __LINE__) __attribute__((unused)) = 1;\\n"
	       "static int PASTE(a, __LINE__) __attribute__((unused)) = 2;\\n' "
	       ">>src/dev/irq.c");
	assert_does(f, NULL, "3 3 0");
	assert_null(unit(f, "dev/irq.c")->object);
	assert_non_null(unit(f, "dev/irq.c")->key);
	assert_non_null(strstr(unit(f, "dev/irq.c")->why,
			       "redefinition of 'a0'"));
	assert_non_null(unit(f, "dev/core.c")->object);
	/* it is tried again: a failure may have been the machine's */
	assert_does(f, NULL, "0 1 2");
}

static void test_forces_inline_where_it_is_used(void **state)
{
	struct fixture *f = *state;
	char *names, *irq;

	assert_does(f, NULL, "3 3 0");
	irq = xstrdup(unit(f, "dev/irq.c")->object);
	names = symbols(f, "dev/core.c");
	assert_non_null(strstr(names, " t port_update_debug\n"));
	free(names);
	strv_add(&f->force, "port_update_debug");
	strv_add(&f->force, "port_raise"); /* not static: left alone */
	assert_does(f, NULL, "0 1 2");
	names = symbols(f, "dev/core.c");
	assert_null(strstr(names, "port_update_debug"));
	assert_non_null(strstr(names, " T port_set_ctrl\n"));
	free(names);
	assert_string_equal(unit(f, "dev/irq.c")->object, irq);
	assert_does(f, NULL, "0 0 3");
	free(irq);
}

/*
 * The point of it: a static function that becomes a static inline of a header
 * gives its users the same code, and no symbol on either side.
 */
static void test_promotion_to_inline_is_equal(void **state)
{
	static const char code[] = "for s in port_set_ctrl port_reset; do "
				   "objdump -d --no-show-raw-insn "
				   "--no-addresses -j .text.$s '%s'; done |"
				   " grep -v file.format";
	struct fixture *f = *state;
	char *line, *before, *after;

	strv_add(&f->force, "port_valid_ctrl");
	assert_does(f, NULL, "3 3 0");
	line = xasprintf(code, unit(f, "dev/core.c")->object);
	before = sh(f, line);
	free(line);
	run(f, "cd src/dev; sed -n '/^static bool port_valid/,/^}/p' core.c |"
	       " sed 's/static bool/static inline bool/' >f\n"
	       "sed -i '/^static bool port_valid/,/^}/d; /CTRL_RESERVED 0x/d'"
	       " core.c\n"
	       "sed -i '/^int port_set_ctrl/{e echo \"#define "
	       "PORT_CTRL_RESERVED 0xffff0000u\"; cat f\n}' port.h; rm f");
	assert_does(f, NULL, "3 1 2");
	line = xasprintf(code, unit(f, "dev/core.c")->object);
	after = sh(f, line);
	free(line);
	assert_non_null(strstr(before, "port_set_ctrl"));
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void test_force_inline_text(void **state)
{
	static const char text[] =
		"static int f(int);\nint g(void) { return f(1); }\n"
		"# 2 \"x.c\"\nstatic int f(int a)\n{\n\treturn a;\n}\n"
		"static int alone(void) { return 0; }\nint far(void);\n";
	struct strv names = STRV_INIT, found = STRV_INIT;
	struct buf b = BUF_INIT;
	char *have;

	(void)state;
	strv_split(&names, "g far f alone absent", " ");
	force_inline_find(text, strlen(text), &names, &found);
	have = strv_join(&found, " ");
	assert_string_equal(have, "f");
	buf_addstr(&b, text);
	force_inline_apply(&b, &found);
	assert_non_null(strstr(b.data, "\"x.c\"\ninline __attribute__(("
				       "__always_inline__)) static int f(int a)"
				       "\n{"));
	assert_non_null(strstr(b.data, "\nstatic int alone"));
	free(have);
	buf_release(&b);
	strv_release(&names);
	strv_release(&found);
}

/* clang takes part of the flags; the rest is known by name. */
/* Another fragment for the same tree. */
static void configure(struct fixture *f, const char *symbols)
{
	char *path = xasprintf("%s/y.config", f->dir);
	char *text = xasprintf("# Defconfig: x86_64_defconfig\n"
			       "# Targets: dev/\nCONFIG_PORT=m\n%s", symbols);

	build_config_release(&f->config);
	assert_ok(fs_write(path, text, strlen(text), &error));
	assert_ok(build_config_load(path, &f->config, &error));
	free(path);
	free(text);
}

/* True when the unit's object has the miniature objtool's table. */
static bool has_calls(const struct fixture *f, const char *object)
{
	char *line = xasprintf("readelf -SW '%s'", object);
	char *out = sh(f, line);
	bool has = strstr(out, ".rela.call_sites");

	free(line);
	free(out);
	return has;
}

static void test_objtool_tables(void **state)
{
	struct fixture *f = *state;
	const struct isolated *u;
	char *object;

	assert_does(f, NULL, "3 3 0");
	assert_false(has_calls(f, unit(f, "dev/core.c")->object));
	assert_string_equal(unit(f, "dev/core.c")->object,
			    unit(f, "dev/core.c")->plain);
	/* the same plain objects, and a table in a copy of each */
	configure(f, "CONFIG_OBJTOOL=y\n");
	assert_does(f, NULL, "3 0 3");
	u = unit(f, "dev/core.c");
	assert_true(has_calls(f, u->object));
	assert_false(has_calls(f, u->plain));
	assert_null(u->no_tables);
	assert_int_equal(u->objtool.nr, 0);
	/* a module's arguments, without those that are of a module */
	object = xstrdup(u->object);
	configure(f, "CONFIG_OBJTOOL=y\nCONFIG_OBJTOOL_LATE=y\n");
	assert_does(f, NULL, "3 0 3");
	u = unit(f, "dev/core.c");
	assert_string_equal(u->object, object);
	assert_true(has_calls(f, unit(f, "dev/probe.c")->object));
	/* another objtool is another table */
	run(f, "sed -i 's/^set -e/&x/; s/^set -ex/set -e\\nif false; then :; fi/' "
	       "src/tools/objtool/objtool.sh");
	assert_does(f, NULL, "0 0 3");
	assert_string_not_equal(unit(f, "dev/core.c")->object, object);
	free(object);
}

static void test_objtool_messages(void **state)
{
	struct fixture *f = *state;
	const struct isolated *u;

	configure(f, "CONFIG_OBJTOOL=y\n");
	run(f, "printf 'int core_odd(void);\nint core_odd(void)\n{\n"
	       "\treturn 1;\n}\n' >>src/dev/core.c");
	/* said each time, also when nothing is done */
	for (int time = 0; time < 2; time++) {
		assert_does(f, NULL, time ? "0 0 3" : "3 3 0");
		u = unit(f, "dev/core.c");
		assert_int_equal(u->objtool.nr, 1);
		assert_string_equal(u->objtool.v[0], "core_odd: is odd");
		assert_true(has_calls(f, u->object));
		assert_null(u->no_tables);
	}
	/* it ends with status 0 and leaves the object as it was */
	run(f, "sed -i 's/core_odd/core_fatal/' src/dev/core.c");
	for (int time = 0; time < 2; time++) {
		assert_does(f, NULL, time ? "0 0 3" : "1 1 2");
		u = unit(f, "dev/core.c");
		assert_string_equal(u->no_tables, "core_fatal: cannot go on");
		assert_string_equal(u->object, u->plain);
		assert_true(has_calls(f, unit(f, "dev/probe.c")->object));
	}
}

static void test_clang(void **state)
{
	struct fixture *f = *state;
	struct strv taken = STRV_INIT, dropped = STRV_INIT;

	assert_ok(isolate_flags(&f->k, &taken, &dropped, &error));
	assert_int_equal(dropped.nr, 0);
	assert_true(strv_has(&taken, "-mmanual-endbr"));
	strv_release(&taken);
	strv_add(&f->make_args, "LLVM=1");
	assert_ok(isolate_flags(&f->k, &taken, &dropped, &error));
	assert_true(strv_has(&dropped, "-mmanual-endbr"));
	assert_true(strv_has(&taken, "-ffunction-sections"));
	/* clang takes it with a warning, which kbuild makes an error */
	assert_true(strv_has(&dropped, "-fno-ipa-cp"));
	assert_does(f, NULL, "3 3 0");
	for (size_t i = 0; i < f->nr; i++)
		if (!f->found[i].object)
			fail_msg("%s", f->found[i].why);
	strv_release(&taken);
	strv_release(&dropped);
}

/* IR is made once, kept by what matters of the tokens, and missing with a reason. */
static void test_ir(void **state)
{
	struct fixture *f = *state;
	char *version = NULL;
	bool builds = true;

	assert_ok(isolate_find_clang(&f->k, &f->clang, &version, &builds,
				     &error));
	assert_non_null(strstr(version, "clang version"));
	assert_false(builds);
	assert_does(f, NULL, "3 3 0");
	assert_int_equal(f->stats.translated, 3);
	for (size_t i = 0; i < f->nr; i++)
		if (!f->found[i].ir)
			fail_msg("%s", f->found[i].ir_why);
	run(f, "sed -i '1i /* a line */' src/dev/core.c");
	assert_does(f, NULL, "1 0 3");
	assert_int_equal(f->stats.translated, 0);
	assert_int_equal(f->stats.kept, 3);
	/* only clang sees this */
	run(f, "printf '#ifdef __clang__\n#error no\n#endif\n' >>src/dev/core.c");
	assert_does(f, NULL, "1 0 3");
	assert_int_equal(f->stats.translated, 1);
	assert_null(unit(f, "dev/core.c")->ir);
	assert_non_null(strstr(unit(f, "dev/core.c")->ir_why, "no"));
	free(version);
}

/* Where clang builds, it is the one, by the words that call it. */
static void test_ir_of_the_build(void **state)
{
	struct fixture *f = *state;
	char *version = NULL;
	bool builds = false;

	strv_add(&f->make_args, "LLVM=1");
	assert_ok(isolate_find_clang(&f->k, &f->clang, &version, &builds,
				     &error));
	assert_true(builds);
	assert_string_equal(f->clang.v[0], "clang");
	assert_does(f, NULL, "3 3 0");
	assert_non_null(unit(f, "dev/core.c")->ir);
	free(version);
}

static bool has_clang(void)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	process_args(&p, "clang", "--version", NULL);
	return !process_run(&p, NULL) && !p.status;
}

/* Left out without clang: to prove, a test that cmocka 1.1 skips has failed. */
int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_text_key),
		TEST(test_markers_become_tree_paths),
		TEST(test_pins_the_place),
		TEST(test_same_bytes_from_two_folders),
		TEST(test_nothing_is_done_twice),
		TEST(test_object_without_what_it_does_not_use),
		TEST(test_only_touched_units),
		TEST(test_flags_and_generated_headers_count),
		TEST(test_lost_text_is_made_again),
		TEST(test_failure_has_a_reason),
		TEST(test_forces_inline_where_it_is_used),
		TEST(test_promotion_to_inline_is_equal),
		TEST(test_force_inline_text),
		TEST(test_objtool_tables),
		TEST(test_objtool_messages),
		TEST(test_clang),	 TEST(test_ir), /* the last ones */
		TEST(test_ir_of_the_build),
	};
	size_t nr = ARRAY_SIZE(tests) - (has_clang() ? 0 : 3);

	if (nr < ARRAY_SIZE(tests))
		printf("# without three tests: there is no clang\n");
	return _cmocka_run_group_tests("isolate", tests, nr, NULL, NULL);
}
