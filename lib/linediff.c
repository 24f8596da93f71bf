// SPDX-License-Identifier: GPL-2.0-only
/*
 * Patience first: lines that stand once on both sides, the longest sequence of
 * them that is in order, and the same again between each two. Where there are
 * none, the longest common subsequence by the table, while that is small; a
 * stretch that is too long for it is taken as all gone and all new, which is
 * true as well, only not short.
 */
#include "linediff.h"

/* Of the table: lines times lines. */
#define MOST_CELLS ((size_t)1 << 22)

struct side {
	const struct linediff_line *lines;
	size_t *class; /* owned: equal lines have equal ones */
	size_t *pair;  /* index on the other side; LINEDIFF_NONE */
	size_t nr;
};

/* Of one class, within the stretches that are looked at. */
struct tally {
	size_t nr[2];
	size_t at; /* in b, of the last */
};

struct diff {
	struct side a, b;
	struct tally *tally; /* owned: one a class, all zero between uses */
};

/* From begin up to end on both sides. */
struct stretch {
	size_t a, end_a, b, end_b;
};

bool linediff_same(const struct linediff_line *a, const struct linediff_line *b)
{
	return a->len == b->len && !memcmp(a->data, b->data, a->len);
}

bool linediff_is_blank(const struct linediff_line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (!strchr(" \t\r\n\f\v", line->data[i]) || !line->data[i])
			return false;
	return true;
}

void linediff_split(const char *data, size_t len, struct linediff_line **ret,
		    size_t *nr)
{
	size_t more = 0, at = 0;

	for (size_t i = 0; i < len; i++)
		more += data[i] == '\n' || i + 1 == len;
	*ret = xrealloc(*ret, *nr + more + 1, sizeof(**ret));
	while (at < len) {
		const char *newline = memchr(data + at, '\n', len - at);
		size_t n = newline ? (size_t)(newline - data) + 1 - at :
				     len - at;

		(*ret)[(*nr)++] = (struct linediff_line){ data + at, n };
		at += n;
	}
}

static int compare(const void *left, const void *right)
{
	const struct linediff_line *a = *(const struct linediff_line *const *)left;
	const struct linediff_line *b = *(const struct linediff_line *const *)right;

	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return memcmp(a->data, b->data, a->len);
}

/* Returns how many classes there are. */
static size_t classify(struct side *a, struct side *b)
{
	size_t nr = a->nr + b->nr, class = 0;
	_cleanup_free_ const struct linediff_line **all =
		xcalloc(nr + 1, sizeof(*all));

	for (size_t i = 0; i < nr; i++)
		all[i] = i < a->nr ? &a->lines[i] : &b->lines[i - a->nr];
	qsort(all, nr, sizeof(*all), compare);
	for (size_t i = 0; i < nr; i++) {
		const struct linediff_line *line = all[i];

		if (i && compare(&all[i - 1], &all[i]))
			class++;
		if (line >= a->lines && line < a->lines + a->nr)
			a->class[line - a->lines] = class;
		else
			b->class[line - b->lines] = class;
	}
	return class + 1;
}

static void join(struct diff *d, size_t i, size_t k)
{
	d->a.pair[i] = k;
	d->b.pair[k] = i;
}

static bool alike(const struct diff *d, size_t i, size_t k)
{
	return d->a.class[i] == d->b.class[k];
}

/* ---- Lines that are there once ---- */

static void count(struct diff *d, const struct stretch *s, bool forget)
{
	for (size_t i = s->a; i < s->end_a; i++) {
		struct tally *t = &d->tally[d->a.class[i]];

		t->nr[0] = forget ? 0 : t->nr[0] + 1;
	}
	for (size_t k = s->b; k < s->end_b; k++) {
		struct tally *t = &d->tally[d->b.class[k]];

		t->nr[1] = forget ? 0 : t->nr[1] + 1;
		t->at = k;
	}
}

struct anchor {
	size_t i, k;
	size_t before; /* the one in front of it in the longest sequence so far */
};

/* Those of the stretch, in order of a; the caller frees. */
static struct anchor *find_anchors(struct diff *d, const struct stretch *s,
				   size_t *nr)
{
	struct anchor *v = xcalloc(s->end_a - s->a + 1, sizeof(*v));

	*nr = 0;
	count(d, s, false);
	for (size_t i = s->a; i < s->end_a; i++) {
		const struct tally *t = &d->tally[d->a.class[i]];

		if (t->nr[0] == 1 && t->nr[1] == 1)
			v[(*nr)++] = (struct anchor){ i, t->at, LINEDIFF_NONE };
	}
	count(d, s, true);
	return v;
}

/*
 * The longest sequence that is in order on both sides: piles of cards, each
 * put on the leftmost whose top is not lower. Returns the last of it.
 */
static size_t longest(struct anchor *v, size_t nr)
{
	_cleanup_free_ size_t *piles = xcalloc(nr + 1, sizeof(*piles));
	size_t nr_piles = 0;

	for (size_t x = 0; x < nr; x++) {
		size_t low = 0, high = nr_piles;

		while (low < high) {
			size_t middle = (low + high) / 2;

			if (v[piles[middle]].k < v[x].k)
				low = middle + 1;
			else
				high = middle;
		}
		v[x].before = low ? piles[low - 1] : LINEDIFF_NONE;
		piles[low] = x;
		if (low == nr_piles)
			nr_piles++;
	}
	return nr_piles ? piles[nr_piles - 1] : LINEDIFF_NONE;
}

/* Joins them; false when there are none. */
static bool join_anchors(struct diff *d, const struct stretch *s)
{
	size_t nr;
	_cleanup_free_ struct anchor *v = find_anchors(d, s, &nr);
	size_t x = longest(v, nr);

	for (; x != LINEDIFF_NONE; x = v[x].before)
		join(d, v[x].i, v[x].k);
	return nr > 0;
}

