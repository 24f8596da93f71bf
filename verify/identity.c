// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies of a header's function do the same but are not the same: code that
 * compares a function's address notices when it stops (or begins) to share a
 * copy with other code. So the users that take an address of a copy must share
 * as before. Who calls which copy is of no account.
 */
#include "identity.h"

#include <elf.h>

#include "lib/util.h"

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

/* A branch has its distance behind the opcode, an address behind a ModRM byte. */
static bool is_branch(const struct ref *r, const struct part *part)
{
	const unsigned char *p = part_bytes(part, r->offset);

	return part->section->flags & SHF_EXECINSTR && p && r->offset &&
	       (p[-1] & 0xc7) != 0x05;
}

static bool takes_address(const struct ref *r, const struct part *part)
{
	if (!r->symbol || !r->atom || r->atom->kind != ATOM_CODE ||
	    !r->atom->class || !atom_is_local(r->atom))
		return false;
	if (r->kind == REF_RELATIVE)
		return !is_branch(r, part);
	return r->kind == REF_ABSOLUTE || r->kind == REF_SIGNED;
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
			const struct class *class;

			if (!takes_address(r, a->part))
				continue;
			class = &classes->v[r->atom->class];
			if (r->atom == a ||
			    (class->nr[0] < 2 && class->nr[1] < 2))
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

static const char *name_of(const struct classes *classes, size_t class)
{
	const struct class *c = &classes->v[class];

	return c->members[c->nr[0] ? 0 : 1][0]->name;
}

static void differs(const struct classes *classes, const struct share *s,
		    bool is_new, struct outcome *ret)
{
	outcome_add(ret, RESULT_UNDECIDED, "function",
		    name_of(classes, s->class), NULL,
		    "its address is taken by %s and %s, which %s one copy of it",
		    name_of(classes, s->user), name_of(classes, s->other),
		    is_new ? "now share" : "no longer share");
}

void identity_compare(const struct side *before, const struct side *after,
		      const struct classes *classes, struct outcome *ret)
{
	struct shares old = { 0 }, new = { 0 };
	size_t i = 0, k = 0;

	list_shares(before, classes, &old);
	list_shares(after, classes, &new);
	while (i < old.nr || k < new.nr) {
		int order = i == old.nr ? 1 : k == new.nr ? -1 :
			    by_users(&old.v[i], &new.v[k]);

		if (order < 0)
			differs(classes, &old.v[i], false, ret);
		if (order > 0)
			differs(classes, &new.v[k], true, ret);
		i += order <= 0;
		k += order >= 0;
	}
	free(old.v);
	free(new.v);
}
