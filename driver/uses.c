// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which identifiers of an item are uses of something. A false use makes the
 * driver ask for a promotion that is not needed; a missed one is caught by the
 * compiler. Both cost the user time, so the rules below follow what kernel
 * sources hold, and each has a test.
 */
#include "uses.h"

#include "uses_internal.h"

bool walk_at(const struct walk *w, size_t k, const char *s)
{
	return k < w->nr && token_is(w->t, w->code[k], s);
}

bool walk_is_ident(const struct walk *w, size_t k)
{
	return k < w->nr && w->t->v[w->code[k]].kind == TOKEN_IDENT;
}

const struct level *walk_level(const struct walk *w)
{
	return w->nr_levels ? &w->levels[w->nr_levels - 1] : NULL;
}

static void emit(const struct walk *w, size_t k, enum name_class class,
		 enum use_form form)
{
	const struct token *token = &w->t->v[w->code[k]];
	const struct level *level = walk_level(w);
	struct name name = {
		.text = w->t->text + token->begin,
		.len = token->end - token->begin,
		.class = w->plain ? NAME_DIRECTIVE : class,
		.form = form,
		.line = token->line + w->line,
		.called = walk_at(w, k + 1, "("),
		.walk = w,
		.at = k,
	};

	if (level && level->kind == LEVEL_PARENS && level->callee != WALK_NONE) {
		token = &w->t->v[w->code[level->callee]];
		name.callee = w->t->text + token->begin;
		name.callee_len = token->end - token->begin;
		name.argument = level->commas;
		name.alone = (walk_at(w, k - 1, "(") || walk_at(w, k - 1, ",")) &&
			     (walk_at(w, k + 1, ")") || walk_at(w, k + 1, ","));
	}
	w->fn(w->data, &name);
}

static bool is_member(const struct walk *w, size_t k)
{
	return walk_at(w, k - 1, ".") || walk_at(w, k - 1, "->");
}

static bool is_tag(const struct walk *w, size_t k)
{
	return walk_at(w, k - 1, "struct") || walk_at(w, k - 1, "union") ||
	       walk_at(w, k - 1, "enum");
}

static bool is_label(const struct walk *w, size_t k)
{
	if (walk_at(w, k - 1, "goto"))
		return true;
	return walk_at(w, k + 1, ":") &&
	       (walk_at(w, k - 1, ";") || walk_at(w, k - 1, "{") ||
		walk_at(w, k - 1, "}"));
}

static bool is_hash_operand(const struct walk *w, size_t k)
{
	return walk_at(w, k - 1, "#") || walk_at(w, k - 1, "##") ||
	       walk_at(w, k + 1, "##");
}

/* A in "enum { A = N }". */
static bool is_enumerator(const struct walk *w, size_t k)
{
	const struct level *level = walk_level(w);

	return level && level->kind == LEVEL_ENUM &&
	       (walk_at(w, k - 1, "{") || walk_at(w, k - 1, ","));
}

/* "int a, *b[N], (*c)(void);" in a struct: a, b and c, but not N. */
static bool is_declared_in_type(const struct walk *w, size_t k)
{
	const struct level *outer = walk_level(w);
	bool pointer = walk_at(w, k - 1, "*") && walk_at(w, k - 2, "(") &&
		       walk_at(w, k + 1, ")") && walk_at(w, k + 2, "(");

	if (!outer)
		return false;
	while (outer > w->levels && outer->kind == LEVEL_PARENS &&
	       (outer->callee == WALK_NONE || pointer))
		outer--;
	if (outer->kind != LEVEL_MEMBERS)
		return false;
	return walk_at(w, k + 1, ";") || walk_at(w, k + 1, ",") ||
	       walk_at(w, k + 1, "[") || walk_at(w, k + 1, ":") ||
	       walk_at(w, k + 1, ")");
}

/* A parameter's name, before the body or in a prototype. */
static bool is_parameter(const struct walk *w, size_t k)
{
	const struct level *level = walk_level(w);

	if (k >= w->body || !level || level->kind != LEVEL_PARENS)
		return false;
	return (walk_is_ident(w, k - 1) || walk_at(w, k - 1, "*")) &&
	       (walk_at(w, k + 1, ",") || walk_at(w, k + 1, ")") ||
		walk_at(w, k + 1, "["));
}

