// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exact comparison of two atoms. Anything met that this file has no rule for
 * makes them differ.
 */
#define _GNU_SOURCE
#include "same.h"

#include <inttypes.h>

#include "describe.h"
#include "ledger.h"
#include "lib/fs.h"
#include "lib/util.h"
#include "tables.h"

/* Nameless contents that lead to nameless contents: deeper is not equal. */
#define DEEPEST 8
#define MOST_FOLLOWED 1000000

/* A stretch of one atom's bytes. */
struct extent {
	const struct atom *atom;
	uint64_t begin, size;
};

static bool same_extent(struct same *s, const struct extent *a,
			const struct extent *b, int depth, uint64_t *ret_at);

static void string_extent(const struct section *p, uint64_t offset,
			  uint64_t *ret_begin, uint64_t *ret_end)
{
	static const unsigned char zeros[8];
	uint64_t end = offset;

	while (end + p->entsize <= p->size &&
	       memcmp(p->data + end, zeros, p->entsize))
		end += p->entsize;
	*ret_begin = offset;
	*ret_end = end + p->entsize <= p->size ? end + p->entsize : p->size;
}

void pool_extent(const struct section *pool, uint64_t offset,
		 uint64_t *ret_begin, uint64_t *ret_end)
{
	if (pool->flags & SHF_STRINGS && pool->entsize <= 8) {
		string_extent(pool, offset, ret_begin, ret_end);
		return;
	}
	*ret_begin = offset - offset % pool->entsize;
	*ret_end = *ret_begin + pool->entsize <= pool->size ?
			   *ret_begin + pool->entsize : pool->size;
}

/* True for "dir/x86.c" in the object made of x86.c. */
static bool is_own_name(const struct part *part, const unsigned char *s,
			size_t len)
{
	_cleanup_free_ char *string = xstrndup((const char *)s, len);
	const char *base = fs_basename(string);
	const char *own = fs_basename(part->source);
	size_t stem = strcspn(own, ".");

	return ends_with(base, ".c") && strlen(base) == stem + 2 &&
	       !strncmp(base, own, stem);
}

static bool same_pool(struct same *s, const struct ref *a, const struct ref *b)
{
	const struct section *p = a->atom->part->section;
	const struct section *q = b->atom->part->section;
	uint64_t pb, pe, qb, qe;

	if (a->delta < 0 || b->delta < 0 || (uint64_t)a->delta >= p->size ||
	    (uint64_t)b->delta >= q->size)
		return false;
	pool_extent(p, a->delta, &pb, &pe);
	pool_extent(q, b->delta, &qb, &qe);
	if (p->entsize != q->entsize || a->delta - pb != b->delta - qb ||
	    (p->flags & SHF_STRINGS) != (q->flags & SHF_STRINGS))
		return false;
	if (pe - pb != qe - qb || memcmp(p->data + pb, q->data + qb, pe - pb)) {
		if (!(p->flags & SHF_STRINGS) ||
		    !is_own_name(a->atom->part, p->data + pb, pe - pb) ||
		    !is_own_name(b->atom->part, q->data + qb, qe - qb))
			return false;
		s->file_names++;
	}
	ledger_claim(a->atom->part, pb, pe, CLAIM_COMPARED);
	ledger_claim(b->atom->part, qb, qe, CLAIM_COMPARED);
	return true;
}

