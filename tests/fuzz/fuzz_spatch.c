// SPDX-License-Identifier: GPL-2.0-only
/*
 * What spatch might print about input.c. An input is the file, a line "====",
 * and what is printed; it is read as the diff and as the coverage report, and
 * no line that comes out may be outside of the file.
 */
#include "fuzz.h"

#include "driver/spatch_output.h"

static void read_starred(const struct buf *out, const struct lines *lines)
{
	struct error err = ERROR_INIT;
	struct starred starred = { 0 };
	unsigned int before = 0;

	if (starred_read(out, "input.c", lines, &starred, &err)) {
		require(err.class == ERROR_SYSTEM && !starred.nr);
		error_release(&err);
		return;
	}
	for (size_t i = 0; i < starred.nr; i++) {
		require(starred.v[i] > before && starred.v[i] <= lines->nr);
		before = starred.v[i];
	}
	starred_release(&starred);
}

static void check_coverage(const struct coverage *c, const struct lines *lines)
{
	unsigned int before = 0;

	for (size_t i = 0; i < c->nr_bad; i++) {
		require(c->bad[i].first && c->bad[i].first >= before);
		require(c->bad[i].first <= c->bad[i].last &&
			c->bad[i].last <= lines->nr);
		require(!c->bad[i].at || (c->bad[i].at <= lines->nr));
		before = c->bad[i].first;
	}
	for (size_t i = 0; i < c->nr_passed; i++)
		require(c->passed[i].text && c->passed[i].line <= lines->nr);
}

static void read_coverage(const struct buf *out, const struct lines *lines)
{
	struct error err = ERROR_INIT;
	struct coverage coverage = { 0 };

	if (coverage_read(out, "input.c", lines, &coverage, &err)) {
		require(err.class == ERROR_SYSTEM && !coverage.nr_bad);
		error_release(&err);
		return;
	}
	check_coverage(&coverage, lines);
	coverage_release(&coverage);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf parts[2];
	size_t nr = split_input(data, size, parts, 2);
	const struct buf nothing = BUF_INIT;
	const struct buf *out = nr > 1 ? &parts[1] : &nothing;
	struct lines lines;
	size_t len;

	lines_init(&lines, &parts[0]);
	for (unsigned int n = 1; n <= lines.nr; n++)
		require(lines_get(&lines, n, &len) + len <=
			parts[0].data + parts[0].len);
	read_starred(out, &lines);
	read_coverage(out, &lines);
	lines_release(&lines);
	for (size_t i = 0; i < nr; i++)
		buf_release(&parts[i]);
	return 0;
}
