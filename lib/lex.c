// SPDX-License-Identifier: GPL-2.0-only
/*
 * The C lexer. One pass, no look-behind beyond the line start, and no error:
 * whatever the bytes are, the tokens cover them.
 *
 * The common case (no backslash) runs over a class table. Every scanner stops
 * at a backslash and asks there whether it begins a line splice, so that
 * splices cost nothing where there are none. A backslash, blanks and a newline
 * are a splice as well: gcc and clang both take it as one (and warn), and we
 * must see what they see.
 *
 * Bytes from 0x80 up are identifier characters, as gcc takes UTF-8 letters.
 */
#include "lex_internal.h"
#include "util.h"

enum {
	BLANK = 1,  /* white space, newline aside */
	NEWLINE = 2,
	ALPHA = 4,  /* starts an identifier */
	DIGIT = 8,
	QUIET = 16, /* nothing to look at inside a directive */
};

#define WORD (ALPHA | DIGIT)

static const unsigned char class[256] = {
	[0 ... 8] = QUIET,
	['\t'] = BLANK | QUIET,
	['\n'] = NEWLINE,
	['\v'] = BLANK | QUIET,
	['\f'] = BLANK | QUIET,
	['\r'] = BLANK | QUIET,
	[14 ... 31] = QUIET,
	[' '] = BLANK | QUIET,
	['!'] = QUIET,
	['#'] = QUIET,
	['$'] = ALPHA | QUIET,
	['%' ... '&'] = QUIET,
	['(' ... '.'] = QUIET,
	['0' ... '9'] = DIGIT | QUIET,
	[':' ... '@'] = QUIET,
	['A' ... 'Z'] = ALPHA | QUIET,
	['['] = QUIET,
	[']' ... '^'] = QUIET,
	['_'] = ALPHA | QUIET,
	['`'] = QUIET,
	['a' ... 'z'] = ALPHA | QUIET,
	['{' ... 127] = QUIET,
	[128 ... 255] = ALPHA | QUIET,
};

struct lexer {
	const char *s;
	size_t len;
	unsigned int line;
	bool fresh;   /* only blanks and comments since the newline */
	bool spliced; /* the token at hand holds a splice */
	bool bad;     /* the token at hand is unterminated */
};

static bool is(const struct lexer *l, size_t p, unsigned int mask)
{
	return p < l->len && (class[(unsigned char)l->s[p]] & mask);
}

static bool at(const struct lexer *l, size_t p, char c)
{
	return p < l->len && l->s[p] == c;
}

/* Behind the splices at p, noting that the token holds one. */
static size_t skip(struct lexer *l, size_t p)
{
	size_t q;

	if (!at(l, p, '\\'))
		return p;
	q = lex_unsplice(l->s, l->len, p);
	if (q != p)
		l->spliced = true;
	return q;
}

static size_t scan_space(struct lexer *l, size_t p)
{
	for (;;) {
		size_t q;

		for (; is(l, p, BLANK | NEWLINE); p++) {
			if (l->s[p] != '\n')
				continue;
			l->line++;
			l->fresh = true;
		}
		if (!at(l, p, '\\'))
			return p;
		q = lex_unsplice(l->s, l->len, p);
		if (q == p)
			return p;
		for (; p < q; p++)
			l->line += l->s[p] == '\n';
	}
}

static size_t scan_ident(struct lexer *l, size_t p)
{
	for (;;) {
		size_t q;

		while (is(l, p, WORD))
			p++;
		if (!at(l, p, '\\'))
			return p;
		q = lex_unsplice(l->s, l->len, p);
		if (q == p || !is(l, q, WORD))
			return p;
		l->spliced = true;
		p = q;
	}
}

/* A preprocessing number: C11 6.4.8. */
static size_t scan_number(struct lexer *l, size_t p)
{
	char last = 0;

	for (;;) {
		size_t q = lex_unsplice(l->s, l->len, p);
		bool sign = at(l, q, '+') || at(l, q, '-');

		if (sign && (last & ~0x20) != 'E' && (last & ~0x20) != 'P')
			return p;
		if (!sign && !is(l, q, WORD) && !at(l, q, '.'))
			return p;
		l->spliced |= q != p;
		last = l->s[q];
		p = q + 1;
	}
}

/* p is at the opening quote. The constant ends with its line at the latest. */
static size_t scan_quoted(struct lexer *l, size_t p)
{
	char quote = l->s[p++];

	while (p < l->len && l->s[p] != quote && l->s[p] != '\n') {
		size_t q;

		if (l->s[p] != '\\') {
			p++;
			continue;
		}
		q = skip(l, p);
		if (q == p) {
			/* an escape: its second character may be spliced off */
			q = skip(l, p + 1);
			if (q < l->len && l->s[q] != '\n')
				q++;
		}
		p = q;
	}
	if (at(l, p, quote))
		return p + 1;
	l->bad = true;
	return p;
}

