// SPDX-License-Identifier: GPL-2.0-only
/*
 * The types rung: clang's IR before any optimisation, of all units that differ,
 * as one set of functions and variables before and one after. Code that a
 * compiler has not touched yet still has the types of its variables, what was
 * asked of the optimiser (noinline, BUILD_BUG_ON()) and each branch that would
 * go; and it is another compiler that says so.
 */
#define _GNU_SOURCE
#include "verify.h"

#include "contract.h"
#include "headers.h"
#include "lib/hash.h"
#include "types.h"

/* Entities of one kind and name with one form. */
struct class {
	char *id;	/* kind, name and key */
	enum ir_kind kind;
	const char *name;
	struct ir_entity *first[2]; /* before, after; the rest by 'next' */
	size_t nr[2];
	bool paired;	/* with one of another form */
	UT_hash_handle hh;
};

/* What the text of a unit defines; read when the first question comes. */
struct origin {
	const struct ir_module *module;
	struct definitions definitions;
};

struct types {
	const struct contract *contract;
	struct outcome *ret;
	struct ir_set set;
	struct strv global, inlined; /* of its rules */
	size_t alloc[2];
	bool holes;	/* clang does not take a unit: things may be in it */
	struct class *classes;
	struct origin *origins;
	size_t nr_origins, alloc_origins;
};

static const char *kind_word(enum ir_kind kind)
{
	static const char *const words[] = {
		[IR_FUNCTION] = "function",   [IR_VARIABLE] = "variable",
		[IR_ALIAS] = "alias",	      [IR_ASM] = "assembly",
		[IR_DECLARATION] = "declaration",
	};

	return words[kind];
}

static void add_module(struct types *t, int side, const struct unit *u)
{
	struct ir_set *set = &t->set;
	struct ir_module *m;

	ARRAY_GROW(set->modules[side], set->nr[side], t->alloc[side]);
	m = &set->modules[side][set->nr[side]++];
	*m = (struct ir_module){ .side = side, .source = u->source,
				 .tokens = u->tokens, .text = BUF_INIT };
}

/* A unit that is there on both sides, or on one (the other is NULL). */
static void take(struct types *t, const struct unit *a, const struct unit *b)
{
	const struct unit *u = b ? b : a;

	if (a && b && ((a->ir && b->ir && streq(a->ir, b->ir)) ||
		       (a->key && b->key && streq(a->key, b->key)))) {
		if (b->ir)
			t->ret->checked++;
		else
			strv_add(&t->ret->not_compared,
				 "units that clang does not take");
		return;
	}
	if ((!a || a->ir) && (!b || b->ir)) {
		if (a)
			add_module(t, 0, a);
		if (b)
			add_module(t, 1, b);
		return;
	}
	t->holes = true;
	strv_add(&t->ret->not_compared, "units that clang does not take");
	if (b && !b->ir && (!a || a->ir))
		outcome_add(t->ret, RESULT_UNDECIDED, "unit", u->source, NULL,
			    "clang does not take it any more: %s",
			    b->ir_why ? b->ir_why : "no reason given");
}

/* Both lists are sorted by source: step through them together. */
static void choose(struct types *t, const struct state *before,
		   const struct state *after)
{
	size_t i = 0, j = 0;

	while (i < before->nr_units || j < after->nr_units) {
		int order = i == before->nr_units ? 1 :
			    j == after->nr_units ? -1 :
			    strcmp(before->units[i].source,
				   after->units[j].source);

		take(t, order <= 0 ? &before->units[i] : NULL,
		     order >= 0 ? &after->units[j] : NULL);
		i += order <= 0;
		j += order >= 0;
	}
}

static int read_all(struct types *t, const struct state *states[2],
		    struct error *err)
{
	for (int side = 0; side < 2; side++) {
		size_t at = 0;

		for (size_t i = 0; i < t->set.nr[side]; i++) {
			struct ir_module *m = &t->set.modules[side][i];

			m->set = &t->set;
			while (!streq(states[side]->units[at].source,
				      m->source))
				at++;
			if (ir_read(m, states[side]->units[at].ir, err))
				return error_prefix(err, "%s", m->source);
		}
	}
	return 0;
}

