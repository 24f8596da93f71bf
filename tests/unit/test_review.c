// SPDX-License-Identifier: GPL-2.0-only
/*
 * The review of a commit: which items are told as moved, and exactly which lines
 * are residue. Of every commit, and of many that are made up at random, the files
 * after must come out of the files before and the structure, and each line of
 * residue must be in one hunk that is shown.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "driver/review.h"
#include "driver/review_rows.h"

#define MOST_FILES 4

struct file {
	const char *path;
	const char *before, *after; /* NULL: it is not there */
};

static void add_text(struct text *text, const char *path, const char *data)
{
	*text = (struct text){ .path = path,
			       .data = data,
			       .len = data ? strlen(data) : 0 };
}

/* What commit_texts_read() gives, from strings. */
static void open_commit(const struct file *files, size_t nr,
			struct review_commit *c)
{
	struct step_texts *t = &c->texts;
	struct error err = ERROR_INIT;
	struct state before, after;

	*c = (struct review_commit){ .id = xstrdup("0123456789abcdef") };
	t->before = xcalloc(nr, sizeof(*t->before));
	t->after = xcalloc(nr, sizeof(*t->after));
	for (size_t i = 0; i < nr; i++) {
		strv_add(&t->paths, files[i].path);
		add_text(&t->before[i], files[i].path, files[i].before);
		add_text(&t->after[i], files[i].path, files[i].after);
	}
	before = (struct state){ .texts = t->before, .nr_texts = nr };
	after = (struct state){ .texts = t->after, .nr_texts = nr };
	t->inference = xcalloc(1, sizeof(*t->inference));
	if (infer(&before, &after, NULL, 0, t->inference, &err))
		fail_msg("%s", err.text);
	t->contract = t->inference->contract;
}

static void review(const struct file *files, size_t nr,
		   struct review_commit *c)
{
	struct error err = ERROR_INIT;

	open_commit(files, nr, c);
	if (review_texts(c, &err))
		fail_msg("%s", err.text);
}

/* ---- What must be true of any review ---- */

/* Counts, by the bytes of a line, on a list that is short. */
struct counts {
	const struct linediff_line *line[512];
	long nr[512];
	size_t used;
};

static void count(struct counts *counts, const struct linediff_line *line,
		  long by)
{
	size_t i = 0;

	while (i < counts->used && !linediff_same(counts->line[i], line))
		i++;
	if (i == counts->used) {
		assert_true(i < ARRAY_SIZE(counts->line));
		counts->line[counts->used++] = line;
	}
	counts->nr[i] += by;
}

static void count_side(struct counts *counts, const struct review_side *side,
		       long by)
{
	for (size_t i = 0; i < side->nr; i++)
		count(counts, &side->lines[i], by);
}

/* Residue that is shown: rows of hunks, and empty lines that have their own line. */
static size_t count_rows(struct counts *counts, const struct review_rows *rows)
{
	size_t nr = 0;

	for (size_t i = 0; i < rows->nr; i++) {
		const struct review_row *row = &rows->v[i];

		if (row->kind == ROW_LOST || row->kind == ROW_ADDED) {
			assert_true(row->hunk > 0);
			count(counts, row->line, row->kind == ROW_LOST ? 1 : -1);
			nr++;
		} else if (row->kind == ROW_SPACING) {
			assert_int_equal(row->line->len, 1);
			count(counts, row->line, row->lost ? 1 : -1);
		}
	}
	return nr;
}

/* A fold tells how many lines are in it that moved: all of them, and no other. */
static void check_folds(const struct review_commit *c)
{
	size_t *lines = xcalloc(2 * c->nr_items + 1, sizeof(*lines));
	struct review_rows rows;

	for (size_t i = 0; i < c->nr_files; i++) {
		review_rows_of_file(c, i, 3, &rows);
		for (size_t n = 0; n < rows.nr; n++)
			if (rows.v[n].kind == ROW_FOLD)
				lines[2 * rows.v[n].item + rows.v[n].came] +=
					rows.v[n].lines;
		review_rows_release(&rows);
	}
	for (size_t i = 0; i < 2 * c->nr_items; i++)
		assert_int_equal(lines[i], c->items[i / 2].verbatim);
	free(lines);
}

/*
 * All that is in the files after, and not before, is in a hunk, and the other
 * way round: counted without a look at how the structure came about.
 */