/* p is behind the opening. */
static size_t scan_block_comment(struct lexer *l, size_t p)
{
	l->spliced = true; /* it may hold newlines */
	for (;;) {
		const char *star = p < l->len ?
			memchr(l->s + p, '*', l->len - p) : NULL;

		if (!star) {
			l->bad = true;
			return l->len;
		}
		p = star - l->s + 1;
		if (at(l, p, '/'))
			return p + 1;
		if (at(l, p, '\\') && at(l, skip(l, p), '/'))
			return skip(l, p) + 1;
	}
}

/* True when the newline at p is the end of a splice that begins behind from. */
static bool newline_is_spliced(const struct lexer *l, size_t from, size_t p)
{
	while (p > from && is(l, p - 1, BLANK))
		p--;
	return p > from && l->s[p - 1] == '\\';
}

/* p is behind the opening. */
static size_t scan_line_comment(struct lexer *l, size_t p)
{
	for (;;) {
		const char *newline = p < l->len ?
			memchr(l->s + p, '\n', l->len - p) : NULL;
		size_t end = newline ? (size_t)(newline - l->s) : l->len;

		if (!newline || !newline_is_spliced(l, p, end))
			return end;
		l->spliced = true;
		p = end + 1;
	}
}

/* Behind the comment at p; p itself if there is none. */
static size_t scan_comment(struct lexer *l, size_t p)
{
	size_t q;

	if (!at(l, p, '/'))
		return p;
	q = lex_unsplice(l->s, l->len, p + 1);
	if (!at(l, q, '*') && !at(l, q, '/'))
		return p;
	l->spliced |= q != p + 1;
	return l->s[q] == '*' ? scan_block_comment(l, q + 1) :
				scan_line_comment(l, q + 1);
}

/* Past a <header name>: its slashes and quotes are nothing else (C11 6.4.7). */
static size_t scan_header_name(struct lexer *l, size_t p)
{
	size_t q = p;

	while (q < l->len && l->s[q] != '\n' && l->s[q] != '>')
		q++;
	return at(l, q, '>') ? q + 1 : p;
}

/* p is behind the #; returns behind the name and the blanks on both sides. */
static size_t scan_directive_name(struct lexer *l, size_t p, bool *ret_include)
{
	size_t begin;

	while (is(l, p, BLANK))
		p++;
	begin = p;
	p = scan_ident(l, p);
	*ret_include = (p - begin == 7 && !memcmp(l->s + begin, "include", 7)) ||
		       (p - begin == 12 &&
			!memcmp(l->s + begin, "include_next", 12));
	while (is(l, p, BLANK))
		p++;
	return p;
}

/* p is behind the #; returns the offset of the newline that ends it. */
static size_t scan_directive(struct lexer *l, size_t p)
{
	bool include;

	p = scan_directive_name(l, p, &include);
	if (include && at(l, p, '<'))
		p = scan_header_name(l, p);
	for (;;) {
		size_t q;

		while (is(l, p, QUIET))
			p++;
		if (p >= l->len || l->s[p] == '\n')
			return p;
		if (l->s[p] == '"' || l->s[p] == '\'') {
			p = scan_quoted(l, p);
			l->bad = false; /* "#error can't" is no fault */
			continue;
		}
		q = l->s[p] == '/' ? scan_comment(l, p) : skip(l, p);
		p = q == p ? p + 1 : q;
	}
}

/* How many of the four characters are one operator: C11 6.4.6. */
static int punct_length(const char c[4])
{
	switch (c[0]) {
	case '.':
		return c[1] == '.' && c[2] == '.' ? 3 : 1;
	case '-':
		return c[1] == '>' || c[1] == '-' || c[1] == '=' ? 2 : 1;
	case '+': case '&': case '|':
		return c[1] == c[0] || c[1] == '=' ? 2 : 1;
	case '<':
		if (c[1] == '<')
			return c[2] == '=' ? 3 : 2;
		return c[1] == '=' || c[1] == ':' || c[1] == '%' ? 2 : 1;
	case '>':
		if (c[1] == '>')
			return c[2] == '=' ? 3 : 2;
		return c[1] == '=' ? 2 : 1;
	case '%':
		if (c[1] == ':')
			return c[2] == '%' && c[3] == ':' ? 4 : 2;
		return c[1] == '=' || c[1] == '>' ? 2 : 1;
	case '=': case '!': case '*': case '/': case '^':
		return c[1] == '=' ? 2 : 1;
	case ':':
		return c[1] == '>' ? 2 : 1;
	case '#':
		return c[1] == '#' ? 2 : 1;
	default:
		return 1;
	}
}

