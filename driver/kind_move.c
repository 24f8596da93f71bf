// SPDX-License-Identifier: GPL-2.0-only
/*
 * move: the items that the rules star go to another file, byte for byte. What
 * else the commit may hold is what the destination needs to exist and to
 * compile: the preamble, its object's word, includes, and forward declarations
 * that lost their sense.
 */
#include "along.h"
#include "cut.h"
#include "header_move.h"
#include "includes.h"
#include "kind.h"
#include "needs.h"
#include "objword.h"
#include "pr_fmt.h"
#include "splice.h"
#include "uses.h"
#include "xmacro.h"

struct move {
	const struct job *job;
	const struct step *step;
	struct source from;
	size_t *found; /* owned: the items that move, in order of the file */
	size_t nr;
	struct edit *to;
};

static bool is_header(const char *path)
{
	return ends_with(path, ".h");
}

/* Creating and finding the destination are two steps' different wishes. */
static int open_destination(struct move *m, struct error *err)
{
	struct drifts *drifts = m->job->drifts;
	const char *path = m->step->to;
	int found = edits_open(m->job->edits, path, &m->to, err);

	if (found < 0)
		return -1;
	if (found && m->step->preamble) {
		drifts_add(drifts, DRIFT_DESTINATION, NULL, path, 0,
			   "take 'Preamble:' out of the step",
			   "the step creates the file, but it is there");
		drifts_remedy(drifts, REMEDY_APPEND, NULL);
	}
	if (!found && !m->step->preamble)
		drifts_add(drifts, DRIFT_DESTINATION, NULL, path, 0,
			   "give its first lines in 'Preamble:'",
			   "the file is absent");
	if (found || !m->step->preamble)
		return 0;
	if (edits_create(m->job->edits, path, &m->to, err))
		return -1;
	buf_addstr(&m->to->data, m->step->preamble);
	return 0;
}

static void check_item(const struct move *m, const struct items *to, size_t i)
{
	const struct item *it = &m->from.items.v[i];
	size_t there = items_find(to, it->kind, it->name, 0);

	if (there != ITEMS_NONE)
		drifts_add(m->job->drifts, DRIFT_TWICE, it->name, m->step->to,
			   to->v[there].line_begin,
			   "is the step applied already?",
			   "'%s' is in the destination already", it->name);
	if (is_header(m->step->to) && it->kind == ITEM_FUNCTION &&
	    !it->is_inline)
		drifts_add(m->job->drifts, DRIFT_DESTINATION, it->name,
			   m->step->from, it->line_begin,
			   "make it inline first (promote with 'As: inline')",
			   "'%s' is not inline and goes to a header", it->name);
}

/* The files as they are: the first is in the tree, the second may be new. */
static int check_headers(const struct move *m, struct error *err)
{
	const struct job *job = m->job;
	struct headers headers;
	const struct header_move move = {
		.edits = job->edits, .headers = &headers,
		.from = m->step->from, .to = m->step->to,
		.moved = m->found, .nr = m->nr,
		.after = step_after(m->step, 0),
		.includes = &m->step->includes, .drifts = job->drifts,
	};
	int result;

	if (!is_header(move.to)) {
		if (is_header(move.from))
			header_move_refuse(&move, &m->from.items);
		return 0;
	}
	headers_init(&headers, job->edits->read, job->edits->read_data);
	headers_put(&headers, m->step->to, m->to->data.data, m->to->data.len);
	result = header_move_sees(&move, err) || header_move_shows(&move, err) ?
			 -1 : 0;
	headers_release(&headers);
	return result;
}

/* What the step would make for a second time. */
static int check_lists(const struct move *m, struct error *err)
{
	const struct xmacro_move move = {
		.edits = m->job->edits, .from = &m->from.items,
		.from_path = m->step->from, .to_path = m->step->to,
		.preamble = m->step->preamble, .includes = &m->step->includes,
		.names = &m->step->names,
	};

	return xmacro_check(&move, m->job->drifts, err);
}

/* Needs are about .c files: what a header has, its includers see either way. */
static void check(const struct move *m)
{
	const char *path = m->step->from;
	struct items to;
	const struct pr_fmt_cut cut = {
		.from = &m->from.items, .to = &to, .from_path = path,
		.to_path = m->step->to, .moved = m->found, .nr = m->nr,
		.to_is_new = m->to->is_new,
	};

	const struct along_cut lines = {
		.items = &m->from.items, .path = path, .moved = m->found,
		.nr = m->nr, .known = &m->step->along,
	};

	items_parse(m->to->data.data, m->to->data.len, &to);
	for (size_t i = 0; i < m->nr; i++)
		check_item(m, &to, m->found[i]);
	along_check(&lines, m->job->drifts);
	if (!is_header(path)) {
		needs_as_drift(&m->from.items, path, m->found, m->nr, &to,
			       is_header(m->step->to), m->job->drifts);
		pr_fmt_check(&cut, m->job->drifts);
	}
	items_release(&to);
}

