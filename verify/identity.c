// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies of a header's function or constant do the same but are not the same:
 * code that compares addresses notices when it stops (or begins) to share a
 * copy with other code. So the users that take an address of a copy must share
 * as before. Who calls or reads which copy is of no account; nor is the name of
 * a function, as __func__ has it, which is text. A lock's class and a once flag
 * that a header's function has in each file are shared by whoever uses them.
 */
#include "identity.h"

#include <elf.h>

#include "lib/util.h"
#include "objects.h"

/*
 * Lockdep tells locks apart by the address of a key, and nothing else looks at
 * it; a once flag is looked at by the place that sets it. Where a header's function
 * has one, each file that uses it has its own: a file more makes one more, as
 * every file did before. Any other variable is a state that code shares.
 */
static bool is_key_or_once(const struct atom *a)
{
	bool key, once;

	if (!atom_is_named(a) || a->part->role != PART_CONTENT)
		return false;
	key = streq(a->name, "__key") && !a->part->section->data;
	once = starts_with(a->part->name, ".data..once") &&
	       (streq(a->name, "__already_done") || streq(a->name, "__warned"));
	return (key || once) && atom_is_static_local(a) && atom_is_local(a);
}

/* Code, or data, that refers to such a variable. */
struct use {
	struct atom *to;
	char *function; /* owned: whose code it is; NULL: not known, or data */
};

struct uses {
	struct use *v;
	size_t nr, alloc;
};

static int by_target(const void *a, const void *b)
{
	const struct use *x = a, *y = b;

	return x->to < y->to ? -1 : x->to > y->to;
}

/* Another name for the same code: which of them the text has is not known. */
static bool has_alias(const struct atom *a)
{
	size_t nr = 0;

	for (size_t i = 0; i < a->nr_symbols; i++)
		nr += a->symbols[i]->value == a->origin;
	return nr > 1;
}

/* The function that code belongs to: f.cold and f.part.0 are of f. NULL: none. */
static char *function_of(const struct atom *a)
{
	return a->kind == ATOM_CODE && !has_alias(a) ?
		       xstrndup(a->name, strcspn(a->name, ".")) :
		       NULL;
}

static void collect_uses(const struct side *side, struct uses *ret)
{
	struct atom *a;

	for_each_atom(side, a)
		for (size_t i = 0; i < a->nr_refs; i++) {
			struct atom *to = a->refs[i].atom;

			if (!to || !is_key_or_once(to))
				continue;
			ARRAY_GROW(ret->v, ret->nr, ret->alloc);
			ret->v[ret->nr++] = (struct use){ to, function_of(a) };
		}
	if (ret->nr)
		qsort(ret->v, ret->nr, sizeof(*ret->v), by_target);
}

/* Uses from i on that are of the same variable; users stays empty if data is one. */
static size_t list_users(const struct uses *uses, size_t i, struct strv *users)
{
	const struct atom *to = uses->v[i].to;
	bool data = false;

	for (; i < uses->nr && uses->v[i].to == to; i++) {
		if (uses->v[i].function)
			strv_add(users, uses->v[i].function);
		data |= !uses->v[i].function;
	}
	if (data)
		strv_release(users);
	strv_uniq(users);
	return i;
}

/* Symbols of a rename do not have the names that the text has. */
static void mark(const struct objects_options *options, bool after,
		 struct atom *a, struct strv *users)
{
	if (options->nr_renamed)
		strv_release(users);
	a->per_file = options->local_from_header(options->data, after,
						 a->part->source, a->name,
						 users) == 1;
}

void identity_mark(const struct objects_options *options, struct side *side,
		   bool after)
{
	struct uses uses = { 0 };

	if (!options->local_from_header)
		return;
	collect_uses(side, &uses);
	for (size_t i = 0, end; i < uses.nr; i = end) {
		_cleanup_(strv_release) struct strv users = STRV_INIT;

		end = list_users(&uses, i, &users);
		mark(options, after, uses.v[i].to, &users);
	}
	for (size_t i = 0; i < uses.nr; i++)
		free(uses.v[i].function);
	free(uses.v);
}

/* A place that takes the address of a copy. */
struct taker {
	size_t class;  /* of the copy */
	size_t object; /* where the copy stands */
	size_t user;   /* class of the code or data that takes it */
};

struct takers {
	struct taker *v;
	size_t nr, alloc;
};

/* Two users that share a copy. */
struct share {
	size_t class, user, other;
};

struct shares {
	struct share *v;
	size_t nr, alloc;
};

static bool is_copied(const struct classes *classes, const struct atom *a)
{
	const struct class *class = &classes->v[a->class];

	return a->class && atom_is_named(a) && atom_is_local(a) &&
	       (class->nr[0] > 1 || class->nr[1] > 1) &&
	       !atom_function_named(a);
}

static bool takes_address(const struct decoder *d, const struct atom *a,
			  const struct ref *r)
{
	if (r->kind == REF_OTHER)
		return false;
	return r->atom->per_file ||
	       !(a->part->section->flags & SHF_EXECINSTR) ||
	       code_takes_address(d, a, r->offset);
}

static void collect(const struct side *side, const struct classes *classes,
		    struct takers *ret)
{
	const struct atom *a;