static void check_shown(const struct review_commit *c)
{
	struct counts counts = { .used = 0 };
	struct review_rows rows;
	size_t shown = 0;

	for (size_t i = 0; i < c->nr_files; i++) {
		count_side(&counts, &c->files[i].sides[0], -1);
		count_side(&counts, &c->files[i].sides[1], 1);
		review_rows_of_file(c, i, 3, &rows);
		shown += count_rows(&counts, &rows);
		review_rows_release(&rows);
	}
	for (size_t i = 0; i < c->nr_items; i++) {
		review_rows_of_item(c, i, 3, &rows);
		shown += count_rows(&counts, &rows);
		review_rows_release(&rows);
	}
	for (size_t i = 0; i < counts.used; i++)
		assert_int_equal(counts.nr[i], 0);
	assert_int_equal(shown, c->lost + c->added);
}

static void check_rebuilt(const struct review_commit *c,
			  const struct file *files, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		struct buf built = BUF_INIT;
		size_t k = 0;

		while (k < c->nr_files &&
		       !(c->files[k].sides[1].path &&
			 streq(c->files[k].sides[1].path, files[i].path)))
			k++;
		if (!files[i].after) {
			assert_int_equal(k, c->nr_files);
			continue;
		}
		review_rebuild(c, k, &built);
		assert_string_equal(built.data, files[i].after);
		buf_release(&built);
	}
}

/* ---- What is told of one commit ---- */

static char *list_items(const struct review_commit *c)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < c->nr_items; i++)
		buf_addf(&b, "%s%s%s%s", i ? ", " : "", c->items[i].name,
			 c->items[i].but ? " but " : "",
			 c->items[i].but ? c->items[i].but : "");
	return buf_detach(&b);
}

static void list_rows(const struct review_rows *rows, struct buf *b)
{
	for (size_t i = 0; i < rows->nr; i++)
		if (rows->v[i].kind == ROW_LOST || rows->v[i].kind == ROW_ADDED) {
			buf_addch(b, rows->v[i].kind == ROW_LOST ? '-' : '+');
			buf_add(b, rows->v[i].line->data,
				rows->v[i].line->len);
		}
}

/* Of the items first, then of the files. */
static char *list_residue(const struct review_commit *c)
{
	struct buf b = BUF_INIT;
	struct review_rows rows;

	for (size_t i = 0; i < c->nr_items; i++) {
		review_rows_of_item(c, i, 3, &rows);
		list_rows(&rows, &b);
		review_rows_release(&rows);
	}
	for (size_t i = 0; i < c->nr_files; i++) {
		review_rows_of_file(c, i, 3, &rows);
		list_rows(&rows, &b);
		review_rows_release(&rows);
	}
	return buf_detach(&b);
}

struct rule {
	const char *title;
	struct file files[MOST_FILES];
	const char *items, *residue;
	size_t spacing;
};

#define F "int f(int a)\n{\n\treturn num(a, 1);\n}\n"
#define F2 "int f(int a)\n{\n\treturn num(a, 2);\n}\n"
#define FC "/* It adds. */\n" F
#define G "int g(int a)\n{\n\treturn num(2, a);\n}\n"
#define H "int h(int a)\n{\n\tint b = a;\n\n\treturn num(b, 3);\n}\n"
#define S(linkage) linkage "int s(int a)\n{\n\treturn num(a, 3);\n}\n"
#define CR "int f(int a)\r\n{\r\n\treturn num(a, 1);\r\n}\r\n"

