// SPDX-License-Identifier: GPL-2.0-only
/*
 * A macro may be defined more than once, in branches, in bodies, and anew
 * between includes (KVM_X86_OP()), and nobody here knows which definition a call
 * meets. So all of them are looked at, and one that uses the argument as it is
 * decides: to rename one name too many does not build, one too few may.
 */
#include "paste.h"

#include "lib/util.h"

#define DEPTH_MOST 8 /* macros that hand their argument on */

/* The code of one #define, from its name on. */
struct definition {
	struct tokens inner;
	size_t *code; /* owned; indices in inner */
	size_t nr, alloc;
};

void paste_add(struct paste_files *files, const struct buf *text)
{
	ARRAY_GROW(files->v, files->nr, files->alloc);
	lex(text->data, text->len, &files->v[files->nr++]);
}

void paste_release(struct paste_files *files)
{
	for (size_t i = 0; i < files->nr; i++)
		tokens_release(&files->v[i]);
	free(files->v);
	*files = (struct paste_files){ 0 };
}

static bool at(const struct definition *d, size_t k, const char *s)
{
	return k < d->nr && token_is(&d->inner, d->code[k], s);
}

/* A cheap look before a directive is lexed. */
static bool may_define(const struct tokens *t, size_t directive,
		       const char *macro)
{
	const char *end = t->text + t->v[directive].end;
	size_t len;
	const char *s = token_directive(t, directive, &len);

	s += len;
	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	if (s < end && (*s == '/' || *s == '\\'))
		return true;
	len = strlen(macro);
	return (size_t)(end - s) >= len && !memcmp(s, macro, len);
}

static void definition_open(const struct tokens *t, size_t directive,
			    struct definition *ret)
{
	size_t len;
	const char *rest = token_directive(t, directive, &len);

	rest += len;
	*ret = (struct definition){ 0 };
	lex(rest, t->text + t->v[directive].end - rest, &ret->inner);
	for (size_t i = 0; i < ret->inner.nr; i++) {
		if (!token_is_code(&ret->inner.v[i]))
			continue;
		ARRAY_GROW(ret->code, ret->nr, ret->alloc);
		ret->code[ret->nr++] = i;
	}
}

static void definition_release(struct definition *d)
{
	tokens_release(&d->inner);
	free(d->code);
}

/*
 * The name of a parameter, as spelled in the definition; *ret_body: behind the
 * list. NULL: it has none of that number. The caller frees.
 */
static char *parameter(const struct definition *d, size_t argument,
		       size_t *ret_body)
{
	char *name = NULL;
	size_t k = 1, number = 0;

	if (!at(d, k, "(") || d->inner.v[d->code[0]].end !=
				      d->inner.v[d->code[1]].begin)
		return NULL;
	for (; k < d->nr && !at(d, k, ")"); k++) {
		if (at(d, k, ",")) {
			number++;
		} else if (at(d, k, "...") && !name && number <= argument) {
			name = xstrdup("__VA_ARGS__");
		} else if (d->inner.v[d->code[k]].kind == TOKEN_IDENT &&
			   (number == argument ||
			    (at(d, k + 1, "...") && number < argument))) {
			free(name);
			name = token_spelling(&d->inner, d->code[k]);
		}
	}
	*ret_body = k + 1;
	return name;
}

static enum paste find(const struct paste_files *files, const char *macro,
		       size_t argument, size_t depth);

/*
 * f(a, x) at the x: the position of f, and how many arguments stand before x;
 * 0 when x is no whole argument of anything.
 */
static size_t callee_of(const struct definition *d, size_t k,
			size_t *ret_argument)
{
	size_t closed = 0;

	*ret_argument = 0;
	if (!(at(d, k - 1, "(") || at(d, k - 1, ",")) ||
	    !(at(d, k + 1, ")") || at(d, k + 1, ",")))
		return 0;
	while (--k > 0) {
		if (at(d, k, ")"))
			closed++;
		else if (at(d, k, ",") && !closed)
			++*ret_argument;
		else if (at(d, k, "(") && !closed--)
			return d->inner.v[d->code[k - 1]].kind == TOKEN_IDENT ?
				       k - 1 :
				       0;
	}
	return 0;
}

/* "#define f(x) f(x)": the one inside is a function. */
static bool callee_is_itself(const struct definition *d, size_t callee)
{
	_cleanup_free_ char *macro = token_spelling(&d->inner, d->code[callee]);

	return at(d, 0, macro);
}

bool is_macro_name(const char *s)
{
	return strcspn(s, "abcdefghijklmnopqrstuvwxyz") == strlen(s);
}

/* What the call does with the argument at k: what is no macro uses it. */
static enum paste handed_on(const struct paste_files *files,
			    const struct definition *d, size_t k, size_t depth)
{
	_cleanup_free_ char *macro = NULL;
	size_t argument, callee = callee_of(d, k, &argument);
	enum paste paste = PASTE_UNKNOWN;

	if (!callee || callee_is_itself(d, callee))
		return PASTE_NO;
	macro = token_spelling(&d->inner, d->code[callee]);
	if (depth < DEPTH_MOST)
		paste = find(files, macro, argument, depth + 1);
	return paste == PASTE_UNKNOWN && !is_macro_name(macro) ? PASTE_NO :
								 paste;
}

static enum paste one_use(const struct paste_files *files,
			  const struct definition *d, size_t k, size_t depth)
{
	if (at(d, k - 1, "#") || at(d, k - 1, "##") || at(d, k + 1, "##") ||
	    at(d, k - 1, ".") || at(d, k - 1, "->"))
		return PASTE_YES;
	return handed_on(files, d, k, depth);
}

/*
 * PASTE_UNKNOWN: this definition does nothing with the argument. One that is
 * but the name of another macro is that macro.
 */
static enum paste in_definition(const struct paste_files *files,
				const struct definition *d, size_t argument,
				size_t depth)
{
	enum paste result = PASTE_UNKNOWN;
	size_t body = 0;
	_cleanup_free_ char *name = parameter(d, argument, &body);

	if (d->nr == 2 && d->inner.v[d->code[1]].kind == TOKEN_IDENT) {
		name = token_spelling(&d->inner, d->code[1]);
		return find(files, name, argument, depth + 1);
	}
	for (size_t k = body; name && k < d->nr && result != PASTE_NO; k++) {
		enum paste found = at(d, k, name) ?
					   one_use(files, d, k, depth) :
					   PASTE_UNKNOWN;

		if (found != PASTE_UNKNOWN)
			result = found;
	}
	return result;
}

static enum paste find(const struct paste_files *files, const char *macro,
		       size_t argument, size_t depth)
{
	enum paste result = PASTE_UNKNOWN;

	if (depth > DEPTH_MOST)
		return PASTE_UNKNOWN;
	for (size_t f = 0; f < files->nr; f++) {
		const struct tokens *t = &files->v[f];

		for (size_t i = 0; i < t->nr && result != PASTE_NO; i++) {
			struct definition d;
			enum paste found = PASTE_UNKNOWN;

			if (t->v[i].kind != TOKEN_DIRECTIVE ||
			    !token_directive_is(t, i, "define") ||
			    !may_define(t, i, macro))
				continue;
			definition_open(t, i, &d);
			if (at(&d, 0, macro))
				found = in_definition(files, &d, argument,
						      depth);
			definition_release(&d);
			if (found != PASTE_UNKNOWN)
				result = found;
		}
	}
	return result;
}

enum paste paste_of(const struct paste_files *files, const char *macro,
		    size_t argument)
{
	return find(files, macro, argument, 0);
}
