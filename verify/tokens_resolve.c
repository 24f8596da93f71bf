// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does all that a definition reaches mean the same in two units? From the
 * definition to the names it refers to, from those to what their declarations
 * refer to, and so on, each name once: the cost is that of the part of the
 * unit that can be reached. A function that the linker finds is followed no
 * further than its declarator; its body is conserved on its own.
 */
#include "contract.h"
#include "tokens.h"

#define NO_PARENT ((size_t)-1)

/* A declaration to be followed, and the one that led to it. */
struct visit {
	uint32_t def;
	size_t parent;
	bool whole; /* with its body or initialiser */
};

struct resolve {
	struct token_check *check;
	const struct token_unit *before, *after;
	unsigned char *seen[2];	 /* by name space and name */
	unsigned char *followed; /* by def: 1 the head, 2 the whole */
	struct visit *queue;
	size_t nr, alloc, next;
};

struct resolve *resolve_new(struct token_check *check,
			    const struct token_unit *before,
			    const struct token_unit *after)
{
	struct resolve *r = xcalloc(1, sizeof(*r));

	r->check = check;
	r->before = before;
	r->after = after;
	r->seen[0] = xcalloc(check->pool.nr, 1);
	r->seen[1] = xcalloc(check->pool.nr, 1);
	r->followed = xcalloc(after->nr_defs, 1);
	return r;
}

void resolve_free(struct resolve *r)
{
	if (!r)
		return;
	free(r->seen[0]);
	free(r->seen[1]);
	free(r->followed);
	free(r->queue);
	free(r);
}

static void push(struct resolve *r, uint32_t def, size_t parent, bool whole)
{
	unsigned char level = whole ? 2 : 1;

	if (r->followed[def] >= level)
		return;
	r->followed[def] = level;
	ARRAY_GROW(r->queue, r->nr, r->alloc);
	r->queue[r->nr++] = (struct visit){ def, parent, whole };
}

/* "f, through g and h": the way from the root to a visited declaration. */
static char *describe_way(const struct resolve *r, size_t at)
{
	const struct token_unit *u = r->after;
	const struct visit *v = &r->queue[at];
	struct strv way _cleanup_(strv_release) = STRV_INIT;
	_cleanup_free_ char *joined = NULL;

	for (; v->parent != NO_PARENT; v = &r->queue[v->parent])
		strv_add(&way, def_name(u, &u->defs[v->def]));
	if (!way.nr)
		return xstrdup(def_name(u, &u->defs[v->def]));
	joined = strv_join(&way, " from ");
	return xasprintf("%s, through %s", def_name(u, &u->defs[v->def]),
			 joined);
}

static bool is_one_source(const struct resolve *r)
{
	const char *old = r->before->unit->source;
	const char *new = r->after->unit->source;

	return streq(contract_path_after(r->check->contract, old), new);
}

static void report(struct resolve *r, sym name, enum name_space space,
		   const struct difference *d)
{
	_cleanup_free_ char *way = NULL;

	/* Within one unit, tokens_conserve.c says which definitions changed. */
	if (d->definition && is_one_source(r))
		return;
	way = describe_way(r, r->next);
	token_report(r->check, d->weight,
		     space == SPACE_TAG ? "type" : "name",
		     pool_text(&r->check->pool, name), d->u, d->at,
		     "%s in %s (before: in %s); it is used by %s", d->why,
		     r->after->unit->source, r->before->unit->source, way);
}

/* const behind the last star, or const and no star, before the initialiser. */
static bool is_constant(const struct token_unit *u, const struct bind *b)
{
	bool constant = false;

	for (size_t i = b->begin; i < b->at; i++) {
		if (u->v[i] == S_CONST)
			constant = true;
		else if (u->v[i] == S_STAR)
			constant = false;
	}
	return constant;
}

/* Code that goes to another unit would use another object of the same name. */
static bool is_private_object(const struct resolve *r, const struct bind *b)
{
	const struct def *def = &r->after->defs[b->def];

	return !is_one_source(r) && b->role == ROLE_VARIABLE &&
	       def->is_static && def->origin != ORIGIN_OWN && !is_constant(r->after, b);
}

static bool follow_whole(const struct token_unit *u, const struct bind *b)
{
	const struct def *def = &u->defs[b->def];

	if (b->role == ROLE_FUNCTION || b->role == ROLE_VARIABLE)
		return def->is_static || def->is_inline;
	return true;
}

static void follow(struct resolve *r, sym name, enum name_space space)
{
	const struct bind *b = bind_first(r->after, name, space);

	/* A struct that was incomplete: no code here can use what is in it. */
	if (space == SPACE_TAG && !bind_first(r->before, name, space))
		return;
	for (; b; b = bind_next(r->after, b)) {
		struct difference d = { "it has an object of its own",
					RESULT_DIFFERENT, r->after, b->at,
					false };

		if (is_private_object(r, b))
			report(r, name, space, &d);
		push(r, b->def, r->next, follow_whole(r->after, b));
	}
}

static void refers(void *ctx, sym name, enum name_space space, size_t at)
{
	struct resolve *r = ctx;
	struct difference d;

	(void)at;
	if (r->seen[space][name])
		return;
	r->seen[space][name] = 1;
	d = name_difference(r->check, r->before, r->after, name, space);
	if (d.why)
		report(r, name, space, &d);
	else
		follow(r, name, space);
}

void resolve_def(struct resolve *r, const struct def *def)
{
	static const struct walk_ops ops = { .refers = refers };
	const struct token_unit *u = r->after;

	push(r, def - u->defs, NO_PARENT, true);
	for (; r->next < r->nr; r->next++) {
		struct visit v = r->queue[r->next];
		const struct def *d = &u->defs[v.def];

		if (v.parent == NO_PARENT && d->name)
			refers(r, d->name, SPACE_ORDINARY, d->begin);
		walk_def(u, d, v.whole ? d->end : def_head_end(u, d), &ops, r);
	}
}

/* Marks the names that are declared otherwise; how many. */
static size_t mark_differences(const struct token_check *check,
			       const struct token_unit *before,
			       const struct token_unit *after,
			       unsigned char *marks)
{
	size_t nr = 0;

	for (sym name = 1; name < check->pool.nr; name++)
		for (int space = 0; space < 2; space++) {
			if (!name_difference(check, before, after, name, space)
				     .why)
				continue;
			marks[name] = 1;
			nr++;
		}
	return nr;
}

static bool uses_mark(const struct token_unit *u, const struct def *def,
		      const unsigned char *marks)
{
	for (size_t i = def->begin; i < def->end; i++)
		if (marks[u->v[i]])
			return true;
	return false;
}

/*
 * What is new in a unit (the names of one more header, say) is not reached by
 * what was there, unless a def that is no declaration of a marked name itself
 * uses such a name.
 */
bool resolve_needed(const struct token_check *check,
		    const struct token_unit *before,
		    const struct token_unit *after)
{
	_cleanup_free_ unsigned char *marks = xcalloc(check->pool.nr, 1);
	_cleanup_free_ unsigned char *marked = xcalloc(after->nr_defs, 1);

	if (!mark_differences(check, before, after, marks))
		return false;
	for (size_t i = 1; i < after->nr_binds; i++)
		if (marks[after->binds[i].name])
			marked[after->binds[i].def] = 1;
	for (size_t i = 0; i < after->nr_defs; i++)
		if ((!marked[i] || after->defs[i].matched) &&
		    uses_mark(after, &after->defs[i], marks))
			return true;
	return false;
}
