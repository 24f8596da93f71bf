// SPDX-License-Identifier: GPL-2.0-only
/*
 * A rename, undone before anything is compared: in a unit before, every token
 * that means the renamed entity (and not a member, label, local or parameter
 * of its name) gets a number that no spelling has; in a unit after, every token
 * of the new name that means it gets the same. All else of the rung then
 * compares token by token and knows nothing of renames: a missed place, a
 * place too many, or a local that captures the new name is a difference.
 *
 * Where the walker does not know what a token means (code that it cannot
 * parse, assembly), both names get that number and the place is reported as
 * undecided: an equal rest then proves no more than that.
 */
#define _GNU_SOURCE
#include "lib/buf.h"
#include "renames.h"
#include "tokens_rename.h"

/* One unit of one side. */
struct renaming {
	struct token_check *check;
	struct token_unit *u;
	bool after;
	bool *in_view;	      /* by rename: the unit declares the entity */
	const struct def *def;
	struct place {	      /* the tokens of def that mean an entity */
		size_t at;
		const struct token_rename *rename;
	} *places;
	size_t nr, alloc;
	bool *reported;	      /* by rename: the name that must not be there */
};

/* ---- Does a unit's name mean the entity? ---- */

static sym name_here(const struct renaming *n, const struct token_rename *r)
{
	return n->after ? r->new : r->old;
}

static const char *spelling_here(const struct renaming *n,
				 const struct token_rename *r)
{
	return n->after ? r->names->new : r->names->old;
}

static bool is_object(enum role role)
{
	return role == ROLE_FUNCTION || role == ROLE_PROTOTYPE ||
	       role == ROLE_VARIABLE || role == ROLE_EXTERN ||
	       role == ROLE_UNKNOWN;
}

/*
 * A static one of an external entity's name is another thing, unless a header
 * that the step touches has it: what stands in where the entity is not built.
 */
static bool means_entity(const struct renaming *n, const struct token_rename *r,
			 const struct bind *b)
{
	const struct def *def = &n->u->defs[b->def];
	const char *from = n->after ? r->to : r->from;

	if (from && n->u->nr_files && streq(n->u->files[def->file], from))
		return true;
	return r->external[n->after] && is_object(b->role) &&
	       (!def->is_static || def->origin == ORIGIN_TOUCHED);
}

static bool declares_entity(const struct renaming *n,
			    const struct token_rename *r)
{
	const struct bind *b = bind_first(n->u, name_here(n, r), r->space);

	/* A struct that is nowhere defined here is any unit's. */
	if (!b && r->space == SPACE_TAG)
		return true;
	for (; b; b = bind_next(n->u, b))
		if (means_entity(n, r, b))
			return true;
	return false;
}

/* ---- The tokens of one declaration ---- */

static void report_once(struct renaming *n, const struct token_rename *r,
			size_t at, const char *detail)
{
	bool *reported = &n->reported[r - n->check->renames];

	if (!*reported)
		token_report(n->check, RESULT_DIFFERENT, "name",
			     n->after ? r->names->old : r->names->new, n->u,
			     at, "%s", detail);
	*reported = true;
}

/* The new name of one may be the old name of another. */
static bool is_renamed_too(const struct renaming *n, sym name)
{
	for (size_t i = 0; i < nr_renames(n->check); i++)
		if (n->in_view[i] &&
		    name_here(n, &n->check->renames[i]) == name)
			return true;
	return false;
}

static void tell(struct renaming *n, sym name, enum name_space space, size_t at)
{
	for (size_t i = 0; i < nr_renames(n->check); i++) {
		const struct token_rename *r = &n->check->renames[i];

		if (!n->in_view[i] || r->space != space)
			continue;
		if (name == name_here(n, r)) {
			ARRAY_GROW(n->places, n->nr, n->alloc);
			n->places[n->nr++] = (struct place){ at, r };
		} else if (name == (n->after ? r->old : r->new) &&
			   !is_renamed_too(n, name)) {
			report_once(n, r, at,
				    n->after ? "the old name is still used" :
					       "the new name is taken");
		}
	}
}

static void declares(void *ctx, sym name, enum role role, size_t at,
		     size_t begin, size_t end)
{
	(void)begin;
	(void)end;
	tell(ctx, name, role == ROLE_TAG ? SPACE_TAG : SPACE_ORDINARY, at);
}

static void refers(void *ctx, sym name, enum name_space space, size_t at)
{
	tell(ctx, name, space, at);
}