static const struct rule rules[] = {
	{ "moved to another file",
	  { { "a.c", F "\n" G, G }, { "b.c", H, H "\n" F } },
	  "f", "", 0 },
	{ "moved with its export",
	  { { "a.c", F "EXPORT_SYMBOL(f);\n\n" G, G },
	    { "b.c", H, H "\n" F "EXPORT_SYMBOL(f);\n" } },
	  "f, f", "", 0 },
	{ "moved to a new file",
	  { { "a.c", F "\n" G, G },
	    { "b.c", NULL, "#include \"a.h\"\n\n" F } },
	  "f", "+#include \"a.h\"\n", 0 },
	{ "moved with one line changed",
	  { { "a.c", F "\n" G, G }, { "b.c", H, H "\n" F2 } },
	  "f but what is shown below",
	  "-\treturn num(a, 1);\n+\treturn num(a, 2);\n", 0 },
	{ "moved without its comment",
	  { { "a.c", G "\n" FC, G }, { "b.c", H, H "\n" F } },
	  "f but a comment", "-/* It adds. */\n", 0 },
	{ "moved and no longer static",
	  { { "a.c", S("static ") "\n" G, G }, { "b.c", H, H "\n" S("") } },
	  "s but static", "-static int s(int a)\n+int s(int a)\n", 0 },
	{ "moved out of its conditional",
	  { { "a.c", "#ifdef X\n" F "#endif\n\n" G, G },
	    { "b.c", H, H "\n" F } },
	  "f but the conditionals that it stands under",
	  "-#ifdef X\n-#endif\n-\n", 1 },
	{ "moved with its conditional",
	  { { "a.c", "#ifdef X\n" F "#endif\n\n" G, G },
	    { "b.c", H, H "\n#ifdef X\n" F "#endif\n" } },
	  "f", "-#ifdef X\n-#endif\n-\n+\n+#ifdef X\n+#endif\n", 0 },
	{ "moved, and left behind",
	  { { "a.c", F "\n" G, F "\n" G }, { "b.c", H, H "\n" F } },
	  "", "+\n+int f(int a)\n+{\n+\treturn num(a, 1);\n+}\n", 0 },
	{ "there twice afterwards",
	  { { "a.c", F "\n" G, G "\n" F "\n" F } },
	  "f", "+int f(int a)\n+{\n+\treturn num(a, 1);\n+}\n", 1 },
	{ "moved within its file",
	  { { "a.c", F "\n" G "\n" H, G "\n" H "\n" F } },
	  "f", "", 0 },
	{ "with a blank line more inside",
	  { { "a.c", F "\n" G, G },
	    { "b.c", H, H "\nint f(int a)\n{\n\n\treturn num(a, 1);\n}\n" } },
	  "f but white space", "+\n", 0 },
	{ "with other line ends",
	  { { "a.c", F "\n" G, G }, { "b.c", H, H "\n" CR } },
	  NULL, NULL, 0 },
	{ "moved with its line ends",
	  { { "a.c", CR "\n" G, G }, { "b.c", H, H "\n" CR } },
	  "f", "", 0 },
	{ "without the last newline",
	  { { "a.c", F "\n" G, G },
	    { "b.c", H, H "\nint f(int a)\n{\n\treturn num(a, 1);\n}" } },
	  NULL, "-}\n+}", 0 },
	{ "the last newline of another item",
	  { { "a.c", F "\n" G, F "\nint g(int a)\n{\n\treturn num(2, a);\n}" } },
	  "", "-}\n+}", 0 },
	{ "nothing but white space",
	  { { "a.c", F, "int f(int a)\n{\n        return num(a, 1);\n}\n" } },
	  "", "-\treturn num(a, 1);\n+        return num(a, 1);\n", 0 },
	{ "a statement under another conditional",
	  { { "a.c", "int k(void)\n{\n#ifdef X\n\ta();\n#endif\n\tb();\n}\n",
	      "int k(void)\n{\n#ifdef X\n\ta();\n\tb();\n#endif\n}\n" } },
	  "", NULL, 0 },
	{ "a file that is no C",
	  { { "Makefile", "obj-y += a.o\n", "obj-y += a.o b.o\n" } },
	  "", "-obj-y += a.o\n+obj-y += a.o b.o\n", 0 },
	{ "a file that goes",
	  { { "a.c", F, NULL }, { "b.c", G, G "\n" F } },
	  "f", "", 1 },
	{ "a file that goes with what it had",
	  { { "a.txt", "one\n", NULL } },
	  "", "-one\n", 0 },
	{ "a file of nothing",
	  { { "a.c", "", NULL }, { "b.c", NULL, "" } },
	  "", "", 0 },
};

