// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tokens rung: what the compiler sees. Three questions, each asked without
 * trust in the others: is every definition conserved (tokens_conserve.c); does
 * what it refers to mean the same where it now stands (tokens_resolve.c); and
 * is every new declaration of a function that of its definition (here).
 *
 * Units are read one pair after the other and let go of at once when nothing
 * of them is left to be asked, so that a header that all units include does
 * not need memory for all of them.
 */
#include "contract.h"
#include "tokens_conserve.h"

static const struct unit *find_unit(const struct state *state,
				    const char *source)
{
	for (size_t i = 0; i < state->nr_units; i++)
		if (streq(state->units[i].source, source))
			return &state->units[i];
	return NULL;
}

static void add_pair(struct conserve *c, const char *source)
{
	const struct contract *contract = c->check->contract;
	struct unit_pair *pair = &c->pairs[c->nr_pairs];

	/* A renamed source file is one unit, called by its name before. */
	source = contract_path_before(contract, source);
	for (size_t i = 0; i < c->nr_pairs; i++)
		if (streq(c->pairs[i].source, source))
			return;
	*pair = (struct unit_pair){
		.source = source,
		.old_unit = find_unit(c->check->before, source),
		.new_unit = find_unit(c->check->after,
				      contract_path_after(contract, source)),
	};
	pair->skipped = pair->old_unit && pair->new_unit &&
			pair->old_unit->key && pair->new_unit->key &&
			streq(pair->old_unit->key, pair->new_unit->key);
	c->nr_pairs++;
}

/* The units that the step is about come first: the others are held against them. */
static void add_pairs(struct conserve *c)
{
	const struct contract *contract = c->check->contract;
	const struct state *before = c->check->before;
	const struct state *after = c->check->after;
	c->pairs = xcalloc(before->nr_units + after->nr_units + 2,
			   sizeof(*c->pairs));
	for (int rest = 0; rest < 2; rest++) {
		for (size_t i = 0; i < before->nr_units; i++)
			if (rest ||
			    contract_is_about(contract,
					      before->units[i].source))
				add_pair(c, before->units[i].source);
		for (size_t i = 0; i < after->nr_units; i++)
			if (rest || contract_is_about(contract,
						      after->units[i].source))
				add_pair(c, after->units[i].source);
	}
}

static int load(struct token_check *check, const struct unit *unit,
		const struct state *state, struct token_unit **ret,
		struct error *err)
{
	*ret = NULL;
	if (!unit)
		return 0;
	if (unit->tokens)
		return token_unit_load(unit, state, &check->pool, ret, err);
	check->incomplete = true;
	outcome_add(check->out, RESULT_UNDECIDED, "unit", unit->source,
		    unit->source, "it could not be preprocessed");
	return 0;
}

/* What cannot be walked is told as referring to everything it names. */
static void resolve_pair(struct token_check *check, struct unit_pair *pair)
{
	struct resolve *r;

	if (!pair->before || !pair->after ||
	    !resolve_needed(check, pair->before, pair->after))
		return;
	r = resolve_new(check, pair->before, pair->after);
	for (size_t i = 0; i < pair->after->nr_defs; i++)
		if (pair->after->defs[i].matched)
			resolve_def(r, &pair->after->defs[i]);
	resolve_free(r);
}

static void resolve_moved(struct conserve *c)
{
	struct resolve *r = NULL;

	for (size_t i = 0; i < c->nr_moved; i++) {
		const struct moved_def *m = &c->moved[i];

		if (!i || m->before != m[-1].before || m->after != m[-1].after) {
			resolve_free(r);
			r = resolve_new(c->check, m->before, m->after);
		}
		resolve_def(r, m->def);
	}
	resolve_free(r);
}

static const struct bind *find_function(const struct token_unit *u, sym name)
{
	const struct bind *b = bind_first(u, name, SPACE_ORDINARY);

	while (b && b->role != ROLE_FUNCTION)
		b = bind_next(u, b);
	return b;
}

