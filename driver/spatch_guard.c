// SPDX-License-Identifier: GPL-2.0-only
/*
 * The coverage guard. spatch exits with 0 however much of a file it could not
 * parse, and skips some code on purpose; where that names what a step is about, the
 * step may have missed a match, and says so with what would let spatch see it.
 */
#define _GNU_SOURCE
#include "spatch_run.h"

#include "lib/lex.h"

#include <ctype.h>

/* Words that stand before a parenthesis and are no macro. */
static const char *const keywords[] = {
	"if",	  "for",  "while", "switch",	"return",	 "sizeof",
	"typeof", "case", "goto",  "__typeof__", "__attribute__", "volatile",
};

/*
 * The bytes of a region. It begins with the line on which the item before ends,
 * which is none of it.
 */
static const char *region_text(const struct spatch_run *run,
			       const struct unparsed *u, size_t *ret_len)
{
	unsigned int first = u->first;
	size_t len, last;
	const char *s = lines_get(&run->lines, first, &len), *end;

	while (len && isspace((unsigned char)s[len - 1]))
		len--;
	if (u->at != first && u->last > first && len &&
	    strchr("};", s[len - 1]))
		s = lines_get(&run->lines, ++first, &len);
	end = lines_get(&run->lines, u->last, &last) + last;
	*ret_len = (size_t)(end - s);
	return s;
}

/* An identifier of the code, or one in a directive; comments do not count. */
static bool region_names(const struct spatch_run *run, const struct unparsed *u,
			 const char *name)
{
	size_t len;
	const char *s = region_text(run, u, &len);
	struct tokens t;
	bool found = false;

	lex(s, len, &t);
	for (size_t i = 0; i < t.nr && !found; i++) {
		if (t.v[i].kind == TOKEN_IDENT)
			found = token_is(&t, i, name);
		else if (t.v[i].kind == TOKEN_DIRECTIVE)
			found = mentions(s + t.v[i].begin,
					 t.v[i].end - t.v[i].begin, name);
	}
	tokens_release(&t);
	return found;
}

static bool is_keyword(const struct tokens *t, size_t i)
{
	for (size_t k = 0; k < ARRAY_SIZE(keywords); k++)
		if (token_is(t, i, keywords[k]))
			return true;
	return false;
}

/* The first token of the statement that goes on in the line. */
static size_t statement_start(const struct tokens *t, unsigned int line)
{
	size_t start = token_next(t, 0);

	for (size_t i = start; i < t->nr && t->v[i].line < line;) {
		bool border = token_is(t, i, ";") || token_is(t, i, "{") ||
			      token_is(t, i, "}");

		i = token_next(t, i + 1);
		if (border)
			start = i;
	}
	return start;
}

/* Behind the parenthesis that closes the one at i. */
static size_t behind_parens(const struct tokens *t, size_t i)
{
	unsigned int depth = 0;

	for (; i < t->nr; i = token_next(t, i + 1)) {
		if (token_is(t, i, "("))
			depth++;
		else if (token_is(t, i, ")") && !--depth)
			return token_next(t, i + 1);
	}
	return i;
}

/* What to do about a statement of assembler; NULL when it is none. */
static char *advise_asm(const struct tokens *t, size_t i, unsigned int line)
{
	for (; i < t->nr && t->v[i].line <= line; i = token_next(t, i + 1))
		if (token_is(t, i, "asm_inline"))
			return xstrdup("add '#define asm_inline asm' to "
				       "macros.h");
	return NULL;
}

/*
 * A line for macros.h that lets spatch parse the statement, tokens from i up to
 * the line where it gave up. Tried with spatch: a macro with a body behind it
 * becomes a loop; one among other tokens becomes nothing. NULL: nothing helps
 * (asm goto, [[attributes]], a function whose head is a macro).
 */
