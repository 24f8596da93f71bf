// SPDX-License-Identifier: GPL-2.0-only
/*
 * The line markers of `gcc -E` say which lines of which file were kept. Single
 * lines prove nothing, as the arguments of a macro all appear on its first
 * line, so a file is cut at its directives: a region was compiled when any of
 * its lines was kept.
 */
#define _GNU_SOURCE
#include "compiled.h"

#include <ctype.h>

#include "contract.h"
#include "lib/fs.h"
#include "lib/lex.h"
#include "renames.h"

struct region {
	unsigned int first; /* line of the file, from 1; it ends where the next begins */
	unsigned int line;  /* of its first code; 0: it has none */
	struct buf code;    /* its directive, and its code without comments */
	size_t directive;   /* bytes of code that are the directive */
	char *macro;	    /* owned: what it is called if it is a #define; NULL */
	bool wanted;	    /* it has changed code */
	bool named;	    /* not changed, but it has a name of a rename */
	bool seen;	    /* by a compiler, in some configuration */
	bool macro_wanted;  /* the macro changed, or has a renamed name left */
	bool macro_seen;    /* it is expanded in what was seen */
};

/* One file on one side. */
struct watched {
	const char *path;
	struct region *v; /* owned; in order, covering all lines */
	size_t nr, alloc;
	size_t missing;	  /* wanted regions that were not seen yet */
	bool macros;	  /* a wanted macro is among them */
	bool includes;	  /* #include lines came or went */
	bool include_gone; /* at least one went */
};

static void cut_at(struct watched *w, unsigned int line)
{
	ARRAY_GROW(w->v, w->nr, w->alloc);
	w->v[w->nr++] = (struct region){ .first = line, .code = BUF_INIT };
}

static char *macro_name(const struct tokens *t, size_t i)
{
	const char *name, *end = t->text + t->v[i].end;
	size_t len;

	if (!token_directive_is(t, i, "define"))
		return NULL;
	name = token_directive(t, i, &len) + len;
	while (name < end && (*name == ' ' || *name == '\t'))
		name++;
	for (len = 0; name + len < end && is_code_byte(name[len]);)
		len++;
	return xstrndup(name, len);
}

static void add_code(struct region *r, const struct tokens *t, size_t i)
{
	if (t->v[i].kind != TOKEN_DIRECTIVE && !r->line)
		r->line = t->v[i].line;
	buf_add(&r->code, t->text + t->v[i].begin, t->v[i].end - t->v[i].begin);
	buf_addch(&r->code, ' ');
	if (t->v[i].kind != TOKEN_DIRECTIVE)
		return;
	r->directive = r->code.len;
	r->macro = macro_name(t, i);
}

static void split(struct watched *w, const struct text *text)
{
	struct tokens tokens;

	*w = (struct watched){ .path = text->path };
	if (!text->data ||
	    (!ends_with(text->path, ".c") && !ends_with(text->path, ".h")))
		return;
	lex(text->data, text->len, &tokens);
	cut_at(w, 1);
	for (size_t i = 0; i < tokens.nr; i++) {
		const struct token *t = &tokens.v[i];

		if (t->kind == TOKEN_DIRECTIVE)
			cut_at(w, t->line);
		else if (!token_is_code(t))
			continue;
		add_code(&w->v[w->nr - 1], &tokens, i);
	}
	tokens_release(&tokens);
}

static bool has_region(const struct watched *w, const struct buf *code)
{
	for (size_t i = 0; i < w->nr; i++)
		if (w->v[i].code.len == code->len &&
		    !memcmp(w->v[i].code.data, code->data, code->len))
			return true;
	return false;
}

static void want_changed(struct watched *w, const struct watched *other)
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
static void forgive_placeless(struct watched *w, const struct watched *others,
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

static bool has_word(const char *text, size_t len, const char *word)
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
	       has_word(r->code.data, r->directive, name);
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
		    !has_word(r->code.data + r->directive,
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

		if (!r->macro || !has_word(r->code.data, r->directive, name))
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
		if (has_word(r->code.data, r->directive, c->renamed[i].new))
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

static void want_renamed(struct watched *old, struct watched *new,
			 const struct contract *c, struct outcome *ret)
{
	want_macros(new, old, c);
	for (size_t i = 0; i < c->nr_renamed; i++) {
		want_named(old, c->renamed[i].new, ret);
		want_named(new, c->renamed[i].old, ret);
		want_left_macros(new, c->renamed[i].old);
	}
}

static void watched_release(struct watched *w)
{
	for (size_t i = 0; i < w->nr; i++) {
		buf_release(&w->v[i].code);
		free(w->v[i].macro);
	}
	free(w->v);
}

static void saw(struct watched *w, unsigned int line)
{
	size_t low = 0, high = w->nr;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (w->v[mid].first <= line)
			low = mid;
		else
			high = mid;
	}
	if (w->v[low].seen)
		return;
	w->v[low].seen = true;
	w->missing -= w->v[low].wanted;
}

static bool is_blank(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isspace((unsigned char)line[i]))
			return false;
	return true;
}

