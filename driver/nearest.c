// SPDX-License-Identifier: GPL-2.0-only
/*
 * Suggestions for misspelt names, by edit distance. Kernel names share long
 * prefixes, so the limit grows with the length of the name only slowly: a
 * suggestion that is wrong sends the reader to the wrong function.
 */
#include "nearest.h"

#include <ctype.h>

#define NAME_MAX_LEN 96 /* longer names get no suggestion */

static unsigned int min3(unsigned int a, unsigned int b, unsigned int c)
{
	unsigned int m = a < b ? a : b;

	return m < c ? m : c;
}

static bool same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Optimal string alignment; three rows of the table are enough. */
static unsigned int distance(const char *a, size_t na, const char *b, size_t nb)
{
	unsigned int rows[3][NAME_MAX_LEN + 1];
	unsigned int *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= nb; j++)
		above[j] = (unsigned int)j;
	for (size_t i = 1; i <= na; i++) {
		unsigned int *spare = before;

		row[0] = (unsigned int)i;
		for (size_t j = 1; j <= nb; j++) {
			bool eq = same(a[i - 1], b[j - 1]);

			row[j] = min3(above[j] + 1, row[j - 1] + 1,
				      above[j - 1] + !eq);
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
			    same(a[i - 2], b[j - 1]) && before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		before = above;
		above = row;
		row = spare;
	}
	return above[nb];
}

const char *nearest_name(const char *name, const struct strv *candidates)
{
	size_t len = strlen(name);
	unsigned int limit = len > 12 ? 4 : (unsigned int)(len + 2) / 3;
	const char *best = NULL;

	if (len > NAME_MAX_LEN)
		return NULL;
	for (size_t i = 0; i < candidates->nr; i++) {
		size_t n = strlen(candidates->v[i]);
		unsigned int d;

		if (n > NAME_MAX_LEN || n > len + limit || len > n + limit)
			continue;
		d = distance(name, len, candidates->v[i], n);
		if (d > limit || (best && d == limit))
			continue;
		best = candidates->v[i];
		limit = d;
	}
	return best;
}
