// SPDX-License-Identifier: GPL-2.0-only
/*
 * Correlation as a funnel. Most names stand once on each side: those are pairs.
 * Names that stand more often (static locals, copies of header inlines,
 * __func__) are told apart by hashes that spread over references for a few
 * rounds, as in colour refinement of graphs: first by contents and referrers,
 * then by contents, then by referrers, at last by the object they stand in.
 *
 * Hashes only propose. A bad pair is found out by same.c.
 */
#define _GNU_SOURCE
#include "match.h"
#include "same.h"

#include "lib/util.h"

#define ROUNDS 4
#define DEEPEST 3

/* What a hash is made of, see struct atom. */
enum { BY_BOTH, BY_CONTENTS, BY_REFERRERS, BY_NR };

struct node {
	struct atom *atom;
	int side;     /* 0: before, 1: after */
	size_t order; /* as the side's objects have it */
	bool alone;   /* its name stands once on each side */
};

struct matcher {
	const struct side *sides[2];
	struct node *nodes; /* owned; by name, then side */
	size_t nr, alloc;
	size_t nr_classes;
};

static uint64_t mix(uint64_t h, uint64_t v)
{
	h ^= v + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2);
	h ^= h >> 30;
	h *= 0xbf58476d1ce4e5b9u;
	h ^= h >> 27;
	h *= 0x94d049bb133111ebu;
	return h ^ (h >> 31);
}

static uint64_t mix_bytes(uint64_t h, const unsigned char *p, uint64_t len)
{
	uint64_t v = len;

	for (uint64_t i = 0; p && i < len; i++) {
		v = v << 8 | p[i];
		if (i % 8 == 7)
			h = mix(h, v);
	}
	return mix(h, v);
}

static uint64_t mix_string(uint64_t h, const char *s)
{
	return mix_bytes(h, (const unsigned char *)s, strlen(s));
}

static uint64_t hash_range(const struct atom *a, uint64_t begin, uint64_t end,
			   int what, int depth);

static uint64_t hash_pool(const struct ref *r)
{
	const struct section *s = r->atom->part->section;
	uint64_t begin, end;

	if (r->delta < 0 || (uint64_t)r->delta >= s->size)
		return 1;
	pool_extent(s, r->delta, &begin, &end);
	return mix_bytes(r->delta - begin, s->data + begin, end - begin);
}

/* Nameless contents may be padded differently: their first bytes must do. */
static uint64_t hash_anon(const struct ref *r, const struct atom *from,
			  int what, int depth)
{
	uint64_t begin = r->atom->origin + (uint64_t)r->delta, end;

	if (depth >= DEEPEST || begin < r->atom->begin || begin >= r->atom->end)
		return 2;
	end = anon_end(r->atom, begin, from);
	if (r->limit < end - begin)
		end = begin + r->limit;
	if (end - begin > 4)
		end = begin + 4;
	return hash_range(r->atom, begin, end, what, depth + 1);
}

static uint64_t hash_ref(const struct ref *r, const struct atom *from,
			 int what, int depth)
{
	uint64_t h = mix(r->size, r->kind);

	if (!r->atom)
		return mix(mix_string(h, r->symbol ? r->symbol->name : ""),
			   r->delta);
	switch (r->atom->kind) {
	case ATOM_POOL:
		return mix(h, hash_pool(r));
	case ATOM_ANON:
		return mix(h, hash_anon(r, from, what, depth));
	case ATOM_CODE:
	case ATOM_DATA:
		return mix(mix(h, r->atom->hash[what]), r->delta);
	case ATOM_ENTRY:
	case ATOM_PADDING:
		break;
	}
	return h;
}

static uint64_t hash_bytes(uint64_t h, const struct atom *a, uint64_t begin,
			   uint64_t end)
{
	return mix_bytes(h, part_bytes(a->part, begin), end - begin);
}

static uint64_t hash_range(const struct atom *a, uint64_t begin, uint64_t end,
			   int what, int depth)
{
	uint64_t h = end - begin, pos = begin;

	for (size_t i = 0; i < a->nr_refs; i++) {
		const struct ref *r = &a->refs[i];

		if (r->offset < begin || r->offset + r->size > end)
			continue;
		h = hash_bytes(h, a, pos, r->offset);
		h = mix(h, hash_ref(r, a, what, depth));
		pos = r->offset + r->size;
	}
	return hash_bytes(h, a, pos, end);
}

static uint64_t hash_contents(const struct atom *a, int what)
{
	uint64_t h = hash_range(a, a->origin, a->end, what, 0);

	for (size_t i = 0; i < a->nr_entries; i++) {
		const struct atom *e = a->entries[i];

		h = mix_string(mix(h, e->tie_delta), e->part->name);
		h = mix(h, hash_range(e, e->begin, e->end, what, 1));
	}
	return h;
}

static int by_name(const void *a, const void *b)
{
	const struct node *x = a, *y = b;
	int order = strcmp(x->atom->name, y->atom->name);

	if (order || x->side != y->side)
		return order ? order : x->side - y->side;
	return x->order < y->order ? -1 : x->order > y->order;
}

