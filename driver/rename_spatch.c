// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rules are the step's; what they match is held against what was judged.
 * Each place where spatch puts the new name must be one that means the entity,
 * and the definition must be among them. spatch does not see all places: it
 * skips branches and what it cannot parse. That is no drift here, other than in
 * a kind whose edits are spatch's: the lexer has judged each of these hits, and a
 * hit that it does not understand is drift of its own. Nothing of what spatch
 * prints is committed.
 */
#include "rename.h"

#define FILES_MOST 8 /* of these all are shown to spatch; else the step's alone */

/* A token that the compiler sees; those in directives have no token of the file. */
struct flat {
	const char *s;
	size_t len;
	unsigned int line;
};

struct flats {
	struct flat *v;
	size_t nr, alloc;
};

static void flatten(const struct tokens *t, unsigned int line,
		    struct flats *ret)
{
	for (size_t i = 0; i < t->nr; i++) {
		const struct token *token = &t->v[i];
		const char *s = t->text + token->begin;
		struct tokens inner;
		size_t len;

		if (!token_is_code(token))
			continue;
		if (token->kind == TOKEN_DIRECTIVE) {
			s = token_directive(t, i, &len);
			lex(s, t->text + token->end - s, &inner);
			flatten(&inner, line + token->line - 1, ret);
			tokens_release(&inner);
			continue;
		}
		ARRAY_GROW(ret->v, ret->nr, ret->alloc);
		ret->v[ret->nr++] = (struct flat){
			s, token->end - token->begin, line + token->line,
		};
	}
}

static void flatten_text(const struct buf *text, struct flats *ret)
{
	struct tokens t;

	lex(text->data, text->len, &t);
	flatten(&t, 0, ret);
	tokens_release(&t);
}

static bool spells(const struct flat *f, const char *s)
{
	return f->len == strlen(s) && !memcmp(f->s, s, f->len);
}

static bool same(const struct flat *a, const struct flat *b)
{
	return a->len == b->len && !memcmp(a->s, b->s, a->len);
}

static void disagree(const struct renaming *r, const struct renamed_file *f,
		     const char *name, unsigned int line,
		     const char *suggestion, const char *what)
{
	drifts_add(r->job->drifts, DRIFT_DISAGREE, name, f->edit->path, line,
		   suggestion, "%s", what);
}

/* The entity that the rule renames here; NULL: it does something else. */
static const struct entity *renamed_by_rule(const struct renaming *r,
					    const struct flat *old,
					    const struct flat *new)
{
	for (size_t n = 0; n < r->nr; n++)
		if (spells(old, r->v[n].old) && spells(new, r->v[n].new))
			return &r->v[n];
	return NULL;
}

static void check_place(const struct renaming *r, const struct renamed_file *f,
			const struct entity *e, const struct flat *old,
			bool *anchored)
{
	const struct mention *m = &f->of[e - r->v];
	size_t offset = (size_t)(old->s - f->edit->data.data);

	if (f->is_from && offset == e->offset)
		anchored[e - r->v] = true;
	for (size_t i = 0; i < m->hits.nr; i++)
		if (m->renamed[i] && m->hits.v[i].begin == offset)
			return;
	disagree(r, f, e->old, old->line, "narrow the rule",
		 "the rule renames what means something else");
}

static void compare(const struct renaming *r, const struct renamed_file *f,
		    const struct buf *text, bool *anchored)
{
	struct flats old = { 0 }, new = { 0 };
	size_t i;

	flatten_text(&f->edit->data, &old);
	flatten_text(text, &new);
	for (i = 0; i < old.nr && i < new.nr; i++) {
		const struct entity *e;

		if (same(&old.v[i], &new.v[i]))
			continue;
		e = renamed_by_rule(r, &old.v[i], &new.v[i]);
		if (!e)
			break;
		check_place(r, f, e, &old.v[i], anchored);
	}
	if (i < old.nr || i < new.nr)
		disagree(r, f, NULL, i < old.nr ? old.v[i].line : 0, NULL,
			 "spatch changes more here than the names");
	free(old.v);
	free(new.v);
}

static void pass_on(const struct renaming *r, const struct drift *d)
{
	drifts_add(r->job->drifts, d->class, d->name, d->path, d->line,
		   d->suggestion, "%s", d->message);
}

/*
 * SmPL cannot name a macro and often not a type; 'Items:' says that the lexer's
 * word is enough for a name.
 */
static bool needs_anchor(const struct renaming *r, const struct entity *e)
{
	return !e->tag &&
	       (e->kind == ITEM_FUNCTION || e->kind == ITEM_PROTOTYPE ||
		e->kind == ITEM_VARIABLE || e->kind == ITEM_EXTERN) &&
	       !strv_has(&r->job->step->items, e->old);
}

static void check_anchors(const struct renaming *r,
			  const struct renamed_file *f, const bool *anchored,
			  const struct drifts *unseen)
{
	for (size_t n = 0; n < r->nr; n++) {
		const struct entity *e = &r->v[n];
		size_t before = r->job->drifts->nr;

		if (anchored[n] || !needs_anchor(r, e))
			continue;
		for (size_t i = 0; i < unseen->nr; i++)
			if (streq(unseen->v[i].name, e->old))
				pass_on(r, &unseen->v[i]);
		if (r->job->drifts->nr == before)
			disagree(r, f, e->old, e->line,
				 "list it under '// Items:' when the rule cannot "
				 "name it",
				 "the rule does not rename the definition");
	}
}

static int ask_about(const struct renaming *r, const struct renamed_file *f,
		     struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(drifts_release) struct drifts unseen = { 0 };
	_cleanup_free_ bool *anchored = xcalloc(r->nr, sizeof(*anchored));
	const struct job *job = r->job;

	if (spatch_patch(job->spatch, job->series, job->step, f->edit->path,
			 &f->edit->data, &text, &unseen, err))
		return -1;
	compare(r, f, &text, anchored);
	if (f->is_from)
		check_anchors(r, f, anchored, &unseen);
	return 0;
}

static bool is_asked(const struct renaming *r, const struct renamed_file *f)
{
	if (f->kind != FILE_SOURCE)
		return false;
	for (size_t n = 0; n < r->nr; n++)
		if (f->of[n].nr_code)
			return true;
	return f->is_from;
}

int rename_ask_spatch(struct renaming *r, struct error *err)
{
	size_t nr = 0;

	for (size_t i = 0; i < r->nr_files; i++)
		nr += is_asked(r, &r->files[i]);
	for (size_t i = 0; i < r->nr_files; i++) {
		const struct renamed_file *f = &r->files[i];

		if ((f->is_from || (nr <= FILES_MOST && is_asked(r, f))) &&
		    ask_about(r, f, err))
			return -1;
	}
	return 0;
}
