// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every definition of the old units stands once in the new ones by the same
 * tokens, and nothing else does: first within each unit, then across units.
 * What a header defines as static comes and goes with the header; it must not
 * change, but it is not counted.
 */
#include "tokens_conserve.h"

/* A def of a unit, ordered by its hash. */
struct slot {
	uint64_t hash;
	struct token_unit *u;
	struct def *def;
	const struct unit_pair *pair;
};

struct slots {
	struct slot *v;
	size_t nr, alloc;
};

static void add_slots(const struct token_check *check,
		      const struct unit_pair *pair, struct token_unit *u,
		      struct slots *ret)
{
	for (size_t i = 0; u && i < u->nr_defs; i++) {
		struct def *def = &u->defs[i];

		if (!def->defines || def->matched)
			continue;
		ARRAY_GROW(ret->v, ret->nr, ret->alloc);
		ret->v[ret->nr++] = (struct slot){ def_hash(check, u, def), u,
						   def, pair };
	}
}

/* Equal hashes: what counts before copies, then in order of the unit. */
static int compare_slots(const void *left, const void *right)
{
	const struct slot *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->def->copy != b->def->copy)
		return a->def->copy ? 1 : -1;
	if (a->pair != b->pair)
		return a->pair < b->pair ? -1 : 1;
	return a->def < b->def ? -1 : a->def > b->def;
}

static void sort_slots(struct slots *s)
{
	if (s->nr)
		qsort(s->v, s->nr, sizeof(*s->v), compare_slots);
}

