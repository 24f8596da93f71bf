// SPDX-License-Identifier: GPL-2.0-only
/* What a base lacks for a series is said before anything is done. */
#include "base_helper.h"
#include "driver/ground.h"

#define BASE_A                                                                 \
	"int one(void) { return three(); }\nint two_ish;\n"                    \
	"static int hidden(void) { return ghost(); }\n"                        \
	"#define four() 4\n"                                                   \
	"int nearly_there(void) { return 0; }\n"
#define BASE_B                                                                 \
	"int three(void) { return 3; }\nstatic inline int five(void) { return 5; }\n"

static const struct base_file files[] = {
	{ "a.c", BASE_A },
	{ "b.c", BASE_B },
};

static int setup(void **state)
{
	return base_setup(state, files, ARRAY_SIZE(files));
}

#define MOVE(from, to, names)                                                  \
	"/// s\n// Kind: move\n// From: " from "\n// To: " to "\n\n@@\n"       \
	"identifier f = {" names "};\n@@\n* f(...) { ... }\n"
#define PROMOTE(names)                                                         \
	"/// s\n// Kind: promote\n// From: a.c\n// Header: b.c\n\n@@\n"        \
	"identifier f = {" names "};\n@@\n- static\n  int f(...) { ... }\n"
#define RENAME(old, new)                                                       \
	"/// s\n// Kind: rename\n// From: a.c\n\n@@\n@@\n- " old "\n+ " new "\n"
#define EXTRACT(helper, caller)                                                \
	"/// s\n// Kind: extract\n// From: a.c\n// Helper: " helper "\n\n@@\n@@\n" \
	"+ static int " helper "(void) { return 1; }\n"                        \
	"  int " caller "(void)\n  {\n- return 1;\n+ return " helper "();\n  }\n"
#define FILE_TO(from, to)                                                      \
	"/// s\n// Kind: rename-file\n// From: " from "\n// To: " to           \
	"\n\n@@\n@@\n- #include \"" from "\"\n+ #include \"" to "\"\n"

static void load(struct fixture *f, const char *first, const char *second,
		 struct series *ret)
{
	_cleanup_free_ char *dir = fs_join(f->dir, "steps");
	struct error err = ERROR_INIT;

	put(f, "steps/series", "1\n2\n");
	put(f, "steps/1.cocci", first);
	put(f, "steps/2.cocci", second);
	if (series_load(dir, NULL, ret, &err))
		fail_msg("%s", err.text);
}

/* The drifts of all steps as text, which the caller frees; NULL when there are none. */
static char *check(struct fixture *f, const char *first, const char *second,
		   struct drifts *ret_first, struct strv *ret_notes)
{
	struct report report = { 0 };
	struct error err = ERROR_INIT;
	struct series series;
	struct ground_question q = { .repo = &f->repo, .base = "HEAD",
				     .series = &series, .earlier = "earlier",
				     .is_named = true };
	char *text = NULL;

	load(f, first, second, &series);
	report.steps = xcalloc(series.nr, sizeof(*report.steps));
	if (ground_check(&q, &report, &err)) {
		assert_int_equal(err.class, ERROR_DRIFT);
		text = xstrdup(err.text);
		error_release(&err);
	}
	if (ret_first) {
		*ret_first = report.steps[0].drifts;
		report.steps[0].drifts = (struct drifts){ 0 };
	}
	if (ret_notes)
		strv_add_list(ret_notes, &report.notes);
	strv_release(&report.notes);
	for (size_t i = 0; i < series.nr; i++)
		drifts_release(&report.steps[i].drifts);
	free(report.steps);
	series_release(&series);
	return text;
}

static void assert_check(struct fixture *f, const char *first,
			 const char *second, const char *expected)
{
	_cleanup_free_ char *text = check(f, first, second, NULL, NULL);

	if (!expected && text)
		fail_msg("%s", text);
	if (expected && (!text || !strstr(text, expected)))
		fail_msg("'%s' instead of '%s'", text ?: "nothing", expected);
}

#define FITS MOVE("a.c", "c.c", "one")

/* The first step's only case about a name has this class, place and remedy. */
static void assert_class(struct fixture *f, const char *step,
			 enum drift_class class, const char *path,
			 unsigned int line, enum remedy remedy)
{
	struct drifts drifts;
	_cleanup_free_ char *text =
		check(f, step, MOVE("a.c", "z.c", "nearly_there"), &drifts,
		      NULL);
	const struct drift *d = NULL;

	for (size_t i = 0; i < drifts.nr; i++)
		if (*drifts.v[i].name)
			d = &drifts.v[i];
	if (!d)
		fail_msg("no case for %s", step);
	assert_string_equal(drift_class_name(d->class),
			    drift_class_name(class));
	assert_string_equal(d->path, path);
	assert_int_equal(d->line, line);
	assert_string_equal(remedy_name(d->remedy), remedy_name(remedy));
	drifts_release(&drifts);
}

