// SPDX-License-Identifier: GPL-2.0-only
/*
 * The key of what the compiler goes by in the stock build, from the text of the
 * isolation build: that is the text of the unit's own command but for __LINE__
 * and __FILE__, of which the key has the places, and for __COUNTER__, which
 * counts the same in front of the same tokens. Whether such a text says all is
 * asked of the words of the command (debug information holds lines), and of what
 * the preprocessor had to say: a unit that it warns of has no key.
 */
#define _GNU_SOURCE
#include "isolate_jobs.h"

#include <ctype.h>

/* Words that put places of the source, or more than code, into what is made. */
static bool is_open_flag(const char *word)
{
	static const char *const prefixes[] = {
		"-fsanitize", "-fprofile", "-ftest-coverage", "--coverage",
		"-flto", "-fplugin", "-fkeep-", "-fdump", "-save-temps",
		"-fcallgraph-info", "-fstack-usage", "-fdebug", "-fopenmp",
		"-fopenacc", "-finstrument", "-Wa,-g", "-Wunused-macros", "@",
	};

	if (starts_with(word, "-g"))
		return !streq(word, "-g0");
	for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (starts_with(word, prefixes[i]))
			return true;
	return false;
}

static bool is_closed_command(const struct compiled *unit)
{
	for (size_t i = 0; i < unit->command.nr; i++)
		if (is_open_flag(unit->command.v[i]))
			return false;
	return true;
}

/* What our own -D of names that are the compiler's make it say of each unit. */
static bool is_expected(const char *line, size_t len)
{
	static const char *const lines[] = {
		"<command-line>: warning: \"__LINE__\" redefined",
		"<command-line>: warning: \"__FILE__\" redefined",
		"<command-line>: warning: \"__COUNTER__\" redefined",
	};

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		if (strlen(lines[i]) == len && !memcmp(lines[i], line, len))
			return true;
	return !len;
}

static bool was_silent(const struct buf *said)
{
	for (size_t i = 0; i < said->len; i++) {
		size_t len = strcspn(said->data + i, "\n");

		if (!is_expected(said->data + i, len))
			return false;
		i += len;
	}
	return true;
}

/* A marker's file and what the compiler takes it for: "path" 3. */
static void add_marker(const char *line, size_t len, struct strv *files)
{
	const char *open = memchr(line, '"', len);
	const char *close = memrchr(line, '"', len), *flags;
	_cleanup_free_ char *tail = NULL;

	if (!open || close == open)
		return;
	flags = close + 1;
	tail = xstrndup(flags, (size_t)(line + len - flags));
	strv_addf(files, "%.*s%s%s", (int)(close - open + 1), open,
		  strchr(tail, '3') ? " 3" : "", strchr(tail, '4') ? " 4" : "");
}

/* All files that the text came from, each once. */
static void list_files(const struct buf *text, struct strv *ret)
{
	const char *line = text->data, *end = text->data + text->len;

	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *stop = newline ? newline : end;

		if (stop - line > 3 && line[0] == '#' && line[1] == ' ' &&
		    isdigit((unsigned char)line[2]))
			add_marker(line, (size_t)(stop - line), ret);
		line = stop + 1;
	}
	strv_uniq(ret);
}

int isolate_sight(struct isolate_run *run, const struct isolate_job *job,
		  const struct buf *text, const struct buf *said,
		  struct words *words, struct store_key *ret)
{
	_cleanup_(strv_release) struct strv files = STRV_INIT;
	_cleanup_free_ char *all = NULL;
	struct store_hash *h;
	struct store_key key;
	int found;

	*ret->hex = '\0';
	if (!is_closed_command(job->unit) || !was_silent(said))
		return 0;
	found = matter_key(words, MATTER_STOCK, &run->builtins, &key, run->err);
	if (found <= 0)
		return found;
	list_files(text, &files);
	all = strv_join(&files, "\n");
	h = store_hash_new();
	store_hash_str(h, key.hex);
	store_hash_str(h, all);
	*ret = store_hash_end(h);
	return 0;
}