static void set_rules(struct types *t)
{
	const struct contract *c = t->contract;
	struct ir_rules *rules = &t->set.rules;

	contract_promoted(c, &t->global, NULL);
	if (c->change == CHANGE_PROMOTE && c->as_inline)
		strv_add_list(&t->inlined, &c->names);
	for (size_t i = 0; i < c->nr_shifted; i++)
		if (c->shifted[i].inlined)
			strv_add(&t->inlined, c->shifted[i].new);
	rules->global = &t->global;
	rules->inlined = &t->inlined;
	if (contract_renames(c)) {
		rules->renamed = c->renamed;
		rules->nr_renamed = c->nr_renamed;
	}
}

/* "f" of f and of its static local, f.x. */
static char *owner_of(const char *name)
{
	return xstrndup(name, strcspn(name, "."));
}

/*
 * What the contract lets have other code is residue: the code rung says whether
 * it does the same.
 */
static enum result weight_of(const struct types *t, const char *name)
{
	_cleanup_free_ char *owner = owner_of(name);

	return contract_touches(t->contract, owner) ? RESULT_EQUAL :
						      RESULT_DIFFERENT;
}

/*
 * What has no counterpart may have it where clang did not look. There this rung
 * has no opinion; where it is required, clang has compiled every unit.
 */
static bool may_be_elsewhere(struct types *t)
{
	if (t->holes)
		strv_add(&t->ret->not_compared,
			 "what may stand in units that clang does not take");
	return t->holes;
}

static bool is_compared(const struct ir_entity *e)
{
	return e->kind != IR_DECLARATION && (!e->is_content || e->is_used) &&
	       !starts_with(ir_entity_name(e), "llvm.");
}

static void classify(struct types *t, struct ir_entity *e)
{
	int side = e->module->side;
	char *id = xasprintf("%d %s %s", e->kind, e->key.hex,
			     ir_entity_name(e));
	struct class *c;

	HASH_FIND_STR(t->classes, id, c);
	if (!c) {
		c = xcalloc(1, sizeof(*c));
		c->id = id;
		c->kind = e->kind;
		c->name = ir_entity_name(e);
		HASH_ADD_KEYPTR(hh, t->classes, c->id, strlen(c->id), c);
	} else {
		free(id);
	}
	e->next = c->first[side];
	c->first[side] = e;
	c->nr[side]++;
	t->ret->checked += side;
}

static void classify_all(struct types *t)
{
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < t->set.nr[side]; i++) {
			struct ir_module *m = &t->set.modules[side][i];

			for (size_t j = 0; j < m->nr; j++)
				if (is_compared(&m->entities[j]))
					classify(t, &m->entities[j]);
		}
}

static const struct definitions *origin_of(struct types *t,
					   const struct ir_module *m)
{
	struct origin *o;

	for (size_t i = 0; i < t->nr_origins; i++)
		if (t->origins[i].module == m)
			return &t->origins[i].definitions;
	ARRAY_GROW(t->origins, t->nr_origins, t->alloc_origins);
	o = &t->origins[t->nr_origins++];
	*o = (struct origin){ .module = m };
	definitions_read(m->tokens, &o->definitions);
	return &o->definitions;
}

/* 1 when all copies come from a header, 0 when one does not, -1: not known. */
static int from_headers(struct types *t, const struct class *c)
{
	_cleanup_free_ char *owner = owner_of(c->name);
	int all = 1;

	for (int side = 0; side < 2; side++)
		for (const struct ir_entity *e = c->first[side]; e;
		     e = e->next) {
			int one = definitions_from_header(
				origin_of(t, e->module), owner);

			if (!one)
				return 0;
			if (one < 0)
				all = -1;
		}
	return all;
}

/*
 * A pointer that keeps a symbol for the linker, in a function that becomes
 * inline in a header: it holds no state, and each file that uses the function
 * has one, as it has a copy of the function.
 */
static bool is_keeper(const struct types *t, const struct class *c)
{
	_cleanup_free_ char *owner = owner_of(c->name);

	return strv_has(&t->inlined, owner) &&
	       starts_with(c->name + strlen(owner),
			   ".__UNIQUE_ID___addressable_");
}

