// SPDX-License-Identifier: GPL-2.0-only
/*
 * Declarations, C11 6.7, as far as names go: specifiers with struct, union and
 * enum bodies, declarators with parameter lists, attributes. Types are not
 * worked out. A typedef name is known by its place in the specifiers, so that
 * file scope needs no table of typedefs; only blocks do.
 */
#include "tokens_walk.h"

bool walk_is_local(const struct walker *w, sym name, enum name_space space)
{
	for (size_t i = w->nr; i-- > 0;)
		if (w->locals[i].name == name && w->locals[i].space == space)
			return true;
	return false;
}

void walk_refer(struct walker *w, sym name, enum name_space space, size_t at)
{
	if (w->ops->refers && !walk_is_local(w, name, space))
		w->ops->refers(w->ctx, name, space, at);
}

static void declare(struct walker *w, sym name, enum role role, size_t at,
		    size_t begin, size_t end)
{
	enum name_space space = role == ROLE_TAG ? SPACE_TAG : SPACE_ORDINARY;

	if (!w->scopes) {
		if (w->ops->declares)
			w->ops->declares(w->ctx, name, role, at, begin, end);
		return;
	}
	/* extern in a block is the one at file scope. */
	if (role == ROLE_EXTERN || role == ROLE_PROTOTYPE) {
		walk_refer(w, name, space, at);
		return;
	}
	ARRAY_GROW(w->locals, w->nr, w->alloc);
	w->locals[w->nr++] = (struct local){ name, space };
}

static void skip_parentheses(struct walker *w)
{
	size_t depth = 0;

	do {
		sym s = walk_peek(w);

		if (s == S_NONE) {
			w->failed = true;
			return;
		}
		depth += s == S_OPEN;
		depth -= s == S_CLOSE;
		w->i++;
	} while (depth);
}

/*
 * The names of attributes are not references, and of their arguments only
 * those that are expressions or functions (cleanup, alias by name) can be:
 * format(printf, 1, 2) and mode(DI) name things of the compiler.
 */
void walk_attribute(struct walker *w)
{
	static const sym stops[] = { S_COMMA, S_CLOSE, S_NONE };
	sym format, format2, mode, mode2;

	format = pool_find(w->u->pool, "format");
	format2 = pool_find(w->u->pool, "__format__");
	mode = pool_find(w->u->pool, "mode");
	mode2 = pool_find(w->u->pool, "__mode__");
	w->i++;
	walk_expect(w, S_OPEN);
	walk_expect(w, S_OPEN);
	while (!w->failed && walk_peek(w) != S_CLOSE) {
		sym name = walk_peek(w);

		if (name != S_COMMA)
			w->i++;
		if (walk_peek(w) == S_OPEN &&
		    (name == format || name == format2 || name == mode ||
		     name == mode2))
			skip_parentheses(w);
		else if (walk_take(w, S_OPEN)) {
			do
				walk_expression(w, stops);
			while (walk_take(w, S_COMMA));
			walk_expect(w, S_CLOSE);
		} else if (walk_peek(w) != S_CLOSE) {
			walk_expect(w, S_COMMA);
		}
	}
	walk_expect(w, S_CLOSE);
	walk_expect(w, S_CLOSE);
}

static void attributes(struct walker *w)
{
	while (!w->failed && walk_class(w) == WORD_ATTRIBUTE)
		walk_attribute(w);
}

static void walk_enumerators(struct walker *w)
{
	static const sym stops[] = { S_COMMA, S_CLOSE_BRACE, S_NONE };

	while (!w->failed && walk_peek(w) != S_CLOSE_BRACE) {
		sym name = walk_peek(w);

		if (!sym_is_name(w->u->pool, name)) {
			w->failed = true;
			return;
		}
		declare(w, name, ROLE_ENUMERATOR, w->i++, w->def_begin,
			w->def_end);
		attributes(w);
		if (walk_take(w, S_ASSIGN))
			walk_expression(w, stops);
		if (!walk_take(w, S_COMMA))
			break;
	}
}

static void walk_members(struct walker *w);

/* struct, union or enum: a reference, or its members and a declared tag. */
void walk_tag(struct walker *w)
{
	size_t begin = w->i, at;
	bool is_enum = walk_peek(w) == S_ENUM;
	sym tag = S_NONE;

	w->i++;
	attributes(w);
	at = w->i;
	if (sym_is_name(w->u->pool, walk_peek(w))) {
		at = w->i;
		tag = w->u->v[w->i++];
	}
	if (!walk_take(w, S_OPEN_BRACE)) {
		if (tag == S_NONE)
			w->failed = true;
		else
			walk_refer(w, tag, SPACE_TAG, at);
		return;
	}
	if (is_enum)
		walk_enumerators(w);
	else
		walk_members(w);
	walk_expect(w, S_CLOSE_BRACE);
	attributes(w);
	if (tag != S_NONE)
		declare(w, tag, ROLE_TAG, at, begin, w->i);
}

