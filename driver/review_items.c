// SPDX-License-Identifier: GPL-2.0-only
/*
 * Items that went elsewhere. Which they are the inference says; that their lines
 * are the same bytes is looked up here once more, line by line, and a line that
 * is not is residue of the item. Nothing else is taken from the inference on
 * trust: an item that does not fill whole lines, or of which a line belongs to
 * another one already, is left to the diff of its files.
 */
#define _GNU_SOURCE
#include "review.h"

/* Lines of one side of a file: from first up to end. */
struct stretch {
	struct review_side *side;
	size_t file, first, end;
};

/* What goes anywhere; the lines of a conditional are for a person to see. */
static bool may_move(const char *what)
{
	static const char *const kinds[] = {
		"function", "prototype", "variable", "extern", "type", "typedef",
		"macro",    "export",	 "call",     "asm",    "comment",
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (streq(what, kinds[i]))
			return true;
	return false;
}

/* Index of the file whose side has these bytes; REVIEW_NONE. */
static size_t file_of(const struct review_commit *c, int after,
		      const struct extent *extent)
{
	const struct text *texts = after ? c->texts.after : c->texts.before;

	if (extent->text == EXTENT_NONE)
		return REVIEW_NONE;
	for (size_t i = 0; i < c->nr_files; i++) {
		const struct review_side *side = &c->files[i].sides[after];

		if (side->path && streq(side->path, texts[extent->text].path))
			return i;
	}
	return REVIEW_NONE;
}

/* The line that begins at the byte; nr behind the last; REVIEW_NONE. */
static size_t line_at(const struct review_side *side, size_t at)
{
	size_t low = 0, high = side->nr;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if ((size_t)(side->lines[middle].data - side->data) < at)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == side->nr)
		return at == side->len ? low : REVIEW_NONE;
	return (size_t)(side->lines[low].data - side->data) == at ? low :
								    REVIEW_NONE;
}

static bool find_stretch(const struct review_commit *c, int after,
			 const struct extent *extent, struct stretch *ret)
{
	ret->file = file_of(c, after, extent);
	if (ret->file == REVIEW_NONE)
		return false;
	ret->side = &c->files[ret->file].sides[after];
	ret->first = line_at(ret->side, extent->begin);
	ret->end = line_at(ret->side, extent->end);
	if (ret->first == REVIEW_NONE || ret->end == REVIEW_NONE)
		return false;
	for (size_t i = ret->first; i < ret->end; i++)
		if (ret->side->item[i] != REVIEW_NONE)
			return false;
	return ret->first < ret->end;
}

static void pair(struct stretch *a, size_t i, struct stretch *b, size_t k,
		 size_t item)
{
	a->side->item[i] = item;
	a->side->pair[i] = k;
	b->side->item[k] = item;
	b->side->pair[k] = i;
}

/* Both are the item's from here on; what is not the same is its residue. */
static void claim(struct stretch *a, struct stretch *b, size_t item)
{
	size_t nr_a = a->end - a->first, nr_b = b->end - b->first;
	_cleanup_free_ size_t *pa = xcalloc(nr_a, sizeof(*pa));
	_cleanup_free_ size_t *pb = xcalloc(nr_b, sizeof(*pb));

	linediff(a->side->lines + a->first, nr_a, b->side->lines + b->first,
		 nr_b, pa, pb);
	for (size_t i = 0; i < nr_a; i++)
		a->side->item[a->first + i] = item;
	for (size_t k = 0; k < nr_b; k++)
		b->side->item[b->first + k] = item;
	for (size_t i = 0; i < nr_a; i++)
		if (pa[i] != LINEDIFF_NONE)
			pair(a, a->first + i, b, b->first + pa[i], item);
}

static void add_op(struct review_ops *ops, enum review_what what, size_t i,
		   size_t k)
{
	struct review_op *last = ops->nr ? &ops->v[ops->nr - 1] : NULL;

	if (last && last->what == what) {
		last->lines++;
		return;
	}
	ARRAY_GROW(ops->v, ops->nr, ops->alloc);
	ops->v[ops->nr++] = (struct review_op){ .what = what,
						.lines = 1,
						.old_line = i + 1,
						.new_line = k + 1,
						.item = REVIEW_NONE };
}

/* The item by itself, as a diff. */
static void list_ops(struct review_item *item, const struct stretch *a,
		     const struct stretch *b)
{
	size_t i = a->first, k = b->first;

	while (i < a->end || k < b->end) {
		if (i < a->end && a->side->pair[i] == REVIEW_NONE) {
			add_op(&item->ops, REVIEW_LOST, i++, k);
		} else if (k < b->end && b->side->pair[k] == REVIEW_NONE) {
			add_op(&item->ops, REVIEW_ADDED, i, k++);
		} else {
			add_op(&item->ops, REVIEW_KEEP, i++, k++);
			item->verbatim++;
		}
	}
}

