// SPDX-License-Identifier: GPL-2.0-only
/*
 * Declarations. A function that is defined elsewhere is known by its
 * declarations: its calls show the types, but what it promises (noreturn,
 * const, a weak reference) stands there. All units of a side together have a set
 * of them a name, and the sets are to be the same.
 */
#define _GNU_SOURCE
#include "lib/hash.h"
#include "types.h"

struct declared {
	const char *name;
	const struct ir_entity *v[2][4]; /* one of each key; more are not kept */
	size_t nr[2];
	UT_hash_handle hh;
};

static const struct ir_entity *find(const struct declared *d, int side,
				    const struct ir_entity *e)
{
	for (size_t i = 0; i < d->nr[side]; i++)
		if (streq(d->v[side][i]->key.hex, e->key.hex))
			return d->v[side][i];
	return NULL;
}

void types_declare(struct declared **table, const struct ir_entity *e)
{
	const char *name = ir_entity_name(e);
	int side = e->module->side;
	struct declared *d;

	HASH_FIND_STR(*table, name, d);
	if (!d) {
		d = xcalloc(1, sizeof(*d));
		d->name = name;
		HASH_ADD_KEYPTR(hh, *table, d->name, strlen(d->name), d);
	}
	if (!find(d, side, e) && d->nr[side] < ARRAY_SIZE(d->v[side]))
		d->v[side][d->nr[side]++] = e;
}

static void compare(const struct declared *d, struct outcome *ret)
{
	const struct ir_entity *odd = NULL;

	if (!d->nr[0] || !d->nr[1])
		return;
	for (size_t i = 0; i < d->nr[1] && !odd; i++)
		if (!find(d, 0, d->v[1][i]))
			odd = d->v[1][i];
	if (odd) {
		struct buf detail = BUF_INIT;

		types_difference(d->v[0][0], odd, &detail);
		outcome_add(ret, RESULT_DIFFERENT, "declaration", d->name,
			    odd->module->source, "%s", detail.data);
		buf_release(&detail);
	}
}

void types_end_declarations(struct declared **table, struct outcome *ret)
{
	while (*table) {
		struct declared *d = *table;

		compare(d, ret);
		HASH_DEL(*table, d);
		free(d);
	}
}
