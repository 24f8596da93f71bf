// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a changed body keeps, though what is built need not show it. The rungs
 * that look at what was compiled see a body as one configuration has it: a
 * statement that comes under an #ifdef which is on there is nothing to them, nor
 * is a lockdep_assert_held() that goes where lockdep is off. So the bodies are
 * cut into statements, each with the conditional lines that it stands under,
 * and both sides are counted: of lines and of code under them, and of calls
 * that are a statement of their own.
 *
 * A helper's statements stand once at each place where it is called, under the
 * conditional lines of the call and under its own.
 */
#include "text_statements.h"

#include "lib/lex.h"

/* A call of a helper came there, and so may have what it needs. */
static bool gained_call(const struct statements *s, const char *context)
{
	for (size_t i = 0; i < s->nr; i++)
		if (s->v[i].calls && streq(s->v[i].context, context))
			return true;
	return false;
}

/* One of more calls of a function or macro than the other side has; NULL. */
static const struct statement *find_odd_call(const struct statements *own,
					     const struct statements *other,
					     const struct strv *helpers)
{
	for (size_t i = 0; i < own->nr; i++) {
		const char *name = own->v[i].code;
		size_t len = statement_callee(&name);
		_cleanup_free_ char *word = xstrndup(name, len);

		if (!strv_has(helpers, word) &&
		    statements_have_more(own, other, name, len))
			return &own->v[i];
	}
	return NULL;
}

/* ---- Findings ---- */

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
		bool crosses = statements_have_code(other, s);

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

static void report_calls(struct text_check *check, const struct text_side *side,
			 const struct statements *own,
			 const struct statements *other)
{
	const struct statement *odd =
		find_odd_call(own, other, &check->contract->helpers);

	if (odd)
		report(check, side, odd,
		       side == &check->before ? "a call is gone" :
						"a call is new");
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
			statements_cut(p, p->context,
				  helpers->nr ? "" : piece_item(side, p)->name,
				  helpers, ret);
	}
}

/* Once for each call; often that stands under the helper's own lines as well. */
static void cut_helper(const struct text_side *side, const struct piece *p,
		       size_t nr_calling, struct statements *ret)
{
	const char *name = piece_item(side, p)->name;

	for (size_t i = 0; i < nr_calling; i++) {
		const struct statement *s = &ret->v[i];
		_cleanup_free_ char *around = NULL;

		if (!s->calls || !mentions(s->code, strlen(s->code), name))
			continue;
		if (starts_with(s->context, p->context))
			around = xstrdup(s->context);
		else
			around = xasprintf("%s%s%s", s->context,
					   *s->context ? " && " : "", p->context);
		statements_cut(p, around, "", NULL, ret);
	}
}

static void cut_helpers(const struct text_side *side,
			const struct strv *helpers, struct statements *ret)
{
	size_t nr = ret->nr;

	for (size_t i = 0; i < side->nr; i++)
		if (is_body(side, &side->pieces[i], helpers))
			cut_helper(side, &side->pieces[i], nr, ret);
}

void text_check_branches(struct text_check *check)
{
	const struct contract *c = check->contract;
	_cleanup_(statements_release) struct statements old = { 0 }, new = { 0 };

	cut_bodies(&check->before, c, &old);
	cut_bodies(&check->after, c, &new);
	if (c->helpers.nr)
		cut_helpers(&check->after, &c->helpers, &new);
	statements_cancel(&old, &new);
	report_left(check, &check->before, &old, &new, c->helpers.nr);
	report_left(check, &check->after, &new, &old, c->helpers.nr);
	if (!c->helpers.nr)
		return;
	report_calls(check, &check->before, &old, &new);
	report_calls(check, &check->after, &new, &old);
}
