// SPDX-License-Identifier: GPL-2.0-only
/*
 * How far one declaration reaches. Without the preprocessor this would be
 * bracket counting; with it, brackets may be opened in one #if branch and
 * closed behind its #endif:
 *
 *	#ifdef A
 *	int f(int a) {
 *	#else
 *	int f(void) {
 *	#endif
 *		...
 *	}
 *
 * So one branch of each conditional is read and the others are skipped: the
 * first, unless the same condition was taken the other way before in this
 * declaration, or it is "#if 0". A declaration that is not finished where a
 * conditional around it ends swallows that conditional, from its #if on.
 *
 * If the end of the file comes first, the text is not what we think. Then the
 * declaration is given up (END_LOST), and from there on a closing brace in
 * column 0 ends whatever is open. That happens once in a file at most, which
 * keeps the whole linear.
 */
#include "items_internal.h"

/* A conditional inside the declaration. */
struct frame {
	bool outer;	/* the text around it is read */
	bool live;	/* the branch at hand is read */
	bool taken;	/* a branch of it was read */
	bool zero;	/* "#if 0": unbalanced text in it means nothing */
	bool has_else;
	bool counted;	/* net is known */
	bool differs;	/* branches leave unlike numbers of brackets open */
	int depth;	/* brackets open at its #if */
	int dead;	/* brackets opened in the skipped branch at hand */
	int net;	/* brackets that its first branch leaves open */
};

struct scan {
	struct parser *p;
	struct extent *ret;
	struct frame *frames;
	size_t nr_frames, alloc_frames;
	struct conditions conditions; /* how they were decided so far */
	size_t begin;	/* first code token */
	size_t last;	/* the last token that is part of the declaration */
	size_t fallback; /* the last one before a conditional was swallowed */
	bool done;	/* the end was seen; only conditionals are to be closed */
	bool junk;	/* begins as no declaration can: ends with its lines */
	bool body;	/* the brace that is open is a function's */
};

#define MAX_FAILURES 100 /* each may cost a scan of the whole file */

enum step { STEP_ON, STEP_END };

static bool live(const struct scan *s)
{
	return !s->nr_frames || s->frames[s->nr_frames - 1].live;
}

static struct frame *push_frame(struct scan *s)
{
	struct frame *f;

	ARRAY_GROW(s->frames, s->nr_frames, s->alloc_frames);
	f = &s->frames[s->nr_frames++];
	*f = (struct frame){ .outer = true };
	return f;
}

static void open_frame(struct scan *s, size_t i)
{
	bool outer = live(s);
	struct frame *f = push_frame(s);

	f->outer = outer;
	f->live = f->taken = outer && conditions_decide(&s->conditions, s->p->t, i);
	f->depth = s->p->parts.depth;
	f->zero = directive_is_zero(s->p->t, i);
}

/* At the end of a branch: how many brackets does it leave open? */
static void close_branch(struct scan *s, struct frame *f)
{
	int net = f->live ? s->p->parts.depth - f->depth : f->dead;

	if (!f->zero && f->counted && net != f->net)
		f->differs = true;
	if (!f->zero && !f->counted) {
		f->net = net;
		f->counted = true;
	}
	f->dead = 0;
	f->zero = false;
}

/*
 * At #endif. If all branches leave the same brackets open, the declaration
 * ends at the same place whichever is compiled; but its own outermost brace is
 * not to be in a branch.
 */
static void pop_frame(struct scan *s)
{
	struct frame *f = &s->frames[s->nr_frames - 1];

	close_branch(s, f);
	if (!f->has_else && f->net)
		f->differs = true;
	if (f->outer && (f->differs || (f->net && !f->depth)))
		s->ret->split = true;
	if (!f->outer)
		f[-1].dead += f->net;
	s->nr_frames--;
}

static void next_branch(struct scan *s, size_t i)
{
	struct frame *f = &s->frames[s->nr_frames - 1];

	close_branch(s, f);
	f->has_else |= token_directive_is(s->p->t, i, "else");
	f->live = f->outer && !f->taken &&
		  (f->has_else ||
		   conditions_decide(&s->conditions, s->p->t, i));
	f->taken |= f->live;
}

static bool starts_line(const struct tokens *t, size_t i)
{
	return !t->v[i].begin || t->text[t->v[i].begin - 1] == '\n';
}

static bool is_lone_upper(const struct scan *s)
{
	const struct token *token = &s->p->t->v[s->begin];

	return parts_are_word(&s->p->parts) &&
	       word_is_upper(s->p->t->text + token->begin,
			     token->end - token->begin);
}

/*
 * May the declaration swallow the conditional around it? Not out of an "#if
 * 0", whose text need not be C. Not when it is a few words behind complete
 * items: that is rather a macro that we do not know.
 */
static bool may_merge(struct scan *s)
{
	struct parser *p = s->p;
	const struct branch *b = &p->open[p->nr_open - s->ret->merged - 1];

	if (p->lost || b->zero || (s->junk && !p->parts.depth))
		return false;
	if (p->parts.depth || s->ret->merged)
		return true;
	for (size_t k = p->items->nr; k > b->last + 1; k--)
		if (p->items->v[k - 1].kind != ITEM_COMMENT)
			return false;
	return true;
}

