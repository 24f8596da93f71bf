// SPDX-License-Identifier: GPL-2.0-only
/*
 * Helpers put back into their callers: where a caller calls a helper of the
 * contract, the helper's body is read instead, with the arguments for the
 * parameters. If that gives the old caller word by word, nothing but an
 * extraction happened. What fits otherwise is residue; the code rung decides.
 */
#include "text_mixed.h"

#define NOT_THERE ((size_t)-1)

/* Words of a row, from begin up to end. */
struct span {
	const struct text_words *w;
	size_t begin, end;
};

struct bound {
	struct span parameter; /* one word */
	struct span argument;
};

struct call {
	const struct text_words *helper;
	struct span body;    /* without its braces */
	struct bound *bound; /* owned */
	size_t nr, alloc;
	size_t end; /* in the caller: behind the call's ')' */
};

static size_t next_word(const struct text_words *w, size_t i)
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

/* Reads the call that the helper's name at k of the caller begins. */
static bool read_call(struct mixed *m, size_t helper,
		      const struct text_words *caller, size_t k,
		      struct call *ret)
{
	const struct text_words *h = mixed_words(m, 1, helper);
	size_t open = first_bracket(h), close = behind_bracket(h, open);
	size_t end = k + 1 < caller->nr && word_is(&caller->v[k + 1], "(") ?
			     behind_bracket(caller, k + 1) :
			     NOT_THERE;

