// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a new #include line goes. One line is added at a time and the file is
 * read again: a handful of includes, and each may open the block that the next one
 * goes into.
 */
#include "includes.h"

#include "conds.h"
#include "cut.h"

struct block {
	size_t first, last; /* items; first is ITEMS_NONE when there is no block */
};

/* In the order in which blocks stand. */
enum form { FORM_SYSTEM, FORM_ASM, FORM_QUOTED };

static enum form form_of(const char *include)
{
	if (include[0] == '"')
		return FORM_QUOTED;
	return starts_with(include, "<asm/") ? FORM_ASM : FORM_SYSTEM;
}

static bool is_include(const struct items *items, const struct conds *conds,
		       size_t i, enum form form)
{
	const struct item *it = &items->v[i];

	return it->kind == ITEM_INCLUDE && form_of(it->name) == form &&
	       conds_around(conds, i) == CONDS_NONE;
}

/* A comment above a line, or a blank line behind it, ends the run before it. */
static bool goes_on(const struct items *items, size_t i)
{
	return items->v[i].end == items->v[i].code_end &&
	       items->v[i + 1].code_begin == items->v[i + 1].begin;
}

static struct block find_block(const struct items *items,
			       const struct conds *conds, enum form form)
{
	struct block b = { ITEMS_NONE, ITEMS_NONE };
	size_t i = 0;

	while (i < items->nr && !is_include(items, conds, i, form))
		i++;
	if (i == items->nr)
		return b;
	b.first = i;
	while (i + 1 < items->nr && goes_on(items, i) &&
	       is_include(items, conds, i + 1, form))
		i++;
	b.last = i;
	return b;
}

static bool is_sorted(const struct items *items, struct block b)
{
	for (size_t i = b.first; i < b.last; i++)
		if (strcmp(items->v[i].name, items->v[i + 1].name) > 0)
			return false;
	return true;
}

/* Offset in the block where the line goes: behind the last smaller one. */
static size_t place_in_block(const struct items *items, struct block b,
			     const char *include)
{
	size_t i = b.first;

	if (!is_sorted(items, b))
		return items->v[b.last].code_end;
	while (i <= b.last && strcmp(items->v[i].name, include) < 0)
		i++;
	return i == b.first ? items->v[i].code_begin : items->v[i - 1].code_end;
}

/* Macros like pr_fmt, and #pragma once, must stand before any include. */
static bool is_early(const struct item *it)
{
	return it->kind == ITEM_COMMENT || it->kind == ITEM_DIRECTIVE ||
	       (it->kind == ITEM_MACRO && ends_with(it->name, "_fmt"));
}

/*
 * The item behind which a first include goes: the licence comment, the guard's
 * two lines and what else comes early.
 */
static size_t preamble_end(const struct items *items, const struct conds *conds)
{
	size_t guard = conds_guard(conds), end = ITEMS_NONE;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *it = &items->v[i];
		bool of_guard = guard != CONDS_NONE &&
				(i == conds->v[guard].open ||
				 i == conds->v[guard].open + 1);

		if (!is_early(it) && !of_guard)
			break;
		end = i;
	}
	return end;
}

static void add_line(struct buf *ret, const char *include, const char *nl)
{
	buf_addf(ret, "#include %s%s", include, nl);
}

/* A new block above (before) or below the item, a blank line between. */
static void put_block(struct buf *file, const struct items *items, size_t item,
		      bool before, const char *line)
{
	const struct item *it = item == ITEMS_NONE ? NULL : &items->v[item];
	const char *nl = line_end_of(file->data, file->len);
	struct buf text = BUF_INIT;
	size_t at = 0;

	if (it)
		at = before ? it->begin : it->code_end;
	if (it && !before) {
		if (at && file->data[at - 1] != '\n')
			buf_addstr(&text, nl);
		buf_addstr(&text, nl);
	}
	buf_addstr(&text, line);
	if (before || !it || (it->end == it->code_end && it->end < file->len))
		buf_addstr(&text, nl);
	buf_splice(file, at, 0, text.data, text.len);
	buf_release(&text);
}

/* Behind the nearest block that stands above it, else above the next one. */
static void add_block(struct buf *file, const struct items *items,
		      const struct conds *conds, enum form form,
		      const char *line)
{
	struct block other = { ITEMS_NONE, ITEMS_NONE };
	enum form f = form;

	while (other.first == ITEMS_NONE && f > FORM_SYSTEM)
		other = find_block(items, conds, --f);
	if (other.first != ITEMS_NONE) {
		put_block(file, items, other.last, false, line);
		return;
	}
	for (f = form; other.first == ITEMS_NONE && f < FORM_QUOTED;)
		other = find_block(items, conds, ++f);
	if (other.first != ITEMS_NONE)
		put_block(file, items, other.first, true, line);
	else
		put_block(file, items, preamble_end(items, conds), false, line);
}

static void add_one(struct buf *file, const struct items *items,
		    const struct conds *conds, const char *include)
{
	struct block b = find_block(items, conds, form_of(include));
	struct buf line = BUF_INIT;

	add_line(&line, include, line_end_of(file->data, file->len));
	if (b.first == ITEMS_NONE)
		add_block(file, items, conds, form_of(include), line.data);
	else
		buf_splice(file, place_in_block(items, b, include), 0,
			   line.data, line.len);
	buf_release(&line);
}

static bool is_needless(const struct items *items, const struct conds *conds,
			const char *path, const char *include,
			struct drifts *drifts)
{
	for (size_t i = 0; i < items->nr; i++) {
		if (items->v[i].kind != ITEM_INCLUDE ||
		    !streq(items->v[i].name, include) ||
		    conds_around(conds, i) != CONDS_NONE)
			continue;
		drifts_add(drifts, DRIFT_NEEDLESS, include, path,
			   items->v[i].line_begin,
			   "take it out of the step",
			   "%s is included already", include);
		drifts_remedy(drifts, REMEDY_NO_INCLUDE, NULL);
		return true;
	}
	return false;
}

/* Adds one include to text; false when it is there already. */
static bool add_to(struct buf *text, const char *path, const char *include,
		   bool only_check, struct drifts *drifts)
{
	_cleanup_(buf_release) struct buf old = BUF_INIT;
	struct items items;
	struct conds conds;
	bool needless;

	buf_add(&old, text->data, text->len);
	items_parse(old.data, old.len, &items);
	conds_build(&items, &conds);
	needless = is_needless(&items, &conds, path, include, drifts);
	if (!needless && !only_check)
		add_one(text, &items, &conds, include);
	conds_release(&conds);
	items_release(&items);
	return !needless;
}

/* All are looked for first, so that drift has the lines of the user's file. */
bool includes_add(struct buf *file, const char *path,
		  const struct strv *includes, struct drifts *drifts)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	bool ok = true;

	for (size_t i = 0; i < includes->nr; i++)
		ok &= add_to(file, path, includes->v[i], true, drifts);
	if (!ok)
		return false;
	buf_add(&text, file->data, file->len);
	for (size_t i = 0; i < includes->nr; i++)
		ok &= add_to(&text, path, includes->v[i], false, drifts);
	if (!ok)
		return false;
	buf_reset(file);
	buf_add(file, text.data, text.len);
	return true;
}