static struct watched *find(struct watched *list, size_t nr, const char *path,
			    size_t len)
{
	for (size_t i = 0; i < nr; i++)
		if (list[i].nr && strlen(list[i].path) == len &&
		    !strncmp(list[i].path, path, len))
			return &list[i];
	return NULL;
}

/* "# 12 "path" 1": sets the line, and the file if it is watched. */
static void read_marker(const char *line, size_t len, struct watched *list,
			size_t nr, struct watched **ret_file,
			unsigned int *ret_line)
{
	const char *quote = memchr(line, '"', len), *end;

	*ret_line = strtoul(line + 2, NULL, 10);
	if (!quote)
		return;
	end = memchr(quote + 1, '"', line + len - quote - 1);
	*ret_file = end ? find(list, nr, quote + 1, end - quote - 1) : NULL;
}

static void scan(const struct buf *text, struct watched *list, size_t nr)
{
	struct watched *file = NULL;
	unsigned int number = 0;

	for (const char *line = text->data; *line;) {
		size_t len = strcspn(line, "\n");

		if (len > 2 && line[0] == '#' && line[1] == ' ' &&
		    isdigit((unsigned char)line[2])) {
			read_marker(line, len, list, nr, &file, &number);
		} else {
			if (file && !is_blank(line, len))
				saw(file, number);
			number++;
		}
		line += len + (line[len] == '\n');
	}
}

/* Where a macro is expanded is known only when all that is seen has been. */
static bool missing(const struct watched *list, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (list[i].missing || list[i].macros)
			return true;
	return false;
}

/* In code that was seen, or in a macro that is expanded there. */
static bool expands(const struct region *r, const char *macro)
{
	const char *code = r->code.data;

	return (r->seen && has_word(code + r->directive,
				    r->code.len - r->directive, macro)) ||
	       (r->macro_seen && has_word(code, r->directive, macro));
}

static bool is_expanded(const struct watched *list, size_t nr,
			const char *macro)
{
	for (size_t i = 0; i < nr; i++)
		for (size_t k = 0; k < list[i].nr; k++)
			if (expands(&list[i].v[k], macro))
				return true;
	return false;
}

/* Marks macros until no other is found by them. */
static void see_macros(struct watched *list, size_t nr)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < nr; i++)
			for (size_t k = 0; k < list[i].nr; k++) {
				struct region *r = &list[i].v[k];

				if (!r->macro || r->macro_seen ||
				    !is_expanded(list, nr, r->macro))
					continue;
				r->macro_seen = more = true;
			}
	}
}

/* Reads units until every region that matters was seen, or all of them. */
static int scan_state(const struct state *state, struct watched *list,
		      bool all, struct error *err)
{
	for (size_t i = 0; i < state->nr_units; i++) {
		_cleanup_(buf_release) struct buf text = BUF_INIT;

		if (!all && !missing(list, state->nr_texts))
			return 0;
		if (!state->units[i].tokens)
			continue;
		if (fs_read(state->units[i].tokens, &text, err))
			return -1;
		scan(&text, list, state->nr_texts);
	}
	return 0;
}

static void report_macro(const struct watched *w, const struct region *r,
			 struct outcome *ret)
{
	_cleanup_free_ char *where = xasprintf("%s:%u", w->path, r->first);

	outcome_add(ret, RESULT_UNDECIDED, "macro", r->macro, where,
		    "changed or with an old name left, and expanded in no touched code that was compiled");
}

