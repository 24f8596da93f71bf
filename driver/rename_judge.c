// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which hits mean the entity. Code first, file by file; then comments and
 * documentation, which no grammar ties to anything: they follow where the name
 * means one thing only, in the tree or at least in their file. What nobody can
 * tell, and what would break a build that nobody here runs, is drift.
 */
#include "rename.h"

static void complain(const struct renaming *r, const struct renamed_file *f,
		     const struct entity *e, unsigned int line,
		     enum drift_class class, const char *suggestion,
		     const char *what)
{
	drifts_add(r->job->drifts, class, e->old, f->edit->path, line,
		   suggestion, "'%s' %s", e->old, what);
}

static bool is_symbol(const struct entity *e)
{
	return !e->tag && e->kind != ITEM_TYPEDEF && e->kind != ITEM_TYPE &&
	       e->kind != ITEM_MACRO;
}

/* A definition that is not the entity's, and which other files can mean. */
static bool is_rival(const struct entity *e, const struct renamed_file *f,
		     const struct mention *m)
{
	return !e->local && !f->is_from && m->old.standing == STANDS_DEFINED &&
	       !e->weak && !m->old.weak;
}

/* True when the file's world has a definition of its own. */
static bool is_foreign(const struct renaming *r, size_t entity,
		       const char *path)
{
	_cleanup_free_ char *here = world_of(r->job->step->from);
	_cleanup_free_ char *world = world_of(path);

	if (!worlds_differ(here, world))
		return false;
	for (size_t i = 0; i < r->nr_files; i++) {
		const struct renamed_file *f = &r->files[i];
		_cleanup_free_ char *other = world_of(f->edit->path);

		if (is_rival(&r->v[entity], f, &f->of[entity]) &&
		    streq(other, world))
			return true;
	}
	return false;
}

/*
 * A static function of a .c file is also meant in a template that the file
 * includes, unless that one declares the name itself.
 */
static bool is_in_scope(const struct renaming *r, size_t entity,
			const struct renamed_file *f)
{
	const struct entity *e = &r->v[entity];
	enum standing standing = f->of[entity].old.standing;

	if (f->is_from)
		return true;
	if (e->local)
		return f->includes_from ||
		       (f->included && standing == STANDS_NOT);
	return standing != STANDS_PRIVATE &&
	       !is_foreign(r, entity, f->edit->path);
}

/* Two definitions that one kernel can hold: nobody can tell which is meant. */
static void check_rivals(const struct renaming *r, size_t entity)
{
	_cleanup_free_ char *here = world_of(r->job->step->from);
	const struct entity *e = &r->v[entity];

	for (size_t i = 0; i < r->nr_files; i++) {
		const struct renamed_file *f = &r->files[i];
		const struct mention *m = &f->of[entity];
		_cleanup_free_ char *world = world_of(f->edit->path);

		if (e->defined && is_rival(e, f, m) &&
		    !worlds_differ(here, world))
			complain(r, f, e, m->old.line, DRIFT_TWICE,
				 "a step can only be about a name that is defined once",
				 "has a definition here, too");
	}
}

static bool is_pasted(const struct renaming *r, const struct hit *hit)
{
	enum paste paste = paste_of(&r->macros, hit->callee, hit->argument);

	return paste == PASTE_YES ||
	       (paste == PASTE_UNKNOWN && hit->pasted_form);
}

/* Whether a hit in code is the entity's; comments come later. */
static bool means_entity(const struct renaming *r, const struct entity *e,
			 const struct mention *m, const struct hit *hit)
{
	switch (hit->class) {
	case HIT_NAME:
		return !e->tag && m->in_scope;
	case HIT_ARGUMENT:
		return !e->tag && m->in_scope && !is_pasted(r, hit);
	case HIT_TAG:
		return e->tag && m->in_scope;
	case HIT_ASSEMBLER:
		return !e->local && m->in_scope &&
		       (is_symbol(e) || e->kind == ITEM_MACRO);
	default:
		return false;
	}
}

static bool is_code(enum hit_class class)
{
	return class != HIT_STRING && class != HIT_COMMENT &&
	       class != HIT_DOCUMENT && class != HIT_OTHER;
}

