/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading what spatch prints: the diff of a context-mode run, and the report of
 * --parse-c on what it did not parse. Both are held against the file's bytes,
 * so that a line number that comes out of here is one of this file.
 *
 * --parse-c prints, to stderr, for each region that it gave up on
 *
 *	parse error
 *	 = File "input.c", line 10, column 25, charpos = 111
 *	  around = '{',
 *	  whole content = ...
 *	badcount: 9
 *	bad: first line of the region, which ends the item before
 *	BAD:!!!!! line 10
 *	bad: last line of the region
 *
 * and at the end "passed:" lines: code that it skipped on purpose (#if 0, one
 * branch of an #ifdef inside a function, #define in a function, what it took
 * for a macro), as tokens with blanks between, in order; 1.3 puts "input.c:10: "
 * before each, 1.1.1 nothing.
 */
#ifndef DRIVER_SPATCH_OUTPUT_H
#define DRIVER_SPATCH_OUTPUT_H

#include "lib/buf.h"
#include "lib/error.h"

/* The lines of a text, without their newlines. */
struct lines {
	const char *text; /* borrowed */
	size_t *begin;	  /* owned; nr + 1 offsets, the last behind the end */
	size_t nr;
};

void lines_init(struct lines *lines, const struct buf *text);
void lines_release(struct lines *lines);

/* Line n, from 1, its length in ret_len. */
const char *lines_get(const struct lines *lines, unsigned int n,
		      size_t *ret_len);

/* The numbers of the starred lines, ascending. */
struct starred {
	unsigned int *v; /* owned */
	size_t nr, alloc;
};

/*
 * Reads the diff of 'file', whose lines are given; nothing at all is no line
 * starred. -1 (ERROR_SYSTEM) when it is anything but one whole diff of this
 * file that only removes lines.
 */
int starred_read(const struct buf *out, const char *file,
		 const struct lines *lines, struct starred *ret,
		 struct error *err);
void starred_release(struct starred *starred);

/* A region that spatch could not parse. */
struct unparsed {
	unsigned int first, last; /* its lines */
	unsigned int at;	  /* the line where it gave up; 0: it is not told,
				     or is in a macro's definition */
};

/* A line that spatch skipped on purpose. */
struct passed {
	char *text;	   /* its tokens, blanks between */
	unsigned int line; /* 0 when it could not be found in the file */
};

struct coverage {
	struct unparsed *bad; /* owned; in order of the file */
	size_t nr_bad, alloc_bad;
	struct passed *passed; /* owned; in order of the file */
	size_t nr_passed, alloc_passed;
};

/*
 * Reads what --parse-c printed about 'file'; regions of other files (included
 * ones) are left out. -1 (ERROR_SYSTEM) when the summary at its end is missing, or does not
 * fit the regions, or a region is not in the file.
 */
int coverage_read(const struct buf *out, const char *file,
		  const struct lines *lines, struct coverage *ret,
		  struct error *err);
void coverage_release(struct coverage *coverage);

#endif
