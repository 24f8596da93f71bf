// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every hit of the file's last part is looked at once. What kind of place it
 * stands in decides what may be done: the text of a comment names files for
 * people, a string names them for the machine, and "x.h" between two operands is
 * a member h of x.
 */
#define _GNU_SOURCE
#include "mentions.h"

#include "lib/fs.h"
#include "lib/lex.h"
#include "lib/spelling.h"

enum place {
	PLACE_NONE,    /* names no file */
	PLACE_INCLUDE, /* the spelling of an #include line */
	PLACE_TEXT,    /* for people, or for make and scripts */
	PLACE_CODE,    /* a string, a directive */
};

struct span {
	size_t begin, end;
};

struct scan {
	const struct file_rename *r;
	const char *path;
	const struct buf *text; /* as it was */
	bool is_c;
	struct tokens tokens; /* of a C file */
	size_t token;	      /* the one at hand */
	size_t done;	      /* bytes of text that are in out */
	size_t line_at;	      /* offset that 'line' is the line of */
	unsigned int line;
	struct buf out;
	mention_fn *fn;
	void *data;
};

bool is_c_path(const char *path)
{
	return ends_with(path, ".c") || ends_with(path, ".h");
}

static struct span line_around(const struct buf *text, size_t at)
{
	struct span s = { at, at };

	while (s.begin && text->data[s.begin - 1] != '\n')
		s.begin--;
	while (s.end < text->len && text->data[s.end] != '\n')
		s.end++;
	return s;
}

static bool in_include(const struct buf *text, struct span line, size_t at,
		       struct span *ret)
{
	if (!include_in_line(text->data + line.begin, line.end - line.begin,
			     &ret->begin, &ret->end))
		return false;
	ret->begin += line.begin;
	ret->end += line.begin;
	return at >= ret->begin && at < ret->end;
}

static enum place place_in_c(struct scan *s, size_t at, struct span *ret)
{
	const struct token *t;

	while (s->tokens.v[s->token].end <= at)
		s->token++;
	t = &s->tokens.v[s->token];
	switch (t->kind) {
	case TOKEN_COMMENT:
		return PLACE_TEXT;
	case TOKEN_STRING:
		return PLACE_CODE;
	case TOKEN_DIRECTIVE:
		if (in_include(s->text, (struct span){ t->begin, t->end }, at,
			       ret))
			return PLACE_INCLUDE;
		return token_in_comment(&s->tokens, at) ? PLACE_TEXT :
							   PLACE_CODE;
	default:
		return PLACE_NONE;
	}
}

static enum place place_of(struct scan *s, size_t at, struct span *ret)
{
	if (s->is_c)
		return place_in_c(s, at, ret);
	return in_include(s->text, line_around(s->text, at), at, ret) ?
		       PLACE_INCLUDE :
		       PLACE_TEXT;
}

static void tell(struct scan *s, enum mention_fate fate, struct span span)
{
	_cleanup_free_ char *old = xstrndup(s->text->data + span.begin,
					    span.end - span.begin);

	for (; s->line_at < span.begin; s->line_at++)
		s->line += s->text->data[s->line_at] == '\n';
	s->fn(s->data, fate, old, s->line);
}

static void replace(struct scan *s, struct span span, const char *new)
{
	buf_add(&s->out, s->text->data + s->done, span.begin - s->done);
	buf_addstr(&s->out, new);
	s->done = span.end;
}

static void take_include(struct scan *s, struct span span)
{
	const struct file_rename *r = s->r;
	_cleanup_free_ char *old = xstrndup(s->text->data + span.begin,
					    span.end - span.begin);
	_cleanup_free_ char *new = NULL;
	enum meaning meaning = spelling_means(s->path, old, r->from,
					      &r->namesakes);

	if (meaning == MEANS_OTHER)
		return;
	if (meaning == MEANS_IT)
		new = spelling_of(s->path, old, r->from, r->to);
	tell(s,
	     meaning == MEANS_UNCLEAR ? MENTION_UNCLEAR :
	     new		      ? MENTION_INCLUDE :
					MENTION_UNSPELLED,
	     span);
	if (new)
		replace(s, span, new);
}

