// SPDX-License-Identifier: GPL-2.0-only
/*
 * What --parse-c says that spatch did not parse or skipped. The numbers of its
 * lines come from the message before a region, and where that says nothing
 * from looking the region's text up in the file.
 */
#define _GNU_SOURCE
#include "spatch_output.h"

#include <ctype.h>
#include <stdio.h>

#define BAD_AT "BAD:!!!!! "

struct report {
	const struct lines *out;   /* what was printed */
	const struct lines *lines; /* of the file */
	const char *file;
	unsigned int at;	   /* next line of out */
	unsigned int error_line;   /* of the last message; 0: it named none */
	bool foreign;		   /* the last message named another file: an
				      included one, or the one with the macro
				      that this file's region uses */
	long summary;		   /* "nb bad"; -1: not seen */
	unsigned int passed_line;  /* where to look for the next passed line */
	struct coverage *ret;
};

static bool has_prefix(const char *s, size_t len, const char *prefix)
{
	size_t n = strlen(prefix);

	return len >= n && !memcmp(s, prefix, n);
}

/* The text of a "bad:" line in *ret, its length; -1 when it is none. */
static long bad_text(const struct report *r, unsigned int n, const char **ret,
		     bool *ret_at)
{
	size_t len;
	const char *s = lines_get(r->out, n, &len);

	*ret_at = has_prefix(s, len, BAD_AT);
	if (!*ret_at && !has_prefix(s, len, "bad: "))
		return -1;
	*ret = s + strlen(*ret_at ? BAD_AT : "bad: ");
	return (long)(len - (size_t)(*ret - s));
}

/* True when count lines of the report, from 'begin', are the file's from 'first'. */
static bool fits(const struct report *r, unsigned int begin, unsigned int count,
		 unsigned int first)
{
	if (!first || first > r->lines->nr || count > r->lines->nr - first + 1)
		return false;
	for (unsigned int i = 0; i < count; i++) {
		const char *text, *line;
		bool at;
		long len = bad_text(r, begin + i, &text, &at);
		size_t n;

		line = lines_get(r->lines, first + i, &n);
		if ((size_t)len != n || memcmp(text, line, n))
			return false;
	}
	return true;
}

static unsigned int search(const struct report *r, unsigned int begin,
			   unsigned int count)
{
	unsigned int from = 1;

	/* Neighbouring regions may share a line. */
	if (r->ret->nr_bad)
		from = r->ret->bad[r->ret->nr_bad - 1].last;
	for (; from <= r->lines->nr; from++)
		if (fits(r, begin, count, from))
			return from;
	return 0;
}

static int read_region(struct report *r, struct error *err)
{
	unsigned int begin = r->at, count = 0, marked = 0, first;
	struct unparsed *u;

	for (; r->at <= r->out->nr; r->at++, count++) {
		const char *text;
		bool at;

		if (bad_text(r, r->at, &text, &at) < 0)
			break;
		if (at && !marked)
			marked = count + 1;
	}
	if (!count)
		return 0;
	first = marked && !r->foreign && r->error_line >= marked ?
			r->error_line - marked + 1 : 0;
	if (!fits(r, begin, count, first))
		first = search(r, begin, count);
	if (!first && r->foreign)
		return 0;
	if (!first)
		return error_set(err, ERROR_SYSTEM,
				 "spatch --parse-c printed a region that is not "
				 "in %s (line %u of its output)",
				 r->file, begin);
	if (r->ret->nr_bad && first < r->ret->bad[r->ret->nr_bad - 1].first)
		return error_set(err, ERROR_SYSTEM,
				 "spatch --parse-c printed a region of %s out of "
				 "order (line %u of its output)",
				 r->file, begin);
	ARRAY_GROW(r->ret->bad, r->ret->nr_bad, r->ret->alloc_bad);
	u = &r->ret->bad[r->ret->nr_bad++];
	u->first = first;
	u->last = first + count - 1;
	u->at = marked ? first + marked - 1 : 0;
	return 0;
}

/* The line number of ' = File "x", line 7, ...'. */
static void read_place(struct report *r, const char *s, size_t len)
{
	_cleanup_free_ char *line = xstrndup(s, len);
	char *name = strstr(line, "File \""), *end;

	if (!name)
		return;
	name += strlen("File \"");
	end = strstr(name, "\", line ");
	if (!end)
		return;
	*end = '\0';
	if (strrchr(name, '/'))
		name = strrchr(name, '/') + 1;
	r->foreign = !streq(name, r->file);
	r->error_line = (unsigned int)strtoul(end + strlen("\", line "), NULL,
					      10);
}

