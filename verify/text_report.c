// SPDX-License-Identifier: GPL-2.0-only
/*
 * Findings of the text rung about pieces. A piece that has no partner is held
 * against what else has none, by kind and name, so that a reader learns what
 * changed and on which line instead of "one lost, one added". Details carry
 * names and numbers; source text goes to the excerpt only.
 */
#define _GNU_SOURCE
#include "text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

char *text_excerpt(const char *data, size_t len, size_t offset)
{
	size_t begin = offset, end = offset;

	while (begin > 0 && data[begin - 1] != '\n')
		begin--;
	while (end < len && data[end] != '\n')
		end++;
	return xstrndup(data + begin, end - begin);
}

static const char *shown_name(const struct item *item)
{
	return item->kind == ITEM_EXPORT && item->argument ? item->argument :
							     item->name;
}

unsigned int text_line_at(const struct text_side *side,
			  const struct piece *piece, size_t offset)
{
	const struct item *item = piece_item(side, piece);
	const char *data = side->files[piece->file].text->data;
	unsigned int line = item->line_begin;
	size_t at = item->begin + offset;

	for (size_t i = item->code_begin; i < at; i++)
		line += data[i] == '\n';
	for (size_t i = at; i < item->code_begin; i++)
		line -= data[i] == '\n';
	return line;
}

static struct finding *report_at(struct text_check *check, enum result weight,
				 const struct text_side *side,
				 const struct piece *piece, size_t offset,
				 const char *detail)
{
	const struct item *item = piece_item(side, piece);
	const struct text *text = side->files[piece->file].text;
	_cleanup_free_ char *where = NULL;
	struct finding *f;

	where = xasprintf("%s:%u", text->path, text_line_at(side, piece, offset));
	f = outcome_add(check->out, weight, item_kind_name(item->kind),
			shown_name(item), where, "%s", detail);
	f->excerpt = text_excerpt(text->data, text->len, item->begin + offset);
	return f;
}

struct finding *text_report(struct text_check *check, enum result weight,
			    const struct text_side *side,
			    const struct piece *piece, const char *detail, ...)
{
	const struct item *item = piece_item(side, piece);
	_cleanup_free_ char *text = NULL;
	va_list args;

	va_start(args, detail);
	if (vasprintf(&text, detail, args) < 0)
		abort(); /* a format string of ours is wrong */
	va_end(args);
	return report_at(check, weight, side, piece,
			 item->code_begin - item->begin, text);
}

enum result text_always_different(const struct text_check *check,
				  const struct text_side *side,
				  const struct piece *piece)
{
	(void)check;
	(void)side;
	(void)piece;
	return RESULT_DIFFERENT;
}

static bool same_subject(const struct text_check *check, const struct piece *a,
			 const struct piece *b)
{
	const struct item *x = piece_item(&check->before, a);
	const struct item *y = piece_item(&check->after, b);

	return x->kind == y->kind && streq(x->name, y->name) &&
	       streq(x->argument ? x->argument : "",
		     y->argument ? y->argument : "");
}

static bool is_open(const struct piece *piece)
{
	return piece->partner == TEXT_NONE && !piece->settled;
}

static bool same_bytes(const struct piece *a, const struct piece *b)
{
	return a->len == b->len && !memcmp(a->bytes, b->bytes, a->len);
}

/*
 * What a lost piece probably became: the same bytes elsewhere, else the same
 * kind and name in its own file, else in another one.
 */
static struct piece *find_successor(struct text_check *check,
				    const struct piece *lost)
{
	struct piece *best = NULL;

	for (size_t i = 0; i < check->after.nr; i++) {
		struct piece *p = &check->after.pieces[i];

		if (!is_open(p) || !same_subject(check, lost, p))
			continue;
		if (same_bytes(lost, p))
			return p;
		if (!best || (best->file != lost->file && p->file == lost->file))
			best = p;
	}
	return best;
}

static size_t first_difference(const struct piece *a, const struct piece *b)
{
	size_t i = 0;

	while (i < a->len && i < b->len && a->bytes[i] == b->bytes[i])
		i++;
	return i;
}

static bool same_but_space(const struct piece *a, const struct piece *b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a->len && isspace((unsigned char)a->bytes[i]))
			i++;
		while (k < b->len && isspace((unsigned char)b->bytes[k]))
			k++;
		if (i == a->len || k == b->len)
			return i == a->len && k == b->len;
		if (a->bytes[i++] != b->bytes[k++])
			return false;
	}
}

static const char *describe_change(const struct text_check *check,
				   const struct piece *a, const struct piece *b,
				   size_t at)
{
	const struct item *x = piece_item(&check->before, a);
	const struct item *y = piece_item(&check->after, b);

	if (same_but_space(a, b))
		return "white space changed";
	if (at < x->code_begin - x->begin || at < y->code_begin - y->begin)
		return "its leading comment changed";
	if (at >= b->len || at >= a->len)
		return "its end changed";
	return "its text changed";
}

struct finding *text_report_change(struct text_check *check, enum result weight,
				   struct piece *a, struct piece *b)
{
	size_t at = first_difference(a, b);
	_cleanup_free_ char *detail = NULL;
	struct finding *f;

	if (same_bytes(a, b))
		detail = xasprintf("conditional context was '%s', is '%s'",
				   a->context, b->context);
	else
		detail = xasprintf("%s (was %s:%u)",
				   describe_change(check, a, b, at),
				   piece_path(&check->before, a),
				   text_line_at(&check->before, a, at));
	f = report_at(check, weight, &check->after, b, at < b->len ? at : b->len - 1,
		  detail);
	a->settled = true;
	b->settled = true;
	return f;
}

struct finding *text_report_added(struct text_check *check, enum result weight,
				  const struct piece *added)
{
	const struct piece *twin = NULL;

	/* Includes and conditionals stand in many files: that says nothing. */
	for (size_t i = 0; item_is_definition(piece_item(&check->after, added)) &&
			   i < check->before.nr && !twin; i++)
		if (check->before.pieces[i].class == added->class)
			twin = &check->before.pieces[i];
	if (!twin)
		return text_report(check, weight, &check->after, added, "added");
	return text_report(
		check, weight, &check->after, added,
		"duplicated: it stands more often than before (was %s:%u)",
		piece_path(&check->before, twin),
		piece_item(&check->before, twin)->line_begin);
}

void text_report_rest(struct text_check *check,
		      enum result (*weigh)(const struct text_check *check,
					   const struct text_side *side,
					   const struct piece *piece))
{
	struct text_side *before = &check->before, *after = &check->after;

	for (size_t i = 0; i < before->nr; i++) {
		struct piece *lost = &before->pieces[i], *next;
		enum result weight, other;

		if (!is_open(lost))
			continue;
		weight = weigh(check, before, lost);
		next = find_successor(check, lost);
		if (!next) {
			text_report(check, weight, before, lost, "lost");
			lost->settled = true;
			continue;
		}
		other = weigh(check, after, next);
		text_report_change(check, weight > other ? weight : other, lost,
			      next);
	}
	for (size_t i = 0; i < after->nr; i++)
		if (is_open(&after->pieces[i]))
			text_report_added(check,
				     weigh(check, after, &after->pieces[i]),
				     &after->pieces[i]);
}
