// SPDX-License-Identifier: GPL-2.0-only
/*
 * The walk over a file: comments, directives and declarations become items,
 * and the white space between them goes to the item before it, so that
 * nothing is left over.
 *
 * What an item is, is found out elsewhere (items_internal.h has the map); here
 * its borders are set.
 */
#include "items_internal.h"

/* The newlines of a space token, those in splices aside. */
struct newlines {
	size_t nr;
	size_t first, last; /* offsets behind the first and the last */
};

static struct newlines find_newlines(const struct tokens *t, size_t i)
{
	struct newlines ret = { 0 };
	bool spliced = false;

	for (size_t p = t->v[i].begin; p < t->v[i].end; p++) {
		if (t->text[p] == '\\')
			spliced = true;
		if (t->text[p] != '\n')
			continue;
		if (!spliced) {
			ret.last = p + 1;
			if (!ret.nr++)
				ret.first = ret.last;
		}
		spliced = false;
	}
	return ret;
}

static struct item *add_item(struct parser *p, enum item_kind kind,
			     size_t token)
{
	struct items *items = p->items;
	struct item *item;

	ARRAY_GROW(items->v, items->nr, items->alloc);
	item = &items->v[items->nr++];
	*item = (struct item){
		.kind = kind,
		.begin = p->offset,
		.token_begin = p->pos,
		.owner = ITEMS_NONE,
		.context = ITEMS_NONE,
	};
	if (token < p->t->nr) {
		item->code_begin = item->name_begin = p->t->v[token].begin;
		item->line_begin = p->t->v[token].line;
	}
	if (p->nr_open)
		item->context = p->open[p->nr_open - 1].last;
	return item;
}

/* The line of the token's last byte. */
static unsigned int last_line(const struct tokens *t, size_t i)
{
	unsigned int line = t->v[i].line;

	for (size_t p = t->v[i].begin; p + 1 < t->v[i].end; p++)
		line += t->text[p] == '\n';
	return line;
}

/*
 * Gives the item its end: its last token is before 'end', and what stands
 * behind that on its line, and blank lines, are its own too.
 */
static void end_item(struct parser *p, struct item *item, size_t end)
{
	const struct tokens *t = p->t;
	size_t i = end;

	item->line_end = last_line(t, end - 1);
	item->end = item->code_end = t->v[end - 1].end;
	for (; i < t->nr; i++) {
		struct newlines lines;

		if (token_is_code(&t->v[i]))
			break;
		item->end = item->code_end = t->v[i].end;
		if (t->v[i].kind == TOKEN_COMMENT) {
			end = i + 1;
			continue;
		}
		lines = find_newlines(t, i);
		if (!lines.nr)
			continue;
		item->code_end = lines.first;
		item->end = i + 1 == t->nr ? t->len : lines.last;
		i++;
		break;
	}
	if (!item->name)
		item->name = xstrdup("");
	item->token_end = end;
	p->pos = i;
	p->offset = item->end;
}

/* #define and #undef: the macro's name. */
static void name_macro(const struct tokens *t, size_t i, struct item *item)
{
	_cleanup_(tokens_release) struct tokens inner = { 0 };
	size_t k;

	directive_tokens(t, i, &inner);
	k = token_next(&inner, 0);
	if (k >= inner.nr || inner.v[k].kind != TOKEN_IDENT)
		return;
	item->name = token_spelling(&inner, k);
	item->name_begin = inner.text + inner.v[k].begin - t->text;
}

/* #include: <path>, "path", or the macro that stands for it. */
static void name_include(const struct tokens *t, size_t i, struct item *item)
{
	_cleanup_(tokens_release) struct tokens inner = { 0 };
	const char *begin, *close;
	size_t k;

	directive_tokens(t, i, &inner);
	k = token_next(&inner, 0);
	if (k >= inner.nr)
		return;
	begin = inner.text + inner.v[k].begin;
	item->name_begin = begin - t->text;
	close = *begin != '<' ? NULL :
		memchr(begin, '>', inner.text + inner.len - begin);
	item->name = close ? xstrndup(begin, close + 1 - begin) :
			     token_spelling(&inner, k);
}

