// SPDX-License-Identifier: GPL-2.0-only
/*
 * Entries that are about nothing with a name, as two bags. The search for an
 * equal one begins behind the last that was found, so that bags in about the same
 * order take about as many comparisons as they hold entries; what a hostile
 * object would make endless is undecided.
 */
#define _GNU_SOURCE
#include "loose.h"

#include <inttypes.h>

#include "ledger.h"
#include "lib/util.h"
#include "tables.h"

#define MOST_COMPARED 20000000

struct bag {
	struct entry {
		const struct atom *atom;
		bool taken;
	} *v;
	size_t nr, alloc;
	size_t next; /* where to begin to look */
};

static void list(const struct side *side, struct bag *ret)
{
	const struct atom *a;

	for_each_atom(side, a) {
		if (a->kind != ATOM_ENTRY || a->tie)
			continue;
		ARRAY_GROW(ret->v, ret->nr, ret->alloc);
		ret->v[ret->nr++] = (struct entry){ a, false };
	}
}

static bool take_same(struct same *same, const struct atom *a, struct bag *bag,
		      size_t *budget)
{
	for (size_t n = 0; n < bag->nr && *budget; n++, --*budget) {
		size_t i = (bag->next + n) % bag->nr;
		const struct atom *b = bag->v[i].atom;

		if (bag->v[i].taken || !streq(a->part->name, b->part->name) ||
		    !same_contents(same, a, b, NULL))
			continue;
		bag->v[i].taken = true;
		bag->next = i + 1;
		return true;
	}
	return false;
}

/* struct modversion_info: a long, and a name in what is left of 64 bytes. */
static void describe_version(const struct atom *a, int side,
			     struct outcome *ret)
{
	unsigned int len = a->part->object->is64 ? 8 : 4;
	const unsigned char *p = part_bytes(a->part, a->begin);
	_cleanup_free_ char *name = xstrndup((const char *)p + len,
					     a->end - a->begin - len);
	uint64_t crc = 0;

	for (unsigned int i = len; i-- > 0;)
		crc = crc << 8 | p[i];
	outcome_add(ret, RESULT_DIFFERENT, table_word(a->table), name,
		    a->part->source, "the module wants CRC 0x%08" PRIx64 " %s", crc,
		    side ? "after" : "before");
}

static void differs(const struct side *side, int index, const struct atom *a,
		    struct outcome *ret)
{
	_cleanup_free_ char *where = side_where(side, a, a->begin);

	ledger_list(a);
	if (table_is_versions(a->table))
		describe_version(a, index, ret);
	else
		outcome_add(ret, RESULT_DIFFERENT, table_word(a->table),
			    a->part->name, where,
			    "an entry about nothing that has a name is %s",
			    index ? "new" : "gone");
}

void loose_compare(struct same *same, const struct side *before,
		   const struct side *after, struct outcome *ret)
{
	struct bag old = { 0 }, new = { 0 };
	size_t budget = MOST_COMPARED;

	list(before, &old);
	list(after, &new);
	for (size_t i = 0; i < old.nr; i++)
		old.v[i].taken = take_same(same, old.v[i].atom, &new, &budget);
	if (!budget)
		outcome_add(ret, RESULT_UNDECIDED, "table", NULL, NULL,
			    "%zu entries before and %zu after are about nothing that has a name: too many to compare",
			    old.nr, new.nr);
	for (size_t i = 0; i < old.nr && budget; i++)
		if (!old.v[i].taken)
			differs(before, 0, old.v[i].atom, ret);
	for (size_t i = 0; i < new.nr && budget; i++)
		if (!new.v[i].taken)
			differs(after, 1, new.v[i].atom, ret);
	free(old.v);
	free(new.v);
}