/* Each file has its own copy of what a header defines, if it uses that. */
static void check_copies(struct types *t, const struct class *c)
{
	bool local = c->first[1]->is_local;
	bool may = c->first[1]->may_inline || is_keeper(t, c);
	int header = local && !may ? from_headers(t, c) : local;

	if (header > 0 || may_be_elsewhere(t))
		return;
	outcome_add(t->ret, header < 0 ? RESULT_UNDECIDED :
					   weight_of(t, c->name),
		    kind_word(c->kind), c->name, c->first[1]->module->source,
		    "there %s %zu of it, and %s %zu",
		    c->nr[0] == 1 ? "was" : "were", c->nr[0],
		    c->nr[1] == 1 ? "is" : "are", c->nr[1]);
}

/* One of the other side with the same name and another form; NULL. */
static struct class *counterpart(struct types *t, const struct class *c)
{
	int other = !c->nr[1];

	for (struct class *d = t->classes; d; d = d->hh.next)
		if (!d->paired && d->kind == c->kind && d->nr[other] &&
		    !d->nr[!other] && streq(d->name, c->name))
			return d;
	return NULL;
}

static void report_pair(struct types *t, struct class *a, struct class *b)
{
	const struct ir_entity *old = a->first[0], *new = b->first[1];
	struct buf detail = BUF_INIT;

	a->paired = b->paired = true;
	types_difference(old, new, &detail);
	outcome_add(t->ret, weight_of(t, a->name), kind_word(a->kind),
		    a->name, new->module->source, "%s", detail.data);
	buf_release(&detail);
}

static void report_single(struct types *t, const struct class *c)
{
	int side = !c->nr[0];

	if (may_be_elsewhere(t))
		return;
	outcome_add(t->ret, weight_of(t, c->name), kind_word(c->kind), c->name,
		    c->first[side]->module->source,
		    side ? "is only there after the step" :
			   "is not there any more");
}

static void compare_classes(struct types *t)
{
	for (struct class *c = t->classes; c; c = c->hh.next) {
		struct class *other;

		if (c->paired || c->nr[0] == c->nr[1])
			continue;
		if (c->nr[0] && c->nr[1]) {
			check_copies(t, c);
			continue;
		}
		other = counterpart(t, c);
		if (other)
			report_pair(t, c->nr[0] ? c : other,
				    c->nr[0] ? other : c);
		else
			report_single(t, c);
	}
}

static bool is_prototype(const struct ir_entity *e)
{
	return e->kind == IR_DECLARATION && !e->is_counted && !e->is_vague &&
	       !starts_with(ir_entity_name(e), "llvm.");
}

/*
 * What a function or variable is declared as, in all units together. What one
 * side does not declare at all is defined there, and compared as such.
 */
static void compare_declarations(struct types *t)
{
	struct declared *table = NULL;

	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < t->set.nr[side]; i++) {
			struct ir_module *m = &t->set.modules[side][i];

			for (size_t j = 0; j < m->nr; j++)
				if (is_prototype(&m->entities[j]))
					types_declare(&table, &m->entities[j]);
		}
	types_end_declarations(&table, t->ret);
}

static void release(struct types *t)
{
	struct class *c, *next;

	HASH_ITER(hh, t->classes, c, next) {
		HASH_DEL(t->classes, c);
		free(c->id);
		free(c);
	}
	for (size_t i = 0; i < t->nr_origins; i++)
		definitions_release(&t->origins[i].definitions);
	free(t->origins);
	strv_release(&t->global);
	strv_release(&t->inlined);
	ir_set_release(&t->set);
}

int verify_types(const struct contract *contract, const struct state *before,
		 const struct state *after, struct outcome *ret,
		 struct error *err)
{
	const struct state *states[2] = { before, after };
	struct types t = { .contract = contract, .ret = ret };
	int result;

	outcome_ran(ret);
	set_rules(&t);
	choose(&t, before, after);
	result = read_all(&t, states, err);
	if (!result) {
		ir_settle(&t.set);
		classify_all(&t);
		compare_classes(&t);
		compare_declarations(&t);
		strv_uniq(&ret->not_compared);
	}
	release(&t);
	return result;
}
