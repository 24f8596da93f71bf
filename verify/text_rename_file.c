// SPDX-License-Identifier: GPL-2.0-only
/*
 * What renaming a file may do: line n of every file is line n of the one before,
 * the renamed one's too, but for the name. A line that differs must be an #include
 * line that meant the old file and means the new one; a name in a comment, or in
 * a file that is not C; the renamed header's guard; or the object's word in the
 * build file. What a string says is never a name to be changed.
 */
#include "text.h"

#include <ctype.h>

#include "lib/fs.h"
#include "lib/spelling.h"

/* A file before and after, and the line of each that is held against the other. */
struct line_pair {
	struct text_check *check;
	size_t old_file, new_file;
	const struct text *a, *b;
	size_t begin_a, end_a, begin_b, end_b; /* newline included */
};

/* A name, and what it becomes; may() says whether it stands at a byte of a. */
struct swap {
	const char *old, *new;
	bool (*may)(const struct line_pair *p, const struct swap *swap,
		    size_t at);
};

/* Behind the name the path ends. */
static bool ends_there(const char *text, size_t end)
{
	char c = text[end];

	return !is_word_byte(c) && !(c && strchr("-+/", c)) &&
	       !(c == '.' && is_word_byte(text[end + 1]));
}

static bool may_be_word(const struct line_pair *p, const struct swap *swap,
			size_t at)
{
	char c = at ? p->a->data[at - 1] : '\n';

	return ends_there(p->a->data, at + strlen(swap->old)) &&
	       !is_word_byte(c) && !strchr("-+.", c);
}

/* The path that ends at 'end', without leading ../ and the like; the caller frees. */
static char *path_before(const char *text, size_t end)
{
	size_t begin = end;

	while (begin && (is_word_byte(text[begin - 1]) ||
			 strchr("-+./", text[begin - 1])))
		begin--;
	while (begin < end && (text[begin] == '/' ||
			       !strncmp(text + begin, "./", 2) ||
			       !strncmp(text + begin, "../", 3)))
		begin += strcspn(text + begin, "/") + 1;
	return xstrndup(text + begin, end - begin);
}

/* For people: the path, or an end of it that no other file has. */
static bool may_be_name(const struct line_pair *p, const struct swap *swap,
			size_t at)
{
	const struct text_file *file = &p->check->before.files[p->old_file];
	const struct contract *c = p->check->contract;
	const struct strv *namesakes = &c->namesakes[0];
	_cleanup_free_ char *path = NULL;
	size_t nr = 0;

	if (!may_be_word(p, swap, at) ||
	    (file->is_c && !token_in_comment(&file->items.tokens, at)))
		return false;
	path = path_before(p->a->data, at + strlen(swap->old));
	for (size_t i = 0; i < namesakes->nr; i++)
		nr += path_ends_in(namesakes->v[i], path);
	return streq(path, c->from) || (nr == 1 && path_ends_in(c->from, path));
}

/* With another folder, an end of the path that has a part of it says too much. */
static bool may_be_tail(const struct line_pair *p, const struct swap *swap,
			size_t at)
{
	return may_be_name(p, swap, at) &&
	       (!at || p->a->data[at - 1] != '/' ||
		same_folder(p->check->contract->from,
			    p->check->contract->to));
}

/* CFLAGS_x.o, $(obj)/x.o, or a word of its own. */
static bool may_be_object(const struct line_pair *p, const struct swap *swap,
			  size_t at)
{
	const char *text = p->a->data;
	char end = text[at + strlen(swap->old)];
	char c = at ? text[at - 1] : '\n';

	if (end && !strchr(" \t\n\r\\:=+", end))
		return false;
	if (c == '/')
		return at > 1 && text[at - 2] == ')';
	if (c != '_')
		return strchr(" \t\n\\", c);
	for (at--; at && (text[at - 1] == '_' ||
			  isupper((unsigned char)text[at - 1])); at--)
		;
	return !at || strchr(" \t\n", text[at - 1]);
}

/* The bytes are the same but for names that were swapped where they may be. */
static bool same_but(const struct line_pair *p, size_t i, size_t k,
		     const struct swap *swaps, size_t nr)
{
	while (i < p->end_a || k < p->end_b) {
		size_t n = 0;

		for (; n < nr; n++)
			if (!strncmp(p->a->data + i, swaps[n].old,
				     strlen(swaps[n].old)) &&
			    !strncmp(p->b->data + k, swaps[n].new,
				     strlen(swaps[n].new)) &&
			    swaps[n].may(p, &swaps[n], i))
				break;
		if (n < nr) {
			i += strlen(swaps[n].old);
			k += strlen(swaps[n].new);
		} else if (i < p->end_a && k < p->end_b &&
			   p->a->data[i] == p->b->data[k]) {
			i++;
			k++;
		} else {
			return false;
		}
	}
	return true;
}