static size_t first_slot(const struct slots *s, uint64_t hash)
{
	size_t low = 0, high = s->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->v[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* An unmatched def by the same tokens; NULL. */
static struct slot *find_equal(const struct token_check *check,
			       const struct slots *in, const struct slot *of)
{
	size_t i = first_slot(in, of->hash), a, b;

	for (; i < in->nr && in->v[i].hash == of->hash; i++) {
		struct slot *s = &in->v[i];

		if (!s->def->matched &&
		    !defs_differ(check, of->u, of->def, s->u, s->def, &a, &b))
			return s;
	}
	return NULL;
}

/* An unmatched def of the same name and kind, in the same pair if there is one. */
static struct slot *find_namesake(const struct slots *in, const struct slot *of)
{
	struct slot *best = NULL;

	for (size_t i = 0; of->def->name && i < in->nr; i++) {
		struct slot *s = &in->v[i];

		if (s->def->matched || s->def->name != of->def->name ||
		    s->def->kind != of->def->kind)
			continue;
		if (s->pair == of->pair)
			return s;
		best = best ? best : s;
	}
	return best;
}

static const char *file_of(const struct slot *s)
{
	return s->u->nr_files ? s->u->files[s->def->file] : "";
}

static bool is_shift(const struct shifted *s, const struct slot *a,
		     const struct slot *b)
{
	return streq(s->from, file_of(a)) && streq(s->to, file_of(b));
}

/* How a mixed commit shifts this very definition; NULL: it does not. */
static const struct shifted *find_shift(const struct token_check *check,
					const struct slot *a,
					const struct slot *b)
{
	const struct contract *c = check->contract;

	for (size_t i = 0; i < c->nr_shifted; i++)
		if (is_shift(&c->shifted[i], a, b) &&
		    token_is_entity(&c->shifted[i],
				    pool_text(&check->pool, a->def->name)))
			return &c->shifted[i];
	return NULL;
}

/* Of two statics of one name a mixed commit may promote one. */
static bool has_linkage(const struct token_check *check, const struct slot *a,
			const struct slot *b)
{
	bool inlined = token_is_inlined(check, a->def->name);
	const struct shifted *s;

	if (check->contract->change == CHANGE_MIXED) {
		s = find_shift(check, a, b);
		inlined = s && s->inlined;
		if (!s || (!s->inlined && !s->promoted))
			return a->def->is_static == b->def->is_static &&
			       a->def->is_inline == b->def->is_inline;
	}
	return a->def->is_static && b->def->is_static == inlined &&
	       (!inlined || b->def->is_inline);
}

/* The linkage that a promotion leaves out of the comparison, held exactly. */
static void check_linkage(struct token_check *check, const struct slot *a,
			  const struct slot *b)
{
	if (!token_is_promoted(check, a->def->name) ||
	    has_linkage(check, a, b))
		return;
	token_report(check, RESULT_DIFFERENT, def_what(b->def),
		     def_name(b->u, b->def), b->u, b->def->begin,
		     "its linkage is not what the step makes of it");
}

static void pair_slots(struct token_check *check, struct slot *a,
		       struct slot *b)
{
	a->def->matched = true;
	b->def->matched = true;
	check->out->checked++;
	check_linkage(check, a, b);
}

/* What an attribute does to code the code rung may not see. */
static bool other_attributes(const struct slot *a, const struct slot *b)
{
	struct strv x _cleanup_(strv_release) = STRV_INIT;
	struct strv y _cleanup_(strv_release) = STRV_INIT;
	_cleanup_free_ char *old = NULL, *new = NULL;

	attributes_read(a->u, a->def->name, &x);
	attributes_read(b->u, b->def->name, &y);
	old = strv_join(&x, " ");
	new = strv_join(&y, " ");
	return !streq(old, new);
}

static void report_changed(struct token_check *check, struct slot *a,
			   struct slot *b)
{
	size_t at_a, at_b;
	enum result weight = token_is_residue(check, a->def->name) ?
				     RESULT_EQUAL :
				     RESULT_DIFFERENT;

	if (check->contract->change != CHANGE_TRANSFORM &&
	    weight == RESULT_EQUAL && other_attributes(a, b))
		weight = RESULT_UNDECIDED;
	defs_differ(check, a->u, a->def, b->u, b->def, &at_a, &at_b);
	token_report(check, weight, def_what(b->def), def_name(b->u, b->def),
		     b->u, at_b, "its tokens differ from those in %s:%u",
		     a->u->files[a->def->file],
		     a->u->lines[at_a < a->def->end ? at_a : a->def->begin]);
	a->def->matched = true;
	b->def->matched = true;
}

/* A header's definition is one for the unit: it may come or go, not change. */
static void report_changed_copies(struct token_check *check,
				  const struct slots *before,
				  const struct slots *after)
{
	for (size_t i = 0; i < before->nr; i++) {
		struct slot *a = &before->v[i], *b;

		if (a->def->matched || !a->def->copy)
			continue;
		b = find_namesake(after, a);
		if (b && b->def->copy)
			report_changed(check, a, b);
	}
}

void conserve_pair(struct conserve *c, struct unit_pair *pair)
{
	struct slots before = { 0 }, after = { 0 };

	add_slots(c->check, pair, pair->before, &before);
	add_slots(c->check, pair, pair->after, &after);
	sort_slots(&after);
	for (size_t i = 0; i < before.nr; i++) {
		struct slot *s = find_equal(c->check, &after, &before.v[i]);

		if (s)
			pair_slots(c->check, &before.v[i], s);
	}
	report_changed_copies(c->check, &before, &after);
	free(before.v);
	free(after.v);
}

static bool is_open(const struct def *def)
{
	return def->defines && !def->matched &&
	       (!def->copy || def->kind == DEF_UNKNOWN);
}

static bool has_open(const struct token_unit *u)
{
	for (size_t i = 0; u && i < u->nr_defs; i++)
		if (is_open(&u->defs[i]))
			return true;
	return false;
}

bool conserve_is_done(const struct unit_pair *pair)
{
	return !has_open(pair->before) && !has_open(pair->after);
}

/*
 * A macro that makes definitions is named by the step as it is written, and
 * what it made has other names: then names decide nothing here.
 */
static bool names_are_definitions(const struct conserve *c)
{
	for (size_t n = 0; n < c->check->contract->names.nr; n++) {
		bool found = false;

		for (size_t i = 0; i < c->nr_pairs && !found; i++)
			found = c->pairs[i].before &&
				bind_first(c->pairs[i].before,
					   c->check->names[n], SPACE_ORDINARY);
		if (!found)
			return false;
	}
	return true;
}

/* An export holds the name of what it exports inside of a string or a name. */
static bool holds_name(const struct slot *s, const char *name)
{
	for (size_t i = s->def->begin; i < s->def->end; i++)
		if (strstr(pool_text(s->u->pool, s->u->v[i]), name))
			return true;
	return false;
}

static bool mentions_name(const struct token_check *check, const struct slot *s)
{
	for (size_t n = 0; n < check->contract->names.nr; n++)
		if (holds_name(s, check->contract->names.v[n]))
			return true;
	return false;
}

/*
 * It is shifted itself, or made of a name that is, as an export is. An assertion
 * names nothing (of module_param(), on the length of a prefix), holds wherever
 * it was compiled, and goes where anything goes.
 */
static bool may_shift(struct conserve *c, const struct slot *a,
		      const struct slot *b)
{
	const struct contract *contract = c->check->contract;

	if (b->def->kind == DEF_UNKNOWN)
		return false;
	for (size_t i = 0; i < contract->nr_shifted; i++) {
		const struct shifted *s = &contract->shifted[i];

		if (is_shift(s, a, b) &&
		    (b->def->kind == DEF_ASSERT || holds_name(b, s->new)))
			return true;
	}
	return false;
}

static bool may_move(struct conserve *c, const struct slot *a,
		     const struct slot *b)
{
	const struct contract *contract = c->check->contract;

	if (contract->change == CHANGE_TRANSFORM)
		return token_is_residue(c->check, a->def->name);
	if (contract->change == CHANGE_MIXED)
		return may_shift(c, a, b);
	if (contract->change != CHANGE_MOVE || b->def->kind == DEF_UNKNOWN)
		return false;
	if (token_is_named(c->check, a->def->name) ||
	    !names_are_definitions(c))
		return true;
	return b->def->kind != DEF_FUNCTION && mentions_name(c->check, b);
}

static void move_slots(struct conserve *c, struct slot *a, struct slot *b)
{
	pair_slots(c->check, a, b);
	if (!may_move(c, a, b))
		token_report(c->check, RESULT_DIFFERENT, def_what(b->def),
			     def_name(b->u, b->def), b->u, b->def->begin,
			     "moved from %s, which the step does not say",
			     a->u->unit->source);
	ARRAY_GROW(c->moved, c->nr_moved, c->alloc_moved);
	c->moved[c->nr_moved++] = (struct moved_def){ a->u, b->u, b->def };
}

static enum result weigh(const struct token_check *check, const struct def *def)
{
	if (token_is_residue(check, def->name))
		return RESULT_EQUAL;
	return def->kind == DEF_UNKNOWN || check->incomplete ?
		       RESULT_UNDECIDED :
		       RESULT_DIFFERENT;
}

static void report_lost(struct conserve *c, const struct slot *s)
{
	token_report(c->check, weigh(c->check, s->def), def_what(s->def),
		     def_name(s->u, s->def), s->u, s->def->begin,
		     s->def->kind == DEF_UNKNOWN ?
			     "it could not be parsed, and is not there any more" :
			     "lost: no unit defines it by these tokens");
}

/* Another unit has the same one, from a header: one more copy of it. */
static bool is_header_copy(const struct conserve *c, const struct slot *s)
{
	uint64_t hash = s->hash;

	if (s->def->origin == ORIGIN_OWN || !s->def->is_static)
		return false;
	for (size_t i = 0; i < c->nr_pairs; i++) {
		const struct token_unit *u = c->pairs[i].before;

		for (size_t k = 0; u && k < u->nr_defs; k++)
			if (u->defs[k].name == s->def->name &&
			    u->defs[k].origin != ORIGIN_OWN &&
			    def_hash(c->check, u, &u->defs[k]) == hash)
				return true;
	}
	return false;
}

static void report_gained(struct conserve *c, const struct slot *s)
{
	_cleanup_free_ char *where = NULL;

	if (!is_header_copy(c, s)) {
		token_report(c->check, weigh(c->check, s->def),
			     def_what(s->def), def_name(s->u, s->def), s->u,
			     s->def->begin,
			     s->def->kind == DEF_UNKNOWN ?
				     "it could not be parsed, and was not there before" :
				     "gained: no unit defined it by these tokens");
		return;
	}
	where = xasprintf("%s:%u", s->u->files[s->def->file],
			  s->u->lines[s->def->begin]);
	outcome_explain(c->check->out, EXPLAINED_HEADER_COPY, def_what(s->def),
			def_name(s->u, s->def), where,
			"one more copy, in %s", s->u->unit->source);
}

static void match_moved(struct conserve *c, struct slots *before,
			struct slots *after)
{
	for (size_t i = 0; i < before->nr; i++) {
		struct slot *a = &before->v[i], *b;

		if (a->def->matched)
			continue;
		b = find_equal(c->check, after, a);
		if (b && !(a->def->copy && b->def->copy))
			move_slots(c, a, b);
	}
}

void conserve_rest(struct conserve *c)
{
	struct slots before = { 0 }, after = { 0 };

	for (size_t i = 0; i < c->nr_pairs; i++) {
		add_slots(c->check, &c->pairs[i], c->pairs[i].before, &before);
		add_slots(c->check, &c->pairs[i], c->pairs[i].after, &after);
	}
	sort_slots(&before);
	sort_slots(&after);
	match_moved(c, &before, &after);
	for (size_t i = 0; i < before.nr; i++) {
		struct slot *a = &before.v[i], *b;

		if (!is_open(a->def))
			continue;
		b = find_namesake(&after, a);
		if (b)
			report_changed(c->check, a, b);
		else
			report_lost(c, a);
	}
	for (size_t i = 0; i < after.nr; i++)
		if (is_open(after.v[i].def))
			report_gained(c, &after.v[i]);
	free(before.v);
	free(after.v);
}

void conserve_release(struct conserve *c)
{
	free(c->moved);
}
