// SPDX-License-Identifier: GPL-2.0-only
/*
 * A declaration as a short list of words and bracketed groups, built token by
 * token. What stands inside a group is not looked at, so a body of a thousand
 * lines costs one bracket count per token.
 *
 * Brackets are counted, not matched by kind: valid text has them matched, and
 * in other text a count recovers sooner than a stack does.
 */
#include "items_internal.h"

char punct_char(const struct tokens *t, size_t i)
{
	const struct token *token = &t->v[i];

	if (token->kind != TOKEN_PUNCT)
		return 0;
	if (token->end - token->begin == 1)
		return t->text[token->begin];
	if (token_is(t, i, "<%"))
		return '{';
	if (token_is(t, i, "%>"))
		return '}';
	if (token_is(t, i, "<:"))
		return '[';
	if (token_is(t, i, ":>"))
		return ']';
	return 0;
}

void parts_reset(struct parts *p)
{
	struct part *v = p->v;
	size_t alloc = p->alloc;

	*p = (struct parts){ .v = v, .alloc = alloc };
}

void parts_release(struct parts *p)
{
	free(p->v);
	*p = (struct parts){ 0 };
}

static struct part *push(struct parts *p, enum part_kind kind, size_t begin,
			 size_t end)
{
	struct part *part;

	ARRAY_GROW(p->v, p->nr, p->alloc);
	part = &p->v[p->nr++];
	*part = (struct part){ .kind = kind, .begin = begin, .end = end };
	return part;
}

static void push_word(struct parts *p, const struct tokens *t, size_t i)
{
	const struct token *token = &t->v[i];
	struct part *part = push(p, PART_WORD, i, i + 1);
	char *spelling;

	part->word = word_class(t->text + token->begin,
				token->end - token->begin);
	if (part->word != WORD_PLAIN && part->word != WORD_MAYBE)
		return;
	if (!memchr(t->text + token->begin, '\\', token->end - token->begin))
		return;
	spelling = token_spelling(t, i); /* a keyword with a splice in it */
	part->word = word_class(spelling, strlen(spelling));
	free(spelling);
}

/* Attributes and asm labels leave nothing; typeof (x) becomes a type. */
static void push_paren(struct parts *p, size_t end)
{
	struct part *last = p->nr ? &p->v[p->nr - 1] : NULL;

	if (last && last->kind == PART_WORD) {
		switch (last->word) {
		case WORD_ATTRIBUTE:
			p->nr--;
			return;
		case WORD_ASM:
			if (p->nr == 1)
				break;
			p->nr--;
			return;
		case WORD_TYPEOF:
			last->kind = PART_TYPE;
			last->end = end;
			return;
		default:
			break;
		}
	}
	push(p, PART_PAREN, p->group, end);
}

static void push_group(struct parts *p, const struct tokens *t, size_t end)
{
	if (p->init)
		return;
	if (p->open == '(') {
		push_paren(p, end);
	} else if (p->open == '{') {
		push(p, PART_BRACE, p->group, end);
	} else {
		size_t inner = token_next(t, p->group + 1);

		/* [[attribute]] */
		if (inner < end && punct_char(t, inner) == '[')
			return;
		push(p, PART_BRACKET, p->group, end);
	}
}

static enum parts_event take_punct(struct parts *p, const struct tokens *t,
				   size_t i)
{
	char c = punct_char(t, i);

	switch (c) {
	case '(': case '[': case '{':
		p->group = i;
		p->open = c;
		p->depth = 1;
		return c == '{' ? PARTS_OPEN_BRACE : PARTS_GO_ON;
	case ')': case ']': case '}':
		return PARTS_UNMATCHED;
	case ';':
		return PARTS_SEMICOLON;
	case '=':
		p->init = p->assigned = true;
		return PARTS_GO_ON;
	case ',':
		p->init = false;
		break;
	}
	if (!p->init)
		push(p, PART_PUNCT, i, i + 1)->punct = c;
	return PARTS_GO_ON;
}

static enum parts_event take_inner(struct parts *p, const struct tokens *t,
				   size_t i)
{
	switch (punct_char(t, i)) {
	case '(': case '[': case '{':
		p->depth++;
		break;
	case ')': case ']': case '}':
		if (--p->depth)
			break;
		push_group(p, t, i + 1);
		return PARTS_CLOSED;
	}
	return PARTS_GO_ON;
}

enum parts_event parts_take(struct parts *p, const struct tokens *t, size_t i)
{
	if (p->depth)
		return t->v[i].kind == TOKEN_PUNCT ? take_inner(p, t, i) :
						     PARTS_GO_ON;
	if (t->v[i].kind == TOKEN_PUNCT)
		return take_punct(p, t, i);
	if (p->init)
		return PARTS_GO_ON;
	if (t->v[i].kind == TOKEN_IDENT)
		push_word(p, t, i);
	else
		push(p, t->v[i].kind == TOKEN_STRING ? PART_STRING : PART_PUNCT,
		     i, i + 1);
	return PARTS_GO_ON;
}

void parts_take_all(struct parts *p, const struct tokens *t, size_t begin,
		    size_t end)
{
	for (size_t i = token_next(t, begin); i < end; i = token_next(t, i + 1))
		parts_take(p, t, i);
}

static bool is_word(const struct part *part, enum word_class class)
{
	return part->kind == PART_WORD && part->word == class;
}

/*
 * "struct x {", "struct {", "struct NAME(x) {" and "enum x : u8 {", but not
 * "struct x f(void) {".
 */
bool parts_expect_members(const struct parts *p)
{
	size_t tag = p->nr;

	while (tag > 0 && !is_word(&p->v[tag - 1], WORD_TAG))
		if (p->v[--tag].kind == PART_BRACE)
			return false;
	if (!tag)
		return false;
	for (size_t i = tag; i < p->nr; i++)
		if (p->v[i].kind == PART_PAREN &&
		    (i != tag + 1 || i + 1 != p->nr))
			return false;
	return true;
}

bool parts_are_word(const struct parts *parts)
{
	return parts->nr == 1 && parts->v[0].kind == PART_WORD &&
	       parts->v[0].word == WORD_PLAIN;
}

bool parts_are_calls(const struct parts *parts)
{
	if (parts->nr < 2)
		return false;
	for (size_t i = 0; i < parts->nr; i++) {
		const struct part *part = &parts->v[i];

		if (part->kind != (i % 2 ? PART_PAREN : PART_WORD))
			return false;
		if (part->kind == PART_WORD && part->word != WORD_PLAIN &&
		    part->word != WORD_MAYBE)
			return false;
	}
	return true;
}

bool parts_are_linkage(const struct parts *parts)
{
	return parts->nr == 2 && parts->v[0].kind == PART_WORD &&
	       parts->v[0].word == WORD_EXTERN &&
	       parts->v[1].kind == PART_STRING;
}

bool parts_have_paren(const struct parts *parts)
{
	for (size_t i = 0; i < parts->nr; i++)
		if (parts->v[i].kind == PART_PAREN)
			return true;
	return false;
}
