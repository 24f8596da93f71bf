// SPDX-License-Identifier: GPL-2.0-only
/*
 * The diff of a context-mode run. spatch removes the starred code, runs diff -u
 * -b -B, and drops the added lines; so the counts of the new side mean nothing,
 * and blank lines that go with starred ones may or may not be marked.
 */
#define _GNU_SOURCE
#include "spatch_output.h"

#include <ctype.h>
#include <stdio.h>

void lines_init(struct lines *lines, const struct buf *text)
{
	size_t alloc = 0, pos = 0;

	*lines = (struct lines){ .text = text->data };
	while (pos < text->len) {
		const char *end = memchr(text->data + pos, '\n',
					 text->len - pos);

		ARRAY_GROW(lines->begin, lines->nr, alloc);
		lines->begin[lines->nr++] = pos;
		pos = end ? (size_t)(end - text->data) + 1 : text->len;
	}
	ARRAY_GROW(lines->begin, lines->nr, alloc);
	/* As if a newline ended the file in any case. */
	lines->begin[lines->nr] = pos;
	if (pos && text->data[pos - 1] != '\n')
		lines->begin[lines->nr]++;
}

void lines_release(struct lines *lines)
{
	free(lines->begin);
	*lines = (struct lines){ 0 };
}

const char *lines_get(const struct lines *lines, unsigned int n,
		      size_t *ret_len)
{
	*ret_len = lines->begin[n] - lines->begin[n - 1] - 1;
	return lines->text + lines->begin[n - 1];
}

struct diff_reader {
	const struct lines *out;   /* of the diff */
	const struct lines *lines; /* of the file */
	const char *file;
	unsigned int at;   /* next line of the diff */
	unsigned int old;  /* next line of the file */
	unsigned int left; /* lines of the file left in this hunk */
	struct starred *ret;
};

static int no_diff(const struct diff_reader *d, const char *what,
		   struct error *err)
{
	return error_set(err, ERROR_SYSTEM,
			 "spatch printed what is no diff of %s: line %u: %s",
			 d->file, d->at, what);
}

/* "--- a/b/file" or "--- file<tab>...": the last part of the path counts. */
static bool names_file(const char *s, size_t len, const char *file)
{
	const char *tab = memchr(s, '\t', len);
	size_t n = strlen(file);

	if (tab)
		len = (size_t)(tab - s);
	if (len < n || memcmp(s + len - n, file, n))
		return false;
	return len == n || s[len - n - 1] == '/';
}

static int read_file_header(struct diff_reader *d, struct error *err)
{
	size_t len;
	const char *s = lines_get(d->out, d->at, &len);

	if (len < 4 || memcmp(s, "--- ", 4))
		return no_diff(d, "'--- ' expected", err);
	if (!names_file(s + 4, len - 4, d->file))
		return no_diff(d, "another file's header", err);
	if (++d->at > d->out->nr)
		return no_diff(d, "the header is cut off", err);
	s = lines_get(d->out, d->at, &len);
	if (len < 4 || memcmp(s, "+++ ", 4))
		return no_diff(d, "'+++ ' expected", err);
	d->at++;
	return 0;
}

/* "@@ -first[,count] +first[,count] @@"; a count of 0 names the line before. */
static int read_hunk_header(struct diff_reader *d, struct error *err)
{
	size_t len;
	const char *s = lines_get(d->out, d->at, &len);
	_cleanup_free_ char *line = xstrndup(s, len);
	unsigned int first, count = 1;
	int n = 0;

	if (sscanf(line, "@@ -%u,%u +%n", &first, &count, &n) != 2 || !n) {
		count = 1;
		n = 0;
		if (sscanf(line, "@@ -%u +%n", &first, &n) != 1 || !n)
			return no_diff(d, "'@@ ' expected", err);
	}
	if (!strstr(line + n, " @@") || !count || first < d->old ||
	    first > d->lines->nr || count > d->lines->nr - first + 1)
		return no_diff(d, "this hunk is not of this file", err);
	d->old = first;
	d->left = count;
	d->at++;
	return 0;
}

/* diff -b -B may print a context line with the blanks of either side. */
static bool same_but_blanks(const char *a, size_t na, const char *b, size_t nb)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < na && isspace((unsigned char)a[i]))
			i++;
		while (j < nb && isspace((unsigned char)b[j]))
			j++;
		if (i == na || j == nb)
			return i == na && j == nb;
		if (a[i++] != b[j++])
			return false;
	}
}

static int read_hunk_line(struct diff_reader *d, struct error *err)
{
	size_t len, n;
	const char *s = lines_get(d->out, d->at, &len);
	const char *line = lines_get(d->lines, d->old, &n);
	char mark = len ? *s : ' ';

	if (mark == '\\') {
		d->at++;
		return 0;
	}
	if (mark == '+')
		return no_diff(d, "a line is added, where stars only remove",
			       err);
	if (mark == '-' && (len - 1 != n || memcmp(s + 1, line, n)))
		return no_diff(d, "the file has another line here", err);
	if (mark == ' ' &&
	    !same_but_blanks(s + (len > 0), len - (len > 0), line, n))
		return no_diff(d, "the file has another line here", err);
	if (mark != ' ' && mark != '-')
		return no_diff(d, "no line of a diff", err);
	if (mark == '-') {
		ARRAY_GROW(d->ret->v, d->ret->nr, d->ret->alloc);
		d->ret->v[d->ret->nr++] = d->old;
	}
	d->at++;
	d->old++;
	d->left--;
	return 0;
}

static int read_hunk(struct diff_reader *d, struct error *err)
{
	if (read_hunk_header(d, err))
		return -1;
	while (d->left) {
		if (d->at > d->out->nr)
			return no_diff(d, "the hunk is cut off", err);
		if (read_hunk_line(d, err))
			return -1;
	}
	while (d->at <= d->out->nr) {
		size_t len;

		if (*lines_get(d->out, d->at, &len) != '\\' || !len)
			break;
		d->at++;
	}
	return 0;
}

static int read_diff(struct diff_reader *d, struct error *err)
{
	if (!d->out->nr)
		return 0;
	if (read_file_header(d, err))
		return -1;
	do {
		if (d->at > d->out->nr)
			return no_diff(d, "there is no hunk", err);
		if (read_hunk(d, err))
			return -1;
	} while (d->at <= d->out->nr);
	return 0;
}

int starred_read(const struct buf *out, const char *file,
		 const struct lines *lines, struct starred *ret,
		 struct error *err)
{
	struct starred starred = { 0 };
	struct lines diff;
	struct diff_reader d = {
		.out = &diff,
		.lines = lines,
		.file = file,
		.at = 1,
		.old = 1,
		.ret = &starred,
	};
	int failed;

	lines_init(&diff, out);
	failed = read_diff(&d, err);
	lines_release(&diff);
	if (failed)
		starred_release(&starred);
	else
		*ret = starred;
	return failed;
}

void starred_release(struct starred *starred)
{
	free(starred->v);
	*starred = (struct starred){ 0 };
}
