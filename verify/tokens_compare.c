// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is a definition, or a name, the same in two units? Definitions are compared
 * token by token. A function or variable may be declared in one and defined in
 * the other; then the set of its declarations counts: whoever calls it must
 * see the same declarators with the same attributes. An incomplete struct is
 * no difference: code that compiles without its members cannot use them.
 */
#include "tokens.h"

/* Where the first declared name stands. */
static size_t declarator_of(const struct token_unit *u, const struct def *def)
{
	size_t i = def->begin;

	while (i < def->end && u->v[i] != def->name)
		i++;
	return i;
}

struct cursor cursor_new(const struct token_check *check,
			 const struct token_unit *u, const struct def *def)
{
	struct cursor c = { .u = u, .i = def->begin, .end = def->end };

	if (!token_is_promoted(check, def->name))
		return c;
	c.declarator = declarator_of(u, def);
	c.skip_static = true;
	c.skip_inline = token_is_inlined(check, def->name);
	return c;
}

static bool is_inline_word(sym s)
{
	return s == S_INLINE || s == S_INLINE2 || s == S_INLINE3;
}

size_t cursor_next(struct cursor *c)
{
	while (c->i < c->declarator) {
		sym s = c->u->v[c->i];

		if (c->skip_static && s == S_STATIC) {
			c->i++;
		} else if (c->skip_inline && is_inline_word(s)) {
			size_t last;

			c->i++;
			do {
				last = c->i;
				c->i = attribute_of_inline(c->u, last, c->end);
			} while (c->i != last);
		} else {
			break;
		}
	}
	return c->i < c->end ? c->i++ : c->end;
}

