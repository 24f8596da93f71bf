// SPDX-License-Identifier: GPL-2.0-only
/*
 * A layered layout in its plainest form: in each column the nodes are sorted by
 * where their neighbours stand, a few times to and fro. The graphs have some
 * dozens of nodes, so nothing here needs to be fast.
 */
#define _GNU_SOURCE
#include "graph.h"

#define SWEEPS 6

size_t graph_node(struct graph *g, const char *name, size_t column)
{
	for (size_t i = 0; i < g->nr_nodes; i++)
		if (g->nodes[i].column == column &&
		    streq(g->nodes[i].name, name))
			return i;
	ARRAY_GROW(g->nodes, g->nr_nodes, g->alloc_nodes);
	g->nodes[g->nr_nodes] = (struct graph_node){ .name = xstrdup(name),
						     .column = column };
	return g->nr_nodes++;
}

void graph_edge(struct graph *g, size_t from, size_t to, unsigned int sides)
{
	for (size_t i = 0; i < g->nr_edges; i++) {
		struct graph_edge *edge = &g->edges[i];

		if (edge->from == from && edge->to == to) {
			edge->sides |= sides;
			return;
		}
	}
	ARRAY_GROW(g->edges, g->nr_edges, g->alloc_edges);
	g->edges[g->nr_edges++] = (struct graph_edge){ from, to, sides };
}

static bool has_edge(const struct graph *g, size_t node)
{
	for (size_t i = 0; i < g->nr_edges; i++)
		if (g->edges[i].from == node || g->edges[i].to == node)
			return true;
	return false;
}

static void free_node(struct graph_node *node)
{
	free(node->name);
	free(node->was);
}

/* Where each node is when those that go are gone. */
static void drop_nodes(struct graph *g)
{
	_cleanup_free_ size_t *now = xcalloc(g->nr_nodes + 1, sizeof(*now));
	size_t nr = 0;

	for (size_t i = 0; i < g->nr_nodes; i++) {
		now[i] = nr;
		if (g->nodes[i].kept || has_edge(g, i))
			g->nodes[nr++] = g->nodes[i];
		else
			free_node(&g->nodes[i]);
	}
	g->nr_nodes = nr;
	for (size_t i = 0; i < g->nr_edges; i++) {
		g->edges[i].from = now[g->edges[i].from];
		g->edges[i].to = now[g->edges[i].to];
	}
}

size_t graph_prune(struct graph *g)
{
	size_t nr = 0, dropped;

	for (size_t i = 0; i < g->nr_edges; i++)
		if (g->edges[i].sides != GRAPH_BOTH)
			g->nodes[g->edges[i].to].kept = true;
	for (size_t i = 0; i < g->nr_edges; i++)
		if (g->nodes[g->edges[i].to].kept)
			g->edges[nr++] = g->edges[i];
	dropped = g->nr_edges - nr;
	g->nr_edges = nr;
	drop_nodes(g);
	return dropped;
}

size_t graph_width(const struct graph *g)
{
	size_t width = 0;

	for (size_t i = 0; i < g->nr_nodes; i++)
		if (g->nodes[i].column >= width)
			width = g->nodes[i].column + 1;
	return width;
}

size_t graph_in_column(const struct graph *g, size_t column)
{
	size_t nr = 0;

	for (size_t i = 0; i < g->nr_nodes; i++)
		nr += g->nodes[i].column == column;
	return nr;
}

size_t graph_height(const struct graph *g)
{
	size_t height = 0;

	for (size_t c = 0; c < graph_width(g); c++)
		if (graph_in_column(g, c) > height)
			height = graph_in_column(g, c);
	return height;
}

/* ---- Rows ---- */

struct place {
	size_t node;
	double mean; /* row of its neighbours in other columns */
};

static int compare(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->mean < y->mean || x->mean > y->mean)
		return x->mean < y->mean ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

/* How far down a node is, of 1: columns have not the same length. */
static double depth(const struct graph *g, size_t node)
{
	return ((double)g->nodes[node].row + 0.5) /
	       (double)graph_in_column(g, g->nodes[node].column);
}

static double mean_of(const struct graph *g, size_t node)
{
	double sum = 0;
	size_t nr = 0;

	for (size_t i = 0; i < g->nr_edges; i++) {
		const struct graph_edge *edge = &g->edges[i];
		size_t other = edge->from == node ? edge->to : edge->from;

		if ((edge->from != node && edge->to != node) ||
		    g->nodes[other].column == g->nodes[node].column)
			continue;
		sum += depth(g, other);
		nr++;
	}
	return nr ? sum / (double)nr : depth(g, node);
}

static void order_column(struct graph *g, size_t column)
{
	_cleanup_free_ struct place *places =
		xcalloc(g->nr_nodes + 1, sizeof(*places));
	size_t nr = 0;

	for (size_t i = 0; i < g->nr_nodes; i++)
		if (g->nodes[i].column == column)
			places[nr++] = (struct place){ i, mean_of(g, i) };
	qsort(places, nr, sizeof(*places), compare);
	for (size_t i = 0; i < nr; i++)
		g->nodes[places[i].node].row = i;
}

void graph_rows(struct graph *g)
{
	size_t width = graph_width(g);

	for (size_t c = 0; c < width; c++) {
		size_t row = 0;

		for (size_t i = 0; i < g->nr_nodes; i++)
			if (g->nodes[i].column == c)
				g->nodes[i].row = row++;
	}
	for (size_t n = 0; n < SWEEPS; n++)
		for (size_t c = 0; c < width; c++)
			order_column(g, n % 2 ? width - 1 - c : c);
}

void graph_release(struct graph *g)
{
	for (size_t i = 0; i < g->nr_nodes; i++)
		free_node(&g->nodes[i]);
	free(g->nodes);
	free(g->edges);
	*g = (struct graph){ 0 };
}