static void each_rule(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		const struct rule *rule = &rules[i];
		_cleanup_free_ char *items = NULL, *residue = NULL;
		struct review_commit c;
		size_t nr = 0;

		while (nr < MOST_FILES && rule->files[nr].path)
			nr++;
		review(rule->files, nr, &c);
		check_shown(&c);
		check_folds(&c);
		check_rebuilt(&c, rule->files, nr);
		items = list_items(&c);
		residue = list_residue(&c);
		if ((rule->items && !streq(items, rule->items)) ||
		    (rule->residue && !streq(residue, rule->residue)) ||
		    (rule->items && c.spacing != rule->spacing))
			fail_msg("%s: items '%s', residue:\n%s, spacing %zu",
				 rule->title, items, residue, c.spacing);
		review_commit_release(&c);
	}
}

/* ---- A structure that is wrong is found out ---- */

static void wrong_is_refused(void **state)
{
	static const struct file files[] = {
		{ "a.c", F "\n" G "\n" H, G "\n" H },
		{ "b.c", "int x;\n", "int x;\nint y;\n\n" F },
	};
	struct error err = ERROR_INIT;
	struct review_commit c;

	(void)state;
	review(files, 2, &c);
	assert_int_equal(c.nr_items, 1);
	for (size_t i = 0; i < c.nr_files; i++)
		for (size_t n = 0; n < c.files[i].ops.nr; n++) {
			struct review_op *op = &c.files[i].ops.v[n];
			struct review_op was = *op;

			op->lines++;
			assert_int_equal(review_check(&c, &err), -1);
			*op = was;
			op->what = op->what == REVIEW_KEEP ? REVIEW_LOST :
							     REVIEW_KEEP;
			assert_int_equal(review_check(&c, &err), -1);
			*op = was;
			if (!op->there)
				continue;
			op->there++;
			assert_int_equal(review_check(&c, &err), -1);
			*op = was;
		}
	assert_int_equal(review_check(&c, &err), 0);
	assert_non_null(strstr(err.text, "review the whole diff"));
	error_release(&err);
	review_commit_release(&c);
}

/* ---- Edits at random ---- */

static uint32_t seed;

static size_t draw(size_t below)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % below;
}

static const char *const parts[] = {
	F, F2, FC, G, H, S("static "), S(""), CR, "\n", "#ifdef X\n", "#endif\n",
	"#define M(x) \\\n\t(x)\n", "EXPORT_SYMBOL(f);\n", "int f(int a);\n",
	"/* alone */\n\n", "#include <a.h>\n", "{\n", "}\n", "int z", "\t}\n",
};

static void make_up(struct buf *ret)
{
	for (size_t nr = draw(9); nr > 0; nr--) {
		buf_addstr(ret, parts[draw(ARRAY_SIZE(parts))]);
		if (draw(2))
			buf_addch(ret, '\n');
	}
}

/* Lines that go, come, or are another one. */
static void damage(struct buf *b)
{
	for (size_t nr = draw(4); nr > 0 && b->len; nr--) {
		size_t at = draw(b->len), len = draw(b->len - at) % 40;

		if (draw(2))
			buf_splice(b, at, len, NULL, 0);
		else
			buf_splice(b, at, 0, "\tq;\n", draw(5));
	}
}

static void anything_adds_up(void **state)
{
	static const char *const paths[] = { "a.c", "b.c", "c.h" };

	(void)state;
	for (seed = 1; seed < 4000; seed++) {
		uint32_t round = seed;
		struct buf texts[6];
		struct file files[3];
		struct review_commit c;

		for (int i = 0; i < 6; i++) {
			texts[i] = (struct buf)BUF_INIT;
			make_up(&texts[i]);
		}
		/* what is moved about: another order of the same files */
		for (int i = 0; i < 3 && draw(3); i++) {
			buf_reset(&texts[2 * i + 1]);
			buf_add(&texts[2 * i + 1],
				texts[2 * ((i + 1) % 3)].data,
				texts[2 * ((i + 1) % 3)].len);
			damage(&texts[2 * i + 1]);
		}
		for (int i = 0; i < 3; i++)
			files[i] = (struct file){
				paths[i], draw(9) ? texts[2 * i].data : NULL,
				draw(9) ? texts[2 * i + 1].data : NULL
			};
		review(files, 3, &c);
		check_shown(&c);
		check_folds(&c);
		check_rebuilt(&c, files, 3);
		review_commit_release(&c);
		for (int i = 0; i < 6; i++)
			buf_release(&texts[i]);
		seed = round;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule),
		cmocka_unit_test(wrong_is_refused),
		cmocka_unit_test(anything_adds_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