static void test_fits(void **state)
{
	assert_check(*state, MOVE("a.c", "c.c", "one"),
		     MOVE("c.c", "b.c", "one"), NULL);
	assert_check(*state, RENAME("one", "uno"), MOVE("a.c", "b.c", "uno"),
		     NULL);
	assert_check(*state,
		     "/// s\n// Kind: transform\n// Files: a.c\n\n@@\n@@\n- x\n+ y\n",
		     MOVE("a.c", "b.c", "whatever"), NULL);
	/* it may have made this static */
	assert_check(*state,
		     "/// s\n// Kind: transform\n// Files: a.c\n\n@@\n@@\n- x\n+ y\n",
		     PROMOTE("one"), NULL);
	assert_check(*state, PROMOTE("hidden"), MOVE("a.c", "c.c", "hidden"),
		     NULL);
	assert_check(*state, EXTRACT("helper", "one"), PROMOTE("helper"), NULL);
	assert_check(*state, FILE_TO("a.c", "d.c"), MOVE("d.c", "c.c", "one"),
		     NULL);
}

static void test_lacks(void **state)
{
	/* A part of a word is none. */
	assert_check(*state, MOVE("a.c", "b.c", "one"), MOVE("a.c", "b.c", "two"),
		     "step 2 does not fit this base\na.c: the base has no 'two'");
	assert_check(*state, MOVE("d.c", "b.c", "one"), MOVE("a.c", "b.c", "one"),
		     "step 1 does not fit this base\nd.c: the base has no such file");
	/* Made by a step behind it only. */
	assert_check(*state, MOVE("a.c", "b.c", "uno"), RENAME("one", "uno"),
		     "step 1 does not fit this base\na.c: the base has no 'uno'");
	assert_check(*state,
		     "/// s\n// Kind: move\n// From: a.c\n// To: b.c\n"
		     "// Optional: uno\n\n@@\nidentifier f = {one, uno};\n@@\n"
		     "* f(...) { ... }\n", MOVE("b.c", "c.c", "one"), NULL);
	/* Both steps are told at once. */
	assert_check(*state, MOVE("a.c", "b.c", "x"), MOVE("a.c", "b.c", "y"),
		     "a.c: the base has no 'x'; name it in the step's 'Optional:', or leave it out\n"
		     "step 2 does not fit this base\na.c: the base has no 'y'");
	/* A step before has taken it away. */
	assert_check(*state, FITS, MOVE("a.c", "b.c", "one"),
		     "step 2 does not fit this base\n"
		     "c.c: 'one' is defined here, by a step before");
	assert_check(*state, MOVE("a.c", "b.c", "nearly_their"), FITS,
		     "'nearly_their', only a 'nearly_there'");
	/* nothing is missed behind a transform, what it cannot have made aside */
	assert_check(*state, RENAME("zero", "null"), RENAME("null", "nil"),
		     "step 2 does not fit this base\na.c: the base has no 'null'");
}