static const enum item_kind directive_kinds[] = {
	[DIRECTIVE_IF] = ITEM_CONDITIONAL,
	[DIRECTIVE_ELSE] = ITEM_CONDITIONAL,
	[DIRECTIVE_ENDIF] = ITEM_CONDITIONAL,
	[DIRECTIVE_DEFINE] = ITEM_MACRO,
	[DIRECTIVE_UNDEF] = ITEM_UNDEF,
	[DIRECTIVE_INCLUDE] = ITEM_INCLUDE,
	[DIRECTIVE_OTHER] = ITEM_DIRECTIVE,
};

static void open_branch(struct parser *p, size_t i, size_t item)
{
	ARRAY_GROW(p->open, p->nr_open, p->alloc_open);
	p->open[p->nr_open++] = (struct branch){
		.first = item,
		.last = item,
		.zero = directive_is_zero(p->t, i),
	};
}

/* #else is in the context that its #if is in. */
static void next_branch(struct parser *p, size_t item)
{
	struct branch *b;

	if (!p->nr_open)
		return;
	b = &p->open[p->nr_open - 1];
	b->last = item;
	b->zero = false;
	p->items->v[item].context = p->items->v[b->first].context;
}

static void name_directive(const struct tokens *t, size_t i, struct item *item)
{
	size_t len;

	if (item->kind == ITEM_MACRO || item->kind == ITEM_UNDEF) {
		name_macro(t, i, item);
	} else if (item->kind == ITEM_INCLUDE) {
		name_include(t, i, item);
	} else {
		item->name = directive_name(t, i);
		item->name_begin = token_directive(t, i, &len) - t->text;
	}
}

static void parse_directive(struct parser *p, size_t i)
{
	enum directive directive = directive_class(p->t, i);
	struct item *item;

	if (directive == DIRECTIVE_ENDIF && p->nr_open)
		p->nr_open--;
	item = add_item(p, directive_kinds[directive], i);
	name_directive(p->t, i, item);
	if (directive == DIRECTIVE_IF)
		open_branch(p, i, p->items->nr - 1);
	else if (directive == DIRECTIVE_ELSE)
		next_branch(p, p->items->nr - 1);
	end_item(p, item, i + 1);
}

static void free_item(struct item *item)
{
	free(item->name);
	free(item->argument);
}

/* Takes the conditionals that the declaration swallowed out of the list. */
static void merge_branches(struct parser *p, const struct extent *extent,
			   struct item *item)
{
	const struct item *outer;
	size_t first;

	if (!extent->merged)
		return;
	p->nr_open -= extent->merged;
	first = p->open[p->nr_open].first;
	outer = &p->items->v[first];
	item->begin = outer->begin;
	item->code_begin = outer->code_begin;
	item->token_begin = outer->token_begin;
	item->line_begin = outer->line_begin;
	item->context = outer->context;
	while (p->items->nr > first)
		free_item(&p->items->v[--p->items->nr]);
}

/* "};" behind a function: the ';' on its line is part of it. */
static size_t behind_semicolon(const struct tokens *t, const struct extent *e)
{
	size_t i = token_next(t, e->end);

	if (e->how == END_SEMICOLON || e->how == END_CALL || i >= t->nr ||
	    punct_char(t, i) != ';' || t->v[i].line != last_line(t, e->end - 1))
		return e->end;
	return i + 1;
}