/* A directive that ends a branch which was opened before the declaration. */
static enum step cross(struct scan *s)
{
	struct frame *f;

	if (s->ret->merged == s->p->nr_open)
		return STEP_ON; /* no such conditional: a stray #endif */
	if (is_lone_upper(s)) {
		s->ret->how = END_CALL;
		return STEP_END;
	}
	if (!may_merge(s)) {
		s->ret->how = END_LOST;
		return STEP_END;
	}
	if (!s->ret->merged++)
		s->fallback = s->last;
	s->ret->split = true;
	f = push_frame(s);
	f->live = f->taken = true;
	return STEP_ON;
}

static enum step take_branch_end(struct scan *s, size_t i, bool endif)
{
	if (!s->nr_frames && cross(s) == STEP_END)
		return STEP_END;
	s->last = i;
	if (!s->nr_frames)
		return STEP_ON;
	if (!endif) {
		next_branch(s, i);
		return STEP_ON;
	}
	pop_frame(s);
	return s->done && !s->nr_frames ? STEP_END : STEP_ON;
}

/*
 * #define, #undef and #include behind a few words begin the next item, unless
 * the text behind them goes on as only a declaration can: "f(void)", #define,
 * "{".
 */
static bool is_directive_border(const struct scan *s, size_t i)
{
	const struct tokens *t = s->p->t;
	const struct parts *parts = &s->p->parts;
	const struct part *last;
	size_t next;

	if (parts->depth || parts->init || s->nr_frames || !parts->nr)
		return false;
	last = &parts->v[parts->nr - 1];
	if (last->kind == PART_PUNCT && last->punct == ',')
		return false;
	next = token_next(t, i);
	return next == t->nr || !strchr("{=;,", punct_char(t, next)) ||
	       !punct_char(t, next);
}

static enum step take_directive(struct scan *s, size_t i)
{
	enum directive directive = directive_class(s->p->t, i);

	if (s->junk && !s->p->parts.depth && !s->nr_frames)
		return STEP_END;
	switch (directive) {
	case DIRECTIVE_IF:
		open_frame(s, i);
		break;
	case DIRECTIVE_ELSE:
	case DIRECTIVE_ENDIF:
		return take_branch_end(s, i, directive == DIRECTIVE_ENDIF);
	case DIRECTIVE_DEFINE:
	case DIRECTIVE_UNDEF:
	case DIRECTIVE_INCLUDE:
		if (!is_directive_border(s, i))
			break;
		s->ret->how = parts_are_word(&s->p->parts) ||
			      parts_are_calls(&s->p->parts) ? END_CALL : END_LOST;
		return STEP_END;
	case DIRECTIVE_OTHER:
		break;
	}
	s->last = i;
	return STEP_ON;
}

/* Its column when nothing but blanks and comments is before it on its line. */
static size_t column(const struct tokens *t, size_t i)
{
	size_t p = t->v[i].begin;

	while (p > 0 && t->text[p - 1] != '\n')
		p--;
	return t->v[i].begin - p;
}

static bool is_storage(const struct tokens *t, size_t i)
{
	const struct token *token = &t->v[i];
	enum word_class class = word_class(t->text + token->begin,
					   token->end - token->begin);

	return class == WORD_STATIC || class == WORD_EXTERN ||
	       class == WORD_TYPEDEF;
}

static bool same_word(const struct tokens *t, size_t a, size_t b)
{
	size_t len = t->v[a].end - t->v[a].begin;

	return t->v[b].end - t->v[b].begin == len &&
	       !memcmp(t->text + t->v[a].begin, t->text + t->v[b].begin, len);
}

/*
 * Behind "NAME(...)": is it a macro call without a semicolon? Then the next
 * token begins a line, not further in than the call itself, and goes on as no
 * declarator can. Two storage classes never stand in one declaration.
 */
static bool at_border(struct scan *s, size_t i)
{
	const struct tokens *t = s->p->t;
	const struct parts *parts = &s->p->parts;
	size_t next;

	if (parts->init || parts->nr < 2 ||
	    parts->v[parts->nr - 1].kind != PART_PAREN ||
	    parts->v[parts->nr - 1].end != i + 1 ||
	    parts->v[parts->nr - 2].kind != PART_WORD ||
	    parts->v[parts->nr - 2].word == WORD_ASM)
		return false;
	next = token_next(t, i + 1);
	if (next == t->nr)
		return parts_are_calls(parts);
	/* __printf(1, 2) is more likely an attribute of what follows */
	if (parts->v[0].word == WORD_MAYBE && !same_word(t, s->begin, next) &&
	    t->v[next].line <= t->v[i].line + 1)
		return false;
	if (t->v[next].line == t->v[i].line)
		return false;
	if (t->v[next].kind == TOKEN_PUNCT)
		return punct_char(t, next) == '}' && parts_are_calls(parts);
	if (t->v[next].kind != TOKEN_IDENT)
		return false;
	if (!parts_are_calls(parts) && !is_storage(t, next))
		return false;
	return column(t, next) <= column(t, s->begin);
}