static void test_classes(void **state)
{
	assert_class(*state, MOVE("a.c", "c.c", "gone"), DRIFT_ABSENT, "a.c", 0,
		     REMEDY_LEAVE_OUT);
	assert_class(*state, MOVE("a.c", "c.c", "ghost"), DRIFT_ABSENT, "a.c",
		     3, REMEDY_NONE);
	assert_class(*state, MOVE("a.c", "c.c", "far"), DRIFT_MOVED,
		     "sub/far.c", 2, REMEDY_LEAVE_OUT);
	assert_class(*state, MOVE("a.c", "c.c", "shy"), DRIFT_ABSENT, "a.c", 0,
		     REMEDY_LEAVE_OUT);
	assert_class(*state, MOVE("a.c", "c.c", "nobody_sees"), DRIFT_ABSENT,
		     "a.c", 0, REMEDY_LEAVE_OUT);
	assert_class(*state, MOVE("sub/far.c", "c.c", "three"), DRIFT_MOVED,
		     "b.c", 1, REMEDY_LEAVE_OUT);
	assert_class(*state, MOVE("a.c", "b.c", "three"), DRIFT_DONE, "b.c", 1,
		     REMEDY_LEAVE_OUT);
	assert_class(*state, MOVE("a.c", "c.c", "four"), DRIFT_MACRO, "a.c", 4,
		     REMEDY_NONE);
	assert_class(*state, MOVE("a.c", "c.c", "wide"), DRIFT_MACRO, "sub/h.h",
		     1, REMEDY_LEAVE_OUT);
	assert_class(*state, MOVE("a.c", "c.c", "small"), DRIFT_INLINE,
		     "sub/h.h", 2, REMEDY_LEAVE_OUT);
	assert_class(*state, MOVE("sub/two.c", "c.c", "either"), DRIFT_BRANCHES,
		     "sub/two.c", 2, REMEDY_NONE);
	assert_class(*state, MOVE("sub/two.c", "c.c", "both"), DRIFT_TWICE,
		     "sub/two.c", 6, REMEDY_NONE);
	assert_class(*state, PROMOTE("one"), DRIFT_DONE, "a.c", 1,
		     REMEDY_LEAVE_OUT);
	assert_class(*state, PROMOTE("four"), DRIFT_MACRO, "a.c", 4,
		     REMEDY_LEAVE_OUT);
	assert_class(*state, PROMOTE("far"), DRIFT_MOVED, "sub/far.c", 2,
		     REMEDY_LEAVE_OUT);
	assert_class(*state, RENAME("uno", "one"), DRIFT_DONE, "a.c", 1,
		     REMEDY_LEAVE_OUT);
	assert_class(*state, RENAME("uno", "far"), DRIFT_DONE, "sub/far.c", 2,
		     REMEDY_LEAVE_OUT);
	assert_class(*state, RENAME("far", "near"), DRIFT_MOVED, "sub/far.c",
		     2, REMEDY_FROM);
	assert_class(*state, RENAME("uno", "eins"), DRIFT_ABSENT, "a.c", 0,
		     REMEDY_LEAVE_OUT);
	assert_class(*state, EXTRACT("hidden", "one"), DRIFT_DONE, "a.c", 3,
		     REMEDY_NONE);
	assert_class(*state, EXTRACT("helper", "gone"), DRIFT_ABSENT, "a.c", 0,
		     REMEDY_NONE);
}

/* The first case of a step that is done says how far. */
static void assert_done(struct fixture *f, const char *step, const char *says,
			enum remedy remedy)
{
	struct drifts drifts;
	_cleanup_free_ char *text =
		check(f, step, MOVE("a.c", "z.c", "nearly_there"), &drifts,
		      NULL);

	assert_non_null(text);
	assert_int_equal(drifts.v[0].class, DRIFT_DONE);
	assert_non_null(strstr(drifts.v[0].message, says));
	assert_string_equal(remedy_name(drifts.v[0].remedy),
			    remedy_name(remedy));
	drifts_release(&drifts);
}

static void test_done(void **state)
{
	assert_done(*state, MOVE("a.c", "b.c", "three"), "done on this base",
		    REMEDY_LEAVE_STEP);
	assert_done(*state, MOVE("a.c", "b.c", "three, one"),
		    "in part on this base: 1 of its 2", REMEDY_NONE);
	assert_done(*state, FILE_TO("d.c", "a.c"), "called so already",
		    REMEDY_LEAVE_STEP);
	assert_done(*state, EXTRACT("hidden", "gone"), "done on this base",
		    REMEDY_LEAVE_STEP);
	assert_check(*state,
		     "/// s\n// Kind: move\n// From: a.c\n// To: b.c\n"
		     "// Preamble:\n//    // SPDX\n\n@@\nidentifier f = {one};\n"
		     "@@\n* f(...) { ... }\n", RENAME("hidden", "h"),
		     "b.c: the step creates the file, but it is there");
}

#define INCLUDE(include)                                                       \
	"/// s\n// Kind: move\n// From: a.c\n// To: sub/h2.c\n"                 \
	"// Preamble:\n//    #include <linux/there.h>\n"                        \
	"// Include: " include "\n\n@@\nidentifier f = {one};\n@@\n* f(...) { ... }\n"

static void assert_include(struct fixture *f, const char *step,
			   const char *expected)
{
	assert_check(f, step, MOVE("a.c", "z.c", "nearly_there"), expected);
}

static void test_includes(void **state)
{
	assert_include(*state, INCLUDE("\"h.h\""), NULL);
	assert_include(*state, INCLUDE("<generated/made.h>"), NULL);
	assert_include(*state, INCLUDE("<linux/not_there.h>"),
		       "sub/h2.c: the base has no <linux/not_there.h>, and no "
		       "file of it includes that; include what has taken its place");
	assert_include(*state, INCLUDE("<linux/h.h>"),
		       "the base has no <linux/h.h>, and no file of it includes "
		       "that; did it move? there is sub/h.h");
	/* split: an earlier generation knows what it declared */
	assert_include(*state, INCLUDE("\"split.h\""),
		       "the base has no \"split.h\", and no file of it includes "
		       "that; include what declares now what it did: sub/h.h");
	/* made by a step before */
	assert_check(*state, FILE_TO("b.c", "b.h"), INCLUDE("\"b.h\""), NULL);
}