/* The word with the renamed name in it as its common spelling; NULL. */
static char *word_form(const struct renaming *n, const char *word, bool both)
{
	for (size_t i = 0; i < nr_renames(n->check); i++) {
		const struct token_rename *r = &n->check->renames[i];
		char *form = NULL;

		if (!n->in_view[i])
			continue;
		if (!n->after || both)
			form = renamed_form(word, r->names->old, r->spelling);
		if (!form && (n->after || both))
			form = renamed_form(word, r->names->new, r->spelling);
		if (form)
			return form;
	}
	return NULL;
}

/* Replaces the words of a string; true when there was one. */
static bool rename_words(struct renaming *n, size_t at, bool both)
{
	sym s = n->u->v[at];
	const char *text = pool_text(n->u->pool, s);
	struct buf b _cleanup_(buf_release) = BUF_INIT;
	bool found = false;

	while (*text) {
		size_t len = 0;

		while (is_code_byte(text[len]))
			len++;
		if (len) {
			_cleanup_free_ char *word = xstrndup(text, len);
			_cleanup_free_ char *form = word_form(n, word, both);

			buf_addstr(&b, form ? form : word);
			found |= form != NULL;
		} else {
			buf_addch(&b, text[len++]);
		}
		text += len;
	}
	if (found)
		n->u->v[at] = pool_add(n->u->pool, b.data, b.len,
				       n->u->pool->info[s].kind);
	return found;
}

/* __kstrtab_f and the like are made from f wherever they stand. */
static void rename_derived(struct renaming *n, size_t at)
{
	_cleanup_free_ char *form = NULL;
	sym s = n->u->v[at];

	for (size_t i = 0; i < nr_renames(n->check); i++)
		if (s == n->check->renames[i].old ||
		    s == n->check->renames[i].new)
			return;
	form = word_form(n, pool_text(n->u->pool, s), false);
	if (form)
		n->u->v[at] = pool_add(n->u->pool, form, strlen(form),
				       TOKEN_IDENT);
}

/* Where assembly makes entries of a table that holds names by design. */
static bool makes_export(const struct token_unit *u, const struct def *def)
{
	static const char *const sections[] = {
		".export_symbol", "__ksymtab", ".BTF_ids", ".initcall",
	};

	for (size_t i = def->begin; i < def->end && def->kind == DEF_ASM; i++)
		for (size_t k = 0; k < ARRAY_SIZE(sections); k++)
			if (strstr(pool_text(u->pool, u->v[i]), sections[k]))
				return true;
	return false;
}

static void undecided(struct renaming *n, size_t at, const char *detail)
{
	token_report(n->check, RESULT_UNDECIDED, def_what(n->def),
		     def_name(n->u, n->def), n->u, at, "%s", detail);
}

/* Behind the ')' of the assembly or attribute at i. */
static size_t bracketed_end(const struct token_unit *u, size_t i, size_t end)
{
	size_t depth = 0;

	for (; i < end; i++) {
		depth += u->v[i] == S_OPEN;
		if (u->v[i] == S_CLOSE && !--depth)
			return i + 1;
		if (!depth && u->v[i] == S_SEMICOLON)
			return i;
	}
	return end;
}

static bool is_text(const struct token_unit *u, size_t i)
{
	enum token_kind kind = u->pool->info[u->v[i]].kind;

	return kind == TOKEN_STRING || kind == TOKEN_DIRECTIVE;
}

/* Strings that the compiler or assembler reads: attributes, asm, pragmas. */
static void rename_texts(struct renaming *n, size_t begin, size_t end,
			 bool export)
{
	bool told = false;

	for (size_t i = begin; i < end; i++) {
		if (!is_text(n->u, i) || !sym_holds(n->check, n->u->v[i]) ||
		    !rename_words(n, i, !export) || export || told)
			continue;
		undecided(n, i, "assembly, an attribute or a pragma spells a renamed name");
		told = true;
	}
}

static void rename_all_texts(struct renaming *n)
{
	const struct def *def = n->def;
	const struct token_unit *u = n->u;

	if (def->kind == DEF_ASM || def->kind == DEF_PRAGMA) {
		rename_texts(n, def->begin, def->end, makes_export(u, def));
		return;
	}
	for (size_t i = def->begin; i < def->end; i++) {
		enum word_class class = u->pool->info[u->v[i]].class;
		size_t end;

		if (u->pool->info[u->v[i]].kind == TOKEN_DIRECTIVE)
			rename_texts(n, i, i + 1, false);
		if (class != WORD_ASM && class != WORD_ATTRIBUTE)
			continue;
		end = bracketed_end(u, i, def->end);
		rename_texts(n, i, end, false);
		i = end - 1;
	}
}

