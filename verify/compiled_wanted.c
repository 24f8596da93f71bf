// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which regions matter: those whose code changed, those that a rename or an
 * include may have given another meaning, and not those that mean the same
 * wherever they stand.
 */
#define _GNU_SOURCE
#include "compiled_internal.h"

#include "contract.h"
#include "lib/lex.h"
#include "renames.h"

static bool has_region(const struct watched *w, const struct buf *code)
{
	for (size_t i = 0; i < w->nr; i++)
		if (w->v[i].code.len == code->len &&
		    !memcmp(w->v[i].code.data, code->data, code->len))
			return true;
	return false;
}

void watched_want_changed(struct watched *w, const struct watched *other)
{
	for (size_t i = 0; i < w->nr; i++) {
		struct region *r = &w->v[i];

		r->wanted = r->line && !has_region(other, &r->code);
		w->missing += r->wanted;
	}
}

/*
 * Code that says the same wherever it stands: "return false;" and the like, as
 * in the stubs of an #else branch. A name may mean something else in another
 * file, so the kernel's own constants are the only ones allowed.
 */
static bool is_placeless(const struct region *r)
{
	static const char *const words[] = { "return", "break", "continue",
					     "true", "false", "NULL" };
	struct tokens t;
	bool placeless = true;

	lex(r->code.data + r->directive, r->code.len - r->directive, &t);
	for (size_t i = 0; i < t.nr; i++) {
		bool known = t.v[i].kind != TOKEN_IDENT;

		for (size_t k = 0; k < ARRAY_SIZE(words) && !known; k++)
			known = token_is(&t, i, words[k]);
		placeless &= known;
	}
	tokens_release(&t);
	return placeless;
}

/* What follows the # of the region's directive; "" when it has none. */
static const char *directive_of(const struct region *r)
{
	return r->directive ? r->code.data + 1 + strspn(r->code.data + 1, " \t") :
			      "";
}

/*
 * True for the #else branch of a plain "#ifdef CONFIG_X": kconfig says the same
 * to every file, while other conditions may hold in one and not in another.
 */
static bool is_else_of_config(const struct watched *w, size_t i)
{
	unsigned int depth = 0;

	if (!starts_with(directive_of(&w->v[i]), "else"))
		return false;
	while (i-- > 0) {
		const char *s = directive_of(&w->v[i]);

		if (starts_with(s, "endif"))
			depth++;
		else if (starts_with(s, "if") && depth)
			depth--;
		else if (starts_with(s, "if"))
			return starts_with(s, "ifdef CONFIG_") ||
			       starts_with(s, "ifndef CONFIG_");
		else if (starts_with(s, "elif") && !depth)
			return false;
	}
	return false;
}

/* A region of another file that moved as it was, and need not be compiled. */
void watched_forgive_placeless(struct watched *w, const struct watched *others,
			      size_t nr)
{
	for (size_t i = 0; i < w->nr; i++) {
		struct region *r = &w->v[i];

		for (size_t k = 0; r->wanted && k < nr; k++) {
			if (!has_region(&others[k], &r->code) ||
			    !is_placeless(r) || !is_else_of_config(w, i))
				continue;
			r->wanted = false;
			w->missing--;
		}
	}
}

static bool has_directive(const struct watched *w, const struct region *of)
{
	for (size_t i = 0; i < w->nr; i++)
		if (w->v[i].directive == of->directive &&
		    !memcmp(w->v[i].code.data, of->code.data, of->directive))
			return true;
	return false;
}

bool watched_has_word(const char *text, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= len; i++)
		if (!memcmp(text + i, word, n) &&
		    (!i || !is_code_byte(text[i - 1])) &&
		    (i + n == len || !is_code_byte(text[i + n])))
			return true;
	return false;
}

/* Tests a name: #if, #ifdef, #elif and their like; its last byte is a blank. */
static bool tests(const struct region *r, const char *name)
{
	const char *s = r->code.data;

	if (!r->directive)
		return false;
	s += 1 + strspn(s + 1, " \t");
	return (starts_with(s, "if") || starts_with(s, "el")) &&
	       watched_has_word(r->code.data, r->directive, name);
}

/*
 * Where a renamed name is left, or the new one was there before: that this is
 * something else only a compiler can say.
 */
