// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "review_graph.h"

#include "lib/fs.h"
#include "lib/hash.h"
#include "lib/items.h"
#include "lib/spelling.h"
#include "uses.h"

static bool is_c(const struct review_side *side)
{
	return side->path &&
	       (ends_with(side->path, ".c") || ends_with(side->path, ".h"));
}

/* ---- Includes ---- */

/* The touched file that the spelling means; nr. */
static size_t meant(const struct review_end *ends, size_t nr, int after,
		    const char *includer, const char *spelling)
{
	_cleanup_(strv_release) struct strv namesakes = STRV_INIT;
	_cleanup_free_ char *inside =
		xstrndup(spelling + 1, strlen(spelling) - 2);
	size_t i = 0;

	for (size_t k = 0; k < nr; k++) {
		const char *path = ends[k].sides[after]->path;

		if (path && streq(fs_basename(path), fs_basename(inside)))
			strv_add(&namesakes, path);
	}
	while (i < nr && !(ends[i].sides[after]->path &&
			   strv_has(&namesakes, ends[i].sides[after]->path) &&
			   spelling_means(includer, spelling,
					  ends[i].sides[after]->path,
					  &namesakes) == MEANS_IT))
		i++;
	return i;
}

/* One node for a file, though it was renamed. */
static size_t file_node(struct graph *g, const struct review_end *end,
			size_t column, unsigned int side)
{
	const char *before = end->sides[0]->path, *after = end->sides[1]->path;
	size_t i = graph_node(g, after ? after : before, column);
	struct graph_node *node = &g->nodes[i];

	if (before && after && !streq(before, after) && !node->was)
		node->was = xstrdup(before);
	node->own = true;
	node->sides |= side;
	return i;
}

static void add_includes(const struct review_end *ends, size_t nr, size_t file,
			 int after, struct graph *ret)
{
	const struct review_side *side = ends[file].sides[after];
	unsigned int bit = after ? GRAPH_AFTER : GRAPH_BEFORE;
	struct items items;
	size_t from;

	if (!is_c(side))
		return;
	from = file_node(ret, &ends[file], 0, bit);
	items_parse(side->data, side->len, &items);
	for (size_t i = 0; i < items.nr; i++) {
		const char *name = items.v[i].name;
		size_t end, to;

		if (items.v[i].kind != ITEM_INCLUDE || strlen(name) < 3)
			continue;
		end = meant(ends, nr, after, side->path, name);
		to = end < nr ? file_node(ret, &ends[end], 1, bit) :
				graph_node(ret, name, 1);
		ret->nodes[to].sides |= bit;
		ret->nodes[to].kept |= end < nr;
		graph_edge(ret, from, to, bit);
	}
	items_release(&items);
}

void review_graph_includes(const struct review_end *ends, size_t nr,
			   struct graph *ret, size_t *ret_same)
{
	*ret = (struct graph){ 0 };
	for (size_t i = 0; i < nr; i++)
		for (int after = 0; after < 2; after++)
			add_includes(ends, nr, i, after, ret);
	*ret_same = graph_prune(ret);
	graph_rows(ret);
}

/* ---- Calls ---- */

/* A definition of one of the two files. */
struct def {
	char *name; /* owned; the key */
	bool there[2];
	UT_hash_handle hh;
};

static struct def *find_def(struct def *defs, const char *name, size_t len)
{
	struct def *def;

	HASH_FIND(hh, defs, name, len, def);
	return def;
}

static bool is_code(const struct item *item)
{
	return (item->kind == ITEM_FUNCTION || item->kind == ITEM_VARIABLE) &&
	       *item->name;
}

static void add_defs(const struct items *items, int second, struct def **defs)
{
	for (size_t i = 0; i < items->nr; i++) {
		const char *name = items->v[i].name;
		struct def *def;

		if (!is_code(&items->v[i]))
			continue;
		def = find_def(*defs, name, strlen(name));
		if (!def) {
			def = xcalloc(1, sizeof(*def));
			def->name = xstrdup(name);
			HASH_ADD_KEYPTR(hh, *defs, def->name, strlen(def->name),
					def);
		}
		def->there[second] = true;
	}
}

static void free_defs(struct def *defs)
{
	struct def *def = defs;

	HASH_CLEAR(hh, defs); /* the index; the list of entries stays */
	while (def) {
		struct def *next = def->hh.next;

		free(def->name);
		free(def);
		def = next;
	}
}

/* An item of one file, and what of the other one it mentions. */
struct crossing {
	struct graph *graph;
	struct def *defs;
	const struct strv *moved; /* an end of an edge is one of these */
	const char *name;
	int second;
};

static void cross(void *data, const char *name, size_t len, enum use_form form,
		  unsigned int line)
{
	const struct crossing *c = data;
	const struct def *def = find_def(c->defs, name, len);
	size_t from, to;

	(void)line;
	if (form != USE_PLAIN || !def || !def->there[!c->second] ||
	    def->there[c->second])
		return;
	if (!strv_has(c->moved, c->name) && !strv_has(c->moved, def->name))
		return;
	from = graph_node(c->graph, c->name, (size_t)c->second);
	to = graph_node(c->graph, def->name, (size_t)!c->second);
	c->graph->nodes[from].sides = c->graph->nodes[to].sides = GRAPH_BOTH;
	graph_edge(c->graph, from, to, GRAPH_BOTH);
}