/* The index of the part's first hit behind the offset. */
static size_t next_hit(const struct part *p, uint64_t offset)
{
	size_t low = 0, high = p->nr_hits;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (p->hits[mid].offset <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint64_t anon_end(const struct atom *anon, uint64_t begin,
		  const struct atom *from)
{
	const struct part *p = anon->part;

	for (size_t i = next_hit(p, begin);
	     i < p->nr_hits && p->hits[i].offset < anon->end; i++)
		if (p->hits[i].from != from)
			return p->hits[i].offset;
	return anon->end;
}

static bool is_zero(const struct extent *x, uint64_t begin)
{
	const unsigned char *p = part_bytes(x->atom->part, x->begin);

	for (size_t i = 0; i < x->atom->nr_refs; i++) {
		uint64_t at = x->atom->refs[i].offset;

		if (at >= x->begin + begin && at < x->begin + x->size)
			return false;
	}
	for (uint64_t i = begin; p && i < x->size; i++)
		if (p[i])
			return false;
	return true;
}

/* Behind the shorter of two extents alignment may have left zeros. */
static bool trim(struct extent *a, const struct extent *b)
{
	if (a->size <= b->size)
		return true;
	if (a->size - b->size >= a->atom->part->section->align ||
	    !is_zero(a, b->size))
		return false;
	a->size = b->size;
	return true;
}

static bool to_extent(const struct ref *r, const struct atom *from,
		      struct extent *ret)
{
	uint64_t begin = r->atom->origin + (uint64_t)r->delta, end;

	if (begin < r->atom->begin || begin > r->atom->end)
		return false;
	end = anon_end(r->atom, begin, from);
	*ret = (struct extent){ r->atom, begin, end - begin };
	if (r->limit < ret->size)
		ret->size = r->limit;
	return true;
}

static bool same_anon(struct same *s, const struct ref *a,
		      const struct atom *from_a, const struct ref *b,
		      const struct atom *from_b, int depth)
{
	struct extent x, y;
	uint64_t at;

	return a->limit == b->limit && depth < DEEPEST &&
	       s->followed++ < MOST_FOLLOWED &&
	       to_extent(a, from_a, &x) && to_extent(b, from_b, &y) &&
	       trim(&x, &y) && trim(&y, &x) &&
	       same_extent(s, &x, &y, depth + 1, &at);
}

/* Places that no atom of the side holds: external symbols, mostly. */
static bool same_external(const struct part *pa, const struct ref *a,
			  const struct part *pb, const struct ref *b)
{
	const struct symbol *x = a->symbol, *y = b->symbol;

	if (!x || !y || x->place != y->place || !streq(x->name, y->name) ||
	    a->delta != b->delta)
		return false;
	if (x->place != SYMBOL_DEFINED)
		return x->place != SYMBOL_ABSOLUTE || x->value == y->value;
	return x->value == y->value &&
	       streq(pa->object->sections[x->section].name,
		     pb->object->sections[y->section].name);
}

static bool is_weak(const struct ref *r)
{
	return r->symbol && r->symbol->binding == STB_WEAK;
}

/* One that may be missing, which other files need not know of. */
static bool may_be_missing(const struct ref *r)
{
	return is_weak(r) && r->symbol->place == SYMBOL_UNDEFINED;
}

/* What a weak name means is settled by the linker: the name itself counts. */
static bool same_strength(const struct ref *a, const struct ref *b)
{
	if (may_be_missing(a) != may_be_missing(b))
		return false;
	if (!is_weak(a) && !is_weak(b))
		return true;
	return a->symbol && b->symbol &&
	       streq(a->symbol->name, b->symbol->name);
}

static bool same_place(struct same *s, const struct ref *a,
		       const struct atom *from_a, const struct ref *b,
		       const struct atom *from_b, int depth)
{
	const struct atom *x = a->atom, *y = b->atom;

	if (!x || !y)
		return !x && !y && same_external(from_a->part, a, from_b->part, b);
	switch (x->kind) {
	case ATOM_POOL:
		return y->kind == ATOM_POOL && same_pool(s, a, b);
	case ATOM_ANON:
		return y->kind == ATOM_ANON &&
		       same_anon(s, a, from_a, b, from_b, depth);
	case ATOM_CODE:
	case ATOM_DATA:
		return x->class && x->class == y->class && a->delta == b->delta;
	case ATOM_ENTRY:
		return y->kind == ATOM_ENTRY && x->table == y->table &&
		       x->tie && y->tie && x->tie->class &&
		       x->tie->class == y->tie->class &&
		       x->tie_delta == y->tie_delta && a->delta == b->delta;
	case ATOM_PADDING:
		break;
	}
	return false;
}

static bool same_ref(struct same *s, const struct ref *a,
		     const struct atom *from_a, const struct ref *b,
		     const struct atom *from_b, int depth)
{
	if (a->size != b->size || a->kind != b->kind ||
	    (a->kind == REF_OTHER && a->type != b->type))
		return false;
	return same_strength(a, b) &&
	       same_place(s, a, from_a, b, from_b, depth);
}

/* Bytes that no relocation fills. NULL bytes are zeros. */
static bool same_bytes(const struct extent *a, const struct extent *b,
		       uint64_t begin, uint64_t end, uint64_t *ret_at)
{
	const unsigned char *x = part_bytes(a->atom->part, a->begin);
	const unsigned char *y = part_bytes(b->atom->part, b->begin);

	if ((!x && !y) || begin >= end)
		return true;
	if (x && y && !memcmp(x + begin, y + begin, end - begin))
		return true;
	for (uint64_t i = begin; i < end; i++) {
		*ret_at = i;
		if ((x ? x[i] : 0) != (y ? y[i] : 0))
			return false;
	}
	return true;
}

/* The index of the first ref of the extent's atom that stands in the extent. */
static size_t first_ref(const struct extent *x)
{
	size_t low = 0, high = x->atom->nr_refs;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (x->atom->refs[mid].offset < x->begin)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static const struct ref *ref_in(const struct extent *x, size_t i,
				uint64_t *ret_at)
{
	const struct ref *r = &x->atom->refs[i];

	if (i >= x->atom->nr_refs || r->offset >= x->begin + x->size)
		return NULL;
	*ret_at = r->offset - x->begin;
	return r;
}

static void claim(const struct extent *x)
{
	ledger_claim(x->atom->part, x->begin, x->begin + x->size,
		     CLAIM_COMPARED);
}

static bool same_extent(struct same *s, const struct extent *a,
			const struct extent *b, int depth, uint64_t *ret_at)
{
	size_t i = first_ref(a), j = first_ref(b);
	uint64_t pos = 0;

	*ret_at = 0;
	if (a->size != b->size)
		return false;
	for (;; i++, j++) {
		uint64_t at = a->size, at_b = a->size;
		const struct ref *r = ref_in(a, i, &at);
		const struct ref *t = ref_in(b, j, &at_b);

		if (!same_bytes(a, b, pos, at < at_b ? at : at_b, ret_at))
			return false;
		*ret_at = at < at_b ? at : at_b;
		if (!r && !t)
			break;
		if (!r || !t || at != at_b || at + r->size > a->size ||
		    !same_ref(s, r, a->atom, t, b->atom, depth))
			return false;
		pos = at + r->size;
	}
	claim(a);
	claim(b);
	return true;
}

static struct extent whole(const struct atom *a)
{
	return (struct extent){ a, a->origin, a->end - a->origin };
}

bool same_contents(struct same *s, const struct atom *a, const struct atom *b,
		   struct buf *why)
{
	struct extent x = whole(a), y = whole(b), common_x = x, common_y = y;
	uint64_t at;

	if (same_extent(s, &x, &y, 0, &at))
		return true;
	if (!why)
		return false;
	/* Sizes differ: the first difference within the shorter says more. */
	common_x.size = common_y.size = x.size < y.size ? x.size : y.size;
	if (x.size != y.size && same_extent(s, &common_x, &common_y, 0, &at))
		at = common_x.size;
	describe_difference(s->decoder, a, b, at, why);
	return false;
}

/* A bug entry's line is no more of its meaning than its file's name. */
static bool same_but_line(struct same *s, const struct atom *a,
			  const struct atom *b)
{
	uint64_t line = table_line_field(a), at;
	struct extent x = { a, a->begin, line }, y = { b, b->begin, line };
	struct extent tail_x = { a, a->begin + line + 2, 2 };
	struct extent tail_y = { b, b->begin + line + 2, 2 };

	if (!line || table_line_field(b) != line ||
	    !same_extent(s, &x, &y, 0, &at) ||
	    !same_extent(s, &tail_x, &tail_y, 0, &at))
		return false;
	ledger_claim(a->part, a->begin + line, a->begin + line + 2,
		     CLAIM_LISTED);
	ledger_claim(b->part, b->begin + line, b->begin + line + 2,
		     CLAIM_LISTED);
	s->lines++;
	return true;
}

static int order_of_entries(const struct atom *a, const struct atom *b)
{
	int order = strcmp(a->part->name, b->part->name);

	if (order)
		return order;
	if (a->tie_delta != b->tie_delta)
		return a->tie_delta < b->tie_delta ? -1 : 1;
	return (a->tie_inner > b->tie_inner) - (a->tie_inner < b->tie_inner);
}

static bool entry_is_missing(const struct atom *entry, const char *how,
			     struct buf *why, const char **ret_what)
{
	*ret_what = table_word(entry->table);
	if (why)
		buf_addf(why, "the entry of %s for +0x%" PRIx64 " %s",
			 entry->part->name, (uint64_t)entry->tie_delta, how);
	return false;
}

static bool same_entry(struct same *s, const struct atom *a,
		       const struct atom *b, struct buf *why,
		       const char **ret_what)
{
	if (same_contents(s, a, b, NULL) || same_but_line(s, a, b))
		return true;
	*ret_what = table_word(a->table);
	if (why) {
		buf_addf(why, "the entry of %s for +0x%" PRIx64 ": ",
			 a->part->name, (uint64_t)a->tie_delta);
		same_contents(s, a, b, why);
	}
	return false;
}

bool same_entries(struct same *s, const struct atom *a, const struct atom *b,
		  struct buf *why, const char **ret_what)
{
	const char *ignored;
	size_t i = 0, j = 0;

	if (!ret_what)
		ret_what = &ignored;
	while (i < a->nr_entries || j < b->nr_entries) {
		int order = i == a->nr_entries ? 1 :
			    j == b->nr_entries ? -1 :
			    order_of_entries(a->entries[i], b->entries[j]);

		if (order < 0)
			return entry_is_missing(a->entries[i], "is gone", why,
						ret_what);
		if (order > 0)
			return entry_is_missing(b->entries[j], "is new", why,
						ret_what);
		if (!same_entry(s, a->entries[i++], b->entries[j++], why,
				ret_what))
			return false;
	}
	return true;
}
