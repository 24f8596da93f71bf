// SPDX-License-Identifier: GPL-2.0-only
/*
 * Expressions, initialisers and statements, as far as names go: which are
 * members, labels or locals, and which refer to file scope. GNU C as the
 * kernel writes it: statement expressions, asm goto, designators, typeof,
 * addresses of labels.
 */
#include "tokens_walk.h"

static const sym to_parenthesis[] = { S_CLOSE, S_NONE };
static const sym to_semicolon[] = { S_SEMICOLON, S_NONE };

static bool is_stop(sym s, const sym *stops)
{
	for (; *stops != S_NONE; stops++)
		if (s == *stops)
			return true;
	return false;
}

static void walk_parenthesised(struct walker *w)
{
	w->i++;
	if (walk_peek(w) == S_OPEN_BRACE)
		walk_block(w);
	else
		walk_expression(w, to_parenthesis);
	walk_expect(w, S_CLOSE);
}

/* The member of offsetof(type, member[n].member) is no reference. */
static void walk_offsetof(struct walker *w)
{
	static const sym to_comma[] = { S_COMMA, S_NONE };

	w->i++;
	walk_expect(w, S_OPEN);
	if (w->failed)
		return;
	walk_expression(w, to_comma);
	walk_expect(w, S_COMMA);
	if (sym_is_name(w->u->pool, walk_peek(w)))
		w->i++;
	walk_expression(w, to_parenthesis);
	walk_expect(w, S_CLOSE);
}

/* Before a binary && stands an operand; before the address of a label none. */
static bool behind_operand(const struct walker *w)
{
	sym s = w->u->v[w->i - 1];
	enum token_kind kind = w->u->pool->info[s].kind;

	return s == S_CLOSE || s == S_CLOSE_INDEX || s == S_CLOSE_BRACE ||
	       kind == TOKEN_NUMBER || kind == TOKEN_STRING ||
	       kind == TOKEN_CHAR || sym_is_name(w->u->pool, s);
}

static void walk_list(struct walker *w, sym close)
{
	sym stops[] = { close, S_NONE };

	w->i++;
	walk_expression(w, stops);
	walk_expect(w, close);
}

static void skip_member(struct walker *w)
{
	w->i++;
	if (sym_is_name(w->u->pool, walk_peek(w)))
		w->i++;
}

static void walk_operator(struct walker *w, sym s)
{
	switch (s) {
	case S_OPEN:
		walk_parenthesised(w);
		return;
	case S_OPEN_INDEX:
		walk_list(w, S_CLOSE_INDEX);
		return;
	case S_OPEN_BRACE:
		walk_list(w, S_CLOSE_BRACE);
		return;
	case S_DOT:
	case S_ARROW:
		skip_member(w);
		return;
	case S_AND_AND:
		if (behind_operand(w))
			w->i++;
		else
			skip_member(w);
		return;
	case S_CLOSE:
	case S_CLOSE_INDEX:
	case S_CLOSE_BRACE:
	case S_SEMICOLON:
		w->failed = true;
		return;
	default:
		w->i++;
	}
}

static void walk_term(struct walker *w)
{
	sym s = walk_peek(w);

	switch (walk_class(w)) {
	case WORD_TAG:
		walk_tag(w);
		return;
	case WORD_ATTRIBUTE:
		walk_attribute(w);
		return;
	case WORD_PLAIN:
		break;
	default:
		if (s == S_OFFSETOF)
			walk_offsetof(w);
		else
			w->i++;
		return;
	}
	if (sym_is_name(w->u->pool, s)) {
		walk_refer(w, s, SPACE_ORDINARY, w->i);
		w->i++;
	} else {
		walk_operator(w, s);
	}
}

void walk_expression(struct walker *w, const sym *stops)
{
	while (!w->failed && walk_peek(w) != S_NONE &&
	       !is_stop(walk_peek(w), stops))
		walk_term(w);
}

/* [name] before a string names an operand. */
static bool at_operand_name(struct walker *w)
{
	const struct token_unit *u = w->u;

	return w->i + 3 < w->end && u->v[w->i] == S_OPEN_INDEX &&
	       u->v[w->i + 2] == S_CLOSE_INDEX &&
	       u->pool->info[u->v[w->i + 3]].kind == TOKEN_STRING;
}

/* asm volatile goto ("..." : outputs : inputs : clobbers : labels) */
void walk_asm(struct walker *w)
{
	unsigned int section = 0;

	for (w->i++; walk_peek(w) != S_OPEN; w->i++)
		if (walk_peek(w) == S_NONE || walk_peek(w) == S_SEMICOLON) {
			w->failed = true;
			return;
		}
	w->i++;
	while (!w->failed && walk_peek(w) != S_CLOSE) {
		if (walk_take(w, S_COLON))
			section++;
		else if (walk_peek(w) == S_NONE)
			w->failed = true;
		else if (at_operand_name(w))
			w->i += 3;
		else if (section == 4)
			w->i++;
		else
			walk_term(w);
	}
	walk_expect(w, S_CLOSE);
}

