// SPDX-License-Identifier: GPL-2.0-only
/*
 * One question after the other about the same cut. Users are listed on both
 * sides of it, which needs_of_cut() does not do: it stops at the first, and a
 * person who has to choose wants to see whether there are two or twenty.
 */
#include "cut_needs.h"

#include "header_move.h"
#include "lib/fs.h"
#include "locate.h"
#include "objword.h"
#include "pr_fmt.h"
#include "uses.h"

#define INLINE_LINES 10 /* with braces; longer ones are better left in a .c file */

struct asking {
	const struct cut_question *q;
	struct cut_needs *needs;
	struct headers headers;
	const struct header *from;
	const struct header *to; /* empty when absent */
	size_t *moved;		 /* owned: items of from, in order */
	size_t nr;
};

static void add_line(struct cut_lines *list, const char *name,
		     enum item_kind kind, unsigned int line)
{
	ARRAY_GROW(list->v, list->nr, list->alloc);
	list->v[list->nr++] = (struct cut_line){ xstrdup(name), kind, line };
}

static bool is_moved(const struct asking *a, size_t item)
{
	return needs_moves(a->moved, a->nr, item);
}

static bool is_header(const char *path)
{
	return ends_with(path, ".h");
}

static void check_item(const struct asking *a, size_t i)
{
	const struct item *it = &a->from->items.v[i];
	size_t there = items_find(&a->to->items, it->kind, it->name, 0);

	if (there != ITEMS_NONE)
		drifts_add(&a->needs->problems, DRIFT_TWICE, it->name,
			   a->q->to, a->to->items.v[there].line_begin,
			   "is it moved already?",
			   "'%s' is in the destination already", it->name);
	if (it->split)
		drifts_add(&a->needs->problems, DRIFT_TWICE, it->name,
			   a->q->from, it->line_begin,
			   "give each branch a whole definition first",
			   "'%s' is split over the branches of an #if",
			   it->name);
	if (is_header(a->q->to) && it->kind == ITEM_FUNCTION && !it->is_inline)
		drifts_add(&a->needs->problems, DRIFT_DESTINATION, it->name,
			   a->q->from, it->line_begin,
			   "make it inline first (promote with 'As: inline')",
			   "'%s' is not inline and goes to a header", it->name);
}

static void find_items(struct asking *a)
{
	const struct items *items = &a->from->items;

	locate_listed(a->q->names, a->q->from, items, &a->moved, &a->nr,
		      &a->needs->problems);
	for (size_t i = 0; i < a->nr; i++) {
		const struct item *it = &items->v[a->moved[i]];

		check_item(a, a->moved[i]);
		add_line(&a->needs->items, it->name, it->kind, it->line_begin);
	}
	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];

		if (it->kind == ITEM_EXPORT && it->owner != ITEMS_NONE &&
		    is_moved(a, it->owner))
			add_line(&a->needs->exports, it->argument, it->kind,
				 it->line_begin);
	}
}

struct user_search {
	const char *name;
	enum use_form form; /* not looked for: a function that is pasted */
	bool is_type;
	unsigned int line; /* of the first use; 0: none */
};

static void match(void *data, const char *name, size_t len,
		  enum use_form form, unsigned int line)
{
	struct user_search *s = data;

	if (!s->line && (form == USE_TAG ? s->is_type : form != s->form) &&
	    len == strlen(s->name) && !memcmp(name, s->name, len))
		s->line = line;
}

/* Declarations of the name itself, and its exports, use nothing. */
static bool can_use(const struct item *it, const char *name)
{
	bool declares = item_is_definition(it) || it->kind == ITEM_PROTOTYPE ||
			it->kind == ITEM_EXTERN;

	if (declares && streq(it->name, name))
		return false;
	return it->kind != ITEM_EXPORT && it->kind != ITEM_CONDITIONAL &&
	       it->kind != ITEM_UNDEF;
}

static void add_users(const struct asking *a, struct cut_crossing *c)
{
	const struct items *items = &a->from->items;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];
		struct user_search s = {
			.name = c->item.name,
			.form = c->item.kind == ITEM_FUNCTION ? USE_PASTED :
								USE_TAG,
			.is_type = c->kind == NEED_TYPE,
		};

		if (!can_use(it, c->item.name))
			continue;
		uses_of_item(items, i, match, &s);
		if (s.line)
			add_line(is_moved(a, i) ? &c->moved_users :
						  &c->left_users,
				 it->name, it->kind, s.line);
	}
}

/* A short function that uses nothing private of its file. */
static bool fits_inline(const struct asking *a, size_t item)
{
	const struct items *items = &a->from->items;
	const struct item *it = &items->v[item];
	_cleanup_(needs_release) struct needs own = { 0 };

	if (it->kind != ITEM_FUNCTION || it->split ||
	    it->line_end - it->line_begin >= INLINE_LINES)
		return false;
	needs_of_cut(items, &item, 1, &own);
	for (size_t i = 0; i < own.nr; i++)
		if (!own.v[i].moved)
			return false;
	return true;
}

