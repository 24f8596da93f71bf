// SPDX-License-Identifier: GPL-2.0-only
/*
 * Golden cases: each folder of tests/golden holds steps, the tree before, and
 * what the steps must make of it, byte for byte, with the real spatch.
 *
 *	NNNN-name.cocci	the steps, applied in order
 *	macros.h	for spatch; optional
 *	before/		the tree
 *	after/		the files that differ afterwards, all of them
 *	report		the items that each step touched, the files that are
 *			gone, and the drift that the last one found, a line each
 *
 * GOLDEN_UPDATE=1 build/.../test_golden writes after/ and report anew: look at
 * git diff before you commit that. GOLDEN_CASES="name..." runs only these.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fts.h>
#include <stdio.h>
#include <unistd.h>

#include "driver/kinds.h"
#include "lib/fs.h"
#include "lib/lex.h"

#define GOLDEN "tests/golden"

struct golden {
	char *name;
	char *dir;	   /* of the case */
	char *scratch;	   /* a folder of its own */
	struct strv steps; /* file names of the steps, sorted */
	struct edits tree; /* what the steps made so far */
	struct buf report;
	struct error err;
};

/* The last written state of a file, else the one in before/. */
static int read_tree(void *data, const char *path, struct buf *ret,
		     struct error *err)
{
	const struct golden *g = data;
	_cleanup_free_ char *full = xasprintf("%s/before/%s", g->dir, path);

	for (size_t i = 0; i < g->tree.nr; i++)
		if (streq(g->tree.v[i]->path, path)) {
			if (g->tree.v[i]->is_gone)
				return 0;
			buf_add(ret, g->tree.v[i]->data.data,
				g->tree.v[i]->data.len);
			return 1;
		}
	if (!fs_exists(full))
		return 0;
	return fs_read(full, ret, err) ? -1 : 1;
}

static int read_before(void *data, const char *path, struct buf *ret,
		       struct error *err)
{
	const struct golden *g = data;
	_cleanup_free_ char *full = xasprintf("%s/before/%s", g->dir, path);

	if (!fs_exists(full))
		return 0;
	return fs_read(full, ret, err) ? -1 : 1;
}

static bool has_word(const struct buf *text, const struct strv *words)
{
	for (size_t i = 0; i < words->nr; i++)
		if (mentions(text->data, text->len, words->v[i]))
			return true;
	return false;
}

static int add_if_found(struct golden *g, const char *path,
			const struct strv *words, struct strv *ret,
			struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	int found = read_tree(g, path, &text, err);

	if (found > 0 && has_word(&text, words))
		strv_add(ret, path);
	return found < 0 ? -1 : 0;
}

/* All paths of before/, and those that steps made; some may be gone. */
static void list_paths(const struct golden *g, struct strv *ret)
{
	_cleanup_free_ char *before = fs_join(g->dir, "before");
	char *roots[] = { before, NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);

	for (FTSENT *e; (e = fts_read(walk));)
		if (e->fts_info == FTS_F)
			strv_add(ret, e->fts_path + strlen(before) + 1);
	fts_close(walk);
	for (size_t i = 0; i < g->tree.nr; i++)
		if (g->tree.v[i]->is_new)
			strv_add(ret, g->tree.v[i]->path);
	strv_uniq(ret);
}

static int find_in_tree(void *data, const struct strv *words, struct strv *ret,
			struct error *err)
{
	_cleanup_(strv_release) struct strv paths = STRV_INIT;
	struct golden *g = data;
	int result = 0;

	list_paths(g, &paths);
	for (size_t i = 0; !result && i < paths.nr; i++)
		result = add_if_found(g, paths.v[i], words, ret, err);
	return result;
}

static int list_in_tree(void *data, const char *name, struct strv *ret,
			struct error *err)
{
	_cleanup_(strv_release) struct strv paths = STRV_INIT;

	list_paths(data, &paths);
	for (size_t i = 0; i < paths.nr; i++) {
		_cleanup_(buf_release) struct buf text = BUF_INIT;
		int found = 0;

		if (streq(fs_basename(paths.v[i]), name))
			found = read_tree(data, paths.v[i], &text, err);
		if (found < 0)
			return -1;
		if (found)
			strv_add(ret, paths.v[i]);
	}
	return 0;
}

static void check_error(struct golden *g, int result)
{
	if (result)
		fail_msg("%s: %s", g->name, g->err.text);
}

static void copy_file(struct golden *g, const char *name)
{
	_cleanup_free_ char *from = fs_join(g->dir, name);
	_cleanup_free_ char *to = fs_join(g->scratch, name);
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	check_error(g, fs_read(from, &text, &g->err));
	check_error(g, fs_write(to, text.data, text.len, &g->err));
}

