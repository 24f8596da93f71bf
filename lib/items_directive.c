// SPDX-License-Identifier: GPL-2.0-only
/*
 * Directives: which one it is, and for an #if whether a reader who wants one
 * consistent configuration goes into it.
 */
#include "items_internal.h"

#define MAX_CONDITIONS 256 /* remembered in one declaration */

struct condition {
	char *text;	/* owned: "defined(A)" and "A" are both "A" */
	bool value;
};

enum directive directive_class(const struct tokens *t, size_t i)
{
	static const struct {
		const char *name;
		enum directive class;
	} table[] = {
		{ "define", DIRECTIVE_DEFINE },
		{ "undef", DIRECTIVE_UNDEF },
		{ "include", DIRECTIVE_INCLUDE },
		{ "include_next", DIRECTIVE_INCLUDE },
		{ "if", DIRECTIVE_IF },
		{ "ifdef", DIRECTIVE_IF },
		{ "ifndef", DIRECTIVE_IF },
		{ "elif", DIRECTIVE_ELSE },
		{ "elifdef", DIRECTIVE_ELSE },
		{ "elifndef", DIRECTIVE_ELSE },
		{ "else", DIRECTIVE_ELSE },
		{ "endif", DIRECTIVE_ENDIF },
	};
	size_t len;
	const char *s = token_directive(t, i, &len);

	if (len && *s <= '9') /* a linemarker: there are many */
		return DIRECTIVE_OTHER;
	for (size_t k = 0; k < ARRAY_SIZE(table); k++)
		if (token_directive_is(t, i, table[k].name))
			return table[k].class;
	return DIRECTIVE_OTHER;
}

void directive_tokens(const struct tokens *t, size_t i, struct tokens *ret)
{
	size_t len;
	const char *name = token_directive(t, i, &len);

	lex(name + len, t->text + t->v[i].end - (name + len), ret);
}

char *directive_name(const struct tokens *t, size_t i)
{
	_cleanup_(tokens_release) struct tokens inner = { 0 };
	size_t len;
	const char *name = token_directive(t, i, &len);

	if (!memchr(name, '\\', len))
		return xstrndup(name, len);
	lex(name, len, &inner);
	return token_spelling(&inner, 0);
}

/* The condition without white space, comments and 'defined'. */
static char *condition_text(const struct tokens *t, size_t i)
{
	_cleanup_(tokens_release) struct tokens inner = { 0 };
	char *text = xcalloc(t->v[i].end - t->v[i].begin + 1, 1);
	size_t n = 0;

	directive_tokens(t, i, &inner);
	for (size_t k = 0; k < inner.nr; k++) {
		const struct token *token = &inner.v[k];

		if (!token_is_code(token) || token_is(&inner, k, "defined"))
			continue;
		memcpy(text + n, inner.text + token->begin,
		       token->end - token->begin);
		n += token->end - token->begin;
	}
	return text;
}

bool directive_is_zero(const struct tokens *t, size_t i)
{
	_cleanup_free_ char *text = NULL;

	if (!token_directive_is(t, i, "if"))
		return false;
	text = condition_text(t, i);
	return streq(text, "0");
}

/* Takes "!(A)" and "(A)" to "A"; true if there was a '!'. */
static bool strip_condition(char *text)
{
	bool negated = text[0] == '!';
	char *s = text + negated;
	size_t len = strlen(s);

	if (strpbrk(s, "&|=<>?!+-*/"))
		return false;
	if (len > 2 && s[0] == '(' && s[len - 1] == ')') {
		s++;
		len -= 2;
	}
	memmove(text, s, len);
	text[len] = '\0';
	return negated;
}

bool conditions_decide(struct conditions *c, const struct tokens *t, size_t i)
{
	char *text = condition_text(t, i);
	bool negated = strip_condition(text);

	if (token_directive_is(t, i, "ifndef") ||
	    token_directive_is(t, i, "elifndef"))
		negated = !negated;
	if (streq(text, "0") || streq(text, "1")) {
		bool value = (text[0] == '1') != negated;

		free(text);
		return value;
	}
	for (size_t k = 0; k < c->nr; k++) {
		if (!streq(c->v[k].text, text))
			continue;
		free(text);
		return c->v[k].value != negated;
	}
	if (c->nr == MAX_CONDITIONS) {
		free(text);
		return true;
	}
	ARRAY_GROW(c->v, c->nr, c->alloc);
	c->v[c->nr++] = (struct condition){ text, !negated };
	return true;
}

void conditions_release(struct conditions *c)
{
	for (size_t i = 0; i < c->nr; i++)
		free(c->v[i].text);
	free(c->v);
	*c = (struct conditions){ 0 };
}