static void add_crossing(struct asking *a, const struct need *need)
{
	const struct items *items = &a->from->items;
	size_t i = items_at_line(items, need->definition_line);
	const struct item *it = &items->v[i];
	struct cut_crossing *c = &a->needs->crossings[a->needs->nr_crossings++];

	*c = (struct cut_crossing){
		.kind = need->kind,
		.item = { xstrdup(need->name), it->kind, it->line_begin },
		.lines = it->line_end - it->line_begin + 1,
		.moves = need->moved,
		.fits_inline = !need->moved && fits_inline(a, i),
	};
	add_users(a, c);
}

/* What a header has is private to nobody: see check_headers(). */
static void find_crossings(struct asking *a)
{
	const struct items *items = &a->from->items;
	_cleanup_(needs_release) struct needs needs = { 0 };

	if (is_header(a->q->from))
		return;
	needs_of_cut(items, a->moved, a->nr, &needs);
	a->needs->crossings = xcalloc(needs.nr + 1,
				      sizeof(*a->needs->crossings));
	for (size_t i = 0; i < needs.nr; i++)
		if (!need_is_satisfied(items, &needs.v[i], &a->to->items,
				       is_header(a->q->to)))
			add_crossing(a, &needs.v[i]);
}

static bool is_promoted(const struct cut_needs *needs, const char *name)
{
	for (size_t i = 0; i < needs->nr_crossings; i++)
		if (needs->crossings[i].item.kind == ITEM_FUNCTION &&
		    streq(needs->crossings[i].item.name, name))
			return true;
	return false;
}

static void find_stale(struct asking *a)
{
	const struct items *items = &a->from->items;
	struct cut_needs *n = a->needs;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];
		size_t definition;
		bool moves, promoted;

		if (it->kind != ITEM_PROTOTYPE || !it->is_static)
			continue;
		definition = items_find(items, ITEM_FUNCTION, it->name, 0);
		moves = definition != ITEMS_NONE && is_moved(a, definition);
		promoted = is_promoted(n, it->name);
		if (!moves && !promoted)
			continue;
		ARRAY_GROW(n->stale, n->nr_stale, n->alloc_stale);
		n->stale[n->nr_stale++] = (struct cut_stale){
			.prototype = { xstrdup(it->name), it->kind,
				       it->line_begin },
			.promoted = promoted,
			.goes_along = !promoted &&
				      needs_prototype(items, a->moved, a->nr,
						      definition),
		};
	}
}

static char *line_of_item(const struct items *items, size_t i)
{
	const struct item *it = &items->v[i];
	size_t len = it->code_end - it->code_begin;
	const char *text = items->tokens.text + it->code_begin;

	while (len && strchr("\r\n", text[len - 1]))
		len--;
	return xstrndup(text, len);
}

/* The preamble of a new file is to come, so its pr_fmt is asked for, not held. */
static void find_pr_fmt(struct asking *a)
{
	const struct items *from = &a->from->items;
	size_t here = items_find(from, ITEM_MACRO, "pr_fmt", 0);
	const struct pr_fmt_cut cut = {
		.from = from, .to = &a->to->items, .from_path = a->q->from,
		.to_path = a->q->to, .moved = a->moved, .nr = a->nr,
		.to_is_new = a->needs->to_is_new,
	};

	if (is_header(a->q->from))
		return;
	if (!a->needs->to_is_new)
		pr_fmt_check(&cut, &a->needs->problems);
	else if (here != ITEMS_NONE && pr_fmt_matters(&cut))
		a->needs->pr_fmt = line_of_item(from, here);
}

static void find_spdx(struct asking *a)
{
	const char *text = a->from->text.data;

	if (a->needs->to_is_new)
		a->needs->spdx = xstrndup(text, strcspn(text, "\r\n"));
}

static int find_kbuild(struct asking *a, struct error *err)
{
	struct cut_needs *n = a->needs;
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct edit *kbuild;
	int found;

	if (!n->to_is_new || !ends_with(a->q->to, ".c"))
		return 0;
	found = objword_open(a->q->edits, NULL, a->q->to, &kbuild, err);
	if (found < 0)
		return -1;
	if (!found) {
		drifts_add(&n->problems, DRIFT_KBUILD, NULL, a->q->to, 0,
			   "name the build file with 'Kbuild:'",
			   "no build file to put the new object into");
		return 0;
	}
	buf_add(&text, kbuild->data.data, kbuild->data.len);
	if (!objword_add(&text, kbuild->path, a->q->from, a->q->to,
			 &n->problems))
		return 0;
	n->kbuild = xstrdup(kbuild->path);
	n->object = objword_of(kbuild->path, a->q->to);
	n->beside = objword_of(kbuild->path, a->q->from);
	return 0;
}

