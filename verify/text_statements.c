// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bodies cut into statements, by tokens: nothing is parsed. Those of two sides
 * are sorted by their code, so that what is the same falls out.
 */
#include "text_statements.h"

#include "lib/buf.h"
#include "lib/lex.h"

struct cutter {
	struct statements *ret;
	const struct piece *piece;
	const struct strv *helpers;
	const char *around; /* what the whole piece stands under */
	const char *owner;
	struct strv stack; /* the branches that are open in it */
};

void statements_release(struct statements *s)
{
	for (size_t i = 0; i < s->nr; i++) {
		free(s->v[i].context);
		free(s->v[i].code);
	}
	free(s->v);
}

static char *context_of(const struct cutter *c)
{
	_cleanup_free_ char *inner = strv_join(&c->stack, " && ");

	return xasprintf("%s%s%s", c->around,
			 *c->around && *inner ? " && " : "", inner);
}

static void add(struct cutter *c, struct buf *code, size_t at, bool directive,
		bool calls)
{
	struct statements *s = c->ret;

	if (!code->len)
		return;
	ARRAY_GROW(s->v, s->nr, s->alloc);
	s->v[s->nr++] = (struct statement){
		.context = context_of(c),
		.code = buf_detach(code),
		.owner = c->owner,
		.inside = directive || c->stack.nr,
		.directive = directive,
		.calls = calls,
		.piece = c->piece,
		.at = at,
	};
}

static void pop(struct strv *stack)
{
	if (stack->nr)
		free(stack->v[--stack->nr]);
}

/* The words of a directive: "#ifdef X", white space and comments aside. */
static void add_directive_words(const struct tokens *t, size_t i,
				struct buf *ret)
{
	struct tokens inner;
	size_t len;
	const char *name = token_directive(t, i, &len);

	buf_addch(ret, '#');
	lex(name, t->text + t->v[i].end - name, &inner);
	for (size_t k = 0; k < inner.nr; k++) {
		_cleanup_free_ char *word = NULL;

		if (!token_is_code(&inner.v[k]))
			continue;
		word = token_spelling(&inner, k);
		buf_addf(ret, "%s%s", k ? " " : "", word);
	}
	tokens_release(&inner);
}

/* A branch is known by all that came before it in its conditional. */
static void add_directive(struct cutter *c, const struct tokens *t, size_t i)
{
	bool opens = token_directive_is(t, i, "if") ||
		     token_directive_is(t, i, "ifdef") ||
		     token_directive_is(t, i, "ifndef");
	bool turns = token_directive_is(t, i, "else") ||
		     token_directive_is(t, i, "elif");
	_cleanup_(buf_release) struct buf words = BUF_INIT;
	_cleanup_free_ char *branch = NULL;

	add_directive_words(t, i, &words);
	if (turns && c->stack.nr)
		branch = xasprintf("%s %s", c->stack.v[c->stack.nr - 1],
				   words.data);
	else if (opens || turns)
		branch = xstrdup(words.data);
	if (turns || token_directive_is(t, i, "endif"))
		pop(&c->stack);
	add(c, &words, t->v[i].begin, true, false);
	if (branch)
		strv_add(&c->stack, branch);
}

static void cut(struct cutter *c)
{
	_cleanup_(buf_release) struct buf code = BUF_INIT;
	struct tokens t;
	size_t at = 0;
	bool calls = false;

	lex(c->piece->bytes, c->piece->len, &t);
	for (size_t i = 0; i < t.nr; i++) {
		_cleanup_free_ char *word = NULL;

		if (t.v[i].kind == TOKEN_DIRECTIVE) {
			add(c, &code, at, false, calls);
			add_directive(c, &t, i);
			continue;
		}
		if (!token_is_code(&t.v[i]))
			continue;
		if (!code.len) {
			at = t.v[i].begin;
			calls = false;
		}
		word = token_spelling(&t, i);
		calls |= c->helpers && strv_has(c->helpers, word);
		buf_addf(&code, "%s%s", code.len ? " " : "", word);
		if (strchr(";{}", *word))
			add(c, &code, at, false, calls);
	}
	add(c, &code, at, false, calls);
	tokens_release(&t);
}

void statements_cut(const struct piece *p, const char *around,
		    const char *owner, const struct strv *helpers,
		    struct statements *ret)
{
	struct cutter c = {
		.ret = ret,
		.piece = p,
		.helpers = helpers,
		.around = around,
		.owner = owner,
	};

	cut(&c);
	strv_release(&c.stack);
}

/* ---- Counting ---- */

