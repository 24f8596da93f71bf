// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads pieces as words. The lexer leaves a directive whole, and a macro is
 * where a rename is easily forgotten: what stands behind its # is lexed once
 * more. White space between words says nothing, but in a directive whether
 * there is any does: "f(x)" and "f (x)" are not the same macro.
 */
#include "text_words.h"

struct reader {
	const struct word_names *names;
	struct text_words *ret;
	bool space; /* before the next word */
};

bool word_is(const struct text_word *word, const char *s)
{
	return strlen(s) == word->len && !memcmp(word->s, s, word->len);
}

static size_t name_of(const struct word_names *names, const char *s, size_t len)
{
	for (size_t i = 0; names && i < names->nr; i++)
		if ((strlen(names->v[i].old) == len &&
		     !memcmp(names->v[i].old, s, len)) ||
		    (strlen(names->v[i].new) == len &&
		     !memcmp(names->v[i].new, s, len)))
			return i + 1;
	return 0;
}

static void add_word(struct reader *r, const struct token *t, size_t base,
		     bool directive)
{
	struct text_words *w = r->ret;
	struct text_word *word;

	ARRAY_GROW(w->v, w->nr, w->alloc);
	word = &w->v[w->nr++];
	*word = (struct text_word){
		.s = w->text + base + t->begin,
		.len = t->end - t->begin,
		.at = base + t->begin,
		.kind = t->kind,
		.space = r->space,
		.directive = directive,
	};
	if (t->kind == TOKEN_IDENT)
		word->name = name_of(r->names, word->s, word->len);
	r->space = false;
}

/* A directive's '#', then its words; an include's path is in one of them. */
static void add_directive(struct reader *r, const struct token *t)
{
	struct token hash = *t;
	struct tokens inner;

	hash.end = hash.begin + 1;
	hash.kind = TOKEN_PUNCT;
	add_word(r, &hash, 0, true);
	lex(r->ret->text + hash.end, t->end - hash.end, &inner);
	for (size_t i = 0; i < inner.nr; i++) {
		if (inner.v[i].kind == TOKEN_SPACE)
			r->space = true;
		else
			add_word(r, &inner.v[i], hash.end, true);
	}
	tokens_release(&inner);
}

static bool has_head(const struct item *item)
{
	return item->kind == ITEM_FUNCTION || item->kind == ITEM_VARIABLE ||
	       item->kind == ITEM_PROTOTYPE || item->kind == ITEM_EXTERN;
}

static bool ends_head(const struct item *item, const struct text_word *word)
{
	return item->kind == ITEM_FUNCTION ? word->at >= item->body_begin :
					     word_is(word, "=");
}

static bool is_linkage(const struct text_word *word)
{
	return word_is(word, "static") || word_is(word, "inline");
}

static void read_head(const struct item *item, struct text_words *w)
{
	size_t depth = 0, i;

	w->head = w->nr;
	if (!has_head(item))
		return;
	for (i = 0; i < w->nr; i++) {
		struct text_word *word = &w->v[i];

		if (word->at < item->code_begin || word->kind == TOKEN_COMMENT)
			continue;
		if (ends_head(item, word))
			break;
		if (word_is(word, "("))
			depth++;
		else if (depth && word_is(word, ")"))
			depth--;
		else
			word->outside = !depth;
		word->linkage = !depth && is_linkage(word);
	}
	w->head = i;
}

void text_words_read(const struct text_side *side, const struct piece *piece,
		     const struct word_names *names, struct text_words *ret)
{
	const struct item *item = piece_item(side, piece);
	const struct tokens *t = &side->files[piece->file].items.tokens;
	struct reader r = { .names = names, .ret = ret };

	*ret = (struct text_words){ .text = t->text };
	for (size_t i = item->token_begin; i < item->token_end; i++) {
		if (t->v[i].kind == TOKEN_SPACE)
			r.space = true;
		else if (t->v[i].kind == TOKEN_DIRECTIVE)
			add_directive(&r, &t->v[i]);
		else
			add_word(&r, &t->v[i], 0, false);
	}
	read_head(item, ret);
}

void text_words_release(struct text_words *words)
{
	free(words->v);
	*words = (struct text_words){ 0 };
}

size_t text_words_next(const struct text_words *words, size_t i)
{
	while (i < words->nr && words->v[i].kind == TOKEN_COMMENT)
		i++;
	return i;
}

/* The next word that counts when linkage does not. */
static size_t next_plain(const struct text_words *words, size_t i)
{
	while (i < words->nr &&
	       (words->v[i].kind == TOKEN_COMMENT || words->v[i].linkage))
		i++;
	return i;
}

bool text_words_same(const struct text_word *a, const struct text_word *b)
{
	if (a->kind != b->kind || a->directive != b->directive ||
	    (a->directive && a->space != b->space) || a->name != b->name)
		return false;
	return a->name || (a->len == b->len && !memcmp(a->s, b->s, a->len));
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

static uint64_t hash_bytes(const char *s, size_t len)
{
	uint64_t hash = len;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)s[i]) * 0x100000001b3u;
	return hash;
}

uint64_t text_words_hash(const struct text_words *words)
{
	uint64_t hash = 1;
	size_t i = next_plain(words, 0);

	for (; i < words->nr; i = next_plain(words, i + 1)) {
		const struct text_word *w = &words->v[i];

		hash = mix(hash, w->name ? w->name :
					   hash_bytes(w->s, w->len) + w->kind);
	}
	return hash;
}

