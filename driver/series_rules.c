// SPDX-License-Identifier: GPL-2.0-only
/*
 * As much SmPL as the driver must know without spatch: which names a step is
 * about, whether it runs scripts, whether it stars or edits. It reads tokens
 * and the frame of the rules, never their meaning; whether the SmPL is right is for
 * spatch --parse-cocci to say.
 */
#define _GNU_SOURCE /* memmem() */
#include "series_parts.h"

#include <ctype.h>
#include <strings.h>

enum smpl_kind { SMPL_IDENT, SMPL_STRING, SMPL_PUNCT };

struct smpl_token {
	enum smpl_kind kind;
	const char *s;	   /* in step->rules */
	size_t len;	   /* SMPL_PUNCT: one byte */
	unsigned int line; /* physical, in the file */
	bool first;	   /* nothing but blanks and the mark before it */
	bool column0;	   /* nothing at all: a parenthesis is a disjunction's */
	char mark;	   /* of its line: '*', '-', '+' or ' ' */
};

struct rules {
	struct step *step;
	struct smpl_token *v;
	size_t nr, alloc;
	struct strv metas; /* metavariables of the rule being read */
	size_t rules;	   /* rules seen */
};

static struct place place_of(const struct rules *r, size_t i)
{
	unsigned int line = i < r->nr ? r->v[i].line : r->step->rules_line;

	return (struct place){ r->step->path, line };
}

static bool is_punct(const struct rules *r, size_t i, char c)
{
	return i < r->nr && r->v[i].kind == SMPL_PUNCT && *r->v[i].s == c;
}

static bool is_ident(const struct rules *r, size_t i, const char *name)
{
	return i < r->nr && r->v[i].kind == SMPL_IDENT &&
	       (!name || (r->v[i].len == strlen(name) &&
			  !strncmp(r->v[i].s, name, r->v[i].len)));
}

/* "@@": two tokens that touch. */
static bool is_double_at(const struct rules *r, size_t i)
{
	return is_punct(r, i, '@') && is_punct(r, i + 1, '@') &&
	       r->v[i].s + 1 == r->v[i + 1].s;
}

static bool starts_rule(const struct rules *r, size_t i)
{
	return is_punct(r, i, '@') && r->v[i].first && r->v[i].mark == ' ';
}

bool is_identifier(const char *s, size_t len)
{
	if (!len || isdigit((unsigned char)*s))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '_')
			return false;
	return true;
}

/*
 * Behind a comment that starts at s, counting its lines; s when none does.
 * spatch sees no line splices in "//" comments.
 */
static const char *skip_comment(const char *s, unsigned int *line)
{
	if (s[0] == '/' && s[1] == '/')
		return s + strcspn(s, "\n");
	if (s[0] != '/' || s[1] != '*')
		return s;
	for (s += 2; *s && (s[0] != '*' || s[1] != '/'); s++)
		*line += *s == '\n';
	return *s ? s + 2 : s;
}

/* Length of the token at s: a string that stays open ends with its line. */
static size_t token_length(const char *s, enum smpl_kind *kind)
{
	size_t n = 1;

	*kind = SMPL_PUNCT;
	if (isalpha((unsigned char)*s) || *s == '_') {
		*kind = SMPL_IDENT;
		while (isalnum((unsigned char)s[n]) || s[n] == '_')
			n++;
	} else if (*s == '"' || *s == '\'') {
		*kind = SMPL_STRING;
		while (s[n] && s[n] != '\n' && s[n] != *s)
			n += s[n] == '\\' && s[n + 1] ? 2 : 1;
		n += s[n] == *s;
	} else if (isdigit((unsigned char)*s)) {
		*kind = SMPL_STRING;
		while (isalnum((unsigned char)s[n]) || s[n] == '.')
			n++;
	}
	return n;
}

static void tokenise(struct rules *r)
{
	const char *s = r->step->rules, *begin = s;
	unsigned int line = r->step->rules_line;
	bool first = true;
	char mark = ' ';

	while (*s) {
		const char *behind = skip_comment(s, &line);
		struct smpl_token *t;

		if (behind != s) {
			s = behind;
		} else if (isspace((unsigned char)*s)) {
			if (*s++ == '\n') {
				line++;
				begin = s;
				first = true;
				mark = ' ';
			}
		} else if (first && mark == ' ' && strchr("*-+", *s)) {
			mark = *s++;
		} else {
			ARRAY_GROW(r->v, r->nr, r->alloc);
			t = &r->v[r->nr++];
			*t = (struct smpl_token){ .s = s,
						  .line = line,
						  .first = first,
						  .column0 = s == begin,
						  .mark = mark };
			t->len = token_length(s, &t->kind);
			s += t->len;
			first = false;
		}
	}
}

static const char *skip_blank(const char *s)
{
	for (;;) {
		unsigned int line = 0;
		const char *behind = skip_comment(s, &line);

		if (behind == s && !isspace((unsigned char)*s))
			return s;
		s = behind == s ? s + 1 : behind;
	}
}