static void collect(struct matcher *m, int side)
{
	struct atom *a;

	for_each_atom(m->sides[side], a) {
		if (!atom_is_named(a) || a->part->role != PART_CONTENT)
			continue;
		ARRAY_GROW(m->nodes, m->nr, m->alloc);
		m->nodes[m->nr] = (struct node){ a, side, m->nr, false };
		m->nr++;
	}
}

/* Nodes [i, return) have one name; *ret_after is the first of the after side. */
static size_t group_end(const struct matcher *m, size_t i, size_t *ret_after)
{
	size_t j = i, after = 0;

	while (j < m->nr &&
	       streq(m->nodes[j].atom->name, m->nodes[i].atom->name)) {
		after += m->nodes[j].side;
		j++;
	}
	*ret_after = j - after;
	return j;
}

static void pair(struct matcher *m, struct atom *a, struct atom *b)
{
	a->class = b->class = ++m->nr_classes;
}

static void match_singles(struct matcher *m)
{
	size_t after, end;

	for (size_t i = 0; i < m->nr; i = end) {
		end = group_end(m, i, &after);
		for (size_t j = i; j < end; j++) {
			struct atom *a = m->nodes[j].atom;
			uint64_t h = mix_string(0, a->name);

			m->nodes[j].alone = end - i == 2 && after == i + 1;
			if (!m->nodes[j].alone)
				h = mix(h, atom_is_local(a));
			for (int what = 0; what < BY_NR; what++)
				a->hash[what] = h;
		}
		if (m->nodes[i].alone)
			pair(m, m->nodes[i].atom, m->nodes[i + 1].atom);
	}
}

/* Tells what a refers to that it is referred to. */
static void spread(const struct atom *a, const struct atom *as)
{
	for (size_t i = 0; i < a->nr_refs; i++) {
		const struct ref *r = &a->refs[i];

		if (!r->atom || !atom_is_named(r->atom) || r->atom == as)
			continue;
		r->atom->next[BY_REFERRERS] += mix(as->hash[BY_REFERRERS], 7);
		r->atom->next[BY_BOTH] += mix(as->hash[BY_BOTH], 7);
	}
}

static void hash_round(struct matcher *m)
{
	for (size_t i = 0; i < m->nr; i++)
		memset(m->nodes[i].atom->next, 0,
		       sizeof(m->nodes[i].atom->next));
	for (size_t i = 0; i < m->nr; i++) {
		const struct atom *a = m->nodes[i].atom;

		spread(a, a);
		for (size_t e = 0; e < a->nr_entries; e++)
			spread(a->entries[e], a);
	}
	for (size_t i = 0; i < m->nr; i++) {
		struct atom *a = m->nodes[i].atom;

		if (m->nodes[i].alone)
			continue;
		a->next[BY_BOTH] += hash_contents(a, BY_BOTH);
		a->next[BY_CONTENTS] = hash_contents(a, BY_CONTENTS);
	}
	for (size_t i = 0; i < m->nr; i++) {
		struct atom *a = m->nodes[i].atom;

		for (int w = 0; !m->nodes[i].alone && w < BY_NR; w++)
			a->hash[w] = mix(a->hash[w], a->next[w]);
	}
}

/* What two atoms of one name must share in this step of the funnel. */
static uint64_t key_of(const struct atom *a, int step)
{
	uint64_t object = mix_string(1, a->part->source);
	uint64_t local = atom_is_local(a);

	switch (step) {
	case 0:
		return mix(a->hash[BY_BOTH], object);
	case 1:
		return a->hash[BY_BOTH];
	case 2:
		return mix(a->hash[BY_CONTENTS], object);
	case 3:
		return a->hash[BY_CONTENTS];
	case 4:
		return mix(a->hash[BY_REFERRERS], local);
	case 5:
		return mix(object, local);
	case 6:
		return local;
	}
	return 0;
}

#define STEPS 8

struct candidate {
	struct atom *atom;
	uint64_t key;
	size_t order;
};

