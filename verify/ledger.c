// SPDX-License-Identifier: GPL-2.0-only
/*
 * The books of a side. Claims are stretches and not marks on bytes, because a
 * section without contents may say that it is as large as it likes. They come in
 * any order and may overlap; the first that covers a byte has it.
 */
#define _GNU_SOURCE
#include "ledger.h"

#include <inttypes.h>

#include "lib/util.h"
#include "same.h"

/* What is listed without a name: deeper, or more of it, stays unclaimed. */
#define DEEPEST 4
#define MOST_LISTED 10000

/* The index of the part's first ref at or behind the offset. */
static size_t first_ref(const struct part *p, uint64_t offset)
{
	size_t low = 0, high = p->nr_refs;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (p->refs[mid].offset < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void ledger_claim(struct part *part, uint64_t begin, uint64_t end,
		  enum claim_kind kind)
{
	if (begin >= end)
		return;
	ARRAY_GROW(part->claims, part->nr_claims, part->alloc_claims);
	part->claims[part->nr_claims++] = (struct claim){ begin, end, kind };
	for (size_t i = first_ref(part, begin);
	     i < part->nr_refs && part->refs[i].offset < end; i++)
		if (part->refs[i].claim == CLAIM_NONE)
			part->refs[i].claim = kind;
}

void ledger_claim_atom(const struct atom *a, enum claim_kind kind)
{
	ledger_claim(a->part, a->origin, a->end, kind);
}

static void list_range(struct part *part, const struct atom *from,
		       uint64_t begin, uint64_t end, int depth, size_t *budget);

static void list_target(const struct ref *r, const struct atom *from, int depth,
			size_t *budget)
{
	struct part *p = r->atom->part;
	uint64_t begin = r->atom->origin + (uint64_t)r->delta, end;

	if (begin < r->atom->begin || begin >= r->atom->end)
		return;
	if (r->atom->kind == ATOM_ANON) {
		end = anon_end(r->atom, begin, from);
		if (r->limit < end - begin)
			end = begin + r->limit;
		list_range(p, r->atom, begin, end, depth + 1, budget);
	} else if (r->atom->kind == ATOM_POOL) {
		pool_extent(p->section, begin, &begin, &end);
		ledger_claim(p, begin, end, CLAIM_LISTED);
	}
}

static void list_range(struct part *part, const struct atom *from,
		       uint64_t begin, uint64_t end, int depth, size_t *budget)
{
	if (depth > DEEPEST)
		return;
	ledger_claim(part, begin, end, CLAIM_LISTED);
	for (size_t i = first_ref(part, begin);
	     i < part->nr_refs && part->refs[i].offset < end && *budget; i++) {
		--*budget;
		if (part->refs[i].atom)
			list_target(&part->refs[i], from, depth, budget);
	}
}

void ledger_list(const struct atom *a)
{
	size_t budget = MOST_LISTED;

	list_range(a->part, a, a->origin, a->end, 0, &budget);
	for (size_t i = 0; i < a->nr_entries; i++) {
		const struct atom *e = a->entries[i];

		list_range(e->part, e, e->origin, e->end, 0, &budget);
	}
}

/* What alignment left, of a stretch that nobody claimed. */
static bool is_filler(const struct side *side, const struct part *part,
		      uint64_t begin, uint64_t end)
{
	const unsigned char *p = part_bytes(part, begin);
	size_t i = first_ref(part, begin);

	if (i < part->nr_refs && part->refs[i].offset < end)
		return false;
	if (part->section->flags & SHF_EXECINSTR)
		return p && code_is_padding(side->decoder, p, end - begin);
	if (end - begin >= part->section->align)
		return false;
	for (uint64_t at = 0; p && at < end - begin; at++)
		if (p[at])
			return false;
	return true;
}

static bool is_allocated(const struct part *part)
{
	return part->section->flags & SHF_ALLOC;
}

static void report_open(const struct side *side, const struct part *part,
			uint64_t begin, uint64_t end, struct outcome *ret)
{
	_cleanup_free_ char *where =
		xasprintf("%s: %s+0x%" PRIx64, part->source,
			  part->section->name, begin);

	outcome_add(ret, RESULT_UNDECIDED, "section", part->name, where,
		    "%" PRIu64 " bytes %s that no symbol, table or reference claims",
		    end - begin, side->label);
	strv_add(&ret->not_compared, part->name);
}

static void enter(struct ledger *l, uint64_t nr, enum claim_kind kind)
{
	l->by_kind[kind] += nr;
	l->total += nr;
}

static void close_gap(const struct side *side, const struct part *part,
		      uint64_t begin, uint64_t end, struct outcome *ret)
{
	enum claim_kind kind = CLAIM_NONE;

	if (is_filler(side, part, begin, end))
		kind = CLAIM_PADDING;
	else
		report_open(side, part, begin, end, ret);
	if (is_allocated(part))
		enter(&ret->bytes, end - begin, kind);
}

static int by_begin(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;

	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	return x->end < y->end ? 1 : x->end > y->end ? -1 : 0;
}

/* What cutting knew: alignment, padding in front of a function, a length. */
static void claim_padding(struct part *part)
{
	for (size_t i = 0; i < part->nr_atoms; i++) {
		const struct atom *a = &part->atoms[i];

		ledger_claim(part, a->begin, a->kind == ATOM_PADDING ?
						     a->end : a->origin,
			     CLAIM_PADDING);
	}
}

static void sort_claims(struct part *part)
{
	claim_padding(part);
	if (part->nr_claims)
		qsort(part->claims, part->nr_claims, sizeof(*part->claims),
		      by_begin);
}

/* A walk through a section whose claims are sorted. */
struct walk {
	const struct part *part;
	size_t next;	      /* claim to look at */
	struct claim stretch; /* where it stands */
};

/*
 * Goes on to the next stretch: what one claim covers and none before it, or what
 * none does (CLAIM_NONE). False at the end of the section.
 */
static bool walk_on(struct walk *w)
{
	const struct part *p = w->part;
	const uint64_t pos = w->stretch.end;
	const struct claim *c;

	while (w->next < p->nr_claims && p->claims[w->next].end <= pos)
		w->next++;
	c = w->next < p->nr_claims ? &p->claims[w->next] : NULL;
	if (c && c->begin <= pos)
		w->stretch = (struct claim){ pos, c->end, c->kind };
	else
		w->stretch = (struct claim){
			pos, c ? c->begin : p->section->size, CLAIM_NONE };
	return pos < w->stretch.end;
}

/* ---- Constants that nothing refers to ---- */

struct gap {
	struct part *part;
	uint64_t begin, end;
	bool matched;
};

#define MOST_GAPS 4096 /* each is held against each; more are left undecided */

struct gaps {
	struct gap *v;
	size_t nr, alloc;
};

static bool holds_constants(const struct part *part)
{
	const unsigned int flags = SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR;

	return part->role == PART_CONTENT &&
	       (streq(part->section->name, ".rodata") ||
		starts_with(part->section->name, ".rodata.")) &&
	       (part->section->flags & flags) == SHF_ALLOC;
}

static void add_gap(const struct side *side, struct part *part, uint64_t begin,
		    uint64_t end, struct gaps *ret)
{
	size_t i = first_ref(part, begin);

	if (!part_bytes(part, begin) ||
	    (i < part->nr_refs && part->refs[i].offset < end) ||
	    is_filler(side, part, begin, end) || ret->nr == MOST_GAPS)
		return;
	ARRAY_GROW(ret->v, ret->nr, ret->alloc);
	ret->v[ret->nr++] = (struct gap){ part, begin, end, false };
}

static void list_gaps(const struct side *side, struct part *part,
		      struct gaps *ret)
{
	struct walk w = { .part = part };

	sort_claims(part);
	while (walk_on(&w))
		if (w.stretch.kind == CLAIM_NONE)
			add_gap(side, part, w.stretch.begin, w.stretch.end, ret);
}

static void list_constants(const struct side *side, struct gaps *ret)
{
	for (size_t o = 0; o < side->nr_objects; o++)
		for (size_t i = 0; i < side->objects[o].nr_sections; i++)
			if (holds_constants(&side->parts[o][i]))
				list_gaps(side, &side->parts[o][i], ret);
}

static bool same_gap(const struct gap *a, const struct gap *b)
{
	return !b->matched && streq(a->part->source, b->part->source) &&
	       streq(a->part->section->name, b->part->section->name) &&
	       a->end - a->begin == b->end - b->begin &&
	       !memcmp(part_bytes(a->part, a->begin),
		       part_bytes(b->part, b->begin), a->end - a->begin);
}

void ledger_match_constants(const struct side *before, const struct side *after)
{
	struct gaps old = { 0 }, new = { 0 };

	list_constants(before, &old);
	list_constants(after, &new);
	for (size_t i = 0; i < old.nr; i++) {
		struct gap *a = &old.v[i];
		size_t k = 0;

		while (k < new.nr && !same_gap(a, &new.v[k]))
			k++;
		if (k == new.nr)
			continue;
		new.v[k].matched = true;
		ledger_claim(a->part, a->begin, a->end, CLAIM_COMPARED);
		ledger_claim(new.v[k].part, new.v[k].begin, new.v[k].end,
			     CLAIM_COMPARED);
	}
	free(old.v);
	free(new.v);
}

/* ---- Closing ---- */

static void close_bytes(const struct side *side, struct part *part,
			struct outcome *ret)
{
	struct walk w = { .part = part };

	sort_claims(part);
	while (walk_on(&w)) {
		const struct claim *s = &w.stretch;

		if (s->kind == CLAIM_NONE)
			close_gap(side, part, s->begin, s->end, ret);
		else if (is_allocated(part))
			enter(&ret->bytes, s->end - s->begin, s->kind);
	}
}

/* Branches that the assembler resolved are no relocations. */
static void close_relocations(const struct side *side, const struct part *part,
			      struct outcome *ret)
{
	size_t open = 0;

	for (size_t i = 0; i < part->nr_refs; i++) {
		if (!part->refs[i].symbol)
			continue;
		open += part->refs[i].claim == CLAIM_NONE;
		enter(&ret->relocations, 1, part->refs[i].claim);
	}
	if (open)
		outcome_add(ret, RESULT_UNDECIDED, "section", part->name,
			    part->source,
			    "%zu relocations %s that nothing compared claims",
			    open, side->label);
}

void ledger_close(const struct side *side, struct outcome *ret)
{
	for (size_t o = 0; o < side->nr_objects; o++) {
		for (size_t i = 0; i < side->objects[o].nr_sections; i++) {
			struct part *p = &side->parts[o][i];

			if (p->role == PART_IGNORED)
				continue;
			if (p->role == PART_UNCOMPARED) {
				strv_add(&ret->not_compared, p->section->name);
				enter(&ret->relocations,
				      p->section->nr_relocs, CLAIM_LISTED);
				continue;
			}
			close_bytes(side, p, ret);
			close_relocations(side, p, ret);
		}
	}
}
