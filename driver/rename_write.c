// SPDX-License-Identifier: GPL-2.0-only
/*
 * The old bytes with only the names replaced, and what becomes of the lines
 * that were aligned to a parenthesis behind one: they are aligned again when
 * all of that parenthesis' lines were, in the kernel's way, tabs and then
 * blanks. No line is wrapped: one that became too long is reported.
 */
#include "rename.h"

#include "columns.h"

#define TAB 8
#define LINE_MOST 100

/* A hit and what stands there afterwards. */
struct replacement {
	const struct hit *hit;
	const struct entity *entity;
};

struct replacements {
	struct replacement *v; /* owned, in order */
	size_t nr, alloc;
};

static int compare(const void *a, const void *b)
{
	const struct replacement *x = a, *y = b;

	return x->hit->begin < y->hit->begin ? -1 :
					       x->hit->begin > y->hit->begin;
}

static void collect(const struct renaming *r, const struct renamed_file *f,
		    struct replacements *ret)
{
	for (size_t n = 0; n < r->nr; n++) {
		const struct mention *m = &f->of[n];

		for (size_t i = 0; i < m->hits.nr; i++) {
			if (!m->renamed[i])
				continue;
			ARRAY_GROW(ret->v, ret->nr, ret->alloc);
			ret->v[ret->nr++] = (struct replacement){
				&m->hits.v[i], &r->v[n],
			};
		}
	}
	if (ret->nr)
		qsort(ret->v, ret->nr, sizeof(*ret->v), compare);
}

/* Bytes of the old text with the names in them replaced; *next goes on. */
static void put_bytes(struct columns *c, const char *text, size_t begin,
		      size_t end, const struct replacements *v, size_t *next)
{
	for (; *next < v->nr && v->v[*next].hit->begin < end; ++*next) {
		const struct hit *hit = v->v[*next].hit;
		const char *new = v->v[*next].entity->new;

		columns_copy(c, text + begin, hit->begin - begin);
		columns_replace(c, text + hit->begin, hit->end - hit->begin,
				new, strlen(new));
		begin = hit->end;
	}
	columns_copy(c, text + begin, end - begin);
}

/* The line that begins in the token is indented to the column, canonically. */
static bool is_aligned(const struct tokens *t, size_t space, size_t column)
{
	const char *s = t->text + t->v[space].begin;
	size_t len = t->v[space].end - t->v[space].begin, head = len;
	size_t tabs = column / TAB, blanks = column % TAB;

	while (s[head - 1] != '\n')
		head--;
	if (len - head != tabs + blanks)
		return false;
	for (size_t i = head; i < len; i++)
		if (s[i] != (i - head < tabs ? '\t' : ' '))
			return false;
	return true;
}

static bool breaks_line(const struct tokens *t, size_t i)
{
	return t->v[i].kind == TOKEN_SPACE && i + 1 < t->nr &&
	       t->v[i + 1].kind != TOKEN_DIRECTIVE &&
	       memchr(t->text + t->v[i].begin, '\n',
		      t->v[i].end - t->v[i].begin);
}

/* All lines that begin directly in the parenthesis at 'open' stand at column. */
static bool all_aligned(const struct tokens *t, size_t open, size_t column)
{
	size_t depth = 0;

	for (size_t i = open; i < t->nr; i++) {
		if (token_is(t, i, "(") || token_is(t, i, "[") ||
		    token_is(t, i, "{"))
			depth++;
		else if ((token_is(t, i, ")") || token_is(t, i, "]") ||
			  token_is(t, i, "}")) && --depth == 0)
			return true;
		else if (depth == 1 && breaks_line(t, i) &&
			 !is_aligned(t, i, column))
			return false;
	}
	return false;
}

static void put_source(const struct tokens *t, const struct replacements *v,
		       struct buf *ret)
{
	struct columns c = { .out = ret };
	size_t next = 0;

	for (size_t i = 0; i < t->nr; i++) {
		const struct token *token = &t->v[i];
		size_t open = c.nr;

		if (next < v->nr && v->v[next].hit->begin < token->end) {
			put_bytes(&c, t->text, token->begin, token->end, v,
				  &next);
			continue;
		}
		columns_token(&c, t, i);
		if (c.nr > open && c.before != c.after && !c.open[open].fixed)
			c.open[open].fixed = !all_aligned(t, i, c.before);
	}
	columns_release(&c);
}

static void put_text(const struct buf *text, const struct replacements *v,
		     struct buf *ret)
{
	struct columns c = { .out = ret };
	size_t next = 0;

	put_bytes(&c, text->data, 0, text->len, v, &next);
	columns_release(&c);
}