static size_t scan_punct(struct lexer *l, size_t p)
{
	size_t end[4];
	char c[4];
	int nr;

	for (int i = 0; i < 4; i++) {
		size_t q = i ? lex_unsplice(l->s, l->len, p) : p;

		c[i] = q < l->len ? l->s[q] : 0;
		p = end[i] = q + 1;
	}
	nr = punct_length(c);
	l->spliced |= end[nr - 1] - end[0] != (size_t)nr - 1;
	return end[nr - 1];
}

/* Length of the encoding prefix of a constant at p: C11 6.4.4.4, 6.4.5. */
static size_t prefix_length(struct lexer *l, size_t p)
{
	size_t q = p + 1;

	if (l->s[p] != 'L' && l->s[p] != 'u' && l->s[p] != 'U')
		return 0;
	if (l->s[p] == 'u' && at(l, skip(l, q), '8')) {
		q = skip(l, skip(l, q) + 1);
		return at(l, q, '"') ? q - p : 0;
	}
	q = skip(l, q);
	return at(l, q, '"') || at(l, q, '\'') ? q - p : 0;
}

static enum token_kind scan_word(struct lexer *l, size_t p, size_t *ret_end)
{
	size_t prefix = prefix_length(l, p);

	if (prefix) {
		*ret_end = scan_quoted(l, p + prefix);
		return l->s[p + prefix] == '"' ? TOKEN_STRING : TOKEN_CHAR;
	}
	l->spliced = false;
	*ret_end = scan_ident(l, p);
	return TOKEN_IDENT;
}

static enum token_kind scan_other(struct lexer *l, size_t p, size_t *ret_end)
{
	size_t next = p + 1;

	switch (l->s[p]) {
	case '"':
	case '\'':
		*ret_end = scan_quoted(l, p);
		return l->s[p] == '"' ? TOKEN_STRING : TOKEN_CHAR;
	case '/':
		*ret_end = scan_comment(l, p);
		if (*ret_end != p)
			return TOKEN_COMMENT;
		break;
	case '.':
		if (!is(l, lex_unsplice(l->s, l->len, next), DIGIT))
			break;
		*ret_end = scan_number(l, p);
		return TOKEN_NUMBER;
	case '(': case ')': case '{': case '}': case '[': case ']':
	case ';': case ',':
		*ret_end = next;
		return TOKEN_PUNCT;
	}
	*ret_end = scan_punct(l, p);
	if (l->fresh && (l->s[p] == '#' || l->s[p] == '%')) {
		size_t hash = l->s[p] == '#' ? next :
			      lex_unsplice(l->s, l->len, next) + 1;

		/* '##' opens no directive, but '#' and '%:' do */
		if (*ret_end == hash && (l->s[p] == '#' || l->s[hash - 1] == ':')) {
			*ret_end = scan_directive(l, hash);
			return TOKEN_DIRECTIVE;
		}
	}
	return TOKEN_PUNCT;
}

static enum token_kind scan(struct lexer *l, size_t p, size_t *ret_end)
{
	unsigned int c = class[(unsigned char)l->s[p]];

	if (c & ALPHA)
		return scan_word(l, p, ret_end);
	if ((c & (BLANK | NEWLINE)) || l->s[p] == '\\') {
		*ret_end = scan_space(l, p);
		if (*ret_end != p)
			return TOKEN_SPACE;
	}
	if (c & DIGIT) {
		*ret_end = scan_number(l, p);
		return TOKEN_NUMBER;
	}
	return scan_other(l, p, ret_end);
}

static void count_lines(struct lexer *l, size_t begin, size_t end)
{
	const char *p = l->s + begin, *stop = l->s + end;

	while (p < stop && (p = memchr(p, '\n', stop - p))) {
		l->line++;
		p++;
	}
}

void lex(const char *text, size_t len, struct tokens *ret)
{
	struct lexer l = { .s = text, .len = len, .line = 1, .fresh = true };
	size_t p = 0;

	*ret = (struct tokens){ .text = text, .len = len };
	while (p < len) {
		struct token *t;

		ARRAY_GROW(ret->v, ret->nr, ret->alloc);
		t = &ret->v[ret->nr++];
		t->begin = p;
		t->line = l.line;
		l.bad = l.spliced = false;
		t->kind = scan(&l, p, &p);
		t->end = p;
		t->bad = l.bad;
		if (t->kind == TOKEN_SPACE)
			continue;
		if (l.spliced)
			count_lines(&l, t->begin, p);
		if (t->kind != TOKEN_COMMENT)
			l.fresh = false;
	}
}