static void walk_typeof(struct walker *w)
{
	static const sym stops[] = { S_CLOSE, S_NONE };

	w->i++;
	walk_expect(w, S_OPEN);
	if (w->failed)
		return;
	walk_expression(w, stops);
	walk_expect(w, S_CLOSE);
}

static void storage(struct walker *w, struct specifiers *ret)
{
	switch (w->u->v[w->i++]) {
	case S_TYPEDEF:
		ret->is_typedef = true;
		break;
	case S_EXTERN:
	case S_REGISTER: /* at file scope the name of a register: no object */
		ret->is_extern = true;
		break;
	case S_STATIC:
		ret->is_static = true;
		break;
	case S_INLINE:
	case S_INLINE2:
	case S_INLINE3:
		ret->is_inline = true;
		break;
	}
}

void walk_specifiers(struct walker *w, struct specifiers *ret)
{
	bool typed = false;

	*ret = (struct specifiers){ 0 };
	while (!w->failed) {
		sym s = walk_peek(w);

		switch (walk_class(w)) {
		case WORD_STORAGE:
			storage(w, ret);
			continue;
		case WORD_QUALIFIER:
			w->i++;
			continue;
		case WORD_TYPE:
			w->i++;
			break;
		case WORD_TAG:
			walk_tag(w);
			break;
		case WORD_TYPEOF:
			walk_typeof(w);
			if (s == S_ALIGNAS)
				continue;
			break;
		case WORD_ATTRIBUTE:
			walk_attribute(w);
			continue;
		default:
			if (typed || !sym_is_name(w->u->pool, s))
				return;
			walk_refer(w, s, SPACE_ORDINARY, w->i);
			w->i++;
		}
		typed = true;
	}
}

struct declarator {
	sym name;
	size_t at;
	bool function; /* its first suffix is a parameter list */
};

static void walk_declarator(struct walker *w, struct declarator *ret,
			    bool parameter);

static void walk_parameters(struct walker *w)
{
	bool keep = w->keep_parameters;
	size_t mark = w->nr;

	w->scopes++;
	w->keep_parameters = false;
	while (!w->failed && walk_peek(w) != S_CLOSE) {
		struct specifiers s;
		struct declarator d;

		if (!walk_take(w, S_ELLIPSIS)) {
			size_t begin = w->i;

			walk_specifiers(w, &s);
			walk_declarator(w, &d, true);
			if (w->i == begin)
				w->failed = true;
			if (d.name != S_NONE)
				declare(w, d.name, ROLE_VARIABLE, d.at, d.at,
					d.at);
			if (d.name != S_NONE && w->ops->parameter)
				w->ops->parameter(w->ctx, d.at);
		}
		if (!walk_take(w, S_COMMA))
			break;
	}
	walk_expect(w, S_CLOSE);
	w->scopes--;
	w->keep_parameters = keep;
	if (!keep)
		w->nr = mark;
}

/* '(' of a declarator: around a declarator, or an abstract parameter list? */
static bool opens_declarator(struct walker *w, bool parameter)
{
	size_t at = w->i;
	bool inner;

	w->i++;
	switch (walk_class(w)) {
	case WORD_ATTRIBUTE:
		inner = true;
		break;
	case WORD_PLAIN:
		inner = walk_peek(w) == S_STAR || walk_peek(w) == S_OPEN ||
			(sym_is_name(w->u->pool, walk_peek(w)) &&
			 (!parameter ||
			  !unit_has_typedef(w->u, walk_peek(w))));
		break;
	default:
		inner = false;
	}
	w->i = at;
	return inner;
}

static void walk_suffixes(struct walker *w, struct declarator *ret)
{
	static const sym stops[] = { S_CLOSE_INDEX, S_NONE };

	for (bool first = true; !w->failed; first = false) {
		if (walk_take(w, S_OPEN_INDEX)) {
			walk_expression(w, stops);
			walk_expect(w, S_CLOSE_INDEX);
		} else if (walk_take(w, S_OPEN)) {
			if (first)
				ret->function = true;
			walk_parameters(w);
		} else {
			return;
		}
	}
}

static void walk_declarator(struct walker *w, struct declarator *ret,
			    bool parameter)
{
	*ret = (struct declarator){ 0 };
	while (!w->failed) {
		if (walk_class(w) == WORD_ATTRIBUTE)
			walk_attribute(w);
		else if (walk_class(w) != WORD_QUALIFIER &&
			 walk_peek(w) != S_STAR)
			break;
		else
			w->i++;
	}
	if (walk_peek(w) == S_OPEN && opens_declarator(w, parameter)) {
		w->i++;
		walk_declarator(w, ret, parameter);
		walk_expect(w, S_CLOSE);
		/* A pointer to a function is not a function. */
		walk_suffixes(w, &(struct declarator){ 0 });
	} else {
		if (sym_is_name(w->u->pool, walk_peek(w))) {
			ret->at = w->i;
			ret->name = w->u->v[w->i++];
		}
		walk_suffixes(w, ret);
	}
	while (!w->failed && (walk_class(w) == WORD_ASM ||
			      walk_class(w) == WORD_ATTRIBUTE)) {
		if (walk_class(w) == WORD_ASM)
			walk_asm(w);
		else
			walk_attribute(w);
	}
}

