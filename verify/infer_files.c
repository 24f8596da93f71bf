// SPDX-License-Identifier: GPL-2.0-only
/*
 * C files that got another path, and the build file's word for one that was
 * created. A file that is gone became the new one that has most of its items,
 * if that is the greater part of them.
 */
#define _GNU_SOURCE
#include "infer_internal.h"

static bool is_gone(const struct guess *g, size_t file)
{
	return g->check.before.files[file].is_c &&
	       g->check.before.files[file].text->data &&
	       !g->check.after.files[file].text->data;
}

static bool is_new(const struct guess *g, size_t file)
{
	return g->check.after.files[file].is_c &&
	       !g->check.before.files[file].text->data &&
	       g->check.after.files[file].text->data;
}

static bool is_counted(const struct text_side *side, const struct piece *p)
{
	enum item_kind kind = piece_item(side, p)->kind;

	return kind != ITEM_CONDITIONAL && kind != ITEM_INCLUDE;
}

/* Bytes of items of the one file that are in the other; of all, in ret_all. */
static size_t bytes_in_common(const struct guess *g, size_t from, size_t to,
			      size_t *ret_all)
{
	const struct text_side *before = &g->check.before;
	const struct text_side *after = &g->check.after;
	size_t common = 0;

	*ret_all = 0;
	for (size_t i = before->files[from].first; i < before->files[from].end;
	     i++) {
		const struct piece *p = &before->pieces[i];
		bool found = false;

		if (!is_counted(before, p))
			continue;
		for (size_t k = after->files[to].first;
		     k < after->files[to].end && !found; k++)
			found = after->pieces[k].class == p->class;
		*ret_all += p->len;
		common += found ? p->len : 0;
	}
	return common;
}

static void add_path(struct guess *g, size_t from, size_t to)
{
	struct contract *c = &g->ret->contract;
	struct text_side *before = &g->check.before;
	struct text_side *after = &g->check.after;

	ARRAY_GROW(g->ret->paths, c->nr_paths, g->alloc_paths);
	g->ret->paths[c->nr_paths++] =
		(struct renamed){ before->files[from].text->path,
				  after->files[to].text->path };
	c->paths = g->ret->paths;
	before->files[from].counterpart = to;
	after->files[to].counterpart = from;
	before->files[to].counterpart = from;
	after->files[from].counterpart = to;
}

void infer_files(struct guess *g)
{
	size_t nr = g->check.before.nr_files;
	_cleanup_free_ bool *taken = xcalloc(nr, sizeof(*taken));

	for (size_t from = 0; from < nr; from++) {
		size_t best = TEXT_NONE, most = 0;

		for (size_t to = 0; is_gone(g, from) && to < nr; to++) {
			size_t all, common;

			if (!is_new(g, to) || taken[to])
				continue;
			common = bytes_in_common(g, from, to, &all);
			if (common <= most || 2 * common <= all)
				continue;
			best = to;
			most = common;
		}
		if (best == TEXT_NONE)
			continue;
		taken[best] = true;
		add_path(g, from, best);
	}
}
