// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a changed body keeps of its conditional lines. The rungs that look at
 * what was compiled see a body as one configuration has it: a statement that
 * comes under an #ifdef which is on there is nothing to them. So the bodies are
 * cut into statements, each with the conditional lines that it stands under,
 * and both sides are counted.
 *
 * A helper's statements stand where it is called: under the conditional lines
 * of the call, if these are the same at each, and under its own.
 */
#include "text.h"

#include "lib/buf.h"
#include "lib/lex.h"

/* A statement's code, up to its ; { or }, or one directive. */
struct statement {
	char *context;	   /* owned: what it stands under, and its item does */
	char *code;	   /* owned: its tokens, a blank between two */
	const char *owner; /* its item, that it must stay in; "" in an extraction */
	bool inside;	   /* under a directive of its own body, or one itself */
	bool directive;
	bool calls;	   /* it names a helper */
	const struct piece *piece;
	size_t at;	   /* its first byte in the piece */
};

struct statements {
	struct statement *v;
	size_t nr, alloc;
};

struct cutter {
	struct statements *ret;
	const struct piece *piece;
	const struct strv *helpers;
	const char *around; /* what the whole piece stands under */
	const char *owner;
	struct strv stack; /* the branches that are open in it */
};

static void statements_release(struct statements *s)
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

static void cut_piece(const struct piece *p, const char *around,
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

/* Takes out what both sides have, under the same conditional lines. */
static void cancel(struct statements *a, struct statements *b)
{
	struct statements left[2] = { 0 };
	size_t i = 0, k = 0;

	qsort(a->v, a->nr, sizeof(*a->v), compare);
	qsort(b->v, b->nr, sizeof(*b->v), compare);
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

static bool has_code(const struct statements *sorted, const struct statement *s)
{
	return sorted->nr && bsearch(s, sorted->v, sorted->nr,
				     sizeof(*sorted->v), compare_code);
}

/* A call of a helper came there, and so may have what it needs. */
static bool gained_call(const struct statements *s, const char *context)
{
	for (size_t i = 0; i < s->nr; i++)
		if (s->v[i].calls && streq(s->v[i].context, context))
			return true;
	return false;
}

static void report(struct text_check *check, const struct text_side *side,
		   const struct statement *s, const char *what)
{
	const struct item *item = piece_item(side, s->piece);
	_cleanup_free_ char *where =
		xasprintf("%s:%u", piece_path(side, s->piece),
			  text_line_at(side, s->piece, s->at));
	struct finding *f = outcome_add(
		check->out, RESULT_UNDECIDED,
		s->directive ? "conditional" : "code", item->name, where,
		"%s, and other configurations may differ in it (under: %s)",
		what, *s->context ? s->context : "nothing");

	f->excerpt = text_excerpt(s->piece->bytes, s->piece->len, s->at);
}

/* What is left on one side: code that the other has too stood elsewhere. */
static void report_left(struct text_check *check, const struct text_side *side,
			const struct statements *own,
			const struct statements *other, bool exact)
{
	bool before = side == &check->before;

	for (size_t i = 0; i < own->nr; i++) {
		const struct statement *s = &own->v[i];
		bool crosses = has_code(other, s);

		if (s->directive)
			report(check, side, s, before ? "this line is gone" :
							"this line is new");
		else if (crosses && !before)
			report(check, side, s, "it did not stand there before");
		else if (!crosses && exact && s->inside &&
			 (before || !gained_call(own, s->context)))
			report(check, side, s, before ? "it is gone" :
							"it is new");
	}
}

/* ---- The bodies ---- */

static bool is_body(const struct text_side *side, const struct piece *p,
		    const struct strv *names)
{
	return !p->stays && item_is_definition(piece_item(side, p)) &&
	       (!names->nr || text_is_named(names, side, p));
}

static void cut_bodies(const struct text_side *side,
		       const struct contract *contract, struct statements *ret)
{
	const struct strv *helpers = &contract->helpers;

	for (size_t i = 0; i < side->nr; i++) {
		const struct piece *p = &side->pieces[i];

		if (is_body(side, p, &contract->names))
			cut_piece(p, p->context,
				  helpers->nr ? "" : piece_item(side, p)->name,
				  helpers, ret);
	}
}

/* What all calls of a helper stand under; NULL when they differ. */
static const char *call_context(const struct statements *s, const char *helper)
{
	const char *found = NULL;

	for (size_t i = 0; i < s->nr; i++) {
		if (!s->v[i].calls ||
		    !mentions(s->v[i].code, strlen(s->v[i].code), helper))
			continue;
		if (found && !streq(found, s->v[i].context))
			return NULL;
		found = s->v[i].context;
	}
	return found;
}

static void cut_helpers(const struct text_side *side,
			const struct strv *helpers, struct statements *ret)
{
	for (size_t i = 0; i < side->nr; i++) {
		const struct piece *p = &side->pieces[i];
		_cleanup_free_ char *around = NULL;
		const char *at;

		if (!is_body(side, p, helpers))
			continue;
		at = call_context(ret, piece_item(side, p)->name);
		/* the caller may stand under the helper's own lines as well */
		if (at && starts_with(at, p->context))
			around = xstrdup(at);
		else
			around = xasprintf("%s%s%s", at ? at : "",
					   at && *at ? " && " : "", p->context);
		cut_piece(p, around, "", NULL, ret);
	}
}

void text_check_branches(struct text_check *check)
{
	const struct contract *c = check->contract;
	_cleanup_(statements_release) struct statements old = { 0 }, new = { 0 };

	cut_bodies(&check->before, c, &old);
	cut_bodies(&check->after, c, &new);
	if (c->helpers.nr)
		cut_helpers(&check->after, &c->helpers, &new);
	cancel(&old, &new);
	report_left(check, &check->before, &old, &new, c->helpers.nr);
	report_left(check, &check->after, &new, &old, c->helpers.nr);
}

bool text_crosses_branch(const struct piece *a, const struct piece *b)
{
	_cleanup_(statements_release) struct statements old = { 0 }, new = { 0 };

	cut_piece(a, "", "", NULL, &old);
	cut_piece(b, "", "", NULL, &new);
	cancel(&old, &new);
	for (size_t i = 0; i < old.nr; i++)
		if (has_code(&new, &old.v[i]))
			return true;
	return false;
}
