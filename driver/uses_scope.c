// SPDX-License-Identifier: GPL-2.0-only
/*
 * Local names: what a block declares hides a function or variable of the same
 * spelling. C cannot be parsed without knowing its typedefs, so a statement is
 * taken to be a declaration by its shape, "type words, then a name, then one of
 * = ; , [": in kernel code no expression statement looks like that.
 */
#include "uses_internal.h"

static bool is_one_of(const struct walk *w, size_t k, const char *const *words)
{
	for (; *words; words++)
		if (walk_at(w, k, *words))
			return true;
	return false;
}

static bool behind_tag_word(const struct walk *w, size_t k, const char *word)
{
	return walk_at(w, k - 1, word) ||
	       (walk_is_ident(w, k - 1) && walk_at(w, k - 2, word));
}

static enum level_kind brace_kind(const struct walk *w, size_t k)
{
	const struct level *outer = walk_level(w);
	bool in_list = outer && outer->kind == LEVEL_INIT;
	bool in_parens = outer && outer->kind == LEVEL_PARENS;

	if (behind_tag_word(w, k, "struct") || behind_tag_word(w, k, "union"))
		return LEVEL_MEMBERS;
	if (behind_tag_word(w, k, "enum"))
		return LEVEL_ENUM;
	if (in_list || walk_at(w, k - 1, "=") || walk_at(w, k - 1, ",") ||
	    walk_at(w, k - 1, "]"))
		return LEVEL_INIT;
	if (in_parens && walk_at(w, k - 1, ")"))
		return LEVEL_INIT; /* a compound literal as an argument */
	return LEVEL_BLOCK;
}

void scope_open(struct walk *w, size_t k)
{
	struct level *level;
	enum level_kind kind;

	if (walk_at(w, k, "("))
		kind = LEVEL_PARENS;
	else
		kind = walk_at(w, k, "[") ? LEVEL_INDEX : brace_kind(w, k);
	ARRAY_GROW(w->levels, w->nr_levels, w->alloc_levels);
	level = &w->levels[w->nr_levels++];
	*level = (struct level){
		.kind = kind, .callee = WALK_NONE, .locals = w->nr_locals,
	};
	if (kind == LEVEL_PARENS && walk_is_ident(w, k - 1))
		level->callee = k - 1;
}

/* Branches of an #if in a body may close more than they open. */
void scope_close(struct walk *w)
{
	if (w->nr_levels)
		w->nr_locals = w->levels[--w->nr_levels].locals;
}

void scope_declare(struct walk *w, size_t k)
{
	ARRAY_GROW(w->locals, w->nr_locals, w->alloc_locals);
	w->locals[w->nr_locals++] = (struct local){ .at = k };
}

static bool same_spelling(const struct walk *w, size_t a, size_t b)
{
	const struct token *x = &w->t->v[w->code[a]], *y = &w->t->v[w->code[b]];

	return x->end - x->begin == y->end - y->begin &&
	       !memcmp(w->t->text + x->begin, w->t->text + y->begin,
		       x->end - x->begin);
}

bool scope_has(const struct walk *w, size_t k)
{
	for (size_t i = 0; i < w->nr_locals; i++)
		if (w->locals[i].at <= k && same_spelling(w, w->locals[i].at, k))
			return true;
	return false;
}

bool scope_has_name(const struct walk *w, size_t k, const char *name)
{
	for (size_t i = 0; i < w->nr_locals; i++)
		if (w->locals[i].at <= k && walk_at(w, w->locals[i].at, name))
			return true;
	return false;
}

/* Behind the bracket that matches the one at k. */
static size_t skip_brackets(const struct walk *w, size_t k)
{
	static const char *const opening[] = { "(", "[", "{", NULL };
	static const char *const closing[] = { ")", "]", "}", NULL };
	size_t depth = 0;

	for (; k < w->nr; k++) {
		if (is_one_of(w, k, opening))
			depth++;
		else if (is_one_of(w, k, closing) && --depth == 0)
			return k + 1;
	}
	return k;
}