/*
 * Private forward declarations of a moved function are stale where they stand.
 * One goes along when moved code needs it, or when it is all that makes the
 * function static; the others go for good.
 */
static void cut_prototypes(const struct move *m, struct cut *cut, size_t moved)
{
	const struct items *items = &m->from.items;
	const struct item *it = &items->v[moved];
	bool along = needs_prototype(items, m->found, m->nr, moved) ||
		     !it->is_static;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *p = &items->v[i];

		if (p->kind != ITEM_PROTOTYPE || !p->is_static ||
		    !streq(p->name, it->name))
			continue;
		if (along)
			cut_move(cut, i, NULL);
		else
			cut_drop(cut, i);
		along = false;
	}
}

static void carry_out(const struct move *m, const struct cut *cut)
{
	_cleanup_(pieces_release) struct pieces pieces = { 0 };
	struct buf rest = BUF_INIT;
	const struct step *step = m->step;

	cut_pieces(cut, &pieces);
	cut_rest(cut, &rest);
	if (!splice(&m->to->data, step->to, step_after(step, 0), &pieces,
		    m->job->drifts) ||
	    !includes_add(&m->to->data, step->to, &step->includes,
			  m->job->drifts)) {
		buf_release(&rest);
		return;
	}
	for (size_t i = 0; i < m->nr; i++) {
		const struct item *it = &m->from.items.v[m->found[i]];

		applied_add(m->job->applied, it->name,
			    item_kind_name(it->kind), step->from, step->to);
	}
	buf_release(&m->from.edit->data);
	m->from.edit->data = rest;
}

static void cut_and_splice(const struct move *m)
{
	struct cut cut;

	cut_init(&cut, &m->from.items, m->step->from);
	for (size_t i = 0; i < m->nr; i++) {
		cut_move(&cut, m->found[i], NULL);
		if (m->from.items.v[m->found[i]].kind == ITEM_FUNCTION)
			cut_prototypes(m, &cut, m->found[i]);
	}
	if (cut_settle(&cut, m->job->drifts))
		carry_out(m, &cut);
	cut_release(&cut);
}

/* The source's own object is built by a file that the step does not name. */
static int find_build_file(const struct move *m, const struct edit *kbuild,
			   struct error *err)
{
	_cleanup_free_ char *path = NULL, *suggestion = NULL;
	int found = objword_find(m->job->edits, m->step->from, &path, err);

	if (found <= 0)
		return found;
	suggestion = xasprintf("say 'Kbuild: %s'", path);
	drifts_add(m->job->drifts, DRIFT_KBUILD, m->step->from,
		   kbuild ? kbuild->path : path, 0, suggestion,
		   "%s is built by %s in this base", m->step->from, path);
	drifts_remedy(m->job->drifts, REMEDY_KBUILD, path);
	return 1;
}

static int add_object(const struct move *m, struct error *err)
{
	struct edit *kbuild = NULL;
	int found = objword_open(m->job->edits, m->step->kbuild, m->step->to,
				 &kbuild, err);
	int elsewhere = 0;

	if (found < 0)
		return -1;
	if (!found || !objword_lists(&kbuild->data, kbuild->path, m->step->from))
		elsewhere = find_build_file(m, kbuild, err);
	if (elsewhere)
		return elsewhere < 0 ? -1 : 0;
	if (found)
		objword_add(&kbuild->data, kbuild->path, m->step->from,
			    m->step->to, m->job->drifts);
	else
		drifts_add(m->job->drifts, DRIFT_KBUILD, m->step->to,
			   m->step->kbuild ? m->step->kbuild : m->step->to, 0,
			   "name the build file with 'Kbuild:'",
			   "no build file to put the new object into");
	return 0;
}

static int apply_move(struct move *m, struct error *err)
{
	const struct job *job = m->job;
	const struct edit *edit = m->from.edit;

	if (locate(job->spatch, job->series, m->step, m->step->from,
		   &edit->data, &m->from.items, &m->found, &m->nr,
		   job->drifts, err) ||
	    open_destination(m, err))
		return -1;
	if (!m->to || job->drifts->nr)
		return 0;
	check(m);
	if (check_lists(m, err) ||
	    (!job->drifts->nr && check_headers(m, err)))
		return -1;
	if (job->drifts->nr)
		return 0;
	cut_and_splice(m);
	if (m->to->is_new && ends_with(m->step->to, ".c"))
		return add_object(m, err);
	return 0;
}

int kind_move(const struct job *job, struct error *err)
{
	struct move m = { .job = job, .step = job->step };
	int found, result;

	if (streq(job->step->from, job->step->to)) {
		drifts_add(job->drifts, DRIFT_DESTINATION, NULL, job->step->to,
			   0, "name another file in 'To:'",
			   "the code stands in this file already");
		return 0;
	}
	found = source_open(job, job->step->from, &m.from, err);
	if (found <= 0)
		return found;
	result = apply_move(&m, err);
	free(m.found);
	source_release(&m.from);
	return result;
}