static bool is_path_byte(char c)
{
	return is_word_byte(c) || (c && strchr("-+./", c));
}

/* The path that ends in the name at 'at', no more; false when none does. */
static bool path_around(const struct scan *scan, size_t at, size_t len,
			struct span *ret)
{
	const char *s = scan->text->data;
	size_t end = at + len, begin = at;

	if (is_word_byte(s[end]) || (s[end] && strchr("-+/", s[end])) ||
	    (s[end] == '.' && is_word_byte(s[end + 1])))
		return false;
	while (begin && is_path_byte(s[begin - 1]))
		begin--;
	if (begin != at && s[at - 1] != '/')
		return false;
	/* The end of a pattern; in C, a comment may begin so. */
	if (begin && strchr(scan->is_c ? "?]}%~@" : "?]}%~@*", s[begin - 1]))
		return false;
	*ret = (struct span){ begin, end };
	return true;
}

static size_t files_called(const struct strv *namesakes, const char *name)
{
	size_t nr = 0;

	for (size_t i = 0; i < namesakes->nr; i++)
		nr += path_ends_in(namesakes->v[i], name);
	return nr;
}

/* A bare name beside a file of that name is about that one. */
static bool has_own(const struct scan *s)
{
	_cleanup_free_ char *dir = fs_dirname(s->path);
	_cleanup_free_ char *own = fs_join(dir, fs_basename(s->r->from));

	return !streq(own, s->r->from) && strv_has(&s->r->namesakes, own);
}

static void take_text(struct scan *s, size_t at, enum place place)
{
	const struct file_rename *r = s->r;
	size_t len = strlen(fs_basename(r->from));
	_cleanup_free_ char *word = NULL;
	struct span span, last = { at, at + len };
	const char *name;

	if (!path_around(s, at, len, &span))
		return;
	word = xstrndup(s->text->data + span.begin, span.end - span.begin);
	for (name = word; starts_with(name, "/") || starts_with(name, "./") ||
			  starts_with(name, "../");)
		name += strcspn(name, "/") + 1;
	span.begin = span.end - strlen(name);
	if (!path_ends_in(r->from, name) &&
	    (files_called(&r->namesakes, name) || !path_ends_in(name, r->from)))
		return;
	if (streq(name, fs_basename(r->from)) && has_own(s))
		return;
	if (place == PLACE_TEXT && streq(name, r->from)) {
		replace(s, span, r->to);
	} else if (place == PLACE_TEXT && path_ends_in(r->from, name) &&
		   files_called(&r->namesakes, name) == 1 &&
		   (streq(name, fs_basename(r->from)) ||
		    same_folder(r->from, r->to))) {
		if (streq(fs_basename(r->from), fs_basename(r->to)))
			return;
		replace(s, last, fs_basename(r->to));
	} else {
		tell(s, place == PLACE_CODE ? MENTION_CODE : MENTION_LEFT,
		     span);
		return;
	}
	tell(s, MENTION_CHANGED, span);
}

static void take(struct scan *s, size_t at)
{
	struct span span;
	enum place place = place_of(s, at, &span);

	if (place == PLACE_INCLUDE)
		take_include(s, span);
	else if (place != PLACE_NONE)
		take_text(s, at, place);
}

void mentions_rename(const struct file_rename *r, const char *path,
		     struct buf *text, mention_fn *fn, void *data)
{
	const char *name = fs_basename(r->from);
	struct scan s = { .r = r, .path = path, .text = text,
			  .is_c = is_c_path(path), .line = 1,
			  .out = BUF_INIT, .fn = fn, .data = data };

	if (s.is_c)
		lex(text->data, text->len, &s.tokens);
	for (size_t at = 0; at < text->len;) {
		const char *hit = memmem(text->data + at, text->len - at, name,
					 strlen(name));

		if (!hit)
			break;
		at = hit - text->data;
		take(&s, at);
		at += strlen(name);
	}
	buf_add(&s.out, text->data + s.done, text->len - s.done);
	if (s.is_c)
		tokens_release(&s.tokens);
	buf_release(text);
	*text = s.out;
}