static bool same_but_names(const struct line_pair *p, size_t i, size_t k)
{
	const struct contract *c = p->check->contract;
	const struct swap swaps[] = {
		{ c->from, c->to, may_be_name },
		{ fs_basename(c->from), fs_basename(c->to), may_be_tail },
	};

	return same_but(p, i, k, swaps, ARRAY_SIZE(swaps));
}

static bool same_but_object(const struct line_pair *p)
{
	const struct contract *c = p->check->contract;
	_cleanup_free_ char *word = text_object_word(c);
	const struct swap swaps[] = {
		{ word, c->kbuild_word, may_be_object },
	};

	return word && same_but(p, p->begin_a, p->begin_b, swaps, 1);
}

/* The directive that a line of a C file begins with; the number of tokens. */
static size_t directive_of(const struct tokens *t, size_t begin, size_t end)
{
	size_t i = token_at(t, begin);

	while (i < t->nr && t->v[i].kind == TOKEN_SPACE)
		i++;
	return i < t->nr && t->v[i].kind == TOKEN_DIRECTIVE &&
			       t->v[i].begin >= begin && t->v[i].begin < end ?
		       i :
		       t->nr;
}

/* The spelling of an #include line as offsets of the text. */
static bool find_spelling(const struct text *t, size_t begin, size_t end,
			  size_t *ret_begin, size_t *ret_end)
{
	size_t from, to;

	if (!include_in_line(t->data + begin, end - begin, &from, &to))
		return false;
	*ret_begin = begin + from;
	*ret_end = begin + to;
	return true;
}

static bool is_include(const struct text_side *side, size_t file, size_t begin,
		       size_t end)
{
	const struct tokens *t = &side->files[file].items.tokens;
	size_t i;

	if (!side->files[file].is_c)
		return true;
	i = directive_of(t, begin, end);
	return i < t->nr && (token_directive_is(t, i, "include") ||
			     token_directive_is(t, i, "include_next"));
}

static bool is_respelled(const struct line_pair *p, const char *old,
			 const char *new)
{
	const struct contract *c = p->check->contract;
	_cleanup_free_ char *expect = NULL;

	if (streq(old, new))
		return true;
	if (spelling_means(p->a->path, old, c->from, &c->namesakes[0]) !=
	    MEANS_IT)
		return false;
	expect = spelling_of(p->a->path, old, c->from, c->to);
	return expect && streq(expect, new) &&
	       spelling_means(p->b->path, new, c->to, &c->namesakes[1]) ==
		       MEANS_IT;
}

/* False when one of the lines is no #include; else whether that names the file. */
static bool same_but_include(const struct line_pair *p, bool *ret_same)
{
	_cleanup_free_ char *old = NULL, *new = NULL;
	size_t i, end_i, k, end_k;

	if (!is_include(&p->check->before, p->old_file, p->begin_a, p->end_a) ||
	    !is_include(&p->check->after, p->new_file, p->begin_b, p->end_b) ||
	    !find_spelling(p->a, p->begin_a, p->end_a, &i, &end_i) ||
	    !find_spelling(p->b, p->begin_b, p->end_b, &k, &end_k))
		return false;
	old = xstrndup(p->a->data + i, end_i - i);
	new = xstrndup(p->b->data + k, end_k - k);
	*ret_same = i - p->begin_a == k - p->begin_b &&
		    !memcmp(p->a->data + p->begin_a, p->b->data + p->begin_b,
			    i - p->begin_a) &&
		    is_respelled(p, old, new) && same_but_names(p, end_i, end_k);
	return true;
}

/*
 * The three lines of the guard: the first two directives of the file and the
 * last. That no line of it was forgotten is counted in check_guard().
 */
static bool is_of_guard(const struct line_pair *p)
{
	const struct tokens *t = &p->check->before.files[p->old_file].items.tokens;
	size_t i = directive_of(t, p->begin_a, p->end_a), above = 0, below = 0;

	for (size_t n = 0; n < t->nr; n++) {
		above += n < i && t->v[n].kind == TOKEN_DIRECTIVE;
		below += n > i && t->v[n].kind == TOKEN_DIRECTIVE;
	}
	if (i == t->nr)
		return false;
	return (above == 0 && token_directive_is(t, i, "ifndef")) ||
	       (above == 1 && token_directive_is(t, i, "define")) ||
	       (below == 0 && token_directive_is(t, i, "endif"));
}

