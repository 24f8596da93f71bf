// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an extraction took out is put back: where the new caller calls the
 * helper, the old one must go on with the helper's body, word by word. It is
 * not enough that the words are the same: they must also mean what they meant
 * in their new place, so a parameter that the helper changes, an operator that
 * would bind otherwise, or a second statement under an if, is no such body.
 */
#include "text_mixed_call.h"

#define NOT_THERE ((size_t)-1)

size_t call_next_word(const struct text_words *w, size_t i)
{
	while (i < w->nr && (w->v[i].linkage || w->v[i].kind == TOKEN_COMMENT))
		i++;
	return i;
}

/* Behind the bracket that closes the one at i; NOT_THERE. */
static size_t behind_bracket(const struct text_words *w, size_t i)
{
	size_t depth = 0;

	for (; i < w->nr; i++) {
		depth += word_is(&w->v[i], "(");
		if (word_is(&w->v[i], ")") && !--depth)
			return i + 1;
	}
	return NOT_THERE;
}

/* The next part of a list between brackets, from begin; ends at , or the end.
 */
static struct span next_part(const struct text_words *w, size_t begin,
			     size_t end)
{
	size_t depth = 0, i;

	for (i = begin; i < end; i++) {
		depth += word_is(&w->v[i], "(") || word_is(&w->v[i], "[") ||
			 word_is(&w->v[i], "{");
		depth -= word_is(&w->v[i], ")") || word_is(&w->v[i], "]") ||
			 word_is(&w->v[i], "}");
		if (!depth && word_is(&w->v[i], ","))
			break;
	}
	return (struct span){ w, begin, i };
}

static struct span name_of_parameter(struct span s)
{
	for (size_t i = s.end; i-- > s.begin;)
		if (s.w->v[i].kind == TOKEN_IDENT)
			return (struct span){ s.w, i, i + 1 };
	return (struct span){ s.w, s.begin, s.begin };
}

static void bind(struct call *call, struct span parameters,
		 struct span arguments)
{
	size_t i = parameters.begin, k = arguments.begin;

	while (i < parameters.end && k < arguments.end) {
		struct span p = next_part(parameters.w, i, parameters.end);
		struct span a = next_part(arguments.w, k, arguments.end);

		ARRAY_GROW(call->bound, call->nr, call->alloc);
		call->bound[call->nr++] =
			(struct bound){ name_of_parameter(p), a };
		i = p.end + 1;
		k = a.end + 1;
	}
}

static size_t first_bracket(const struct text_words *w)
{
	size_t i = 0;

	while (i < w->head &&
	       (w->v[i].kind == TOKEN_COMMENT || !word_is(&w->v[i], "(")))
		i++;
	return i;
}

bool call_read(const struct text_words *helper, const struct text_words *caller,
	       size_t k, struct call *ret)
{
	size_t open = first_bracket(helper);
	size_t close = behind_bracket(helper, open);
	size_t end = k + 1 < caller->nr && word_is(&caller->v[k + 1], "(") ?
			     behind_bracket(caller, k + 1) :
			     NOT_THERE;

	*ret = (struct call){ .helper = helper, .end = end };
	if (end == NOT_THERE || close == NOT_THERE ||
	    helper->head + 2 > helper->nr)
		return false;
	ret->body = (struct span){ helper, helper->head + 1, helper->nr - 1 };
	while (ret->body.end > ret->body.begin &&
	       !word_is(&helper->v[ret->body.end], "}"))
		ret->body.end--;
	bind(ret, (struct span){ helper, open + 1, close - 1 },
	     (struct span){ caller, k + 2, end - 1 });
	return true;
}

void call_release(struct call *call)
{
	free(call->bound);
}

static bool is_member(const struct text_words *w, size_t i)
{
	return i && (word_is(&w->v[i - 1], ".") || word_is(&w->v[i - 1], "->"));
}

/* "a & b" does not take an address. */
static bool takes_address(const struct text_words *w, size_t i)
{
	const struct text_word *before = i > 1 ? &w->v[i - 2] : NULL;

	return i && word_is(&w->v[i - 1], "&") &&
	       !(before &&
		 (before->kind == TOKEN_IDENT || before->kind == TOKEN_NUMBER ||
		  word_is(before, ")") || word_is(before, "]")));
}

