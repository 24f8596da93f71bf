// SPDX-License-Identifier: GPL-2.0-only
/*
 * Alignment that got lost: ____cacheline_aligned on a variable of a section that
 * it shares is seen in no symbol and no byte, only in the section's header. What
 * a compiler asks for by itself depends on the symbol alone, so a move takes it
 * along.
 */
#define _GNU_SOURCE
#include "alignment.h"

#include <inttypes.h>

#include "lib/util.h"

/* Sections of one name. */
struct shared {
	const char *name;
	uint64_t align[2]; /* the strictest of each side; 0: no such section */
};

struct list {
	struct shared *v; /* owned */
	size_t nr, alloc;
};

static struct shared *find(struct list *list, const char *name)
{
	for (size_t i = 0; i < list->nr; i++)
		if (streq(list->v[i].name, name))
			return &list->v[i];
	ARRAY_GROW(list->v, list->nr, list->alloc);
	list->v[list->nr] = (struct shared){ .name = name };
	return &list->v[list->nr++];
}

static void collect(struct list *list, const struct side *side, int which)
{
	for (size_t o = 0; o < side->nr_objects; o++) {
		for (size_t i = 0; i < side->objects[o].nr_sections; i++) {
			const struct part *p = &side->parts[o][i];
			struct shared *shared;
			uint64_t align = p->section->align;

			if (p->role != PART_CONTENT || p->own || !p->nr_symbols)
				continue;
			shared = find(list, p->name);
			if (!align)
				align = 1;
			if (align > shared->align[which])
				shared->align[which] = align;
		}
	}
}

void alignment_compare(const struct side *before, const struct side *after,
		       struct outcome *ret)
{
	struct list list = { 0 };

	collect(&list, before, 0);
	collect(&list, after, 1);
	for (size_t i = 0; i < list.nr; i++) {
		const struct shared *s = &list.v[i];

		/* One that is there on one side only has lost its symbols. */
		if (s->align[0] && s->align[1] && s->align[0] != s->align[1])
			outcome_add(ret, RESULT_DIFFERENT, "section", s->name,
				    NULL,
				    "alignment %" PRIu64 " became %" PRIu64,
				    s->align[0], s->align[1]);
	}
	free(list.v);
}
