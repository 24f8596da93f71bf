// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a rename may do to the touched files, of any type: whole words that are
 * an old name become its new name, and what is aligned to a parenthesis that
 * this shifts is aligned anew. Both texts are walked side by side, word by
 * word, and every byte is held against its counterpart. That is stricter than
 * the accounts of items and lines, which therefore are not asked: nothing has a
 * place to go to.
 */
#include "renames.h"
#include "text.h"

#define TAB 8

/* What a byte of a file is to its reader. */
enum place {
	PLACE_CODE,
	PLACE_COMMENT,
	PLACE_STRING,	/* a literal, and the path of an #include */
	PLACE_PROSE,	/* documentation */
	PLACE_OTHER,	/* code of a kind that no rung reads */
};

/* An open parenthesis: the columns behind it. */
struct open {
	size_t before, after;
};

struct walk {
	struct text_check *check;
	const struct text *a, *b;
	size_t i, k;	      /* bytes at hand of a and b */
	unsigned int line;    /* of both, from 1: newlines are never renamed */
	size_t col_a, col_b;  /* columns at hand, from 0 */
	unsigned char *place; /* of each byte of a: enum place */
	unsigned char *directive; /* of each byte of a: in a directive */
	struct open *open;
	size_t nr_open, alloc_open;
	size_t base;	      /* parentheses open outside of the directive at hand */
	bool in_directive;
	bool unread;	      /* a word became its new name where no rung looks */
};

static const char *place_name(enum place place)
{
	static const char *const names[] = {
		[PLACE_CODE] = "code", [PLACE_COMMENT] = "a comment",
		[PLACE_STRING] = "a string", [PLACE_PROSE] = "documentation",
		[PLACE_OTHER] = "a file that no rung reads",
	};

	return names[place];
}

static void report(struct walk *w, enum result weight, const char *what,
		   const char *name, const char *detail)
{
	_cleanup_free_ char *where = xasprintf("%s:%u", w->b->path, w->line);
	struct finding *f = outcome_add(w->check->out, weight, what, name,
					where, "%s", detail);

	f->excerpt = text_excerpt(w->b->data, w->b->len,
				  w->k < w->b->len ? w->k : w->b->len);
}

/* ---- What each byte is ---- */

static bool is_documentation(const char *path)
{
	return starts_with(path, "Documentation/") || ends_with(path, ".rst") ||
	       ends_with(path, ".txt") || ends_with(path, ".md");
}

static enum place place_of(const struct token *t)
{
	switch (t->kind) {
	case TOKEN_COMMENT:
		return PLACE_COMMENT;
	case TOKEN_STRING:
	case TOKEN_CHAR:
		return PLACE_STRING;
	default:
		return PLACE_CODE;
	}
}

static void mark_tokens(struct walk *w, size_t begin, size_t end);

/* The lexer leaves a directive whole: what is behind its # is looked at here. */
static void mark_directive(struct walk *w, const struct tokens *t, size_t i,
			   size_t begin)
{
	size_t end = begin + t->v[i].end - t->v[i].begin;

	memset(w->directive + begin, 1, end - begin);
	if (token_directive_is(t, i, "include"))
		memset(w->place + begin, PLACE_STRING, end - begin);
	else
		mark_tokens(w, begin + 1, end);
}

static void mark_tokens(struct walk *w, size_t begin, size_t end)
{
	struct tokens t;

	lex(w->a->data + begin, end - begin, &t);
	for (size_t i = 0; i < t.nr; i++) {
		size_t at = begin + t.v[i].begin;

		if (t.v[i].kind == TOKEN_DIRECTIVE)
			mark_directive(w, &t, i, at);
		else
			memset(w->place + at, place_of(&t.v[i]),
			       t.v[i].end - t.v[i].begin);
	}
	tokens_release(&t);
}