uint64_t text_words_skeleton(const struct text_words *words)
{
	uint64_t hash = 1;
	size_t i = next_plain(words, 0);

	for (; i < words->nr; i = next_plain(words, i + 1)) {
		const struct text_word *w = &words->v[i];

		hash = mix(hash, w->kind == TOKEN_IDENT ?
					 1 :
					 hash_bytes(w->s, w->len) + w->kind);
	}
	return hash;
}

/* ---- How pieces of the same code differ ---- */

static size_t word_length(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && is_word_byte(s[n]))
		n++;
	return n ? n : 1;
}

/* Comments are equal when their words are, names taken as one. */
static bool same_comment(const struct text_word *a, const struct text_word *b,
			 const struct word_names *names)
{
	size_t i = 0, k = 0;

	while (i < a->len && k < b->len) {
		size_t m = word_length(a->s + i, a->len - i);
		size_t n = word_length(b->s + k, b->len - k);

		if ((m != n || memcmp(a->s + i, b->s + k, m) != 0) &&
		    (!name_of(names, a->s + i, m) ||
		     name_of(names, a->s + i, m) !=
			     name_of(names, b->s + k, n)))
			return false;
		i += m;
		k += n;
	}
	return i == a->len && k == b->len;
}

/* Comments between two words of code of each; stops behind them. */
static void compare_comments(const struct text_words *a, size_t *i,
			     const struct text_words *b, size_t *k,
			     const struct word_names *names,
			     struct wording *ret)
{
	for (;;) {
		bool x = *i < a->nr && a->v[*i].kind == TOKEN_COMMENT;
		bool y = *k < b->nr && b->v[*k].kind == TOKEN_COMMENT;

		if (!x && !y)
			return;
		if (!ret->comment &&
		    (!x || !y || !same_comment(&a->v[*i], &b->v[*k], names))) {
			ret->comment = true;
			ret->comment_at = *k < b->nr ? b->v[*k].at :
					  b->nr	     ? b->v[b->nr - 1].at :
						       0;
		}
		*i += x;
		*k += y;
	}
}

static size_t take_linkage(const struct text_words *w, size_t i)
{
	while (i < w->nr && w->v[i].linkage)
		i++;
	return i;
}

/* The blanks and newlines before a word. */
static size_t gap_before(const struct text_words *w, size_t i)
{
	size_t begin = w->v[i].at;

	while (begin && strchr(" \t\n\\", w->text[begin - 1]))
		begin--;
	return begin;
}

static size_t newlines(const char *s, size_t len)
{
	size_t nr = 0;

	for (size_t i = 0; i < len; i++)
		nr += s[i] == '\n';
	return nr;
}

static bool ends_line_blank(const char *s, size_t len)
{
	for (size_t i = 0; i + 1 < len; i++)
		if ((s[i] == ' ' || s[i] == '\t') && s[i + 1] == '\n')
			return true;
	return false;
}

/*
 * White space may change where a word before it in the same statement became
 * longer or shorter: as alignment of the next line, or anywhere in a head.
 */
static void compare_gap(const struct text_words *a, size_t i,
			const struct text_words *b, size_t k, bool shifted,
			struct wording *ret)
{
	size_t x = gap_before(a, i), y = gap_before(b, k);
	size_t m = a->v[i].at - x, n = b->v[k].at - y;
	const char *s = a->text + x, *t = b->text + y;
	bool head = i <= a->head && k <= b->head;

	if (!i || !k || (m == n && !memcmp(s, t, m)))
		return;
	if (shifted && !ends_line_blank(t, n) &&
	    (head || (newlines(s, m) && newlines(s, m) == newlines(t, n)))) {
		ret->aligned = true;
		return;
	}
	if (!ret->space)
		ret->space_at = b->v[k].at;
	ret->space = true;
}

static bool ends_statement(const struct text_word *w)
{
	return word_is(w, ";") || word_is(w, "{") || word_is(w, "}");
}

static bool differs(const struct text_words *a, size_t i,
		    const struct text_words *b, size_t k)
{
	if (i >= a->nr || k >= b->nr)
		return i < a->nr || k < b->nr;
	return !text_words_same(&a->v[i], &b->v[k]);
}

static void take_both(const struct text_words *a, size_t *i,
		      const struct text_words *b, size_t *k, bool *shifted,
		      struct wording *ret)
{
	const struct text_word *x = &a->v[*i], *y = &b->v[*k];
	bool other = x->len != y->len || memcmp(x->s, y->s, x->len) != 0;

	compare_gap(a, *i, b, *k, *shifted, ret);
	ret->names |= other;
	*shifted = (*shifted || other) && !ends_statement(x);
	++*i;
	++*k;
}

void text_words_compare(const struct text_words *a, const struct text_words *b,
			const struct word_names *names, struct wording *ret)
{
	size_t i = 0, k = 0;
	bool shifted = false;

	*ret = (struct wording){ 0 };
	for (;;) {
		size_t x, y;

		compare_comments(a, &i, b, &k, names, ret);
		x = take_linkage(a, i);
		y = take_linkage(b, k);
		if (x - i != y - k) {
			ret->linkage = true;
			shifted = true;
		}
		i = x;
		k = y;
		compare_comments(a, &i, b, &k, names, ret);
		if ((i < a->nr && a->v[i].linkage) ||
		    (k < b->nr && b->v[k].linkage))
			continue;
		if (differs(a, i, b, k))
			break;
		if (i == a->nr)
			return;
		take_both(a, &i, b, &k, &shifted, ret);
	}
	ret->code = true;
	ret->code_at[0] = i;
	ret->code_at[1] = k;
}