/* An inline asm that calls the function by its name no longer links. */
static void check_hit(const struct renaming *r, const struct renamed_file *f,
		      const struct entity *e, const struct mention *m,
		      const struct hit *hit)
{
	if (!m->in_scope)
		return;
	if (hit->class == HIT_UNKNOWN)
		complain(r, f, e, hit->line, DRIFT_UNPARSED,
			 "rename it there in a step before this one",
			 "stands in code that the lexer does not understand");
	if (hit->class == HIT_ASM && is_symbol(e))
		complain(r, f, e, hit->line, DRIFT_DISAGREE,
			 "let the asm take it as an operand first",
			 "stands in a string of assembler");
	if (e->kind == ITEM_MACRO && !e->tag && f->is_from &&
	    (hit->class == HIT_MEMBER || hit->class == HIT_LABEL ||
	     hit->class == HIT_LOCAL || hit->class == HIT_TAG))
		complain(r, f, e, hit->line, DRIFT_DISAGREE, NULL,
			 "is a macro, and may be expanded here, where it looks "
			 "like a member, a tag, a label or a local");
}

static void judge_code(struct renaming *r, size_t entity,
		       struct renamed_file *f)
{
	struct entity *e = &r->v[entity];
	struct mention *m = &f->of[entity];

	m->in_scope = is_in_scope(r, entity, f);
	m->renamed = xcalloc(m->hits.nr, sizeof(*m->renamed));
	for (size_t i = 0; i < m->hits.nr; i++) {
		const struct hit *hit = &m->hits.v[i];

		m->renamed[i] = means_entity(r, e, m, hit);
		if (m->renamed[i])
			m->nr_code++;
		else if (is_code(hit->class))
			m->mixed = true;
		check_hit(r, f, e, m, hit);
	}
	if (m->doubtful && m->old.standing == STANDS_PRIVATE)
		complain(r, f, e, m->doubtful, DRIFT_TWICE,
			 "give the file's own definition another name first",
			 "is the file's own in some configurations only");
	e->ambiguous |= m->mixed;
}

/* "name()", or the "name - what it does" of a kernel-doc comment. */
static bool is_function_form(const struct renamed_file *f,
			     const struct hit *hit)
{
	const char *text = f->edit->data.data;
	size_t begin = hit->begin;

	if (text[hit->end] == '(')
		return true;
	if (!starts_with(text + hit->end, " - "))
		return false;
	while (begin && strchr(" \t*", text[begin - 1]))
		begin--;
	return begin && text[begin - 1] == '\n';
}

/* The comment above a definition or declaration of the entity. */
static bool is_leading_comment(const struct renamed_file *f,
			       const struct mention *m, const struct hit *hit,
			       const struct items *items)
{
	const struct item *it;

	if (f->kind != FILE_SOURCE || hit->item == ITEMS_NONE)
		return false;
	it = &items->v[hit->item];
	if (hit->begin >= it->code_begin)
		return false;
	for (size_t i = 0; i < m->hits.nr; i++)
		if (m->renamed[i] && m->hits.v[i].begin == it->name_begin)
			return true;
	return false;
}