static void parse_declaration(struct parser *p, size_t i)
{
	const struct tokens *t = p->t;
	struct extent extent;
	struct item *last, item;

	scan_declaration(p, i, &extent);
	add_item(p, ITEM_UNKNOWN, i);
	item = p->items->v[--p->items->nr];
	classify(t, &p->parts, &extent, &item);
	item.split = extent.split;
	if (extent.body && item.kind == ITEM_FUNCTION) {
		item.body_begin = t->v[extent.body].begin;
		item.body_end = t->v[extent.body_end - 1].end;
	}
	merge_branches(p, &extent, &item);
	ARRAY_GROW(p->items->v, p->items->nr, p->items->alloc);
	last = &p->items->v[p->items->nr++];
	*last = item;
	end_item(p, last, behind_semicolon(t, &extent));
}

/* A run of comments at p->pos, no blank line in it. */
struct comments {
	size_t end;	/* token behind the last one */
	size_t next;	/* token behind that and the space; nr at the end */
	bool apart;	/* a blank line follows, or nothing */
};

static struct comments find_comments(const struct parser *p)
{
	const struct tokens *t = p->t;
	struct comments ret = { .end = p->pos, .next = p->pos };

	while (ret.next < t->nr && t->v[ret.next].kind == TOKEN_COMMENT) {
		ret.end = ++ret.next;
		if (ret.next < t->nr && t->v[ret.next].kind == TOKEN_SPACE &&
		    find_newlines(t, ret.next++).nr > 1) {
			ret.apart = true;
			break;
		}
	}
	if (ret.next >= t->nr)
		ret.apart = true;
	return ret;
}

/*
 * The file's first comment (the licence) belongs to no item, nor do the
 * comments that follow it (the banner) when a directive is next.
 */
static bool is_opening(const struct parser *p, const struct comments *c)
{
	const struct items *items = p->items;
	size_t nr = items->nr;

	if (!nr || (nr == 1 && items->v[0].kind == ITEM_BLANK))
		return true;
	return (nr == 1 || (nr == 2 && items->v[0].kind == ITEM_BLANK)) &&
	       items->v[nr - 1].kind == ITEM_COMMENT &&
	       items->v[nr - 1].end == items->v[nr - 1].code_end &&
	       p->t->v[c->next].kind == TOKEN_DIRECTIVE;
}

static void parse_next(struct parser *p)
{
	struct comments comments = find_comments(p);

	if (comments.end > p->pos) {
		bool first = !p->items->nr ||
			     (p->items->nr == 1 &&
			      p->items->v[0].kind == ITEM_BLANK);

		if (comments.apart || is_opening(p, &comments)) {
			size_t end = first ? p->pos + 1 : comments.end;
			struct item *item = add_item(p, ITEM_COMMENT, p->pos);

			end_item(p, item, end);
			return;
		}
	}
	if (p->t->v[comments.next].kind == TOKEN_DIRECTIVE)
		parse_directive(p, comments.next);
	else
		parse_declaration(p, comments.next);
}

/* Blank lines at the start of the file; indentation is not. */
static void parse_blank(struct parser *p)
{
	const struct tokens *t = p->t;
	struct newlines lines;
	struct item *item;

	if (!t->nr || t->v[0].kind != TOKEN_SPACE)
		return;
	lines = find_newlines(t, 0);
	p->pos = 1;
	if (!lines.nr && t->nr > 1)
		return;
	item = add_item(p, ITEM_BLANK, 0);
	item->name = xstrdup("");
	item->end = item->code_end = t->nr > 1 ? lines.last : t->len;
	item->token_begin = 0;
	item->line_end = last_line(t, 0);
	p->offset = item->end;
}

void items_parse(const char *text, size_t len, struct items *ret)
{
	struct parser p = { .items = ret };

	*ret = (struct items){ 0 };
	lex(text, len, &ret->tokens);
	p.t = &ret->tokens;
	parse_blank(&p);
	while (p.pos < p.t->nr)
		parse_next(&p);
	free(p.open);
	parts_release(&p.parts);
	tie_exports(ret);
}

void items_release(struct items *items)
{
	for (size_t i = 0; i < items->nr; i++)
		free_item(&items->v[i]);
	free(items->v);
	tokens_release(&items->tokens);
	*items = (struct items){ 0 };
}