/* "x86.h" of "x86.c"; the path itself when it is a header. */
static char *header_of(const char *path)
{
	char *header = xstrdup(path);

	header[strlen(header) - 1] = 'h';
	return header;
}

/* What stays is declared beside the source, what moves beside the destination. */
static int find_header(struct asking *a, bool moves, struct error *err)
{
	struct cut_header *ret = &a->needs->header[moves];
	const char *paths[] = { a->q->header, moves ? a->q->to : a->q->from,
				a->q->from };
	int found = 0;

	for (size_t i = 0; i < ARRAY_SIZE(paths) && !found && !ret->path; i++) {
		_cleanup_free_ char *path = NULL;
		struct header *header;

		if (!paths[i])
			continue;
		path = i ? header_of(paths[i]) : xstrdup(paths[i]);
		found = headers_get(&a->headers, path, &header, err);
		if (found > 0 || !i)
			ret->path = xstrdup(path);
	}
	if (found > 0)
		found = headers_path(&a->headers, a->q->from, ret->path, NULL,
				     err);
	ret->seen_by_from = found > 0;
	return found < 0 ? -1 : 0;
}

/* The includes that it needs are told, not missed: the step gains them. */
static int check_headers(struct asking *a, struct error *err)
{
	_cleanup_(strv_release) struct strv includes = STRV_INIT;
	const struct header_move move = {
		.edits = a->q->edits, .headers = &a->headers,
		.from = a->q->from, .to = a->q->to,
		.moved = a->moved, .nr = a->nr, .includes = &includes,
		.drifts = &a->needs->problems,
	};

	if (!is_header(a->q->to)) {
		if (is_header(a->q->from))
			header_move_refuse(&move, &a->from->items);
		return 0;
	}
	for (size_t i = 0; i < a->needs->includes.nr; i++)
		strv_add(&includes, a->needs->includes.v[i].include);
	return header_move_sees(&move, err) || header_move_shows(&move, err) ?
		       -1 : 0;
}

static int ask(struct asking *a, struct error *err)
{
	struct include_cut cut = { .headers = &a->headers, .from = a->q->from,
				   .to = a->q->to };

	find_items(a);
	find_crossings(a);
	find_stale(a);
	find_pr_fmt(a);
	find_spdx(a);
	cut.moved = a->moved;
	cut.nr = a->nr;
	if (find_kbuild(a, err) || find_header(a, false, err) ||
	    find_header(a, true, err))
		return -1;
	if (include_needs_of(&cut, &a->needs->includes, err))
		return -1;
	return check_headers(a, err);
}

static int open_files(struct asking *a, struct error *err)
{
	struct header *header;
	int found = headers_get(&a->headers, a->q->from, &header, err);

	if (found < 0)
		return -1;
	if (!found)
		return error_set(err, ERROR_INPUT, "the tree has no file %s",
				 a->q->from);
	a->from = header;
	found = headers_get(&a->headers, a->q->to, &header, err);
	a->to = header;
	a->needs->to_is_new = !found;
	return found < 0 ? -1 : 0;
}

int cut_needs_of(const struct cut_question *q, struct cut_needs *ret,
		 struct error *err)
{
	struct asking a = { .q = q, .needs = ret };
	int result;

	*ret = (struct cut_needs){ 0 };
	headers_init(&a.headers, q->edits->read, q->edits->read_data);
	result = open_files(&a, err) ? -1 : ask(&a, err);
	free(a.moved);
	headers_release(&a.headers);
	if (result)
		cut_needs_release(ret);
	return result;
}

bool cut_needs_nothing(const struct cut_needs *needs)
{
	return !needs->problems.nr && !needs->nr_crossings;
}

static void lines_release(struct cut_lines *lines)
{
	for (size_t i = 0; i < lines->nr; i++)
		free(lines->v[i].name);
	free(lines->v);
}

void cut_needs_release(struct cut_needs *needs)
{
	lines_release(&needs->items);
	lines_release(&needs->exports);
	drifts_release(&needs->problems);
	for (size_t i = 0; i < needs->nr_crossings; i++) {
		free(needs->crossings[i].item.name);
		lines_release(&needs->crossings[i].moved_users);
		lines_release(&needs->crossings[i].left_users);
	}
	free(needs->crossings);
	for (size_t i = 0; i < needs->nr_stale; i++)
		free(needs->stale[i].prototype.name);
	free(needs->stale);
	include_needs_release(&needs->includes);
	for (size_t i = 0; i < ARRAY_SIZE(needs->header); i++)
		free(needs->header[i].path);
	free(needs->spdx);
	free(needs->pr_fmt);
	free(needs->kbuild);
	free(needs->object);
	free(needs->beside);
	*needs = (struct cut_needs){ 0 };
}