static int compare_code(const void *a, const void *b)
{
	const struct statement *x = a, *y = b;
	int order = strcmp(x->code, y->code);

	return order ? order : strcmp(x->owner, y->owner);
}

static int compare(const void *a, const void *b)
{
	const struct statement *x = a, *y = b;
	int order = compare_code(x, y);

	return order ? order : strcmp(x->context, y->context);
}

static void sort(struct statements *s)
{
	if (s->nr)
		qsort(s->v, s->nr, sizeof(*s->v), compare);
}

void statements_cancel(struct statements *a, struct statements *b)
{
	struct statements left[2] = { 0 };
	size_t i = 0, k = 0;

	sort(a);
	sort(b);
	while (i < a->nr || k < b->nr) {
		int order = i == a->nr ? 1 :
			    k == b->nr ? -1 :
					 compare(&a->v[i], &b->v[k]);
		struct statements *to = &left[order > 0];

		if (!order) {
			struct statement *both[] = { &a->v[i++], &b->v[k++] };

			for (size_t n = 0; n < 2; n++) {
				free(both[n]->context);
				free(both[n]->code);
			}
			continue;
		}
		ARRAY_GROW(to->v, to->nr, to->alloc);
		to->v[to->nr++] = order < 0 ? a->v[i++] : b->v[k++];
	}
	free(a->v);
	free(b->v);
	*a = left[0];
	*b = left[1];
}

bool statements_have_code(const struct statements *sorted,
			  const struct statement *s)
{
	return sorted->nr && bsearch(s, sorted->v, sorted->nr,
				     sizeof(*sorted->v), compare_code);
}

/* ---- Calls ---- */

/* Behind the word, if the code begins with it; the words are parted by blanks. */
static const char *skip_word(const char *code, const char *word)
{
	size_t len = strlen(word);

	return starts_with(code, word) && code[len] == ' ' ? code + len + 1 :
							     NULL;
}

/* Behind the bracket that closes the one at code; its end when there is none. */
static const char *skip_brackets(const char *code)
{
	size_t depth = 0;

	for (; *code; code++) {
		depth += *code == '(';
		if (*code == ')' && !--depth)
			return code + strspn(code, ") ");
	}
	return code;
}

size_t statement_callee(const char **code)
{
	const char *next;
	size_t len = 0;

	for (;;) {
		if ((next = skip_word(*code, "else")) ||
		    (next = skip_word(*code, "do")))
			*code = next;
		else if ((next = skip_word(*code, "if")) ||
			 (next = skip_word(*code, "while")))
			*code = skip_brackets(next);
		else
			break;
	}
	while (is_word_byte((*code)[len]))
		len++;
	if (!ends_with(*code, ";") || !starts_with(*code + len, " ("))
		return 0;
	return len;
}

static bool calls_same(const struct statement *s, const char *name, size_t len)
{
	const char *code = s->code;

	return statement_callee(&code) == len && !strncmp(code, name, len);
}

static size_t count_calls(const struct statements *s, const char *name,
			  size_t len)
{
	size_t nr = 0;

	for (size_t i = 0; i < s->nr; i++)
		nr += calls_same(&s->v[i], name, len);
	return nr;
}

bool statements_have_more(const struct statements *own,
			  const struct statements *other, const char *name,
			  size_t len)
{
	return len &&
	       count_calls(own, name, len) > count_calls(other, name, len);
}

/* ---- One body ---- */

static void list_odd_calls(const struct statements *own,
			   const struct statements *other, struct strv *ret)
{
	for (size_t i = 0; i < own->nr; i++) {
		const char *name = own->v[i].code;
		size_t len = statement_callee(&name);

		if (statements_have_more(own, other, name, len))
			strv_addn(ret, name, len);
	}
}

bool text_crosses_branch(const struct piece *a, const struct piece *b)
{
	_cleanup_(statements_release) struct statements old = { 0 }, new = { 0 };

	statements_cut(a, "", "", NULL, &old);
	statements_cut(b, "", "", NULL, &new);
	statements_cancel(&old, &new);
	for (size_t i = 0; i < old.nr; i++)
		if (statements_have_code(&new, &old.v[i]))
			return true;
	return false;
}

void text_odd_calls(const struct piece *a, const struct piece *b,
		    struct strv *ret)
{
	_cleanup_(statements_release) struct statements own = { 0 };
	_cleanup_(statements_release) struct statements other = { 0 };

	statements_cut(a, "", "", NULL, &own);
	statements_cut(b, "", "", NULL, &other);
	statements_cancel(&own, &other);
	list_odd_calls(&own, &other, ret);
	strv_uniq(ret);
}
