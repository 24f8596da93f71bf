// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a move leaves behind in its file alone: macros, types and statics. What a
 * moved item means by such a name in the configurations that are built the tokens
 * rung proves; in the others nobody does. So where a configuration decides whether
 * it is there, or whether the item uses it, the destination must have the same
 * lines.
 */
#include "text.h"

static bool is_private(const struct text_side *side, const struct piece *p)
{
	const struct item *item = piece_item(side, p);

	switch (item->kind) {
	case ITEM_MACRO:
	case ITEM_UNDEF:
		return true;
	case ITEM_FUNCTION:
	case ITEM_VARIABLE:
		return item->is_static && *item->name;
	case ITEM_TYPE:
	case ITEM_TYPEDEF:
		return *item->name;
	default:
		return false;
	}
}

static bool has_class(const struct text_side *side, size_t file, size_t class)
{
	for (size_t i = side->files[file].first; i < side->files[file].end; i++)
		if (side->pieces[i].class == class)
			return true;
	return false;
}

static int step_of(const struct tokens *t, size_t i)
{
	size_t len;
	const char *word = token_directive(t, i, &len);

	if (len >= 2 && !strncmp(word, "if", 2))
		return 1;
	return len == 5 && !strncmp(word, "endif", len) ? -1 : 0;
}

/* 0: not used; 1: in every configuration; 2: under a conditional. */
static int use_of(const struct text_side *side, const struct piece *p,
		  const char *name)
{
	const struct item *item = piece_item(side, p);
	const struct tokens *t = &side->files[p->file].items.tokens;
	int depth = *p->context ? 1 : 0, use = 0;

	for (size_t i = item->token_begin; i < item->token_end; i++) {
		if (t->v[i].kind == TOKEN_DIRECTIVE)
			depth += step_of(t, i);
		else if (t->v[i].kind == TOKEN_IDENT && token_is(t, i, name) &&
			 use < 2)
			use = depth > 0 ? 2 : 1;
	}
	return use;
}

static bool has_conditional(const struct text_side *side,
			    const struct piece *p)
{
	const struct item *item = piece_item(side, p);
	const struct tokens *t = &side->files[p->file].items.tokens;

	for (size_t i = item->token_begin; i < item->token_end; i++)
		if (t->v[i].kind == TOKEN_DIRECTIVE)
			return true;
	return *p->context;
}

static void check_use(struct text_check *check, const struct piece *left,
		      const struct piece *moved)
{
	const struct text_side *after = &check->after;
	const char *name = piece_item(after, left)->name;
	int use;

	if (!*left->context && !has_conditional(after, moved))
		return;
	use = use_of(after, moved, name);
	if (!use || (use == 1 && !*left->context))
		return;
	text_report(check, RESULT_UNDECIDED, after, moved,
		    "it uses %s, which %s:%u defines for itself: in configurations that are not built it may mean something else, or nothing",
		    name, piece_path(after, left),
		    piece_item(after, left)->line_begin);
}

/* The file that the piece stood in before; TEXT_NONE if it stayed, or is new. */
static size_t came_from(const struct text_check *check, const struct piece *p)
{
	if (p->partner == TEXT_NONE || p->stays)
		return TEXT_NONE;
	return check->before.pieces[p->partner].file;
}

void text_check_private(struct text_check *check, size_t from, size_t to)
{
	const struct text_side *after = &check->after;

	if (from == TEXT_NONE || to == TEXT_NONE || from == to ||
	    !ends_with(after->files[from].text->path, ".c"))
		return;
	for (size_t i = after->files[from].first; i < after->files[from].end;
	     i++) {
		const struct piece *left = &after->pieces[i];

		if (!is_private(after, left) || has_class(after, to, left->class))
			continue;
		for (size_t k = after->files[to].first;
		     k < after->files[to].end; k++) {
			const struct piece *moved = &after->pieces[k];

			if (came_from(check, moved) == from)
				check_use(check, left, moved);
		}
	}
}