/* "walk" may be what somebody does; "mmu_walk" is always a name. */
static bool is_word(const char *name)
{
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* In prose an ordinary word is a name where it is marked as one. */
static bool is_named(const struct renamed_file *f, const struct entity *e,
		     const struct hit *hit)
{
	return !is_word(e->old) || is_function_form(f, hit) ||
	       (hit->begin &&
		strchr("`@%&", f->edit->data.data[hit->begin - 1]));
}

static void judge_prose(struct renaming *r, size_t entity,
			struct renamed_file *f)
{
	const struct entity *e = &r->v[entity];
	struct mention *m = &f->of[entity];
	bool own_file = !m->mixed && (m->nr_code || f->is_from);
	struct items items = { 0 };

	if (f->kind == FILE_SOURCE && e->ambiguous && !own_file && m->nr_code)
		items_parse(f->edit->data.data, f->edit->data.len, &items);
	for (size_t i = 0; i < m->hits.nr; i++) {
		const struct hit *hit = &m->hits.v[i];

		if (!is_named(f, e, hit))
			continue;
		if (hit->class == HIT_DOCUMENT)
			m->renamed[i] = !e->ambiguous;
		if (hit->class == HIT_COMMENT)
			m->renamed[i] =
				!e->ambiguous || own_file ||
				(items.nr && is_function_form(f, hit) &&
				 is_leading_comment(f, m, hit, &items));
	}
	items_release(&items);
}

/* Our own rules must rename what the step is about. */
static void check_anchor(const struct renaming *r, size_t entity)
{
	const struct entity *e = &r->v[entity];

	for (size_t i = 0; i < r->nr_files; i++) {
		const struct renamed_file *f = &r->files[i];
		const struct mention *m = &f->of[entity];

		if (!f->is_from)
			continue;
		for (size_t k = 0; k < m->hits.nr; k++)
			if (m->renamed[k] && m->hits.v[k].begin == e->offset)
				return;
		complain(r, f, e, e->line, DRIFT_DISAGREE, NULL,
			 "is made by a macro that makes other names of it");
	}
}

/* Each of two architectures has one: what is common to them means either. */
static void check_common(const struct renaming *r, size_t entity)
{
	_cleanup_free_ char *here = world_of(r->job->step->from);
	const struct entity *e = &r->v[entity];
	const struct renamed_file *rival = NULL, *common = NULL;

	for (size_t i = 0; i < r->nr_files; i++) {
		const struct renamed_file *f = &r->files[i];
		const struct mention *m = &f->of[entity];
		_cleanup_free_ char *world = world_of(f->edit->path);

		if (is_rival(e, f, m) && !world_is_apart(world) &&
		    worlds_differ(here, world))
			rival = f;
		if (!*world && m->nr_code)
			common = f;
	}
	if (rival && common)
		complain(r, rival, e, rival->of[entity].old.line, DRIFT_TWICE,
			 "a step can only be about a name that is defined once",
			 "has a definition here, too, and common code uses it");
}

/*
 * A template that one file includes for its own static may be included by
 * another file that has a static of this name as well.
 */
static void check_templates(const struct renaming *r, size_t entity)
{
	const struct entity *e = &r->v[entity];

	for (size_t i = 0; e->local && i < r->nr_files; i++) {
		const struct renamed_file *f = &r->files[i];

		if (!f->included || !f->of[entity].nr_code)
			continue;
		for (size_t k = 0; k < r->nr_files; k++) {
			const struct renamed_file *g = &r->files[k];
			struct items items;

			if (g->is_from || g->kind != FILE_SOURCE ||
			    g->of[entity].old.standing != STANDS_PRIVATE)
				continue;
			items_parse(g->edit->data.data, g->edit->data.len,
				    &items);
			if (includes_path(&items, f->edit->path))
				complain(r, f, e, f->of[entity].hits.v[0].line,
					 DRIFT_TWICE, NULL,
					 "is meant here by two files that "
					 "include this one");
			items_release(&items);
		}
	}
}

/* A macro that pastes its argument makes nothing of that name. */
static void settle_stand(const struct renaming *r, struct mention *m)
{
	for (size_t i = 0; m->old.made && i < m->hits.nr; i++) {
		const struct hit *hit = &m->hits.v[i];

		if (hit->begin == m->old.offset &&
		    hit->class == HIT_ARGUMENT && is_pasted(r, hit))
			m->old = (struct stand){ 0 };
	}
}

void rename_judge(struct renaming *r)
{
	for (size_t n = 0; n < r->nr; n++) {
		for (size_t i = 0; i < r->nr_files; i++)
			settle_stand(r, &r->files[i].of[n]);
		check_rivals(r, n);
		for (size_t i = 0; i < r->nr_files; i++)
			judge_code(r, n, &r->files[i]);
		for (size_t i = 0; i < r->nr_files; i++)
			judge_prose(r, n, &r->files[i]);
		check_anchor(r, n);
		check_common(r, n);
		check_templates(r, n);
	}
}