static bool is_step(const struct text_word *w)
{
	return word_is(w, "++") || word_is(w, "--");
}

static bool assigns(const struct text_word *w)
{
	return w->kind == TOKEN_PUNCT && w->s[w->len - 1] == '=' &&
	       !word_is(w, "==") && !word_is(w, "!=") && !word_is(w, "<=") &&
	       !word_is(w, ">=");
}

/*
 * What the helper does to a parameter of its own, the code that it was taken
 * out of did to a variable that goes on living.
 */
static bool changes(const struct call *call, const struct text_word *parameter)
{
	const struct text_words *h = call->helper;

	for (size_t i = call->body.begin; i < call->body.end; i++)
		if (text_words_same(&h->v[i], parameter) && !is_member(h, i) &&
		    (takes_address(h, i) || is_step(&h->v[i - 1]) ||
		     is_step(&h->v[i + 1]) || assigns(&h->v[i + 1])))
			return true;
	return false;
}

/* No operator in it could bind otherwise where it is put in. */
static bool is_primary(struct span s)
{
	static const char *const joints[] = { "->", ".", "[", "]", "(", ")" };

	for (size_t i = s.begin; i < s.end; i++) {
		bool known = s.w->v[i].kind != TOKEN_PUNCT;

		for (size_t k = 0; k < ARRAY_SIZE(joints) && !known; k++)
			known = word_is(&s.w->v[i], joints[k]);
		if (!known && !(i == s.begin && word_is(&s.w->v[i], "&")))
			return false;
	}
	return true;
}

/* Each parameter may be written as its argument. */
static bool may_put_in(const struct call *call)
{
	for (size_t n = 0; n < call->nr; n++) {
		const struct bound *b = &call->bound[n];

		if (b->parameter.begin < b->parameter.end &&
		    (changes(call, &b->parameter.w->v[b->parameter.begin]) ||
		     !is_primary(b->argument)))
			return false;
	}
	return true;
}

static const struct span *argument_for(const struct call *call, size_t i)
{
	const struct text_words *h = call->helper;

	if (is_member(h, i))
		return NULL;
	for (size_t n = 0; n < call->nr; n++) {
		const struct span *p = &call->bound[n].parameter;

		if (p->begin < p->end &&
		    text_words_same(&p->w->v[p->begin], &h->v[i]))
			return &call->bound[n].argument;
	}
	return NULL;
}

/* Behind the words of old that are those of the span; NOT_THERE. */
static size_t take_span(const struct text_words *old, size_t i, struct span s)
{
	for (size_t k = s.begin; k < s.end; k++) {
		if (s.w->v[k].kind == TOKEN_COMMENT)
			continue;
		i = call_next_word(old, i);
		if (i >= old->nr || !text_words_same(&old->v[i], &s.w->v[k]))
			return NOT_THERE;
		i++;
	}
	return i;
}

static size_t take_body(const struct text_words *old, size_t i,
			const struct call *call, struct span body)
{
	for (size_t k = body.begin; k < body.end && i != NOT_THERE; k++) {
		const struct span *argument;

		if (body.w->v[k].kind == TOKEN_COMMENT)
			continue;
		argument = argument_for(call, k);
		i = take_span(old, i,
			      argument ? *argument :
					 (struct span){ body.w, k, k + 1 });
	}
	return i;
}

static size_t take_mark(const struct text_words *old, size_t i,
			const char *mark)
{
	i = call_next_word(old, i);
	return i < old->nr && word_is(&old->v[i], mark) ? i + 1 : NOT_THERE;
}

static size_t take_marked(const struct text_words *old, size_t i,
			  const struct call *call, struct span body,
			  const char *open, const char *close)
{
	i = take_mark(old, i, open);
	if (i != NOT_THERE)
		i = take_body(old, i, call, body);
	return i == NOT_THERE ? i : take_mark(old, i, close);
}

/* The body as it stands, or between marks. */
static size_t take_either(const struct text_words *old, size_t i,
			  const struct call *call, struct span body,
			  const char *open, const char *close)
{
	size_t plain = take_body(old, i, call, body);

	return plain != NOT_THERE ?
		       plain :
		       take_marked(old, i, call, body, open, close);
}