/* True when "script : python" and the like start at s, whatever is between. */
static bool is_script(const char *s)
{
	static const char *const words[] = { "script", "initialize",
					     "finalize" };
	const char *p = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(words) && !p; i++)
		if (starts_with(s, words[i]))
			p = skip_blank(s + strlen(words[i]));
	if (!p || *p != ':')
		return false;
	p = skip_blank(p + 1);
	return !strncasecmp(p, "python", 6) || !strncasecmp(p, "ocaml", 5);
}

/*
 * The line of the first script, 0 if there is none. Scripts stand in rules of
 * their own and in the constraints of metavariables. This looks at the bytes, not
 * at our tokens: a string or comment that spatch reads in another way than we do
 * must not hide one. Only lines that are comments altogether are left out.
 */
static unsigned int script_line(const struct step *step)
{
	unsigned int line = step->rules_line;
	bool first = true;

	for (const char *s = step->rules; *s; s++) {
		if (first && starts_with(s, "//"))
			s += strcspn(s, "\n");
		if (*s == '\n')
			line++;
		else if (is_script(s))
			return line;
		else if (!*s)
			break;
		first = *s == '\n' || (first && isspace((unsigned char)*s));
	}
	return 0;
}

static void add_name(struct rules *r, size_t i)
{
	_cleanup_free_ char *name = xstrndup(r->v[i].s, r->v[i].len);

	if (!strv_has(&r->step->names, name))
		strv_add(&r->step->names, name);
}

static bool is_meta(const struct rules *r, size_t i)
{
	_cleanup_free_ char *name = xstrndup(r->v[i].s, r->v[i].len);

	return strv_has(&r->metas, name);
}

/*
 * The names of "identifier a = {x, y}, b = z;" from i to end: what stands
 * behind '=', unless that begins "=~", and is not "rule.name".
 */
static void read_lists(struct rules *r, size_t i, size_t end)
{
	for (; i < end; i++) {
		bool braces;

		if (!is_punct(r, i, '=') || is_punct(r, i - 1, '!') ||
		    is_punct(r, i + 1, '~'))
			continue;
		braces = is_punct(r, ++i, '{');
		for (i += braces; i < end && !is_punct(r, i, '}'); i++) {
			if (is_punct(r, i + 1, '.'))
				i += 2;
			else if (is_ident(r, i, NULL))
				add_name(r, i);
			if (!braces)
				break;
		}
	}
}

/* One declaration of metavariables, tokens from i to its ';' at end. */
static void read_metavariable(struct rules *r, size_t i, size_t end)
{
	if (is_ident(r, i, "identifier") || is_ident(r, i, "function"))
		read_lists(r, i + 1, end);
	/* "symbol x;" only says that x is no metavariable. */
	if (is_ident(r, i, "symbol"))
		return;
	for (i++; i < end && !is_punct(r, i, '{'); i++)
		if (is_ident(r, i, NULL))
			strv_addn(&r->metas, r->v[i].s, r->v[i].len);
}

/* From i to "@@"; returns behind it, r->nr + 1 when there is none. */
static size_t read_metavariables(struct rules *r, size_t i)
{
	size_t begin = i;

	for (; i < r->nr; i++) {
		if (is_double_at(r, i))
			return i + 2;
		if (is_punct(r, i, ';')) {
			read_metavariable(r, begin, i);
			begin = i + 1;
		}
	}
	return r->nr + 1;
}

/* The next token of a body that is not on a plus line; end. */
static size_t next_token(const struct rules *r, size_t i, size_t end)
{
	for (i++; i < end && r->v[i].mark == '+'; i++)
		;
	return i;
}

/* Behind the parenthesis that closes the one at i; end. */
static size_t skip_parens(const struct rules *r, size_t i, size_t end)
{
	unsigned int depth = 0;

	for (; i < end; i = next_token(r, i, end)) {
		if (is_punct(r, i, '('))
			depth++;
		else if (is_punct(r, i, ')') && !--depth)
			return next_token(r, i, end);
	}
	return end;
}

/* True for "name(...) {" at i, the name being neither keyword nor iterator. */
static bool is_definition(const struct rules *r, size_t i, size_t end)
{
	static const char *const others[] = { "if", "for", "while", "switch",
					      "do", "else", "sizeof" };
	size_t paren = next_token(r, i, end);

	if (!is_ident(r, i, NULL) || !is_punct(r, paren, '(') ||
	    r->v[paren].column0 || is_meta(r, i))
		return false;
	for (size_t k = 0; k < ARRAY_SIZE(others); k++)
		if (is_ident(r, i, others[k]))
			return false;
	if (memmem(r->v[i].s, r->v[i].len, "for_each", 8))
		return false;
	return is_punct(r, skip_parens(r, paren, end), '{');
}