static char *advise(const struct tokens *t, size_t i, unsigned int line)
{
	char *advice = advise_asm(t, i, line);

	for (; !advice && i < t->nr && t->v[i].line <= line;
	     i = token_next(t, i + 1)) {
		size_t paren = token_next(t, i + 1);
		size_t begin = t->v[i].begin, len = t->v[i].end - begin;
		bool at_top = !begin || t->text[begin - 1] == '\n';
		bool body;

		if (token_is(t, i, "asm") || token_is(t, i, "__asm__") ||
		    token_is(t, i, "["))
			return NULL;
		if (t->v[i].kind != TOKEN_IDENT || is_keyword(t, i) ||
		    !token_is(t, paren, "("))
			continue;
		body = token_is(t, behind_parens(t, paren), "{");
		if (at_top)
			return NULL;
		advice = xasprintf("add '#define %.*s(...)%s' to macros.h",
				   (int)len, t->text + begin,
				   body ? " for (;;)" : "");
	}
	return advice;
}

/* True when the line is one of a directive, spliced lines included. */
static bool in_directive(const struct spatch_run *run, unsigned int line)
{
	size_t len;
	const char *s;

	for (; line > 1; line--) {
		s = lines_get(&run->lines, line - 1, &len);
		if (!len || s[len - 1] != '\\')
			break;
	}
	s = lines_get(&run->lines, line, &len);
	while (len && isspace((unsigned char)*s)) {
		s++;
		len--;
	}
	return len && *s == '#';
}

static char *suggestion(const struct spatch_run *run, const struct unparsed *u,
			const char *name)
{
	unsigned int first = u->first;
	size_t len, skipped;
	const char *s = region_text(run, u, &len);
	char *advice = NULL;
	struct tokens t;

	if (s != lines_get(&run->lines, first, &skipped))
		first++;
	lex(s, len, &t);
	if (u->at >= first && !in_directive(run, u->at))
		advice = advise(&t, statement_start(&t, u->at - first + 1),
				u->at - first + 1);
	tokens_release(&t);
	/* Only a move can do without spatch: the others have it edit. */
	if (advice || run->step->kind != STEP_MOVE)
		return advice;
	return xasprintf("if macros.h cannot help, list '%s' under '// Items:' "
			 "and the lexer alone finds it",
			 name);
}

void add_unparsed(const struct spatch_run *run, const struct unparsed *region,
		  const char *name, struct drifts *drifts)
{
	_cleanup_free_ char *advice = suggestion(run, region, name);

	drifts_add(drifts, DRIFT_UNPARSED, name, run->path,
		   region->at ? region->at : region->first, advice,
		   "spatch cannot parse lines %u-%u, which name '%s'",
		   region->first, region->last, name);
}

void add_expanded(const struct spatch_run *run, const char *name,
		  struct drifts *drifts)
{
	_cleanup_free_ char *advice = NULL;

	if (run->step->kind == STEP_MOVE)
		advice = xasprintf("list '%s' under '// Items:'", name);
	drifts_add(drifts, DRIFT_UNPARSED, name, run->path, run->expanded,
		   advice, "a macro makes this code, and spatch cannot change it");
}

static void guard_name(const struct spatch_run *run, const char *name,
		       bool passed, struct drifts *drifts)
{
	const struct coverage *c = &run->coverage;

	for (size_t i = 0; i < c->nr_bad; i++)
		if (region_names(run, &c->bad[i], name)) {
			add_unparsed(run, &c->bad[i], name, drifts);
			return;
		}
	for (size_t i = 0; passed && i < c->nr_passed; i++) {
		const char *text = c->passed[i].text;

		if (!mentions(text, strlen(text), name))
			continue;
		drifts_add(drifts, DRIFT_UNPARSED, name, run->path,
			   c->passed[i].line, NULL,
			   "spatch skips this line, which names '%s': it reads "
			   "one branch of a conditional, and no macro in a body",
			   name);
		return;
	}
}

void guard(const struct spatch_run *run, const struct strv *names, bool passed,
	   struct drifts *drifts)
{
	for (size_t i = 0; i < names->nr; i++)
		guard_name(run, names->v[i], passed, drifts);
}