static bool is_free(const struct review_side *side, size_t i)
{
	return i < side->nr && side->item[i] == REVIEW_NONE &&
	       side->lines[i].len == 1 && *side->lines[i].data == '\n';
}

/* The first line that no item has, from the item's first one on. */
static size_t edge_of(const struct review_item *item, int after,
		      const struct review_side *side, size_t step)
{
	size_t i = item->line[after] - 1;

	while (i < side->nr && side->item[i] != REVIEW_NONE)
		i += step;
	return i;
}

/*
 * Where an item, and those that moved with it, stand between two empty lines, or
 * at an end of the file beside one, one of them is there for their sake;
 * REVIEW_NONE.
 */
static size_t spacing_of(const struct review_item *item, int after,
			 const struct review_side *side)
{
	size_t behind = edge_of(item, after, side, 1);
	size_t front = edge_of(item, after, side, (size_t)-1);

	if ((behind < side->nr && !is_free(side, behind)) ||
	    (front < side->nr && !is_free(side, front)))
		return REVIEW_NONE;
	return behind < side->nr ? behind :
	       front < side->nr	 ? front :
				   REVIEW_NONE;
}

/* An empty line goes along with what it sets apart. */
static void take_spacing(struct review_commit *c, size_t n)
{
	const struct review_item *item = &c->items[n];
	struct stretch s[2] = {
		{ .side = &c->files[item->file[0]].sides[0] },
		{ .side = &c->files[item->file[1]].sides[1] },
	};
	size_t i = spacing_of(item, 0, s[0].side);
	size_t k = spacing_of(item, 1, s[1].side);

	if (i != REVIEW_NONE && k != REVIEW_NONE)
		pair(&s[0], i, &s[1], k, n);
}

/* "static", "names", what the conditionals are, and if it is nothing of these... */
static char *but_for(const struct done *done, const struct review_item *item)
{
	bool whole = item->verbatim == item->lines[0] &&
		     item->verbatim == item->lines[1];

	if (done->context)
		return xasprintf("%s%sthe conditionals that it stands under",
				 done->but ? done->but : "",
				 done->but ? ", " : "");
	if (done->but)
		return xstrdup(done->but);
	return whole ? NULL : xstrdup("what is shown below");
}

static void add_item(struct review_commit *c, const struct done *done,
		     struct stretch *a, struct stretch *b)
{
	struct review_item *item;

	c->items = xrealloc(c->items, c->nr_items + 1, sizeof(*c->items));
	item = &c->items[c->nr_items];
	*item = (struct review_item){
		.deeds = deeds_text(done->deeds),
		.what = xstrdup(done->what),
		.name = xstrdup(done->name),
		.new_name = xstrdup(done->new_name),
		.file = { a->file, b->file },
		.line = { a->first + 1, b->first + 1 },
		.lines = { a->end - a->first, b->end - b->first },
	};
	claim(a, b, c->nr_items);
	list_ops(item, a, b);
	item->but = but_for(done, item);
	c->nr_items++;
}

#define IN_PLACE                                                               \
	(DEED_PROMOTED | DEED_INLINED | DEED_RENAMED | DEED_EXTRACTED |        \
	 DEED_GAVE)

static void add_deed(struct review_commit *c, const struct done *done)
{
	const char *where = done->to ? done->to : done->from;

	if (!(done->deeds & IN_PLACE))
		return;
	c->deeds = xrealloc(c->deeds, c->nr_deeds + 1, sizeof(*c->deeds));
	c->deeds[c->nr_deeds++] = (struct review_deed){
		.deeds = deeds_text(done->deeds),
		.what = xstrdup(done->what),
		.name = xstrdup(done->name),
		.new_name = xstrdup(done->new_name),
		.where = xstrdup(where ? where : ""),
	};
}

void review_find_items(struct review_commit *c)
{
	const struct inference *in = c->texts.inference;

	for (size_t i = 0; i < in->nr_done; i++) {
		const struct done *done = &in->done[i];
		struct stretch a, b;

		if (done->deeds & DEED_MOVED && may_move(done->what) &&
		    find_stretch(c, 0, &done->before, &a) &&
		    find_stretch(c, 1, &done->after, &b))
			add_item(c, done, &a, &b);
		else
			add_deed(c, done);
	}
	for (size_t i = 0; i < c->nr_items; i++)
		take_spacing(c, i);
}