/* Lines that begin with # are comments to make, to a shell, to Kconfig. */
static void mark_lines(struct walk *w)
{
	bool comment = false, first = true;

	for (size_t i = 0; i < w->a->len; i++) {
		char c = w->a->data[i];

		if (first && c != ' ' && c != '\t') {
			comment = c == '#';
			first = false;
		}
		w->place[i] = comment ? PLACE_COMMENT : PLACE_OTHER;
		if (c == '\n')
			first = true;
	}
}

/* Assembly is lexed like C, but what it says is compiled nowhere. */
static void mark_assembly(struct walk *w)
{
	mark_tokens(w, 0, w->a->len);
	for (size_t i = 0; i < w->a->len; i++)
		if (w->place[i] == PLACE_CODE)
			w->place[i] = PLACE_OTHER;
}

static void mark(struct walk *w, bool is_c)
{
	w->place = xcalloc(w->a->len + 1, 1);
	w->directive = xcalloc(w->a->len + 1, 1);
	if (is_c)
		mark_tokens(w, 0, w->a->len);
	else if (is_documentation(w->a->path))
		memset(w->place, PLACE_PROSE, w->a->len);
	else if (ends_with(w->a->path, ".S"))
		mark_assembly(w);
	else
		mark_lines(w);
}

/* ---- The walk ---- */

/*
 * In code, $ and what is beyond ASCII may be part of an identifier; elsewhere they
 * are signs of their own: a typographic quote beside a name, a constant's $.
 */
static bool goes_on(const struct walk *w, char c)
{
	return is_word_byte(c) || (w->place[w->i] == PLACE_CODE &&
				   (c == '$' || is_code_byte(c)));
}

static size_t word_length(const struct walk *w, const struct text *t, size_t at)
{
	size_t end = at;

	while (end < t->len && goes_on(w, t->data[end]))
		end++;
	return end - at;
}

static bool is_word(const struct text *t, size_t at, size_t len,
		    const char *word)
{
	return strlen(word) == len && !memcmp(t->data + at, word, len);
}

static const struct renamed *find_old(const struct walk *w, size_t len)
{
	const struct contract *c = w->check->contract;

	for (size_t i = 0; i < c->nr_renamed; i++)
		if (is_word(w->a, w->i, len, c->renamed[i].old))
			return &c->renamed[i];
	return NULL;
}

static void leave_alone(struct walk *w, const struct renamed *r)
{
	enum place place = w->place[w->i];
	bool assembly = place == PLACE_OTHER && ends_with(w->a->path, ".S");
	_cleanup_free_ char *detail =
		xasprintf("the old name is left in %s", place_name(place));

	report(w, assembly ? RESULT_UNDECIDED : RESULT_EQUAL, "left-alone",
	       r->old, detail);
}

static bool take_renamed(struct walk *w, const struct renamed *r)
{
	enum place place = w->place[w->i];

	w->unread |= place == PLACE_OTHER;
	if (place != PLACE_STRING)
		return true;
	report(w, RESULT_DIFFERENT, "string", r->old,
	       "it was renamed in a string, which is data");
	return false;
}

/* One word of both; false at a difference that is no rename. */
static bool take_word(struct walk *w)
{
	size_t a = word_length(w, w->a, w->i);
	size_t b = word_length(w, w->b, w->k);
	const struct renamed *r = find_old(w, a);

	if (a == b && !memcmp(w->a->data + w->i, w->b->data + w->k, a)) {
		if (r)
			leave_alone(w, r);
	} else if (!r || !is_word(w->b, w->k, b, r->new)) {
		report(w, RESULT_DIFFERENT, "word", r ? r->old : w->a->path,
		       r ? "it became something else than its new name" :
			   "a word changed that is no renamed name");
		return false;
	} else if (!take_renamed(w, r)) {
		return false;
	}
	w->i += a;
	w->k += b;
	w->col_a += a;
	w->col_b += b;
	return true;
}