uint64_t def_hash(const struct token_check *check, const struct token_unit *u,
		  const struct def *def)
{
	struct cursor c = cursor_new(check, u, def);
	uint64_t hash = def->kind;

	for (size_t i = cursor_next(&c); i < c.end; i = cursor_next(&c)) {
		hash = (hash ^ u->v[i]) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	return hash;
}

bool defs_differ(const struct token_check *check, const struct token_unit *u,
		 const struct def *a, const struct token_unit *w,
		 const struct def *b, size_t *ret_a, size_t *ret_b)
{
	struct cursor x = cursor_new(check, u, a), y = cursor_new(check, w, b);

	for (;;) {
		*ret_a = cursor_next(&x);
		*ret_b = cursor_next(&y);
		if (*ret_a == x.end || *ret_b == y.end)
			return *ret_a != x.end || *ret_b != y.end ||
			       a->kind != b->kind;
		if (u->v[*ret_a] != w->v[*ret_b])
			return true;
	}
}

static bool same_span(const struct token_unit *u, const struct bind *a,
		      const struct token_unit *w, const struct bind *b)
{
	size_t len = a->end - a->begin;

	return a->role == b->role && len == b->end - b->begin &&
	       !memcmp(u->v + a->begin, w->v + b->begin, len * sizeof(sym));
}

/*
 * A declaration of an object or function as a caller sees it: numbers of its
 * tokens up to the body or initialiser.
 */
struct signature {
	sym *v;
	size_t nr;
};

struct positions {
	size_t *v;
	size_t nr, alloc;
};

static void note_parameter(void *ctx, size_t at)
{
	struct positions *p = ctx;

	ARRAY_GROW(p->v, p->nr, p->alloc);
	p->v[p->nr++] = at;
}

static bool has_position(const struct positions *p, size_t at)
{
	for (size_t i = 0; i < p->nr; i++)
		if (p->v[i] == at)
			return true;
	return false;
}

size_t def_head_end(const struct token_unit *u, const struct def *def)
{
	size_t depth = 0, i;

	if (def->body)
		return def->body;
	for (i = def->begin; i < def->end; i++) {
		sym s = u->v[i];

		depth += s == S_OPEN || s == S_OPEN_BRACE;
		depth -= depth && (s == S_CLOSE || s == S_CLOSE_BRACE);
		if (!depth && (s == S_ASSIGN || s == S_SEMICOLON))
			break;
	}
	return i;
}

static void signature_read(const struct token_check *check,
			   const struct token_unit *u, const struct bind *bind,
			   bool strip, struct signature *ret)
{
	static const struct walk_ops ops = { .parameter = note_parameter };
	const struct def *def = &u->defs[bind->def];
	bool promoted = token_is_promoted(check, bind->name);
	struct positions names = { 0 };
	size_t end = def_head_end(u, def);

	walk_def(u, def, end, &ops, &names);
	*ret = (struct signature){ xcalloc(end - def->begin, sizeof(sym)), 0 };
	for (size_t i = def->begin; i < end; i++) {
		size_t behind = i;

		if (strip)
			behind = attribute_of_definition(u, i, end);
		if (behind != i) {
			i = behind - 1;
			continue;
		}
		if (u->v[i] == S_EXTERN || has_position(&names, i) ||
		    (promoted && u->v[i] == S_STATIC))
			continue;
		ret->v[ret->nr++] = u->v[i];
	}
	free(names.v);
}

static bool same_signatures(const struct token_check *check,
			    const struct token_unit *u, const struct bind *a,
			    const struct token_unit *w, const struct bind *b,
			    bool strip)
{
	struct signature x, y;
	bool same;

	signature_read(check, u, a, strip, &x);
	signature_read(check, w, b, strip, &y);
	same = x.nr == y.nr && !memcmp(x.v, y.v, x.nr * sizeof(sym));
	free(x.v);
	free(y.v);
	return same;
}

bool same_signature(const struct token_check *check,
		    const struct token_unit *u, const struct bind *a,
		    const struct token_unit *w, const struct bind *b)
{
	return same_signatures(check, u, a, w, b, true);
}

/* extern typeof(f) f; as exports make it: says nothing. */
static bool is_echo(const struct token_unit *u, const struct bind *b)
{
	const struct def *def = &u->defs[b->def];
	size_t i = def->begin;

	if (u->v[i] == S_EXTERN)
		i++;
	return def->end - i == 6 &&
	       u->pool->info[u->v[i]].class == WORD_TYPEOF &&
	       u->v[i + 2] == b->name && u->v[i + 4] == b->name;
}

static const struct bind *skip_echoes(const struct token_unit *u,
				      const struct bind *b)
{
	while (b && is_echo(u, b))
		b = bind_next(u, b);
	return b;
}

static const struct bind *next_bind(const struct token_unit *u,
				    const struct bind *b)
{
	return skip_echoes(u, bind_next(u, b));
}

static bool same_lists(const struct token_unit *u, const struct bind *a,
		       const struct token_unit *w, const struct bind *b)
{
	while (a && b && same_span(u, a, w, b)) {
		a = next_bind(u, a);
		b = next_bind(w, b);
	}
	return !a && !b;
}

static const struct bind *find_role(const struct token_unit *u,
				    const struct bind *b, enum role role)
{
	while (b && b->role != role)
		b = bind_next(u, b);
	return b;
}

static bool is_object(enum role role)
{
	return role == ROLE_FUNCTION || role == ROLE_PROTOTYPE ||
	       role == ROLE_VARIABLE || role == ROLE_EXTERN;
}

static bool all_objects(const struct token_unit *u, const struct bind *b)
{
	for (; b; b = bind_next(u, b))
		if (!is_object(b->role))
			return false;
	return true;
}

static struct difference differ(const struct token_unit *u,
				const struct bind *b, const char *why)
{
	return (struct difference){
		why, b->role == ROLE_UNKNOWN ? RESULT_UNDECIDED : RESULT_DIFFERENT,
		u, b->at, false
	};
}

static const struct difference no_difference;

/* Each declaration of a's list is in b's by the same tokens. */
static const struct bind *missing_span(const struct token_unit *u,
				       const struct bind *a,
				       const struct token_unit *w,
				       const struct bind *list)
{
	for (; a; a = next_bind(u, a)) {
		const struct bind *b = list;

		while (b && !same_span(u, a, w, b))
			b = next_bind(w, b);
		if (!b)
			return a;
	}
	return NULL;
}

static const struct bind *missing_signature(const struct token_check *check,
					    const struct token_unit *u,
					    const struct bind *a,
					    const struct token_unit *w,
					    const struct bind *list, bool strip)
{
	const struct bind *b = list;

	while (b && !same_signatures(check, u, a, w, b, strip))
		b = next_bind(w, b);
	return b ? NULL : a;
}

/* A body or object that belongs to the unit alone, not to the linker. */
static const struct bind *own_body(const struct token_unit *u,
				   const struct bind *list)
{
	for (; list; list = bind_next(u, list)) {
		const struct def *def = &u->defs[list->def];

		if ((list->role == ROLE_FUNCTION ||
		     list->role == ROLE_VARIABLE) &&
		    (def->is_static || def->is_inline))
			return list;
	}
	return NULL;
}

/* True when some declaration is spelled alike on both sides. */
static bool share_declaration(const struct token_check *check,
			      const struct token_unit *u, const struct bind *a,
			      const struct token_unit *w, const struct bind *b)
{
	for (; a; a = next_bind(u, a))
		if (!missing_signature(check, u, a, w, b, false))
			return true;
	return false;
}

/*
 * A declaration that is new must say what one of the old ones said. One that
 * is gone must be said by one that is left; or it was the definition, and a
 * declaration that the compiler held against it is still there.
 */
static struct difference compare_declarations(const struct token_check *check,
					      const struct token_unit *u,
					      const struct bind *a,
					      const struct token_unit *w,
					      const struct bind *b)
{
	const struct bind *i;

	for (i = b; i; i = next_bind(w, i))
		if (missing_signature(check, w, i, u, a, true) &&
		    !((i->role == ROLE_FUNCTION || i->role == ROLE_VARIABLE) &&
		      share_declaration(check, u, a, w, b)))
			return differ(w, i, "it is declared otherwise");
	for (i = a; i; i = next_bind(u, i))
		if (missing_signature(check, u, i, w, b, true) &&
		    !((i->role == ROLE_FUNCTION || i->role == ROLE_VARIABLE) &&
		      share_declaration(check, u, a, w, b)))
			return differ(w, b, "a declaration of it is missing");
	return no_difference;
}

static struct difference compare_objects(const struct token_check *check,
					 const struct token_unit *u,
					 const struct bind *a,
					 const struct token_unit *w,
					 const struct bind *b)
{
	const struct bind *x = own_body(u, a), *y = own_body(w, b);
	bool promoted = token_is_promoted(check, a->name);
	size_t at_x, at_y;

	if (!promoted && !x != !y)
		return differ(w, b, x ? "it is static there, not here" :
					"it is static here, not there");
	if (x && y && defs_differ(check, u, &u->defs[x->def], w,
				  &w->defs[y->def], &at_x, &at_y)) {
		struct difference d = differ(w, y, "its definition differs");

		d.definition = true;
		d.at = at_y < w->defs[y->def].end ? at_y : y->at;
		return d;
	}
	if (!same_promises(u, a, w, b))
		return differ(w, b, "an attribute of its definition is gone or new");
	if (token_is_inlined(check, a->name) && x && y)
		return no_difference;
	return compare_declarations(check, u, a, w, b);
}

/* Which members: the compiler allows one definition only. */
static struct difference compare_tags(const struct token_unit *u,
				      const struct bind *a,
				      const struct token_unit *w,
				      const struct bind *b)
{
	const struct bind *x = find_role(u, a, ROLE_TAG);
	const struct bind *y = find_role(w, b, ROLE_TAG);
	struct difference d;
	size_t n = 0;

	if (!x || !y || same_span(u, x, w, y))
		return no_difference;
	while (x->begin + n < x->end && y->begin + n < y->end &&
	       u->v[x->begin + n] == w->v[y->begin + n])
		n++;
	d = differ(w, y, "its members differ");
	d.at = y->begin + n < y->end ? y->begin + n : y->at;
	return d;
}

struct difference name_difference(const struct token_check *check,
				  const struct token_unit *u,
				  const struct token_unit *w, sym name,
				  enum name_space space)
{
	const struct bind *a = skip_echoes(u, bind_first(u, name, space));
	const struct bind *b = skip_echoes(w, bind_first(w, name, space));
	const struct bind *missing;

	if (token_is_residue(check, name) || same_lists(u, a, w, b))
		return no_difference;
	if (space == SPACE_TAG && !find_role(u, a, ROLE_UNKNOWN) &&
	    !find_role(w, b, ROLE_UNKNOWN))
		return compare_tags(u, a, w, b);
	if (!a)
		return differ(w, b, "it is declared only here");
	if (!b)
		return differ(u, a, "it is not declared any more");
	if (all_objects(u, a) && all_objects(w, b))
		return compare_objects(check, u, a, w, b);
	missing = missing_span(w, b, u, a);
	if (missing)
		return differ(w, missing, "it is declared otherwise");
	missing = missing_span(u, a, w, b);
	if (missing)
		return differ(w, b, "a declaration of it is missing");
	return no_difference;
}