/* What could not be parsed: any of these tokens may mean the entity. */
static void rename_blindly(struct renaming *n)
{
	bool told = false;

	for (size_t i = n->def->begin; i < n->def->end; i++)
		for (size_t k = 0; k < nr_renames(n->check); k++) {
			const struct token_rename *r = &n->check->renames[k];

			if (!n->in_view[k] || (n->u->v[i] != r->old &&
					       n->u->v[i] != r->new))
				continue;
			if (!told)
				undecided(n, i, "it could not be parsed and holds a renamed name");
			told = true;
			n->u->v[i] = r->fresh;
		}
}

static void check_own_name(struct renaming *n)
{
	static const char *const words[] = { "__func__", "__FUNCTION__",
					     "__PRETTY_FUNCTION__" };
	const struct def *def = n->def;
	const struct token_unit *u = n->u;
	bool renamed = false;

	for (size_t i = 0; i < n->nr; i++)
		renamed |= n->places[i].at < def->body &&
			   name_here(n, n->places[i].rename) == def->name;
	for (size_t i = def->body; renamed && i < def->end; i++)
		for (size_t k = 0; k < ARRAY_SIZE(words); k++)
			if (u->v[i] == pool_find(u->pool, words[k])) {
				token_report(n->check, RESULT_DIFFERENT,
					     "function", def_name(u, def), u,
					     i, "its name is in a string by way of %s, and changes there too",
					     words[k]);
				return;
			}
}

static void rename_def(struct renaming *n)
{
	static const struct walk_ops ops = { .declares = declares,
					     .refers = refers };
	const struct def *def = n->def;
	bool parsed;

	n->nr = 0;
	parsed = def->kind != DEF_UNKNOWN && walk_def(n->u, def, def->end, &ops, n);
	for (size_t i = def->begin; i < def->end; i++)
		if (n->u->pool->info[n->u->v[i]].kind == TOKEN_IDENT &&
		    sym_holds(n->check, n->u->v[i]))
			rename_derived(n, i);
	if (!parsed)
		rename_blindly(n);
	for (size_t i = 0; parsed && i < n->nr; i++)
		n->u->v[n->places[i].at] = n->places[i].rename->fresh;
	rename_all_texts(n);
	if (n->after && def->body)
		check_own_name(n);
}

/* ---- A unit ---- */

static bool def_holds(struct renaming *n, const struct def *def)
{
	for (size_t i = def->begin; i < def->end; i++)
		if (sym_holds(n->check, n->u->v[i]))
			return true;
	return false;
}

static void rename_unit(struct renaming *n)
{
	size_t nr = nr_renames(n->check);
	bool any = false, changed = false;

	n->reported = xcalloc(nr, sizeof(*n->reported));
	for (size_t i = 0; i < nr; i++)
		any |= n->in_view[i];
	for (size_t i = 0; any && i < n->u->nr_defs; i++) {
		n->def = &n->u->defs[i];
		if (!def_holds(n, n->def))
			continue;
		rename_def(n);
		changed = true;
	}
	if (changed)
		token_unit_reindex(n->u);
	free(n->places);
	free(n->reported);
}

/*
 * What one side's unit declares the other's must, by the other name: unless it
 * is also seen from elsewhere now, which makes no two things one.
 */
static void check_views(struct token_check *check, const struct renaming *a,
			const struct renaming *b)
{
	for (size_t i = 0; i < nr_renames(check); i++) {
		const struct renaming *n = a->in_view[i] ? a : b;
		const struct token_rename *r = &check->renames[i];

		if (a->in_view[i] == b->in_view[i] ||
		    token_is_shifted(check, r->old))
			continue;
		outcome_add(check->out, RESULT_DIFFERENT, "name",
			    spelling_here(n, r), n->u->unit->source,
			    n->after ? "declared here, but its old name was not" :
				       "declared here, but its new name is not");
	}
}

void renames_apply(struct token_check *check, struct token_unit *before,
		   struct token_unit *after)
{
	struct renaming sides[2] = { { .check = check, .u = before },
				     { .check = check, .u = after,
				       .after = true } };
	size_t nr = nr_renames(check);

	for (int side = 0; nr && side < 2; side++) {
		struct renaming *n = &sides[side];

		n->in_view = xcalloc(nr, sizeof(*n->in_view));
		for (size_t i = 0; n->u && i < nr; i++)
			n->in_view[i] = declares_entity(n, &check->renames[i]);
	}
	if (nr && before && after)
		check_views(check, &sides[0], &sides[1]);
	for (int side = 0; nr && side < 2; side++) {
		if (sides[side].u)
			rename_unit(&sides[side]);
		free(sides[side].in_view);
	}
}
