// SPDX-License-Identifier: GPL-2.0-only
/*
 * Splits whole files into items and says what came out. For tests on real
 * trees (check-items beside this file) and for looking at a file by hand:
 *
 *	corpus-items FILE...		one line a file: bytes, items, unknown ones
 *	corpus-items --list FILE...	one line an item, tab-separated: file,
 *				line of the name, last line, kind, name,
 *				argument, "split"
 *	corpus-items --time FILE...	megabytes per second
 *
 * FILE may be a folder: then all .c and .h below it are meant.
 * Exit code 1 when the items of a file do not cover it byte for byte.
 */
#define _GNU_SOURCE
#include "lib/items.h"
#include "lib/util.h"

#include <fts.h>
#include <stdio.h>
#include <time.h>

static char *read_file(const char *path, size_t *ret_len)
{
	FILE *f = fopen(path, "rb");
	size_t alloc = 1 << 16, len = 0, n;
	char *text;

	if (!f) {
		perror(path);
		exit(4);
	}
	text = xcalloc(alloc, 1);
	while ((n = fread(text + len, 1, alloc - len, f)) > 0) {
		len += n;
		if (len == alloc)
			text = xrealloc(text, alloc *= 2, 1);
	}
	fclose(f);
	*ret_len = len;
	return text;
}

/* What must hold of any bytes whatever. */
static const char *find_fault(const struct items *items, size_t len)
{
	size_t at = 0;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *item = &items->v[i];

		if (item->begin != at || item->end <= item->begin)
			return "a gap, an overlap or an empty item";
		if (item->code_begin < item->begin ||
		    item->code_end < item->code_begin ||
		    item->end < item->code_end)
			return "code outside of its item";
		if (item->kind == ITEM_EXPORT && item->owner != ITEMS_NONE &&
		    !item_is_definition(&items->v[item->owner]))
			return "an export of something that is no definition";
		if (item->context != ITEMS_NONE && item->context >= i)
			return "a context behind its item";
		at = item->end;
	}
	return at == len ? NULL : "the end is not covered";
}

static unsigned int line_of(const struct items *items, size_t i)
{
	const char *p = items->tokens.text + items->v[i].code_begin;
	const char *end = items->tokens.text + items->v[i].name_begin;
	unsigned int line = items->v[i].line_begin;

	for (; p < end; p++)
		line += *p == '\n';
	return line;
}

static void list(const char *path, const struct items *items)
{
	for (size_t i = 0; i < items->nr; i++) {
		const struct item *item = &items->v[i];

		printf("%s\t%u\t%u\t%s\t%s\t%s\t%s\n", path,
		       line_of(items, i), item->line_end, item_kind_name(item->kind),
		       item->name, item->argument ? item->argument : "",
		       item->split ? "split" : "");
	}
}

static size_t count_kind(const struct items *items, enum item_kind kind)
{
	size_t nr = 0;

	for (size_t i = 0; i < items->nr; i++)
		nr += items->v[i].kind == kind;
	return nr;
}

static void summary(const char *path, const struct items *items, size_t len)
{
	printf("%s: %zu bytes, %zu items, %zu functions, %zu unknown\n", path,
	       len, items->nr, count_kind(items, ITEM_FUNCTION),
	       count_kind(items, ITEM_UNKNOWN));
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void measure(const char *path, const char *text, size_t len)
{
	double start = now(), lexed, parsed;
	struct tokens tokens;
	struct items items;

	lex(text, len, &tokens);
	tokens_release(&tokens);
	lexed = now();
	items_parse(text, len, &items);
	items_release(&items);
	parsed = now();
	printf("%s: lex %.1f ms (%.0f MB/s), items %.1f ms (%.0f MB/s)\n",
	       path, (lexed - start) * 1e3, len / 1e6 / (lexed - start),
	       (parsed - lexed) * 1e3, len / 1e6 / (parsed - lexed));
}

static int run(const char *path, const char *mode)
{
	struct items items;
	const char *fault;
	size_t len;
	char *text = read_file(path, &len);

	items_parse(text, len, &items);
	fault = find_fault(&items, len);
	if (fault)
		fprintf(stderr, "%s: %s\n", path, fault);
	if (streq(mode, "--list"))
		list(path, &items);
	else if (streq(mode, "--time"))
		measure(path, text, len);
	else
		summary(path, &items, len);
	items_release(&items);
	free(text);
	return fault != NULL;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int run_all(char **paths, const char *mode)
{
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	FTSENT *entry;
	int faults = 0;

	while (tree && (entry = fts_read(tree))) {
		bool named = entry->fts_level == FTS_ROOTLEVEL;

		if (entry->fts_info == FTS_NS)
			perror(entry->fts_path);
		if (entry->fts_info == FTS_NS || entry->fts_info == FTS_DNR)
			faults = 1;
		if (entry->fts_info == FTS_F &&
		    (named || ends_with(entry->fts_name, ".c") ||
		     ends_with(entry->fts_name, ".h")))
			faults |= run(entry->fts_path, mode);
	}
	if (tree)
		fts_close(tree);
	return faults;
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 && starts_with(argv[1], "--") ? argv[1] : "";
	char **paths = argv + (*mode ? 2 : 1);

	if (!*paths) {
		fprintf(stderr, "usage: corpus-items [--list | --time] FILE...\n");
		return 129;
	}
	return run_all(paths, mode);
}