static size_t blanks(const struct text *t, size_t at, size_t *ret_column)
{
	size_t end = at;

	for (*ret_column = 0; end < t->len; end++) {
		if (t->data[end] == '\t')
			*ret_column += TAB - *ret_column % TAB;
		else if (t->data[end] == ' ')
			++*ret_column;
		else
			break;
	}
	return end - at;
}

/* What follows stood, and stands, right behind the innermost parenthesis. */
static bool is_aligned(const struct walk *w, size_t col_a, size_t col_b)
{
	const struct open *open;

	if (w->nr_open <= w->base || w->place[w->i] != PLACE_CODE)
		return false;
	open = &w->open[w->nr_open - 1];
	return open->before != open->after && open->before == col_a &&
	       open->after == col_b;
}

/* The blanks that begin a line of both. */
static bool take_indent(struct walk *w)
{
	size_t col_a, col_b;
	size_t a = blanks(w->a, w->i, &col_a), b = blanks(w->b, w->k, &col_b);
	bool same = a == b && !memcmp(w->a->data + w->i, w->b->data + w->k, a);

	if (!same && !is_aligned(w, col_a, col_b)) {
		report(w, RESULT_DIFFERENT, "line", w->b->path,
		       "its white space changed, and aligns nothing that a renamed word shifted");
		return false;
	}
	w->i += a;
	w->k += b;
	w->col_a = col_a;
	w->col_b = col_b;
	return true;
}

/* The parentheses of a directive are none of the code around it. */
static void follow_directive(struct walk *w)
{
	bool inside = w->directive[w->i];

	if (inside && !w->in_directive)
		w->base = w->nr_open;
	if (!inside && w->in_directive) {
		w->nr_open = w->base;
		w->base = 0;
	}
	w->in_directive = inside;
}

static void follow_parenthesis(struct walk *w, char c)
{
	if (w->place[w->i] != PLACE_CODE)
		return;
	if (c == '(') {
		ARRAY_GROW(w->open, w->nr_open, w->alloc_open);
		w->open[w->nr_open++] =
			(struct open){ w->col_a + 1, w->col_b + 1 };
	} else if (c == ')' && w->nr_open > w->base) {
		w->nr_open--;
	}
}

static bool take_byte(struct walk *w)
{
	char c = w->a->data[w->i];

	if (w->k >= w->b->len || w->b->data[w->k] != c) {
		report(w, RESULT_DIFFERENT, "line", w->b->path,
		       "it changed in more than a renamed word");
		return false;
	}
	follow_parenthesis(w, c);
	w->i++;
	w->k++;
	if (c == '\n') {
		w->line++;
		w->col_a = w->col_b = 0;
		return take_indent(w);
	}
	w->col_a += c == '\t' ? TAB - w->col_a % TAB : 1;
	w->col_b += c == '\t' ? TAB - w->col_b % TAB : 1;
	return true;
}

static void walk(struct walk *w)
{
	if (!take_indent(w))
		return;
	while (w->i < w->a->len) {
		follow_directive(w);
		if (w->k < w->b->len && goes_on(w, w->a->data[w->i]) ?
			    !take_word(w) :
			    !take_byte(w))
			return;
	}
	if (w->k < w->b->len)
		report(w, RESULT_DIFFERENT, "line", w->b->path,
		       "it has more than before");
	else if (w->unread)
		report(w, RESULT_UNDECIDED, "file", w->b->path,
		       "changed, and no rung looks into such a file");
}

void text_rename(struct text_check *check)
{
	for (size_t i = 0; i < check->before.nr_files; i++) {
		struct walk w = {
			.check = check, .line = 1,
			.a = check->before.files[i].text,
			.b = check->after.files[i].text,
		};

		if (!w.a->data || !w.b->data)
			continue;
		mark(&w, check->before.files[i].is_c);
		walk(&w);
		check->out->checked += w.line;
		free(w.place);
		free(w.directive);
		free(w.open);
	}
}
