// SPDX-License-Identifier: GPL-2.0-only
/*
 * The line markers of `gcc -E` say which lines of which file were kept. Single
 * lines prove nothing, as the arguments of a macro all appear on its first
 * line, so a file is cut at its directives: a region was compiled when any of
 * its lines was kept.
 */
#include "compiled_internal.h"

#include <ctype.h>

#include "contract.h"
#include "lib/fs.h"
#include "lib/lex.h"
#include "renames.h"

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

	return (r->seen && watched_has_word(code + r->directive,
				    r->code.len - r->directive, macro)) ||
	       (r->macro_seen && watched_has_word(code, r->directive, macro));
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
		watched_want_changed(&old[i], &new[k]);
		watched_want_changed(&new[k], &old[i]);
		watched_note_includes(contract, &old[i], &new[k]);
		if (contract_renames(contract))
			watched_want_renamed(&old[i], &new[k], contract, ret);
	}
	for (size_t i = 0; moves && i < files; i++) {
		watched_forgive_placeless(&old[i], new, files);
		watched_forgive_placeless(&new[i], old, files);
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