/* The body of a rule: definitions named outright, outside of all braces. */
static void read_body(struct rules *r, size_t i, size_t end)
{
	unsigned int depth = 0;

	if (i < end && r->v[i].mark == '+')
		i = next_token(r, i, end);
	for (; i < end; i = next_token(r, i, end)) {
		if (is_punct(r, i, '{'))
			depth++;
		else if (is_punct(r, i, '}') && depth)
			depth--;
		else if (!depth && is_definition(r, i, end))
			add_name(r, i);
	}
}

/*
 * "#spatch --options": spatch takes them from any line, inside comments too, so
 * this looks at lines and not at tokens.
 */
static int check_spatch_lines(const struct step *step, struct error *err)
{
	struct place at = { step->path, step->rules_line };

	for (const char *s = step->rules; *s; at.line++) {
		const char *p = s + strspn(s, " \t\r\f\v");

		if (*p == '#' &&
		    starts_with(p + 1 + strspn(p + 1, " \t\r\f\v"), "spatch"))
			return place_error(&at, err,
					   "'#spatch' is not allowed in a step: "
					   "use '// Options:'");
		s += strcspn(s, "\n");
		s += *s == '\n';
	}
	return 0;
}

/* An include before the first rule is of another semantic patch. */
static int check_includes(const struct rules *r, struct error *err)
{
	for (size_t i = 0; i < r->nr && !starts_rule(r, i); i++) {
		struct place at = place_of(r, i);

		if (is_punct(r, i, '#') && is_ident(r, i + 1, "include"))
			return place_error(&at, err,
					   "a step includes no other step");
	}
	return 0;
}

/* One rule, whose header starts at i; returns where the next one starts. */
static size_t read_rule(struct rules *r, size_t i)
{
	size_t end;

	strv_release(&r->metas);
	r->rules++;
	if (is_double_at(r, i)) {
		i += 2;
	} else {
		for (i++; i < r->nr && !is_punct(r, i, '@'); i++)
			;
		i++;
	}
	i = read_metavariables(r, i);
	for (end = i; end < r->nr && !starts_rule(r, end); end++)
		;
	read_body(r, i, end);
	return end;
}

static int read_all(struct rules *r, struct error *err)
{
	for (size_t i = 0; i < r->nr;) {
		struct place at = place_of(r, i);

		if (!starts_rule(r, i)) {
			i++;
			continue;
		}
		i = read_rule(r, i);
		if (i > r->nr)
			return place_error(&at, err,
					   "this rule has no '@@' behind its "
					   "metavariables");
	}
	if (!r->rules) {
		struct place at = place_of(r, r->nr);

		return place_error(&at, err, "the step has no rule");
	}
	return 0;
}

/*
 * A move stars what moves, and the driver edits. In a transform, which spatch
 * edits, it would take a star for a minus.
 */
static int check_marks(const struct rules *r, struct error *err)
{
	for (size_t i = 0; i < r->nr; i++) {
		struct place at = place_of(r, i);
		char mark = r->v[i].mark;

		if (r->step->kind == STEP_MOVE && (mark == '-' || mark == '+'))
			return place_error(&at, err,
					   "the rule of a move stars ('*') what "
					   "moves and edits nothing");
		if (r->step->kind != STEP_MOVE && mark == '*' &&
		    r->step->kind != STEP_PROMOTE)
			return place_error(&at, err,
					   "the rule of a step of kind %s edits "
					   "('-', '+') and stars nothing",
					   step_kind_name(r->step->kind));
		r->step->stars = r->step->stars || mark == '*';
	}
	return 0;
}

static int check_names(const struct step *step, struct error *err)
{
	struct place at = { step->path, step->rules_line };

	if (step->kind == STEP_TRANSFORM || step->kind == STEP_RENAME_FILE ||
	    step->kind == STEP_INCLUDES || step->names.nr)
		return 0;
	return place_error(&at, err,
			   "a step of kind %s names what it is about: "
			   "'identifier fn = {a, b};' or '// Items:'",
			   step_kind_name(step->kind));
}

int rules_read(struct step *step, bool allow_scripts, struct error *err)
{
	struct rules r = { .step = step };
	struct place at = { step->path, script_line(step) };
	int ret = -1;

	step->has_script = at.line;
	if (step->has_script && !allow_scripts)
		return place_error(&at, err,
				   "this runs a script on this machine: it "
				   "needs --allow-scripts");
	tokenise(&r);
	if (!check_spatch_lines(step, err) && !check_includes(&r, err) &&
	    !read_all(&r, err) && !check_marks(&r, err) &&
	    !edits_read(step, err)) {
		for (size_t i = 0; i < step->items.nr; i++)
			if (!strv_has(&step->names, step->items.v[i]))
				strv_add(&step->names, step->items.v[i]);
		ret = check_names(step, err);
	}
	strv_release(&r.metas);
	free(r.v);
	return ret;
}