static bool callee_is(const struct walk *w, const struct level *level,
		      const char *prefix, bool whole)
{
	const struct token *token = &w->t->v[w->code[level->callee]];
	size_t len = strlen(prefix), have = token->end - token->begin;

	return have >= len && (!whole || have == len) &&
	       !memcmp(w->t->text + token->begin, prefix, len);
}

/* Macros whose last argument, or second one, is the name of a member. */
static bool is_member_argument(const struct walk *w, size_t k)
{
	static const char *const whole[] = {
		"offsetof", "offsetofend", "sizeof_field", "typeof_member",
		"container_of", "container_of_const", "list_entry", "rb_entry",
		"list_first_entry", "list_last_entry", "list_next_entry",
		"list_prev_entry", "list_first_entry_or_null", "hlist_entry",
		"hlist_entry_safe", "rb_entry_safe",
	};
	const struct level *level = walk_level(w);

	if (!level || level->kind != LEVEL_PARENS ||
	    level->callee == WALK_NONE || !walk_at(w, k - 1, ","))
		return false;
	if (!walk_at(w, k + 1, ")"))
		return (walk_at(w, k + 1, ".") || walk_at(w, k + 1, "[")) &&
	       callee_is(w, level, "offsetof", false);
	for (size_t i = 0; i < ARRAY_SIZE(whole); i++)
		if (callee_is(w, level, whole[i], true))
			return true;
	return callee_is(w, level, "list_for_each_entry", false) ||
	       callee_is(w, level, "hlist_for_each_entry", false);
}

static bool is_pasted(const struct walk *w, size_t k)
{
	const struct level *level = walk_level(w);

	return level && level->kind == LEVEL_PARENS &&
	       level->callee != WALK_NONE && walk_at(w, k - 1, "(") &&
	       walk_at(w, k + 1, ")") && walk_at(w, k + 2, "(");
}

static enum name_class classify(struct walk *w, size_t k)
{
	if (is_member(w, k))
		return NAME_MEMBER;
	if (is_label(w, k))
		return NAME_LABEL;
	if (is_hash_operand(w, k))
		return NAME_OPERAND;
	if (is_tag(w, k))
		return NAME_USE;
	if (is_parameter(w, k)) {
		scope_declare(w, k);
		return NAME_LOCAL;
	}
	if (is_enumerator(w, k))
		return NAME_ENUMERATOR;
	if (is_declared_in_type(w, k) || is_member_argument(w, k))
		return NAME_MEMBER;
	return scope_has(w, k) ? NAME_LOCAL : NAME_USE;
}

static void visit_name(struct walk *w, size_t k)
{
	enum name_class class = classify(w, k);

	emit(w, k, class,
	     class != NAME_USE ? USE_PLAIN :
	     is_tag(w, k)      ? USE_TAG :
	     is_pasted(w, k)   ? USE_PASTED :
				 USE_PLAIN);
}

static bool starts_statement(const struct walk *w, size_t k)
{
	const struct level *level = walk_level(w);

	if (walk_at(w, k - 1, "(") && walk_at(w, k - 2, "for"))
		return true;
	return level && level->kind == LEVEL_BLOCK &&
	       (walk_at(w, k - 1, ";") || walk_at(w, k - 1, "{") ||
		walk_at(w, k - 1, "}"));
}

/* A parameter list stays open for its body: its names count there too. */
static void visit_punct(struct walk *w, size_t k)
{
	if (walk_at(w, k, "(") || walk_at(w, k, "[") || walk_at(w, k, "{"))
		scope_open(w, k);
	else if (walk_at(w, k, ",") && w->nr_levels)
		w->levels[w->nr_levels - 1].commas++;
	else if (walk_at(w, k, ")") && k < w->body) {
		if (w->nr_levels)
			w->nr_levels--;
	} else if (walk_at(w, k, ")") || walk_at(w, k, "]") ||
		   walk_at(w, k, "}"))
		scope_close(w);
}

