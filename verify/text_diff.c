// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lines that differ between two texts, for a person to read: those that are
 * gone behind a '-', new ones behind a '+'.
 */
#include "text.h"

#include "lib/buf.h"
#include "lib/linediff.h"

/* One text cut into lines, and which of the other's each of them is. */
struct lines {
	struct linediff_line *v; /* owned */
	size_t *pair;		 /* owned */
	size_t nr;
};

static void split(const char *s, size_t len, struct lines *ret)
{
	*ret = (struct lines){ 0 };
	linediff_split(s, len, &ret->v, &ret->nr);
	ret->pair = xcalloc(ret->nr + 1, sizeof(*ret->pair));
}

static void lines_release(struct lines *lines)
{
	free(lines->v);
	free(lines->pair);
}

static void add(struct buf *ret, char mark, const struct linediff_line *line)
{
	buf_addch(ret, mark);
	buf_add(ret, line->data, line->len);
	if (!line->len || line->data[line->len - 1] != '\n')
		buf_addch(ret, '\n');
}

char *text_diff(const char *old, size_t old_len, const char *new,
		size_t new_len)
{
	struct buf ret = BUF_INIT;
	struct lines a, b;
	size_t i = 0, k = 0;

	split(old, old_len, &a);
	split(new, new_len, &b);
	linediff(a.v, a.nr, b.v, b.nr, a.pair, b.pair);
	while (i < a.nr || k < b.nr) {
		if (i < a.nr && a.pair[i] == LINEDIFF_NONE) {
			add(&ret, '-', &a.v[i++]);
		} else if (k < b.nr && b.pair[k] == LINEDIFF_NONE) {
			add(&ret, '+', &b.v[k++]);
		} else {
			i++;
			k++;
		}
	}
	lines_release(&a);
	lines_release(&b);
	return buf_detach(&ret);
}
