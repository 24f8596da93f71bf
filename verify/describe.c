// SPDX-License-Identifier: GPL-2.0-only
/*
 * Words for a difference that same.c found. Two strings that differ are told
 * apart by a fingerprint, so that both sides never read the same.
 */
#define _GNU_SOURCE
#include "describe.h"

#include <inttypes.h>

#include "lib/util.h"
#include "same.h"

static unsigned int fingerprint(const unsigned char *p, uint64_t size)
{
	uint32_t h = 0x811c9dc5;

	for (uint64_t i = 0; i < size; i++)
		h = (h ^ p[i]) * 0x01000193;
	return (h >> 16 ^ h) & 0xffff;
}

static void describe_pool(const struct ref *r, struct buf *ret)
{
	const struct section *s = r->atom->part->section;
	uint64_t begin, end;

	if (r->delta < 0 || (uint64_t)r->delta >= s->size) {
		buf_addstr(ret, "a place outside its pool");
		return;
	}
	pool_extent(s, r->delta, &begin, &end);
	buf_addf(ret, "a pooled %s of %" PRIu64 " bytes (#%04x)",
		 s->flags & SHF_STRINGS ? "string" : "constant", end - begin,
		 fingerprint(s->data + begin, end - begin));
}

void describe_ref(const struct ref *r, struct buf *ret)
{
	const struct atom *a = r->atom;

	if (!a) {
		buf_addstr(ret, r->symbol ? r->symbol->name : "?");
	} else if (a->kind == ATOM_POOL) {
		describe_pool(r, ret);
		return;
	} else if (a->kind == ATOM_ANON) {
		buf_addf(ret, "unnamed contents of %s", a->part->name);
		return;
	} else {
		buf_addstr(ret, a->name ? a->name : a->part->name);
	}
	if (r->delta)
		buf_addf(ret, "%+" PRId64, r->delta);
}

static const struct ref *ref_over(const struct atom *a, uint64_t offset)
{
	uint64_t at = a->origin + offset;

	for (size_t i = 0; i < a->nr_refs; i++)
		if (at >= a->refs[i].offset &&
		    at < a->refs[i].offset + a->refs[i].size)
			return &a->refs[i];
	return NULL;
}

static void describe_place(const struct atom *a, uint64_t offset,
			   struct buf *ret)
{
	const struct ref *r = ref_over(a, offset);
	const unsigned char *p = part_bytes(a->part, a->origin);

	if (offset >= a->end - a->origin)
		buf_addstr(ret, "the end");
	else if (r)
		describe_ref(r, ret);
	else
		buf_addf(ret, "byte 0x%02x", p ? p[offset] : 0);
}

void describe_difference(const struct decoder *d, const struct atom *before,
			 const struct atom *after, uint64_t offset,
			 struct buf *ret)
{
	uint64_t a = before->end - before->origin;
	uint64_t b = after->end - after->origin;

	if (a != b)
		buf_addf(ret, "%" PRIu64 " bytes became %" PRIu64 ": ", a, b);
	if (before->kind == ATOM_CODE && after->kind == ATOM_CODE) {
		code_describe(d, before, after, offset, ret);
		return;
	}
	buf_addf(ret, "at +0x%" PRIx64 " ", offset);
	describe_place(before, offset, ret);
	buf_addstr(ret, " became ");
	describe_place(after, offset, ret);
}