static int by_key(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* The atoms of nodes [begin, end) that have no partner yet, by key. */
static size_t candidates(const struct matcher *m, size_t begin, size_t end,
			 int step, struct candidate *ret)
{
	size_t nr = 0;

	for (size_t i = begin; i < end; i++)
		if (!m->nodes[i].atom->class)
			ret[nr++] = (struct candidate){
				.atom = m->nodes[i].atom,
				.key = key_of(m->nodes[i].atom, step),
				.order = i,
			};
	if (nr)
		qsort(ret, nr, sizeof(*ret), by_key);
	return nr;
}

static void match_step(struct matcher *m, size_t begin, size_t after,
		       size_t end, int step)
{
	struct candidate *a = xcalloc(end - begin, sizeof(*a));
	struct candidate *b = a + (after - begin);
	size_t nr_a = candidates(m, begin, after, step, a);
	size_t nr_b = candidates(m, after, end, step, b);
	size_t i = 0, j = 0;

	while (i < nr_a && j < nr_b) {
		if (a[i].key == b[j].key)
			pair(m, a[i++].atom, b[j++].atom);
		else if (a[i].key < b[j].key)
			i++;
		else
			j++;
	}
	free(a);
}

static void match_group(struct matcher *m, size_t begin, size_t after,
			size_t end)
{
	for (int step = 0; step < STEPS; step++)
		match_step(m, begin, after, end, step);
	for (size_t i = begin; i < end; i++)
		if (!m->nodes[i].atom->class)
			m->nodes[i].atom->class = ++m->nr_classes;
}

static bool leads_to_own(const struct atom *a)
{
	for (size_t i = 0; i < a->nr_refs; i++)
		if (a->refs[i].atom && a->refs[i].atom->own)
			return true;
	return false;
}

static bool has_own(const struct atom *a)
{
	if (leads_to_own(a))
		return true;
	for (size_t i = 0; i < a->nr_entries; i++)
		if (leads_to_own(a->entries[i]))
			return true;
	return false;
}

/*
 * A local that can be written to has an identity (what holds no byte has none),
 * and so has each copy of a function that refers to its own one, and of what
 * refers to such a copy.
 */
static void mark_own(struct matcher *m)
{
	bool changed = true;

	for (size_t i = 0; i < m->nr; i++) {
		struct atom *a = m->nodes[i].atom;

		a->own = !m->nodes[i].alone && atom_is_local(a) &&
			 atom_is_writable(a) && a->begin != a->end &&
			 !a->per_file;
	}
	while (changed) {
		changed = false;
		for (size_t i = 0; i < m->nr; i++) {
			struct atom *a = m->nodes[i].atom;

			if (m->nodes[i].alone || !atom_is_local(a) || a->own ||
			    !has_own(a))
				continue;
			a->own = changed = true;
		}
	}
}

/* Copies with the same contents become one class. */
static void merge_copies(struct matcher *m, size_t begin, size_t end)
{
	struct candidate *c = xcalloc(end - begin, sizeof(*c));
	size_t nr = 0;

	for (size_t i = begin; i < end; i++)
		if (atom_is_local(m->nodes[i].atom) && !m->nodes[i].atom->own)
			c[nr++] = (struct candidate){
				.atom = m->nodes[i].atom,
				.key = m->nodes[i].atom->hash[BY_CONTENTS],
				.order = i,
			};
	if (nr)
		qsort(c, nr, sizeof(*c), by_key);
	for (size_t i = 1; i < nr; i++)
		if (c[i].key == c[i - 1].key)
			c[i].atom->class = c[i - 1].atom->class;
	free(c);
}

static void match_groups(struct matcher *m)
{
	size_t after, end;

	for (size_t i = 0; i < m->nr; i = end) {
		end = group_end(m, i, &after);
		if (!m->nodes[i].alone)
			match_group(m, i, after, end);
	}
	mark_own(m);
	for (size_t i = 0; i < m->nr; i = end) {
		end = group_end(m, i, &after);
		if (!m->nodes[i].alone)
			merge_copies(m, i, end);
	}
}

static void add_member(struct class *c, struct atom *a, int side)
{
	c->members[side] = xrealloc(c->members[side], c->nr[side] + 1,
				    sizeof(*c->members[side]));
	c->members[side][c->nr[side]++] = a;
}

/* Numbers the classes anew in order of names, without gaps. */
static void fill(struct matcher *m, struct classes *ret)
{
	size_t *number = xcalloc(m->nr_classes + 1, sizeof(*number));
	size_t after, end;

	ret->v = xcalloc(m->nr_classes + 1, sizeof(*ret->v));
	ret->nr = 1;
	for (size_t i = 0; i < m->nr; i = end) {
		end = group_end(m, i, &after);
		for (size_t j = i; j < end; j++) {
			struct atom *a = m->nodes[j].atom;
			struct class *c;

			if (!number[a->class])
				number[a->class] = ret->nr++;
			a->class = number[a->class];
			c = &ret->v[a->class];
			add_member(c, a, m->nodes[j].side);
			c->nr_named[0] = after - i;
			c->nr_named[1] = end - after;
		}
	}
	free(number);
}

void match_sides(const struct side *before, const struct side *after,
		 struct classes *ret)
{
	struct matcher m = { .sides = { before, after } };

	*ret = (struct classes){ 0 };
	collect(&m, 0);
	collect(&m, 1);
	if (m.nr)
		qsort(m.nodes, m.nr, sizeof(*m.nodes), by_name);
	match_singles(&m);
	for (int round = 0; round < ROUNDS; round++)
		hash_round(&m);
	match_groups(&m);
	fill(&m, ret);
	free(m.nodes);
}

void classes_release(struct classes *classes)
{
	for (size_t i = 0; i < classes->nr; i++) {
		free(classes->v[i].members[0]);
		free(classes->v[i].members[1]);
	}
	free(classes->v);
	*classes = (struct classes){ 0 };
}
