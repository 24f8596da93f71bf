// SPDX-License-Identifier: GPL-2.0-only
/*
 * Drawings: what is drawn of a graph and in which order, what of several commits
 * is one file, who includes what, and what crosses a cut.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "driver/html_graph.h"
#include "driver/review_graph.h"
#include "lib/buf.h"

/* "a>b c>d" of the edges that are on these sides, by the names of the nodes. */
static char *edges(const struct graph *g, unsigned int sides)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < g->nr_edges; i++)
		if (g->edges[i].sides == sides)
			buf_addf(&b, "%s%s>%s", b.len ? " " : "",
				 g->nodes[g->edges[i].from].name,
				 g->nodes[g->edges[i].to].name);
	return buf_detach(&b);
}

static void assert_edges(const struct graph *g, unsigned int sides,
			 const char *want)
{
	_cleanup_free_ char *got = edges(g, sides);

	assert_string_equal(got, want);
}

/* Edges of which the ends are the other way round on both sides. */
static size_t crossings(const struct graph *g)
{
	size_t nr = 0;

	for (size_t i = 0; i < g->nr_edges; i++)
		for (size_t k = 0; k < g->nr_edges; k++)
			nr += g->nodes[g->edges[i].from].row <
				      g->nodes[g->edges[k].from].row &&
			      g->nodes[g->edges[i].to].row >
				      g->nodes[g->edges[k].to].row;
	return nr;
}

static void has_each_once(void **state)
{
	struct graph g = { 0 };
	size_t a = graph_node(&g, "a", 0), b = graph_node(&g, "b", 1);

	(void)state;
	assert_int_equal(graph_node(&g, "a", 0), a);
	assert_int_not_equal(graph_node(&g, "a", 1), a);
	graph_edge(&g, a, b, GRAPH_BEFORE);
	graph_edge(&g, a, b, GRAPH_AFTER);
	assert_int_equal(g.nr_edges, 1);
	assert_edges(&g, GRAPH_BOTH, "a>b");
	graph_release(&g);
}

static void prunes_what_nobody_asks_for(void **state)
{
	struct graph g = { 0 };
	size_t a = graph_node(&g, "a", 0), b = graph_node(&g, "b", 0);
	size_t own = graph_node(&g, "own", 1), same = graph_node(&g, "same", 1);
	size_t other = graph_node(&g, "other", 1);

	(void)state;
	g.nodes[own].kept = true;
	graph_edge(&g, a, same, GRAPH_BOTH);
	graph_edge(&g, a, own, GRAPH_BOTH);
	graph_edge(&g, a, other, GRAPH_BOTH);
	graph_edge(&g, b, other, GRAPH_AFTER);
	assert_int_equal(graph_prune(&g), 1);
	assert_int_equal(g.nr_nodes, 4);
	assert_edges(&g, GRAPH_BOTH, "a>own a>other");
	assert_edges(&g, GRAPH_AFTER, "b>other");
	graph_release(&g);
}

static void uncrosses_edges(void **state)
{
	struct graph g = { 0 };
	size_t from[6], to[6];

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		_cleanup_free_ char *name = xasprintf("n%zu", i);

		from[i] = graph_node(&g, name, 0);
		to[i] = graph_node(&g, name, 1);
	}
	for (size_t i = 0; i < 6; i++)
		graph_edge(&g, from[i], to[5 - i], GRAPH_BOTH);
	graph_rows(&g);
	assert_int_equal(crossings(&g), 0);
	assert_int_equal(graph_width(&g), 2);
	assert_int_equal(graph_height(&g), 6);
	graph_release(&g);
}

/* Each node has a row of its own, from 0 on. */
static void gives_each_node_a_row(void **state)
{
	unsigned int seed = 7;

	(void)state;
	for (int round = 0; round < 50; round++) {
		struct graph g = { 0 };
		bool taken[3][8] = { { false } };

		for (size_t i = 0; i < 24; i++) {
			_cleanup_free_ char *name = xasprintf("n%zu", i);

			graph_node(&g, name, i % 3);
		}
		for (int i = 0; i < 40; i++) {
			seed = seed * 1103515245 + 12345;
			graph_edge(&g, (seed >> 8) % 24, (seed >> 20) % 24,
				   GRAPH_BOTH);
		}
		graph_rows(&g);
		for (size_t i = 0; i < g.nr_nodes; i++) {
			bool *row = &taken[g.nodes[i].column][g.nodes[i].row];

			assert_true(g.nodes[i].row < 8);
			assert_false(*row);
			*row = true;
		}
		graph_release(&g);
	}
}

/* ---- Of a review ---- */

static void set_side(struct review_side *side, const char *path,
		     const char *data)
{
	*side = (struct review_side){ .path = data ? path : NULL,
				      .data = data,
				      .len = data ? strlen(data) : 0 };
}

static void set_file(struct review_file *file, const char *before,
		     const char *old, const char *after, const char *new)
{
	*file = (struct review_file){ 0 };
	set_side(&file->sides[0], before, old);
	set_side(&file->sides[1], after, new);
}

