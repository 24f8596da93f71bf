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
	char *was;	    /* owned: its name before; NULL: the same */
	size_t column, row; /* from 0 */
	unsigned int sides;
	bool marked;	    /* shown apart from the others */
	bool kept;	    /* graph_prune() leaves it */
	bool own;	    /* a touched file, not one that it includes */
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
 * Keeps what an edge leads to that is on one side alone; drops the edges to what is
 * not kept, then nodes that are not kept and have no edge. Returns how many edges
 * went.
 */
size_t graph_prune(struct graph *g);

/* Sets rows, column by column. */
void graph_rows(struct graph *g);

/* Columns, and rows of the longest one. */
size_t graph_width(const struct graph *g);
size_t graph_height(const struct graph *g);

/* Nodes of a column. */
size_t graph_in_column(const struct graph *g, size_t column);

void graph_release(struct graph *g);

#endif
