// SPDX-License-Identifier: GPL-2.0-only
/*
 * The options that a step hands to spatch. A step comes from somebody else and
 * spatch can be told to run an interpreter, to load a plug-in, to write files
 * and to walk folders; so this is a list of what is allowed, not of what is not.
 * spatch takes every option with one dash or two and with '_' for '-': only the
 * documented spelling passes.
 */
#include "series_parts.h"

#include "nearest.h"

#include <ctype.h>

static const char *const plain[] = {
	"--no-includes",
	"--local-includes",
	"--all-includes",
	"--recursive-includes",
	"--include-headers",
	"--include-headers-for-types",
	"--no-include-cache",
	"--quiet",
	"--very-quiet",
	"--no-loops",
	"--no-gotos",
	"--no-saved-typedefs",
	"--disable-multi-pass",
	"--disable-worth-trying-opt",
	"--noif0-passing",
	"--ifdef-to-if",
	"--no-ifdef-to-if",
	"--noadd-typedef-root",
	"--disallow-nested-exps",
	"--only-return-is-error-exit",
	"--allow-inconsistent-paths",
	"--no-safe-expressions",
	"--no-iso-limit",
	"--keep-comments",
	"--linux-spacing",
	"--smpl-spacing",
	"--force-kr",
	"--prevent-kr",
	"--force-diff",
};

/* These take the word behind them: a number or a name, never a path. */
static const char *const with_value[] = {
	"-D",	       "--defined",   "--undefined", "--disable-iso",
	"--iso-limit", "--steps",     "--int-bits",  "--long-bits",
	"--indent",    "--max-width",
};

static bool listed(const char *const *list, size_t nr, const char *s)
{
	for (size_t i = 0; i < nr; i++)
		if (streq(list[i], s))
			return true;
	return false;
}

static bool is_word(const char *s)
{
	for (const char *p = s; *p; p++)
		if (!isalnum((unsigned char)*p) && *p != '_')
			return false;
	return *s;
}

static int refuse(const struct place *at, const char *option, struct error *err)
{
	_cleanup_(strv_release) struct strv known = STRV_INIT;
	const char *near;

	for (size_t i = 0; i < ARRAY_SIZE(plain); i++)
		strv_add(&known, plain[i]);
	for (size_t i = 0; i < ARRAY_SIZE(with_value); i++)
		strv_add(&known, with_value[i]);
	near = nearest_name(option, &known);
	if (near)
		return place_error(at, err,
				   "spatch option '%s' is not allowed in a step "
				   "(did you mean '%s'?)",
				   option, near);
	return place_error(at, err,
			   "spatch option '%s' is not allowed in a step",
			   option);
}

static int check(const struct place *at, const struct strv *words, size_t from,
		 struct error *err)
{
	for (size_t i = from; i < words->nr; i++) {
		const char *word = words->v[i];

		if (listed(plain, ARRAY_SIZE(plain), word))
			continue;
		if (!listed(with_value, ARRAY_SIZE(with_value), word))
			return refuse(at, word, err);
		if (++i == words->nr || !is_word(words->v[i]))
			return place_error(at, err,
					   "spatch option '%s' needs a name or "
					   "number behind it",
					   word);
	}
	return 0;
}

/*
 * One word, shell-like: quotes of both sorts, backslash outside single quotes.
 * Returns behind it; NULL when a quote stays open.
 */
static const char *read_word(const char *s, struct buf *ret)
{
	char quote = 0;

	for (; *s && (quote || !isspace((unsigned char)*s)); s++) {
		if (*s == quote) {
			quote = 0;
		} else if (!quote && (*s == '"' || *s == '\'')) {
			quote = *s;
		} else {
			if (*s == '\\' && quote != '\'' && s[1])
				s++;
			buf_addch(ret, *s);
		}
	}
	return quote ? NULL : s;
}

int options_read(const struct place *at, const char *text, struct strv *ret,
		 struct error *err)
{
	size_t from = ret->nr;

	for (;;) {
		_cleanup_(buf_release) struct buf word = BUF_INIT;

		while (isspace((unsigned char)*text))
			text++;
		if (!*text)
			return check(at, ret, from, err);
		text = read_word(text, &word);
		if (!text)
			return place_error(at, err, "a quote is not closed");
		strv_add(ret, word.data);
	}
}