static void walk_members(struct walker *w)
{
	static const sym stops[] = { S_COMMA, S_SEMICOLON, S_NONE };

	while (!w->failed && walk_peek(w) != S_CLOSE_BRACE) {
		struct specifiers s;
		struct declarator d;

		if (walk_take(w, S_SEMICOLON))
			continue;
		if (walk_peek(w) == S_ASSERT) {
			walk_assert(w);
			continue;
		}
		walk_specifiers(w, &s);
		do {
			walk_declarator(w, &d, false);
			if (walk_take(w, S_COLON))
				walk_expression(w, stops);
			attributes(w);
		} while (!w->failed && walk_take(w, S_COMMA));
		walk_expect(w, S_SEMICOLON);
	}
}

static enum role role_of(const struct specifiers *s, const struct declarator *d,
			 bool initialised, bool body)
{
	if (s->is_typedef)
		return ROLE_TYPEDEF;
	if (d->function)
		return body ? ROLE_FUNCTION : ROLE_PROTOTYPE;
	return s->is_extern && !initialised ? ROLE_EXTERN : ROLE_VARIABLE;
}

bool walk_at_declaration(struct walker *w)
{
	sym s = walk_peek(w);

	switch (walk_class(w)) {
	case WORD_STORAGE:
	case WORD_QUALIFIER:
	case WORD_TYPE:
	case WORD_TAG:
	case WORD_TYPEOF:
		return true;
	case WORD_PLAIN:
		return sym_is_name(w->u->pool, s) &&
		       !walk_is_local(w, s, SPACE_ORDINARY) &&
		       unit_has_typedef(w->u, s);
	default:
		return false;
	}
}

/* Up to and with its semicolon, or up to the body of a function. */
void walk_declaration(struct walker *w)
{
	static const sym stops[] = { S_COMMA, S_SEMICOLON, S_NONE };
	struct specifiers s;

	walk_specifiers(w, &s);
	while (!w->failed && walk_peek(w) != S_SEMICOLON &&
	       walk_peek(w) != S_NONE) {
		struct declarator d;
		size_t begin = w->i;
		bool body, initialised;

		walk_declarator(w, &d, false);
		body = walk_peek(w) == S_OPEN_BRACE || w->keep_parameters;
		initialised = walk_peek(w) == S_ASSIGN;
		if (d.name != S_NONE)
			declare(w, d.name, role_of(&s, &d, initialised, body),
				d.at, w->def_begin, w->def_end);
		if (walk_take(w, S_ASSIGN))
			walk_expression(w, stops);
		else if (body)
			return;
		if (!walk_take(w, S_COMMA) && w->i == begin)
			w->failed = true;
		else if (walk_peek(w) != S_SEMICOLON &&
			 w->u->v[w->i - 1] != S_COMMA && walk_peek(w) != S_NONE)
			w->failed = true;
	}
	walk_take(w, S_SEMICOLON);
}

/* What could not be walked may refer to anything that it names. */
static void refer_to_all(struct walker *w)
{
	for (size_t i = w->def_begin; w->ops->refers && i < w->end; i++)
		if (sym_is_name(w->u->pool, w->u->v[i])) {
			w->ops->refers(w->ctx, w->u->v[i], SPACE_ORDINARY, i);
			w->ops->refers(w->ctx, w->u->v[i], SPACE_TAG, i);
		}
}

static void walk_kind(struct walker *w, const struct def *def)
{
	switch (def->kind) {
	case DEF_FUNCTION:
		w->keep_parameters = true;
		walk_declaration(w);
		w->keep_parameters = false;
		w->scopes++;
		if (!w->failed && walk_peek(w) == S_OPEN_BRACE)
			walk_block(w);
		return;
	case DEF_DECLARATION:
		walk_declaration(w);
		return;
	case DEF_ASM:
		walk_asm(w);
		return;
	case DEF_ASSERT:
		walk_assert(w);
		return;
	case DEF_PRAGMA:
	case DEF_EMPTY:
		w->i = w->end;
		return;
	case DEF_UNKNOWN:
		w->failed = true;
	}
}

bool walk_def(const struct token_unit *u, const struct def *def, size_t end,
	      const struct walk_ops *ops, void *ctx)
{
	struct walker w = { .u = u, .ops = ops, .ctx = ctx, .i = def->begin,
			    .end = end, .def_begin = def->begin,
			    .def_end = def->end };

	walk_kind(&w, def);
	walk_take(&w, S_SEMICOLON);
	if (walk_peek(&w) != S_NONE)
		w.failed = true;
	if (w.failed)
		refer_to_all(&w);
	free(w.locals);
	return !w.failed;
}