static void walk(struct walk *w, size_t k)
{
	for (; k < w->nr; k++) {
		if (starts_statement(w, k))
			scope_statement(w, k);
		if (walk_is_ident(w, k))
			visit_name(w, k);
		else
			visit_punct(w, k);
	}
	free(w->code);
	free(w->levels);
	free(w->locals);
}

static void add_code(struct walk *w, size_t token)
{
	ARRAY_GROW(w->code, w->nr, w->alloc);
	w->code[w->nr++] = token;
}

/* The parameters of a function-like macro; the position behind them. */
static size_t macro_parameters(struct walk *w)
{
	size_t k = 1;

	if (!walk_at(w, k, "(") ||
	    w->t->v[w->code[0]].end != w->t->v[w->code[1]].begin)
		return k;
	for (; k < w->nr && !walk_at(w, k, ")"); k++)
		if (walk_is_ident(w, k)) {
			scope_declare(w, k);
			emit(w, k, NAME_LOCAL, USE_PLAIN);
		}
	return k + 1;
}

static bool slice_is(const char *s, size_t len, const char *word)
{
	return len == strlen(word) && !memcmp(s, word, len);
}

static bool is_condition(const char *name, size_t len)
{
	return slice_is(name, len, "if") || slice_is(name, len, "ifdef") ||
	       slice_is(name, len, "ifndef") || slice_is(name, len, "elif");
}

/* The text of a directive is lexed here: the lexer keeps it as one token. */
static void visit_directive(const struct items *items, size_t token,
			    name_fn *fn, void *data)
{
	const struct token *d = &items->tokens.v[token];
	size_t len, first = 0;
	const char *name = token_directive(&items->tokens, token, &len);
	bool defines = slice_is(name, len, "define");
	struct tokens inner;
	struct walk w = { .t = &inner, .fn = fn, .data = data,
			  .line = d->line - 1 };

	w.plain = !defines && !slice_is(name, len, "undef") &&
		  !is_condition(name, len);
	lex(name + len, items->tokens.text + d->end - (name + len), &inner);
	for (size_t i = 0; i < inner.nr; i++)
		if (token_is_code(&inner.v[i]))
			add_code(&w, i);
	if (w.nr && (defines || slice_is(name, len, "undef"))) {
		emit(&w, 0, NAME_DEFINE, USE_PLAIN);
		first = macro_parameters(&w);
	}
	walk(&w, first);
	tokens_release(&inner);
}

void names_of_item(const struct items *items, size_t item, name_fn *fn,
		   void *data)
{
	const struct item *it = &items->v[item];
	struct walk w = { .t = &items->tokens, .fn = fn, .data = data };

	for (size_t i = it->token_begin; i < it->token_end; i++) {
		const struct token *token = &items->tokens.v[i];

		if (token->kind == TOKEN_DIRECTIVE)
			visit_directive(items, i, fn, data);
		else if (token_is_code(token))
			add_code(&w, i);
		if (token->kind == TOKEN_PUNCT && it->kind == ITEM_FUNCTION &&
		    token->begin == it->body_begin)
			w.body = w.nr;
	}
	if (it->kind == ITEM_PROTOTYPE)
		w.body = w.nr;
	walk(&w, 0);
}

bool name_is_captured(const struct name *name, const char *other)
{
	return scope_has_name(name->walk, name->at, other);
}

/* Who asks for uses. */
struct use_call {
	use_fn *fn;
	void *data;
};

static void pass_use(void *data, const struct name *name)
{
	const struct use_call *call = data;

	if (name->class == NAME_USE)
		call->fn(call->data, name->text, name->len, name->form,
			 name->line);
}

void uses_of_item(const struct items *items, size_t item, use_fn *fn,
		  void *data)
{
	struct use_call call = { fn, data };

	names_of_item(items, item, pass_use, &call);
}

struct name_search {
	const char *name;
	bool found;
};

static void match_name(void *data, const char *name, size_t len,
		       enum use_form form, unsigned int line)
{
	struct name_search *search = data;

	(void)line;
	if (form == USE_PLAIN && slice_is(name, len, search->name))
		search->found = true;
}

bool uses_name(const struct items *items, size_t item, const char *name)
{
	struct name_search search = { .name = name };

	uses_of_item(items, item, match_name, &search);
	return search.found;
}