/* True when line n of the file holds the text, blanks aside. */
static bool line_holds(const struct lines *lines, unsigned int n,
		       const char *text)
{
	size_t len;
	const char *line = lines_get(lines, n, &len);

	for (size_t i = 0; i < len; i++) {
		const char *p = text;

		for (size_t k = i;; p++) {
			while (isspace((unsigned char)*p))
				p++;
			while (k < len && isspace((unsigned char)line[k]))
				k++;
			if (!*p)
				return true;
			if (k == len || line[k++] != *p)
				break;
		}
	}
	return false;
}

/*
 * Passed lines come in order of the file, so the first place at or behind the
 * one before is never behind the true one. line: where 1.3 says it is; 0.
 */
static void add_passed(struct report *r, const char *s, size_t len,
		       unsigned int line)
{
	struct passed *p;

	ARRAY_GROW(r->ret->passed, r->ret->nr_passed, r->ret->alloc_passed);
	p = &r->ret->passed[r->ret->nr_passed++];
	*p = (struct passed){ .text = xstrndup(s, len), .line = line };
	if (line)
		return;
	for (unsigned int n = r->passed_line; n <= r->lines->nr; n++) {
		if (!line_holds(r->lines, n, p->text))
			continue;
		p->line = r->passed_line = n;
		return;
	}
}

/* "passed:tokens" of 1.1.1, "input.c:7: passed:tokens" of 1.3. */
static bool read_passed(struct report *r, const char *s, size_t len)
{
	_cleanup_free_ char *line = xstrndup(s, len);
	char *text = strstr(line, "passed:"), *end;
	unsigned long n = 0;

	if (!text)
		return false;
	if (text != line) {
		*text = '\0';
		end = strchr(line, ':');
		if (!end || strspn(end, ":0123456789 ") != strlen(end))
			return false;
		*end = '\0';
		n = strtoul(end + 1, NULL, 10);
		if (!streq(line, r->file) || n > r->lines->nr)
			return false;
	}
	text += strlen("passed:");
	add_passed(r, text, strlen(text), (unsigned int)n);
	return true;
}

static void read_summary(struct report *r, const char *s, size_t len)
{
	_cleanup_free_ char *line = xstrndup(s, len);
	const char *bad = strstr(line, "nb bad = ");

	if (bad && r->summary < 0)
		r->summary = strtol(bad + strlen("nb bad = "), NULL, 10);
}

static int read_line(struct report *r, struct error *err)
{
	size_t len;
	const char *s = lines_get(r->out, r->at++, &len);

	if (has_prefix(s, len, "parse error") ||
	    has_prefix(s, len, "semantic error")) {
		r->foreign = false;
		r->error_line = 0;
	} else if (has_prefix(s, len, "badcount: ")) {
		return read_region(r, err);
	} else if (read_passed(r, s, len)) {
		return 0;
	} else if (has_prefix(s, len, "nb good = ")) {
		read_summary(r, s, len);
	} else if (has_prefix(s, len, " = File") ||
		   has_prefix(s, len, " =File") || has_prefix(s, len, "File")) {
		read_place(r, s, len);
	}
	return 0;
}

static int read_report(struct report *r, struct error *err)
{
	while (r->at <= r->out->nr)
		if (read_line(r, err))
			return -1;
	if (r->summary < 0)
		return error_set(err, ERROR_SYSTEM,
				 "spatch --parse-c printed no summary of %s",
				 r->file);
	if (r->summary > 0 && !r->ret->nr_bad)
		return error_set(err, ERROR_SYSTEM,
				 "spatch --parse-c counts %ld bad lines in %s "
				 "and says not where",
				 r->summary, r->file);
	return 0;
}

int coverage_read(const struct buf *out, const char *file,
		  const struct lines *lines, struct coverage *ret,
		  struct error *err)
{
	struct coverage coverage = { 0 };
	struct lines printed;
	struct report r = {
		.out = &printed,
		.lines = lines,
		.file = file,
		.at = 1,
		.summary = -1,
		.passed_line = 1,
		.ret = &coverage,
	};
	int failed;

	lines_init(&printed, out);
	failed = read_report(&r, err);
	lines_release(&printed);
	if (failed)
		coverage_release(&coverage);
	else
		*ret = coverage;
	return failed;
}

void coverage_release(struct coverage *coverage)
{
	for (size_t i = 0; i < coverage->nr_passed; i++)
		free(coverage->passed[i].text);
	free(coverage->passed);
	free(coverage->bad);
	*coverage = (struct coverage){ 0 };
}
