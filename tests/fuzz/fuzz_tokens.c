// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preprocessed texts that nobody's compiler made, in the tokens rung. The first
 * byte says which kind of step; then come, behind lines "====", the unit a.c
 * before and after the step, and b.c after it. Without the latter two nothing
 * changes, and then no more can be said than that a name was not understood.
 */
#include "fuzz.h"

#include "verify/verify.h"

#define UNITS 3

static const struct renamed renamed[] = { { "f", "g" }, { "s", "t" } };

static void fill_contract(struct contract *c, unsigned int kind)
{
	*c = (struct contract){
		.change = (enum change)(kind % CHANGE_KINDS),
		.from = "a.c",
		.to = "b.c",
		.header = "a.h",
		.as_inline = kind / CHANGE_KINDS % 2,
		.renamed = renamed,
		.nr_renamed = ARRAY_SIZE(renamed),
	};
	strv_add(&c->names, "f");
	strv_add(&c->names, "s");
	strv_add(&c->helpers, "h");
	strv_add(&c->files, "a.c");
}

static void release_contract(struct contract *c)
{
	strv_release(&c->names);
	strv_release(&c->helpers);
	strv_release(&c->files);
}

static void check_outcome(const struct outcome *o)
{
	require(o->result != RESULT_NOT_RUN);
	for (size_t i = 0; i < o->nr; i++) {
		const struct finding *f = &o->findings[i];

		require(f->what && f->name && f->where && f->detail);
		require(f->weight <= o->result);
	}
}

/* What must hold whatever the texts are: the same texts hold no difference. */
static void verify(unsigned int kind, struct state *before,
		   struct state *after)
{
	struct outcome o = OUTCOME_INIT(RUNG_TOKENS);
	struct contract contract;

	fill_contract(&contract, kind);
	require(!verify_tokens(&contract, before, after, &o, NULL));
	check_outcome(&o);
	outcome_release(&o);
	release_contract(&contract);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const sources[UNITS] = { "a.c", "a.c", "b.c" };
	const struct text texts[] = { { .path = "a.c" }, { .path = "a.h" },
				      { .path = "b.c" } };
	struct memory_file files[UNITS];
	struct unit units[UNITS];
	struct buf parts[UNITS];
	struct state before = { texts, ARRAY_SIZE(texts), units, 1 };
	struct state after = { texts, ARRAY_SIZE(texts), units, 1 };
	unsigned int kind = size ? *data : 0;
	size_t nr;

	nr = split_input(data + !!size, size - !!size, parts, UNITS);
	for (size_t i = 0; i < nr; i++) {
		files[i] = memory_file(parts[i].data, parts[i].len);
		units[i] = (struct unit){ .source = sources[i],
					  .tokens = files[i].path };
	}
	if (nr > 1) {
		after.units = units + 1;
		after.nr_units = nr - 1;
	}
	verify(kind, &before, &after);
	for (size_t i = 0; i < nr; i++) {
		memory_file_close(&files[i]);
		buf_release(&parts[i]);
	}
	return 0;
}
