// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names of a unit at file scope, each with all its declarations, and what
 * each external declaration is: does it define something, is it a copy that a
 * header gives to everyone.
 */
#include "tokens.h"

struct indexer {
	struct token_unit *u;
	uint32_t def;
	bool variable;
	uint32_t *last[2]; /* owned, by name space and name: the last bind; 0 */
};

static void add_bind(struct indexer *x, sym name, enum role role, size_t at,
		     size_t begin, size_t end)
{
	enum name_space space = role == ROLE_TAG ? SPACE_TAG : SPACE_ORDINARY;
	struct token_unit *u = x->u;
	uint32_t *last = &x->last[space][name];

	ARRAY_GROW(u->binds, u->nr_binds, u->alloc_binds);
	if (*last)
		u->binds[*last].next = u->nr_binds;
	else
		u->heads[space][name] = u->nr_binds;
	*last = u->nr_binds;
	u->binds[u->nr_binds++] = (struct bind){
		.name = name, .role = role, .def = x->def,
		.begin = begin, .end = end, .at = at,
	};
}

static void declares(void *ctx, sym name, enum role role, size_t at,
		     size_t begin, size_t end)
{
	struct indexer *x = ctx;
	struct def *def = &x->u->defs[x->def];

	if (!def->name || def->kind == DEF_FUNCTION)
		def->name = name;
	x->variable = x->variable || role == ROLE_VARIABLE;
	add_bind(x, name, role, at, begin, end);
}

/* All identifiers of what could not be parsed may be declared by it. */
static void bind_unknown(struct indexer *x)
{
	struct token_unit *u = x->u;
	struct def *def = &u->defs[x->def];

	def->kind = DEF_UNKNOWN;
	for (uint32_t i = def->begin; i < def->end; i++)
		if (sym_is_name(u->pool, u->v[i]))
			add_bind(x, u->v[i], ROLE_UNKNOWN, i, def->begin,
				 def->end);
}

/* Storage class words stand before the initialiser and outside of brackets. */
static void read_storage(const struct token_unit *u, struct def *def)
{
	size_t depth = 0, end = def->body ? def->body : def->end;

	for (size_t i = def->begin; i < end; i++) {
		sym s = u->v[i];

		depth += s == S_OPEN || s == S_OPEN_BRACE;
		depth -= depth && (s == S_CLOSE || s == S_CLOSE_BRACE);
		if (depth)
			continue;
		if (s == S_ASSIGN)
			break;
		def->is_static |= s == S_STATIC;
		def->is_extern |= s == S_EXTERN;
		def->is_typedef |= s == S_TYPEDEF;
		def->is_inline |= s == S_INLINE || s == S_INLINE2 ||
				  s == S_INLINE3;
	}
}

/* The attribute that keeps what nothing refers to. */
static bool is_kept(const struct token_unit *u, const struct def *def)
{
	sym used = pool_find(u->pool, "used");
	size_t end = def->body ? def->body : def->end;

	for (size_t i = def->begin; i < end && u->v[i] != S_ASSIGN; i++)
		if (u->v[i] && u->v[i] == used)
			return true;
	return false;
}

/*
 * A header's static that nothing keeps: every unit that includes the header
 * has one, and the compiler drops it where it is not used. In a header that
 * the step touches, functions that are not inline are counted all the same.
 */
static bool is_copy(const struct token_unit *u, const struct def *def)
{
	if (def->origin == ORIGIN_OWN)
		return false;
	switch (def->kind) {
	case DEF_FUNCTION:
		if (def->is_inline)
			return def->is_static || def->is_extern;
		return def->is_static && def->origin == ORIGIN_HEADER &&
		       !is_kept(u, def);
	case DEF_DECLARATION:
		return def->is_static && !is_kept(u, def);
	default:
		return true;
	}
}

static void index_def(struct indexer *x)
{
	static const struct walk_ops ops = { .declares = declares };
	struct token_unit *u = x->u;
	struct def *def = &u->defs[x->def];

	x->variable = false;
	if (!walk_def(u, def, def->body ? def->body : def->end, &ops, x))
		bind_unknown(x);
	def = &u->defs[x->def];
	read_storage(u, def);
	switch (def->kind) {
	case DEF_DECLARATION:
		def->defines = x->variable;
		break;
	case DEF_EMPTY:
		break;
	default:
		def->defines = true;
	}
	def->copy = def->defines && is_copy(u, def);
}

void token_unit_index(struct token_unit *u)
{
	struct indexer x = { .u = u };

	u->nr_heads = u->pool->nr;
	u->heads[0] = xcalloc(u->nr_heads, sizeof(uint32_t));
	u->heads[1] = xcalloc(u->nr_heads, sizeof(uint32_t));
	x.last[0] = xcalloc(u->nr_heads, sizeof(uint32_t));
	x.last[1] = xcalloc(u->nr_heads, sizeof(uint32_t));
	ARRAY_GROW(u->binds, u->nr_binds, u->alloc_binds);
	u->binds[u->nr_binds++] = (struct bind){ 0 };
	for (x.def = 0; x.def < u->nr_defs; x.def++)
		index_def(&x);
	free(x.last[0]);
	free(x.last[1]);
}

void token_unit_reindex(struct token_unit *u)
{
	free(u->heads[0]);
	free(u->heads[1]);
	u->nr_binds = 0;
	for (size_t i = 0; i < u->nr_defs; i++)
		u->defs[i].name = S_NONE;
	token_unit_index(u);
}

const struct bind *bind_first(const struct token_unit *u, sym name,
			      enum name_space space)
{
	if (name >= u->nr_heads || !u->heads[space][name])
		return NULL;
	return &u->binds[u->heads[space][name]];
}

const struct bind *bind_next(const struct token_unit *u,
			     const struct bind *bind)
{
	return bind->next ? &u->binds[bind->next] : NULL;
}

bool unit_has_typedef(const struct token_unit *u, sym name)
{
	const struct bind *b = bind_first(u, name, SPACE_ORDINARY);

	for (; b; b = bind_next(u, b))
		if (b->role == ROLE_TYPEDEF)
			return true;
	return false;
}