	for_each_atom(side, a) {
		if (!atom_is_named(a) || !a->class)
			continue;
		for (size_t i = 0; i < a->nr_refs; i++) {
			const struct ref *r = &a->refs[i];

			if (!r->symbol || !r->atom || r->atom == a ||
			    !is_copied(classes, r->atom) ||
			    !takes_address(side->decoder, a, r))
				continue;
			ARRAY_GROW(ret->v, ret->nr, ret->alloc);
			ret->v[ret->nr++] = (struct taker){
				r->atom->class,
				side_object_of(side, r->atom->part), a->class,
			};
		}
	}
}

static int by_place(const void *a, const void *b)
{
	const struct taker *x = a, *y = b;

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	if (x->object != y->object)
		return x->object < y->object ? -1 : 1;
	return (x->user > y->user) - (x->user < y->user);
}

static int by_users(const void *a, const void *b)
{
	const struct share *x = a, *y = b;

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	if (x->user != y->user)
		return x->user < y->user ? -1 : 1;
	return (x->other > y->other) - (x->other < y->other);
}

/* Every pair of users of one copy, once. */
static void list_shares(const struct side *side, const struct classes *classes,
			struct shares *ret)
{
	struct takers t = { 0 };
	size_t nr = 0;

	collect(side, classes, &t);
	if (t.nr)
		qsort(t.v, t.nr, sizeof(*t.v), by_place);
	for (size_t i = 0; i < t.nr; i++)
		for (size_t k = i + 1; k < t.nr; k++) {
			if (t.v[k].class != t.v[i].class ||
			    t.v[k].object != t.v[i].object)
				break;
			if (t.v[k].user == t.v[i].user)
				continue;
			ARRAY_GROW(ret->v, ret->nr, ret->alloc);
			ret->v[ret->nr++] = (struct share){
				.class = t.v[i].class,
				.user = t.v[i].user,
				.other = t.v[k].user,
			};
		}
	free(t.v);
	if (ret->nr)
		qsort(ret->v, ret->nr, sizeof(*ret->v), by_users);
	for (size_t i = 0; i < ret->nr; i++)
		if (!nr || by_users(&ret->v[nr - 1], &ret->v[i]))
			ret->v[nr++] = ret->v[i];
	ret->nr = nr;
}

static const struct atom *member_of(const struct classes *classes, size_t class)
{
	const struct class *c = &classes->v[class];

	return c->members[c->nr[0] ? 0 : 1][0];
}

static const char *name_of(const struct classes *classes, size_t class)
{
	return member_of(classes, class)->name;
}

static void differs(const struct classes *classes, const struct share *s,
		    bool is_new, struct outcome *ret)
{
	outcome_add(ret, RESULT_UNDECIDED, "address",
		    member_of(classes, s->class)->name, NULL,
		    "its address is taken by %s and %s, which %s one copy of it",
		    name_of(classes, s->user), name_of(classes, s->other),
		    is_new ? "now share" : "no longer share");
}

/* What each file has of its own is shared by many: one pair stands for all. */
static void explain_shares(const struct classes *classes, const struct share *s,
			   size_t nr, bool is_new, struct outcome *ret)
{
	_cleanup_free_ char *more =
		nr > 1 ? xasprintf(" (and %zu more pairs)", nr - 1) : NULL;

	outcome_explain(ret, EXPLAINED_HEADER_STATE, "variable",
			member_of(classes, s->class)->name, NULL,
			"%s and %s%s %s one of it", name_of(classes, s->user),
			name_of(classes, s->other), more ? more : "",
			is_new ? "now share" : "no longer share");
}

/* Those of a that b does not have; both are sorted. */
static struct shares minus(const struct shares *a, const struct shares *b)
{
	struct shares ret = { 0 };
	size_t k = 0;

	for (size_t i = 0; i < a->nr; i++) {
		while (k < b->nr && by_users(&b->v[k], &a->v[i]) < 0)
			k++;
		if (k < b->nr && !by_users(&b->v[k], &a->v[i]))
			continue;
		ARRAY_GROW(ret.v, ret.nr, ret.alloc);
		ret.v[ret.nr++] = a->v[i];
	}
	return ret;
}

static void report(const struct shares *shares, const struct classes *classes,
		   bool is_new, struct outcome *ret)
{
	const struct share *s = shares->v;

	for (size_t i = 0, nr; i < shares->nr; i += nr) {
		nr = 1;
		if (!member_of(classes, s[i].class)->per_file) {
			differs(classes, &s[i], is_new, ret);
			continue;
		}
		while (i + nr < shares->nr && s[i + nr].class == s[i].class)
			nr++;
		explain_shares(classes, &s[i], nr, is_new, ret);
	}
}

void identity_compare(const struct side *before, const struct side *after,
		      const struct classes *classes, struct outcome *ret)
{
	struct shares old = { 0 }, new = { 0 }, gone, more;

	list_shares(before, classes, &old);
	list_shares(after, classes, &new);
	gone = minus(&old, &new);
	more = minus(&new, &old);
	report(&gone, classes, false, ret);
	report(&more, classes, true, ret);
	free(gone.v);
	free(more.v);
	free(old.v);
	free(new.v);
}
