// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lines that differ between two texts, for a person to read: those that are
 * gone behind a '-', new ones behind a '+', by the longest common subsequence.
 * Texts that are too long for that are shown whole, one behind the other.
 */
#include "text.h"

#include "lib/buf.h"

/* Lines of both, after equal ones at the ends: four million cells at most. */
#define MOST_CELLS ((size_t)1 << 22)

struct lines {
	const char **v; /* owned: where each begins */
	size_t *len;	/* owned: with the newline */
	size_t nr;
};

static size_t line_length(const char *s, size_t len)
{
	const char *newline = memchr(s, '\n', len);

	return newline ? (size_t)(newline - s) + 1 : len;
}

static void split(const char *s, size_t len, struct lines *ret)
{
	size_t nr = 0;

	for (size_t at = 0; at < len; at += line_length(s + at, len - at))
		nr++;
	*ret = (struct lines){ xcalloc(nr, sizeof(*ret->v)),
			       xcalloc(nr, sizeof(*ret->len)), 0 };
	for (size_t at = 0; at < len; at += ret->len[ret->nr++]) {
		ret->v[ret->nr] = s + at;
		ret->len[ret->nr] = line_length(s + at, len - at);
	}
}

static void lines_release(struct lines *lines)
{
	free(lines->v);
	free(lines->len);
}

static bool same(const struct lines *a, size_t i, const struct lines *b,
		 size_t k)
{
	return a->len[i] == b->len[k] && !memcmp(a->v[i], b->v[k], a->len[i]);
}

static void add(struct buf *ret, char mark, const struct lines *l, size_t i)
{
	size_t len = l->len[i];

	buf_addch(ret, mark);
	buf_add(ret, l->v[i], len);
	if (!len || l->v[i][len - 1] != '\n')
		buf_addch(ret, '\n');
}

/* cell[i * width + k]: the longest of lines from i and k on. */
static void fill(unsigned short *cell, size_t width, const struct lines *a,
		 size_t i, size_t end_a, const struct lines *b, size_t k,
		 size_t end_b)
{
	for (size_t x = end_a - i; x-- > 0;)
		for (size_t y = end_b - k; y-- > 0;) {
			unsigned short down = cell[(x + 1) * width + y];
			unsigned short right = cell[x * width + y + 1];

			if (same(a, i + x, b, k + y))
				cell[x * width + y] =
					cell[(x + 1) * width + y + 1] + 1;
			else
				cell[x * width + y] =
					down > right ? down : right;
		}
}

static void walk(struct buf *ret, const struct lines *a, size_t i, size_t end_a,
		 const struct lines *b, size_t k, size_t end_b)
{
	size_t width = end_b - k + 1, x = 0, y = 0;
	bool whole = (end_a - i + 1) * width > MOST_CELLS;
	_cleanup_free_ unsigned short *cell =
		xcalloc(whole ? 1 : (end_a - i + 1) * width, sizeof(*cell));

	if (!whole)
		fill(cell, width, a, i, end_a, b, k, end_b);
	while (i + x < end_a || k + y < end_b) {
		if (i + x < end_a && k + y < end_b && !whole &&
		    same(a, i + x, b, k + y)) {
			x++;
			y++;
		} else if (i + x < end_a && (k + y == end_b || whole ||
					     cell[(x + 1) * width + y] >=
						     cell[x * width + y + 1])) {
			add(ret, '-', a, i + x++);
		} else {
			add(ret, '+', b, k + y++);
		}
	}
}

char *text_diff(const char *old, size_t old_len, const char *new,
		size_t new_len)
{
	struct buf ret = BUF_INIT;
	struct lines a, b;
	size_t begin = 0, end_a, end_b;

	split(old, old_len, &a);
	split(new, new_len, &b);
	end_a = a.nr;
	end_b = b.nr;
	while (begin < end_a && begin < end_b && same(&a, begin, &b, begin))
		begin++;
	while (end_a > begin && end_b > begin &&
	       same(&a, end_a - 1, &b, end_b - 1)) {
		end_a--;
		end_b--;
	}
	walk(&ret, &a, begin, end_a, &b, begin, end_b);
	lines_release(&a);
	lines_release(&b);
	return buf_detach(&ret);
}