	*ret = (struct call){ .helper = h, .end = end };
	if (end == NOT_THERE || close == NOT_THERE || h->head + 2 > h->nr)
		return false;
	ret->body = (struct span){ h, h->head + 1, h->nr - 1 };
	while (ret->body.end > ret->body.begin &&
	       !word_is(&h->v[ret->body.end], "}"))
		ret->body.end--;
	bind(ret, (struct span){ h, open + 1, close - 1 },
	     (struct span){ caller, k + 2, end - 1 });
	return true;
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
	       !(before && (before->kind == TOKEN_IDENT ||
			    before->kind == TOKEN_NUMBER ||
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

static bool changes_any(const struct call *call)
{
	for (size_t n = 0; n < call->nr; n++) {
		const struct span *p = &call->bound[n].parameter;

		if (p->begin < p->end && changes(call, &p->w->v[p->begin]))
			return true;
	}
	return false;
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
		i = next_word(old, i);
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
	i = next_word(old, i);
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

/* A statement of its own; behind if () or else only the first of them is it. */
static bool begins_statement(const struct text_words *w, size_t k)
{
	while (k-- > 0 && w->v[k].kind == TOKEN_COMMENT)
		;
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

/*
 * At a call of the helper in the new caller: where the old one goes on, and
 * behind which word the new one does.
 */
static size_t take_call(const struct text_words *old, size_t i,
			const struct text_words *new, size_t *k,
			const struct call *call)
{
	struct span body = call->body, expression = expression_of(body);
	size_t behind;

	if (call->end < new->nr && word_is(&new->v[call->end], ";") &&
	    !returns(body)) {
		bool alone = begins_statement(new, *k) || is_simple(body);

		*k = call->end + 1;
		return alone ? take_either(old, i, call, body, "{", "}") :
			       take_marked(old, i, call, body, "{", "}");
	}
	if (expression.begin == expression.end)
		return NOT_THERE;
	behind = take_either(old, i, call, expression, "(", ")");
	*k = call->end;
	return behind;
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

/* The helper that word k is the name of; TEXT_NONE. */
static size_t helper_at(const struct mixed *m, const struct text_words *w,
			size_t k)
{
	const struct text_side *after = &m->check->after;
	const struct strv *helpers = &m->check->contract->helpers;

	if (w->v[k].kind != TOKEN_IDENT)
		return TEXT_NONE;
	for (size_t n = 0; n < helpers->nr; n++) {
		if (!word_is(&w->v[k], helpers->v[n]))
			continue;
		for (size_t i = 0; i < after->nr; i++) {
			const struct item *item =
				piece_item(after, &after->pieces[i]);

			if (item->kind == ITEM_FUNCTION &&
			    streq(item->name, helpers->v[n]))
				return i;
		}
	}
	return TEXT_NONE;
}

struct inlining {
	struct mixed *m;
	const struct text_words *old, *new;
	bool *used; /* by piece after: helpers that were put back */
};

/* The words at hand begin "return helper(...);" or a call of a helper. */
static bool put_back(struct inlining *in, size_t *i, size_t *k)
{
	bool is_return = word_is(&in->new->v[*k], "return");
	size_t name = is_return ? next_word(in->new, *k + 1) : *k;
	size_t helper = name < in->new->nr ? helper_at(in->m, in->new, name) :
					     TEXT_NONE;
	struct call call;
	size_t behind, at = *k;

	if (helper == TEXT_NONE ||
	    !read_call(in->m, helper, in->new, name, &call))
		return false;
	if (changes_any(&call))
		behind = NOT_THERE;
	else
		behind = is_return ? take_return(in->old, *i, in->new, &at, &call) :
			     take_call(in->old, *i, in->new, &at, &call);
	free(call.bound);
	if (behind == NOT_THERE)
		return false;
	in->used[helper] = true;
	*i = behind;
	*k = at;
	return true;
}

static bool is_old_with_calls(struct inlining *in)
{
	size_t i = 0, k = 0;

	for (;;) {
		i = next_word(in->old, i);
		k = next_word(in->new, k);
		if (i >= in->old->nr || k >= in->new->nr)
			return i >= in->old->nr && k >= in->new->nr;
		if (k >= in->new->head && put_back(in, &i, &k))
			continue;
		if (!text_words_same(&in->old->v[i], &in->new->v[k]))
			return false;
		i++;
		k++;
	}
}

static bool has_comment(const struct text_words *w,
			const struct text_word *comment)
{
	for (size_t i = 0; i < w->nr; i++)
		if (w->v[i].kind == TOKEN_COMMENT &&
		    w->v[i].len == comment->len &&
		    !memcmp(w->v[i].s, comment->s, comment->len))
			return true;
	return false;
}

/* Every comment of the old caller is in the new one, or in a helper. */
static bool lost_comment(struct inlining *in)
{
	const struct text_words *old = in->old;

	for (size_t i = 0; i < old->nr; i++) {
		bool found = old->v[i].kind != TOKEN_COMMENT ||
			     has_comment(in->new, &old->v[i]);

		for (size_t k = 0; !found && k < in->m->check->after.nr; k++)
			found = in->used[k] &&
				has_comment(mixed_words(in->m, 1, k),
					    &old->v[i]);
		if (!found)
			return true;
	}
	return false;
}

static void account(struct inlining *in, size_t before, size_t after,
		    unsigned int linkage)
{
	struct mixed *m = in->m;
	unsigned int deeds = DEED_GAVE | linkage;

	if (!mixed_same_file(m, before, after))
		deeds |= DEED_MOVED;
	if (!streq(piece_item(&m->check->before,
			      &m->check->before.pieces[before])
			   ->name,
		   piece_item(&m->check->after, &m->check->after.pieces[after])
			   ->name))
		deeds |= DEED_RENAMED;
	mixed_account(m, 0, before, deeds);
	mixed_account(m, 1, after, deeds);
	m->fates[0][before].other = after;
	m->fates[1][after].other = before;
	m->fates[1][after].how.comment = lost_comment(in);
	m->fates[1][after].how.comment_at =
		piece_item(&m->check->after, &m->check->after.pieces[after])
			->code_begin;
	for (size_t i = 0; i < m->check->after.nr; i++)
		if (in->used[i] && mixed_is_open(m, 1, i))
			mixed_account(m, 1, i, DEED_EXTRACTED | DEED_ADDED);
}

static bool may_be_caller(const struct mixed *m, size_t i, size_t k)
{
	const struct text_side *before = &m->check->before;
	const struct text_side *after = &m->check->after;
	const struct piece *p = &before->pieces[i], *q = &after->pieces[k];
	const struct item *a = piece_item(before, p), *b = piece_item(after, q);

	return a->kind == ITEM_FUNCTION && b->kind == ITEM_FUNCTION &&
	       mixed_is_open(m, 1, k) && mixed_same_name(m, a->name, b->name) &&
	       streq(p->context, q->context);
}

static bool try_caller(struct mixed *m, size_t i, size_t k)
{
	struct inlining in = { .m = m,
			       .old = mixed_words(m, 0, i),
			       .new = mixed_words(m, 1, k) };
	unsigned int linkage;
	bool found;

	in.used = xcalloc(m->check->after.nr, sizeof(*in.used));
	found = mixed_linkage(m, i, k, &linkage) && is_old_with_calls(&in);
	if (found)
		account(&in, i, k, linkage);
	free(in.used);
	return found;
}

void mixed_match_extracted(struct mixed *m)
{
	const struct text_side *before = &m->check->before;
	const struct text_side *after = &m->check->after;

	if (!m->check->contract->helpers.nr)
		return;
	for (size_t i = 0; i < before->nr; i++)
		for (size_t k = 0; mixed_is_open(m, 0, i) && k < after->nr; k++)
			if (may_be_caller(m, i, k) && try_caller(m, i, k))
				break;
}