/* A_MACRO alone, and a blank line behind it: not the start of anything. */
static bool is_apart(struct scan *s, size_t i)
{
	const struct tokens *t = s->p->t;
	size_t next;

	if (i != s->begin || !is_lone_upper(s))
		return false;
	next = token_next(t, i + 1);
	return next == t->nr || (t->v[next].kind == TOKEN_IDENT &&
				 t->v[next].line > t->v[i].line + 1);
}

static enum step finish(struct scan *s, enum end_kind how)
{
	s->ret->how = how;
	s->done = true;
	if (!s->nr_frames)
		return STEP_END;
	s->ret->split = true; /* another branch may end it otherwise */
	return STEP_ON;
}

static enum step take_brace(struct scan *s, size_t i)
{
	const struct parts *parts = &s->p->parts;

	if (parts->init || parts_expect_members(parts))
		return STEP_ON;
	if (parts_are_linkage(parts))
		return finish(s, END_LOST);
	s->body = true;
	s->ret->body = i;
	return STEP_ON;
}

static enum step take_closed(struct scan *s, size_t i)
{
	if (s->body) {
		s->ret->body_end = i + 1;
		return finish(s, parts_have_paren(&s->p->parts) ? END_BODY : END_LOST);
	}
	return at_border(s, i) ? finish(s, END_CALL) : STEP_ON;
}

/* True for tokens that begin no declaration: ".macro", "{", "3", "if". */
static bool begins_junk(const struct tokens *t, size_t i)
{
	const struct token *token = &t->v[i];
	char c = punct_char(t, i);

	if (token->kind == TOKEN_IDENT)
		return word_class(t->text + token->begin,
				  token->end - token->begin) == WORD_STATEMENT;
	return c != '*' && c != '(' && c != '[' && c != ';';
}

static enum step take_code(struct scan *s, size_t i)
{
	struct parser *p = s->p;
	size_t last = s->last;

	if (s->junk && i != s->begin && !p->parts.depth && starts_line(p->t, i))
		return STEP_END;
	s->last = i;
	switch (parts_take(&p->parts, p->t, i)) {
	case PARTS_OPEN_BRACE:
		return take_brace(s, i);
	case PARTS_CLOSED:
		return take_closed(s, i);
	case PARTS_SEMICOLON:
		return finish(s, END_SEMICOLON);
	case PARTS_UNMATCHED:
		if (i != s->begin)
			s->last = last; /* it is an item of its own */
		return finish(s, END_LOST);
	case PARTS_GO_ON:
		break;
	}
	if (is_apart(s, i))
		return finish(s, END_CALL);
	if (p->lost && p->parts.depth && punct_char(p->t, i) == '}' &&
	    starts_line(p->t, i)) {
		s->nr_frames = 0;
		return finish(s, END_LOST);
	}
	return STEP_ON;
}

static void take_dead(struct scan *s, size_t i)
{
	struct frame *f = &s->frames[s->nr_frames - 1];

	switch (punct_char(s->p->t, i)) {
	case '(': case '[': case '{':
		f->dead++;
		break;
	case ')': case ']': case '}':
		f->dead--;
		break;
	}
}

static enum step take(struct scan *s, size_t i)
{
	const struct token *token = &s->p->t->v[i];

	if (token->kind == TOKEN_DIRECTIVE)
		return take_directive(s, i);
	if (live(s) && !s->done)
		return take_code(s, i);
	s->last = i;
	if (!live(s))
		take_dead(s, i);
	return STEP_ON;
}

static void release(struct scan *s)
{
	conditions_release(&s->conditions);
	free(s->frames);
}

/* One try; false if the file ended first. */
static bool scan_once(struct scan *s)
{
	const struct tokens *t = s->p->t;

	parts_reset(&s->p->parts);
	s->junk = begins_junk(t, s->begin);
	for (size_t i = s->begin; i < t->nr; i++)
		if (token_is_code(&t->v[i]) && take(s, i) == STEP_END)
			return true;
	return false;
}

void scan_declaration(struct parser *p, size_t begin, struct extent *ret)
{
	struct scan s = { .p = p, .ret = ret, .begin = begin, .last = begin };
	bool ended;

	*ret = (struct extent){ .how = END_LOST };
	ended = scan_once(&s);
	ret->end = s.last + 1;
	if (ret->merged && (!ended || ret->how == END_LOST)) {
		/* what it swallowed did not complete it: leave that alone */
		p->lost = !ended || ++p->failures > MAX_FAILURES;
		*ret = (struct extent){ .how = END_LOST, .end = s.fallback + 1 };
	} else if (!ended && !p->lost && p->parts.depth) {
		p->lost = true;
		release(&s);
		scan_declaration(p, begin, ret);
		return;
	} else if (!ended) {
		ret->how = END_LOST;
	}
	release(&s);
}