/* A body that an earlier generation has, and another name for it. */
static void test_renamed(void **state)
{
	struct drifts drifts;
	_cleanup_free_ char *text =
		check(*state, MOVE("a.c", "c.c", "formerly"),
		      MOVE("a.c", "z.c", "nearly_there"), &drifts, NULL);

	assert_non_null(strstr(text, "a.c:6: 'formerly' is gone, and 'latterly' "
				     "here has its body, word for word"));
	assert_int_equal(drifts.v[0].class, DRIFT_RENAMED);
	assert_int_equal(drifts.v[0].remedy, REMEDY_CALL);
	assert_string_equal(drifts.v[0].other, "latterly");
	drifts_release(&drifts);
	assert_class(*state, MOVE("a.c", "c.c", "formerly_much"), DRIFT_RENAMED,
		     "a.c", 11, REMEDY_NONE);
	/* its body is nowhere */
	assert_class(*state, MOVE("a.c", "c.c", "formerly_other"), DRIFT_ABSENT,
		     "a.c", 0, REMEDY_LEAVE_OUT);
	/* another step's earlier commit is not known */
	assert_check(*state, FITS, MOVE("a.c", "z.c", "formerly"),
		     "a.c: the base has no 'formerly'");
}

/* What is declared otherwise than in the generation that was named. */
static void test_notes(void **state)
{
	_cleanup_(strv_release) struct strv notes = STRV_INIT;
	_cleanup_free_ char *text =
		check(*state, MOVE("a.c", "c.c", "shaped, one"),
		      MOVE("a.c", "z.c", "nearly_there"), NULL, &notes);

	assert_null(text);
	assert_int_equal(notes.nr, 1);
	assert_string_equal(notes.v[0],
			    "step 1: 'shaped' (a.c:17) has another signature or "
			    "other attributes, is static, has EXPORT_SYMBOL_GPL, not "
			    "EXPORT_SYMBOL, compared with earlier");
}

static void add_all(struct fixture *f, const char *message)
{
	static const char *const add[] = { "add", "-A", NULL };
	const char *const commit[] = { "commit", "-q", "--allow-empty", "-m",
				       message, NULL };

	git(f, add);
	git(f, commit);
}

/* A branch with one commit of the step 1 of the series "steps". */
static void put_earlier(struct fixture *f)
{
	static const char *const branch[] = { "checkout", "-q", "-b", "earlier",
					      NULL };
	static const char *const back[] = { "checkout", "-q", "-", NULL };

	git(f, branch);
	put(f, "tree/a.c",
	    BASE_A
	    "int formerly(void)\n{\n\tint a = 1;\n\treturn a;\n}\n"
	    "int formerly_much(int a, int b)\n{\n\treturn a + b + one();\n}\n"
	    "int shaped(int a)\n{\n\treturn a;\n}\nEXPORT_SYMBOL(shaped);\n"
	    "int formerly_other(int a, int b)\n{\n\tgoto x;\nx: ;\n}\n");
	put(f, "tree/split.h", "int three(void);\n#define small() 1\n");
	add_all(f, "the base of another time");
	add_all(f, "s\n\n(1.cocci of the series steps):");
	git(f, back);
}

static int setup_more(void **state)
{
	struct fixture *f;

	if (setup(state))
		return -1;
	f = *state;
	put(f, "tree/sub/far.c", "#define wide 1\nint far(void) { return 1; }\n");
	put(f, "tree/sub/h.h", "#define wide() 1\n"
			       "static inline int small(void) { return 1; }\n");
	put(f, "tree/sub/own.c", "static int nobody_sees(void) { return 1; }\n");
	put(f, "tree/text.txt", "int shy(void) { return 1; }\n");
	put(f, "tree/sub/two.c",
	    "#ifdef A\nint either(void) { return 1; }\n#else\n"
	    "int either(void) { return 2; }\n#endif\n"
	    "int both(void) { return 1; }\nint both(void) { return 2; }\n");
	put(f, "tree/sub/user.c", "#include <generated/made.h>\n");
	put(f, "tree/include/linux/there.h", "int there;\n");
	put(f, "tree/a.c",
	    BASE_A
	    "static int latterly(void)\n{\n\tint a = 1; /* same */\n\treturn a;\n}\n"
	    "int latterly_much(int a, int b)\n{\n\treturn a + b + three();\n}\n"
	    "int lately(void) { return small(); }\n"
	    "\nstatic long shaped(int a)\n{\n\treturn a;\n}\n"
	    "EXPORT_SYMBOL_GPL(shaped);\n");
	add_all(f, "more");
	put_earlier(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fits),
		cmocka_unit_test(test_lacks),
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_done),
		cmocka_unit_test(test_includes),
		cmocka_unit_test(test_renamed),
		cmocka_unit_test(test_notes),
	};

	return cmocka_run_group_tests(tests, setup_more, teardown);
}