static size_t width_of_line(const struct buf *text, unsigned int line)
{
	const char *s = text->data, *end = text->data + text->len, *eol;

	while (line > 1 && (s = memchr(s, '\n', (size_t)(end - s)))) {
		s++;
		line--;
	}
	eol = s ? memchr(s, '\n', (size_t)(end - s)) : NULL;
	return s ? columns_behind(0, s, (size_t)((eol ? eol : end) - s)) : 0;
}

static void report_long_lines(const struct renaming *r,
			      const struct renamed_file *f,
			      const struct replacements *v,
			      const struct buf *after)
{
	for (size_t i = 0; i < v->nr; i++) {
		unsigned int line = v->v[i].hit->line;

		if (width_of_line(after, line) > LINE_MOST &&
		    width_of_line(&f->edit->data, line) <= LINE_MOST)
			applied_leave(r->job->applied, "long line",
				      v->v[i].entity->new, f->edit->path, line);
	}
}

/* What a hit that stays is, for the report. */
static const char *class_of(const struct entity *e, const struct mention *m,
			    const struct hit *hit)
{
	switch (hit->class) {
	case HIT_TAG:
		return e->tag ? "another tag" : "tag";
	case HIT_ARGUMENT:
		if (hit->pasted_form || (m->in_scope && !e->tag))
			return "pasted argument";
		break;
	case HIT_PASTED:
		return "pasted argument";
	case HIT_MEMBER:
		return "member";
	case HIT_LABEL:
		return "label";
	case HIT_LOCAL:
		return "local";
	case HIT_STRING:
	case HIT_ASM:
		return "string";
	case HIT_COMMENT:
		return "comment";
	case HIT_DOCUMENT:
		return "documentation";
	case HIT_ASSEMBLER:
		return "assembler";
	case HIT_OTHER:
		return "other file";
	case HIT_NAME:
	case HIT_UNKNOWN:
		break;
	}
	if (m->old.standing == STANDS_PRIVATE)
		return "other static";
	return e->tag ? "ordinary name" : "other definition";
}

static void report_left(const struct renaming *r, const struct renamed_file *f,
			size_t entity)
{
	const struct entity *e = &r->v[entity];
	const struct mention *m = &f->of[entity];
	const struct hit *last = NULL;

	for (size_t i = 0; i < m->hits.nr; i++) {
		const struct hit *hit = &m->hits.v[i];

		if (m->renamed[i])
			continue;
		/* Twice in a line is still one place to look at. */
		if (!last || last->line != hit->line ||
		    last->class != hit->class)
			applied_leave(r->job->applied, class_of(e, m, hit),
				      e->old, f->edit->path, hit->line);
		last = hit;
	}
}

static const char *kind_name(const struct entity *e)
{
	return e->kind == ITEM_TYPE && !e->tag ? "enumerator" :
						 item_kind_name(e->kind);
}

static void report_touched(const struct renaming *r,
			   const struct renamed_file *f, size_t entity)
{
	const struct entity *e = &r->v[entity];
	const struct mention *m = &f->of[entity];
	_cleanup_free_ char *name = xasprintf("%s -> %s", e->old, e->new);
	bool touched = false;

	for (size_t i = 0; i < m->hits.nr; i++)
		touched |= m->renamed[i];
	if (touched)
		applied_add(r->job->applied, name,
			    f->is_from ? kind_name(e) :
			    m->nr_code ? "use" : "mention",
			    f->edit->path, f->edit->path);
}

static void write_file(const struct renaming *r, struct renamed_file *f)
{
	struct replacements v = { 0 };
	struct buf after = BUF_INIT;

	collect(r, f, &v);
	if (f->kind == FILE_SOURCE) {
		struct tokens t;

		lex(f->edit->data.data, f->edit->data.len, &t);
		put_source(&t, &v, &after);
		tokens_release(&t);
	} else {
		put_text(&f->edit->data, &v, &after);
	}
	report_long_lines(r, f, &v, &after);
	buf_release(&f->edit->data);
	f->edit->data = after;
	free(v.v);
}

void rename_write(struct renaming *r)
{
	for (size_t i = 0; i < r->nr_files; i++)
		write_file(r, &r->files[i]);
	for (size_t n = 0; n < r->nr; n++) {
		for (size_t i = 0; i < r->nr_files; i++)
			if (r->files[i].is_from)
				report_touched(r, &r->files[i], n);
		for (size_t i = 0; i < r->nr_files; i++)
			if (!r->files[i].is_from)
				report_touched(r, &r->files[i], n);
		for (size_t i = 0; i < r->nr_files; i++)
			report_left(r, &r->files[i], n);
	}
}