static bool was_declared(const struct conserve *c, const struct token_unit *u,
			 const struct bind *bind)
{
	for (size_t i = 0; i < c->nr_pairs; i++) {
		const struct token_unit *old = c->pairs[i].before;
		const struct bind *b =
			old ? bind_first(old, bind->name, SPACE_ORDINARY) :
			      NULL;

		for (; b; b = bind_next(old, b))
			if (b->role == ROLE_PROTOTYPE &&
			    same_signature(c->check, old, b, u, bind))
				return true;
	}
	return false;
}

/* A declaration that nobody had before must be that of the definition. */
static void check_declaration(struct conserve *c, const struct token_unit *u,
			      const struct bind *bind)
{
	for (size_t i = 0; i < c->nr_pairs; i++) {
		const struct token_unit *w = c->pairs[i].after;
		const struct bind *def = w ? find_function(w, bind->name) :
					     NULL;

		if (!def || w->defs[def->def].is_static ||
		    same_signature(c->check, w, def, u, bind) ||
		    was_declared(c, u, bind))
			continue;
		token_report(c->check, RESULT_DIFFERENT, "prototype",
			     pool_text(u->pool, bind->name), u, bind->at,
			     "it is not that of the definition in %s:%u",
			     w->files[w->defs[def->def].file],
			     w->lines[def->at]);
		return;
	}
}

static void check_declarations(struct conserve *c, const struct token_unit *u)
{
	for (size_t i = 1; i < u->nr_binds; i++) {
		const struct bind *b = &u->binds[i];

		if (b->role == ROLE_PROTOTYPE &&
		    u->defs[b->def].origin != ORIGIN_HEADER)
			check_declaration(c, u, b);
	}
}

static void let_go(struct unit_pair *pair)
{
	token_unit_free(pair->before);
	token_unit_free(pair->after);
	pair->before = NULL;
	pair->after = NULL;
}

static int check_pair(struct conserve *c, struct unit_pair *pair,
		      struct error *err)
{
	struct token_check *check = c->check;

	if (pair->skipped && !renames_concern(check, pair->new_unit))
		return 0;
	if (load(check, pair->old_unit, check->before, &pair->before, err) < 0 ||
	    load(check, pair->new_unit, check->after, &pair->after, err) < 0)
		return -1;
	renames_apply(check, pair->before, pair->after);
	conserve_pair(c, pair);
	resolve_pair(check, pair);
	if (pair->after)
		extract_check(check, pair->after);
	return 0;
}

static int check_pairs(struct conserve *c, struct error *err)
{
	const struct contract *contract = c->check->contract;

	for (size_t i = 0; i < c->nr_pairs; i++) {
		struct unit_pair *pair = &c->pairs[i];

		if (check_pair(c, pair, err) < 0)
			return -1;
		if (contract_is_about(contract, pair->source) || !conserve_is_done(pair))
			continue;
		if (pair->after)
			check_declarations(c, pair->after);
		let_go(pair);
	}
	return 0;
}

int verify_tokens(const struct contract *contract, const struct state *before,
		  const struct state *after, struct outcome *ret,
		  struct error *err)
{
	struct token_check check = { .contract = contract, .before = before,
				     .after = after, .out = ret };
	struct conserve c = { .check = &check };
	int result;

	pool_init(&check.pool);
	renames_number(&check);
	token_allow(&check);
	add_pairs(&c);
	result = check_pairs(&c, err);
	if (!result) {
		outcome_ran(ret);
		conserve_rest(&c);
		resolve_moved(&c);
		for (size_t i = 0; i < c.nr_pairs; i++)
			if (c.pairs[i].after)
				check_declarations(&c, c.pairs[i].after);
	}
	for (size_t i = 0; i < c.nr_pairs; i++)
		let_go(&c.pairs[i]);
	free(c.pairs);
	conserve_release(&c);
	free(check.names);
	free(check.allowed);
	renames_release(&check);
	pool_release(&check.pool);
	return result;
}
