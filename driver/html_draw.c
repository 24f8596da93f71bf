// SPDX-License-Identifier: GPL-2.0-only
/*
 * A graph as SVG: boxes with names in columns, curves with an arrow between them.
 * Widths are reckoned from the number of characters, since all text is of one
 * width. Where something stands depends on the graph alone, so the drawings of
 * both sides of it can be laid over each other.
 */
#define _GNU_SOURCE
#include "html_graph.h"

#include "render.h"

#define CHARACTER 7.3 /* of 12 pixels, as wide as any font has it */
#define ROW 24
#define BOX 18
#define GAP 110
#define PAD 7
#define HEAD 26

static const char *shown_name(const struct html_drawing *d,
			      const struct graph_node *node, unsigned int side)
{
	const char *name = side == GRAPH_BEFORE && node->was ? node->was :
							       node->name;

	/* What is spelled <a/b.h> has no folder that could be left out. */
	if (*name == '<' || *name == '"' || strlen(name) <= d->strip)
		return name;
	return name + d->strip;
}

static double width_of(const struct html_drawing *d, size_t column)
{
	size_t most = d->heads ? render_width(d->heads[column]) : 0;

	for (size_t i = 0; i < d->graph->nr_nodes; i++) {
		const struct graph_node *node = &d->graph->nodes[i];
		size_t before = render_width(shown_name(d, node, GRAPH_BEFORE));
		size_t after = render_width(shown_name(d, node, GRAPH_AFTER));
		size_t width = (before > after ? before : after) +
			       (node->marked ? 2 : 0);

		if (node->column == column && width > most)
			most = width;
	}
	return (double)most * CHARACTER + 2 * PAD;
}

static double left_of(const struct html_drawing *d, size_t column)
{
	double x = 1;

	for (size_t c = 0; c < column; c++)
		x += width_of(d, c) + GAP;
	return x;
}

static double top(const struct html_drawing *d)
{
	return d->heads ? HEAD : 1;
}

/* The middle of a node's row; a short column stands in the middle. */
static double middle_of(const struct html_drawing *d,
			const struct graph_node *node)
{
	size_t height = graph_height(d->graph);
	size_t here = graph_in_column(d->graph, node->column);

	return top(d) + (double)(height - here) * ROW / 2 +
	       (double)node->row * ROW + BOX / 2.0;
}

static const char *fate(unsigned int sides)
{
	return sides == GRAPH_BEFORE ? "gone" :
	       sides == GRAPH_AFTER  ? "new" :
				       "both";
}

/* The curve goes from side to side; that of a way back, the other way. */
static void add_edge(struct html *h, const struct html_drawing *d,
		     const struct graph_edge *edge)
{
	const struct graph_node *from = &d->graph->nodes[edge->from];
	const struct graph_node *to = &d->graph->nodes[edge->to];
	bool back = from->column >= to->column;
	double x1 = left_of(d, from->column) +
		    (back ? 0 : width_of(d, from->column));
	double x2 = left_of(d, to->column) +
		    (back ? width_of(d, to->column) : 0);
	double y1 = middle_of(d, from), y2 = middle_of(d, to);
	double bend = back ? -GAP / 2.0 : GAP / 2.0, tip = back ? 6 : -6;

	html_open(h, "g");
	html_attrf(h, "class", "edge %s%s", fate(edge->sides),
		   back ? " back" : "");
	html_open(h, "title");
	html_textf(h, "%s \xe2\x86\x92 %s", from->name, to->name);
	html_close(h);
	html_open(h, "path");
	html_attrf(h, "d", "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f", x1, y1,
		   x1 + bend, y1, x2 - bend, y2, x2 + tip / 2, y2);
	html_close(h);
	html_class(h, "path", "tip");
	html_attrf(h, "d", "M%.1f %.1fl%.1f -3.5v7z", x2, y2, tip);
	html_close(h);
	html_close(h);
}

static void add_node(struct html *h, const struct html_drawing *d,
		     const struct graph_node *node)
{
	double x = left_of(d, node->column), y = middle_of(d, node);

	html_open(h, "g");
	html_attrf(h, "class", "node %s%s%s", fate(node->sides),
		   node->own ? " own" : "", node->marked ? " marked" : "");
	html_open(h, "rect");
	html_attrf(h, "x", "%.1f", x);
	html_attrf(h, "y", "%.1f", y - BOX / 2.0);
	html_attrf(h, "width", "%.1f", width_of(d, node->column));
	html_attrf(h, "height", "%d", BOX);
	html_attr(h, "rx", "3");
	html_close(h);
	html_open(h, "text");
	html_attrf(h, "x", "%.1f", x + PAD);
	html_attrf(h, "y", "%.1f", y + 4);
	html_text(h, shown_name(d, node, d->side));
	html_text(h, node->marked ? " \xe2\x97\x86" : "");
	html_close(h);
	html_close(h);
}

static void add_heads(struct html *h, const struct html_drawing *d)
{
	for (size_t c = 0; d->heads && c < graph_width(d->graph); c++) {
		html_class(h, "text", "head");
		html_attrf(h, "x", "%.1f", left_of(d, c) + PAD);
		html_attr(h, "y", "13");
		html_text(h, d->heads[c]);
		html_close(h);
	}
}

static void open_svg(struct html *h, const struct html_drawing *d)
{
	size_t last = graph_width(d->graph) - 1;
	double width = left_of(d, last) + width_of(d, last) + 1;
	double height = top(d) + (double)graph_height(d->graph) * ROW;

	html_class(h, "svg", "graph");
	html_attr(h, "role", "img");
	html_attrf(h, "aria-labelledby", "%s-title %s-desc", d->id, d->id);
	html_attrf(h, "viewBox", "0 0 %.0f %.0f", width, height);
	html_attrf(h, "width", "%.0f", width);
	html_attrf(h, "height", "%.0f", height);
	html_open(h, "title");
	html_attrf(h, "id", "%s-title", d->id);
	html_text(h, d->title);
	html_close(h);
	html_open(h, "desc");
	html_attrf(h, "id", "%s-desc", d->id);
	html_text(h, d->description);
	html_close(h);
}

void html_draw(struct html *h, const struct html_drawing *d)
{
	if (!d->graph->nr_nodes)
		return;
	open_svg(h, d);
	add_heads(h, d);
	for (size_t i = 0; i < d->graph->nr_edges; i++)
		if (d->graph->edges[i].sides & d->side)
			add_edge(h, d, &d->graph->edges[i]);
	for (size_t i = 0; i < d->graph->nr_nodes; i++)
		if (d->graph->nodes[i].sides & d->side)
			add_node(h, d, &d->graph->nodes[i]);
	html_close(h);
}