/* ---- The table ---- */

static void by_table(struct diff *d, const struct stretch *s)
{
	size_t height = s->end_a - s->a, width = s->end_b - s->b;
	_cleanup_free_ unsigned int *cell = NULL;
	size_t i = 0, k = 0;

	if (!height || !width || height > MOST_CELLS / width)
		return;
	cell = xcalloc((height + 1) * (width + 1), sizeof(*cell));
#define CELL(x, y) cell[(x) * (width + 1) + (y)]
	for (size_t x = height; x-- > 0;)
		for (size_t y = width; y-- > 0;) {
			unsigned int down = CELL(x + 1, y);
			unsigned int right = CELL(x, y + 1);

			if (alike(d, s->a + x, s->b + y))
				CELL(x, y) = CELL(x + 1, y + 1) + 1;
			else
				CELL(x, y) = down > right ? down : right;
		}
	while (i < height && k < width) {
		if (alike(d, s->a + i, s->b + k))
			join(d, s->a + i++, s->b + k++);
		else if (CELL(i + 1, k) >= CELL(i, k + 1))
			i++;
		else
			k++;
	}
#undef CELL
}

/* ---- Both, stretch by stretch ---- */

static void take_ends(struct diff *d, struct stretch *s)
{
	while (s->a < s->end_a && s->b < s->end_b && alike(d, s->a, s->b))
		join(d, s->a++, s->b++);
	while (s->a < s->end_a && s->b < s->end_b &&
	       alike(d, s->end_a - 1, s->end_b - 1))
		join(d, --s->end_a, --s->end_b);
}

/* Each level has fewer lines than the one above, and at least one pair less. */
static void match(struct diff *d, struct stretch s) /* NOLINT(misc-no-recursion) */
{
	struct stretch part;

	take_ends(d, &s);
	if (s.a == s.end_a || s.b == s.end_b)
		return;
	if (!join_anchors(d, &s)) {
		by_table(d, &s);
		return;
	}
	part = (struct stretch){ s.a, s.a, s.b, s.b };
	for (size_t i = s.a; i < s.end_a; i++) {
		size_t k = d->a.pair[i];

		if (k == LINEDIFF_NONE)
			continue;
		part.end_a = i;
		part.end_b = k;
		match(d, part);
		part.a = i + 1;
		part.b = k + 1;
	}
	part.end_a = s.end_a;
	part.end_b = s.end_b;
	match(d, part);
}

/* ---- For the reader ---- */

/* How well a group reads that begins at line i: behind a blank line it does best. */
static int score(const struct side *s, size_t i)
{
	bool behind = !i || linediff_is_blank(&s->lines[i - 1]);
	bool itself = linediff_is_blank(&s->lines[i]);

	return behind && !itself ? 2 : !behind && itself ? 1 : 0;
}

/* The group [i, end) begins a line further down, if it says the same there. */
static bool shift_down(struct side *s, struct side *other, size_t i, size_t end)
{
	size_t k = end < s->nr ? s->pair[end] : LINEDIFF_NONE;

	if (k == LINEDIFF_NONE || s->class[i] != s->class[end] ||
	    (i ? s->pair[i - 1] + 1 : 0) != k)
		return false;
	s->pair[i] = k;
	s->pair[end] = LINEDIFF_NONE;
	other->pair[k] = i;
	return true;
}

static bool shift_up(struct side *s, struct side *other, size_t i, size_t end)
{
	size_t k = i ? s->pair[i - 1] : LINEDIFF_NONE;

	if (k == LINEDIFF_NONE || s->class[i - 1] != s->class[end - 1] ||
	    (end < s->nr ? s->pair[end] : other->nr) != k + 1)
		return false;
	s->pair[end - 1] = k;
	s->pair[i - 1] = LINEDIFF_NONE;
	other->pair[k] = end - 1;
	return true;
}

/* Up as far as it goes, then down to the last of the best places. */
static void settle(struct side *s, struct side *other)
{
	size_t end;

	for (size_t i = 0; i < s->nr; i = end + 1) {
		size_t best = 0, steps = 0;
		int most;

		for (end = i; end < s->nr && s->pair[end] == LINEDIFF_NONE;)
			end++;
		if (end == i)
			continue;
		while (shift_up(s, other, i, end)) {
			i--;
			end--;
		}
		most = score(s, i);
		while (shift_down(s, other, i, end)) {
			i++;
			end++;
			steps++;
			if (score(s, i) >= most) {
				most = score(s, i);
				best = steps;
			}
		}
		for (; steps > best && shift_up(s, other, i, end); steps--) {
			i--;
			end--;
		}
	}
}

void linediff(const struct linediff_line *a, size_t nr_a,
	      const struct linediff_line *b, size_t nr_b, size_t *ret_a,
	      size_t *ret_b)
{
	_cleanup_free_ size_t *class = xcalloc(nr_a + nr_b + 1, sizeof(*class));
	struct diff d = {
		.a = { .lines = a, .class = class, .pair = ret_a, .nr = nr_a },
		.b = { .lines = b, .class = class + nr_a, .pair = ret_b,
		       .nr = nr_b },
	};

	for (size_t i = 0; i < nr_a; i++)
		ret_a[i] = LINEDIFF_NONE;
	for (size_t k = 0; k < nr_b; k++)
		ret_b[k] = LINEDIFF_NONE;
	d.tally = xcalloc(classify(&d.a, &d.b), sizeof(*d.tally));
	match(&d, (struct stretch){ 0, nr_a, 0, nr_b });
	settle(&d.a, &d.b);
	settle(&d.b, &d.a);
	free(d.tally);
}