static void want_named(struct watched *w, const char *name,
		       struct outcome *ret)
{
	for (size_t i = 0; i < w->nr; i++) {
		struct region *r = &w->v[i];
		_cleanup_free_ char *where =
			xasprintf("%s:%u", w->path, r->first);

		if (tests(r, name))
			outcome_add(ret, RESULT_UNDECIDED, "condition", name,
				    where, "a condition tests this name, which the step does not rename there");
		if (r->wanted || !r->line ||
		    !watched_has_word(r->code.data + r->directive,
			      r->code.len - r->directive, name))
			continue;
		r->wanted = r->named = true;
		w->missing++;
	}
}

static void want_left_macros(struct watched *w, const char *name)
{
	for (size_t i = 0; i < w->nr; i++) {
		struct region *r = &w->v[i];

		if (!r->macro || !watched_has_word(r->code.data, r->directive, name))
			continue;
		r->macro_wanted = true;
		w->macros = true;
	}
}

/* A guard has no text that could mean anything else. */
static bool is_empty_macro(const struct region *r)
{
	_cleanup_free_ char *empty = xasprintf("define %s ", r->macro);

	return r->directive >= strlen(empty) &&
	       !memcmp(r->code.data + r->directive - strlen(empty), empty,
		       strlen(empty));
}

static bool holds_new_name(const struct contract *c, const struct region *r)
{
	for (size_t i = 0; i < c->nr_renamed; i++)
		if (watched_has_word(r->code.data, r->directive, c->renamed[i].new))
			return true;
	return false;
}

/* In a rename every macro that changed did so by it; else those of new names. */
static void want_macros(struct watched *w, const struct watched *other,
			const struct contract *c)
{
	for (size_t i = 0; i < w->nr; i++) {
		struct region *r = &w->v[i];

		r->macro_wanted = r->macro && !has_directive(other, r) &&
				  (c->change == CHANGE_RENAME ||
				   (holds_new_name(c, r) && !is_empty_macro(r)));
		w->macros |= r->macro_wanted;
	}
}

void watched_want_renamed(struct watched *old, struct watched *new,
			 const struct contract *c, struct outcome *ret)
{
	want_macros(new, old, c);
	for (size_t i = 0; i < c->nr_renamed; i++) {
		want_named(old, c->renamed[i].new, ret);
		want_named(new, c->renamed[i].old, ret);
		want_left_macros(new, c->renamed[i].old);
	}
}

static bool is_include(const struct region *r)
{
	return r->directive && r->code.data[0] == '#' &&
	       watched_has_word(r->code.data, r->directive, "include");
}

static bool has_include(const struct watched *w, const struct region *of)
{
	for (size_t i = 0; i < w->nr; i++)
		if (is_include(&w->v[i]) && w->v[i].directive == of->directive &&
		    !memcmp(w->v[i].code.data, of->code.data, of->directive))
			return true;
	return false;
}

/* The line names a file that has another path after: it goes on as another. */
static bool is_renamed(const struct contract *contract, const struct region *r)
{
	for (size_t i = 0; i < contract->nr_paths; i++) {
		const char *slash = strrchr(contract->paths[i].old, '/');
		const char *name = slash ? slash + 1 : contract->paths[i].old;

		if (memmem(r->code.data, r->directive, name, strlen(name)))
			return true;
	}
	return false;
}

void watched_note_includes(const struct contract *contract, struct watched *old,
			  struct watched *new)
{
	if (contract->change == CHANGE_INCLUDES &&
	    strv_has(&contract->files, old->path)) {
		old->includes = new->includes = true;
		old->include_gone = new->include_gone = contract->removed.nr;
	}
	if (contract->change != CHANGE_MIXED)
		return;
	for (size_t i = 0; i < old->nr && new->nr; i++)
		if (is_include(&old->v[i]) && !has_include(new, &old->v[i]) &&
		    !is_renamed(contract, &old->v[i]))
			old->include_gone = new->include_gone = true;
	for (size_t i = 0; i < new->nr; i++)
		new->includes |= is_include(&new->v[i]) &&
				 !has_include(old, &new->v[i]);
	new->includes |= new->include_gone;
	old->includes |= old->include_gone;
}