void walk_assert(struct walker *w)
{
	w->i++;
	walk_expect(w, S_OPEN);
	walk_expression(w, to_parenthesis);
	walk_expect(w, S_CLOSE);
	walk_expect(w, S_SEMICOLON);
}

static void walk_statement(struct walker *w);

static void walk_condition(struct walker *w)
{
	walk_expect(w, S_OPEN);
	walk_expression(w, to_parenthesis);
	walk_expect(w, S_CLOSE);
}

static void walk_for(struct walker *w)
{
	size_t mark = w->nr;

	walk_expect(w, S_OPEN);
	w->scopes++;
	if (walk_at_declaration(w)) {
		walk_declaration(w);
	} else {
		walk_expression(w, to_semicolon);
		walk_expect(w, S_SEMICOLON);
	}
	walk_expression(w, to_semicolon);
	walk_expect(w, S_SEMICOLON);
	walk_expression(w, to_parenthesis);
	walk_expect(w, S_CLOSE);
	walk_statement(w);
	w->scopes--;
	w->nr = mark;
}

static void walk_do(struct walker *w)
{
	walk_statement(w);
	walk_expect(w, S_WHILE);
	walk_condition(w);
	walk_expect(w, S_SEMICOLON);
}

/* case 1 ... 3: the colon of ?: inside is not its end. */
static void walk_case(struct walker *w)
{
	static const sym stops[] = { S_COLON, S_QUESTION, S_NONE };

	walk_expression(w, stops);
	while (walk_take(w, S_QUESTION)) {
		walk_expression(w, stops);
		walk_expect(w, S_COLON);
		walk_expression(w, stops);
	}
	walk_expect(w, S_COLON);
}

static void walk_jump(struct walker *w, sym word)
{
	if (word == S_GOTO && sym_is_name(w->u->pool, walk_peek(w)))
		w->i++;
	else if (word == S_LABEL)
		while (walk_peek(w) != S_SEMICOLON && walk_peek(w) != S_NONE)
			w->i++;
	else
		walk_expression(w, to_semicolon);
	walk_expect(w, S_SEMICOLON);
}

static void walk_keyword(struct walker *w)
{
	sym word = w->u->v[w->i++];

	switch (word) {
	case S_IF:
		walk_condition(w);
		walk_statement(w);
		if (walk_take(w, S_ELSE))
			walk_statement(w);
		return;
	case S_WHILE:
	case S_SWITCH:
		walk_condition(w);
		walk_statement(w);
		return;
	case S_FOR:
		walk_for(w);
		return;
	case S_DO:
		walk_do(w);
		return;
	case S_CASE:
		walk_case(w);
		return;
	case S_DEFAULT:
		walk_expect(w, S_COLON);
		return;
	default:
		walk_jump(w, word);
	}
}

static bool at_label(struct walker *w)
{
	return sym_is_name(w->u->pool, walk_peek(w)) && w->i + 1 < w->end &&
	       w->u->v[w->i + 1] == S_COLON;
}

/* A label is taken as a statement of its own: the names come out the same. */
static void walk_statement(struct walker *w)
{
	while (!w->failed && (walk_take(w, S_EXTENSION) ||
			      walk_class(w) == WORD_ATTRIBUTE))
		if (walk_class(w) == WORD_ATTRIBUTE)
			walk_attribute(w);
	if (w->failed)
		return;
	if (walk_peek(w) == S_OPEN_BRACE) {
		walk_block(w);
	} else if (at_label(w)) {
		w->i += 2;
		if (walk_peek(w) != S_CLOSE_BRACE)
			walk_statement(w);
	} else if (walk_peek(w) == S_CASE || walk_peek(w) == S_DEFAULT) {
		walk_keyword(w);
		if (walk_peek(w) != S_CLOSE_BRACE)
			walk_statement(w);
	} else if (walk_class(w) == WORD_STATEMENT) {
		walk_keyword(w);
	} else if (walk_class(w) == WORD_ASM) {
		walk_asm(w);
		walk_expect(w, S_SEMICOLON);
	} else if (walk_peek(w) == S_ASSERT) {
		walk_assert(w);
	} else if (walk_at_declaration(w)) {
		walk_declaration(w);
	} else {
		walk_expression(w, to_semicolon);
		walk_expect(w, S_SEMICOLON);
	}
}

void walk_block(struct walker *w)
{
	size_t mark = w->nr;

	walk_expect(w, S_OPEN_BRACE);
	w->scopes++;
	while (!w->failed && walk_peek(w) != S_CLOSE_BRACE) {
		if (walk_peek(w) == S_NONE)
			w->failed = true;
		else
			walk_statement(w);
	}
	walk_expect(w, S_CLOSE_BRACE);
	w->scopes--;
	w->nr = mark;
}