static void follows_files(void **state)
{
	struct review_file first[2], second[3];
	struct review_commit commits[2] = {
		{ .files = first, .nr_files = 2 },
		{ .files = second, .nr_files = 3 },
	};
	struct review review = { .commits = commits, .nr = 2 };
	_cleanup_free_ struct review_end *ends = NULL;
	size_t nr;

	(void)state;
	set_file(&first[0], "d/a.h", "1", "d/b.h", "2");
	set_file(&first[1], "d/c.c", NULL, "d/c.c", "new");
	/* What was b.h is e.h, and there is another b.h; c.c is gone again. */
	set_file(&second[0], "d/b.h", NULL, "d/b.h", "other");
	set_file(&second[1], "d/c.c", "new", "d/c.c", NULL);
	set_file(&second[2], "d/b.h", "2", "d/e.h", "3");
	nr = review_ends(&review, &ends);
	assert_int_equal(nr, 2);
	assert_string_equal(ends[0].sides[0]->path, "d/a.h");
	assert_string_equal(ends[0].sides[1]->path, "d/e.h");
	assert_null(ends[1].sides[0]->path);
	assert_string_equal(ends[1].sides[1]->data, "other");
	assert_int_equal(review_ends_folder(ends, nr), 2);
}

static void draws_includes(void **state)
{
	struct review_file files[3];
	struct review_commit commit = { .files = files, .nr_files = 3 };
	struct review review = { .commits = &commit, .nr = 1 };
	_cleanup_free_ struct review_end *ends = NULL;
	struct graph g;
	size_t nr, same;

	(void)state;
	set_file(&files[0], "d/a.c", "#include <x.h>\n#include \"old.h\"\n",
		 "d/a.c", "#include <x.h>\n#include \"now.h\"\n");
	set_file(&files[1], "d/b.c", NULL, "d/b.c",
		 "#include <y.h>\n#include \"now.h\"\n");
	set_file(&files[2], "d/old.h", "", "d/now.h", "");
	nr = review_ends(&review, &ends);
	review_graph_includes(ends, nr, &g, &same);
	assert_int_equal(same, 1);
	assert_edges(&g, GRAPH_BOTH, "d/a.c>d/now.h");
	assert_edges(&g, GRAPH_AFTER, "d/b.c><y.h> d/b.c>d/now.h");
	assert_edges(&g, GRAPH_BEFORE, "");
	graph_release(&g);
}

static void draws_calls(void **state)
{
	struct review_file files[2];
	struct review_item item = { .deeds = (char[]){ "moved, promoted" },
				    .what = (char[]){ "function" },
				    .name = (char[]){ "moved" },
				    .file = { 0, 1 } };
	struct review_commit commit = { .files = files, .nr_files = 2,
					.items = &item, .nr_items = 1 };
	struct review review = { .commits = &commit, .nr = 1 };
	_cleanup_free_ struct review_end *ends = NULL;
	struct review_cut *cuts;
	size_t nr, nr_cuts;

	(void)state;
	set_file(&files[0], "a.c", "", "a.c",
		 "void stays(void)\n{\n\tmoved();\n\tother();\n}\n"
		 "int used;\n"
		 "void (*table)(void) = moved;\n");
	set_file(&files[1], "b.c", "", "b.c",
		 "void moved(void)\n{\n\tused = 1;\n\tmoved();\n}\n"
		 "void other(void)\n{\n\tused = 2;\n}\n");
	nr = review_ends(&review, &ends);
	nr_cuts = review_graph_cuts(&review, ends, nr, &cuts);
	assert_int_equal(nr_cuts, 1);
	assert_string_equal(cuts[0].from, "a.c");
	/* What did not move and is used by what did not, is no part of the cut. */
	assert_edges(&cuts[0].calls, GRAPH_BOTH,
		     "stays>moved table>moved moved>used");
	for (size_t i = 0; i < cuts[0].calls.nr_nodes; i++)
		assert_int_equal(cuts[0].calls.nodes[i].marked,
				 streq(cuts[0].calls.nodes[i].name, "moved"));
	review_graph_cuts_free(cuts, nr_cuts);
}

static void draws_nothing_of_nothing(void **state)
{
	const struct graph g = { 0 };
	const struct html_drawing drawing = { .graph = &g,
					      .side = GRAPH_BOTH };
	struct html *h = html_new();
	struct buf page = BUF_INIT;

	(void)state;
	html_draw(h, &drawing);
	assert_int_equal(html_end(h, &page, NULL), 0);
	assert_null(strstr(page.data, "<svg"));
	buf_release(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_each_once),
		cmocka_unit_test(prunes_what_nobody_asks_for),
		cmocka_unit_test(uncrosses_edges),
		cmocka_unit_test(gives_each_node_a_row),
		cmocka_unit_test(follows_files),
		cmocka_unit_test(draws_includes),
		cmocka_unit_test(draws_calls),
		cmocka_unit_test(draws_nothing_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