static void report(const struct watched *w, struct outcome *ret)
{
	for (size_t i = 0; i < w->nr; i++) {
		_cleanup_free_ char *where = NULL;

		if (w->v[i].macro_wanted && !w->v[i].macro_seen)
			report_macro(w, &w->v[i], ret);
		if (!w->v[i].wanted || w->v[i].seen)
			continue;
		where = xasprintf("%s:%u", w->path, w->v[i].line);
		outcome_add(ret, RESULT_UNDECIDED, "code", w->path, where,
			    "%s, and compiled in no configuration",
			    w->v[i].named ? "not changed, though it holds a renamed name" :
					    "changed");
	}
}

static void report_unseen(const struct watched *w, const struct region *r,
			  struct outcome *ret)
{
	_cleanup_free_ char *where = xasprintf("%s:%u", w->path, r->line);

	outcome_add(ret, RESULT_UNDECIDED, "code", w->path, where,
		    "compiled in no configuration, and may need the include that goes");
}

/*
 * What an include means to a file shows only where the file is compiled; and
 * where one goes, code that nothing compiles may have needed it.
 */
static void check_read(const struct watched *w, struct outcome *ret)
{
	const struct region *unseen = NULL;
	bool read = false;

	if (!w->includes)
		return;
	for (size_t i = w->nr; i-- > 0;) {
		read |= w->v[i].seen;
		if (w->v[i].line && !w->v[i].seen)
			unseen = &w->v[i];
	}
	if (!read)
		outcome_add(ret, RESULT_UNDECIDED, "file", w->path, w->path,
			    "its includes changed, and no configuration compiles it");
	else if (unseen && w->include_gone)
		report_unseen(w, unseen, ret);
}

static int check_side(const struct state *states, struct watched *list,
		      size_t nr, struct outcome *ret, struct error *err)
{
	bool all = false;

	for (size_t i = 0; i < states[0].nr_texts; i++)
		all |= list[i].includes;
	for (size_t c = 0; c < nr; c++)
		if (scan_state(&states[c], list, all, err))
			return -1;
	if (missing(list, states[0].nr_texts))
		see_macros(list, states[0].nr_texts);
	for (size_t i = 0; i < states[0].nr_texts; i++) {
		report(&list[i], ret);
		check_read(&list[i], ret);
	}
	return 0;
}

/* The same file after; itself when its path did not change. */
static size_t counterpart(const struct contract *contract,
			  const struct state *state, size_t file)
{
	const char *path =
		contract_path_after(contract, state->texts[file].path);

	for (size_t i = 0; i < state->nr_texts; i++)
		if (streq(state->texts[i].path, path))
			return i;
	return file;
}

static bool is_include(const struct region *r)
{
	return r->directive && r->code.data[0] == '#' &&
	       has_word(r->code.data, r->directive, "include");
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

static void note_includes(const struct contract *contract, struct watched *old,
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

int verify_compiled(const struct contract *contract,
		    const struct state *before, const struct state *after,
		    size_t nr, struct outcome *ret, struct error *err)
{
	bool same_code = contract->change == CHANGE_RENAME_FILE;
	bool moves = contract->change == CHANGE_MOVE ||
		     contract->change == CHANGE_MIXED;
	size_t files = nr && !same_code ? before[0].nr_texts : 0;
	struct watched *old = xcalloc(files, sizeof(*old));
	struct watched *new = xcalloc(files, sizeof(*new));
	int result;

	for (size_t i = 0; i < files; i++) {
		split(&old[i], &before[0].texts[i]);
		split(&new[i], &after[0].texts[i]);
	}
	for (size_t i = 0; i < files; i++) {
		const char *path = before[0].texts[i].path;
		size_t k = counterpart(contract, &before[0], i);

		if (!streq(contract_path_before(contract, path), path))
			continue;
		/* A path that went, and what it became, are one pair. */
		want_changed(&old[i], &new[k]);
		want_changed(&new[k], &old[i]);
		note_includes(contract, &old[i], &new[k]);
		if (contract_renames(contract))
			want_renamed(&old[i], &new[k], contract, ret);
	}
	for (size_t i = 0; moves && i < files; i++) {
		forgive_placeless(&old[i], new, files);
		forgive_placeless(&new[i], old, files);
	}
	result = files && (check_side(before, old, nr, ret, err) ||
			check_side(after, new, nr, ret, err)) ?
			 -1 :
			 0;
	for (size_t i = 0; i < files; i++) {
		watched_release(&old[i]);
		watched_release(&new[i]);
	}
	free(old);
	free(new);
	return result;
}