static bool same_but_guard(const struct line_pair *p)
{
	const struct contract *c = p->check->contract;
	struct swap swap = { .may = may_be_word };

	if (!c->nr_renamed || !streq(p->a->path, c->from) || !is_of_guard(p))
		return false;
	swap.old = c->renamed->old;
	swap.new = c->renamed->new;
	return same_but(p, p->begin_a, p->begin_b, &swap, 1);
}

/* Why the lines may not differ like this; NULL when they may. */
static const char *line_error(const struct line_pair *p)
{
	const struct contract *c = p->check->contract;
	bool same;

	if (same_but_include(p, &same))
		return same ? NULL :
			      "its #include does not name the renamed file as it did before";
	if (same_but_names(p, p->begin_a, p->begin_b) || same_but_guard(p))
		return NULL;
	if (c->kbuild && streq(c->kbuild, p->a->path) && same_but_object(p))
		return NULL;
	return "more than the file's name changed";
}

static size_t line_end(const struct text *t, size_t begin)
{
	const char *newline = begin < t->len ?
				      memchr(t->data + begin, '\n',
					     t->len - begin) :
				      NULL;

	return newline ? (size_t)(newline - t->data) + 1 : t->len;
}

static void compare_line(const struct line_pair *p)
{
	size_t len = p->end_a - p->begin_a;
	const char *error;

	if (len == p->end_b - p->begin_b &&
	    !memcmp(p->a->data + p->begin_a, p->b->data + p->begin_b, len))
		return;
	error = line_error(p);
	if (error)
		text_report_file(p->check, RESULT_DIFFERENT, p->b, p->begin_b,
				 error);
	text_allow(&p->check->before, p->old_file, p->begin_a, p->end_a);
	text_allow(&p->check->after, p->new_file, p->begin_b, p->end_b);
}

static void compare_files(struct text_check *check, size_t old, size_t new)
{
	struct line_pair p = {
		.check = check, .old_file = old, .new_file = new,
		.a = check->before.files[old].text,
		.b = check->after.files[new].text,
	};

	if (!p.a->data || !p.b->data)
		return; /* said already: text_other.c */
	while (p.begin_a < p.a->len && p.begin_b < p.b->len) {
		p.end_a = line_end(p.a, p.begin_a);
		p.end_b = line_end(p.b, p.begin_b);
		compare_line(&p);
		p.begin_a = p.end_a;
		p.begin_b = p.end_b;
		check->out->checked += !check->before.files[old].is_c;
	}
	if (p.begin_a < p.a->len || p.begin_b < p.b->len)
		text_report_file(check, RESULT_DIFFERENT, p.b,
				 p.begin_b ? p.begin_b - 1 : 0,
				 "lines were added or lost");
}

static bool in_make_comment(const struct text *t, size_t at)
{
	while (at && t->data[at - 1] != '\n')
		if (t->data[--at] == '#')
			return true;
	return false;
}

/*
 * CFLAGS_x.o, KASAN_SANITIZE_x.o of the object that is gone: what they ask for
 * is lost, and most of it shows in no configuration that is built here.
 */
static void check_object_left(struct text_check *check, const struct text *b)
{
	_cleanup_free_ char *word = text_object_word(check->contract);
	const struct line_pair p = { .check = check, .a = b, .b = b };
	const struct swap swap = { .old = word };
	const char *s = b->data;

	for (; word && (s = strstr(s, word)); s++)
		if (may_be_object(&p, &swap, s - b->data) &&
		    !in_make_comment(b, s - b->data))
			text_report_file(check, RESULT_DIFFERENT, b,
					 s - b->data,
					 "it still names the object that is gone");
}

static void check_object(struct text_check *check)
{
	const struct contract *c = check->contract;
	size_t file = text_find_file(&check->before, c->kbuild);
	const struct text *a, *b;
	const char *error;

	if (!ends_with(c->from, ".c"))
		return;
	if (file == TEXT_NONE) {
		outcome_add(check->out, RESULT_DIFFERENT, "file", c->from,
			    c->from, "no build file names its object anew");
		return;
	}
	a = check->before.files[file].text;
	b = check->after.files[file].text;
	error = a->data && b->data ? text_object_error(c, a, b) : NULL;
	if (error)
		text_report_file(check, RESULT_DIFFERENT, b, 0, error);
	if (b->data)
		check_object_left(check, b);
}

void text_rename_file(struct text_check *check)
{
	const struct contract *c = check->contract;
	size_t from = text_find_file(&check->before, c->from);
	size_t to = text_find_file(&check->after, c->to);

	if (from == TEXT_NONE || to == TEXT_NONE)
		return; /* said already */
	for (size_t i = 0; i < check->before.nr_files; i++)
		if (i != to)
			compare_files(check, i, i == from ? to : i);
	text_rename_file_left(check, from, to);
	check_object(check);
}