static void add_calls(const struct review_side *const *sides,
		      const struct strv *moved, const struct strv *promoted,
		      struct graph *ret)
{
	struct items items[2];
	struct crossing c = { .graph = ret, .moved = moved };

	for (int k = 0; k < 2; k++) {
		items_parse(sides[k]->data, sides[k]->len, &items[k]);
		add_defs(&items[k], k, &c.defs);
	}
	for (c.second = 0; c.second < 2; c.second++) {
		const struct items *its = &items[c.second];

		for (size_t i = 0; i < its->nr; i++) {
			c.name = its->v[i].name;
			if (is_code(&its->v[i]))
				uses_of_item(its, i, cross, &c);
		}
	}
	for (size_t i = 0; i < ret->nr_nodes; i++)
		ret->nodes[i].marked = strv_has(promoted, ret->nodes[i].name);
	graph_rows(ret);
	free_defs(c.defs);
	for (int k = 0; k < 2; k++)
		items_release(&items[k]);
}

/* ---- Cuts ---- */

static const struct review_side *side_of(const struct review_end *ends,
					 size_t nr, const char *path)
{
	for (size_t i = 0; i < nr; i++)
		if (ends[i].sides[1]->path &&
		    streq(ends[i].sides[1]->path, path) && is_c(ends[i].sides[1]))
			return ends[i].sides[1];
	return NULL;
}

static void add_name(const char *deeds, const char *name, const char *new_name,
		     struct strv *moved, struct strv *promoted)
{
	const char *now = new_name ? new_name : name;

	if (moved)
		strv_add(moved, now);
	if (strstr(deeds, "promoted"))
		strv_add(promoted, now);
}

static void collect(const struct review *review, struct strv *moved,
		    struct strv *promoted)
{
	for (size_t i = 0; i < review->nr; i++) {
		const struct review_commit *c = &review->commits[i];

		for (size_t n = 0; n < c->nr_items; n++)
			add_name(c->items[n].deeds, c->items[n].name,
				 c->items[n].new_name, moved, promoted);
		for (size_t n = 0; n < c->nr_deeds; n++)
			add_name(c->deeds[n].deeds, c->deeds[n].name,
				 c->deeds[n].new_name, NULL, promoted);
	}
}

static bool is_known(const struct review_cut *cuts, size_t nr, const char *from,
		     const char *to)
{
	for (size_t i = 0; i < nr; i++)
		if ((streq(cuts[i].from, from) && streq(cuts[i].to, to)) ||
		    (streq(cuts[i].from, to) && streq(cuts[i].to, from)))
			return true;
	return false;
}

static size_t find_cuts(const struct review *review,
			const struct review_end *ends, size_t nr_ends,
			struct review_cut **ret)
{
	size_t nr = 0, alloc = 0;

	*ret = NULL;
	for (size_t i = 0; i < review->nr; i++) {
		const struct review_commit *c = &review->commits[i];

		for (size_t n = 0; n < c->nr_items; n++) {
			const struct review_item *item = &c->items[n];
			const char *from = c->files[item->file[0]].sides[0].path;
			const char *to = c->files[item->file[1]].sides[1].path;

			if (streq(from, to) || !side_of(ends, nr_ends, from) ||
			    !side_of(ends, nr_ends, to) ||
			    is_known(*ret, nr, from, to))
				continue;
			ARRAY_GROW(*ret, nr, alloc);
			(*ret)[nr++] =
				(struct review_cut){ .from = from, .to = to };
		}
	}
	return nr;
}

/* The largest first. */
static int compare(const void *a, const void *b)
{
	const struct review_cut *x = a, *y = b;

	if (x->calls.nr_edges != y->calls.nr_edges)
		return x->calls.nr_edges > y->calls.nr_edges ? -1 : 1;
	return streq(x->from, y->from) ? strcmp(x->to, y->to) :
					 strcmp(x->from, y->from);
}

size_t review_graph_cuts(const struct review *review,
			 const struct review_end *ends, size_t nr,
			 struct review_cut **ret)
{
	_cleanup_(strv_release) struct strv moved = STRV_INIT;
	_cleanup_(strv_release) struct strv promoted = STRV_INIT;
	size_t cuts = find_cuts(review, ends, nr, ret);

	collect(review, &moved, &promoted);
	for (size_t i = 0; i < cuts; i++) {
		const struct review_side *const sides[2] = {
			side_of(ends, nr, (*ret)[i].from),
			side_of(ends, nr, (*ret)[i].to),
		};

		add_calls(sides, &moved, &promoted, &(*ret)[i].calls);
	}
	if (cuts)
		qsort(*ret, cuts, sizeof(**ret), compare);
	return cuts;
}

void review_graph_cuts_free(struct review_cut *cuts, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		graph_release(&cuts[i].calls);
	free(cuts);
}