static bool is_statement_word(const struct walk *w, size_t k)
{
	static const char *const words[] = {
		"return", "goto", "if", "else", "while", "do", "for", "switch",
		"case", "default", "break", "continue", "sizeof", "asm",
		"__asm__", NULL,
	};

	return is_one_of(w, k, words);
}

static bool is_type_word(const struct walk *w, size_t k)
{
	static const char *const words[] = {
		"const", "volatile", "static", "register", "extern", "unsigned",
		"signed", "void", "char", "short", "int", "long", "float",
		"double", "_Bool", "auto", "__auto_type", "typedef", NULL,
	};

	return is_one_of(w, k, words);
}

static bool takes_brackets(const struct walk *w, size_t k)
{
	static const char *const words[] = {
		"typeof", "__typeof__", "__attribute__", "_Alignas",
		"typeof_unqual", "__aligned", NULL,
	};

	return is_one_of(w, k, words) && walk_at(w, k + 1, "(");
}

static bool is_tag_word(const struct walk *w, size_t k)
{
	return walk_at(w, k, "struct") || walk_at(w, k, "union") ||
	       walk_at(w, k, "enum");
}

static size_t skip_tagged(const struct walk *w, size_t k)
{
	k++;
	if (walk_is_ident(w, k))
		k++;
	return walk_at(w, k, "{") ? skip_brackets(w, k) : k;
}

/* "(*name)(": no call in kernel code has this shape. */
static bool is_function_pointer(const struct walk *w, size_t k)
{
	return walk_at(w, k, "(") && walk_at(w, k + 1, "*") &&
	       walk_is_ident(w, k + 2) && walk_at(w, k + 3, ")") &&
	       walk_at(w, k + 4, "(");
}

/*
 * The first declarator of the statement at k: behind its type. WALK_NONE when
 * the statement has not the shape of a declaration.
 */
static size_t first_declarator(const struct walk *w, size_t k)
{
	bool typed = false;

	while (k < w->nr) {
		if (is_statement_word(w, k))
			return WALK_NONE;
		if (is_tag_word(w, k)) {
			k = skip_tagged(w, k);
		} else if (takes_brackets(w, k)) {
			k = skip_brackets(w, k + 1);
		} else if (is_type_word(w, k)) {
			k++;
		} else if (walk_is_ident(w, k) &&
			   (walk_is_ident(w, k + 1) ||
			    walk_at(w, k + 1, "*") ||
			    is_function_pointer(w, k + 1))) {
			k++; /* a typedef, or an attribute like __user */
		} else {
			return typed ? k : WALK_NONE;
		}
		typed = true;
	}
	return WALK_NONE;
}

static bool ends_name(const struct walk *w, size_t k)
{
	static const char *const ends[] = { "=", ";", ",", "[", ")", NULL };

	return is_one_of(w, k, ends) || walk_is_ident(w, k);
}

/* Behind the ',' that ends the declarator at k; WALK_NONE at the ';'. */
static size_t next_declarator(const struct walk *w, size_t k)
{
	static const char *const opening[] = { "(", "[", "{", NULL };

	while (k < w->nr && !walk_at(w, k, ";") && !walk_at(w, k, ")")) {
		if (walk_at(w, k, ","))
			return k + 1;
		k = is_one_of(w, k, opening) ? skip_brackets(w, k) : k + 1;
	}
	return WALK_NONE;
}

/* "extern int x;" in a body is no local: it is the x of the file level. */
void scope_statement(struct walk *w, size_t k)
{
	size_t next = walk_at(w, k, "extern") ? WALK_NONE :
						first_declarator(w, k);

	while (next != WALK_NONE) {
		size_t name = next;

		while (walk_at(w, name, "*") || walk_at(w, name, "(") ||
		       is_type_word(w, name))
			name++;
		if (!walk_is_ident(w, name) || !ends_name(w, name + 1))
			return;
		scope_declare(w, name);
		next = next_declarator(w, next);
	}
}
