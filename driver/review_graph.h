/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two drawings of a review: what its files include, and what calls what across
 * the cut. Both are read from the texts, whatever is compiled, #if branches and
 * all.
 */
#ifndef DRIVER_REVIEW_GRAPH_H
#define DRIVER_REVIEW_GRAPH_H

#include "graph.h"
#include "review_ends.h"

/*
 * Column 0: the C files that were touched; 1: those of them that another one
 * includes, and the headers of which an #include line came or went. ret_same: how
 * many other lines there are, which are on both sides.
 */
void review_graph_includes(const struct review_end *ends, size_t nr,
			   struct graph *ret, size_t *ret_same);

/* Code went from one file to another. */
struct review_cut {
	const char *from, *to; /* borrowed: paths */
	struct graph calls;    /* column 0: definitions in from; 1: in to. An edge:
				  it mentions it. Marked: it lost its static */
};

/*
 * Each pair of files between which items moved, as they are after the last commit,
 * with what crosses the cut: the pair with most of it first.
 */
size_t review_graph_cuts(const struct review *review,
			 const struct review_end *ends, size_t nr,
			 struct review_cut **ret);
void review_graph_cuts_free(struct review_cut *cuts, size_t nr);

#endif
