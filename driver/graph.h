/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A small directed graph as it is drawn: nodes in columns from left to right, and
 * in each column in an order in which few edges cross. No drawing is done here.
 */
#ifndef DRIVER_GRAPH_H
#define DRIVER_GRAPH_H

#include "lib/util.h"

/* On which side of a change a node or an edge is there, as bits. */
#define GRAPH_BEFORE 1u
#define GRAPH_AFTER 2u
#define GRAPH_BOTH (GRAPH_BEFORE | GRAPH_AFTER)

struct graph_node {
	char *name;	    /* owned */
	size_t column, row; /* from 0 */
	unsigned int sides;
	bool marked;	    /* shown apart from the others */
	bool kept;	    /* graph_prune() leaves it */
};

struct graph_edge {
	size_t from, to; /* index of nodes */
	unsigned int sides;
};

struct graph {
	struct graph_node *nodes; /* owned */
	size_t nr_nodes, alloc_nodes;
	struct graph_edge *edges; /* owned, each pair once */
	size_t nr_edges, alloc_edges;
};

/* The node of this name in this column, which is made if need be. */
size_t graph_node(struct graph *g, const char *name, size_t column);

/* An edge; one that is there already is on these sides as well. */
void graph_edge(struct graph *g, size_t from, size_t to, unsigned int sides);

/*
 * Drops edges that are on both sides and lead to a node that is not kept, then
 * nodes that are not kept and have no edge; returns how many edges went.
 */
size_t graph_prune(struct graph *g);

/* Sets columns: each edge leads to the right, but in a circle. */
void graph_columns(struct graph *g);

/* Sets rows. */
void graph_rows(struct graph *g);

/* Columns, and rows of the longest one. */
size_t graph_width(const struct graph *g);
size_t graph_height(const struct graph *g);

/* Nodes of a column. */
size_t graph_in_column(const struct graph *g, size_t column);

void graph_release(struct graph *g);

#endif
