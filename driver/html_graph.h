/* SPDX-License-Identifier: GPL-2.0-only */
/* The drawings of a review, as SVG whose text can be found, each with a list. */
#ifndef DRIVER_HTML_GRAPH_H
#define DRIVER_HTML_GRAPH_H

#include "graph.h"
#include "html.h"
#include "review.h"

/* Both drawings, each a section; nothing where there is nothing to draw. */
void html_graphs(struct html *h, const struct review *review);

/* How a graph is drawn. */
struct html_drawing {
	const struct graph *graph;
	unsigned int side;	 /* nodes and edges of this one alone */
	const char *id;		 /* of the page, begins what it needs ids for */
	const char *title, *description;
	size_t strip;		 /* leading bytes of names that are not shown */
	const char *const *heads; /* of the columns; NULL: none */
};

void html_draw(struct html *h, const struct html_drawing *drawing);

#endif
