// SPDX-License-Identifier: GPL-2.0-only
/*
 * The code rung: the isolation objects of all units that differ, as one set
 * before and one after. Units whose tokens are the same on both sides were
 * compiled from the same text and are not loaded at all; nor are those whose
 * object is the same file on both sides.
 */
#define _GNU_SOURCE
#include "verify.h"

#include "contract.h"
#include "headers.h"
#include "lib/util.h"
#include "objects.h"

struct set {
	struct strv objects, sources;
	struct text_of {
		const char *path; /* NULL: there is none */
		struct definitions definitions;
		bool read;
	} *texts; /* owned: of each source */
	size_t nr_texts, alloc_texts;
};

struct comparison {
	const struct contract *contract;
	struct set sets[2];
	struct strv unchanged, unchanged_sources; /* of a rename: equal keys */
	struct strv forced; /* functions that are inlined by force on both sides */
	struct outcome *ret;
	bool incomplete; /* an object is missing: sets cannot be compared */
};

static void take(struct comparison *r, int side, const struct unit *u)
{
	struct set *set = &r->sets[side];

	if (!u->object) {
		outcome_add(r->ret, RESULT_UNDECIDED, "object", u->source,
			    NULL, "could not be compiled in isolation %s",
			    side ? "after" : "before");
		r->incomplete = true;
		return;
	}
	strv_add(&set->objects, u->object);
	strv_add(&set->sources, u->source);
	ARRAY_GROW(set->texts, set->nr_texts, set->alloc_texts);
	set->texts[set->nr_texts++] = (struct text_of){ .path = u->tokens };
}

/*
 * The tokens are the same; or the caller, who keeps objects by content, gives
 * one file for both: nothing in it can differ, and what it refers to is held
 * by name.
 */
static bool same_object(const struct unit *a, const struct unit *b)
{
	return (a->key && b->key && streq(a->key, b->key)) ||
	       (a->object && b->object && streq(a->object, b->object));
}

/*
 * Equal keys, equal objects: but a rename must have left no unit as it was
 * that has the old name.
 */
static void keep_unchanged(struct comparison *r, const struct unit *u)
{
	r->ret->checked++;
	if (!contract_renames(r->contract))
		return;
	if (!u->object) {
		outcome_add(r->ret, RESULT_UNDECIDED, "object", u->source,
			    NULL, "could not be compiled in isolation");
		return;
	}
	strv_add(&r->unchanged, u->object);
	strv_add(&r->unchanged_sources, u->source);
}

/* Both lists are sorted by source: step through them together. */
static void choose(struct comparison *r, const struct state *before,
		   const struct state *after)
{
	size_t i = 0, j = 0;

	while (i < before->nr_units || j < after->nr_units) {
		const struct unit *a = &before->units[i];
		const struct unit *b = &after->units[j];
		int order = i == before->nr_units ? 1 :
			    j == after->nr_units ? -1 :
			    strcmp(a->source, b->source);

		if (!order && same_object(a, b)) {
			keep_unchanged(r, b);
		} else {
			if (order <= 0)
				take(r, 0, a);
			if (order >= 0)
				take(r, 1, b);
		}
		i += order <= 0;
		j += order >= 0;
	}
}

/* A text is read when the first question about it comes, and once. */
static const struct definitions *text_of(void *data, bool after,
					 const char *source)
{
	struct set *set = &((struct comparison *)data)->sets[after];

	for (size_t i = 0; i < set->nr_texts; i++) {
		struct text_of *t = &set->texts[i];

		if (!streq(set->sources.v[i], source) || !t->path)
			continue;
		if (!t->read)
			definitions_read(t->path, &t->definitions);
		t->read = true;
		return &t->definitions;
	}
	return NULL;
}

static int from_header(void *data, bool after, const char *source,
		       const char *name)
{
	const struct definitions *d = text_of(data, after, source);

	return d ? definitions_from_header(d, name) : -1;
}

static int local_from_header(void *data, bool after, const char *source,
			     const char *name, const struct strv *users)
{
	const struct definitions *d = text_of(data, after, source);
	const struct comparison *r = data;

	return d ? definitions_local_from_header(d, name, users, &r->forced) :
		   -1;
}

static void add_homes(const struct contract *c, struct strv *ret)
{
	for (size_t i = 0; i < c->nr_renamed; i++) {
		const char *home = contract_home(c, &c->renamed[i], false);

		strv_add(ret, home ? home : "");
	}
}

static int compare(struct comparison *r, struct error *err)
{
	const struct contract *c = r->contract;
	struct strv globalised _cleanup_(strv_release) = STRV_INIT;
	struct strv globalised_from _cleanup_(strv_release) = STRV_INIT;
	struct strv homes _cleanup_(strv_release) = STRV_INIT;
	struct objects_options options = {
		.globalised = &globalised,
		.globalised_from = &globalised_from,
		.inlined = &r->forced,
		.before_sources = &r->sets[0].sources,
		.after_sources = &r->sets[1].sources,
		.from_header = from_header,
		.local_from_header = local_from_header,
		.data = r,
	};

	contract_promoted(c, &globalised, &globalised_from);
	contract_forced(c, &r->forced);
	if (contract_renames(c)) {
		add_homes(c, &homes);
		options.renamed = c->renamed;
		options.nr_renamed = c->nr_renamed;
		options.renamed_from = &homes;
		options.unchanged = &r->unchanged;
		options.unchanged_sources = &r->unchanged_sources;
	}
	return objects_compare(&r->sets[0].objects, &r->sets[1].objects,
			       &options, r->ret, err);
}

static void set_release(struct set *set)
{
	strv_release(&set->objects);
	strv_release(&set->sources);
	for (size_t i = 0; i < set->nr_texts; i++)
		definitions_release(&set->texts[i].definitions);
	free(set->texts);
}

int verify_code(const struct contract *contract, const struct state *before,
		const struct state *after, struct outcome *ret,
		struct error *err)
{
	struct comparison r = { .contract = contract, .ret = ret };
	int status = 0;

	outcome_ran(ret);
	choose(&r, before, after);
	if (!r.incomplete &&
	    (r.sets[0].objects.nr || r.sets[1].objects.nr || r.unchanged.nr))
		status = compare(&r, err);
	set_release(&r.sets[0]);
	set_release(&r.sets[1]);
	strv_release(&r.unchanged);
	strv_release(&r.unchanged_sources);
	strv_release(&r.forced);
	return status;
}