static bool returns(struct span body)
{
	for (size_t i = body.begin; i < body.end; i++)
		if (word_is(&body.w->v[i], "return"))
			return true;
	return false;
}

static bool is_simple(struct span body)
{
	size_t statements = 0;

	for (size_t i = body.begin; i < body.end; i++) {
		statements += word_is(&body.w->v[i], ";");
		if (word_is(&body.w->v[i], "{"))
			return false;
	}
	return statements == 1;
}

/* There is one: a call stands in a body, behind its brace. */
static size_t word_before(const struct text_words *w, size_t k)
{
	while (k > 1 && w->v[k - 1].kind == TOKEN_COMMENT)
		k--;
	return k ? k - 1 : 0;
}

/* A statement of its own; behind if () or else only the first of them is it. */
static bool begins_statement(const struct text_words *w, size_t k)
{
	k = word_before(w, k);
	return word_is(&w->v[k], ";") || word_is(&w->v[k], "{") ||
	       word_is(&w->v[k], "}") || word_is(&w->v[k], ":");
}

/* What "return e;" gives; an empty span for any other body. */
static struct span expression_of(struct span body)
{
	size_t i = text_words_next(body.w, body.begin), end;

	if (i >= body.end || !word_is(&body.w->v[i], "return"))
		return (struct span){ body.w, 0, 0 };
	for (end = ++i; end < body.end && !word_is(&body.w->v[end], ";"); end++)
		;
	return (struct span){ body.w, i,
			      text_words_next(body.w, end + 1) >= body.end ?
				      end :
				      i };
}

/* The call is all that stands between marks that bind less than any operator.
 */
static bool is_whole(const struct text_words *w, size_t k, size_t end)
{
	static const char *const before[] = {
		"(", ",", "=", "[", ";", "{", "}"
	};
	static const char *const behind[] = { ")", ",", ";", "]" };
	bool begins = false, ends = false;

	k = word_before(w, k);
	for (size_t i = 0; i < ARRAY_SIZE(before); i++)
		begins |= word_is(&w->v[k], before[i]);
	for (size_t i = 0; i < ARRAY_SIZE(behind) && end < w->nr; i++)
		ends |= word_is(&w->v[end], behind[i]);
	return begins && ends;
}

/*
 * At a call of the helper in the new caller: where the old one goes on, and
 * behind which word the new one does.
 */
static size_t take_call(const struct text_words *old, size_t i,
			const struct text_words *new, size_t *k,
			const struct call *call)
{
	struct span body = call->body, expression = expression_of(body);
	bool alone;

	if (call->end < new->nr && word_is(&new->v[call->end], ";") &&
	    !returns(body)) {
		alone = begins_statement(new, *k) || is_simple(body);
		*k = call->end + 1;
		return alone ? take_either(old, i, call, body, "{", "}") :
			       take_marked(old, i, call, body, "{", "}");
	}
	if (expression.begin == expression.end)
		return NOT_THERE;
	alone = is_primary(expression) || is_whole(new, *k, call->end);
	*k = call->end;
	return alone ? take_either(old, i, call, expression, "(", ")") :
		       take_marked(old, i, call, expression, "(", ")");
}

/* "return helper(...);" where the helper's own returns end the old caller. */
static size_t take_return(const struct text_words *old, size_t i,
			  const struct text_words *new, size_t *k,
			  const struct call *call)
{
	if (call->end >= new->nr || !word_is(&new->v[call->end], ";"))
		return NOT_THERE;
	*k = call->end + 1;
	return take_either(old, i, call, call->body, "{", "}");
}

bool call_take(const struct call *call, const struct text_words *old, size_t *i,
	       const struct text_words *new, size_t *k)
{
	size_t at = *k, behind;

	if (!may_put_in(call))
		return false;
	behind = word_is(&new->v[at], "return") ?
			 take_return(old, *i, new, &at, call) :
			 take_call(old, *i, new, &at, call);
	if (behind == NOT_THERE)
		return false;
	*i = behind;
	*k = at;
	return true;
}