static int is_step(const struct dirent *entry)
{
	return ends_with(entry->d_name, ".cocci");
}

/* A series as the driver wants it, made of the case's steps. */
static void make_series(struct golden *g)
{
	_cleanup_free_ char *macros = fs_join(g->dir, "macros.h");
	_cleanup_free_ char *path = fs_join(g->scratch, "series");
	_cleanup_(buf_release) struct buf list = BUF_INIT;
	struct dirent **entries;
	int nr = scandir(g->dir, &entries, is_step, alphasort);

	assert_true(nr > 0);
	check_error(g, fs_mkdirs(g->scratch, &g->err));
	for (int i = 0; i < nr; i++) {
		copy_file(g, entries[i]->d_name);
		buf_addf(&list, "%s\n", entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	if (fs_exists(macros))
		copy_file(g, "macros.h");
	check_error(g, fs_write(path, list.data, list.len, &g->err));
}

static void report(struct golden *g, const struct step *step,
		   const struct edits *edits, const struct applied *applied)
{
	buf_addf(&g->report, "step %s\n", step->name);
	for (size_t i = 0; i < applied->nr; i++)
		buf_addf(&g->report, "%s %s: %s -> %s\n",
			 applied->items[i].what, applied->items[i].name,
			 applied->items[i].from, applied->items[i].to);
	for (size_t i = 0; i < applied->nr_left; i++)
		buf_addf(&g->report, "left %s %s: %s:%u\n",
			 applied->left[i].class, applied->left[i].name,
			 applied->left[i].path, applied->left[i].line);
	for (size_t i = 0; i < edits->nr; i++)
		if (edits->v[i]->is_gone)
			buf_addf(&g->report, "gone %s\n", edits->v[i]->path);
	for (size_t i = 0; i < applied->drifts.nr; i++) {
		const struct drift *d = &applied->drifts.v[i];

		buf_addf(&g->report, "drift %s '%s' %s:%u: %s; %s\n",
			 drift_class_name(d->class), d->name, d->path, d->line,
			 d->message, d->suggestion ? d->suggestion : "-");
		if (d->remedy)
			buf_addf(&g->report, "    remedy %s%s%s\n",
				 remedy_name(d->remedy), d->other ? " " : "",
				 d->other ? d->other : "");
	}
}

/* Takes over what a step wrote. */
static void keep(struct golden *g, const struct edits *edits)
{
	for (size_t i = 0; i < edits->nr; i++) {
		const struct edit *from = edits->v[i];
		struct edit *to;
		int found = edits_open(&g->tree, from->path, &to, &g->err);

		if (!edit_changed(from))
			continue;
		if (!found)
			found = !edits_create(&g->tree, from->path, &to,
					      &g->err);
		check_error(g, found <= 0);
		buf_reset(&to->data);
		buf_add(&to->data, from->data.data, from->data.len);
		to->is_gone = from->is_gone;
	}
}

/* False when the step found drift: the steps behind it are not applied. */
static bool apply_step(struct golden *g, const struct series *series,
		       const struct step *step)
{
	struct spatch spatch = { .program = "spatch", .scratch = g->scratch };
	struct applied applied = { 0 };
	struct edits edits;
	int result;

	edits_init(&edits, read_tree, find_in_tree, g);
	edits.list = list_in_tree;
	result = step_apply(&spatch, series, step, &edits, &applied, &g->err);
	if (result && g->err.class != ERROR_DRIFT)
		check_error(g, result);
	assert_int_equal(result != 0, applied.drifts.nr != 0);
	report(g, step, &edits, &applied);
	if (!result)
		keep(g, &edits);
	error_release(&g->err);
	applied_release(&applied);
	edits_release(&edits);
	return !result;
}

static void apply_steps(struct golden *g)
{
	struct series_options options = { 0 };
	struct series series;

	check_error(g, series_load(g->scratch, &options, &series, &g->err));
	for (size_t i = 0; i < series.nr; i++)
		if (!apply_step(g, &series, &series.steps[i]))
			break;
	series_release(&series);
}

static void check_file(struct golden *g, const char *name,
		       const struct buf *text)
{
	_cleanup_free_ char *path = fs_join(g->dir, name);
	_cleanup_(buf_release) struct buf expected = BUF_INIT;

	if (!fs_exists(path))
		fail_msg("%s: %s is written, but not expected", g->name, name);
	check_error(g, fs_read(path, &expected, &g->err));
	if (expected.len == text->len &&
	    !memcmp(expected.data, text->data, text->len))
		return;
	print_error("%s: %s is\n%s", g->name, name, text->data);
	fail_msg("%s: %s differs", g->name, name);
}

static bool is_written(const struct golden *g, const char *path)
{
	for (size_t i = 0; i < g->tree.nr; i++)
		if (streq(g->tree.v[i]->path, path))
			return edit_changed(g->tree.v[i]) &&
			       !g->tree.v[i]->is_gone;
	return false;
}

/* Every file of after/ must have been written. */
static void check_complete(struct golden *g)
{
	_cleanup_free_ char *after = fs_join(g->dir, "after");
	char *roots[] = { after, NULL };
	FTS *walk = fs_is_dir(after) ? fts_open(roots, FTS_PHYSICAL, NULL) :
				       NULL;
	FTSENT *entry;

	while (walk && (entry = fts_read(walk)))
		if (entry->fts_info == FTS_F &&
		    !is_written(g, entry->fts_path + strlen(after) + 1))
			fail_msg("%s: %s is expected, but not written",
				 g->name, entry->fts_path);
	if (walk)
		fts_close(walk);
}

static void check_result(struct golden *g)
{
	for (size_t i = 0; i < g->tree.nr; i++) {
		_cleanup_free_ char *name =
			fs_join("after", g->tree.v[i]->path);

		if (is_written(g, g->tree.v[i]->path))
			check_file(g, name, &g->tree.v[i]->data);
	}
	check_complete(g);
	check_file(g, "report", &g->report);
}

static void write_file(struct golden *g, const char *name,
		       const struct buf *text)
{
	_cleanup_free_ char *path = fs_join(g->dir, name);

	check_error(g, fs_mkdirs_for(path, &g->err));
	check_error(g, fs_write(path, text->data, text->len, &g->err));
}

static void update(struct golden *g)
{
	_cleanup_free_ char *after = fs_join(g->dir, "after");

	check_error(g, fs_remove(after, &g->err));
	for (size_t i = 0; i < g->tree.nr; i++) {
		_cleanup_free_ char *name =
			fs_join("after", g->tree.v[i]->path);

		if (is_written(g, g->tree.v[i]->path))
			write_file(g, name, &g->tree.v[i]->data);
	}
	write_file(g, "report", &g->report);
}

static void test_case(void **state)
{
	struct golden *g = *state;

	edits_init(&g->tree, read_before, NULL, g);
	make_series(g);
	apply_steps(g);
	if (getenv("GOLDEN_UPDATE"))
		update(g);
	check_result(g);
}

static int release(void **state)
{
	struct golden *g = *state;

	fs_remove(g->scratch, NULL);
	edits_release(&g->tree);
	buf_release(&g->report);
	error_release(&g->err);
	free(g->dir);
	free(g->scratch);
	return 0; /* cmocka still prints the name: main() frees it */
}

static int is_case(const struct dirent *entry)
{
	_cleanup_(strv_release) struct strv wanted = STRV_INIT;

	strv_split(&wanted, getenv("GOLDEN_CASES") ?: "", " ");
	return entry->d_name[0] != '.' &&
	       (!wanted.nr || strv_has(&wanted, entry->d_name));
}

static struct CMUnitTest make_test(const char *name, const char *scratch,
				   struct golden *g)
{
	*g = (struct golden){
		.name = xstrdup(name),
		.dir = fs_join(GOLDEN, name),
		.scratch = fs_join(scratch, name),
		.report = BUF_INIT,
	};
	return (struct CMUnitTest){ g->name, test_case, NULL, release, g };
}

int main(void)
{
	char scratch[] = "/tmp/golden-XXXXXX";
	struct dirent **entries;
	int nr = scandir(GOLDEN, &entries, is_case, alphasort), failed;
	struct CMUnitTest *tests;
	struct golden *cases;

	if (nr <= 0 || !mkdtemp(scratch)) {
		fprintf(stderr, "test_golden: run me in the top folder\n");
		return 1;
	}
	tests = xcalloc(nr, sizeof(*tests));
	cases = xcalloc(nr, sizeof(*cases));
	for (int i = 0; i < nr; i++)
		tests[i] = make_test(entries[i]->d_name, scratch, &cases[i]);
	failed = _cmocka_run_group_tests("golden", tests, nr, NULL, NULL);
	for (int i = 0; i < nr; i++) {
		free(cases[i].name);
		free(entries[i]);
	}
	free(entries);
	free(cases);
	free(tests);
	fs_remove(scratch, NULL);
	return failed;
}
