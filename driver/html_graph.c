// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "html_graph.h"

#include "review_graph.h"

static void open_scroll(struct html *h, const char *label)
{
	html_class(h, "div", "scroll");
	html_attr(h, "tabindex", "0");
	html_attr(h, "role", "region");
	html_attr(h, "aria-label", label);
}

/* From each node where its edges lead, for who does not look at drawings. */
static void add_list(struct html *h, const struct graph *g)
{
	html_class(h, "details", "fold");
	html_leaf(h, "summary", NULL, "The same as a list");
	html_class(h, "ul", "edges");
	for (size_t i = 0; i < g->nr_edges; i++) {
		const struct graph_edge *edge = &g->edges[i];

		html_open(h, "li");
		html_leaf(h, "code", NULL, g->nodes[edge->from].name);
		html_text(h, " \xe2\x86\x92 ");
		html_leaf(h, "code", NULL, g->nodes[edge->to].name);
		if (g->nodes[edge->to].marked)
			html_text(h, " (promoted)");
		if (edge->sides == GRAPH_BEFORE)
			html_leaf(h, "b", "gone", " gone");
		if (edge->sides == GRAPH_AFTER)
			html_leaf(h, "b", "new", " new");
		html_close(h);
	}
	html_close(h);
	html_close(h);
}

/* ---- Includes ---- */

static void add_side(struct html *h, const struct graph *g, unsigned int side,
		     size_t strip)
{
	bool after = side == GRAPH_AFTER;
	const struct html_drawing drawing = {
		.graph = g,
		.side = side,
		.id = after ? "includes-after" : "includes-before",
		.title = after ? "Includes after the last commit" :
				 "Includes before the first commit",
		.description = "An arrow leads from a file to one that it "
			       "includes.",
		.strip = strip,
	};

	html_open(h, "figure");
	html_leaf(h, "figcaption", NULL, after ? "After" : "Before");
	open_scroll(h, drawing.title);
	html_draw(h, &drawing);
	html_close(h);
	html_close(h);
}

static void add_includes(struct html *h, const struct review_end *ends,
			 size_t nr)
{
	struct graph g;
	size_t same;

	review_graph_includes(ends, nr, &g, &same);
	if (g.nr_edges) {
		html_open(h, "section");
		html_attr(h, "id", "includes");
		html_leaf(h, "h2", NULL, "Who includes what");
		html_open(h, "p");
		html_text(h, "On the left the files that were touched; on the "
			     "right those of them that another one includes, "
			     "and what one of them began or ceased to include. ");
		if (same)
			html_textf(h, "%zu more #include line%s the same before "
				      "and after.", same, same == 1 ? " is" :
							 "s are");
		html_close(h);
		html_class(h, "div", "pair");
		add_side(h, &g, GRAPH_BEFORE, review_ends_folder(ends, nr));
		add_side(h, &g, GRAPH_AFTER, review_ends_folder(ends, nr));
		html_close(h);
		add_list(h, &g);
		html_close(h);
	}
	graph_release(&g);
}

/* ---- Calls ---- */

static size_t count_back(const struct graph *g)
{
	size_t nr = 0;

	for (size_t i = 0; i < g->nr_edges; i++)
		nr += g->nodes[g->edges[i].from].column > 0;
	return nr;
}

static void add_cut(struct html *h, const struct review_cut *cut, size_t number,
		    size_t strip)
{
	const char *const heads[] = { cut->from + strip, cut->to + strip };
	_cleanup_free_ char *id = xasprintf("calls-%zu", number);
	_cleanup_free_ char *title = xasprintf("What %s and %s use of each other",
					       cut->from, cut->to);
	size_t back = count_back(&cut->calls);
	const struct html_drawing drawing = {
		.graph = &cut->calls,
		.side = GRAPH_BOTH,
		.id = id,
		.title = title,
		.description = "An arrow leads from a definition to one in the "
			       "other file that it mentions.",
		.heads = heads,
	};

	html_open(h, "h3");
	html_textf(h, "%s and %s: ", heads[0], heads[1]);
	html_textf(h, "%zu to the right, %zu to the left",
		   cut->calls.nr_edges - back, back);
	html_close(h);
	open_scroll(h, title);
	html_draw(h, &drawing);
	html_close(h);
	add_list(h, &cut->calls);
}

static void add_calls(struct html *h, const struct review *review,
		      const struct review_end *ends, size_t nr)
{
	struct review_cut *cuts;
	size_t nr_cuts = review_graph_cuts(review, ends, nr, &cuts);

	if (nr_cuts && cuts[0].calls.nr_edges) {
		html_open(h, "section");
		html_attr(h, "id", "calls");
		html_leaf(h, "h2", NULL, "Calls across the cut");
		html_leaf(h, "p", NULL,
			  "Which definitions of the two files mention each other "
			  "now, where one of them moved. \xe2\x97\x86 marks what "
			  "lost its static.");
		for (size_t i = 0; i < nr_cuts && cuts[i].calls.nr_edges; i++)
			add_cut(h, &cuts[i], i + 1,
				review_ends_folder(ends, nr));
		html_close(h);
	}
	review_graph_cuts_free(cuts, nr_cuts);
}

void html_graphs(struct html *h, const struct review *review)
{
	_cleanup_free_ struct review_end *ends = NULL;
	size_t nr = review_ends(review, &ends);

	add_includes(h, ends, nr);
	add_calls(h, review, ends, nr);
}
